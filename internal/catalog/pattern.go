package catalog

import (
	"regexp/syntax"
	"strings"

	"assay/internal/fact"
)

// A pattern is a DevStats entry whose repositories are found by matching names.
type pattern struct {
	project  int
	entry    *tracked
	evidence fact.Evidence
}

// The bounds on reading a pattern.
const (
	deepestGroup  = 4
	mostOfPattern = 500
)

// outright gives what a pattern of DevStats names without any freedom:
// "owner/name" for a repository, "owner" or "owner/" for all of an owner. The
// patterns are alternatives in a group between ^ and $, some with a group of
// names behind an owner: "^(acme|acme-labs\/.*|other\/(x|y))$".
func outright(expr string) []string {
	expr = strings.TrimPrefix(expr, "(?i)")
	expr = strings.TrimSuffix(strings.TrimPrefix(expr, "^"), "$")
	var out []string
	expand("", expr, deepestGroup, &out)
	return out
}

// expand adds the words of expr, each behind prefix, to out.
func expand(prefix, expr string, depth int, out *[]string) {
	for _, alt := range alternatives(expr) {
		if len(*out) >= mostOfPattern {
			return
		}
		if word, ok := literal(alt); ok {
			*out = append(*out, prefix+word)
			continue
		}
		if word, ok := literal(strings.TrimSuffix(alt, ".*")); ok && prefix == "" && strings.HasSuffix(word, "/") {
			*out = append(*out, word)
			continue
		}
		open := strings.IndexByte(alt, '(')
		if open < 0 || depth == 0 || groupEnd(alt, open) != len(alt)-1 {
			continue
		}
		if word, ok := literal(alt[:open]); ok || open == 0 {
			expand(prefix+word, alt[open+1:len(alt)-1], depth-1, out)
		}
	}
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
