package survey

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/limit"
	"assay/internal/store"
)

// measure completes the facts of one repository and stores them. The error is
// nil unless the store or the machine fails, or the run ends.
func (r *run) measure(ctx context.Context, t *task) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	within, cancel := context.WithTimeoutCause(ctx, limit.RepositoryTime, errLate)
	defer cancel()
	if t.astray() {
		return r.miss(ctx, t)
	}
	rev, news, err := r.revision(within, t)
	if errkind.CauseOf(err) == errkind.CauseNoFolder {
		return r.miss(ctx, t)
	}
	if err = late(within, err); err != nil {
		if newest, told := r.newestRef(within, t); told == nil {
			t.observe(newest)
		}
		return r.fail(ctx, t.job, err)
	}
	missing, err := r.missing(ctx, t, rev)
	if err != nil {
		return err
	}
	var lost error
	if t.cached = len(missing) == 0; !t.cached {
		news = true
		if lost, err = r.collect(ctx, within, t, rev, missing); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	t.outcome.Revision = rev
	t.observe(rev.NewestRef)
	if news {
		if err := r.remember(ctx, t, rev); err != nil {
			return err
		}
	}
	if lost != nil {
		return r.fail(ctx, t.job, lost)
	}
	if r.Progress != nil {
		r.Progress.Done(&t.outcome, t.cached)
	}
	return nil
}

// errLate is why the work on a repository is broken off.
var errLate = errkind.Because(
	errkind.Errorf(errkind.Limit, "reading it takes %s", limit.Over("repository-time", lateSeconds)),
	errkind.CauseLimit("repository-time", lateSeconds))

const lateSeconds = int64(limit.RepositoryTime / time.Second)

// late is err, or errLate where err comes from that.
func late(within context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(within), errLate) {
		return errLate
	}
	return err
}

// revision is the revision of t at the date, with what is newest beside it:
// from an earlier run, or from git; news says that no earlier run had it so.
func (r *run) revision(ctx context.Context, t *task) (rev *fact.Revision, news bool, err error) {
	if err := t.watchObjects(); err != nil {
		return nil, false, err
	}
	if rev = t.rev; rev == nil {
		news = true
		if rev, err = t.repo.At(ctx, r.AsOf); err != nil {
			return nil, false, err
		}
		if err := r.latest(ctx, t, rev); err != nil {
			return nil, false, err
		}
	}
	if t.unobserved() && rev.NewestRef == nil {
		if rev.NewestRef, err = r.newestRef(ctx, t); err != nil {
			return nil, false, err
		}
		news = news || rev.NewestRef != nil
	}
	return rev, news, ctx.Err()
}

// collect measures what is missing of a revision, as long as within allows, and
// stores it; lost is what could not be read.
func (r *run) collect(ctx, within context.Context, t *task, rev *fact.Revision, missing []collect.Collector) (lost, err error) {
	whole := *rev
	whole.Provisional = nil
	records, lost := Measure(within, Job{Repo: t.repo, Revision: &whole, Collectors: missing, Earlier: r.Store})
	lost = late(within, lost)
	t.read = t.repo.Counts()
	fresh, err := unstored(ctx, r.Store, records)
	if err != nil {
		return nil, err
	}
	if err := r.Store.Put(ctx, fresh); err != nil {
		return nil, err
	}
	rev.Provisional = provisionalOf(rev, records)
	notePartial(t, rev)
	return lost, nil
}

// remember keeps a revision for later runs. Where something was not in the mirror
// it is kept for as long as the mirror's objects stay the same.
func (r *run) remember(ctx context.Context, t *task, rev *fact.Revision) error {
	key := t.key
	if rev.Cut || len(rev.Provisional) > 0 || t.repo.Lacked() {
		key = t.wanting()
	}
	return r.Store.PutResolutions(ctx, []store.Resolution{{ResolutionKey: key, Revision: rev}})
}

// missing are the collectors whose fact of a revision is not stored. A revision
// that was picked for another date may have facts already, and one with
// provisional facts whole ones by now.
func (r *run) missing(ctx context.Context, t *task, rev *fact.Revision) ([]collect.Collector, error) {
	if t.have == nil || len(rev.Provisional) > 0 {
		if err := r.takeWhole(ctx, t, rev); err != nil {
			return nil, err
		}
		have, err := r.Store.Have(ctx, r.factKeys(t.id, rev))
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

// takeWhole puts whole facts in place of provisional ones where the store has
// them.
func (r *run) takeWhole(ctx context.Context, t *task, rev *fact.Revision) error {
	if len(rev.Provisional) == 0 {
		return nil
	}
	plain := *rev
	plain.Provisional = nil
	have, err := r.Store.Have(ctx, r.factKeys(t.id, &plain))
	for key := range have {
		delete(rev.Provisional, key.Collector)
	}
	return err
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
	wanting
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
	blobs := &lacking{repo: m.Repo}
	place, err := m.place(ctx, blobs)
	if err != nil {
		return err
	}
	attributes, err := collect.ReadAttributes(ctx, blobs, entries, place)
	if err != nil {
		return err
	}
	m.attributes = blobs.lacked
	m.files = slices.ContainsFunc(entries, func(e gitrepo.Entry) bool { return e.Regular() && e.Size < 0 })
	if len(m.histories) > 0 {
		if err := m.readMailmap(ctx, entries); err != nil {
			return err
		}
	}
	m.tree = &collect.Tree{Entries: entries, Place: place, Attributes: attributes}
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
	blobs := &lacking{repo: m.Repo}
	if err := readBlobs(ctx, blobs, m.tree.Entries, passes, known); err != nil {
		return nil, err
	}
	if !m.attributes { // else files may be taken for what they are not
		if err := known.remember(ctx, m.Earlier, m.Revision.Repo, m.trees); err != nil {
			return nil, err
		}
	}
	records := make([]fact.Record, len(passes))
	for i, p := range passes {
		found, err := p.Finish()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.trees[i].Name(), err)
		}
		if found, err = m.inherit(ctx, blobs, m.trees[i], found); err != nil {
			return nil, err
		}
		if records[i], err = record(m.Revision, m.trees[i], found); err != nil {
			return nil, err
		}
		if m.attributes || m.files || blobs.lacked {
			if err := provisional(&records[i]); err != nil {
				return nil, err
			}
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
	return fact.Record{Body: body, Key: keyOf(rev, c)}, nil
}
