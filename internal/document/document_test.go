package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]Place{
		"LICENSE":                                 Root,
		".github/CODEOWNERS":                      Host,
		"Docs/users.md":                           Docs,
		"community/OWNERS":                        Docs,
		"docs/a/b/MAINTAINERS":                    BelowDocs,
		"docs/a/b/c/d/MAINTAINERS":                Elsewhere,
		"docs/vendor/x/ADOPTERS.md":               Elsewhere,
		"src/OWNERS":                              Elsewhere,
		strings.Repeat("x", 81):                   Elsewhere,
		"docs/" + strings.Repeat("y/", 300) + "z": Elsewhere,
	} {
		if n := NameOf(path); n.Place() != want {
			t.Errorf("%q is in place %d, want %d", path, n.Place(), want)
		}
	}
}

var adopters = Subject{
	Section: lazyregexp.New(`^adopters$`), Caption: lazyregexp.New(`^adopters$`), Target: lazyregexp.New(`^ADOPTERS$`),
}

// However many links there are, a bounded number is kept.
func TestPointersAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "[adopters](https://a.example/%d)\n\n", i)
	}
	if n := len(adopters.PointersIn(markup.Blocks([]byte(b.String())))); n != limit.ReadmePointers {
		t.Errorf("%d pointers", n)
	}
}

func TestPointerFile(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"":                  "",
		"https://a.example": "",
		"ADOPTERS.md":       ".github/ADOPTERS.md",
		"./../ADOPTERS.md":  "ADOPTERS.md",
		"/docs/x/../A":      "docs/A",
	} {
		p := Pointer{From: ".github/README.md", Target: target}
		if got := p.File(); got != want {
			t.Errorf("%q leads to %q, want %q", target, got, want)
		}
	}
}

// Of a use, a bounded number of files is read, but where the collector counts.
func TestUseFiles(t *testing.T) {
	t.Parallel()
	form := &Form[string]{
		Uses: func(*gitrepo.Entry) Use { return 3 }, Many: 2, Bytes: func(u Use) int64 { return int64(u) },
		Read: func(_ string, data []byte, _ Use) (string, []fact.Note) { return string(data), nil },
	}
	p := NewPass(form)
	wants := map[int64]int{}
	for i := range 2 * limit.UseFiles {
		e := &gitrepo.Entry{Path: fmt.Sprintf("%03d", 999-i), Mode: gitrepo.ModeFile}
		wants[p.Wants(e)]++
		p.File(e, gitrepo.Content{Data: []byte("x")})
	}
	if wants[3] != limit.UseFiles || wants[2] != limit.UseFiles {
		t.Errorf("wants %v", wants)
	}
	p.Sort()
	if one := p.For(1); len(one) != limit.UseFiles || one[0].Path != fmt.Sprintf("%03d", 1000-limit.UseFiles) {
		t.Errorf("%d files for the first use: %+v", len(one), one[:1])
	}
}

// What gave nothing is told with its cause, where it shows that there is a document.
func TestSilent(t *testing.T) {
	t.Parallel()
	const telling, other, odd = 1, 2, 4
	uses := map[string]Use{"A": telling, "B": telling, "C": telling, "D": telling | odd, "E": other}
	p := NewPass(&Form[string]{
		Uses: func(e *gitrepo.Entry) Use { return uses[e.Path] }, Telling: telling, Unopened: odd, Bytes: func(Use) int64 { return 1 },
		Read: func(_ string, data []byte, _ Use) (string, []fact.Note) { return string(data), nil },
	})
	for _, path := range []string{"A", "B", "C", "D", "E"} {
		e := &gitrepo.Entry{Path: path, Mode: gitrepo.ModeFile}
		if path == "A" {
			e.Mode = gitrepo.ModeSymlink
		}
		if p.Wants(e) > 0 {
			p.File(e, gitrepo.Content{Missing: path == "B"})
		}
	}
	p.Silent(telling, fact.UnreadDocument{Path: "C", Cause: fact.CauseElsewhere, Target: "https://c.example"})
	p.Silent(other, fact.UnreadDocument{Path: "E", Cause: fact.CausePlaceholder})
	var got []string
	for _, u := range p.NotUnderstood(false, nil, nil) {
		got = append(got, fmt.Sprintf("%s %s %t", u.Path, u.Cause, u.Open()))
	}
	if diff := cmp.Diff([]string{"A link true", "B missing true", "C elsewhere true", "D form true"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPlaceholder(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"TBD": true, "Your company here": true, "<name>": true, "Acme": true, "Quillworks": false, "Project Harbour": false} {
		if Placeholder(s) != want {
			t.Errorf("Placeholder(%q) = %t", s, !want)
		}
	}
}
