package usage

import (
	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// SummaryQuantities are the figures of a landscape with their bounds: a project
// that was not read whole may be of a higher class.
type SummaryQuantities struct {
	// Using counts the projects of class core or component, the others those of
	// one class.
	Using     quantity.Of[int] `json:"using"`
	Core      quantity.Of[int] `json:"core"`
	Component quantity.Of[int] `json:"component"`
	Trace     quantity.Of[int] `json:"trace"`
	None      quantity.Of[int] `json:"none"`
	// FirstAccepted and LastAccepted among the projects using the language.
	FirstAccepted quantity.Of[fact.Date] `json:"first_accepted"`
	LastAccepted  quantity.Of[fact.Date] `json:"last_accepted"`
	// Bytes, Code and Packages of the projects using the language.
	Bytes    quantity.Of[int64] `json:"bytes"`
	Code     quantity.Of[int64] `json:"code_lines"`
	Packages quantity.Of[int]   `json:"packages"`
}

// Uses reports whether a project is of class core or component.
func (q *Quantities) Uses() quantity.Truth { return q.Class.AtLeast(Part) }

// quantitiesOf bounds the summary of projects.
func quantitiesOf(projects []Project) SummaryQuantities {
	uses := func(p *Project) (quantity.Truth, bool) { return p.Quantities.Uses(), p.Class.Uses() }
	is := func(c Class) func(*Project) (quantity.Truth, bool) {
		return func(p *Project) (quantity.Truth, bool) { return p.Quantities.Class.Is(c), p.Class == c }
	}
	q := SummaryQuantities{
		Using: tallied(projects, uses), Core: tallied(projects, is(Core)), Component: tallied(projects, is(Part)),
		Trace: tallied(projects, is(Trace)), None: tallied(projects, is(None)),
	}
	q.FirstAccepted, q.LastAccepted = acceptances(projects)
	q.Bytes = summed(projects, func(p *Project) quantity.Of[int64] { return p.Quantities.Bytes })
	q.Code = summed(projects, func(p *Project) quantity.Of[int64] { return p.Quantities.Code })
	q.Packages = summed(projects, func(p *Project) quantity.Of[int] { return p.Quantities.Packages })
	return q
}

// tallied counts the projects of which something holds.
func tallied(projects []Project, holds func(*Project) (truth quantity.Truth, read bool)) quantity.Of[int] {
	truths, read := make([]quantity.Truth, len(projects)), make([]bool, len(projects))
	var missing quantity.Gap
	for i := range projects {
		if truths[i], read[i] = holds(&projects[i]); truths[i] == quantity.Perhaps {
			missing = missing.Add(projects[i].Coverage.Gap())
		}
	}
	return quantity.Count(truths, read, missing)
}

// summed adds a figure of the projects using the language. One that only may use
// it may add nothing.
func summed[T quantity.Number](projects []Project, figure func(*Project) quantity.Of[T]) quantity.Of[T] {
	var all []quantity.Of[T]
	for i := range projects {
		p := &projects[i]
		q, uses := figure(p), p.Quantities.Uses()
		if uses == quantity.No {
			continue
		}
		if uses == quantity.Perhaps {
			q.Lower = nil
		}
		if !p.Class.Uses() {
			q.Value = nil
		}
		all = append(all, q)
	}
	return quantity.Sum(all...)
}

// acceptances bounds the first and the last day on which a project using the
// language was accepted.
func acceptances(projects []Project) (first, last quantity.Of[fact.Date]) {
	var missing quantity.Gap
	for i := range projects {
		p := &projects[i]
		uses := p.Quantities.Uses()
		if p.Accepted == "" || uses == quantity.No {
			continue
		}
		d := &projects[i].Accepted
		if p.Class.Uses() {
			first.Value, last.Value = sooner(first.Value, d), laterDate(last.Value, d)
		}
		first.Lower, last.Upper = sooner(first.Lower, d), laterDate(last.Upper, d)
		if uses == quantity.Yes {
			first.Upper, last.Lower = sooner(first.Upper, d), laterDate(last.Lower, d)
			continue
		}
		missing = missing.Add(p.Coverage.Gap())
	}
	for _, q := range []*quantity.Of[fact.Date]{&first, &last} {
		if !q.Exact() {
			q.Missing = missing
		}
	}
	return first, last
}

func sooner(a, b *fact.Date) *fact.Date {
	if a == nil || *b < *a {
		return b
	}
	return a
}

func laterDate(a, b *fact.Date) *fact.Date {
	if a == nil || *b > *a {
		return b
	}
	return a
}

// ranked reports whether the order of the largest projects is certain: every
// project that may use the language has its bytes exact.
func ranked(projects []Project) bool {
	for i := range projects {
		q := &projects[i].Quantities
		if q.Uses() == quantity.Perhaps || q.Uses() == quantity.Yes && !q.Bytes.Exact() {
			return false
		}
	}
	return true
}

// totals bounds, for the end of a year, how many projects using the language had
// been accepted, and how many had adopted it.
func totals(projects []Project, end fact.Date) (accepted, adopted quantity.Of[int]) {
	accepted = tallied(projects, func(p *Project) (quantity.Truth, bool) {
		in := p.Accepted != "" && p.Accepted <= end
		return quantity.All(p.Quantities.Uses(), quantity.TruthOf(in)), p.Class.Uses() && in
	})
	adopted = tallied(projects, func(p *Project) (quantity.Truth, bool) {
		q := p.Quantities.Adopted
		return quantity.All(p.Quantities.Uses(), adoptedBy(q, end)), p.Class.Uses() && q.Known() && *q.Value <= end
	})
	return accepted, adopted
}

// adoptedBy reports whether the language was there by a day. An adoption that is
// exact and none never came.
func adoptedBy(q quantity.Of[fact.Date], end fact.Date) quantity.Truth {
	if !q.Known() && q.Missing.IsZero() {
		return quantity.No
	}
	return q.AtMost(end)
}
