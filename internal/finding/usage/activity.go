package usage

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/chaoss"
	"assay/internal/people"
)

// Activity is who worked on the repositories of a project, and when. Human
// commits are commits that are no merge and whose author is no bot. Dates are
// committer dates. A commit that two repositories have counts in both.
type Activity struct {
	// Repositories whose commits are known, of all that were read.
	Repositories int `json:"repositories"`
	Of           int `json:"of"`
	// Commits of all time up to the date.
	Commits Counts `json:"commits"`
	// Year is the year that ends with the date, Quarter its last 90 days.
	Year    Window `json:"year"`
	Quarter Counts `json:"quarter"`
	// First and Last human commit; null when there is none.
	First *DatedCommit `json:"first"`
	Last  *DatedCommit `json:"last"`
	// Part is the work on the language alone.
	Part PartActivity `json:"part"`
	// Months from the first commit to the date; those without commits are left
	// out.
	Months []MonthActivity `json:"months"`
	// Evidence is the histories that were read.
	Evidence []fact.Evidence `json:"evidence"`
}

// Counts tells commits apart. They sum to all commits.
type Counts struct {
	Human  int `json:"human"`
	Bot    int `json:"bot"`
	Merges int `json:"merges"`
}

// All is the number of commits.
func (c Counts) All() int { return c.Human + c.Bot + c.Merges }

func (c *Counts) add(w *fact.Work, bot bool) {
	c.Merges += w.Merges
	if bot {
		c.Bot += w.Commits
	} else {
		c.Human += w.Commits
	}
}

// A Window is the activity of a stretch of days, both ends included.
type Window struct {
	From fact.Date `json:"from"`
	To   fact.Date `json:"to"`
	Counts
	// ActiveMonths counts the calendar months with a human commit, at most 12.
	ActiveMonths int `json:"active_months"`
	// Authors of human commits, and those of them whose first it was.
	Authors    int `json:"authors"`
	NewAuthors int `json:"new_authors"`
	// AbsenceFactor is CHAOSS' contributor absence factor; 0 without commits.
	AbsenceFactor int           `json:"absence_factor"`
	Organisations Organisations `json:"organisations"`
}

// Organisations is for whom the authors of human commits worked, as far as that
// is known.
type Organisations struct {
	// Known of Of human commits have an author whose organisation is known.
	Known int `json:"known"`
	Of    int `json:"of"`
	// Elephant is CHAOSS' elephant factor over the known; 0 without any.
	Elephant int `json:"elephant_factor"`
	// New counts organisations without a commit before the window.
	New int `json:"new"`
	// List has most commits first.
	List []OrganisationCommits `json:"list"`
}

// OrganisationCommits is the human commits of an organisation.
type OrganisationCommits struct {
	Name    string `json:"name"`
	Commits int    `json:"commits"`
}

// KnownShare is the share of commits whose organisation is known; nil without
// commits.
func (o *Organisations) KnownShare() *float64 {
	if o.Of == 0 {
		return nil
	}
	share := float64(o.Known) / float64(o.Of)
	return &share
}

// LargestShare is the share of the largest organisation in the known commits;
// nil when none is known.
func (o *Organisations) LargestShare() *float64 {
	if o.Known == 0 {
		return nil
	}
	share := float64(o.List[0].Commits) / float64(o.Known)
	return &share
}

// OrganisationsOf is the organisations of w; templates take their address so.
func (w *Window) OrganisationsOf() *Organisations { return &w.Organisations }

// PartOf is the work on the language; templates take its address so.
func (a *Activity) PartOf() *PartActivity { return &a.Part }

// PartActivity is the human commits that changed files which, by their names,
// are counted code of the language, and who made them.
type PartActivity struct {
	Commits int `json:"commits"`
	Authors int `json:"authors"`
	// Of the year that ends with the date.
	YearCommits   int `json:"year_commits"`
	YearAuthors   int `json:"year_authors"`
	AbsenceFactor int `json:"absence_factor"`
}

// A DatedCommit is a commit and where it is.
type DatedCommit struct {
	Date     fact.Date     `json:"date"`
	Evidence fact.Evidence `json:"evidence"`
}

// MonthActivity is the commits of a month.
type MonthActivity struct {
	Month string `json:"month"` // YYYY-MM
	Counts
	Authors    int `json:"authors"`     // of human commits
	NewAuthors int `json:"new_authors"` // whose first it was
}

// A crew is the authors of a project: those of its repositories, joined.
type crew struct {
	joiner people.Joiner
	bots   map[string]bool // hashed names and addresses the user calls bots
	asOf   fact.Date
	from   fact.Date // first day of the year that ends with asOf

	numbers map[*fact.Author]int
	first   map[int]string // by root: time of the first human commit
}

// quarter is the length of the shorter window, in days: OpenSSF Scorecard's.
const quarter = 90

// activity sums the commits of repositories; nil when none is known.
func (ix *index) activity(repos []*Repository, opts finding.Options) *Activity {
	known := map[*Repository]*fact.Commits{}
	var order []*Repository
	for _, r := range repos {
		if c := ix.facts.Commits[r.ID.Key()]; c != nil && r.Revision != nil {
			known[r] = c
			order = append(order, r)
		}
	}
	if len(order) == 0 {
		return nil
	}
	asOf := ix.facts.Survey.AsOf
	c := &crew{
		bots: opts.Bots, asOf: asOf, from: fact.DateOf(asOf.End().AddDate(-1, 0, 1)),
		numbers: map[*fact.Author]int{}, first: map[int]string{},
	}
	for _, r := range order {
		c.join(known[r])
	}
	t := newWorkTally(c, opts)
	out := &Activity{Repositories: len(order), Of: len(repos)}
	for _, r := range order {
		c.firsts(known[r])
	}
	for _, r := range order {
		t.add(known[r])
		out.ends(r, known[r], c)
		out.Evidence = append(out.Evidence, fact.Evidence{Repo: r.ID, Commit: r.Revision.Commit, View: fact.ViewHistory})
	}
	t.write(out)
	return out
}

// join gives the authors of a repository their numbers.
func (c *crew) join(commits *fact.Commits) {
	for i := range commits.Authors {
		a := &commits.Authors[i]
		c.numbers[a] = c.joiner.Join(a.Keys)
	}
}

// root is who the author is in the project.
func (c *crew) root(a *fact.Author) int { return c.joiner.Root(c.numbers[a]) }

// bot reports whether an author is none, by our rules or the user's.
func (c *crew) bot(a *fact.Author) bool {
	if a.Bot != "" {
		return true
	}
	if len(c.bots) == 0 {
		return false
	}
	called := func(key string) bool { return c.bots[key] }
	return slices.ContainsFunc(a.Names, called) || slices.ContainsFunc(a.Keys, called) ||
		slices.ContainsFunc(a.Addresses, func(at fact.Address) bool { return called(at.Key) })
}

// firsts notes when each person first committed.
func (c *crew) firsts(commits *fact.Commits) {
	for i := range commits.Authors {
		a := &commits.Authors[i]
		if a.First == nil || c.bot(a) {
			continue
		}
		if was, ok := c.first[c.root(a)]; !ok || a.First.At < was {
			c.first[c.root(a)] = a.First.At
		}
	}
}

// ends notes the first and last human commit of a repository.
func (a *Activity) ends(r *Repository, commits *fact.Commits, c *crew) {
	for i := range commits.Authors {
		who := &commits.Authors[i]
		if who.First == nil || c.bot(who) {
			continue
		}
		at := func(ref *fact.CommitRef) *DatedCommit {
			return &DatedCommit{
				Date:     fact.Day(ref.At),
				Evidence: fact.Evidence{Repo: r.ID, Commit: ref.Commit, View: fact.ViewCommit},
			}
		}
		if d := at(who.First); a.First == nil || compareDated(d, a.First) < 0 {
			a.First = d
		}
		if d := at(who.Last); a.Last == nil || compareDated(d, a.Last) > 0 {
			a.Last = d
		}
	}
}

func compareDated(a, b *DatedCommit) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Evidence.Commit, b.Evidence.Commit))
}

// A workTally sums the work of a project.
type workTally struct {
	crew     *crew
	resolver people.Resolver
	language string
	late     fact.Date // first day of the quarter

	all     Counts
	year    Counts
	quarter Counts
	months  map[string]*MonthActivity
	authors map[string]map[int]bool // by month

	yearBy map[int]int // human commits by person
	active map[string]bool

	part, partYear         int
	partAuthors, partYears map[int]int

	orgYear, orgBefore map[string]int
}

func newWorkTally(c *crew, opts finding.Options) *workTally {
	return &workTally{
		crew: c, resolver: opts.People, language: opts.Language,
		late:   fact.DateOf(c.asOf.End().AddDate(0, 0, 1-quarter)),
		months: map[string]*MonthActivity{}, authors: map[string]map[int]bool{},
		yearBy: map[int]int{}, active: map[string]bool{}, partAuthors: map[int]int{}, partYears: map[int]int{},
		orgYear: map[string]int{}, orgBefore: map[string]int{},
	}
}

// add adds the work on one repository.
func (t *workTally) add(commits *fact.Commits) {
	lang := slices.Index(commits.Languages, t.language)
	bots := make([]bool, len(commits.Authors))
	for i := range commits.Authors {
		bots[i] = t.crew.bot(&commits.Authors[i])
	}
	for i := range commits.Work {
		w := &commits.Work[i]
		t.count(w, bots[w.Author])
		if w.Commits == 0 || bots[w.Author] {
			continue
		}
		a := &commits.Authors[w.Author]
		t.human(w, a)
		for _, touched := range w.Touched {
			if touched.Language == lang {
				t.touch(w, t.crew.root(a), touched.Commits)
			}
		}
	}
}

// within reports whether a period lies between a day and the date. What is older
// than a year is known by the month, which no window reaches.
func (t *workTally) within(period string, from fact.Date) bool {
	return period >= string(from) && period <= string(t.crew.asOf) && len(period) == len(time.DateOnly)
}

func (t *workTally) count(w *fact.Work, bot bool) {
	t.all.add(w, bot)
	if t.within(w.Period, t.crew.from) {
		t.year.add(w, bot)
	}
	if t.within(w.Period, t.late) {
		t.quarter.add(w, bot)
	}
	month := fact.Month(w.Period)
	m := t.months[month]
	if m == nil {
		m = &MonthActivity{Month: month}
		t.months[month] = m
	}
	m.add(w, bot)
}

// human adds the commits of a person.
func (t *workTally) human(w *fact.Work, a *fact.Author) {
	who, month := t.crew.root(a), fact.Month(w.Period)
	if t.authors[month] == nil {
		t.authors[month] = map[int]bool{}
	}
	t.authors[month][who] = true
	address := a.Addresses[w.Address]
	org, known := t.resolver.Organisation(a.Keys, address.Key, address.Domain, w.Period)
	if t.within(w.Period, t.crew.from) {
		t.yearBy[who] += w.Commits
		t.active[month] = true
		if known {
			t.orgYear[org] += w.Commits
		}
	} else if known && w.Period < string(t.crew.from) {
		t.orgBefore[org] += w.Commits
	}
}

func (t *workTally) touch(w *fact.Work, who, commits int) {
	t.part += commits
	t.partAuthors[who] += commits
	if t.within(w.Period, t.crew.from) {
		t.partYear += commits
		t.partYears[who] += commits
	}
}

// write writes the sums.
func (t *workTally) write(out *Activity) {
	out.Commits, out.Quarter = t.all, t.quarter
	out.Year = Window{
		From: t.crew.from, To: t.crew.asOf, Counts: t.year,
		ActiveMonths: min(len(t.active), 12), Authors: len(t.yearBy), AbsenceFactor: absence(t.yearBy),
		Organisations: t.organisations(),
	}
	for who := range t.yearBy {
		if t.crew.first[who] >= string(t.crew.from) {
			out.Year.NewAuthors++
		}
	}
	out.Part = PartActivity{
		Commits: t.part, Authors: len(t.partAuthors), YearCommits: t.partYear, YearAuthors: len(t.partYears),
		AbsenceFactor: absence(t.partYears),
	}
	fresh := map[string]int{}
	for _, at := range t.crew.first {
		fresh[fact.Month(at)]++
	}
	out.Months = []MonthActivity{}
	for _, month := range slices.Sorted(maps.Keys(t.months)) {
		m := t.months[month]
		m.Authors, m.NewAuthors = len(t.authors[month]), fresh[month]
		out.Months = append(out.Months, *m)
	}
}

func absence(by map[int]int) int {
	return chaoss.ContributorAbsenceFactor(slices.Collect(maps.Values(by)))
}

func (t *workTally) organisations() Organisations {
	o := Organisations{Of: t.year.Human, List: []OrganisationCommits{}}
	for name, n := range t.orgYear {
		o.Known += n
		o.List = append(o.List, OrganisationCommits{name, n})
		if t.orgBefore[name] == 0 {
			o.New++
		}
	}
	slices.SortFunc(o.List, func(a, b OrganisationCommits) int {
		return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.Name, b.Name))
	})
	o.Elephant = chaoss.ElephantFactor(slices.Collect(maps.Values(t.orgYear)))
	return o
}
