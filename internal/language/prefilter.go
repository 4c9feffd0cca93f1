package language

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"

	"github.com/cloudflare/ahocorasick"
	"github.com/go-enry/go-enry/v2/data"
)

// A matcher is a set of expressions, any of which may match. Linguist has some
// two hundred of them to hold against every path; each is run only on paths
// that contain a literal it cannot match without, and all literals are looked
// for in one pass.
type matcher struct {
	always   []*regexp.Regexp // expressions without a literal
	literals *ahocorasick.Matcher
	behind   [][]*regexp.Regexp // by literal: the expressions that need it
}

func newMatcher(exprs []*regexp.Regexp) *matcher {
	m := &matcher{}
	var dict []string
	index := map[string]int{}
	for _, re := range exprs {
		if re == nil {
			continue // an expression Go's engine does not know; go-enry skips it too
		}
		literals := requiredLiterals(re.String())
		if len(literals) == 0 {
			m.always = append(m.always, re)
		}
		for _, l := range literals {
			i, ok := index[l]
			if !ok {
				i = len(dict)
				index[l] = i
				dict = append(dict, l)
				m.behind = append(m.behind, nil)
			}
			m.behind[i] = append(m.behind[i], re)
		}
	}
	m.literals = ahocorasick.NewStringMatcher(dict)
	return m
}

// match reports whether any expression matches text; lower is text in lower case.
func (m *matcher) match(text string, lower []byte) bool {
	for _, re := range m.always {
		if re.MatchString(text) {
			return true
		}
	}
	for _, hit := range m.literals.MatchThreadSafe(lower) {
		for _, re := range m.behind[hit] {
			if re.MatchString(text) {
				return true
			}
		}
	}
	return false
}

var (
	vendorMatcher        = sync.OnceValue(func() *matcher { return newMatcher(data.VendorMatchers) })
	documentationMatcher = sync.OnceValue(func() *matcher { return newMatcher(data.DocumentationMatchers) })
)

// requiredLiterals gives lower-case strings of which every match of expr
// contains at least one (in lower case); none when no such set is found.
func requiredLiterals(expr string) []string {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil
	}
	return literalsOf(re.Simplify())
}

// maxLiterals bounds a set: a larger one costs more than it saves.
const maxLiterals = 24

func literalsOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral, syntax.OpCharClass:
		if s, ok := fixedText(re); ok {
			return []string{s}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return literalsOf(re.Sub[0])
	case syntax.OpConcat:
		return bestOfConcat(re.Sub)
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			set := literalsOf(sub)
			if len(set) == 0 || len(all)+len(set) > maxLiterals {
				return nil
			}
			all = append(all, set...)
		}
		return all
	}
	return nil
}

// fixedText is the lower-cased text of a literal, or of a class that holds one
// letter in both cases.
func fixedText(re *syntax.Regexp) (string, bool) {
	if re.Op == syntax.OpLiteral {
		return strings.ToLower(string(re.Rune)), true
	}
	text := ""
	for i := 0; i+1 < len(re.Rune); i += 2 {
		if re.Rune[i] != re.Rune[i+1] {
			return "", false
		}
		lower := strings.ToLower(string(re.Rune[i]))
		if text != "" && text != lower {
			return "", false
		}
		text = lower
	}
	return text, text != ""
}

// bestOfConcat is the best set among the parts of a concatenation, where
// neighbouring fixed texts are taken together.
func bestOfConcat(subs []*syntax.Regexp) []string {
	var best []string
	run := ""
	consider := func(set []string) {
		if len(set) > 0 && (len(best) == 0 || shortest(set) > shortest(best)) {
			best = set
		}
	}
	for _, sub := range subs {
		if s, ok := fixedOnly(sub); ok {
			run += s
			continue
		}
		if run != "" {
			consider([]string{run})
			run = ""
		}
		consider(literalsOf(sub))
	}
	if run != "" {
		consider([]string{run})
	}
	return best
}

func fixedOnly(re *syntax.Regexp) (string, bool) {
	if re.Op != syntax.OpLiteral && re.Op != syntax.OpCharClass {
		return "", false
	}
	return fixedText(re)
}

func shortest(set []string) int {
	n := len(set[0])
	for _, s := range set[1:] {
		n = min(n, len(s))
	}
	return n
}
