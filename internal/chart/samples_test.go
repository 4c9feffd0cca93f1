package chart

import (
	"fmt"
)

// A sample is a chart that the tests look at. Its projects are invented.
type sample struct {
	name  string
	chart Chart
	large bool
}

// samples are charts of all kinds, with figures of all states.
func samples() []sample {
	return []sample{
		{name: "line", chart: sampleLine()},
		{name: "line-months", chart: sampleMonths()},
		{name: "area", chart: sampleArea()},
		{name: "bars", chart: sampleBars()},
		{name: "bars-grouped", chart: sampleGrouped()},
		{name: "bars-upright", chart: sampleUpright()},
		{name: "dots", chart: sampleDots()},
		{name: "strip", chart: sampleStrip()},
		{name: "strip-rows", chart: sampleRows()},
		{name: "spark", chart: sampleSpark()},
		{name: "treemap", chart: sampleTreemap()},
	}
}

// years names n years up to 2025.
func years(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprint(2025 - n + 1 + i)
	}
	return all
}

// months names n months up to December 2025.
func months(n int) []string {
	all := make([]string, n)
	for i := range all {
		m := 2026*12 - n + i
		all[i] = fmt.Sprintf("%04d-%02d", m/12, m%12+1)
	}
	return all
}

// exact gives exact figures.
func exact(all ...float64) []Value {
	out := make([]Value, len(all))
	for i, v := range all {
		out[i] = Of(v)
	}
	return out
}

// wave gives n figures that rise and fall, the same on every day.
func wave(n, seed int, most float64) []Value {
	out := make([]Value, n)
	state := uint32(seed)*2654435761 + 1
	for i := range out {
		state = state*1664525 + 1013904223
		out[i] = Of(float64(int(float64(most*float64(i+4))/float64(n+4)*(0.6+0.4*float64(state>>16)/65536)*100)) / 100)
	}
	return out
}

func sampleLine() *Line {
	weir := exact(0, 2e5, 9e5, 16e5, 22e5, 31e5, 34e5, 39e5, 41e5)
	weir = append(weir, Least(41e5), Least(43e5))
	anvil := exact(3e5, 4e5, 45e4, 7e5, 8e5, 8e5, 92e4, 10e5, 11e5, 12e5)
	anvil = append(anvil, Within(11e5, 14e5, 17e5))
	rill := append(make([]Value, 4), exact(2e5, 5e5, 11e5)...)
	rill = append(rill, Value{}, Of(13e5), Of(125e4), Of(13e5))
	return &Line{
		Head: Head{
			Title: "Rust grows in four projects", Subtitle: "Bytes of Rust at the end of each year",
			Note: "Invented figures. As of 2025-12-31.",
		},
		Periods: years(11), Unit: Bytes,
		Series: []Series{
			{Name: "Weir", Values: weir, Href: "/projects/weir"},
			{Name: "Anvil", Values: anvil},
			{Name: "Rill", Values: rill},
			{Name: "A project with a rather long name that is cut", Values: exact(1e5, 2e5, 3e5, 35e4, 4e5, 5e5, 6e5, 8e5, 9e5, 11e5, 12e5)},
			{Name: "others", Values: exact(1e5, 1e5, 2e5, 2e5, 3e5, 3e5, 4e5, 4e5, 5e5, 5e5, 6e5), Other: true},
		},
	}
}

func sampleMonths() *Line {
	return &Line{
		Head:    Head{Title: "Commits a month", Subtitle: "Commits by people, all repositories of Weir", Note: "Invented figures."},
		Periods: months(30), Unit: Count, Series: []Series{{Name: "Weir", Values: wave(30, 7, 840)}},
	}
}

func sampleArea() *Area {
	c := append(exact(1.2e6, 1.3e6, 1.4e6, 1.2e6, 1.1e6, 0.9e6, 0.8e6, 0.7e6), Least(0.7e6), Least(0.7e6), Least(0.6e6))
	return &Area{
		Head:    Head{Title: "Languages of the landscape", Subtitle: "Bytes of code, by language", Note: "Invented figures."},
		Periods: years(11), Unit: Bytes,
		Series: []Series{
			{Name: "Go", Values: exact(1e6, 1.5e6, 2e6, 2.6e6, 3.1e6, 3.9e6, 4.2e6, 4.8e6, 5.2e6, 5.5e6, 5.7e6)},
			{Name: "Rust", Values: exact(0, 0.1e6, 0.2e6, 0.6e6, 0.9e6, 1.3e6, 1.9e6, 2.2e6, 2.8e6, 3.3e6, 3.9e6)},
			{Name: "C", Values: c},
			{Name: "others", Values: exact(0.4e6, 0.5e6, 0.5e6, 0.5e6, 0.6e6, 0.7e6, 0.7e6, 0.8e6, 0.8e6, 0.8e6, 0.9e6), Other: true},
		},
	}
}

func sampleBars() *Bars {
	return &Bars{
		Head:  Head{Title: "Most Rust", Subtitle: "Bytes of Rust, by project", Note: "Invented figures."},
		Names: []string{"Weir", "Anvil", "Rill", "A project with a rather long name that is cut", "Ferrite", "Sluice", "Tally"},
		Links: []string{"https://example.com/weir", "", "javascript:alert(1)"},
		Unit:  Bytes,
		Series: []Series{{Name: "Rust", Values: []Value{
			Of(4.3e6), Least(3.1e6), Of(2.2e6), Within(1.1e6, 1.5e6, 2.4e6), Most(0.9e6), Seen(0.4e6), {},
		}}},
	}
}

func sampleGrouped() *Bars {
	return &Bars{
		Head:  Head{Title: "Work on Rust and on the rest", Subtitle: "Commits in twelve months", Note: "Invented figures."},
		Names: []string{"Weir", "Anvil", "Rill"}, Unit: Count,
		Series: []Series{
			{Name: "Rust", Values: []Value{Of(1240), Of(310), Least(90)}},
			{Name: "other code", Values: []Value{Of(400), Of(2210), {}}},
			{Name: "no code", Values: []Value{Of(210), Of(150), Of(-40)}},
		},
	}
}

func sampleUpright() *Bars {
	values := exact(3, 5, 4, 9, 12, 16, 15, 21)
	values = append(values, Least(20), Within(18, 22, 27), Value{})
	return &Bars{
		Head:  Head{Title: "Projects that began with Rust", Subtitle: "Projects, by the year of their first Rust", Note: "Invented figures."},
		Names: years(11), Unit: Count, Upright: true, Series: []Series{{Name: "projects", Values: values}},
	}
}

func sampleDots() *Dots {
	return &Dots{
		Head: Head{Title: "How much of it is Rust", Subtitle: "Share of Rust in the counted bytes", Note: "Invented figures."}, Unit: Share,
		Rows: []Dot{
			{"Weir", Of(0.92), "/projects/weir"},
			{"Anvil", Within(0.55, 0.64, 0.81), ""},
			{"Rill", Least(0.4), ""},
			{"A project with a rather long name that is cut", Most(0.35), ""},
			{"Ferrite", Seen(0.2), ""},
			{"Sluice", Value{}, ""},
			{"Tally", Of(0.004), ""},
		},
	}
}

func sampleStrip() *Strip {
	values := wave(48, 3, 60)
	values[10], values[11], values[12] = Of(0), Of(0), Value{}
	values[46], values[47] = Least(12), Least(4)
	return &Strip{
		Head:    Head{Title: "Activity of Weir", Subtitle: "Commits by people, a cell a month", Note: "Invented figures."},
		Periods: months(48), Unit: Count, Series: []Series{{Name: "Weir", Values: values}},
	}
}

func sampleRows() *Strip {
	s := &Strip{
		Head:    Head{Title: "Activity of three projects", Subtitle: "Commits by people, a cell a month", Note: "Invented figures."},
		Periods: months(120), Unit: Count,
	}
	for i, name := range []string{"Weir", "Anvil", "A project with a rather long name that is cut"} {
		s.Series = append(s.Series, Series{Name: name, Values: wave(120-20*i, i+1, 100/float64(i+1))})
	}
	return s
}

func sampleSpark() *Spark {
	values := wave(24, 5, 30)
	values[22], values[23] = Least(21), Least(24)
	return &Spark{Head: Head{Title: "Commits of Weir"}, Periods: months(24), Values: values, Unit: Count}
}

func sampleTreemap() *Treemap {
	t := &Treemap{
		Head:     Head{Title: "The landscape by code", Subtitle: "A tile a project: its area the bytes of code, its colour the share of Rust", Note: "Invented figures."},
		AreaName: "bytes of code", AreaUnit: Bytes, ColourName: "share of Rust", ColourUnit: Share,
	}
	sizes := []float64{9e6, 6.5e6, 4e6, 3e6, 2.2e6, 1.4e6, 1.1e6, 8e5, 5e5, 3e5, 2e5, 9e4, 3e4}
	names := []string{"Weir", "Anvil", "Rill", "Ferrite", "Sluice", "Tally", "Cobalt", "Mortar", "Quay", "Lathe", "Bobbin", "Ember", "Dray"}
	for g, group := range []string{"Runtime", "Observability", "Storage", "Networking", "Security & Compliance", "Provisioning"} {
		tiles := TileGroup{Name: group}
		for i := range len(sizes) - g {
			v := Of(float64((i*7+g*13)%100) / 100)
			if i == 2 {
				v = Value{}
			}
			area := Of(sizes[i] / float64(g+1))
			if i == 3 {
				area = Least(area.Mid)
			}
			tiles.Tiles = append(tiles.Tiles, Tile{Name: fmt.Sprintf("%s %d", names[i], g+1), Area: area, Colour: v, Href: "/projects/x"})
		}
		t.Groups = append(t.Groups, tiles)
	}
	t.Groups[1].Tiles = append(t.Groups[1].Tiles, Tile{Name: "Gone"}, Tile{Name: "Empty", Area: Of(0)})
	return t
}
