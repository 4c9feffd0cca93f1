package cli

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/muesli/reflow/wordwrap"
)

// narrow is the least width that a text is broken or shortened to.
const narrow = 12

// wrapped breaks a text into lines of at most a width, 0 for any. It is broken at blanks
// alone: names, days and addresses have hyphens. A longer word stands on a line of its own.
func wrapped(text string, width int) []string {
	if width <= 0 {
		return []string{text}
	}
	kept := text
	if !strings.Contains(text, tied) {
		kept = strings.ReplaceAll(text, " %", tied+"%")
	}
	w := wordwrap.NewWriter(max(width, narrow))
	w.Breakpoints = nil
	_, _ = w.Write([]byte(kept)) // it keeps what it is given
	_ = w.Close()
	lines := w.String()
	if kept != text {
		lines = strings.ReplaceAll(lines, tied, " ")
	}
	return strings.Split(lines, "\n")
}

// tied stands for the blank in "99.8 %" while lines are broken: a character that no
// standard gives a meaning.
const tied = "\uE000"

// hang prints a text behind a label, and its further lines below its beginning. A word
// that is too long begins further to the left where it fits then; an address that no line
// has room for stays whole.
func (a *app) hang(label, text string) {
	indent := runewidth.StringWidth(label)
	room := a.width()
	if room > 0 {
		room = max(room-indent, narrow)
	}
	for i, line := range wrapped(text, room) {
		if i > 0 {
			label = strings.Repeat(" ", indent)
		}
		if over := runewidth.StringWidth(line) - room; room > 0 && over > 0 && over <= indent {
			if strings.TrimSpace(label) != "" {
				fmt.Fprintln(a.Stdout, strings.TrimRight(label, " "))
			}
			label = strings.Repeat(" ", indent-over)
		}
		fmt.Fprintln(a.Stdout, strings.TrimRight(label+line, " "))
	}
}

// fold breaks the cells of the last column until the table is no wider than a number of
// columns of the terminal; those of other columns of text too, where it would have less
// than half of them.
func (t *table) fold(width int) {
	widths := t.widths()
	last := len(widths) - 1
	room := width
	for _, w := range widths[:last] {
		room -= w + len(gap)
	}
	if width <= 0 || widths[last] <= room {
		return
	}
	for i := range last {
		least := max(t.longest(i), narrow)
		for room < width/2 && !t.right[i] && widths[i] > least {
			widths[i]--
			room++
		}
	}
	widths[last] = max(room, narrow)
	var rows [][]string
	for _, row := range t.rows {
		rows = append(rows, folded(row, widths)...)
	}
	t.rows = rows
}

// longest is how wide the longest word of a column is.
func (t *table) longest(column int) int {
	most := 0
	for _, row := range append([][]string{t.head}, t.rows...) {
		for word := range strings.FieldsSeq(row[column]) {
			most = max(most, runewidth.StringWidth(word))
		}
	}
	return most
}

// folded is a row as lines of cells of at most the widths.
func folded(row []string, widths []int) [][]string {
	var lines [][]string
	for i, cell := range row {
		for k, part := range wrapped(cell, widths[i]) {
			if k == len(lines) {
				lines = append(lines, make([]string, len(row)))
			}
			lines[k][i] = part
		}
	}
	return lines
}
