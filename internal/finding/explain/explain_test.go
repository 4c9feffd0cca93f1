package explain_test

import (
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/explain"
	"assay/internal/finding/findingtest"
)

// item is a project of the landscape.
func item(t *testing.T, facts finding.Facts, id string) *fact.Project {
	t.Helper()
	items := facts.Survey.Landscape.Projects
	for i := range items {
		if items[i].ID() == id {
			return &items[i]
		}
	}
	t.Fatalf("no project %q", id)
	return nil
}

// outline writes a chain as lines, a level an indent.
func outline(s *explain.Step) string {
	var b strings.Builder
	var walk func(*explain.Step, int)
	walk = func(s *explain.Step, depth int) {
		b.WriteString(strings.Repeat("  ", depth) + s.What + " = " + s.Value + " | " + s.How)
		for _, e := range s.Evidence {
			b.WriteString(" <" + e.Link() + ">")
		}
		b.WriteString("\n")
		for _, c := range s.Children {
			walk(c, depth+1)
		}
	}
	walk(s, 0)
	return b.String()
}

func TestExplain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		project, fact string
		want          []string // all in the chain
	}{
		{"ferrobase", "rust.share", []string{
			"24,814,809 bytes of 24,854,809 (99.8 %)", "src/server/mod.rs = 310,000 bytes", "/blob/", "raft%20%28old%29.rs",
			"belongs to the project = primary", "missing = 3 files",
		}},
		{"ferrobase", "bytes", []string{"24,814,809 bytes in 540 files"}},
		{"ferrobase", "rust.lines", []string{"lines of code"}},
		{"meshwork", "rust.class", []string{"Meshwork: Rust class = component", "meshwork/proxy is mainly Rust", "scope primary = trace"}},
		{"meshwork", "go.class", []string{"Meshwork: Go class = core"}},
		{"paragate", "rust.class", []string{"0 bytes of Rust in 1 of 1 repository read", "github.com/paragate/paragate/tree/"}},
		{"nowhere", "rust.bytes", []string{"= unknown", "nowhere/nowhere = not found in any place searched", "--mirror-from"}},
		{"halfread", "rust.class", []string{"none in what was read", "the pack is damaged"}},
		{"wasmoor", "revision", []string{
			"line of history followed = refs/tags/v1.9.0", "line of history not followed = refs/heads/main", "feedface",
			"4,210 mainline commits", "wasmoor/library = the same as wasmoor/lib",
		}},
		{"meshwork", "accepted", []string{"2017-01-23", "landscape.yml#L"}},
		{"meshwork", "graduated", []string{"2021-07-28"}},
		{"meshwork", "archived", []string{"unknown", "no such date"}},
		{"ferrobase", "audits", []string{"2 audits", "2020-02-10: security by Lockpick Labs", "date unknown: fuzzing by Fuzzwright"}},
		{"ferrobase", "licence", []string{"Apache-2.0", "LICENSE"}},
		{"ferrobase", "license", []string{"Apache-2.0"}},
		{"wasmoor", "licence", []string{"unknown", "no repository was read for it"}},
		{"ferrobase", "rust.components", []string{"2 packages", "cargo raft = 0.7.0 lib", "components/raft/Cargo.toml#L2"}},
		{"nowhere", "rust.components", []string{"components = unknown"}},
		{"ferrobase", "adopters", []string{"2 adopters", "Tin [Can] Bank", "ADOPTERS.md#L8"}},
		{"ferrobase", "maintainers", []string{"Ada Invented ada-invented = Harbour & Sons"}},
		{"ferrobase", "security", []string{"SECURITY.md"}},
		{"ferrobase", "rust.reasons", []string{"no garbage collector", "README.md#L12"}},
		{"ferrobase", "maturity", []string{"= graduated", "incubating = 2019-05-21"}},
		{"ferrobase", "personas", []string{"SREs, Architects"}},
		{"nowhere", "homepage", []string{"unknown", "does not say"}},
		{"wasmoor", "repositories", []string{"4 repositories", "mirrored as wasmoor/library"}},
		{"meshwork", "repositories", []string{"standing website (its name): not counted"}},
		{"wasmoor", "coverage", []string{"2 of 3 repositories read (1 not found)"}},
		{"meshwork", "languages", []string{"Go = 40,000,000 bytes"}},
	}
	for _, test := range tests {
		t.Run(test.project+" "+test.fact, func(t *testing.T) {
			t.Parallel()
			s, err := explain.Chain(findingtest.Facts(), finding.Options{}, "Rust", item(t, findingtest.Facts(), test.project), test.fact)
			if err != nil {
				t.Fatal(err)
			}
			got := outline(s)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in:\n%s", want, got)
				}
			}
		})
	}
}

func TestExplainUnknownNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		project, fact string
		kind          errkind.Kind
		hint          string
	}{
		{"ferrobase", "beauty", errkind.NotFound, "rust.share"},
		{"ferrobase", "beauty", errkind.NotFound, "graduated"},
		{"ferrobase", "rust.beauty", errkind.NotFound, "share"},
		{"ferrobase", "rust.shar", errkind.NotFound, "did you mean share?"},
		{"ferrobase", "licens", errkind.NotFound, "did you mean licence?"},
		{"ferrobase", "rsut.share", errkind.Usage, "Rust"},
	}
	for _, test := range tests {
		_, err := explain.Chain(findingtest.Facts(), finding.Options{}, "Rust", item(t, findingtest.Facts(), test.project), test.fact)
		if errkind.Of(err) != test.kind || !strings.Contains(errkind.Hint(err), test.hint) {
			t.Errorf("%s %s: error %v (%q), hint %q", test.project, test.fact, err, errkind.Of(err), errkind.Hint(err))
		}
	}
}

// Every topic that is listed has an explanation, its value, and a word on it.
func TestTopics(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	for _, id := range []string{"ferrobase", "nowhere"} {
		topics, err := explain.Topics(facts, finding.Options{}, "rust", item(t, facts, id))
		if err != nil || len(topics) < 20 {
			t.Fatalf("%s: %d topics, %v", id, len(topics), err)
		}
		seen := map[string]bool{}
		for _, topic := range topics {
			step, err := explain.Chain(facts, finding.Options{}, "rust", item(t, facts, id), topic.Name)
			if err != nil || step.Value != topic.Value || topic.About == "" || seen[topic.Name] {
				t.Errorf("%s: %+v is explained as %+v, %v", id, topic, step, err)
			}
			seen[topic.Name] = true
		}
	}
}

// A survey whose facts contradict each other gives answers, not a panic.
func TestOddFacts(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	facts.Survey.Catalog.Repositories = append(facts.Survey.Catalog.Repositories,
		fact.Repository{Project: "Ferrobase"}, fact.Repository{ID: "x", Project: "Nobody's"})
	facts.Survey.Outcomes = append(facts.Survey.Outcomes, fact.Outcome{}, fact.Outcome{Repo: "x"})
	facts.Survey.Landscape.Projects = append(facts.Survey.Landscape.Projects, fact.Project{},
		fact.Project{Name: "Yearless", Milestones: map[string]fact.Date{"accepted": "soon", "": ""}})
	for id := range facts.Compositions {
		facts.Components[id] = &fact.Components{Components: []fact.Component{{}}}
	}
	f := findingtest.Find(t, facts, "rust", finding.Options{})
	for i := range f.Projects {
		for _, name := range []string{"class", "revision", "coverage", "repositories", "components", "maturity"} {
			_, _ = explain.Chain(facts, finding.Options{}, "Rust", &f.Projects[i].Item, name)
		}
	}
}

// Every new fact can be explained, with evidence where something is known.
func TestExplainVitality(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	for _, name := range []string{"commits", "authors", "organisations", "releases", "health", "rust.adoption", "rust.work"} {
		known, err := explain.Chain(facts, finding.Options{}, "Rust", item(t, facts, "ferrobase"), name)
		if err != nil || known.Value == "unknown" || name != "health" && len(known.Evidence) == 0 {
			t.Errorf("%s of a project that is known: %+v, %v", name, known, err)
		}
		unknown, err := explain.Chain(facts, finding.Options{}, "Rust", item(t, facts, "nowhere"), name)
		if err != nil || !strings.HasPrefix(unknown.Value, "unknown") {
			t.Errorf("%s of a project that is not: %+v, %v", name, unknown, err)
		}
	}
}

// What was found and not understood is no entry, and none is not said of it.
func TestChainOfUnreadDocuments(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	const mesh = "github.com/meshwork/meshwork"
	facts.Adopters[mesh].Unread = []fact.UnreadDocument{{Path: "README.md", Line: 3, Target: "https://mesh.example/adopters", Why: "a link"}}
	facts.Licences[mesh].Unread = []fact.UnreadDocument{{Path: "COPYING", Why: "odd"}}
	facts.Maintainers[mesh].Unread = []fact.UnreadDocument{
		{Path: "README.md", Line: 6, Target: "https://github.com/meshwork/proxy/blob/main/docs/OLD.md", Why: "a link"},
	}
	for topic, want := range map[string]string{"adopters": "unknown", "licence": "at least 1 licence", "security": "0 files", "maintainers": "unknown"} {
		step, err := explain.Chain(facts, finding.Options{}, "Rust", item(t, facts, "meshwork"), topic)
		if err != nil || step.Value != want {
			t.Errorf("%s: %+v, %v, want %q", topic, step, err, want)
		}
	}
}
