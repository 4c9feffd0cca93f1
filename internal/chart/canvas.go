package chart

import (
	"slices"

	"assay/internal/chart/mark"
)

// A canvas is a picture that is being drawn, from the top to the bottom.
type canvas struct {
	head   Head
	o      Options
	w      float64
	y      float64 // where the next thing begins
	marks  []mark.Mark
	signs  []sign
	narrow bool
}

// newCanvas begins a picture: with its heading, where one is asked for.
func newCanvas(h Head, o Options) *canvas {
	c := &canvas{head: h, o: o, w: o.width(leastWidth)}
	c.narrow = c.w < narrowBelow
	if !o.Heading {
		c.y = 6
		return c
	}
	c.y = 10
	c.lines(Label(h.Title), sizeTitle, mark.Ink, 3)
	c.lines(Label(h.Subtitle), sizeSubtitle, mark.Muted, 2)
	c.y += 8
	return c
}

// lines writes a text over the whole width.
func (c *canvas) lines(s string, size float64, colour mark.Colour, most int) {
	margin := c.margin()
	for _, line := range wrap(s, size*wider(size), c.w-2*margin, most) {
		c.y += size + 4
		c.add(mark.Text{X: margin, Y: c.y - 2, Size: size, Bold: size == sizeTitle, Fill: colour, Text: line})
	}
}

// wider is how much wider the letters of a size are: titles are bold.
func wider(size float64) float64 {
	if size == sizeTitle {
		return boldWider
	}
	return 1
}

// margin is what is left free at both sides: a page has margins of its own.
func (c *canvas) margin() float64 {
	if c.o.Heading {
		return 14
	}
	return 2
}

func (c *canvas) add(m ...mark.Mark) { c.marks = append(c.marks, m...) }

// text adds a text, if there is any: as much of it as lies within the picture.
func (c *canvas) text(t mark.Text) {
	if t.Size == 0 {
		t.Size = sizeLabel
	}
	t.X, t.Y = round(t.X), round(t.Y)
	room := c.w - t.X
	switch t.Anchor {
	case mark.Middle:
		room = 2 * min(t.X, c.w-t.X)
	case mark.End:
		room = t.X
	}
	if t.Text = fit(t.Text, t.Size, room); t.Text == "" {
		return
	}
	c.marks = append(c.marks, t)
}

// line adds a straight line.
func (c *canvas) line(x1, y1, x2, y2 float64, s mark.Style) {
	c.marks = append(c.marks, mark.Path{Points: []mark.Point{{X: x1, Y: y1}, {X: x2, Y: y2}}, Style: s})
}

// picture ends the picture: signs that need a word, the note, what it shows.
func (c *canvas) picture(alt string) *mark.Picture {
	c.legend()
	if c.o.Heading {
		c.y += 4
		c.lines(Label(c.head.Note), sizeSmall, mark.Muted, 2)
		c.y += 6
	}
	title := Label(c.head.Title)
	if title == "" {
		title = "Chart"
	}
	return &mark.Picture{W: c.w, H: round(c.y + 4), Title: title, Desc: alt, Marks: c.marks}
}

// A sign is a sign that a reader may not know, and what it means.
type sign uint8

const (
	dashedBound sign = iota
	hatchedBound
	hatchedRange
	bandRange
	arrowMore
	arrowLess
	barRange
	ringBound
	gapUnknown
	cellNone
	cellUnknown
	cornerBound
)

// sees notes that a sign stands in the picture.
func (c *canvas) sees(s sign) {
	if !slices.Contains(c.signs, s) {
		c.signs = append(c.signs, s)
	}
}

// meanings are the words for the signs.
var meanings = [...]string{
	dashedBound:  "dashed: not exact",
	hatchedBound: "hatched: not exact",
	hatchedRange: "hatched: possible, not certain",
	bandRange:    "band: between the bounds",
	arrowMore:    "arrow: no upper bound",
	arrowLess:    "arrow: no lower bound",
	barRange:     "bar: between the bounds",
	ringBound:    "ring: not exact",
	gapUnknown:   "gap: unknown",
	cellNone:     "none",
	cellUnknown:  "unknown",
	cornerBound:  "corner: not exact",
}

// legend explains the signs that were seen, in lines at the foot.
func (c *canvas) legend() {
	const sample, gap = 26, 18
	x := c.margin()
	if len(c.signs) > 0 {
		c.y += 20
	}
	for s := range sign(len(meanings)) {
		if !slices.Contains(c.signs, s) {
			continue
		}
		text := fit(meanings[s], sizeSmall, c.w-2*c.margin()-sample)
		width := sample + textWidth(text, sizeSmall)
		if x > c.margin() && x+width > c.w-c.margin() {
			x, c.y = c.margin(), c.y+17
		}
		c.sample(s, x, c.y-4)
		c.text(mark.Text{X: x + sample, Y: c.y, Size: sizeSmall, Fill: mark.Muted, Text: text})
		x += width + gap
	}
}

// sample draws a sign as it stands in the picture, its middle at y.
func (c *canvas) sample(s sign, x, y float64) {
	box := mark.Rect{X: x, Y: y - 5, W: 20, H: 10}
	muted := mark.Style{Stroke: mark.Muted, Width: 2}
	switch s {
	case dashedBound:
		c.line(x, y, x+20, y, mark.Style{Stroke: mark.Muted, Width: 2, Dash: true})
	case hatchedBound, hatchedRange:
		box.Style = mark.Style{Fill: mark.Muted, Hatch: true}
		c.add(box)
	case bandRange:
		box.Style = mark.Style{Fill: mark.Muted, Faint: true}
		c.add(box)
	case arrowMore:
		c.arrow(x, x+18, y, mark.Muted)
	case arrowLess:
		c.arrow(x+18, x, y, mark.Muted)
	case barRange:
		c.line(x, y, x+20, y, mark.Style{Stroke: mark.Muted, Width: 5})
	case ringBound:
		c.add(mark.Circle{X: x + 10, Y: y, R: 4, Style: mark.Style{Fill: mark.Paper, Stroke: mark.Muted, Width: 2}})
	case gapUnknown:
		c.line(x, y, x+6, y, muted)
		c.line(x+14, y, x+20, y, muted)
	case cornerBound:
		box.Style = mark.Style{Fill: mark.Step(2)}
		c.add(box, corner(boxOf(box), 7, mark.OnStep(2)))
	case cellNone:
		box.Style = mark.Style{Fill: mark.Empty, Stroke: mark.Grid, Width: 1}
		c.add(box)
	case cellUnknown:
		box.Style = mark.Style{Fill: mark.Void, Hatch: true, Stroke: mark.Axis, Width: 1}
		c.add(box)
	}
}

// arrow draws a line that breaks off in an arrow, to the right or to the left.
func (c *canvas) arrow(from, to, y float64, colour mark.Colour) {
	back := to - 5
	if to < from {
		back = to + 5
	}
	c.line(from, y, to, y, mark.Style{Stroke: colour, Width: 2, Dash: true})
	c.add(mark.Path{
		Points: []mark.Point{{X: round(back), Y: round(y - 4)}, {X: to, Y: y}, {X: round(back), Y: round(y + 4)}},
		Style:  mark.Style{Stroke: colour, Width: 2},
	})
}
