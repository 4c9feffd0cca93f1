package usage

import (
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/cadence"
	"assay/internal/finding/health"
	"assay/internal/finding/quantity"
)

// A Vitality is how alive a project is and was: the work on it, its releases,
// the language in it through time, and what the rules of health make of that.
type Vitality struct {
	// Activity is null when no history of the project could be read.
	Activity *Activity `json:"activity"`
	// Releases is null when no tags of the project could be read.
	Releases *Releases `json:"releases"`
	Trend    *Trend    `json:"trend"`
	// Health rests on the figures of the repositories that were read; what was
	// not read is in the project's coverage.
	Health health.Health `json:"health"`
}

// Releases is how often a project releases.
type Releases struct {
	cadence.Figures
	// LastAt is the commit of the last full release, null without one.
	LastAt *DatedCommit `json:"last_at"`
	// Evidence is the last release of each repository that has one.
	Evidence []fact.Evidence `json:"evidence"`
}

// vitality looks at the repositories of a project that were read.
func (ix *index) vitality(p *Project, opts finding.Options) Vitality {
	var repos []*Repository
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Counted {
			repos = append(repos, r)
		}
	}
	v := Vitality{
		Activity: ix.activity(repos, opts), Releases: ix.releases(repos), Trend: ix.trend(repos, opts.Language),
	}
	v.Health = opts.Health.Judge(v.inputs(p, ix.facts.Survey.AsOf))
	return v
}

// releases sums the releases of repositories; nil when none is known.
func (ix *index) releases(repos []*Repository) *Releases {
	var all [][]fact.Release
	out := &Releases{Evidence: []fact.Evidence{}}
	known := false
	owner := map[*fact.Release]*Repository{}
	asOf := ix.facts.Survey.AsOf
	for _, r := range repos {
		releases := ix.facts.Releases[r.ID.Key()]
		if releases == nil {
			continue
		}
		known = true
		all = append(all, releases.Releases)
		var last *fact.Release
		for i := range releases.Releases {
			t := &releases.Releases[i]
			owner[t] = r
			if !t.Pre && fact.Day(t.At) <= asOf {
				last = t
			}
		}
		if last != nil {
			out.Evidence = append(out.Evidence, r.ReleaseEvidence(last))
		}
	}
	if !known {
		return nil
	}
	out.Figures = cadence.Of(all, asOf)
	if out.Last != nil {
		out.LastAt = &DatedCommit{Date: fact.Day(out.Last.At), Evidence: owner[out.Last].ReleaseEvidence(out.Last)}
	}
	return out
}

// ReleaseEvidence is the commit of a release of the repository.
func (r *Repository) ReleaseEvidence(t *fact.Release) fact.Evidence {
	return fact.Evidence{Repo: r.ID, Commit: t.Commit, View: fact.ViewCommit}
}

// inputs are the figures that the rules of health are about. What no repository
// tells is unknown.
func (v *Vitality) inputs(p *Project, asOf fact.Date) health.Inputs {
	in := health.Inputs{Archived: quantity.Exact(0.0)}
	if fact.MaturityEnded(p.Maturity) {
		in.Archived = quantity.Exact(1.0)
	}
	if a := v.Activity; a != nil {
		a.inputs(&in, asOf)
	}
	if r := v.Releases; r != nil {
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
