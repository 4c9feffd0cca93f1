package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/report"
)

var update = flag.Bool("update", false, "write schema.json and the golden files anew")

// The published schema is made from the model's types and their comments, so
// that neither can change without the other.
func TestSchemaIsUpToDate(t *testing.T) {
	t.Parallel()
	g := generator{docs: comments(t, "..", "fact", "finding", "finding/profile", "finding/quantity", "finding/usage", "report"), defs: map[string]any{}}
	root := g.object(reflect.TypeFor[report.Model]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Report of assay, version 1"
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
	if diff := cmp.Diff(string(want), string(report.Schema())); diff != "" {
		t.Errorf("schema.json is not what the types say; run this test with -update (-types +schema.json):\n%s", diff)
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, m *report.Model) error {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteJSON(&out, m); err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(&out)
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(value)
}

func TestModelsMatchTheSchema(t *testing.T) {
	t.Parallel()
	s := compile(t)
	bare := finding.Facts{Survey: &fact.Survey{Landscape: &fact.Landscape{}, Catalog: &fact.Catalog{}}}
	odd := findingtest.Facts()
	odd.Survey.Landscape.Projects = append(odd.Survey.Landscape.Projects, fact.Project{})
	odd.Survey.Catalog.Repositories = append(odd.Survey.Catalog.Repositories, fact.Repository{Project: "Ferrobase"})
	for name, facts := range map[string]finding.Facts{"full": findingtest.Facts(), "bare": bare, "odd": odd} {
		if err := validate(t, s, model(t, facts)); err != nil {
			t.Errorf("%s model: %v", name, err)
		}
	}
}

// The schema is worth something only if it refuses what is not a report.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	s := compile(t)
	var out bytes.Buffer
	if err := report.WriteJSON(&out, model(t, findingtest.Facts())); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(map[string]any){
		"unknown field":         func(m map[string]any) { m["beauty"] = 1 },
		"no version":            func(m map[string]any) { delete(m, "version") },
		"version as text":       func(m map[string]any) { m["version"] = "1" },
		"unknown project field": func(m map[string]any) { first(m)["beauty"] = 1 },
		"unknown class":         func(m map[string]any) { first(m)["class"] = "best" },
		"share missing":         func(m map[string]any) { delete(first(m)["figures"].(map[string]any), "share") },
	} {
		var m map[string]any
		if err := json.Unmarshal(out.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		if s.Validate(m) == nil {
			t.Errorf("%s: the schema accepts it", name)
		}
	}
}

func first(m map[string]any) map[string]any { return m["projects"].([]any)[0].(map[string]any) }

// generator makes a JSON Schema from types and the comments of their fields.
type generator struct {
	docs map[string]string // "package.Type" and "package.Type.Field"
	defs map[string]any
}

func (g *generator) schema(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return g.schema(t.Elem())
	case reflect.Struct:
		name := published(t)
		if _, made := g.defs[name]; !made {
			g.defs[name] = nil // types may contain themselves
			g.defs[name] = g.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.schema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": g.schema(t.Elem())}
	case reflect.String, reflect.Int8: // a class is written as a word
		return text(t)
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	}
	panic("the generator does not know " + t.String())
}

// text gives a word of a closed list its list.
func text(t reflect.Type) map[string]any {
	s := map[string]any{"type": "string"}
	switch t {
	case reflect.TypeFor[usage.Class]():
		s["enum"] = usage.Classes()
	case reflect.TypeFor[fact.Scope]():
		s["enum"] = fact.Scopes()
	case reflect.TypeFor[profile.State]():
		s["enum"] = []profile.State{
			profile.Read, profile.Absent, profile.Empty, profile.Failed, profile.Unmeasured, profile.Duplicate,
		}
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

// fields adds the fields of a type, then those of the types embedded in it, which
// give way to fields of the same name. A field that only takes the place of an
// embedded one has that one's comment.
func (g *generator) fields(t reflect.Type, properties map[string]any, required *[]string) {
	var embedded []reflect.Type
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		doc := g.docs[typeName(t)+"."+f.Name]
		switch have, _ := properties[name].(map[string]any); {
		case f.Anonymous && name == "":
			embedded = append(embedded, whole(f.Type))
			continue
		case !f.IsExported() || name == "-":
			continue
		case have != nil:
			if _, described := have["description"]; !described && doc != "" {
				have["description"] = doc
			}
			continue
		}
		optional := strings.Contains(options, "omit")
		s := g.schema(f.Type)
		if !optional {
			*required = append(*required, name)
		}
		if !optional && nullable(t, f.Type) {
			s = map[string]any{"anyOf": []any{s, map[string]any{"type": "null"}}}
		}
		if doc != "" {
			s["description"] = doc
		}
		properties[name] = s
	}
	for _, e := range embedded {
		g.fields(e, properties, required)
	}
}

// whole is what an embedded type stands for: a pointer to a part is the part.
func whole(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// nullable reports whether a field may be null: a pointer, and a list of what
// a survey read, which is null when nobody read it.
func nullable(parent, field reflect.Type) bool {
	switch field.Kind() {
	case reflect.Pointer:
		return true
	case reflect.Slice, reflect.Map:
		return published(parent) == "finding.Documents" || strings.HasSuffix(parent.PkgPath(), "/fact")
	}
	return false
}

// typeName is the name of a type with its package, without type arguments.
func typeName(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return path.Base(t.PkgPath()) + "." + name
}

// published is the name of a type in the schema. The rooms within finding are one
// there: how they are cut is no business of a reader's.
func published(t reflect.Type) string {
	if value, ok := t.FieldByName("Value"); ok && typeName(t) == "quantity.Of" {
		return "quantity." + value.Type.Elem().Name()
	}
	if strings.HasSuffix(path.Dir(t.PkgPath()), "/finding") && slices.Contains([]string{"profile", "usage"}, path.Base(t.PkgPath())) {
		return "finding." + t.Name()
	}
	return typeName(t)
}

// comments reads the comments of the types and fields of packages.
func comments(t *testing.T, root string, packages ...string) map[string]string {
	t.Helper()
	docs := map[string]string{}
	for _, pkg := range packages {
		files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
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
					addComments(docs, path.Base(pkg), d)
				}
			}
		}
	}
	return docs
}

func addComments(docs map[string]string, pkg string, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		ts, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		name := pkg + "." + ts.Name.Name
		docs[name] = words(d.Doc)
		st, ok := ts.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range st.Fields.List {
			for _, n := range f.Names {
				docs[name+"."+n.Name] = strings.TrimSpace(words(f.Doc) + " " + words(f.Comment))
			}
		}
	}
}

// words is a comment as a sentence. Its links name no package: a reader of the
// schema knows none.
func words(c *ast.CommentGroup) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(c.Text()), " "), "[profile.", "[")
}
