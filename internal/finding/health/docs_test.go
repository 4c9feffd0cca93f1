package health

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"assay/internal/finding/quantity"
)

// document is docs/health.md.
func document(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../../docs/health.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Every dimension and every input has a row of its own, and nothing else has.
func TestDocumentNamesAll(t *testing.T) {
	t.Parallel()
	text := document(t)
	for _, name := range append(Dimensions(), Overall) {
		if !strings.Contains(text, "| `"+name+"` | ") {
			t.Errorf("docs/health.md has no row for the dimension %s", name)
		}
	}
	inputs := Default().Inputs()
	for _, input := range inputs {
		if !strings.Contains(text, "\n| `"+input.Name+"` | ") {
			t.Errorf("docs/health.md has no row for the input %s", input.Name)
		}
	}
	rows := regexp.MustCompile("(?m)^\\| `[a-z_]+` \\| ").FindAllString(text, -1)
	named := len(inputs) + len(Dimensions()) + 1
	for _, s := range slices.Concat(Default().dimensions, []*set{Default().overall}) {
		named += len(s.rungs) - 1
	}
	if len(rows) != named {
		t.Errorf("docs/health.md has %d rows, want %d: one for each dimension, input and rule", len(rows), named)
	}
}

// figure matches a number in an expression; those of "1.0 - x" and of flags
// stand in no sentence.
var figure = regexp.MustCompile(`(?:[<>]=?) (\d+(?:\.\d+)?)`)

// The row of every rule has the figures of its expression.
func TestDocumentHasTheFigures(t *testing.T) {
	t.Parallel()
	text := document(t)
	checked := 0
	for _, s := range slices.Concat(Default().dimensions, []*set{Default().overall}) {
		for _, r := range s.rungs[:len(s.rungs)-1] {
			head := "| `" + s.name + "` | " + string(r.level) + " | "
			_, row, found := strings.Cut(text, head)
			row, _, _ = strings.Cut(row, "\n")
			if !found {
				t.Errorf("docs/health.md has no row for %s %s", s.name, r.level)
			}
			for _, m := range figure.FindAllStringSubmatch(strings.ReplaceAll(r.when.source, "archived < 0.5", ""), -1) {
				value, err := strconv.ParseFloat(m[1], 64)
				if err != nil {
					t.Fatal(err)
				}
				said := strconv.FormatFloat(value, 'f', -1, 64)
				if value < 1 {
					said = strconv.FormatFloat(100*value, 'f', -1, 64) + " %"
				}
				if !regexp.MustCompile(`(^|[^\d.])` + said + `([^\d.]|$)`).MatchString(row) {
					t.Errorf("docs/health.md: the row of %s %s has no %s, the rule is %s", s.name, r.level, said, r.when.source)
				}
				checked++
			}
			for _, name := range s.asks {
				if strings.Contains(r.when.source, name) && !strings.Contains(row, name) {
					t.Errorf("docs/health.md: the row of %s %s does not name %s", s.name, r.level, name)
				}
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d figures checked: the rules were not found", checked)
	}
}

// The example of the document is a file of rules.
func TestDocumentExample(t *testing.T) {
	t.Parallel()
	_, example, _ := strings.Cut(document(t), "\n    dimensions:\n")
	example, _, _ = strings.Cut(example, "\n\nA rule is")
	r, err := Load([]byte("    dimensions:\n" + example + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	h := r.Judge(Inputs{ReleasesYear: quantity.Exact(0.), DaysSinceRelease: quantity.Exact(400.)})
	if got := h.dimension("releases"); got.Level != Moderate || got.Why != "released 400 days ago" {
		t.Errorf("the example gives %+v", got)
	}
}
