package survey

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// A survey replaces the stored one of the same landscape and date, and what was
// read stays read: of two outcomes of a repository the one that tells more is
// kept. The same landscape is the same file, whatever it says by now: a
// repository that it still has is the same repository.

// earlier is what the stored survey of the same landscape and date says.
type earlier struct {
	outcomes map[string]fact.Outcome
	foundAs  map[string]fact.RepoID
	catalog  *fact.Catalog // nil without such a survey
	projects []string      // that it was limited to; none where it was not
}

// widened are the projects that a survey looks at which is limited to wanted,
// nil being all, together with those that the earlier one looked at.
func (e *earlier) widened(wanted map[string]bool, l *fact.Landscape) []string {
	if wanted == nil || e.catalog != nil && len(e.projects) == 0 {
		return nil
	}
	var all []string
	for i := range l.Projects {
		if name := l.Projects[i].Name; wanted[name] || slices.Contains(e.projects, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// earlier reads the stored survey of the same landscape and date.
func (r *run) earlier(ctx context.Context) (*earlier, error) {
	e := &earlier{outcomes: map[string]fact.Outcome{}, foundAs: map[string]fact.RepoID{}}
	s, err := r.Store.Survey(ctx, store.Selector{AsOf: r.AsOf, Landscape: store.Source(r.survey.Landscape.Evidence)})
	switch {
	case errors.Is(err, store.ErrDamaged):
		r.Log.Warn("the earlier survey of this date is damaged: nothing of it is kept", "error", err)
		return e, nil
	case errkind.Of(err) == errkind.NotFound:
		return e, nil
	case err != nil:
		return nil, fmt.Errorf("survey: %w", err)
	}
	e.catalog, e.projects = s.Catalog, s.Projects
	for _, o := range s.Outcomes {
		e.outcomes[o.Repo.Key()] = o
	}
	for i := range s.Catalog.Repositories {
		repo := &s.Catalog.Repositories[i]
		e.foundAs[repo.ID.Key()] = repo.FoundAs
	}
	return e, nil
}

// keep puts outcomes of the earlier survey in place of worse ones, where all
// facts they lead to are stored in the versions of today's collectors.
func (r *run) keep(ctx context.Context) error {
	var better []*job
	var keys []fact.Key
	for _, j := range r.jobs {
		was, ok := r.before.outcomes[j.id.Key()]
		if !ok || !j.skipped && !tellsMore(&was, &j.outcome) {
			continue
		}
		better = append(better, j)
		keys = append(keys, r.keysOf(&was)...)
	}
	if len(better) == 0 {
		return nil
	}
	have, err := r.Store.Have(ctx, keys)
	if err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	for _, j := range better {
		was := r.before.outcomes[j.id.Key()]
		if was.Failure == "" && !all(have, r.keysOf(&was)) {
			continue
		}
		r.Log.Debug("kept what an earlier run read", "repository", j.id, "now", j.outcome.Failure)
		j.outcome, j.foundAs, j.kept = was, r.before.foundAs[j.id.Key()], true
		j.outcome.Repo = j.id
	}
	return nil
}

// keysOf are the keys of all facts that an outcome leads to.
func (r *run) keysOf(o *fact.Outcome) []fact.Key {
	if o.Revision == nil {
		return nil
	}
	return r.factKeys(o.Repo, o.Revision)
}

func all(have map[fact.Key]bool, keys []fact.Key) bool {
	for _, k := range keys {
		if !have[k] {
			return false
		}
	}
	return true
}

// tellsMore reports whether was tells more than now: more was read, or as much of
// a mirror that speaks for a later time.
func tellsMore(was, now *fact.Outcome) bool {
	if c := cmp.Compare(wholeness(was), wholeness(now)); c != 0 {
		return c > 0
	}
	return wholeness(was) > 0 && later(was, now)
}

// later reports whether was is of a mirror that speaks for a later time than the
// one of now. Where both stand at one commit, only what the mirror itself has to
// say of that counts: the rest was said of that run, and is said anew.
func later(was, now *fact.Outcome) bool {
	if trust(now.Observed) == 0 || trust(was.Observed) < trust(now.Observed) || was.Observed.At <= now.Observed.At {
		return false
	}
	return was.Revision.Commit != now.Revision.Commit || was.Observed.Source == fact.ObservedFetched || was.Observed.Source == fact.ObservedRecorded
}

// trust ranks what an observation is told by; 0 is nothing.
func trust(o *fact.Observation) int {
	if o == nil || o.At == "" {
		return 0
	}
	return 1 + slices.Index([]string{fact.ObservedRefs, fact.ObservedGiven, fact.ObservedRecorded, fact.ObservedFetched}, o.Source)
}

// wholeness ranks how much an outcome tells.
func wholeness(o *fact.Outcome) int {
	switch {
	case o.Revision == nil:
		return 0
	case o.Failure != "":
		return 1 // a part was not read
	case o.Revision.Cut:
		return 2
	case len(o.Revision.Provisional) > 0:
		return 3
	}
	return 4
}
