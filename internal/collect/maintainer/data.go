package maintainer

import (
	"errors"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
	"go.yaml.in/yaml/v4"

	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/tomltree"
	"assay/internal/yamlnode"
)

// A named is somebody of whom a file in TOML knows particulars.
type named struct {
	person fact.Maintainer
	listed bool
}

// tomlPeople reads a list in TOML, in the form that Docker introduced: groups, each
// with the names of its people, and a table of people by these names. Without a
// group all people of the table maintain.
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
			t.enter(table)
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
		written := keys[len(keys)-1]
		if !listsPeople(written) {
			return
		}
		role := wordsOf(written)
		if ofPeople(key) {
			role = keys[len(keys)-2]
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

// ofPeople reports whether a key says that people follow and not what they do.
func ofPeople(key string) bool { return key == "people" || key == "members" }

// listsPeople reports whether a key says that a list of people follows: it ends in a
// word for them. "maintainer_labels" has a word for them and lists something else.
func listsPeople(key string) bool {
	if ofPeople(strings.ToLower(key)) {
		return true
	}
	key = wordsOf(key)
	_, known := dutyOf(key, false)
	return known && peopleWord.MatchString(key)
}

// wordsOf parts a key into words: "core_maintainers" and "coreMaintainers".
func wordsOf(key string) string {
	return strings.ReplaceAll(inCamel.ReplaceAllString(key, "$1 $2"), "_", " ")
}

var inCamel = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)

const peopleWords = `maintainers?|approvers?|owners?|leads?|leaders?|admins?|administrators?|bdfl|curators?|reviewers?|committers?|tsc|board|committee|triagers?|triage|authors?|founders?|creators?|contributors?|mentors?|mentees?|advis[oe]rs?|emerit[a-z]*|former|past|alumni|retired|inactive|honorary|team|members?|people|developers?|managers?|captains?|shepherds?|coordinators?`

var peopleWord = regexp.MustCompile(`(?i)\b(` + peopleWords + `)$`)

// yamlPeople reads a list in YAML or JSON: sequences of people, each a mapping or an
// account, at the top or below keys that say that they are people.
func yamlPeople(path string, data []byte) ([]fact.Maintainer, error) {
	doc, err := markup.YAML(data)
	if err != nil || doc == nil {
		return nil, err
	}
	m := &maintainerReader{path: path}
	m.yaml(doc, 0, "", true)
	return m.people, nil
}

// yaml reads a node. listed says that the items of it are people, of the role.
func (m *maintainerReader) yaml(n *yaml.Node, depth int, role string, listed bool) {
	if depth > 5 {
		return
	}
	for _, v := range yamlnode.Items(n) {
		if !listed || !m.yamlPerson(v, role) {
			m.yaml(v, depth+1, role, false)
		}
	}
	for _, e := range yamlnode.Fields(n) {
		switch key := strings.ToLower(e.Name); {
		case ofOthers(key):
		case ofPeople(key):
			m.yaml(e.Value, depth+1, role, true)
		case listsPeople(e.Name):
			m.yaml(e.Value, depth+1, wordsOf(e.Name), true)
		default:
			m.yaml(e.Value, depth+1, "", false)
		}
	}
}

// ofOthers reports whether a key says that what follows is about other repositories,
// or how the file is to be read.
func ofOthers(key string) bool {
	switch key {
	case "projects", "repositories", "repos", "options":
		return true
	}
	return false
}

// yamlPerson takes an item of a list of people, and says whether it is a person.
func (m *maintainerReader) yamlPerson(n *yaml.Node, role string) bool {
	p := fact.Maintainer{Line: n.Line, Role: roleOf(role)}
	p.Duty, _ = dutyOf(role, false)
	if s := yamlnode.Text(n); s != "" {
		if p.Handle = handleOf(s); p.Handle == "" && personName(s) {
			p.Name = s
		}
		m.add(p)
		return true
	}
	for _, e := range yamlnode.Fields(n) {
		if listsPeople(e.Name) && len(yamlnode.Items(e.Value)) > 0 {
			return false // it is a group of them
		}
		yamlParticular(&p, e)
	}
	if p.Name == "" && p.Handle == "" {
		return false
	}
	m.add(p)
	return true
}

// yamlParticular takes a field of a person.
func yamlParticular(p *fact.Maintainer, e yamlnode.Field) {
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

// noteOf notes why a text is not read.
func noteOf(err error) []fact.Note {
	if err == nil {
		return nil
	}
	return []fact.Note{document.Note(errkind.Of(err), err.Error())}
}
