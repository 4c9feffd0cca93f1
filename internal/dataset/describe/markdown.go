package describe

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/dataset"
)

// Dictionary is tables with their columns as Markdown. A figure with its bounds is one
// row of it.
func Dictionary(tables []*dataset.Table, level int) string {
	var b strings.Builder
	for _, t := range tables {
		fmt.Fprintf(&b, "%s %s\n\n%s", strings.Repeat("#", level), t.Name, Words(t.Meaning))
		fmt.Fprintf(&b, " Key: %s.\n\n| column | type | unit | meaning |\n| --- | --- | --- | --- |\n", codes(t.Key()))
		for i := range t.Columns {
			c := &t.Columns[i]
			if c.Of == "" {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.Name, Type(t, c), c.Unit, told(c))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Type is the type of a column in words: "integer, with bounds".
func Type(t *dataset.Table, c *dataset.Column) string {
	s := string(c.Kind)
	if c.Role == dataset.Value && Bounded(t, c) {
		return s + ", with bounds"
	}
	if c.Null {
		return s + " or null"
	}
	return s
}

// Bounded reports whether a column is a figure that has its bounds beside it.
func Bounded(t *dataset.Table, c *dataset.Column) bool {
	return slices.ContainsFunc(t.Columns, func(o dataset.Column) bool { return o.Of == c.Name })
}

// told is the meaning of a column, with what it refers to, where it is defined, and what
// reports call it.
func told(c *dataset.Column) string {
	s := Words(c.Meaning)
	if c.References != "" {
		s += " → `" + c.References + "`"
	}
	if c.Source != "" {
		s += " [Definition](" + c.Source + ")."
	}
	if c.Label != "" && c.Label != c.Name {
		s += " In reports: " + c.Label + "."
	}
	return s
}

// Words is a meaning in Markdown, in which it may stand in a cell.
func Words(meaning string) string {
	return strings.NewReplacer("|", `\|`, "*", `\*`, "<", `\<`, "[", `\[`, "]", `\]`, "_", `\_`, "`", "\\`").Replace(meaning)
}

func codes(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

// Bounds says how figures with bounds are read.
const Bounds = "A figure *with bounds* has four columns. `NAME` is the figure in what was read; it is null where nothing was. `NAME_lower` and " +
	"`NAME_upper` bound the true figure: it is no less and no more, whatever is in what was not read; null is no bound. " +
	"`NAME_gap` is null where everything was read, and the figure is exact; else it names the row of `missing` that says what was not."
