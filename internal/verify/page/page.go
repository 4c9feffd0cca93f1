// Package page reads a Markdown text into blocks of plain text that know where
// each of their bytes stands in the source, so that what is found in the text
// can be pointed at, and replaced, to the byte.
//
// Blocks are what claims are read from: a heading, a paragraph, an item of a
// list, a row of a table, a line of code, a line of the front matter. Each knows
// the headings above it, what introduces it, and in tables the heads of its
// columns. Marks, links and code within a text are spans of it.
//
// The text is a stranger's: sizes and depths are bounded ([Read]).
package page

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// A Page is a text that was read.
type Page struct {
	Source []byte
	Blocks []Block

	lines []int // offsets of the starts of lines
	// last is the offset that was placed last, and the characters before it in its line.
	last struct{ offset, runes int }
}

// A Form is what a block is.
type Form uint8

// The forms.
const (
	Paragraph Form = iota
	Heading
	Item  // of a list, without the items below it
	Row   // of a table
	Code  // a line of a code block
	Front // a line of the front matter
	Quote // a paragraph of a block quotation
)

// A Block is a piece of text.
type Block struct {
	Form Form
	// Text of all but rows.
	Text Text
	// Level of a heading, 1 to 6; depth of an item, from 1.
	Level int
	// Section are the headings above, outermost first; of a heading, without
	// itself.
	Section []*Block
	// Lead is the block that introduces a list, table or code: the paragraph right
	// before it that ends in a colon or is all bold, or the item above an item.
	Lead *Block
	// Group numbers the list, table or code block that the block is of, from 1.
	Group int
	// Cells of a row, and Head, the row of the heads of their columns; nil for
	// the head itself. Index counts the rows below the head, from 0.
	Cells []Text
	Head  *Block
	Index int
	// Info of a code block, its first word.
	Info string
}

// A Text is visible text and where it stands.
type Text struct {
	S string
	// Links, Bold and CodeSpans are spans of S, in order.
	Links     []Link
	Bold      []Span
	CodeSpans []Span

	at         []int  // offset in the source of each byte of S, and of the end
	references []Span // of the source: character references, which stand for one character
}

// A Span is bytes From up to To of a text.
type Span struct{ From, To int }

// Holds reports whether the byte i is in s.
func (s Span) Holds(i int) bool { return s.From <= i && i < s.To }

// A Link is a span that leads somewhere. Bare is one whose text is the address.
type Link struct {
	Span
	URL  string
	Bare bool
	// At is where the address stands in the source; empty when it is not there
	// as such.
	At Span
}

// Source gives the bytes of the source that a span of t stands for.
func (t *Text) Source(s Span) Span {
	if len(t.at) == 0 || s.From >= s.To {
		return Span{}
	}
	last := t.at[s.To-1]
	k := sort.Search(len(t.references), func(k int) bool { return t.references[k].From >= last })
	if k < len(t.references) && t.references[k].From == last {
		return Span{t.at[s.From], t.references[k].To}
	}
	return Span{t.at[s.From], last + 1}
}

// Of is the text of a span.
func (t *Text) Of(s Span) string { return t.S[s.From:s.To] }

// LinkAt is the link that holds byte i, nil for none.
func (t *Text) LinkAt(i int) *Link {
	k := sort.Search(len(t.Links), func(k int) bool { return t.Links[k].To > i })
	if k < len(t.Links) && t.Links[k].Holds(i) {
		return &t.Links[k]
	}
	return nil
}

// InCode reports whether byte i is in a code span.
func (t *Text) InCode(i int) bool { return within(t.CodeSpans, i) }

// InBold reports whether byte i is in bold.
func (t *Text) InBold(i int) bool { return within(t.Bold, i) }

func within(spans []Span, i int) bool {
	k := sort.Search(len(spans), func(k int) bool { return spans[k].To > i })
	return k < len(spans) && spans[k].Holds(i)
}

// Position is the line of an offset, and its column in characters, both from 1.
// It is quick for offsets in rising order, also in a line of a megabyte; a page is
// used by one goroutine at a time.
func (p *Page) Position(offset int) (line, column int) {
	line = sort.SearchInts(p.lines, offset+1)
	start, before := p.lines[line-1], 0
	if p.last.offset >= start && p.last.offset <= offset {
		start, before = p.last.offset, p.last.runes
	}
	before += utf8.RuneCount(p.Source[start:offset])
	p.last.offset, p.last.runes = offset, before
	return line, before + 1
}

// longTitle is how much of a heading is told with all that stands below it, in bytes.
const longTitle = 300

// Titles are the texts of the headings above b. Of a long one the beginning.
func (b *Block) Titles() []string {
	var all []string
	for _, h := range b.Section {
		title := h.Text.S
		if len(title) > longTitle {
			title = strings.ToValidUTF8(title[:longTitle], "") + "…"
		}
		all = append(all, title)
	}
	return all
}
