package maintainer

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/markup"
)

// paragraph reads lines that each are a record, or part of one.
func (m *maintainerReader) paragraph(in *markup.Inline) {
	if m.sentence(in) {
		m.flush()
		return
	}
	at := 0
	for line := range strings.SplitSeq(in.Text, "\n") {
		start := at
		at += len(line) + 1
		m.line(in.Slice(start, start+len(line)), in.Line(start))
	}
	if m.sure {
		m.flush()
	}
}

func (m *maintainerReader) line(in markup.Inline, line int) {
	text := strings.TrimSpace(in.Text)
	switch {
	case text == "" || m.field(text, line):
	case lettered.MatchString(text):
		m.letter(&in, line)
	case strings.HasSuffix(text, ":") && markup.Words(text) <= 5:
		m.flush()
		if text := strings.Trim(text, "*_: "); markup.Words(text) <= 3 { // more is a sentence: "The maintainers are:"
			m.enter(9, text, line)
		}
		m.past = gone(text)
	case m.commaLine(text, line):
	case markup.Words(text) <= 8:
		m.flush()
		found := m.personsIn(&in)
		for _, p := range found {
			p.Line = line
			m.named(p)
		}
		if len(found) == 0 && personName(text) && markup.Words(text) >= 2 {
			m.open = fact.Maintainer{Name: text, Line: line}
		}
	default:
		m.flush()
	}
}

// lettered matches a line of the form that Linux has: "M:" is a maintainer, "R:" a
// reviewer, and the other letters say what they are of.
var lettered = lazyregexp.New(`^[A-Z]:\s+\S`)

func (m *maintainerReader) letter(in *markup.Inline, line int) {
	m.flush()
	letter := strings.TrimSpace(in.Text)[0]
	if letter != 'M' && letter != 'R' && letter != 'P' {
		return
	}
	for _, p := range m.personsIn(in) {
		if p.Line = line; letter == 'R' {
			p.Duty, p.Role = fact.DutyReviewer, "reviewer"
		}
		m.named(p)
	}
}

// field takes a line "label: value" or "label = value" of a record.
func (m *maintainerReader) field(text string, line int) bool {
	i := strings.IndexAny(text, ":=")
	if i <= 0 || i > 24 {
		return false
	}
	value := strings.Trim(strings.TrimSpace(text[i+1:]), `"'`+"`,")
	switch strings.Trim(strings.ToLower(text[:i]), " *-\"'`_") {
	case "name", "maintainer", "full name":
		if value == "" {
			return false
		}
		m.flush()
		m.open = fact.Maintainer{Name: value, Line: line}
	case "github", "github username", "github id", "github handle", "github user", "github account", "handle", "gitlab", "github-id":
		m.open.Handle, m.sure = handleOf(value), true
		if m.open.Line == 0 {
			m.open.Line = line
		}
	case "organization", "organisation", "company", "affiliation", "employer", "org":
		m.open.Organisation = value
		m.sure = m.sure || m.open.Name != ""
	case "email", "e-mail", "mail", "pgp fingerprint", "pgp", "gpg", "keybase":
		m.sure = m.sure || m.open.Name != ""
	case "slack", "twitter", "discord", "timezone", "location", "website", "role", "irc", "linkedin", "slack id":
	default:
		return false
	}
	return true
}

// commaLine takes a line of comma-separated values when a comment named the
// columns, or when every value is quoted.
func (m *maintainerReader) commaLine(text string, line int) bool {
	fields := strings.Split(text, ",")
	quoted := len(fields) == 3 && strings.HasPrefix(text, `"`) && strings.Count(text, `"`) == 6
	if m.columns == nil && !quoted || len(fields) < 2 || len(fields) > 12 {
		return false
	}
	c := personColumns{name: 1, handle: 0, org: -1, role: -1}
	if m.columns != nil {
		c = *m.columns
	}
	// A comma within the name gives one field too many; an organisation is last.
	extra := 0
	if c.org == 2 && c.name == 1 && len(fields) > 3 {
		extra = len(fields) - 3
	}
	get := func(i, more int) string {
		if i < 0 || i+more >= len(fields) {
			return ""
		}
		parts := fields[i : i+more+1]
		for j := range parts {
			parts[j] = strings.Trim(parts[j], " \"'")
		}
		return strings.Join(parts, " ")
	}
	org := c.org
	if c.org > c.name {
		org += extra
	}
	m.flush()
	m.named(fact.Maintainer{Name: get(c.name, extra), Handle: handleOf(get(c.handle, 0)), Organisation: get(org, 0), Line: line})
	return true
}
