package verify

import (
	"cmp"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// This file decides which words about a project are certain although not everything
// was read.

// A grounding is what a word about a project rests on.
type grounding struct {
	// missing is what was not read of it.
	missing func(*usage.Project) quantity.Gap
	// found: what is confirmed was found, and nothing that was not read takes it away.
	found bool
}

func ofWork(p *usage.Project) quantity.Gap     { return p.Quantities.CommitsYear.Missing }
func ofReleases(p *usage.Project) quantity.Gap { return p.Quantities.ReleaseDays.Missing }

// ofTrees is what is missing of the trees of the day, but for files whose content
// tells a size alone.
func ofTrees(p *usage.Project) quantity.Gap {
	gap := p.Coverage.Gap()
	gap.Partial, gap.Files = 0, 0
	return gap
}

// groundings are those of words, by what the dictionary says that they rest on.
var groundings = map[string]func(*usage.Project) quantity.Gap{"work": ofWork, "releases": ofReleases, "trees": ofTrees}

// groundingOf is that of a field; ok false for one that rests on nothing of the kind.
func groundingOf(field string) (g grounding, ok bool) {
	p, _ := property.Of(field)
	if p == nil || p.Rests == "" {
		return grounding{}, false
	}
	return grounding{groundings[p.Rests], p.Found}, true
}

// sure makes a ruling on a word unverifiable where what was not read could change
// it.
func (j *judge) sure(c *claim.Claim, p *usage.Project, r ruling) ruling {
	g, known := groundingOf(c.Field)
	if !known || r.verdict == Unverifiable || r.verdict == Subjective || j.isOfRead(c) {
		return r
	}
	gap := g.missing(p)
	switch {
	case gap.IsZero():
		return r
	case g.found && r.verdict == Confirmed && gap.Stale == 0:
		return r
	case c.Field == "release.last.tag" && j.isOlder(c, p):
		return r // a newer one was read
	case c.Field == "org.kind" && strings.HasPrefix(strings.ToLower(c.Word), "multi") && r.verdict == Confirmed:
		return r // two of them were read
	}
	out := notRead(p, r.measured, r.evidence)
	out.why = cmp.Or(out.why, words.Gap(gap))
	return out
}

// isOlder reports whether a release of the tag was read that is older than another.
func (j *judge) isOlder(c *claim.Claim, p *usage.Project) bool {
	if p.Releases == nil || p.Releases.LastAt == nil {
		return false
	}
	for _, t := range j.releases(p, c.Word) {
		if fact.Date(t.At[:10]) < p.Releases.LastAt.Date {
			return true
		}
	}
	return false
}

// quarter is the days within which a project with work is active.
const quarter = 90

// isActive reports whether people worked on a project in the last 90 days: on any
// branch, merges included, where not all of it was read.
func (j *judge) isActive(p *usage.Project) quantity.Truth {
	q := &p.Quantities
	since := fact.DateOf(j.asOf.End().AddDate(0, 0, -quarter))
	return quantity.Any(q.CommitsQuarter.AtLeast(1), q.LastActivity.AtLeast(since))
}

// surelyHolds reports whether there is code of a language in a subject on the day,
// whatever was not read.
func (j *judge) surelyHolds(s claim.Subject, language string) bool {
	holds := func(r *usage.Repository) bool {
		comp := j.facts.Compositions[r.ID.Key()]
		return comp != nil && !r.Stale && comp.Bytes(language) > 0
	}
	if r := j.repos[s.ID]; s.Sort == claim.OfRepository && r != nil {
		return holds(r.Repository)
	}
	p := j.project(s)
	for i := 0; p != nil && i < len(p.Repositories); i++ {
		if r := &p.Repositories[i]; r.Counted && holds(r) {
			return true
		}
	}
	return false
}
