package site

import (
	"encoding/json"
	"html/template"
	"io"
	"strings"

	"assay/internal/chart"
	"assay/internal/chart/svg"
	"assay/internal/dataset/csv"
	"assay/internal/finding/quantity"
	"assay/internal/plot"
)

// A drawing is a chart with its place in the site. Its picture stands in pages, and in
// files of its own beside the figures.
type drawing struct {
	path  string // of its files, without their ending
	title string
	note  string
	wide  float64 // in pixels; 0 is the usual
	// draw makes the chart; root is the way to the root of the site from where it stands.
	draw func(root string) chart.Chart
}

// A Chart is a chart in a page.
type Chart struct {
	ID, Title, Note, Path, Alt string
	SVG                        template.HTML
	Table                      *Table
}

// on shows a chart on a page.
func (p *drawing) on(page string) *Chart {
	c := p.draw(rootOf(page))
	t := &Table{ID: "t-" + id(p.path), Caption: p.title}
	figures := c.Table()
	for i, name := range figures.Head {
		t.Columns = append(t.Columns, Column{Key: name, Label: name, Number: i > 0})
	}
	for _, row := range figures.Rows {
		var cells []Cell
		for _, x := range row {
			cells = append(cells, Cell{Text: x.Text, Open: x.Figure != nil && x.Figure.State != chart.Exact})
		}
		t.add("", cells...)
	}
	return &Chart{
		ID: id(p.path), Title: p.title, Note: p.note, Path: p.path, Alt: c.Alt(), Table: t,
		SVG: template.HTML(chart.Pair(c, chart.Options{ID: id(p.path), Width: p.wide})), //nolint:gosec // package chart escapes what it is given
	}
}

// id is the name of a chart within a page.
func id(path string) string {
	return "c-" + strings.NewReplacer("/", "-", ".", "-", "+", "-", "~", "-").Replace(path)
}

// chartFiles names the files of a chart: its picture, and its figures in two forms.
func (s *Site) chartFiles(all ...*drawing) {
	for _, p := range all {
		if p == nil {
			continue
		}
		s.add(p.path+".svg", svgType, func(w io.Writer) error {
			_, err := w.Write(p.draw(rootOf(p.path)).SVG(chart.Options{Heading: true, Form: svg.File}))
			return err
		})
		s.add(p.path+".csv", csvType, func(w io.Writer) error {
			head, rows := p.draw("").Table().Plain()
			return csv.Write(w, head, func(yield func([]any) bool) {
				for _, row := range rows {
					cells := make([]any, len(row))
					for i, cell := range row {
						cells[i] = cell
					}
					if !yield(cells) {
						return
					}
				}
			})
		})
		s.add(p.path+".json", jsonType, func(w io.Writer) error { return s.writeChart(w, p) })
	}
}

// writeChart writes the figures of a chart as JSON.
func (s *Site) writeChart(w io.Writer, p *drawing) error {
	c := p.draw("")
	head, rows := c.Table().Plain()
	return json.NewEncoder(w).Encode(struct {
		Title   string     `json:"title"`
		AsOf    string     `json:"as_of"`
		Source  string     `json:"source"`
		Alt     string     `json:"alt"`
		Columns []string   `json:"columns"`
		Rows    [][]string `json:"rows"`
	}{p.title, string(s.model.AsOf), s.model.Landscape.Evidence.Link(), c.Alt(), head, rows})
}

// shown shows charts on a page, but for those that have no figures.
func shown(page string, all ...*drawing) []*Chart {
	var out []*Chart
	for _, p := range all {
		if p != nil {
			out = append(out, p.on(page))
		}
	}
	return out
}

// languagesPlot is in how many projects languages are used.
func (s *Site) languagesPlot() *drawing {
	return &drawing{
		path: "charts/languages", title: "Projects that use a language", note: "A dot is what was read, and a bar leads from the number that is certain to the one that is possible.",
		draw: func(root string) chart.Chart {
			d := &chart.Dots{Head: s.frame.Head("Projects that use a language", "as core or component"), Unit: chart.Count}
			for _, l := range s.languages[:min(len(s.languages), plot.Few)] {
				d.Rows = append(d.Rows, chart.Dot{Name: l.Name, Value: plot.Value(l.Using), Href: root + l.path()})
			}
			return d
		},
	}
}

// homeCharts names the files of the charts of the home page; the others are named with
// the pages that they are on.
func (s *Site) homeCharts() { s.chartFiles(s.adoptionPlot()) }

// chartsOfHome are the charts of the home page.
func (s *Site) chartsOfHome() []*Chart { return shown(homePath, s.adoptionPlot(), s.languagesPlot()) }

// adoptionPlot is how many projects had the language that the site is about by
// the end of each year; nil where none uses it.
func (s *Site) adoptionPlot() *drawing {
	line := s.frame.Adoption(s.model.Growth)
	if line == nil {
		return nil
	}
	return &drawing{
		path: "charts/adoption", title: line.Title, note: "Of the projects that use it on the day of the survey: those in the landscape, and those that had the language, by the end of each year.",
		draw: func(string) chart.Chart { return line },
	}
}

// languagesCharts names the files of the charts on all languages.
func (s *Site) languagesCharts() { s.chartFiles(s.languagesPlot()) }

func (s *Site) chartsOfLanguages() []*Chart { return shown(languagesPath, s.languagesPlot()) }

// languageCharts names the files of the charts on a language.
func (s *Site) languageCharts(l *language) { s.chartFiles(s.bytesPlot(l)) }

func (s *Site) chartsOfLanguage(l *language) []*Chart { return shown(l.path(), s.bytesPlot(l)) }

// bytesPlot is the bytes of a language in all projects through time; nil where no
// history has it.
func (s *Site) bytesPlot(l *language) *drawing {
	months, values := s.bytesOf(l)
	if len(months) < 2 {
		return nil
	}
	title := l.Name + " in the landscape through time"
	return &drawing{
		path: "charts/languages/" + l.Slug, title: title, note: "Counted bytes at the ends of quarters, summed over the projects whose history is known: the sum of what was read.",
		draw: func(string) chart.Chart {
			return &chart.Line{Head: s.frame.Head(title, "counted bytes in what was read"), Unit: chart.Bytes, Periods: months, Series: []chart.Series{{Name: l.Name, Values: values}}}
		},
	}
}

// bytesOf sums a language over the projects at the ends of quarters.
func (s *Site) bytesOf(l *language) (months []string, values []chart.Value) {
	sums, open := map[string]int64{}, map[string]bool{}
	for _, all := range s.months {
		for _, m := range all {
			if m.Language == l.Name && s.isQuarter(m.Month) {
				sums[m.Month] += m.Bytes
				open[m.Month] = open[m.Month] || !m.Exact
			}
		}
	}
	for _, month := range sortedKeys(sums) {
		v := chart.Of(float64(sums[month]))
		if open[month] || !s.model.Coverage.Complete() {
			v = chart.Seen(float64(sums[month]))
		}
		months, values = append(months, month), append(values, v)
	}
	return months, values
}

// isQuarter reports whether a month ends a quarter, or is the last one.
func (s *Site) isQuarter(month string) bool {
	switch month[5:] {
	case "03", "06", "09", "12":
		return true
	}
	return month == string(s.model.AsOf[:len("2006-01")])
}

// peopleCharts names the files of the charts on people.
func (s *Site) peopleCharts() { s.chartFiles(s.organisationsPlot()) }

func (s *Site) chartsOfPeople() []*Chart { return shown(peoplePath, s.organisationsPlot()) }

// organisationsPlot is the organisations with most commits; nil where none is known.
func (s *Site) organisationsPlot() *drawing {
	all, _, _ := s.organisations()
	if len(all) == 0 {
		return nil
	}
	title := "Organisations with most human commits of the year"
	return &drawing{
		path: "charts/organisations", title: title, note: "Of the commits whose organisation is known: what was not read, and what is not known, can only add to each.",
		draw: func(string) chart.Chart {
			b := &chart.Bars{Head: s.frame.Head(title, "of the commits whose organisation is known"), Unit: chart.Count, Series: []chart.Series{{Name: "commits"}}}
			for _, o := range all[:min(len(all), plot.Few)] {
				b.Names, b.Series[0].Values = append(b.Names, o.name), append(b.Series[0].Values, plot.Value(quantity.More(o.commits, s.model.Coverage.Gap())))
			}
			return b
		},
	}
}
