package commit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
)

// A Public is a fact of this collector as it may be passed on: what was done in
// each period, by how many, and by nobody in particular. Bots have their names.
//
// The fact itself joins the hash of an author with commits of theirs, and each
// commit leads to a name in the repository that everybody has.
type Public struct {
	People int `json:"people"`
	// Bots by name, sorted.
	Bots      []string `json:"bots,omitempty"`
	Languages []string `json:"languages,omitempty"`
	// Work of people and of bots, ordered by period, people first.
	Work    []PublicWork `json:"work"`
	Mailmap string       `json:"mailmap,omitempty"`
	Notes   []fact.Note  `json:"notes,omitempty"`
}

// PublicWork is the commits of all people, or of all bots, in a period.
type PublicWork struct {
	Period  string         `json:"period"`
	Bots    bool           `json:"bots,omitempty"`
	Authors int            `json:"authors"`
	Commits int            `json:"commits,omitempty"`
	Merges  int            `json:"merges,omitempty"`
	Touched []fact.Touched `json:"touched,omitempty"` // Language is an index into Languages
}

// A ByAuthor is a fact of this collector with its authors, and without what
// leads straight to one: no commit, and no time closer than a month.
type ByAuthor struct {
	Authors   []PublicAuthor `json:"authors"`
	Languages []string       `json:"languages,omitempty"`
	// Work, ordered by period, author, address.
	Work    []fact.Work `json:"work"`
	Mailmap string      `json:"mailmap,omitempty"`
	Notes   []fact.Note `json:"notes,omitempty"`
}

// A PublicAuthor is an author, with the months of the first and the last commit.
type PublicAuthor struct {
	ID        string         `json:"id"`
	Keys      []string       `json:"keys"`
	Names     []string       `json:"names,omitempty"`
	Bot       string         `json:"bot,omitempty"`
	Addresses []fact.Address `json:"addresses"`
	First     string         `json:"first,omitempty"`
	Last      string         `json:"last,omitempty"`
}

// Publish implements [collect.Publisher]: a [Public], or with its authors a
// [ByAuthor].
func (Collector) Publish(body []byte, authors bool) (json.RawMessage, error) {
	var c fact.Commits
	if err := json.Unmarshal(body, &c); err != nil {
		return nil, fmt.Errorf("a fact of the collector %q: %w", Name, err)
	}
	if authors {
		return encoded(byAuthor(&c))
	}
	return encoded(public(&c))
}

func encoded(v any) (json.RawMessage, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("a fact of the collector %q: %w", Name, err)
	}
	return body, nil
}

// public sums the work of all people, and of all bots.
func public(c *fact.Commits) *Public {
	out := &Public{Languages: c.Languages, Mailmap: c.Mailmap, Notes: c.Notes}
	for i := range c.Authors {
		if bot := c.Authors[i].Bot; bot == "" {
			out.People++
		} else {
			out.Bots = append(out.Bots, bot)
		}
	}
	slices.Sort(out.Bots)
	out.Bots = slices.Compact(out.Bots)
	out.Work = summed(c)
	return out
}

// summed is work by period, without who did it.
func summed(c *fact.Commits) []PublicWork {
	type key struct {
		period string
		bots   bool
	}
	type sum struct {
		PublicWork
		authors map[int]bool
	}
	sums := map[key]*sum{}
	for i := range c.Work {
		w := &c.Work[i]
		k := key{w.Period, authorOf(c, w).Bot != ""}
		s := sums[k]
		if s == nil {
			s = &sum{PublicWork{Period: k.period, Bots: k.bots}, map[int]bool{}}
			sums[k] = s
		}
		s.authors[w.Author] = true
		s.Commits += w.Commits
		s.Merges += w.Merges
		s.Touched = touchedToo(s.Touched, w.Touched)
	}
	out := make([]PublicWork, 0, len(sums))
	for _, s := range sums {
		s.Authors = len(s.authors)
		out = append(out, s.PublicWork)
	}
	slices.SortFunc(out, func(a, b PublicWork) int {
		return cmp.Or(strings.Compare(a.Period, b.Period), cmp.Compare(rankOf(a.Bots), rankOf(b.Bots)))
	})
	return out
}

func rankOf(bots bool) int {
	if bots {
		return 1
	}
	return 0
}

// authorOf is who did some work; nobody where a store was damaged.
func authorOf(c *fact.Commits, w *fact.Work) *fact.Author {
	if w.Author < 0 || w.Author >= len(c.Authors) {
		return &fact.Author{}
	}
	return &c.Authors[w.Author]
}

// touchedToo adds commits by language, and keeps them ordered by language.
func touchedToo(sum, more []fact.Touched) []fact.Touched {
	for _, t := range more {
		i, ok := slices.BinarySearchFunc(sum, t.Language, func(s fact.Touched, l int) int { return cmp.Compare(s.Language, l) })
		if !ok {
			sum = slices.Insert(sum, i, fact.Touched{Language: t.Language})
		}
		sum[i].Commits += t.Commits
	}
	return sum
}

// byAuthor takes the commits and the days away.
func byAuthor(c *fact.Commits) *ByAuthor {
	out := &ByAuthor{Authors: make([]PublicAuthor, len(c.Authors)), Languages: c.Languages, Work: []fact.Work{}, Mailmap: c.Mailmap, Notes: c.Notes}
	for i := range c.Authors {
		a := &c.Authors[i]
		out.Authors[i] = PublicAuthor{ID: a.ID, Keys: a.Keys, Names: a.Names, Bot: a.Bot, Addresses: a.Addresses, First: monthOf(a.First), Last: monthOf(a.Last)}
	}
	type key struct {
		period          string
		author, address int
	}
	at := map[key]int{} // in out.Work
	for _, w := range c.Work {
		k := key{fact.Month(w.Period), w.Author, w.Address}
		i, ok := at[k]
		if !ok {
			i, at[k] = len(out.Work), len(out.Work)
			out.Work = append(out.Work, fact.Work{Period: k.period, Author: k.author, Address: k.address})
		}
		sum := &out.Work[i]
		sum.Commits += w.Commits
		sum.Merges += w.Merges
		sum.Touched = touchedToo(sum.Touched, w.Touched)
	}
	slices.SortFunc(out.Work, func(a, b fact.Work) int {
		return cmp.Or(strings.Compare(a.Period, b.Period), cmp.Compare(a.Author, b.Author), cmp.Compare(a.Address, b.Address))
	})
	return out
}

func monthOf(ref *fact.CommitRef) string {
	if ref == nil {
		return ""
	}
	return fact.Month(ref.At)
}
