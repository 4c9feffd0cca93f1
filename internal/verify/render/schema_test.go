package render

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/internal/verify"
	"assay/internal/verify/claim"
)

// The published schema is made from the types and their comments, so that
// neither can change without the other.
func TestSchemaIsUpToDate(t *testing.T) {
	t.Parallel()
	g := generator{docs: map[string]string{}, defs: map[string]any{}}
	for pkg, folder := range map[string]string{"verify": "..", "judge": "../judge", "render": ".", "fact": "../../fact"} {
		g.read(t, pkg, folder)
	}
	root := g.object(reflect.TypeFor[document]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Result of assay's check of a report, version 1"
	root["properties"].(map[string]any)["version"] = map[string]any{"const": version}
	root["$defs"] = g.defs
	want, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile("schema.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want), string(Schema())); diff != "" {
		t.Errorf("schema.json is not what the types say; run this test with -update (-types +schema.json):\n%s", diff)
	}
}

func compiled(t *testing.T, b []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", value(t, b)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func value(t *testing.T, b []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func jsonOf(t *testing.T, r *verify.Result) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := JSON(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestResultsMatchTheSchema(t *testing.T) {
	t.Parallel()
	s := compiled(t, Schema())
	full := newSample(t).Result
	full.Claims = slices.DeleteFunc(full.Claims, func(c verify.Claim) bool { return c.Kind == "weather" }) // there is no such kind
	for name, r := range map[string]*verify.Result{"full": &full, "empty": {}} {
		if err := s.Validate(value(t, jsonOf(t, r))); err != nil {
			t.Errorf("%s result: %v", name, err)
		}
	}
}

// The schema is worth something only if it refuses what is no result.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	s := compiled(t, Schema())
	for name, change := range map[string]func(map[string]any){
		"unknown field":   func(m map[string]any) { m["beauty"] = 1 },
		"no version":      func(m map[string]any) { delete(m, "version") },
		"other version":   func(m map[string]any) { m["version"] = 2 },
		"no claims":       func(m map[string]any) { m["claims"] = nil },
		"unknown verdict": func(m map[string]any) { m["claims"].([]any)[0].(map[string]any)["verdict"] = "nice" },
		"unknown count":   func(m map[string]any) { m["counts"].(map[string]any)["nice"] = 1 },
	} {
		var m map[string]any
		if err := json.Unmarshal(jsonOf(t, &newSample(t).Result), &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		if s.Validate(m) == nil {
			t.Errorf("%s: the schema accepts it", name)
		}
	}
}

// A generator makes a JSON Schema from types and the comments of their fields.
type generator struct {
	docs map[string]string // "package.Type" and "package.Type.Field"
	defs map[string]any
}

func (g *generator) schema(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return g.schema(t.Elem())
	case reflect.Struct:
		name := typeName(t)
		if _, made := g.defs[name]; !made {
			g.defs[name] = nil // types may contain themselves
			g.defs[name] = g.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.schema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": g.schema(t.Elem()), "propertyNames": g.schema(t.Key())}
	case reflect.String:
		return word(t)
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	}
	panic("the generator does not know " + t.String())
}

// word gives a word of a closed list its list.
func word(t reflect.Type) map[string]any {
	s := map[string]any{"type": "string"}
	switch t {
	case reflect.TypeFor[verify.Verdict]():
		s["enum"] = verify.Verdicts()
	case reflect.TypeFor[claim.Kind]():
		s["enum"] = claim.Kinds()
	}
	return s
}

func (g *generator) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	g.fields(t, properties, &required)
	slices.Sort(required)
	o := map[string]any{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
	if doc := g.docs[typeName(t)]; doc != "" {
		o["description"] = doc
	}
	return o
}

func (g *generator) fields(t reflect.Type, properties map[string]any, required *[]string) {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			g.fields(f.Type, properties, required)
			continue
		case !f.IsExported() || name == "-":
			continue
		}
		if !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
		s := g.schema(f.Type)
		if doc := g.docs[typeName(t)+"."+f.Name]; doc != "" {
			s["description"] = doc
		}
		properties[name] = s
	}
}

func typeName(t reflect.Type) string {
	return t.PkgPath()[strings.LastIndexByte(t.PkgPath(), '/')+1:] + "." + t.Name()
}

// read reads the comments of the types and fields of a package.
func (g *generator) read(t *testing.T, pkg, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of package %s: %v", pkg, err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				g.comments(pkg, d)
			}
		}
	}
}

func (g *generator) comments(pkg string, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		ts, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		name := pkg + "." + ts.Name.Name
		doc := ts.Doc
		if doc == nil {
			doc = d.Doc
		}
		g.docs[name] = words(doc)
		st, ok := ts.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range st.Fields.List {
			for _, n := range f.Names {
				g.docs[name+"."+n.Name] = strings.TrimSpace(words(f.Doc) + " " + words(f.Comment))
			}
		}
	}
}

func words(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }
