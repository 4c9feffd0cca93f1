package usage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/health"
	"assay/internal/finding/usage"
)

func vitality(t *testing.T, facts finding.Facts, opts finding.Options, name string) *usage.Project {
	t.Helper()
	opts.Language = "Rust"
	return project(t, find(t, facts, opts), name)
}

func TestActivity(t *testing.T) {
	t.Parallel()
	a := vitality(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Activity
	if a.Year.From != "2024-07-01" || a.Year.To != "2025-06-30" {
		t.Errorf("the year is %s to %s", a.Year.From, a.Year.To)
	}
	// 31 a month by ada, 9 by bert from September on, 22 by cleo but in June.
	year := usage.Counts{Human: 12*31 + 10*9 + 11*22, Bot: 17, Merges: 4}
	if diff := cmp.Diff(year, a.Year.Counts); diff != "" {
		t.Errorf("the year (-want +got):\n%s", diff)
	}
	if want := (usage.Counts{Human: year.Human + 40, Bot: 17, Merges: 4}); a.Commits != want {
		t.Errorf("all: %+v, want %+v", a.Commits, want)
	}
	// The quarter begins on 2 April.
	if want := (usage.Counts{Human: 3*31 + 3*9 + 2*22, Bot: 17, Merges: 4}); a.Quarter != want {
		t.Errorf("the quarter: %+v, want %+v", a.Quarter, want)
	}
	if a.Year.Authors != 3 || a.Year.NewAuthors != 1 || a.Year.AbsenceFactor != 1 || a.Year.ActiveMonths != 12 {
		t.Errorf("people %+v", a.Year)
	}
	o := a.Year.Organisations
	if o.Known != 12*31+11*22 || o.Of != year.Human || o.Elephant != 1 || o.List[0] != (usage.OrganisationCommits{Name: "Red Hat", Commits: 372}) {
		t.Errorf("organisations %+v", o)
	}
	if a.First.Date != "2016-02-01" || a.Last.Date != "2025-06-28" || a.Last.Evidence.View != fact.ViewCommit {
		t.Errorf("from %+v to %+v", a.First, a.Last)
	}
	// Three quarters of each, rounded up, touched Rust.
	if want := (usage.PartActivity{Commits: 12*24 + 10*7 + 11*17 + 38, Authors: 3, YearCommits: 12*24 + 10*7 + 11*17, YearAuthors: 3, AbsenceFactor: 1}); a.Part != want {
		t.Errorf("part %+v, want %+v", a.Part, want)
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
	mesh := vitality(t, facts, finding.Options{}, "Meshwork")
	if a := mesh.Activity; a.Repositories != 2 || a.Of != 2 || a.Year.Authors != 1 || a.Year.Human != 12*32 || a.Year.Bot != 700 || a.First.Date != "2016-03-01" {
		t.Errorf("activity %+v", a)
	}
	primary := vitality(t, facts, finding.Options{Scope: fact.ScopePrimary}, "Meshwork")
	if a := primary.Activity; a.Repositories != 1 || a.Year.Human != 12*12 {
		t.Errorf("of the primary repository alone: %+v", a)
	}
	if p := vitality(t, facts, finding.Options{}, "Paragate"); p.Activity != nil || p.Trend != nil || p.Releases != nil {
		t.Errorf("Paragate, of which nothing is known: %+v", p.Vitality)
	}
	for _, name := range []string{"Paragate", "Nowhere"} {
		if h := vitality(t, facts, finding.Options{}, name).Health; h.Dimensions[0].Level != health.Unknown {
			t.Errorf("%s: activity %q without a commit known", name, h.Dimensions[0].Level)
		}
	}
}

// Whom the user calls a bot is one, by name or by address.
func TestUsersBots(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"ada", "ada@redhat.com"} {
		a := vitality(t, findingtest.Facts(), finding.Options{Bots: map[string]bool{key: true}}, "Ferrobase").Activity
		if a.Year.Human != 10*9+11*22 || a.Year.Bot != 17+12*31 || a.Year.Authors != 2 || a.First.Date != "2017-01-01" {
			t.Errorf("%s: %+v", key, a.Year)
		}
	}
}

// What is dated after the day, or long before it, is in no window.
func TestWindows(t *testing.T) {
	t.Parallel()
	for period, want := range map[string][2]int{
		"2025-06-30": {1, 1}, "2025-07-01": {0, 0}, "2024-07-01": {1, 0}, "2024-06-30": {0, 0},
		"2025-04-02": {1, 1}, "2025-04-01": {1, 0}, "2024-07": {0, 0}, "2031-01-01": {0, 0},
	} {
		facts := findingtest.Facts()
		c := facts.Commits["github.com/wheelhouse/wheelhouse"]
		c.Work = []fact.Work{{Period: period, Commits: 1}}
		a := vitality(t, facts, finding.Options{}, "Wheelhouse").Activity
		if got := [2]int{a.Year.Human, a.Quarter.Human}; got != want || a.Commits.Human != 1 {
			t.Errorf("%s: year and quarter %v, want %v; of %d", period, got, want, a.Commits.Human)
		}
	}
}

func TestTrend(t *testing.T) {
	t.Parallel()
	tr := vitality(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Trend
	if len(tr.Points) != 9*12+5 || tr.Points[0].Month != "2016-02" || tr.Points[len(tr.Points)-1].Month != "2025-06" {
		t.Fatalf("%d points from %+v to %+v", len(tr.Points), tr.Points[0], tr.Points[len(tr.Points)-1])
	}
	if tr.Tenth != "2016-02" || tr.Half != "2017-06" || tr.Peak.Month != "2025-06" {
		t.Errorf("10 %% %s, 50 %% %s, peak %s", tr.Tenth, tr.Half, tr.Peak.Month)
	}
	if diff := cmp.Diff([]usage.Crossing{{Month: "2017-06", Up: "Rust", Down: "Go"}}, tr.Crossings); diff != "" {
		t.Errorf("crossings (-want +got):\n%s", diff)
	}
	if tr.Adoption.Date != "2016-02-01" || tr.Adoption.Path != "src/main.rs" {
		t.Errorf("adoption %+v", tr.Adoption)
	}
	// A month in which nothing moved is as the one before.
	if p := tr.Points[5]; p.Bytes != 9_000 || p.Total != 39_000 {
		t.Errorf("a quiet month: %+v", p)
	}
	var years []int
	for _, y := range tr.Years {
		years = append(years, y.Year)
	}
	if diff := cmp.Diff([]int{2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025}, years); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
}

// The last point of a trend is the figure of the project.
func TestTrendEndsInFigures(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Ferrobase", "Meshwork"} {
		p := vitality(t, findingtest.Facts(), finding.Options{}, name)
		last := p.Trend.Points[len(p.Trend.Points)-1]
		if last.Bytes != p.Figures.Bytes || last.Total != p.Figures.Total {
			t.Errorf("%s: the trend ends in %+v, the figures are %d of %d", name, last, p.Figures.Bytes, p.Figures.Total)
		}
	}
}

// A mainline that begins after a release tells of another history.
func TestBreaks(t *testing.T) {
	t.Parallel()
	p := vitality(t, findingtest.Facts(), finding.Options{}, "Wasmoor")
	if len(p.Trend.Breaks) != 1 || p.Trend.Breaks[0].First != "2024-05-01" || p.Trend.Breaks[0].Release.Tag != "v0.9.0" {
		t.Errorf("breaks %+v", p.Trend.Breaks)
	}
	if breaks := vitality(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Trend.Breaks; len(breaks) != 0 {
		t.Errorf("Ferrobase's history is whole: %+v", breaks)
	}
}

func TestReleases(t *testing.T) {
	t.Parallel()
	r := vitality(t, findingtest.Facts(), finding.Options{}, "Ferrobase").Releases
	if r.YearFull != 4 || r.YearPre != 1 || r.Last.Tag != "v8.1.0" || r.LastAt.Date != "2025-04-03" || len(r.Evidence) != 1 {
		t.Errorf("releases %+v", r)
	}
	if r := vitality(t, findingtest.Facts(), finding.Options{}, "Wheelhouse").Releases; r == nil || r.Full != 0 || r.LastAt != nil {
		t.Errorf("no release is known, not unknown: %+v", r)
	}
}
