package chart

import (
	"fmt"
	"math"
	"testing"

	"assay/internal/limit"
)

// parts gives n sizes, in falling order, some of them far smaller than others.
func parts(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1e6 / math.Pow(float64(i+1), 1.3)
	}
	return out
}

// covers complains when boxes lie on one another, or outside of a box.
func covers(t *testing.T, name string, all []box, outer box) {
	t.Helper()
	const slack = 1e-6
	for i, a := range all {
		if !(a.x >= outer.x-slack && a.y >= outer.y-slack && a.x+a.w <= outer.x+outer.w+slack && a.y+a.h <= outer.y+outer.h+slack) {
			t.Fatalf("%s: box %d, %+v, lies outside of %+v", name, i, a, outer)
		}
		for j, b := range all[:i] {
			if a.x+slack < b.x+b.w && b.x+slack < a.x+a.w && a.y+slack < b.y+b.h && b.y+slack < a.y+a.h {
				t.Fatalf("%s: boxes %d and %d, %+v and %+v, lie on one another", name, i, j, a, b)
			}
		}
	}
}

func TestBoxesFillTheirArea(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 7, 60, 500} {
		for _, outer := range []box{{0, 0, 700, 400}, {3, 9, 100, 900}, {0, 0, 1, 1}} {
			name := fmt.Sprintf("%d in %v × %v", n, outer.w, outer.h)
			sizes := parts(n)
			all := place(sizes, plan(sizes, outer), outer)
			if len(all) != n {
				t.Fatalf("%s: %d boxes", name, len(all))
			}
			covers(t, name, all, outer)
			unit := outer.area() / sum(sizes)
			for i, b := range all {
				if want := sizes[i] * unit; math.Abs(b.area()-want) > want*1e-6 {
					t.Errorf("%s: box %d has %v, want %v", name, i, b.area(), want)
				}
			}
		}
	}
}

// Equal parts are near to squares.
func TestBoxesAreNearToSquares(t *testing.T) {
	t.Parallel()
	sizes := make([]float64, 100)
	for i := range sizes {
		sizes[i] = 1
	}
	outer := box{0, 0, 700, 430}
	for i, b := range place(sizes, plan(sizes, outer), outer) {
		if ratio := max(b.w/b.h, b.h/b.w); ratio > 2 {
			t.Errorf("box %d is %v × %v", i, b.w, b.h)
		}
	}
}

// groupsOf gives n groups, each with fewer tiles than the one before.
func groupsOf(n int) []TileGroup {
	var all []TileGroup
	for i := range n {
		g := TileGroup{Name: fmt.Sprint("group ", i)}
		for _, size := range parts(2 + 90/(i+1)) {
			g.Tiles = append(g.Tiles, Tile{Name: "tile", Area: Of(size)})
		}
		all = append(all, g)
	}
	return all
}

// The area of a tile is in proportion to its figure over the whole picture, although
// some groups have room for their names and others have none.
func TestTilesAreInProportion(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 5, 12, 25, 60} {
		for _, outer := range []box{{0, 0, 720, 446}, {2, 50, 356, 468}, {0, 0, 1200, 744}} {
			name := fmt.Sprintf("%d groups in %v × %v", n, outer.w, outer.h)
			groups := (&Treemap{Groups: groupsOf(n)}).data()
			var tiles, outers []box
			total, area := 0.0, 0.0
			for i, g := range layout(groups, outer) {
				covers(t, name, []box{g.inner}, g.outer)
				outers, tiles = append(outers, g.outer), append(tiles, g.tiles...)
				total, area = total+groups[i].size(), area+g.inner.area()
			}
			covers(t, name, outers, outer)
			covers(t, name, tiles, outer)
			i := 0
			for _, g := range groups {
				for _, tile := range g.Tiles {
					want := tile.Area.Mid / total * area
					if got := tiles[i].area(); math.Abs(got-want) > want*0.005 {
						t.Fatalf("%s: tile %d of %s has %.3f, want %.3f", name, i, g.Name, got, want)
					}
					i++
				}
			}
		}
	}
}

// What is too much is one tile, and nothing of it is lost.
func TestTilesBeyondTheLimit(t *testing.T) {
	t.Parallel()
	many := &Treemap{AreaName: "bytes"}
	want := 0.0
	for i := range limit.ChartGroups + 20 {
		g := TileGroup{Name: fmt.Sprint(i)}
		for j := range 90 {
			size := float64(1 + (i*j)%977)
			g.Tiles = append(g.Tiles, Tile{Name: "x", Area: Of(size)})
			want += size
		}
		many.Groups = append(many.Groups, g)
	}
	groups := many.data()
	got, tiles := 0.0, 0
	for _, g := range groups {
		got, tiles = got+g.size(), tiles+len(g.Tiles)
	}
	if got != want {
		t.Errorf("all tiles have %v, want %v", got, want)
	}
	if tiles > limit.ChartTiles+1 || len(groups) > limit.ChartGroups+1 {
		t.Errorf("%d tiles in %d groups", tiles, len(groups))
	}
	if rest := groups[len(groups)-1]; !rest.rest || rest.Tiles[0].Name != "4,200 others" {
		t.Errorf("the last group is %+v", rest)
	}
}

func TestTilesWithoutSize(t *testing.T) {
	t.Parallel()
	m := &Treemap{AreaName: "bytes", Groups: []TileGroup{{Name: "g", Tiles: []Tile{{Name: "a"}, {Name: "b", Area: Of(0)}, {Name: "c", Area: Of(-1)}, {Name: "d", Area: Of(3)}}}}}
	if got := m.data(); len(got) != 1 || len(got[0].Tiles) != 1 || got[0].Tiles[0].Name != "d" {
		t.Errorf("drawn are %+v, want d alone", got)
	}
	const want = "Treemap of 4 tiles in 1 group, their area by bytes: the largest known is d with 3, the smallest b with 0. " +
		"Of 4 figures, 2 are unknown. Not drawn: 2 of unknown size, 1 of no size."
	if got := m.Alt(); got != want {
		t.Errorf("said is\n%s, want\n%s", got, want)
	}
	if got := len(m.Table().Rows); got != 4 {
		t.Errorf("the table has %d rows, want all 4", got)
	}
}
