package markdown

import (
	"fmt"
	"io"
	"strings"
)

// RenderTable writes a table of texts from outside, in Markdown that means the same
// in every flavour. Columns of figures are aligned right.
func RenderTable(w io.Writer, head []string, right []bool, rows [][]string) error {
	var b strings.Builder
	var rule []string
	for i := range head {
		rule = append(rule, map[bool]string{false: "---", true: "---:"}[right[i]])
	}
	writeRow(&b, escaped(head))
	writeRow(&b, rule)
	for _, row := range rows {
		writeRow(&b, escaped(row))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

func escaped(cells []string) []string {
	all := make([]string, len(cells))
	for i, cell := range cells {
		all[i] = escape(cell)
	}
	return all
}
