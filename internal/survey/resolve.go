package survey

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/store"
)

// A task is a repository whose mirror is open and whose facts are to be
// completed.
type task struct {
	*job
	repo *gitrepo.Repo
	size int64 // of its packs, in bytes
	key  store.ResolutionKey
	// objects is the state of what holds the mirror's objects before any was read;
	// "" while nobody asked.
	objects string
	// rev is the revision where an earlier run has resolved it.
	rev *fact.Revision
	// have tells which facts of the revision the store holds already, by
	// collector; nil while that was not asked.
	have map[string]bool
}

func (r *run) workers() int {
	if r.Jobs > 0 {
		return r.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// Bounds on how many mirrors are looked for at a time. Those that need the
// network are many: a host that is slow or asks us to wait keeps its repositories
// waiting, and should keep no others. The mirrors themselves bound how many
// reach for the network.
const (
	openWorkers  = 8
	fetchWorkers = 64
)

// resolve opens the mirrors, asks the store what it knows of them already, and
// hands them on. Those that need no network come first and all together: a survey
// with nothing new asks the store twice, and starts no git at all. The others
// follow as they are cloned or fetched, so that a slow host holds up its own
// repositories alone.
func (r *run) resolve(ctx context.Context, ready chan<- []*task) error {
	here, away := r.split(ctx)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		var tasks []*task
		err := r.open(ctx, here, openWorkers, func(t *task) { tasks = append(tasks, t) })
		if err != nil {
			return err
		}
		return r.hand(ctx, tasks, ready)
	})
	opened := make(chan *task)
	group.Go(func() error {
		defer close(opened)
		return r.open(ctx, away, fetchWorkers, func(t *task) { send(ctx, opened, t) })
	})
	group.Go(func() error {
		for t := range opened {
			if err := r.hand(ctx, gather(t, opened), ready); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	return group.Wait()
}

// split parts the jobs by whether their mirrors can be had without the network. One
// where even that cannot be told is left to open, which tells why.
func (r *run) split(ctx context.Context) (here, away []*job) {
	for _, j := range r.jobs {
		if j.skipped {
			continue
		}
		ready := false
		if err := caught(func() error { ready = r.Mirrors.Ready(ctx, j.id.Repository()); return nil }); err == nil && ready {
			here = append(here, j)
		} else {
			away = append(away, j)
		}
	}
	return here, away
}

// send sends v unless ctx ends.
func send[T any](ctx context.Context, to chan<- T, v T) {
	select {
	case to <- v:
	case <-ctx.Done():
	}
}

// gather is first and what else has come by now.
func gather(first *task, from <-chan *task) []*task {
	all := []*task{first}
	for {
		select {
		case t, ok := <-from:
			if !ok {
				return all
			}
			all = append(all, t)
		default:
			return all
		}
	}
}

// hand asks the store about tasks, all at once, and hands them on.
func (r *run) hand(ctx context.Context, tasks []*task, ready chan<- []*task) error {
	if len(tasks) == 0 {
		return nil
	}
	if err := r.recall(ctx, tasks); err != nil {
		return err
	}
	send(ctx, ready, tasks)
	return nil
}

// recall asks the store what it knows of tasks.
func (r *run) recall(ctx context.Context, tasks []*task) error {
	keys := make([]store.ResolutionKey, len(tasks))
	for i, t := range tasks {
		keys[i] = t.key
	}
	known, err := r.Store.Resolutions(ctx, keys)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		t.rev = known[t.key]
	}
	if err := r.resolveWanting(ctx, tasks); err != nil {
		return err
	}
	var facts []fact.Key
	for _, t := range tasks {
		if t.rev != nil && !t.astray() {
			facts = append(facts, r.factKeys(t.id, t.rev)...)
		}
	}
	have, err := r.Store.Have(ctx, facts)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.rev == nil || t.astray() {
			continue
		}
		own := map[fact.Key]bool{}
		for _, k := range r.factKeys(t.id, t.rev) {
			own[k] = have[k]
		}
		t.take(own)
	}
	return nil
}

// resolveWanting asks the store for revisions that were kept while something was
// not in the mirror: they hold for as long as its objects stay the same.
func (r *run) resolveWanting(ctx context.Context, tasks []*task) error {
	var keys []store.ResolutionKey
	for _, t := range tasks {
		if t.rev == nil && t.watchObjects() == nil { // else it shows when the mirror is read
			keys = append(keys, t.wanting())
		}
	}
	if len(keys) == 0 {
		return nil
	}
	known, err := r.Store.Resolutions(ctx, keys)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.rev == nil {
			t.rev = known[t.wanting()]
		}
	}
	return nil
}

// watchObjects notes the state of what holds the mirror's objects, unless that
// was done.
func (t *task) watchObjects() (err error) {
	if t.objects == "" {
		t.objects, err = t.repo.Objects()
	}
	return err
}

// wanting is the key of a revision that holds for the state of the objects only.
func (t *task) wanting() store.ResolutionKey {
	key := t.key
	key.Refs += " " + t.objects
	return key
}

// take notes which facts the store holds.
func (t *task) take(have map[fact.Key]bool) {
	t.have = map[string]bool{}
	for k, ok := range have {
		t.have[k.Collector] = ok
	}
}

// factKeys are the keys of all facts of a revision of a repository.
func (r *run) factKeys(id fact.RepoID, rev *fact.Revision) []fact.Key {
	keys := make([]fact.Key, len(r.Collectors))
	for i, c := range r.Collectors {
		keys[i] = keyOf(rev, c)
		keys[i].Repo = id
	}
	return keys
}

// open finds, and where needed makes, the mirrors of jobs, so many at a time, and
// calls give with each, one call at a time. Those that cannot be had get their
// outcome here.
func (r *run) open(ctx context.Context, jobs []*job, workers int, give func(*task)) error {
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, j := range jobs {
		group.Go(func() error {
			return r.spared(ctx, j, func() error {
				t, err := r.openOne(ctx, j)
				if err != nil {
					return r.fail(ctx, j, err)
				}
				mu.Lock()
				defer mu.Unlock()
				give(t)
				return nil
			})
		})
	}
	return group.Wait()
}

// largestFirst hands tasks on as they are taken, of those at hand the largest: one
// that is begun last would keep one worker while the others have nothing left to
// do.
func largestFirst(ctx context.Context, ready <-chan []*task, next chan<- *task) error {
	var at []*task // the largest last
	for {
		var to chan<- *task
		var largest *task
		if len(at) > 0 {
			to, largest = next, at[len(at)-1]
		} else if ready == nil {
			return nil
		}
		select {
		case more, ok := <-ready:
			if !ok {
				ready = nil
			}
			at = append(at, more...)
			slices.SortFunc(at, func(a, b *task) int {
				return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(b.id.Key(), a.id.Key()))
			})
		case to <- largest:
			at = at[:len(at)-1]
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (r *run) openOne(ctx context.Context, j *job) (*task, error) {
	dir, foundAs, err := r.Mirrors.Ensure(ctx, j.id.Repository())
	if dir == "" {
		return nil, err
	}
	if err != nil {
		r.Log.Warn("mirror could not be brought up to date", "repository", j.id, "error", err)
	}
	if foundAs != "" {
		j.foundAs = foundAs.Within(j.id.Folder())
	}
	j.outcome.Observed = r.Mirrors.Observed(dir)
	repo, err := gitrepo.Open(dir, j.id)
	if err != nil {
		return nil, err
	}
	refs, err := repo.Fingerprint()
	if err != nil {
		return nil, err
	}
	return &task{job: j, repo: repo, size: repo.Size(), key: store.ResolutionKey{
		Repo: j.id, AsOf: r.AsOf, Refs: refs, Rule: gitrepo.ResolutionVersion,
	}}, nil
}

// spared does work on a job. A panic in it is the failure of that job: the others
// go on.
func (r *run) spared(ctx context.Context, j *job, work func() error) (err error) {
	defer errkind.Catch(&err) // where even the failure cannot be told, the run ends
	err = caught(work)
	if errkind.Stack(err) != "" {
		return r.fail(ctx, j, err)
	}
	return err
}

func caught(work func() error) (err error) {
	defer errkind.Catch(&err)
	return work()
}

// endsRun reports whether err is a fault of the machine or the store: the
// repository at hand has no part in it.
func endsRun(err error) bool {
	kind := errkind.Of(err)
	return kind == errkind.Machine || kind == errkind.Storage || errkind.Exhausted(err)
}

// fail writes the failure of a job into its outcome, in words that are the same
// in every run and on every machine. Only the end of the whole run is an error.
func (r *run) fail(ctx context.Context, j *job, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case endsRun(err):
		return errkind.Ends(err)
	}
	j.outcome.Failure = string(errkind.Of(err))
	j.outcome.Why, j.outcome.How = string(errkind.CauseOf(err)), errkind.Mend(err)
	r.Log.Debug("repository not read", "repository", j.id, "kind", j.outcome.Failure, "error", err)
	if stack := errkind.Stack(err); stack != "" {
		r.Log.Debug("bug", "repository", j.id, "stack", stack)
	}
	if r.Progress != nil {
		r.Progress.Done(&j.outcome, false)
	}
	return nil
}
