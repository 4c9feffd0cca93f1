package page

import (
	"bytes"
	"math"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// NewParser is a parser of Markdown of what [Check] passes: its time
// grows with the size of the text.
func NewParser() parser.Parser { return newParser(parser.DefaultInlineParsers()...) }

func newParser(inline ...util.PrioritizedValue) parser.Parser {
	blocks := parser.DefaultBlockParsers()
	for i, b := range blocks {
		switch b.Value {
		case parser.NewListParser(), parser.NewBlockquoteParser():
			blocks[i].Value = nest{b.Value.(parser.BlockParser)}
		}
	}
	return parser.NewParser(
		parser.WithBlockParsers(append(blocks, boxLines{}.parser())...), parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100)),
	)
}

// outline parses blocks only, which tells what is in each before it is looked at.
var outline = func() goldmark.Markdown {
	md := goldmark.New(goldmark.WithParser(newParser()))
	md.Parser().AddOptions(parser.WithParagraphTransformers(
		util.Prioritized(table{extension.NewTableParagraphTransformer()}, 200)))
	return md
}()

// Check refuses a source that a parser would take long over. It fails with
// errkind.Limit and names the bound and the line.
func Check(source []byte) error {
	if len(source) > limit.VerifyBytes {
		return errkind.WithHint(errkind.Errorf(errkind.Limit, "the report has %s", limit.Over("verify-bytes", limit.VerifyBytes)),
			"is it a text in Markdown?")
	}
	src := Body(source)
	g := &guard{src: src}
	if err := g.sized(source); err != nil {
		return err
	}
	pc := parser.NewContext()
	pc.Set(guardKey, g)
	doc := outline.Parser().Parse(&watched{Reader: text.NewReader(src), guard: g}, parser.WithContext(pc))
	if g.err == nil {
		g.marks(doc)
	}
	return g.err
}

// A guard counts what a parser is about to do.
type guard struct {
	src    []byte
	nests  int
	cells  int
	marked int
	work   int
	err    error // the first bound that was passed
	// defined are the addresses of the definitions of links, by label: where they stand.
	defined map[string]Span
}

var guardKey = parser.NewContextKey()

// guardOf is the guard of a parse. One that is not watched has passed before.
func guardOf(pc parser.Context, src []byte) *guard {
	return pc.ComputeIfAbsent(guardKey, func() any { return &guard{src: src} }).(*guard)
}

// refuse keeps the first error. at is an offset, name that of the limit.
func (g *guard) refuse(at int, name, format string, args ...any) {
	if g.err == nil {
		args = append(append([]any{1 + bytes.Count(g.src[:at], []byte("\n"))}, args...), name)
		g.err = errkind.WithHint(errkind.Errorf(errkind.Limit, "line %d: "+format+" (limit %s)", args...), "split the text, or leave out what is no report")
	}
}

// spend adds work that grows with the product of two counts, and reports whether
// there was as much left.
func (g *guard) spend(a, b int) bool {
	if a > 0 && b > math.MaxInt/2/a {
		g.work = limit.VerifyWork + 1
		return false
	}
	g.work = min(g.work+a*b, limit.VerifyWork+1)
	return g.work <= limit.VerifyWork
}

// sized counts lines, and columns that are escaped within code: each of these is
// looked for in all code of all cells.
func (g *guard) sized(source []byte) error {
	n, blank, at, escapes, quotes := 0, 0, 0, 0, 0
	for l := range bytes.Lines(source) {
		if util.IsBlank(l) {
			blank++
		} else {
			n++
		}
		switch {
		case n > limit.VerifyLines:
			g.refuse(at, "verify-lines", "the report has more than %d lines with words in them", limit.VerifyLines)
			return g.err
		case blank > limit.VerifyBlank:
			g.refuse(at, "verify-blank", "the report has more than %d blank lines", limit.VerifyBlank)
			return g.err
		}
		if e := bytes.Count(l, []byte(`\|`)); e > 0 {
			escapes, quotes = escapes+e, quotes+bytes.Count(l, []byte("`"))
		}
		at += len(l)
	}
	if !g.spend(escapes, quotes) {
		g.refuse(0, "verify-work", "the report has too many escaped columns within code, %d", escapes)
	}
	return g.err
}

// A watched text ends with the line in which a bound is passed.
type watched struct {
	text.Reader
	guard *guard
	ended bool
}

func (w *watched) AdvanceLine() {
	w.Reader.AdvanceLine()
	w.ended = w.guard.err != nil
}

func (w *watched) PeekLine() ([]byte, text.Segment) {
	if w.ended {
		return nil, text.Segment{}
	}
	return w.Reader.PeekLine()
}

func (w *watched) SkipBlankLines() (text.Segment, int, bool) {
	if w.ended {
		return text.Segment{}, 0, false
	}
	return w.Reader.SkipBlankLines()
}

// A nest opens lists or quotations, but not too deep within one another.
type nest struct{ parser.BlockParser }

// nestWork is what a line costs, also a blank one, for each list or quotation that it
// lies in: the parser asks each, and remembers that it did.
const nestWork = limit.VerifyWork / limit.VerifyNested

func (b nest) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	g := guardOf(pc, reader.Source())
	if !g.spend(nestWork, 1) {
		_, at := reader.Position()
		g.refuse(at.Start, "verify-nested", "too many lines lie in lists and quotations, each counted for every one of them")
	}
	return b.BlockParser.Continue(node, reader, pc)
}

func (b nest) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	g := guardOf(pc, reader.Source())
	_, at := reader.Position()
	line, column := reader.Position()
	node, state := b.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return node, state
	}
	g.nests++
	switch depth := len(pc.OpenedBlocks()); {
	case depth >= limit.VerifyNesting:
		g.refuse(at.Start, "verify-nesting", "lists and quotations lie more than %d deep within one another", limit.VerifyNesting)
	case g.nests > limit.VerifyNests:
		g.refuse(at.Start, "verify-nests", "the report has more than %d lists and quotations", limit.VerifyNests)
	}
	if g.err != nil {
		reader.SetPosition(line, column)
		return nil, parser.NoChildren
	}
	return node, state
}

// definitions takes definitions of links out of a paragraph. For each of them the
// lines that follow are moved, and the end of a title is looked for in all of them.
type definitions struct{ parser.ParagraphTransformer }

func (t definitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	g := guardOf(pc, reader.Source())
	lines, defined, titled := node.Lines(), 0, 0
	for i := range lines.Len() {
		s := lines.At(i)
		if l := bytes.TrimLeft(s.Value(g.src), " "); len(l) > 0 && l[0] == '[' {
			defined++
			if bytes.ContainsAny(l, `"'(`) {
				titled++
			}
		}
	}
	if !g.spend(defined, lines.Len()) || !g.spend(titled, length(lines)) {
		g.refuse(node.Pos(), "verify-work", "a paragraph of %d lines has too many definitions of links, %d", lines.Len(), defined)
	}
	if g.err == nil {
		g.define(lines)
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// definition is a definition of a link in a line.
var definition = regexp.MustCompile(`^ {0,3}\[((?:[^\[\]\\]|\\.)+)\]:[ \t]*(?:<([^<>]*)>|([^\s<]\S*))`)

// define remembers where the addresses of definitions stand. The first of a label
// counts. A line that only looks like one is remembered too; it has no link.
func (g *guard) define(lines *text.Segments) {
	for i := range lines.Len() {
		s := lines.At(i)
		line := s.Value(g.src)
		m := definition.FindSubmatchIndex(line)
		if m == nil || s.Padding > 0 {
			continue
		}
		at := Span{s.Start + max(m[4], m[6]), s.Start + max(m[5], m[7])}
		label := util.ToLinkReference(line[m[2]:m[3]])
		if _, known := g.defined[label]; !known {
			if g.defined == nil {
				g.defined = map[string]Span{}
			}
			g.defined[label] = at
		}
	}
}

// length is how many bytes lines have.
func length(lines *text.Segments) int {
	n := 0
	for i := range lines.Len() {
		s := lines.At(i)
		n += s.Len()
	}
	return n
}

// table makes tables of paragraphs.
type table struct{ parser.ParagraphTransformer }

func (t table) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	g := guardOf(pc, reader.Source())
	lines := node.Lines()
	for i := 1; i < lines.Len() && g.err == nil; i++ {
		s := lines.At(i)
		if l := s.Value(g.src); isRuler(l) {
			g.table(s.Start, columnsOf(l), lines.Len()-i)
			break // the first makes the table
		}
	}
	if g.err == nil {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// isRuler reports whether a line may be the one below the heads of a table.
func isRuler(l []byte) bool {
	return bytes.ContainsAny(l, "|:") && len(bytes.Trim(l, "|-: \t\r\n")) == 0
}

// columnsOf is how many columns the line below the heads makes.
func columnsOf(l []byte) int {
	l = bytes.TrimSpace(l)
	l = bytes.TrimSuffix(bytes.TrimPrefix(l, []byte("|")), []byte("|"))
	return bytes.Count(l, []byte("|")) + 1
}

func (g *guard) table(at, columns, rows int) {
	if columns > limit.VerifyColumns {
		g.refuse(at, "verify-columns", "a table has %d columns; tables of up to %d are read", columns, limit.VerifyColumns)
		return
	}
	if g.cells += columns * rows; g.cells > limit.VerifyCells {
		g.refuse(at, "verify-cells", "the tables of the report have more than %d cells", limit.VerifyCells)
	}
}

// marks looks at the marks of all paragraphs, headings, items and cells below n.
func (g *guard) marks(n ast.Node) {
	for c := n.FirstChild(); c != nil && g.err == nil; c = c.NextSibling() {
		g.marks(c)
	}
	if n.Type() != ast.TypeBlock || n.IsRaw() || g.err != nil {
		return
	}
	lines, marks := n.Lines(), 0
	for i := range lines.Len() {
		s := lines.At(i)
		marks += marksIn(s.Value(g.src))
	}
	if marks == 0 {
		return
	}
	at := lines.At(0).Start
	if g.marked += marks; g.marked > limit.VerifyMarks {
		g.refuse(at, "verify-marks", "more than %d brackets, stars, backquotes and the like are in the report", limit.VerifyMarks)
	}
	if size := length(lines); !g.spend(marks, size) {
		g.refuse(at, "verify-work", "a paragraph of %d bytes has %d brackets, stars, backquotes and the like: with those before it too many to look for the ends of all", size, marks)
	}
}

// marksIn counts the marks whose end a parser looks for.
func marksIn(b []byte) int {
	n := 0
	for _, c := range b {
		switch c {
		case '[', ']', '<', '*', '_', '~', '`':
			n++
		}
	}
	return n
}
