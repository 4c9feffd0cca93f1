package document

import (
	"bytes"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"assay/internal/limit"
)

// A blockKind is the part a block plays in a text.
type blockKind int

const (
	paragraph blockKind = iota
	heading
	item // the first paragraph of a list item
	row  // a row of a table, its header apart
)

// A block is a piece of a Markdown text as its readers need it: plain text
// with links and lines. Code blocks, HTML blocks and comments are no blocks.
type block struct {
	kind   blockKind
	level  int // of a heading 1–6, of an item its depth from 1
	quoted bool
	inline
	header []string // of a row: the table's header, lower case
	cells  []inline // of a row
	list   int      // of an item: which list of the text, from 1
	table  int      // of a row: which table of the text, from 1
}

// An inline is a run of text without markup. A line break of the source is a
// line break in it.
type inline struct {
	text   string
	links  []link
	strong int    // length of the bold or italic text it starts with
	image  string // alternative text of its first image
	mail   bool   // an e-mail address was left out of it
	marks  []mark
}

// A link is a stretch of a text that leads somewhere.
type link struct {
	start, end int
	url        string
}

// A mark says that from offset at the text stands in the given source line.
type mark struct{ at, line int }

// line gives the source line of an offset of the text.
func (in *inline) line(at int) int {
	i := sort.Search(len(in.marks), func(i int) bool { return in.marks[i].at > at })
	if i == 0 {
		if len(in.marks) > 0 {
			return in.marks[0].line
		}
		return 0
	}
	return in.marks[i-1].line
}

// firstURL is the first web address among the links, or "".
func (in *inline) firstURL() string {
	for _, l := range in.links {
		if u := webURL(l.url); u != "" {
			return u
		}
	}
	return ""
}

// webURL gives u when it is a web address of reasonable length without
// anything that could break out of a page, else "".
func webURL(u string) string {
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
	if host == "" || strings.ContainsRune(host, '@') {
		return ""
	}
	return u
}

// A markdown reads Markdown with tables. It is made once: making a goldmark
// parser costs more than reading a short text with it.
type markdown struct{ parser parser.Parser }

func newMarkdown() *markdown {
	return &markdown{goldmark.New(goldmark.WithExtensions(extension.Table, extension.Linkify)).Parser()}
}

// blocks reads a text. It is safe to use from several goroutines.
func (m *markdown) blocks(src []byte) []block {
	src = plain(src)
	r := &reading{src: src, lines: newlines(src)}
	root := m.parser.Parse(text.NewReader(src))
	r.children(root, 0, false)
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
	out    []block
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
		r.add(block{kind: heading, level: n.Level, quoted: quoted}, n)
	case *ast.Paragraph, *ast.TextBlock:
		r.add(block{kind: paragraph, level: depth, quoted: quoted}, n)
	case *ast.List:
		r.list(n, depth+1, quoted)
	case *ast.Blockquote:
		r.children(n, depth, true)
	case *extast.Table:
		r.table(n, quoted)
	}
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
				r.add(block{kind: item, level: depth, quoted: quoted, list: id}, c)
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
		var cells []inline
		for td := tr.FirstChild(); td != nil && len(cells) < limit.TextPipes; td = td.NextSibling() {
			cells = append(cells, r.inline(td))
		}
		if tr.Kind() == extast.KindTableHeader {
			for _, c := range cells {
				header = append(header, strings.ToLower(strings.TrimSpace(flat(c.text))))
			}
			continue
		}
		b := block{kind: row, quoted: quoted, header: header, cells: cells, table: r.tables}
		for _, c := range cells {
			if len(c.marks) > 0 {
				b.marks = c.marks[:1]
				break
			}
		}
		r.out = append(r.out, b)
	}
}

func (r *reading) add(b block, n ast.Node) {
	if b.inline = r.inline(n); b.text == "" && b.image == "" {
		return
	}
	r.out = append(r.out, b)
}

// inline gathers the text below a block.
func (r *reading) inline(n ast.Node) inline {
	w := &inlineWriter{r: r}
	w.children(n, 0)
	in := w.in
	if at := n.Pos(); len(in.marks) == 0 && at >= 0 {
		in.marks = []mark{{0, r.lineOf(at)}}
	}
	in.text = strings.TrimRight(w.b.String(), " \n")
	for i := range in.links {
		in.links[i].end = min(in.links[i].end, len(in.text))
		in.links[i].start = min(in.links[i].start, in.links[i].end)
	}
	in.strong = min(in.strong, len(in.text))
	return in
}

// An inlineWriter is the state of gathering one inline.
type inlineWriter struct {
	r  *reading
	b  strings.Builder
	in inline
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
		w.in.links = append(w.in.links, link{start, w.b.Len(), string(n.Destination)})
	case *ast.Image:
		w.image(n)
	case *ast.Emphasis:
		w.children(n, depth+1)
		if start == 0 && w.b.Len() > w.in.strong {
			w.in.strong = w.b.Len()
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
		case c >= 0x80 && c < 0xa0, hidden(c):
		default:
			w.b.WriteRune(c)
		}
	}
}

// autoLink writes a web address; an e-mail address is not written at all.
func (w *inlineWriter) autoLink(n *ast.AutoLink) {
	if n.AutoLinkType == ast.AutoLinkEmail {
		w.in.mail = true
		return
	}
	start := w.b.Len()
	if at := n.Pos(); at > 0 {
		w.mark(at)
	}
	w.write(string(n.Label(w.r.src)))
	w.in.links = append(w.in.links, link{start, w.b.Len(), string(n.URL(w.r.src))})
}

func (w *inlineWriter) image(n *ast.Image) {
	if w.in.image != "" {
		return
	}
	alt := &inlineWriter{r: w.r}
	alt.children(n, 0)
	w.in.image = clean(alt.b.String())
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
		w.in.links = append(w.in.links, link{w.anchorAt, w.b.Len(), w.anchor})
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

// flat makes one line of a text with line breaks.
func flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }
