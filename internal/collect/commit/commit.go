// Package commit measures who committed to a revision, and when: commits and
// merges by author and month, bots told apart, and which of them touched files
// of which language.
//
// Every commit that can be reached from the revision counts, under its
// committer date. One without a date that can be counts in no time. Authors are as .mailmap at the revision says; they are one
// when their addresses are, or name the same account in a noreply address of
// their host, and never by their names. A commit touches a language when it
// changes a file that by its path is counted code of it.
//
// Names and addresses are hashed as they come in (see package people).
package commit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
	"assay/internal/people"
)

// Name is the collector's name in the keys of its facts.
const Name = "commit"

// Collector measures commits.
type Collector struct{ hash *people.Hasher }

// New makes a collector that hides people behind hash.
func New(hash *people.Hasher) Collector { return Collector{hash} }

// Name implements [collect.HistoryCollector].
func (Collector) Name() string { return Name }

// Version implements [collect.HistoryCollector].
func (Collector) Version() int { return 2 }

// BeginHistory implements [collect.HistoryCollector].
func (c Collector) BeginHistory(h *collect.History) collect.HistoryPass {
	p := &pass{
		history: h, hash: c.hash, identities: map[string]int{}, groups: &groups{},
		rows: map[rowKey]*row{}, periods: map[int64]string{}, languages: map[string]int{},
	}
	end, err := time.Parse(time.RFC3339, h.Revision.CommittedAt)
	if err != nil {
		p.wrong = errkind.Errorf(errkind.Internal, "commit: the revision's date %q", h.Revision.CommittedAt)
		return p
	}
	day := end.Add(-fact.DailyWork).UTC()
	p.daily = time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).Unix()
	p.late = end.Add(24 * time.Hour).Unix()
	if h.Since != "" {
		p.goOn()
	}
	return p
}

// A pass is the collector at work on one history.
type pass struct {
	history *collect.History
	hash    *people.Hasher
	base    *fact.Commits
	wrong   error

	daily int64 // from this second on work is kept by the day
	late  int64 // a commit of a later second has a clock that is wrong

	identities map[string]int // by name and addresses as they came: index into known
	known      []identity
	groups     *groups

	rows      map[rowKey]*row
	periods   map[int64]string // by day since 1970
	languages map[string]int   // numbered as they come

	spelling []byte // of the author at hand
	touched  []int  // by the commit at hand
}

// An identity is one spelling of an author.
type identity struct {
	group   int
	address fact.Address
}

type rowKey struct {
	period   string
	identity int
}

type row struct {
	commits, merges int
	touched         map[int]int
}

// Commit implements [collect.HistoryPass].
func (p *pass) Commit(c *gitrepo.Commit, paths []int) error {
	if p.wrong != nil {
		return p.wrong
	}
	if c.Aside {
		return nil
	}
	id, err := p.identify(c)
	if err != nil {
		return err
	}
	dated := !c.Undated && c.Time <= p.late
	key := rowKey{"", id}
	if dated {
		key.period = p.period(c.Time)
	}
	r := p.rows[key]
	if r == nil {
		r = &row{}
		p.rows[key] = r
	}
	if c.Parents > 1 {
		r.merges++
		return nil
	}
	r.commits++
	p.touch(r, c, paths)
	if dated {
		p.groups.saw(p.known[id].group, c)
	}
	return nil
}

func stamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

func (p *pass) period(unix int64) string {
	const day = 24 * 60 * 60
	if period, ok := p.periods[unix/day]; ok {
		return period
	}
	period := stamp(unix)[:len(time.DateOnly)]
	if unix < p.daily {
		period = fact.Month(period)
	}
	p.periods[unix/day] = period
	return period
}

// identify is the identity of a commit's author.
func (p *pass) identify(c *gitrepo.Commit) (int, error) {
	p.spelling = append(p.spelling[:0], c.Name...)
	p.spelling = append(append(p.spelling, 0), c.Address...)
	p.spelling = append(append(p.spelling, 0), c.Written...)
	if id, ok := p.identities[string(p.spelling)]; ok {
		return id, nil
	}
	if len(p.known) == limit.AuthorSpellings {
		return 0, errkind.Errorf(errkind.Limit, "more than %d authors", limit.AuthorSpellings)
	}
	name, address, written := string(c.Name), string(c.Address), string(c.Written)
	bot := people.Bot(name, cmp.Or(address, written))
	var keys []string
	if bot != "" {
		keys = []string{people.BotKey(p.hash, bot)}
	} else {
		for _, n := range people.Nodes(name, address) {
			keys = append(keys, p.hash.Key(n))
		}
	}
	group := p.groups.join(keys)
	p.groups.called(group, bot, people.NameKey(p.hash, name))
	id := len(p.known)
	p.known = append(p.known, identity{group, fact.Address{
		Key: people.AddressKey(p.hash, written), Domain: people.Domain(written),
	}})
	p.identities[string(p.spelling)] = id
	return id, nil
}

// touch counts the commit for the languages of the files it changes.
func (p *pass) touch(r *row, c *gitrepo.Commit, paths []int) {
	p.touched = p.touched[:0]
	for i, id := range paths {
		lang := p.history.Paths.At(id).Language
		if lang == "" || !gitrepo.Regular(c.Changes[i].OldMode) && !gitrepo.Regular(c.Changes[i].NewMode) {
			continue
		}
		n, ok := p.languages[lang]
		if !ok {
			n = len(p.languages)
			p.languages[lang] = n
		}
		if !slices.Contains(p.touched, n) {
			p.touched = append(p.touched, n)
		}
	}
	if len(p.touched) > 0 && r.touched == nil {
		r.touched = map[int]int{}
	}
	for _, n := range p.touched {
		r.touched[n]++
	}
}

// goOn takes over the authors of an earlier fact; their work is added at the
// end.
func (p *pass) goOn() {
	base := new(fact.Commits)
	if err := json.Unmarshal(p.history.Base, base); err != nil {
		p.wrong = collect.ErrStartOver
		return
	}
	if base.Undated() > 0 {
		p.wrong = collect.ErrStartOver // what was too late for the base need not be for us
		return
	}
	p.base = base
	for i := range base.Authors {
		a := &base.Authors[i]
		group := p.groups.join(a.Keys)
		for _, name := range a.Names {
			p.groups.called(group, a.Bot, name)
		}
		for _, ref := range []*fact.CommitRef{a.First, a.Last} {
			if ref != nil {
				p.groups.recall(group, *ref)
			}
		}
	}
}

// Finish implements [collect.HistoryPass]; the fact is a *fact.Commits.
func (p *pass) Finish(_ context.Context, at *collect.Snapshot) (any, error) {
	if p.wrong != nil {
		return nil, p.wrong
	}
	mailmap := mailmapOf(at.Tree)
	if p.base != nil && p.base.Mailmap != mailmap {
		return nil, collect.ErrStartOver // people of earlier commits may be others now
	}
	b := newBook(p)
	for key, r := range p.rows {
		id := p.known[key.identity]
		b.add(entry{key.period, id.group, id.address}, r)
	}
	p.addBase(b)
	out := b.close()
	out.Mailmap = mailmap
	if n := out.Undated(); n > 0 {
		out.Notes = append(out.Notes, fact.Note{
			Kind: "odd", Text: fmt.Sprintf("commits without a date that can be (none that can be read, one before 1982, or one later than the revision), in no figure of a time: %d", n),
		})
	}
	return out, nil
}

// addBase enters the work of the base, by the month where it is old by now.
func (p *pass) addBase(b *book) {
	if p.base == nil {
		return
	}
	first := stamp(p.daily)[:len(time.DateOnly)]
	for i := range p.base.Work {
		w := &p.base.Work[i]
		a := &p.base.Authors[w.Author]
		period := w.Period
		if period < first {
			period = fact.Month(period)
		}
		r := &row{commits: w.Commits, merges: w.Merges, touched: map[int]int{}}
		for _, t := range w.Touched {
			lang := p.base.Languages[t.Language]
			n, ok := p.languages[lang]
			if !ok {
				n = len(p.languages)
				p.languages[lang] = n
			}
			r.touched[n] += t.Commits
		}
		b.languages = p.languages
		b.add(entry{period, p.groups.join(a.Keys), a.Addresses[w.Address]}, r)
	}
}

// mailmapOf is the object name of the .mailmap of a tree that was obeyed.
func mailmapOf(tree *collect.Tree) string {
	for i := range tree.Entries {
		if e := &tree.Entries[i]; e.Path == ".mailmap" && gitrepo.ObeysMailmap(e) {
			return e.OID
		}
	}
	return ""
}

// A book gathers the work of authors.
type book struct {
	groups    *groups
	languages map[string]int
	work      map[entry]*row
}

// An entry of a book is a group of spellings at an address in a period.
type entry struct {
	period  string
	group   int
	address fact.Address
}

func newBook(p *pass) *book {
	return &book{groups: p.groups, languages: p.languages, work: map[entry]*row{}}
}

func (b *book) add(e entry, r *row) {
	e.group = b.groups.Root(e.group)
	sum := b.work[e]
	if sum == nil {
		sum = &row{touched: map[int]int{}}
		b.work[e] = sum
	}
	sum.commits += r.commits
	sum.merges += r.merges
	for lang, n := range r.touched {
		sum.touched[lang] += n
	}
}

// close makes the fact.
func (b *book) close() *fact.Commits {
	out := &fact.Commits{Authors: []fact.Author{}, Work: []fact.Work{}}
	out.Languages = slices.Sorted(maps.Keys(b.languages))
	sorted := make([]int, len(out.Languages))
	for i, lang := range out.Languages {
		sorted[b.languages[lang]] = i
	}
	addresses := map[int][]fact.Address{}
	for e := range b.work {
		if !slices.Contains(addresses[e.group], e.address) {
			addresses[e.group] = append(addresses[e.group], e.address)
		}
	}
	number := map[int]int{}
	for _, group := range b.groups.settle() {
		if len(addresses[group]) == 0 {
			continue
		}
		number[group] = len(out.Authors)
		slices.SortFunc(addresses[group], compareAddresses)
		out.Authors = append(out.Authors, b.groups.author(group, addresses[group]))
	}
	for e, r := range b.work {
		w := fact.Work{
			Period: e.period, Author: number[e.group], Address: slices.Index(addresses[e.group], e.address),
			Commits: r.commits, Merges: r.merges,
		}
		for lang, n := range r.touched {
			w.Touched = append(w.Touched, fact.Touched{Language: sorted[lang], Commits: n})
		}
		slices.SortFunc(w.Touched, func(a, b fact.Touched) int { return cmp.Compare(a.Language, b.Language) })
		out.Work = append(out.Work, w)
	}
	slices.SortFunc(out.Work, func(a, b fact.Work) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Author, b.Author), cmp.Compare(a.Address, b.Address))
	})
	return out
}

func compareAddresses(a, b fact.Address) int {
	return cmp.Or(cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Key, b.Key))
}
