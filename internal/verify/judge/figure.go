package judge

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
	"assay/internal/verify/property"
)

// A figure is a number of the facts that a claim may be of.
type figure struct {
	value float64
	// can are the values that it may have, whatever was not read.
	can bounds
	// unit follows the number in words, and about says which figure it is; "%" is a share.
	unit, about string
	evidence    []fact.Evidence
	// strict: where what was not read decides, no likely slip makes a claim wrong.
	strict bool
	// open says what was not read, where that is not told by the subject.
	open string
}

func (f figure) words() string {
	if f.unit == "%" {
		return words.Percent(f.value / 100)
	}
	s := words.Number(int64(math.Round(f.value)))
	if f.value != math.Trunc(f.value) {
		s = fmt.Sprintf("%.1f", f.value)
	}
	if f.unit != "" {
		s = words.Amount(int64(math.Round(f.value)), f.unit)
	}
	return strings.TrimSpace(s + " " + f.about)
}

// of is a figure of a property.
func of(p *property.Property, value float64, can bounds, e ...fact.Evidence) figure {
	f := figure{value: value, can: can, unit: p.Unit, about: p.After, evidence: e}
	if p.Value == property.Percent {
		f.unit, f.strict = "%", true
	}
	return f
}

// A part is what a figure of a project is measured in.
type part uint8

const (
	tree part = iota
	work
	releases
	// told figures are exact: the landscape's, those of files, and what was read itself.
	told
)

// A source gives a figure of a project.
type source struct {
	part part
	// value is nil where it is not known.
	value func(p *usage.Project) *float64
	// bounds are those of the quantity with the value; nil for those that what was not
	// read of the part leaves.
	bounds func(q *usage.Quantities) bounds
	// free: what was not read may make it less, too.
	free bool
}

// bounded is a figure with bounds of its own.
func bounded[T quantity.Number](from part, q func(*usage.Quantities) quantity.Of[T]) source {
	return source{
		part: from, bounds: func(all *usage.Quantities) bounds { return boundsIn(q(all)) },
		value: func(p *usage.Project) *float64 {
			if v := q(&p.Quantities).Value; v != nil {
				return number(*v)
			}
			return nil
		},
	}
}

func number[T quantity.Number](v T) *float64 {
	n := float64(v)
	return &n
}

// active is a figure of the activity of a project.
func active(f func(a *usage.Activity) *float64) source {
	return source{part: work, value: func(p *usage.Project) *float64 {
		if p.Activity == nil {
			return nil
		}
		return f(p.Activity)
	}}
}

// released is a figure of the releases of a project.
func released(f func(r *profile.Releases) *int) source {
	return source{part: releases, value: func(p *usage.Project) *float64 {
		if p.Releases == nil || f(p.Releases) == nil {
			return nil
		}
		return number(*f(p.Releases))
	}}
}

// packaged is a figure of the packages of a project.
func packaged(f func(p *usage.Project) *float64) source {
	return source{value: func(p *usage.Project) *float64 {
		if p.Coverage.Read == 0 {
			return nil
		}
		return f(p)
	}}
}

// covered is how much of a project was read.
func covered(f func(c *profile.ProjectCoverage) int) source {
	return source{part: told, value: func(p *usage.Project) *float64 { return number(f(&p.Coverage)) }}
}

func (s source) freely() source {
	s.free = true
	return s
}

// unsafe is a count of unsafe code.
func unsafe(f func(u *fact.Unsafe) int) source {
	return packaged(func(p *usage.Project) *float64 {
		if p.Packages.Unsafe == nil {
			return nil
		}
		return number(f(p.Packages.Unsafe))
	})
}

func percent(share *float64) *float64 {
	if share == nil {
		return nil
	}
	return number(100 * *share)
}

// ofProject are the figures of projects, but for sizes, by property.
var ofProject = map[string]source{
	"commits.year":    bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.CommitsYear }),
	"commits.quarter": bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.CommitsQuarter }),
	"commits.all":     bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.CommitsAll }),
	"bots.year":       bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.BotsYear }),
	"merges.year":     bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.MergesYear }),
	"months.active":   bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.ActiveMonths }),
	"authors.year":    bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.AuthorsYear }),
	"authors.new":     bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.NewAuthorsYear }),
	"factor":          bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.AbsenceFactor }),
	"elephant":        bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.ElephantFactor }),
	"org.count":       bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.OrganisationsYear }),

	"commits.part.year": bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.PartCommitsYear }),
	"authors.part.year": bounded(work, func(q *usage.Quantities) quantity.Of[int] { return q.PartAuthorsYear }),
	"commits.part":      active(func(a *usage.Activity) *float64 { return number(a.Part.Commits) }),
	"authors.part":      active(func(a *usage.Activity) *float64 { return number(a.Part.Authors) }),
	"factor.part":       active(func(a *usage.Activity) *float64 { return number(a.Part.AbsenceFactor) }).freely(),
	"bots.quarter":      active(func(a *usage.Activity) *float64 { return number(a.Quarter.Bot) }),
	"org.known":         active(func(a *usage.Activity) *float64 { return percent(a.Year.Organisations.KnownShare()) }).freely(),
	"org.largest":       active(func(a *usage.Activity) *float64 { return percent(a.Year.Organisations.LargestShare()) }).freely(),
	"bots.share": active(func(a *usage.Activity) *float64 {
		all := a.Year.Human + a.Year.Bot
		if all == 0 {
			return nil
		}
		return number(100 * float64(a.Year.Bot) / float64(all))
	}).freely(),

	"release.days":  bounded(releases, func(q *usage.Quantities) quantity.Of[int] { return q.ReleaseDays }),
	"release.full":  released(func(r *profile.Releases) *int { return &r.YearFull }),
	"release.all":   released(func(r *profile.Releases) *int { return &r.Full }),
	"release.pre":   released(func(r *profile.Releases) *int { return &r.YearPre }),
	"release.gap":   released(func(r *profile.Releases) *int { return r.MedianGap }).freely(),
	"release.since": released(func(r *profile.Releases) *int { return r.SinceLast }).freely(),

	"packages.other": packaged(func(p *usage.Project) *float64 { return number(p.Packages.Other) }),
	"packages.wasm":  packaged(func(p *usage.Project) *float64 { return number(p.Packages.Wasm) }),
	"manifests":      packaged(func(p *usage.Project) *float64 { return number(len(p.Components)) }),
	"unsafe.blocks":  unsafe(func(u *fact.Unsafe) int { return u.Blocks }),
	"unsafe.fns":     unsafe(func(u *fact.Unsafe) int { return u.Fns }),
	"unsafe.impls":   unsafe(func(u *fact.Unsafe) int { return u.Impls }),
	"unsafe.traits":  unsafe(func(u *fact.Unsafe) int { return u.Traits }),
	"unsafe.files":   unsafe(func(u *fact.Unsafe) int { return u.Files }),
	"adopted.peak": {free: true, value: func(p *usage.Project) *float64 {
		if p.Trend == nil || p.Trend.Peak == nil {
			return nil
		}
		return percent(p.Trend.Peak.Share)
	}},

	"adopters":    bounded(tree, func(q *usage.Quantities) quantity.Of[int] { return q.Adopters }),
	"maintainers": bounded(tree, func(q *usage.Quantities) quantity.Of[int] { return q.Maintainers }),
	"audits":      {part: told, value: func(p *usage.Project) *float64 { return number(len(p.Item.Audits)) }},

	"repos.read":       covered(func(c *profile.ProjectCoverage) int { return c.Read }),
	"repos.all":        covered(func(c *profile.ProjectCoverage) int { return c.Repositories }),
	"repos.other":      covered(func(c *profile.ProjectCoverage) int { return c.Other }),
	"repos.absent":     covered(func(c *profile.ProjectCoverage) int { return c.Absent }),
	"repos.failed":     covered(func(c *profile.ProjectCoverage) int { return c.Failed }),
	"repos.unread":     covered(func(c *profile.ProjectCoverage) int { return c.Unread() }),
	"repos.unmeasured": covered(func(c *profile.ProjectCoverage) int { return c.Unmeasured }),
	"repos.empty":      covered(func(c *profile.ProjectCoverage) int { return c.Empty }),
	"repos.partial":    covered(func(c *profile.ProjectCoverage) int { return c.Partial }),
	"coverage.missing": covered(func(c *profile.ProjectCoverage) int { return c.MissingFiles }),
	"coverage.stale":   covered(func(c *profile.ProjectCoverage) int { return c.Stale }),
	"coverage.open":    covered(func(c *profile.ProjectCoverage) int { return c.Open }),
}

// can are the values that a figure of a project may have.
func (s source) can(p *usage.Project, value float64) bounds {
	if s.bounds != nil {
		return s.bounds(&p.Quantities)
	}
	var gap quantity.Gap
	grows := true // a later day only adds to it
	switch s.part {
	case tree:
		gap = p.Coverage.Gap()
		grows = gap.Stale == 0
	case work:
		gap = p.Quantities.CommitsYear.Missing
	case releases:
		gap, grows = p.Quantities.ReleaseDays.Missing, p.Quantities.ReleaseDays.Lower != nil
	case told:
	}
	switch {
	case gap.IsZero():
		return exactly(value)
	case s.free || !grows:
		return anyNumber
	}
	return bounds{value, math.Inf(1)}
}

// at is the evidence for a figure of a part of a project.
func (s source) at(p *usage.Project) []fact.Evidence {
	switch {
	case s.part == work && p.Activity != nil:
		return p.Activity.Evidence
	case s.part == releases && p.Releases != nil:
		return p.Releases.Evidence
	case s.part == told:
		return []fact.Evidence{p.Where("repo_url")}
	}
	return trees(p, true)
}

// mostTrees bounds the evidence of a figure.
const mostTrees = 5

// trees are the revisions of a project's repositories that hold the language,
// or of all that count.
func trees(p *usage.Project, holding bool) []fact.Evidence {
	var all []fact.Evidence
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Counted && (!holding || r.Figures.Bytes > 0) && len(all) < mostTrees {
			all = append(all, r.Evidence())
		}
	}
	if len(all) == 0 && holding {
		return trees(p, false)
	}
	return all
}

// figures are the figures that a number may be, the likeliest first. Without any, source
// names what is missing.
func (j *Judge) figures(c *claim.Claim) (all []figure, source string) {
	p := c.Property
	switch {
	case p.Kind == string(claim.Stars):
		return nil, sourceHost
	case p.Kind == string(claim.Count) || c.Subject.Sort == claim.OfAll || c.Subject.Sort == claim.OfLevel:
		return j.counts(c), SourceRepository
	case c.Is("share") && c.Year != "":
		return j.yearShare(c), SourceRepository
	case sizes[p.Name].value != nil:
		return j.sized(c), SourceRepository
	case c.Is("packages"):
		return j.packages(c), SourceRepository
	}
	if c.Subject.Sort == claim.OfRepository && c.Is("manifests") {
		return j.packages(c), SourceRepository
	}
	of := j.only(c.Subject)
	if p.Kind == string(claim.Repositories) || p.Kind == string(claim.Coverage) || c.Is("audits", "adopters", "maintainers", "named", "named.more") {
		of = j.Project(c.Subject)
	}
	if of == nil {
		return nil, SourceRepository
	}
	return j.ofProject(c, of), SourceRepository
}

// ofProject are the figures of a project.
func (j *Judge) ofProject(c *claim.Claim, p *usage.Project) []figure {
	s, known := ofProject[c.Property.Name]
	switch {
	case !known:
		return j.special(c, p)
	case c.Property.Period == property.Year && c.Year != "" && !strings.HasPrefix(string(j.AsOf), c.Year):
		return nil // of another year nothing is told
	}
	v := s.value(p)
	if v == nil {
		return nil
	}
	all := []figure{of(c.Property, *v, s.can(p, *v), s.at(p)...)}
	switch {
	case c.Is("repos.all") && p.Coverage.Open > 0:
		all[0].can = bounds{*v, math.Inf(1)}
	case c.Is("release.since") && !p.Quantities.LastRelease.Exact() && p.Quantities.LastRelease.Lower != nil:
		all[0].can = bounds{0, *v}
	case c.Is("release.full") && !c.Strict && c.Label == "" && c.Loose != "": // of which time is not said
		full := float64(p.Releases.Full)
		all = append(all, of(property.Must("release.all"), full, s.can(p, full), s.at(p)...))
	}
	return all
}

// special are the figures with an argument, and those that are counted from what a claim
// says.
func (j *Judge) special(c *claim.Claim, p *usage.Project) []figure {
	one := func(n int, from part) []figure {
		s := source{part: from}
		return []figure{of(c.Property, float64(n), s.can(p, float64(n)), s.at(p)...)}
	}
	a, k := p.Activity, &p.Packages
	switch {
	case c.Is("activity.since"):
		return j.since(c, p)
	case c.Is("commits.month") && a != nil && c.Of <= string(j.AsOf):
		i := slices.IndexFunc(a.Months, func(m profile.MonthActivity) bool { return m.Month == c.Of })
		if i < 0 {
			return one(0, work)
		}
		return one(a.Months[i].Human, work)
	case c.Is("org.share") && a != nil && a.Year.Organisations.Known > 0:
		o := &a.Year.Organisations
		for _, x := range o.List {
			if strings.EqualFold(x.Name, c.Of) {
				v := 100 * float64(x.Commits) / float64(o.Known)
				return []figure{of(c.Property, v, source{part: work, free: true}.can(p, v), a.Evidence...)}
			}
		}
	case c.Is("org.others") && a != nil:
		return one(len(a.Year.Organisations.List)-c.Listed, work)
	case c.Is("packages.by"):
		return named(one, slices.Concat(k.Ecosystems, k.Kinds), c.Of)
	case c.Is("packages.edition"):
		return named(one, k.Editions, c.Of)
	case c.Is("packages.runtime"):
		return named(one, k.Runtimes, c.Of)
	case c.Is("named"):
		return slices.Concat(one(len(p.Documents.Adopters), told), one(len(p.Documents.Maintainers), told))
	case c.Is("named.more"):
		return one(len(namers(p, c.Of))-c.Listed, told)
	case c.Is("repos.without"):
		all, primary := without(p)
		return slices.Concat(one(all-primary, told), one(all, told))
	case c.Is("adopted.threshold"):
		return []figure{of(c.Property, 10, exactly(10)), of(c.Property, 50, exactly(50))}
	case c.Is("lacking"):
		return lacking(c, k.Product, k.Product+k.Other, len(p.Components), len(p.Documents.Adopters), len(p.Documents.Maintainers), len(p.Repositories))
	}
	return nil
}

func named(one func(int, part) []figure, counts []usage.Count, name string) []figure {
	for _, c := range counts {
		if strings.EqualFold(c.Name, name) {
			return one(c.Count, tree)
		}
	}
	return nil
}

// lacking is how many more there are of what a list shows the first of: of any list, less
// what stands in it.
func lacking(c *claim.Claim, lengths ...int) []figure {
	var all []figure
	for _, n := range lengths {
		if v := float64(n - c.Listed); v >= 0 {
			all = append(all, of(c.Property, v, exactly(v)))
		}
	}
	return all
}

// namers are the repositories whose files name maintainers or adopters, with how many.
func namers(p *usage.Project, what string) map[fact.RepoID]int {
	in := map[fact.RepoID]int{}
	for i := range p.Documents.Maintainers {
		if what == "maintainers" {
			in[p.Documents.Maintainers[i].Evidence.Repo]++
		}
	}
	for i := range p.Documents.Adopters {
		if what != "maintainers" {
			in[p.Documents.Adopters[i].Evidence.Repo]++
		}
	}
	return in
}

// without are how many repositories were read that hold nothing of the language, and how
// many of these are primary.
func without(p *usage.Project) (all, primary int) {
	for _, r := range p.InScope() {
		if r.Figures.Bytes == 0 {
			all++
			if r.Reason == fact.Primary {
				primary++
			}
		}
	}
	return all, primary
}

// since is the days since the last commit by a person: on any branch, or in
// the histories that were measured.
func (j *Judge) since(c *claim.Claim, p *usage.Project) []figure {
	var all []figure
	for _, d := range lastActivity(p) {
		v := float64(int(j.AsOf.End().Sub(d.day.End()).Hours() / 24))
		can := exactly(v)
		if last := &p.Quantities.LastActivity; !last.Exact() {
			if can = (bounds{0, v}); last.Lower == nil {
				can = anyNumber
			}
		}
		all = append(all, of(c.Property, v, can, d.evidence...))
	}
	return all
}
