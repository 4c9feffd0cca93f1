package chart

import (
	"assay/internal/chart/mark"
	"assay/internal/limit"
)

// An Area is figures over time that lie one on top of the other, the first at the
// bottom. A figure that is unknown adds nothing, and a negative one is unknown.
type Area struct {
	Head

	// Periods are as those of a [Line].
	Periods []string
	Series  []Series
	Unit    Unit
}

func (a *Area) data() (periods, []Series) {
	p := periodsOf(a.Periods, limit.ChartPeriods)
	return p, serieses(lined(a.Series, len(a.Periods)), len(p.names), limit.ChartSeries, Value.positive)
}

// SVG is the chart, written.
func (a *Area) SVG(o Options) []byte { return render(a, o) }

// Table is the figures: a row for each period.
func (a *Area) Table() Table {
	p, all := a.data()
	return overTime(p.names, all, a.Unit)
}

// Alt says what the areas show.
func (a *Area) Alt() string {
	p, all := a.data()
	return inTime("Stacked area chart", &p, all, a.Unit) + omitted(a.Series, a.Periods)
}

// Picture draws the areas.
func (a *Area) Picture(o Options) *mark.Picture {
	c := newCanvas(a.Head, o)
	p, all := a.data()
	sums := stacked(all, len(p.names))
	high := 0.0
	for _, v := range sums[len(sums)-1] {
		high = max(high, v)
	}
	height := o.height(c.usual(220, 300))
	plot := newPlot(c, axisOf(0, high, int(height/50), a.Unit), a.Unit, height, c.room(all))
	plot.x, plot.points = p.scale(plot.left, plot.right), limit.ChartPoints/max(len(all), 1)
	places := make([]float64, len(all))
	for i, s := range all {
		places[i] = plot.layer(&p, s, colour(all, i), sums[i], sums[i+1])
	}
	plot.names(all, places)
	plot.below(p.ticks(plot.x), true)
	return c.picture(a.Alt())
}

// stacked gives the sums of the series below the first, the second and so on, up to
// that of all.
func stacked(all []Series, n int) [][]float64 {
	sums := make([][]float64, len(all)+1)
	sums[0] = make([]float64, n)
	for i, s := range all {
		sums[i+1] = make([]float64, n)
		for j, v := range s.Values {
			sums[i+1][j] = sums[i][j] + v.Mid
		}
	}
	return sums
}

// layer draws one series, from the sums below it to those with it, and gives the
// height of its middle at the end.
func (p *plot) layer(t *periods, s Series, colour mark.Colour, below, above []float64) float64 {
	n := len(s.Values)
	if n == 0 {
		return p.bottom
	}
	lower, upper := make([]mark.Point, 0, n), make([]mark.Point, 0, n)
	values := make([]Value, 0, n)
	for _, i := range p.shown(t, s.Values) {
		x := p.x.at(t.at[i])
		lower = append(lower, mark.Point{X: x, Y: p.y.at(below[i])})
		upper = append(upper, mark.Point{X: x, Y: p.y.at(above[i])})
		values = append(values, s.Values[i])
	}
	if len(values) == 1 { // one period alone is a column
		lower, upper = widened(lower[0]), widened(upper[0])
		values = append(values, values[0])
	}
	g := canvas{}
	g.add(outline(upper, lower, mark.Style{Fill: colour}))
	p.hatch(&g, values, lower, upper, colour)
	g.add(mark.Path{Points: upper, Style: mark.Style{Stroke: mark.Paper, Width: 1}})
	p.add(mark.Group{Title: s.Name, Marks: g.marks})
	return round((upper[len(upper)-1].Y + lower[len(lower)-1].Y) / 2)
}

func widened(at mark.Point) []mark.Point {
	return []mark.Point{{X: at.X - 3, Y: at.Y}, {X: at.X + 3, Y: at.Y}}
}

// hatch hatches the parts of a layer that are not exact.
func (p *plot) hatch(g *canvas, values []Value, lower, upper []mark.Point, colour mark.Colour) {
	loose := func(i int) bool { return values[i].State != Exact || values[i+1].State != Exact }
	for from := 0; from+1 < len(values); from++ {
		if !loose(from) {
			continue
		}
		to := from + 1
		for to+1 < len(values) && loose(to) {
			to++
		}
		p.sees(hatchedBound)
		g.add(outline(upper[from:to+1], lower[from:to+1], mark.Style{Fill: colour, Hatch: true}))
		from = to - 1
	}
}
