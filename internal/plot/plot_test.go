package plot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/internal/badge"
	"assay/internal/chart"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
)

func frame() *Frame {
	return &Frame{Language: "Rust", AsOf: "2025-06-30", From: fact.Evidence{Repo: "github.com/inventa/landscape", Path: "landscape.yml"}}
}

func found(t *testing.T) *usage.Findings {
	t.Helper()
	return findingtest.Find(t, findingtest.Facts(), "rust", finding.Options{})
}

func projects(f *usage.Findings) []*usage.Project {
	var all []*usage.Project
	for i := range f.Projects {
		all = append(all, &f.Projects[i])
	}
	return all
}

func project(t *testing.T, name string) *usage.Project {
	t.Helper()
	for _, p := range projects(found(t)) {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no project %s", name)
	return nil
}

func TestValue(t *testing.T) {
	t.Parallel()
	missing := quantity.Gap{Unread: 1}
	for _, c := range []struct {
		q    quantity.Of[int]
		want chart.State
	}{
		{quantity.Of[int]{}, chart.Unknown},
		{quantity.Exact(3), chart.Exact},
		{quantity.AtLeast(3, missing), chart.AtLeast},
		{quantity.AtMost(3, missing), chart.AtMost},
		{quantity.Between(3, 2, 5, missing), chart.Between},
		{quantity.Read(3, missing), chart.Read},
	} {
		if got := Value(c.q); got.State != c.want || c.want != chart.Unknown && got.Mid != 3 {
			t.Errorf("%+v is %+v, want state %d", c.q, got, c.want)
		}
	}
}

func TestAdoption(t *testing.T) {
	t.Parallel()
	if frame().Adoption(nil) != nil || frame().Adoption([]usage.Year{{Year: 0}}) != nil {
		t.Error("a chart of no year")
	}
	growth := found(t).Growth
	l := frame().Adoption(append([]usage.Year{{Year: 0, Total: 9}}, growth...))
	if len(l.Periods) != len(growth) || len(l.Series) != 2 || len(l.Series[1].Values) != len(growth) || slices.Contains(l.Periods, "0") {
		t.Errorf("%d years of %d: %v", len(l.Periods), len(growth), l.Periods)
	}
	last := growth[len(growth)-1]
	if got := l.Series[1].Values[len(growth)-1]; got != Value(last.TotalBounds) || got.Mid == 0 {
		t.Errorf("the last year has %+v", got)
	}
	if l.Note != "As of 2025-06-30, from "+frame().From.String() {
		t.Error(l.Note)
	}
}

func TestMaturities(t *testing.T) {
	t.Parallel()
	f := found(t)
	d := frame().Maturities(f.Summary.Maturities)
	if len(d.Rows) != len(f.Summary.Maturities) || d.Rows[0].Name != "Graduated (of 2)" || d.Rows[0].Value.State != chart.Between {
		t.Errorf("%+v", d.Rows)
	}
	if frame().Maturities([]usage.MaturityCount{{Maturity: "sandbox", Projects: 3}}) != nil {
		t.Error("a chart where nobody uses the language")
	}
}

func TestLargest(t *testing.T) {
	t.Parallel()
	if frame().Largest(nil) != nil {
		t.Error("a chart of no project")
	}
	var many []*usage.Project
	for i := range 2 * Few {
		p := &usage.Project{Project: &profile.Project{}}
		p.Name = fmt.Sprint(i)
		p.Quantities.Bytes = quantity.Exact(int64(i))
		many = append(many, p)
	}
	before := slices.Clone(many)
	d := frame().Largest(append(many, &usage.Project{}))
	if len(d.Rows) != Few || d.Rows[0].Name != "29" || d.Subtitle != "counted bytes, the first 15 of 30" || !slices.Equal(many, before) {
		t.Errorf("%d rows, %q: %+v", len(d.Rows), d.Subtitle, d.Rows[0])
	}
	if d := frame().Largest(projects(found(t))); !strings.Contains(d.Subtitle, "in the order of what was read") {
		t.Errorf("%q of figures that are bounds", d.Subtitle)
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	c := NewComposition()
	if frame().Languages("x", "", c) != nil {
		t.Error("a chart of no period")
	}
	for i := range int64(named + 2) {
		c.Add("2024", fmt.Sprint("L", i), 10*(i+1), true)
		c.Add("2025", fmt.Sprint("L", i), 20*(i+1), i > 0)
	}
	a := frame().Languages("x", ", at the ends of years", c)
	if len(a.Series) != named+1 || a.Series[0].Name != "L7" || !a.Series[named].Other || a.Subtitle != "counted bytes, at the ends of years" {
		t.Fatalf("%+v", a.Series)
	}
	if got := a.Series[named].Values; got[0] != chart.Of(10+20) || got[1] != chart.Seen(20+40) {
		t.Errorf("the others have %+v", got)
	}
	if a.Series[0].Values[0].State != chart.Exact || a.Series[0].Values[1].State != chart.Read {
		t.Errorf("what was read of a part is said to be exact, or the other way round: %+v", a.Series[0].Values)
	}
}

// The years of a project are exact where its history is known, and only there.
func TestYearly(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]chart.State{"Meshwork": chart.Exact, "Ferrobase": chart.Read} {
		trend := project(t, name).Trend
		a := frame().Languages(name, "", Yearly(trend))
		if len(a.Periods) != len(trend.Years) || a.Series[0].Values[0].State != want {
			t.Errorf("%s: %v, %+v", name, a.Periods, a.Series[0].Values[0])
		}
	}
	gap := *project(t, "Meshwork").Trend
	gap.Points = slices.Clone(gap.Points)
	gap.Points[len(gap.Points)-1].Missing = 1
	a := frame().Languages("Meshwork", "", Yearly(&gap))
	if all := a.Series[0].Values; all[len(all)-1].State != chart.Read || all[0].State != chart.Exact {
		t.Errorf("with a file missing at the end: %+v", all)
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	trend := project(t, "Meshwork").Trend
	l := frame().Share("Meshwork", trend)
	if len(l.Periods) != len(trend.Points) || len(l.Series[0].Values) != len(trend.Points) || l.Unit != chart.Share {
		t.Errorf("%d months of %d", len(l.Periods), len(trend.Points))
	}
	if last := l.Series[0].Values[len(trend.Points)-1]; last.State != chart.Exact || last.Mid != *trend.Points[len(trend.Points)-1].Share {
		t.Errorf("the last month has %+v", last)
	}
	none, zero := usage.Trend{Points: []usage.TrendPoint{{Month: "2024-01"}, {Month: "2024-02"}}}, 0.0
	if frame().Share("x", &none) != nil {
		t.Error("a chart of nothing known")
	}
	none.Points[0].Share, none.Points[1].Share = &zero, &zero
	if frame().Share("x", &none) != nil {
		t.Error("a chart of a language that was never there")
	}
}

func TestBadge(t *testing.T) {
	t.Parallel()
	p := project(t, "Ferrobase")
	share := "99.8 %?"
	for say, want := range map[Saying]badge.Badge{
		Usage:    {Label: "Rust", Message: p.Cell() + " · " + share, Colour: badge.Strong, Title: "Rust in Ferrobase on 2025-06-30: " + p.Words() + ", share " + share},
		Class:    {Label: "Rust", Message: p.Cell(), Colour: badge.Strong, Title: "Rust in Ferrobase on 2025-06-30: " + p.Words()},
		Share:    {Label: "Rust", Message: share, Colour: badge.Strong, Title: "Rust in Ferrobase on 2025-06-30: share " + share},
		Maturity: {Label: "maturity", Message: "Graduated", Colour: badge.Strong, Title: "maturity of Ferrobase on 2025-06-30: Graduated"},
	} {
		if got := frame().Badge(p, say, ""); *got != want {
			t.Errorf("%s: %+v, want %+v", say, *got, want)
		}
		if got := frame().Badge(p, say, "x"); got.Label != "x" {
			t.Errorf("%s: label %q", say, got.Label)
		}
	}
	level := health.Dimension{Level: health.Moderate, Best: health.Excellent}
	p.Health.Overall = level
	if got := frame().Badge(p, Health, ""); got.Message != "moderate to excellent" || got.Colour != badge.Middle || got.Label != "health" {
		t.Errorf("health: %+v", *got)
	}
	if len(Sayings()) != 5 {
		t.Error("a saying without a test")
	}
}

// Nothing that is unknown has the colour of something known.
func TestBadgeOfTheUnknown(t *testing.T) {
	t.Parallel()
	p := project(t, "Nowhere")
	for _, say := range []Saying{Usage, Class, Share, Health} {
		if got := frame().Badge(p, say, ""); got.Colour != badge.Unknown || !strings.Contains(got.Message, "unknown") {
			t.Errorf("%s: %+v", say, *got)
		}
	}
	p.Maturity = "<odd>"
	if got := frame().Badge(p, Maturity, ""); got.Colour != badge.Unknown {
		t.Errorf("maturity: %+v", *got)
	}
}
