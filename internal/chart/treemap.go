package chart

import (
	"slices"
	"strings"

	notation "assay/internal/finding/words"
	"assay/internal/limit"
)

// A Treemap shows the parts of a whole: the larger the figure, the larger its tile. A
// second figure may give the colour. Tiles of which the first figure is unknown, or
// nothing, are not drawn; the table has them.
type Treemap struct {
	Head

	Groups []TileGroup
	// AreaName and ColourName say what the two figures are. Without the second name,
	// all tiles have one colour.
	AreaName   string
	AreaUnit   Unit
	ColourName string
	ColourUnit Unit
}

// A TileGroup is tiles that belong together.
type TileGroup struct {
	Name  string
	Href  string
	Tiles []Tile

	rest bool // what is beyond the limits
}

// A Tile is one part.
type Tile struct {
	Name         string
	Href         string
	Area, Colour Value
}

// othersName is a tile of what is too much to be drawn.
const othersName = "others"

// data gives the groups with the tiles that are drawn, both from the largest to the
// smallest.
func (t *Treemap) data() []TileGroup {
	var all []TileGroup
	for _, g := range t.Groups {
		g.Name, g.Href, g.rest = Label(g.Name), link(g.Href), false
		tiles := make([]Tile, 0, len(g.Tiles))
		for _, tile := range g.Tiles {
			tile.Area, tile.Colour = tile.Area.positive(), tile.Colour.positive()
			if tile.Area.Mid > 0 {
				tiles = append(tiles, tile)
			}
		}
		if g.Tiles = tiles; len(tiles) > 0 {
			slices.SortStableFunc(g.Tiles, func(a, b Tile) int { return compare(b.Area.Mid, a.Area.Mid) })
			all = append(all, g)
		}
	}
	slices.SortStableFunc(all, func(a, b TileGroup) int { return compare(b.size(), a.size()) })
	all = gathered(all)
	n := 0
	for _, g := range all {
		n += len(g.Tiles)
	}
	for _, g := range all {
		for i := range g.Tiles {
			g.Tiles[i].Name, g.Tiles[i].Href = shortened(Label(g.Tiles[i].Name), each(n)), link(g.Tiles[i].Href)
			if len(g.Tiles[i].Href) > each(n) {
				g.Tiles[i].Href = ""
			}
		}
	}
	return all
}

func (g *TileGroup) size() float64 {
	total := 0.0
	for _, t := range g.Tiles {
		total += t.Area.Mid
	}
	return total
}

// gathered puts into one tile what is beyond the limits: whole groups, and the smallest
// tiles of the others.
func gathered(all []TileGroup) []TileGroup {
	var more []Tile
	for len(all) > limit.ChartGroups {
		more = append(more, all[len(all)-1].Tiles...)
		all = all[:len(all)-1]
	}
	var sizes []float64
	for _, g := range all {
		for _, t := range g.Tiles {
			sizes = append(sizes, t.Area.Mid)
		}
	}
	if len(sizes) > limit.ChartTiles {
		slices.Sort(sizes)
		least := sizes[len(sizes)-limit.ChartTiles]
		kept := limit.ChartTiles
		for i := range all {
			cut := 0
			for cut < len(all[i].Tiles) && kept > 0 && all[i].Tiles[cut].Area.Mid >= least {
				cut, kept = cut+1, kept-1
			}
			more = append(more, all[i].Tiles[cut:]...)
			all[i].Tiles = all[i].Tiles[:cut]
		}
		all = slices.DeleteFunc(all, func(g TileGroup) bool { return len(g.Tiles) == 0 })
	}
	if len(more) == 0 {
		return all
	}
	rest := TileGroup{Tiles: more}
	one := Tile{Name: notation.Number(len(more)) + " " + othersName, Area: Of(rest.size()).clean()}
	return append(all, TileGroup{Name: othersName, Tiles: []Tile{one}, rest: true})
}

// SVG is the chart, written.
func (t *Treemap) SVG(o Options) []byte { return render(t, o) }

// Table is the figures: a row for each tile, also for those that are not drawn.
func (t *Treemap) Table() Table {
	out := Table{Head: []string{"group", "name", Label(t.AreaName)}}
	if t.ColourName != "" {
		out.Head = append(out.Head, Label(t.ColourName))
	}
	for _, g := range t.Groups {
		for _, tile := range g.Tiles {
			if len(out.Rows) == limit.ChartTable {
				return out
			}
			row := []Cell{word(g.Name), word(tile.Name), figure(t.AreaUnit, tile.Area.positive())}
			if t.ColourName != "" {
				row = append(row, figure(t.ColourUnit, tile.Colour.positive()))
			}
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// Alt says what the tiles show.
func (t *Treemap) Alt() string {
	var c tally
	var areas []Value
	var names []string
	for _, g := range t.Groups {
		for _, tile := range g.Tiles {
			v := tile.Area.positive()
			c.add(v)
			if t.ColourName != "" {
				c.add(tile.Colour.positive())
			}
			areas, names = append(areas, v), append(names, tile.Name)
		}
	}
	if len(areas) == 0 {
		return "Treemap. There are no figures."
	}
	name := func(i int) string { return told(names[i]) }
	text := "Treemap of " + amount(len(areas), "tile") + " in " + amount(len(t.Groups), "group") + ", their area by " + told(t.AreaName)
	if t.ColourName != "" {
		text += ", their colour by " + told(t.ColourName) + t.span()
	}
	return text + ": " + extremes(areas, name, t.AreaUnit) + ". " + c.sentence() + undrawn(areas) +
		left(len(areas)-limit.ChartTable, "more rows of the table")
}

// undrawn says how many tiles have no area.
func undrawn(areas []Value) string {
	unknown, nothing := 0, 0
	for _, v := range areas {
		switch {
		case !v.known():
			unknown++
		case v.Mid == 0:
			nothing++
		}
	}
	var parts []string
	if unknown > 0 {
		parts = append(parts, notation.Number(unknown)+" of unknown size")
	}
	if nothing > 0 {
		parts = append(parts, notation.Number(nothing)+" of no size")
	}
	if len(parts) == 0 {
		return ""
	}
	return " Not drawn: " + strings.Join(parts, ", ") + "."
}

// areas gives the first figure of all tiles.
func (t *Treemap) areas() []Value {
	var all []Value
	for _, g := range t.Groups {
		for _, tile := range g.Tiles {
			all = append(all, tile.Area.positive())
		}
	}
	return all
}

// span says from what to what the colours are.
func (t *Treemap) span() string {
	var all []Value
	for _, g := range t.Groups {
		for _, tile := range g.Tiles {
			all = append(all, tile.Colour.positive())
		}
	}
	most, least, ok := largest(all)
	if !ok {
		return ""
	}
	return " (" + t.ColourUnit.figure(all[least]) + " to " + t.ColourUnit.figure(all[most]) + ")"
}
