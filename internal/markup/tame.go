package markup

import (
	"bytes"

	"assay/internal/limit"
)

// tame rewrites a text so that no Markdown reader can be made to work more
// than in proportion to its size: it cuts absurd lines and drops those that
// only exist to nest. Lines keep their numbers. A text that needs nothing is
// returned as it is, and a dropped front matter leaves its lines empty.
func tame(src []byte) []byte {
	body := frontMatter(src)
	out := make([]byte, 0, len(src))
	out = append(out, bytes.Repeat([]byte{'\n'}, bytes.Count(src[:body], []byte{'\n'}))...)
	var t taming
	for line := range bytes.Lines(src[body:]) {
		end := bytes.HasSuffix(line, []byte{'\n'})
		out = append(out, t.line(bytes.TrimSuffix(line, []byte{'\n'}))...)
		if end {
			out = append(out, '\n')
		}
	}
	return out
}

// A taming is what must be remembered from line to line.
type taming struct {
	openers int // in the paragraph so far
	columns int // of the table that the line may belong to
	cells   int // in the text so far
}

// line gives what is kept of a line.
func (t *taming) line(line []byte) []byte {
	line = cleanLine(line)
	if len(bytes.TrimSpace(line)) == 0 {
		t.openers, t.columns = 0, 0
		return line
	}
	if delimits(line) {
		t.columns = bytes.Count(line, []byte{'|'}) + 1
	}
	t.openers += openers(line)
	t.cells += t.columns
	if t.openers > 4*limit.TextMarks && t.columns == 0 || t.cells > limit.TextCells && t.columns > 0 {
		t.openers, t.columns = 0, 0
		return nil
	}
	return line
}

// delimits reports whether a line may be the one that makes a table of the
// lines around it.
func delimits(line []byte) bool {
	line = bytes.TrimLeft(line, " \t>*+0123456789.)")
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "|-: \t\r")) == 0
}

func cleanLine(line []byte) []byte {
	if len(line) > limit.TextLine {
		line = line[:limit.TextLine]
	}
	if bytes.Count(line, []byte{'|'}) > limit.TextPipes || openers(line) > limit.TextMarks || nesting(line) > limit.TextQuotes {
		return nil
	}
	if n := len(line) - len(bytes.TrimLeft(line, " \t")); n > limit.TextIndent {
		line = line[n-limit.TextIndent:]
	}
	return line
}

// openers counts the characters that may open a link or an emphasis: the
// number that the cost of reading a paragraph may grow with the square of.
func openers(line []byte) int {
	n := 0
	for _, c := range line {
		switch c {
		case '[', '*', '_', '`', '<', '!':
			n++
		}
	}
	return n
}

// nesting counts the block quote and list markers that a line starts with.
func nesting(line []byte) int {
	n := 0
	for i := range line {
		switch c := line[i]; {
		case c == '>':
			n++
		case (c == '-' || c == '*' || c == '+') && i+1 < len(line) && line[i+1] == ' ':
			n++
		case c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case (c == '.' || c == ')') && i > 0 && line[i-1] >= '0' && line[i-1] <= '9':
			n++
		default:
			return n
		}
	}
	return n
}

// frontMatter gives the length of the YAML block that site generators put
// before a Markdown text: to a Markdown reader it would look like a heading.
func frontMatter(src []byte) int {
	if !bytes.HasPrefix(src, []byte("---\n")) && !bytes.HasPrefix(src, []byte("---\r\n")) {
		return 0
	}
	head := src[:min(len(src), 16<<10)]
	for at := 4; at < len(head); {
		line, _, found := bytes.Cut(head[at:], []byte{'\n'})
		if !found {
			return 0
		}
		at += len(line) + 1
		if string(bytes.TrimRight(line, " \r")) == "---" {
			return at
		}
	}
	return 0
}
