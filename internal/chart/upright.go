package chart

import "assay/internal/chart/mark"

// stand draws bars that stand side by side.
func (b *Bars) stand(c *canvas, names []string, all []Series) {
	low, high, _ := extent(valuesOf(all)...)
	height := c.o.height(c.usual(200, 260))
	p := newPlot(c, axisOf(low, high, int(height/50), b.Unit), b.Unit, height, 0)
	slot := 0.0
	if len(names) > 0 {
		slot = (p.right - p.left) / float64(len(names))
	}
	row := periods{names: names, at: make([]float64, len(names))}
	for i := range names {
		row.at[i] = float64(i)
		for j := range all {
			p.column(b.Unit, all[j].Values[i], colour(all, j), columnAt(p.left, slot, i, j, len(all)))
		}
	}
	p.x = scale{0, float64(max(len(names)-1, 1)), p.left + slot/2, p.right - slot/2}
	if len(names) == 1 {
		p.x.high = 0
	}
	p.below(row.ticks(p.x), false)
	zero := p.y.at(0)
	p.line(p.left, zero, p.right, zero, mark.Style{Stroke: mark.Axis, Width: 1})
}

// A column is the room of one bar.
type column struct{ x, w float64 }

// columnAt is the room of the j-th of n bars in the i-th slot.
func columnAt(left, slot float64, i, j, n int) column {
	gap := min(float64(slot*0.25), 24)
	w := min((slot-gap)/float64(n), 64)
	from := left + float64(slot*float64(i)) + (slot-float64(w*float64(n)))/2
	return column{round(from + float64(w*float64(j))), round(max(float64(w*0.94), 0.2))}
}

// column draws one bar, and its figure above it where that has room.
func (p *plot) column(u Unit, v Value, colour mark.Colour, at column) {
	zero := p.y.at(0)
	if !v.known() {
		p.unknownColumn(at, zero)
		return
	}
	sure, possible := v.sure()
	p.post(at, zero, p.y.at(sure), mark.Style{Fill: colour})
	if possible != sure {
		p.post(at, p.y.at(sure), p.y.at(possible), mark.Style{Fill: colour, Hatch: true})
		p.sees(hatchedRange)
	}
	top := min(p.y.at(possible), p.y.at(sure), zero)
	if v.State == AtLeast && at.w >= 8 {
		p.upwards(at.x+at.w/2, top, colour)
		top -= 8
	}
	if text := u.brief(v); textWidth(text, sizeSmall) <= at.w+4 && v.Mid >= 0 {
		p.text(mark.Text{X: at.x + at.w/2, Y: max(top-4, sizeSmall), Size: sizeSmall, Anchor: mark.Middle, Fill: mark.Muted, Text: text})
	}
}

// post draws a bar from one height to another.
func (p *plot) post(at column, from, to float64, s mark.Style) {
	y, h := min(from, to), max(from, to)-min(from, to)
	if h > 0 {
		p.add(mark.Rect{X: at.x, Y: y, W: at.w, H: round(h), Style: s})
	}
}

// upwards draws the head of an arrow above a bar: there is no upper bound.
func (p *plot) upwards(x, y float64, colour mark.Colour) {
	p.sees(arrowMore)
	p.add(mark.Path{
		Points: []mark.Point{{X: round(x - 4), Y: round(y - 3)}, {X: round(x), Y: round(y - 7)}, {X: round(x + 4), Y: round(y - 3)}},
		Style:  mark.Style{Stroke: colour, Width: 2},
	})
}

// unknownColumn marks the place of a figure that is unknown.
func (p *plot) unknownColumn(at column, zero float64) {
	p.sees(cellUnknown)
	p.add(mark.Rect{
		X: at.x, Y: zero - 8, W: at.w, H: 8,
		Style: mark.Style{Fill: mark.Void, Hatch: true, Stroke: mark.Axis, Width: 1},
	})
}
