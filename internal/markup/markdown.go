package markup

import (
	"bytes"
	"sort"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"assay/internal/limit"
)

// markdown reads Markdown with tables. It is made once: making a goldmark parser
// costs more than reading a short text with it.
var markdown = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Linkify)).Parser()
})

// Blocks reads a text in Markdown.
func Blocks(src []byte) []Block {
	src = tame(src)
	r := &reading{src: src, lines: newlines(src)}
	r.web.r = r
	r.children(markdown().Parse(text.NewReader(src)), 0, false)
	r.web.end()
	return r.out
}

// newlines gives the offset of every line break.
func newlines(src []byte) []int {
	at := make([]int, 0, bytes.Count(src, []byte{'\n'}))
	for i, c := range src {
		if c == '\n' {
			at = append(at, i)
		}
	}
	return at
}

// A reading turns one syntax tree into blocks.
type reading struct {
	src    []byte
	lines  []int
	out    []Block
	lists  int
	tables int
	web    webReader // of the HTML between the blocks
}

func (r *reading) lineOf(offset int) int { return sort.SearchInts(r.lines, offset) + 1 }

func (r *reading) children(n ast.Node, depth int, quoted bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.block(c, depth, quoted)
	}
}

func (r *reading) block(n ast.Node, depth int, quoted bool) {
	switch n := n.(type) {
	case *ast.Heading:
		r.add(Block{Kind: Heading, Level: n.Level, Quoted: quoted}, n)
	case *ast.Paragraph, *ast.TextBlock:
		r.add(Block{Kind: Paragraph, Level: depth, Quoted: quoted}, n)
	case *ast.List:
		r.list(n, depth+1, quoted)
	case *ast.Blockquote:
		r.children(n, depth, true)
	case *extast.Table:
		r.table(n, quoted)
	case *ast.CodeBlock:
		r.indented(n, quoted)
	case *ast.HTMLBlock:
		r.html(n, quoted)
	}
}

// indented hands on the lines of indented code: in a plain text they are text.
func (r *reading) indented(n *ast.CodeBlock, quoted bool) {
	w := &inlineWriter{r: r}
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		w.mark(s.Start)
		w.write(strings.TrimSpace(string(s.Value(r.src))))
		w.b.WriteByte('\n')
	}
	r.put(Block{Kind: Indented, Quoted: quoted, Inline: w.inline()})
}

// html reads a block of HTML, each line with its number.
func (r *reading) html(n *ast.HTMLBlock, quoted bool) {
	var b strings.Builder
	in := Inline{}
	line := func(s text.Segment) {
		in.marks = append(in.marks, mark{b.Len(), r.lineOf(s.Start)})
		b.Write(s.Value(r.src))
	}
	for i := range n.Lines().Len() {
		line(n.Lines().At(i))
	}
	if n.HasClosure() {
		line(n.ClosureLine)
	}
	in.Text = b.String()
	r.web.read(&in, quoted)
}

func (r *reading) list(n *ast.List, depth int, quoted bool) {
	r.lists++
	id := r.lists
	for li := n.FirstChild(); li != nil; li = li.NextSibling() {
		first := li.FirstChild()
		for c := first; c != nil; c = c.NextSibling() {
			_, isText := c.(*ast.TextBlock)
			_, isPara := c.(*ast.Paragraph)
			if c == first && (isText || isPara) {
				r.add(Block{Kind: Item, Level: depth, Quoted: quoted, List: id}, c)
				continue
			}
			r.block(c, depth, quoted)
		}
	}
}

func (r *reading) table(n *extast.Table, quoted bool) {
	r.tables++
	var header []string
	var head []Inline
	for tr := n.FirstChild(); tr != nil; tr = tr.NextSibling() {
		var cells []Inline
		for td := tr.FirstChild(); td != nil && len(cells) < limit.TextPipes; td = td.NextSibling() {
			cells = append(cells, r.inline(td))
		}
		if tr.Kind() == extast.KindTableHeader {
			head, header = cells, titles(cells)
			continue
		}
		b := Block{Kind: Row, Quoted: quoted, Header: header, Head: head, Cells: cells, Table: r.tables}
		for _, c := range cells {
			if len(c.marks) > 0 {
				b.marks = c.marks[:1]
				break
			}
		}
		r.out = append(r.out, b)
	}
}

// titles are the texts of a table's head, in small letters.
func titles(cells []Inline) []string {
	var all []string
	for _, c := range cells {
		all = append(all, strings.ToLower(strings.TrimSpace(Flat(c.Text))))
	}
	return all
}

func (r *reading) add(b Block, n ast.Node) {
	b.Inline = r.inline(n)
	r.put(b)
}

// put takes a block that says something. What stands within a cell of HTML is part
// of the cell.
func (r *reading) put(b Block) {
	if b.Text == "" && len(b.Images) == 0 || r.web.takes(&b) {
		return
	}
	r.out = append(r.out, b)
}

// inline gathers the text below a block.
func (r *reading) inline(n ast.Node) Inline {
	w := &inlineWriter{r: r}
	w.children(n, 0)
	if at := n.Pos(); len(w.in.marks) == 0 && at >= 0 {
		w.in.marks = []mark{{0, r.lineOf(at)}}
	}
	return w.inline()
}

// inline is what was gathered, without e-mail addresses.
func (w *inlineWriter) inline() Inline {
	in := w.in
	text, mails := blank(w.b.String())
	if in.Text = strings.TrimRight(text, " \n"); len(mails) > 0 {
		in.Mail, in.mails = true, append(in.mails, mails...)
	}
	for i := range in.Links {
		in.Links[i].End = min(in.Links[i].End, len(in.Text))
		in.Links[i].Start = min(in.Links[i].Start, in.Links[i].End)
	}
	for i := range in.mails {
		in.mails[i] = min(in.mails[i], len(in.Text))
	}
	in.Strong = min(in.Strong, len(in.Text))
	return in
}

// An inlineWriter is the state of gathering one inline.
type inlineWriter struct {
	r  *reading
	b  strings.Builder
	in Inline
	// anchor is the address of the HTML link that is open, begun at anchorAt.
	anchor   string
	anchorAt int
	strong   bool // an HTML element that the text starts with makes it bold
}

func (w *inlineWriter) children(n ast.Node, depth int) {
	if depth > limit.TextInline {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c, depth)
	}
}

func (w *inlineWriter) node(n ast.Node, depth int) {
	start := w.b.Len()
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.String:
		w.write(string(n.Value))
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Link:
		images := len(w.in.Images)
		w.children(n, depth+1)
		w.link(start, images, string(n.Destination))
	case *ast.Image:
		w.image(n)
	case *ast.Emphasis:
		w.children(n, depth+1)
		if start == 0 && w.b.Len() > w.in.Strong {
			w.in.Strong = w.b.Len()
		}
	case *ast.RawHTML:
		w.html(n)
	default:
		w.children(n, depth+1)
	}
}

func (w *inlineWriter) text(n *ast.Text) {
	v := n.Segment.Value(w.r.src)
	if n.Parent().Kind() != ast.KindCodeSpan {
		v = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(v)))
	}
	w.mark(n.Segment.Start)
	w.write(string(v))
	if n.SoftLineBreak() || n.HardLineBreak() {
		w.b.WriteByte('\n')
	}
}

func (w *inlineWriter) mark(offset int) { w.markLine(w.r.lineOf(offset)) }

func (w *inlineWriter) markLine(line int) {
	if k := len(w.in.marks); k > 0 && w.in.marks[k-1].line == line {
		return
	}
	w.in.marks = append(w.in.marks, mark{w.b.Len(), line})
}

// link records that what was written from start on, and the images from the given
// one on, lead to url.
func (w *inlineWriter) link(start, images int, url string) {
	w.in.Links = append(w.in.Links, Link{start, w.b.Len(), url})
	for i := images; i < len(w.in.Images); i++ {
		if w.in.Images[i].Link == "" {
			w.in.Images[i].Link = url
		}
	}
}

// write appends text that people can see, and nothing that is not: hidden
// characters go, other white space than a blank becomes one.
func (w *inlineWriter) write(s string) {
	for _, c := range s {
		switch {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c < ' ' || c == 0x7f || c == 0xa0:
			if w.b.Len() > 0 {
				w.b.WriteByte(' ')
			}
		case c >= 0x80 && c < 0xa0, Hidden(c):
		default:
			w.b.WriteRune(c)
		}
	}
}

// autoLink writes a web address; an e-mail address is not written at all.
func (w *inlineWriter) autoLink(n *ast.AutoLink) {
	if n.AutoLinkType == ast.AutoLinkEmail {
		w.in.Mail, w.in.mails = true, append(w.in.mails, w.b.Len())
		return
	}
	start := w.b.Len()
	if at := n.Pos(); at > 0 {
		w.mark(at)
	}
	w.write(string(n.Label(w.r.src)))
	w.in.Links = append(w.in.Links, Link{start, w.b.Len(), string(n.URL(w.r.src))})
}

func (w *inlineWriter) image(n *ast.Image) {
	alt := &inlineWriter{r: w.r}
	alt.children(n, 0)
	line := 0
	if len(alt.in.marks) > 0 {
		line = alt.in.marks[0].line
	} else if at := n.Pos(); at >= 0 {
		line = w.r.lineOf(at)
	}
	w.picture(Image{Alt: Clean(alt.b.String()), Title: Clean(string(n.Title)), Source: string(n.Destination), Line: line})
}

// picture takes an image where the text has it.
func (w *inlineWriter) picture(i Image) {
	if len(w.in.Images) >= limit.TextMarks {
		return
	}
	if i.Line > 0 && len(w.in.marks) == 0 {
		w.in.marks = append(w.in.marks, mark{0, i.Line})
	}
	w.in.Images = append(w.in.Images, i)
}

// html reads a tag between the words.
func (w *inlineWriter) html(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	line := w.r.lineOf(n.Segments.At(0).Start)
	z := html.NewTokenizer(bytes.NewReader(n.Segments.Value(w.r.src)))
	for z.Next() != html.ErrorToken {
		w.tag(z.Token(), line)
	}
}

// tag reads a tag that stands between words; another is nothing.
func (w *inlineWriter) tag(t html.Token, line int) {
	opens := t.Type == html.StartTagToken || t.Type == html.SelfClosingTagToken
	switch t.DataAtom {
	case atom.Br:
		if w.b.Len() > 0 {
			w.b.WriteByte('\n')
		}
	case atom.Img:
		w.picture(Image{Alt: Clean(attribute(&t, "alt")), Title: Clean(attribute(&t, "title")), Source: attribute(&t, "src"), Link: w.anchor, Line: line})
	case atom.A:
		if w.anchor != "" {
			w.in.Links = append(w.in.Links, Link{w.anchorAt, w.b.Len(), w.anchor})
		}
		if w.anchor = ""; opens {
			w.anchor, w.anchorAt = attribute(&t, "href"), w.b.Len()
		}
	case 0:
		if opens && (t.Data == "at" || t.Data == "dot") { // "ann <at> example <dot> com" is an address and no HTML
			w.write("<" + t.Data + ">")
		}
	case atom.B, atom.Strong, atom.Em, atom.I:
		switch {
		case opens:
			w.strong = w.strong || w.b.Len() == 0
		case w.strong:
			w.strong, w.in.Strong = false, w.b.Len()
		}
	}
}

// attribute gives the value of an attribute of a tag, or "".
func attribute(t *html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
