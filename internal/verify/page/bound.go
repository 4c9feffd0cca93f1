package page

import (
	"bytes"
	"slices"
	"strings"
)

// Depths from which on marks of Markdown are taken for plain characters: the parser's
// time grows with the square of them, and no report has so many.
const (
	maxQuotes   = 20      // quotation marks and the like at the beginning of a line
	maxBrackets = 2000    // open brackets and the like of a line
	maxPipes    = 1000    // columns of a line
	maxFilled   = 1 << 18 // cells of a table: the parser fills up rows that are too short
	maxEscapes  = 2000    // of "\|", in all
)

// Tame is a text as it may be given to a parser of Markdown: the front matter
// and marks that could only serve to keep the parser busy are blank. Offsets
// stay: what is found at one stands there in src.
func Tame(src []byte) []byte {
	out := slices.Clip(bytes.Clone(src)) // see LabelOf
	front := FrontMatter(src)
	for i := range out[:front] {
		if out[i] != '\n' {
			out[i] = ' '
		}
	}
	unescape(out[front:])
	var head []byte // the line of dashes below the head of a table
	cells := 0
	for l := range bytes.Lines(out[front:]) {
		cleanLine(l)
		switch pipes := bytes.Count(l, []byte("|")); {
		case len(bytes.TrimSpace(l)) == 0:
			head = nil
		case pipes > 0 && len(bytes.Trim(l, "|-: \t\r\n>")) == 0:
			head, cells = l, 0
		case head != nil:
			if cells += bytes.Count(head, []byte("|")) + 1; cells > maxFilled {
				blank(head)
				head = nil
			}
		}
	}
	return out
}

// unescape makes escaped columns blank where there are too many.
func unescape(b []byte) {
	for n := 0; ; n++ {
		i := bytes.Index(b, []byte(`\|`))
		if i < 0 {
			return
		}
		if n >= maxEscapes {
			b[i], b[i+1] = ' ', ' '
		}
		b = b[i+2:]
	}
}

// blank takes a line for a table's no more.
func blank(l []byte) {
	for i, c := range l {
		if c == '|' {
			l[i] = ' '
		}
	}
}

func cleanLine(l []byte) {
	quotes, brackets, pipes := 0, 0, 0
	start := true
	for i, c := range l {
		space := c == ' ' || c == '\t'
		start = start && (space || strings.IndexByte(">-*+", c) >= 0)
		n, most := &quotes, maxQuotes
		switch {
		case start && !space:
		case strings.IndexByte("[!`*_<~", c) >= 0:
			n, most = &brackets, maxBrackets
		case c == '|':
			n, most = &pipes, maxPipes
		default:
			continue
		}
		if *n++; *n > most {
			l[i] = ' '
		}
	}
}
