package profile

import (
	"cmp"
	"maps"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/chaoss"
	"assay/internal/people"
)

// A workTally sums the work of a project.
type workTally struct {
	crew     *crew
	resolver people.Resolver
	late     fact.Date // first day of the quarter

	all     Counts
	year    Counts
	quarter Counts
	months  map[string]*MonthActivity
	authors map[string]map[int]bool // by month

	yearBy map[int]int // human commits by person
	active map[string]bool

	orgYear, orgBefore map[string]int
}

func newWorkTally(c *crew, resolver people.Resolver) *workTally {
	return &workTally{
		crew: c, resolver: resolver,
		late:   fact.DateOf(c.asOf.End().AddDate(0, 0, 1-quarter)),
		months: map[string]*MonthActivity{}, authors: map[string]map[int]bool{},
		yearBy: map[int]int{}, active: map[string]bool{},
		orgYear: map[string]int{}, orgBefore: map[string]int{},
	}
}

// add adds the work on one repository.
func (t *workTally) add(work *work) {
	for i := range work.commits.Work {
		w := &work.commits.Work[i]
		if t.crew.after(w.Period) {
			continue
		}
		t.count(w, work.bots[w.Author])
		if w.Commits > 0 && !work.bots[w.Author] {
			t.human(w, work.who[w.Author], &work.commits.Authors[w.Author])
		}
	}
}

func (t *workTally) count(w *fact.Work, bot bool) {
	t.all.add(w, bot)
	if t.crew.within(w.Period, t.crew.from) {
		t.year.add(w, bot)
	}
	if t.crew.within(w.Period, t.late) {
		t.quarter.add(w, bot)
	}
	if w.Period == "" {
		return // nobody knows when
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
func (t *workTally) human(w *fact.Work, who int, a *fact.Author) {
	if w.Period == "" {
		return
	}
	month := fact.Month(w.Period)
	if t.authors[month] == nil {
		t.authors[month] = map[int]bool{}
	}
	t.authors[month][who] = true
	address := a.Addresses[w.Address]
	org, known := t.resolver.Organisation(a.Keys, address.Key, address.Domain, w.Period)
	if t.crew.within(w.Period, t.crew.from) {
		t.yearBy[who] += w.Commits
		t.active[month] = true
		if known {
			t.orgYear[org] += w.Commits
		}
	} else if known && w.Period < string(t.crew.from) {
		t.orgBefore[org] += w.Commits
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

// ends notes the first and last human commit of a repository. A clock that was
// fast by less than a day does not reach beyond the date.
func (a *Activity) ends(w *work, asOf fact.Date) {
	for i := range w.commits.Authors {
		who := &w.commits.Authors[i]
		if who.First == nil || w.bots[i] {
			continue
		}
		at := func(ref *fact.CommitRef) *DatedCommit {
			return &DatedCommit{
				Date:     min(fact.Day(ref.At), asOf),
				Evidence: fact.Evidence{Repo: w.repo.ID, Commit: ref.Commit, View: fact.ViewCommit},
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
