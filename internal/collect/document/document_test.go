package document

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

// A file of a made-up tree. Text nil: its blob is missing.
type file struct {
	path string
	text *string
	mode uint32
}

// run passes a tree, in git's order, through the collector.
func run(t *testing.T, c *Collector, files []file) *fact.Documents {
	t.Helper()
	p := c.Begin(&fact.Revision{Repo: "git.example/corp/tool", Commit: "c0ffee"}, nil)
	entries := make([]collect.Entry, len(files))
	limits := make([]int64, len(files))
	for i, f := range files {
		entries[i] = collect.Entry{Path: f.path, Mode: gitrepo.ModeFile, Size: -1}
		if f.mode != 0 {
			entries[i].Mode = f.mode
		}
		if f.text != nil {
			entries[i].Size = int64(len(*f.text))
		}
		limits[i] = p.Wants(&entries[i])
	}
	for i, f := range files {
		if limits[i] == 0 {
			continue
		}
		content := collect.Content{Missing: f.text == nil}
		if f.text != nil {
			data := []byte(*f.text)
			if int64(len(data)) > limits[i] {
				data, content.Truncated = data[:limits[i]], true
			}
			content.Data = data
		}
		p.File(&entries[i], content)
	}
	got, err := p.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return got.(*fact.Documents)
}

func tree(t *testing.T) []file {
	return []file{
		{path: ".github/CODEOWNERS", text: new("* @corp/maintainers @ann\n")},
		{path: "ADOPTERS.md", text: new("- [Quillworks](https://quill.example)\n- quillworks\n- Harbour\n")},
		{path: "CODEOWNERS", text: new("* @ignored\n")},
		{path: "LICENSE", text: new(string(licenceText(t, "License/Apache-2.0/pristine.txt")))},
		{path: "LICENSE-MIT", text: new("Copyright Corp\n\n" + string(licenceText(t, "License/MIT/pristine.txt")))},
		{path: "MAINTAINERS.md", text: new("# Maintainers\n\n- Ann Example <ann@corp.example> @ann\n")},
		{path: "OWNERS", text: new("reviewers:\n- bob\n")},
		{path: "README.md", text: new("# Tool\n\nThe tool is written in Rust for safety.\n")},
		{path: "SECURITY.md", text: new("mail us")},
		{path: "adopters.yml", text: new("- name: Third\n")},
		{path: "docs/design.md", text: new("# Design\n\nWe chose Rust because it has no garbage collector.\nThe tool is written in Rust for safety.\n")},
		{path: "vendor/x/LICENSE", text: new("theirs")},
	}
}

func TestCollector(t *testing.T) {
	t.Parallel()
	got := run(t, New(), tree(t))
	want := &fact.Documents{
		Licences: []fact.Licence{{SPDX: "Apache-2.0", Confidence: 1, Path: "LICENSE"}, {SPDX: "MIT", Confidence: 1, Path: "LICENSE-MIT"}},
		Adopters: []fact.Adopter{
			{Name: "Quillworks", URL: "https://quill.example", Path: "ADOPTERS.md", Line: 1}, {Name: "Harbour", Path: "ADOPTERS.md", Line: 3}, {Name: "Third", Path: "adopters.yml", Line: 1},
		},
		Maintainers: []fact.Maintainer{
			{Name: "Ann Example", Handle: "ann", Path: "MAINTAINERS.md", Line: 3}, {Handle: "bob", Role: "reviewer", Path: "OWNERS", Line: 2},
			{Handle: "corp/maintainers", Role: "code owner", Path: ".github/CODEOWNERS", Line: 1},
		},
		Security:        "SECURITY.md",
		AdopterFiles:    []string{"ADOPTERS.md", "adopters.yml"},
		MaintainerFiles: []string{"MAINTAINERS.md", "OWNERS", ".github/CODEOWNERS"},
		Reasons: []fact.Quote{
			{Language: "Rust", Text: "We chose Rust because it has no garbage collector.", Path: "docs/design.md", Line: 3},
			{Language: "Rust", Text: "The tool is written in Rust for safety.", Path: "README.md", Line: 3},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The same revision gives the same bytes, with a fresh collector and with one
// that remembers.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	old := New()
	var first string
	for i := range 4 {
		c := old
		if i == 3 {
			c = New()
		}
		b, err := json.Marshal(run(t, c, tree(t)))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(b)
		}
		if string(b) != first {
			t.Errorf("run %d differs:\n%s\n%s", i, first, b)
		}
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	got := run(t, New(), []file{
		{path: "ADOPTERS.md"},
		{path: "COPYING", text: new("licenses/x"), mode: gitrepo.ModeSymlink},
		{path: "LICENSE"},
		{path: "OWNERS", text: new("a: [")},
		{path: "README.md", text: new(strings.Repeat("x\n", limit.ReasonBytes))},
		{path: "SECURITY.md", text: new("y"), mode: gitrepo.ModeSymlink},
		{path: "adopters.yaml", text: new(strings.Repeat("[", 1000))},
	})
	var notes []string
	for _, n := range got.Notes {
		notes = append(notes, n.Kind+" "+n.Evidence.Path)
		if n.Evidence.Repo == "" || n.Evidence.Commit == "" || n.Text == "" {
			t.Errorf("note %+v is not evidence", n)
		}
	}
	want := []string{"corrupt ADOPTERS.md", "odd COPYING", "corrupt LICENSE", "input OWNERS", "limit README.md", "limit adopters.yaml"}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(got.Licences)+len(got.Adopters)+len(got.Maintainers) != 0 || got.Security != "SECURITY.md" {
		t.Errorf("got %+v", got)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	got := run(t, New(), nil)
	if diff := cmp.Diff(&fact.Documents{}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// However many texts a repository has, a bounded number is read.
func TestBounds(t *testing.T) {
	t.Parallel()
	p := New().Begin(nil, nil)
	var total int64
	n := 0
	for i := range 5 * limit.ReasonFiles {
		e := collect.Entry{Path: "docs/" + strings.Repeat("x", i%70+1) + ".md", Mode: gitrepo.ModeFile, Size: limit.ReasonBytes}
		if limit := p.Wants(&e); limit > 0 {
			n++
			total += limit
		}
	}
	if n > limit.ReasonFiles || total > limit.ReasonTotal+limit.ReasonBytes {
		t.Errorf("%d texts of %d bytes are wanted", n, total)
	}
	got, _ := p.Finish()
	if notes := got.(*fact.Documents).Notes; len(notes) != 1 || notes[0].Kind != "limit" {
		t.Errorf("notes %+v", notes)
	}
}

// Shapes that make careless readers quadratic, exponential or deep. The test
// is that it ends, quickly, and finds nothing.
func TestHostileShapes(t *testing.T) {
	t.Parallel()
	const size = 200 << 10
	for _, unit := range []string{"[", "[\n", "[a](b ", "*a _b\n", "`\n", "> ", "- ", "<a ", "<!-- ", "a <![CDATA[\n", "&#x", "[a]: <b\n", "http://a.b/(((\n", "a@", "![a",
		"|a", "|-", "\t", "\x00", "\xff", "\\", "1. ", "**a*b", "a\n=\n", "a at ", "@a ", "GitHub: @a\n", "Go ", "because Rust Go C++ ", "We chose Rust because \n", "A.\n"} {
		s := new(strings.Repeat(unit, size/len(unit)))
		got := run(t, New(), []file{{path: "ADOPTERS.md", text: s}, {path: "MAINTAINERS", text: s}, {path: "OWNERS", text: s}, {path: "README.md", text: s}, {path: "USERS.yml", text: s}})
		if len(got.Adopters) > 1 || len(got.Reasons) > 1 {
			t.Errorf("%q gives %d adopters and %d reasons", unit, len(got.Adopters), len(got.Reasons))
		}
	}
}
