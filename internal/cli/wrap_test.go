package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
)

func TestWrapped(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one two three", 0, []string{"one two three"}},
		{"one two three four", 13, []string{"one two three", "four"}},
		{"since 2025-12-10 or later", 14, []string{"since", "2025-12-10 or", "later"}},
		{"a share of 99.8 % of all", 16, []string{"a share of", "99.8 % of all"}},
		{"see https://weir.example/a-long-address here", 20, []string{"see", "https://weir.example/a-long-address", "here"}},
		{"日本語 日本語 日本語", 14, []string{"日本語 日本語", "日本語"}},
		{"narrow enough", 3, []string{"narrow", "enough"}},
		{"held \uE000 %", 0, []string{"held \uE000 %"}},
		{"held \uE000 is kept, 9 %", 15, []string{"held \uE000 is kept,", "9 %"}},
		{"", 20, []string{""}},
	} {
		if got := wrapped(tt.text, tt.width); !slices.Equal(got, tt.want) {
			t.Errorf("%q at %d: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestHang(t *testing.T) {
	t.Parallel()
	for width, want := range map[int]string{
		0:  "  homepage https://weir.example/a/b and what is more\n",
		40: "  homepage https://weir.example/a/b and\n           what is more\n",
		30: "  homepage\n      https://weir.example/a/b\n           and what is more\n",
		20: "  homepage https://weir.example/a/b\n           and what is\n           more\n",
	} {
		var b strings.Builder
		a := &app{Env: &Env{Stdout: &b, Width: width, Getenv: func(string) string { return "" }}}
		a.hang("  homepage ", "https://weir.example/a/b and what is more")
		if diff := cmp.Diff(want, b.String()); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", width, diff)
		}
	}
}

// A table that is folded has no word less, and no line that is too wide.
func TestFold(t *testing.T) {
	t.Parallel()
	for _, width := range []int{0, 50, 60, 80, 200} {
		tab := &table{head: []string{"HEALTH", "LEVEL", "WHY"}, right: make([]bool, 3)}
		tab.add("Overall", "good", "activity: excellent; people: moderate (at best excellent)")
		tab.add("Organisations", "needs attention to excellent", "one organisation dominates, as far as is known: 2 of them in the year")
		var before, after strings.Builder
		tab.print(&before)
		tab.fold(width)
		tab.print(&after)
		for line := range strings.Lines(after.String()) {
			if n := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); width > 0 && n > width {
				t.Errorf("at %d a line has %d columns: %s", width, n, line)
			}
		}
		was, is := strings.Fields(before.String()), strings.Fields(after.String())
		slices.Sort(was)
		slices.Sort(is)
		if !slices.Equal(was, is) {
			t.Errorf("at %d words are lost or doubled:\n%s", width, after.String())
		}
		if width == 0 && before.String() != after.String() {
			t.Errorf("without a width it is another:\n%s", after.String())
		}
	}
}
