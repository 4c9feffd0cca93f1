package chart

import (
	"math"
	"slices"

	"assay/internal/chart/mark"
	"assay/internal/limit"
)

// A Line is figures over time, a line for each series.
type Line struct {
	Head

	// Periods are the times of the figures: 2024, 2024-03 or 2024-03-31, one after the
	// other. Others are names in a row.
	Periods []string
	Series  []Series
	Unit    Unit
}

func (l *Line) data() (periods, []Series) {
	p := periodsOf(l.Periods, limit.ChartPeriods)
	return p, serieses(lined(l.Series, len(l.Periods)), len(p.names), limit.ChartSeries, Value.clean)
}

// lined gives series that have a value for each of n periods: what is missing at
// the end is unknown, what is too much is dropped.
func lined(all []Series, n int) []Series {
	out := make([]Series, len(all))
	for i, s := range all {
		s.Values = append(make([]Value, 0, n), s.Values[:min(len(s.Values), n)]...)[:n]
		out[i] = s
	}
	return out
}

// SVG is the chart, written.
func (l *Line) SVG(o Options) []byte { return render(l, o) }

// Table is the figures: a row for each period.
func (l *Line) Table() Table {
	p, all := l.data()
	return overTime(p.names, all, l.Unit)
}

// Alt says what the lines show.
func (l *Line) Alt() string {
	p, all := l.data()
	return inTime("Line chart", &p, all, l.Unit) + omitted(l.Series, l.Periods)
}

// omitted says what is too much to be drawn.
func omitted(all []Series, names []string) string {
	return left(len(all)-limit.ChartSeries, "more series") + left(len(names)-limit.ChartPeriods, "earlier periods")
}

// Picture draws the lines.
func (l *Line) Picture(o Options) *mark.Picture {
	c := newCanvas(l.Head, o)
	p, all := l.data()
	low, high, _ := extent(valuesOf(all)...)
	height := o.height(c.usual(220, 300))
	plot := newPlot(c, axisOf(low, high, int(height/50), l.Unit), l.Unit, height, c.room(all))
	plot.x, plot.points = p.scale(plot.left, plot.right), limit.ChartPoints/max(len(all), 1)
	places := make([]float64, len(all))
	for i := len(all) - 1; i >= 0; i-- { // the first one lies on top
		places[i] = plot.series(&p, all[i], colour(all, i))
	}
	plot.names(all, places)
	plot.below(p.ticks(plot.x), true)
	return c.picture(l.Alt())
}

// usual is the first of two sizes on a narrow picture, and the second on a wide one.
func (c *canvas) usual(narrow, wide float64) float64 {
	if c.narrow {
		return narrow
	}
	return wide
}

// valuesOf gives the values of all series.
func valuesOf(all []Series) [][]Value {
	out := make([][]Value, len(all))
	for i := range all {
		out[i] = all[i].Values
	}
	return out
}

// A spot is a figure at its place.
type spot struct {
	mark.Point

	value Value
}

// series draws one series, and gives the height at which it ends; that is no number
// where nothing is known.
func (p *plot) series(t *periods, s Series, colour mark.Colour) float64 {
	end := math.NaN()
	g := canvas{}
	runs := p.runs(t, s.Values)
	for i, run := range runs {
		p.band(&g, run, colour)
		p.stroke(&g, run, colour, i == len(runs)-1)
		end = run[len(run)-1].Y
	}
	if len(g.marks) > 0 {
		p.add(mark.Group{Title: s.Name, Marks: g.marks})
	}
	return end
}

// runs gives the known figures at their places, parted by unknown ones.
func (p *plot) runs(t *periods, values []Value) [][]spot {
	var all [][]spot
	var run []spot
	for _, i := range p.shown(t, values) {
		v := values[i]
		if v.known() {
			run = append(run, spot{mark.Point{X: p.x.at(t.at[i]), Y: p.y.at(v.Mid)}, v})
			continue
		}
		p.sees(gapUnknown)
		if len(run) > 0 {
			all, run = append(all, run), nil
		}
	}
	if len(run) > 0 {
		all = append(all, run)
	}
	return all
}

// shown chooses the figures that make a difference. Where there are too many, these are
// the first, last, least and most of every so many pixels, and one that is a bound or
// unknown.
func (p *plot) shown(t *periods, values []Value) []int {
	all := make([]int, 0, len(values))
	if len(values) <= p.points {
		for i := range values {
			all = append(all, i)
		}
		return all
	}
	pixels := (p.right - p.left) / float64(max(p.points/kept, 1))
	slot := func(i int) int { return int((p.x.at(t.at[i]) - p.left) / pixels) }
	for i := 0; i < len(values); {
		next := i
		for next < len(values) && slot(next) == slot(i) {
			next++
		}
		all = append(all, chosen(values, i, next)...)
		i = next
	}
	return all
}

// kept is how many figures are chosen of many, at most.
const kept = 6

// chosen gives those from one place to another that make a difference, in order.
func chosen(values []Value, from, to int) []int {
	keep := [kept]int{from, to - 1, -1, -1, -1, -1} // first, last, least, most, bound, unknown
	for i := from; i < to; i++ {
		v := values[i]
		switch {
		case !v.known():
			keep[5] = i
			continue
		case v.bound():
			keep[4] = i
		}
		if keep[2] < 0 || v.Mid < values[keep[2]].Mid {
			keep[2] = i
		}
		if keep[3] < 0 || v.Mid > values[keep[3]].Mid {
			keep[3] = i
		}
	}
	var all []int
	for i := from; i < to; i++ {
		for _, k := range keep {
			if k == i {
				all = append(all, i)
				break
			}
		}
	}
	return all
}

// band draws the ranges around the figures of a run, if there are any.
func (p *plot) band(g *canvas, run []spot, colour mark.Colour) {
	there := false
	var upper, lower []mark.Point
	for _, s := range run {
		there = there || s.value.Low < s.value.High
		upper = append(upper, mark.Point{X: s.X, Y: p.y.at(s.value.High)})
		lower = append(lower, mark.Point{X: s.X, Y: p.y.at(s.value.Low)})
	}
	if !there {
		return
	}
	p.sees(bandRange)
	if len(run) == 1 {
		g.line(upper[0].X, upper[0].Y, lower[0].X, lower[0].Y, mark.Style{Stroke: colour, Width: 1})
		return
	}
	g.add(outline(upper, lower, mark.Style{Fill: colour, Faint: true}))
}

// outline is the area between two lines.
func outline(upper, lower []mark.Point, s mark.Style) mark.Path {
	points := append(make([]mark.Point, 0, len(upper)+len(lower)), upper...)
	for _, p := range slices.Backward(lower) {
		points = append(points, p)
	}
	return mark.Path{Points: points, Closed: true, Style: s}
}

// stroke draws the line of a run: dashed to and from what is not exact. The last
// figure of all is a dot, and one that stands alone; a ring where it is not exact.
func (p *plot) stroke(g *canvas, run []spot, colour mark.Colour, closing bool) {
	for from := 0; from+1 < len(run); {
		to := from + 1
		dash := loose(run[from], run[to])
		for to+1 < len(run) && loose(run[to], run[to+1]) == dash {
			to++
		}
		points := make([]mark.Point, 0, to-from+1)
		for _, s := range run[from : to+1] {
			points = append(points, s.Point)
		}
		if dash {
			p.sees(dashedBound)
		}
		g.add(mark.Path{Points: points, Style: mark.Style{Stroke: colour, Width: 2, Dash: dash}})
		from = to
	}
	if end := run[len(run)-1]; closing || len(run) == 1 {
		g.add(p.dot(end, colour))
	}
}

// loose reports whether the line between two figures is not exact.
func loose(a, b spot) bool { return a.value.bound() || b.value.bound() }

// dot is the mark of one figure.
func (c *canvas) dot(s spot, colour mark.Colour) mark.Circle {
	if !s.value.bound() {
		return mark.Circle{X: s.X, Y: s.Y, R: 3, Style: mark.Style{Fill: colour}}
	}
	c.sees(ringBound)
	return mark.Circle{X: s.X, Y: s.Y, R: 3, Style: mark.Style{Fill: mark.Paper, Stroke: colour, Width: 1.5}}
}
