package verify

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// This file decides what is certain although not everything was read, by the bounds
// that the figures have. A claim is confirmed only when nothing in the rest could
// make it false, and refuted only when nothing could make it true. Each function
// answers one question.

// bounds are the values that a figure may have, whatever is in what was not read.
type bounds struct{ from, to float64 }

// alwaysFit reports whether a number holds for every value within the bounds.
func (b bounds) alwaysFit(q claim.Quantity) bool { return q.Fits(b.from) && q.Fits(b.to) }

// mayFit reports whether a number holds for some value within the bounds.
func (b bounds) mayFit(q claim.Quantity) bool {
	if q.Bound == claim.Range && q.To < q.Value {
		return false // no number lies between
	}
	return q.Fits(b.from) || q.Fits(b.to) || b.from <= q.Value && q.Value <= b.to
}

// isOpen reports whether something of a project was not read, or not for the day.
func isOpen(p *usage.Project) bool { return !p.Coverage.Complete() }

// subjectIsOpen reports whether not everything was read of the subject of a claim,
// over the scope that it names, or not for the day.
func (j *judge) subjectIsOpen(c *claim.Claim) bool {
	if r := j.repos[c.Subject.ID]; c.Subject.Sort == claim.OfRepository && r != nil {
		return r.Stale || r.Missing > 0
	}
	p := j.projects[c.Subject.ID]
	if c.Subject.Sort != claim.OfProject || p == nil {
		return false // it has no figures
	}
	if c.Scope != "" {
		s := p.ScopeOf(fact.Scope(c.Scope))
		return !s.Coverage.Complete()
	}
	return isOpen(p)
}

// isOfRead reports whether a claim in words speaks of what was read, so that what
// was not read makes no difference.
func (j *judge) isOfRead(c *claim.Claim) bool {
	return c.Read || !j.speech(c).more && (j.speech(c).alone || j.tellsCoverage(c.Subject))
}

// ofAllRead is isOfRead for a claim that compares projects.
func (j *judge) ofAllRead(c *claim.Claim) bool {
	all := *c
	all.Subject = claim.Subject{}
	return j.isOfRead(&all)
}

// mayBeMore are the bounds of a figure that what was not read could only add to;
// nil where everything was read.
func mayBeMore(open bool, value float64) *bounds {
	if !open {
		return nil
	}
	return &bounds{value, math.Inf(1)}
}

// mayBeAnyShare are the bounds of a share of which the whole is not known.
func mayBeAnyShare(open bool) *bounds {
	if !open {
		return nil
	}
	return &bounds{0, 100}
}

// surelyUses reports whether a project uses the language, whatever was not read.
func surelyUses(p *usage.Project) bool { return p.Quantities.Uses() == quantity.Yes }

// surelyNot reports whether a project does not use the language, whatever was not
// read.
func surelyNot(p *usage.Project) bool { return p.Quantities.Uses() == quantity.No }

// primaryIn reports whether a language is the largest of a project's primary
// repository, which was read: then the project is written in it, whatever else is.
func primaryIn(p *usage.Project, language string) bool {
	return slices.ContainsFunc(p.Repositories, func(r usage.Repository) bool {
		return r.Reason == fact.Primary && r.State == profile.Read && r.Largest == language && !r.Stale && !r.Meta && r.Missing == 0
	})
}

// decided reports whether what was read decides how much of a project is in a
// language: what is not all of it in what was read is not all of it, and a primary
// repository in it is enough to say that the project is not without it. Whether it is
// the most of it stays open, unless nothing but a listing is missing and the primary
// repository is in it. A tree of before the day decides nothing.
func decided(p *usage.Project, language, word string, share float64) bool {
	gap := p.Coverage.Gap()
	if gap.Stale > 0 && !primaryIn(p, language) {
		return false
	}
	switch word {
	case "mainly", "not mainly":
		gap.Open, gap.Partial = 0, 0
		return gap.IsZero() && primaryIn(p, language)
	case "not":
		return primaryIn(p, language)
	}
	return share < shareAll && gap.Stale == 0
}

// rangeOf are the values that a figure of a project may have. Where several are
// compared it is asked of all whether the claim speaks of what was read: a report may
// tell how much was read of one of them, and the others are of all there is.
func (j *judge) rangeOf(c *claim.Claim, field string, s claim.Subject, m measure, ofRead bool) bounds {
	all := []measure{m}
	j.limit(with(c, field, s, ""), all)
	if all[0].can == nil || ofRead {
		return bounds{m.value, m.value}
	}
	return *all[0].can
}

// A ranking is the place of a project among others by a figure.
type ranking struct {
	least  bool
	own    bounds
	others int              // that use the language
	beaten bool             // one surely has more, or less
	open   []*usage.Project // that may have more, or less, than it surely has
}

// beats reports whether a figure comes before another.
func (k *ranking) beats(a, b float64) bool {
	if k.least {
		return a < b
	}
	return a > b
}

// add puts a project beside the one that is ranked. Of one without a figure nothing is known,
// unless the claim speaks of what was read.
func (k *ranking) add(p *usage.Project, r bounds, known, ofRead bool) {
	if p.Class.Uses() && known {
		k.others++
	}
	switch {
	case surelyNot(p) || !known && (ofRead || !isOpen(p)) || ofRead && !p.Class.Uses():
		return
	case !known:
		r = bounds{0, math.Inf(1)}
	}
	worst, best, ownWorst, ownBest := r.from, r.to, k.own.from, k.own.to
	if k.least {
		worst, best, ownWorst, ownBest = r.to, r.from, k.own.to, k.own.from
	}
	switch {
	case known && (surelyUses(p) || ofRead) && k.beats(worst, ownBest):
		k.beaten = true
	case k.beats(best, ownWorst):
		k.open = append(k.open, p)
	}
}

// projectsThat counts the projects that are so whatever was not read, and those that
// may be, which open lists.
func (j *judge) projectsThat(are, not func(*usage.Project) bool) (b bounds, open []*usage.Project) {
	for i := range j.f.Projects {
		switch p := &j.f.Projects[i]; {
		case are(p):
			b.from++
			b.to++
		case !not(p):
			b.to++
			open = append(open, p)
		}
	}
	return b, open
}

// using are the bounds of the number of projects of a level, "" for all, that use
// the language.
func (j *judge) using(level string) (bounds, []*usage.Project) {
	other := func(p *usage.Project) bool { return level != "" && p.Maturity != level }
	return j.projectsThat(
		func(p *usage.Project) bool { return !other(p) && surelyUses(p) },
		func(p *usage.Project) bool { return other(p) || surelyNot(p) })
}

// ofClass are the bounds of the number of projects of a class.
func (j *judge) ofClass(class usage.Class) (bounds, []*usage.Project) {
	return j.projectsThat(
		func(p *usage.Project) bool { return p.Quantities.Class.Is(class) == quantity.Yes },
		func(p *usage.Project) bool { return p.Quantities.Class.Is(class) == quantity.No })
}

// mayBePure reports whether all of a project may be in the language, and what was not
// read decides it.
func (j *judge) mayBePure(p *usage.Project) bool {
	return isOpen(p) && (p.Class == usage.Unknown || j.isPure(p))
}

// mayChange are the projects that could change the place of another: by size those of
// which repositories were not read, by day those that may belong to the set and come
// before it, and all of these for a place behind the first.
func mayChange(rank string, p *usage.Project, set, open []*usage.Project, behind bool) []*usage.Project {
	order := rankOrder(rank)
	var all []*usage.Project
	for _, q := range slices.Concat(set, open) {
		switch {
		case slices.Contains(all, q):
		case bySize.MatchString(rank):
			if isOpen(q) {
				all = append(all, q)
			}
		case slices.Contains(open, q) && (behind || order(q, p) < 0 && !tied(rank, q, p)):
			all = append(all, q)
		}
	}
	return all
}

// quantities are the figures of a project that have bounds of their own, by field.
var quantities = map[string]func(*usage.Quantities) bounds{
	"bytes": boundsOf(func(q *usage.Quantities) quantity.Of[int64] { return q.Bytes }),
	"total": boundsOf(func(q *usage.Quantities) quantity.Of[int64] { return q.Total }),
	"code":  boundsOf(func(q *usage.Quantities) quantity.Of[int64] { return q.Code }),
	"files": boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.Files }),

	"packages":          boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.Packages }),
	"commits.year":      boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.CommitsYear }),
	"commits.quarter":   boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.CommitsQuarter }),
	"commits.all":       boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.CommitsAll }),
	"commits.part.year": boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.PartCommitsYear }),
	"authors.part.year": boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.PartAuthorsYear }),
	"bots.year":         boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.BotsYear }),
	"merges.year":       boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.MergesYear }),
	"months.active":     boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.ActiveMonths }),
	"authors.year":      boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.AuthorsYear }),
	"authors.new":       boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.NewAuthorsYear }),
	"factor":            boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.AbsenceFactor }),
	"org.count":         boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.OrganisationsYear }),
	"elephant":          boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.ElephantFactor }),
	"release.days":      boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.ReleaseDays }),
	"adopters":          boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.Adopters }),
	"maintainers":       boundsOf(func(q *usage.Quantities) quantity.Of[int] { return q.Maintainers }),
}

// boundsOf gives the bounds of a quantity as numbers.
func boundsOf[T quantity.Number](of func(*usage.Quantities) quantity.Of[T]) func(*usage.Quantities) bounds {
	return func(all *usage.Quantities) bounds { return boundsIn(of(all)) }
}

// boundsIn are the bounds of a quantity as numbers.
func boundsIn[T quantity.Number](q quantity.Of[T]) bounds {
	b := bounds{0, math.Inf(1)}
	if q.Lower != nil {
		b.from = float64(*q.Lower)
	}
	if q.Upper != nil {
		b.to = float64(*q.Upper)
	}
	return b
}

// fixed are the kinds of figures that no reading adds to: of the landscape, of the
// definitions, and of what was read itself.
var fixed = []string{"audits", "repos", "coverage", "threshold", "sources", "lacking", "named", "count", "growth", "purity"}

// limit gives the measures of a claim the bounds that they may have, where nothing
// else has.
func (j *judge) limit(c *claim.Claim, all []measure) {
	p := j.projects[c.Subject.ID]
	head, _, _ := strings.Cut(c.Field, ".")
	head, _, _ = strings.Cut(head, ":")
	if slices.Contains(fixed, head) {
		if p != nil && c.Field == "repos.all" && p.Coverage.Open > 0 {
			bound(all, bounds{float64(p.Coverage.Repositories), math.Inf(1)}, unreadWords(p))
		}
		return
	}
	for i := range all {
		m := &all[i]
		switch {
		case m.can != nil, c.Scope != "" && scoped[head]: // which was read, or has bounds of its own
		case c.Subject.Sort == claim.OfRepository && j.repos[c.Subject.ID] != nil:
			r := j.repos[c.Subject.ID]
			m.can, m.unread = ofRepository(r.Repository, head, *m)
		case c.Subject.Sort == claim.OfProject && p != nil:
			if m.can = possible(p, c.Field, head, *m); m.can != nil {
				m.unread = unreadWords(p)
			}
		case c.Subject.Sort == claim.OfAll && !j.f.Coverage.Complete():
			if m.can = j.possibleSum(c.Field, m.value); m.can != nil {
				m.unread = j.f.Coverage.Words()
			}
		}
	}
}

// bound gives measures bounds.
func bound(all []measure, b bounds, unread string) {
	for i := range all {
		all[i].can, all[i].unread = &b, unread
	}
}

// sums are the figures of the projects together that have bounds of their own, by
// field.
var sums = map[string]func(*usage.SummaryQuantities) (value float64, b bounds){
	"bytes":    sumOf(func(q *usage.SummaryQuantities) quantity.Of[int64] { return q.Bytes }),
	"code":     sumOf(func(q *usage.SummaryQuantities) quantity.Of[int64] { return q.Code }),
	"packages": sumOf(func(q *usage.SummaryQuantities) quantity.Of[int] { return q.Packages }),
}

// sumOf gives a sum and its bounds as numbers.
func sumOf[T quantity.Number](of func(*usage.SummaryQuantities) quantity.Of[T]) func(*usage.SummaryQuantities) (float64, bounds) {
	return func(all *usage.SummaryQuantities) (float64, bounds) {
		q := of(all)
		if q.Value == nil {
			return math.NaN(), anyNumber
		}
		return float64(*q.Value), boundsIn(q)
	}
}

// possibleSum are the values that a figure of the projects together may have; nil
// where it is exact. A figure that is another than the one of its field, such as
// packages with those of tests, may have any.
func (j *judge) possibleSum(field string, value float64) *bounds {
	b := anyNumber
	if of := sums[field]; of != nil {
		if sum, its := of(&j.f.Summary.Quantities); sum == value {
			b = its
		}
	}
	if b.from == b.to {
		return nil
	}
	return &b
}

// ofTree are the kinds of figures that files which are missing add to.
var ofTree = []string{"bytes", "total", "code", "comment", "blank", "files"}

// ofRepository are the values that a figure of a repository that was read may have;
// nil where it is exact.
func ofRepository(r *usage.Repository, head string, m measure) (*bounds, string) {
	switch {
	case r.Stale:
		return &bounds{0, math.Inf(1)}, "its mirror ends on " + string(r.Horizon)
	case r.Missing == 0:
		return nil, ""
	case m.unit == "%":
		return &bounds{0, 100}, words.Gap(quantity.Gap{Files: r.Missing})
	case slices.Contains(ofTree, head):
		return &bounds{m.value, math.Inf(1)}, words.Gap(quantity.Gap{Files: r.Missing})
	}
	return nil, ""
}

// anyNumber are the bounds of what nothing is known of.
var anyNumber = bounds{0, math.Inf(1)}

// possible are the values that a figure of a project may have; nil where it is
// exact.
func possible(p *usage.Project, field, head string, m measure) *bounds {
	gap := p.Coverage.Gap()
	work := true // which a later day only adds to
	switch head {
	case "release":
		gap, work = p.Quantities.ReleaseDays.Missing, p.Quantities.ReleaseDays.Lower != nil
	case "commits", "bots", "merges", "authors", "months", "factor", "org", "elephant", "activity":
		gap = p.Quantities.CommitsYear.Missing
	default:
		work = gap.Stale == 0
	}
	if of := quantities[field]; of != nil {
		if b := of(&p.Quantities); b.from == b.to {
			return nil
		} else if b.from == m.value || b.to == m.value || b == anyNumber {
			return &b
		}
	}
	if days := sinceBounds(field, &p.Quantities, m); days != nil {
		return days
	}
	switch {
	case gap.IsZero():
		return nil
	case m.unit == "%" || !work || head == "factor" || head == "elephant" || field == "release.gap":
		return &bounds{0, math.Inf(1)}
	}
	return &bounds{m.value, math.Inf(1)}
}

// sinceBounds are the days since the last of something, which a later one that was
// not read makes fewer; nil for other fields and for what is exact.
func sinceBounds(field string, q *usage.Quantities, m measure) *bounds {
	last, ok := map[string]*quantity.Of[fact.Date]{"release.since": &q.LastRelease, "activity.since": &q.LastActivity}[field]
	switch {
	case !ok || last.Exact():
		return nil
	case last.Lower == nil:
		return &bounds{0, math.Inf(1)}
	}
	return &bounds{0, m.value}
}

// fewNames bounds how many names a reason gives.
const fewNames = 3

// unreadWords says which repositories of a project were not read: "7 of 10
// repositories of Podman were not read: containers/podman, …".
func unreadWords(p *usage.Project) string {
	var names []string
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Unread() {
			names = append(names, r.Slug())
		}
	}
	var parts []string
	if n := p.Coverage.Unread(); n > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s of %s %s not read: %s",
			words.Number(n), words.Amount(p.Coverage.Repositories, "repository"), p.Name, wasWere(n), firstOf(names)))
	}
	rest := p.Coverage.Gap()
	rest.Unread = 0
	if more := words.Gap(rest); more != "" {
		if len(parts) == 0 {
			more = p.Name + ": " + more
		}
		parts = append(parts, more)
	}
	return strings.Join(parts, "; ")
}

// unreadOf says which repositories of the project of a subject were not read; "" for
// none.
func (j *judge) unreadOf(s claim.Subject) string {
	if p := j.project(s); p != nil && isOpen(p) {
		return unreadWords(p)
	}
	return ""
}

// openWords says of which projects repositories were not read.
func openWords(open []*usage.Project) string {
	var names []string
	for _, p := range open {
		names = append(names, p.Name)
	}
	return fmt.Sprintf("of %s that could change it not everything was read: %s", words.Amount(len(open), "project"), firstOf(names))
}

// firstOf lists the first few of names.
func firstOf(names []string) string {
	if len(names) > fewNames {
		return strings.Join(names[:fewNames], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// notRead is the ruling on a claim on a project that what was not read decides.
func notRead(p *usage.Project, measured string, at []fact.Evidence) ruling {
	r := unverifiable(sourceRepository, "%s", unreadWords(p))
	r.measured, r.evidence = measured, at
	return r
}
