package catalog

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// openings writes what is open one a line.
func openings(c *fact.Catalog) []string {
	var out []string
	for _, o := range c.Open {
		out = append(out, fmt.Sprintf("%s %d: %s %s: %s (line %d)", o.Project, o.ProjectLine, o.Scope, o.Owner, o.Why, o.Evidence.Line))
	}
	return out
}

// part is a lister that knows only what is mirrored.
type part struct{ lister }

func (part) Partial() bool { return true }

// Every case opens, or not, the one project there is.
func TestOpen(t *testing.T) {
	t.Parallel()
	const tracks = "projects:\n  otter:\n    name: Otter\n    status: Sandbox\n    command_line: ['%s']\n"
	org := fact.Project{Name: "Otter", RepoURL: "https://github.com/megacorp/otter", ProjectOrg: "https://github.com/otters"}
	plain := fact.Project{Name: "Otter", RepoURL: "https://github.com/otters/otter"}
	all := lister{"github.com/otters": {"otter"}, "github.com/megacorp": {"otter"}}
	mirrored := " and only its mirrors are known"
	for name, tc := range map[string]struct {
		project fact.Project
		tracks  string
		o       Options
		want    []string
	}{
		"listed by its host":       {project: org, o: Options{Lister: all}},
		"not there, says its host": {project: org, o: Options{Lister: lister{}}},
		"no lister":                {project: org, want: []string{"Otter 0: organisation github.com/otters: all of it is the project's, and its host was not asked for a list (line 12)"}},
		"a tree of mirrors":        {project: org, o: Options{Lister: part{all}}, want: []string{"Otter 0: organisation github.com/otters: all of it is the project's," + mirrored + " (line 12)"}},
		"an empty tree":            {project: org, o: Options{Lister: Mirrors(tree{})}, want: []string{"Otter 0: organisation github.com/otters: all of it is the project's," + mirrored + " (line 12)"}},
		"the listing fails": {project: org, o: Options{Lister: failing{errkind.Errorf(errkind.Network, "down")}},
			want: []string{"Otter 0: organisation github.com/otters: all of it is the project's, and it could not be listed (network) (line 12)"}},
		"by its name alone": {project: plain, o: Options{Lister: part{all}}},
		"refused": {project: fact.Project{Name: "Otter", RepoURL: "https://github.com/cncf/otter", ProjectOrg: "https://github.com/cncf"},
			o: Options{Lister: part{all}}},
		"the user names it": {project: plain,
			o:    Options{Lister: part{all}, Config: Config{Projects: map[string]ProjectConfig{"Otter": {Line: 3, Owners: []string{"github.com/otters"}}}}},
			want: []string{"Otter 0: organisation github.com/otters: all of it is the project's," + mirrored + " (line 3)"}},
		"DevStats names it": {project: plain, tracks: "otters", o: Options{Lister: part{all}},
			want: []string{"Otter 0: organisation github.com/otters: all of it is the project's," + mirrored + " (line 5)"}},
		"a pattern, listed":   {project: plain, tracks: `regexp:^(otters\/.*x)$`, o: Options{Lister: all}},
		"a pattern elsewhere": {project: plain, tracks: `regexp:^(stoats\/.*x)$`, o: Options{Lister: part{all}}},
		"a pattern of names":  {project: plain, tracks: `regexp:^(otters\/(x|y))$`, o: Options{Lister: part{all}}},
		"a pattern": {project: plain, tracks: `regexp:^(otters\/.*x)$`, o: Options{Lister: part{all}},
			want: []string{"Otter 0: listed github.com/otters: DevStats matches the names in it by a pattern," + mirrored + " (line 5)"}},
		"a pattern and all of it, once": {project: plain, tracks: `regexp:^(otters\/.*)$`, o: Options{Lister: part{all}},
			want: []string{"Otter 0: listed github.com/otters: DevStats matches the names in it by a pattern," + mirrored + " (line 5)"}},
		"a pattern not understood": {project: plain, tracks: `regexp:(`, o: Options{Lister: all},
			want: []string{"Otter 0: listed : its entry in DevStats was not understood whole (line 5)"}},
		"lists not found": {project: plain, o: Options{Lister: all, CLOMonitor: Nowhere(), DevStats: Nowhere()},
			want: []string{
				"Otter 0: listed : CLOMonitor's list of repositories was not found (line 0)",
				"Otter 0: listed : DevStats' list of repositories was not found (line 0)",
			}},
		"a list not read": {project: plain, o: Options{Lister: all, CLOMonitor: spec(t, "[1, 2")},
			want: []string{"Otter 0: listed : CLOMonitor's list of repositories could not be read (line 0)"}},
		"not asked about": {project: org, o: Options{CLOMonitor: Nowhere(), Only: func(*fact.Project) bool { return false }}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := tc.o
			if tc.tracks != "" {
				o.DevStats = spec(t, fmt.Sprintf(tracks, tc.tracks))
			}
			if diff := cmp.Diff(tc.want, openings(build(t, scape(tc.project), o))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Openings are in the landscape's order, and tell projects of one name apart.
func TestOpenOrder(t *testing.T) {
	t.Parallel()
	c := build(t, scape(
		fact.Project{Name: "Twin", RepoURL: "https://example.org/z/z", ProjectOrg: "https://github.com/z"},
		fact.Project{Name: "Twin", RepoURL: "https://example.org/a/a", ProjectOrg: "https://github.com/b"},
	), Options{CLOMonitor: Nowhere(), Config: Config{Projects: map[string]ProjectConfig{"Twin": {Line: 3, Owners: []string{"github.com/a"}}}}})
	var got []string
	for _, o := range c.Open {
		got = append(got, fmt.Sprintf("%d %s %s", o.ProjectLine, o.Scope, o.Owner))
	}
	want := []string{"10 listed ", "10 organisation github.com/a", "10 organisation github.com/z", "20 listed ", "20 organisation github.com/b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
