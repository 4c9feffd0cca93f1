package usage

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
)

// A Row is a project in a table.
type Row struct {
	ID           string    `json:"id"`
	Project      string    `json:"project"`
	Maturity     string    `json:"maturity"`
	Class        Class     `json:"class"`
	Incomplete   bool      `json:"incomplete"`
	Share        *float64  `json:"share"` // null when unknown
	Bytes        *int64    `json:"bytes"` // null when unknown
	Code         *int64    `json:"code_lines"`
	Accepted     fact.Date `json:"accepted,omitempty"`
	FocusArea    string    `json:"focus_area"`
	Read         int       `json:"repositories_read"`
	Repositories int       `json:"repositories"`
	// Adopted is the day the language came to stay; "" when it has not, or that
	// is unknown.
	Adopted fact.Date `json:"adopted,omitempty"`
	// Commits and Authors of the year that ends with the date: human ones. Null
	// when unknown.
	Commits *int `json:"human_commits_year"`
	Authors *int `json:"authors_year"`
	// Cadence of full releases in a word; "" when unknown.
	Cadence string `json:"release_cadence,omitempty"`
	// Health overall; HealthBest is what it may be when figures are missing.
	Health     health.Level `json:"health"`
	HealthBest health.Level `json:"health_best,omitempty"`
	// Evidence is the item's line in the landscape.
	Evidence string `json:"evidence"`
	// Quantities bound the figures above; ClassCell is the class with its bounds,
	// as a table shows it.
	Quantities Quantities `json:"quantities"`
	ClassCell  string     `json:"-"`
	// CadenceCell is the rhythm of releases as a table shows it.
	CadenceCell string `json:"-"`
	// Coverage is how much of the project was read.
	Coverage profile.ProjectCoverage `json:"-"`
}

// A Filter says which projects to list and how.
type Filter struct {
	Maturities []string // none: all
	Classes    []Class  // none: all
	MinShare   float64  // 0 to 1; above 0 it leaves out what is unknown
	// Sort is one of [SortKeys]; "" is "bytes". Unknown comes last, equals are
	// in the order of maturity and name.
	Sort    string
	Reverse bool
}

// SortKeys lists what rows can be sorted by.
func SortKeys() []string {
	return []string{
		"bytes", "share", "lines", "name", "maturity", "accepted", "class", "repositories", "adopted", "commits", "authors", "health",
	}
}

// List gives the rows that pass the filter. An unknown sort key is errkind.Usage; a maturity that no project has gives no rows.
func (f *Findings) List(filter Filter) ([]Row, error) {
	rows := make([]Row, 0, len(f.Projects))
	for i := range f.Projects {
		rows = append(rows, rowOf(&f.Projects[i]))
	}
	return filter.Of(rows)
}

// Of gives the rows of all, which are in the order of reports, that pass the filter, in
// its order. An unknown sort key is errkind.Usage.
func (f *Filter) Of(all []Row) ([]Row, error) {
	compare, err := comparison(cmp.Or(f.Sort, "bytes"))
	if err != nil {
		return nil, err
	}
	var chosen []*Row // a row is large, and moving it about costs
	for i := range all {
		if f.passes(&all[i]) {
			chosen = append(chosen, &all[i])
		}
	}
	slices.SortStableFunc(chosen, compare)
	if f.Reverse {
		slices.Reverse(chosen)
	}
	rows := make([]Row, 0, len(chosen))
	for _, r := range chosen {
		rows = append(rows, *r)
	}
	return rows, nil
}

func (f *Filter) passes(r *Row) bool {
	fits := func(m string) bool { return profile.Level(m) == r.Maturity }
	switch {
	case len(f.Maturities) > 0 && !slices.ContainsFunc(f.Maturities, fits):
		return false
	case len(f.Classes) > 0 && !slices.Contains(f.Classes, r.Class):
		return false
	case f.MinShare > 0 && (r.Share == nil || *r.Share < f.MinShare):
		return false
	}
	return true
}

func rowOf(p *Project) Row {
	r := Row{
		ID: p.ID, Project: p.Name, Maturity: p.Maturity, Class: p.Class, Incomplete: p.Incomplete,
		Accepted: p.Accepted, FocusArea: p.FocusArea, Read: p.Coverage.Read, Repositories: p.Coverage.Repositories,
		Evidence: p.Evidence.Link(), Quantities: p.Quantities, ClassCell: p.Cell(), CadenceCell: p.CadenceCell(),
		Coverage: p.Coverage,
	}
	if p.Figures != nil {
		r.Bytes, r.Share = &p.Figures.Bytes, p.Figures.Share
		if p.Figures.LinesKnown() {
			r.Code = &p.Figures.Code
		}
	}
	r.vital(p)
	return r
}

func (r *Row) vital(v *Project) {
	r.Health, r.HealthBest = v.Health.Overall.Level, v.Health.Overall.Best
	if v.Activity != nil {
		r.Commits, r.Authors = &v.Activity.Year.Human, &v.Activity.Year.Authors
	}
	if v.Releases != nil {
		r.Cadence = v.Releases.Word
	}
	if v.Trend != nil && v.Trend.Adoption != nil {
		r.Adopted = v.Trend.Adoption.Date
	}
}

// comparisons of rows by what they can be sorted by.
var comparisons = map[string]func(a, b *Row) int{
	"bytes":        func(a, b *Row) int { return descending(a.Bytes, b.Bytes) },
	"share":        func(a, b *Row) int { return descending(a.Share, b.Share) },
	"lines":        func(a, b *Row) int { return descending(a.Code, b.Code) },
	"commits":      func(a, b *Row) int { return descending(a.Commits, b.Commits) },
	"authors":      func(a, b *Row) int { return descending(a.Authors, b.Authors) },
	"name":         func(a, b *Row) int { return cmp.Compare(strings.ToLower(a.Project), strings.ToLower(b.Project)) },
	"maturity":     func(a, b *Row) int { return profile.CompareMaturity(a.Maturity, b.Maturity) },
	"accepted":     func(a, b *Row) int { return byDate(a.Accepted, b.Accepted) },
	"adopted":      func(a, b *Row) int { return byDate(a.Adopted, b.Adopted) },
	"class":        func(a, b *Row) int { return cmp.Compare(b.Class, a.Class) },
	"repositories": func(a, b *Row) int { return cmp.Compare(b.Repositories, a.Repositories) },
	"health":       func(a, b *Row) int { return cmp.Compare(b.Health.Rank(), a.Health.Rank()) },
}

func comparison(key string) (func(a, b *Row) int, error) {
	if compare := comparisons[key]; compare != nil {
		return compare, nil
	}
	return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "cannot sort by %q", key),
		"one of %s", strings.Join(SortKeys(), ", "))
}

// byDate puts the older first and the unknown last.
func byDate(a, b fact.Date) int {
	if (a == "") != (b == "") {
		return -cmp.Compare(a, b)
	}
	return cmp.Compare(a, b)
}

// descending puts the larger first and the unknown last.
func descending[T cmp.Ordered](a, b *T) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*b, *a)
}
