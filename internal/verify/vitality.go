package verify

import (
	"slices"
	"strconv"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/cadence"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// only is the project whose figures of work a subject has: the project, or the
// only repository of one.
func (j *judge) only(s claim.Subject) *usage.Project {
	p := j.project(s)
	if p == nil || s.Sort == claim.OfProject {
		return p
	}
	if in := p.InScope(); len(in) == 1 && s.Sort == claim.OfRepository && in[0].ID.Key() == s.ID {
		return p
	}
	return nil
}

// vitality are the figures of work, people and releases.
func (j *judge) vitality(c *claim.Claim, field string) []measure {
	p := j.only(c.Subject)
	if p == nil {
		return nil
	}
	switch field {
	case "activity.since":
		return j.activitySince(p)
	case "org.others":
		if p.Activity == nil {
			return nil
		}
		return count(len(p.Activity.Year.Organisations.List)-c.Listed, "other", p.Activity.Evidence...)
	}
	if strings.HasPrefix(field, "release.") {
		return releaseMeasures(c, p, field)
	}
	a := p.Activity
	if a == nil || strings.HasSuffix(field, ".year") && c.Year != "" && !strings.HasPrefix(string(j.asOf), c.Year) {
		return nil // of another year nothing is told
	}
	if month, ok := strings.CutPrefix(field, "commits.month:"); ok {
		if month > string(j.asOf) {
			return nil
		}
		return monthMeasure(a, month)
	}
	if name, ok := strings.CutPrefix(field, "org.share:"); ok {
		return organisationShare(a, name)
	}
	return activityMeasures(a, field)
}

// activityMeasures are the figures of an activity by field.
func activityMeasures(a *usage.Activity, field string) []measure {
	y, o := &a.Year, &a.Year.Organisations
	counts := map[string]int{
		"commits.year": y.Human, "commits.quarter": a.Quarter.Human, "commits.all": a.Commits.Human,
		"bots.year": y.Bot, "bots.quarter": a.Quarter.Bot, "merges.year": y.Merges, "months.active": y.ActiveMonths,
		"authors.year": y.Authors, "authors.new": y.NewAuthors, "factor": y.AbsenceFactor, "factor.part": a.Part.AbsenceFactor,
		"commits.part.year": a.Part.YearCommits, "authors.part.year": a.Part.YearAuthors,
		"commits.part": a.Part.Commits, "authors.part": a.Part.Authors,
		"elephant": o.Elephant, "org.count": len(o.List),
	}
	if n, ok := counts[field]; ok {
		return amount(field, n, a.Evidence)
	}
	shares := map[string]*float64{"org.known": o.KnownShare(), "org.largest": o.LargestShare()}
	if all := y.Human + y.Bot; all > 0 {
		s := float64(y.Bot) / float64(all)
		shares["bots.share"] = &s
	}
	if s := shares[field]; s != nil {
		return one(100**s, "%", a.Evidence...)
	}
	return nil
}

// amount is a number with its unit, and the words that say which figure it is.
func amount(field string, n int, at []fact.Evidence) []measure {
	m := measure{value: float64(n), evidence: at}
	if p, _ := property.Of(field); p != nil {
		m.unit, m.about = p.Unit, p.After
	}
	return []measure{m}
}

func monthMeasure(a *usage.Activity, month string) []measure {
	for i := range a.Months {
		if a.Months[i].Month == month {
			return count(a.Months[i].Human, "human commit", a.Evidence...)
		}
	}
	return count(0, "human commit", a.Evidence...)
}

// organisationShare is the share of an organisation in the commits whose
// organisation is known.
func organisationShare(a *usage.Activity, name string) []measure {
	o := &a.Year.Organisations
	name = strings.TrimPrefix(name, "the human commits of the year: ")
	for _, c := range o.List {
		if strings.EqualFold(c.Name, name) && o.Known > 0 {
			return one(100*float64(c.Commits)/float64(o.Known), "%", a.Evidence...)
		}
	}
	return nil
}

// releaseMeasures are the figures of releases by field.
func releaseMeasures(c *claim.Claim, p *usage.Project, field string) []measure {
	r := p.Releases
	if r == nil {
		return nil
	}
	counts := map[string]*int{
		"release.full": &r.YearFull, "release.all": &r.Full, "release.pre": &r.YearPre, "release.days": &r.Days, "release.gap": r.MedianGap, "release.since": r.SinceLast,
	}
	n := counts[field]
	if n == nil {
		return nil
	}
	m := amount(field, *n, r.Evidence)
	if field == "release.pre" && r.Word == cadence.PreOnly {
		m = append(m, count(r.Pre, "pre-release", r.Evidence...)...)
	}
	if field == "release.full" && c.Label == "" && !period.MatchString(c.Sentence) {
		m = append(m, count(r.Full, "full release", r.Evidence...)...)
	}
	return m
}

// period: a text says of which time a number is.
var period = lazyregexp.New(`(?i)\b(?:year|years|months?|quarter|annual|20\d\d|days)\b`)

// activitySince is the days since the last commit by a person: on any branch, or in
// the histories that were measured.
func (j *judge) activitySince(p *usage.Project) []measure {
	var all []measure
	for _, d := range lastActivity(p.Activity) {
		days := j.asOf.End().Sub(d.day.End()).Hours() / 24
		all = append(all, one(float64(int(days)), "day", d.evidence...)...)
	}
	return all
}

// latestIn judges in which repository a person committed last.
func (j *judge) latestIn(c *claim.Claim, p *usage.Project) ruling {
	if p.Activity == nil || p.Activity.Latest == nil {
		return unverifiable(sourceRepository, "no history was read")
	}
	l := p.Activity.Latest
	if c.Word == string(l.Repo) || c.Word == l.Repo.Slug() {
		return ruling{verdict: Confirmed, measured: c.Word, evidence: []fact.Evidence{l.Evidence}}
	}
	if !p.Quantities.LastActivity.Exact() && !j.isOfRead(c) {
		return notRead(p, words.Slug(l.Repo), []fact.Evidence{l.Evidence})
	}
	return same(c, words.Slug(l.Repo), l.Evidence)
}

// adoption are the figures of a language's way into a project.
func (j *judge) adoption(c *claim.Claim, what string) []measure {
	p := j.only(c.Subject)
	if p == nil || p.Trend == nil {
		return nil
	}
	switch what {
	case "threshold":
		return []measure{{value: 10, unit: "%"}, {value: 50, unit: "%"}}
	case "peak":
		if t := p.Trend.Peak; t != nil && t.Share != nil {
			return one(100**t.Share, "%", trees(p, true)...)
		}
	}
	return nil
}

// packages are the packages of a project, by what the field asks for.
func (j *judge) packages(c *claim.Claim, what, head, arg string) []measure {
	if c.Subject.Sort == claim.OfAll {
		if what == "" && head == "packages" {
			return count(j.f.Summary.Packages, "package")
		}
		return nil
	}
	p := j.project(c.Subject)
	if p == nil || p.Coverage.Read == 0 {
		return nil
	}
	if c.Subject.Sort == claim.OfRepository {
		return j.repositoryPackages(p, c.Subject.ID, head)
	}
	k := &p.Packages
	at := trees(p, true)
	switch what, _, _ := strings.Cut(what, ":"); {
	case head == "manifests":
		return count(j.manifests(p, ""), "manifest", at...)
	case head == "unsafe":
		return unsafeMeasure(k.Unsafe, what, at)
	case what == "" && strings.Contains(c.Sentence, " for tests"): // which are told apart
		return count(k.Product, "package", at...)
	case what == "":
		return append(count(k.Product, "package", at...), count(k.Product+k.Other, "package", at...)...)
	case what == "other":
		return count(k.Other, "package", at...)
	case what == "wasm":
		return count(k.Wasm, "package", at...)
	case what == "by":
		return named(append(slices.Clone(k.Ecosystems), k.Kinds...), arg, at)
	case what == "edition":
		return named(k.Editions, arg, at)
	case what == "editions":
		return editions(c, k.Editions, at)
	case what == "runtime":
		return named(k.Runtimes, arg, at)
	}
	return nil
}

// editions are the names of the editions, as numbers: first the one with the
// number of packages that stands behind, then those that the text lacks.
func editions(c *claim.Claim, all []usage.Count, at []fact.Evidence) []measure {
	behind := c.Text.S[c.To:]
	rank := func(e usage.Count) int {
		switch {
		case strings.Contains(c.Sentence, e.Name):
			return 2
		case strings.HasPrefix(behind, " ("+words.Number(e.Count)+")"):
			return 0
		}
		return 1
	}
	var found []measure
	for _, e := range slices.SortedStableFunc(slices.Values(all), func(a, b usage.Count) int { return rank(a) - rank(b) }) {
		for _, n := range numbersIn(e.Name) {
			found = append(found, measure{value: n, evidence: at})
		}
	}
	return found
}

func named(counts []usage.Count, name string, at []fact.Evidence) []measure {
	for _, c := range counts {
		if strings.EqualFold(c.Name, name) {
			return count(c.Count, "", at...)
		}
	}
	return nil
}

func unsafeMeasure(u *fact.Unsafe, what string, at []fact.Evidence) []measure {
	if u == nil {
		return nil
	}
	n := map[string]int{"blocks": u.Blocks, "fns": u.Fns, "impls": u.Impls, "traits": u.Traits, "files": u.Files}
	return count(n[what], "", at...)
}

// manifests counts the manifests of a project, or one repository, in the
// language, whatever their role.
func (j *judge) manifests(p *usage.Project, repo string) int {
	n := 0
	for i := range p.Components {
		if c := &p.Components[i]; repo == "" || c.Repo.Key() == repo {
			n++
		}
	}
	return n
}

func (j *judge) repositoryPackages(p *usage.Project, repo, head string) []measure {
	r := j.repos[repo]
	if head == "manifests" {
		return count(j.manifests(p, repo), "manifest", r.Evidence())
	}
	if head != "packages" || r.Figures == nil {
		return nil
	}
	n, all := 0, 0
	for i := range p.Components {
		c := &p.Components[i]
		if c.Repo.Key() == repo && c.IsPackage() {
			all++
			if c.Role == fact.RoleProduct {
				n++
			}
		}
	}
	return append(count(n, "package", r.Evidence()), count(all, "package", r.Evidence())...)
}

// yearShare is the share of a language at the end of a year.
func (j *judge) yearShare(c *claim.Claim, lang string) []measure {
	p := j.only(c.Subject)
	if p == nil || p.Trend == nil {
		return nil
	}
	for i := range p.Trend.Years {
		y := &p.Trend.Years[i]
		if strconv.Itoa(y.Year) != c.Year {
			continue
		}
		for _, l := range y.Languages {
			if l.Language == lang {
				return []measure{j.shareMeasure(c, 100*l.Share, trees(p, true))}
			}
		}
		return []measure{j.shareMeasure(c, 0, trees(p, true))}
	}
	return nil
}

// lacking is how many more there are of what a list shows the first of: of any
// list of the subject, less what stands in the list.
func (j *judge) lacking(c *claim.Claim) []measure {
	var lengths []int
	if p := j.project(c.Subject); p != nil {
		lengths = []int{
			p.Packages.Product, p.Packages.Product + p.Packages.Other, len(p.Components), len(p.Documents.Adopters), len(p.Documents.Maintainers), len(p.Repositories),
		}
	} else {
		lengths = []int{j.f.Summary.Unknown, j.unread(), j.codeRepositories(), len(j.facts.Survey.Landscape.Notes) + len(j.facts.Survey.Catalog.Notes)}
	}
	var all []measure
	for _, n := range lengths {
		if n >= c.Listed {
			all = append(all, measure{value: float64(n - c.Listed), about: "beside those listed"})
		}
	}
	return all
}

// unread counts the repositories that could not be read, whole or in part, or not
// for the day, as a report lists them.
func (j *judge) unread() int {
	return j.repositoriesThat(func(r *usage.Repository) bool { return r.Wanting() })
}

// codeRepositories counts the repositories that hold counted code of the language.
func (j *judge) codeRepositories() int {
	return j.repositoriesThat(func(r *usage.Repository) bool { return r.Counted && r.Figures.Bytes > 0 })
}

// repositoriesThat counts the repositories of all projects that are so.
func (j *judge) repositoriesThat(are func(*usage.Repository) bool) int {
	n := 0
	for i := range j.f.Projects {
		for k := range j.f.Projects[i].Repositories {
			if r := &j.f.Projects[i].Repositories[k]; r.Scope.Within(j.f.Scope) && are(r) {
				n++
			}
		}
	}
	return n
}
