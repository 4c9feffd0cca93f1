package survey

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/store"
)

// measure completes the facts of one repository and stores them. The error is
// nil unless the store fails or the run ends.
func (r *run) measure(ctx context.Context, t *task) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	rev, err := r.revision(ctx, t)
	if err != nil {
		if errkind.Of(err) == errkind.Storage {
			return err
		}
		t.observe(r.newestRef(ctx, t))
		return r.fail(ctx, t.job, err)
	}
	t.outcome.Revision = rev
	t.observe(rev.NewestRef)
	missing, err := r.missing(ctx, t)
	if err != nil {
		return err
	}
	t.cached = len(missing) == 0
	if !t.cached {
		records, lost := Measure(ctx, Job{Repo: t.repo, Revision: rev, Collectors: missing, Earlier: r.Store})
		t.read = t.repo.Counts()
		if err := r.Store.Put(ctx, records); err != nil {
			return err
		}
		if lost != nil {
			return r.fail(ctx, t.job, lost)
		}
	}
	if r.Progress != nil {
		r.Progress.Done(&t.outcome, t.cached)
	}
	return nil
}

// revision is the revision of t at the date, with what is newest beside it:
// from an earlier run, or from git.
func (r *run) revision(ctx context.Context, t *task) (*fact.Revision, error) {
	rev := t.rev
	if rev == nil {
		var err error
		if rev, err = t.repo.At(ctx, r.AsOf); err != nil {
			return nil, err
		}
		r.latest(ctx, t, rev)
	}
	asked := t.unobserved() && rev.NewestRef == nil
	if asked {
		rev.NewestRef = r.newestRef(ctx, t)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if rev == t.rev && (!asked || rev.NewestRef == nil) {
		return rev, nil
	}
	return rev, r.Store.PutResolutions(ctx, []store.Resolution{{ResolutionKey: t.key, Revision: rev}})
}

// missing are the collectors whose fact of t's revision is not stored. A
// revision that was picked for another date may have facts already.
func (r *run) missing(ctx context.Context, t *task) ([]collect.Collector, error) {
	if t.have == nil {
		have, err := r.Store.Have(ctx, r.factKeys(t, t.outcome.Revision))
		if err != nil {
			return nil, err
		}
		t.take(have)
	}
	var missing []collect.Collector
	for _, c := range r.Collectors {
		if !t.have[c.Name()] {
			missing = append(missing, c)
		}
	}
	return missing, nil
}

// A Job is what is to be measured of a repository.
type Job struct {
	Repo       *gitrepo.Repo
	Revision   *fact.Revision
	Collectors []collect.Collector
	// Earlier gives what earlier surveys found, so that only what is new need be
	// read; nil is nothing.
	Earlier Earlier
}

// Earlier gives earlier facts, for histories that go on from them, and keeps
// readings of files. A [store.Store] does.
type Earlier interface {
	Readings(ctx context.Context, repo fact.RepoID) ([]byte, error)
	PutReadings(ctx context.Context, repo fact.RepoID, body []byte) error
	Revisions(ctx context.Context, like fact.Key) ([]string, error)
	Get(ctx context.Context, key fact.Key) (fact.Record, error)
}

// Measure runs the collectors over a revision, its history and its tags, and
// returns their facts. A blob is read once, for all collectors and paths, and
// the history walked once. When the history cannot be read, the facts of the
// tree come with the error.
func Measure(ctx context.Context, job Job) ([]fact.Record, error) {
	m := &measurer{Job: job}
	for _, c := range job.Collectors {
		switch c := c.(type) {
		case collect.TreeCollector:
			m.trees = append(m.trees, c)
		case collect.HistoryCollector:
			m.histories = append(m.histories, c)
		case collect.TagCollector:
			m.tags = append(m.tags, c)
		default:
			return nil, errkind.Errorf(errkind.Internal, "collector %s collects nothing", c.Name())
		}
	}
	records, err := m.all(ctx)
	if err != nil {
		err = fmt.Errorf("%s: %w", job.Revision.Repo, err)
	}
	return records, err
}

// A measurer is at work on a job.
type measurer struct {
	Job
	trees     []collect.TreeCollector
	histories []collect.HistoryCollector
	tags      []collect.TagCollector
	tree      *collect.Tree
}

// all measures tree and history side by side.
func (m *measurer) all(ctx context.Context) ([]fact.Record, error) {
	if err := m.readTree(ctx); err != nil {
		return nil, err
	}
	var (
		records []fact.Record
		walked  *walk
		lost    error // of the history
	)
	group, within := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		records, err = m.measureTree(within)
		return err
	})
	group.Go(func() error {
		walked, lost = m.walk(within)
		return nil
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	tagged, err := m.measureTags(ctx)
	if err == nil {
		records = append(records, tagged...)
	}
	if lost = cmp.Or(lost, err); lost != nil {
		return records, lost
	}
	told, err := m.finishHistory(ctx, walked)
	if err != nil {
		return records, err
	}
	return append(records, told...), nil
}

// readTree lists the tree, which all but tags need.
func (m *measurer) readTree(ctx context.Context) error {
	if len(m.trees) == 0 && len(m.histories) == 0 {
		return nil
	}
	entries, err := m.Repo.Tree(ctx, m.Revision.Commit)
	if err != nil {
		return err
	}
	attributes, err := collect.ReadAttributes(ctx, m.Repo, entries)
	if err != nil {
		return err
	}
	m.tree = &collect.Tree{Entries: entries, Attributes: attributes}
	if len(m.histories) > 0 {
		m.tree.Verdicts = make(map[*collect.Entry]language.Verdict, len(entries))
	}
	return nil
}

// measureTree makes the pass over the tree.
func (m *measurer) measureTree(ctx context.Context) (_ []fact.Record, err error) {
	defer errkind.Catch(&err)
	if len(m.trees) == 0 {
		return nil, nil
	}
	passes := make([]collect.Pass, len(m.trees))
	for i, c := range m.trees {
		passes[i] = c.Begin(m.Revision, m.tree)
	}
	known, err := recall(ctx, m.Earlier, m.Revision.Repo, m.trees)
	if err != nil {
		return nil, err
	}
	if err := readBlobs(ctx, m.Repo, m.tree.Entries, passes, known); err != nil {
		return nil, err
	}
	if err := known.remember(ctx, m.Earlier, m.Revision.Repo, m.trees); err != nil {
		return nil, err
	}
	records := make([]fact.Record, len(passes))
	for i, p := range passes {
		found, err := p.Finish()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.trees[i].Name(), err)
		}
		if records[i], err = record(m.Revision, m.trees[i], found); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// measureTags measures the tags up to the date.
func (m *measurer) measureTags(ctx context.Context) (_ []fact.Record, err error) {
	defer errkind.Catch(&err)
	if len(m.tags) == 0 {
		return nil, nil
	}
	tags, err := m.Repo.Tags(ctx, m.Revision.AsOf)
	if err != nil {
		return nil, err
	}
	records := make([]fact.Record, len(m.tags))
	for i, c := range m.tags {
		if records[i], err = record(m.Revision, c, c.Tags(tags)); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// record is a fact as it is stored.
func record(rev *fact.Revision, c collect.Collector, found any) (fact.Record, error) {
	body, err := json.Marshal(found)
	if err != nil {
		return fact.Record{}, fmt.Errorf("%s: %w", c.Name(), err)
	}
	_, tags := c.(collect.TagCollector)
	return fact.Record{Body: body, Key: keyOf(rev, c.Name(), c.Version(), tags)}, nil
}

// keyOf is the key of a fact: of the revision, or of the tags at its date.
func keyOf(rev *fact.Revision, collector string, version int, tags bool) fact.Key {
	k := fact.Key{Repo: rev.Repo, Revision: rev.Commit, Collector: collector, Version: version}
	if tags {
		k.Revision = "tags:" + rev.Tags
	}
	return k
}

// A request is a blob that some pass wants, and the entries that have it.
type request struct {
	entries []wanted
	oid     string
	size    int64
}

// wanted is an entry and how much of it each pass wants.
type wanted struct {
	entry *collect.Entry
	bytes []int64
}

// readBlobs asks the passes what they want and gives it to them, but for what
// they know already.
func readBlobs(ctx context.Context, repo *gitrepo.Repo, entries []gitrepo.Entry, passes []collect.Pass, known *memory) error {
	requests := plan(entries, passes, known)
	if len(requests) == 0 {
		return nil
	}
	oids, sizes := make([]string, len(requests)), make([]int64, len(requests))
	for i, q := range requests {
		oids[i], sizes[i] = q.oid, q.size
	}
	return repo.Blobs(ctx, oids, sizes, func(i int, c gitrepo.Content) error {
		for _, w := range requests[i].entries {
			for k, p := range passes {
				if w.bytes[k] > 0 {
					p.File(w.entry, cut(c, w.bytes[k]))
					known.learn(k, p, w.entry)
				}
			}
		}
		return nil
	})
}

// plan asks every pass about every entry and gathers the blobs to read, each
// once, in the order of the tree.
func plan(entries []gitrepo.Entry, passes []collect.Pass, known *memory) []request {
	var wants []wanted
	want := make([]int64, len(passes))
	for i := range entries {
		e := &entries[i]
		for k, p := range passes {
			want[k] = p.Wants(e)
		}
		if e.Regular() && slices.Max(want) > 0 {
			wants = append(wants, wanted{e, slices.Clone(want)})
		}
	}
	var requests []request
	index := map[string]int{}
	for _, w := range wants {
		if !open(w, passes, known) {
			continue
		}
		at, ok := index[w.entry.OID]
		if !ok {
			at = len(requests)
			index[w.entry.OID] = at
			requests = append(requests, request{oid: w.entry.OID, size: w.entry.Size})
		}
		requests[at].entries = append(requests[at].entries, w)
	}
	return requests
}

// open reports whether some pass still wants the content of w, when those that
// know it have taken it from memory and want it no more.
func open(w wanted, passes []collect.Pass, known *memory) bool {
	some := false
	for k, p := range passes {
		if w.bytes[k] > 0 && known.spares(k, p, w.entry) {
			w.bytes[k] = 0
		}
		some = some || w.bytes[k] > 0
	}
	return some
}

// cut is c, or the first n bytes of it.
func cut(c collect.Content, n int64) collect.Content {
	if int64(len(c.Data)) > n {
		return collect.Content{Data: c.Data[:n], Truncated: true}
	}
	return c
}
