package maintainer

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"assay/internal/document"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/markup"
	"assay/internal/yamlnode"
)

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

var inCamel = lazyregexp.New(`(\p{Ll})(\p{Lu})`)

const peopleWords = `maintainers?|approvers?|owners?|leads?|leaders?|admins?|administrators?|bdfl|curators?|reviewers?|committers?|tsc|board|committee|triagers?|triage|authors?|founders?|creators?|contributors?|mentors?|mentees?|advis[oe]rs?|emerit[a-z]*|former|past|alumni|retired|inactive|honorary|team|members?|people|developers?|managers?|captains?|shepherds?|coordinators?`

var peopleWord = lazyregexp.New(`(?i)\b(` + peopleWords + `)$`)

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
			m.yaml(e.Value, depth+1, role, listed)
		case listsPeople(e.Name):
			m.yaml(e.Value, depth+1, wordsOf(e.Name), true)
		case listed && depth > 0 && len(yamlnode.Fields(e.Value)) > 0 && m.yamlPerson(e.Value, role): // by a name of theirs
		default:
			m.yaml(e.Value, depth+1, role, listed && depth > 0 && len(yamlnode.Fields(e.Value)) > 0)
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
		m.worded(p, s)
		return true
	}
	for _, e := range yamlnode.Fields(n) {
		if listsPeople(e.Name) && len(yamlnode.Items(e.Value)) > 0 {
			return false // it is a group of them
		}
		if particular(&p, strings.ToLower(e.Name), yamlnode.Text(e.Value)) {
			p.Line = e.Line
		}
	}
	if p.Handle == "" && !personName(p.Name) {
		return false
	}
	m.add(p)
	return true
}

// worded takes a person of whom a list has an account, or a text as a list in Markdown
// would have: "Ann Example (@ann)".
func (m *maintainerReader) worded(p fact.Maintainer, s string) {
	if p.Handle = handleOf(s); p.Handle != "" {
		m.add(p)
		return
	}
	in := markup.Inline{Text: markup.WithoutMail(markup.Clean(s)), Mail: markup.HasMail(s)}
	found := m.personsIn(&in)
	if len(found) == 1 {
		p.Name, p.Handle, p.Organisation = found[0].Name, found[0].Handle, found[0].Organisation
	} else if len(found) == 0 && personName(s) {
		p.Name = s
	}
	m.add(p)
}

// particular takes a field of a person, and says whether it is the name.
func particular(p *fact.Maintainer, key, value string) bool {
	value = strings.TrimSpace(value)
	switch key {
	case "name", "full_name", "fullname":
		p.Name = value
		return true
	case "github", "github_handle", "github_username", "github_id", "githubid", "handle", "username", "login", "account", "id", "gitlab":
		if h := handleOf(value); h != "" {
			p.Handle = h
		}
	case "company", "employer", "organization", "organisation", "affiliation", "org":
		p.Organisation = value
	case "role", "status", "title":
		if duty, known := dutyOf(value, false); known {
			p.Role, p.Duty = roleOf(value), duty
		}
	}
	return false
}

// noteOf notes why a text is not read.
func noteOf(err error) []fact.Note {
	if err == nil {
		return nil
	}
	return []fact.Note{document.Note(errkind.Of(err), err.Error())}
}
