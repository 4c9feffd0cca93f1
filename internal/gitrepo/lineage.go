package gitrepo

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// plainRelease matches tags that are a version and nothing else: "v1.2.3".
var plainRelease = regexp.MustCompile(`^refs/tags/[vV]?\d+\.\d+(?:\.\d+)*$`)

// fullRelease matches tags that name a full release: an optional path or name
// before the version ("crate-v1.2.3", "path/v1.2.3"), no pre-release after it.
var fullRelease = regexp.MustCompile(`^refs/tags/(?:.*[/@_-])?[vV]?\d+\.\d+(?:\.\d+)*$`)

// weighLineages looks whether the history of the default branch is the one that
// carried the releases of the time, and if not, turns rev to the one that did.
//
// The newest full release by the date decides: when it shares no commit with
// the default branch at the date, and the default branch itself holds no full
// release by then, the default branch is a later, unrelated lineage.
func (r *Repo) weighLineages(ctx context.Context, read *headers, rev *fact.Revision, refs []ref, tip ref) error {
	releases := releasesBy(refs, rev.AsOf)
	if len(releases) == 0 {
		return nil
	}
	release := releases[0]
	if tip.commit != "" {
		related, err := r.related(ctx, tip.commit, release.commit)
		if err != nil || related {
			return err
		}
	}
	own, err := r.ownRelease(ctx, refs, tip, rev.AsOf)
	if err != nil || own {
		return err
	}
	other, err := r.branchOf(ctx, read, refs, releases, rev.AsOf)
	if err != nil {
		return err
	}
	return read.turn(ctx, rev, tip, other, release)
}

// turn makes other the revision and lists both lines of history.
func (h *headers) turn(ctx context.Context, rev *fact.Revision, tip, other, release ref) error {
	chosen, err := h.lineage(ctx, other)
	if err != nil {
		return err
	}
	chosen.LastRelease, chosen.LastReleaseAt = shortTag(release.name), timestamp(release.time)
	chosen.Why = "it carries the last full release by that date"
	rev.Lineages = []fact.Lineage{chosen}
	text := fmt.Sprintf("%s has no commit by %s; the last full release by then, %s (%s), is in a history of its own, and %s was followed instead",
		rev.Ref, rev.AsOf, shortTag(release.name), timestamp(release.time)[:10], other.name)
	if tip.commit != "" {
		left, err := h.lineage(ctx, tip)
		if err != nil {
			return err
		}
		left.Why = "today's default branch: no commit in common with that release, and no full release of its own by then"
		rev.Lineages = append(rev.Lineages, left)
		text = fmt.Sprintf("the default branch was replaced by an unrelated history: %s shares no commit with %s (%s), the last full release by that date; %s was followed instead",
			rev.Ref, shortTag(release.name), timestamp(release.time)[:10], other.name)
	}
	rev.Notes = append(rev.Notes, fact.Note{
		Kind: "odd", Text: text, Evidence: fact.Evidence{Repo: h.repo.id, Commit: other.commit, Tree: true},
	})
	rev.Ref, rev.Commit, rev.CommittedAt, rev.Rule = other.name, other.commit, timestamp(other.time), fact.RuleLineage
	return nil
}

// releasesBy is the full releases by the date, the one with the newest commit
// first. Tags that are nothing but a version go before those with a name in
// front: of a repository that releases its parts too, they are the releases of
// the whole, and the others are then left out.
func releasesBy(refs []ref, asOf fact.Date) []ref {
	for _, pattern := range []*regexp.Regexp{plainRelease, fullRelease} {
		var found []ref
		for _, t := range refs {
			if t.time > 0 && within(t, asOf) && pattern.MatchString(t.name) {
				found = append(found, t)
			}
		}
		if len(found) > 0 {
			slices.SortStableFunc(found, func(a, b ref) int { return cmp.Compare(b.time, a.time) })
			return found
		}
	}
	return nil
}

// within reports whether the commit of a tag is of the date or before it, or has
// no date.
func within(t ref, asOf fact.Date) bool {
	return asOf == "" || t.time <= asOf.End().Unix()
}

// ownRelease reports whether the line of tip holds a full release by the date.
func (r *Repo) ownRelease(ctx context.Context, refs []ref, tip ref, asOf fact.Date) (bool, error) {
	if tip.commit == "" {
		return false, nil
	}
	out, err := r.output(ctx, limit.RefsText, "for-each-ref", "--merged="+tip.commit, "--format=%(refname)", "refs/tags")
	if err != nil {
		return false, err
	}
	merged := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		merged[strings.TrimSpace(line)] = true
	}
	return slices.ContainsFunc(refs, func(t ref) bool {
		return merged[t.name] && within(t, asOf) && fullRelease.MatchString(t.name)
	}), nil
}

// branchOf is the tip, at the date, of the branch that the releases of the time
// belong to: of the branches that hold most of the last few of them, the one
// with the newest commit by then. A branch that took the releases in later, and
// was another line of history at the date, is none of them. Without such a
// branch the release stands for itself. releases has the newest first.
func (r *Repo) branchOf(ctx context.Context, read *headers, refs, releases []ref, asOf fact.Date) (ref, error) {
	held, err := r.holders(ctx, releases)
	if err != nil {
		return ref{}, err
	}
	best, most := releases[0], 0
	for _, b := range refs {
		n := held[b.name]
		if n == 0 || n < most {
			continue
		}
		found, err := read.lastBefore(ctx, b, asOf)
		if err != nil {
			return ref{}, err
		}
		at := found.ref
		if at.commit == "" || n == most && !goesBefore(at, best) {
			continue
		}
		if related, err := r.related(ctx, at.commit, releases[0].commit); err != nil {
			return ref{}, err
		} else if related {
			best, most = at, n
		}
	}
	return best, nil
}

// goesBefore decides between two branches that hold the same releases: the
// newer commit, then a release branch, then the name.
func goesBefore(a, b ref) bool {
	if a.time != b.time {
		return a.time > b.time
	}
	ra, rb := strings.Contains(a.name, "release"), strings.Contains(b.name, "release")
	if ra != rb {
		return ra
	}
	return a.name < b.name
}

// lastReleases is how many releases are asked for the branches that hold them.
const lastReleases = 5

// holders counts, for every branch, how many of the first few of releases it
// contains today.
func (r *Repo) holders(ctx context.Context, releases []ref) (map[string]int, error) {
	held := map[string]int{}
	for _, t := range releases[:min(len(releases), lastReleases)] {
		out, err := r.output(ctx, limit.RefsText, "for-each-ref", "--contains="+t.commit, "--format=%(refname)", "refs/heads", "refs/remotes/origin")
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(out)) {
			held[strings.TrimSpace(line)]++
		}
	}
	return held, nil
}

// related reports whether two commits have an ancestor in common. Where a commit on the
// way to one is missing or damaged, that they have none cannot be told.
func (r *Repo) related(ctx context.Context, a, b string) (bool, error) {
	out, err := r.output(ctx, limit.GitAnswer, "merge-base", a, b)
	switch {
	case errkind.Of(err) != errkind.Corrupt:
		return len(out) > 0, err
	case exitCode(err) == 1 && !strings.Contains(err.Error(), "error: "):
		return false, nil // git's way to say no
	}
	r.lacked.Store(true)
	return true, nil
}

// lineage describes the mainline that ends in tip.
func (h *headers) lineage(ctx context.Context, tip ref) (fact.Lineage, error) {
	l := fact.Lineage{Ref: tip.name, Commit: tip.commit, CommittedAt: timestamp(tip.time)}
	err := h.mainline(ctx, tip.commit, func(oid string, head *header) bool {
		l.Commits++
		if l.FirstCommit, l.FirstAt = oid, ""; head.dated {
			l.FirstAt = timestamp(head.time)
		}
		return true
	})
	return l, err
}

func shortTag(name string) string { return strings.TrimPrefix(name, "refs/tags/") }
