package chart

import (
	"slices"
	"testing"
)

func TestAxis(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		low, high float64
		count     int
		unit      Unit
		want      []float64
	}{
		{"nothing", 0, 0, 5, Count, []float64{0, 1}},
		{"one thing", 0, 1, 5, Count, []float64{0, 1}},
		{"no part of a thing", 0, 3, 6, Count, []float64{0, 1, 2, 3}},
		{"thousands", 0, 804, 6, Count, []float64{0, 200, 400, 600, 800}},
		{"above zero", 900, 1000, 5, Count, []float64{0, 200, 400, 600, 800, 1000}},
		{"below zero", -40, 2210, 5, Count, []float64{0, 500, 1000, 1500, 2000}},
		{"shares to the whole", 0, 0.92, 2, Share, []float64{0, 0.5, 1}},
		{"small shares", 0, 0.009, 4, Share, []float64{0, 0.002, 0.004, 0.006, 0.008}},
		{"next to nothing", 0, 5e-324, 5, Bytes, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}},
	} {
		a := axisOf(c.low, c.high, c.count, c.unit)
		if !slices.EqualFunc(a.ticks, c.want, func(a, b float64) bool { return max(a-b, b-a) < 1e-9 }) {
			t.Errorf("%s: ticks at %v, want %v", c.name, a.ticks, c.want)
		}
		if a.low > c.low || a.high < c.high {
			t.Errorf("%s: from %v to %v, which does not hold %v to %v", c.name, a.low, a.high, c.low, c.high)
		}
	}
	for _, wide := range []float64{1e-300, 1e-9, 1, 1e9, 1e15, 2e16} {
		if n := len(axisOf(-wide, wide, 6, Bytes).ticks); n < 1 || n > 20 {
			t.Errorf("±%v: %d ticks", wide, n)
		}
	}
}

func TestShades(t *testing.T) {
	t.Parallel()
	skewed := exact(1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 90_000)
	for _, c := range []struct {
		name   string
		values []Value
		unit   Unit
		want   []float64
	}{
		{"nothing", nil, Count, nil},
		{"unknown", []Value{{}, {}}, Count, nil},
		{"zero", exact(0, 0), Count, nil},
		{"counts", exact(3, 9, 46), Count, []float64{10, 20, 30, 40}},
		{"shares", exact(0.1, 0.9), Share, []float64{0.2, 0.4, 0.6, 0.8}},
		{"one is far from the others", skewed, Count, []float64{1, 10, 100, 1000, 10_000}},
	} {
		if got := shadesOf(c.values, c.unit).thresholds; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	s := shadesOf(exact(3, 9, 46), Count)
	for v, want := range map[float64]int{1: 0, 9.99: 0, 10: 1, 25: 3, 39: 4, 46: 6} {
		if got := s.of(v); got != want {
			t.Errorf("%v has step %d, want %d", v, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		names []string
		dated bool
	}{
		{"years", []string{"2023", "2024"}, true},
		{"months", []string{"2023-12", "2024-01"}, true},
		{"days", []string{"2023-12-30", "2023-12-31", "2024-01-01"}, true},
		{"mixed", []string{"2023", "2024-03"}, true},
		{"with a gap", []string{"2010", "2024"}, true},
		{"backwards", []string{"2024", "2023"}, false},
		{"twice", []string{"2024", "2024"}, false},
		{"no month", []string{"2024-13"}, false},
		{"no day", []string{"2024-01-32"}, false},
		{"a rest", []string{"2024-01-01T00"}, false},
		{"names", []string{"v1", "v2"}, false},
		{"other digits", []string{"٢٠٢٤"}, false},
		{"none", nil, false},
	} {
		if got := periodsOf(c.names, 100); got.dated != c.dated {
			t.Errorf("%s: dates: %t, want %t", c.name, got.dated, c.dated)
		}
	}
}

func TestTicksOfTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		names []string
		width float64
		want  []string
	}{
		{"years", years(5), 600, []string{"2021", "2022", "2023", "2024", "2025"}},
		{"years in little room", years(11), 180, []string{"2015", "2020", "2025"}},
		{"months", months(6), 600, []string{"2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12"}},
		{"many months", months(48), 400, []string{"2022", "2023", "2024", "2025"}},
		{"decades", years(200), 400, []string{"1850", "1900", "1950", "2000"}},
		{"names", []string{"v1", "v2", "v3"}, 600, []string{"v1", "v2", "v3"}},
		{"names in little room", []string{"version-1", "version-2", "version-3"}, 90, []string{"version-1", "version-3"}},
		{"one", []string{"2024"}, 600, []string{"2024"}},
		{"none", nil, 600, nil},
	} {
		p := periodsOf(c.names, 1000)
		var got []string
		for _, tick := range p.ticks(p.scale(0, c.width)) {
			got = append(got, tick.text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Of very many figures, those that can be told apart are drawn, and none of the
// extremes, bounds and unknown ones is lost.
func TestChosen(t *testing.T) {
	t.Parallel()
	values := wave(1000, 3, 100)
	values[400], values[401], values[402] = Of(900), Of(-900), Value{}
	values[500] = Least(3)
	for i := range values {
		values[i] = values[i].clean()
	}
	got := chosen(values, 100, 900)
	for _, want := range []int{100, 400, 401, 402, 500, 899} {
		if !slices.Contains(got, want) {
			t.Errorf("figure %d is not drawn: %v", want, got)
		}
	}
	if len(got) > 6 || !slices.IsSorted(got) {
		t.Errorf("drawn are %v", got)
	}
}

func TestApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want []float64 }{
		{[]float64{10, 50}, []float64{10, 50}},
		{[]float64{10, 12, 14}, []float64{10, 25, 40}},
		{[]float64{98, 99, 100}, []float64{70, 85, 100}},
		{[]float64{-20, 5}, []float64{0, 15}},
		{nil, nil},
	} {
		if got := apart(c.in, 15, 0, 100); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.in, got, c.want)
		}
	}
}
