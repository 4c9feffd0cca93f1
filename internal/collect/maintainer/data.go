package maintainer

import (
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/yamlnode"
)

// A named is somebody of whom a file in TOML knows particulars.
type named struct {
	person fact.Maintainer
	listed bool
}

// tomlPeople reads a list in TOML, in the form that Docker introduced: groups, each
// with the names of its people, and a table of people by these names. Without a
// group all people of the table maintain. It reports whether the text is TOML.
func tomlPeople(path string, data []byte) ([]fact.Maintainer, bool) {
	if !isTOML(data) {
		return nil, false
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
			t.enter(table)
		case unstable.KeyValue:
			t.value(&p, append(append([]string(nil), table...), keysOf(n)...), n.Value())
		}
	}
	return t.all(), true
}

// isTOML reports whether a text is TOML with tables of people, and not one that
// happens to be read as TOML.
func isTOML(data []byte) bool {
	var all map[string]any
	return toml.Unmarshal(data, &all) == nil && len(all) > 0
}

// A tomlReader gathers the groups and the people of a text.
type tomlReader struct {
	path   string
	line   int // of the table that was entered last
	order  []string
	people map[string]*named
	groups []fact.Maintainer // people by their names in the text, which is in Handle
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

// enter begins a table: one below "people" is a person.
func (t *tomlReader) enter(keys []string) {
	if len(keys) == 2 && strings.EqualFold(keys[0], "people") && len(t.people) < limit.DocumentRows {
		id := strings.ToLower(keys[1])
		if t.people[id] == nil {
			t.people[id] = &named{person: fact.Maintainer{Line: t.line}}
			t.order = append(t.order, id)
		}
	}
}

func (t *tomlReader) value(p *unstable.Parser, keys []string, v *unstable.Node) {
	if len(keys) < 2 {
		return
	}
	key := strings.ToLower(keys[len(keys)-1])
	switch v.Kind {
	case unstable.String:
		if len(keys) == 3 && strings.EqualFold(keys[0], "people") {
			t.particular(strings.ToLower(keys[1]), key, string(v.Data))
		}
	case unstable.Array:
		role := keys[len(keys)-2]
		if key != "people" && key != "members" {
			role = keys[len(keys)-1]
		}
		for it := v.Children(); it.Next() && len(t.groups) < limit.DocumentRows; {
			if n := it.Node(); n.Kind == unstable.String {
				t.groups = append(t.groups, fact.Maintainer{Handle: string(n.Data), Role: role, Line: p.Shape(n.Raw).Start.Line})
			}
		}
	}
}

// particular takes a field of a person.
func (t *tomlReader) particular(id, key, value string) {
	n := t.people[id]
	if n == nil {
		return
	}
	switch key {
	case "name":
		n.person.Name = value
	case "github", "gitlab":
		n.person.Handle = handleOf(value)
	case "company", "employer", "organization", "organisation", "affiliation", "org":
		n.person.Organisation = value
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
		m.add(person)
	}
	for _, id := range t.order {
		if n := t.people[id]; len(t.groups) == 0 {
			m.add(n.person)
		}
	}
	return m.people
}

// yamlPeople reads a list in YAML or JSON: sequences of people, each a mapping or an
// account, below keys that say what they are.
func yamlPeople(path string, data []byte) ([]fact.Maintainer, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	m := &maintainerReader{path: path}
	m.yaml(doc, 0, "")
	return m.people, nil
}

func (m *maintainerReader) yaml(n *yaml.Node, depth int, role string) {
	if depth > 5 {
		return
	}
	for _, v := range yamlnode.Items(n) {
		m.yamlPerson(v, depth, role)
	}
	for _, e := range yamlnode.Fields(n) {
		key := strings.ToLower(e.Name)
		switch key {
		case "projects", "repositories", "repos", "labels", "options", "links", "meetings", "channels", "files", "paths", "no_parent_owners":
			continue
		}
		below := role
		if _, known := dutyOf(key, false); known {
			below = strings.ReplaceAll(e.Name, "_", " ")
		}
		m.yaml(e.Value, depth+1, below)
	}
}

func (m *maintainerReader) yamlPerson(n *yaml.Node, depth int, role string) {
	p := fact.Maintainer{Line: n.Line, Role: roleOf(role)}
	p.Duty, _ = dutyOf(role, false)
	if s := yamlnode.Text(n); s != "" {
		if p.Handle = handleOf(s); p.Handle == "" && personName(s) {
			p.Name = s
		}
		if role != "" || depth == 0 {
			m.add(p)
		}
		return
	}
	for _, e := range yamlnode.Fields(n) {
		v := strings.TrimSpace(yamlnode.Text(e.Value))
		switch strings.ToLower(e.Name) {
		case "name", "full_name", "fullname":
			p.Name, p.Line = v, e.Line
		case "github", "github_handle", "github_username", "github_id", "githubid", "handle", "username", "login", "account", "id", "gitlab":
			if h := handleOf(v); h != "" {
				p.Handle = h
			}
		case "company", "employer", "organization", "organisation", "affiliation", "org":
			p.Organisation = v
		case "role", "status", "title":
			if duty, known := dutyOf(v, false); known {
				p.Role, p.Duty = roleOf(v), duty
			}
		}
	}
	if p.Name != "" || p.Handle != "" {
		m.add(p)
		return
	}
	m.yaml(n, depth+1, role)
}

// understood notes what a text in YAML is not.
func understood(err error) []fact.Note {
	if err == nil {
		return nil
	}
	return []fact.Note{{Kind: string(errkind.Of(err)), Text: err.Error()}}
}
