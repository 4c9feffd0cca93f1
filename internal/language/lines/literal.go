package lines

import (
	"bytes"
	"unicode/utf8"
)

// maxHashes is how many hashes may delimit a raw string; it is Rust's bound.
const maxHashes = 255

// hashStringEnd is where the raw string whose quote is at c.pos ends, or -1 if
// it is no raw string or never ends. Its beginning (r##) lies before the quote
// and was passed as code: looking back from the quote spares a look at every
// letter r.
func (c *counter) hashStringEnd(r *rule) int {
	data, i := c.data, c.pos
	if i == c.start || data[i-1] != '#' && data[i-1] != r.prefix {
		return -1
	}
	for i > c.start && data[i-1] == '#' {
		i--
	}
	hashes := c.pos - i
	if i == c.start || data[i-1] != r.prefix || hashes > maxHashes || c.hopeless&(1<<r.id) != 0 {
		return -1
	}
	i-- // at the prefix: br"…" and cr"…" are raw strings as well, bar"…" is not
	if i > c.start && (data[i-1] == 'b' || data[i-1] == 'c') {
		i--
	}
	if i > c.start && isWord(data[i-1]) {
		return -1
	}
	for i = c.pos + 1; i < len(data); {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			break
		}
		i += n + 1
		n = 0
		for n < hashes && i+n < len(data) && data[i+n] == '#' {
			n++
		}
		if i += n; n == hashes {
			return i
		}
	}
	c.hopeless |= 1 << r.id
	return -1
}

// maxTag is the length of the longest tag of a C++ raw string.
const maxTag = 16

// tagStringEnd is where the raw string of C++ whose quote is at c.pos ends, or
// -1 if it is none or never ends.
func (c *counter) tagStringEnd(r *rule) int {
	data := c.data
	if c.pos == c.start || data[c.pos-1] != r.prefix || c.hopeless&(1<<r.id) != 0 {
		return -1
	}
	before := data[c.start : c.pos-1]
	for _, encoding := range []string{"u8", "u", "U", "L"} {
		if bytes.HasSuffix(before, []byte(encoding)) {
			before = before[:len(before)-len(encoding)]
			break
		}
	}
	if len(before) > 0 && isWord(before[len(before)-1]) {
		return -1
	}
	rest := data[c.pos+1 : min(len(data), c.pos+2+maxTag)]
	paren := bytes.IndexByte(rest, '(')
	if paren < 0 || bytes.ContainsAny(rest[:paren], " )\\\"\t\r\v\f\n") {
		return -1
	}
	var end [maxTag + 2]byte
	end[0] = ')'
	n := 1 + copy(end[1:], rest[:paren])
	end[n] = '"'
	from := c.pos + 1 + paren + 1
	if at := bytes.Index(data[from:], end[:n+1]); at >= 0 {
		return from + at + n + 1
	}
	c.hopeless |= 1 << r.id
	return -1
}

// maxEscape is the length of the longest escape in a character literal:
// \u{10FFFF}.
const maxEscape = 10

// characterEnd is where the character literal whose quote is at i ends; just
// past the quote when it is something else.
func characterEnd(data []byte, i int) int {
	i++
	if i >= len(data) || data[i] == '\n' {
		return i
	}
	if data[i] != '\\' {
		_, size := utf8.DecodeRune(data[i:min(len(data), i+utf8.UTFMax)])
		if end := i + size; end < len(data) && data[end] == '\'' {
			return end + 1
		}
		return i
	}
	if next := data[i+1:]; bytes.HasPrefix(next, []byte("\n")) || bytes.HasPrefix(next, []byte("\r\n")) {
		return i
	}
	for end := i + 2; end <= i+maxEscape && end < len(data); end++ {
		switch data[end] {
		case '\'':
			return end + 1
		case '\n':
			return i
		}
	}
	return i
}
