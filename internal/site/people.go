package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// A peopleView is the page on people: sums alone.
type peopleView struct {
	Tiles         []Tile
	Charts        []*Chart
	Organisations Table
	Concentration Table
}

// peoplePage names the page on people.
func (s *Site) peoplePage() {
	s.page(leaf{peoplePath, peoplePath, "people", "People", fmt.Sprintf("For whom the people work who commit to the projects of the %s landscape, and how much hangs on few: sums alone.", s.model.Name)},
		func() (any, error) { return s.people(), nil })
	s.peopleCharts()
}

// An organisation is what people of one did in the year.
type organisation struct {
	name     string
	commits  int
	projects []string // names
	first    int      // projects of which it made most of the known commits
}

// organisations are those whose people committed in the year, most commits first, and
// how many human commits are known of all.
func (s *Site) organisations() (all []*organisation, known, of int) {
	by := map[string]*organisation{}
	for i := range s.model.Projects {
		p := &s.model.Projects[i]
		if p.Activity == nil {
			continue
		}
		o := &p.Activity.Year.Organisations
		known, of = known+o.Known, of+o.Of
		for k, c := range o.List {
			x := by[strings.ToLower(c.Name)]
			if x == nil {
				x = &organisation{name: c.Name}
				by[strings.ToLower(c.Name)] = x
				all = append(all, x)
			}
			x.commits += c.Commits
			x.projects = append(x.projects, p.Name)
			if k == 0 && o.Known > 0 && 2*c.Commits > o.Known {
				x.first++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *organisation) int {
		return cmp.Or(cmp.Compare(b.commits, a.commits), strings.Compare(a.name, b.name))
	})
	return all, known, of
}

// fewOrganisations is how many organisations a table shows.
const fewOrganisations = 100

// people is the page on people.
func (s *Site) people() *peopleView {
	all, known, of := s.organisations()
	v := &peopleView{Charts: s.chartsOfPeople(), Tiles: []Tile{
		{"Human commits in the year", s.least(of), "by people, no merges"},
		{"of which the organisation is known", s.part(known, of), words.Number(known) + " in what was read"},
		{"Organisations", s.least(len(all)), "as far as they are known"},
	}}
	v.Organisations = Table{ID: "organisations", Caption: "Organisations by human commits of the year, of those that are known", Filter: true, Columns: []Column{
		head("organisation", "Organisation"), numbers("commits", "Commits"), numbers("share", "of the known"), numbers("projects", "Projects"), numbers("most", "with most of the known commits in"),
	}}
	for _, o := range all[:min(len(all), fewOrganisations)] {
		names := s.least(len(o.projects))
		names.Title = strings.Join(o.projects[:min(len(o.projects), fewRising)], ", ")
		v.Organisations.add("", text(o.name), s.least(o.commits), s.part(o.commits, known), names, count(quantity.Seen(o.first, s.model.Coverage.Gap())))
	}
	v.Concentration = s.concentration()
	return v
}

// least is a number in what was read, to which what was not read can only add.
func (s *Site) least(n int) Cell { return count(quantity.More(n, s.model.Coverage.Gap())) }

// part is a share in what was read.
func (s *Site) part(n, of int) Cell { return partOf(n, of, s.model.Coverage.Gap()) }

// partOf is a share of which something was not read.
func partOf(n, of int, gap quantity.Gap) Cell {
	if of == 0 {
		return Cell{Text: words.Unknown}
	}
	return share(quantity.Seen(float64(n)/float64(of), gap))
}

// concentration is the table of how much hangs on few in each project.
func (s *Site) concentration() Table {
	t := Table{ID: "concentration", Caption: "How much hangs on few", Filter: true, Columns: []Column{
		column("project", "name", "Project"), column("project", "maturity", "Level").choice(), column("project", "authors_year", "Authors in the year"),
		column("project", "absence_factor", "Absence factor"), column("project", "organisations_year", "Organisations"), column("project", "elephant_factor", "Elephant factor"),
		numbers("known", "Organisation known of"), head("largest", "Largest organisation"),
	}}
	for i := range s.model.Projects {
		p := &s.model.Projects[i]
		if p.Activity == nil || p.Activity.Year.Human == 0 {
			continue
		}
		q, o := &p.Quantities, &p.Activity.Year.Organisations
		t.add(p.ID, to(p.Name, projectPath(p.ID)), Cell{Text: p.Maturity, Sort: levelSort(p.Maturity)}, count(q.AuthorsYear), count(q.AbsenceFactor),
			count(q.OrganisationsYear), count(q.ElephantFactor), partOf(o.Known, o.Of, q.CommitsYear.Missing), largestOrganisation(p))
	}
	return t
}

func largestOrganisation(p *usage.Project) Cell {
	o := &p.Activity.Year.Organisations
	if len(o.List) == 0 || o.Known == 0 {
		return Cell{Text: words.Unknown}
	}
	share := quantity.Seen(float64(o.List[0].Commits)/float64(o.Known), p.Quantities.CommitsYear.Missing)
	return text(o.List[0].Name + " " + words.Cell(share, words.Percent))
}
