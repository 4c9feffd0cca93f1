package chart

import (
	"strings"

	"assay/internal/chart/mark"
)

// headerHeight is the height of the name of a group, above its tiles.
const headerHeight = 18

// Picture draws the tiles.
func (t *Treemap) Picture(o Options) *mark.Picture {
	c := newCanvas(t.Head, o)
	groups := t.data()
	height := o.height(round(float64(c.w * c.usual(1.3, 0.62))))
	outer := box{c.margin(), c.y, c.w - 2*c.margin(), height}
	var colours []Value
	for _, g := range groups {
		for _, tile := range g.Tiles {
			colours = append(colours, tile.Colour)
		}
	}
	p := tiles{canvas: c, t: t, tones: shadesOf(colours, t.ColourUnit), colour: shortened(Label(t.ColourName), each(len(colours)))}
	for i, at := range layout(groups, outer) {
		p.group(groups[i], at)
	}
	c.y += height
	if t.ColourName != "" {
		c.toned(Label(t.ColourName), p.tones, t.ColourUnit, len(groups) > 0)
	}
	if said := undrawn(t.areas()); said != "" {
		c.y += 18
		c.text(mark.Text{X: c.margin(), Y: c.y, Size: sizeSmall, Fill: mark.Muted, Text: fit(strings.TrimSpace(said), sizeSmall, c.w-2*c.margin())})
	}
	return c.picture(t.Alt())
}

// A groupBox is where a group lies: the whole, and the part for its tiles.
type groupBox struct {
	outer, inner box
	tiles        []box
}

// layout gives each group its box, and each tile its own. The area of every tile is in
// proportion to its figure over the whole picture: names of groups take room of
// their own, so the boxes of the groups are found by trying again and again. After some
// rounds only sizes change, and no longer what lies where.
func layout(groups []TileGroup, outer box) []groupBox {
	const rounds, free = 24, 4
	sizes := make([]float64, len(groups))
	for i := range groups {
		sizes[i] = groups[i].size()
	}
	weights := append([]float64(nil), sizes...)
	headed := make([]bool, len(groups))
	var strands []strand
	var boxes []box
	for round := range rounds {
		if round < free {
			strands = plan(weights, outer)
		}
		boxes = place(weights, strands, outer)
		headers := 0.0
		for i, b := range boxes {
			if round < free {
				headed[i] = groups[i].Name != "" && b.w >= 52 && b.h >= 2.2*headerHeight
			}
			headers += header(b, headed[i])
		}
		unit := (outer.area() - headers) / max(sum(sizes), 1e-300)
		for i, b := range boxes {
			weights[i] = float64(sizes[i]*unit) + header(b, headed[i])
		}
	}
	all := make([]groupBox, len(groups))
	for i, b := range boxes {
		all[i] = groupBox{outer: b, inner: b}
		if headed[i] {
			all[i].inner = box{b.x, b.y + headerHeight, b.w, b.h - headerHeight}
		}
		all[i].tiles = tileBoxes(groups[i].Tiles, all[i].inner)
	}
	return all
}

// header is the area of the name of a group.
func header(b box, there bool) float64 {
	if !there {
		return 0
	}
	return float64(b.w * min(headerHeight, b.h))
}

// tileBoxes divides the box of a group.
func tileBoxes(all []Tile, b box) []box {
	weights := make([]float64, len(all))
	for i, t := range all {
		weights[i] = t.Area.Mid
	}
	return place(weights, plan(weights, b), b)
}

// tiles draws a treemap.
type tiles struct {
	*canvas

	t      *Treemap
	tones  shades
	colour string // what the colours are, in a title
}

// group draws a group with its name.
func (p *tiles) group(g TileGroup, at groupBox) {
	for i, tile := range g.Tiles {
		p.tile(g, tile, at.tiles[i])
	}
	if at.inner != at.outer {
		name := fit(g.Name, sizeLabel*boldWider, at.outer.w-6)
		p.add(mark.Group{Title: g.Name, Href: g.Href, Marks: []mark.Mark{mark.Text{
			X: round(at.outer.x + 2), Y: round(at.outer.y + 13), Size: sizeLabel, Bold: true, Fill: mark.Ink, Text: name,
		}}})
	}
	// Groups lie further apart than tiles.
	p.add(mark.Rect{X: round(at.outer.x), Y: round(at.outer.y), W: round(at.outer.w), H: round(at.outer.h), Style: mark.Style{Stroke: mark.Paper, Width: 3}})
}

// tile draws one tile. Its edges are those of its neighbours, rounded alike.
func (p *tiles) tile(g TileGroup, t Tile, b box) {
	b = box{round(b.x), round(b.y), round(round(b.x+b.w) - round(b.x)), round(round(b.y+b.h) - round(b.y))}
	style, on := mark.Style{Fill: mark.Step(2)}, mark.OnStep(2)
	switch {
	case g.rest:
		style, on = mark.Style{Fill: mark.Empty}, mark.Ink
	case p.t.ColourName != "":
		style, on = p.tone(p.tones, t.Colour), onTone(p.tones, t.Colour)
	}
	style.Stroke, style.Width = mark.Paper, min(1, round(min(b.w, b.h)/6)) // small ones would be all edge
	marks := []mark.Mark{mark.Rect{X: b.x, Y: b.y, W: b.w, H: b.h, Style: style}}
	if (t.Area.bound() || t.Colour.bound()) && b.w >= 12 && b.h >= 12 {
		p.sees(cornerBound)
		marks = append(marks, corner(b, 7, on))
	}
	marks = append(marks, p.label(t, b, on, style.Hatch)...)
	p.add(mark.Group{Title: p.title(t), Href: t.Href, Marks: marks})
}

// title is what is shown when a reader points at a tile.
func (p *tiles) title(t Tile) string {
	text := t.Name + ": " + p.t.AreaUnit.figure(t.Area)
	if p.t.ColourName != "" {
		text += "; " + p.colour + ": " + p.t.ColourUnit.figure(t.Colour)
	}
	return text
}

// label writes the name, and the figure, where they fit. On a hatched tile it lies on
// a ground of its own.
func (p *tiles) label(t Tile, b box, on mark.Colour, hatched bool) []mark.Mark {
	const pad = 5
	wide := textWidth(t.Name, 1)
	for _, size := range []float64{16, 15, 14, 13, 12, sizeSmall} {
		if b.h < size+6 || b.w < 26 || size > sizeSmall && float64(64*size*size) > b.area() {
			continue
		}
		name := t.Name
		if float64(wide*size) > b.w-2*pad {
			if size > sizeSmall || len(name) < 24 || b.w < 70 {
				continue
			}
			if name = fit(name, size, b.w-2*pad); name == "" {
				return nil
			}
		}
		at := mark.Text{X: round(b.x + pad), Y: round(b.y + size + 3), Size: size, Fill: on, Text: name}
		marks := []mark.Mark{at}
		if hatched {
			ground := mark.Rect{X: b.x + 2, Y: b.y + 2, W: round(min(textWidth(name, size)+6, b.w-4)), H: size + 5, Style: mark.Style{Fill: mark.Void}}
			marks = []mark.Mark{ground, at}
		}
		second := mark.Text{X: at.X, Y: round(at.Y + 15), Size: sizeSmall, Fill: on, Text: p.t.AreaUnit.brief(t.Area)}
		if b.h >= size+26 && textWidth(second.Text, sizeSmall) <= b.w-2*pad && !hatched {
			marks = append(marks, second)
		}
		return marks
	}
	return nil
}
