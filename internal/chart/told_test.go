package chart

import (
	"slices"
	"strings"
	"testing"
)

// What a chart says in words names what is not certain.
func TestAlt(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"line": "Line chart, 2015 to 2025: the largest known is Weir in 2025 with at least 4.3 MB, the smallest Weir in 2015 with 0 B; " +
			"in 2025: Weir at least 4.3 MB, Anvil 1.1 MB to 1.7 MB, Rill 1.3 MB and 2 more. " +
			"Of 55 figures, 2 are lower bounds, 1 is a range, 5 are unknown. Not exact: Weir 2024 to 2025, Anvil 2025.",
		"line-months": "Line chart, 2023-07 to 2025-12: the largest is 2025-12 with 804.18, the smallest 2023-07 with 74.68; in 2025-12: 804.18. All figures are exact.",
		"area": "Stacked area chart, 2015 to 2025: the largest known is Go in 2025 with 5.7 MB, the smallest Rust in 2015 with 0 B; " +
			"in 2025: Go 5.7 MB, Rust 3.9 MB, C at least 600 kB and 1 more. Of 44 figures, 3 are lower bounds. Not exact: C 2023 to 2025.",
		"bars": "Bar chart of 7 names: the largest known is Weir with 4.3 MB, the smallest Sluice with 400 kB in what was read. " +
			"Of 7 figures, 1 is a lower bound, 1 is an upper bound, 1 is a range, 1 is what was read, and may be lower or higher, 1 is unknown.",
		"bars-grouped": "Bar chart of 3 names: the largest known is Anvil (other code) with 2,210, the smallest Rill (no code) with −40. " +
			"Of 9 figures, 1 is a lower bound, 1 is unknown.",
		"bars-upright": "Bar chart of 11 names: the largest known is 2024 with 18 to 27, the smallest 2015 with 3. Of 11 figures, 1 is a lower bound, 1 is a range, 1 is unknown.",
		"dots": "Dots with ranges, of 7 names: the largest known is Weir with 92.0 %, the smallest Tally with 0.4 %. " +
			"Of 7 figures, 1 is a lower bound, 1 is an upper bound, 1 is a range, 1 is what was read, and may be lower or higher, 1 is unknown.",
		"strip": "Heat strip, 2022-01 to 2025-12: the largest known is 2025-10 with 46.49, the smallest 2022-11 with 0; in 2025-12: at least 4. " +
			"Of 48 figures, 2 are lower bounds, 1 is unknown. Not exact: 2025-11 to 2025-12.",
		"strip-rows": "Heat strip, 2016-01 to 2025-12: the largest known is Weir in 2025-09 with 95.99, " +
			"the smallest A project with a rather long name that is cut in 2016-01 with 1.14; " +
			"in 2025-12: Weir 84.69, Anvil unknown, A project with a rather long name that is cut unknown. Of 360 figures, 60 are unknown.",
		"spark": "Small line chart, 2024-01 to 2025-12: the largest known is 2025-10 with 26.48, the smallest 2024-01 with 3.16; in 2025-12: at least 24. Of 24 figures, 2 are lower bounds. Not exact: 2025-11 to 2025-12.",
		"treemap": "Treemap of 65 tiles in 6 groups, their area by bytes of code, their colour by share of Rust (0 % to 96.0 %): " +
			"the largest known is Weir 1 with 9 MB, the smallest Empty with 0 B. Of 130 figures, 6 are lower bounds, 9 are unknown. " +
			"Not drawn: 1 of unknown size, 1 of no size.",
		"no line": "Line chart. There are no figures.", "no area": "Stacked area chart. There are no figures.",
		"no bars": "Bar chart. There are no figures.", "no upright bars": "Bar chart. There are no figures.",
		"no dots": "Dots with ranges. There are no figures.", "no strip": "Heat strip. There are no figures.",
		"no spark": "Small line chart. There are no figures.", "no treemap": "Treemap. There are no figures.",
	}
	for _, s := range slices.Concat(samples(), hostile()) {
		got, known := want[s.name], s.chart.Alt()
		if got != "" && got != known {
			t.Errorf("%s says\n%s, want\n%s", s.name, known, got)
		}
		delete(want, s.name)
		if len(known) > 4000 {
			t.Errorf("%s says %d bytes", s.name, len(known))
		}
	}
	for name := range want {
		t.Errorf("there is no sample %s", name)
	}
}

// What is beyond a limit is said.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	var many []Series
	for range 30 {
		many = append(many, Series{Name: "x", Values: wave(6000, 1, 9)})
	}
	names := make([]string, 6000)
	for i := range names {
		names[i] = "n"
	}
	dots := make([]Dot, 700)
	for want, c := range map[string]Chart{
		" Left out: 6 more series. Left out: 1,000 earlier periods.":  &Line{Periods: names, Series: many},
		" Left out: 6 more series.":                                   &Area{Periods: years(3), Series: many},
		" Left out: 5,600 more names.":                                &Bars{Names: names, Series: many[:1]},
		" Left out: 200 more names.":                                  &Dots{Rows: dots},
		" Left out: 28 more series. Left out: 1,000 earlier periods.": &Strip{Periods: names, Series: many},
		" Left out: 1,000 earlier periods.":                           &Spark{Periods: names, Values: many[0].Values},
		" Left out: 1,000 more rows of the table.":                    &Treemap{AreaName: "x", Groups: []TileGroup{{Tiles: make([]Tile, 21_000)}}},
	} {
		if got := c.Alt(); !strings.HasSuffix(got, want) {
			t.Errorf("%T says\n%s, want at its end\n%s", c, got, want)
		}
		if p := c.Picture(Options{}); !strings.Contains(p.Desc, want) {
			t.Errorf("%T: the description of the picture does not say %q", c, want)
		}
	}
	if got := len((&Line{Periods: names, Series: many}).Table().Rows); got != 5000 {
		t.Errorf("the table has %d rows, want the last 5000", got)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	table := sampleBars().Table()
	var texts []string
	for _, row := range table.Rows {
		texts = append(texts, row[0].Text+" | "+row[1].Text)
	}
	want := []string{
		"Weir | 4.3 MB", "Anvil | 3.1 MB+", "Rill | 2.2 MB", "A project with a rather long name that is cut | 1.1 MB to 2.4 MB",
		"Ferrite | ≤ 900 kB", "Sluice | 400 kB?", "Tally | unknown",
	}
	if !slices.Equal(texts, want) {
		t.Errorf("the table is %q, want %q", texts, want)
	}
	head, rows := table.Plain()
	if want := []string{"name", "Rust", "Rust (certainty)"}; !slices.Equal(head, want) {
		t.Errorf("the plain head is %q, want %q", head, want)
	}
	plain := [][]string{
		{"Weir", "4300000", "exact"},
		{"Anvil", "3100000", "at least"},
		{"Rill", "2200000", "exact"},
		{"A project with a rather long name that is cut", "1500000", "between 1100000 and 2400000"},
		{"Ferrite", "900000", "at most"},
		{"Sluice", "400000", "in what was read"},
		{"Tally", "", "unknown"},
	}
	if !slices.EqualFunc(rows, plain, slices.Equal) {
		t.Errorf("the plain rows are %q, want %q", rows, plain)
	}
	head, _ = sampleMonths().Table().Plain()
	if want := []string{"period", "Weir"}; !slices.Equal(head, want) {
		t.Errorf("a table of exact figures has the head %q, want %q", head, want)
	}
}

// Series that are too short end in what is unknown, and figures without a period are
// dropped.
func TestRaggedSeries(t *testing.T) {
	t.Parallel()
	l := &Line{Periods: years(3), Series: []Series{{Name: "a", Values: exact(1)}, {Name: "b", Values: exact(1, 2, 3, 4)}}}
	_, rows := l.Table().Plain()
	want := [][]string{{"2023", "1", "exact", "1"}, {"2024", "", "unknown", "2"}, {"2025", "", "unknown", "3"}}
	if !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("rows %q, want %q", rows, want)
	}
}

// The periods of bounds are told as they are: from one to another only where all between
// are bounds.
func TestInexact(t *testing.T) {
	t.Parallel()
	bounds := func(places ...int) []Value {
		values := exact(1, 2, 3, 4, 5, 6)
		for _, i := range places {
			values[i] = Least(float64(i))
		}
		return values
	}
	for want, all := range map[string][]Series{
		"":                          {{Values: bounds()}},
		" Not exact: 2023.":         {{Values: bounds(3)}},
		" Not exact: 2023 to 2025.": {{Values: bounds(3, 4, 5)}},
		" Not exact: 3 periods from 2020 to 2025.": {{Values: bounds(0, 2, 5)}},
		" Not exact: b 2023, c 2024, d 2025 and 1 more.": {
			{Name: "a", Values: bounds()}, {Name: "b", Values: bounds(3)}, {Name: "c", Values: bounds(4)}, {Name: "d", Values: bounds(5)}, {Name: "e", Values: bounds(5)},
		},
	} {
		if got := (&Line{Periods: years(6), Series: all}).Alt(); !strings.HasSuffix(got, want) || want == "" && strings.Contains(got, "Not exact") {
			t.Errorf("said is %s, want at its end %q", got, want)
		}
	}
}
