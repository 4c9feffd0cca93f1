package page

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A boxLine is a line that begins or ends a box of Docusaurus: ":::warning[Title]", ":::".
// It says nothing itself, and is shown as the paragraph that it is in other Markdown.
// See https://docusaurus.io/docs/markdown-features/admonitions.
type boxLine struct{ ast.Paragraph }

// boxLines parses them. They end the paragraph that stands before them.
type boxLines struct{}

// beforeParagraphs is a place after the parsers that Markdown has, and before that of
// paragraphs, which takes what is left.
const beforeParagraphs = 950

func (boxLines) parser() util.PrioritizedValue { return util.Prioritized(boxLines{}, beforeParagraphs) }

func (boxLines) Trigger() []byte { return []byte{':'} }

func (boxLines) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if !bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte(":::")) {
		return nil, parser.NoChildren
	}
	n := &boxLine{}
	n.Lines().Append(segment.TrimLeftSpace(reader.Source()))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (boxLines) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }

func (boxLines) Close(ast.Node, text.Reader, parser.Context) {}

func (boxLines) CanInterruptParagraph() bool { return true }

func (boxLines) CanAcceptIndentedLine() bool { return false }
