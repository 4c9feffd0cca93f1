package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/fact"
	"assay/internal/limit"
)

const (
	maxRowWords = 9 // words of a name
)

// adoptersIn reads the rows of a Markdown list of adopters. A row is a row of
// a table, an item of a list, a heading that stands for an adopter, or a
// paragraph that opens with a name in bold and a dash. Running text and
// instructions are no rows.
func adoptersIn(path string, blocks []block) []fact.Adopter {
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
	blocks []block
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
	if b.kind == heading {
		a.heading(i)
		return
	}
	if a.skip != 0 || b.quoted {
		return
	}
	switch b.kind {
	case row:
		a.row(b)
	case item:
		if !a.fields[b.list] && !a.asked && b.level == 1 {
			a.item(&b.inline)
		}
	case paragraph:
		if b.level > 0 {
			return // a further paragraph of an item
		}
		a.asked = instructs(strings.ToLower(flat(b.text))) && strings.HasSuffix(strings.TrimSpace(b.text), ":")
		a.bold(&b.inline)
	}
}

// heading enters a section, or takes the heading for an adopter: when it is
// nothing but a link, or when a list of particulars follows it.
func (a *adopterReader) heading(i int) {
	b := &a.blocks[i]
	a.asked = false
	if a.skip != 0 && b.level > a.skip {
		return
	}
	a.skip = 0
	title := clean(b.text)
	for l := b.level; l < len(a.kind); l++ {
		a.kind[l] = ""
	}
	if aside(strings.ToLower(title)) {
		a.skip = b.level
		return
	}
	a.kind[b.level] = kindOfHeading(title)
	linked := len(b.links) == 1 && b.links[0].start == 0 && b.links[0].end == len(b.text) && b.level > 1
	if linked || a.described[i] {
		a.add(title, b.firstURL(), "", b.line(0))
	}
}

// fieldLists finds the lists whose items are "label: value" with labels that
// describe one adopter, and the headings (as blocks) that they stand below.
func fieldLists(blocks []block) (lists, headings map[int]bool) {
	items, labelled, under := map[int]int{}, map[int]int{}, map[int]int{}
	last := -1
	for i := range blocks {
		switch b := &blocks[i]; {
		case b.kind == heading:
			last = i
		case b.kind == item && b.level == 1 && last >= 0:
			items[b.list]++
			under[b.list] = last
			if label, _, found := strings.Cut(b.text, ":"); found && fieldLabel(strings.ToLower(strings.TrimSpace(label))) {
				labelled[b.list]++
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
	return containsAny(title, "template", "how to", "adding", "add your", "add a", "criteria", "adopter type", "types of", "definition", "usage level",
		"legend", "instruction", "requirement", "contribut", "notes", "joining", "get listed", "become", "submit", "example", "glossary", "see also", "contents", "former", "past ",
		"case stud", "stories", "talk", "presentation", "video", "blog", "press", "article", "in the news")
}

// instructs reports whether a sentence tells the reader what to do.
func instructs(low string) bool {
	return containsAny(low, "pull request", "open a pr", "would like to", "add your", "add yourself", "please", "in the format", "following format", "follow", "template", "include the", "to add ")
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
		name: column(header, nameColumns, "type", "level", "date", "since", "count", "number", "contact", "handle", "github", "logo"),
		url:  column(header, urlColumns, "description"),
		kind: column(header, kindColumns, "description", "scenario", "case", "detail", "industry"),
	}
	if c.kind == c.name || c.kind == c.url {
		c.kind = -1
	}
	return c
}

// column finds the first column whose title has one of the words, the words
// in order of preference, and none of the others.
func column(header, words []string, not ...string) int {
	for _, w := range words {
		for i, h := range header {
			if strings.Contains(h, w) && !containsAny(h, not...) {
				return i
			}
		}
	}
	return -1
}

func (a *adopterReader) row(b *block) {
	if a.columns == nil {
		a.columns = map[int]adopterColumns{}
	}
	c, known := a.columns[b.table]
	if !known {
		c = columnsOf(b.header)
		a.columns[b.table] = c
	}
	if c.name < 0 || c.name >= len(b.cells) {
		return
	}
	cell := &b.cells[c.name]
	name := cell.text
	if clean(name) == "" {
		name = cell.image
	}
	url := cell.firstURL()
	if url == "" && c.url >= 0 && c.url < len(b.cells) {
		url = b.cells[c.url].firstURL()
	}
	kind := ""
	if c.kind >= 0 && c.kind < len(b.cells) {
		kind = b.cells[c.kind].text
	}
	a.add(flat(name), url, kind, b.line(0))
}

// item takes an item of a list: the link or the bold text it opens with is the
// name, else what stands before a dash, a colon or a bracket, else all of it
// when it is short enough for a name.
func (a *adopterReader) item(in *inline) {
	text := flat(in.text)
	var name string
	url := in.firstURL()
	switch {
	case len(in.links) > 0 && in.links[0].start <= 1 && in.links[0].end > in.links[0].start:
		name, url = text[in.links[0].start:in.links[0].end], webURL(in.links[0].url)
	case in.strong > 0:
		name = text[:in.strong]
	case clean(text) == "":
		name = in.image
	default:
		name = beforeDash(text)
		if plainProse(name, text) {
			return
		}
	}
	a.add(name, url, "", in.line(0))
}

// plainProse reports whether a list item without markup reads like part of a
// sentence and not like a name: it starts in lower case and has several words,
// or ends like a sentence.
func plainProse(name, text string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLower(first) && words(name) >= 3 || name == text && strings.HasSuffix(name, ".") && words(name) > 3 ||
		strings.HasSuffix(strings.TrimSpace(text), ":")
}

// bold takes a paragraph that opens with a name in bold and a dash.
func (a *adopterReader) bold(in *inline) {
	if in.strong == 0 || in.strong == len(in.text) {
		return
	}
	name, rest := flat(in.text[:in.strong]), strings.TrimLeft(in.text[in.strong:], " ")
	if !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "–") && !strings.HasPrefix(rest, "—") || strings.HasSuffix(name, ":") {
		return
	}
	url := ""
	if len(in.links) > 0 && in.links[0].start < in.strong {
		url = webURL(in.links[0].url)
	}
	a.add(name, url, "", in.line(0))
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
	name = strings.TrimSpace(strings.Trim(clean(withoutMail(name)), ":*_-–—,; "))
	if !adopterName(name) {
		return
	}
	kind = shorten(clean(withoutMail(flat(kind))), limit.RowKind)
	for l := len(a.kind) - 1; l >= 0 && kind == ""; l-- {
		kind = a.kind[l]
	}
	a.rows = append(a.rows, fact.Adopter{Name: name, URL: url, Kind: kind, Path: a.path, Line: line})
}

// placeholder matches what templates have in place of a name.
var placeholder = regexp.MustCompile(`(?i)^(tbd|todo|n/?a|none|name|company|organi[sz]ation|project|product|adopter|link|website|more|others?|other (projects|users|companies|adopters)|and more|you|\.{2,}|…|[-_*.?<>\[\]()\s]*)$|` +
	`\byour (own )?(company|organi[sz]ation|name|project|product|logo|team)\b|\badd (yourself|your|you)\b|\b(company|organi[sz]ation|project|adopter|user) name\b|` +
	`^<.*>$|^\[.*\]$|^(example|sample|foo|acme)\b.{0,25}$|^https?://example\.|pull request`)

// adopterName reports whether s can be the name of an adopter.
func adopterName(s string) bool {
	if s == "" || len(s) > limit.RowName || words(s) > maxRowWords || placeholder.MatchString(s) {
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
	if len(title) > limit.RowKind || !containsAny(low, "production", "end user", "end-user", "vendor", "service provider", "evaluat", "integrat", "ecosystem",
		"pilot", "testing", "staging", "consultan", "distribut", "academic", "research", "open source", "commercial", "experiment", "proof of concept") {
		return ""
	}
	return title
}
