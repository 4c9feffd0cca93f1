package profile_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
)

func landscape(t *testing.T, facts finding.Facts, opts finding.Options) *profile.Landscape {
	t.Helper()
	l, err := profile.Of(facts, opts)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func project(t *testing.T, facts finding.Facts, opts finding.Options, name string) *profile.Project {
	t.Helper()
	for _, p := range landscape(t, facts, opts).Projects {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no project %q in the profile", name)
	return nil
}

func TestRepositoriesCountOnce(t *testing.T) {
	t.Parallel()
	p := project(t, findingtest.Facts(), finding.Options{}, "Wasmoor")
	got := map[string]profile.State{}
	for _, r := range p.Repositories {
		got[r.Slug()] = r.State
	}
	want := map[string]profile.State{
		"wasmoor/wasmoor": profile.Read, "wasmoor/gone": profile.Absent,
		"wasmoor/lib": profile.Read, "wasmoor/library": profile.Duplicate,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	if p.Coverage.Words() != "2 of 3 repositories read (1 not found)" || p.Coverage.Complete() {
		t.Errorf("coverage %q, complete %v", p.Coverage.Words(), p.Coverage.Complete())
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	d := project(t, facts, finding.Options{}, "Ferrobase").Documents
	if len(d.Adopters) != 2 || len(d.Maintainers) != 2 || len(d.Security) != 1 || d.Licences[0].SPDX != "Apache-2.0" {
		t.Errorf("documents %+v", d)
	}
	if d := project(t, facts, finding.Options{}, "Wasmoor").Documents; d.Adopters != nil || d.Repositories != 0 {
		t.Errorf("documents nobody read: %+v, want unknown", d)
	}
	if d := project(t, facts, finding.Options{}, "Meshwork").Documents; d.Adopters == nil || d.Security == nil {
		t.Errorf("documents read without adopters: %+v, want empty lists", d)
	}
}

// Where the fact of one collector is missing, that is unknown, and nothing else.
func TestDocumentsInPart(t *testing.T) {
	t.Parallel()
	const mesh, proxy = "github.com/meshwork/meshwork", "github.com/meshwork/proxy"
	for name, tc := range map[string]struct {
		spoil   func(f *finding.Facts, key string)
		of      []string
		unknown fact.DocumentKind
		partial int // repositories in which there may be more maintainers
	}{
		"all are read":       {func(*finding.Facts, string) {}, nil, "", 0},
		"maintainers of one": {func(f *finding.Facts, key string) { delete(f.Maintainers, key) }, []string{proxy}, "", 1},
		"maintainers":        {func(f *finding.Facts, key string) { delete(f.Maintainers, key) }, []string{proxy, mesh}, fact.DocumentMaintainers, 0},
		"adopters":           {func(f *finding.Facts, key string) { delete(f.Adopters, key) }, []string{proxy, mesh}, fact.DocumentAdopters, 0},
		"licences":           {func(f *finding.Facts, key string) { delete(f.Licences, key) }, []string{proxy, mesh}, fact.DocumentLicence, 0},
		"policies":           {func(f *finding.Facts, key string) { delete(f.Policies, key) }, []string{proxy, mesh}, fact.DocumentSecurity, 0},
	} {
		facts := findingtest.Facts()
		findingtest.Speak(&facts, proxy)
		for _, key := range tc.of {
			tc.spoil(&facts, key)
		}
		p := project(t, facts, finding.Options{}, "Meshwork")
		d := &p.Documents
		for kind, list := range map[fact.DocumentKind]bool{
			fact.DocumentLicence: d.Licences != nil, fact.DocumentAdopters: d.Adopters != nil,
			fact.DocumentMaintainers: d.Maintainers != nil, fact.DocumentSecurity: d.Security != nil,
		} {
			if known := kind != tc.unknown; list != known || d.Known(kind) != known {
				t.Errorf("%s: %s known %t, a list %t, want %t", name, kind, d.Known(kind), list, known)
			}
		}
		m := p.Quantities.Maintainers
		if m.Known() != (tc.unknown != fact.DocumentMaintainers) || m.Missing.Partial != tc.partial {
			t.Errorf("%s: maintainers %+v", name, m)
		}
	}
}

func TestBadOptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		opts finding.Options
		kind errkind.Kind
	}{
		{"scope", finding.Options{Scope: "galaxy"}, errkind.Usage},
		{"threshold", finding.Options{Thresholds: finding.Thresholds{ComponentShare: 10}}, errkind.Usage},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := profile.Of(findingtest.Facts(), test.opts)
			if errkind.Of(err) != test.kind {
				t.Errorf("error %v of kind %q", err, errkind.Of(err))
			}
		})
	}
	if _, err := profile.Of(finding.Facts{}, finding.Options{}); errkind.Of(err) != errkind.Input {
		t.Errorf("without a survey: %v", err)
	}
}

// The profile of one project is the one it has among all.
func TestOne(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	items := facts.Survey.Landscape.Projects
	at := slices.IndexFunc(items, func(p fact.Project) bool { return p.ID() == "ferrobase" })
	l, err := profile.One(facts, finding.Options{}, &items[at])
	if err != nil {
		t.Fatal(err)
	}
	encode := func(p *profile.Project) string {
		out, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	if len(l.Projects) != 1 || encode(l.Projects[0]) != encode(project(t, facts, finding.Options{}, "Ferrobase")) || l.Coverage.Projects != 1 {
		t.Errorf("%d projects, the first %+v", len(l.Projects), l.Projects[0])
	}
}

// Projects that the survey was told to leave out are in no answer, and counted.
func TestLimited(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	whole := len(facts.Survey.Landscape.Projects)
	facts.Survey.Projects = []string{"Ferrobase"}
	l, err := profile.Of(facts, finding.Options{Limited: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Projects) != 1 || l.Projects[0].Name != "Ferrobase" || l.Coverage.Projects != 1 || l.Coverage.LeftOut != whole-1 || l.Coverage.Repositories != l.Projects[0].Coverage.Repositories {
		t.Errorf("%d projects, coverage %+v", len(l.Projects), l.Coverage)
	}
	if l, err = profile.Of(facts, finding.Options{}); err != nil || len(l.Projects) != whole || l.Coverage.LeftOut != 0 {
		t.Errorf("without being asked to: %d projects, %v, coverage %+v", len(l.Projects), err, l.Coverage)
	}
}

// Two projects of one name keep their own repositories.
func TestTwins(t *testing.T) {
	t.Parallel()
	repo := func(id fact.RepoID, line int) fact.Repository {
		return fact.Repository{
			ID: id, Project: "Twin", ProjectLine: line,
			Memberships: []fact.Membership{{Reason: fact.Primary, Source: "landscape"}},
		}
	}
	l := landscape(t, finding.Facts{Survey: &fact.Survey{
		Landscape: &fact.Landscape{Projects: []fact.Project{
			{Name: "Twin", Maturity: "graduated", Lines: map[string]int{"name": 5}},
			{Name: "Twin", Maturity: "sandbox", Lines: map[string]int{"name": 9}},
		}},
		Catalog: &fact.Catalog{Repositories: []fact.Repository{repo("example.org/a/one", 5), repo("example.org/b/two", 9)}},
	}}, finding.Options{})
	for i, want := range []fact.RepoID{"example.org/a/one", "example.org/b/two"} {
		if got := l.Projects[i].Repositories; len(got) != 1 || got[0].ID != want {
			t.Errorf("project %d has %d repositories, want %s alone", i, len(got), want)
		}
	}
}
