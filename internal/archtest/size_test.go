package archtest

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// The bounds on size. They are a ratchet: they may be made tighter. The aim for
// half of all functions is 10 lines.
const (
	halfOfFunctions = 12   // lines that half of all functions have at most
	mostFunctions   = 40   // lines that 90 % of all functions have at most
	longFunction    = 100  // lines that 99 % of all functions have at most
	mostFiles       = 500  // lines that 90 % of all files have at most
	longFile        = 1000 // lines that every file has at most
	mostParameters  = 5    // of any function, a context counted and a receiver not
)

// A measure is something with a size and a place.
type measure struct {
	size int
	what string
}

// functions measures the functions of the tree, tests aside.
func functions(t *tree) (lines, parameters []measure) {
	for _, r := range t.rooms {
		for _, s := range r.code() {
			for _, d := range s.file.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				what := t.at(f) + ": " + f.Name.Name
				length := t.fset.Position(f.End()).Line - t.fset.Position(f.Pos()).Line + 1
				lines = append(lines, measure{length, what})
				parameters = append(parameters, measure{f.Type.Params.NumFields(), what})
			}
		}
	}
	return lines, parameters
}

// longest says which of all exceed the bound, the longest first, when more than
// the share do that may.
func longest(kind string, all []measure, bound int, share float64) []string {
	var over []measure
	for _, m := range all {
		if m.size > bound {
			over = append(over, m)
		}
	}
	if float64(len(over)) <= share*float64(len(all)) {
		return nil
	}
	slices.SortFunc(over, func(a, b measure) int { return cmp.Or(b.size-a.size, strings.Compare(a.what, b.what)) })
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d %s over %d, %.0f %% may be:", len(over), len(all), kind, bound, 100*share)
	for _, m := range over[:min(len(over), 20)] {
		fmt.Fprintf(&b, "\n  %d %s", m.size, m.what)
	}
	return []string{b.String()}
}

// small: functions, files and lists of parameters are short.
func small(t *tree) []string {
	lines, parameters := functions(t)
	var files []measure
	for _, r := range t.rooms {
		for _, s := range r.code() {
			files = append(files, measure{s.lines, s.path})
		}
	}
	return slices.Concat(
		longest("functions have lines", lines, halfOfFunctions, 0.5),
		longest("functions have lines", lines, mostFunctions, 0.1),
		longest("functions have lines", lines, longFunction, 0.01),
		longest("functions have parameters", parameters, mostParameters, 0),
		longest("files have lines", files, mostFiles, 0.1),
		longest("files have lines", files, longFile, 0),
	)
}

func TestSizes(t *testing.T) {
	t.Parallel()
	function := func(lines int) string {
		return "-- internal/store/a.go --\npackage store\nfunc f() {\n" + strings.Repeat("\tf()\n", lines-2) + "}\n"
	}
	rule(small).holds(t, map[string]string{
		"over 12,": function(13),
		"over 40,": function(41),
		"over 100": function(101),
		"6 internal/store/a.go:2: f": "-- internal/store/a.go --\npackage store\n" +
			"func f(a, b, c int, d string, e, f bool) {}\n",
		"over 500,": "-- internal/store/a.go --\npackage store\n" + strings.Repeat("\n", 500),
		"over 1000": "-- internal/store/a.go --\npackage store\n" + strings.Repeat("\n", 1000),
	})
}
