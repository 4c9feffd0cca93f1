package profile

import (
	"iter"
	"slices"
	"time"

	"assay/internal/fact"
	"assay/internal/people"
)

// A crew is the authors of a project: those of its repositories, joined.
type crew struct {
	joiner  people.Joiner
	called  map[string]bool // hashed names and addresses the user calls bots
	persons map[string]bool // those the user calls people
	asOf    fact.Date
	from    fact.Date // first day of the year that ends with asOf

	works []work
	first map[int]string // by person: time of the first human commit
}

// A work is the commits of a repository, with what the crew knows of their authors.
type work struct {
	repo    *Repository
	commits *fact.Commits
	who     []int  // by author: which person of the project
	bots    []bool // by author
}

// quarter is the length of the shorter window, in days: OpenSSF Scorecard's.
const quarter = 90

// crew joins the authors of repositories; nil when the commits of none are known.
func (ix *index) crew(repos []*Repository) *crew {
	asOf := ix.facts.Survey.AsOf
	c := &crew{
		called: ix.opts.Bots, persons: ix.opts.Persons, asOf: asOf, from: fact.DateOf(asOf.End().AddDate(-1, 0, 1)), first: map[int]string{},
	}
	for _, r := range repos {
		if commits := ix.facts.Commits[r.ID.Key()]; commits != nil && r.Revision != nil {
			c.join(r, commits)
		}
	}
	if len(c.works) == 0 {
		return nil
	}
	for i := range c.works {
		c.know(&c.works[i])
	}
	return c
}

// join gives the authors of a repository their numbers.
func (c *crew) join(r *Repository, commits *fact.Commits) {
	w := work{repo: r, commits: commits, who: make([]int, len(commits.Authors)), bots: make([]bool, len(commits.Authors))}
	for i := range commits.Authors {
		a := &commits.Authors[i]
		keys := a.Keys
		if a.Bot != "" && named(c.persons, a) {
			keys = slices.Concat(keys, addressKeys(a))
		}
		w.who[i] = c.joiner.Join(keys)
	}
	c.works = append(c.works, w)
}

// know tells the persons behind the authors of a repository, once all are
// joined, which of them are bots, and when each person first committed.
func (c *crew) know(w *work) {
	for i := range w.commits.Authors {
		a := &w.commits.Authors[i]
		w.who[i], w.bots[i] = c.joiner.Root(w.who[i]), c.bot(a)
		if a.First == nil || w.bots[i] {
			continue
		}
		if was, ok := c.first[w.who[i]]; !ok || a.First.At < was {
			c.first[w.who[i]] = a.First.At
		}
	}
}

// addressKeys are the keys of the addresses of an author whom the rules know by the
// name of a bot only. An address without a domain identifies nobody.
func addressKeys(a *fact.Author) []string {
	var keys []string
	for _, at := range a.Addresses {
		if at.Domain != "" {
			keys = append(keys, at.Key)
		}
	}
	return keys
}

// bot reports whether an author is no person, by the user's word or our rules.
func (c *crew) bot(a *fact.Author) bool {
	return !named(c.persons, a) && (a.Bot != "" || named(c.called, a))
}

// named reports whether an author is among those that the user named.
func named(authors map[string]bool, a *fact.Author) bool {
	if len(authors) == 0 {
		return false
	}
	called := func(key string) bool { return authors[key] }
	return slices.ContainsFunc(a.Names, called) || slices.ContainsFunc(a.Keys, called) ||
		slices.ContainsFunc(a.Addresses, func(at fact.Address) bool { return called(at.Key) })
}

// within reports whether a period lies between a day and the date. What is older
// than a year is known by the month, which no window reaches.
func (c *crew) within(period string, from fact.Date) bool {
	return period >= string(from) && period <= string(c.asOf) && len(period) == len(time.DateOnly)
}

// after reports whether a period lies after the date: the revision may be of its
// very end, and the clock of an older commit fast.
func (c *crew) after(period string) bool {
	return period > string(c.asOf) && len(period) == len(time.DateOnly)
}

// activity sums the commits of the crew; of is how many repositories were read.
func (c *crew) activity(of int, resolver people.Resolver) *Activity {
	t := newWorkTally(c, resolver)
	out := &Activity{Repositories: len(c.works), Of: of}
	for i := range c.works {
		w := &c.works[i]
		t.add(w)
		out.ends(w, c.asOf)
		out.Evidence = append(out.Evidence, fact.Evidence{Repo: w.repo.ID, Commit: w.repo.Revision.Commit, View: fact.ViewHistory})
		out.latest(w.repo)
	}
	t.write(out)
	return out
}

// A Touch is human commits of one person in one period that changed files which,
// by their names, are counted code of a language.
type Touch struct {
	Person  int // tells the people of a project apart, and nothing else
	Commits int
	InYear  bool // in the year that ends with the date
}

// Touches gives the work on a language. Who is behind a commit is what the
// profile found out.
func (p *Project) Touches(language string) iter.Seq[Touch] {
	return func(yield func(Touch) bool) {
		if p.crew == nil {
			return
		}
		for i := range p.crew.works {
			if !p.crew.touches(&p.crew.works[i], language, yield) {
				return
			}
		}
	}
}

// touches gives the work on a language in one repository, until yield has enough.
func (c *crew) touches(w *work, language string, yield func(Touch) bool) bool {
	lang := slices.Index(w.commits.Languages, language)
	for i := range w.commits.Work {
		x := &w.commits.Work[i]
		if x.Commits == 0 || w.bots[x.Author] || c.after(x.Period) {
			continue
		}
		for _, touched := range x.Touched {
			if touched.Language == lang && !yield(Touch{w.who[x.Author], touched.Commits, c.within(x.Period, c.from)}) {
				return false
			}
		}
	}
	return true
}
