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
	r.children(markdown().Parse(text.NewReader(src)), 0, false)
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
	case *ast.HTMLBlock:
		r.html(n, quoted)
	}
}

// html hands a block of HTML on as it stands, each line with its number.
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
	r.out = append(r.out, Block{Kind: HTML, Quoted: quoted, Inline: in})
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
	for tr := n.FirstChild(); tr != nil; tr = tr.NextSibling() {
		var cells []Inline
		for td := tr.FirstChild(); td != nil && len(cells) < limit.TextPipes; td = td.NextSibling() {
			cells = append(cells, r.inline(td))
		}
		if tr.Kind() == extast.KindTableHeader {
			for _, c := range cells {
				header = append(header, strings.ToLower(strings.TrimSpace(Flat(c.Text))))
			}
			continue
		}
		b := Block{Kind: Row, Quoted: quoted, Header: header, Cells: cells, Table: r.tables}
		for _, c := range cells {
			if len(c.marks) > 0 {
				b.marks = c.marks[:1]
				break
			}
		}
		r.out = append(r.out, b)
	}
}

func (r *reading) add(b Block, n ast.Node) {
	if b.Inline = r.inline(n); b.Text == "" && b.Image == "" {
		return
	}
	r.out = append(r.out, b)
}

// inline gathers the text below a block.
func (r *reading) inline(n ast.Node) Inline {
	w := &inlineWriter{r: r}
	w.children(n, 0)
	in := w.in
	if at := n.Pos(); len(in.marks) == 0 && at >= 0 {
		in.marks = []mark{{0, r.lineOf(at)}}
	}
	in.Text = strings.TrimRight(w.b.String(), " \n")
	for i := range in.Links {
		in.Links[i].End = min(in.Links[i].End, len(in.Text))
		in.Links[i].Start = min(in.Links[i].Start, in.Links[i].End)
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
		w.children(n, depth+1)
		w.in.Links = append(w.in.Links, Link{start, w.b.Len(), string(n.Destination)})
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

func (w *inlineWriter) mark(offset int) {
	line := w.r.lineOf(offset)
	if k := len(w.in.marks); k > 0 && w.in.marks[k-1].line == line {
		return
	}
	w.in.marks = append(w.in.marks, mark{w.b.Len(), line})
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
		w.in.Mail = true
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
	if w.in.Image != "" {
		return
	}
	alt := &inlineWriter{r: w.r}
	alt.children(n, 0)
	w.in.Image = Clean(alt.b.String())
	if len(w.in.marks) == 0 && len(alt.in.marks) > 0 {
		w.in.marks = append(w.in.marks, mark{0, alt.in.marks[0].line})
	}
}

func (w *inlineWriter) html(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	first := n.Segments.At(0)
	raw := string(first.Value(w.r.src))
	switch tag := strings.ToLower(raw); {
	case strings.HasPrefix(tag, "<br") && w.b.Len() > 0:
		w.b.WriteByte('\n')
	case strings.HasPrefix(tag, "<a "):
		w.anchor, w.anchorAt = attribute(raw, "href"), w.b.Len()
	case tag == "</a>" && w.anchor != "":
		w.in.Links = append(w.in.Links, Link{w.anchorAt, w.b.Len(), w.anchor})
		w.anchor = ""
	}
}

// attribute gives the value of an attribute of an HTML tag, or "".
func attribute(tag, name string) string {
	_, v, found := strings.Cut(tag, name+"=")
	if !found || v == "" {
		return ""
	}
	if quote := v[0]; quote == '"' || quote == '\'' {
		v, _, _ = strings.Cut(v[1:], string(quote))
		return v
	}
	if i := strings.IndexAny(v, " >"); i >= 0 {
		v = v[:i]
	}
	return v
}
