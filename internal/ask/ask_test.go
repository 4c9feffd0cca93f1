package ask_test

import (
	"slices"
	"strings"
	"testing"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
)

// projects are invented, in the likeness of those of a foundation.
func projects() []ask.Project {
	repo := func(ids ...fact.RepoID) []fact.RepoID { return ids }
	all := []ask.Project{
		{Name: "Kubernetes", Repositories: repo("github.com/kubernetes/kubernetes", "github.com/kubernetes/website")},
		{Name: "OpenTelemetry", Repositories: repo("github.com/open-telemetry/opentelemetry-go")},
		{Name: "Open Policy Agent (OPA)", Repositories: repo("github.com/open-policy-agent/opa", "github.com/open-policy-agent/gatekeeper")},
		{Name: "The Update Framework (TUF)"},
		{Name: "Argo", Repositories: repo("github.com/argoproj/argo-cd", "github.com/argoproj/argo-workflows", "github.com/argoproj/website")},
		{Name: "cert-manager", Aliases: []string{"", "certs"}},
		{Name: "CloudNativePG"},
		{Name: "Metal³"},
		{Name: "SPIFFE"}, {Name: "SPIRE"},
		{Name: "Red Sea Otter"}, {Name: "Royal Sand Oak"},
		{Name: "Twin", Repositories: repo("github.com/one/twin")}, {Name: "twin", Repositories: repo("github.com/two/twin")},
		{Name: "Service Mesh Interface (SMI)"}, {Name: "Service Mesh Performance"},
	}
	for i := range all {
		all[i].ID = fact.Slug(all[i].Name)
	}
	return all
}

func TestFind(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"Kubernetes": "Kubernetes", " kubernetes ": "Kubernetes", "K8S": "Kubernetes", "otel": "OpenTelemetry", "open telemetry": "OpenTelemetry",
		"OPA": "Open Policy Agent (OPA)", "open policy agent": "Open Policy Agent (OPA)", "open-policy-agent-opa": "Open Policy Agent (OPA)",
		"tuf": "The Update Framework (TUF)", "update framework": "The Update Framework (TUF)", "the-update-framework": "The Update Framework (TUF)",
		"argo cd": "Argo/argoproj/argo-cd", "ArgoCD": "Argo/argoproj/argo-cd", "argo_workflows": "Argo/argoproj/argo-workflows",
		"gatekeeper": "Open Policy Agent (OPA)/open-policy-agent/gatekeeper",
		"https://github.com/argoproj/argo-cd.git": "Argo/argoproj/argo-cd", "ArgoProj/argo-cd": "Argo/argoproj/argo-cd",
		"cert manager": "cert-manager", "CertManager": "cert-manager", "Certs": "cert-manager", "cnpg": "CloudNativePG", "metal3": "Metal³",
		"smi": "Service Mesh Interface (SMI)", "smp": "Service Mesh Performance", "spire": "SPIRE", "one/twin": "Twin/one/twin",
	} {
		all := projects()
		m, err := ask.Find(all, word)
		if err != nil {
			t.Errorf("%q: %v", word, err)
			continue
		}
		got := all[m.Index].Name
		if m.Repository != "" {
			got += "/" + m.Repository.Slug()
		}
		if got != want {
			t.Errorf("%q means %q, want %q", word, got, want)
		}
	}
}

func TestFindNone(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]struct {
		kind errkind.Kind
		hint string
	}{
		"kubernets": {errkind.NotFound, "did you mean kubernetes?"}, "otle": {errkind.NotFound, "did you mean opentelemetry?"},
		"policy agent": {errkind.NotFound, "did you mean open-policy-agent-opa?"}, "spif": {errkind.NotFound, "did you mean spiffe"},
		"spife": {errkind.NotFound, "did you mean spiffe or spire?"}, "Xyzzy": {errkind.NotFound, "'assay list --all' lists the projects"},
		"": {errkind.Usage, "write the name"}, " \t": {errkind.Usage, "write the name"}, "---": {errkind.NotFound, "list --all"},
		"/": {errkind.NotFound, "list --all"}, strings.Repeat("x", 99999): {errkind.NotFound, "list --all"},
		"rso": {errkind.Usage, "say which: red-sea-otter or royal-sand-oak"}, "website": {errkind.Usage, "say which: kubernetes or argo"},
		"TWIN": {errkind.Usage, "say which: one/twin or two/twin"},
	} {
		m, err := ask.Find(projects(), word)
		if errkind.Of(err) != want.kind || !strings.Contains(errkind.Hint(err), want.hint) {
			t.Errorf("%.20q means %+v, error %v of kind %q, hint %q; want %q", word, m, err, errkind.Of(err), errkind.Hint(err), want)
		}
	}
}

// An error names a few of many projects that a word may mean.
func TestFindAmongMany(t *testing.T) {
	t.Parallel()
	var all []ask.Project
	for name := range strings.FieldsSeq("Ash Beech Cedar Elm Fir Oak Pine") {
		all = append(all, ask.Project{ID: strings.ToLower(name), Name: name, Repositories: []fact.RepoID{fact.RepoID("github.com/" + name + "/docs")}})
	}
	_, err := ask.Find(all, "docs")
	if err == nil || err.Error() != `"docs" may be Ash, Beech, Cedar, Elm, Fir and 2 more` {
		t.Errorf("%v", err)
	}
}

// Projects of one name have the repositories that the catalogue gives each.
func TestProjects(t *testing.T) {
	t.Parallel()
	l := &fact.Landscape{Projects: []fact.Project{
		{Name: "Twin", Lines: map[string]int{"name": 3}, RepoURL: "https://github.com/one/twin"},
		{Name: "Twin", Lines: map[string]int{"name": 9}, RepoURL: "no address", LFXSlug: "second"},
		{Name: "Elm", AdditionalRepos: []fact.AdditionalRepo{{URL: "https://github.com/elm/leaf/tree/main/x"}}},
	}}
	got := ask.Projects(l, []fact.Repository{
		{ID: "github.com/two/twin", Project: "Twin", ProjectLine: 9}, {ID: "github.com/x/y", Project: "Nobody's"}, {ID: "github.com/elm/root", Project: "Elm"},
	}, map[string][]string{"elm": {"Ulmus"}})
	for i, want := range [][]fact.RepoID{{"github.com/one/twin"}, {"github.com/two/twin"}, {"github.com/elm/leaf", "github.com/elm/root"}} {
		if !slices.Equal(got[i].Repositories, want) {
			t.Errorf("project %d has %q, want %q", i, got[i].Repositories, want)
		}
	}
	for word, want := range map[string]int{"ulmus": 2, "second": 1, "root": 2} {
		if m, err := ask.Find(got, word); err != nil || m.Index != want {
			t.Errorf("%q means %+v, %v; want project %d", word, m, err, want)
		}
	}
}

// A name of the table is no name of another project of it.
func TestAliasesAreOfOne(t *testing.T) {
	t.Parallel()
	if got := ask.Aliases("Open Policy Agent (OPA)"); !slices.Equal(got, []string{"OPA", "Open Policy Agent"}) {
		t.Errorf("%q", got)
	}
	if got := ask.Aliases("Kubernetes"); !slices.Equal(got, []string{"K8s"}) {
		t.Errorf("%q", got)
	}
}

func TestLevel(t *testing.T) {
	t.Parallel()
	levels := []string{"graduated", "sandbox", "at-large", "seedling"}
	for word, want := range map[string]string{
		"Graduated": "graduated", "graduation": "graduated", "graduate": "graduated", " sandbox": "sandbox", "At Large": "at-large", "at_large": "at-large",
		"Seedling": "seedling", "incubating": "incubating", "Emeritus": "emeritus",
	} {
		if got, err := ask.Level(levels, word); err != nil || got != want {
			t.Errorf("%q means %q, %v; want %q", word, got, err, want)
		}
	}
	for word, hint := range map[string]string{
		"gradated": "did you mean graduated?", "sandbx": "did you mean sandbox?", "seed": "did you mean seedling?", "incubted": "did you mean incuba",
		"big": "the projects are of graduated, at-large, sandbox, seedling", "": "the projects are of", "-": "the projects are of",
	} {
		got, err := ask.Level(levels, word)
		if errkind.Of(err) != errkind.Usage || !strings.Contains(errkind.Hint(err), hint) {
			t.Errorf("%q means %q, error %v, hint %q; want %q", word, got, err, errkind.Hint(err), hint)
		}
	}
	if _, err := ask.Level(nil, "big"); errkind.Hint(err) != "no project has a level" {
		t.Errorf("%v, hint %q", err, errkind.Hint(err))
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	got := ask.Levels([]string{"archived", "sandbox", "", "graduated", "sandbox", "seedling"})
	if want := []string{"graduated", "sandbox", "seedling", "archived"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What is offered is understood.
func TestLanguages(t *testing.T) {
	t.Parallel()
	all := ask.Languages()
	if len(all) < 300 || !slices.Contains(all, "Rust") || slices.Contains(all, "JSON") || slices.Contains(all, "TSX") {
		t.Errorf("%d languages: %q", len(all), all)
	}
	for _, name := range all {
		for _, written := range []string{name, strings.ReplaceAll(strings.ToLower(name), " ", "_")} {
			if got, err := ask.Language(written); err != nil || got != name {
				t.Errorf("%q is %q, %v; want %q", written, got, err, name)
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"rust": "Rust", "RUST": "Rust", "rs": "Rust", "golang": "Go", "c++": "C++", "cpp": "C++", " c# ": "C#",
		"typescript": "TypeScript", "tsx": "TypeScript", "objective-c": "Objective-C", "bash": "Shell",
	} {
		if got, err := ask.Language(name); got != want {
			t.Errorf("Language(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"", "rust,x", "no such language at all", strings.Repeat("x", 9999)} {
		if got, err := ask.Language(name); errkind.Of(err) != errkind.Usage {
			t.Errorf("Language(%q) = %q, %v; want a usage error", name, got, err)
		}
	}
}
