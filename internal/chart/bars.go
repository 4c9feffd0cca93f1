package chart

import (
	"assay/internal/chart/mark"
	"assay/internal/limit"
)

// Bars compares figures: a bar for each name, or one for each series and name.
type Bars struct {
	Head

	// Names are what the figures are of. Links are where they lead to, if anywhere.
	Names  []string
	Links  []string
	Series []Series
	Unit   Unit
	// Upright bars stand side by side: for a few short names, or periods. Others
	// lie below one another, and have room for long names.
	Upright bool
}

// data gives what is drawn: as many names as there may be bars, and the values.
func (b *Bars) data() ([]string, []Series) {
	n := min(len(b.Series), limit.ChartSeries)
	shown := b.Names[:min(len(b.Names), limit.ChartBars/max(n, 1))]
	names := make([]string, len(shown))
	for i, name := range shown {
		names[i] = Label(name)
	}
	all := make([]Series, n)
	for i, s := range b.Series[:n] {
		s.Values = s.Values[:min(len(s.Values), len(shown))]
		all[i] = s
	}
	return names, serieses(all, len(names), limit.ChartSeries, Value.clean)
}

// SVG is the chart, written.
func (b *Bars) SVG(o Options) []byte { return render(b, o) }

// Table is the figures: a row for each name.
func (b *Bars) Table() Table {
	names, all := b.data()
	t := overTime(names, all, b.Unit)
	t.Head[0] = "name"
	return t
}

// Alt says what the bars show.
func (b *Bars) Alt() string {
	names, all := b.data()
	if len(names) == 0 || len(all) == 0 {
		return "Bar chart. There are no figures."
	}
	var t tally
	figures := make([]Value, 0, len(names)*len(all))
	for _, s := range all {
		t.add(s.Values...)
		figures = append(figures, s.Values...)
	}
	name := func(i int) string {
		if len(all) == 1 {
			return told(names[i])
		}
		return told(names[i%len(names)]) + " (" + told(all[i/len(names)].Name) + ")"
	}
	return "Bar chart of " + amount(len(names), "name") + ": " + extremes(figures, name, b.Unit) + ". " + t.sentence() +
		left(len(b.Names)-len(names), "more names") + left(len(b.Series)-len(all), "more series")
}

// Picture draws the bars.
func (b *Bars) Picture(o Options) *mark.Picture {
	c := newCanvas(b.Head, o)
	names, all := b.data()
	if len(all) > 1 {
		c.key(all)
	}
	if b.Upright {
		b.stand(c, names, all)
	} else {
		b.lie(c, names, all)
	}
	return c.picture(b.Alt())
}

// key names the series above the bars, in their order.
func (c *canvas) key(all []Series) {
	const box, gap = 15, 16
	x := c.margin()
	c.y += 14
	for i, s := range all {
		name := fit(s.Name, sizeLabel, c.w-2*c.margin()-box)
		width := box + textWidth(name, sizeLabel)
		if x > c.margin() && x+width > c.w-c.margin() {
			x, c.y = c.margin(), c.y+18
		}
		c.add(mark.Group{Title: s.Name, Marks: []mark.Mark{
			mark.Rect{X: round(x), Y: c.y - 10, W: 10, H: 10, Style: mark.Style{Fill: colour(all, i)}},
			mark.Text{X: round(x + box), Y: c.y, Size: sizeLabel, Fill: mark.Ink, Text: name},
		}})
		x += width + gap
	}
	c.y += 10
}

// lie draws bars that lie below one another.
func (b *Bars) lie(c *canvas, names []string, all []Series) {
	bar, gap := 18.0, 8.0
	if len(all) > 1 {
		bar, gap = 14, 10
	}
	r := c.rowsOf(names, all, b.Unit)
	low, high, _ := extent(valuesOf(all)...)
	r.x = scale{min(low, 0), max(high, 0), r.left, r.right}
	if low >= 0 {
		r.x.to = b.reach(r, all, high)
	}
	l := lying{c, r.x, b.Unit, bar}
	top := c.y
	for i, name := range names {
		c.y += gap
		height := float64(bar * float64(max(len(all), 1)))
		c.rowName(r, name, at(b.Links, i), c.y+height/2+4)
		for j := range all {
			l.bar(all[j].Values[i], colour(all, j), c.y)
			c.y += bar
		}
	}
	if len(names) > 0 {
		zero := r.x.at(0)
		c.line(zero, top+4, zero, c.y+4, mark.Style{Stroke: mark.Axis, Width: 1})
	}
	c.y += 8
}

// reach is how far to the right the longest bar may lead, so that every figure has
// room behind its own.
func (b *Bars) reach(r rows, all []Series, high float64) float64 {
	reach := r.edge - r.left
	for _, s := range all {
		for _, v := range s.Values {
			free := r.edge - r.left - 8 - textWidth(b.Unit.brief(v), sizeLabel)
			if v.State == AtLeast {
				free -= arrowRoom
			}
			if _, possible := v.sure(); possible > 0 && high > 0 {
				reach = min(reach, float64(free*(high/possible)))
			}
		}
	}
	return round(r.left + max(reach, 8))
}

// at is the i-th of all, or "" where there is none.
func at(all []string, i int) string {
	if i < len(all) {
		return link(all[i])
	}
	return ""
}

// A rows is how a chart of rows is laid out: names at the left, figures beside
// what is drawn.
type rows struct {
	names       float64 // the width of the names
	left, right float64 // of what is drawn
	edge        float64 // up to which figures may stand
	x           scale
}

// rowsOf gives names up to two fifths of the width, and figures what they need.
func (c *canvas) rowsOf(names []string, all []Series, u Unit) rows {
	var r rows
	for _, name := range names {
		r.names = max(r.names, textWidth(name, sizeLabel))
	}
	r.names = round(min(r.names, float64((c.w-2*c.margin())*c.usual(0.36, 0.4))))
	wide := 0.0
	for _, s := range all {
		for _, v := range s.Values {
			wide = max(wide, textWidth(u.brief(v), sizeLabel))
		}
	}
	r.left = round(c.margin() + r.names + 8)
	r.right = round(max(c.w-c.margin()-wide-12-arrowRoom, r.left+8))
	r.edge = c.w - c.margin()
	if low, _, ok := extent(valuesOf(all)...); ok && low < 0 {
		r.left = round(min(r.left+wide+12, r.right-8))
	}
	return r
}

// arrowRoom is how far an arrow leads beyond a bar.
const arrowRoom = 18

// rowName writes the name of a row, at the left of what is drawn.
func (c *canvas) rowName(r rows, name, href string, y float64) {
	at := mark.Text{X: r.left - 8, Y: y, Anchor: mark.End, Text: fit(name, sizeLabel, r.names+1)}
	if r.x.low < 0 { // bars may lead to the left, so the names stand at the edge
		at.X, at.Anchor = c.margin(), mark.Start
	}
	c.linked(at, name, href)
}

// linked writes as much of a name as has room; the rest is shown on demand.
func (c *canvas) linked(at mark.Text, name, href string) {
	at.X, at.Y, at.Size, at.Fill = round(at.X), round(at.Y), sizeLabel, mark.Ink
	switch {
	case at.Text == "":
	case at.Text == name && href == "":
		c.add(at)
	default:
		c.add(mark.Group{Title: name, Href: href, Marks: []mark.Mark{at}})
	}
}

// lying draws bars that lie.
type lying struct {
	*canvas

	x      scale
	unit   Unit
	height float64
}

// bar draws one bar with its figure. What is certain is full, what is possible
// hatched, and an arrow leads where there is no bound.
func (c *lying) bar(v Value, colour mark.Colour, y float64) {
	zero, middle := c.x.at(0), round(y+c.height/2)
	label := mark.Text{X: zero + 6, Y: middle + 4, Fill: mark.Ink, Text: c.unit.brief(v)}
	if !v.known() {
		label.Fill = mark.Muted
		c.text(label)
		return
	}
	sure, possible := v.sure()
	end := c.x.at(v.Mid)
	c.beam(zero, c.x.at(sure), y, mark.Style{Fill: colour})
	if possible != sure {
		c.beam(c.x.at(sure), c.x.at(possible), y, mark.Style{Fill: colour, Hatch: true})
		end = c.x.at(possible)
		c.sees(hatchedRange)
	}
	label.X = end + 6
	if v.State == AtLeast && v.Mid >= 0 {
		c.arrow(end, end+14, middle-1, colour)
		c.sees(arrowMore)
		label.X += 14
	}
	if v.Mid < 0 {
		label.X, label.Anchor = min(end, zero)-6, mark.End
	}
	c.text(label)
}

// sure parts a figure: up to where it is certain, and up to where it is possible.
func (v Value) sure() (sure, possible float64) {
	switch {
	case v.State == AtMost && v.High >= 0, v.State == Read:
		return 0, v.Mid
	case v.State == Between && v.Low >= 0:
		return v.Low, v.High
	case v.State == Between && v.High <= 0:
		return v.High, v.Low
	case v.State == Between:
		return v.Low, v.High
	}
	return v.Low, v.Mid
}

// beam draws a bar from one place to another, in either direction.
func (c *lying) beam(from, to, y float64, s mark.Style) {
	x, w := min(from, to), max(from, to)-min(from, to)
	if w == 0 {
		return
	}
	c.add(mark.Rect{X: x, Y: round(y), W: round(max(w, 0.5)), H: c.height - 2, Style: s})
}
