package profile

import (
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// Quantities are the figures of a project that depend on no language, each with
// the bounds that what was not read leaves it.
type Quantities struct {
	// Commits of people, of bots and merges, of the year that ends with the date;
	// the quarter is its last 90 days. CommitsAll are of all time.
	CommitsYear    quantity.Of[int] `json:"human_commits_year"`
	CommitsQuarter quantity.Of[int] `json:"human_commits_quarter"`
	CommitsAll     quantity.Of[int] `json:"human_commits"`
	BotsYear       quantity.Of[int] `json:"bot_commits_year"`
	MergesYear     quantity.Of[int] `json:"merges_year"`
	// ActiveMonths of the year have a human commit; 12 at most.
	ActiveMonths quantity.Of[int] `json:"active_months"`
	// Authors of the year. A new author in what was read may have come earlier
	// elsewhere, so that new ones have no bound.
	AuthorsYear    quantity.Of[int] `json:"authors_year"`
	NewAuthorsYear quantity.Of[int] `json:"new_authors_year"`
	AbsenceFactor  quantity.Of[int] `json:"absence_factor"`
	// Organisations whose people committed in the year, as far as they are known.
	OrganisationsYear quantity.Of[int] `json:"organisations_year"`
	ElephantFactor    quantity.Of[int] `json:"elephant_factor"`
	// FirstCommit and LastCommit are of people and no merges, in the histories of
	// the revisions.
	FirstCommit quantity.Of[fact.Date] `json:"first_human_commit"`
	LastCommit  quantity.Of[fact.Date] `json:"last_human_commit"`
	// LastActivity is the newest commit by a person on any branch, merges included.
	LastActivity quantity.Of[fact.Date] `json:"last_activity"`
	// ReleaseDays of the year have a full release.
	ReleaseDays quantity.Of[int]       `json:"release_days_year"`
	LastRelease quantity.Of[fact.Date] `json:"last_release"`
	// Adopters and Maintainers that files of the project name.
	Adopters    quantity.Of[int] `json:"adopters"`
	Maintainers quantity.Of[int] `json:"maintainers"`
}

// quantities bounds the figures of a project.
func (ix *index) quantities(p *Project) Quantities {
	var q Quantities
	if a := p.Activity; a != nil {
		q.activity(a, ix.historyGap(p, func(r *Repository) bool { return ix.facts.Commits[r.ID.Key()] != nil }))
	} else {
		q.unknownActivity(ix.historyGap(p, func(*Repository) bool { return false }))
	}
	ix.releaseQuantities(p, &q)
	q.documents(&p.Documents, ix.documentsOfTheDay(p), p.Coverage.Gap())
	return q
}

// historyGap is what is missing of the histories of a project's code; known
// tells the repositories whose history was read. One that is cut off, or has
// commits of which nobody knows when they were made, was read in part.
func (ix *index) historyGap(p *Project, known func(*Repository) bool) quantity.Gap {
	gap := p.Coverage.Gap()
	gap.Partial, gap.Files = 0, 0
	for _, r := range p.counted() {
		commits := ix.facts.Commits[r.ID.Key()]
		if !known(r) || r.Cut() || commits != nil && commits.Undated() > 0 {
			gap.Partial++
		}
	}
	return gap
}

func (q *Quantities) activity(a *Activity, gap quantity.Gap) {
	y := &a.Year
	for to, n := range map[*quantity.Of[int]]int{
		&q.CommitsYear: y.Human, &q.CommitsQuarter: a.Quarter.Human, &q.CommitsAll: a.Commits.Human,
		&q.BotsYear: y.Bot, &q.MergesYear: y.Merges, &q.AuthorsYear: y.Authors, &q.OrganisationsYear: len(y.Organisations.List),
	} {
		*to = quantity.More(n, gap)
	}
	for to, n := range map[*quantity.Of[int]]int{
		&q.NewAuthorsYear: y.NewAuthors, &q.AbsenceFactor: y.AbsenceFactor, &q.ElephantFactor: y.Organisations.Elephant,
	} {
		*to = quantity.Seen(n, gap)
	}
	if o := &y.Organisations; o.Known == 0 && o.Of > 0 { // whose they are, nobody knows: that is not none
		q.OrganisationsYear, q.ElephantFactor = quantity.Unknown[int](gap), quantity.Unknown[int](gap)
	}
	q.ActiveMonths = quantity.Between(y.ActiveMonths, y.ActiveMonths, 12, gap)
	if gap.IsZero() {
		q.ActiveMonths = quantity.Exact(y.ActiveMonths)
	}
	q.FirstCommit, q.LastCommit = quantity.Earliest(dateOf(a.First), gap), quantity.Latest(dateOf(a.Last), gap)
	q.LastActivity = q.LastCommit
	if a.Latest != nil {
		q.LastActivity = quantity.Latest(a.Latest.Date, gap)
	}
}

func (q *Quantities) unknownActivity(gap quantity.Gap) {
	for _, to := range []*quantity.Of[int]{
		&q.CommitsYear, &q.CommitsQuarter, &q.CommitsAll, &q.BotsYear, &q.MergesYear, &q.ActiveMonths, &q.AuthorsYear,
		&q.NewAuthorsYear, &q.AbsenceFactor, &q.OrganisationsYear, &q.ElephantFactor,
	} {
		*to = quantity.Unknown[int](gap)
	}
	for _, to := range []*quantity.Of[fact.Date]{&q.FirstCommit, &q.LastCommit, &q.LastActivity} {
		*to = quantity.Unknown[fact.Date](gap)
	}
}

// releaseQuantities bounds the figures of releases. Those of the primary repository depend
// on no other; those of the others only stand where the primary one is known to
// have none.
func (ix *index) releaseQuantities(p *Project, q *Quantities) {
	known := func(r *Repository) bool { return ix.facts.Releases[r.ID.Key()] != nil }
	gap := ix.historyGap(p, known)
	r := p.Releases
	if r == nil {
		q.ReleaseDays, q.LastRelease = quantity.Unknown[int](gap), quantity.Unknown[fact.Date](gap)
		return
	}
	last := dateOf(r.LastAt)
	primary := p.primary()
	switch {
	case r.primary:
		gap = primary.gap()
	case primary != nil && (primary.State != Read && primary.State != Empty || primary.Stale || primary.Cut() || !known(primary)):
		q.ReleaseDays, q.LastRelease = quantity.Seen(r.Days, gap), quantity.Unknown[fact.Date](gap)
		if last != "" {
			q.LastRelease = quantity.Seen(last, gap)
		}
		return
	}
	q.ReleaseDays, q.LastRelease = quantity.More(r.Days, gap), quantity.Latest(last, gap)
}

// primary is the primary repository of a project when its code counts; nil when
// there is none.
func (p *Project) primary() *Repository {
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Reason == fact.Primary && r.IsCode() && r.State != Duplicate {
			return r
		}
	}
	return nil
}

// gap is what is missing of a repository that was read.
func (r *Repository) gap() quantity.Gap {
	var gap quantity.Gap
	if r.Stale {
		gap = quantity.Gap{Stale: 1, Since: r.Horizon}
	}
	if r.Cut() {
		gap.Partial = 1
	}
	return gap
}

// documentsOfTheDay are those of the repositories whose mirrors speak for the day:
// what a file named before may have gone since.
func (ix *index) documentsOfTheDay(p *Project) Documents {
	return ix.documents(slices.DeleteFunc(slices.Clone(p.Repositories), func(r Repository) bool { return r.Stale }))
}

// documents counts what files of the project name, and of these what those of the day
// do. A list that was found and not understood may hold any number.
func (q *Quantities) documents(d *Documents, ofDay Documents, gap quantity.Gap) {
	q.Adopters, q.Maintainers = quantity.Unknown[int](gap), quantity.Unknown[int](gap)
	gap.Files = 0
	if d.Known(fact.DocumentAdopters) {
		q.Adopters = namedBy(len(d.Adopters), len(ofDay.Adopters), gap.Add(d.gap(fact.DocumentAdopters)))
	}
	if d.Known(fact.DocumentMaintainers) {
		q.Maintainers = namedBy(len(d.Maintainers), len(ofDay.Maintainers), gap.Add(d.gap(fact.DocumentMaintainers)))
	}
}

// namedBy is how many files name, of which some certainly do on the day.
func namedBy(n, ofDay int, gap quantity.Gap) quantity.Of[int] {
	q := quantity.More(n, gap)
	if ofDay < n && !gap.IsZero() {
		q.Lower = &ofDay
	}
	return q
}

func dateOf(c *DatedCommit) fact.Date {
	if c == nil {
		return ""
	}
	return c.Date
}
