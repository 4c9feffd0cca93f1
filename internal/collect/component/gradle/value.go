package gradle

import (
	"strings"
	"unicode"

	"assay/internal/limit"
)

// A scope is what names stand for in a script: what it sets itself once, and
// the properties of the build.
type scope struct {
	vars       map[string]string
	unsure     map[string]bool // set more than once, or to what is not known
	properties map[string]string
	inserts    int // texts that are inserted into one another right now
}

// lookup is the value of a name.
func (s *scope) lookup(name string) (string, bool) {
	if s.unsure[name] {
		return "", false
	}
	if v, ok := s.vars[name]; ok {
		return v, true
	}
	v, ok := s.properties[name]
	return v, ok
}

// newScope gathers what the statements set: val x = …, def x = …, ext.x = … and
// their like, wherever they are. What is set twice is not known.
func newScope(script []statement, properties map[string]string) *scope {
	s := &scope{vars: map[string]string{}, unsure: map[string]bool{}, properties: properties}
	s.gather(script, true)
	return s
}

// gather looks at statements; sure is false where it depends on the build
// whether they are run.
func (s *scope) gather(script []statement, sure bool) {
	for _, st := range script {
		if name, value, ok := assignment(st); ok {
			v, known := s.eval(value)
			_, before := s.vars[name]
			if before || !known || !sure || conditional(st) {
				s.unsure[name] = true
			}
			s.vars[name] = v
		}
		for i := range st {
			if st[i].kind == group && st[i].text == "{" {
				s.gather(st[i].body, sure && (st[0].is("ext") || st[0].is("buildscript") || st[0].is("allprojects")))
			}
		}
	}
}

// assignment parts "val x: T = value" and its like; the name is without what
// stands before it (ext., project., rootProject.).
func assignment(st statement) (name string, value statement, ok bool) {
	for i := range st {
		switch {
		case st[i].is("=") && i > 0 && i+1 < len(st):
			return target(st[:i]), st[i+1:], target(st[:i]) != ""
		case st[i].is("+=") && i > 0:
			return target(st[:i]), nil, target(st[:i]) != ""
		case st[i].kind == group && st[i].text == "{":
			return "", nil, false
		}
	}
	return "", nil, false
}

// target is the name that is assigned to.
func target(left statement) string {
	for i := range left { // a type after the name
		if left[i].is(":") {
			left = left[:i]
			break
		}
	}
	if len(left) == 0 {
		return ""
	}
	last := &left[len(left)-1]
	if last.kind == group && last.text == "[" { // extra["x"]
		if len(last.body) == 1 && len(last.body[0]) == 1 && last.body[0][0].kind == text {
			return last.body[0][0].text
		}
		return ""
	}
	if last.kind != word {
		return ""
	}
	return last.text
}

// eval is the value of an expression, when it can be told.
func (s *scope) eval(e statement) (string, bool) {
	e = stripped(e)
	if len(e) > limit.ScriptDepth {
		return "", false
	}
	for i := range e {
		if e[i].is("+") && i > 0 {
			a, ok := s.eval(e[:i])
			b, also := s.eval(e[i+1:])
			return a + b, ok && also && len(a)+len(b) <= limit.ScriptText
		}
	}
	switch {
	case len(e) == 0:
		return "", false
	case len(e) == 1:
		return s.single(&e[0])
	case len(e) == 2 && e[0].kind == word && e[1].kind == group && e[1].text == "(" && len(e[1].body) == 1:
		switch e[0].text {
		case "property", "findProperty", "gradleProperty":
			if key := e[1].body[0]; len(key) == 1 && key[0].kind == text {
				v, ok := s.properties[key[0].text]
				return v, ok
			}
		}
	}
	return "", false
}

func (s *scope) single(n *node) (string, bool) {
	switch n.kind {
	case text, number:
		return n.text, true
	case word:
		return s.lookup(n.text)
	case model:
		return s.fill(n.text)
	}
	return "", false
}

// stripped is an expression without what changes nothing: what stands before a
// name, and conversions to text after it.
func stripped(e statement) statement {
	for len(e) > 2 && e[1].is(".") {
		switch e[0].text {
		case "project", "rootProject", "ext", "extra", "providers", "settings", "gradle", "this":
			e = e[2:]
			continue
		}
		break
	}
	for {
		n := len(e)
		switch {
		case n > 2 && e[n-2].is("as") && e[n-1].is("String"):
			e = e[:n-2]
		case n > 3 && e[n-3].is(".") && (e[n-2].is("toString") || e[n-2].is("get")) && e[n-1].kind == group && len(e[n-1].body) == 0:
			e = e[:n-3]
		case n > 1 && e[n-1].is("!!"):
			e = e[:n-1]
		case n == 1 && e[0].kind == group && e[0].text == "(" && len(e[0].body) == 1:
			e = e[0].body[0]
		default:
			return e
		}
	}
}

// fill replaces $name and ${name} in a text.
func (s *scope) fill(t string) (string, bool) {
	if s.inserts == limit.ScriptInserts {
		return "", false
	}
	s.inserts++
	defer func() { s.inserts-- }()
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(t, "$")
		b.WriteString(before)
		if b.Len() > limit.ScriptText {
			return "", false
		}
		if !found {
			return b.String(), b.Len() > 0
		}
		l := lexer{rest: rest}
		if strings.HasPrefix(rest, "{") {
			l.skip(inserted("$"+rest) - 1)
		} else {
			l.skip(l.run(func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) })) // without the next '$'
		}
		t = l.rest
		inner, err := parseScript([]byte(strings.TrimSuffix(strings.TrimPrefix(rest[:len(rest)-len(t)], "{"), "}")))
		if err != nil || len(inner) != 1 {
			return "", false
		}
		v, ok := s.eval(inner[0])
		if !ok {
			return "", false
		}
		b.WriteString(v)
	}
}
