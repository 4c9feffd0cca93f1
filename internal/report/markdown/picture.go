package markdown

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"

	"assay/internal/chart"
	"assay/internal/chart/mark"
	"assay/internal/chart/png"
	"assay/internal/chart/svg"
	"assay/internal/errkind"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/plot"
)

// A Format is what pictures are written as.
type Format string

// The formats.
const (
	SVG Format = "svg"
	PNG Format = "png" // for places that show no SVG; two pixels for one
)

// Formats lists them.
func Formats() []Format { return []Format{SVG, PNG} }

// Pictures has a report show its charts as pictures, each a light and a dark file. It is
// for one report: [Render] notes which charts that shows, and Write gives their files.
type Pictures struct {
	// Folder leads from the report to the folder of the files, its parts parted by
	// slashes; "" is the folder of the report.
	Folder string
	// Format of the files; "" is SVG.
	Format Format

	drawn []drawing
}

// A drawing is a chart that the report shows.
type drawing struct {
	name  string // of its files, without the scheme and the ending
	chart chart.Chart
	shown string // in the report
}

// schemes are the ends of the names of the two files of a chart.
var schemes = []struct {
	end    string
	form   svg.Form
	scheme mark.Scheme
}{
	{"-light", svg.Light, mark.Light},
	{"-dark", svg.Dark, mark.Dark},
}

// Write gives the files that the report shows, by their names, in the order in which it
// shows them. The same report gives the same bytes.
func (p *Pictures) Write(ctx context.Context, give func(name string, body []byte) error) error {
	for _, d := range p.drawn {
		for _, s := range schemes {
			if err := ctx.Err(); err != nil {
				return errkind.Errorf(errkind.Canceled, "drawing the charts: %w", err)
			}
			body, err := p.draw(d.chart, chart.Options{Heading: true, Form: s.form}, s.scheme)
			if err != nil {
				return fmt.Errorf("drawing the chart %s: %w", d.name, err)
			}
			if err := give(d.name+s.end+p.ending(), body); err != nil {
				return err
			}
		}
	}
	return nil
}

// draw draws a chart.
func (p *Pictures) draw(c chart.Chart, o chart.Options, scheme mark.Scheme) ([]byte, error) {
	if p.Format == PNG {
		return png.Encode(c.Picture(o), png.Options{Scheme: scheme})
	}
	return c.SVG(o), nil
}

func (p *Pictures) ending() string {
	if p.Format == PNG {
		return ".png"
	}
	return ".svg"
}

// show shows a chart in the report. Each has a name of its own, and is drawn once.
func (p *Pictures) show(flavor Flavor, name, title string, c chart.Chart) string {
	if i := slices.IndexFunc(p.drawn, func(d drawing) bool { return d.name == name }); i >= 0 {
		return p.drawn[i].shown
	}
	light, dark := p.address(name+schemes[0].end), p.address(name+schemes[1].end)
	said := title + ". " + c.Alt()
	d := drawing{name, c, picture(light, dark, said)}
	if flavor == Docusaurus {
		// Docusaurus puts pictures of Markdown in their place, and no others; its readers
		// choose light or dark by a switch of the page, of which no picture knows.
		d.shown = "![" + alt(said, escape) + "](" + light + ")"
	}
	p.drawn = append(p.drawn, d)
	return d.shown
}

// picture is HTML that shows one of two files, as the reader's system is. Its lines are
// one block of Markdown: none of them is empty.
func picture(light, dark, said string) string {
	return fmt.Sprintf("<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"%s\">\n<img src=\"%s\" width=\"%d\" alt=\"%s\">\n</picture>",
		dark, light, chart.Wide, alt(said, func(s string) string { return html.EscapeString(plain(s)) }))
}

// alt is a text in place of a picture: whole words, up to a length.
func alt(said string, escape func(string) string) string {
	if len(said) > limit.ChartAlt {
		cut := strings.ToValidUTF8(said[:limit.ChartAlt], "")
		said = cut[:max(strings.LastIndexByte(cut, ' '), 0)] + " …"
	}
	return escape(said)
}

// address leads from the report to a file. Nothing in it is markup, a scheme of an
// address, or a host.
func (p *Pictures) address(name string) string {
	var parts []string
	for part := range strings.SplitSeq(p.Folder, "/") {
		parts = append(parts, url.PathEscape(part))
	}
	to := strings.TrimSuffix(strings.Join(parts, "/"), "/") + "/" + url.PathEscape(name) + p.ending()
	switch {
	case p.Folder == "":
		to = "." + to
	case p.Folder != ".." && !strings.HasPrefix(p.Folder, "../") && !strings.HasPrefix(p.Folder, "/"):
		to = "./" + to
	}
	return encode(to)
}

// shows is a chart in the report, "" where there is none: as a picture where pictures are
// asked for.
func (p *Page) shows(what, title string, c chart.Chart) string {
	return p.pictures.show(p.Flavor, "assay-"+words.LanguageFile(p.Language)+"-"+what, title, c)
}

func (p *Page) frame() *plot.Frame {
	return &plot.Frame{Language: p.Language, AsOf: p.AsOf, From: p.Landscape.Evidence}
}

// GrowthChart is the projects by year: a Mermaid chart, or a picture.
func (p *Page) GrowthChart() string {
	if p.pictures == nil {
		return mermaid(p.Growth)
	}
	if c := p.frame().Adoption(p.Growth); c != nil {
		return p.shows("growth", c.Title, c)
	}
	return ""
}

// MaturityChart is the number of projects of each level that use the language, as a
// picture; "" where pictures are not asked for.
func (p *Page) MaturityChart() string {
	if p.pictures == nil {
		return ""
	}
	if c := p.frame().Maturities(p.Summary.Maturities); c != nil {
		return p.shows("maturity", c.Title, c)
	}
	return ""
}

// LargestChart is the projects with most of the language, as a picture; "" where pictures
// are not asked for.
func (p *Page) LargestChart() string {
	if p.pictures == nil {
		return ""
	}
	if c := p.frame().Largest(p.Using()); c != nil {
		return p.shows("largest", c.Title, c)
	}
	return ""
}

// TrendChart is the share of the language in the project through time: a Mermaid chart,
// or a picture.
func (v View) TrendChart() string {
	if v.Page.pictures == nil {
		return trend(v.Trend, v.Page.Language)
	}
	if v.Trend == nil {
		return ""
	}
	if c := v.Page.frame().Share(v.Name, v.Trend); c != nil {
		return v.shows("share", c.Title, c)
	}
	return ""
}

// LanguagesChart is the languages of the project through time, as a picture; "" where
// pictures are not asked for.
func (v View) LanguagesChart() string {
	if v.Page.pictures == nil || v.Trend == nil {
		return ""
	}
	if c := v.Page.frame().Languages(v.Name, ", at the end of each year, the last on "+string(v.Page.AsOf), plot.Yearly(v.Trend)); c != nil {
		return v.shows("languages", c.Title, c)
	}
	return ""
}

func (v View) shows(what, title string, c chart.Chart) string {
	return v.Page.shows(what+"-"+words.File(v.ID), title, c)
}
