// Package sanitize makes text from outside fit for a terminal. Landscapes, reports
// and repositories are written by anybody, and a character in them may steer a
// terminal, turn the direction of writing, or not be seen at all.
package sanitize

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Text shows such characters, and line ends and tabs, as escapes, and a byte that
// is no UTF-8, which some terminals obey, as U+FFFD.
func Text(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// JSON writes such characters as JSON escapes, which any reader undoes. They
// stand in strings only: outside, there is no other than the line end.
func JSON(s string) string {
	if ordinary(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == '\n' || !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Writer passes lines of text on to w as [Text] shows them. Each Write is of whole
// characters.
func Writer(w io.Writer) io.Writer { return writer{w} }

type writer struct{ to io.Writer }

func (w writer) Write(p []byte) (int, error) {
	if ordinary(p) {
		return w.to.Write(p)
	}
	var b strings.Builder
	for line := range strings.Lines(string(p)) {
		text, ended := strings.CutSuffix(line, "\n")
		b.WriteString(Text(text))
		if ended {
			b.WriteByte('\n')
		}
	}
	if _, err := io.WriteString(w.to, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// ordinary reports whether a text has letters, digits and signs of ASCII alone, and line
// ends: nearly all there is has.
func ordinary[T string | []byte](s T) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' || c >= 0x7f {
			return false
		}
	}
	return true
}

func hidden(r rune) bool {
	if r < 0x7f { // nearly all there is, and the tables below are slow
		return r < ' '
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}
