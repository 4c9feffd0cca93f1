package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// vague are names that say nothing of what a package provides.
var vague = []string{
	"util", "utils", "common", "helper", "helpers", "base", "misc", "types", "models", "model", "shared", "lib", "core", "pkg",
}

// maxName is the longest name of a package, in letters, a final "test" aside.
const maxName = 12

// lower is what a name is made of.
var lower = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// named: packages are short single nouns, and named as their folders.
func named(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		for _, s := range r.sources {
			name := s.file.Name.Name
			plain := strings.TrimSuffix(name, "_test")
			switch short := strings.TrimSuffix(plain, "test"); {
			case slices.Contains(vague, short):
				wrong = append(wrong, fmt.Sprintf("%s: package %s says nothing of what it provides", s.path, name))
			case len(short) > maxName || !lower.MatchString(plain):
				wrong = append(wrong, fmt.Sprintf("%s: package %s: a name is at most %d small letters", s.path, name, maxName))
			case plain != path.Base(r.dir) && plain != "main":
				wrong = append(wrong, fmt.Sprintf("%s: package %s is not named as its folder", s.path, name))
			}
		}
	}
	return wrong
}

func TestPackageNames(t *testing.T) {
	t.Parallel()
	rule(named).holds(t, map[string]string{
		"package util says nothing":     "-- internal/util/a.go --\npackage util\n",
		"package commontest says nothi": "-- internal/commontest/a.go --\npackage commontest\n",
		"package repositoryreader: a n": "-- internal/repositoryreader/a.go --\npackage repositoryreader\n",
		"package git_repo: a name":      "-- internal/git_repo/a.go --\npackage git_repo\n",
		"is not named as its folder":    "-- internal/store/a.go --\npackage storage\n",
	})
}

// described: every package has one comment that says what it is for.
func described(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		code := r.code()
		with := slices.DeleteFunc(slices.Clone(code), func(s *source) bool {
			return s.file.Doc == nil || len(strings.Fields(s.file.Doc.Text())) < minWords
		})
		if len(code) > 0 && len(with) != 1 {
			wrong = append(wrong, fmt.Sprintf("%s: has %d package comments of %d words and more, want 1", r.dir, len(with), minWords))
		}
	}
	return wrong
}

// minWords is the shortest package comment that can say anything.
const minWords = 8

func TestPackageComments(t *testing.T) {
	t.Parallel()
	rule(described).holds(t, map[string]string{
		"internal/store: has 0": "-- internal/store/a.go --\n// Package store stores.\npackage store\n",
		"internal/forge: has 2": "-- internal/forge/a.go --\n// Package forge asks a host for what only it knows.\npackage forge\n" +
			"-- internal/forge/b.go --\n// Package forge asks a host for what only it knows.\npackage forge\n",
	})
}

// minDocumented is the share of exported names that have a comment.
const minDocumented = 0.95

// documented: nearly all exported names have a comment of their own, or one for
// their group. The methods of an unexported type are documented by the interface
// they implement.
func documented(t *tree) []string {
	total := 0
	var bare []string
	for _, r := range t.rooms {
		for _, s := range r.code() {
			for _, d := range s.file.Decls {
				names, missing := exported(d)
				total += names
				for _, m := range missing {
					bare = append(bare, t.at(m)+": "+m.Name)
				}
			}
		}
	}
	if float64(len(bare)) > float64(total)*(1-minDocumented) {
		return []string{fmt.Sprintf("of %d exported names these have no comment:\n  %s", total, strings.Join(bare, "\n  "))}
	}
	return nil
}

// exported counts the exported names that d declares and gives those that have
// no comment.
func exported(d ast.Decl) (names int, missing []*ast.Ident) {
	count := func(id *ast.Ident, comments ...*ast.CommentGroup) {
		if !id.IsExported() {
			return
		}
		names++
		if !slices.ContainsFunc(comments, func(c *ast.CommentGroup) bool { return c != nil }) {
			missing = append(missing, id)
		}
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if receiver(d) == "" || ast.IsExported(receiver(d)) {
			count(d.Name, d.Doc)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				count(spec.Name, spec.Doc, d.Doc)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					count(id, spec.Doc, spec.Comment, d.Doc)
				}
			}
		}
	}
	return names, missing
}

// receiver is the type whose method f is, "" when it is a function.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return ""
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if index, ok := t.(*ast.IndexExpr); ok {
		t = index.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

func TestExportedNamesAreDocumented(t *testing.T) {
	t.Parallel()
	rule(documented).holds(t, map[string]string{
		"a.go:3: Bare": "-- internal/store/a.go --\npackage store\n\nfunc Bare() {}\n// Told is told.\nfunc Told() {}\n",
		"a.go:3: Open": "-- internal/store/a.go --\npackage store\n\nfunc (s *Store) Open() {}\nfunc (s *pass) Wants() {}\n",
	})
}
