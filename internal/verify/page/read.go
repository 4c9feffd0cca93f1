package page

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"assay/internal/limit"
)

var markdown = goldmark.New(goldmark.WithParser(NewParser()), goldmark.WithExtensions(extension.Table, extension.Strikethrough))

// Read reads a Markdown text. It fails with errkind.Limit for one that is too
// large, or so tangled that it would take long; whatever else is in it can be read.
func Read(source []byte) (*Page, error) {
	if err := Check(source); err != nil {
		return nil, err
	}
	p := &Page{Source: source, lines: []int{0}}
	for i, c := range source {
		if c == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	r := &reader{page: p, source: source}
	r.front(FrontMatter(source))
	r.source = Body(source)
	pc := parser.NewContext()
	doc := markdown.Parser().Parse(text.NewReader(r.source), parser.WithContext(pc))
	r.defined = guardOf(pc, r.source).defined
	r.blocks(doc, place{})
	if r.err != nil {
		return nil, r.err
	}
	return p, nil
}

// A reader turns the tree of a text into blocks.
type reader struct {
	page    *Page
	source  []byte
	section []*Block
	groups  int
	lead    *Block          // the last paragraph, while nothing else has come
	err     error           // the first text that is too large
	defined map[string]Span // where the addresses of links with a definition stand, by its label
}

// A place is where in the tree a reader is.
type place struct {
	list   int // depth of lists
	group  int
	lead   *Block
	quoted bool
}

// Body is a text as it is given to a parser of Markdown: its front matter is blank.
// Offsets stay: what is found at one stands there in src.
func Body(src []byte) []byte {
	out := slices.Clip(bytes.Clone(src)) // see LabelOf
	for i := range out[:FrontMatter(src)] {
		if out[i] != '\n' {
			out[i] = ' '
		}
	}
	return out
}

// FrontMatter is the length of the front matter that a text begins with, its
// fences included; 0 for none.
func FrontMatter(src []byte) int {
	at := 0
	for line := range bytes.Lines(src) {
		fence := strings.TrimRight(string(line), " \t\r\n") == "---"
		if at == 0 && !fence {
			return 0
		}
		first := at == 0
		if at += len(line); fence && !first {
			return at
		}
	}
	return 0
}

// front reads the lines of the front matter, which is so long.
func (r *reader) front(length int) {
	at := 0
	for line := range bytes.Lines(r.source[:length]) {
		if text := bytes.TrimRight(line, "\r\n"); at > 0 && at+len(line) < length {
			r.page.Blocks = append(r.page.Blocks, Block{Form: Front, Text: r.plain(text, at)})
		}
		at += len(line)
	}
}

// plain is a text that stands as it is at an offset.
func (r *reader) plain(line []byte, at int) Text {
	t := Text{S: string(line), at: make([]int, len(line)+1)}
	for i := range t.at {
		t.at[i] = at + i
	}
	r.bounded(&t, at)
	t.bareLinks()
	return t
}

// bounded refuses a text that is too long: what is looked for in it is compared with
// all else in it.
func (r *reader) bounded(t *Text, at int) {
	if len(t.S) > limit.VerifyText {
		r.refuse(at, "verify-text", "a text has %d bytes; paragraphs, items, cells and lines of code of up to %d are read", len(t.S), limit.VerifyText)
		*t = Text{}
	}
}

// refuse keeps the first error. at is an offset, name that of the limit.
func (r *reader) refuse(at int, name, format string, args ...any) {
	if r.err == nil {
		g := guard{src: r.source}
		g.refuse(at, name, format, args...)
		r.err = g.err
	}
}

func (r *reader) add(b Block) {
	b.Section = r.section
	r.page.Blocks = append(r.page.Blocks, b)
}

// blocks reads the blocks below n.
func (r *reader) blocks(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.block(c, at)
	}
}

func (r *reader) block(n ast.Node, at place) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		r.paragraph(n, at)
	case *ast.List:
		r.list(n, at)
	case *ast.FencedCodeBlock:
		r.code(n, string(n.Language(r.source)), at)
	case *ast.CodeBlock:
		r.code(n, "", at)
	case *east.Table:
		r.table(n, at)
	case *ast.Blockquote:
		at.quoted = true
		r.blocks(n, at)
	case *boxLine, *ast.HTMLBlock, *ast.ThematicBreak:
		r.lead = nil
	default:
		r.blocks(n, at)
	}
}

func (r *reader) heading(n *ast.Heading) {
	r.lead = nil
	for len(r.section) > 0 && r.section[len(r.section)-1].Level >= n.Level {
		r.section = r.section[:len(r.section)-1]
	}
	h := &Block{Form: Heading, Level: n.Level, Text: r.text(n)}
	r.add(*h)
	h.Section = r.section
	r.section = append(slices.Clip(r.section), h)
}

func (r *reader) paragraph(n ast.Node, at place) {
	t := r.text(n)
	if strings.TrimSpace(t.S) == "" {
		return
	}
	form := Paragraph
	if at.quoted && !strings.HasPrefix(t.S, "[!") {
		form = Quote
	}
	b := Block{Form: form, Text: t, Lead: at.lead, Group: at.group}
	r.add(b)
	r.lead = nil
	if b.leads() {
		r.lead = &b
	}
}

// leads reports whether a paragraph introduces what follows it.
func (b *Block) leads() bool {
	s := strings.TrimSpace(b.Text.S)
	if strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") {
		return true
	}
	return len(b.Text.Bold) == 1 && strings.TrimSpace(b.Text.Of(b.Text.Bold[0])) == s
}

func (r *reader) list(n *ast.List, at place) {
	r.groups++
	at.group, at.list = r.groups, at.list+1
	if r.lead != nil {
		at.lead = r.lead
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		r.item(item, at)
	}
	r.lead = nil
}

// item reads an item: its first text is the item, the rest stands below it.
func (r *reader) item(n ast.Node, at place) {
	below := at
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			if c != n.FirstChild() {
				break
			}
			b := Block{Form: Item, Level: at.list, Text: r.text(c), Lead: at.lead, Group: at.group}
			r.add(b)
			below.lead, r.lead = &b, nil
			continue
		}
		r.block(c, below)
	}
}

func (r *reader) code(n ast.Node, info string, at place) {
	r.groups++
	lead := at.lead
	if r.lead != nil {
		lead = r.lead
	}
	r.lead = nil
	lines := n.Lines()
	for i := range lines.Len() {
		s := lines.At(i)
		// Spaces that a tab stands for within a list are no bytes of the source.
		line := bytes.TrimRight(r.source[s.Start:s.Stop], "\r\n")
		if len(line) > 0 {
			r.add(Block{Form: Code, Text: r.plain(line, s.Start), Lead: lead, Group: r.groups, Info: info, Index: i})
		}
	}
}

func (r *reader) table(n *east.Table, at place) {
	r.groups++
	lead := at.lead
	if r.lead != nil {
		lead = r.lead
	}
	r.lead = nil
	var head *Block
	index := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		b := Block{Form: Row, Lead: lead, Group: r.groups, Head: head}
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			b.Cells = append(b.Cells, r.text(c))
		}
		if head != nil {
			b.Index = index
			index++
		}
		r.add(b)
		if head == nil {
			head = &b
		}
	}
}
