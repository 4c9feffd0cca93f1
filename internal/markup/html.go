package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"assay/internal/limit"
)

// A webReader makes blocks of the HTML that stands between those of Markdown. A
// blank line ends a block of HTML in Markdown and not what it means: what is open
// stays open, and Markdown within a cell is part of the cell.
type webReader struct {
	r      *reading
	w      *inlineWriter // of the block or the cell that is open; nil: none
	kind   Kind
	level  int
	quoted bool
	lists  []int // those that are open
	table  *webTable
	around []*webTable // those in whose cells it stands
}

// A webTable is a table that is open.
type webTable struct {
	id     int
	header []string
	head   []Inline
	rows   int
	cells  []Inline
	line   int           // of the row that is open
	cell   bool          // one is open
	plain  bool          // the row has a cell that is no title
	rest   *inlineWriter // of the cell, while a table within it is open
}

// read reads a block of HTML.
func (h *webReader) read(in *Inline, quoted bool) {
	h.quoted = quoted
	z := html.NewTokenizer(strings.NewReader(in.Text))
	quiet := false
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		line := in.Line(at)
		at += len(z.Raw())
		switch kind {
		case html.TextToken:
			if !quiet {
				h.text(z.Token().Data, line)
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := z.Token()
			quiet = kind == html.StartTagToken && (t.DataAtom == atom.Script || t.DataAtom == atom.Style)
			h.tag(t, line)
		}
	}
	if h.table == nil {
		h.flush()
	}
}

// text takes words, line by line.
func (h *webReader) text(s string, line int) {
	for part := range strings.SplitAfterSeq(s, "\n") {
		if strings.TrimSpace(part) != "" {
			w := h.open()
			w.markLine(line)
			w.write(part)
		} else if h.w != nil && part != "" {
			h.w.write(" ")
		}
		line++
	}
}

// open is the writer of the block that is open, which it opens.
func (h *webReader) open() *inlineWriter {
	if h.w == nil {
		h.w = &inlineWriter{r: h.r}
	}
	return h.w
}

func (h *webReader) tag(t html.Token, line int) {
	opens := t.Type != html.EndTagToken
	switch t.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		h.begin(Heading, int(t.Data[1]-'0'), opens)
	case atom.Li:
		h.begin(Item, max(len(h.lists), 1), opens)
	case atom.Ul, atom.Ol:
		h.begin(Paragraph, len(h.lists), opens)
		h.nest(opens)
	case atom.P, atom.Div, atom.Section, atom.Center, atom.Article, atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Blockquote,
		atom.Dl, atom.Dt, atom.Dd, atom.Hr, atom.Pre:
		h.begin(Paragraph, 0, opens)
	case atom.Table, atom.Tr, atom.Td, atom.Th:
		h.tabular(t.DataAtom, opens, line)
	default:
		h.open().tag(t, line)
	}
}

// begin ends the block that is open, and opens one of the kind. In a cell it is a
// new line.
func (h *webReader) begin(kind Kind, level int, opens bool) {
	if h.table != nil && h.table.cell {
		if h.w != nil && h.w.b.Len() > 0 {
			h.w.b.WriteByte('\n')
		}
		return
	}
	h.flush()
	if opens {
		h.kind, h.level = kind, level
	}
}

func (h *webReader) nest(opens bool) {
	switch {
	case opens && len(h.lists) < limit.TextInline:
		h.r.lists++
		h.lists = append(h.lists, h.r.lists)
	case !opens && len(h.lists) > 0:
		h.lists = h.lists[:len(h.lists)-1]
	}
}

// flush ends the block that is open.
func (h *webReader) flush() {
	b := Block{Kind: h.kind, Level: h.level, Quoted: h.quoted}
	if b.Kind == Item && len(h.lists) > 0 {
		b.List = h.lists[len(h.lists)-1]
	}
	if h.w != nil {
		b.Inline = h.w.inline()
	}
	h.w, h.kind, h.level = nil, Paragraph, 0
	if b.Text != "" || len(b.Images) > 0 {
		h.r.out = append(h.r.out, b)
	}
}

// tabular reads a tag of a table. Like a browser it leaves out the tags of rows and
// cells where no table is open.
func (h *webReader) tabular(a atom.Atom, opens bool, line int) {
	switch t := h.table; {
	case a == atom.Table && opens:
		h.opensTable()
		h.r.tables++
		h.table = &webTable{id: h.r.tables, line: line}
	case a == atom.Table:
		h.endTable()
	case t == nil:
	case a == atom.Tr:
		h.endRow()
		t.line = line
	default:
		h.endCell()
		if opens {
			h.w, t.cell = nil, true
			h.open().markLine(line)
			t.plain = t.plain || a == atom.Td
		}
	}
}

// opensTable makes room for a table. One that opens within a cell leaves the cell open;
// elsewhere in a table it ends that.
func (h *webReader) opensTable() {
	if h.table != nil && !h.table.cell {
		h.endTable()
	}
	switch t := h.table; {
	case t == nil:
		h.flush()
	case len(h.around) < limit.TextInline:
		t.rest = h.w
		h.around, h.table, h.w = append(h.around, t), nil, nil
	}
}

func (h *webReader) endCell() {
	if h.table.cell && len(h.table.cells) < limit.TextPipes {
		h.table.cells = append(h.table.cells, h.open().inline())
	}
	h.w, h.table.cell = nil, false
}

func (h *webReader) endRow() {
	h.endCell()
	t := h.table
	switch {
	case len(t.cells) == 0:
	case t.rows == 0 && t.header == nil && !t.plain:
		t.head, t.header = t.cells, titles(t.cells)
	default:
		t.rows++
		b := Block{Kind: Row, Quoted: h.quoted, Header: t.header, Head: t.head, Cells: t.cells, Table: t.id}
		b.marks = []mark{{0, t.line}}
		h.r.out = append(h.r.out, b)
	}
	t.cells, t.plain = nil, false
}

// endTable ends the table that is open; the cell that it stands in is open again.
func (h *webReader) endTable() {
	if h.table == nil {
		return
	}
	h.endRow()
	if h.table = nil; len(h.around) > 0 {
		last := len(h.around) - 1
		h.table, h.around = h.around[last], h.around[:last]
		h.w, h.table.rest = h.table.rest, nil
	}
}

// takes gives a block of Markdown to the cell that is open. A heading ends a table
// that nobody closed.
func (h *webReader) takes(b *Block) bool {
	if b.Kind == Heading {
		h.end()
		return false
	}
	if h.table == nil || !h.table.cell {
		return false
	}
	h.w.adopt(&b.Inline)
	return true
}

// end ends what is open.
func (h *webReader) end() {
	for h.table != nil {
		h.endTable()
	}
	h.flush()
	h.lists = nil
}

// adopt appends a text that was read by itself.
func (w *inlineWriter) adopt(in *Inline) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	at := w.b.Len()
	if at == 0 {
		w.in.Strong = in.Strong
	}
	for _, m := range in.marks {
		w.in.marks = append(w.in.marks, mark{at + m.at, m.line})
	}
	w.b.WriteString(in.Text)
	for _, l := range in.Links {
		w.in.Links = append(w.in.Links, Link{at + l.Start, at + l.End, l.URL})
	}
	w.in.Images = append(w.in.Images, in.Images...)
	w.in.Mail = w.in.Mail || in.Mail
}
