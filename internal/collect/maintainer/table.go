package maintainer

import (
	"strings"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// A personColumns is where the particulars of a person stand; -1: nowhere.
type personColumns struct {
	name, handle, org, role int
	// roles are the columns that each name people of one role, where there are several.
	roles []int
}

func personColumnsOf(header []string) personColumns {
	plain := make([]string, len(header))
	for i, h := range header {
		plain[i], _, _ = strings.Cut(h, "(") // "GitHub ID (not Twitter)"
	}
	header = plain
	c := personColumns{
		handle: markup.Column(header, []string{"github*", "gitlab*", "handle", "username", "user name", "account", "id"}, "slack", "discord", "twitter", "email", "mail"),
		org:    markup.Column(header, []string{"affiliat*", "compan*", "employer", "orga*", "orgn*", "sponsor", "org"}),
		role:   markup.Column(header, []string{"role", "responsib*"}),
	}
	c.name = markup.Column(header, []string{"name", "full name", "fullname", "maintainer", "member", "who", "person", "owner", "committer"}, "username", "user name", "github*", "file", "filename", "project name", "repo*")
	if c.name == c.handle || c.name == c.org {
		c.name = -1
	}
	for i, h := range header {
		if rolePlural.MatchString(strings.TrimSpace(h)) {
			c.roles = append(c.roles, i)
		}
	}
	if len(c.roles) < 2 {
		c.roles = nil
	}
	return c
}

var rolePlural = lazyregexp.New(`^(\w+ )?(maintainers|reviewers|approvers|owners|leads|committers)$`)

func (m *maintainerReader) row(b *markup.Block, governance bool) {
	c := m.columnsOf(b, governance)
	if c.name < 0 && c.handle < 0 && len(c.roles) == 0 {
		return
	}
	if len(c.roles) > 0 && m.teams(b, c.roles) {
		return
	}
	cell := func(i int) *markup.Inline {
		if i < 0 || i >= len(b.Cells) {
			return &markup.Inline{}
		}
		return &b.Cells[i]
	}
	name := cell(c.name)
	p := fact.Maintainer{
		Name: strings.TrimSpace(markup.Flat(name.Text)), Handle: handleIn(cell(c.handle)),
		Organisation: markup.Flat(cell(c.org).Text), Line: b.Line(0),
	}
	if line := cell(max(c.name, c.handle)).Line(0); c.name < 0 && line > 0 {
		p.Line = line
	}
	if found := handles(name); p.Handle == "" && len(found) == 1 {
		p.Handle = found[0].handle
	}
	if strings.TrimPrefix(p.Name, "@") == p.Handle {
		p.Name = ""
	}
	if role := markup.Kept(cell(c.role).Text, limit.TextLine); role != "" && markup.Words(role) <= 6 {
		p.Role = role
		if duty, known := dutyOf(role, m.proper); known && m.is.duty != fact.DutyEmeritus {
			p.Duty = duty
		}
	}
	for i, cell := range b.Cells {
		text := markup.Clean(cell.Text)
		if leftAlone.MatchString(text) || i != c.name && i != c.org && markup.Words(text) <= 3 && gone(text) {
			p.Duty = fact.DutyEmeritus
		}
	}
	p.Name, p.Organisation = leftAlone.ReplaceAllString(p.Name, ""), leftAlone.ReplaceAllString(p.Organisation, "")
	m.named(p)
}

// leftAlone matches a cell that says that its person has left, alone or in brackets
// after a name. Names may have the words for it: "Past Horizons".
var leftAlone = lazyregexp.New(`(?i)(^|[(\[])\W*(emerit\w*|retired|inactive|alumn\w+|(former|past|previous|honorary|emeritus)( \w*maintainer| member| lead| committer)?|stepped down)\W*$`)

// teams takes a row of a table of areas, whose cells name the people of each role.
func (m *maintainerReader) teams(b *markup.Block, roles []int) bool {
	some := false
	for _, i := range roles {
		if i >= len(b.Cells) {
			continue
		}
		duty, _ := dutyOf(b.Header[i], false)
		for _, h := range handles(&b.Cells[i]) {
			p := fact.Maintainer{Handle: h.handle, Name: h.text, Duty: duty, Line: b.Line(0)}
			if duty != fact.DutyMaintainer {
				p.Role = b.Header[i]
			}
			some = true
			m.named(p)
		}
	}
	return some
}

// columnsOf gives the columns of the table that a row belongs to; none when it
// is no table of maintainers. In a governance text the section must say so.
func (m *maintainerReader) columnsOf(b *markup.Block, governance bool) personColumns {
	c, known := m.tables[b.Table]
	if known {
		return c
	}
	c = personColumnsOf(b.Header)
	if !peopleTable(b.Header, c, governance && !strings.Contains(m.is.title, "maintainer")) {
		c = personColumns{-1, -1, -1, -1, nil}
	}
	if m.tables == nil {
		m.tables = map[int]personColumns{}
	}
	m.tables[b.Table] = c
	return c
}

// peopleTable reports whether a table lists people, and not teams or areas.
func peopleTable(header []string, c personColumns, strict bool) bool {
	for _, h := range header {
		if markup.HasWord(h, "team") || gone(h) {
			return false
		}
	}
	if strict && markup.Column(header, []string{"maintainer"}) < 0 {
		return false
	}
	return c.handle >= 0 || len(c.roles) > 0 || c.name >= 0 && (c.org >= 0 || markup.Column(header, []string{"maintainer"}) >= 0)
}
