// Package survey runs a survey: it reads the landscape, finds the repositories
// of its projects, picks the revision of each at the date, measures what the
// store does not hold yet, and stores the outcome.
//
// The work on one repository ends in a row of the survey, whatever happens: a
// repository that is absent, empty or damaged is an outcome with a failure and
// a reason, and the others go on. Facts are stored as soon as a repository is
// measured, so an interrupted survey loses at most the repositories it was at;
// run again, it goes on from there and ends in the same facts.
package survey

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"assay/internal/ask"
	"assay/internal/catalog"
	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/landscape"
	"assay/internal/store"
)

// Mirrors gives the mirror of a repository. *mirror.Tree is one.
type Mirrors interface {
	Ensure(ctx context.Context, id fact.RepoID) (dir string, foundAs fact.RepoID, err error)
	// Ready reports whether Ensure will answer without the network.
	Ready(ctx context.Context, id fact.RepoID) bool
	// Observed says until when the mirror at dir speaks, as far as that is known
	// without its refs; nil when it is not.
	Observed(dir string) *fact.Observation
}

// A Config says what to survey and with what.
type Config struct {
	// Landscape says where landscape.yml is; AsOf is the date looked at, which
	// overrides Landscape.AsOf.
	Landscape landscape.Source
	AsOf      fact.Date
	// Catalog says what else names repositories.
	Catalog catalog.Options
	// Projects limits the survey to these projects, by any name that package ask
	// understands; none is all. Aliases are further names, by identifier.
	Projects []string
	Aliases  map[string][]string
	// Collectors to run; nil is [Collectors].
	Collectors []collect.Collector

	// AuthorKey is the key behind which authors are hidden; see [AuthorHash].
	AuthorKey string

	Mirrors Mirrors
	Store   store.Store
	// Jobs is how many repositories are worked on at a time; 0 is the number of
	// processors.
	Jobs int
	// Now is the clock, which tells what is dated later; nil takes no date for
	// that.
	Now func() time.Time
	// Log hears of what goes wrong, Progress of what is done; both may be nil.
	Log      *slog.Logger
	Progress Progress
}

// Progress hears how far a survey is. Its methods are called from several
// goroutines, and must be quick.
type Progress interface {
	// Plan says how many repositories there are to look at.
	Plan(repositories int)
	// Done says that one was finished; cached, when nothing had to be measured.
	Done(o *fact.Outcome, cached bool)
}

// A Result is a finished survey and what it took.
type Result struct {
	Survey *fact.Survey
	// Measured and Cached count repositories by whether git objects were read
	// for them.
	Measured, Cached int
	// Unread are the outcomes with a failure, ordered by repository: it was not
	// read, or in part.
	Unread []fact.Outcome
	// Kept counts repositories of which the survey keeps what an earlier run read,
	// because it read more or later than this run.
	Kept int
	// Read is how much of the mirrors was read.
	Read gitrepo.Counts
}

// Count is how many repositories failed in one of the ways.
func (r *Result) Count(kinds ...errkind.Kind) int {
	n := 0
	for i := range r.Unread {
		if slices.Contains(kinds, errkind.Kind(r.Unread[i].Failure)) {
			n++
		}
	}
	return n
}

// Failed is how many repositories should have been read and were not, or in
// part: all that are not Missing, and had a commit at the date.
func (r *Result) Failed() int { return len(r.Unread) - r.Missing() - r.Count(errkind.Empty) }

// Missing is how many repositories are in no place where the survey was to look
// for them, or gone from their hosts.
func (r *Result) Missing() int { return r.Count(errkind.Absent, errkind.Gone) }

// Run makes a survey and stores it. The error is nil even when repositories
// failed: see [Result.Unread]. It is not nil when the landscape cannot be read,
// the store fails, or ctx ends; what was measured by then is stored.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	if cfg.Collectors == nil {
		hash, err := AuthorHash(ctx, cfg.Store, cfg.AuthorKey)
		if err != nil {
			return nil, fmt.Errorf("survey: %w", err)
		}
		cfg.Collectors = Collectors(hash)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Landscape.AsOf = cfg.AsOf
	ls, err := landscape.Load(ctx, cfg.Landscape)
	if err != nil {
		return nil, fmt.Errorf("survey: %w", err)
	}
	wanted, err := selected(ls, cfg.Projects, cfg.Aliases)
	if err != nil {
		return nil, err
	}
	cat, err := catalog.Build(ctx, ls, cfg.Catalog)
	if err != nil {
		return nil, fmt.Errorf("survey: %w", err)
	}
	r := &run{Config: cfg, survey: &fact.Survey{
		AsOf: cfg.AsOf, Landscape: ls, Catalog: cat, Collectors: versions(cfg.Collectors),
	}}
	if err := r.all(ctx, wanted); err != nil {
		return nil, err
	}
	if err := cfg.Store.PutSurvey(ctx, r.survey); err != nil {
		return nil, fmt.Errorf("survey: %w", err)
	}
	return r.result(), nil
}

func versions(collectors []collect.Collector) map[string]int {
	v := map[string]int{}
	for _, c := range collectors {
		v[c.Name()] = c.Version()
	}
	return v
}

// selected tells which projects are to be surveyed, by name; nil is all.
func selected(ls *fact.Landscape, words []string, aliases map[string][]string) (map[string]bool, error) {
	if len(words) == 0 {
		return nil, nil
	}
	wanted, all := map[string]bool{}, ask.Projects(ls, nil, aliases)
	for _, word := range words {
		m, err := ask.Find(all, word)
		if err != nil {
			return nil, err
		}
		wanted[ls.Projects[m.Index].Name] = true
	}
	return wanted, nil
}

// A run is a survey at work.
type run struct {
	Config
	survey *fact.Survey
	jobs   []*job
	before *earlier
}

// A job is the work on one repository.
type job struct {
	id      fact.RepoID
	outcome fact.Outcome
	foundAs fact.RepoID
	cached  bool
	skipped bool
	kept    bool // the outcome is that of an earlier run
	read    gitrepo.Counts
	// missing is the task on a folder that its repository does not have; folders are
	// those that a whole repository stands in for. See whole.go.
	missing *task
	folders []fact.RepoID
}

// all works on every repository of the catalogue.
func (r *run) all(ctx context.Context, wanted map[string]bool) error {
	if err := r.plan(ctx, wanted); err != nil {
		return err
	}
	group, within := errgroup.WithContext(ctx)
	ready, next := make(chan []*task), make(chan *task)
	group.Go(func() error { defer close(ready); return r.resolve(within, ready) })
	group.Go(func() error { defer close(next); return largestFirst(within, ready, next) })
	for range r.workers() {
		group.Go(func() error {
			for t := range next {
				if err := r.spared(within, t.job, func() error { return r.measure(within, t) }); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	if err := r.wholes(ctx, wanted); err != nil {
		return fmt.Errorf("survey: %w", err)
	}
	if err := r.keep(ctx); err != nil {
		return err
	}
	r.finish()
	return nil
}

// plan makes a job of every repository of the catalogue once.
func (r *run) plan(ctx context.Context, wanted map[string]bool) (err error) {
	if r.before, err = r.earlier(ctx); err != nil {
		return err
	}
	r.keepNamed()
	r.survey.Projects = r.before.widened(wanted, r.survey.Landscape)
	byKey := map[string]*job{}
	for i := range r.survey.Catalog.Repositories {
		repo := &r.survey.Catalog.Repositories[i]
		key := repo.ID.Key()
		skip := wanted != nil && !wanted[repo.Project]
		if j := byKey[key]; j != nil {
			j.skipped = j.skipped && skip
			continue
		}
		j := &job{id: repo.ID, skipped: skip, outcome: fact.Outcome{Repo: repo.ID}}
		byKey[key] = j
		r.jobs = append(r.jobs, j)
	}
	todo := 0
	for _, j := range r.jobs {
		if !j.skipped {
			todo++
			continue
		}
		j.skip()
	}
	if r.Progress != nil {
		r.Progress.Plan(todo)
	}
	return nil
}

// skip notes that a job is no part of this run.
func (j *job) skip() {
	j.skipped = true
	j.outcome.Failure, j.outcome.Why = fact.Skipped, string(errkind.CauseSkipped)
	j.outcome.How = "survey without --project, or name its project too"
}

// finish orders the outcomes and notes in the catalogue under which other
// names mirrors were found.
func (r *run) finish() {
	found := map[string]fact.RepoID{}
	for _, j := range r.jobs {
		r.noteFolders(j)
		r.survey.Outcomes = append(r.survey.Outcomes, j.outcome)
		if j.foundAs != "" {
			found[j.id.Key()] = j.foundAs
		}
	}
	slices.SortFunc(r.survey.Outcomes, byRepo)
	for i := range r.survey.Catalog.Repositories {
		repo := &r.survey.Catalog.Repositories[i]
		if as := found[repo.ID.Key()]; as != "" {
			repo.FoundAs = as
		}
	}
}

func (r *run) result() *Result {
	res := &Result{Survey: r.survey}
	for _, j := range r.jobs {
		res.Read.Add(j.read)
		switch {
		case j.skipped:
		case j.kept:
			res.Kept++
		case j.outcome.Failure != "":
			res.Unread = append(res.Unread, j.outcome)
		case j.cached:
			res.Cached++
		default:
			res.Measured++
		}
	}
	slices.SortFunc(res.Unread, byRepo)
	return res
}

func byRepo(a, b fact.Outcome) int { return cmp.Compare(a.Repo.Key(), b.Repo.Key()) }
