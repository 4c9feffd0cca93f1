package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/report"
)

func model(t *testing.T, facts finding.Facts) *report.Model {
	t.Helper()
	f := findingtest.Find(t, facts, "rust", finding.Options{})
	return report.New(facts.Survey, f, "")
}

func TestGoldenJSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := report.WriteJSON(&out, model(t, findingtest.Facts())); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/report.json"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 {
		t.Fatal("the golden file is empty")
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("run with -update if this is meant (-want +got):\n%s", diff)
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	var got []string
	for _, s := range model(t, findingtest.Facts()).Sections() {
		var names []string
		for _, p := range s.Projects {
			names = append(names, p.Name)
		}
		got = append(got, s.Title+": "+strings.Join(names, ", "))
	}
	want := []string{
		"Graduated projects: Ferrobase, Meshwork", "Incubating projects: Wasmoor", "Sandbox projects: Attestor",
		"Archived projects: Wheelhouse",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}

func TestUnreadAndRevisions(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	slugs := func(members []report.Member) string {
		var all []string
		for _, x := range members {
			all = append(all, x.Repository.Slug())
		}
		return strings.Join(all, " ")
	}
	if got, want := slugs(m.Unread()), "ferrobase/ferrobase wasmoor/gone halfread/engine nowhere/nowhere"; got != want {
		t.Errorf("unread %q, want %q", got, want)
	}
	if got := slugs(m.Revisions()); strings.Contains(got, "paragate") || !strings.Contains(got, "meshwork/proxy") {
		t.Errorf("revisions %q", got)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	for repo, want := range map[fact.RepoID]string{
		"github.com/cncf/landscape": "Rust in CNCF projects", "github.com/longowner/landscape": "Rust in longowner projects",
		"": "Rust in the projects of the landscape",
	} {
		facts.Survey.Landscape.Evidence.Repo = repo
		if got := model(t, facts).Title(); got != want {
			t.Errorf("title of %q is %q, want %q", repo, got, want)
		}
	}
}

// What reaches a terminal steers no terminal, and a JSON reader gets the text
// as it was.
func TestJSONControls(t *testing.T) {
	t.Parallel()
	const hostile = "a\u202eb\u200bc\x1b[2J\x9bd\U000e0041\u2028<&>"
	facts := findingtest.Facts()
	facts.Survey.Landscape.Projects[0].Description = hostile
	var out bytes.Buffer
	if err := report.WriteJSON(&out, model(t, facts)); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexAny(out.String(), "\u202e\u200b\x1b\u009b\U000e0041"); i >= 0 {
		t.Errorf("a raw control character at byte %d", i)
	}
	var back report.Model
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if got, want := back.Projects[0].Item.Description, strings.ToValidUTF8(hostile, "\ufffd"); got != want {
		t.Errorf("description read back as %q, want %q", got, want)
	}
}
