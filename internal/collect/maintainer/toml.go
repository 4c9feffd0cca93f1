package maintainer

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/tomltree"
)

// A named is somebody of whom a file in TOML knows particulars.
type named struct {
	person fact.Maintainer
	listed bool
}

// tomlPeople reads a list in TOML: an array of people below a key that says so, each an
// account or a table; or the form that Docker introduced: groups, each with the names of
// its people, and a table of people by these names, of whom all maintain where there is
// no group.
func tomlPeople(path string, data []byte) ([]fact.Maintainer, error) {
	if _, err := tomltree.Load(data); err != nil {
		return nil, notTOML(err)
	}
	t := &tomlReader{path: path, people: map[string]*named{}}
	var p unstable.Parser
	p.Reset(data)
	var table []string
	for p.NextExpression() {
		switch n := p.Expression(); n.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = keysOf(n)
			t.line = lineOf(&p, n)
			t.enter(table, n.Kind == unstable.ArrayTable)
		case unstable.KeyValue:
			t.value(&p, append(append([]string(nil), table...), keysOf(n)...), n.Value())
		}
	}
	return t.all(), nil
}

// notTOML says why a text was not read as TOML.
func notTOML(err error) error {
	if errors.Is(err, tomltree.ErrTooManyKeys) {
		return errkind.Errorf(errkind.Limit, "the TOML text has more than %d keys", limit.TomlKeys)
	}
	return errkind.Errorf(errkind.Input, "not TOML: %s", markup.Shorten(markup.Clean(err.Error()), 200))
}

// A tomlReader gathers the groups and the people of a text.
type tomlReader struct {
	path   string
	line   int // of the table that was entered last
	order  []string
	people map[string]*named
	groups []fact.Maintainer  // people by their names in the text, which is in Handle
	direct []*fact.Maintainer // people whom a table describes where they are listed
	open   *fact.Maintainer   // the one whose table was entered last
}

func keysOf(n *unstable.Node) (keys []string) {
	for it := n.Key(); it.Next() && len(keys) < limit.YamlDepth; {
		keys = append(keys, string(it.Node().Data))
	}
	return keys
}

// lineOf is the line of a node, or of the first below it that has a place.
func lineOf(p *unstable.Parser, n *unstable.Node) int {
	for it := n.Key(); it.Next(); {
		return p.Shape(it.Node().Raw).Start.Line
	}
	return 0
}

// enter begins a table: one below "people" is a person, and so is one of an array with a
// word for people.
func (t *tomlReader) enter(keys []string, array bool) {
	t.open = nil
	if last := keys[len(keys)-1]; array && listsPeople(last) && len(t.direct) < limit.DocumentRows {
		t.open = t.person(last, t.line)
	}
	if len(keys) == 2 && strings.EqualFold(keys[0], "people") && len(t.people) < limit.DocumentRows {
		id := strings.ToLower(keys[1])
		if t.people[id] == nil {
			t.people[id] = &named{person: fact.Maintainer{Line: t.line}}
			t.order = append(t.order, id)
		}
	}
}

// person begins a person whom a table of their own describes.
func (t *tomlReader) person(key string, line int) *fact.Maintainer {
	p := &fact.Maintainer{Line: line}
	if !ofPeople(strings.ToLower(key)) {
		p.Role = roleOf(wordsOf(key))
		p.Duty, _ = dutyOf(wordsOf(key), false)
	}
	t.direct = append(t.direct, p)
	return p
}

func (t *tomlReader) value(p *unstable.Parser, keys []string, v *unstable.Node) {
	key := strings.ToLower(keys[len(keys)-1])
	switch v.Kind {
	case unstable.String:
		if t.open != nil {
			particular(t.open, key, string(v.Data))
		} else if len(keys) == 3 && strings.EqualFold(keys[0], "people") && t.people[strings.ToLower(keys[1])] != nil {
			particular(&t.people[strings.ToLower(keys[1])].person, key, string(v.Data))
		}
	case unstable.Array:
		if t.open == nil && listsPeople(keys[len(keys)-1]) {
			t.array(p, keys, v)
		}
	}
}

// array takes a list of people.
func (t *tomlReader) array(p *unstable.Parser, keys []string, v *unstable.Node) {
	written := keys[len(keys)-1]
	role := wordsOf(written)
	if ofPeople(strings.ToLower(written)) {
		role = keys[max(0, len(keys)-2)]
	}
	for it := v.Children(); it.Next() && len(t.groups)+len(t.direct) < limit.DocumentRows; {
		switch n := it.Node(); n.Kind {
		case unstable.String:
			t.groups = append(t.groups, fact.Maintainer{Handle: string(n.Data), Role: role, Line: p.Shape(n.Raw).Start.Line})
		case unstable.InlineTable:
			t.inline(p, written, n)
		}
	}
}

// inline takes a person as a table in a line.
func (t *tomlReader) inline(p *unstable.Parser, key string, n *unstable.Node) {
	var person *fact.Maintainer
	for it := n.Children(); it.Next(); {
		field := it.Node()
		if person == nil {
			person = t.person(key, lineOf(p, field))
		}
		if keys := keysOf(field); len(keys) == 1 && field.Value().Kind == unstable.String {
			particular(person, strings.ToLower(keys[0]), string(field.Value().Data))
		}
	}
}

// all joins the groups with the people.
func (t *tomlReader) all() []fact.Maintainer {
	m := &maintainerReader{path: t.path}
	for _, g := range t.groups {
		person := fact.Maintainer{Handle: handleOf(g.Handle)}
		if n := t.people[strings.ToLower(g.Handle)]; n != nil {
			person = n.person
			n.listed = true
		} else if len(t.people) > 0 && person.Handle == "" {
			continue
		}
		person.Line, person.Role = g.Line, roleOf(g.Role)
		person.Duty, _ = dutyOf(g.Role, false)
		if person.Name == "" && person.Handle == "" {
			m.worded(person, g.Handle)
			continue
		}
		m.add(person)
	}
	for _, p := range t.direct {
		m.add(*p)
	}
	for _, id := range t.order {
		if n := t.people[id]; len(t.groups)+len(t.direct) == 0 {
			m.add(n.person)
		}
	}
	return m.people
}
