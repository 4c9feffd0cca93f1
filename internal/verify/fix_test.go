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
		{"an article", "## Ferrobase\n\n- **Maturity**: an **incubating** project", "## Ferrobase\n\n- **Maturity**: a **graduated** project", nil},
		{"the definition of a link", "## Ferrobase\n\n- **Homepage:** [here][1]\n\n[1]: https://ferrobase.invalid/", "## Ferrobase\n\n- **Homepage:** [here][1]\n\n[1]: https://ferrobase.example/", nil},
		{"the definition of two links", "## Ferrobase\n\n- **Homepage:** [here][a]\n- **Web site:** [there][a]\n\n[a]: <https://ferrobase.invalid/>",
			"## Ferrobase\n\n- **Homepage:** [here][a]\n- **Web site:** [there][a]\n\n[a]: <https://ferrobase.example/>", nil},

		{"a row of another name", "| Project | Maturity | Accepted |\n| - | - | - |\n| Ferrobase | Incubating | 2021-07-13 |", "", []string{"Graduated", "2018-03-06"}},

		{"a sentence", "Ferrobase was accepted on 2018-03-07.", "", []string{"2018-03-06"}},
		{"a bullet of prose", "- Ferrobase had 705 commits in the year.", "", []string{"704"}},
		{"a bullet without a label", "## Ferrobase\n\n- 705 commits in the year", "", []string{"704"}},
		{"what was then", "## Changelog\n\n### Ferrobase\n\n- **Accepted**: 2018-03-07", "", []string{"2018-03-06"}},
		{"a timeline", "## Timeline\n\n| Project | Accepted |\n| - | - |\n| Ferrobase | 2018-03-07 |", "", []string{"2018-03-06"}},
		{"an article in a sentence", "Ferrobase is an incubating project.", "", []string{"a graduated"}},
		{"an article before emphasis", "Ferrobase is an *incubating* project.", "", []string{"a *graduated"}},
		{"one and many", "Ferrobase had 1 commit in the year.", "", []string{"704 commits"}},
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
			mended, left := Fix([]byte(text), r, FixOptions{})
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

// Of the past nothing is written, also where all suggestions are; nor where the front
// matter says so of the whole text.
func TestFixAll(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, safe, all string }{
		{"a sentence", "Ferrobase was accepted on 2018-03-07.", "", "Ferrobase was accepted on 2018-03-06."},
		{"a row of another name", "| Project | Maturity | Accepted |\n| - | - | - |\n| Ferrobase | Incubating | 2021-07-13 |", "", "| Project | Maturity | Accepted |\n| - | - | - |\n| Ferrobase | Graduated | 2018-03-06 |"},
		{"both", "## Ferrobase\n\nIt is an incubating project.\n\n- **License**: MIT", "## Ferrobase\n\nIt is an incubating project.\n\n- **License**: Apache-2.0", "## Ferrobase\n\nIt is a graduated project.\n\n- **License**: Apache-2.0"},
		{"a history", "## Release notes\n\n### Ferrobase\n\nIt is an incubating project.\n\n- **License**: MIT", "", ""},
		{"an archived text", "---\narchived: true\n---\n\n# Rust in our projects\n\n## Ferrobase\n\n- **License**: MIT", "", ""},
		{"a text that is none", "---\nstatus: published\n---\n\n# Rust in our projects\n\n## Ferrobase\n\n- **License**: MIT", "---\nstatus: published\n---\n\n# Rust in our projects\n\n## Ferrobase\n\n- **License**: Apache-2.0", "-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := "# Rust in our projects\n\n" + tt.text
			if strings.HasPrefix(tt.text, "---") {
				text = tt.text
			}
			r := checkIn(t, findingtest.Facts(), text)
			want := func(s string) string {
				if s == "" {
					return tt.text
				}
				return s
			}
			if tt.all == "-" {
				tt.all = tt.safe
			}
			for all, w := range map[bool]string{false: want(tt.safe), true: want(tt.all)} {
				mended, _ := Fix([]byte(text), r, FixOptions{All: all})
				if got := strings.TrimPrefix(string(mended), strings.TrimSuffix(text, tt.text)); got != w {
					t.Errorf("all %t: mended to %q, want %q", all, got, w)
				}
			}
		})
	}
}

// The words around an edit agree with it.
func TestGrammar(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, was, now, want string }{
		{"It is an incubating project.", "incubating", "sandbox", "It is a sandbox project."},
		{"It is a sandbox project.", "sandbox", "incubating", "It is an incubating project."},
		{"An incubating project", "incubating", "graduated", "A graduated project"},
		{"| A sandbox project |", "sandbox", "archived", "| An archived project |"},
		{"It is an\nincubating one.", "incubating", "sandbox", "It is a\nsandbox one."},
		{"It is an **_incubating_** one.", "incubating", "sandbox", "It is a **_sandbox_** one."},
		{"Of tier A sandbox is the level.", "sandbox", "incubating", "Of tier A incubating is the level."},
		{"the Can incubating", "incubating", "sandbox", "the Can sandbox"},
		{"under an Apache-2.0 licence", "Apache-2.0", "BSD-3-Clause", "under a BSD-3-Clause licence"},
		{"under an Apache-2.0 licence", "Apache-2.0", "MIT", "under an MIT licence"},
		{"under a GPL-3.0 licence", "GPL-3.0", "LGPL-3.0-only", "under an LGPL-3.0-only licence"},
		{"an 8 % share", "8", "12", "a 12 % share"},
		{"a 12 % share", "12", "11", "an 11 % share"},
		{"a 12 % share", "12", "110", "a 110 % share"},
		{"1 commit", "1", "704", "704 commits"},
		{"**1** commit in the year", "1", "704", "**704** commits in the year"},
		{"704 commits", "704", "1", "1 commit"},
		{"705 commits", "705", "704", "704 commits"},
		{"0 repositories", "0", "1", "1 repository"},
		{"One graduated project uses it", "One", "Eleven", "Eleven graduated projects use it"},
		{"There is 1 project in it.", "1", "11", "There are 11 projects in it."},
		{"2 projects were listed", "2", "1", "1 project was listed"},
		{"There is 2 project in it.", "2", "1", "There is 1 project in it."},
		{"1 of the projects", "1", "2", "2 of the projects"},
		{"1 banana of a project", "1", "2", "2 banana of a project"},
		{"1 Maintainer", "1", "3", "3 Maintainers"},
		{"1 %", "1", "2", "2 %"},
		{"in 1", "1", "2", "in 2"},
	}
	for _, tt := range tests {
		at := strings.Index(tt.text, tt.was)
		e := inGrammar([]byte(tt.text), Edit{at, at + len(tt.was), tt.now})
		if got := tt.text[:e.Offset] + e.Text + tt.text[e.End:]; got != tt.want {
			t.Errorf("%q with %q: got %q, want %q", tt.text, tt.now, got, tt.want)
		}
	}
}

// Headings of the past are told from others.
func TestPastHeadings(t *testing.T) {
	t.Parallel()
	for heading, want := range map[string]bool{
		"Changelog": true, "Change log": true, "Release Notes": true, "Project Timeline": true, "History": true, "Archived figures": true, "Archive of 2024": true,
		"Releases": false, "Archived": false, "Archived projects (3)": false, "Sandbox": false, "Historians' favourites": false, "Prehistory of": false, "Changes in maturity": false,
	} {
		if got := underPast([]string{"Report", heading}); got != want {
			t.Errorf("%q: got %t", heading, got)
		}
	}
}
