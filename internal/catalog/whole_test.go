package catalog

import (
	"strings"
	"testing"

	"assay/internal/fact"
)

func TestWhole(t *testing.T) {
	t.Parallel()
	const mono = "https://github.com/acme/mono"
	kiln, oven := fact.Project{Name: "Kiln", RepoURL: mono + "/tree/main/kiln"}, fact.Project{Name: "Oven", RepoURL: mono + "/tree/main/oven"}
	for name, tc := range map[string]struct {
		projects []fact.Project
		folders  []fact.RepoID
		want     []string
		notes    []string
	}{
		"one folder": {
			projects: []fact.Project{kiln, oven},
			folders:  []fact.RepoID{"github.com/acme/mono//oven"},
			want:     []string{"Kiln: acme/mono//kiln primary", "Oven: acme/mono primary"},
			notes:    []string{`project "Oven" names the folder "oven" of "github.com/acme/mono", which is not in the repository at 2024-06-30: the whole repository is measured`},
		},
		"two projects": {
			projects: []fact.Project{kiln, oven},
			folders:  []fact.RepoID{"github.com/acme/mono//oven", "github.com/acme/mono//kiln"},
			want:     []string{"Kiln: acme/mono primary"},
			notes: []string{
				`project "Kiln" names the folder "kiln" of`, `project "Oven" names the folder "oven" of`,
				`repository "github.com/acme/mono" is counted for project "Kiln" (primary), not for "Oven", where landscape names it too (primary)`,
			},
		},
		"a sub-project goes first": {
			projects: []fact.Project{kiln, {Name: "Oven", RepoURL: mono + "/tree/main/oven", ParentProject: "Kiln"}},
			folders:  []fact.RepoID{"github.com/acme/mono//oven", "github.com/acme/mono//kiln"},
			want:     []string{"Oven: acme/mono primary"},
			notes:    []string{`is counted for project "Oven" (primary), not for "Kiln"`},
		},
		"the stronger reason goes first": {
			projects: []fact.Project{
				{Name: "Hearth", RepoURL: "https://github.com/hearth/hearth", AdditionalRepos: []fact.AdditionalRepo{{URL: mono + "/tree/main/x"}}}, oven,
			},
			folders: []fact.RepoID{"github.com/acme/mono//oven", "github.com/acme/mono//x"},
			want:    []string{"Hearth: hearth/hearth primary", "Oven: acme/mono primary"},
			notes:   []string{`is counted for project "Oven" (primary), not for "Hearth"`},
		},
		"one project, two folders": {
			projects: []fact.Project{{
				Name: "Kiln", RepoURL: mono + "/tree/main/z",
				AdditionalRepos: []fact.AdditionalRepo{{URL: mono + "/tree/main/a", Line: 7}, {URL: "https://github.com/acme/b"}},
			}},
			folders: []fact.RepoID{"github.com/acme/mono//a", "github.com/acme/mono//z"},
			want:    []string{"Kiln: acme/mono primary", "Kiln: acme/b additional"},
		},
		"none": {projects: []fact.Project{kiln}, want: []string{"Kiln: acme/mono//kiln primary"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ls := scape(tc.projects...)
			c := build(t, ls, Options{})
			Whole(c, ls, "2024-06-30", tc.folders)
			same(t, c, tc.want...)
			for _, want := range tc.notes {
				if !strings.Contains(notes(c), want) {
					t.Errorf("notes %q, want %q", notes(c), want)
				}
			}
			for _, n := range c.Notes {
				if n.Kind == fact.NoteFolder && n.Evidence.Line == 0 {
					t.Errorf("note without its line: %+v", n)
				}
			}
		})
	}
}

func TestWholeKeepsTheNameToday(t *testing.T) {
	t.Parallel()
	ls := scape(fact.Project{Name: "Kiln", RepoURL: "https://github.com/old/mono/tree/main/kiln"})
	c := build(t, ls, Options{})
	c.Repositories[0].FoundAs = "github.com/new/mono//kiln"
	Whole(c, ls, "2024-06-30", []fact.RepoID{"github.com/old/mono//kiln"})
	if r := c.Repositories[0]; r.ID != "github.com/old/mono" || r.FoundAs != "github.com/new/mono" {
		t.Errorf("%+v", r)
	}
}

// What a project says of several folders is kept with the repository.
func TestWholeKeepsMemberships(t *testing.T) {
	t.Parallel()
	const mono = "https://github.com/acme/mono"
	ls := scape(fact.Project{Name: "Kiln", RepoURL: mono + "/tree/main/z", AdditionalRepos: []fact.AdditionalRepo{{URL: mono + "/tree/main/a", Line: 7}}})
	c := build(t, ls, Options{})
	Whole(c, ls, "2024-06-30", []fact.RepoID{"github.com/acme/mono//a", "github.com/acme/mono//z"})
	if len(c.Repositories) != 1 {
		t.Fatalf("%+v", c.Repositories)
	}
	m := c.Repositories[0].Memberships
	if len(m) != 2 || m[0].Reason != fact.Primary || m[1].Reason != fact.Additional || m[1].Evidence.Line != 7 {
		t.Errorf("memberships %+v", m)
	}
}

// Two projects of one name are told apart by their lines.
func TestSortByLine(t *testing.T) {
	t.Parallel()
	ls := &fact.Landscape{Projects: []fact.Project{
		{Name: "Kiln", Lines: map[string]int{"name": 3}}, {Name: "Oven", Lines: map[string]int{"name": 5}}, {Name: "Kiln", Lines: map[string]int{"name": 9}},
	}}
	primary := []fact.Membership{{Reason: fact.Primary}}
	repos := []fact.Repository{
		{ID: "h.x/o/a", Project: "Kiln", ProjectLine: 9, Memberships: primary}, {ID: "h.x/o/b", Project: "Oven", Memberships: primary},
		{ID: "h.x/o/d", Project: "Kiln", ProjectLine: 3, Memberships: primary}, {ID: "h.x/o/c", Project: "Kiln", ProjectLine: 3, Memberships: primary},
	}
	Sort(repos, ls)
	var got []string
	for _, r := range repos {
		got = append(got, r.ID.Name())
	}
	if want := "c d b a"; strings.Join(got, " ") != want {
		t.Errorf("order %q, want %q", got, want)
	}
}
