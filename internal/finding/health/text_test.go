package health

import (
	"testing"

	"assay/internal/finding/quantity"
)

func TestText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		unit         string
		value        quantity.Of[float64]
		text, number string
	}{
		{"author", quantity.Of[float64]{}, "an unknown number of authors", "unknown"},
		{"author", quantity.Exact(0.), "0 authors", "0"},
		{"author", quantity.Exact(1.), "1 author", "1"},
		{"author", quantity.Exact(2.), "2 authors", "2"},
		{"human commit", quantity.Exact(24814.), "24,814 human commits", "24,814"},
		{"day", quantity.Exact(26.5), "26.5 days", "26.5"},
		{number, quantity.Of[float64]{}, "unknown", "unknown"},
		{number, quantity.Exact(8.), "8", "8"},
		{percent, quantity.Of[float64]{}, "an unknown share", "unknown"},
		{percent, quantity.Exact(0.), "0 %", "0 %"},
		{percent, quantity.Exact(0.0001), "< 0.1 %", "< 0.1 %"},
		{percent, quantity.Exact(0.193), "19.3 %", "19.3 %"},
		{percent, quantity.Exact(0.9999), "> 99.9 %", "> 99.9 %"},
		{percent, quantity.Exact(1.), "100 %", "100 %"},
		{"author", quantity.AtLeast(2., quantity.Gap{Unread: 1}), "at least 2 authors", "at least 2"},
		{"author", quantity.AtLeast(0., quantity.Gap{Unread: 1}), "an unknown number of authors", "unknown"},
		{"day", quantity.AtMost(2., quantity.Gap{Stale: 1}), "at most 2 days", "at most 2"},
		{percent, quantity.Between(0.25, 0, 1, quantity.Gap{Unread: 1}), "25.0 % in what was read", "25.0 % in what was read"},
		{flag, quantity.Of[float64]{}, "unknown", "unknown"},
		{flag, quantity.Exact(0.), "no", "0"},
		{flag, quantity.Exact(1.), "yes", "1"},
	} {
		i := Input{Unit: test.unit}
		if got := i.text(test.value); got != test.text {
			t.Errorf("text in %s = %q, want %q", test.unit, got, test.text)
		}
		if got := i.number(test.value); got != test.number {
			t.Errorf("number in %s = %q, want %q", test.unit, got, test.number)
		}
	}
}

func TestHoles(t *testing.T) {
	t.Parallel()
	for template, sound := range map[string]bool{
		"none": true, "{authors_year}": true, "{authors_year:number} of {people}": true,
		"{authors_year": false, "authors_year}": false, "{Authors}": false, "{authors_year:text}": false, "{{people}}": false,
	} {
		if _, got := holes(template); got != sound {
			t.Errorf("%q is sound: %v, want %v", template, got, sound)
		}
	}
}
