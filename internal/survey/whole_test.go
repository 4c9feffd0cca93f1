package survey_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// monoText is a repository with folders at the day, one that comes after it, and
// what is no folder.
const monoText = `-- commit main 2024-01-02 Ann <ann@example.org> Begin --
-- kiln/lib.rs --
pub fn fire() {}
-- oven/main.go --
package main
-- file.rs --
fn f() {}
-- symlink link -> kiln --
-- submodule sub 1234567890123456789012345678901234567890 --
-- commit main 2024-08-01 Ann <ann@example.org> Later --
-- later/a.go --
package later
`

// A parting is a world with one repository, of which projects name parts.
type parting struct {
	*world
	cfg survey.Config
}

// newParting has projects A, B, …, each with one of the parts.
func newParting(t *testing.T, parts ...string) *parting {
	t.Helper()
	p := &parting{world: newWorld(t)}
	p.make("acme/mono", monoText)
	p.name(parts...)
	p.cfg = p.config(memory.New())
	return p
}

// name writes a landscape in which projects name parts of the repository.
func (p *parting) name(parts ...string) {
	p.t.Helper()
	head, _, _ := strings.Cut(landscapeText, "          - item:")
	var b strings.Builder
	b.WriteString(head)
	for i, part := range parts {
		fmt.Fprintf(&b, "          - item:\n            name: %c\n            project: sandbox\n            repo_url: https://example.org/acme/mono%s\n", 'A'+i, part)
	}
	if err := os.WriteFile(p.landscape, []byte(b.String()), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// survey runs one and tells of every repository: whose it is, what it is, why it was not
// read, and the notes that tell of folders.
func (p *parting) survey() []string {
	p.t.Helper()
	res := p.run(p.cfg)
	owners := map[fact.RepoID]string{}
	for _, r := range res.Survey.Catalog.Repositories {
		owners[r.ID] += r.Project
	}
	var all []string
	for _, o := range res.Survey.Outcomes {
		line := owners[o.Repo] + ": " + string(o.Repo)
		if o.Failure != "" {
			line += ", " + o.Failure + ": " + o.Why
		}
		if o.Revision != nil {
			if o.Revision.Repo != o.Repo {
				p.t.Errorf("%s: revision of %s", o.Repo, o.Revision.Repo)
			}
			for _, n := range o.Revision.Notes {
				if n.Kind == fact.NoteFolder {
					line += ", " + n.Text
				}
			}
		}
		all = append(all, line)
	}
	return all
}

const (
	wholeNote  = `, the folder %q is not in the repository at 2024-06-30: the whole repository is measured`
	partedNote = ", not_found: the folder that is named is not in it at the date, and the whole of it cannot stand in: another folder of it is a repository of the survey"
)

func TestMissingFolders(t *testing.T) {
	t.Parallel()
	const mono, tree = "example.org/acme/mono", "/tree/main/"
	whole := func(folders ...string) string {
		line := "A: " + mono
		for _, f := range folders {
			line += fmt.Sprintf(wholeNote, f)
		}
		return line
	}
	for name, tc := range map[string]struct {
		parts []string
		want  []string
	}{
		"none":                         {[]string{tree + "nowhere"}, []string{whole("nowhere")}},
		"below one that is":            {[]string{tree + "kiln/nowhere"}, []string{whole("kiln/nowhere")}},
		"in other letters":             {[]string{tree + "Kiln"}, []string{whole("Kiln")}},
		"a file":                       {[]string{tree + "file.rs"}, []string{whole("file.rs")}},
		"below a file":                 {[]string{tree + "file.rs/x"}, []string{whole("file.rs/x")}},
		"a link":                       {[]string{tree + "link"}, []string{whole("link")}},
		"a submodule":                  {[]string{tree + "sub"}, []string{whole("sub")}},
		"a branch with a slash":        {[]string{"/tree/release/1.0/kiln"}, []string{whole("1.0/kiln")}},
		"that comes later":             {[]string{tree + "later"}, []string{whole("later")}},
		"one that is":                  {[]string{tree + "kiln"}, []string{"A: " + mono + "//kiln"}},
		"two that are none":            {[]string{tree + "y", tree + "x"}, []string{whole("y", "x")}},
		"beside the whole":             {[]string{"", tree + "nowhere"}, []string{"A: " + mono}},
		"the whole beside it":          {[]string{tree + "nowhere", ""}, []string{"B: " + mono}},
		"within another, none of them": {[]string{tree + "x", tree + "x/y"}, []string{whole("x")}},
		"beside one that is":           {[]string{tree + "x", tree + "kiln"}, []string{"B: " + mono + "//kiln", "A: " + mono + "//x" + partedNote}},
		"two beside one that is": {
			[]string{tree + "x", tree + "kiln", tree + "y"},
			[]string{"B: " + mono + "//kiln", "A: " + mono + "//x" + partedNote, "C: " + mono + "//y" + partedNote},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newParting(t, tc.parts...)
			if diff := cmp.Diff(tc.want, p.survey()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A second survey reads no object, and says the same.
func TestMissingFolderIsRemembered(t *testing.T) {
	t.Parallel()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newParting(t, "/tree/main/x", "/tree/main/y")
			p.cfg.Store = open(t)
			progress := &recorder{}
			p.cfg.Progress = progress
			first := p.run(p.cfg)
			before := records(t, p.cfg.Store)
			p.lose("acme/mono")
			second := p.run(p.cfg)
			if diff := cmp.Diff(first.Survey, second.Survey); diff != "" || first.Measured != 1 || second.Cached != 1 {
				t.Errorf("%d measured, %d cached; the second survey differs:\n%s", first.Measured, second.Cached, diff)
			}
			if after := records(t, p.cfg.Store); after != before {
				t.Errorf("the facts differ:\n%s\n%s", before, after)
			}
			if progress.planned != 2 || len(progress.done) != 4 {
				t.Errorf("progress: %d planned, %v done in two runs", progress.planned, progress.done)
			}
		})
	}
}

// The facts of the whole are those that it has where it is named itself.
func TestWholeHasItsOwnFacts(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/x")
	p.survey()
	got := records(t, p.cfg.Store)
	p.name("")
	p.cfg.Store = memory.New()
	if got := p.survey(); !slices.Equal(got, []string{"A: example.org/acme/mono"}) {
		t.Errorf("named itself: %q", got)
	}
	if diff := cmp.Diff(records(t, p.cfg.Store), got); diff != "" {
		t.Errorf("facts (-named +stood in):\n%s", diff)
	}
}

// In a store that has it from elsewhere the whole has the notes of this survey.
func TestWholeIsKnownAlready(t *testing.T) {
	t.Parallel()
	p := newParting(t, "")
	p.survey()
	p.name("/tree/main/x")
	want := []string{"A: example.org/acme/mono" + fmt.Sprintf(wholeNote, "x")}
	if diff := cmp.Diff(want, p.survey()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p.name("")
	if diff := cmp.Diff([]string{"A: example.org/acme/mono"}, p.survey()); diff != "" {
		t.Errorf("named itself again (-want +got):\n%s", diff)
	}
}

// On a day on which it is there, the folder is measured.
func TestFolderThatComesLater(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/later")
	p.survey()
	p.cfg.AsOf = "2024-12-31"
	if want, got := []string{"A: example.org/acme/mono//later"}, p.survey(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What an earlier run of the day read is kept: where the mirror is gone, where a
// part of the projects is surveyed, and where an older mirror has no such folder.
func TestWholeIsKept(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/x", "/tree/main/y")
	want := p.survey()
	state := func() string {
		s, err := json.Marshal(p.run(p.cfg).Survey)
		if err != nil {
			t.Fatal(err)
		}
		return string(s)
	}
	full := state()
	for _, project := range []string{"A", "B"} {
		p.cfg.Projects = []string{project}
		if state() != full {
			t.Errorf("after a survey of %s: %q, want %q", project, p.survey(), want)
		}
	}
	p.remove("acme")
	for _, projects := range [][]string{nil, {"A"}, {"B"}} {
		p.cfg.Projects = projects
		if diff := cmp.Diff(want, p.survey()); diff != "" {
			t.Errorf("without the mirror, %q (-want +got):\n%s", projects, diff)
		}
	}
}

func TestFolderIsKept(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/oven")
	want := p.survey()
	p.remove("acme")
	p.make("acme/mono", "-- commit main 2024-01-01 Ann <ann@example.org> Before --\n-- a.rs --\nfn a() {}\n")
	if diff := cmp.Diff(want, p.survey()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A part of the projects: the folders of the others are looked for, not measured.
func TestMissingFolderOfAPart(t *testing.T) {
	t.Parallel()
	const mono = "example.org/acme/mono"
	skipped := ", skipped: not part of this run"
	for name, tc := range map[string]struct {
		parts   []string
		project string
		want    []string
	}{
		"the other is none too": {[]string{"/tree/main/x", "/tree/main/y"}, "A", []string{"A: " + mono + fmt.Sprintf(wholeNote, "x") + fmt.Sprintf(wholeNote, "y")}},
		"it is the other's":     {[]string{"/tree/main/x", "/tree/main/y"}, "B", []string{"A: " + mono + skipped}},
		"the other is there":    {[]string{"/tree/main/x", "/tree/main/kiln"}, "A", []string{"B: " + mono + "//kiln" + skipped, "A: " + mono + "//x" + partedNote}},
		"it is left out":        {[]string{"/tree/main/x", "/tree/main/kiln"}, "B", []string{"B: " + mono + "//kiln", "A: " + mono + "//x" + skipped}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newParting(t, tc.parts...)
			p.cfg.Projects = []string{tc.project}
			for _, run := range []string{"first", "second"} {
				if diff := cmp.Diff(tc.want, p.survey()); diff != "" {
					t.Errorf("%s run (-want +got):\n%s", run, diff)
				}
			}
		})
	}
}

// What there is does not hang on who is measured first.
func TestMissingFoldersInAnyOrder(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/x", "/tree/main/y", "/tree/main/z")
	var last string
	for jobs := range 4 {
		p.cfg.Store, p.cfg.Jobs = memory.New(), jobs+1
		s, err := json.Marshal(p.run(p.cfg).Survey)
		if err != nil {
			t.Fatal(err)
		}
		if last != "" && string(s) != last {
			t.Errorf("%d jobs: another survey:\n%s\n%s", jobs+1, last, s)
		}
		last = string(s)
	}
}

// A mirror is looked for by the name of the repository, and for the whole not
// again.
func TestMirrorsOfFolders(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/x", "/tree/main/y")
	asked := &asking{Mirrors: p.cfg.Mirrors}
	p.cfg.Mirrors = asked
	p.survey()
	if want := []fact.RepoID{"example.org/acme/mono", "example.org/acme/mono"}; !slices.Equal(asked.ids, want) {
		t.Errorf("asked for %q, want %q", asked.ids, want)
	}
}

// An asking tells which mirrors were asked for, and has them under another name.
type asking struct {
	survey.Mirrors
	mu  sync.Mutex
	ids []fact.RepoID
}

func (a *asking) Ensure(ctx context.Context, id fact.RepoID) (string, fact.RepoID, error) {
	a.mu.Lock()
	a.ids = append(a.ids, id)
	a.mu.Unlock()
	dir, _, err := a.Mirrors.Ensure(ctx, id)
	return dir, "example.org/new/name", err
}

// The name under which the mirror was found is the whole repository's.
func TestWholeIsFoundAs(t *testing.T) {
	t.Parallel()
	p := newParting(t, "/tree/main/x")
	p.cfg.Mirrors = &asking{Mirrors: p.cfg.Mirrors}
	res := p.run(p.cfg)
	if repos := res.Survey.Catalog.Repositories; len(repos) != 1 || repos[0].ID != "example.org/acme/mono" || repos[0].FoundAs != "example.org/new/name" {
		t.Errorf("%+v", repos)
	}
}
