package document

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/limit"
)

// plain rewrites a text so that no Markdown reader can be made to work more
// than in proportion to its size: it cuts absurd lines and drops those that
// only exist to nest. Lines keep their numbers. A text that needs nothing is
// returned as it is, and a dropped front matter leaves its lines empty.
func plain(src []byte) []byte {
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

// clean makes of s one line of plain text: every run of white space and
// control characters is one space, and characters that reorder or hide text
// (bidirectional controls, zero width) and invalid UTF-8 are dropped.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
			continue
		case hidden(r):
			continue
		case space:
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hidden reports whether r has no picture of its own: it only changes how its
// neighbours look.
func hidden(r rune) bool {
	return r == utf8.RuneError || r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164 ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE0FFF || unicode.Is(unicode.Cf, r)
}

// shorten cuts s at a word so that it is at most limit bytes long, the
// ellipsis that says so included.
func shorten(s string, limit int) string {
	const more = "…"
	if len(s) <= limit {
		return s
	}
	cut := limit - len(more)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	if i := strings.LastIndexByte(s[:cut+1], ' '); i > cut/2 {
		cut = i
	}
	return strings.TrimRight(s[:cut], " ,;:") + more
}

var (
	mailAddress = regexp.MustCompile(`[^\s<>()\[\]"',;:|/]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+`)
	// mailSpelt is an address written so that machines do not see it: with "at"
	// and "dot", in brackets, or before an ending that addresses have.
	mailSpelt = regexp.MustCompile(`(?i)[\w.+-]+\s*[\[({<]\s*at\s*[\])}>]\s*[\w.-]+(?:\s*[\[({<]?\s*\bdot\b\s*[\])}>]?\s*[\w-]+)*` +
		`|[\w.+-]+\s*(?:\s+at\s+|@)[\w-]+(?:\s*[\[({<]?\s*\bdot\b\s*[\])}>]?\s*[\w-]+)*\s*[\[({<]?\s*\bdot\b\s*[\])}>]?\s*(?:com|org|net|io|dev|edu|gov|info|me|eu|de|fr|uk|cn|jp|in|ch|co)\b`)
)

// withoutMail removes the e-mail addresses from s, with the brackets they
// leave empty. Addresses of people are nowhere stored.
func withoutMail(s string) string {
	if strings.ContainsRune(s, '@') || strings.Contains(strings.ToLower(s), "at") {
		s = mailSpelt.ReplaceAllString(s, "")
		s = mailAddress.ReplaceAllString(s, "")
	}
	for _, empty := range []string{"<>", "()", "[]", "mailto:"} {
		s = strings.ReplaceAll(s, empty, "")
	}
	return s
}

// words counts the words of s.
func words(s string) int { return len(strings.Fields(s)) }

// containsAny reports whether s contains one of the parts.
func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
