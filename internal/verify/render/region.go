package render

import (
	"bytes"
	"sort"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// A grid finds lines and columns, as SARIF counts them, of offsets.
type grid struct {
	b     []byte
	lines []int // offsets of their starts
	// last is a position that was found, from which the next is counted: a line
	// may be as long as the text.
	last struct{ offset, line, column int }
}

func newGrid(b []byte) *grid {
	t := &grid{b: b, lines: []int{0}}
	for i, c := range b {
		if c == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// region is the bytes from one offset to another. What lies outside of the text
// is cut off.
func (t *grid) region(from, to int) *sarif.Region {
	from = min(max(from, 0), len(t.b))
	to = min(max(to, from), len(t.b))
	line, column := t.position(from)
	endLine, endColumn := t.position(to)
	return sarif.NewRegion().WithStartLine(line).WithStartColumn(column).WithEndLine(endLine).WithEndColumn(endColumn)
}

// position is the line of an offset and its column in UTF-16 code units, both
// from 1. A byte order mark has no column.
func (t *grid) position(offset int) (line, column int) {
	line = sort.SearchInts(t.lines, offset+1)
	from, column := t.lines[line-1], 1
	if line == t.last.line && offset >= t.last.offset {
		from, column = t.last.offset, t.last.column
	}
	before := t.b[from:offset]
	if from == 0 {
		before = bytes.TrimPrefix(before, []byte("\ufeff"))
	}
	for len(before) > 0 {
		r, size := utf8.DecodeRune(before)
		column += max(1, utf16.RuneLen(r))
		before = before[size:]
	}
	t.last.offset, t.last.line, t.last.column = offset, line, column
	return line, column
}
