package chart

import (
	"fmt"
	"testing"
)

// BenchmarkTreemap draws a thousand tiles in twelve groups.
func BenchmarkTreemap(b *testing.B) {
	t := &Treemap{AreaName: "bytes", AreaUnit: Bytes, ColourName: "commits"}
	for i := range 12 {
		g := TileGroup{Name: fmt.Sprint("group ", i)}
		for j, v := range wave(84, i, 9e6) {
			g.Tiles = append(g.Tiles, Tile{Name: fmt.Sprint("project ", j), Href: "/projects/x", Area: v, Colour: Of(float64(j))})
		}
		t.Groups = append(t.Groups, g)
	}
	for b.Loop() {
		t.SVG(Options{})
	}
}

// BenchmarkLine draws ten lines through 240 months.
func BenchmarkLine(b *testing.B) {
	l := &Line{Periods: months(240), Unit: Bytes}
	for i := range 10 {
		l.Series = append(l.Series, Series{Name: fmt.Sprint("project ", i), Values: wave(240, i, 9e6)})
	}
	for b.Loop() {
		l.SVG(Options{})
	}
}
