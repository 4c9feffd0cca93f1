package site

import (
	"fmt"

	"assay/internal/chart"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/plot"
)

// projectCharts names the files of the charts on a project.
func (s *Site) projectCharts(p *usage.Project) { s.chartFiles(s.plotsOf(p)...) }

// chartsOf are the charts of a project.
func (s *Site) chartsOf(p *usage.Project) []*Chart { return shown(projectPath(p.ID), s.plotsOf(p)...) }

func (s *Site) plotsOf(p *usage.Project) []*drawing {
	return []*drawing{s.areaPlot(p), s.activityPlot(p)}
}

// areaPlot is the languages of a project through time; nil where no history is known.
func (s *Site) areaPlot(p *usage.Project) *drawing {
	area := s.frame.Languages(p.Name, ", at the ends of quarters", s.quarterly(p))
	if area == nil {
		return nil
	}
	note := "Counted bytes at the ends of quarters."
	if p.Trend != nil && p.Trend.Repositories < p.Trend.Of {
		note += fmt.Sprintf(" Of %d of the %d repositories that were read the history is known.", p.Trend.Repositories, p.Trend.Of)
	}
	return &drawing{
		path: "charts/projects/" + words.File(p.ID) + "/languages", title: area.Title, note: note,
		draw: func(string) chart.Chart { return area },
	}
}

// quarterly is the languages of a project at the ends of quarters.
func (s *Site) quarterly(p *usage.Project) *plot.Composition {
	c := plot.NewComposition()
	for _, m := range s.months[p.ID] {
		if s.isQuarter(m.Month) {
			c.Add(m.Month, m.Language, m.Bytes, m.Exact)
		}
	}
	return c
}

// stripMonths is how many months a strip of activity shows: ten years.
const stripMonths = 120

// activityPlot is the human commits of a project by month; nil where no history is known.
func (s *Site) activityPlot(p *usage.Project) *drawing {
	if p.Activity == nil || len(p.Activity.Months) == 0 {
		return nil
	}
	title := "Human commits to " + p.Name + ", month by month"
	open := !p.Quantities.CommitsYear.Exact()
	return &drawing{
		path: "charts/projects/" + words.File(p.ID) + "/activity", title: title, note: "Commits by people, no merges, under their committer date.",
		draw: func(string) chart.Chart {
			c := &chart.Strip{Head: s.frame.Head(title, "commits by people, no merges"), Unit: chart.Count, Series: []chart.Series{{Name: "human commits"}, {Name: "authors"}}}
			by := map[string][2]int{}
			for _, m := range p.Activity.Months {
				by[m.Month] = [2]int{m.Human, m.Authors}
			}
			all := monthsUntil(p.Activity.Months[0].Month, string(s.model.AsOf[:len("2006-01")]))
			for _, month := range all[max(0, len(all)-stripMonths):] {
				c.Periods = append(c.Periods, month)
				for i := range c.Series {
					v := chart.Of(float64(by[month][i]))
					if open {
						v = chart.Least(float64(by[month][i]))
					}
					c.Series[i].Values = append(c.Series[i].Values, v)
				}
			}
			return c
		},
	}
}

// monthsUntil are the months from one to another, both included.
func monthsUntil(from, to string) []string {
	var all []string
	for year, month := atoi(from[:4]), atoi(from[5:]); ; {
		m := fmt.Sprintf("%04d-%02d", year, month)
		if m > to {
			return all
		}
		all = append(all, m)
		if month++; month > 12 {
			year, month = year+1, 1
		}
	}
}
