package render

import (
	"bytes"
	"html"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"assay/internal/verify/page"
)

// RegisterFuncs tells goldmark which nodes we write: those with bytes of the
// report in them, and those that could lead somewhere. HTML of the report is
// shown as it is written.
func (m *marker) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	for kind, write := range map[ast.NodeKind]func(util.BufWriter, ast.Node, bool) ast.WalkStatus{
		ast.KindText: m.text, ast.KindCodeSpan: m.codeSpan, ast.KindCodeBlock: m.codeBlock, ast.KindFencedCodeBlock: m.codeBlock,
		ast.KindHTMLBlock: m.htmlBlock, ast.KindRawHTML: m.rawHTML, ast.KindAutoLink: m.autoLink, ast.KindLink: m.link, ast.KindImage: m.image,
	} {
		r.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return write(w, n, entering), nil
		})
	}
}

func asMarkdown(w util.BufWriter, b []byte) { ghtml.DefaultWriter.Write(w, b) }

func asIs(w util.BufWriter, b []byte) { _, _ = w.WriteString(html.EscapeString(string(b))) }

// spaced is asIs with line ends as blanks, as code within a text is shown.
func spaced(w util.BufWriter, b []byte) { asIs(w, bytes.ReplaceAll(b, []byte("\n"), []byte(" "))) }

func (m *marker) text(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	n := node.(*ast.Text)
	write := asMarkdown
	if n.IsRaw() {
		write = asIs
	}
	m.leaf(w, n.Segment.Start, n.Segment.Stop, write)
	switch {
	case n.IsRaw():
	case n.HardLineBreak():
		_, _ = w.WriteString("<br>\n")
	case n.SoftLineBreak():
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue
}

func (m *marker) codeSpan(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	_, _ = w.WriteString("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			m.leaf(w, t.Segment.Start, t.Segment.Stop, spaced)
		}
	}
	_, _ = w.WriteString("</code>")
	return ast.WalkSkipChildren
}

func (m *marker) codeBlock(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		m.block(w, "code", n.Lines())
	}
	return ast.WalkSkipChildren
}

func (m *marker) htmlBlock(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	if entering {
		m.block(w, "raw", htmlLines(node.(*ast.HTMLBlock)))
	}
	return ast.WalkSkipChildren
}

// htmlLines are the lines of a block of HTML with the one that closes it.
func htmlLines(n *ast.HTMLBlock) *text.Segments {
	all := text.NewSegments()
	all.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		all.Append(n.ClosureLine)
	}
	return all
}

func (m *marker) block(w util.BufWriter, class string, lines *text.Segments) {
	_, _ = w.WriteString(`<pre class="` + class + `"><code>`)
	m.segments(w, lines)
	_, _ = w.WriteString("</code></pre>\n")
}

func (m *marker) segments(w util.BufWriter, lines *text.Segments) {
	for i := range lines.Len() {
		s := lines.At(i)
		_, _ = w.WriteString(strings.Repeat(" ", s.Padding))
		m.leaf(w, s.Start, s.Stop, asIs)
	}
}

func (m *marker) rawHTML(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		_, _ = w.WriteString(`<code class="raw">`)
		m.segments(w, n.(*ast.RawHTML).Segments)
		_, _ = w.WriteString("</code>")
	}
	return ast.WalkSkipChildren
}

func (m *marker) autoLink(w util.BufWriter, node ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	n := node.(*ast.AutoLink)
	address := string(util.URLEscape(n.URL(m.src), false))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	m.href = append(m.href, target(address))
	from, to := page.LabelOf(n, m.src)
	m.leaf(w, from, to, asIs)
	m.href = m.href[:len(m.href)-1]
	return ast.WalkContinue
}

func (m *marker) link(_ util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		m.href = append(m.href, target(string(util.URLEscape(n.(*ast.Link).Destination, true))))
	} else {
		m.href = m.href[:len(m.href)-1]
	}
	return ast.WalkContinue
}

// image shows the words of an image and where it is. It is not loaded: the page
// asks nobody for anything.
func (m *marker) image(w util.BufWriter, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		_, _ = w.WriteString(`<span class="image">`)
		m.href = append(m.href, target(string(util.URLEscape(n.(*ast.Image).Destination, true))))
	} else {
		_, _ = w.WriteString("</span>")
		m.href = m.href[:len(m.href)-1]
	}
	return ast.WalkContinue
}

// target is an address of the report that the page may lead to, or "". It is
// looked at in the form in which a browser gets it.
func target(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxLink {
		return ""
	}
	switch u.Scheme {
	case "", "http", "https", "mailto":
		return u.String()
	}
	return ""
}

// leavesOf gives where the texts below a node begin that are shown, in order.
func leavesOf(n ast.Node, src []byte) []int {
	var starts []int
	lines := func(all *text.Segments) {
		for i := range all.Len() {
			starts = append(starts, all.At(i).Start)
		}
	}
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			starts = append(starts, n.Segment.Start)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			lines(n.Lines())
		case *ast.HTMLBlock:
			lines(htmlLines(n))
		case *ast.RawHTML:
			lines(n.Segments)
		case *ast.AutoLink:
			from, _ := page.LabelOf(n, src)
			starts = append(starts, from)
		}
		return ast.WalkContinue, nil
	})
	return starts
}
