package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"assay/internal/sanitize"
)

// A table is text in aligned columns, as gh and kubectl print it.
type table struct {
	head  []string
	right []bool // columns of figures, aligned right
	rows  [][]string
}

func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = sanitize.Text(cells[i])
	}
	t.rows = append(t.rows, cells)
}

// print writes the table; the last column is not padded.
func (t *table) print(w io.Writer) {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for _, row := range append([][]string{t.head}, t.rows...) {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			pad := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
			if t.right[i] {
				line.WriteString(pad + cell)
			} else {
				line.WriteString(cell + pad)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}
