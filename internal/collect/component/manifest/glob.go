package manifest

import (
	"regexp"
	"slices"
	"strings"

	"assay/internal/limit"
)

// A Syntax is what a tool understands in a pattern beside "*", "?" and "[…]"
// within a part of a path, and "**" for any number of parts.
type Syntax struct {
	// Braces: "{a,b}" stands for a or b.
	Braces bool
	// Groups: "@(a|b)", "?(…)", "+(…)", "*(…)" and "!(…)" as in a shell.
	Groups bool
	// NoDots: a wildcard at the beginning of a part matches no dot.
	NoDots bool
}

// Patterns are the folders a workspace names, some with wildcards.
type Patterns struct {
	root  string
	names map[string]struct{} // folders
	globs [][]part            // parts of each pattern, seen from root
}

// NewPatterns prepares patterns relative to the folder root. Those that lead
// out of the repository match nothing, and neither do wildcards outside root.
func NewPatterns(root string, patterns []string, syntax Syntax) *Patterns {
	p := &Patterns{root: root, names: make(map[string]struct{}, len(patterns))}
	for _, s := range patterns {
		for _, s := range syntax.alternatives(s) {
			p.add(s, syntax)
		}
	}
	return p
}

func (p *Patterns) add(s string, syntax Syntax) {
	if !strings.ContainsAny(s, "*?[") && !(syntax.Groups && strings.Contains(s, "(")) {
		if dir, ok := Join(p.root, s); ok {
			p.names[dir] = struct{}{}
		}
		return
	}
	glob, ok := Join("", s)
	if !ok || len(p.globs) >= limit.WorkspaceGlobs || len(glob) > limit.GlobBytes {
		return
	}
	var parts []part
	for text := range strings.SplitSeq(glob, "/") {
		one, ok := syntax.compile(text)
		if !ok || len(parts) == limit.GlobParts {
			return
		}
		parts = append(parts, one)
	}
	p.globs = append(p.globs, parts)
}

// Match reports whether the folder dir is named by the patterns.
func (p *Patterns) Match(dir string) bool {
	if _, ok := p.names[dir]; ok {
		return true
	}
	if len(p.globs) == 0 || dir == p.root || !Within(dir, p.root) {
		return false
	}
	parts := strings.Split(strings.TrimPrefix(dir[len(p.root):], "/"), "/")
	return slices.ContainsFunc(p.globs, func(g []part) bool { return matchParts(g, parts) })
}

// Covers reports whether dir, or a folder above it, is named outright.
func (p *Patterns) Covers(dir string) bool {
	covered := false
	Above(dir, func(d string) bool {
		_, covered = p.names[d]
		return !covered && Within(d, p.root)
	})
	return covered
}

// matchParts matches the parts of a path against those of a pattern in time
// proportional to their product: reach[i] tells whether the pattern so far
// matches the first i parts.
func matchParts(pattern []part, parts []string) bool {
	reach := make([]bool, len(parts)+1)
	reach[0] = true
	for i := range pattern {
		want := &pattern[i]
		if want.any {
			for i := 1; i < len(reach); i++ {
				reach[i] = reach[i] || reach[i-1] && !(want.noDots && strings.HasPrefix(parts[i-1], "."))
			}
			continue
		}
		for i := len(parts); i > 0; i-- {
			reach[i] = reach[i-1] && want.match(parts[i-1])
		}
		reach[0] = false
	}
	return reach[len(parts)]
}

// A part is what a pattern says of one part of a path.
type part struct {
	any    bool           // any number of parts
	yes    *regexp.Regexp // what it must match
	no     *regexp.Regexp // and must not; nil for nothing
	noDots bool
}

func (p *part) match(name string) bool {
	return p.yes.MatchString(name) && (p.no == nil || !p.no.MatchString(name)) && !(p.noDots && strings.HasPrefix(name, "."))
}

// compile makes a part of its text. Expressions take time proportional to what
// they are held against, whatever the pattern.
func (s Syntax) compile(text string) (part, bool) {
	p := part{any: text == "**", noDots: s.NoDots && !strings.HasPrefix(text, ".")}
	if p.any {
		return p, true
	}
	yes, no := s.translate(text)
	var err error
	if p.yes, err = regexp.Compile("^(?:" + yes + ")$"); err != nil {
		return p, false
	}
	if no != "" {
		p.no, err = regexp.Compile("^(?:" + no + ")$")
	}
	return p, err == nil
}

// translate makes expressions of a pattern: what it matches, and what it does
// not for a "!(…)" in it.
func (s Syntax) translate(text string) (yes, no string) {
	var y, n strings.Builder
	both := func(e string) { y.WriteString(e); n.WriteString(e) }
	negated := false
	var closing []string
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case s.Groups && i+1 < len(text) && text[i+1] == '(' && strings.IndexByte("@?+*!", c) >= 0 && closing == nil:
			i++
			end := map[byte]string{'@': ")", '?': ")?", '+': ")+", '*': ")*", '!': ")"}[c]
			if c == '!' {
				negated = true
				inner, rest, ok := strings.Cut(text[i+1:], ")")
				if !ok {
					return "(", ""
				}
				y.WriteString("[^/]*")
				n.WriteString("(?:" + s.choice(inner) + ")")
				i = len(text) - len(rest) - 1
				continue
			}
			both("(?:")
			closing = append(closing, end)
		case closing != nil && c == '|':
			both("|")
		case closing != nil && c == ')':
			both(closing[0])
			closing = nil
		case c == '[':
			class, n := class(text[i:])
			both(class)
			i += n - 1
		case c == '*':
			both("[^/]*")
		case c == '?':
			both("[^/]")
		case c == '\\' && i+1 < len(text):
			i++
			both(regexp.QuoteMeta(text[i : i+1]))
		default:
			both(regexp.QuoteMeta(text[i : i+1]))
		}
	}
	if !negated {
		return y.String(), ""
	}
	return y.String(), n.String()
}

// choice is the expression of patterns between bars.
func (s Syntax) choice(text string) string {
	plain := Syntax{}
	var all []string
	for one := range strings.SplitSeq(text, "|") {
		yes, _ := plain.translate(one)
		all = append(all, yes)
	}
	return strings.Join(all, "|")
}

// class is the expression of a "[…]" at the beginning of text, and its length: a
// bracket alone when it is not closed.
func class(text string) (expr string, n int) {
	body := text[1:]
	not := ""
	if strings.HasPrefix(body, "!") || strings.HasPrefix(body, "^") {
		not, body = "^", body[1:]
	}
	end := strings.IndexByte(body[min(1, len(body)):], ']')
	if end < 0 {
		return regexp.QuoteMeta("["), 1
	}
	inner := body[:end+1]
	return "[" + not + strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "^", `\^`, "&", `\&`, "~", `\~`).Replace(inner) + "]", len(text) - len(body) + end + 2
}

// alternatives are the patterns that braces stand for, up to the bound.
func (s Syntax) alternatives(text string) []string {
	if !s.Braces {
		return []string{text}
	}
	all := []string{text}
	for i := 0; i < len(all); {
		before, choices, after, ok := braces(all[i])
		if !ok {
			i++
			continue
		}
		if len(all)+len(choices) > limit.WorkspaceGlobs || len(all[i]) > limit.GlobBytes {
			return nil
		}
		var more []string
		for _, c := range choices {
			more = append(more, before+c+after)
		}
		all = slices.Replace(all, i, i+1, more...)
	}
	return all
}

// braces parts a pattern at its first "{a,b}", which may hold others.
func braces(text string) (before string, choices []string, after string, ok bool) {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return "", nil, "", false
	}
	depth, from := 0, open+1
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case ',':
			if depth == 1 {
				choices = append(choices, text[from:i])
				from = i + 1
			}
		case '}':
			if depth--; depth == 0 {
				choices = append(choices, text[from:i])
				return text[:open], choices, text[i+1:], len(choices) > 1
			}
		}
	}
	return "", nil, "", false
}
