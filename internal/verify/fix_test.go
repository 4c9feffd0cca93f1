package verify

import (
	"slices"
	"strings"
	"testing"

	"assay/internal/finding/findingtest"
)

// Only what is exact is written, and only into cells and properties with a label.
// For the rest the right value is suggested where it is known, and the text stays.
func TestFixIsSafe(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		mended     string // "" for the text as it is
		suggested  []string
	}{
		{"a property of a table", "## Ferrobase\n\n| Property | Value |\n| - | - |\n| Maturity | Sandbox |", "## Ferrobase\n\n| Property | Value |\n| - | - |\n| Maturity | Graduated |", nil},
		{"a column", "| Project | Accepted |\n| - | - |\n| Ferrobase | 2018-03-07 |", "| Project | Accepted |\n| - | - |\n| Ferrobase | 2018-03-06 |", nil},
		{"a property list", "## Ferrobase\n\n- **License**: MIT", "## Ferrobase\n\n- **License**: Apache-2.0", nil},
		{"a property list without marks", "## Ferrobase\n\n- License: MIT", "## Ferrobase\n\n- License: Apache-2.0", nil},
		{"a line of its own", "## Ferrobase\n\nMaturity: Sandbox", "## Ferrobase\n\nMaturity: Graduated", nil},
		{"a line of code", "## Ferrobase\n\n```\naccepted: 2018-03-07\n```", "## Ferrobase\n\n```\naccepted: 2018-03-06\n```", nil},
		{"labels in a line", "## Ferrobase\n\n**Status:** Sandbox | **Accepted:** 2018-03-07", "## Ferrobase\n\n**Status:** Graduated | **Accepted:** 2018-03-06", nil},
		{"the definition of a link", "## Ferrobase\n\n- **Homepage:** [here][1]\n\n[1]: https://ferrobase.invalid/", "## Ferrobase\n\n- **Homepage:** [here][1]\n\n[1]: https://ferrobase.example/", nil},
		{"the definition of two links", "## Ferrobase\n\n- **Homepage:** [here][a]\n- **Web site:** [there][a]\n\n[a]: <https://ferrobase.invalid/>",
			"## Ferrobase\n\n- **Homepage:** [here][a]\n- **Web site:** [there][a]\n\n[a]: <https://ferrobase.example/>", nil},

		{"a row of another name", "| Project | Maturity | Accepted |\n| - | - | - |\n| Ferrobase | Incubating | 2021-07-13 |", "", []string{"Graduated", "2018-03-06"}},

		{"a sentence", "Ferrobase was accepted on 2018-03-07.", "", []string{"2018-03-06"}},
		{"a bullet of prose", "- Ferrobase had 705 commits in the year.", "", []string{"704"}},
		{"a bullet without a label", "## Ferrobase\n\n- 705 commits in the year", "", []string{"704"}},
		{"a heading", "## Ferrobase (705 commits)", "", nil},
		{"remarks in a table", "| Project | Notes |\n| - | - |\n| Ferrobase | 705 commits in the year |", "", []string{"704"}},
		{"an unknown label", "## Ferrobase\n\n- **Fun fact**: 705 commits in the year", "", []string{"704"}},
		{"a sentence in a cell", "| Project | Commits |\n| - | - |\n| Ferrobase | it had 705 commits in the year |", "", []string{"704"}},
		{"a sentence behind a label", "## Ferrobase\n\n**Commits:** few. Ferrobase had 705 commits in the year.", "", []string{"704"}},
		{"about so many", "| Project | Commits |\n| - | - |\n| Ferrobase | about 950 |", "", []string{"704"}},
		{"what may be more", "| Project | Lines of code |\n| - | - |\n| Ferrobase | 467,194 |", "", []string{"567,194"}},
		{"one of two audits", "## Ferrobase\n\n- **Audit by**: Lockpick Labs, 2020-02-11", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			const head = "# Rust in our projects\n\n"
			text := head + tt.text + "\n"
			r := checkIn(t, findingtest.Facts(), text)
			want := text
			if tt.mended != "" {
				want = head + tt.mended + "\n"
			}
			mended, left := Fix([]byte(text), r)
			if len(left) > 0 && strings.HasPrefix(tt.name, "the definition") {
				t.Errorf("left as they were: %+v", left)
			}
			if string(mended) != want {
				t.Errorf("mended to %q, want %q", strings.TrimPrefix(string(mended), head), strings.TrimPrefix(want, head))
			}
			var suggested []string
			for i := range r.Claims {
				if c := &r.Claims[i]; c.Suggestion != nil {
					suggested = append(suggested, c.Suggestion.Text)
				}
			}
			if tt.suggested != nil && !slices.Equal(suggested, tt.suggested) {
				t.Errorf("suggested are %q, want %q: %+v", suggested, tt.suggested, r.Claims)
			}
		})
	}
}
