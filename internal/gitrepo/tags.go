package gitrepo

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
)

// A Tag is a tag and the commit it leads to.
type Tag struct {
	Name   string // without refs/tags/
	Commit string
	// At is the tagger's date, the commit's where the tag has none; CommitAt is
	// the commit's committer date. RFC 3339 in UTC; "" for a date that cannot be
	// read.
	At, CommitAt string
	Annotated    bool // it has a tagger's date
}

// Tags lists the tags that lead to a commit made by the end of asOf, by name.
// An empty asOf is no bound. They are those that [Repo.At] saw, where it was
// asked before, so that they agree with [fact.Revision.Tags].
func (r *Repo) Tags(ctx context.Context, asOf fact.Date) ([]Tag, error) {
	refs, err := r.seenRefs(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	return r.tagsOf(tagsBy(refs, asOf)), nil
}

func tagsBy(refs []ref, asOf fact.Date) []Tag {
	var tags []Tag
	for _, t := range refs {
		name, ok := strings.CutPrefix(t.name, "refs/tags/")
		if !ok || !within(t, asOf) {
			continue
		}
		tag := Tag{Name: name, Commit: t.commit, Annotated: t.tagged != 0}
		if t.time > 0 {
			tag.CommitAt = timestamp(t.time)
		}
		tag.At = tag.CommitAt
		if tag.Annotated {
			tag.At = timestamp(t.tagged)
		}
		tags = append(tags, tag)
	}
	slices.SortFunc(tags, func(a, b Tag) int { return cmp.Compare(a.Name, b.Name) })
	return tags
}

// fingerprint identifies a list of tags; "" for none.
func fingerprint(tags []Tag) string {
	if len(tags) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, t := range tags {
		fmt.Fprintf(sum, "%s\x00%s\x00%s\x00%s\n", t.Name, t.Commit, t.At, t.CommitAt)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
