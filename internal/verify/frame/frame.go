// Package frame says what each place of a report is about, before any claim is read
// there: its subject, whether it tells what was, what the rows of its tables are.
//
// A document has a frame by its title, and every section, list and table inherits
// and narrows it. What a frame does not know it leaves open. A claim is read only
// where its frame allows it: most wrong readings come from not knowing what a text
// is about, and not from its grammar.
package frame

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

// A Frame is what a place is about.
type Frame struct {
	// Subject is the project or repository that the nearest heading names which
	// names one; of sort names.OfAll where none does.
	Subject names.Subject
	// History: the place tells what was: a changelog, a timeline, release notes.
	// What it says holds of its own time.
	History bool
	// Elsewhere says what the place is about where that is not the landscape's
	// projects as they are: "a process", "further reading". "" where it is.
	Elsewhere string
	// Rows are what the rows of the table are; NoRows outside of tables.
	Rows Rows
	// Named: one of the first cells of the row names a subject.
	Named bool
	// Head is the first head of the table, as it stands.
	Head string
}

// Frames are those of a page.
type Frames struct {
	names    *names.Names
	known    func(label string) bool
	title    names.Subject
	headings map[*page.Block]Frame
	tables   map[int]table
}

type table struct {
	rows Rows
	head string
}

// Of makes the frames of a page. known says whether a text is the label of a property;
// it may be nil.
func Of(p *page.Page, n *names.Names, known func(label string) bool) *Frames {
	f := &Frames{names: n, known: known, headings: map[*page.Block]Frame{}, tables: map[int]table{}}
	f.title = f.titleOf(p)
	f.sort(p)
	return f
}

// At is the frame of a block.
func (f *Frames) At(b *page.Block) Frame {
	at := Frame{Subject: f.title}
	for _, h := range b.Section {
		at = f.narrowed(at, f.heading(h))
	}
	if b.Form == page.Heading {
		at = f.narrowed(at, f.heading(b))
	}
	if b.Form == page.Row {
		t := f.tables[b.Group]
		at.Rows, at.Head = t.rows, t.head
		_, at.Named = f.RowSubject(b)
	}
	return at
}

// narrowed is a frame with what one below it adds.
func (f *Frames) narrowed(at, by Frame) Frame {
	if by.Subject.Sort != names.OfAll {
		at.Subject = by.Subject
	}
	at.History = at.History || by.History
	if by.Elsewhere != "" {
		at.Elsewhere = by.Elsewhere
	}
	return at
}

// heading is what a heading says by itself, found once.
func (f *Frames) heading(h *page.Block) Frame {
	if have, ok := f.headings[h]; ok {
		return have
	}
	have := f.read(h.Text.S)
	f.headings[h] = have
	return have
}

// longHeading is from where on a heading says nothing of what is below it, in bytes.
const longHeading = 160

func (f *Frames) read(text string) Frame {
	var at Frame
	if len(text) > longHeading {
		return at
	}
	at.History = history.MatchString(text)
	switch {
	case reading.MatchString(text):
		at.Elsewhere = "what others wrote"
	case process.MatchString(text):
		at.Elsewhere = "a process"
	case outlook.MatchString(text):
		at.Elsewhere = "what is planned"
	}
	if s, ok := f.Heading(text); ok {
		at.Subject = s
	}
	return at
}

var (
	// history: a heading above what was, and not above what is.
	history = lazyregexp.New(`(?i)\b(?:change ?logs?|changes|timelines?|history|histories|release notes|what(?:'s|’s| is| was)? (?:new|changed)|looking back|retrospective|` +
		`in retrospect|revision history|version history|how (?:we|it) got here|origins?|the early (?:days|years)|background|milestones? reached|past (?:events|releases|reports)|news|archive of|then and now|previous(?:ly)?|former(?:ly)?|journey)\b`)
	// reading: below it stand the titles of others.
	reading = lazyregexp.New(`(?i)\b(?:further reading|references?|bibliography|see also|related (?:work|posts|articles|links|reading)|resources|links|sources|talks|videos|press|quotes|testimonials|what (?:people|others|users) say)\b`)
	// process: it is about how things are done, and not about projects.
	process = lazyregexp.New(`(?i)\b(?:process|criteria|criterion|checklist|rubric|scoring|how to|guidelines?|requirements|due diligence steps|review (?:times?|steps|duration|statistics)|time spent|turnaround|reviewers?|voting|agenda|methodology|survey (?:questions|responses|respondents))\b`)
	// outlook: it tells what is to come.
	outlook = lazyregexp.New(`(?i)\b(?:roadmap|plans?|planned|goals?|outlook|next steps|future|upcoming|proposals?|proposed|wish ?list|todo|to do|objectives|targets?|vision|looking ahead|what(?:'s|’s| is) next)\b`)
)

// numbered is the number that a heading begins with.
var numbered = lazyregexp.New(`^\s*(?:\d+[.)]\s*|[^\pL\d]+)+`)

// longTitle is how many words a heading may have beside the name that it begins
// with, and still be about that.
const longTitle = 8

// Heading is the project or repository that a heading is about: the whole of it is
// the name, or it begins with the name and names no other.
func (f *Frames) Heading(text string) (names.Subject, bool) {
	text = numbered.ReplaceAllString(text, "")
	if s, ok := f.names.Exact(text); ok {
		return s, true
	}
	found := f.names.In(text)
	if len(found) == 0 || found[0].From > 0 || found[0].Sort != names.OfProject || several(found) {
		return names.Subject{}, false
	}
	rest := text[found[0].To:]
	if compares.MatchString(rest) || !names.FewWords(rest, longTitle) {
		return names.Subject{}, false
	}
	return found[0].Subject, true
}

// compares: a heading that begins with a name and is about more than it.
var compares = lazyregexp.New(`(?i)^\s*(?:vs\.?|versus|and|or|&|\+|,|compared|meets|to|joins|against|on|with|like|-(?:based|like|native|style))\b`)

// several reports whether names are of more than one project.
func several(found []names.Mention) bool {
	first := project(found[0].Subject)
	for _, m := range found[1:] {
		if project(m.Subject) != first {
			return true
		}
	}
	return false
}

// project is the project of a subject.
func project(s names.Subject) string {
	if s.Sort == names.OfProject {
		return s.ID
	}
	return s.Within
}

// titleOf is the project that the title of a page names alone: "Helm Project Health
// Check", "Annual review of Helm".
func (f *Frames) titleOf(p *page.Page) names.Subject {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Form != page.Heading {
			continue
		}
		if s, ok := f.Heading(b.Text.S); ok {
			return s
		}
		found := f.names.In(b.Text.S)
		if b.Level == 1 && len(found) > 0 && !several(found) && found[0].Sort == names.OfProject && about.MatchString(b.Text.S[:found[0].From]) {
			return found[0].Subject
		}
		return names.Subject{}
	}
	return names.Subject{}
}

// about: a title that says what it is about before it names it.
var about = lazyregexp.New(`(?i)(?:\b(?:review|report|check|assessment|update|summary|profile|status|overview|application|proposal|diligence|analysis|page|sheet|card)\b.{0,24}[: ]|: ?|\bof |\bfor |\bon )$`)

// trimmed is a text of a table's head or cell, without marks around it.
func trimmed(s string) string { return strings.Trim(strings.ToLower(strings.TrimSpace(s)), "*_:#. ") }
