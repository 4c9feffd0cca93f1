package chart

import (
	"assay/internal/chart/mark"
	"assay/internal/limit"
)

// Dots shows figures with what is known of them: a dot is the figure, a bar leads from
// its lower bound to its upper one.
type Dots struct {
	Head

	Rows []Dot
	Unit Unit
}

// A Dot is a row.
type Dot struct {
	Name  string
	Value Value
	// Href is where the name leads to, if anywhere.
	Href string
}

func (d *Dots) data() ([]string, []Value) {
	n := min(len(d.Rows), limit.ChartDots)
	names, values := make([]string, n), make([]Value, n)
	for i, row := range d.Rows[:n] {
		names[i], values[i] = Label(row.Name), row.Value.clean()
	}
	return names, values
}

// SVG is the chart, written.
func (d *Dots) SVG(o Options) []byte { return render(d, o) }

// Table is the figures: a row for each.
func (d *Dots) Table() Table {
	names, values := d.data()
	t := Table{Head: []string{"name", "figure"}}
	for i, name := range names {
		t.Rows = append(t.Rows, []Cell{word(name), figure(d.Unit, values[i])})
	}
	return t
}

// Alt says what the dots show.
func (d *Dots) Alt() string {
	names, values := d.data()
	if len(names) == 0 {
		return "Dots with ranges. There are no figures."
	}
	var t tally
	t.add(values...)
	name := func(i int) string { return told(names[i]) }
	return "Dots with ranges, of " + amount(len(names), "name") + ": " + extremes(values, name, d.Unit) + ". " + t.sentence() +
		left(len(d.Rows)-len(names), "more names")
}

// Picture draws the dots.
func (d *Dots) Picture(o Options) *mark.Picture {
	c := newCanvas(d.Head, o)
	names, values := d.data()
	r, height := c.rowsOf(names, []Series{{Values: values}}, d.Unit), 24.0
	if c.narrow { // names stand above the dots, which have all of the width
		r = rows{names: (c.w - 2*c.margin()) * 0.6, left: c.margin(), right: c.w - c.margin() - arrowRoom}
		height = 40
	}
	low, high, _ := extent(values)
	a := axisOf(low, high, int((r.right-r.left)/90), d.Unit)
	r.x = scale{a.low, a.high, r.left + 4, r.right}
	top := c.y + 18
	d.ticks(c, r, a, top-6)
	c.y = top
	for i, name := range names {
		d.grid(c, r, a, height)
		d.row(c, r, name, i, values[i])
		c.y += height
	}
	c.y += 8
	return c.picture(d.Alt())
}

// row draws a row: its name, its figure, and its dot.
func (d *Dots) row(c *canvas, r rows, name string, i int, v Value) {
	href := link(d.Rows[i].Href)
	y := c.y + 12
	text := y + 4
	if c.narrow {
		y = c.y + 27
		text = c.y + 16
		c.linked(mark.Text{X: c.margin(), Y: text, Text: fit(name, sizeLabel, r.names)}, name, href)
	} else {
		c.rowName(r, name, href, text)
	}
	figure := mark.Text{X: c.w - c.margin(), Y: text, Anchor: mark.End, Fill: mark.Ink, Text: d.Unit.brief(v)}
	if !v.known() {
		figure.Fill = mark.Muted
		c.text(figure)
		return
	}
	c.text(figure)
	d.dot(c, r, v, y)
}

// ticks writes the figures of the axis above the rows, as many as have room.
func (d *Dots) ticks(c *canvas, r rows, a axis, y float64) {
	texts := make([]string, len(a.ticks))
	wide := 0.0
	for i, t := range a.ticks {
		texts[i] = d.Unit.Short(t)
		wide = max(wide, textWidth(texts[i], sizeLabel))
	}
	every := 1
	for len(texts) > 1 && float64(every)*(r.x.to-r.x.from) < float64((wide+8)*float64(len(texts)-1)) && every < len(texts) {
		every++
	}
	for i := 0; i < len(texts); i += every {
		c.centred(r.x.at(a.ticks[i]), y, texts[i])
	}
}

// grid draws the lines of a row: one across, and one down for each figure of the axis,
// which is short where it would go through a name.
func (d *Dots) grid(c *canvas, r rows, a axis, height float64) {
	across, from, to := c.y+12, c.y, c.y+height
	if c.narrow {
		across = c.y + 27
		from, to = across-4, across+4
	}
	for _, t := range a.ticks {
		x := r.x.at(t)
		c.line(x, from, x, to, mark.Style{Stroke: ground(t), Width: 1})
	}
	c.line(r.left, across, r.right, across, mark.Style{Stroke: mark.Grid, Width: 1})
}

// dot draws one figure and its range.
func (d *Dots) dot(c *canvas, r rows, v Value, y float64) {
	first := mark.Series(0)
	if low, high := r.x.at(v.Low), r.x.at(v.High); high > low {
		c.sees(barRange)
		c.add(mark.Rect{X: low, Y: y - 2.5, W: round(high - low), H: 5, Style: mark.Style{Fill: first, Faint: true}})
	}
	at := r.x.at(v.Mid)
	switch v.State {
	case AtLeast:
		c.arrow(at, r.right+arrowRoom-4, y, first)
		c.sees(arrowMore)
	case AtMost:
		c.arrow(at, max(r.left+4, at-24), y, first)
		c.sees(arrowLess)
	}
	dot := c.dot(spot{mark.Point{X: at, Y: y}, v}, first)
	dot.R = 4.5
	c.add(dot)
}
