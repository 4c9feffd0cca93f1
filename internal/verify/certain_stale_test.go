package verify

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
)

// outcomeOf is the outcome of a repository of the invented landscape.
func outcomeOf(facts *finding.Facts, repo string) *fact.Outcome {
	id := fact.RepoID("github.com/" + repo)
	i := slices.IndexFunc(facts.Survey.Outcomes, func(o fact.Outcome) bool { return o.Repo == id })
	return &facts.Survey.Outcomes[i]
}

// staleFacts are the facts of readWhole when the mirrors of repositories end on an
// earlier day.
func staleFacts(day string, repos ...string) finding.Facts {
	facts := readWhole()
	for _, repo := range repos {
		outcomeOf(&facts, repo).Observed = &fact.Observation{At: day + "T12:00:00Z", Source: fact.ObservedRecorded}
	}
	return facts
}

// openFacts are the facts of readWhole when the organisation of a project was not
// listed by its host.
func openFacts(project string) finding.Facts {
	facts := readWhole()
	facts.Survey.Catalog.Open = append(facts.Survey.Catalog.Open, fact.Opening{
		Project: project, Scope: fact.ScopeOrganisation, Owner: "github.com/" + strings.ToLower(project), Why: "not asked",
	})
	return facts
}

// metaFacts are the facts of readWhole when a primary repository holds little but
// documents beside its Rust.
func metaFacts(repo string) finding.Facts {
	facts := readWhole()
	c := facts.Compositions["github.com/"+repo]
	c.Cells = []fact.Cell{
		{Language: "Rust", Type: "programming", Role: fact.RoleProduct, Files: 2, Bytes: 4_000, Counted: true},
		{Language: "Markdown", Type: "prose", Role: fact.RoleDocs, Files: 90, Bytes: 900_000},
	}
	return facts
}

// verdictIn is the worst verdict on a sentence in facts, and its reason.
func verdictIn(t *testing.T, facts finding.Facts, text string) (Verdict, string) {
	t.Helper()
	if strings.HasPrefix(text, "{") {
		return verdictOfData(t, facts, text)
	}
	r := checked(t, []byte("# Rust in our projects\n\n"+text+"\n"), facts, "rust")
	for _, v := range Verdicts() {
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Verdict == v {
				return v, c.Why
			}
		}
	}
	return "", ""
}

// A told is a sentence with the verdict on it in facts that were read whole, and in
// others; names stands in the reason of the latter.
type told struct {
	text        string
	whole, want Verdict
	names       string
}

func holdIn(t *testing.T, facts func() finding.Facts, all []told) {
	t.Helper()
	for _, s := range all {
		if got, why := verdictIn(t, readWhole(), s.text); got != s.whole {
			t.Errorf("with everything read, %q is %s (%s), want %s", s.text, got, why, s.whole)
		}
		if got, why := verdictIn(t, facts(), s.text); got != s.want || !strings.Contains(why, s.names) {
			t.Errorf("%q is %s (%s), want %s (%s)", s.text, got, why, s.want, s.names)
		}
	}
}

// What came after the end of a mirror is unknown: nothing that was not seen is
// certain not to be.
func TestStaleMirror(t *testing.T) {
	t.Parallel()
	const ends = "mirror ends before the day, the first on 2025-06-29"
	holdIn(t, func() finding.Facts {
		return staleFacts("2025-06-29", "ferrobase/ferrobase", "wheelhouse/wheelhouse")
	}, []told{
		{"Wheelhouse had 0 human commits in the year.", Confirmed, Unverifiable, ends},
		{"Wheelhouse had 3 human commits in the year.", Refuted, Unverifiable, ends},
		{"Ferrobase had 704 human commits in the year.", Confirmed, Unverifiable, ends},
		{"Ferrobase had 703 human commits in the year.", Refuted, Refuted, ""}, // as many were seen
		{"Ferrobase had at least 704 human commits in the year.", Confirmed, Confirmed, ""},
		{"Ferrobase had at least 705 human commits in the year.", Refuted, Unverifiable, ends},
		{"Ferrobase had at most 703 human commits in the year.", Refuted, Refuted, ""},
		{"Ferrobase had about 704 human commits in the year.", Confirmed, Unverifiable, ends},
		{"Ferrobase had about 500 human commits in the year.", Refuted, Refuted, ""},
		{"Ferrobase has 2 adopters.", Confirmed, Unverifiable, ends}, // some may be named no more
		{"Ferrobase has 1 adopter.", Ambiguous, Unverifiable, ends},
		{"In what was read, Ferrobase had 704 human commits in the year.", Confirmed, Confirmed, ""},
		{"In what was read, Ferrobase had 705 human commits in the year.", Refuted, Refuted, ""},
		{"## Ferrobase\n\n- **Release cadence**: quarterly", Confirmed, Unverifiable, ends},
		{"## Ferrobase\n\n- **Release cadence**: paused", Refuted, Unverifiable, ends},
		{"## Ferrobase\n\n- **Activity**: active", Confirmed, Confirmed, ""},
		{"## Ferrobase\n\n- **Activity**: inactive", Refuted, Refuted, ""},
		{"## Wheelhouse\n\n- **Activity**: inactive", Confirmed, Unverifiable, ends},
		{"The last release of Ferrobase was on 2025-04-03.", Confirmed, Unverifiable, ends},
		{"The last release of Ferrobase was on 2025-03-02.", Refuted, Refuted, ""},
		{"## Ferrobase\n\n- **Last release**: v8.1.0", Confirmed, Unverifiable, ends},
		{"The last commit of Ferrobase was in June 2025.", Confirmed, Confirmed, ""}, // the day is in it too
		{"The last commit of Ferrobase was on 2025-06-28.", Confirmed, Unverifiable, ends},
		{`{"subject": {"project": "Ferrobase"}, "property": "activity.last", "value": "2025-06-28", "bound": "at least"}`, Confirmed, Confirmed, ""},
		{"The last commit of Ferrobase was in May 2025.", Refuted, Refuted, ""},
		{"Ferrobase was last active in June 2025.", Confirmed, Confirmed, ""},
		{"Ferrobase is 99.8 % Rust.", Confirmed, Unverifiable, ends},
		{"Ferrobase contains Rust code.", Confirmed, Unverifiable, ends},
		{"Ferrobase is mainly written in Rust.", Confirmed, Unverifiable, ends},
		{"Ferrobase is written in Rust.", Confirmed, Unverifiable, ends},
		{"Ferrobase is a graduated project.", Confirmed, Confirmed, ""},
	})
}

// A sum is no less than what certainly is of it: a mirror that ends before the day adds
// nothing to that.
func TestStaleSum(t *testing.T) {
	t.Parallel()
	const text = "Together the projects that use Rust hold %s bytes of Rust."
	for _, tt := range []struct {
		said        string
		read, stale Verdict
	}{
		{"30,603,809", Unverifiable, Unverifiable}, // of 10 repositories of 13
		{"about 30,000,000", Unverifiable, Unverifiable},
		{"30,000,000", Refuted, Unverifiable},
		{"about 20,000,000", Refuted, Unverifiable},
		{"1,000,000", Refuted, Refuted},
		{"at least 1,000,000", Confirmed, Confirmed},
		{"at least 30,000,000", Confirmed, Unverifiable},
	} {
		said := fmt.Sprintf(text, tt.said)
		if got, why := verdictIn(t, readWhole(), said); got != tt.read {
			t.Errorf("%q is %s (%s), want %s", said, got, why, tt.read)
		}
		if got, why := verdictIn(t, staleFacts("2025-06-29", "ferrobase/ferrobase"), said); got != tt.stale {
			t.Errorf("with a mirror that ends early, %q is %s (%s), want %s", said, got, why, tt.stale)
		}
	}
}

// Work on any branch, merges included, is activity.
func TestLatestOnAnyBranch(t *testing.T) {
	t.Parallel()
	facts := func() finding.Facts {
		facts := staleFacts("2025-06-29", "wheelhouse/wheelhouse")
		outcomeOf(&facts, "wheelhouse/wheelhouse").Revision.Latest = &fact.Latest{
			Person: &fact.LatestCommit{Commit: "feed", At: "2025-06-08T10:00:00Z", Ref: "refs/heads/next", Merge: true},
		}
		return facts
	}
	holdIn(t, facts, []told{
		{"Wheelhouse was last active in June 2025.", Refuted, Confirmed, ""},
		{"## Wheelhouse\n\n- **Last activity**: June 2025", Refuted, Confirmed, ""},
		{"## Wheelhouse\n\n- **Last activity**: 2025-06-08", Refuted, Unverifiable, "mirror ends"},
		{"## Wheelhouse\n\n- **Activity**: active", Refuted, Confirmed, ""},
	})
}

// A primary repository of documents decides nothing where something is missing.
func TestMetaPrimary(t *testing.T) {
	t.Parallel()
	facts := func() finding.Facts {
		facts := metaFacts("wasmoor/wasmoor")
		return facts
	}
	for _, text := range []string{"Wasmoor is written in Rust.", `{"subject": {"project": "Wasmoor"}, "property": "purity", "of": "Rust", "value": "not"}`} {
		if got, why := verdictIn(t, facts(), text); got != Unverifiable || !strings.Contains(why, "wasmoor/gone") {
			t.Errorf("%q is %s (%s)", text, got, why)
		}
	}
}

// Nobody knows all repositories of an organisation that its host did not list.
func TestOpenOrganisation(t *testing.T) {
	t.Parallel()
	const open = "1 organisation not listed by its host"
	holdIn(t, func() finding.Facts { return openFacts("Paragate") }, []told{
		{`{"subject": {"project": "Paragate"}, "property": "purity", "of": "Rust", "value": "not"}`, Confirmed, Unverifiable, open},
		{"Paragate is mainly written in Rust.", Refuted, Unverifiable, open},
		{"Paragate is a Rust project.", "", "", ""},
	})
	holdIn(t, func() finding.Facts { return openFacts("Meshwork") }, []told{
		{"Meshwork is mainly written in Rust.", Refuted, Unverifiable, open},
		{"Meshwork contains Rust code.", Confirmed, Confirmed, ""},
		{"Meshwork has 2 repositories.", Confirmed, Unverifiable, open},
	})
	holdIn(t, func() finding.Facts { return openFacts("Ferrobase") }, []told{
		{"Ferrobase is mainly written in Rust.", Confirmed, Confirmed, ""}, // its primary repository is
		{`{"subject": {"project": "Ferrobase"}, "property": "purity", "of": "Rust", "value": "not"}`, Refuted, Refuted, ""},
	})
}

// A number of projects is certain when no unread one could make it another.
func TestNumberOfUnread(t *testing.T) {
	t.Parallel()
	facts := func() finding.Facts { return unreadFacts(proxy) }
	holdIn(t, facts, []told{
		{"Two graduated projects use Rust.", Confirmed, Unverifiable, "Meshwork"},
		{"One graduated project uses Rust.", Refuted, Unverifiable, "Meshwork"},
		{"Three graduated projects use Rust.", Refuted, Refuted, ""},
		{"At least one graduated project uses Rust.", Confirmed, Confirmed, ""},
		{`{"subject": {"level": "graduated"}, "property": "count.using", "value": 1, "to": 2, "bound": "range"}`, Confirmed, Confirmed, ""},
		{`{"subject": {"level": "graduated"}, "property": "count.using", "value": 3, "to": 5, "bound": "range"}`, Refuted, Refuted, ""},
		{`{"subject": {"level": "graduated"}, "property": "count.using", "value": 2, "to": 5, "bound": "range"}`, Confirmed, Unverifiable, "Meshwork"},
	})
}

// Files that are missing may hold any amount of any language.
func TestMissingFiles(t *testing.T) {
	t.Parallel()
	const missing = "Ferrobase: 3 files missing"
	holdIn(t, findingtest.Facts, []told{
		{"Ferrobase is 99.8 % Rust.", Confirmed, Unverifiable, missing},
		{`{"subject": {"project": "Ferrobase"}, "property": "share", "value": 99.8, "in_what_was_read": true}`, Confirmed, Confirmed, ""},
		{"Ferrobase has 567,194 lines of Rust.", Confirmed, Unverifiable, missing},
		{"Ferrobase has 567,194+ lines of Rust.", Confirmed, Confirmed, ""},
		{"Ferrobase is mainly written in Rust.", Confirmed, Unverifiable, missing},
		{"Ferrobase contains Rust code.", Confirmed, Confirmed, ""},
		{"## Ferrobase\n\n- **Class**: core", Confirmed, Unverifiable, missing},
		{`{"subject": {"project": "Ferrobase"}, "property": "class", "value": "trace", "bound": "at least"}`, Confirmed, Confirmed, ""},
		{`{"subject": {"project": "Ferrobase"}, "property": "class", "value": "core", "in_what_was_read": true}`, Confirmed, Confirmed, ""},
		{`{"subject": {"project": "Ferrobase"}, "property": "class", "value": "component", "bound": "at least"}`, Confirmed, Unverifiable, missing},
		{"2 graduated Rust projects are there.", Confirmed, Unverifiable, "Ferrobase"},
	})
}
