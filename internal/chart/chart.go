package chart

import (
	"fmt"
	"hash/fnv"
	"strings"

	"assay/internal/chart/mark"
	"assay/internal/chart/svg"
)

// A Chart is figures that can be drawn, told and tabulated.
type Chart interface {
	// Picture lays the chart out.
	Picture(o Options) *mark.Picture
	// Alt says in a sentence or two what the chart shows, and what is not certain in it.
	Alt() string
	// Table is the figures.
	Table() Table
	// SVG is the picture, written.
	SVG(o Options) []byte
}

// A Head is what stands around a chart.
type Head struct {
	// Title says what the chart shows. It is always the accessible name; it is
	// drawn where [Options.Heading] asks for it.
	Title string
	// Subtitle says what the figures are: "Bytes of Rust, at the end of each year".
	Subtitle string
	// Note is drawn at the foot: where the figures come from, and when.
	Note string
}

// Options say how a chart is drawn. The zero value is for a wide page.
type Options struct {
	// Width is that of the picture in pixels, 720 when it is 0. Below 520 the
	// layout is the narrow one.
	Width float64
	// Height is that of the part with the figures, where the kind leaves a choice.
	Height float64
	// Heading has title, subtitle and note drawn: for a file that stands alone.
	Heading bool
	// Form is where the SVG is going to stand.
	Form svg.Form
	// ID is what names within the SVG begin with. When it is "", one is made of the
	// title and what the chart shows.
	ID string
	// Class is a further class of the SVG element.
	Class string
}

// The widths that are meant to be used: a phone, and a column of text.
const (
	Narrow = 360
	Wide   = 720
)

const (
	leastWidth   = 240 // of all but sparks
	widest       = 2400
	leastHeight  = 16
	tallest      = 2400
	narrowBelow  = 520
	sizeTitle    = 16
	sizeSubtitle = 13
	sizeLabel    = 12
	sizeSmall    = 11
)

// CSS is the stylesheet that pages with charts need.
func CSS() string { return svg.CSS() }

// Pair gives a chart for a page in two layouts, of which the stylesheet shows the one
// that suits the screen.
func Pair(c Chart, o Options) []byte {
	o.Form, o.ID = svg.Page, o.id(c.Picture(o))
	wide, narrow := o, o
	wide.Class = strings.TrimSpace(o.Class + " assay-wide")
	narrow.Width, narrow.Class, narrow.ID = Narrow, strings.TrimSpace(o.Class+" assay-narrow"), o.ID+"-narrow"
	return append(c.SVG(wide), c.SVG(narrow)...)
}

// render writes the picture of a chart.
func render(c Chart, o Options) []byte {
	p := c.Picture(o)
	return svg.Write(p, svg.Options{Form: o.Form, ID: o.id(p), Class: words(o.Class)})
}

// id is a name for a picture: the given one without what is no letter, digit or
// hyphen, or one that is made of what the picture says.
func (o *Options) id(p *mark.Picture) string {
	if name := words(o.ID); name != "" {
		return strings.ReplaceAll(name, " ", "-")
	}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q %q %v", p.Title, p.Desc, p.W) // a hash takes everything
	return fmt.Sprintf("chart-%016x", h.Sum64())
}

// words keeps of a text what may stand in a name or a class.
func words(s string) string {
	fit := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == ' ':
			return r
		}
		return -1
	}
	return strings.Join(strings.Fields(strings.Map(fit, first(s, idBytes))), " ")
}

// width is the width that is used.
func (o *Options) width(least float64) float64 { return bounded(o.Width, Wide, least, widest) }

// height is the height that is used, usual where none is asked for.
func (o *Options) height(usual float64) float64 {
	return bounded(o.Height, usual, leastHeight, tallest)
}

// bounded is v within bounds, and usual where v is no size.
func bounded(v, usual, least, most float64) float64 {
	if !(v > 0) { // also where v is no number
		v = usual
	}
	return round(min(max(v, least), most))
}
