package svg

import (
	"strings"

	"assay/internal/chart/mark"
)

// CSS is the stylesheet for pictures of the form [Page]. Each colour is a variable,
// --assay-ink and so on, which a page may set anew. The scheme is that of the reader's
// system, unless the page says data-theme="light" or data-theme="dark" on its outermost
// element.
//
// A picture of the class assay-wide is shown on wide screens only, one of the
// class assay-narrow on narrow ones only: see chart.Pair.
func CSS() string { return stylesheet }

var stylesheet = makeCSS()

func makeCSS() string {
	var b strings.Builder
	b.WriteString(":root{" + variables(mark.Light) + "}\n")
	b.WriteString("@media (prefers-color-scheme:dark){:root:not([data-theme=light]){" + variables(mark.Dark) + "}}\n")
	b.WriteString(":root[data-theme=dark]{" + variables(mark.Dark) + "}\n")
	b.WriteString(".assay-chart{max-width:100%;height:auto}\n")
	b.WriteString(".assay-chart a:hover,.assay-chart a:focus{opacity:.8}\n")
	b.WriteString("@media (max-width:599px){.assay-wide{display:none}}\n")
	b.WriteString("@media (min-width:600px){.assay-narrow{display:none}}\n")
	for _, c := range mark.Colours() {
		b.WriteString(".assay-chart " + fill(c, mark.Light) + ".assay-chart " + stroke(c, mark.Light))
	}
	return b.String()
}

// own is the stylesheet in a [File]: what is other than light, of the colours that it has.
func own(marks []mark.Mark) string {
	fills, strokes := map[mark.Colour]bool{}, map[mark.Colour]bool{mark.Paper: true}
	fills[mark.Paper] = true
	styles(marks, func(s mark.Style) { fills[s.Fill], strokes[s.Stroke] = true, true })
	var b strings.Builder
	b.WriteString("@media (prefers-color-scheme:dark){\n")
	for _, c := range mark.Colours() {
		if fills[c] {
			b.WriteString(fill(c, mark.Dark))
		}
		if strokes[c] {
			b.WriteString(stroke(c, mark.Dark))
		}
	}
	b.WriteString("}")
	return b.String()
}

func fill(c mark.Colour, s mark.Scheme) string {
	return ".f-" + c.Name() + "{fill:" + value(c, s) + "}\n"
}

func stroke(c mark.Colour, s mark.Scheme) string {
	return ".s-" + c.Name() + "{stroke:" + value(c, s) + "}\n"
}

// value is the variable of a colour, and the colour where it is not set.
func value(c mark.Colour, s mark.Scheme) string {
	return "var(--assay-" + c.Name() + "," + c.Hex(s) + ")"
}

// variables sets the variables of all colours.
func variables(s mark.Scheme) string {
	var b strings.Builder
	for _, c := range mark.Colours() {
		b.WriteString("--assay-" + c.Name() + ":" + c.Hex(s) + ";")
	}
	return b.String()
}
