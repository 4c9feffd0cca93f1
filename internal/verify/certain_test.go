package verify

import (
	"slices"
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
)

// unreadFacts are the facts of readWhole when repositories were not found.
func unreadFacts(repos ...string) finding.Facts {
	facts := readWhole()
	for _, repo := range repos {
		id := fact.RepoID("github.com/" + repo)
		i := slices.IndexFunc(facts.Survey.Outcomes, func(o fact.Outcome) bool { return o.Repo == id })
		facts.Survey.Outcomes[i] = fact.Outcome{Repo: id, Failure: "absent", Why: "no mirror"}
		findingtest.Forget(&facts, id.Key())
		delete(facts.Commits, id.Key())
		delete(facts.Timelines, id.Key())
		delete(facts.Releases, id.Key())
	}
	return facts
}

// The repositories that are left out of the facts.
const (
	control = "meshwork/meshwork" // primary, and nearly all Go
	proxy   = "meshwork/proxy"    // all Rust
	gone    = "paragate/paragate"
	nowhere = "nowhere/nowhere" // which is absent anyway
)

// A case is a sentence or a claim that is data, and the verdict on its only or worst claim.
type sentence struct {
	without []string
	text    string
	want    Verdict
	// names stands in the reason of what is unverifiable.
	names string
}

// verdictOfData is the verdict on a claim that is data.
func verdictOfData(t *testing.T, facts finding.Facts, claim string) (Verdict, string) {
	t.Helper()
	r, err := judgeData(t, facts, `{"claims": [`+claim+`]}`)
	if err != nil {
		t.Fatal(err)
	}
	return r.Claims[0].Verdict, r.Claims[0].Why
}

// verdictOn is the verdict on a sentence: the first of Refuted, Outdated,
// Unverifiable and Confirmed that one of its claims has.
func verdictOn(t *testing.T, s sentence) (Verdict, string) {
	t.Helper()
	facts := unreadFacts(s.without...)
	if strings.HasPrefix(s.text, "{") {
		return verdictOfData(t, facts, s.text)
	}
	text := []byte("# Rust in our projects\n\n" + s.text + "\n")
	r := checked(t, text, facts, "rust")
	roundTrip(t, text, facts)
	for _, v := range Verdicts() {
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Verdict == v {
				return v, c.Why
			}
		}
	}
	return "", ""
}

func hold(t *testing.T, all []sentence) {
	t.Helper()
	for _, s := range all {
		got, why := verdictOn(t, s)
		if got != s.want || !strings.Contains(why, s.names) {
			t.Errorf("without %q: %q is %s (%s), want %s (%s)", s.without, s.text, got, why, s.want, s.names)
		}
	}
}

// How much of a project is in a language is certain when all of it was read, or when
// what was read decides it.
func TestCertainOfProject(t *testing.T) {
	t.Parallel()
	only := []string{control}
	hold(t, []sentence{
		// What a project is written in is its primary repository's language, or that of all of it.
		{only, "Meshwork is written in Rust.", Unverifiable, "1 of 2 repositories of Meshwork was not read: meshwork/meshwork"},
		{nil, "Meshwork is written in Rust.", Confirmed, ""},
		{nil, "Wasmoor is written in Rust.", Confirmed, ""}, // its primary repository was read
		{nil, "Ferrobase is written in Rust.", Confirmed, ""},
		{nil, "Paragate is written in Rust.", Refuted, ""},
		{nil, "Halfread is written in Rust.", Unverifiable, "1 of 2 repositories of Halfread was not read: halfread/engine"},
		{nil, "Nowhere is written in Rust.", Unverifiable, "1 of 1 repository of Nowhere was not read: nowhere/nowhere"},
		{only, "Meshwork contains Rust code.", Confirmed, ""}, // which no reading takes away

		{only, "Meshwork is mainly written in Rust.", Unverifiable, "meshwork/meshwork"},
		{only, "Meshwork is mainly written in Go.", Unverifiable, "meshwork/meshwork"},
		{nil, "Meshwork is mainly written in Rust.", Refuted, ""},
		{nil, "Meshwork is mainly written in Go.", Confirmed, ""},
		{nil, "Wasmoor is mainly written in Rust.", Unverifiable, "wasmoor/gone"},
		{nil, "Ferrobase is mainly written in Rust.", Confirmed, ""},

		{nil, `{"subject": {"project": "Halfread"}, "property": "purity", "of": "Rust", "value": "not"}`, Unverifiable, "halfread/engine"},
		{nil, `{"subject": {"project": "Wasmoor"}, "property": "purity", "of": "Rust", "value": "not"}`, Refuted, ""}, // its primary repository is
		{nil, `{"subject": {"project": "Paragate"}, "property": "purity", "of": "Rust", "value": "not"}`, Confirmed, ""},

		{only, "Meshwork is entirely written in Rust.", Unverifiable, "meshwork/meshwork"},
		{nil, "Wasmoor is entirely written in Rust.", Refuted, ""}, // what was read is not
		{nil, `{"subject": {"project": "Wasmoor"}, "property": "purity", "of": "Rust", "value": "not entirely"}`, Confirmed, ""},
		{only, `{"subject": {"project": "Meshwork"}, "property": "purity", "of": "Rust", "value": "not entirely"}`, Unverifiable, "meshwork/meshwork"},

		{only, "Meshwork is 100 % Rust.", Unverifiable, "meshwork/meshwork"},
		{only, "Meshwork is 6 % Rust.", Unverifiable, "meshwork/meshwork"},
		{nil, "Meshwork is 6 % Rust.", Confirmed, ""},
		{nil, "Meshwork is 100 % Rust.", Refuted, ""},
		{only, "In what was read, Meshwork is 100 % Rust.", Confirmed, ""},
		{only, "Meshwork is 100 % Rust; 1 of 2 repositories was read.", Confirmed, ""},
		{only, "Meshwork is 6 % Rust; 1 of 2 repositories was read.", Refuted, ""},
		{only, `{"subject": {"project": "Meshwork"}, "property": "more", "of": "Rust", "value": "Go"}`, Unverifiable, "meshwork/meshwork"},
		{nil, `{"subject": {"project": "Meshwork"}, "property": "more", "of": "Go", "value": "Rust"}`, Confirmed, ""},
	})
}

// A number of projects is certain when none could be more or fewer.
func TestCertainCounts(t *testing.T) {
	t.Parallel()
	open := []string{proxy} // then Meshwork has traces in what was read
	settled := []string{proxy, control, "halfread/halfread"}
	hold(t, []sentence{
		{nil, "2 graduated Rust projects are there.", Confirmed, ""},
		{nil, "3 graduated Rust projects are there.", Refuted, ""},
		{nil, "1 graduated Rust project is there.", Refuted, ""},
		{open, "1 graduated Rust project is there.", Unverifiable, "of 1 project that could change it not everything was read: Meshwork"},
		{open, "2 graduated Rust projects are there.", Unverifiable, "Meshwork"},
		{open, "3 graduated Rust projects are there.", Refuted, ""},
		{[]string{control}, "2 graduated Rust projects are there.", Confirmed, ""}, // the proxy alone says so
		{open, "In what was read there is 1 graduated Rust project.", Confirmed, ""},

		{nil, "5 projects use Rust.", Unverifiable, "of 2 projects that could change it not everything was read: Halfread, Nowhere"},
		{nil, "7 projects use Rust.", Unverifiable, "Halfread, Nowhere"},
		{nil, "8 projects use Rust.", Refuted, ""},
		{nil, "4 projects use Rust.", Refuted, ""},
		{settled, "4 projects use Rust.", Unverifiable, "of 3 projects that could change it not everything was read: Meshwork, Halfread, Nowhere"},

		{nil, "## Graduated projects\n\nGraduated projects that use Rust: Ferrobase, Meshwork.", Confirmed, ""},
		{open, "Graduated projects that use Rust: Ferrobase, Meshwork.", Unverifiable, "meshwork/proxy"},
		{nil, "Sandbox projects that use Rust: Attestor, Halfread.", Unverifiable, "halfread/engine"},
		{nil, "Sandbox projects that use Rust: Attestor, Paragate.", Refuted, ""},
	})
}

// A place among projects is certain when no other could take it.
func TestCertainPlaces(t *testing.T) {
	t.Parallel()
	hold(t, []sentence{
		// Meshwork was accepted first, Ferrobase next; Nowhere last.
		{nil, `{"subject": {"project": "Meshwork"}, "property": "superlative", "value": "first Rust project"}`, Confirmed, ""},
		{nil, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "first Rust project"}`, Refuted, ""},
		{[]string{proxy}, `{"subject": {"project": "Meshwork"}, "property": "superlative", "value": "first Rust project"}`, Unverifiable, "meshwork/proxy"},
		{[]string{proxy}, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "first Rust project"}`, Unverifiable, "Meshwork"},
		{[]string{proxy}, `{"subject": {"project": "Wasmoor"}, "property": "superlative", "value": "first Rust project"}`, Refuted, ""}, // Ferrobase came before it, whatever Meshwork is
		{nil, `{"subject": {"project": "Wasmoor"}, "property": "superlative", "value": "newest Rust project"}`, Unverifiable, "Halfread, Nowhere"},
		{nil, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "newest Rust project"}`, Refuted, ""},

		{nil, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "only graduated Rust project"}`, Refuted, ""},
		{[]string{proxy}, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "only graduated Rust project"}`, Unverifiable, "Meshwork"},
		{nil, `{"subject": {"project": "Wasmoor"}, "property": "superlative", "value": "only incubating Rust project"}`, Confirmed, ""},
		{nil, `{"subject": {"project": "Attestor"}, "property": "superlative", "value": "only sandbox Rust project"}`, Unverifiable, "Halfread, Nowhere"},
		{nil, `{"subject": {"project": "Attestor"}, "property": "superlative", "value": "only sandbox Rust project", "in_what_was_read": true}`, Confirmed, ""},

		{nil, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "largest Rust project"}`, Unverifiable, ""}, // Wasmoor and Nowhere may hold more
		{nil, `{"subject": {"project": "Meshwork"}, "property": "superlative", "value": "largest Rust project"}`, Refuted, ""},
		{nil, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "largest graduated Rust project"}`, Confirmed, ""},
		{[]string{proxy}, `{"subject": {"project": "Ferrobase"}, "property": "superlative", "value": "largest graduated Rust project"}`, Unverifiable, "Meshwork"},

		{nil, `{"subject": {"project": "Ferrobase"}, "property": "than", "of": "bytes", "value": "more", "than": "Meshwork"}`, Confirmed, ""},
		{nil, `{"subject": {"project": "Meshwork"}, "property": "than", "of": "bytes", "value": "more", "than": "Ferrobase"}`, Refuted, ""},
		{[]string{proxy}, `{"subject": {"project": "Ferrobase"}, "property": "than", "of": "bytes", "value": "more", "than": "Meshwork"}`, Unverifiable, "1 of 2 repositories of Meshwork was not read: meshwork/proxy"},
		{[]string{control}, `{"subject": {"project": "Ferrobase"}, "property": "than", "of": "commits.year", "value": "more", "than": "Meshwork"}`, Unverifiable, "meshwork/meshwork"},
		{nil, `{"subject": {"project": "Ferrobase"}, "property": "than", "of": "commits.year", "value": "more", "than": "Meshwork"}`, Confirmed, ""},
		{nil, `{"subject": {"project": "Ferrobase"}, "property": "rank", "of": "commits.year", "value": "most"}`, Unverifiable, "Wasmoor, Halfread, Nowhere"},
		{nil, `{"subject": {"project": "Meshwork"}, "property": "rank", "of": "commits.year", "value": "most"}`, Refuted, ""},
		{[]string{control, gone}, `{"subject": {"project": "Meshwork"}, "property": "rank", "of": "commits.year", "value": "most"}`, Unverifiable, ""},

		// How much was read of it is told.
		{[]string{control}, "Meshwork: 1 of 2 repositories was read.\n\nMeshwork had 10 commits in the year.", Refuted, ""},
	})
}

// A project is called missing where one repository alone says that it uses the
// language, and only perhaps where that is told by a share of what was read.
func TestCertainOmissions(t *testing.T) {
	t.Parallel()
	const text = "# Rust in our projects\n\n5 projects use Rust.\n\n## Graduated projects\n\n### Ferrobase\n\n## Incubating projects\n\n### Wasmoor\n\n## Sandbox projects\n\n### Attestor\n"
	for _, tt := range []struct {
		without []string
		want    Verdict
	}{{nil, Refuted}, {[]string{control}, Refuted}, {[]string{"attestor/attestor"}, Refuted}} {
		r := checked(t, []byte(text), unreadFacts(tt.without...), "rust")
		if !slices.ContainsFunc(r.Findings, func(f Finding) bool {
			return f.Kind == Omission && f.Verdict == tt.want && strings.HasPrefix(f.Text, "Meshwork")
		}) {
			t.Errorf("without %q: Meshwork is not missing, %s: %+v", tt.without, tt.want, r.Findings)
		}
	}
}
