package survey

import (
	"context"
	"errors"
	"slices"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/store"
)

// A walk is a history that was walked.
type walk struct {
	passes []collect.HistoryPass
	since  string // the earlier revision it went on from, "" for none
}

// walk walks the history for all collectors that want it, from the newest
// earlier revision that all of them have a fact of. Where that cannot be done,
// from the beginning.
func (m *measurer) walk(ctx context.Context) (_ *walk, err error) {
	defer errkind.Catch(&err)
	if len(m.histories) == 0 {
		return &walk{}, nil
	}
	since, err := m.base(ctx)
	if err != nil {
		return nil, err
	}
	if since != "" {
		w, err := m.walkSince(ctx, since)
		if !errors.Is(err, collect.ErrStartOver) {
			return w, err
		}
	}
	return m.walkSince(ctx, "")
}

// walkSince walks what came after since.
func (m *measurer) walkSince(ctx context.Context, since string) (*walk, error) {
	paths := collect.NewPaths()
	w := &walk{since: since}
	for _, c := range m.histories {
		h := &collect.History{Revision: m.Revision, Entries: m.tree.Entries, Since: since, Paths: paths}
		if since != "" {
			earlier, err := m.Earlier.Get(ctx, m.keyAt(c, since))
			if errors.Is(err, store.ErrDamaged) {
				return nil, collect.ErrStartOver // it is no fact to go on from
			}
			if err != nil {
				return nil, err
			}
			h.Base = earlier.Body
		}
		w.passes = append(w.passes, c.BeginHistory(h))
	}
	var ids []int
	return w, m.Repo.History(ctx, m.Revision.Commit, since, func(c *gitrepo.Commit) error {
		ids = ids[:0]
		for i := range c.Changes {
			ids = append(ids, paths.ID(c.Changes[i].Path))
		}
		if err := paths.Within(); err != nil {
			return err
		}
		for _, p := range w.passes {
			if err := p.Commit(c, ids); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *measurer) keyAt(c collect.Collector, revision string) fact.Key {
	k := keyOf(m.Revision, c)
	k.Revision = revision
	return k
}

// finishHistory asks the passes of a walk for their facts.
func (m *measurer) finishHistory(ctx context.Context, w *walk) (_ []fact.Record, err error) {
	defer errkind.Catch(&err)
	var records []fact.Record
	for i, p := range w.passes {
		blobs := &lacking{repo: m.Repo}
		found, err := p.Finish(ctx, &collect.Snapshot{Repo: blobs, Tree: m.tree})
		if errors.Is(err, collect.ErrStartOver) && w.since != "" {
			if w, err = m.walkSince(ctx, ""); err != nil {
				return nil, err
			}
			return m.finishHistory(ctx, w)
		}
		if err != nil {
			return nil, err
		}
		r, err := record(m.Revision, m.histories[i], found)
		if err != nil {
			return nil, err
		}
		if m.Revision.Cut || m.attributes || m.mailmap || blobs.lacked {
			if err := provisional(&r); err != nil {
				return nil, err
			}
		}
		records = append(records, r)
	}
	return records, nil
}

// maxBases bounds how many earlier revisions are weighed one by one.
const maxBases = 4

// base is the newest earlier revision on the mainline of which every history
// collector has a fact; "" when there is none.
func (m *measurer) base(ctx context.Context) (string, error) {
	candidates, err := m.candidates(ctx)
	if err != nil || len(candidates) == 0 {
		return "", err
	}
	if len(candidates) > maxBases {
		return m.nearest(ctx, candidates)
	}
	shortest, since := 0, ""
	for _, c := range candidates {
		chain, err := m.Repo.Mainline(ctx, m.Revision.Commit, c)
		if err != nil {
			if ctx.Err() != nil {
				return "", ctx.Err()
			}
			continue // not on the mainline, or not in the mirror: nothing to go on from
		}
		if since == "" || len(chain) < shortest {
			shortest, since = len(chain), c
		}
	}
	return since, nil
}

// candidates are the earlier revisions of which every history collector has a
// whole fact.
func (m *measurer) candidates(ctx context.Context) ([]string, error) {
	if m.Earlier == nil || m.Repo.ID().Folder() != "" {
		return nil, nil // which sides of a merge are a folder's can change with what comes after it
	}
	var all []string
	for i, c := range m.histories {
		revisions, err := m.Earlier.Revisions(ctx, m.keyAt(c, ""))
		if err != nil {
			return nil, err
		}
		if i == 0 {
			all = revisions
			continue
		}
		all = slices.DeleteFunc(all, func(r string) bool { return !slices.Contains(revisions, r) })
	}
	return slices.DeleteFunc(all, func(r string) bool { return r == m.Revision.Commit || isProvisional(r) }), nil
}

// nearest picks of many candidates the newest on the mainline.
func (m *measurer) nearest(ctx context.Context, candidates []string) (string, error) {
	chain, err := m.Repo.Mainline(ctx, m.Revision.Commit, "")
	if err != nil {
		return "", err
	}
	for _, c := range chain {
		if slices.Contains(candidates, c) {
			return c, nil
		}
	}
	return "", nil
}
