package chart

import (
	"slices"

	"assay/internal/chart/mark"
)

// A plot is the part of a picture with an axis of figures at the left and one of
// periods below.
type plot struct {
	*canvas

	left, right, top, bottom float64
	x, y                     scale
	axis                     axis
	points                   int // that are drawn of a series
}

// newPlot lays a plot out, with room at the right for names, and draws its grid.
func newPlot(c *canvas, a axis, u Unit, height, names float64) *plot {
	p := &plot{canvas: c, axis: a}
	p.top = c.y + 10
	p.bottom = p.top + height
	wide := 0.0
	for _, t := range a.ticks {
		wide = max(wide, textWidth(u.Short(t), sizeLabel))
	}
	p.left = round(c.margin() + wide + 8)
	p.right = round(c.w - c.margin() - max(names, 6))
	p.right = max(p.right, p.left+8)
	p.y = scale{a.low, a.high, p.bottom, p.top}
	p.x = scale{from: p.left, to: p.right}
	for _, t := range a.ticks {
		y := p.y.at(t)
		p.line(p.left, y, p.right, y, mark.Style{Stroke: ground(t), Width: 1})
		p.text(mark.Text{X: p.left - 8, Y: y + 4, Anchor: mark.End, Fill: mark.Muted, Text: u.Short(t)})
	}
	c.y = p.bottom
	return p
}

// ground is the colour of the line at a figure: figures stand on that at zero.
func ground(t float64) mark.Colour {
	if t == 0 {
		return mark.Axis
	}
	return mark.Grid
}

// below draws the axis of periods.
func (p *plot) below(ticks []tick, marked bool) {
	for _, t := range ticks {
		x := p.x.at(t.at)
		if marked {
			p.line(x, p.bottom, x, p.bottom+4, mark.Style{Stroke: mark.Axis, Width: 1})
		}
		p.centred(x, p.bottom+18, t.text)
	}
	p.canvas.y = p.bottom + 22
}

// centred draws a text around x, or as near to it as the picture allows.
func (c *canvas) centred(x, y float64, s string) {
	half := textWidth(s, sizeLabel) / 2
	t := mark.Text{X: x, Y: y, Anchor: mark.Middle, Fill: mark.Muted, Text: s}
	switch {
	case x-half < 1:
		t.X, t.Anchor = 1, mark.Start
	case x+half > c.w-1:
		t.X, t.Anchor = c.w-1, mark.End
	}
	c.text(t)
}

// room is how much room the names of series take beside a plot.
func (c *canvas) room(all []Series) float64 {
	if len(all) < 2 {
		return 0
	}
	wide, most := 0.0, round(float64(c.w*0.28))
	for _, s := range all {
		wide = max(wide, textWidth(s.Name, sizeLabel))
	}
	return round(min(wide, most)) + leader
}

// leader is how long the lines are that lead from a series to its name.
const leader = 18

// colour is the colour of the i-th of the series.
func colour(all []Series, i int) mark.Colour {
	if all[i].Other {
		return mark.Grey
	}
	return mark.Series(i)
}

// names writes the names of series beside the plot, each as near to its place as the
// others allow. Where not all have room, the first ones have. A place that is no number
// has no name.
func (p *plot) names(all []Series, places []float64) {
	if len(all) < 2 {
		return
	}
	const gap = 15
	var which []int
	for i := range all {
		if places[i] == places[i] && float64(len(which)+1)*gap <= p.bottom-p.top+gap {
			which = append(which, i)
		}
	}
	slices.SortStableFunc(which, func(a, b int) int { return compare(places[a], places[b]) })
	wanted := make([]float64, len(which))
	for k, i := range which {
		wanted[k] = places[i]
	}
	for k, y := range apart(wanted, gap, p.top, p.bottom) {
		i := which[k]
		p.name(all[i], colour(all, i), places[i], y)
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// name writes one name, with a line from the place of the series.
func (p *plot) name(s Series, c mark.Colour, from, y float64) {
	p.add(mark.Path{
		Points: []mark.Point{{X: p.right + 3, Y: from}, {X: p.right + 7, Y: from}, {X: p.right + 11, Y: y}, {X: p.right + 14, Y: y}},
		Style:  mark.Style{Stroke: c, Width: 1.5},
	})
	text := mark.Text{
		X: p.right + leader, Y: y + 4, Size: sizeLabel, Fill: mark.Ink,
		Text: fit(s.Name, sizeLabel, p.w-p.margin()-p.right-leader),
	}
	if text.Text == "" {
		return
	}
	if text.Text == s.Name && s.Href == "" {
		p.add(text)
		return
	}
	p.add(mark.Group{Title: s.Name, Href: s.Href, Marks: []mark.Mark{text}})
}

// apart moves places, which are in order, so that gap lies between each two, within
// bounds if they allow it.
func apart(places []float64, gap, top, bottom float64) []float64 {
	out := slices.Clone(places)
	for i := range out {
		out[i] = max(out[i], top)
		if i > 0 {
			out[i] = max(out[i], out[i-1]+gap)
		}
	}
	for i, limit := len(out)-1, bottom; i >= 0; i, limit = i-1, limit-gap {
		out[i] = round(min(out[i], limit))
	}
	return out
}
