package property_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"assay/internal/verify/property"
)

// namers are the functions that take names of properties, and which of their arguments are
// such, from the first on, or the last alone (-1).
var namers = map[string]int{"Must": 0, "Named": 0, "Is": 0, "Under": 0, "asWord": 0, "link": 0, "each": 0, "languageList": 0, "pattern": 0, "beside": -1, "inLabel": -1, "byLabel": -1}

// tables are the variables whose keys are names of properties.
var tables = map[string]bool{"ofProject": true, "sizes": true, "wordJudges": true}

// nameLike is what names of properties look like.
var nameLike = regexp.MustCompile(`^[a-z]+(?:\.[a-z]+)*$`)

// A reading collects the names of properties that the source of a package has.
type reading struct {
	t     *testing.T
	found map[string]bool
}

func (r *reading) add(e ast.Expr) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		r.t.Fatal(err)
	}
	if nameLike.MatchString(text) {
		r.found[text] = true
	}
}

// see adds the names of a node.
func (r *reading) see(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		at, known := namers[name]
		switch {
		case !known || len(n.Args) == 0:
		case at < 0:
			r.add(n.Args[len(n.Args)-1])
		case name == "Is":
			for _, arg := range n.Args {
				r.add(arg)
			}
		default:
			r.add(n.Args[at])
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if !tables[name.Name] || i >= len(n.Values) {
				continue
			}
			for _, e := range n.Values[i].(*ast.CompositeLit).Elts {
				r.add(e.(*ast.KeyValueExpr).Key)
			}
		}
	}
	return true
}

// namesIn are the names of properties in the source of a package, but for its tests.
func namesIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	r := &reading{t, map[string]bool{}}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, r.see)
	}
	return r.found
}

// Every name that is read from a text, judged or told apart is in the dictionary.
func TestNamesAreKnown(t *testing.T) {
	t.Parallel()
	for folder, least := range map[string]int{"../claim": 60, "../judge": 120, "..": 3} {
		found := namesIn(t, folder)
		if len(found) < least {
			t.Errorf("%s: %d names: the test looks at too little", folder, len(found))
		}
		for name := range found {
			p := property.Named(name)
			group := false
			for _, q := range property.All() {
				group = group || q.Under(name)
			}
			if p == nil && !group {
				t.Errorf("%s: the dictionary has no property %q", folder, name)
			}
		}
	}
}

// And nothing is in it that nobody judges.
func TestNothingElseIsKnown(t *testing.T) {
	t.Parallel()
	judged := namesIn(t, "../judge")
	for _, p := range property.All() {
		head, rest, _ := strings.Cut(p.Name, ".")
		if class := head == "count" && (rest == "core" || rest == "component" || rest == "trace" || rest == "none"); !judged[p.Name] && !class && p.Text == "" && !p.Under("package") && p.Kind != "stars" && p.Kind != "revision" {
			t.Errorf("nothing judges %q", p.Name)
		}
	}
}

// A name that the program does not know is refused.
func TestMust(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("beauty is a property")
		}
	}()
	property.Must("beauty")
}
