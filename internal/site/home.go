package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/chart"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// homePages name the home page, and the page for what is not there.
func (s *Site) homePages() {
	s.page(leaf{homePath, homePath, "home", s.title(), fmt.Sprintf("Which projects of the %s landscape are written in which language, how much, since when, and how they are doing: with the source of every figure.", s.model.Name)},
		func() (any, error) { return s.home(), nil })
	s.page(leaf{missingPath, "", "missing", "Not found", "There is no such page."}, func() (any, error) { return nil, nil })
	s.homeCharts()
	s.mapPages()
}

// title names the landscape.
func (s *Site) title() string {
	if strings.HasSuffix(strings.ToLower(s.model.Name), "landscape") {
		return "The languages of the " + s.model.Name
	}
	return "The languages of the " + s.model.Name + " landscape"
}

// A homeView is the home page.
type homeView struct {
	Title    string
	Lead     string
	Language string
	Path     string // of its page
	Tiles    []Tile
	Charts   []*Chart
	Map      *Chart
	Coverage []Tile
	Largest  Table
}

// home is the home page.
func (s *Site) home() *homeView {
	c, q := &s.model.Coverage, &s.model.Summary.Quantities
	v := &homeView{
		Title: s.title(), Language: s.opts.Language, Charts: s.chartsOfHome(), Map: s.mapOf(homePath, s.languageNamed(s.opts.Language)),
		Lead: fmt.Sprintf("%s and %s, of which %s were read, as they were on %s.", words.Amount(c.Projects, "project"), words.Amount(c.Repositories, "repository"), words.Number(c.Read), s.model.AsOf),
		Tiles: []Tile{
			{"Projects that use it", count(q.Using), words.Count(q.Using)},
			{"as core", count(q.Core), "the largest language of the project or of its primary repository"},
			{"as a component", count(q.Component), "a repository or package of its own"},
			{"Bytes", figure(q.Bytes, amount), "in these projects"},
			{"Lines of code", count(q.Code), ""},
		},
		Coverage: []Tile{
			{"Repositories read", number(c.Read), fmt.Sprintf("of %s", words.Number(c.Repositories))},
			{"Not found", number(c.Absent), ""}, {"Failed", number(c.Failed), ""}, {"Mirrors that end before the day", number(c.Stale), staleNote(string(c.Since))},
			{"Lists that may be longer", number(c.Open), "organisations that their host did not list"},
		},
	}
	if l := s.languageNamed(s.opts.Language); l != nil {
		v.Path = l.path()
	}
	v.Largest = s.largestTable()
	return v
}

func staleNote(since string) string {
	if since == "" {
		return ""
	}
	return "the first on " + since
}

// fewLargest is how many projects the home page lists.
const fewLargest = 12

// largestTable is the projects with most of the language that the site is about.
func (s *Site) largestTable() Table {
	t := Table{ID: "largest", Caption: "Most " + s.opts.Language + ", by bytes that were read", Columns: append([]Column{column("project", "name", "Project"), column("project", "maturity", "Level")},
		languageColumns(s.opts.Language)[:3]...), Empty: "No project was found to use it."}
	rows := s.lists.Of(s.opts.Language)
	slices.SortStableFunc(rows, func(a, b usage.Row) int { return cmp.Compare(b.Quantities.Bytes.Or(0), a.Quantities.Bytes.Or(0)) })
	for i := range rows {
		r := &rows[i]
		if len(t.Rows) == fewLargest || !r.Class.Uses() {
			continue
		}
		t.add(r.ID, append([]Cell{to(r.Project, projectPath(r.ID)), {Text: r.Maturity, Sort: levelSort(r.Maturity)}}, languageCells(r)[:3]...)...)
	}
	return t
}

// A mapView is the page of a map.
type mapView struct {
	Language, Path string
	Chart          *Chart
	Years          *yearsOf // nil for none
	Others         []Cell
}

// A yearsOf is the colours of the tiles of a map at the ends of years, in what was read.
type yearsOf struct {
	// Classes are those of a tile and of the texts on it.
	Classes [][2]string `json:"classes"`
	Years   []yearOf    `json:"years"`
}

// A yearOf is the end of a year: by the page of a project the number of its colour.
type yearOf struct {
	Year string         `json:"year"`
	Of   map[string]int `json:"of"`
}

// fewestOnMap is how many projects a language is in for a map of its own.
const fewestOnMap = 3

// hasMap reports whether a language has a map.
func (l *language) hasMap() bool { return l.Using.Or(0) >= fewestOnMap }

func (l *language) mapPath() string { return "maps/" + l.Slug + ".html" }

// mapPages names the maps: that of the language which the site is about, and one for
// each that several projects use.
func (s *Site) mapPages() {
	about := s.languageNamed(s.opts.Language)
	describe := func(l *language) string {
		return fmt.Sprintf("The projects of the %s landscape by category, by how much code they have, and how much of it is %s.", s.model.Name, l.Name)
	}
	if about != nil {
		s.page(leaf{mapPath, mapPath, "map", "Map: " + about.Name, describe(about)}, func() (any, error) { return s.mapPage(mapPath, about), nil })
	} else {
		s.page(leaf{mapPath, mapPath, "map", "Map", "The projects of the landscape by category."}, func() (any, error) { return &mapView{Language: s.opts.Language}, nil })
	}
	for _, l := range s.languages {
		if l.hasMap() {
			s.page(leaf{l.mapPath(), mapPath, "map", "Map: " + l.Name, describe(l)}, func() (any, error) { return s.mapPage(l.mapPath(), l), nil })
			s.chartFiles(s.mapPlot(l))
		}
	}
	if about != nil && !about.hasMap() {
		s.chartFiles(s.mapPlot(about))
	}
}

// mapPage is the map of a language.
func (s *Site) mapPage(at string, l *language) *mapView {
	v := &mapView{Language: l.Name, Path: l.path(), Chart: s.mapOf(at, l), Years: s.yearsOf(l)}
	for _, x := range s.languages {
		if x.hasMap() {
			v.Others = append(v.Others, to(x.Name, x.mapPath()))
		}
	}
	return v
}

// yearsOf are the colours of a language on the map at the ends of the years; nil where no
// history is known.
func (s *Site) yearsOf(l *language) *yearsOf {
	shares := s.sharesOf(l)
	if len(shares) == 0 {
		return nil
	}
	tones := s.treemap("", "", l).Tones()
	all, numbers := &yearsOf{}, map[[2]string]int{}
	for _, year := range sortedKeys(shares) {
		y := yearOf{year, map[string]int{}}
		for _, id := range sortedKeys(shares[year]) {
			tile, text := tones(chart.Of(shares[year][id]))
			n, ok := numbers[[2]string{tile, text}]
			if !ok {
				n = len(all.Classes)
				numbers[[2]string{tile, text}] = n
				all.Classes = append(all.Classes, [2]string{tile, text})
			}
			y.Of[projectPath(id)] = n
		}
		all.Years = append(all.Years, y)
	}
	return all
}

// sharesOf are the shares of a language in the projects at the ends of the years, by year
// and project. A project without code in a year is not there.
func (s *Site) sharesOf(l *language) map[string]map[string]float64 {
	by := map[string]map[string]float64{}
	last := string(s.model.AsOf[:len("2006-01")])
	for id, months := range s.months {
		for _, m := range months {
			year, month := m.Month[:4], m.Month[5:]
			if month != "12" && m.Month != last || m.Total == 0 {
				continue
			}
			if by[year] == nil {
				by[year] = map[string]float64{}
			}
			if m.Language == l.Name {
				by[year][id] = float64(m.Bytes) / float64(m.Total)
			} else if _, ok := by[year][id]; !ok {
				by[year][id] = 0
			}
		}
	}
	return by
}
