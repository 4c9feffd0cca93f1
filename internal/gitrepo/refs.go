package gitrepo

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo/pack"
	"assay/internal/limit"
)

// A ref is a branch or tag and the commit it leads to. Times are Unix seconds.
type ref struct {
	name   string // full: refs/heads/main, refs/tags/v1.0.0
	commit string // peeled
	time   int64  // committer time of the commit; 0 where it cannot be read
	tagged int64  // tagger's time; 0 for a branch or a tag without one
}

// refs lists branches and tags. refs/pull/* and whatever else a host keeps in
// a mirror is nobody's branch and is left out.
func (r *Repo) refs(ctx context.Context) ([]ref, error) {
	all, err := r.readRefs(ctx, "refs/heads", "refs/tags", "refs/remotes/origin")
	if err != nil {
		return nil, errkind.Because(err, errkind.CauseRefs)
	}
	r.seen.Store(&all)
	return all, nil
}

// seenRefs are the refs as they were last read; they are read when they never
// were.
func (r *Repo) seenRefs(ctx context.Context) ([]ref, error) {
	if seen := r.seen.Load(); seen != nil {
		return *seen, nil
	}
	return r.refs(ctx)
}

// readRefs lists the refs below the folders named, and all refs where none is.
func (r *Repo) readRefs(ctx context.Context, below ...string) ([]ref, error) {
	const format = "%(refname)%00%(objecttype)%00%(objectname)%00%(committerdate:unix)%00%(*objecttype)%00%(*objectname)%00%(*committerdate:unix)%00%(taggerdate:unix)"
	var all []ref
	text := int64(0)
	err := r.lines(ctx, func(line []byte) error {
		ref, ok := parseRef(string(line))
		if !ok {
			return nil
		}
		if len(all) == r.bounds.refs {
			return overLimit("ref-count", int64(r.bounds.refs))
		}
		if text += int64(len(line)); text > r.bounds.refsText {
			return overLimit("refs-text", r.bounds.refsText)
		}
		all = append(all, ref)
		return nil
	}, append([]string{"for-each-ref", "--format=" + format}, below...)...)
	return all, err
}

// parseRef reads a line of readRefs; false where the ref leads to no commit.
func parseRef(line string) (ref, bool) {
	f := strings.Split(line, "\x00")
	if len(f) != 8 {
		return ref{}, false
	}
	if f[1] == "tag" {
		f[1], f[2], f[3] = f[4], f[5], f[6]
	}
	if f[1] != "commit" {
		return ref{}, false
	}
	t, _ := pack.Seconds([]byte(f[3]))
	tagged, _ := pack.Seconds([]byte(f[7])) // none for a branch
	return ref{name: f[0], commit: f[2], time: min(t, lastSecond), tagged: min(tagged, lastSecond)}, true
}

// NewestRef is the newest commit that any ref leads to, for
// [fact.Revision.NewestRef]. A date later than now does not count. Branches and
// tags are looked at first, which are read already: where one of them is later
// than the day asOf, the mirror is known to speak for it. A repository may have
// tens of thousands of other refs, and each costs the reading of a commit.
//
// A commit may be returned together with an error: then the other refs could
// not be read.
func (r *Repo) NewestRef(ctx context.Context, asOf fact.Date, now time.Time) (*fact.CommitRef, error) {
	refs, err := r.seenRefs(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	newest := newestBy(refs, now)
	if newest.commit == "" || asOf == "" || newest.time <= asOf.End().Unix() {
		var all []ref
		if all, err = r.readRefs(ctx); err != nil {
			err = fmt.Errorf("%s: %w", r.id, err)
		} else {
			newest = newestBy(all, now)
		}
	}
	if newest.commit == "" {
		return nil, err
	}
	return &fact.CommitRef{Commit: newest.commit, At: timestamp(newest.time)}, err
}

// newestBy is the ref with the newest commit by now; of several the one whose
// commit has the least name. It is zero without one.
func newestBy(refs []ref, now time.Time) ref {
	var best ref
	for _, r := range refs {
		if r.time == 0 || r.time > now.Unix() {
			continue
		}
		if best.commit == "" || r.time > best.time || r.time == best.time && r.commit < best.commit {
			best = r
		}
	}
	return best
}

// head is where HEAD points: a ref name, or a commit when it is detached.
func (r *Repo) head() (refName, commit string, err error) {
	data, err := readHead(filepath.Join(r.dir, "HEAD"), limit.MirrorHead)
	if err != nil {
		return "", "", errkind.Because(errkind.Errorf(errkind.Corrupt, "%s: HEAD: %w", r.id, err), errkind.CauseHead)
	}
	text := strings.TrimSpace(string(data))
	if name, ok := strings.CutPrefix(text, "ref:"); ok {
		return strings.TrimSpace(name), "", nil
	}
	if isOID(text) {
		return "", text, nil
	}
	err = errkind.Errorf(errkind.Corrupt, "%s: HEAD is neither a ref nor a commit: %q", r.id, text[:min(len(text), 80)])
	return "", "", errkind.Because(err, errkind.CauseHead)
}
