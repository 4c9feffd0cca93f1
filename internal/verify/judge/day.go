package judge

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
)

// A span is the days that a day of the facts may be, or of which a date of a claim holds,
// both ends included.
type span struct{ from, to fact.Date }

// never and always are before and after all days.
const (
	never  fact.Date = ""
	always fact.Date = "9999-12-31"
)

// within are the days of a day, month or year.
func within(text string) span { return span{fact.Date(text), fact.Date(text + "~")} } // all that begin so

// said is the days of which a date holds.
func said(d claim.Day) span {
	s := within(d.Text)
	switch d.Bound {
	case claim.AtLeast:
		s.to = always
	case claim.AtMost:
		s.from = never
	case claim.Over:
		return span{s.to, always}
	case claim.Under:
		return span{never, dayBefore(d.Text)}
	case claim.Range:
		s.to = within(d.To).to
	}
	return s
}

// dayBefore is the last day before a day, month or year.
func dayBefore(date string) fact.Date {
	t, err := time.Parse(time.DateOnly, (date + "-01-01")[:len(time.DateOnly)])
	if err != nil {
		return never
	}
	return fact.DateOf(t.AddDate(0, 0, -1))
}

// truth is whether it holds of a day that lies within others.
func (s span) truth(can span) quantity.Truth {
	holds := func(d fact.Date) bool { return s.from <= d && d <= s.to }
	switch {
	case holds(can.from) && holds(can.to):
		return quantity.Yes
	case s.from <= can.to && can.from <= s.to:
		return quantity.Perhaps
	}
	return quantity.No
}

// A dated is a day of the facts, and the days that it may be, whatever was not read.
type dated struct {
	day      fact.Date
	about    string
	evidence []fact.Evidence
	can      span
}

// exact is a day that nothing changes.
func exact(day fact.Date, about string, e ...fact.Evidence) dated {
	return dated{day, about, e, monthOf(day)}
}

// monthOf are the days of a day of the facts, which may be a month.
func monthOf(day fact.Date) span {
	if len(day) == len("2006-01") {
		return span{day + "-01", day + "-31"}
	}
	return span{day, day}
}

// bounded is a day with the bounds of a quantity.
func (d dated) bounded(q *quantity.Of[fact.Date], asOf fact.Date) dated {
	if !q.Known() || q.Exact() || *q.Value != d.day {
		return d
	}
	d.can = span{never, asOf}
	if q.Lower != nil {
		d.can.from = *q.Lower
	}
	if q.Upper != nil {
		d.can.to = cmp.Or(*q.Upper, asOf)
	}
	return d
}

// day judges a date.
func (j *Judge) day(c *claim.Claim) Ruling {
	all, source := j.days(c)
	if len(all) == 0 {
		return notReached(c, j.Project(c.Subject), source)
	}
	read := c.Read || !c.Strict && c.Day.Bound == claim.Exactly && j.OfRead(c)
	truths := make([]quantity.Truth, len(all))
	for i, d := range all {
		if read {
			d.can = monthOf(d.day)
		}
		truths[i] = said(c.Day).truth(d.can)
	}
	d := all[telling(truths)]
	r := Ruling{Verdict: verdictOf(c, truths), Measured: string(d.day), Evidence: d.evidence}
	switch {
	case r.Verdict == Unverifiable:
		r.Source, r.Why = SourceRepository, fmt.Sprintf("%s is of %s in what was read", d.about, d.day)
		if more := j.unreadOf(c.Subject); more != "" {
			r.Why += "; " + more
		}
	case r.Verdict == Refuted:
		r.Why = strings.TrimSpace(fmt.Sprintf("%s is %s", d.about, d.day))
		j.wrongDay(c, all, &r, read)
	}
	return r
}

// notReached is the ruling on a day of which nothing is known: what says when a project
// reached a level above its own is wrong, and denying it right.
func notReached(c *claim.Claim, p *usage.Project, source string) Ruling {
	above := p != nil && c.Is("milestone") && slices.Contains(ladder, c.Of) && slices.Contains(ladder, p.Maturity) && slices.Index(ladder, c.Of) > slices.Index(ladder, p.Maturity)
	if !above || p.MaturityDate == "" {
		return unverifiable(source, "")
	}
	r := refuted(p.Maturity, p.Name+" is "+p.Maturity, p.WhereReached())
	if c.Negated {
		r.Verdict = Confirmed
	}
	return r
}

// ladder are the levels that follow one another, the first one first.
var ladder = []string{"sandbox", "incubating", "graduated"}

// wrongDay finishes the ruling on a wrong day.
func (j *Judge) wrongDay(c *claim.Claim, all []dated, r *Ruling, read bool) {
	if c.Strict {
		if !c.Negated && c.Day.Bound == claim.Exactly {
			j.explainDay(c, r)
		}
		return
	}
	if d, ok := beside(c, all); ok {
		r.Verdict = Ambiguous
		r.Why = d.about + " is " + string(d.day) + " in UTC, and may be a day earlier or later elsewhere"
		return
	}
	d, sure := all[0], true
	if c.Is("audit") {
		d, sure = j.meant(c, all)
	}
	r.Measured, r.Evidence = string(d.day), d.evidence
	r.Why = strings.TrimSpace(fmt.Sprintf("%s is %s", d.about, d.day))
	if sure {
		r.Mended, r.Likely = d.day, c.Is("audit") && len(all) > 1 || d.can != monthOf(d.day) && !read
	}
	j.explainDay(c, r)
}

// beside is a day of a commit or tag that is one day from the claimed one: clocks of
// the two places may tell another day.
func beside(c *claim.Claim, all []dated) (dated, bool) {
	claimed, err := time.Parse(time.DateOnly, c.Day.Text)
	if err != nil || c.Is("milestone", "audit", "review") || c.Property.Under("report") {
		return dated{}, false
	}
	for _, d := range all {
		if t, err := time.Parse(time.DateOnly, string(d.day)); err == nil && claimed.Sub(t).Abs() == 24*time.Hour {
			return d, true
		}
	}
	return dated{}, false
}

// meant is which of several days was meant: the only one that no other claim of the report
// gives. Where there is none, or several, it is not sure, and the nearest.
func (j *Judge) meant(c *claim.Claim, all []dated) (dated, bool) {
	told := j.told[pointOf(c)]
	left := slices.DeleteFunc(slices.Clone(all), func(d dated) bool { return told != nil && told.days[string(d.day)] > 0 })
	if len(left) == 1 {
		return left[0], true
	}
	distance := func(d dated) time.Duration {
		a, errA := time.Parse(time.DateOnly, c.Day.Text)
		b, errB := time.Parse(time.DateOnly, string(d.day))
		if errA != nil || errB != nil {
			return 1 << 62
		}
		return a.Sub(b).Abs()
	}
	return slices.MinFunc(all, func(a, b dated) int { return cmp.Compare(distance(a), distance(b)) }), false
}

// days are the days that a date may be. Without any, source names what is missing.
func (j *Judge) days(c *claim.Claim) (all []dated, source string) {
	p, r := j.Project(c.Subject), j.Repository(c.Subject.ID)
	isRepository := c.Subject.Sort == claim.OfRepository && r != nil
	switch {
	case c.Is("report.made"):
		return nil, sourceAuthor
	case c.Is("report"):
		return []dated{exact(j.AsOf, "the day of the facts")}, ""
	case c.Is("report.landscape"):
		at := j.Facts.Survey.Landscape.CommittedAt
		return []dated{exact(fact.Date(at[:min(10, len(at))]), "the landscape's day", j.landscape()...)}, ""
	case c.Is("coverage.since"):
		return staleSince(j.Findings.Coverage.Since, p), SourceRepository
	case c.Is("revision.date") && isRepository && r.Revision != nil:
		return []dated{exact(fact.Date(r.Revision.CommittedAt[:10]), "the revision", r.Evidence())}, ""
	case c.Is("coverage.ends"):
		return ends(p, r, isRepository), SourceRepository
	case c.Is("history.first") && isRepository:
		return j.historyStart(r), SourceRepository
	case c.Is("revision.date", "history.first"), p == nil && c.Property.Kind != string(claim.Milestone):
		return nil, SourceRepository
	case p == nil:
		return nil, sourceLandscape
	case c.Is("milestone"):
		return milestones(c, p), sourceLandscape
	case c.Is("review") && p.Item.AnnualReviewDate != "":
		return []dated{exact(p.Item.AnnualReviewDate, "the annual review", p.Where("annual_review_date"))}, ""
	case c.Is("audit"):
		for i := range p.Item.Audits {
			a := &p.Item.Audits[i]
			all = append(all, exact(a.Date, "the audit by "+a.Vendor, AuditLine(p, a)))
		}
		return all, sourceLandscape
	case c.Is("review"):
		return nil, sourceLandscape
	case c.Property.Under("adopted"):
		return j.adoptionDays(c, p), SourceRepository
	}
	if p = j.only(c.Subject); p == nil {
		return nil, SourceRepository // the figures of a single repository
	}
	return j.workDays(c, p), SourceRepository
}

func staleSince(day fact.Date, p *usage.Project) []dated {
	if p != nil {
		day = p.Coverage.Since
	}
	if day == "" {
		return nil
	}
	return []dated{exact(day, "the end of the first mirror")}
}

// ends are the days until which the mirror of a repository, or those of a
// project, speak.
func ends(p *usage.Project, r *usage.Repository, isRepository bool) []dated {
	var all []dated
	for i := 0; p != nil && i < len(p.Repositories); i++ {
		x := &p.Repositories[i]
		if x.Horizon != "" && (!isRepository || x.ID.Key() == r.ID.Key()) {
			all = append(all, exact(x.Horizon, "the end of the mirror of "+x.Slug()))
		}
	}
	return all
}

// historyStart is the day of the first commit of a repository's mainline.
func (j *Judge) historyStart(r *usage.Repository) []dated {
	t := j.Facts.Timelines[r.ID.Key()]
	if t == nil || t.First.At == "" {
		return nil
	}
	return []dated{exact(fact.Date(t.First.At[:10]), "the first commit of its mainline", fact.Evidence{Repo: r.ID, Commit: t.First.Commit, View: fact.ViewCommit})}
}

// milestones are the days a project reached a level: the one named, its own ("reached"), or
// any ("changed").
func milestones(c *claim.Claim, p *usage.Project) []dated {
	var all []dated
	if c.Of == "reached" && p.MaturityDate != "" {
		all = append(all, exact(p.MaturityDate, "its day as "+p.Maturity, p.WhereReached()))
	}
	if c.Of == "adopted" {
		return adoptionDay(p, p.MaturityDate)
	}
	for _, m := range p.Milestones {
		if c.Of == "changed" || m.Name == c.Of || c.Level != "" && (m.Name == c.Level || c.Level == "sandbox" && m.Name == "accepted") {
			all = append(all, exact(m.Date, p.Name+"'s day as "+m.Name, m.Evidence))
		}
	}
	return all
}

func adoptionDay(p *usage.Project, asOf fact.Date) []dated {
	if p.Trend == nil || p.Trend.Adoption == nil {
		return nil
	}
	a := p.Trend.Adoption
	return []dated{exact(a.Date, "adoption in "+a.Repo.Slug(), a.Evidence).bounded(&p.Quantities.Adopted, asOf)}
}

// workDays are the days of work and releases.
func (j *Judge) workDays(c *claim.Claim, p *usage.Project) []dated {
	switch a := p.Activity; {
	case c.Is("activity.last"):
		all := lastActivity(p)
		for i := range all {
			all[i] = all[i].bounded(&p.Quantities.LastActivity, j.AsOf).bounded(&p.Quantities.LastCommit, j.AsOf)
		}
		return all
	case c.Is("activity.first") && a != nil && a.First != nil:
		return []dated{exact(a.First.Date, "the first human commit", a.First.Evidence).bounded(&p.Quantities.FirstCommit, j.AsOf)}
	case c.Is("release.last") && c.Of != "":
		var all []dated
		for t := range j.tags(p) {
			if sameTag(t.Tag, c.Of) {
				all = append(all, exact(fact.Date(t.At[:10]), "release "+t.Tag, t.evidence))
			}
		}
		return all
	case c.Is("release.last") && p.Releases != nil && p.Releases.LastAt != nil:
		last := p.Releases.LastAt
		return []dated{exact(last.Date, "the last full release, "+p.Releases.Last.Tag+",", last.Evidence).bounded(&p.Quantities.LastRelease, j.AsOf)}
	}
	return nil
}

// lastActivity are the days of the last human commit in the histories that were measured,
// and of the last commit by a person on any branch, merges included.
func lastActivity(p *usage.Project) []dated {
	var all []dated
	if a := p.Activity; a != nil {
		if l := a.Last; l != nil {
			all = append(all, exact(l.Date, "the last human commit", l.Evidence))
		}
		if l := a.Latest; l != nil && (a.Last == nil || l.Date != a.Last.Date) {
			all = append(all, exact(l.Date, "the last commit by a person, on "+l.Ref+",", l.Evidence))
		}
	}
	return all
}

// A tagged is a release with its place.
type tagged struct {
	*fact.Release
	evidence fact.Evidence
}

// tags are the releases of the repositories of a project that count.
func (j *Judge) tags(p *usage.Project) iter.Seq[tagged] {
	return func(yield func(tagged) bool) {
		for i := range p.Repositories {
			r := &p.Repositories[i]
			all := j.Facts.Releases[r.ID.Key()]
			if all == nil || !r.Counted {
				continue
			}
			for k := range all.Releases {
				t := &all.Releases[k]
				if !yield(tagged{t, fact.Evidence{Repo: r.ID, Commit: t.Commit, View: fact.ViewCommit}}) {
					return
				}
			}
		}
	}
}

// sameTag compares a tag with one as people write it: without its v, or what stands before
// the version.
func sameTag(tag, written string) bool {
	return strings.TrimPrefix(tag, "v") == strings.TrimPrefix(written, "v") || strings.HasSuffix(tag, "/"+written) || strings.HasSuffix(tag, "-"+written)
}

// adoptionDays are the days and months of a language's way into a subject.
func (j *Judge) adoptionDays(c *claim.Claim, p *usage.Project) []dated {
	t := p.Trend
	if c.Is("adopted") && c.Subject.Sort == claim.OfRepository {
		return j.repositoryAdoption(c.Subject.ID)
	}
	if t == nil {
		return nil
	}
	month, about := "", ""
	switch {
	case c.Is("adopted"):
		return adoptionDay(p, j.AsOf)
	case c.Is("adopted.tenth"):
		month, about = t.Tenth, "the first month with 10 %"
	case c.Is("adopted.half"):
		month, about = t.Half, "the first month with 50 %"
	case c.Is("adopted.peakmonth") && t.Peak != nil:
		month, about = t.Peak.Month, "the month with the largest share"
	}
	for _, x := range t.Crossings {
		if c.Is("adopted.crossing") && strings.EqualFold(x.Up, c.Of) && strings.EqualFold(x.Down, c.Than.ID) || c.Is("adopted.over") && x.Up == j.Language && strings.EqualFold(x.Down, c.Of) {
			month, about = x.Month, "the month since which there is more "+x.Up+" than "+x.Down
		}
	}
	if month == "" {
		return nil
	}
	d := exact(fact.Date(month), about, trees(p, true)...)
	if isOpen(p) && about[len(about)-1] == '%' || isOpen(p) && c.Is("adopted.peakmonth") {
		d.can = span{never, j.AsOf}
	}
	return []dated{d}
}

func (j *Judge) repositoryAdoption(repo string) []dated {
	t := j.Facts.Timelines[repo]
	if t == nil {
		return nil
	}
	i := slices.IndexFunc(t.Adoptions, func(a fact.Adoption) bool { return a.Language == j.Language })
	if i < 0 {
		return nil
	}
	a := &t.Adoptions[i]
	return []dated{exact(fact.Date(a.Commit.At[:10]), "adoption", fact.Evidence{Repo: fact.RepoID(repo), Commit: a.Commit.Commit, View: fact.ViewCommit})}
}
