package usage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
)

// Of each month three quarters of the commits, rounded up, touched Rust.
func TestPart(t *testing.T) {
	t.Parallel()
	a := project(t, find(t, findingtest.Facts(), finding.Options{}), "Ferrobase").Activity
	if want := (usage.PartActivity{Commits: 12*24 + 10*7 + 11*17 + 38, Authors: 3, YearCommits: 12*24 + 10*7 + 11*17, YearAuthors: 3, AbsenceFactor: 1}); a.Part != want {
		t.Errorf("part %+v, want %+v", a.Part, want)
	}
}

func TestTrend(t *testing.T) {
	t.Parallel()
	tr := project(t, find(t, findingtest.Facts(), finding.Options{}), "Ferrobase").Trend
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
		p := project(t, find(t, findingtest.Facts(), finding.Options{}), name)
		last := p.Trend.Points[len(p.Trend.Points)-1]
		if last.Bytes != p.Figures.Bytes || last.Total != p.Figures.Total {
			t.Errorf("%s: the trend ends in %+v, the figures are %d of %d", name, last, p.Figures.Bytes, p.Figures.Total)
		}
	}
}

// A mainline that begins after a release tells of another history.
func TestBreaks(t *testing.T) {
	t.Parallel()
	p := project(t, find(t, findingtest.Facts(), finding.Options{}), "Wasmoor")
	if len(p.Trend.Breaks) != 1 || p.Trend.Breaks[0].First != "2024-05-01" || p.Trend.Breaks[0].Release.Tag != "v0.9.0" {
		t.Errorf("breaks %+v", p.Trend.Breaks)
	}
	if breaks := project(t, find(t, findingtest.Facts(), finding.Options{}), "Ferrobase").Trend.Breaks; len(breaks) != 0 {
		t.Errorf("Ferrobase's history is whole: %+v", breaks)
	}
}
