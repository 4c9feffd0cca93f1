package survey

import (
	"context"
	"slices"

	"assay/internal/collect"
	"assay/internal/gitrepo"
)

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

// readBlobs asks the passes what they want and gives it to them, but for what
// they know already.
func readBlobs(ctx context.Context, repo collect.Blobs, entries []gitrepo.Entry, passes []collect.Pass, known *memory) error {
	requests := plan(entries, passes, known)
	if len(requests) == 0 {
		return nil
	}
	oids, sizes := make([]string, len(requests)), make([]int64, len(requests))
	for i, q := range requests {
		oids[i], sizes[i] = q.oid, q.size
	}
	return repo.Blobs(ctx, oids, sizes, func(i int, c gitrepo.Content) error {
		for _, w := range requests[i].entries {
			for k, p := range passes {
				if w.bytes[k] > 0 {
					p.File(w.entry, cut(c, w.bytes[k]))
					if !c.Missing {
						known.learn(k, p, w.entry)
					}
				}
			}
		}
		return nil
	})
}

// plan asks every pass about every entry and gathers the blobs to read, each
// once, in the order of the tree.
func plan(entries []gitrepo.Entry, passes []collect.Pass, known *memory) []request {
	var wants []wanted
	want := make([]int64, len(passes))
	for i := range entries {
		e := &entries[i]
		for k, p := range passes {
			want[k] = p.Wants(e)
		}
		if e.Regular() && slices.Max(want) > 0 {
			wants = append(wants, wanted{e, slices.Clone(want)})
		}
	}
	var requests []request
	index := map[string]int{}
	for _, w := range wants {
		if !open(w, passes, known) {
			continue
		}
		at, ok := index[w.entry.OID]
		if !ok {
			at = len(requests)
			index[w.entry.OID] = at
			requests = append(requests, request{oid: w.entry.OID, size: w.entry.Size})
		}
		requests[at].entries = append(requests[at].entries, w)
	}
	return requests
}

// open reports whether some pass still wants the content of w, when those that
// know it have taken it from memory and want it no more.
func open(w wanted, passes []collect.Pass, known *memory) bool {
	some := false
	for k, p := range passes {
		if w.bytes[k] > 0 && known.spares(k, p, w.entry) {
			w.bytes[k] = 0
		}
		some = some || w.bytes[k] > 0
	}
	return some
}

// cut is c, or the first n bytes of it.
func cut(c collect.Content, n int64) collect.Content {
	if int64(len(c.Data)) > n {
		return collect.Content{Data: c.Data[:n], Truncated: true}
	}
	return c
}
