// Package timeline measures the composition of a repository at the end of
// every month, and when it adopted each language.
//
// It follows the mainline, the chain of first parents, from the first commit
// to the revision. The end of a month is the last mainline commit that the
// as-of rule picks for its last day, so a census as of that day counts the same
// files. What counts is the census' rule, with the .gitattributes of the time.
//
// A file lives in many months and a month changes few files, so the walk keeps,
// for each path, the blob it had at the end of each month in which it changed.
// Sizes are asked for without reading contents. Contents, which decide on the
// language of some files and tell generated ones, are read at both ends of a
// path's life: when they say the same, the versions between are taken to say
// it too, unless their size gives reason to look; when anything that was read
// differs, every version is. Where an extension is known to tell enough
// ([language.Steady], [language.OneWay]) even less is read.
// docs/accuracy.md has what that costs in accuracy on real repositories.
package timeline

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

// Name is the collector's name in the keys of its facts.
const Name = "timeline"

// Collector is the timeline.
type Collector struct{}

// Name implements [collect.HistoryCollector].
func (Collector) Name() string { return Name }

// Version implements [collect.HistoryCollector].
func (Collector) Version() int { return 5 }

// BeginHistory implements [collect.HistoryCollector].
func (Collector) BeginHistory(h *collect.History) collect.HistoryPass {
	p := &pass{
		history: h, blobs: blobTable{ids: make(map[string]int, min(blobsGuess*len(h.Entries), mostGuessed)), most: limit.HistoryVersions},
		product: map[string]int{}, adoptions: map[string]fact.Adoption{},
	}
	for i := range h.Entries {
		if e := &h.Entries[i]; e.Regular() {
			p.presence(h.Paths.ID([]byte(e.Path)), 1)
		}
	}
	p.moves, p.present = p.moves[:0], maps.Clone(p.product)
	end, err := time.Parse(time.RFC3339, h.Revision.CommittedAt)
	if err != nil {
		p.wrong = errkind.Errorf(errkind.Internal, "timeline: the revision's date %q", h.Revision.CommittedAt)
		return p
	}
	p.time, p.late = end.Unix(), end.Add(24*time.Hour).Unix()
	if h.Since != "" {
		p.base = new(fact.Timeline)
		if err := json.Unmarshal(h.Base, p.base); err != nil || len(p.base.Months) == 0 || p.base.Undated > 0 {
			p.wrong = collect.ErrStartOver
		}
	}
	return p
}

// blobsGuess is how many versions a file of a tree has, by and large.
const blobsGuess = 4

// mostGuessed bounds what is made room for on a guess: a tree can name one file
// many times.
const mostGuessed = 1 << 18

// none stands for a blob that is not there: the path is no regular file.
const none = int(-1)

// A version is the blob that a path has from the end of a month on.
type version struct {
	month int // index into pass.months
	blob  int // number of the blob, or none
}

// A file is the life of one path. While the walk goes back in time, versions
// are gathered newest first; turn puts them the right way round.
type file struct {
	versions []version
	later    int  // the blob at the end of the month that the walk is in
	blob     int  // before the commit walked last
	known    bool // a commit has touched it
	touched  bool // since the walk came into this month
}

// A pass is the timeline at work on one history.
type pass struct {
	history *collect.History
	base    *fact.Timeline // that is gone on from; nil for none
	wrong   error          // why it cannot be

	first, last fact.CommitRef // the oldest and the newest of the walk's mainline
	ended       bool           // the walk came to the oldest: a root, or the child of the base
	commits     int            // of the mainline
	undated     int
	backwards   int
	time        int64 // where the commit walked last stands
	late        int64 // a commit of a later second has a clock that is wrong

	months []fact.MonthEnd // while walking newest first, then oldest first
	begins int64           // the first second of the month that the walk is in
	files  []file          // by number of the path
	fresh  []int           // paths touched since the walk came into this month
	blobs  blobTable

	present   map[string]int // product files at the revision by language, by name alone
	product   map[string]int // the same before the commit walked last
	adoptions map[string]fact.Adoption
	moves     []move // of the commit walked now
}

// A blobTable numbers blobs.
type blobTable struct {
	ids  map[string]int
	oids []string
	most int // how many there may be
}

func (t *blobTable) id(oid []byte) int {
	if id, ok := t.ids[string(oid)]; ok {
		return id
	}
	id := len(t.oids)
	name := string(oid)
	t.ids[name] = id
	t.oids = append(t.oids, name)
	return id
}

func stamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

// Commit implements [collect.HistoryPass]. Only the mainline matters here.
func (p *pass) Commit(c *gitrepo.Commit, paths []int) error {
	if p.wrong != nil {
		return p.wrong
	}
	if !c.Mainline {
		return nil
	}
	p.stand(c.Time, !c.Undated && c.Time <= p.late)
	p.enter(c)
	for i, id := range paths {
		if err := p.change(&c.Changes[i], id); err != nil {
			return err
		}
	}
	p.adopt(c)
	p.commits++
	if len(c.Parent) == 0 || p.history.Since == string(c.Parent) {
		p.first, p.ended = p.ref(c), true
	}
	return nil
}

// backDays is how many days a commit may be dated before the one it follows:
// clocks differ, and histories are rewritten.
const backDays = 30

// stand notes where the commit that is walked now stands in time. One without a
// date that can be stands where the one after it does: it is not later.
func (p *pass) stand(at int64, dated bool) {
	if !dated {
		p.undated++
		return
	}
	if p.commits > 0 && at-p.time > backDays*24*60*60 {
		p.backwards++
	}
	p.time = at
}

// enter begins a month with the commit that ends it: the first that the walk
// meets which is dated before the months it has been in. Dates may go back and
// forth along a mainline; what counts is its order.
func (p *pass) enter(c *gitrepo.Commit) {
	if len(p.months) > 0 && p.time >= p.begins {
		return
	}
	at := p.ref(c)
	if p.commits == 0 {
		p.last = at
	}
	p.leave()
	day := time.Unix(p.time, 0).UTC()
	p.begins = time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).Unix()
	p.months = append(p.months, fact.MonthEnd{Month: fact.Month(at.At), Commit: at.Commit, At: at.At})
}

// leave ends a month, going back in time: a path that has another blob now than
// at its end came to that blob in it.
func (p *pass) leave() {
	for _, id := range p.fresh {
		f := &p.files[id]
		if f.touched = false; f.blob != f.later {
			f.versions = append(f.versions, version{len(p.months) - 1, f.later})
		}
	}
	p.fresh = p.fresh[:0]
}

// change undoes what a commit does to a path.
func (p *pass) change(change *gitrepo.Change, id int) error {
	for id >= len(p.files) {
		p.files = append(p.files, file{})
	}
	f := &p.files[id]
	was, is := none, f.blob // what it is after this commit is what it was before the next
	if gitrepo.Regular(change.OldMode) {
		was = p.blobs.id(change.OldOID)
	}
	if !f.known {
		is = none
		if gitrepo.Regular(change.NewMode) {
			is = p.blobs.id(change.NewOID)
		}
	}
	if p.base != nil && !f.known && collect.IsAttributes(p.history.Paths.At(id).Name) {
		return collect.ErrStartOver
	}
	if !f.touched {
		f.touched, f.later = true, is
		p.fresh = append(p.fresh, id)
	}
	if len(p.blobs.oids) > p.blobs.most {
		return errkind.Errorf(errkind.Limit, "the files of the history have %s", limit.Over("history-versions", int64(p.blobs.most)))
	}
	f.known, f.blob = true, was
	switch {
	case was == none && is != none:
		p.presence(id, -1)
	case was != none && is == none:
		p.presence(id, 1)
	}
	return nil
}

// A move is what a commit, undone, does to the product files of a language.
type move struct {
	language string
	after    int    // how many there are with the commit
	path     string // one that it brings
}

// presence counts the product files of a language, as their names tell it.
func (p *pass) presence(id, n int) {
	path := p.history.Paths.At(id)
	lang := path.Language
	if lang == "" || !path.Product {
		return
	}
	i := slices.IndexFunc(p.moves, func(m move) bool { return m.language == lang })
	if i < 0 {
		i = len(p.moves)
		p.moves = append(p.moves, move{language: lang, after: p.product[lang]})
	}
	p.product[lang] += n
	if n < 0 && p.moves[i].path == "" {
		p.moves[i].path = path.Name
	}
}

// adopt looks at what the whole commit did: the newest before which there was
// no product file of a language, and with which there was, is its adoption. A
// commit that only moves files is none.
func (p *pass) adopt(c *gitrepo.Commit) {
	for _, m := range p.moves {
		_, known := p.adoptions[m.language]
		if !known && p.present[m.language] > 0 && m.after > 0 && p.product[m.language] <= 0 {
			p.adoptions[m.language] = fact.Adoption{Language: m.language, Commit: p.ref(c), Path: m.path}
		}
	}
	p.moves = p.moves[:0]
}

// ref is the commit that is walked now, where it stands.
func (p *pass) ref(c *gitrepo.Commit) fact.CommitRef {
	return fact.CommitRef{Commit: string(c.OID), At: stamp(p.time)}
}

// Finish implements [collect.HistoryPass]; the fact is a *fact.Timeline.
func (p *pass) Finish(ctx context.Context, at *collect.Snapshot) (any, error) {
	if err := p.turn(); err != nil {
		return nil, err
	}
	j := &judge{pass: p, at: at}
	if err := j.weigh(ctx); err != nil {
		return nil, err
	}
	out := &fact.Timeline{
		First: p.first, Last: p.last, Commits: p.commits, Months: p.months, Turned: j.turned, Notes: j.notes,
		Undated: p.undated, Backwards: p.backwards,
	}
	p.addBase(out)
	for _, lang := range slices.Sorted(maps.Keys(p.adoptions)) {
		out.Adoptions = append(out.Adoptions, p.adoptions[lang])
	}
	return out, nil
}

// turn ends the walk and puts everything in the order of time.
func (p *pass) turn() error {
	if p.wrong != nil {
		return p.wrong
	}
	p.leave()
	if !p.ended {
		if p.base != nil {
			return collect.ErrStartOver // it is not on our mainline
		}
		return errkind.Errorf(errkind.Corrupt, "timeline: the mainline of %s breaks off", p.history.Revision.Commit)
	}
	if p.base != nil {
		if err := p.join(); err != nil {
			return err
		}
	}
	slices.Reverse(p.months)
	for i := range p.files {
		f := &p.files[i]
		slices.Reverse(f.versions)
		for k := range f.versions {
			f.versions[k].month = len(p.months) - 1 - f.versions[k].month
		}
	}
	return nil
}

// join makes the last month of the base the first of ours, or says why that
// cannot be.
func (p *pass) join() error {
	last := p.base.Months[len(p.base.Months)-1]
	oldest := p.months[len(p.months)-1]
	if oldest.Month < last.Month {
		return collect.ErrStartOver // a clock went back, and earlier months end elsewhere now
	}
	if at, err := time.Parse(time.RFC3339, p.base.Last.At); err == nil && at.Unix()-p.time > backDays*24*60*60 {
		p.backwards++ // the oldest of the walk follows the base
	}
	p.months = append(p.months, last)
	for id := range p.files {
		if f := &p.files[id]; f.known {
			f.versions = append(f.versions, version{len(p.months) - 1, f.blob})
		}
	}
	for _, a := range p.base.Adoptions {
		if _, ours := p.adoptions[a.Language]; !ours && p.present[a.Language] > 0 {
			p.adoptions[a.Language] = a
		}
	}
	return nil
}

// addBase puts the months of the base before those of the walk. Its last month
// went on when the walk has an end of the same month.
func (p *pass) addBase(out *fact.Timeline) {
	if p.base == nil {
		return
	}
	before := p.base.Months[:len(p.base.Months)-1]
	if p.months[1].Month == p.months[0].Month {
		out.Months = p.months[1:]
	}
	out.Months = append(slices.Clone(before), out.Months...)
	out.First = p.base.First
	out.Commits += p.base.Commits
	out.Backwards += p.base.Backwards
	out.Turned = append(slices.Clone(p.base.Turned), out.Turned...)
	slices.Sort(out.Turned)
	out.Turned = slices.Compact(out.Turned)
}
