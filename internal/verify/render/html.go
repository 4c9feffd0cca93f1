package render

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"assay/internal/verify"
	"assay/internal/verify/page"
)

//go:embed html
var pages embed.FS

// HTML writes a page that shows the report, src, with every claim marked; a card
// at the claim says its verdict and why. The page is one file that loads nothing
// and runs nothing of the report's; it can be read without its script. It fails
// when w does, and for a text that is refused by [page.Check].
func HTML(w io.Writer, src []byte, r *verify.Result) error {
	var page bytes.Buffer
	style, script := part("html/page.css"), part("html/page.js")
	v := viewOf(r)
	v.Style, v.Script = hash(style), hash(script)
	out := bufio.NewWriter(&page)
	if err := frame.ExecuteTemplate(out, "head", v); err != nil {
		return fmt.Errorf("the result as a page: %w", err)
	}
	_, _ = out.WriteString("<style>" + style + "</style>\n")
	if err := frame.ExecuteTemplate(out, "top", v); err != nil {
		return fmt.Errorf("the result as a page: %w", err)
	}
	if err := body(out, src, r.Claims); err != nil {
		return fmt.Errorf("the result as a page: %w", err)
	}
	_, _ = out.WriteString("</article>\n<script>" + script + "</script>\n</body>\n</html>\n")
	_ = out.Flush() // into memory
	return put(w, "a page", visible(page.String()))
}

// part is a file of the page. It stands in the program.
func part(name string) string {
	b, err := pages.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// hash names the one style, and the one script, that the page allows.
func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// visible replaces what must not, or cannot, stand on a page: control
// characters, and those that turn the direction of writing.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= ' ' && r < 0x7f: // nearly all there is
			return r
		case r == '\r':
			return -1
		case r == '\n' || r == '\t':
			return r
		case unicode.In(r, unicode.Cc, unicode.Bidi_Control), r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// body writes the report with its marks.
func body(w *bufio.Writer, src []byte, claims []verify.Claim) error {
	if err := page.Check(src); err != nil {
		return err
	}
	src = slices.Clip(src)
	m := newMarker(src, claims)
	front := page.FrontMatter(src)
	md := goldmark.New(goldmark.WithParser(page.NewParser()), goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Strikethrough, extension.Linkify))
	doc := md.Parser().Parse(text.NewReader(page.Body(src)))
	flatten(doc, 0)
	join(doc, src)
	if front > 0 {
		m.leaves = append(m.leaves, 0)
	}
	m.leaves = append(m.leaves, leavesOf(doc, src)...)
	m.before(w, front)
	if err := m.render(w, md, doc); err != nil {
		return err
	}
	_, _ = w.WriteString("<p>")
	m.rest(w)
	_, _ = w.WriteString("</p>\n")
	return nil
}

func (m *marker) render(w *bufio.Writer, md goldmark.Markdown, doc ast.Node) error {
	md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(m, 1)))
	return md.Renderer().Render(w, m.src, doc)
}

// before writes what stands before the text: the front matter.
func (m *marker) before(w *bufio.Writer, front int) {
	if front > 0 {
		_, _ = w.WriteString(`<pre class="front"><code>`)
		m.leaf(w, 0, front, asIs)
		_, _ = w.WriteString("</code></pre>\n")
		return
	}
	_, _ = w.WriteString("<p>")
	m.strays(w, m.after(0))
	_, _ = w.WriteString("</p>\n")
}

// A view is what the frame of a page shows.
type view struct {
	Name, AsOf, Why, Language, Landscape string
	Style, Script                        string // hashes
	Total                                string
	Counts                               []count
	Findings                             []findingView
	Worst                                []worstView
}

type count struct {
	Class string
	N     int
}

type findingView struct {
	Class, Kind, Text, Place, Others string
	Sources                          []source
}

type worstView struct {
	ID                       int
	Class, Place, Text, Said string
}

func viewOf(r *verify.Result) view {
	v := view{
		Name: line(r.Name, maxWords), AsOf: line(string(r.AsOf), maxQuote), Why: line(r.AsOfWhy, maxWords),
		Language: line(r.Language, maxQuote), Landscape: line(short(r.Landscape), maxWords), Total: Total(r),
	}
	for _, verdict := range verify.Verdicts() {
		v.Counts = append(v.Counts, count{class(verdict), r.Count(verdict)})
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		v.Findings = append(v.Findings, findingView{
			class(f.Verdict), line(f.Kind, maxQuote), line(f.Text, maxWords), place(f.Place), others(f), sources(f.Evidence),
		})
	}
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Verdict == verify.Refuted || c.Verdict == verify.Outdated {
			v.Worst = append(v.Worst, worstView{i, class(c.Verdict), place(c.Place), headline(c), said(c)})
		}
	}
	slices.SortStableFunc(v.Worst, func(a, b worstView) int { return rank(verify.Verdict(a.Class)) - rank(verify.Verdict(b.Class)) })
	return v
}

// said is the details of a claim in a line.
func said(c *verify.Claim) string {
	var parts []string
	for _, d := range details(c) {
		parts = append(parts, d.Label+" "+d.Text)
	}
	return strings.Join(parts, "; ")
}
