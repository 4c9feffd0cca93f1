package lines

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A counter is at work on one file.
type counter struct {
	syntax *syntax
	data   []byte
	pos    int // the next byte to look at
	start  int // the first byte of the present line

	// What was seen on the present line.
	code, comment bool

	// hopeless has a bit for each rule whose end was searched in vain to the
	// end of the file, and is not searched again: this keeps the time linear.
	// flatOnly is the same for nested comments, which are then read as if
	// they did not nest.
	hopeless, flatOnly uint64

	// ahead has for each span of the syntax where it is next, from a place
	// not behind pos; see nextSpan.
	ahead [maxSpans]int

	lines Lines
}

// run counts from c.pos to the end of the data.
func (c *counter) run() {
	for k := range c.ahead {
		c.ahead[k] = -1
	}
	for c.pos < len(c.data) {
		if c.pos == c.start && c.syntax.easy {
			c.easyLines(c.nextSpan())
		}
		c.hardLine()
	}
	if c.start < len(c.data) {
		c.endLine() // the last line has no newline
	}
}

// nextSpan is where the next of the syntax's spans begins, or the data's end.
func (c *counter) nextSpan() int {
	next := len(c.data)
	for k, span := range c.syntax.spans {
		if c.ahead[k] < c.pos {
			c.ahead[k] = len(c.data)
			if n := bytes.Index(c.data[c.pos:], span); n >= 0 {
				c.ahead[k] = c.pos + n
			}
		}
		next = min(next, c.ahead[k])
	}
	return next
}

// easyLines counts the whole lines that end before the place given. No span is
// in them, so each is what its beginning says.
func (c *counter) easyLines(before int) {
	s, data := c.syntax, c.data[:before]
	for {
		i := skipBlank(data, c.pos)
		n := bytes.IndexByte(data[i:], '\n')
		switch {
		case n < 0:
			c.pos = c.start
			return
		case n == 0:
			c.lines.Blank++
		case s.lead[data[i]] == 0:
			c.lines.Code++
		default:
			c.pos = i
			if c.commentLine(s.lead[data[i]]) {
				c.lines.Comment++
			} else {
				c.lines.Code++
			}
		}
		c.pos = i + n + 1
		c.start = c.pos
	}
}

// commentLine reports whether a line comment of the group begins at c.pos.
func (c *counter) commentLine(group uint8) bool {
	rules := c.syntax.groups[group-1]
	for i := range rules {
		if c.opens(&rules[i]) {
			return rules[i].kind == lineComment
		}
	}
	return false
}

// hardLine counts to the end of the present line, or of the line in which an
// element ends that begins there.
func (c *counter) hardLine() {
	data := c.data
	for c.pos < len(data) {
		i := skipBlank(data, c.pos)
		if c.pos = i; i == len(data) {
			return
		}
		if data[i] == '\n' {
			c.endLine()
			c.pos++
			c.start = c.pos
			return
		}
		c.element(data[i])
	}
}

// skipBlank is the place of the first byte from i on that is a newline or no
// white space, or the data's end. White space is what \s matches in Perl, as in
// cloc. Indentation is read eight bytes at a time: its length differs from line
// to line, and a loop that ends elsewhere each time costs more than it does.
func skipBlank(data []byte, i int) int {
	const ones, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	for i+8 <= len(data) {
		w := binary.LittleEndian.Uint64(data[i:])
		space, tab := w^ones*' ', w^ones*'\t'
		// The high bit of each byte that is neither.
		other := (space&low + low | space) & (tab&low + low | tab) &^ low
		if i += bits.TrailingZeros64(other) / 8; other != 0 {
			break
		}
	}
	for i < len(data) && data[i] <= ' ' && (data[i] == ' ' || '\t' <= data[i] && data[i] <= '\r' && data[i] != '\n') {
		i++
	}
	return i
}

// endLine counts the present line.
func (c *counter) endLine() {
	switch {
	case c.code:
		c.lines.Code++
	case c.comment:
		c.lines.Comment++
	default:
		c.lines.Blank++
	}
	c.code, c.comment = false, false
}

// element reads what begins at c.pos with b, which is not white space: a
// comment, a string, or code up to where something may begin.
func (c *counter) element(b byte) {
	s := c.syntax
	group := s.inline[b]
	if !c.code && !c.comment {
		group = s.lead[b]
	}
	if group != 0 {
		rules := s.groups[group-1]
		for i := range rules {
			if c.opens(&rules[i]) && c.take(&rules[i]) {
				return
			}
		}
	}
	c.code = true
	if s.shallow {
		c.pos = c.lineEnd(c.pos)
		return
	}
	c.skip()
}

// skip goes from c.pos, past the byte there, to the next that is worth a look.
func (c *counter) skip() {
	stop, data, i := &c.syntax.stop, c.data, c.pos+1
	for ; i+8 <= len(data); i += 8 {
		d := data[i : i+8 : i+8]
		seen := uint(stop[d[0]]) | uint(stop[d[1]])<<1 | uint(stop[d[2]])<<2 | uint(stop[d[3]])<<3 |
			uint(stop[d[4]])<<4 | uint(stop[d[5]])<<5 | uint(stop[d[6]])<<6 | uint(stop[d[7]])<<7
		if seen != 0 {
			c.pos = i + bits.TrailingZeros(seen)
			return
		}
	}
	for i < len(data) && stop[data[i]] == 0 {
		i++
	}
	c.pos = i
}

// opens reports whether r's opener stands at c.pos, in a place where it counts.
func (c *counter) opens(r *rule) bool {
	data, after := c.data, c.pos+len(r.open)
	if after > len(data) || string(data[c.pos:after]) != r.open {
		return false
	}
	if r.column != 0 {
		return c.pos-c.start == r.column-1
	}
	if after == len(data) {
		return true
	}
	if r.not != "" && strings.IndexByte(r.not, data[after]) >= 0 {
		return false
	}
	// A marker that is a word (REM) must not be the beginning of another.
	return r.kind != lineComment || !isWord(r.open[len(r.open)-1]) || !isWord(data[after])
}

// take reads the element that r opens at c.pos and moves past it. It reports
// false, and does nothing, when the opener turns out to be none.
func (c *counter) take(r *rule) bool {
	end := -1
	switch r.kind {
	case lineComment:
		end = c.commentEnd(r)
	case blockComment:
		end = c.blockEnd(r)
	case quoted:
		end = c.stringEnd(r)
	case hashString:
		end = c.hashStringEnd(r)
	case tagString:
		end = c.tagStringEnd(r)
	case character:
		end = characterEnd(c.data, c.pos)
	case text:
		end = c.pos + len(r.open)
	}
	if end < 0 {
		return false
	}
	if r.kind == lineComment || r.kind == blockComment || r.isComment {
		c.cover(end, r, &c.comment)
	} else {
		c.cover(end, r, &c.code)
	}
	return true
}

// cover moves to end and sets seen, a field of c, on every line from c.pos to
// there that is not blank. There is something at c.pos.
func (c *counter) cover(end int, r *rule, seen *bool) {
	*seen = true
	if r.kind == lineComment && !r.continued {
		c.pos = end
		return
	}
	for {
		i := bytes.IndexByte(c.data[c.pos:end], '\n')
		if i < 0 {
			break
		}
		c.endLine()
		c.pos += i + 1
		c.start = c.pos
		c.pos = skipBlank(c.data[:end], c.pos)
		*seen = c.pos < end && c.data[c.pos] != '\n'
	}
	c.pos = end
}

// lineEnd is the place of the first newline from i on, or of the data's end.
func (c *counter) lineEnd(i int) int {
	if n := bytes.IndexByte(c.data[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(c.data)
}

// commentEnd is where the line comment at c.pos ends.
func (c *counter) commentEnd(r *rule) int {
	end := c.lineEnd(c.pos)
	for r.continued && end < len(c.data) && bytes.HasSuffix(bytes.TrimSuffix(c.data[c.pos:end], []byte("\r")), []byte(`\`)) {
		end = c.lineEnd(end + 1)
	}
	return end
}

// blockEnd is where the block comment at c.pos ends, or -1 if it never does.
func (c *counter) blockEnd(r *rule) int {
	bit := uint64(1) << r.id
	if c.hopeless&bit != 0 {
		return -1
	}
	from := c.pos + len(r.open)
	if r.nested && c.flatOnly&bit == 0 {
		if end := c.nestedEnd(r, from); end >= 0 {
			return end
		}
		c.flatOnly |= bit
	}
	return c.find(r, from, r.end)
}

// find is where the first end from the place given ends, or -1. That it is not
// there is remembered for r.
func (c *counter) find(r *rule, from int, end string) int {
	if n := bytes.Index(c.data[from:], []byte(end)); n >= 0 {
		return from + n + len(end)
	}
	c.hopeless |= 1 << r.id
	return -1
}

// nestedEnd is where the block comment whose content begins at i ends, when
// those within it end, or -1.
func (c *counter) nestedEnd(r *rule, i int) int {
	data, depth := c.data, 1
	// Nearly always nothing is nested, and two searches tell.
	if n := bytes.Index(data[i:], []byte(r.end)); n < 0 {
		return -1
	} else if n += len(r.end); !bytes.Contains(data[i:i+n], []byte(r.open)) {
		return i + n
	}
	for i < len(data) {
		switch b := data[i]; {
		case b == r.end[0] && startsWith(data[i:], r.end):
			i += len(r.end)
			if depth--; depth == 0 {
				return i
			}
		case b == r.open[0] && startsWith(data[i:], r.open):
			i += len(r.open)
			depth++
		default:
			i++
		}
	}
	return -1
}

// stringEnd is where the string at c.pos ends: with its line if nothing ends
// it before, or -1 for a multi-line string that never does.
func (c *counter) stringEnd(r *rule) int {
	from := c.pos + len(r.open)
	if r.multiline && c.hopeless&(1<<r.id) != 0 {
		return -1
	}
	if r.multiline && r.escape == 0 {
		return c.find(r, from, r.end)
	}
	data := c.data
	if n := bytes.IndexByte(data[from:], r.end[0]); n >= 0 && len(r.end) == 1 && plainString(r, data[from:from+n]) {
		return from + n + 1
	}
	for i := from; i < len(data); i++ {
		switch b := data[i]; {
		case b == r.end[0] && startsWith(data[i:], r.end):
			return i + len(r.end)
		case b == '\n' && !r.multiline:
			return i
		case b == r.escape && r.escape != 0:
			if i++; startsWith(data[min(i, len(data)):], "\r\n") {
				i++ // the escape of a newline written as two bytes
			}
		}
	}
	if r.multiline {
		c.hopeless |= 1 << r.id
		return -1
	}
	return len(data)
}

// plainString reports whether nothing in content keeps the string from being
// that, up to the next mark.
func plainString(r *rule, content []byte) bool {
	return (r.escape == 0 || bytes.IndexByte(content, r.escape) < 0) && (r.multiline || bytes.IndexByte(content, '\n') < 0)
}

// isWord reports whether b can be part of a word.
func isWord(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || b >= utf8.RuneSelf
}

// startsWith reports whether data begins with s, without allocating.
func startsWith(data []byte, s string) bool {
	return len(data) >= len(s) && string(data[:len(s)]) == s
}
