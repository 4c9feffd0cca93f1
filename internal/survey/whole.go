package survey

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"assay/internal/catalog"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

// Where a source names a folder that its repository does not have at the date, the
// whole repository is measured, under its own name: the folder was moved, or is
// none, or the address does not tell where the name of a branch ends. Notes say
// so. No file is counted twice for that: while another folder of the repository
// is there, or may be, nothing stands in for the one that is not.
//
// Which it is, is known once all folders of a repository were looked for. So the
// wholes come last.

// astray reports whether an earlier run found that there is no such folder.
func (t *task) astray() bool { return t.rev != nil && t.rev.Repo.Key() != t.id.Key() }

// miss keeps for the end, and for later runs, that a repository has no such
// folder: its resolution names the repository.
func (r *run) miss(ctx context.Context, t *task) error {
	news := !t.astray()
	if news {
		t.rev = &fact.Revision{Repo: t.id.Repository(), AsOf: r.AsOf, Cut: t.repo.Shallow()}
	}
	if t.rev.NewestRef == nil {
		newest, err := r.newestRef(ctx, t)
		if err != nil {
			return err
		}
		t.rev.NewestRef = newest
		news = news || newest != nil
	}
	if news {
		if err := r.remember(ctx, t, t.rev); err != nil {
			return err
		}
	}
	t.missing = t
	return nil
}

// wholes measures what stands in for folders that are missing. Only the projects
// that are wanted are worked on; nil is all.
func (r *run) wholes(ctx context.Context, wanted map[string]bool) error {
	groups, err := r.lost(ctx)
	if err != nil || len(groups) == 0 {
		return err
	}
	owners := r.raise(groups)
	var tasks []*task
	for _, group := range groups {
		owner := owners[group[0].id.Repository().Key()]
		t, err := r.whole(ctx, group, owner.ID, wanted != nil && !wanted[owner.Project])
		if err != nil {
			return err
		}
		if t != nil {
			tasks = append(tasks, t)
		}
	}
	return r.measureAll(ctx, tasks)
}

// lost are the jobs on folders, by their repositories, for which the whole
// stands in. Those for which nothing does have their outcome after it.
func (r *run) lost(ctx context.Context) (groups [][]*job, err error) {
	for _, group := range r.folders() {
		all, err := r.allMissing(ctx, group)
		if err != nil {
			return nil, err
		}
		if all {
			groups = append(groups, group)
		} else if err := r.leave(ctx, group); err != nil {
			return nil, err
		}
	}
	return groups, nil
}

// raise puts whole repositories into the catalogue, and gives what is in it by key.
func (r *run) raise(groups [][]*job) map[string]*fact.Repository {
	var folders []fact.RepoID
	for _, j := range slices.Concat(groups...) {
		folders = append(folders, j.id)
	}
	catalog.Whole(r.survey.Catalog, r.survey.Landscape, r.AsOf, folders)
	all := map[string]*fact.Repository{}
	for i := range r.survey.Catalog.Repositories {
		repo := &r.survey.Catalog.Repositories[i]
		all[repo.ID.Key()] = repo
	}
	return all
}

// folders are the jobs on repositories of which a folder is named, together for
// each repository.
func (r *run) folders() [][]*job {
	var order []string
	by, parted := map[string][]*job{}, map[string]bool{}
	for _, j := range r.jobs {
		key := j.id.Repository().Key()
		if by[key] == nil {
			order = append(order, key)
		}
		by[key] = append(by[key], j)
		parted[key] = parted[key] || j.id.Folder() != ""
	}
	var groups [][]*job
	for _, key := range order {
		if parted[key] {
			groups = append(groups, by[key])
		}
	}
	return groups
}

// allMissing reports whether none of the folders is there, as far as this run, or
// an earlier one of the day, has seen the repository.
func (r *run) allMissing(ctx context.Context, group []*job) (bool, error) {
	var open *task
	known := 0
	for _, j := range group {
		if r.isMissing(j) {
			known++
		}
		if j.missing != nil {
			open = j.missing
		}
	}
	if known == 0 {
		return false, nil
	}
	for _, j := range group {
		if r.isMissing(j) {
			continue
		}
		if !j.skipped || open == nil {
			return false, nil
		}
		if there, err := r.look(ctx, j, open); there || err != nil {
			return false, err
		}
	}
	return true, nil
}

// isMissing reports whether the folder of j is known to be missing. One that an
// earlier run of the day has read is not: its mirror knew more.
func (r *run) isMissing(j *job) bool {
	if r.before.outcomes[j.id.Key()].Revision != nil || j.outcome.Revision != nil {
		return false
	}
	if j.missing != nil {
		return true
	}
	whole, text := r.before.outcomes[j.id.Repository().Key()].Revision, r.missingText(j.id)
	return whole != nil && slices.ContainsFunc(whole.Notes, func(n fact.Note) bool {
		return n.Kind == fact.NoteFolder && n.Text == text
	})
}

// look reports whether the folder of j, which this run was to leave out, is, or
// may be, in the repository of t.
func (r *run) look(ctx context.Context, j *job, t *task) (there bool, err error) {
	if j.id.Folder() == "" || r.before.outcomes[j.id.Key()].Revision != nil {
		return true, nil
	}
	own, err := t.at(j)
	if err != nil {
		return true, nil // what cannot be opened may be there
	}
	if err := r.recall(ctx, []*task{own}); err != nil {
		return true, err
	}
	if own.rev == nil {
		within, cancel := context.WithTimeoutCause(ctx, limit.RepositoryTime, errLate)
		defer cancel()
		err = caught(func() error { _, err := own.repo.At(within, r.AsOf); return err })
	}
	if own.astray() || errkind.CauseOf(err) == errkind.CauseNoFolder {
		return false, r.miss(ctx, own)
	}
	if endsRun(err) || ctx.Err() != nil {
		return true, err
	}
	return true, nil
}

// at is the task of another job on the repository of t.
func (t *task) at(j *job) (*task, error) {
	repo, err := gitrepo.Open(t.repo.Dir(), j.id)
	if err != nil {
		return nil, err
	}
	key := t.key
	key.Repo = j.id
	return &task{job: j, repo: repo, size: t.size, key: key, objects: t.objects}, nil
}

// leave writes into the outcomes of folders that are missing why nothing stands in
// for them.
func (r *run) leave(ctx context.Context, group []*job) error {
	for _, j := range group {
		if j.missing == nil || j.skipped {
			continue
		}
		cause := errkind.CauseParted
		if len(group) == 1 {
			cause = errkind.CauseNoFolder
		}
		j.observe(j.missing.rev.NewestRef)
		err := errkind.Because(errkind.Errorf(errkind.NotFound, "%s: %s", j.id, cause), cause)
		if err := r.fail(ctx, j, err); err != nil {
			return err
		}
	}
	return nil
}

// whole puts one job on a whole repository in the place of those on its missing
// folders. The task is nil where the repository is left out, or was not opened.
func (r *run) whole(ctx context.Context, group []*job, id fact.RepoID, skipped bool) (*task, error) {
	j := &job{id: id, outcome: fact.Outcome{Repo: id}}
	var open *task
	done := 0 // jobs of which nobody was told that they were finished
	for _, f := range group {
		j.folders = append(j.folders, f.id)
		if f.missing == nil && !f.skipped {
			j.outcome, j.outcome.Repo = f.outcome, id // it could not be opened
		}
		if f.missing != nil && !f.skipped {
			open = f.missing
			done++
		}
	}
	r.jobs = append(slices.DeleteFunc(r.jobs, func(old *job) bool { return slices.Contains(group, old) }), j)
	switch {
	case skipped:
		j.skip()
		open = nil
	case open != nil:
		j.outcome = fact.Outcome{Repo: id, Observed: open.outcome.Observed}
		j.foundAs = open.foundAs.Repository()
		done--
	}
	for ; done > 0 && r.Progress != nil; done-- {
		r.Progress.Done(&j.outcome, true)
	}
	if open == nil {
		return nil, nil
	}
	t, err := open.at(j)
	if err != nil {
		return nil, r.fail(ctx, j, err)
	}
	return t, nil
}

// measureAll asks the store about tasks and completes their facts.
func (r *run) measureAll(ctx context.Context, tasks []*task) error {
	if len(tasks) == 0 {
		return nil
	}
	if err := r.recall(ctx, tasks); err != nil {
		return err
	}
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(r.workers())
	for _, t := range tasks {
		group.Go(func() error {
			return r.spared(within, t.job, func() error { return r.measure(within, t) })
		})
	}
	return group.Wait()
}

// missingText says that a folder is missing.
func (r *run) missingText(id fact.RepoID) string {
	return fmt.Sprintf("the folder %q is not in the repository at %s: the whole repository is measured", id.Folder(), r.AsOf)
}

// noteFolders says in the revision of j for which folders it stands in, and for no
// others: an outcome of an earlier run may have been for those.
func (r *run) noteFolders(j *job) {
	stale := func(n fact.Note) bool { return n.Kind == fact.NoteFolder }
	if j.outcome.Revision == nil || len(j.folders) == 0 && !slices.ContainsFunc(j.outcome.Revision.Notes, stale) {
		return
	}
	rev := *j.outcome.Revision
	var notes []fact.Note
	for _, id := range j.folders {
		notes = append(notes, fact.Note{Kind: fact.NoteFolder, Text: r.missingText(id), Evidence: rev.Evidence()})
	}
	rev.Notes = slices.Concat(notes, slices.DeleteFunc(slices.Clone(rev.Notes), stale))
	j.outcome.Revision = &rev
}
