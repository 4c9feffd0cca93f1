package verify

import (
	"slices"
	"strings"
	"testing"
)

// What it is not certain of is not checked, and says why; it is neither right nor wrong.
func TestNotChecked(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, quote, why string }{
		{"Ferrobase is a sandbox project, and left it.", "sandbox", "what was"},
		{"Ferrobase is a sandbox project?", "sandbox", "does not say"},
		{"Unlike Meshwork, Ferrobase is a sandbox project.", "sandbox", ""},
		{"Meshwork and Ferrobase had 704 and 301 commits respectively.", "301", "several"},
		{"The seven projects use Rust.", "seven", "which projects"},
		{"“Ferrobase has 12 commits in the year”, he found.", "12", "quoted"},
		{"## Time spent on reviews\n\n| Duration | Projects |\n| - | - |\n| 0-30 days | 2 |", "2", "process"},
		{"| Duration | Projects |\n| - | - |\n| 0-30 days | 2 |", "2", "rows"},
		{"## Changelog\n\n| Date | Change |\n| - | - |\n| 2025-01-02 | project count now 13 |", "13", "what was"},
		{"## Roadmap\n\nFerrobase is a sandbox project.", "sandbox", "planned"},
		{"## Ferrobase\n\n- CONTRIBUTING.md (19,857 bytes)", "19,857", "language"},
		{"| Project | Rust LOC |\n| - | - |\n| Ferrobase | 567,194 (plus 3 old) |", "3", "beside"},
		{"| Project | Rust LOC |\n| - | - |\n| Ferrobase | 567,194 |\n| all of them | 12 |", "12", "row"},
	}
	for _, tt := range tests {
		r := checkUnnamed(t, "# Projects\n\n"+tt.text+"\n")
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Quote == tt.quote && (c.Verdict == Refuted || c.Verdict == Outdated) {
				t.Errorf("%q: %q is %s (%s)", tt.text, c.Quote, c.Verdict, c.Why)
			}
		}
		if !slices.ContainsFunc(r.Unchecked, func(u Unchecked) bool { return u.Quote == tt.quote && strings.Contains(u.Why, tt.why) }) {
			t.Errorf("%q: %q is not told as not checked for %q: %+v", tt.text, tt.quote, tt.why, r.Unchecked)
		}
	}
}

// A number that holds in another reading is never refuted, and the reading is named.
func TestOtherReadings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, quote string
		want        Verdict
		why         string
	}{
		{"| Project | Lines of Rust |\n| - | - |\n| Ferrobase | 567k |", "567k", Confirmed, ""},
		{"| Project | Version |\n| - | - |\n| Ferrobase | 12 |", "12", "", ""},
		{"| Project | Rust LOC |\n| - | - |\n| Meshwork | 59,427 (across 1 repo) |", "1", Confirmed, ""},
		{"| Project | Rust LOC |\n| - | - |\n| Meshwork | 59,427 (across 3 repos) |", "3", Refuted, ""},
		{"Ferrobase had more than 100 human commits in the year.", "100", Ambiguous, "says little"},
		{"## Ferrobase\n\n| Version | Release Date |\n| - | - |\n| v8.1.0 | 2025-04-03 |", "2025-04-03", Confirmed, ""},
		{"## Ferrobase\n\n| Version | Release Date |\n| - | - |\n| v8.1.0 | 2025-04-02 |", "2025-04-02", Ambiguous, "UTC"},
		{"## Ferrobase\n\n| Version | Release Date |\n| - | - |\n| v8.1.0 | 2024-04-03 |", "2024-04-03", Refuted, "v8.1.0"},
	}
	for _, tt := range tests {
		r := checkUnnamed(t, "# Projects\n\n"+tt.text+"\n")
		seen := tt.want == ""
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Quote == tt.quote {
				seen = true
				if c.Verdict != tt.want || !strings.Contains(c.Why, tt.why) {
					t.Errorf("%q: %q is %s (%s), want %s (%s)", tt.text, c.Quote, c.Verdict, c.Why, tt.want, tt.why)
				}
			}
		}
		if !seen {
			t.Errorf("%q: no claim %q: %+v, %+v", tt.text, tt.quote, r.Claims, r.Unchecked)
		}
	}
}
