package page

import (
	"bytes"
	"math"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"assay/internal/errkind"
)

// Bounds on a text. What is larger is no report, and is refused: the parser's time
// and memory grow with the product of some of these, not with the size alone.
// Each is several times what the largest report has that was seen.
const (
	MaxBytes   = 4 << 20
	maxLines   = 200_000 // that are not blank: each may be a block
	maxNesting = 40      // lists, items and quotations within one another
	maxNests   = 200_000 // lists and quotations in all
	maxColumns = 200     // of a table
	maxCells   = 1 << 18 // of all tables: rows that are too short are filled up
	maxMarks   = 1 << 20 // brackets, stars, backquotes and the like, in all
	maxDepth   = 100     // of marks within one another
	maxText    = 1 << 15 // bytes of a paragraph, item, cell or line of code, as it is read
	// maxWork bounds what a parser does for marks whose end it has to look for. Each
	// may cost a look at all of its paragraph.
	maxWork = 1 << 31
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
		parser.WithBlockParsers(blocks...), parser.WithInlineParsers(inline...),
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
	if len(source) > MaxBytes {
		return errkind.WithHint(errkind.Errorf(errkind.Limit, "the report has %d bytes, %d are read at most", len(source), MaxBytes),
			"is it a text in Markdown?")
	}
	src := Body(source)
	g := &guard{src: src}
	if err := g.sized(source); err != nil {
		return err
	}
	pc := parser.NewContext()
	pc.Set(guardKey, g)
	doc := outline.Parser().Parse(text.NewReader(src), parser.WithContext(pc))
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
}

var guardKey = parser.NewContextKey()

// guardOf is the guard of a parse. One that is not watched has passed before.
func guardOf(pc parser.Context, src []byte) *guard {
	return pc.ComputeIfAbsent(guardKey, func() any { return &guard{src: src} }).(*guard)
}

// refuse keeps the first error. at is an offset.
func (g *guard) refuse(at int, format string, args ...any) {
	if g.err == nil {
		args = append([]any{1 + bytes.Count(g.src[:at], []byte("\n"))}, args...)
		g.err = errkind.WithHint(errkind.Errorf(errkind.Limit, "line %d: "+format, args...), "split the text, or leave out what is no report")
	}
}

// spend adds work that grows with the product of two counts, and reports whether
// there was as much left.
func (g *guard) spend(a, b int) bool {
	if a > 0 && b > math.MaxInt/2/a {
		g.work = maxWork + 1
		return false
	}
	g.work = min(g.work+a*b, maxWork+1)
	return g.work <= maxWork
}

// sized counts lines, and columns that are escaped within code: each of these is
// looked for in all code of all cells.
func (g *guard) sized(source []byte) error {
	n, at, escapes, quotes := 0, 0, 0, 0
	for l := range bytes.Lines(source) {
		if !util.IsBlank(l) {
			n++
		}
		if n > maxLines {
			g.refuse(at, "the report has more than %d lines with words in them", maxLines)
			return g.err
		}
		if e := bytes.Count(l, []byte(`\|`)); e > 0 {
			escapes, quotes = escapes+e, quotes+bytes.Count(l, []byte("`"))
		}
		at += len(l)
	}
	if !g.spend(escapes, quotes) {
		g.refuse(0, "the report has too many escaped columns within code, %d", escapes)
	}
	return g.err
}

// A nest opens lists or quotations, but not too deep within one another.
type nest struct{ parser.BlockParser }

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
	case depth >= maxNesting:
		g.refuse(at.Start, "lists and quotations lie more than %d deep within one another", maxNesting)
	case g.nests > maxNests:
		g.refuse(at.Start, "the report has more than %d lists and quotations", maxNests)
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
		g.refuse(node.Pos(), "a paragraph of %d lines has too many definitions of links, %d", lines.Len(), defined)
	}
	if g.err == nil {
		t.ParagraphTransformer.Transform(node, reader, pc)
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
	if columns > maxColumns {
		g.refuse(at, "a table has %d columns; tables of up to %d are read", columns, maxColumns)
		return
	}
	if g.cells += columns * rows; g.cells > maxCells {
		g.refuse(at, "the tables of the report have more than %d cells", maxCells)
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
	if g.marked += marks; g.marked > maxMarks {
		g.refuse(at, "more than %d brackets, stars, backquotes and the like are in the report", maxMarks)
	}
	if size := length(lines); !g.spend(marks, size) {
		g.refuse(at, "a paragraph of %d bytes has %d brackets, stars, backquotes and the like: with those before it too many to look for the ends of all", size, marks)
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
