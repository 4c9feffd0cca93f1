// Package mirror keeps the bare clones that a survey reads: it finds them on
// disk, and makes and refreshes them over the network.
//
// A [Tree] looks in two folders, both laid out as <host>/<owner>/<name>.git.
// The first, Config.From, belongs to somebody else and is only read: a cache
// that people share, a test fixture, the whole world of a machine without a
// network. The second, Config.Dir, is ours: what the first lacks is cloned into
// it. Beside the mirrors it holds
//
//	<host>/<owner>/<name>.git/assay.json    when the mirror was fetched, and where the host redirected to
//	<host>/<owner>/<name>.git@partial-*     a clone under way, or what a killed one left
//	@locks/<name>-<hash>                    one lock for each repository; never removed
//
// Names with an '@' belong to no repository, so nothing clashes. A clone is
// renamed into place when it is whole: at no instant, whatever is killed, is
// there half a mirror under a mirror's name.
//
// Until when a mirror speaks, [Tree.Observed] says. A file assay-observed in a
// mirror, or at the top of either folder, tells it of mirrors that we did not
// fetch.
//
// Hosts treat names without regard to case and so does a Tree. A repository
// that was renamed is found under its other name when Config.Renames tells, a
// link in the folder leads there, the host redirected us, or the origin of a
// mirror names it; the name it was found by is then returned beside it.
package mirror

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/sync/semaphore"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/reach"
)

// A Config says where mirrors are and how to get them. The zero value of each
// optional field means what its comment says.
type Config struct {
	// From is a tree of mirrors that is read before, and in place of, the
	// network. Optional.
	From string
	// FromAsOf is the day until when the mirrors in From speak, to its end, where
	// nothing in them says so; "" when that is not known.
	FromAsOf fact.Date
	// Dir is the folder of our own mirrors; it is made when it is needed.
	// Optional when Offline and From is given.
	Dir string
	// Offline: nothing but From and Dir is tried.
	Offline bool
	// NotBefore tells how old a mirror in Dir may be: one that was fetched at or
	// after it is used as it is. The zero time accepts every mirror there is.
	NotBefore time.Time
	// Renames maps repositories to the names they have now.
	Renames map[fact.RepoID]fact.RepoID
	// Jobs is how many clones and fetches run at a time; 0 means 4.
	Jobs int
	// Retries is how often a clone or fetch is tried again after a failure of
	// the network; 0 means 3, negative never.
	Retries int
	// Timeout bounds each attempt at a clone or fetch; 0 means 1 hour.
	Timeout time.Duration
	// URL gives the address to clone a repository from; nil means
	// https://<host>/<owner>/<name>.git.
	URL func(fact.RepoID) string
	// Network is asked for each repository, before git is, whether it may be
	// fetched and where its host has moved it. Nil asks nobody: git is sent to the
	// address as it is, and follows no redirect.
	Network *reach.Network
	// Patience is how long a host may send next to nothing while git reads from
	// it; 0 means 1 minute.
	Patience time.Duration
	// Token gives the access token for the host of such an address, "" for none;
	// nil means none.
	Token func(host string) string
	// Gone reports whether the host of a repository, which refused to give it,
	// says that it has none of that name; nil asks nobody.
	Gone func(ctx context.Context, id fact.RepoID) bool
	// Now is the clock; nil means the real one.
	Now func() time.Time
	// Log hears of what is odd in the folders and of attempts that failed; nil
	// means nobody.
	Log *slog.Logger
}

// withDefaults is c with every zero field that has a default filled in.
func (c Config) withDefaults() Config {
	if c.Jobs == 0 {
		c.Jobs = 4
	}
	if c.Retries == 0 {
		c.Retries = 3
	}
	if c.Timeout == 0 {
		c.Timeout = time.Hour
	}
	if c.URL == nil {
		c.URL = func(id fact.RepoID) string { return id.URL() + ".git" }
	}
	if c.Token == nil {
		c.Token = func(string) string { return "" }
	}
	if c.Gone == nil {
		c.Gone = func(context.Context, fact.RepoID) bool { return false }
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// validate makes the folders of c absolute and refuses what cannot work.
func (c *Config) validate() error {
	if c.Jobs < 0 || c.Timeout < 0 {
		return errkind.Errorf(errkind.Usage, "mirrors: jobs (%d) and timeout (%s) cannot be negative", c.Jobs, c.Timeout)
	}
	if c.Dir == "" && (!c.Offline || c.From == "") {
		return errkind.Errorf(errkind.Usage, "mirrors: no folder to keep them in")
	}
	for _, dir := range []*string{&c.From, &c.Dir} {
		if *dir == "" {
			continue
		}
		abs, err := filepath.Abs(*dir)
		if err != nil {
			return errkind.Errorf(errkind.Usage, "mirrors: folder %q: %w", *dir, err)
		}
		*dir = abs
	}
	if c.From != "" && c.From == c.Dir {
		return errkind.Errorf(errkind.Usage, "mirrors: %q cannot be read-only and our own at once", c.From)
	}
	return c.validateFrom()
}

func (c *Config) validateFrom() error {
	if c.From == "" {
		return nil
	}
	info, err := os.Stat(c.From)
	if err != nil {
		return errkind.Errorf(errkind.Usage, "mirrors to read from: %w", err)
	}
	if !info.IsDir() {
		return errkind.Errorf(errkind.Usage, "mirrors to read from: %q is not a folder", c.From)
	}
	return nil
}

// A Tree is a set of mirrors on disk. Its methods may be used by several
// goroutines, and several processes may share its folders.
type Tree struct {
	cfg     Config
	names   *renames
	folders []*folder // From, then Dir; those that are configured
	own     *folder   // Dir, or nil
	jobs    *semaphore.Weighted

	// The outside world.
	visit func(ctx context.Context, address, token string) (reach.Visit, error)
	clone func(context.Context, gitrepo.Remote, string) error
	fetch func(context.Context, string, gitrepo.Remote) error
	now   func() time.Time
	pause func() backoff.BackOff
}

// New makes a Tree of cfg. It reads nothing yet. Errors are of kind Usage.
func New(cfg Config) (*Tree, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	if today := fact.DateOf(cfg.Now()); cfg.FromAsOf > today {
		return nil, errkind.Errorf(errkind.Usage, "mirrors: they cannot speak until %s, which is after today, %s UTC", cfg.FromAsOf, today)
	}
	names, err := newRenames(cfg.Renames)
	if err != nil {
		return nil, err
	}
	t := &Tree{
		cfg:   cfg,
		names: names,
		jobs:  semaphore.NewWeighted(int64(cfg.Jobs)),
		visit: unvisited,
		clone: gitrepo.Clone,
		fetch: gitrepo.Fetch,
		now:   cfg.Now,
		pause: func() backoff.BackOff { return backoff.NewExponentialBackOff() },
	}
	if cfg.Network != nil {
		t.visit = cfg.Network.Visit
	}
	if cfg.From != "" {
		t.folders = append(t.folders, &folder{root: cfg.From, log: cfg.Log})
	}
	if cfg.Dir != "" {
		t.own = &folder{root: cfg.Dir, log: cfg.Log}
		t.folders = append(t.folders, t.own)
	}
	return t, nil
}

// unvisited is a visit to nobody.
func unvisited(_ context.Context, address, token string) (reach.Visit, error) {
	return reach.Visit{URL: address, Token: token}, nil
}

// Find looks for the mirror of id in From and then in Dir, and never on the
// network. Dir is the git directory. FoundAs is the name the mirror goes by
// when that differs from id by more than case: the repository was renamed or
// moved; else it is "".
//
// Kinds of error: Absent when there is no mirror of id; Corrupt when there is
// something in its place that is no readable git directory; Usage when id is
// not a plain name; Canceled.
func (t *Tree) Find(ctx context.Context, id fact.RepoID) (dir string, foundAs fact.RepoID, err error) {
	p, err := t.find(ctx, id)
	if err != nil {
		return "", "", err
	}
	return p.dir, p.foundAs(id), nil
}

// find is Find, with the place of the mirror.
func (t *Tree) find(ctx context.Context, id fact.RepoID) (place, error) {
	if err := id.Validate(); err != nil {
		return place{}, errkind.Errorf(errkind.Usage, "find mirror: %w", err)
	}
	names := t.names.of(id)
	var damaged error
	for _, name := range names {
		for _, f := range t.folders {
			p, err := f.find(ctx, name)
			switch errkind.Of(err) {
			case "":
				return p, nil
			case errkind.Absent:
			case errkind.Corrupt:
				if damaged == nil {
					damaged = err
				}
			default:
				return place{}, err
			}
		}
	}
	for _, name := range names {
		for _, f := range t.folders {
			if p, err := f.findByHint(ctx, name); err != nil || p.dir != "" {
				return p, err
			}
		}
	}
	if damaged != nil {
		return place{}, damaged
	}
	return place{}, t.absent(id)
}

// absent is the error that there is no mirror of id.
func (t *Tree) absent(id fact.RepoID) error {
	where := ""
	for _, f := range t.folders {
		if where != "" {
			where += " or "
		}
		where += fmt.Sprintf("%q", f.pathOf(id))
	}
	hint := "put a bare clone there (git clone --bare)"
	if t.cfg.Offline {
		hint += ", or do not work offline"
	}
	return errkind.WithHint(errkind.Errorf(errkind.Absent, "no mirror of %s: looked for %s", id, where), "%s", hint)
}
