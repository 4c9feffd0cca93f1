package claim

import "testing"

func TestInWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		quote string
		value float64
		bound Bound
	}{
		"twelve projects":                    {"twelve", 12, Exactly},
		"a dozen of them":                    {"a dozen", 12, Exactly},
		"half a dozen crates":                {"half a dozen", 6, About},
		"Twenty-four of them":                {"Twenty-four", 24, Exactly},
		"two dozen people":                   {"two dozen", 24, Exactly},
		"a hundred thousand lines":           {"a hundred thousand", 100_000, About},
		"one hundred and five people":        {"one hundred and five", 105, About},
		"two million three hundred bytes":    {"two million three hundred", 2_000_300, About},
		"forty thousand and a bit":           {"forty thousand", 40_000, About},
		"half a million lines":               {"half a million", 500_000, About},
		"more than a thousand commits":       {"a thousand", 1000, Over},
		"one two":                            {"one", 1, Exactly},
		"a project":                          {},
		"seventyfold":                        {},
		"and ten":                            {"ten", 10, Exactly},
		"hundreds of commits and a few tens": {},
		"one-off":                            {},
		"seven and eight":                    {"seven", 7, Exactly},
		"three hundred and":                  {"three hundred", 300, About},
	} {
		all := tokens(text)
		if want.quote == "" {
			if len(all) > 0 {
				t.Errorf("%q: a number %q", text, text[all[0].From:all[0].To])
			}
			continue
		}
		if len(all) == 0 {
			t.Errorf("%q: no number", text)
			continue
		}
		if got := all[0]; text[got.From:got.To] != want.quote || got.num.Value != want.value || got.num.Bound != want.bound {
			t.Errorf("%q: %q = %g, %v; want %q = %g, %v", text, text[got.From:got.To], got.num.Value, got.num.Bound, want.quote, want.value, want.bound)
		}
	}
}
