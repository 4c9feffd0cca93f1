package profile

import (
	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/quantity"
)

// inputs are the figures that the rules of health are about, with their bounds.
// What no repository tells is unknown.
func (p *Project) inputs(asOf fact.Date) health.Inputs {
	q := &p.Quantities
	in := health.Inputs{
		HumanCommitsYear: float(q.CommitsYear), HumanCommitsQuarter: float(q.CommitsQuarter), ActiveMonths: float(q.ActiveMonths),
		AuthorsYear: float(q.AuthorsYear), NewAuthorsYear: float(q.NewAuthorsYear), AbsenceFactor: float(q.AbsenceFactor),
		ReleasesYear: float(q.ReleaseDays), DaysSinceCommit: daysSince(q.LastActivity, asOf),
		DaysSinceRelease: daysSince(q.LastRelease, asOf), Archived: quantity.Exact(0.0),
	}
	if fact.MaturityEnded(p.Maturity) {
		in.Archived = quantity.Exact(1.0)
	}
	if r := p.Releases; r != nil && r.MedianGap != nil {
		in.ReleaseGapDays = quantity.Seen(float64(*r.MedianGap), q.ReleaseDays.Missing)
	}
	if p.Activity != nil {
		p.shares(&in)
	}
	return in
}

// shares are the inputs that are parts of a whole: what was not read can change
// them either way.
func (p *Project) shares(in *health.Inputs) {
	gap := p.Quantities.CommitsYear.Missing
	y := &p.Activity.Year
	if all := y.Human + y.Bot; all > 0 {
		in.BotShare = quantity.Seen(float64(y.Bot)/float64(all), gap)
	}
	// Where no organisation is known, nothing is: not that one has it all.
	if o := &y.Organisations; o.Known > 0 {
		in.OrganisationKnownShare, in.LargestOrganisationShare = quantity.Seen(*o.KnownShare(), gap), quantity.Seen(*o.LargestShare(), gap)
		in.OrganisationsYear, in.ElephantFactor = float(p.Quantities.OrganisationsYear), float(p.Quantities.ElephantFactor)
	}
}

// float is a count as an input of rules.
func float(q quantity.Of[int]) quantity.Of[float64] {
	out := quantity.Of[float64]{Missing: q.Missing}
	for to, from := range map[**float64]*int{&out.Value: q.Value, &out.Lower: q.Lower, &out.Upper: q.Upper} {
		if from != nil {
			*to = new(float64(*from))
		}
	}
	return out
}

// daysSince is the days from a last date to the as-of day. A date that may be
// later makes the days fewer.
func daysSince(last quantity.Of[fact.Date], asOf fact.Date) quantity.Of[float64] {
	out := quantity.Of[float64]{Missing: last.Missing}
	days := func(d *fact.Date) *float64 {
		if d == nil {
			return nil
		}
		return new(float64(max(0, int(asOf.End().Sub(d.End()).Hours()/24))))
	}
	out.Value, out.Upper, out.Lower = days(last.Value), days(last.Lower), days(last.Upper)
	if last.Value != nil && out.Lower == nil {
		out.Lower = new(0.0)
	}
	return out
}
