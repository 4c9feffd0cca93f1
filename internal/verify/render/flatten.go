package render

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"assay/internal/limit"
)

// flatten takes out marks, lists and quotations that lie too deep within one
// another, and leaves what is in them: browsers nest 512 elements, and what is
// deeper they put elsewhere.
func flatten(n ast.Node, depth int) {
	for c := n.FirstChild(); c != nil; {
		if depth < limit.VerifyShown || !nests(c) {
			flatten(c, depth+1)
			c = c.NextSibling()
			continue
		}
		first := c.FirstChild()
		for c.FirstChild() != nil {
			n.InsertBefore(n, c, c.FirstChild())
		}
		next := c.NextSibling()
		n.RemoveChild(n, c)
		if c = first; c == nil {
			c = next
		}
	}
}

func nests(n ast.Node) bool {
	switch n.(type) {
	case *ast.Emphasis, *east.Strikethrough, *ast.List, *ast.ListItem, *ast.Blockquote:
		return true
	}
	return false
}

// join makes one text of those that the parser looked for links between, so
// that a claim is one mark.
func join(n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		join(c, src)
		t, ok := c.(*ast.Text)
		for next := c.NextSibling(); ok && next != nil && t.Segment.Stop > 0 && t.Merge(next, src); next = c.NextSibling() {
			n.RemoveChild(n, next)
		}
	}
}
