package pypi

import (
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
)

// A program is a setup.py, parted into tokens.
type program struct {
	tokens []token
	// names are what the program sets: the range of the value, when it is set once,
	// at the outermost level.
	names map[string]span
	steps int // words that were looked at for values
}

// A span is the tokens [from, to) of an expression. One that is empty is unknown.
type span struct{ from, to int }

// script reads what a setup.py passes to setup. It reports whether setup is
// called at all, and which fields are given by what is not known.
func script(data []byte, out *fact.Component) (declares bool, unknown []string) {
	p := &program{tokens: lex(data)}
	p.names = p.assignments()
	calls := p.calls()
	if len(calls) == 0 {
		return false, nil
	}
	args := p.arguments(calls[0], 0)
	for _, call := range calls[1:] {
		args = agreed(p, args, p.arguments(call, 0))
	}
	out.Line = p.tokens[calls[0]].line
	if at, ok := args["name"]; ok && at.from > 0 {
		out.Line = p.tokens[at.from].line
	}
	for _, field := range []struct {
		key string
		to  *string
	}{
		{"name", &out.Name}, {"version", &out.Version}, {"python_requires", &out.MinVersion}, {"license", &out.License}, {"description", &out.Description},
	} {
		at, said := args[field.key]
		if !said {
			continue
		}
		value, ok := p.text(at, 0)
		if !ok {
			unknown = append(unknown, field.key)
			continue
		}
		*field.to = value
	}
	out.License = shortLicence(out.License)
	if at, said := args["classifiers"]; said {
		list, _ := p.list(at, 0)
		out.Published = published(list)
	}
	if at, said := args["entry_points"]; said {
		var ok bool
		if out.Targets, ok = p.commands(at); !ok {
			unknown = append(unknown, "scripts")
		}
	}
	return true, unknown
}

// calls are the indexes of the opening brackets of the calls of setup.
func (p *program) calls() []int {
	var all []int
	for i := range p.tokens {
		if !p.tokens[i].first || p.tokens[i].kind != name {
			continue
		}
		j := i
		for j+2 < len(p.tokens) && p.tokens[j].kind == name && p.tokens[j+1].is(".") {
			j += 2
		}
		if j+1 >= len(p.tokens) || !p.tokens[j].is("setup") || !p.tokens[j+1].is("(") {
			continue
		}
		if j == i || slices.Contains([]string{"setuptools", "distutils", "core", "skbuild", "numpy"}, p.tokens[i].text) {
			all = append(all, j+1)
		}
		if len(all) == limit.SetupArguments {
			break
		}
	}
	return all
}

// assignments finds what the program sets once and at the outermost level.
func (p *program) assignments() map[string]span {
	all := map[string]span{}
	count := map[string]int{}
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.kind != name || i+1 >= len(p.tokens) {
			continue
		}
		next := &p.tokens[i+1]
		switch {
		case next.is("=") && t.first:
			count[t.text]++
			if t.indent == 0 {
				all[t.text] = span{i + 2, p.endOf(i + 2)}
			}
		case next.is("+=") && t.first, next.is(":="), next.is("["), next.is(".") && t.first, next.is(":") && t.first:
			if !next.is("[") || t.first && next.close+1 < len(p.tokens) && p.tokens[next.close+1].is("=") {
				count[t.text] += 2 // changed, or by a form that is not looked into
			}
		case t.text == "as" || t.text == "for" || t.text == "import":
			count[next.text] += 2
		}
	}
	for name, n := range count {
		if n > 1 {
			delete(all, name)
		}
	}
	return all
}

// endOf is where the statement ends that from is in.
func (p *program) endOf(from int) int {
	for i := from; i < len(p.tokens); i++ {
		if p.tokens[i].kind == end {
			return i
		}
		if p.tokens[i].close > i {
			i = p.tokens[i].close
		}
	}
	return len(p.tokens)
}

// parts are the elements between the bracket at open and its end.
func (p *program) parts(open int) []span {
	var all []span
	from := open + 1
	last := min(p.tokens[open].close, len(p.tokens))
	for i := from; i < last; i++ {
		switch {
		case p.tokens[i].close > i:
			i = p.tokens[i].close
		case p.tokens[i].is(","):
			all = append(all, span{from, i})
			from = i + 1
		}
	}
	if from < last {
		all = append(all, span{from, last})
	}
	return all
}

// arguments are the keyword arguments of the call at open, with those of dicts
// that are unpacked. Where one of these is not known, nor is what it may give.
func (p *program) arguments(open, depth int) map[string]span {
	all := map[string]span{}
	for _, s := range p.parts(open) {
		switch {
		case s.to-s.from > 2 && p.tokens[s.from].kind == name && p.tokens[s.from+1].is("="):
			all[p.tokens[s.from].text] = span{s.from + 2, s.to}
		case s.to-s.from > 1 && p.tokens[s.from].is("**"):
			inner, ok := p.dict(span{s.from + 1, s.to}, depth+1)
			if !ok {
				inner = map[string]span{"name": {}, "version": {}, "python_requires": {}, "license": {}, "description": {}, "entry_points": {}}
			}
			for key, value := range inner {
				if _, said := all[key]; !said {
					all[key] = value
				}
			}
		}
	}
	return all
}

// agreed are the arguments of two calls: those that differ are not known.
func agreed(p *program, a, b map[string]span) map[string]span {
	for key, at := range b {
		other, said := a[key]
		one, ok := p.text(at, 0)
		two, also := p.text(other, 0)
		if !said || !ok || !also || one != two {
			a[key] = span{}
		}
	}
	for key := range a {
		if _, said := b[key]; !said {
			a[key] = span{}
		}
	}
	return a
}

// follow is an expression without brackets around it, and what a name stands for; an
// empty one where looking at it would be too much.
func (p *program) follow(s span, depth int) span {
	for ; depth < limit.ScriptDepth && s.from < s.to; depth++ {
		if p.steps += s.to - s.from; p.steps > limit.ScriptSteps {
			return span{}
		}
		first := &p.tokens[s.from]
		switch {
		case first.is("(") && first.close == s.to-1 && len(p.parts(s.from)) == 1 && !p.tokens[s.to-2].is(","):
			s = span{s.from + 1, s.to - 1}
		case first.kind == name && s.to == s.from+1 && p.names[first.text].to > 0:
			s = p.names[first.text]
		default:
			return s
		}
	}
	return span{}
}

// text is the value of an expression that is a string.
func (p *program) text(s span, depth int) (string, bool) {
	s = p.follow(s, depth)
	if s.from >= s.to || depth > limit.ScriptDepth {
		return "", false
	}
	for i := s.from; i < s.to; i++ {
		if p.tokens[i].close > i {
			i = p.tokens[i].close
		} else if p.tokens[i].is("+") {
			a, ok := p.text(span{s.from, i}, depth+1)
			b, also := p.text(span{i + 1, s.to}, depth+1)
			if len(a)+len(b) > limit.ScriptText {
				return "", false
			}
			return a + b, ok && also
		}
	}
	var b strings.Builder
	for _, t := range p.tokens[s.from:s.to] {
		if t.kind != text {
			return "", false
		}
		b.WriteString(t.text)
	}
	return b.String(), true
}

// list is the value of an expression that is a list of strings.
func (p *program) list(s span, depth int) ([]string, bool) {
	s = p.follow(s, depth)
	if s.from >= s.to {
		return nil, false
	}
	open := &p.tokens[s.from]
	if !(open.is("[") || open.is("(")) || open.close != s.to-1 {
		return nil, false
	}
	var all []string
	for _, part := range p.parts(s.from) {
		one, ok := p.text(part, depth+1)
		if !ok {
			return nil, false
		}
		all = append(all, one)
	}
	return all, true
}

// dict is the entries of an expression that is a dict: {"a": …}, dict(a=…).
func (p *program) dict(s span, depth int) (map[string]span, bool) {
	s = p.follow(s, depth)
	if s.from >= s.to {
		return nil, false
	}
	if p.tokens[s.from].is("dict") && s.from+1 < s.to && p.tokens[s.from+1].is("(") && p.tokens[s.from+1].close == s.to-1 {
		return p.arguments(s.from+1, depth+1), true
	}
	if !p.tokens[s.from].is("{") || p.tokens[s.from].close != s.to-1 {
		return nil, false
	}
	all := map[string]span{}
	for _, part := range p.parts(s.from) {
		colon := p.colon(part)
		if colon < 0 {
			return nil, false
		}
		key, ok := p.text(span{part.from, colon}, depth+1)
		if !ok {
			return nil, false
		}
		all[key] = span{colon + 1, part.to}
	}
	return all, true
}

// colon is where the key of an entry ends, -1 for no entry.
func (p *program) colon(s span) int {
	for i := s.from; i < s.to; i++ {
		if p.tokens[i].close > i {
			i = p.tokens[i].close
		} else if p.tokens[i].is(":") {
			return i
		}
	}
	return -1
}

// commands are the names of the scripts in entry_points, in both its forms.
func (p *program) commands(s span) ([]string, bool) {
	if ini, ok := p.text(s, 0); ok {
		return iniCommands(readINI([]byte(ini)), ""), true
	}
	groups, ok := p.dict(s, 0)
	if !ok {
		return nil, false
	}
	var all []string
	for _, group := range scriptGroups {
		at, said := groups[group]
		if !said {
			continue
		}
		list, ok := p.list(at, 0)
		if one, isText := p.text(at, 0); isText {
			list, ok = strings.Split(one, "\n"), true
		}
		if !ok {
			return nil, false
		}
		all = append(all, commandNames(list)...)
	}
	return all, true
}

// scriptGroups are the groups of entry points that are commands.
var scriptGroups = []string{"console_scripts", "gui_scripts"}

// commandNames are the names before the equals signs.
func commandNames(list []string) []string {
	var all []string
	for _, s := range list {
		if name, _, ok := strings.Cut(s, "="); ok {
			all = append(all, strings.TrimSpace(name))
		}
	}
	return all
}

// shortLicence is a licence's name; "" for a whole text.
func shortLicence(s string) string {
	if len(s) > limit.LicenceName || strings.Contains(strings.TrimSpace(s), "\n") {
		return ""
	}
	return s
}
