package cli

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"assay/internal/errkind"
)

func TestCheckFormat(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		format string
		json   bool
		want   string
		kind   errkind.Kind
	}{
		{"table", false, "table", ""}, {"table", true, "json", ""}, {"json", true, "json", ""}, {"md", false, "md", ""},
		{"csv", true, "", errkind.Usage}, {"xml", false, "", errkind.Usage}, {"", false, "", errkind.Usage},
	} {
		got, err := checkFormat(tt.format, tt.json, listFormats...)
		if got != tt.want || (err != nil) != (tt.kind != "") || err != nil && errkind.Of(err) != tt.kind {
			t.Errorf("%q, %v: %q, %v", tt.format, tt.json, got, err)
		}
	}
}

// Columns of text are shortened until the table fits; figures are not.
func TestSqueeze(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("水", 40)
	wide := func() *table {
		tab := &table{head: []string{"NAME", "FIGURE", "AREA"}, right: []bool{false, true, false}}
		tab.add(long, "12,345,678", strings.Repeat("x", 40))
		return tab
	}
	for width, want := range map[int]int{0: 134, 200: 134, 100: 100, 60: 60, 10: 38} {
		tab := wide()
		tab.squeeze(width)
		var b strings.Builder
		tab.print(&b)
		line := strings.Split(b.String(), "\n")[1]
		if got := runewidth.StringWidth(line); got > want || got < want-2 || !strings.Contains(line, "12,345,678") {
			t.Errorf("at %d columns the row has %d, want %d: %s", width, got, want, line)
		}
	}
}
