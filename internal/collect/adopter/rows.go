package adopter

import (
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

// adoptersIn reads the rows of a list of adopters. A row is a row of a table, an
// item of a list, a logo, a heading that stands for an adopter, a paragraph that is
// nothing but names, or a record. Running text and instructions are no rows.
func adoptersIn(path string, blocks []markup.Block) []fact.Adopter {
	a := &adopterReader{path: path, blocks: blocks, title: map[int]string{}}
	a.fields, a.described = fieldLists(blocks)
	a.group, a.bolds = groupItems(blocks), boldNames(blocks)
	for i := range blocks {
		if len(a.rows) >= limit.DocumentRows {
			break
		}
		a.block(i)
	}
	a.nameKinds()
	return a.rows
}

// An adopterReader is the state of reading one list.
type adopterReader struct {
	path   string
	blocks []markup.Block
	rows   []fact.Adopter
	// sections are the headings (by block) above each row, title what they say.
	sections []int
	title    map[int]string
	// open are the headings entered, by level, each one more than its block; 0: none.
	open [7]int
	// skip is the level of the heading whose section is not read; 0: none.
	skip int
	// asked: the paragraph before told people what to write.
	asked bool
	// fields holds the lists that are the particulars of the heading before
	// them, described the headings (by block) that have such a list.
	fields, described map[int]bool
	// group says of items (by block) that those below them are the adopters.
	group map[int]bool
	inner bool // the item before was one
	bolds map[int]int
	told  bool // what comes tells of the adopter before
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
		a.listed(i)
	case markup.Indented:
		a.records(&b.Inline)
	case markup.Paragraph:
		if b.Level > 0 {
			return // a further paragraph of an item
		}
		text := strings.TrimSpace(b.Text)
		a.asked = instructs(strings.ToLower(markup.Flat(text))) && strings.HasSuffix(text, ":")
		a.paragraph(&b.Inline)
	}
}

// listed takes an item of a list, unless it is a particular of another.
func (a *adopterReader) listed(i int) {
	b := &a.blocks[i]
	if b.Level == 1 {
		a.inner = a.group[i]
	}
	if a.fields[b.List] || a.asked || a.told || a.inner != (b.Level == 2) || a.inner && a.group[i] {
		return
	}
	if !a.record(&b.Inline) {
		a.item(&b.Inline)
	}
}

// groupItems finds the items that name a group, whose members are the items below:
// they are no link, and end with a colon or say a word of groups.
func groupItems(blocks []markup.Block) map[int]bool {
	groups := map[int]bool{}
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != markup.Item || b.Level != 1 || len(b.Links) > 0 || i+1 == len(blocks) || blocks[i+1].Kind != markup.Item || blocks[i+1].Level != 2 {
			continue
		}
		text := strings.TrimSpace(markup.Flat(b.Text))
		inner := strings.ToLower(strings.TrimSpace(blocks[i+1].Text))
		label, _, labelled := strings.Cut(inner, ":")
		if labelled && fieldLabel(label) || strings.HasPrefix(inner, "http") || markup.Words(text) > 6 {
			continue
		}
		groups[i] = strings.HasSuffix(text, ":") || groupWords.MatchString(text)
	}
	return groups
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

// item takes an item of a list: the link or the bold text it opens with is the
// name, else its logo, else what stands before a dash, a colon or a bracket, else
// all of it when it is short enough for a name.
func (a *adopterReader) item(in *markup.Inline) {
	text := markup.Flat(in.Text)
	row := fact.Adopter{URL: in.FirstURL(), Since: sinceIn(text), Line: in.Line(0)}
	switch {
	case len(in.Links) > 0 && in.Links[0].Start <= 1 && in.Links[0].End > in.Links[0].Start:
		row.Name, row.URL = text[in.Links[0].Start:in.Links[0].End], markup.WebURL(in.Links[0].URL)
		if strings.Contains(row.Name, "://") && in.Links[0].End < len(text) {
			return // an address with a remark is a reference
		}
	case in.Strong > 0:
		row.Name = text[:in.Strong]
	case markup.Clean(text) == "":
		a.logos(in)
		return
	default:
		row.Name = beforeDash(text)
		if plainProse(row.Name, text) {
			return
		}
		if at := strings.Index(row.Name, " http"); at > 0 {
			row.Name = row.Name[:at]
		}
	}
	a.add(row)
}

// add keeps a row with a usable name.
func (a *adopterReader) add(row fact.Adopter) {
	if row.Name = nameOf(row.Name); row.Name == "" || len(a.rows) >= limit.DocumentRows {
		return
	}
	row.Kind, row.Since, row.Path = particular(row.Kind), particular(row.Since), a.path
	a.rows = append(a.rows, row)
	a.sections = append(a.sections, a.section())
}

// section is the heading (by block) that was entered last and is still open, -1 for
// none.
func (a *adopterReader) section() int {
	for l := len(a.open) - 1; l > 0; l-- {
		if a.open[l] > 0 {
			return a.open[l] - 1
		}
	}
	return -1
}

// particular is what is kept of the text of a cell.
func particular(s string) string { return strings.TrimSpace(markup.Kept(s, limit.RowKind)) }

// nameKinds gives the rows without a kind that of their section: its title, where
// there are several sections of rows, else only when it says a kind.
func (a *adopterReader) nameKinds() {
	sections := map[int]bool{}
	main := -1 // the title of the whole text
	if i := slices.IndexFunc(a.blocks, func(b markup.Block) bool { return b.Kind == markup.Heading }); i >= 0 && a.blocks[i].Level == 1 {
		main = i
	}
	for i := range a.rows {
		if a.sections[i] >= 0 {
			sections[a.sections[i]] = true
		}
	}
	for i := range a.rows {
		if a.rows[i].Kind != "" {
			continue
		}
		if title := a.title[a.sections[i]]; len(title) <= limit.RowKind && (len(sections) > 1 && a.sections[i] != main || markup.HasWord(title, kindWords...)) {
			a.rows[i].Kind = particular(title)
		}
	}
}
