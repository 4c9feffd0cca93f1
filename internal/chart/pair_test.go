package chart

import (
	"strings"
	"testing"

	"assay/internal/chart/svg"
)

// A page gets a wide and a narrow picture, of which the stylesheet shows one.
func TestPair(t *testing.T) {
	t.Parallel()
	got := string(Pair(sampleLine(), Options{ID: "rust", Class: "big"}))
	for _, want := range []string{
		`class="assay-chart big assay-wide"`, `class="assay-chart big assay-narrow"`, `id="rust-title"`, `id="rust-narrow-title"`,
		`viewBox="0 0 720 `, `viewBox="0 0 360 `,
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%s: there %d times, want once", want, strings.Count(got, want))
		}
	}
	for _, want := range []string{"(max-width:599px){.assay-wide{display:none}}", "(min-width:600px){.assay-narrow{display:none}}"} {
		if !strings.Contains(CSS(), want) {
			t.Errorf("the stylesheet does not have %s", want)
		}
	}
}

// Names within a picture are the caller's, or differ between pictures that say
// different things.
func TestIDs(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"rust-1": "rust-1", "two words": "two-words", `"><script>`: "script", strings.Repeat("a", 200): strings.Repeat("a", 100),
	} {
		if got := string(sampleSpark().SVG(Options{ID: given})); !strings.Contains(got, ` id="`+want+`-title"`) {
			t.Errorf("%q: there is no %q", given, want)
		}
	}
	seen := map[string]string{}
	for _, s := range samples() {
		o := Options{}
		id := o.id(s.chart.Picture(o))
		if other := seen[id]; other != "" {
			t.Errorf("%s and %s are both %s", s.name, other, id)
		}
		seen[id] = s.name
	}
}

// What is not certain is drawn otherwise, and what is certain is not.
func TestBoundsAreDrawn(t *testing.T) {
	t.Parallel()
	exactly := &Line{Periods: years(3), Series: []Series{{Name: "a", Values: exact(1, 2, 3)}}}
	for _, c := range []struct {
		name  string
		chart Chart
		want  []string
		not   []string
	}{
		{"an exact line", exactly, nil, []string{"stroke-dasharray", "-hatch)", "gap: unknown", "ring:"}},
		{"a line", sampleLine(), []string{"stroke-dasharray", "fill-opacity", "dashed: not exact", "gap: unknown", "band: between"}, []string{"-hatch)"}},
		{"an area", sampleArea(), []string{"-hatch)", "hatched: not exact"}, []string{"gap: unknown"}},
		{"bars", sampleBars(), []string{"-hatch)", "arrow: no upper bound", ">unknown<", ">3.1 MB+<", ">≤ 900 kB<", ">1.1–2.4 MB<"}, []string{"arrow: no lower"}},
		{"upright bars", sampleUpright(), []string{"-hatch)", "arrow: no upper bound", ">20+<"}, []string{"arrow: no lower"}},
		{"dots", sampleDots(), []string{"arrow: no upper bound", "arrow: no lower bound", "bar: between", ">unknown<", "ring:"}, []string{"-hatch)"}},
		{"a strip", sampleStrip(), []string{"-hatch)", ">unknown<", "corner: not exact", ">none<"}, []string{"dashed:"}},
		{"a spark", sampleSpark(), []string{"stroke-dasharray", "2 are lower bounds"}, []string{"<text"}},
		{"a treemap", sampleTreemap(), []string{"-hatch)", ">unknown<", "corner: not exact", "Not drawn: 1 of unknown size"}, []string{"dashed:"}},
	} {
		got := string(c.chart.SVG(Options{Form: svg.Light}))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: there is no %q", c.name, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(got, not) {
				t.Errorf("%s: there is %q", c.name, not)
			}
		}
	}
}
