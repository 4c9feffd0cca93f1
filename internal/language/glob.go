package language

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// special are the bytes that have a meaning in a pattern.
const special = `*?[\`

// A pattern is a compiled gitattributes pattern: a test of the path relative to
// the folder of its file. Without a slash it is held against the file's name,
// with one against the whole relative path.
type pattern struct {
	byName bool
	// quick decides where re is nil; where not, re is asked if quick says yes.
	quick func(text string) bool
	re    *regexp.Regexp
	// cost of asking re, for each byte of the text.
	cost int
}

// match reports whether the pattern matches. Asking an expression takes steps
// from budget; when there are none left it is not asked, and the answer is not
// known.
func (p *pattern) match(rel string, budget *int) (matches, known bool) {
	if p.byName {
		rel = path.Base(rel)
	}
	if !p.quick(rel) {
		return false, true
	}
	if p.re == nil {
		return true, true
	}
	if *budget -= p.cost * len(rel); *budget < 0 {
		return false, false
	}
	return p.re.MatchString(latin1(rel)), true
}

// compile turns a gitattributes pattern into a test.
func compile(text string) pattern {
	p := pattern{byName: !strings.Contains(text, "/")}
	text = strings.TrimPrefix(text, "/")
	if !strings.ContainsAny(text, special) {
		p.quick = func(rel string) bool { return rel == text }
		return p
	}
	if suffix, ok := strings.CutPrefix(text, "*"); ok && p.byName && !strings.ContainsAny(suffix, special) {
		p.quick = func(rel string) bool { return strings.HasSuffix(rel, suffix) }
		return p
	}
	if dir, ok := strings.CutSuffix(text, "/**"); ok && !strings.ContainsAny(dir, special) {
		p.quick = func(rel string) bool { return strings.HasPrefix(rel, dir+"/") }
		return p
	}
	expr, ok := globExpression(text)
	if ok {
		var err error
		p.re, err = regexp.Compile(expr)
		ok = err == nil
	}
	if !ok {
		p.re, p.quick = nil, func(string) bool { return false }
		return p
	}
	// Most paths fail at the literal text that the pattern begins or ends with.
	prefix, suffix := text[:strings.IndexAny(text, special)], ""
	if !strings.ContainsAny(text, `[\`) {
		suffix = strings.TrimPrefix(text[strings.LastIndexAny(text, special)+1:], "/")
	}
	p.cost = len(text)
	p.quick = func(rel string) bool { return strings.HasPrefix(rel, prefix) && strings.HasSuffix(rel, suffix) }
	return p
}

// latin1 makes a character of each byte of s: git's patterns match bytes, Go's
// expressions characters.
func latin1(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			runes := make([]rune, len(s))
			for i := range len(s) {
				runes[i] = rune(s[i])
			}
			return string(runes)
		}
	}
	return s
}

// globExpression is the regular expression of a pattern of git (wildmatch.c),
// over bytes as [latin1] gives them. Go's expressions match in linear time,
// whatever the pattern. Not ok: the pattern matches nothing.
func globExpression(pattern string) (expr string, ok bool) {
	g := glob{pattern: pattern, first: strings.IndexAny(pattern, special)}
	g.b.WriteString(`(?s)^`)
	for g.i < len(pattern) {
		c := pattern[g.i]
		g.i++
		switch c {
		case '*':
			g.stars()
		case '?':
			g.b.WriteString(`[^/]`)
		case '[':
			if !g.class() {
				return "", false
			}
		case '\\':
			if g.i == len(pattern) {
				return "", false
			}
			g.literal(pattern[g.i])
			g.i++
		default:
			g.literal(c)
		}
	}
	g.b.WriteString(`$`)
	return g.b.String(), true
}

// A glob is a pattern on its way to an expression.
type glob struct {
	pattern string
	i       int // of the next byte to read
	first   int // index of the first special byte
	b       strings.Builder
}

func (g *glob) literal(c byte) { g.b.WriteString(regexp.QuoteMeta(string(rune(c)))) }

// stars writes the expression for the run of stars that was begun: "**/" is any
// number of folders, "/**" at the end everything below, any other run stays
// within a folder. Git takes a run that is the first wildcard of a pattern for
// the begin of a folder wherever it stands ("a**/b").
func (g *glob) stars() {
	start := g.i - 1
	for g.i < len(g.pattern) && g.pattern[g.i] == '*' {
		g.i++
	}
	rest := g.pattern[g.i:]
	wide := g.i-start >= 2 && (start == g.first || g.pattern[start-1] == '/')
	switch {
	case wide && strings.HasPrefix(rest, "/"):
		g.b.WriteString(`(?:.*/)?`)
		g.i++
	case wide && (rest == "" || strings.HasPrefix(rest, `\/`)):
		g.b.WriteString(`.*`)
	default:
		g.b.WriteString(`[^/]*`)
	}
}

// posix are the named classes that git knows.
var posix = map[string]func(b byte) bool{
	"alnum":  func(b byte) bool { return isLetter(b) || isDigit(b) },
	"alpha":  isLetter,
	"blank":  func(b byte) bool { return b == ' ' || b == '\t' },
	"cntrl":  func(b byte) bool { return b < ' ' || b == 0x7f },
	"digit":  isDigit,
	"graph":  func(b byte) bool { return b > ' ' && b < 0x7f },
	"lower":  func(b byte) bool { return b >= 'a' && b <= 'z' },
	"print":  func(b byte) bool { return b >= ' ' && b < 0x7f },
	"punct":  func(b byte) bool { return b > ' ' && b < 0x7f && !isLetter(b) && !isDigit(b) },
	"space":  func(b byte) bool { return b == ' ' || b >= '\t' && b <= '\r' },
	"upper":  func(b byte) bool { return b >= 'A' && b <= 'Z' },
	"xdigit": func(b byte) bool { return isDigit(b) || b|0x20 >= 'a' && b|0x20 <= 'f' },
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }

// class writes the bracket expression that was begun. It reports false when it
// is not closed or names an unknown class: such a pattern matches nothing.
func (g *glob) class() bool {
	negate := g.i < len(g.pattern) && (g.pattern[g.i] == '!' || g.pattern[g.i] == '^')
	if negate {
		g.i++
	}
	var set [256]bool
	for low, first := -1, true; ; first = false { // low: where a range may begin
		c, ok := g.next()
		switch {
		case !ok:
			return false
		case c == ']' && !first:
			g.writeSet(&set, negate)
			return true
		case c == '\\':
			if c, ok = g.next(); !ok {
				return false
			}
			set[c], low = true, int(c)
		case c == '-' && low > 0 && g.i < len(g.pattern) && g.pattern[g.i] != ']':
			high, ok := g.next()
			if ok && high == '\\' {
				high, ok = g.next()
			}
			if !ok {
				return false
			}
			for b := low; b <= int(high); b++ {
				set[b] = true
			}
			low = -1
		case c == '[' && g.i < len(g.pattern) && g.pattern[g.i] == ':':
			named, ok := g.named(&set)
			if !ok {
				return false
			}
			if low = -1; !named {
				set['['], low = true, '['
			}
		default:
			set[c], low = true, int(c)
		}
	}
}

func (g *glob) next() (byte, bool) {
	if g.i >= len(g.pattern) {
		return 0, false
	}
	g.i++
	return g.pattern[g.i-1], true
}

// named reads "[:alpha:]" from its colon on into set. Not named: it is none,
// and the bracket stands for itself.
func (g *glob) named(set *[256]bool) (named, ok bool) {
	end := strings.IndexByte(g.pattern[g.i+1:], ']')
	if end < 0 {
		return false, false
	}
	name, isName := strings.CutSuffix(g.pattern[g.i+1:g.i+1+end], ":")
	if !isName {
		return false, true
	}
	test, ok := posix[name]
	if !ok {
		return false, false
	}
	g.i += end + 2
	for b := range set {
		set[b] = set[b] || test(byte(b))
	}
	return true, true
}

// writeSet writes a set of bytes, as ranges; a slash is in none.
func (g *glob) writeSet(set *[256]bool, negate bool) {
	set['/'] = negate
	g.b.WriteByte('[')
	some := false
	for b := 0; b < len(set); b++ {
		if set[b] == negate {
			continue
		}
		low := b
		for b+1 < len(set) && set[b+1] != negate {
			b++
		}
		fmt.Fprintf(&g.b, `\x{%x}-\x{%x}`, low, b)
		some = true
	}
	if !some {
		g.b.WriteString(`^\x{0}-\x{10ffff}`)
	}
	g.b.WriteByte(']')
}
