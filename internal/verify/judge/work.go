package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/cadence"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// This file judges words on work and releases.

// steady are the rhythms that are regular.
var steady = []string{cadence.Weekly, cadence.Monthly, cadence.TwoMonthly, cadence.Quarterly, cadence.HalfYearly, cadence.Yearly}

// rhythms are other words for rhythms.
var rhythms = map[string]string{"every two months": cadence.TwoMonthly, "bimonthly": cadence.TwoMonthly, "bi-monthly": cadence.TwoMonthly, "annual": cadence.Yearly, "annually": cadence.Yearly}

// rhythm judges the word for how often a project releases. "Regular" and its
// like are no words of ours: they hold for any rhythm.
func rhythm(c *claim.Claim, p *usage.Project) Ruling {
	r := p.Releases
	if r == nil {
		return unverifiable(SourceRepository, "no tags were read")
	}
	regular := slices.Contains(steady, r.Word)
	measured, said := r.Word+": "+r.Why, strings.ToLower(c.Word)
	var so bool
	switch said {
	case "regular":
		so = regular
	case "frequent":
		so = r.Word == cadence.Weekly || r.Word == cadence.Monthly
	case "infrequent", "irregular":
		so = !regular || r.Word == cadence.Yearly || r.SinceLast != nil && *r.SinceLast > 365
	default:
		so = strings.EqualFold(cmp.Or(rhythms[said], said), r.Word)
	}
	out := holds(so, measured, r.Evidence...)
	if !so {
		out.Why = "it is " + measured
		if !slices.Contains([]string{"regular", "frequent", "infrequent", "irregular"}, said) {
			out.Mended = r.Word
		}
	}
	return out
}

// quarter is the days within which a project with work is active.
const quarter = 90

// state judges "Active" and "Maintenance".
func (j *Judge) state(c *claim.Claim, p *usage.Project) Ruling {
	a, q := p.Activity, &p.Quantities
	if a == nil {
		return unverifiable(SourceRepository, "no history was read")
	}
	measured := fmt.Sprintf("%s in the last 90 days; %s in the year beside %s by bots", words.Amount(a.Quarter.Human, "human commit"),
		words.Number(a.Year.Human), words.Number(a.Year.Bot))
	word := strings.ToLower(c.Word)
	active, upkeep := a.Quarter.Human > 0, strings.HasPrefix(word, "maintenance")
	if !q.CommitsQuarter.Exact() && !j.OfRead(c) {
		// On any branch, merges included, where not all of it was read.
		since := fact.DateOf(j.AsOf.End().AddDate(0, 0, -quarter))
		if active = quantity.Any(q.CommitsQuarter.AtLeast(1), q.LastActivity.AtLeast(since)) == quantity.Yes; !active || upkeep {
			return notRead(p, measured, a.Evidence)
		}
	}
	switch {
	case word == "very active":
		return Ruling{Verdict: Subjective, Measured: measured, Why: "a word without a measure", Evidence: a.Evidence}
	case word == "active":
		return holds(active, measured, a.Evidence...)
	case upkeep:
		return holds(!active || a.Year.Bot > a.Year.Human, measured, a.Evidence...)
	}
	return holds(!active, measured, a.Evidence...) // inactive, dormant, stale, unmaintained
}

// byBots judges that most work is done by bots.
func byBots(_ *claim.Claim, p *usage.Project) Ruling {
	a := p.Activity
	if a == nil {
		return unverifiable(SourceRepository, "no history was read")
	}
	return holds(a.Year.Bot > a.Year.Human, fmt.Sprintf("%s in the year beside %s by bots", words.Amount(a.Year.Human, "human commit"), words.Number(a.Year.Bot)), a.Evidence...)
}

// lessWork judges that there is less work than in the year before.
func lessWork(_ *claim.Claim, p *usage.Project) Ruling {
	a := p.Activity
	if a == nil {
		return unverifiable(SourceRepository, "no history was read")
	}
	before, months := 0, 12
	for i := len(a.Months) - 1; i >= 0 && months > 0; i-- {
		if a.Months[i].Month < string(a.Year.From)[:7] {
			before += a.Months[i].Human
			months--
		}
	}
	return holds(a.Year.Human < before, fmt.Sprintf("%s in the year, and %s in the year before", words.Amount(a.Year.Human, "human commit"), words.Number(before)), a.Evidence...)
}

// tag judges that there is a release with a tag.
func (j *Judge) tag(c *claim.Claim, p *usage.Project) Ruling {
	for t := range j.tags(p) {
		if sameTag(t.Tag, c.Word) {
			return confirmed(t.Tag+" of "+t.At[:10], t.evidence)
		}
	}
	r := j.lastTag(c, p)
	r.Mended = nil
	return r
}

// lastTag judges a version: it is the last release, or was. In repositories that also tag
// their parts, people call that the last release whose tag is nothing but a version.
func (j *Judge) lastTag(c *claim.Claim, p *usage.Project) Ruling {
	if p.Releases == nil || p.Releases.Last == nil || p.Releases.LastAt == nil {
		return unverifiable(SourceRepository, "no release was read")
	}
	last, at := p.Releases.Last.Tag, p.Releases.LastAt
	if sameTag(last, c.Word) {
		return confirmed(last, at.Evidence)
	}
	r := refuted(last, "the last full release is "+last+" of "+string(at.Date), at.Evidence)
	r.Mended = last
	var main *tagged
	for t := range j.tags(p) {
		if !t.Pre && t.Series == "" && fact.Date(t.At[:10]) <= j.AsOf && (main == nil || t.At > main.At) {
			main = &t
		}
		if !sameTag(t.Tag, c.Word) {
			continue
		}
		if t.At[:10] == string(at.Date) {
			return confirmed(t.Tag+" of "+t.At[:10], t.evidence)
		}
		r.Verdict, r.Why = Outdated, fmt.Sprintf("%s is of %s; the last full release is %s of %s", t.Tag, t.At[:10], last, at.Date)
		r.Hypothesis = &Hypothesis{"time", "it was released on " + t.At[:10]}
		r.Evidence = append(r.Evidence, t.evidence)
	}
	if main != nil && sameTag(main.Tag, c.Word) {
		return confirmed(main.Tag, main.evidence)
	}
	return r
}

// lineageTag judges the last release of one of several lines of history.
func lineageTag(c *claim.Claim, p *usage.Project) Ruling {
	var names []string
	for _, r := range p.Replaced() {
		for i := range r.Revision.Lineages {
			names = append(names, r.Revision.Lineages[i].LastRelease)
			if names[len(names)-1] == c.Word {
				return confirmed(c.Word, r.Evidence())
			}
		}
	}
	if len(names) == 0 {
		return unverifiable(SourceRepository, "it has one line of history")
	}
	return refuted(strings.Join(names, ", "), "no line of history ends in that release")
}
