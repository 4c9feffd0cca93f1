package profile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
)

func TestActivity(t *testing.T) {
	t.Parallel()
	a := project(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Activity
	if a.Year.From != "2024-07-01" || a.Year.To != "2025-06-30" {
		t.Errorf("the year is %s to %s", a.Year.From, a.Year.To)
	}
	// 31 a month by ada, 9 by bert from September on, 22 by cleo but in June.
	year := profile.Counts{Human: 12*31 + 10*9 + 11*22, Bot: 17, Merges: 4}
	if diff := cmp.Diff(year, a.Year.Counts); diff != "" {
		t.Errorf("the year (-want +got):\n%s", diff)
	}
	if want := (profile.Counts{Human: year.Human + 40, Bot: 17, Merges: 4}); a.Commits != want {
		t.Errorf("all: %+v, want %+v", a.Commits, want)
	}
	// The quarter begins on 2 April.
	if want := (profile.Counts{Human: 3*31 + 3*9 + 2*22, Bot: 17, Merges: 4}); a.Quarter != want {
		t.Errorf("the quarter: %+v, want %+v", a.Quarter, want)
	}
	if a.Year.Authors != 3 || a.Year.NewAuthors != 1 || a.Year.AbsenceFactor != 1 || a.Year.ActiveMonths != 12 {
		t.Errorf("people %+v", a.Year)
	}
	o := a.Year.Organisations
	if o.Known != 12*31+11*22 || o.Of != year.Human || o.Elephant != 1 || o.List[0] != (profile.OrganisationCommits{Name: "Red Hat", Commits: 372}) {
		t.Errorf("organisations %+v", o)
	}
	if a.First.Date != "2016-02-01" || a.Last.Date != "2025-06-28" || a.Last.Evidence.View != fact.ViewCommit {
		t.Errorf("from %+v to %+v", a.First, a.Last)
	}
	last := a.Months[len(a.Months)-1]
	if last.Month != "2025-06" || last.Human != 40 || last.Authors != 2 || a.Months[0].NewAuthors != 1 {
		t.Errorf("months from %+v to %+v", a.Months[0], last)
	}
}

// One person of two repositories is one; what is not known is nil.
func TestActivityOfSeveral(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	mesh := project(t, facts, finding.Options{}, "Meshwork")
	if a := mesh.Activity; a.Repositories != 2 || a.Of != 2 || a.Year.Authors != 1 || a.Year.Human != 12*32 || a.Year.Bot != 700 || a.First.Date != "2016-03-01" {
		t.Errorf("activity %+v", a)
	}
	primary := project(t, facts, finding.Options{Scope: fact.ScopePrimary}, "Meshwork")
	if a := primary.Activity; a.Repositories != 1 || a.Year.Human != 12*12 {
		t.Errorf("of the primary repository alone: %+v", a)
	}
	if p := project(t, facts, finding.Options{}, "Paragate"); p.Activity != nil || p.Releases != nil {
		t.Errorf("Paragate, of which nothing is known: %+v", p)
	}
	for _, name := range []string{"Paragate", "Nowhere"} {
		if h := project(t, facts, finding.Options{}, name).Health; h.Dimensions[0].Level != health.Unknown {
			t.Errorf("%s: activity %q without a commit known", name, h.Dimensions[0].Level)
		}
	}
}

// Whom the user calls a bot is one, by name or by address.
func TestUsersBots(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"ada", "ada@redhat.com"} {
		a := project(t, findingtest.Facts(), finding.Options{Bots: map[string]bool{key: true}}, "Ferrobase").Activity
		if a.Year.Human != 10*9+11*22 || a.Year.Bot != 17+12*31 || a.Year.Authors != 2 || a.First.Date != "2017-01-01" {
			t.Errorf("%s: %+v", key, a.Year)
		}
	}
}

// Whom the user calls a person is one, though our rules say otherwise, and the one
// who commits with that address.
func TestUsersPeople(t *testing.T) {
	t.Parallel()
	was := project(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Activity
	both := finding.Options{Persons: map[string]bool{"bot": true}, Bots: map[string]bool{"bot": true}}
	for _, opts := range []finding.Options{{Persons: both.Persons}, both} {
		a := project(t, findingtest.Facts(), opts, "Ferrobase").Activity
		if was.Year.Bot == 0 || a.Year.Bot != 0 || a.Year.Human != was.Year.Human+was.Year.Bot || a.Year.Authors != was.Year.Authors+1 {
			t.Errorf("%+v, was %+v", a.Year, was.Year)
		}
	}
	facts := findingtest.Facts()
	for _, commits := range facts.Commits {
		for i := range commits.Authors {
			if commits.Authors[i].Bot != "" {
				commits.Authors[i].Addresses = []fact.Address{{Key: "ada@redhat.com", Domain: "redhat.com"}}
			} else if commits.Authors[i].ID == "ada" {
				commits.Authors[i].Keys = append(commits.Authors[i].Keys, "ada@redhat.com")
			}
		}
	}
	a := project(t, facts, finding.Options{Persons: both.Persons}, "Ferrobase").Activity
	if a.Year.Bot != 0 || a.Year.Authors != was.Year.Authors {
		t.Errorf("with the address of another author: %+v, was %+v", a.Year, was.Year)
	}
}

// What is dated after the day, or long before it, is in no window.
func TestWindows(t *testing.T) {
	t.Parallel()
	for period, want := range map[string][2]int{
		"2025-06-30": {1, 1}, "2025-07-01": {0, 0}, "2024-07-01": {1, 0}, "2024-06-30": {0, 0},
		"2025-04-02": {1, 1}, "2025-04-01": {1, 0}, "2024-07": {0, 0}, "2031-01-01": {0, 0}, "": {0, 0},
	} {
		all := 1
		if period > "2025-06-30" {
			all = 0
		}
		facts := findingtest.Facts()
		c := facts.Commits["github.com/wheelhouse/wheelhouse"]
		c.Work = []fact.Work{{Period: period, Commits: 1}}
		a := project(t, facts, finding.Options{}, "Wheelhouse").Activity
		if got := [2]int{a.Year.Human, a.Quarter.Human}; got != want || a.Commits.Human != all {
			t.Errorf("%s: year and quarter %v, want %v; of %d", period, got, want, a.Commits.Human)
		}
	}
}

func TestReleases(t *testing.T) {
	t.Parallel()
	r := project(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Releases
	if r.YearFull != 4 || r.YearPre != 1 || r.Last.Tag != "v8.1.0" || r.LastAt.Date != "2025-04-03" || len(r.Evidence) != 1 {
		t.Errorf("releases %+v", r)
	}
	if r := project(t, findingtest.Facts(), finding.Options{}, "Wheelhouse").Releases; r == nil || r.Full != 0 || r.LastAt != nil {
		t.Errorf("no release is known, not unknown: %+v", r)
	}
}

// The last release is the product's: not that of a library or a sibling, unless
// the primary repository has none.
func TestLastRelease(t *testing.T) {
	t.Parallel()
	release := func(at, series, version string) fact.Release {
		return fact.Release{Tag: series + version, Series: series, Version: version, At: at, Commit: "c" + version, Kind: "minor"}
	}
	facts := findingtest.Facts()
	facts.Releases["github.com/meshwork/meshwork"] = &fact.Releases{Releases: []fact.Release{
		release("2025-06-03T23:36:37Z", "", "1.28.1"), release("2025-06-03T23:36:40Z", "", "1.27.4"), release("2025-06-20T00:00:00Z", "api", "9.0.0"),
	}}
	facts.Releases["github.com/meshwork/proxy"] = &fact.Releases{Releases: []fact.Release{release("2025-06-21T00:00:00Z", "", "0.5.1")}}
	r := project(t, facts, finding.Options{}, "Meshwork").Releases
	if r.Last.Version != "1.28.1" || r.LastAt.Date != "2025-06-03" || r.LastAt.Evidence.Repo != "github.com/meshwork/meshwork" || r.LastAt.Evidence.Commit != "c1.28.1" {
		t.Errorf("last %+v at %+v", r.Last, r.LastAt)
	}
	if r.Days != 1 || r.YearFull != 2 || r.Others != 2 || *r.SinceLast != 27 || len(r.Evidence) != 1 || strings.Contains(r.Why, "primary") {
		t.Errorf("releases %+v", r)
	}
	facts.Releases["github.com/meshwork/meshwork"] = &fact.Releases{}
	r = project(t, facts, finding.Options{}, "Meshwork").Releases
	if r.Last.Version != "0.5.1" || r.LastAt.Evidence.Repo != "github.com/meshwork/proxy" || r.Others != 0 ||
		!strings.HasSuffix(r.Why, "; no release of the primary repository is known, the last is of meshwork/proxy") {
		t.Errorf("without releases of the primary repository: %+v", r)
	}
}
