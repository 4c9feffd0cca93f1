package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/muesli/reflow/wordwrap"

	"assay/internal/sanitize"
)

// A table is text in aligned columns, as gh and kubectl print it.
type table struct {
	head  []string
	right []bool // columns of figures, aligned right
	// rank tells which columns go first where the table is too wide: the highest.
	// A column of rank 0 stays; without ranks all do.
	rank []int
	rows [][]string
}

func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = sanitize.Text(cells[i])
	}
	t.rows = append(t.rows, cells)
}

// fill breaks a text into lines that fit the terminal, where its width is known.
func (a *app) fill(text string) string {
	if width := a.width(); width > 0 {
		return wordwrap.String(text, width)
	}
	return text
}

// gap is what stands between two columns.
const gap = "  "

// widths are the widths of the columns, by the widest cell of each.
func (t *table) widths() []int {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	return widths
}

// fit takes columns away until the table is no wider than a number of columns
// of the terminal, and gives their heads; 0 is no bound.
func (t *table) fit(width int) (dropped []string) {
	for width > 0 && t.rank != nil {
		sum := -len(gap)
		for _, w := range t.widths() {
			sum += w + len(gap)
		}
		last := t.rank[0]
		for _, r := range t.rank {
			last = max(last, r)
		}
		if sum <= width || last == 0 {
			break
		}
		i := slices.Index(t.rank, last)
		dropped = append(dropped, t.head[i])
		t.drop(i)
	}
	return dropped
}

// squeeze shortens the widest columns of text, marked with an ellipsis, until the
// table is no wider than a number of columns of the terminal, or they are narrow.
func (t *table) squeeze(width int) {
	widths := t.widths()
	over := -width - len(gap)
	for _, w := range widths {
		over += w + len(gap)
	}
	for width > 0 && over > 0 {
		widest := -1
		for i, w := range widths {
			if !t.right[i] && w > narrow && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		next := max(narrow, widths[widest]-over)
		over -= widths[widest] - next
		widths[widest] = next
		for _, row := range append([][]string{t.head}, t.rows...) {
			row[widest] = runewidth.Truncate(row[widest], next, "…")
		}
	}
}

// printFitted prints a table as wide as the terminal, and says what is not shown.
func (a *app) printFitted(t *table) {
	dropped := t.fit(a.width())
	t.squeeze(a.width())
	t.print(a.Stdout)
	if len(dropped) > 0 {
		slices.Reverse(dropped)
		fmt.Fprintln(a.Stdout, a.fill("not shown at this width: "+strings.Join(dropped, ", ")))
	}
}

// drop takes a column away.
func (t *table) drop(i int) {
	t.head, t.right, t.rank = slices.Delete(t.head, i, i+1), slices.Delete(t.right, i, i+1), slices.Delete(t.rank, i, i+1)
	for k := range t.rows {
		t.rows[k] = slices.Delete(t.rows[k], i, i+1)
	}
}

// print writes the table; the last column is not padded.
func (t *table) print(w io.Writer) {
	widths := t.widths()
	for _, row := range append([][]string{t.head}, t.rows...) {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString(gap)
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
