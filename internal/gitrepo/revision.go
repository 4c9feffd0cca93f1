package gitrepo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// ResolutionVersion is raised whenever [Repo.At] would pick another commit, or
// it, [Repo.NewestRef] or [Repo.Latest] say something else of it, in the same
// mirror at the same date.
const ResolutionVersion = 5

// At picks the revision of the mirror as of the end of day asOf, UTC: the last
// first-parent commit of the default branch with a committer date on or before
// it. With an empty asOf it is the newest. A commit whose date cannot be read is
// passed over, with a note.
//
// When the default branch was replaced by an unrelated history (no commit in
// common with the releases of the time), the history that carried the last
// full release on or before the date is followed instead, and both are listed
// in Lineages. A history that is cut off does not tell that, and is not asked.
//
// Kinds of error: Empty when there is no commit by that date, NotFound when that
// has no such folder as is shown, Corrupt when the
// history cannot be read, or is cut off before it comes to the date.
func (r *Repo) At(ctx context.Context, asOf fact.Date) (*fact.Revision, error) {
	refs, err := r.refs(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	main, notes, err := r.mainline(refs)
	if err != nil {
		return nil, err
	}
	read := r.headers()
	defer read.close()
	tip, err := read.lastBefore(ctx, main, asOf)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	rev := &fact.Revision{
		Repo: r.id, Ref: main.name, AsOf: asOf, Rule: fact.RuleMainline, Notes: notes, Tags: fingerprint(r.tagsOf(tagsBy(refs, asOf))),
		Cut: r.Shallow(),
	}
	if tip.commit != "" {
		rev.Commit, rev.CommittedAt = tip.commit, timestamp(tip.time)
	}
	if !rev.Cut {
		if err := r.weighLineages(ctx, read, rev, refs, tip.ref); err != nil {
			return nil, fmt.Errorf("%s: %w", r.id, err)
		}
	}
	r.noteState(rev, tip)
	if err := r.none(rev, tip); err != nil {
		return rev, err
	}
	return rev, r.scope(ctx, rev, refs)
}

// noteState notes what is odd about the mirror and the mainline.
func (r *Repo) noteState(rev *fact.Revision, tip pick) {
	if tip.undated > 0 {
		rev.Notes = append(rev.Notes, r.note("odd", "commits of %s that have no date which can be, and were passed over for the date: %d", rev.Ref, tip.undated))
	}
	if rev.Cut {
		rev.Notes = append(rev.Notes, r.note(string(errkind.Partial), "the mirror is shallow: its history is cut off, and what came before is in no figure"))
	}
}

// none is the error that there is no revision; nil where there is one.
func (r *Repo) none(rev *fact.Revision, tip pick) error {
	switch {
	case rev.Commit != "":
		return nil
	case rev.Cut:
		return errkind.Because(errkind.Errorf(errkind.Corrupt, "%s: the history of %s is cut off after %s", r.id, rev.Ref, rev.AsOf), errkind.CauseShallow)
	case tip.undated > 0:
		return errkind.Because(errkind.Errorf(errkind.Corrupt, "%s: no commit of %s has a readable date on or before %s", r.id, rev.Ref, rev.AsOf), errkind.CauseUndated)
	}
	return errkind.Errorf(errkind.Empty, "%s: no commit of %s on or before %s", r.id, rev.Ref, rev.AsOf)
}

// mainline is the default branch: what HEAD points at; where that leads
// nowhere, the branch of a usual name, else the one with the newest commit.
func (r *Repo) mainline(refs []ref) (ref, []fact.Note, error) {
	name, commit, err := r.head()
	if err != nil {
		return ref{}, nil, err
	}
	var branches []ref
	for _, b := range refs {
		if strings.HasPrefix(b.name, "refs/tags/") || b.name == "refs/remotes/origin/HEAD" {
			continue
		}
		if b.name == name {
			return b, nil, nil
		}
		branches = append(branches, b)
	}
	if commit != "" {
		return r.detached(commit, branches)
	}
	if len(branches) == 0 {
		return ref{}, nil, errkind.Errorf(errkind.Empty, "%s: the repository has no branch", r.id)
	}
	best := usualBranch(branches)
	return best, []fact.Note{r.note("odd", "HEAD points at %s, which is no branch; %s was followed", firstLines(name[:min(len(name), limit.RefQuoted)], 1), best.name)}, nil
}

// detached finds the branch that a detached HEAD stands on; failing that, HEAD
// itself is the mainline.
func (r *Repo) detached(commit string, branches []ref) (ref, []fact.Note, error) {
	for _, b := range branches {
		if b.commit == commit {
			return b, []fact.Note{r.note("odd", "HEAD is detached at the tip of %s, which was followed", b.name)}, nil
		}
	}
	return ref{name: "HEAD", commit: commit},
		[]fact.Note{r.note("odd", "HEAD is detached at %s, which no branch points at; it was followed", commit[:12])}, nil
}

// usualBranch picks the likely default among branches: by name, else the newest.
func usualBranch(branches []ref) ref {
	for _, name := range []string{"main", "master", "trunk", "develop"} {
		for _, prefix := range []string{"refs/heads/", "refs/remotes/origin/"} {
			for _, b := range branches {
				if b.name == prefix+name {
					return b
				}
			}
		}
	}
	best := branches[0]
	for _, b := range branches[1:] {
		if b.time > best.time {
			best = b
		}
	}
	return best
}

// A pick is a commit of a mainline, and what was passed over on the way to it.
type pick struct {
	ref
	undated int // commits without a date that can be
}

// lastBefore is the newest first-parent ancestor of from committed by the end
// of asOf; a pick without commit when there is none.
func (h *headers) lastBefore(ctx context.Context, from ref, asOf fact.Date) (pick, error) {
	found := pick{ref: ref{name: from.name}}
	end := int64(lastSecond)
	if asOf != "" {
		end = asOf.End().Unix()
	}
	err := h.mainline(ctx, from.commit, func(oid string, head *header) bool {
		switch {
		case !head.dated:
			found.undated++
		case head.time <= end:
			found.commit, found.time = oid, head.time
		}
		return found.commit == ""
	})
	return found, err
}

func timestamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

func (r *Repo) note(kind, format string, args ...any) fact.Note {
	return fact.Note{Kind: kind, Text: fmt.Sprintf(format, args...), Evidence: fact.Evidence{Repo: r.id}}
}
