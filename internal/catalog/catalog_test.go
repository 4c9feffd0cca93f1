package catalog

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/forge"
	"assay/internal/source"
)

// lister answers from a map of owner to "name" or "name flag".
type lister map[string][]string

func (l lister) List(_ context.Context, owner string) ([]forge.Repo, error) {
	names, ok := l[owner]
	if !ok {
		return nil, errkind.Errorf(errkind.NotFound, "no %q", owner)
	}
	var out []forge.Repo
	for _, name := range names {
		name, flag, _ := strings.Cut(name, " ")
		out = append(out, forge.Repo{
			ID: fact.RepoID(owner + "/" + name), Known: flag != "", Fork: flag == "fork", Template: flag == "template",
		})
	}
	return out, nil
}

func spec(t *testing.T, text string) *source.Spec {
	t.Helper()
	name := filepath.Join(t.TempDir(), "list.yaml")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return &source.Spec{Where: name}
}

// scape makes a landscape of projects; each gets lines 10, 20, ….
func scape(projects ...fact.Project) *fact.Landscape {
	for i := range projects {
		projects[i].Lines = map[string]int{"name": (i + 1) * 10, "repo_url": (i+1)*10 + 1, "project_org": (i+1)*10 + 2}
	}
	return &fact.Landscape{
		Evidence: fact.Evidence{Repo: "example.org/o/landscape", Commit: "c1", Path: "landscape.yml"},
		Projects: projects,
	}
}

func build(t *testing.T, ls *fact.Landscape, o Options) *fact.Catalog {
	t.Helper()
	c, err := Build(t.Context(), ls, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// lines writes the repositories of a catalogue one a line.
func lines(c *fact.Catalog) []string {
	var out []string
	for _, r := range c.Repositories {
		s := fmt.Sprintf("%s: %s %s", r.Project, r.ID.Slug(), r.Reason())
		if r.Standing != "" {
			s += " " + string(r.Standing)
		}
		if r.FoundAs != "" {
			s += " as " + r.FoundAs.Slug()
		}
		out = append(out, s)
	}
	return out
}

func notes(c *fact.Catalog) string {
	var all []string
	for _, n := range c.Notes {
		all = append(all, n.Text)
	}
	return strings.Join(all, "\n")
}

func same(t *testing.T, c *fact.Catalog, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, lines(c)); diff != "" {
		t.Errorf("(-want +got)\n%s\nnotes:\n%s", diff, notes(c))
	}
}

const monitoredList = `- name: otter
  display_name: Otter
  repositories:
    - name: otter
      url: https://github.com/otter-io/Otter.git
    - name: website
      url: https://github.com/otter-io/website/
    - name: odd
      url: "ext::sh -c true"
- name: stoat-mesh
  repositories:
    - url: https://github.com/oldhome/stoat
    - url: https://github.com/stoat-labs/rust-stoat
- name: nobody
  repositories:
    - url: https://github.com/otter-io/nobody
`

const trackedList = `---
projects:
  otter:
    name: Otter
    status: Graduated
    command_line:
      - "otter-io,\
         otter-labs,other/otter-extra,other/otter-skipped"
    main_repo: otter-io/otter
    env:
      GHA2DB_EXCLUDE_REPOS: 'otter-io/kubernetes,other/otter-skipped'
  stoat:
    name: Stoat
    status: Sandbox
    command_line:
      - 'regexp:(?i)^(stoat-labs\/.*stoat.*|.+\/stoat-plugin|hobby\/stoat-thing)$'
    main_repo: stoat/stoat
  all:
    name: All
    status: '-'
    command_line: [otter-io]
    main_repo: ''
`

func TestBuild(t *testing.T) {
	t.Parallel()
	ls := scape(
		fact.Project{Name: "Otter", RepoURL: "http://github.com/otter-io/otter/", CLOMonitorName: "otter",
			DevStatsURL: "https://otter.devstats.example.org/"},
		fact.Project{Name: "Stoat", RepoURL: "https://github.com/stoat/stoat", Branch: "trunk", CLOMonitorName: "stoat-mesh",
			AdditionalRepos: []fact.AdditionalRepo{{URL: "git@github.com:stoat/stoatctl.git", Line: 25}}},
	)
	c := build(t, ls, Options{
		CLOMonitor: spec(t, monitoredList), DevStats: spec(t, trackedList),
		Lister: lister{
			"github.com/otter-io": {"otter known", "proxy known", "kubernetes fork", "starter template", "net fork", ".github known", "docs known"},
			"github.com/stoat":    {"stoat", "rust-policy-template"},
			// Listed for the pattern alone.
			"github.com/stoat-labs": {"my-stoat", "weasel"},
			"github.com/other":      {"secret"},
		},
	})
	same(t, c,
		"Otter: otter-io/otter primary",
		"Otter: other/otter-extra catalogued",
		"Otter: otter-io/website catalogued website",
		"Otter: otter-io/.github discovered meta",
		"Otter: otter-io/docs discovered docs",
		"Otter: otter-io/net discovered fork",
		"Otter: otter-io/proxy discovered",
		"Otter: otter-io/starter discovered template",
		"Stoat: stoat/stoat primary",
		"Stoat: stoat-labs/my-stoat catalogued",
		"Stoat: stoat-labs/rust-stoat catalogued",
		"Stoat: stoat/stoatctl additional",
		"Stoat: stoat/rust-policy-template discovered template",
	)
	for _, want := range []string{
		`project "Otter" (line 9): catalogued repository left out: "ext::sh -c true"`,
		`clomonitor names "github.com/oldhome/stoat", where the landscape names "github.com/stoat/stoat"`,
		`project "Stoat": 1 repositories that DevStats counts by a pattern are left out`,
	} {
		if !strings.Contains(notes(c), want) {
			t.Errorf("no note %q in\n%s", want, notes(c))
		}
	}
	otter := c.Repositories[0]
	got := make([]string, len(otter.Memberships))
	for i, m := range otter.Memberships {
		got[i] = fmt.Sprintf("%s %s %d", m.Reason, m.Source, m.Evidence.Line)
	}
	want := []string{"primary landscape 11", "catalogued clomonitor 5", "catalogued devstats 9", "discovered listing 7"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if stoat := c.Repositories[8]; stoat.Branch != "trunk" || c.Repositories[11].Memberships[0].Evidence.Line != 25 {
		t.Errorf("branch %q, line %d", stoat.Branch, c.Repositories[11].Memberships[0].Evidence.Line)
	}
	for i, want := range []string{"landscape read", "clomonitor read", "devstats read", "listing read"} {
		if got := c.Sources[i].Name + " " + c.Sources[i].State; got != want {
			t.Errorf("source %q, want %q (%s)", got, want, c.Sources[i].Why)
		}
	}
}

func TestSharedOrganisations(t *testing.T) {
	t.Parallel()
	all := lister{
		"github.com/kubernetes-sigs": {"gateway", "kueue"},
		"github.com/containers":      {"podman", "crun"},
		"github.com/cncf":            {"toc"},
		"github.com/twins":           {"left", "right", "third"},
		"github.com/megacorp":        {"gadget", "secret"},
		"github.com/Gadget-Dev":      {"gadget", "gadget-rs"},
	}
	for name, tc := range map[string]struct {
		projects []fact.Project
		devstats string
		want     []string
		note     string
	}{
		"kubernetes-sigs": {
			projects: []fact.Project{{Name: "SIGs", RepoURL: "https://github.com/kubernetes-sigs/gateway",
				ProjectOrg: "https://github.com/kubernetes-sigs"}},
			want: []string{"SIGs: kubernetes-sigs/gateway primary"},
			note: "known to be shared",
		},
		"containers": {
			projects: []fact.Project{{Name: "Containers", RepoURL: "https://github.com/containers/podman"}},
			want:     []string{"Containers: containers/podman primary"},
			note:     "known to be shared",
		},
		"cncf": {
			projects: []fact.Project{{Name: "CNCF", RepoURL: "https://github.com/CNCF/toc"}},
			want:     []string{"CNCF: CNCF/toc primary"},
			note:     "known to be shared",
		},
		"two projects": {
			projects: []fact.Project{{Name: "Twins", RepoURL: "https://github.com/twins/left"},
				{Name: "Right", RepoURL: "https://github.com/twins/right"}},
			want: []string{"Twins: twins/left primary", "Right: twins/right primary"},
			note: `"github.com/twins" is not taken whole for project "Twins": it is also named for, or has repositories of, "Right"`,
		},
		"parent and sub-project": {
			projects: []fact.Project{{Name: "Right", RepoURL: "https://github.com/twins/right", ParentProject: "Twins"},
				{Name: "Twins", RepoURL: "https://github.com/twins/left"}},
			want: []string{"Right: twins/right primary", "Twins: twins/left primary", "Twins: twins/third discovered"},
		},
		"a project the landscape does not have": {
			projects: []fact.Project{{Name: "Twins", RepoURL: "https://github.com/twins/left"}},
			devstats: "projects:\n  third:\n    name: Third\n    status: Sandbox\n    command_line: [twins/third]\n",
			want:     []string{"Twins: twins/left primary"},
			note:     `"third" (in DevStats only)`,
		},
		"unlike name": {
			projects: []fact.Project{{Name: "Gadget", RepoURL: "https://github.com/megacorp/gadget"}},
			want:     []string{"Gadget: megacorp/gadget primary"},
		},
		"unlike name, but named": {
			projects: []fact.Project{{Name: "Gadget", RepoURL: "https://github.com/megacorp/gadget", ProjectOrg: "github.com/megacorp"}},
			want:     []string{"Gadget: megacorp/gadget primary", "Gadget: megacorp/secret discovered"},
		},
		"the landscape has the old address": {
			projects: []fact.Project{{Name: "Gadget", RepoURL: "https://github.com/containers/gadget", ProjectOrg: "github.com/Gadget-Dev"}},
			want: []string{"Gadget: containers/gadget primary as Gadget-Dev/gadget",
				"Gadget: Gadget-Dev/gadget-rs discovered"},
			note: "taken for one repository that moved",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := Options{Lister: all}
			if tc.devstats != "" {
				o.DevStats = spec(t, tc.devstats)
			}
			c := build(t, scape(tc.projects...), o)
			same(t, c, tc.want...)
			if !strings.Contains(notes(c), tc.note) || tc.note == "" && len(c.Notes) > 0 {
				t.Errorf("notes %q, want %q", notes(c), tc.note)
			}
		})
	}
}

func TestOddAddresses(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"http://github.com/Acme/tool/":                      "Acme/tool",
		"https://GitHub.com/acme/tool.git":                  "acme/tool",
		"https://gitlab.com/group/sub/tool/-/tree/main/src": "group/sub/tool//src",
		"https://opendev.org/acme/tool":                     "acme/tool",
		"https://github.com/acme/tool/tree/main/cmd":        "acme/tool//cmd",
		"": "", "https://github.com/acme": "", "--upload-pack=touch x": "", "ext::sh -c true": "",
		"file:///etc/passwd": "", "https://github.com/--upload-pack=x/tool": "", "https://github.com/../..": "",
		"javascript:alert(1)//x/y": "", "https://github.com/a/b\x00c": "", "https://github.com/a\n/b/c": "",
	} {
		c := build(t, scape(fact.Project{Name: "P", RepoURL: raw}, fact.Project{Name: "Q", RepoURL: "https://example.org/q/q"}), Options{})
		if n := len(c.Repositories); want == "" {
			if n != 1 || len(c.Notes) == 0 || c.Notes[0].Evidence.Line == 0 || !strings.Contains(notes(c), `"P"`) {
				t.Errorf("%q: %v, notes %q", raw, lines(c), notes(c))
			}
			if raw != "" && strings.ContainsAny(notes(c), "\x00\n") {
				t.Errorf("%q: unquoted in %q", raw, notes(c))
			}
		} else if n != 2 || c.Repositories[0].ID.Slug() != want {
			t.Errorf("%q: %v, notes %q", raw, lines(c), notes(c))
		}
	}
}

func TestOneRepositoryOneProject(t *testing.T) {
	t.Parallel()
	c := build(t, scape(
		fact.Project{Name: "First", RepoURL: "https://github.com/first/a",
			AdditionalRepos: []fact.AdditionalRepo{{URL: "https://github.com/Second/B.git", Line: 15}, {URL: "https://github.com/x/shared", Line: 16}}},
		fact.Project{Name: "Second", RepoURL: "https://github.com/second/b"},
		fact.Project{Name: "Child", RepoURL: "https://github.com/child/c", ParentProject: "First",
			AdditionalRepos: []fact.AdditionalRepo{{URL: "https://github.com/x/shared", Line: 35}}},
	), Options{})
	same(t, c, "First: first/a primary", "Second: second/b primary", "Child: child/c primary", "Child: x/shared additional")
	if want := `"github.com/second/b" is counted for project "Second" (primary), not for "First"`; !strings.Contains(notes(c), want) {
		t.Errorf("notes %q", notes(c))
	}
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	c := build(t, scape(fact.Project{Name: "Stoat", RepoURL: "https://github.com/old/stoatd", CLOMonitorName: "stoat-mesh",
		AdditionalRepos: []fact.AdditionalRepo{{URL: "https://github.com/stoat/agent"}}}), Options{
		CLOMonitor: spec(t, "- name: stoat-mesh\n  repositories:\n  - url: https://github.com/newer/stoat\n  - url: https://github.com/stoat/AGENT\n"),
		Canonical: func(_ context.Context, id fact.RepoID) (fact.RepoID, error) {
			switch id {
			case "github.com/old/stoatd":
				return "github.com/newer/stoat", nil
			case "github.com/stoat/agent":
				return "../evil", nil
			}
			return "", errkind.Errorf(errkind.Absent, "none")
		},
	})
	same(t, c, "Stoat: old/stoatd primary as newer/stoat", "Stoat: stoat/agent additional")
	if len(c.Repositories[0].Memberships) != 2 || len(c.Repositories[1].Memberships) != 2 {
		t.Errorf("memberships %+v", c.Repositories)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	c := build(t, scape(
		fact.Project{Name: "Big Otter", RepoURL: "https://github.com/megacorp/otter"},
		fact.Project{Name: "Stoat", RepoURL: "https://github.com/stoat/stoat"},
	), Options{
		Lister: lister{"github.com/kubernetes-sigs": {"otter-one", "otter-two"}, "github.com/stoat": {"stoat", "fork"}},
		Config: Config{Evidence: fact.Evidence{Path: "assay.yaml"}, Projects: map[string]ProjectConfig{
			"big-otter": {Line: 3, Repos: []string{"https://example.org/x/extra", "--bad"}, Owners: []string{"github.com/kubernetes-sigs", "-"}},
			"Stoat":     {Line: 9, Exclude: []string{"https://github.com/Stoat/fork", "https://github.com/stoat/stoat", ":"}},
			"ghost":     {Line: 12},
		}},
	})
	same(t, c,
		"Big Otter: megacorp/otter primary", "Big Otter: x/extra configured",
		"Big Otter: kubernetes-sigs/otter-one discovered", "Big Otter: kubernetes-sigs/otter-two discovered")
	for _, want := range []string{"configured repository left out", "owner left out", "exclusion not obeyed",
		`names project "ghost"`, "excludes \"github.com/stoat/stoat\", the primary"} {
		if !strings.Contains(notes(c), want) {
			t.Errorf("no note %q in\n%s", want, notes(c))
		}
	}
	if m := c.Repositories[1].Memberships[0]; m.Source != "config" || m.Evidence.Line != 3 {
		t.Errorf("membership %+v", m)
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	c := build(t, scape(fact.Project{Name: "Twins", RepoURL: "https://github.com/twins/left"},
		fact.Project{Name: "Right", RepoURL: "https://github.com/twins/right"}, fact.Project{Name: "None"}),
		Options{Lister: lister{"github.com/twins": {"left", "more"}}, Only: func(p *fact.Project) bool { return p.Name == "Twins" }})
	same(t, c, "Twins: twins/left primary")
	if len(c.Notes) != 1 || !strings.Contains(notes(c), "Right") {
		t.Errorf("notes %q", notes(c))
	}
}

func TestPrimaryKeepsStanding(t *testing.T) {
	t.Parallel()
	c := build(t, scape(fact.Project{Name: "Pages", RepoURL: "https://github.com/pages/website"}),
		Options{Lister: lister{"github.com/pages": {"website fork"}}})
	same(t, c, "Pages: pages/website primary")
	if !strings.Contains(notes(c), "counts as code, though its host says it is a fork") {
		t.Errorf("notes %q", notes(c))
	}
}

// failing refuses every question, or the listing of one owner.
type failing struct{ err error }

func (f failing) List(context.Context, string) ([]forge.Repo, error) { return nil, f.err }

func TestFailedSources(t *testing.T) {
	t.Parallel()
	ls := scape(fact.Project{Name: "Otter", RepoURL: "https://github.com/otter/otter"})
	c := build(t, ls, Options{
		CLOMonitor: &source.Spec{Where: filepath.Join(t.TempDir(), "absent")},
		DevStats:   spec(t, "[1, 2"),
		Lister:     failing{errkind.WithHint(errkind.Errorf(errkind.Limit, "no more"), "set a token")},
	})
	same(t, c, "Otter: otter/otter primary")
	for i, s := range c.Sources[1:] {
		if s.State != "failed" || s.Why == "" {
			t.Errorf("source %d: %+v", i, s)
		}
	}
	if l := c.Sources[3]; !strings.Contains(l.Why, "no more") || l.How != "set a token" {
		t.Errorf("listing: %+v", l)
	}
	c = build(t, ls, Options{})
	for _, s := range c.Sources[1:] {
		if s.State != "off" {
			t.Errorf("%+v", s)
		}
	}
	c = build(t, ls, Options{CLOMonitor: Nowhere(), DevStats: Nowhere()})
	for _, s := range c.Sources[1:3] {
		if s.State != "absent" || s.Why == "" {
			t.Errorf("%+v", s)
		}
	}
}

// What one host does not answer costs its own repositories, and is told with
// the mend.
func TestHostsThatFail(t *testing.T) {
	t.Parallel()
	limit := errkind.WithHint(errkind.Errorf(errkind.Limit, "no further request"), "set a token")
	c := build(t, scape(
		fact.Project{Name: "Otter", RepoURL: "https://github.com/otter/otter"},
		fact.Project{Name: "Stoat", RepoURL: "https://github.com/stoat/stoat"},
		fact.Project{Name: "Vole", RepoURL: "https://git.vole.example/vole/vole"},
		fact.Project{Name: "Wren", RepoURL: "https://github.com/wren/wren"},
	), Options{
		Workers: 1,
		Lister: listing(func(owner string) ([]forge.Repo, error) {
			switch owner {
			case "github.com/otter":
				return nil, errkind.Errorf(errkind.Limit, "list %q: %w", owner, limit)
			case "git.vole.example/vole":
				return nil, errkind.Errorf(errkind.NotFound, "%q is %w", owner, forge.ErrUnknownHost)
			}
			return []forge.Repo{{ID: fact.RepoID(owner + "/more")}}, nil
		}),
		Canonical: func(_ context.Context, id fact.RepoID) (fact.RepoID, error) {
			switch id.Owner() {
			case "otter":
				return "", errkind.Errorf(errkind.NotFound, "no %s", id)
			case "stoat":
				return "", limit
			case "vole":
				return "", forge.ErrUnknownHost
			}
			return id, nil
		},
	})
	same(t, c, "Otter: otter/otter primary", "Stoat: stoat/stoat primary", "Stoat: stoat/more discovered",
		"Vole: vole/vole primary", "Wren: wren/wren primary", "Wren: wren/more discovered")
	want := []fact.Source{
		{Name: "names", State: "partial", How: "set a token",
			Why: "2 names looked up, 1 of them not there; not looked up: 1 (the first: no further request)"},
		{Name: "listing", State: "partial", How: "set a token",
			Why: "2 organisations listed, 0 of them empty or not there; on hosts that cannot be asked: 1 " +
				`(git.vole.example); not listed: 1 (the first: list "github.com/otter": no further request)`},
	}
	if diff := cmp.Diff(want, c.Sources[3:]); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

type listing func(owner string) ([]forge.Repo, error)

func (l listing) List(_ context.Context, owner string) ([]forge.Repo, error) { return l(owner) }

func TestBuildErrors(t *testing.T) {
	t.Parallel()
	if _, err := Build(t.Context(), nil, Options{}); errkind.Of(err) != errkind.Internal {
		t.Errorf("no landscape: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, scape(), Options{}); errkind.Of(err) != errkind.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}

func TestListingIsNotTrusted(t *testing.T) {
	t.Parallel()
	c := build(t, scape(fact.Project{Name: "Otter", RepoURL: "https://github.com/otter/otter"}),
		Options{Lister: lister{"github.com/otter": {"otter", "-x", "../y", "Otter", "b", "a", "a"}}})
	same(t, c, "Otter: otter/otter primary", "Otter: otter/a discovered", "Otter: otter/b discovered")
}

func TestMirrors(t *testing.T) {
	t.Parallel()
	got, err := Mirrors(tree{"github.com/a/b", "github.com/a/c"}).List(t.Context(), "github.com/a")
	if err != nil || len(got) != 2 || got[1].ID != "github.com/a/c" || got[1].Known {
		t.Errorf("%v, %v", got, err)
	}
}

type tree []fact.RepoID

func (m tree) List(context.Context, string) ([]fact.RepoID, error) { return slices.Clone(m), nil }

func TestBuildIsDeterministic(t *testing.T) {
	t.Parallel()
	var projects []fact.Project
	all := lister{}
	for i := range 30 {
		name := fmt.Sprintf("proj%02d", i)
		projects = append(projects, fact.Project{Name: name, RepoURL: "https://github.com/" + name + "/" + name})
		all["github.com/"+name] = []string{"b", "a", "C"}
	}
	first := build(t, scape(projects...), Options{Lister: all})
	for range 5 {
		if diff := cmp.Diff(first, build(t, scape(projects...), Options{Lister: all})); diff != "" {
			t.Fatal(diff)
		}
	}
}

// Projects of one name are told apart by the line of the name; others need none.
func TestTwins(t *testing.T) {
	t.Parallel()
	c := build(t, &fact.Landscape{Projects: []fact.Project{
		{Name: "Twin", RepoURL: "https://example.org/a/one", Lines: map[string]int{"name": 5}},
		{Name: "Twin", RepoURL: "https://example.org/b/two", Lines: map[string]int{"name": 9}},
		{Name: "Single", RepoURL: "https://example.org/c/three", Lines: map[string]int{"name": 13}},
	}}, Options{})
	got := map[fact.RepoID]int{}
	for _, r := range c.Repositories {
		got[r.ID] = r.ProjectLine
	}
	want := map[fact.RepoID]int{"example.org/a/one": 5, "example.org/b/two": 9, "example.org/c/three": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
