package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/gofrs/flock"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
	"assay/internal/reach"
)

// Ensure returns the mirror of id, as Find does, and makes or refreshes it
// first where that is needed: a mirror in From is taken as it is, one in Dir is
// fetched unless Config.NotBefore accepts its age, and one that is in neither,
// or is broken, is cloned into Dir. Offline, Ensure is Find.
//
// Dir may be returned together with an error: then the mirror is there and
// sound, and could not be brought up to date.
//
// Any number of goroutines and processes may ask for the same mirror; one does
// the work and the others wait for it. Kinds of error besides those of Find:
// Network, after all retries; Gone, when the host says that it has no such
// repository, or none to show us; Auth, when it refuses us; Limit, when an attempt took longer than Config.Timeout or the
// disk is full; Storage, when Dir cannot be written.
func (t *Tree) Ensure(ctx context.Context, id fact.RepoID) (dir string, foundAs fact.RepoID, err error) {
	p, err := t.find(ctx, id)
	if t.settled(p, err) {
		if err != nil {
			return "", "", err
		}
		return p.dir, p.foundAs(id), nil
	}
	target := p.name // what a mirror of ours is fetched by
	if err != nil {
		target = t.names.today(id)
	}
	p, err = t.make(ctx, target)
	if p.dir == "" {
		return "", "", err
	}
	return p.dir, p.foundAs(id), err
}

// Ready reports whether Ensure will answer for id without the network.
func (t *Tree) Ready(ctx context.Context, id fact.RepoID) bool { return t.settled(t.find(ctx, id)) }

// settled reports whether what find gave is the answer, and nothing is to be made
// or fetched.
func (t *Tree) settled(p place, err error) bool {
	if err == nil {
		return t.cfg.Offline || p.in != t.own || t.fresh(p)
	}
	return t.cfg.Offline || !makeable(err)
}

// makeable reports whether a clone of ours can take the place of what Find
// failed on with err.
func makeable(err error) bool {
	kind := errkind.Of(err)
	return kind == errkind.Absent || kind == errkind.Corrupt && !errors.Is(err, fs.ErrPermission)
}

// fresh reports whether p needs no fetch.
func (t *Tree) fresh(p place) bool { return !readState(p.dir).FetchedAt.Before(t.cfg.NotBefore) }

// make clones or fetches the mirror of id in Dir while holding its lock, unless
// somebody else did while we waited for that.
func (t *Tree) make(ctx context.Context, id fact.RepoID) (place, error) {
	unlock, err := t.lock(ctx, id)
	if err != nil {
		return place{}, err
	}
	defer unlock()
	t.own.forget()
	p, err := t.own.find(ctx, id)
	switch {
	case err == nil && t.fresh(p):
		return p, nil
	case err == nil:
		return p, t.refresh(ctx, p)
	case makeable(err):
		return t.create(ctx, id)
	}
	return place{}, err
}

// lock waits until no other goroutine or process makes the mirror of id.
func (t *Tree) lock(ctx context.Context, id fact.RepoID) (unlock func(), err error) {
	if err := os.MkdirAll(t.locks(), 0o755); err != nil {
		return nil, unwritable(err)
	}
	l := t.lockOf(id)
	if _, err := l.TryLockContext(ctx, lockPoll); err != nil {
		if ctx.Err() != nil {
			return nil, errkind.Errorf(errkind.Canceled, "wait for the lock on the mirror of %s: %w", id, ctx.Err())
		}
		return nil, unwritable(err)
	}
	return func() { _ = l.Unlock() }, nil
}

// tryLock is lock where nobody has it.
func (t *Tree) tryLock(id fact.RepoID) (unlock func(), ok bool) {
	if err := os.MkdirAll(t.locks(), 0o755); err != nil {
		return nil, false
	}
	l := t.lockOf(id)
	if ok, err := l.TryLock(); err != nil || !ok {
		return nil, false
	}
	return func() { _ = l.Unlock() }, true
}

func (t *Tree) locks() string { return filepath.Join(t.cfg.Dir, "@locks") }

// lockOf is the lock of the mirror of id.
func (t *Tree) lockOf(id fact.RepoID) *flock.Flock {
	sum := sha256.Sum256([]byte(id.Key()))
	name := strings.ToLower(id.Name())
	name = name[:min(len(name), 60)] + "-" + hex.EncodeToString(sum[:8])
	return flock.New(filepath.Join(t.locks(), name), flock.SetPermissions(0o666))
}

// lockPoll is how often a lock that somebody else holds is tried.
const lockPoll = 50 * time.Millisecond

func unwritable(err error) error {
	return errkind.WithHint(errkind.Errorf(errkind.Storage, "folder of mirrors: %w", err),
		"make the folder writable, or name another")
}

// create clones id into Dir. The caller holds the lock of id.
func (t *Tree) create(ctx context.Context, id fact.RepoID) (place, error) {
	final := t.own.pathOf(id)
	if err := os.MkdirAll(filepath.Dir(final), 0o755); err != nil {
		return place{}, unwritable(err)
	}
	removeLeftovers(filepath.Dir(final), filepath.Base(final)+partialMark)
	partial, err := os.MkdirTemp(filepath.Dir(final), filepath.Base(final)+partialMark+"*")
	if err != nil {
		return place{}, unwritable(err)
	}
	defer func() { _ = os.RemoveAll(partial) }() // what stays is removed by the next clone
	whole := filepath.Join(partial, "repo")
	s, err := t.retry(ctx, id, func(ctx context.Context, from gitrepo.Remote) error {
		if err := os.RemoveAll(whole); err != nil {
			return unwritable(err)
		}
		return t.clone(ctx, from, whole)
	})
	if err != nil {
		return place{}, err
	}
	if err := s.write(ctx, whole); err != nil {
		return place{}, err
	}
	if err := moveInto(whole, final, filepath.Join(partial, "damaged")); err != nil {
		return place{}, unwritable(err)
	}
	t.own.forget()
	p, err := t.own.at(final, true)
	if err == nil {
		t.own.hint(p)
	}
	return p, err
}

// partialMark stands between the name of a mirror and what tells apart the
// clones of it that are under way. No repository has an '@' in its name.
const partialMark = "@partial-"

// moveInto renames from to to. What is at to, a broken mirror, goes to aside.
func moveInto(from, to, aside string) error {
	if _, err := os.Lstat(to); err == nil {
		if err := os.Rename(to, aside); err != nil {
			return err
		}
	}
	return os.Rename(from, to)
}

// refresh fetches p, a mirror in Dir. The caller holds the lock.
func (t *Tree) refresh(ctx context.Context, p place) error {
	removeLocks(p.dir)
	removeLeftovers(filepath.Join(p.dir, "objects", "pack"), "tmp_")
	from := p.name
	if moved := readState(p.dir).MovedTo; moved != "" {
		from = moved
	}
	s, err := t.retry(ctx, from, func(ctx context.Context, from gitrepo.Remote) error {
		return t.fetch(ctx, p.dir, from)
	})
	if err != nil {
		return err
	}
	if s.MovedTo == "" && from != p.name {
		s.MovedTo = from
	}
	return s.write(ctx, p.dir)
}

// A job is a clone or a fetch, from where the repository is.
type job func(ctx context.Context, from gitrepo.Remote) error

// retry runs work, a clone or fetch of id, until it succeeds, fails otherwise
// than by the network, or was tried often enough. A host that asks us to wait is
// obeyed, within the bounds of package reach. The state is what to remember of a
// success.
func (t *Tree) retry(ctx context.Context, id fact.RepoID, work job) (state, error) {
	silences := 0
	attempt := func() (state, error) {
		s, err := t.attempt(ctx, id, work)
		if errors.Is(err, reach.ErrSilent) {
			silences++
		}
		if err != nil && (errkind.Of(err) != errkind.Network || reach.Lasting(err) || silences > limit.FetchSilences) {
			return s, backoff.Permanent(err)
		}
		return s, err
	}
	s, err := backoff.Retry(ctx, attempt,
		backoff.WithBackOff(t.pause()),
		backoff.WithMaxTries(uint(max(t.cfg.Retries, 0))+1),
		backoff.WithMaxElapsedTime(0),
		backoff.WithNotify(func(err error, after time.Duration) {
			t.cfg.Log.Info("mirror: trying again", "repository", string(id), "after", after, "error", err)
		}))
	if permanent, ok := errors.AsType[*backoff.PermanentError](err); ok {
		err = permanent.Unwrap()
	}
	if errkind.Of(err) == errkind.Auth && t.cfg.Gone(ctx, id) {
		err = errkind.Errorf(errkind.Gone, "%s says that it has none: %w", id.Host(), err)
	}
	return s, t.explain(id, err)
}

// attempt runs work once, when its turn comes, within the timeout. The host is
// waited for before that, so that one that asks us to wait keeps no other
// repository from its turn.
func (t *Tree) attempt(ctx context.Context, id fact.RepoID, work job) (state, error) {
	address := t.cfg.URL(id)
	if err := t.admit(ctx, id, address); err != nil {
		return state{}, err
	}
	if err := t.jobs.Acquire(ctx, 1); err != nil {
		return state{}, err
	}
	defer t.jobs.Release(1)
	bounded, cancel := context.WithTimeout(ctx, t.cfg.Timeout)
	defer cancel()
	s := state{FetchedAt: t.now().UTC()}
	movedTo, err := t.reach(bounded, address, work)
	if err != nil && ctx.Err() == nil && bounded.Err() != nil {
		return s, errkind.Errorf(errkind.Limit, "%s took longer than %s", address, t.cfg.Timeout)
	}
	if to := landed(id, address, movedTo); to != "" && to.Key() != id.Key() {
		s.MovedTo = to
	}
	return s, err
}

// admit waits until the host of id, which is reached at address, may be asked.
func (t *Tree) admit(ctx context.Context, id fact.RepoID, address string) error {
	n := t.cfg.Network
	if n == nil {
		return nil
	}
	if err := n.Check(id.Host()); err != nil { // also where it is reached through another
		return err
	}
	return n.Ready(ctx, address)
}

// reach visits the host of address, and has work done where the repository is
// today. MovedTo is that place, where it is another.
func (t *Tree) reach(ctx context.Context, address string, work job) (movedTo string, err error) {
	token := ""
	if u, err := url.Parse(address); err == nil {
		token = t.cfg.Token(u.Host)
	}
	at, err := t.visit(ctx, address, token)
	if err != nil {
		return "", err
	}
	from := gitrepo.Remote{URL: at.URL, Token: at.Token, Resolve: at.Resolve, Patience: t.cfg.Patience}
	if err := t.speak(ctx, from, work); err != nil {
		return "", err
	}
	if at.URL == address {
		return "", nil
	}
	return at.URL, nil
}

// speak does work, and tells the network how the host fared.
func (t *Tree) speak(ctx context.Context, from gitrepo.Remote, work job) error {
	n := t.cfg.Network
	if n == nil {
		return work(ctx, from)
	}
	err := n.Speak(from.URL, func() error { return work(ctx, from) })
	if errors.Is(err, reach.ErrBusy) {
		return errkind.Errorf(errkind.Network, "%w: %w", err, n.Busy(from.URL, 0)) // git does not say for how long
	}
	return err
}

// landed is the repository at the address to, where from, the address of id,
// redirects; "" when that is none. Where the host of id is reached through
// another address, to is below that too, and the host is the same.
func landed(id fact.RepoID, from, to string) fact.RepoID {
	if to == "" {
		return ""
	}
	base := strings.TrimSuffix(from, "/"+id.Slug()+".git")
	if below, ok := strings.CutPrefix(to, base+"/"); ok {
		to = "https://" + id.Host() + "/" + below
	}
	found, err := fact.ParseRepoURL(to)
	if err != nil {
		return ""
	}
	return found
}

// explain says how to mend err, the failure of a clone or fetch of id, and what it
// comes from.
func (t *Tree) explain(id fact.RepoID, err error) error {
	switch {
	case errors.Is(err, reach.ErrSilent):
		err = errkind.Because(err, errkind.CauseMute)
	case errors.Is(err, reach.ErrBusy):
		err = errkind.Because(err, errkind.CauseBusy)
	}
	if errkind.Hint(err) != "" {
		return err
	}
	switch errkind.Of(err) {
	case errkind.Auth:
		return errkind.WithHint(err, "see whether %s exists; when it is private, give a token that may read it", id.URL())
	case errkind.Gone:
		return errkind.WithHint(err, "correct the address in the landscape, or give its present name under renames; when it is private, give a token that may read it")
	case errkind.Network:
		return errkind.WithHint(err, "check the connection to %s and run again: what was done is kept", id.Host())
	case errkind.Limit:
		return errkind.WithHint(err, "free disk space, or allow more time for a clone")
	}
	return err
}

// removeLeftovers removes what begins with prefix in the folder dir.
func removeLeftovers(dir, prefix string) {
	names, err := readNames(dir)
	if err != nil {
		return
	}
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			_ = os.RemoveAll(filepath.Join(dir, name))
		}
	}
}

// removeLocks removes the lock files of git that a killed fetch left in the git
// directory dir: no fetch would succeed again. The caller holds our own lock,
// so no other fetch of ours is at work.
func removeLocks(dir string) {
	for _, name := range []string{"HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock"} {
		_ = os.Remove(filepath.Join(dir, name))
	}
	_ = filepath.WalkDir(filepath.Join(dir, "refs"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && strings.HasSuffix(path, ".lock") {
			_ = os.Remove(path) //nolint:gosec // the folder is ours, and we hold its lock
		}
		return nil
	})
}
