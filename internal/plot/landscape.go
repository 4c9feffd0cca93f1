package plot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"assay/internal/chart"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// Few is how many names a chart of figures shows.
const Few = 15

// Adoption is how many projects had accepted the language, and how many were in the
// landscape, by the end of each year.
func (f *Frame) Adoption(growth []usage.Year) *chart.Line {
	l := &chart.Line{
		Head: f.Head("Projects with "+f.Language+", year by year", "by the end of each year"), Unit: chart.Count,
		Series: []chart.Series{{Name: "had the language"}, {Name: "in the landscape"}},
	}
	for i := range growth {
		y := &growth[i]
		if y.Year <= 0 { // of those the year is not known
			continue
		}
		l.Periods = append(l.Periods, strconv.Itoa(y.Year))
		l.Series[0].Values = append(l.Series[0].Values, Value(y.AdoptedBounds))
		l.Series[1].Values = append(l.Series[1].Values, Value(y.TotalBounds))
	}
	if len(l.Periods) == 0 {
		return nil
	}
	return l
}

// Maturities is how many projects of each level use the language.
func (f *Frame) Maturities(all []usage.MaturityCount) *chart.Dots {
	d := &chart.Dots{Head: f.Head("Projects that use "+f.Language+", by maturity", "as core or component"), Unit: chart.Count}
	some := false
	for i := range all {
		m := &all[i]
		some = some || len(m.Using) > 0
		d.Rows = append(d.Rows, chart.Dot{Name: fmt.Sprintf("%s (of %d)", profile.MaturityTitle(m.Maturity), m.Projects), Value: Value(m.Count)})
	}
	if !some {
		return nil
	}
	return d
}

// Largest is the projects that use the language with most of it, by what was read.
func (f *Frame) Largest(projects []*usage.Project) *chart.Dots {
	all := slices.DeleteFunc(slices.Clone(projects), func(p *usage.Project) bool { return !p.Quantities.Bytes.Known() })
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b *usage.Project) int {
		return cmp.Compare(*b.Quantities.Bytes.Value, *a.Quantities.Bytes.Value)
	})
	subtitle := "counted bytes"
	if slices.ContainsFunc(all, func(p *usage.Project) bool { return !p.Quantities.Bytes.Exact() }) {
		subtitle += ", in the order of what was read" // another may have more
	}
	if len(all) > Few {
		subtitle += fmt.Sprintf(", the first %d of %d", Few, len(all))
	}
	d := &chart.Dots{Head: f.Head("Projects with most "+f.Language, subtitle), Unit: chart.Bytes}
	for _, p := range all[:min(len(all), Few)] {
		d.Rows = append(d.Rows, chart.Dot{Name: p.Name, Value: Value(p.Quantities.Bytes)})
	}
	return d
}
