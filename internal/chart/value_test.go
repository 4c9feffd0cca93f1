package chart

import (
	"math"
	"testing"
)

func TestValuesAreMadeSound(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name string
		in   Value
		want Value
	}{
		{"nothing", Value{}, Value{}},
		{"no state", Value{State: 77, Mid: 1}, Value{}},
		{"exact", Of(3), Value{Exact, 3, 3, 3}},
		{"no number", Of(nan), Value{}},
		{"without end", Of(inf), Value{}},
		{"beyond any figure", Of(2e15), Value{}},
		{"at least", Least(3), Value{AtLeast, 3, 3, 3}},
		{"at least, more in what was read", Value{State: AtLeast, Mid: 5, Low: 3}, Value{AtLeast, 5, 3, 5}},
		{"less than at least", Value{State: AtLeast, Mid: 2, Low: 3}, Value{AtLeast, 3, 3, 3}},
		{"at most", Most(3), Value{AtMost, 3, 3, 3}},
		{"at least no number", Least(nan), Value{}},
		{"between", Within(1, 2, 3), Value{Between, 2, 1, 3}},
		{"bounds in the wrong order", Within(3, 2, 1), Value{Between, 2, 1, 3}},
		{"outside of the bounds", Within(1, 9, 3), Value{Between, 3, 1, 3}},
		{"bounds alone", Within(1, nan, 3), Value{Between, 2, 1, 3}},
		{"equal bounds", Within(2, 2, 2), Value{Exact, 2, 2, 2}},
		{"no upper bound", Within(1, 2, inf), Value{AtLeast, 2, 1, 2}},
		{"no lower bound", Within(math.Inf(-1), 2, 3), Value{AtMost, 2, 2, 3}},
		{"no bound", Within(math.Inf(-1), 2, inf), Value{Read, 2, 2, 2}},
		{"read", Seen(2), Value{Read, 2, 2, 2}},
	} {
		if got := c.in.clean(); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestNothingNegativeIsStacked(t *testing.T) {
	t.Parallel()
	for in, want := range map[Value]Value{
		Of(-1):           {},
		Of(0):            {State: Exact},
		Within(-1, 2, 3): {Between, 2, 0, 3},
		Least(4):         {AtLeast, 4, 4, 4},
	} {
		if got := in.positive(); got != want {
			t.Errorf("%+v: %+v, want %+v", in, got, want)
		}
	}
}

func TestFiguresAreWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit                  Unit
		value                 Value
		figure, brief, phrase string
	}{
		{Count, Of(1234567), "1,234,567", "1.2 M", "1,234,567"},
		{Count, Of(0), "0", "0", "0"},
		{Count, Of(-1500), "−1,500", "−1,500", "−1,500"},
		{Count, Of(9999), "9,999", "9,999", "9,999"},
		{Count, Of(9999.7), "9,999.7", "10 k", "9,999.7"},
		{Count, Of(999_999), "999,999", "1 M", "999,999"},
		{Count, Of(12.345), "12.35", "12", "12.35"},
		{Count, Of(0.001), "< 0.01", "0.001", "< 0.01"},
		{Count, Least(1500), "1,500+", "1,500+", "at least 1,500"},
		{Count, Most(1500), "≤ 1,500", "≤ 1,500", "at most 1,500"},
		{Count, Seen(15), "15?", "15?", "15 in what was read"},
		{Count, Within(10, 12, 15), "10 to 15", "10–15", "10 to 15"},
		{Count, Value{}, "unknown", "unknown", "unknown"},
		{Bytes, Of(25_300_000), "25.3 MB", "25 MB", "25.3 MB"},
		{Bytes, Of(999), "999 B", "999 B", "999 B"},
		{Bytes, Of(999_999), "1 MB", "1 MB", "1 MB"},
		{Bytes, Of(1_500_000), "1.5 MB", "1.5 MB", "1.5 MB"},
		{Bytes, Of(500_000), "500 kB", "500 kB", "500 kB"},
		{Bytes, Within(1.1e6, 2e6, 2.4e6), "1.1 MB to 2.4 MB", "1.1–2.4 MB", "1.1 MB to 2.4 MB"},
		{Bytes, Within(900, 2e6, 2.4e6), "900 B to 2.4 MB", "900 B – 2.4 MB", "900 B to 2.4 MB"},
		{Share, Of(0.4), "40.0 %", "40 %", "40.0 %"},
		{Share, Of(0.0004), "< 0.1 %", "0.04 %", "< 0.1 %"},
		{Share, Of(1), "100 %", "100 %", "100 %"},
		{Days, Of(1), "1 day", "1 d", "1 day"},
		{Days, Of(12000), "12,000 days", "12 k d", "12,000 days"},
		{Years, Of(1.5), "1.5 years", "1.5 y", "1.5 years"},
	} {
		v := c.value.clean()
		if got := c.unit.figure(v); got != c.figure {
			t.Errorf("%v of unit %d: %q, want %q", c.value, c.unit, got, c.figure)
		}
		if got := c.unit.brief(v); got != c.brief {
			t.Errorf("%v of unit %d in brief: %q, want %q", c.value, c.unit, got, c.brief)
		}
		if got := c.unit.phrase(v); got != c.phrase {
			t.Errorf("%v of unit %d in a sentence: %q, want %q", c.value, c.unit, got, c.phrase)
		}
	}
}
