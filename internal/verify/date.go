package verify

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
)

// A dated is a day of the facts.
type dated struct {
	day      fact.Date
	about    string
	evidence []fact.Evidence
}

// date judges a date.
func (j *judge) date(c *claim.Claim) ruling {
	all, source := j.days(c)
	if len(all) == 0 {
		if r, ok := j.daysOfOther(c); ok {
			return r
		}
		r := unverifiable(source, "")
		r.claimed = c.Quote()
		return r
	}
	for _, d := range all {
		if j.dayHolds(c, d) {
			return ruling{verdict: Confirmed, claimed: c.Quote(), measured: string(d.day), evidence: d.evidence}
		}
	}
	if r, open := j.openDay(c, all); open {
		return r
	}
	if d, ok := dayBeside(c, all); ok {
		return ruling{
			verdict: Ambiguous, claimed: c.Quote(), measured: string(d.day), evidence: d.evidence,
			why: d.about + " is " + string(d.day) + " in UTC, and may be a day earlier or later elsewhere",
		}
	}
	d, sure := all[0], true
	if c.Field == "audit" {
		d, sure = j.meant(c, j.project(c.Subject))
	}
	r := ruling{
		verdict: Refuted, claimed: c.Quote(), measured: string(d.day), evidence: d.evidence,
		why: strings.TrimSpace(fmt.Sprintf("%s is %s", d.about, d.day)),
	}
	if sure {
		r.mended, r.likely = j.likeDay(c, d.day), c.Field == "audit" && len(all) > 1 || !j.isExactDay(c, d)
	}
	j.explainDay(c, &r)
	return r
}

// dayBeside is a day of a commit or tag that is one day from the claimed one: clocks of
// the two places may tell another day.
func dayBeside(c *claim.Claim, all []dated) (dated, bool) {
	claimed, err := time.Parse(time.DateOnly, c.Day.Text)
	if err != nil || c.Day.Bound != claim.Exactly || strings.HasPrefix(c.Field, "milestone") || c.Kind == claim.Audit || c.Kind == claim.Review {
		return dated{}, false
	}
	for _, d := range all {
		t, err := time.Parse(time.DateOnly, string(d.day))
		if err == nil && claimed.Sub(t).Abs() == 24*time.Hour {
			return d, true
		}
	}
	return dated{}, false
}

// meant is which audit of a project was meant: the only one whose day no other
// claim of the report gives, of the vendors that the sentence names where it names some.
// Where there is none, or several, it is not sure.
func (j *judge) meant(c *claim.Claim, p *usage.Project) (d dated, sure bool) {
	all, others := audits(c, p)
	if len(all) == 0 {
		all = others
	}
	told := j.elsewhere(c)
	left := slices.DeleteFunc(slices.Clone(all), func(d dated) bool { return told.gives(d.day, c) })
	if len(left) == 0 {
		return nearest(all, c.Day), false
	}
	return nearest(left, c.Day), len(left) == 1
}

// nearest is the day that is nearest to the claimed one.
func nearest(all []dated, day claim.Day) dated {
	best, distance := all[0], time.Duration(1<<62)
	claimed, err := time.Parse(time.DateOnly, day.Text)
	for _, d := range all {
		t, bad := time.Parse(time.DateOnly, string(d.day))
		if err == nil && bad == nil && claimed.Sub(t).Abs() < distance {
			best, distance = d, claimed.Sub(t).Abs()
		}
	}
	return best
}

// daysOfOther refutes a day that nothing is known of, when it is to the day
// that of another project.
func (j *judge) daysOfOther(c *claim.Claim) (ruling, bool) {
	if len(c.Day.Text) != len(time.DateOnly) || c.Subject.Sort != claim.OfProject {
		return ruling{}, false
	}
	for i := range j.f.Projects {
		q := &j.f.Projects[i]
		if !j.uses(q) || q.ID == c.Subject.ID {
			continue
		}
		all, _ := j.days(with(c, c.Field, claim.Subject{Sort: claim.OfProject, ID: q.ID}, ""))
		for _, d := range all {
			if c.Day.Matches(string(d.day)) {
				return ruling{
					verdict: Refuted, claimed: c.Quote(), why: "nothing of the kind is known of it", evidence: d.evidence,
					hypothesis: &Hypothesis{"project", "that is " + q.Name + "'s"},
				}, true
			}
		}
	}
	return ruling{}, false
}

// days are the days that a date may be.
func (j *judge) days(c *claim.Claim) ([]dated, string) {
	field, arg, _ := strings.Cut(c.Field, ":")
	switch field {
	case "report.made":
		return nil, sourceAuthor
	case "report":
		return []dated{{j.asOf, "the day of the facts", nil}}, ""
	case "report.landscape":
		return []dated{{fact.Date(j.facts.Survey.Landscape.CommittedAt[:min(10, len(j.facts.Survey.Landscape.CommittedAt))]), "the landscape's day", j.landscape()}}, ""
	case "revision.date":
		return j.revisionDay(c), sourceRepository
	case "coverage.ends":
		return j.mirrorEnd(c), sourceRepository
	case "coverage.since":
		return j.staleSince(c), sourceRepository
	}
	p := j.project(c.Subject)
	if p == nil {
		return nil, sourceLandscape
	}
	switch field {
	case "history.first":
		return j.historyStart(c), sourceRepository
	case "milestone", "growth":
		if arg == "reached" || arg == "changed" {
			return reachedDays(c, p), sourceLandscape
		}
		return j.milestones(c, p, arg), sourceLandscape
	case "review":
		if p.Item.AnnualReviewDate == "" {
			return nil, sourceLandscape
		}
		return []dated{{p.Item.AnnualReviewDate, "the annual review", []fact.Evidence{p.Where("annual_review_date")}}}, ""
	case "audit":
		by, others := audits(c, p)
		return append(by, others...), sourceLandscape
	}
	return j.workDays(c, p), sourceRepository
}

// milestones are the days a project reached a level, or what a table of growth
// calls so.
func (j *judge) milestones(c *claim.Claim, p *usage.Project, name string) []dated {
	var all []dated
	for _, m := range p.Milestones {
		if m.Name == name || name == "changes of level" {
			all = append(all, dated{m.Date, p.Name + "'s day as " + m.Name, []fact.Evidence{m.Evidence}})
		}
	}
	if first := j.rankedDate(c); first != nil {
		return append(all, first...) // whether it is the first is another claim
	}
	if name == "adopted" {
		return adoptionDay(p)
	}
	return all
}

// rankedDate is the first or last acceptance, for a label that says so.
func (j *judge) rankedDate(c *claim.Claim) []dated {
	var n *usage.Named
	switch f := j.f; {
	case j.language == "": // the first of which, is not told
	case strings.HasPrefix(c.Label, "first accepted"):
		n = f.Summary.FirstAccepted
	case strings.HasPrefix(c.Label, "most recent"):
		n = f.Summary.LastAccepted
	}
	if n == nil {
		return nil
	}
	return []dated{{n.Date, c.Label + ": " + n.Name + "'s", []fact.Evidence{n.Evidence}}}
}

// reachedDays are the day a project reached its level, that of the level named,
// and for a change of level those of all. Of several levels in a text each has its
// own day.
func reachedDays(c *claim.Claim, p *usage.Project) []dated {
	var all []dated
	several := c.Level != p.Maturity && strings.Contains(strings.ToLower(c.Text.S), p.Maturity)
	if p.MaturityDate != "" && !several {
		all = append(all, dated{p.MaturityDate, "its day as " + p.Maturity, []fact.Evidence{p.WhereReached()}})
	}
	for _, m := range p.Milestones {
		if c.Field == "milestone:changed" || m.Name == c.Level || c.Level == "sandbox" && m.Name == "accepted" {
			all = append(all, dated{m.Date, p.Name + "'s day as " + m.Name, []fact.Evidence{m.Evidence}})
		}
	}
	return all
}

func adoptionDay(p *usage.Project) []dated {
	if p.Trend == nil || p.Trend.Adoption == nil {
		return nil
	}
	a := p.Trend.Adoption
	return []dated{{a.Date, "adoption in " + a.Repo.Slug(), []fact.Evidence{a.Evidence}}}
}

// audits are the days of the audits of a project: by the vendors that the sentence
// names, and by others.
func audits(c *claim.Claim, p *usage.Project) (by, others []dated) {
	for _, a := range p.Item.Audits {
		e := p.Where("audits")
		e.Line = a.Line
		d := dated{a.Date, "the audit by " + a.Vendor, []fact.Evidence{e}}
		if a.Vendor != "" && strings.Contains(strings.ToLower(c.Sentence), strings.ToLower(a.Vendor)) {
			by = append(by, d)
		} else {
			others = append(others, d)
		}
	}
	return by, others
}

// workDays are the days of work and releases.
func (j *judge) workDays(c *claim.Claim, p *usage.Project) []dated {
	if strings.HasPrefix(c.Field, "adopted") {
		return j.adoptionDays(c, p)
	}
	if p = j.only(c.Subject); p == nil {
		return nil // the figures of a single repository
	}
	a := p.Activity
	switch c.Field {
	case "activity.last":
		return lastOf(c, a)
	case "activity.first":
		if a != nil && a.First != nil {
			return []dated{{a.First.Date, "the first human commit", []fact.Evidence{a.First.Evidence}}}
		}
	case "release.last":
		return j.releaseDay(c, p)
	}
	return nil
}

// lastActivity are the days of the last commit by a person on any branch, merges
// included, and of the last human commit in the histories that were measured.
func lastActivity(a *usage.Activity) []dated {
	var all []dated
	if a == nil {
		return nil
	}
	if l := a.Latest; l != nil {
		all = append(all, dated{l.Date, "the last commit by a person, on " + l.Ref + ",", []fact.Evidence{l.Evidence}})
	}
	if l := a.Last; l != nil && (a.Latest == nil || l.Date != a.Latest.Date) {
		all = append(all, dated{l.Date, "the last human commit", []fact.Evidence{l.Evidence}})
	}
	return all
}

// lastOf are the days of the last activity, that which the words before the date are
// about first.
func lastOf(c *claim.Claim, a *usage.Activity) []dated {
	all := lastActivity(a)
	said := strings.ToLower(c.Label + " " + c.Text.S[max(0, c.From-60):c.From])
	if strings.Contains(said, "commit") {
		slices.Reverse(all)
	}
	return all
}

// releaseDay is the day of the release that the sentence names by its version,
// or of the last.
func (j *judge) releaseDay(c *claim.Claim, p *usage.Project) []dated {
	if c.Word != "" { // said to be of that release
		return j.daysOfTag(p, c.Word)
	}
	before := c.Text.S[max(0, c.From-60):c.From]
	found := j.releasesIn(p, before)
	if p.Releases == nil || p.Releases.LastAt == nil {
		return found
	}
	last := dated{p.Releases.LastAt.Date, "the last full release, " + p.Releases.Last.Tag + ",", []fact.Evidence{p.Releases.LastAt.Evidence}}
	isLast := slices.ContainsFunc(found, func(d dated) bool { return d.day == last.day })
	switch said := lastSaid.MatchString(c.Label) || lastSaid.MatchString(strings.ToLower(before)); {
	case said && isLast:
		return []dated{last} // a later one may not have been read
	case len(found) > 0 && !said:
		return found // the day of that release is known
	}
	return append([]dated{last}, found...)
}

// lastSaid: the day is said to be that of the last release, whatever version
// stands beside it.
var lastSaid = lazyregexp.New(`(?:last|latest|newest|current)(?: full| stable)? release`)

// releasesIn are the days of the releases of a project whose tag a text names
// last. Several repositories may have the tag.
func (j *judge) releasesIn(p *usage.Project, text string) []dated {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;()\"'", r) })
	for _, word := range slices.Backward(words) {
		if days := j.daysOfTag(p, strings.Trim(word, ".:")); days != nil {
			return days
		}
	}
	return nil
}

// daysOfTag are the days of the releases with a tag.
func (j *judge) daysOfTag(p *usage.Project, tag string) []dated {
	var days []dated
	for _, t := range j.releases(p, tag) {
		days = append(days, dated{fact.Date(t.At[:10]), "release " + t.Tag, []fact.Evidence{t.evidence}})
	}
	return days
}

// A tagged is a release with its place.
type tagged struct {
	*fact.Release
	evidence fact.Evidence
}

// releases are those with a tag, with or without its v.
func (j *judge) releases(p *usage.Project, tag string) []tagged {
	if !strings.ContainsAny(tag, "0123456789") || !strings.Contains(tag, ".") {
		return nil
	}
	var found []tagged
	for i := range p.Repositories {
		r := &p.Repositories[i]
		all := j.facts.Releases[r.ID.Key()]
		if all == nil || !r.Counted {
			continue
		}
		for k := range all.Releases {
			t := &all.Releases[k]
			if t.Tag == tag || strings.TrimPrefix(t.Tag, "v") == strings.TrimPrefix(tag, "v") || strings.HasSuffix(t.Tag, "/"+tag) {
				found = append(found, tagged{t, fact.Evidence{Repo: r.ID, Commit: t.Commit, View: fact.ViewCommit}})
			}
		}
	}
	return found
}

// adoptionDays are the days and months of a language's way into a subject.
func (j *judge) adoptionDays(c *claim.Claim, p *usage.Project) []dated {
	t := p.Trend
	if t == nil {
		return nil
	}
	at := trees(p, true)
	month := func(m, what string) []dated {
		if m == "" {
			return nil
		}
		return []dated{{fact.Date(m), what, at}}
	}
	switch field, arg, _ := strings.Cut(c.Field, ":"); field {
	case "adopted.tenth":
		return month(t.Tenth, "the first month with 10 %")
	case "adopted.half":
		return month(t.Half, "the first month with 50 %")
	case "adopted.peakmonth":
		if t.Peak != nil {
			return month(t.Peak.Month, "the month with the largest share")
		}
	case "adopted.crossing":
		for _, x := range t.Crossings {
			if strings.EqualFold(x.Up, arg) && strings.Contains(c.Sentence, x.Down) {
				return month(x.Month, "the month since which there is more")
			}
		}
	case "adopted.over":
		for _, x := range t.Crossings {
			if x.Up == j.language && strings.EqualFold(x.Down, arg) {
				return month(x.Month, "the month since which there is more "+x.Up+" than "+x.Down)
			}
		}
	case "adopted":
		if c.Subject.Sort == claim.OfRepository {
			return j.repositoryAdoption(c.Subject.ID)
		}
		return adoptionDay(p)
	}
	return nil
}

func (j *judge) repositoryAdoption(repo string) []dated {
	t := j.facts.Timelines[repo]
	if t == nil {
		return nil
	}
	i := slices.IndexFunc(t.Adoptions, func(a fact.Adoption) bool { return a.Language == j.language })
	if i < 0 {
		return nil
	}
	a := &t.Adoptions[i]
	return []dated{{fact.Date(a.Commit.At[:10]), "adoption", []fact.Evidence{{Repo: fact.RepoID(repo), Commit: a.Commit.Commit, View: fact.ViewCommit}}}}
}

// historyStart is the day of the first commit of a repository's mainline.
func (j *judge) historyStart(c *claim.Claim) []dated {
	t := j.facts.Timelines[c.Subject.ID]
	if c.Subject.Sort != claim.OfRepository || t == nil || t.First.At == "" {
		return nil
	}
	at := fact.Evidence{Repo: fact.RepoID(c.Subject.ID), Commit: t.First.Commit, View: fact.ViewCommit}
	return []dated{{fact.Date(t.First.At[:10]), "the first commit of its mainline", []fact.Evidence{at}}}
}

// staleSince is the day on which the first mirror ends that ends too early.
func (j *judge) staleSince(c *claim.Claim) []dated {
	cov := &j.f.Coverage.ProjectCoverage
	if p := j.project(c.Subject); p != nil {
		cov = &p.Coverage
	}
	if cov.Since == "" {
		return nil
	}
	return []dated{{cov.Since, "the end of the first mirror", nil}}
}

// mirrorEnd are the days until which the mirror of a repository, or those of a
// project, speak.
func (j *judge) mirrorEnd(c *claim.Claim) []dated {
	if r := j.repos[c.Subject.ID]; r != nil {
		return endOf(r.Repository.Repository)
	}
	var all []dated
	if p := j.project(c.Subject); p != nil {
		for i := range p.Repositories {
			all = append(all, endOf(p.Repositories[i].Repository)...)
		}
	}
	return all
}

func endOf(r *profile.Repository) []dated {
	if r.Horizon == "" {
		return nil
	}
	return []dated{{r.Horizon, "the end of the mirror of " + r.Slug(), nil}}
}

// revisionDay is the day of the commit of a repository that was measured.
func (j *judge) revisionDay(c *claim.Claim) []dated {
	r := j.repos[c.Subject.ID]
	if r == nil || r.Revision == nil {
		return nil
	}
	return []dated{{fact.Date(r.Revision.CommittedAt[:10]), "the revision", []fact.Evidence{r.Evidence()}}}
}

// lastOfMain is the last full release whose tag is nothing but a version: in
// repositories that also tag their parts, that is what people call the last
// release.
func (j *judge) lastOfMain(p *usage.Project) *tagged {
	var last *tagged
	for i := range p.Repositories {
		r := &p.Repositories[i]
		all := j.facts.Releases[r.ID.Key()]
		if all == nil || !r.Counted {
			continue
		}
		for k := range all.Releases {
			t := &all.Releases[k]
			if !t.Pre && t.Series == "" && fact.Date(t.At[:10]) <= j.asOf && (last == nil || t.At > last.At) {
				last = &tagged{t, fact.Evidence{Repo: r.ID, Commit: t.Commit, View: fact.ViewCommit}}
			}
		}
	}
	return last
}
