package catalog

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
)

// A pattern is a DevStats entry whose repositories are found by matching names.
type pattern struct {
	project  int
	entry    *tracked
	evidence fact.Evidence
}

// leaves reports whether the pattern may match repositories of owner
// ("github.com/name") that it does not name: whether owner must be listed to
// know all of them.
func (p *pattern) leaves(owner string) bool {
	_, name, _ := strings.Cut(strings.ToLower(owner), "/")
	name += "/"
	return slices.ContainsFunc(p.entry.loose, func(start string) bool {
		start = strings.ToLower(start)
		return strings.HasPrefix(start, name) || strings.HasPrefix(name, start)
	})
}

// outright gives what a pattern of DevStats names without any freedom:
// "owner/name" for a repository, "owner" or "owner/" for all of an owner. The
// patterns are alternatives in a group between ^ and $, some with a group of
// names behind an owner: "^(acme|acme-labs\/.*|other\/(x|y))$".
//
// The rest has freedom: loose holds what the names that it matches begin with,
// as far as that is the same for all of them ("" where it is not).
func outright(expr string) (words, loose []string) {
	bare := strings.TrimPrefix(expr, "(?i)")
	inner := strings.TrimSuffix(strings.TrimPrefix(bare, "^"), "$")
	var e expansion
	e.expand("", inner, limit.PatternDepth)
	if bare != "^"+inner+"$" || len(alternatives(inner)) > 1 { // every name may be part of a longer one
		e.loose = append(e.loose, "")
	}
	return e.words, e.loose
}

// An expansion gathers what a pattern names.
type expansion struct{ words, loose []string }

// expand adds the names of expr, each behind prefix.
func (e *expansion) expand(prefix, expr string, depth int) {
	for _, alt := range alternatives(expr) {
		if len(e.words) >= limit.PatternNames {
			e.loose = append(e.loose, prefix)
			return
		}
		if word, ok := literal(alt); ok {
			e.words = append(e.words, prefix+word)
			continue
		}
		if word, ok := literal(strings.TrimSuffix(alt, ".*")); ok && prefix == "" && strings.HasSuffix(word, "/") {
			e.words, e.loose = append(e.words, word), append(e.loose, word)
			continue
		}
		open := strings.IndexByte(alt, '(')
		if open >= 0 && depth > 0 && groupEnd(alt, open) == len(alt)-1 {
			if word, ok := literal(alt[:open]); ok || open == 0 {
				e.expand(prefix+word, alt[open+1:len(alt)-1], depth-1)
				continue
			}
		}
		e.loose = append(e.loose, prefix+start(alt))
	}
}

// start is the text that all that expr matches begins with.
func start(expr string) string {
	re, err := regexp.Compile(expr)
	if err != nil {
		return ""
	}
	s, _ := re.LiteralPrefix()
	return s
}

// literal is the text that expr matches when it matches only one.
func literal(expr string) (string, bool) {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil || re.Op != syntax.OpLiteral || re.Flags&syntax.FoldCase != 0 {
		return "", false
	}
	return string(re.Rune), true
}

// alternatives splits expr at the bars outside of groups. Bars in character
// classes do not occur between names.
func alternatives(expr string) []string {
	var out []string
	start, depth := 0, 0
	for i := 0; i < len(expr); i++ {
		switch expr[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, expr[start:i])
				start = i + 1
			}
		}
	}
	return append(out, expr[start:])
}

// groupEnd is the index of the bracket that closes the one at open, or -1.
func groupEnd(expr string, open int) int {
	depth := 0
	for i := open; i < len(expr); i++ {
		switch expr[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
