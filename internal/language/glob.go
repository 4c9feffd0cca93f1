package language

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// special are the bytes that have a meaning in a pattern.
const special = `*?[\`

// compile turns a gitattributes pattern into a test of the path relative to
// the folder of its file. A pattern without a slash is matched against the
// file's name; with one, against the whole relative path.
func compile(pattern string) func(rel string) bool {
	anchored := strings.Contains(pattern, "/")
	pattern = strings.TrimPrefix(pattern, "/")
	if !strings.ContainsAny(pattern, special) {
		if anchored {
			return func(rel string) bool { return rel == pattern }
		}
		return func(rel string) bool { return path.Base(rel) == pattern }
	}
	if suffix, ok := strings.CutPrefix(pattern, "*"); ok && !anchored && !strings.ContainsAny(suffix, special) {
		return func(rel string) bool { return strings.HasSuffix(path.Base(rel), suffix) }
	}
	if dir, ok := strings.CutSuffix(pattern, "/**"); ok && !strings.ContainsAny(dir, special) {
		return func(rel string) bool { return strings.HasPrefix(rel, dir+"/") }
	}
	expr, ok := globExpression(pattern)
	if !ok {
		return func(string) bool { return false }
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return func(string) bool { return false }
	}
	if !anchored {
		return func(rel string) bool { return re.MatchString(latin1(path.Base(rel))) }
	}
	// Most paths fail at the folder that the pattern begins with.
	prefix := pattern[:strings.IndexAny(pattern, special)]
	return func(rel string) bool { return strings.HasPrefix(rel, prefix) && re.MatchString(latin1(rel)) }
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

// writeSet writes a set of bytes; a slash is in none.
func (g *glob) writeSet(set *[256]bool, negate bool) {
	g.b.WriteByte('[')
	some := false
	for b := range set {
		if set[b] != negate && b != '/' {
			fmt.Fprintf(&g.b, `\x{%x}`, b)
			some = true
		}
	}
	if !some {
		g.b.WriteString(`^\x{0}-\x{10ffff}`)
	}
	g.b.WriteByte(']')
}
