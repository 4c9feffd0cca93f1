// Package svg writes a picture as SVG, and the stylesheet for pictures in pages.
//
// Every mark carries the colours of light paper as attributes, which any viewer
// understands, and classes, by which a stylesheet gives it others. No mark has a
// style of its own, so that a page may forbid inline styles.
//
// Texts come from anybody. They are escaped, and nothing else in the output is
// made of them, but for links, which package chart has looked at.
package svg

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"assay/internal/chart/mark"
)

// Form is where the SVG is going to stand.
type Form uint8

// The forms.
const (
	// Page is an element within a page of HTML. Its colours are in the
	// stylesheet of the page ([CSS]), and it has no paper of its own.
	Page Form = iota
	// File is a file of its own, with the stylesheet in it: it is light or dark as
	// the reader's system is.
	File
	// Light and Dark are files of their own that have one scheme and no stylesheet.
	Light
	Dark
)

// Options say how a picture is written.
type Options struct {
	Form Form
	// ID is what the names within the SVG begin with. Two pictures in one page
	// need different ones. It is letters, digits and hyphens.
	ID string
	// Class is a further class of the outermost element.
	Class string
}

// fonts are what the system of the reader has for its own texts.
const fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

// Write gives the picture as SVG. The same picture gives the same bytes.
func Write(p *mark.Picture, o Options) []byte {
	w := writer{o: o, scheme: mark.Light}
	if o.Form == Dark {
		w.scheme = mark.Dark
	}
	w.Grow(512 + 96*len(p.Marks))
	w.open(p)
	w.marks(p.Marks)
	w.WriteString("</svg>\n")
	return w.Bytes()
}

type writer struct {
	bytes.Buffer

	o      Options
	scheme mark.Scheme
	number []byte // room for one number
}

func (w *writer) open(p *mark.Picture) {
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" class="assay-chart`)
	if w.o.Class != "" {
		w.put(" ", w.o.Class)
	}
	// What is within a picture of the role img is not there for those who cannot see it; a
	// picture with links in it is a group.
	role := "img"
	if w.o.Form == Page && leads(p.Marks) {
		role = "group"
	}
	w.put(`" role="`, role, `" aria-labelledby="`, w.o.ID, `-title `, w.o.ID, `-desc"`)
	w.attr("width", p.W)
	w.attr("height", p.H)
	w.put(` viewBox="0 0 `)
	w.num(p.W)
	w.put(" ")
	w.num(p.H)
	w.put(`" font-family="`, fonts, `">`, "\n", `<title id="`, w.o.ID, `-title">`)
	w.text(p.Title)
	w.put(`</title>`, "\n", `<desc id="`, w.o.ID, `-desc">`)
	w.text(p.Desc)
	w.put("</desc>\n")
	if w.o.Form == File {
		w.put("<style>", own(p.Marks), "</style>\n")
	}
	if hatched(p.Marks) {
		w.pattern()
	}
	if w.o.Form != Page {
		w.mark(mark.Rect{W: p.W, H: p.H, Style: mark.Style{Fill: mark.Paper}})
	}
}

// pattern defines what lies over a fill that is hatched: stripes of paper.
func (w *writer) pattern() {
	w.put(`<defs><pattern id="`, w.o.ID, `-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 0V5"`)
	w.style(mark.Style{Stroke: mark.Paper, Width: 1.6})
	w.put("/></pattern></defs>\n")
}

// hatched reports whether any of the marks is.
func hatched(marks []mark.Mark) bool {
	there := false
	styles(marks, func(s mark.Style) { there = there || s.Hatch })
	return there
}

// styles calls see with the style of every mark.
func styles(marks []mark.Mark, see func(mark.Style)) {
	for _, m := range marks {
		switch m := m.(type) {
		case mark.Rect:
			see(m.Style)
		case mark.Path:
			see(m.Style)
		case mark.Circle:
			see(m.Style)
		case mark.Text:
			see(mark.Style{Fill: m.Fill})
		case mark.Group:
			styles(m.Marks, see)
		}
	}
}

func (w *writer) marks(all []mark.Mark) {
	for _, m := range all {
		w.mark(m)
	}
}

func (w *writer) mark(m mark.Mark) {
	switch m := m.(type) {
	case mark.Rect:
		w.shape(m.Style, func() { w.rect(m) })
	case mark.Path:
		w.shape(m.Style, func() { w.path(m) })
	case mark.Circle:
		w.shape(m.Style, func() { w.circle(m) })
	case mark.Text:
		w.label(m)
	case mark.Group:
		w.group(m)
	}
}

// shape writes an element that begin begins, and once more with the hatching.
func (w *writer) shape(s mark.Style, begin func()) {
	begin()
	w.style(s)
	w.put("/>\n")
	if s.Hatch {
		begin()
		w.put(` fill="url(#`, w.o.ID, `-hatch)"/>`, "\n")
	}
}

func (w *writer) rect(r mark.Rect) {
	w.put("<rect")
	w.attr("x", r.X)
	w.attr("y", r.Y)
	w.attr("width", r.W)
	w.attr("height", r.H)
}

func (w *writer) circle(c mark.Circle) {
	w.put("<circle")
	w.attr("cx", c.X)
	w.attr("cy", c.Y)
	w.attr("r", c.R)
}

func (w *writer) path(p mark.Path) {
	w.put(`<path d="`)
	for i, at := range p.Points {
		if i == 0 {
			w.put("M")
		} else {
			w.put("L")
		}
		w.num(at.X)
		w.put(" ")
		w.num(at.Y)
	}
	if p.Closed {
		w.put("Z")
	}
	w.put(`"`)
}

// style writes the colours as classes and as attributes. A shape without a fill
// says so, because one that says nothing is black.
func (w *writer) style(s mark.Style) {
	w.class(s.Fill, s.Stroke)
	if s.Fill == mark.None {
		w.put(` fill="none"`)
	} else {
		w.put(` fill="`, s.Fill.Hex(w.scheme), `"`)
	}
	if s.Faint {
		w.put(` fill-opacity="0.4"`)
	}
	if s.Stroke == mark.None {
		return
	}
	w.put(` stroke="`, s.Stroke.Hex(w.scheme), `"`)
	w.attr("stroke-width", s.Width)
	if s.Dash {
		w.put(` stroke-dasharray="4 3"`)
	}
	w.put(` stroke-linejoin="round"`)
}

func (w *writer) class(fill, stroke mark.Colour) {
	if w.o.Form == Light || w.o.Form == Dark || fill == mark.None && stroke == mark.None {
		return
	}
	w.put(` class="`)
	if fill != mark.None {
		w.put("f-", fill.Name())
	}
	if fill != mark.None && stroke != mark.None {
		w.put(" ")
	}
	if stroke != mark.None {
		w.put("s-", stroke.Name())
	}
	w.put(`"`)
}

func (w *writer) label(t mark.Text) {
	w.put("<text")
	w.attr("x", t.X)
	w.attr("y", t.Y)
	w.attr("font-size", t.Size)
	switch t.Anchor {
	case mark.Middle:
		w.put(` text-anchor="middle"`)
	case mark.End:
		w.put(` text-anchor="end"`)
	}
	if t.Bold {
		w.put(` font-weight="600"`)
	}
	w.style(mark.Style{Fill: t.Fill})
	w.put(">")
	w.text(t.Text)
	w.put("</text>\n")
}

func (w *writer) group(g mark.Group) {
	element := "g"
	if g.Href != "" {
		element = "a"
	}
	w.put("<", element)
	if g.Href != "" {
		w.put(` href="`)
		w.text(g.Href)
		w.put(`"`)
	}
	w.put(">")
	if g.Title != "" {
		w.put("<title>")
		w.text(g.Title)
		w.put("</title>")
	}
	w.put("\n")
	w.marks(g.Marks)
	w.put("</", element, ">\n")
}

func (w *writer) put(parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}

// text writes a text, escaped. Most need none.
func (w *writer) text(s string) {
	if !strings.ContainsFunc(s, special) {
		w.WriteString(s)
		return
	}
	_ = xml.EscapeText(w, []byte(s)) // writing to memory does not fail
}

// special reports whether XML would take the rune for something else, or refuse it.
func special(r rune) bool {
	return r < ' ' || r == '<' || r == '>' || r == '&' || r == '"' || r == '\'' || r >= 0xfffd
}

func (w *writer) attr(name string, v float64) {
	w.put(" ", name, `="`)
	w.num(v)
	w.put(`"`)
}

// num writes a number with two decimals at most.
func (w *writer) num(v float64) {
	w.number = appendNumber(w.number[:0], v)
	w.Write(w.number)
}

func appendNumber(b []byte, v float64) []byte {
	b = strconv.AppendFloat(b, v, 'f', 2, 64)
	b = bytes.TrimRight(b, "0")
	b = bytes.TrimSuffix(b, []byte("."))
	if string(b) == "-0" {
		return b[1:]
	}
	return b
}

// leads reports whether one of the marks is a link.
func leads(marks []mark.Mark) bool {
	for _, m := range marks {
		if g, ok := m.(mark.Group); ok && (g.Href != "" || leads(g.Marks)) {
			return true
		}
	}
	return false
}
