package limit

import (
	"bytes"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write docs/limits.md anew")

// kebab is the name of a constant as the table has it.
func kebab(name string) string {
	var b strings.Builder
	for i, c := range name {
		if unicode.IsUpper(c) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

// declared gives the names of the constants of the package that are limits, and
// of each row which constant its value is.
func declared(t *testing.T) (constants []string, rows map[string]string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	rows = map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "limit.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GenDecl:
				for _, s := range n.Specs {
					if v, ok := s.(*ast.ValueSpec); ok && n.Tok == token.CONST && v.Names[0].IsExported() {
						constants = append(constants, v.Names[0].Name)
					}
				}
			case *ast.CompositeLit:
				if len(n.Elts) != 5 {
					break
				}
				if name, ok := n.Elts[0].(*ast.BasicLit); ok {
					rows[strings.Trim(name.Value, `"`)] = valueOf(n.Elts[1])
				}
			}
			return true
		})
	}
	return constants, rows
}

// valueOf is the constant that a row's value is made from.
func valueOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.CallExpr:
		return valueOf(e.Args[0])
	}
	return ""
}

func TestEveryConstantHasItsRow(t *testing.T) {
	t.Parallel()
	constants, rows := declared(t)
	if len(constants) < 50 {
		t.Fatalf("found %d constants only: %q", len(constants), constants)
	}
	for _, c := range constants {
		if got := rows[kebab(c)]; got != c {
			t.Errorf("%s: the row %q has the value of %q", c, kebab(c), got)
		}
	}
	if len(rows) != len(constants) || len(All()) != len(rows) {
		t.Errorf("%d constants, %d rows, %d limits in All", len(constants), len(rows), len(All()))
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, l := range All() {
		if l.Value <= 0 || l.Unit == "" || seen[l.Name] || !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(l.Name) {
			t.Errorf("%+v: name twice or odd, no value, or no unit", l)
		}
		seen[l.Name] = true
		for _, s := range []string{l.Reason, l.Over} {
			if !strings.HasSuffix(s, ".") || len(s) > 130 || strings.Contains(s, "|") {
				t.Errorf("%s: %q is no short sentence", l.Name, s)
			}
		}
	}
}

func TestAmount(t *testing.T) {
	t.Parallel()
	for want, l := range map[string]Limit{
		"16 MiB":          {Value: 16 << 20, Unit: Bytes},
		"3 GiB":           {Value: 3 << 30, Unit: Bytes},
		"2,000 bytes":     {Value: 2000, Unit: Bytes},
		"2 minutes":       {Value: seconds(2 * time.Minute), Unit: Seconds},
		"1 hour":          {Value: seconds(time.Hour), Unit: Seconds},
		"90 seconds":      {Value: 90, Unit: Seconds},
		"1,000,000 files": {Value: 1_000_000, Unit: "files"},
		"100 files":       {Value: 100, Unit: "files"},
	} {
		if got := l.Amount(); got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
}

func TestOver(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"more than 500,000 files (limit tree-files)": Over("tree-files", TreeFiles),
		"more than 3 files (limit tree-files)":       Over("tree-files", 3),
		"more than 16 MiB (limit blob-bytes)":        Over("blob-bytes", BlobBytes),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Write(&out); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	for _, l := range All() {
		if !strings.Contains(out.String(), "  "+l.Name+" ") || !strings.Contains(out.String(), l.Amount()) {
			t.Errorf("no %s of %s in the text", l.Name, l.Amount())
		}
	}
}

// The document is what stands before its first heading of a group, and the table.
func TestDocument(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "limits.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	intro, _, found := strings.Cut(string(text), "\n## ")
	want := intro + Markdown()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !found || string(text) != want {
		t.Errorf("%s is not the table of this package: go test ./internal/limit -update writes it", path)
	}
}
