package gitrepo

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// ResolutionVersion is raised whenever [Repo.At] would pick another commit, or
// it, [Repo.NewestRef] or [Repo.Latest] say something else of it, in the same
// mirror at the same date.
const ResolutionVersion = 3

// At picks the revision of the mirror as of the end of day asOf, UTC: the last
// first-parent commit of the default branch with a committer date on or before
// it. With an empty asOf it is the tip.
//
// When the default branch was replaced by an unrelated history (no commit in
// common with the releases of the time), the history that carried the last
// full release on or before the date is followed instead, and both are listed
// in Lineages. Kinds of error: Empty when there is no commit by that date,
// Corrupt when the history cannot be read.
func (r *Repo) At(ctx context.Context, asOf fact.Date) (*fact.Revision, error) {
	refs, err := r.refs(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	main, notes, err := r.mainline(refs)
	if err != nil {
		return nil, err
	}
	tip, err := r.lastBefore(ctx, main, asOf)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	rev := &fact.Revision{
		Repo: r.id, Ref: main.name, AsOf: asOf, Rule: fact.RuleMainline, Notes: notes, Tags: fingerprint(tagsBy(refs, asOf)),
	}
	if tip.commit != "" {
		rev.Commit, rev.CommittedAt = tip.commit, timestamp(tip.time)
	}
	if err := r.weighLineages(ctx, rev, refs, tip); err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	if rev.Commit == "" {
		return nil, errkind.Errorf(errkind.Empty, "%s: no commit of %s on or before %s", r.id, main.name, asOf)
	}
	return rev, nil
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

// lastBefore is the newest first-parent ancestor of from committed by the end
// of asOf; a ref without commit when there is none.
func (r *Repo) lastBefore(ctx context.Context, from ref, asOf fact.Date) (ref, error) {
	args := []string{"rev-list", "--first-parent", "--timestamp", "--max-count=1"}
	if asOf != "" {
		end := asOf.End().Unix()
		if end < 0 {
			return ref{name: from.name}, nil // git reads no dates before 1970
		}
		// In this form, and neither as --min-age nor as a calendar date, git reads
		// years beyond 2038 and 2099.
		args = append(args, "--until=@"+strconv.FormatInt(end, 10)+" +0000")
	}
	out, err := r.output(ctx, limit.GitAnswer, append(args, from.commit, "--")...)
	if err != nil {
		return ref{}, err
	}
	f := strings.Fields(string(out))
	if len(f) != 2 {
		return ref{name: from.name}, nil
	}
	t, err := strconv.ParseInt(f[0], 10, 64)
	if err != nil {
		return ref{}, errkind.Errorf(errkind.Corrupt, "git rev-list: time %q", f[0])
	}
	return ref{name: from.name, commit: f[1], time: t}, nil
}

func timestamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

func (r *Repo) note(kind, format string, args ...any) fact.Note {
	return fact.Note{Kind: kind, Text: fmt.Sprintf(format, args...), Evidence: fact.Evidence{Repo: r.id}}
}
