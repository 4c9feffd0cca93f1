package survey

import (
	"context"
	"encoding/json"
	"fmt"
	"path"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/language"
	"assay/internal/store"
)

// measure completes the facts of one repository and stores them. The error is
// nil unless the store fails or the run ends.
func (r *run) measure(ctx context.Context, t *task) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	rev, err := r.revision(ctx, t)
	if err != nil {
		if errkind.Of(err) == errkind.Storage {
			return err
		}
		return r.fail(ctx, t.job, err)
	}
	t.outcome.Revision = rev
	missing := r.missing(t)
	t.cached = len(missing) == 0
	if !t.cached {
		records, err := Measure(ctx, t.repo, rev, missing)
		if err != nil {
			return r.fail(ctx, t.job, err)
		}
		if err := r.Store.Put(ctx, records); err != nil {
			return err
		}
	}
	if r.Progress != nil {
		r.Progress.Done(&t.outcome, t.cached)
	}
	return nil
}

// revision is the revision of t at the date, from an earlier run or from git.
func (r *run) revision(ctx context.Context, t *task) (*fact.Revision, error) {
	if t.rev != nil {
		return t.rev, nil
	}
	rev, err := t.repo.At(ctx, r.AsOf)
	if err != nil {
		return nil, err
	}
	return rev, r.Store.PutResolutions(ctx, []store.Resolution{{ResolutionKey: t.key, Revision: rev}})
}

// missing are the collectors whose fact of t's revision is not stored.
func (r *run) missing(t *task) []collect.Collector {
	var missing []collect.Collector
	for _, c := range r.Collectors {
		if !t.have[c.Name()] {
			missing = append(missing, c)
		}
	}
	return missing
}

// Measure runs the collectors over a revision in one pass over its tree and
// returns their facts. A blob is read once, for all collectors and paths.
func Measure(ctx context.Context, repo *gitrepo.Repo, rev *fact.Revision, collectors []collect.Collector) ([]fact.Record, error) {
	entries, err := repo.Tree(ctx, rev.Commit)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", rev.Repo, err)
	}
	attributes, err := readAttributes(ctx, repo, entries)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", rev.Repo, err)
	}
	tree := &collect.Tree{Entries: entries, Attributes: attributes}
	passes := make([]collect.Pass, len(collectors))
	for i, c := range collectors {
		passes[i] = c.Begin(rev, tree)
	}
	if err := readBlobs(ctx, repo, entries, passes); err != nil {
		return nil, fmt.Errorf("%s: %w", rev.Repo, err)
	}
	return finish(rev, collectors, passes)
}

func finish(rev *fact.Revision, collectors []collect.Collector, passes []collect.Pass) ([]fact.Record, error) {
	records := make([]fact.Record, len(passes))
	for i, p := range passes {
		found, err := p.Finish()
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", rev.Repo, collectors[i].Name(), err)
		}
		body, err := json.Marshal(found)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", rev.Repo, collectors[i].Name(), err)
		}
		records[i] = fact.Record{Body: body, Key: fact.Key{
			Repo: rev.Repo, Revision: rev.Commit,
			Collector: collectors[i].Name(), Version: collectors[i].Version(),
		}}
	}
	return records, nil
}

// maxAttributeFiles and maxAttributeBytes bound how many .gitattributes of a
// tree are read, in the order of the tree.
const (
	maxAttributeFiles = 1_000
	maxAttributeBytes = 16 << 20
)

// readAttributes reads the .gitattributes files of a tree.
func readAttributes(ctx context.Context, repo *gitrepo.Repo, entries []gitrepo.Entry) (*language.Attributes, error) {
	var (
		oids  []string
		sizes []int64
		paths []string
	)
	room := int64(maxAttributeBytes)
	for i := range entries {
		e := &entries[i]
		if e.Regular() && e.Size > 0 && path.Base(e.Path) == ".gitattributes" && len(oids) < maxAttributeFiles && room > 0 {
			room -= min(e.Size, language.MaxAttributes)
			oids, sizes, paths = append(oids, e.OID), append(sizes, e.Size), append(paths, e.Path)
		}
	}
	if len(oids) == 0 {
		return nil, nil
	}
	files := map[string][]byte{}
	err := repo.Blobs(ctx, oids, sizes, func(i int, c gitrepo.Content) error {
		files[paths[i]] = append([]byte(nil), c.Data[:min(len(c.Data), language.MaxAttributes)]...)
		return nil
	})
	return language.ParseAttributes(files), err
}

// A request is a blob that some pass wants, and the entries that have it.
type request struct {
	entries []wanted
	oid     string
	size    int64
}

// wanted is an entry and how much of it each pass wants.
type wanted struct {
	entry *collect.Entry
	bytes []int64
}

// readBlobs asks the passes what they want and gives it to them.
func readBlobs(ctx context.Context, repo *gitrepo.Repo, entries []gitrepo.Entry, passes []collect.Pass) error {
	requests := plan(entries, passes)
	oids, sizes := make([]string, len(requests)), make([]int64, len(requests))
	for i, q := range requests {
		oids[i], sizes[i] = q.oid, q.size
	}
	return repo.Blobs(ctx, oids, sizes, func(i int, c gitrepo.Content) error {
		for _, w := range requests[i].entries {
			for k, p := range passes {
				if w.bytes[k] > 0 {
					p.File(w.entry, cut(c, w.bytes[k]))
				}
			}
		}
		return nil
	})
}

// plan asks every pass about every entry and gathers the blobs to read, each
// once, in the order of the tree.
func plan(entries []gitrepo.Entry, passes []collect.Pass) []request {
	var requests []request
	index := map[string]int{}
	want := make([]int64, len(passes))
	for i := range entries {
		e := &entries[i]
		some := false
		for k, p := range passes {
			want[k] = p.Wants(e)
			some = some || want[k] > 0
		}
		if !some || !e.Regular() {
			continue
		}
		at, ok := index[e.OID]
		if !ok {
			at = len(requests)
			index[e.OID] = at
			requests = append(requests, request{oid: e.OID, size: e.Size})
		}
		requests[at].entries = append(requests[at].entries, wanted{e, append([]int64(nil), want...)})
	}
	return requests
}

// cut is c, or the first n bytes of it.
func cut(c collect.Content, n int64) collect.Content {
	if int64(len(c.Data)) > n {
		return collect.Content{Data: c.Data[:n], Truncated: true}
	}
	return c
}
