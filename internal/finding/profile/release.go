package profile

import (
	"assay/internal/fact"
	"assay/internal/finding/cadence"
)

// Releases is how often a project releases.
type Releases struct {
	cadence.Figures
	// LastAt is the commit of the last full release, null without one.
	LastAt *DatedCommit `json:"last_at"`
	// Evidence is the last release of each repository that has one.
	Evidence []fact.Evidence `json:"evidence"`
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
