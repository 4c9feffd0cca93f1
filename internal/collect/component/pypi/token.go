package pypi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A kind is what a token of Python is.
type kind uint8

const (
	name   kind = iota
	text        // a string whose value is known
	opaque      // a string, number or the like whose value is not
	sign        // a bracket or an operator
	end         // of a statement
)

// A token is a piece of a Python program.
type token struct {
	kind   kind
	text   string
	line   int
	indent int // of the statement that begins with it, else 0
	first  bool
	close  int // of an opening bracket: the index of the one that closes it
}

func (t *token) is(s string) bool { return (t.kind == name || t.kind == sign) && t.text == s }

// A lexer parts a program into tokens, as Python does: an end of a line within
// brackets means nothing, and remarks are left out.
type lexer struct {
	rest   string
	line   int
	indent int
	fresh  bool // at the beginning of a statement
	open   []int
	tokens []token
}

// lex parts a program into its tokens.
func lex(data []byte) []token {
	l := &lexer{rest: string(data), line: 1, fresh: true}
	for l.step() {
	}
	for _, i := range l.open { // never closed
		l.tokens[i].close = len(l.tokens)
	}
	return l.tokens
}

// take moves n bytes on.
func (l *lexer) take(n int) string {
	s := l.rest[:n]
	l.line += strings.Count(s, "\n")
	l.rest = l.rest[n:]
	return s
}

func (l *lexer) add(k kind, s string, line int) {
	t := token{kind: k, text: s, line: line}
	if l.fresh && k != end {
		t.first, t.indent, l.fresh = true, l.indent, false
	}
	l.tokens = append(l.tokens, t)
}

// step reads a token, or white space; false at the end.
func (l *lexer) step() bool {
	if l.rest == "" {
		return false
	}
	switch c := l.rest[0]; {
	case c == '\n':
		l.newline()
	case c == ' ' || c == '\t' || c == '\r' || c == '\f':
		l.take(1)
		if l.fresh {
			l.indent++
		}
	case c == '\\':
		n := min(2, len(l.rest))
		if strings.HasPrefix(l.rest, "\\\r\n") {
			n = 3
		}
		l.take(n)
	case c == '#':
		n := strings.IndexByte(l.rest, '\n')
		if n < 0 {
			n = len(l.rest)
		}
		l.take(n)
	case c == ';':
		l.add(end, l.take(1), l.line)
		l.fresh = true
	case c == '"' || c == '\'':
		l.quoted("")
	case c >= '0' && c <= '9':
		line := l.line
		l.add(opaque, l.take(l.run()), line)
	default:
		l.word()
	}
	return true
}

func (l *lexer) newline() {
	line := l.line
	l.take(1)
	if len(l.open) > 0 {
		return
	}
	if !l.fresh {
		l.add(end, "\n", line)
	}
	l.fresh, l.indent = true, 0
}

// run is how many bytes of a word come next.
func (l *lexer) run() int {
	for i, r := range l.rest {
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return i
		}
	}
	return len(l.rest)
}

// word reads a name, a string with letters before it, or a sign.
func (l *lexer) word() {
	if n := l.run(); n > 0 {
		if n <= 2 && n < len(l.rest) && (l.rest[n] == '"' || l.rest[n] == '\'') && strings.Trim(strings.ToLower(l.rest[:n]), "rbfut") == "" {
			l.quoted(strings.ToLower(l.take(n)))
			return
		}
		line := l.line
		l.add(name, l.take(n), line)
		return
	}
	for _, two := range []string{"==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "|=", "**", "->", ":="} {
		if strings.HasPrefix(l.rest, two) {
			l.add(sign, l.take(2), l.line)
			return
		}
	}
	_, n := utf8.DecodeRuneInString(l.rest)
	l.add(sign, l.take(n), l.line)
	last := len(l.tokens) - 1
	switch l.tokens[last].text {
	case "(", "[", "{":
		l.open = append(l.open, last)
	case ")", "]", "}":
		if n := len(l.open); n > 0 {
			l.tokens[l.open[n-1]].close = last
			l.open = l.open[:n-1]
		}
	}
}

// quoted reads a string that has the given letters before it.
func (l *lexer) quoted(prefix string) {
	line := l.line
	quote := l.rest[:1]
	if strings.HasPrefix(l.rest, strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	k := text
	if strings.ContainsAny(prefix, "bt") {
		k = opaque
	}
	var b strings.Builder
	i := len(quote)
	for i < len(l.rest) {
		switch c := l.rest[i]; {
		case strings.HasPrefix(l.rest[i:], quote):
			l.take(i + len(quote))
			l.add(k, b.String(), line)
			return
		case c == '\n' && len(quote) == 1: // it never ends: no Python
			l.take(i)
			l.add(opaque, "", line)
			return
		case c == '\\' && i+1 < len(l.rest):
			s, ok := unescape(l.rest[i+1])
			if strings.Contains(prefix, "r") {
				s, ok = l.rest[i:i+2], true
			}
			if !ok {
				k = opaque
			}
			b.WriteString(s)
			i += 2
			continue
		case c == '{' && strings.Contains(prefix, "f"):
			k = opaque
		}
		b.WriteByte(l.rest[i])
		i++
	}
	l.take(len(l.rest))
	l.add(opaque, "", line)
}

// unescape is what a backslash before c stands for; false for what nobody needs.
func unescape(c byte) (string, bool) {
	switch c {
	case '\n':
		return "", true
	case 'n':
		return "\n", true
	case 't':
		return "\t", true
	case '\\', '\'', '"':
		return string(c), true
	}
	return "", false
}
