package site

import (
	"assay/internal/chart"
	"assay/internal/plot"
)

// mapOf is the map of a language on a page; nil where there is none.
func (s *Site) mapOf(page string, l *language) *Chart {
	if p := s.mapPlot(l); p != nil {
		return p.on(page)
	}
	return nil
}

// mapPlot is the projects by category: as large as their code, as dark as the share of a
// language; nil where no project was read.
func (s *Site) mapPlot(l *language) *drawing {
	if l == nil || s.model.Coverage.Read == 0 {
		return nil
	}
	title := l.Name + " on the map of the landscape"
	return &drawing{
		path: "charts/maps/" + l.Slug, title: title, wide: 1120, note: "The area is the bytes of all code that was read, the colour the share of " + l.Name + ". Projects of which nothing was read have no tile.",
		draw: func(root string) chart.Chart { return s.treemap(root, title, l) },
	}
}

// treemap draws the map of a language.
func (s *Site) treemap(root, title string, l *language) *chart.Treemap {
	t := &chart.Treemap{
		Head: s.frame.Head(title, "area: bytes of code; colour: share of "+l.Name), AreaName: "bytes of code", AreaUnit: chart.Bytes,
		ColourName: "share of " + l.Name, ColourUnit: chart.Share,
	}
	groups := map[string]int{}
	rows := s.lists.Of(l.Name)
	for i := range rows {
		r := &rows[i]
		p := s.projects[r.ID]
		if p == nil {
			continue
		}
		category := p.Item.Category
		k, ok := groups[category]
		if !ok {
			k = len(t.Groups)
			groups[category] = k
			t.Groups = append(t.Groups, chart.TileGroup{Name: category})
		}
		q := &r.Quantities
		t.Groups[k].Tiles = append(t.Groups[k].Tiles, chart.Tile{Name: r.Project, Href: root + projectPath(r.ID), Area: plot.Value(q.Total), Colour: plot.Value(q.Share)})
	}
	return t
}
