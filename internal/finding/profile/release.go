package profile

import (
	"assay/internal/fact"
	"assay/internal/finding/cadence"
	"assay/internal/finding/words"
)

// Releases is how often a project releases.
//
// All Figures are of the product ([cadence.Product]): of the main series of the
// primary repository and, only where that has no release, of the main series of
// all other repositories that count, of which Last is the newest; Why says so
// then. Releases of other series and repositories (libraries, SDKs, charts) are
// their own, and are in Others alone.
type Releases struct {
	cadence.Figures
	// LastAt is the commit of the last full release, null without one. Its
	// repository is the one that Last is of.
	LastAt *DatedCommit `json:"last_at"`
	// Others counts the full releases of the trailing year that are not of the
	// product.
	Others int `json:"others,omitempty"`
	// Evidence is the last release of the product in each repository that has one.
	Evidence []fact.Evidence `json:"evidence"`

	primary bool // the figures are of the primary repository
}

// releases tells of the releases of a project; nil when none of its repositories
// is known for them.
func (ix *index) releases(project string, repos []*Repository) *Releases {
	var known []*Repository
	var given []cadence.Repo
	var all [][]fact.Release
	for _, r := range repos {
		if releases := ix.facts.Releases[r.ID.Key()]; releases != nil {
			known = append(known, r)
			all = append(all, releases.Releases)
			given = append(given, cadence.Repo{
				Primary: r.Reason == fact.Primary, Names: []string{r.ID.Name(), project}, Releases: releases.Releases,
			})
		}
	}
	if len(known) == 0 {
		return nil
	}
	asOf := ix.facts.Survey.AsOf
	product, found := cadence.Product(given, asOf)
	out := &Releases{Figures: cadence.Of(product, asOf), Evidence: []fact.Evidence{}, primary: found}
	out.Others = cadence.Of(all, asOf).YearFull - out.YearFull
	for i, r := range known {
		out.place(r, cadence.Of(product[i:i+1], asOf).Last)
	}
	if !found && out.LastAt != nil {
		out.Why += "; no release of the primary repository is known, the last is of " + words.Slug(out.LastAt.Evidence.Repo)
	}
	return out
}

// place notes where the last release of a repository is.
func (o *Releases) place(r *Repository, last *fact.Release) {
	if last == nil {
		return
	}
	o.Evidence = append(o.Evidence, r.ReleaseEvidence(last))
	if o.LastAt == nil && *last == *o.Last {
		o.LastAt = &DatedCommit{Date: fact.Day(last.At), Evidence: r.ReleaseEvidence(last)}
	}
}

// ReleaseEvidence is the commit of a release of the repository.
func (r *Repository) ReleaseEvidence(t *fact.Release) fact.Evidence {
	return fact.Evidence{Repo: r.ID, Commit: t.Commit, View: fact.ViewCommit}
}
