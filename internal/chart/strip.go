package chart

import (
	"strconv"

	"assay/internal/chart/mark"
	"assay/internal/limit"
)

// How wide cells are, and how many have titles of their own.
const (
	leastCell   = 4
	cellWidth   = 22
	titledCells = 1000
)

// A Strip shows figures over time as cells, the darker the more: a row for each
// series. Where not all cells have room, the last ones are shown.
type Strip struct {
	Head

	// Periods are as those of a [Line].
	Periods []string
	Series  []Series
	Unit    Unit
}

func (s *Strip) data(cells int) (periods, []Series) {
	p := periodsOf(s.Periods, cells)
	most := min(limit.ChartRows, limit.ChartCells/max(min(len(s.Periods), limit.ChartPeriods), 1))
	return p, serieses(lined(s.Series[:min(len(s.Series), most)], len(s.Periods)), len(p.names), most, Value.positive)
}

// SVG is the chart, written.
func (s *Strip) SVG(o Options) []byte { return render(s, o) }

// Table is the figures: a row for each period.
func (s *Strip) Table() Table {
	p, all := s.data(limit.ChartPeriods)
	return overTime(p.names, all, s.Unit)
}

// Alt says what the cells show.
func (s *Strip) Alt() string {
	p, all := s.data(limit.ChartPeriods)
	return inTime("Heat strip", &p, all, s.Unit) +
		left(len(s.Series)-len(all), "more series") + left(len(s.Periods)-len(p.names), "earlier periods")
}

// Picture draws the cells.
func (s *Strip) Picture(o Options) *mark.Picture {
	c := newCanvas(s.Head, o)
	names := 0.0
	for _, row := range s.Series[:min(len(s.Series), limit.ChartRows)] {
		names = max(names, textWidth(Label(row.Name), sizeLabel))
	}
	if len(s.Series) < 2 {
		names = 0
	} else {
		names = round(min(names, float64((c.w-2*c.margin())*0.35))) + 8
	}
	from := c.margin() + names
	room := c.w - c.margin() - from
	p, all := s.data(max(int(room/leastCell), 1))
	g := cells{
		from: from, w: min(room/float64(max(len(p.names), 1)), cellWidth), h: 18,
		unit: s.Unit, tones: shadesOf(flat(all), s.Unit), titled: len(all)*len(p.names) <= titledCells,
	}
	if len(all) == 1 {
		g.h = 24
	}
	c.y += 4
	for _, row := range all {
		c.rowName(rows{names: names - 8, left: from}, rowTitle(row, len(all)), row.Href, c.y+g.h/2+3)
		c.cells(g, &p, row)
		c.y += g.h
	}
	c.cellTicks(g, &p)
	c.toned("", g.tones, s.Unit, len(all) > 0 && len(p.names) > 0)
	alt := s.Alt()
	if n := min(len(s.Periods), limit.ChartPeriods) - len(p.names); n > 0 {
		alt += " The picture shows the last " + strconv.Itoa(len(p.names)) + " periods."
		c.y += 16
		c.text(mark.Text{X: c.margin(), Y: c.y, Size: sizeSmall, Fill: mark.Muted, Text: "The last " + strconv.Itoa(len(p.names)) + " of " + strconv.Itoa(len(p.names)+n)})
	}
	return c.picture(alt)
}

// rowTitle is the name of a row where there are others.
func rowTitle(s Series, n int) string {
	if n < 2 {
		return ""
	}
	return s.Name
}

// flat gives the values of all series in one row.
func flat(all []Series) []Value {
	var out []Value
	for _, s := range all {
		out = append(out, s.Values...)
	}
	return out
}

// cells is how cells are laid out.
type cells struct {
	from, w, h float64
	unit       Unit
	tones      shades
	titled     bool // each cell has a title
}

// at is the left edge of the i-th cell.
func (g cells) at(i int) float64 { return round(g.from + float64(g.w*float64(i))) }

// cells draws a row.
func (c *canvas) cells(g cells, p *periods, s Series) {
	row := canvas{}
	for i, v := range s.Values {
		x := g.at(i)
		r := mark.Rect{X: x, Y: c.y + 0.5, W: round(g.at(i+1) - x - min(1, g.w/5)), H: g.h - 1, Style: c.tone(g.tones, v)}
		if g.titled {
			row.add(mark.Group{Title: shortened(p.names[i], each(titledCells)) + ": " + g.unit.figure(v), Marks: []mark.Mark{r}})
		} else {
			row.add(r)
		}
		if v.bound() {
			c.sees(cornerBound)
			row.add(corner(boxOf(r), min(5, float64(r.W*0.8)), onTone(g.tones, v)))
		}
	}
	c.add(mark.Group{Title: s.Name, Marks: row.marks})
}

// tone is how a cell or tile of a figure looks.
func (c *canvas) tone(tones shades, v Value) mark.Style {
	switch {
	case !v.known():
		c.sees(cellUnknown)
		return mark.Style{Fill: mark.Void, Hatch: true}
	case v.Mid == 0:
		c.sees(cellNone)
		return mark.Style{Fill: mark.Empty}
	}
	return mark.Style{Fill: mark.Step(tones.of(v.Mid))}
}

// onTone is the colour of what is written on a cell or tile.
func onTone(tones shades, v Value) mark.Colour {
	if !v.known() || v.Mid == 0 {
		return mark.Ink
	}
	return mark.OnStep(tones.of(v.Mid))
}

// corner is the mark of a cell or tile of which a figure is not exact.
func corner(b box, size float64, colour mark.Colour) mark.Path {
	x := b.x + b.w
	return mark.Path{
		Points: []mark.Point{{X: round(x - size), Y: b.y}, {X: round(x), Y: b.y}, {X: round(x), Y: round(b.y + size)}},
		Closed: true, Style: mark.Style{Fill: colour},
	}
}

// cellTicks writes the years below the cells at which they begin, or names where there
// are no years.
func (c *canvas) cellTicks(g cells, p *periods) {
	c.y += 15
	free := 0.0
	for i, name := range p.names {
		if p.dated {
			if i > 0 && p.names[i-1][:4] == name[:4] {
				continue
			}
			name = name[:4]
		}
		name = fit(name, sizeSmall, 96)
		x, wide := g.at(i), textWidth(name, sizeSmall)
		if x < free || x+wide > c.w || p.dated && i == 0 && c.crowded(g, p, wide) {
			continue
		}
		c.text(mark.Text{X: x, Y: c.y, Size: sizeSmall, Fill: mark.Muted, Text: name})
		free = x + wide + 8
	}
}

// crowded reports whether the second year begins so near to the first that its name
// would be pushed out.
func (c *canvas) crowded(g cells, p *periods, wide float64) bool {
	for i, name := range p.names {
		if name[:4] != p.names[0][:4] {
			return g.at(i) < g.from+wide+8
		}
	}
	return false
}

// toned explains a scale of colours below the picture.
func (c *canvas) toned(name string, tones shades, u Unit, there bool) {
	if len(tones.thresholds) == 0 || !there {
		return
	}
	n := len(tones.thresholds) + 1
	wide := round(min(44, (c.w-2*c.margin())/float64(n)))
	c.y += 12
	if name != "" {
		c.y += 10
		c.text(mark.Text{X: c.margin(), Y: c.y, Size: sizeSmall, Fill: mark.Muted, Text: fit(name, sizeSmall, c.w-2*c.margin())})
		c.y += 6
	}
	for i := range n {
		x := round(c.margin() + float64(wide*float64(i)))
		c.add(mark.Rect{X: x, Y: c.y, W: wide - 1, H: 9, Style: mark.Style{Fill: mark.Step(tones.spread(i))}})
		if i > 0 {
			c.text(mark.Text{X: x, Y: c.y + 21, Size: sizeSmall, Anchor: mark.Middle, Fill: mark.Muted, Text: u.Short(tones.thresholds[i-1])})
		}
	}
	c.y += 22
}

// boxOf is the box of a rectangle.
func boxOf(r mark.Rect) box { return box{r.X, r.Y, r.W, r.H} }
