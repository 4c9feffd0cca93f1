package maintainer

import (
	"slices"
	"strings"

	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
)

// maintainersIn reads the people of a maintainers file: rows of tables, items
// of lists, "Name: … / GitHub: …" records, comma-separated lines and accounts that
// stand alone. The titles above them say what they do. With tables set, only tables of
// maintainers are read: the rest of a governance text is rules.
func maintainersIn(path string, blocks []markup.Block, tables bool) []fact.Maintainer {
	m := &maintainerReader{path: path, proper: knowsMaintainers(blocks), bare: nameLists(blocks)}
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
	is     section
	above  []section // those that it is part of, and it
	proper bool      // the text has a section for maintainers proper
	skip   int       // level of the heading whose section is left out; 0: none
	past   bool      // the paragraph before announced former maintainers
	called bool      // it announced people
	told   bool      // it announced what people do
	// comments are the titles right above.
	comments []comment
	// bare are the lists of nothing but names.
	bare map[int]bool
	// columns of the comma-separated lines, as a comment gave them.
	columns *personColumns
	tables  map[int]personColumns
	// open is a record that further lines may complete; sure says that it has
	// more than a name that looks like one.
	open fact.Maintainer
	sure bool
}

// A section is what a title says of the people below it.
type section struct {
	level, line int
	title       string // lower case
	role        string
	duty        fact.Duty
	people      bool // it says that people are below it
}

// A comment is a title and its line.
type comment struct {
	text string
	line int
}

func (m *maintainerReader) block(b *markup.Block, tables bool) {
	if b.Kind == markup.Heading {
		m.flush()
		m.heading(b)
		return
	}
	m.comments = nil
	if m.skip != 0 || b.Quoted {
		return
	}
	switch b.Kind {
	case markup.Row:
		m.flush()
		m.row(b, tables)
	case markup.Item:
		m.item(b)
	case markup.Paragraph, markup.Indented:
		if b.Level == 0 {
			m.announce(markup.Flat(b.Text))
		}
		m.paragraph(&b.Inline)
	}
}

// announce notes what a paragraph that ends in a colon says of the people below it.
func (m *maintainerReader) announce(text string) {
	m.past, m.called, m.told = false, false, false
	if text = strings.TrimSpace(text); strings.HasSuffix(text, ":") {
		_, known := dutyOf(text, false)
		m.past, m.called = gone(text), known && calls.MatchString(text)
		m.told = known && !m.called
	}
}

// calls matches what announces people: "The maintainers of it are:", and not "The
// maintainers look after:".
var calls = lazyregexp.New(`(?i)(` + peopleWords + `)(,? (of|for|in|on|from) [^,:;]{1,60}?)?( (are|is|include|includes|currently|as|follows?|following|below|listed|alphabetically|here))*\W*:$`)

// heading enters a section, or is a comment: in a plain text, what begins with "#" is
// one, and may hold the columns of the lines below it, or a record.
func (m *maintainerReader) heading(b *markup.Block) {
	title := markup.Clean(b.Text)
	low := strings.ToLower(title)
	if fields := strings.Split(low, ","); len(fields) > 1 && strings.Contains(low, "name") {
		c := personColumnsOf(fields)
		m.columns = &c
		return
	}
	if m.commented(title, b.Line(0)) || m.skip != 0 && b.Level > m.skip || remark(title) {
		return
	}
	m.skip, m.past, m.called, m.told = 0, false, false, false
	m.enter(b.Level, title, b.Line(0))
	if m.is.duty != fact.DutyEmeritus && aside(title) {
		m.skip = b.Level
	}
}

// aside reports whether a section is about the list and not part of it.
func aside(title string) bool {
	return markup.HasWord(title, "template", "how to", "becoming", "become a", "adding", "removing", "process", "processes", "responsibilit*", "example", "onboarding", "expectation", "duty",
		"duties", "nominat*", "guideline")
}

// remark reports whether a title is none but a comment of a plain text.
func remark(title string) bool {
	return strings.ContainsAny(title, "<") || strings.HasSuffix(title, ".") || markup.Words(title) > 12 || strings.Trim(title, "#=-* ") == "" || strings.Contains(title, " @") || columnNames.MatchString(title) || strings.Contains(title, "(@")
}

var columnNames = lazyregexp.New(`(?i)\bgithub\b.*\bname\b|\bname\b.*\b(e-?mail|github)\b`)

// enter makes a title the section that the people below it are in. What a section
// does not say it has from the one that it is part of.
func (m *maintainerReader) enter(level int, title string, line int) {
	for len(m.above) > 0 && m.above[len(m.above)-1].level >= level {
		m.above = m.above[:len(m.above)-1]
	}
	s := section{level: level, line: line, title: strings.ToLower(title), role: roleOf(title)}
	duty, known := dutyOf(title, m.proper)
	if s.duty, s.people = duty, known; len(m.above) > 0 {
		up := m.above[len(m.above)-1]
		if !known || up.duty == fact.DutyEmeritus {
			s.duty = up.duty
		}
		s.people = known || up.people && generic.MatchString(title)
	}
	m.above, m.is = append(m.above, s), s
}

// generic matches titles that say no more than the one above them: of "Areas" below
// "Maintainers" people are no more likely than areas.
var generic = lazyregexp.New(`(?i)^\W*(the |our )?(current|active|core|general|people|team|members|list|names|individuals|voting|non-voting|full|current list|active list|in [\w ]*order|alphabetical\w*( order)?|[\d-]+)\W*$`)

// ofPeople reports whether what stands here is a person without anything that shows it:
// below a title that says so, after a paragraph that does, or in a text without titles.
func (m *maintainerReader) ofPeople() bool {
	return !m.told && (m.is.people || m.called || len(m.above) == 0)
}

// commented takes a person whose particulars are comments, a line each, of which the
// last is the account.
func (m *maintainerReader) commented(title string, line int) bool {
	lines := m.comments
	if len(lines) > 0 && lines[len(lines)-1].line != line-1 {
		lines = nil
	}
	m.comments = append(slices.Clone(lines[max(0, len(lines)-3):]), comment{title, line})
	handle := handleOf(title)
	if !strings.HasPrefix(title, "@") || handle == "" || len(lines) == 0 || len(lines) > 3 || !personName(lines[0].text) {
		return false
	}
	p := fact.Maintainer{Name: lines[0].text, Handle: handle, Line: lines[0].line}
	if len(lines) == 2 {
		p.Organisation = lines[1].text
	}
	for len(m.above) > 0 && m.above[len(m.above)-1].line >= p.Line { // they were no titles
		m.above = m.above[:len(m.above)-1]
	}
	m.is = section{}
	if len(m.above) > 0 {
		m.is = m.above[len(m.above)-1]
	}
	m.comments = nil
	m.named(p)
	return true
}

// roleOf makes of a section's title what its people are: the title itself,
// or nothing when it only says maintainers.
func roleOf(title string) string {
	title, _, _ = strings.Cut(markup.Kept(title, limit.TextLine), " (")
	title = strings.Trim(title, " :#@`*_")
	low := strings.ToLower(title)
	if says.MatchString(low) {
		return ""
	}
	if markup.HasWord(low, "maintainers") && !gone(low) && markup.Words(low) <= 4 && !strings.Contains(low, "/") || markup.Words(low) > 6 || markup.HasWord(low, "alphabetical*") || low == "current" || low == "active" || low == "people" {
		return ""
	}
	return markup.Shorten(title, limit.RowKind)
}

// says matches a title that is a sentence and no role.
var says = lazyregexp.New(`^(this|these|here|below|the following|see|who)\b|\b(lists|contains?|are|is)\b`)

func (m *maintainerReader) item(b *markup.Block) {
	if m.field(markup.Flat(b.Text), b.Line(0)) {
		return
	}
	m.flush()
	found := m.personsIn(&b.Inline)
	for _, p := range found {
		m.named(p)
	}
	if len(found) > 0 || b.Level > 2 {
		return
	}
	name := strings.TrimSpace(markup.Flat(b.Text))
	switch {
	case m.bare[b.List] && b.Level == 1 && m.ofPeople():
		m.named(fact.Maintainer{Name: name, Line: b.Line(0)})
	case personName(name) && markup.Words(name) >= 2:
		m.open = fact.Maintainer{Name: name, Line: b.Line(0)}
	default:
		m.sentence(&b.Inline)
	}
}

// nameLists finds the lists of which every item is the name of a person and nothing
// else.
func nameLists(blocks []markup.Block) map[int]bool {
	bare := map[int]bool{}
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != markup.Item {
			continue
		}
		text := strings.TrimSpace(markup.Flat(b.Text))
		is, seen := bare[b.List]
		bare[b.List] = (is || !seen) && len(b.Links) == 0 && fullName(text)
	}
	return bare
}

// fullName reports whether s is a first and a last name, and perhaps one between.
func fullName(s string) bool {
	n := markup.Words(s)
	if n < 2 || n > 4 || !personName(s) || maintains.MatchString(s) || besides.MatchString(s) || strings.ContainsAny(s, "0123456789:;,.!?()&+") && !strings.Contains(s, ". ") {
		return false
	}
	for w := range strings.FieldsSeq(s) {
		if !startsUpper(w) {
			return false
		}
	}
	return true
}

// named keeps a person of the section, unless what stands at the name says another
// role.
func (m *maintainerReader) named(p fact.Maintainer) {
	if p.Duty == fact.DutyMaintainer {
		p.Duty = m.is.duty
	}
	if p.Role == "" {
		p.Role = m.is.role
	}
	if m.past || strings.HasPrefix(p.Name, "~~") {
		p.Duty = fact.DutyEmeritus
	}
	m.add(p)
}

// flush ends the open record and keeps it when it is sure.
func (m *maintainerReader) flush() {
	if m.sure {
		m.named(m.open)
	}
	m.open, m.sure = fact.Maintainer{}, false
}

// add keeps a person with a usable name or handle.
func (m *maintainerReader) add(p fact.Maintainer) {
	p.Name, p.Organisation = plainName(p.Name), plainName(p.Organisation)
	if inner, found := strings.CutPrefix(p.Organisation, "("); found {
		p.Organisation = strings.TrimSuffix(inner, ")")
	}
	if !strings.Contains(p.Organisation, "(") {
		p.Organisation = strings.TrimRight(p.Organisation, ")")
	}
	p.Role = markup.Kept(p.Role, limit.RowKind)
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

// plainName is a name without the marks around it.
func plainName(s string) string {
	return strings.Trim(markup.Kept(s, limit.TextLine), " ,;:-–|\"'*`~@")
}
