package page

import (
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
)

// text reads the text below n.
func (r *reader) text(n ast.Node) Text {
	b := &builder{source: r.source}
	b.children(n, 0)
	if b.deep {
		r.refuse(max(n.Pos(), 0), "verify-inline", "marks lie more than %d deep within one another", limit.VerifyInline)
	}
	t := b.t
	t.S = b.s.String()
	end := 0
	if k := len(t.at); k > 0 {
		end = t.at[k-1] + 1
	}
	t.at = append(t.at, end)
	t.trim()
	r.bounded(&t, max(n.Pos(), 0))
	slices.SortFunc(t.Bold, func(a, b Span) int { return a.From - b.From })
	slices.SortFunc(t.Links, func(a, b Link) int { return a.From - b.From })
	t.bareLinks()
	return t
}

// trim takes the space at both ends away.
func (t *Text) trim() {
	from := len(t.S) - len(strings.TrimLeft(t.S, " \t\n"))
	to := len(strings.TrimRight(t.S, " \t\n"))
	if to <= from {
		*t = Text{}
		return
	}
	if from == 0 && to == len(t.S) {
		return
	}
	inside := func(at int) int { return min(max(at, from), to) - from }
	move := func(s *Span) { s.From, s.To = inside(s.From), inside(s.To) }
	t.S, t.at = t.S[from:to], t.at[from:to+1]
	for i := range t.Links {
		move(&t.Links[i].Span)
	}
	for i := range t.Bold {
		move(&t.Bold[i])
	}
	for i := range t.CodeSpans {
		move(&t.CodeSpans[i])
	}
}

// A builder gathers the text of inline nodes.
type builder struct {
	source []byte
	s      strings.Builder
	t      Text
	deep   bool // marks lie too deep within one another
}

func (b *builder) children(n ast.Node, depth int) {
	if depth > limit.VerifyInline {
		b.deep = true
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.inline(c, depth)
	}
}

func (b *builder) inline(n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Text:
		b.segment(n.Segment.Start, n.Segment.Stop)
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.put(" ", n.Segment.Stop)
		}
	case *ast.CodeSpan:
		from := b.s.Len()
		b.raw(n)
		b.t.CodeSpans = append(b.t.CodeSpans, Span{from, b.s.Len()})
	case *ast.Emphasis:
		from := b.s.Len()
		b.children(n, depth+1)
		if n.Level == 2 && from < b.s.Len() {
			b.t.Bold = append(b.t.Bold, Span{from, b.s.Len()})
		}
	case *ast.Link:
		from := b.s.Len()
		b.children(n, depth+1)
		b.link(Link{Span: Span{from, b.s.Len()}, URL: string(n.Destination)})
	case *ast.AutoLink:
		from := b.s.Len()
		at, end := LabelOf(n, b.source)
		for i := at; i < end; i++ {
			b.byte(i)
		}
		b.t.Links = append(b.t.Links, Link{Span: Span{from, b.s.Len()}, URL: string(n.URL(b.source)), Bare: true, At: Span{at, end}})
	case *ast.Image, *ast.RawHTML, *extension.Strikethrough: // struck out is not said
		b.put(" ", b.end())
	default:
		b.children(n, depth+1)
	}
}

// LabelOf gives the bytes of an automatic link. The node does not tell them; but
// what it gives is a part of the source, so the bytes behind it say where.
func LabelOf(n *ast.AutoLink, src []byte) (from, to int) {
	label := n.Label(src)
	from = cap(src) - cap(label)
	return from, from + len(label)
}

// link adds a link with the place of its address in the source, which follows
// its text.
func (b *builder) link(l Link) {
	if l.From < l.To {
		after := b.t.at[l.To-1] + 1
		near := b.source[after:min(len(b.source), after+len(l.URL)+8)]
		if i := strings.Index(string(near), l.URL); i >= 0 {
			l.At = Span{after + i, after + i + len(l.URL)}
		}
	}
	b.t.Links = append(b.t.Links, l)
}

// end is the offset after the last byte put.
func (b *builder) end() int {
	if k := len(b.t.at); k > 0 {
		return b.t.at[k-1] + 1
	}
	return 0
}

// put adds text that all stands at one offset of the source.
func (b *builder) put(s string, at int) {
	b.s.WriteString(s)
	for range len(s) {
		b.t.at = append(b.t.at, at)
	}
}

// raw adds the text of a code span, in which nothing is escaped.
func (b *builder) raw(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			for i := t.Segment.Start; i < t.Segment.Stop; i++ {
				b.byte(i)
			}
		}
	}
}

func (b *builder) byte(i int) {
	c := b.source[i]
	if c == '\n' || c == '\r' {
		c = ' '
	}
	b.s.WriteByte(c)
	b.t.at = append(b.t.at, i)
}

// entity is a character reference.
var entity = lazyregexp.New(`^&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)

// segment adds a stretch of the source, escapes and references resolved.
func (b *builder) segment(from, to int) {
	for i := from; i < to; i++ {
		switch c := b.source[i]; {
		case c == '\\' && i+1 < to && isPunct(b.source[i+1]):
			i++
			b.byte(i)
		case c == '&':
			if ref := entity.Find(b.source[i:to]); ref != nil {
				b.put(html.UnescapeString(string(ref)), i)
				b.t.references = append(b.t.references, Span{i, i + len(ref)})
				i += len(ref) - 1
				continue
			}
			b.byte(i)
		case c == 0xe2 && invisible(b.source[i:to]):
			i += 2
		default:
			b.byte(i)
		}
	}
}

// invisible reports whether a text begins with a character that only says where
// a line may break: U+200B or U+2060.
func invisible(b []byte) bool {
	return len(b) > 2 && b[1] == 0x80 && b[2] == 0x8b || len(b) > 2 && b[1] == 0x81 && b[2] == 0xa0
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// bare is an address that stands in a text as such.
var bare = lazyregexp.New(`https?://[^\s<>()\[\]"'` + "`" + `|]+`)

// bareLinks finds addresses in the text.
func (t *Text) bareLinks() {
	if !strings.Contains(t.S, "://") {
		return
	}
	known := t.Links // in order
	for _, m := range bare.FindAllStringIndex(t.S, -1) {
		for len(known) > 0 && known[0].To <= m[0] {
			known = known[1:]
		}
		if len(known) > 0 && known[0].From < m[1] {
			continue
		}
		url := strings.TrimRight(t.S[m[0]:m[1]], ".,;:!?*_")
		s := Span{m[0], m[0] + len(url)}
		t.Links = append(t.Links, Link{Span: s, URL: url, Bare: true, At: t.Source(s)})
	}
	slices.SortFunc(t.Links, func(a, b Link) int { return a.From - b.From })
}
