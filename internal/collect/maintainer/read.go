package maintainer

import (
	"strings"

	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

// maintainersIn reads the people of a maintainers file: rows of tables, items
// of lists, "Name: … / GitHub: …" records, comma-separated lines and bare
// handles. Sections of former maintainers are left out. With tables set only
// tables of maintainers are read: the rest of a governance text is rules.
func maintainersIn(path string, blocks []markup.Block, tables bool) []fact.Maintainer {
	m := &maintainerReader{path: path}
	for i := range blocks {
		if len(m.people) >= limit.DocumentRows {
			break
		}
		if b := &blocks[i]; !tables || b.Kind == markup.Heading || b.Kind == markup.Row {
			m.block(b, tables)
		}
	}
	m.flush()
	return m.people
}

// A maintainerReader is the state of reading one file.
type maintainerReader struct {
	path   string
	people []fact.Maintainer
	role   string // what the section says its people are
	// section is the title of the section, lower case.
	section string
	skip    int  // level of the heading whose section is left out; 0: none
	past    bool // the paragraph before announced former maintainers
	// columns of the comma-separated lines, as a comment gave them.
	columns *personColumns
	tables  map[int]personColumns
	// open is a record that further lines may complete; sure says that it has
	// more than a name that looks like one.
	open fact.Maintainer
	sure bool
}

// A personColumns is where the particulars of a person stand; -1: nowhere.
type personColumns struct{ name, handle, org, role int }

func personColumnsOf(header []string) personColumns {
	c := personColumns{
		handle: markup.Column(header, []string{"github", "gitlab", "handle", "username", "account", "id"}, "slack", "discord", "twitter", "email", "mail"),
		org:    markup.Column(header, []string{"affiliation", "company", "employer", "organi", "sponsor", "org"}),
		role:   markup.Column(header, []string{"role", "responsib"}),
	}
	c.name = markup.Column(header, []string{"name", "maintainer", "member", "who", "person"}, "username", "github", "file")
	if c.name == c.handle || c.name == c.org {
		c.name = -1
	}
	return c
}

func (m *maintainerReader) block(b *markup.Block, tables bool) {
	switch b.Kind {
	case markup.Heading:
		m.flush()
		m.heading(b)
	case markup.Row:
		m.flush()
		if m.skip == 0 && !m.past && !b.Quoted {
			m.row(b, tables)
		}
	case markup.Item:
		if m.skip == 0 && !m.past && !b.Quoted {
			m.item(b)
		}
	case markup.Paragraph:
		if b.Level == 0 {
			m.past = strings.HasSuffix(b.Text, ":") && gone(strings.ToLower(b.Text))
		}
		if m.skip == 0 && !m.past && !b.Quoted {
			m.paragraph(&b.Inline)
		}
	}
}

// gone reports whether a title announces people who are no maintainers any
// more.
func gone(low string) bool {
	return markup.ContainsAny(low, "emerit", "former", "past ", "alumni", "retired", "inactive", "honorary", "previous", "stepped down", "hall of fame")
}

func (m *maintainerReader) heading(b *markup.Block) {
	title := markup.Clean(b.Text)
	low := strings.ToLower(title)
	if fields := strings.Split(low, ","); len(fields) > 1 && strings.Contains(low, "name") {
		c := personColumnsOf(fields)
		m.columns = &c // a comment above comma-separated lines
		return
	}
	if m.skip != 0 && b.Level > m.skip {
		return
	}
	m.skip, m.past = 0, false
	m.section, m.role = low, roleOf(title)
	if gone(low) || markup.ContainsAny(low, "template", "how to", "becoming", "become a", "adding", "removing", "process", "responsibilit", "example") {
		m.skip = b.Level
	}
}

// roleOf makes of a section's title what its people are: the title itself,
// or nothing when it only says maintainers.
func roleOf(title string) string {
	title = strings.Trim(markup.Clean(markup.WithoutMail(title)), " :#@`")
	if low := strings.ToLower(title); strings.Contains(low, "maintainers") && markup.Words(low) <= 4 && !strings.Contains(low, "/") || markup.Words(low) > 6 {
		return ""
	}
	return markup.Shorten(title, limit.RowKind)
}

func (m *maintainerReader) row(b *markup.Block, governance bool) {
	c := m.columnsOf(b, governance)
	if c.name < 0 && c.handle < 0 {
		return
	}
	for _, cell := range b.Cells {
		if low := strings.ToLower(markup.Clean(cell.Text)); markup.Words(low) <= 3 && gone(low+" ") {
			return
		}
	}
	cell := func(i int) *markup.Inline {
		if i < 0 || i >= len(b.Cells) {
			return &markup.Inline{}
		}
		return &b.Cells[i]
	}
	name := cell(c.name)
	p := fact.Maintainer{
		Name: strings.TrimSpace(markup.WithoutMail(markup.Flat(name.Text))), Handle: handleIn(cell(c.handle)),
		Organisation: markup.Flat(cell(c.org).Text), Role: m.role, Line: b.Line(0),
	}
	if found := handles(name); p.Handle == "" && len(found) == 1 {
		p.Handle = found[0].handle
	}
	if strings.TrimPrefix(p.Name, "@") == p.Handle {
		p.Name = ""
	}
	if role := markup.Clean(markup.Flat(cell(c.role).Text)); role != "" && markup.Words(role) <= 6 {
		p.Role = role
	}
	m.add(p)
}

// columnsOf gives the columns of the table that a row belongs to; none when it
// is no table of maintainers. In a governance text the section must say so.
func (m *maintainerReader) columnsOf(b *markup.Block, governance bool) personColumns {
	c, known := m.tables[b.Table]
	if known {
		return c
	}
	c = personColumnsOf(b.Header)
	if !peopleTable(b.Header, c, governance && !strings.Contains(m.section, "maintainer")) {
		c = personColumns{-1, -1, -1, -1}
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
		if strings.Contains(h, "team") || gone(h+" ") {
			return false
		}
	}
	if strict && markup.Column(header, []string{"maintainer"}) < 0 {
		return false
	}
	return c.handle >= 0 || c.name >= 0 && (c.org >= 0 || markup.Column(header, []string{"maintainer"}) >= 0)
}

func (m *maintainerReader) item(b *markup.Block) {
	if m.field(markup.Flat(b.Text), b.Line(0)) {
		return
	}
	m.flush()
	found := personsIn(&b.Inline)
	for _, p := range found {
		p.Role = m.role
		m.add(p)
	}
	if len(found) == 0 && b.Level <= 2 {
		if name := strings.TrimSpace(markup.WithoutMail(markup.Flat(b.Text))); personName(name) && markup.Words(name) >= 2 {
			m.open = fact.Maintainer{Name: name, Role: m.role, Line: b.Line(0)}
		}
	}
}

// paragraph reads lines that each are a record, or part of one.
func (m *maintainerReader) paragraph(in *markup.Inline) {
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
	case strings.HasSuffix(text, ":") && markup.Words(text) <= 5:
		m.flush()
		if markup.Words(text) <= 3 { // more is a sentence: "The maintainers are:"
			m.role = roleOf(text)
		}
		m.past = gone(strings.ToLower(text))
	case m.commaLine(text, line):
	case markup.Words(text) <= 8:
		m.flush()
		found := personsIn(&in)
		for _, p := range found {
			p.Role, p.Line = m.role, line
			m.add(p)
		}
		if len(found) == 0 && personName(text) && markup.Words(text) >= 2 {
			m.open = fact.Maintainer{Name: text, Role: m.role, Line: line}
		}
	default:
		m.flush()
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
		m.open = fact.Maintainer{Name: markup.WithoutMail(value), Role: m.role, Line: line}
	case "github", "github username", "github id", "github handle", "github user", "github account", "handle", "gitlab", "github-id":
		m.open.Handle, m.sure = handleOf(value), true
		if m.open.Line == 0 {
			m.open.Line, m.open.Role = line, m.role
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
	m.add(fact.Maintainer{Name: markup.WithoutMail(get(c.name, extra)), Handle: handleOf(get(c.handle, 0)), Organisation: get(org, 0), Role: m.role, Line: line})
	return true
}

// flush ends the open record and keeps it when it is sure.
func (m *maintainerReader) flush() {
	if m.sure {
		m.add(m.open)
	}
	m.open, m.sure = fact.Maintainer{}, false
}

// add keeps a person with a usable name or handle.
func (m *maintainerReader) add(p fact.Maintainer) {
	p.Name = strings.Trim(markup.Clean(markup.WithoutMail(p.Name)), " ,;:-–|\"'*`")
	p.Organisation = strings.Trim(markup.Clean(markup.WithoutMail(p.Organisation)), " ,;:-–|\"'*`")
	if inner, found := strings.CutPrefix(p.Organisation, "("); found {
		p.Organisation = strings.TrimSuffix(inner, ")")
	}
	p.Role = markup.Shorten(markup.Clean(p.Role), limit.RowKind)
	if len(p.Name) > limit.RowName || markup.Words(p.Name) > 8 || document.Placeholder(p.Name) {
		p.Name = ""
	}
	if len(p.Organisation) > limit.RowName || document.Placeholder(p.Organisation) {
		p.Organisation = ""
	}
	if p.Name == "" && p.Handle == "" || len(m.people) >= limit.DocumentRows {
		return
	}
	p.Path = m.path
	m.people = append(m.people, p)
}

// joinPeople joins what the files of a repository say: each person once, by
// handle or else by name, at the first place that names them, completed by the
// later ones.
func joinPeople(lists ...[]fact.Maintainer) []fact.Maintainer {
	var out []fact.Maintainer
	at := map[string]int{}
	for _, list := range lists {
		for _, p := range list {
			key := "@" + strings.ToLower(p.Handle)
			if p.Handle == "" {
				key = strings.ToLower(p.Name)
			}
			i, known := at[key]
			if !known {
				at[key] = len(out)
				if p.Name != "" {
					if _, taken := at[strings.ToLower(p.Name)]; !taken {
						at[strings.ToLower(p.Name)] = len(out)
					}
				}
				out = append(out, p)
				continue
			}
			if out[i].Name == "" {
				out[i].Name = p.Name
			}
			if out[i].Organisation == "" {
				out[i].Organisation = p.Organisation
			}
		}
	}
	return out
}
