package plot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"assay/internal/chart"
	"assay/internal/finding/usage"
)

// A Composition is the bytes of languages at several times. Use NewComposition.
type Composition struct {
	bytes map[string]map[string]int64 // by period and language
	open  map[string]bool             // periods of which not all was read
}

// NewComposition begins one.
func NewComposition() *Composition {
	return &Composition{map[string]map[string]int64{}, map[string]bool{}}
}

// Add adds bytes of a language in a period, such as 2024 or 2024-03. They are exact
// where all was read.
func (c *Composition) Add(period, language string, bytes int64, exact bool) {
	if c.bytes[period] == nil {
		c.bytes[period] = map[string]int64{}
	}
	c.bytes[period][language] += bytes
	c.open[period] = c.open[period] || !exact
}

// Yearly is the languages of a project at the ends of years.
func Yearly(t *usage.Trend) *Composition {
	c := NewComposition()
	for i := range t.Years {
		y := &t.Years[i]
		for _, l := range y.Languages {
			c.Add(strconv.Itoa(y.Year), l.Language, l.Bytes, whole(t) && gaps(t, y.Year) == 0)
		}
	}
	return c
}

// whole reports whether the history of all repositories of a project is known.
func whole(t *usage.Trend) bool { return t.Missing.IsZero() && t.Repositories == t.Of }

// gaps counts the files that were missing at the end of a year.
func gaps(t *usage.Trend, year int) int {
	missing := 0
	for i := range t.Points { // the last of the year is its end
		if p := &t.Points[i]; p.Month[:min(len(p.Month), len("2006"))] == strconv.Itoa(year) {
			missing = p.Missing
		}
	}
	return missing
}

// named is how many languages of a project are drawn by name.
const named = 6

// Languages is the languages of a project through time: the largest by name, and the
// others together. The words say at which times.
func (f *Frame) Languages(project, when string, c *Composition) *chart.Area {
	if len(c.bytes) < 2 {
		return nil
	}
	a := &chart.Area{Head: f.Head("Languages of "+project+" through time", "counted bytes"+when), Unit: chart.Bytes, Periods: slices.Sorted(maps.Keys(c.bytes))}
	names, others := c.largest()
	for _, name := range names {
		a.Series = append(a.Series, chart.Series{Name: name})
	}
	if others {
		a.Series = append(a.Series, chart.Series{Name: "others", Other: true})
	}
	for _, period := range a.Periods {
		rest := int64(0)
		for _, n := range c.bytes[period] {
			rest += n
		}
		for i, name := range names {
			n := c.bytes[period][name]
			rest -= n
			a.Series[i].Values = append(a.Series[i].Values, In(n, !c.open[period]))
		}
		if others {
			a.Series[len(names)].Values = append(a.Series[len(names)].Values, In(rest, !c.open[period]))
		}
	}
	return a
}

// largest are the languages with most bytes over all times, in their order, and whether
// there are others.
func (c *Composition) largest() (names []string, others bool) {
	total := map[string]int64{}
	for _, by := range c.bytes {
		for language, n := range by {
			total[language] += n
		}
	}
	names = slices.Sorted(maps.Keys(total))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(total[b], total[a]) })
	return names[:min(len(names), named)], len(names) > named
}

// Share is the share of the language in a project at the ends of months.
func (f *Frame) Share(project string, t *usage.Trend) *chart.Line {
	l := &chart.Line{
		Head: f.Head(fmt.Sprintf("Share of %s in %s through time", f.Language, project), "of the counted bytes, at the end of each month"), Unit: chart.Share,
		Series: []chart.Series{{Name: f.Language}},
	}
	some := false
	for i := range t.Points {
		p := &t.Points[i]
		v := chart.Value{}
		if p.Share != nil {
			v, some = In(*p.Share, whole(t) && p.Missing == 0), some || *p.Share > 0
		}
		l.Periods, l.Series[0].Values = append(l.Periods, p.Month), append(l.Series[0].Values, v)
	}
	if !some || len(l.Periods) < 2 {
		return nil
	}
	return l
}
