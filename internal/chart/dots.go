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
	r := c.rowsOf(names, []Series{{Values: values}}, d.Unit)
	low, high, _ := extent(values)
	a := axisOf(low, high, int((r.right-r.left)/90), d.Unit)
	r.x = scale{a.low, a.high, r.left + 4, r.right}
	const row = 24
	top := c.y + 18
	bottom := top + float64(row*float64(len(names)))
	d.grid(c, r, a, top, bottom)
	c.y = top
	for i, name := range names {
		middle := c.y + row/2
		c.rowName(r, name, link(d.Rows[i].Href), middle+4)
		c.line(r.left, middle, r.right, middle, mark.Style{Stroke: mark.Grid, Width: 1})
		d.dot(c, r, values[i], middle)
		c.y += row
	}
	c.y += 8
	return c.picture(d.Alt())
}

// grid draws the axis of figures above the rows, and lines down from it.
func (d *Dots) grid(c *canvas, r rows, a axis, top, bottom float64) {
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
	for i, t := range a.ticks {
		x := r.x.at(t)
		c.line(x, top, x, bottom, mark.Style{Stroke: ground(t), Width: 1})
		if i%every == 0 {
			c.centred(x, top-6, texts[i])
		}
	}
}

// dot draws one figure and its range, and writes it at the right edge.
func (d *Dots) dot(c *canvas, r rows, v Value, y float64) {
	label := mark.Text{X: c.w - c.margin(), Y: y + 4, Anchor: mark.End, Fill: mark.Ink, Text: d.Unit.brief(v)}
	first := mark.Series(0)
	if !v.known() {
		label.Fill = mark.Muted
		c.text(label)
		return
	}
	c.text(label)
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
