package property_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"assay/internal/verify/property"
)

// A reader collects the fields that the source of a package names.
type reader struct {
	t     *testing.T
	found map[string]bool
}

// fieldCalls are the functions of package claim that take a field, and which of their
// arguments it is, from the end where it is below 0.
var fieldCalls = map[string]int{"beside": -1, "inLabel": -1, "byLabel": -1, "verbal": 0, "link": 0, "plainLabelled": 0, "each": 1}

// fieldReturns are the functions of package claim that give one.
var fieldReturns = []string{"levelDate", "bareDate", "bare"}

// fieldNames are what a variable or a field of a struct is called that holds one.
var fieldNames = []string{"Field", "field"}

// parsed are the files of a package without its tests.
func parsed(t *testing.T, folder string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	if len(all) < 10 {
		t.Fatalf("%d files in %q", len(all), folder)
	}
	return all
}

// add adds the texts in an expression, without their arguments.
func (r *reader) add(e ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		if _, ok := n.(*ast.CallExpr); ok {
			return false
		}
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				r.t.Fatal(err)
			}
			for field := range strings.SplitSeq(text, "|") { // "release.since|activity.since"
				name, _, _ := strings.Cut(field, ":")
				if name != "" {
					r.found[name] = true
				}
			}
		}
		return true
	})
}

// named reports whether an expression is a variable or a field of one of names.
func named(e ast.Expr, names []string) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return slices.Contains(names, e.Name)
	case *ast.SelectorExpr:
		return slices.Contains(names, e.Sel.Name)
	}
	return false
}

// readings are the fields that package claim can give a claim.
func readings(t *testing.T) map[string]bool {
	t.Helper()
	r := &reader{t, map[string]bool{}}
	for _, f := range parsed(t, "../claim") {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && slices.Contains(fieldReturns, fn.Name.Name) {
				ast.Inspect(fn, func(n ast.Node) bool {
					if ret, ok := n.(*ast.ReturnStmt); ok {
						r.add(ret.Results[0])
					}
					return true
				})
			}
			ast.Inspect(d, r.field)
		}
	}
	return r.found
}

// field adds the fields that a node gives.
func (r *reader) field(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if named(n.Key, fieldNames) {
			r.add(n.Value)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if named(to, fieldNames) && len(n.Rhs) == len(n.Lhs) {
				r.add(n.Rhs[i])
			}
		}
	case *ast.CallExpr:
		for name, at := range fieldCalls {
			if named(n.Fun, []string{name}) && len(n.Args) > 1 {
				r.add(n.Args[(at+len(n.Args))%len(n.Args)])
			}
		}
	case *ast.CompositeLit: // quantities, which name them without a key
		if len(n.Elts) == 2 {
			if call, ok := n.Elts[0].(*ast.CallExpr); ok && named(call.Fun, []string{"New"}) {
				r.add(n.Elts[1])
			}
		}
	}
	return true
}

// judged are the fields, or parts of them, that the judge tells apart.
func judged(t *testing.T) map[string]bool {
	t.Helper()
	r := &reader{t, map[string]bool{}}
	tags := append([]string{"head", "what"}, fieldNames...)
	for _, f := range parsed(t, "..") {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SwitchStmt:
				if n.Tag == nil || !named(n.Tag, tags) {
					return true
				}
				for _, c := range n.Body.List {
					for _, e := range c.(*ast.CaseClause).List {
						r.add(e)
					}
				}
			case *ast.BinaryExpr:
				if n.Op == token.EQL && named(n.X, tags) {
					r.add(n.Y)
				}
			case *ast.IndexExpr: // map[string]int{…}[field]
				if lit, ok := n.X.(*ast.CompositeLit); ok && named(n.Index, tags) {
					r.keys(lit)
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if lit, ok := valueAt(n, i).(*ast.CompositeLit); ok && slices.Contains([]string{"verbals", "quantities", "sums", "ofShares"}, name.Name) {
						r.keys(lit)
					}
				}
			case *ast.AssignStmt:
				for i, to := range n.Lhs {
					if lit, ok := n.Rhs[min(i, len(n.Rhs)-1)].(*ast.CompositeLit); ok && named(to, []string{"counts", "shares"}) {
						r.keys(lit)
					}
				}
			}
			return true
		})
	}
	return r.found
}

func valueAt(s *ast.ValueSpec, i int) ast.Expr {
	if i < len(s.Values) {
		return s.Values[i]
	}
	return nil
}

// keys adds the keys of a map.
func (r *reader) keys(lit *ast.CompositeLit) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			r.add(kv.Key)
		}
	}
}

// fields are the words of the dictionary for what texts say.
func fields() map[string]bool {
	all := map[string]bool{}
	for _, p := range property.All() {
		all[p.FieldName()] = true
	}
	return all
}

// parts reports whether a word is a field, or the beginning or end of one.
func parts(word string, all map[string]bool) bool {
	for name := range all {
		head, rest, _ := strings.Cut(name, ".")
		if word == name || word == head || word == rest || strings.HasSuffix(word, ".") && strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

// Every field that a reader can give a claim is in the dictionary.
func TestReadingsAreKnown(t *testing.T) {
	t.Parallel()
	known, found := fields(), readings(t)
	if len(found) < 120 {
		t.Errorf("%d fields: the test looks at too little", len(found))
	}
	for name := range found {
		if strings.HasSuffix(name, ".") && !parts(name, known) || !strings.HasSuffix(name, ".") && !known[name] {
			t.Errorf("package claim reads the field %q, which is not in the dictionary", name)
		}
	}
}

// So is every one that the judge tells apart.
func TestJudgedAreKnown(t *testing.T) {
	t.Parallel()
	known, found := fields(), judged(t)
	if len(found) < 120 {
		t.Errorf("%d fields: the test looks at too little", len(found))
	}
	for name := range found {
		if !parts(name, known) {
			t.Errorf("the judge knows the field %q, which is not in the dictionary", name)
		}
	}
}

// And nothing else is in it.
func TestNothingElseIsKnown(t *testing.T) {
	t.Parallel()
	read, told := readings(t), judged(t)
	for name := range fields() {
		head, rest, dotted := strings.Cut(name, ".")
		if read[name] || told[name] || dotted && (read[head+"."] || told[head]) && (told[rest] || read[head+"."]) {
			continue
		}
		t.Errorf("nothing reads or judges %q", name)
	}
}
