package chart

import (
	"fmt"
	"math"
	"strings"
	"sync"
)

// hostile are charts of what nobody should give: far too much, nothing, and texts that
// are out to harm.
var hostile = sync.OnceValue(func() []sample {
	long := strings.Repeat("Weir & <Rill> ", 800)
	evil := "\u202e</text><script>alert('1')</script>\x00\x1b[31m\u2028\ufffe\xff"
	odd := []Value{
		Of(math.NaN()), Of(math.Inf(1)), Of(math.Inf(-1)), Of(-3), Of(1e300), Least(math.NaN()), Within(9, 3, 1),
		Within(math.Inf(-1), 2, math.Inf(1)), Within(1, math.NaN(), math.Inf(1)), Within(math.NaN(), 1, 4), {State: 99, Mid: 3}, Of(math.Copysign(0, -1)),
		Of(5e-324), Most(-1), Seen(1e15), Of(-1e15),
	}
	head := Head{Title: evil, Subtitle: long, Note: evil + long}
	all := []sample{
		{name: "no line", chart: &Line{}}, {name: "no area", chart: &Area{}}, {name: "no bars", chart: &Bars{}}, {name: "no upright bars", chart: &Bars{Upright: true}},
		{name: "no dots", chart: &Dots{}}, {name: "no strip", chart: &Strip{}}, {name: "no spark", chart: &Spark{}}, {name: "no treemap", chart: &Treemap{}},
	}
	for _, n := range []int{1, 2, 16, 7000} {
		var series []Series
		var names, links []string
		for i := range n {
			names = append(names, fmt.Sprintf("%s%d%s", evil, i, long[:min(len(long), 40)]))
			links = append(links, "javascript:alert(1)")
		}
		names[0] = long
		for i := range min(n, 60) {
			s := Series{Name: names[i], Href: "//example.com/x"}
			for j := range n {
				s.Values = append(s.Values, odd[(i+j)%len(odd)])
			}
			series = append(series, s)
		}
		all = append(all, ofAll(fmt.Sprintf("%d of ", n), head, names, links, series)...)
	}
	var tiles []Tile
	for range 5000 {
		tiles = append(tiles, Tile{Name: strings.Repeat("'", 10_000), Href: "/" + strings.Repeat("&", 1900), Area: Least(1)})
	}
	all = append(all, sample{name: "long names", chart: &Treemap{Head: head, ColourName: long, Groups: []TileGroup{{Name: long, Tiles: tiles}}}, large: true})
	return append(all, ofAll("dated ", head, months(7000), nil, []Series{{Name: evil, Values: wave(7000, 1, 1e9)}, {Name: long, Values: odd}})...)
})

// ofAll are charts of all kinds of the same figures.
func ofAll(prefix string, head Head, names, links []string, series []Series) []sample {
	t := &Treemap{Head: head, AreaName: head.Title, ColourName: head.Title}
	var dots []Dot
	for i, name := range names {
		v := series[0].Values[i%len(series[0].Values)]
		dots = append(dots, Dot{Name: name, Value: v, Href: "data:text/html,x"})
		if i%5 == 0 {
			t.Groups = append(t.Groups, TileGroup{Name: name, Href: "javascript:1"})
		}
		g := &t.Groups[len(t.Groups)-1]
		g.Tiles = append(g.Tiles, Tile{Name: name, Area: v, Colour: series[len(series)-1].Values[0], Href: "vbscript:x"}, Tile{Area: Of(float64(i))})
	}
	all := []sample{
		{name: prefix + "line", chart: &Line{Head: head, Periods: names, Series: series}},
		{name: prefix + "area", chart: &Area{Head: head, Periods: names, Series: series, Unit: Bytes}},
		{name: prefix + "bars", chart: &Bars{Head: head, Names: names, Links: links, Series: series, Unit: Share}},
		{name: prefix + "upright", chart: &Bars{Head: head, Names: names, Links: links, Series: series, Unit: Days, Upright: true}},
		{name: prefix + "dots", chart: &Dots{Head: head, Rows: dots, Unit: Years}},
		{name: prefix + "strip", chart: &Strip{Head: head, Periods: names, Series: series}},
		{name: prefix + "spark", chart: &Spark{Head: head, Periods: names, Values: series[0].Values}},
		{name: prefix + "treemap", chart: t},
	}
	for i := range all {
		all[i].large = len(names) > 100
	}
	return all
}
