package adopter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

const (
	maxRowWords = 9 // words of a name
)

// adoptersIn reads the rows of a Markdown list of adopters. A row is a row of
// a table, an item of a list, a heading that stands for an adopter, or a
// paragraph that opens with a name in bold and a dash. Running text and
// instructions are no rows.
func adoptersIn(path string, blocks []markup.Block) []fact.Adopter {
	a := &adopterReader{path: path, blocks: blocks}
	a.fields, a.described = fieldLists(blocks)
	for i := range blocks {
		if len(a.rows) >= limit.DocumentRows {
			break
		}
		a.block(i)
	}
	return a.rows
}

// An adopterReader is the state of reading one list.
type adopterReader struct {
	path   string
	blocks []markup.Block
	rows   []fact.Adopter
	// kind is what the sections entered say of all rows below them, by level.
	kind [7]string
	// skip is the level of the heading whose section is not read; 0: none.
	skip int
	// asked: the paragraph before told people what to write.
	asked bool
	// fields holds the lists that are the particulars of the heading before
	// them, described the headings (by block) that have such a list.
	fields, described map[int]bool
	// columns of the table being read, by table.
	columns map[int]adopterColumns
}

func (a *adopterReader) block(i int) {
	b := &a.blocks[i]
	if b.Kind == markup.Heading {
		a.heading(i)
		return
	}
	if a.skip != 0 || b.Quoted {
		return
	}
	switch b.Kind {
	case markup.Row:
		a.row(b)
	case markup.Item:
		if !a.fields[b.List] && !a.asked && b.Level == 1 {
			a.item(&b.Inline)
		}
	case markup.Paragraph:
		if b.Level > 0 {
			return // a further paragraph of an item
		}
		a.asked = instructs(strings.ToLower(markup.Flat(b.Text))) && strings.HasSuffix(strings.TrimSpace(b.Text), ":")
		a.bold(&b.Inline)
	}
}

// heading enters a section, or takes the heading for an adopter: when it is
// nothing but a link, or when a list of particulars follows it.
func (a *adopterReader) heading(i int) {
	b := &a.blocks[i]
	a.asked = false
	if a.skip != 0 && b.Level > a.skip {
		return
	}
	a.skip = 0
	title := markup.Clean(b.Text)
	for l := b.Level; l < len(a.kind); l++ {
		a.kind[l] = ""
	}
	if aside(strings.ToLower(title)) {
		a.skip = b.Level
		return
	}
	a.kind[b.Level] = kindOfHeading(title)
	linked := len(b.Links) == 1 && b.Links[0].Start == 0 && b.Links[0].End == len(b.Text) && b.Level > 1
	if linked || a.described[i] {
		a.add(title, b.FirstURL(), "", b.Line(0))
	}
}

// fieldLists finds the lists whose items are "label: value" with labels that
// describe one adopter, and the headings (as blocks) that they stand below.
func fieldLists(blocks []markup.Block) (lists, headings map[int]bool) {
	items, labelled, under := map[int]int{}, map[int]int{}, map[int]int{}
	last := -1
	for i := range blocks {
		switch b := &blocks[i]; {
		case b.Kind == markup.Heading:
			last = i
		case b.Kind == markup.Item && b.Level == 1 && last >= 0:
			items[b.List]++
			under[b.List] = last
			if label, _, found := strings.Cut(b.Text, ":"); found && fieldLabel(strings.ToLower(strings.TrimSpace(label))) {
				labelled[b.List]++
			}
		}
	}
	lists, headings = map[int]bool{}, map[int]bool{}
	for l, n := range items {
		if n >= 2 && labelled[l]*2 > n {
			lists[l], headings[under[l]] = true, true
		}
	}
	return lists, headings
}

func fieldLabel(s string) bool {
	switch s {
	case "application", "launched", "environment", "environments", "operator", "backups", "website", "link", "links", "url", "description",
		"usage", "use case", "use cases", "use-case", "contact", "contacts", "logo", "version", "since", "industry", "location",
		"reference", "references", "cluster size", "order of data size", "status", "stage", "type", "scale", "product", "project", "company", "organization":
		return true
	}
	return false
}

// aside reports whether a section is about the list and not part of it.
func aside(title string) bool {
	return markup.ContainsAny(title, "template", "how to", "adding", "add your", "add a", "criteria", "adopter type", "types of", "definition", "usage level",
		"legend", "instruction", "requirement", "contribut", "notes", "joining", "get listed", "become", "submit", "example", "glossary", "see also", "contents", "former", "past ",
		"case stud", "stories", "talk", "presentation", "video", "blog", "press", "article", "in the news")
}

// instructs reports whether a sentence tells the reader what to do.
func instructs(low string) bool {
	return markup.ContainsAny(low, "pull request", "open a pr", "would like to", "add your", "add yourself", "please", "in the format", "following format", "follow", "template", "include the", "to add ")
}

// An adopterColumns is where the particulars stand in a table; -1: nowhere.
type adopterColumns struct{ name, url, kind int }

var (
	nameColumns = []string{"adopter", "organization", "organisation", "company", "name", "who", "end user", "user", "customer", "vendor", "institution", "entity", "project", "product", "service", "platform"}
	urlColumns  = []string{"website", "url", "homepage", "link", "web", "site", "reference"}
	// kindColumns: how far the use has come is preferred to the sort of the
	// organisation where a table has both.
	kindColumns = []string{"stage", "status", "level", "environment", "maturity", "phase", "type", "kind", "category", "usage", "use"}
)

func columnsOf(header []string) adopterColumns {
	c := adopterColumns{
		name: markup.Column(header, nameColumns, "type", "level", "date", "since", "count", "number", "contact", "handle", "github", "logo"),
		url:  markup.Column(header, urlColumns, "description"),
		kind: markup.Column(header, kindColumns, "description", "scenario", "case", "detail", "industry"),
	}
	if c.kind == c.name || c.kind == c.url {
		c.kind = -1
	}
	return c
}

func (a *adopterReader) row(b *markup.Block) {
	if a.columns == nil {
		a.columns = map[int]adopterColumns{}
	}
	c, known := a.columns[b.Table]
	if !known {
		c = columnsOf(b.Header)
		a.columns[b.Table] = c
	}
	if c.name < 0 || c.name >= len(b.Cells) {
		return
	}
	cell := &b.Cells[c.name]
	name := cell.Text
	if markup.Clean(name) == "" {
		name = cell.Image
	}
	url := cell.FirstURL()
	if url == "" && c.url >= 0 && c.url < len(b.Cells) {
		url = b.Cells[c.url].FirstURL()
	}
	kind := ""
	if c.kind >= 0 && c.kind < len(b.Cells) {
		kind = b.Cells[c.kind].Text
	}
	a.add(markup.Flat(name), url, kind, b.Line(0))
}

// item takes an item of a list: the link or the bold text it opens with is the
// name, else what stands before a dash, a colon or a bracket, else all of it
// when it is short enough for a name.
func (a *adopterReader) item(in *markup.Inline) {
	text := markup.Flat(in.Text)
	var name string
	url := in.FirstURL()
	switch {
	case len(in.Links) > 0 && in.Links[0].Start <= 1 && in.Links[0].End > in.Links[0].Start:
		name, url = text[in.Links[0].Start:in.Links[0].End], markup.WebURL(in.Links[0].URL)
	case in.Strong > 0:
		name = text[:in.Strong]
	case markup.Clean(text) == "":
		name = in.Image
	default:
		name = beforeDash(text)
		if plainProse(name, text) {
			return
		}
	}
	a.add(name, url, "", in.Line(0))
}

// plainProse reports whether a list item without markup reads like part of a
// sentence and not like a name: it starts in lower case and has several words,
// or ends like a sentence.
func plainProse(name, text string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLower(first) && markup.Words(name) >= 3 || name == text && strings.HasSuffix(name, ".") && markup.Words(name) > 3 ||
		strings.HasSuffix(strings.TrimSpace(text), ":")
}

// bold takes a paragraph that opens with a name in bold and a dash.
func (a *adopterReader) bold(in *markup.Inline) {
	if in.Strong == 0 || in.Strong == len(in.Text) {
		return
	}
	name, rest := markup.Flat(in.Text[:in.Strong]), strings.TrimLeft(in.Text[in.Strong:], " ")
	if !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "–") && !strings.HasPrefix(rest, "—") || strings.HasSuffix(name, ":") {
		return
	}
	url := ""
	if len(in.Links) > 0 && in.Links[0].Start < in.Strong {
		url = markup.WebURL(in.Links[0].URL)
	}
	a.add(name, url, "", in.Line(0))
}

// beforeDash is the text before the first dash, colon or bracket that sets
// off what follows.
func beforeDash(s string) string {
	end := len(s)
	for _, sep := range []string{" - ", " – ", " — ", " -- ", ": ", " (", ", ", " | "} {
		if i := strings.Index(s[:end], sep); i > 0 {
			end = i
		}
	}
	return s[:end]
}

func (a *adopterReader) add(name, url, kind string, line int) {
	name = strings.TrimSpace(strings.Trim(markup.Clean(markup.WithoutMail(name)), ":*_-–—,; "))
	if !adopterName(name) {
		return
	}
	kind = markup.Shorten(markup.Clean(markup.WithoutMail(markup.Flat(kind))), limit.RowKind)
	for l := len(a.kind) - 1; l >= 0 && kind == ""; l-- {
		kind = a.kind[l]
	}
	a.rows = append(a.rows, fact.Adopter{Name: name, URL: url, Kind: kind, Path: a.path, Line: line})
}

// adopterName reports whether s can be the name of an adopter.
func adopterName(s string) bool {
	if s == "" || len(s) > limit.RowName || markup.Words(s) > maxRowWords || document.Placeholder(s) {
		return false
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return len(s) <= 60
	}
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// kindOfHeading gives the heading's words when they say what kind of adopters
// follow, else "".
func kindOfHeading(title string) string {
	low := strings.ToLower(title)
	if len(title) > limit.RowKind || !markup.ContainsAny(low, "production", "end user", "end-user", "vendor", "service provider", "evaluat", "integrat", "ecosystem",
		"pilot", "testing", "staging", "consultan", "distribut", "academic", "research", "open source", "commercial", "experiment", "proof of concept") {
		return ""
	}
	return title
}
