package markup

import (
	"sort"
	"strings"
)

// A Kind is the part a block plays in a text.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading
	Item     // the first paragraph of a list item
	Row      // a row of a table, its header apart
	Indented // lines that are indented as code is: in a plain text they are text
)

// A Block is a piece of a Markdown text as its readers need it: plain text
// with links and lines. Code between fences is no block.
type Block struct {
	Kind   Kind
	Level  int // of a heading 1–6, of an item its depth from 1
	Quoted bool
	Inline
	Header []string // of a row: the table's header, lower case; none in HTML without one
	Head   []Inline // of a row: the same as it stands
	Cells  []Inline // of a row
	List   int      // of an item: which list of the text, from 1
	Table  int      // of a row: which table of the text, from 1
}

// Inlines are the texts of a block; none of what may be code.
func (b *Block) Inlines() []*Inline {
	switch b.Kind {
	case Indented:
		return nil
	case Row:
		var all []*Inline
		for i := range b.Cells {
			all = append(all, &b.Cells[i])
		}
		return all
	}
	return []*Inline{&b.Inline}
}

// An Inline is a run of text without markup. A line break of the source is a
// line break in it.
type Inline struct {
	Text   string
	Links  []Link
	Strong int // length of the bold or italic text it starts with
	Images []Image
	Mail   bool // it had an e-mail address, in whose place are blanks or nothing
	marks  []mark
	mails  []int // where they were, in any order
}

// An Image is a picture in a text.
type Image struct {
	Alt, Title string // what it is called
	Source     string
	Link       string // where the link leads that it is in
	Line       int    // 0: unknown
}

// A Link is a stretch of a text that leads somewhere.
type Link struct {
	Start, End int
	URL        string
}

// A mark says that from offset at the text stands in the given source line.
type mark struct{ at, line int }

// Line gives the source line of an offset of the text.
func (in *Inline) Line(at int) int {
	i := sort.Search(len(in.marks), func(i int) bool { return in.marks[i].at > at })
	if i == 0 {
		if len(in.marks) > 0 {
			return in.marks[0].line
		}
		return 0
	}
	return in.marks[i-1].line
}

// FirstURL is the first web address among the links, or "".
func (in *Inline) FirstURL() string {
	for _, l := range in.Links {
		if u := WebURL(l.URL); u != "" {
			return u
		}
	}
	return ""
}

// Slice is the part of in between two offsets; it keeps the links that lie
// within. It has no lines.
func (in *Inline) Slice(start, end int) Inline {
	out := Inline{Text: in.Text[start:end]}
	for _, at := range in.mails {
		out.Mail = out.Mail || at >= start && at <= end
	}
	first := sort.Search(len(in.Links), func(i int) bool { return in.Links[i].End > start })
	for _, l := range in.Links[first:] {
		if l.End > end {
			break
		}
		if l.Start >= start {
			out.Links = append(out.Links, Link{l.Start - start, l.End - start, l.URL})
		}
	}
	return out
}

// Part is the part of in between two offsets, as [Inline.Slice] gives it, with its
// lines.
func (in *Inline) Part(start, end int) Inline {
	out := in.Slice(start, end)
	out.marks = []mark{{0, in.Line(start)}}
	for _, m := range in.marks {
		if m.at > start && m.at < end {
			out.marks = append(out.marks, mark{m.at - start, m.line})
		}
	}
	return out
}

// WebURL gives u when it is a web address of reasonable length without
// anything that could break out of a page, and without an e-mail address, else "".
func WebURL(u string) string {
	if len(u) > 2000 || !strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "http://") {
		return ""
	}
	for i := range len(u) {
		if c := u[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return ""
		}
	}
	host := u[strings.Index(u, "//")+2:]
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if host == "" || strings.ContainsRune(host, '@') || HasMail(u) {
		return ""
	}
	return u
}

// Column finds the first column whose title has one of the words, as [HasWord] takes
// them, the words in order of preference, and none of the others; -1 for none.
func Column(header, words []string, not ...string) int {
	for _, w := range words {
		for i, h := range header {
			if HasWord(h, w) && !HasWord(h, not...) {
				return i
			}
		}
	}
	return -1
}
