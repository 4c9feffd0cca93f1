package usage

import (
	"cmp"
	"fmt"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
)

// Summary counts the projects of a landscape. "Using" is class core or
// component throughout.
type Summary struct {
	Core      int `json:"core"`
	Component int `json:"component"`
	Trace     int `json:"trace"`
	None      int `json:"none"`
	Unknown   int `json:"unknown"`
	// Maturities, in order, each with the projects using the language.
	Maturities []MaturityCount `json:"maturities"`
	// FirstAccepted and LastAccepted among the projects using the language;
	// null when none has a date.
	FirstAccepted *Named `json:"first_accepted"`
	LastAccepted  *Named `json:"last_accepted"`
	// Largest lists the projects using the language by its bytes, most first.
	// Ranked reports whether that order is certain; else it is that of what was
	// read.
	Largest []Named `json:"largest"`
	Ranked  bool    `json:"ranked"`
	// Bytes, Code and Packages sum the projects using the language. Code sums
	// the lines that were measured.
	Bytes    int64 `json:"bytes"`
	Code     int64 `json:"code_lines"`
	Packages int   `json:"packages"`
	// Quantities bound the figures above.
	Quantities SummaryQuantities `json:"quantities"`
}

// Using is the number of projects of class core or component.
func (s Summary) Using() int { return s.Core + s.Component }

// A MaturityCount counts the projects of one level.
type MaturityCount struct {
	Maturity string   `json:"maturity"`
	Projects int      `json:"projects"` // of the landscape
	Unknown  int      `json:"unknown"`  // of which none could be read
	Using    []string `json:"using"`    // names
	// Count is how many use the language, with its bounds.
	Count quantity.Of[int] `json:"count"`
}

// A Named is a project with a figure of it.
type Named struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Date     fact.Date     `json:"date,omitempty"`
	Bytes    int64         `json:"bytes,omitempty"`
	Evidence fact.Evidence `json:"evidence"`
}

// mostLargest bounds the list of the largest projects.
const mostLargest = 5

// summarise expects projects ordered by maturity and name.
func summarise(projects []Project) Summary {
	s := Summary{Maturities: []MaturityCount{}, Largest: []Named{}}
	for i := range projects {
		p := &projects[i]
		s.countClass(p.Class)
		s.countLevel(p)
		if !p.Class.Uses() {
			continue
		}
		s.Bytes += p.Figures.Bytes
		s.Code += p.Figures.Code
		s.Packages += p.Packages.Product
		s.Largest = append(s.Largest, Named{ID: p.ID, Name: p.Name, Bytes: p.Figures.Bytes, Evidence: p.LargestTree()})
		s.acceptance(p)
	}
	slices.SortStableFunc(s.Largest, func(a, b Named) int { return cmp.Compare(b.Bytes, a.Bytes) })
	s.Largest, s.Ranked = s.Largest[:min(mostLargest, len(s.Largest))], ranked(projects)
	s.Quantities = quantitiesOf(projects)
	countLevels(s.Maturities, projects)
	return s
}

// countLevels counts the projects of each level that use the language.
func countLevels(levels []MaturityCount, projects []Project) {
	for i := range levels {
		m := &levels[i]
		m.Count = tallied(projects, func(p *Project) (quantity.Truth, bool) {
			of := quantity.TruthOf(p.Maturity == m.Maturity)
			return quantity.All(of, p.Quantities.Uses()), of == quantity.Yes && p.Class.Uses()
		})
	}
}

// LargestTree is the tree that holds most of the language: where to look for a
// project's figure.
func (p *Project) LargestTree() fact.Evidence {
	place, most := p.Evidence, int64(0)
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Counted && r.Figures.Bytes > most {
			place, most = r.Evidence(), r.Figures.Bytes
		}
	}
	return place
}

func (s *Summary) countClass(c Class) {
	switch c {
	case Core:
		s.Core++
	case Part:
		s.Component++
	case Trace:
		s.Trace++
	case None:
		s.None++
	default:
		s.Unknown++
	}
}

// countLevel counts a project at its level.
func (s *Summary) countLevel(p *Project) {
	m := s.maturity(p.Maturity)
	m.Projects++
	if p.Class == Unknown {
		m.Unknown++
	}
	if p.Class.Uses() {
		m.Using = append(m.Using, p.Name)
	}
}

func (s *Summary) maturity(name string) *MaturityCount {
	if n := len(s.Maturities); n == 0 || s.Maturities[n-1].Maturity != name {
		s.Maturities = append(s.Maturities, MaturityCount{Maturity: name, Using: []string{}})
	}
	return &s.Maturities[len(s.Maturities)-1]
}

func (s *Summary) acceptance(p *Project) {
	if p.Accepted == "" {
		return
	}
	n := &Named{ID: p.ID, Name: p.Name, Date: p.Accepted, Evidence: p.Where("accepted")}
	if s.FirstAccepted == nil || n.Date < s.FirstAccepted.Date {
		s.FirstAccepted = n
	}
	if s.LastAccepted == nil || n.Date > s.LastAccepted.Date {
		s.LastAccepted = n
	}
}

// A Year is what happened in a year to the projects using the language.
type Year struct {
	Year     int      `json:"year"`
	Accepted []Change `json:"accepted"`
	// Moved lists the other milestones of the year.
	Moved []Change `json:"moved"`
	// Adopted lists the projects that the language came to stay in.
	Adopted []Change `json:"adopted"`
	// Total counts the projects accepted up to the end of the year, AdoptedTotal
	// those that had adopted the language by then.
	Total        int `json:"total"`
	AdoptedTotal int `json:"adopted_total"`
	// TotalBounds and AdoptedBounds bound the two.
	TotalBounds   quantity.Of[int] `json:"total_bounds"`
	AdoptedBounds quantity.Of[int] `json:"adopted_total_bounds"`
}

// Adopted is the milestone of a [Change] that is an adoption.
const Adopted = "adopted"

// A Change is a project that reached a level, or adopted the language.
type Change struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Milestone string        `json:"milestone"`
	Date      fact.Date     `json:"date"`
	Evidence  fact.Evidence `json:"evidence"`
}

// growth groups the milestones of the projects using the language, and their
// adoptions of it, by year, from the first to the last; years in which nothing
// happened are left out.
func growth(projects []Project) []Year {
	byYear := map[int]*Year{}
	for i := range projects {
		p := &projects[i]
		if !p.Class.Uses() {
			continue
		}
		for _, m := range p.Milestones {
			addChange(byYear, p, m)
		}
		if t := p.Trend; t != nil && t.Adoption != nil {
			addChange(byYear, p, profile.Milestone{Name: Adopted, Date: t.Adoption.Date, Evidence: t.Adoption.Evidence})
		}
	}
	years := make([]Year, 0, len(byYear))
	for _, y := range byYear {
		slices.SortFunc(y.Accepted, compareChanges)
		slices.SortFunc(y.Moved, compareChanges)
		slices.SortFunc(y.Adopted, compareChanges)
		years = append(years, *y)
	}
	slices.SortFunc(years, func(a, b Year) int { return cmp.Compare(a.Year, b.Year) })
	total, adopted := 0, 0
	for i := range years {
		total += len(years[i].Accepted)
		adopted += len(years[i].Adopted)
		years[i].Total, years[i].AdoptedTotal = total, adopted
		years[i].TotalBounds, years[i].AdoptedBounds = totals(projects, yearEnd(years[i].Year))
	}
	return years
}

// yearEnd is the last day of a year.
func yearEnd(year int) fact.Date { return fact.Date(fmt.Sprintf("%04d-12-31", year)) }

func addChange(byYear map[int]*Year, p *Project, m profile.Milestone) {
	n := m.Date.Year()
	if byYear[n] == nil {
		byYear[n] = &Year{Year: n, Accepted: []Change{}, Moved: []Change{}, Adopted: []Change{}}
	}
	c := Change{p.ID, p.Name, m.Name, m.Date, m.Evidence}
	switch {
	case m.Name == Adopted:
		byYear[n].Adopted = append(byYear[n].Adopted, c)
	case m.Name == "accepted":
		byYear[n].Accepted = append(byYear[n].Accepted, c)
	case m.Date != p.Accepted: // accepted at this level: said already
		byYear[n].Moved = append(byYear[n].Moved, c)
	}
}

func compareChanges(a, b Change) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Milestone, b.Milestone))
}
