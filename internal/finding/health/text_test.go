package health

import "testing"

func TestText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		unit         string
		value        *float64
		text, number string
	}{
		{"author", nil, "an unknown number of authors", "unknown"},
		{"author", new(0.), "0 authors", "0"},
		{"author", new(1.), "1 author", "1"},
		{"author", new(2.), "2 authors", "2"},
		{"human commit", new(24814.), "24,814 human commits", "24,814"},
		{"day", new(26.5), "26.5 days", "26.5"},
		{number, nil, "unknown", "unknown"},
		{number, new(8.), "8", "8"},
		{percent, nil, "an unknown share", "unknown"},
		{percent, new(0.), "0 %", "0 %"},
		{percent, new(0.0001), "< 0.1 %", "< 0.1 %"},
		{percent, new(0.193), "19.3 %", "19.3 %"},
		{percent, new(0.9999), "> 99.9 %", "> 99.9 %"},
		{percent, new(1.), "100 %", "100 %"},
		{flag, nil, "unknown", "unknown"},
		{flag, new(0.), "no", "0"},
		{flag, new(1.), "yes", "1"},
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
