package profile

import (
	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/quantity"
)

// inputs are the figures that the rules of health are about. What no repository
// tells is unknown.
func (p *Project) inputs(asOf fact.Date) health.Inputs {
	in := health.Inputs{Archived: quantity.Exact(0.0)}
	if fact.MaturityEnded(p.Maturity) {
		in.Archived = quantity.Exact(1.0)
	}
	if a := p.Activity; a != nil {
		a.inputs(&in, asOf)
	}
	if r := p.Releases; r != nil {
		in.ReleasesYear = number(r.Days)
		in.ReleaseGapDays = maybe(r.MedianGap)
		in.DaysSinceRelease = maybe(r.SinceLast)
	}
	return in
}

func (a *Activity) inputs(in *health.Inputs, asOf fact.Date) {
	y := &a.Year
	in.HumanCommitsYear, in.HumanCommitsQuarter = number(y.Human), number(a.Quarter.Human)
	in.ActiveMonths, in.AuthorsYear = number(y.ActiveMonths), number(y.Authors)
	in.NewAuthorsYear, in.AbsenceFactor = number(y.NewAuthors), number(y.AbsenceFactor)
	if a.Last != nil {
		in.DaysSinceCommit = number(max(0, int(asOf.End().Sub(a.Last.Date.End()).Hours()/24)))
	}
	if all := y.Human + y.Bot; all > 0 {
		in.BotShare = quantity.Exact(float64(y.Bot) / float64(all))
	}
	// Where no organisation is known, nothing is: not that one has it all.
	if o := &y.Organisations; o.Known > 0 {
		in.OrganisationKnownShare, in.LargestOrganisationShare = quantity.Exact(*o.KnownShare()), quantity.Exact(*o.LargestShare())
		in.OrganisationsYear, in.ElephantFactor = number(len(o.List)), number(o.Elephant)
	}
}

func number(n int) quantity.Of[float64] { return quantity.Exact(float64(n)) }

func maybe(n *int) quantity.Of[float64] {
	if n == nil {
		return quantity.Of[float64]{}
	}
	return number(*n)
}
