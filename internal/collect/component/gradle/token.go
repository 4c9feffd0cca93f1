package gradle

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/limit"
)

// A kind is what a token is.
type kind uint8

const (
	word   kind = iota // a name, also one between backquotes
	text               // a string, of which nothing is replaced
	model              // a string with $name or ${…} in it
	number             // digits with what belongs to them
	sign               // one character, or one of the signs of two
	end                // the end of a line, or ';'
	group              // (…), […] or {…}: the node has a body
)

// A node is a token, or a group of them.
type node struct {
	kind kind
	text string // of a group: its opening bracket
	line int
	body []statement // of a group: its statements or, between ( and [, its arguments
}

// A statement is the nodes of one.
type statement []node

// is reports whether n is the given word or sign.
func (n *node) is(s string) bool { return (n.kind == word || n.kind == sign) && n.text == s }

// parseScript reads Groovy or Kotlin: strings, remarks and brackets are what the
// two have in common, and all that is needed to tell statements apart.
func parseScript(data []byte) ([]statement, error) {
	p := &parser{lexer: lexer{rest: string(data), line: 1}}
	body, err := p.statements("", 0)
	return body, err
}

type parser struct{ lexer }

// closers are the brackets that close, by those that open.
var closers = map[string]string{"(": ")", "[": "]", "{": "}"}

var errDeep = errors.New("brackets are nested too deep")

// statements reads up to the bracket that closes, or to the end.
func (p *parser) statements(closing string, depth int) ([]statement, error) {
	if depth > limit.ScriptDepth {
		return nil, errDeep
	}
	var (
		all []statement
		now statement
	)
	finish := func() {
		if len(now) > 0 {
			all = append(all, now)
		}
		now = nil
	}
	for {
		t, ok := p.next()
		switch {
		case !ok:
			finish()
			return all, nil // a script that ends early is read as far as it goes
		case t.kind == sign && closers[t.text] != "":
			body, err := p.statements(closers[t.text], depth+1)
			if err != nil {
				return nil, err
			}
			now = append(now, node{kind: group, text: t.text, line: t.line, body: body})
		case t.is(")") || t.is("]") || t.is("}"):
			if t.text == closing {
				finish()
				return all, nil
			}
			// One that closes nothing is passed over.
		case closing == ")" || closing == "]":
			if t.is(",") {
				finish()
			} else if t.kind != end {
				now = append(now, t)
			}
		case t.kind == end:
			if t.text == ";" || !(goesOn(now) || p.goOn()) {
				finish()
			}
		default:
			now = append(now, t)
		}
	}
}

// goesOn reports whether a statement cannot end after what it has.
func goesOn(s statement) bool {
	if len(s) == 0 {
		return true
	}
	last := &s[len(s)-1]
	if last.kind != sign {
		return false
	}
	switch last.text {
	case "!!", "++", "--", "?", ">", "->", "::":
		return false
	case "*": // import java.util.*
		return len(s) < 2 || !s[len(s)-2].is(".")
	}
	return true
}

// goOn reports whether the next line goes on with the statement before it, and then
// passes over the empty ones before that: looked at once, they are not looked at again.
func (p *parser) goOn() bool {
	peek := p.lexer
	for {
		before := peek
		t, ok := peek.next()
		switch {
		case !ok, t.text == ";" && t.kind == end:
			return false
		case t.kind != end:
			if !continues(&t) {
				return false
			}
			p.lexer = before
			return true
		}
	}
}

// continues reports whether a line that begins with t goes on with what is before it.
func continues(t *node) bool {
	return t.kind == sign && (t.text == "." || t.text == "?." || t.text == "?:" || t.text == "&&" || t.text == "||") || t.is("else")
}

// A lexer parts a script into tokens.
type lexer struct {
	rest string
	line int
	last node
}

// skip takes n bytes.
func (l *lexer) skip(n int) string {
	s := l.rest[:n]
	l.line += strings.Count(s, "\n")
	l.rest = l.rest[n:]
	return s
}

func (l *lexer) next() (node, bool) {
	l.blanks()
	if l.rest == "" {
		return node{}, false
	}
	t := node{line: l.line}
	switch c := l.rest[0]; {
	case c == '\n' || c == ';':
		t.kind, t.text = end, l.skip(1)
	case c == '"' || c == '\'':
		t.kind, t.text = l.quoted()
	case c == '`':
		t.kind, t.text = word, strings.Trim(l.skip(l.upTo(1, "`")), "`")
	case c == '/' && l.expression():
		t.kind, t.text = model, l.skip(l.upTo(1, "/")) // what it says matters to nobody here
	case c >= '0' && c <= '9':
		t.kind, t.text = number, l.skip(l.run(func(r rune) bool { return r == '.' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }))
	default:
		t.kind, t.text = l.plain()
	}
	l.last = t
	return t, true
}

// plain takes a name or a sign.
func (l *lexer) plain() (kind, string) {
	if n := l.run(func(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r) }); n > 0 {
		return word, l.skip(n)
	}
	for _, two := range []string{"?.", "?:", "&&", "||", "==", "!=", "<=", ">=", "->", "!!", "+=", "-=", "++", "--", "::"} {
		if strings.HasPrefix(l.rest, two) {
			return sign, l.skip(2)
		}
	}
	_, n := utf8.DecodeRuneInString(l.rest)
	return sign, l.skip(n)
}

// run is how many bytes the letters at the beginning take for which ok holds.
func (l *lexer) run(ok func(rune) bool) int {
	for i, r := range l.rest {
		if !ok(r) {
			return i
		}
	}
	return len(l.rest)
}

// upTo is the length up to and with mark, looked for from a place on; to the end
// of the line when it is not there.
func (l *lexer) upTo(from int, mark string) int {
	i := strings.IndexAny(l.rest[from:], mark+"\n")
	switch {
	case i < 0:
		return len(l.rest)
	case l.rest[from+i] == '\n':
		return from + i
	}
	return from + i + len(mark)
}

// blanks takes white space and remarks, but no end of a line outside of them.
func (l *lexer) blanks() {
	for l.rest != "" {
		switch {
		case l.rest[0] != '\n' && (l.rest[0] <= ' '):
			l.skip(1)
		case strings.HasPrefix(l.rest, "\\\n"):
			l.skip(2)
		case strings.HasPrefix(l.rest, "//"), strings.HasPrefix(l.rest, "#!"):
			n := strings.IndexByte(l.rest, '\n')
			if n < 0 {
				n = len(l.rest)
			}
			l.skip(n)
		case strings.HasPrefix(l.rest, "/*"):
			n := strings.Index(l.rest[2:], "*/")
			if n < 0 {
				n = len(l.rest) - 4
			}
			l.skip(min(n+4, len(l.rest)))
		default:
			return
		}
	}
}

// expression reports whether a '/' begins a Groovy string and does not divide.
func (l *lexer) expression() bool {
	return slices.ContainsFunc([]string{"=", "(", ",", "[", "~"}, l.last.is)
}

// quoted takes a string.
func (l *lexer) quoted() (kind, string) {
	quote := l.rest[:1]
	if strings.HasPrefix(l.rest, strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	k := text
	var b strings.Builder
	i := len(quote)
	for i < len(l.rest) {
		c := l.rest[i]
		switch {
		case strings.HasPrefix(l.rest[i:], quote):
			l.skip(i + len(quote))
			return k, b.String()
		case c == '\n' && len(quote) == 1:
			l.skip(i)
			return model, "" // it was no string after all
		case c == '\\' && i+1 < len(l.rest):
			if strings.IndexByte(`$\'"`, l.rest[i+1]) < 0 {
				k = model // an escape whose letter nobody needs
			}
			b.WriteByte(l.rest[i+1])
			i += 2
			continue
		case c == '$' && quote[0] == '"' && i+1 < len(l.rest) && (l.rest[i+1] == '{' || l.rest[i+1] == '_' || unicode.IsLetter(rune(l.rest[i+1]))):
			k = model
			n := inserted(l.rest[i:])
			b.WriteString(l.rest[i : i+n])
			i += n
			continue
		}
		b.WriteByte(c)
		i++
	}
	l.skip(len(l.rest))
	return model, ""
}

// inserted is the length of the $name or ${…} at the beginning of s.
func inserted(s string) int {
	if !strings.HasPrefix(s, "${") {
		return 1
	}
	depth := 0
	for i := range min(len(s), limit.ScriptText) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\n':
			return 1
		}
	}
	return 1
}
