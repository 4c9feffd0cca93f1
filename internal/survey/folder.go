package survey

import (
	"context"
	"fmt"
	"strings"

	"assay/internal/collect"
)

// place is where in the repository the tree is that is measured; nil for its root.
func (m *measurer) place(ctx context.Context, blobs collect.Blobs) (*collect.Place, error) {
	folder := m.Repo.ID().Folder()
	if folder == "" {
		return nil, nil
	}
	above, err := m.Repo.Above(ctx, m.Revision.Commit)
	if err != nil {
		return nil, err
	}
	return collect.ReadPlace(ctx, blobs, folder, above)
}

// inherit is found, or where a folder is measured that has no such fact, what the
// root of its repository has.
func (m *measurer) inherit(ctx context.Context, blobs collect.Blobs, c collect.TreeCollector, found any) (any, error) {
	heir, ok := c.(collect.Inheritor)
	if !ok || m.tree.Place == nil || !heir.Lacks(found) {
		return found, nil
	}
	entries, err := m.Repo.Root(ctx, m.Revision.Commit)
	if err != nil {
		return nil, err
	}
	known, err := recall(ctx, nil, m.Revision.Repo, []collect.TreeCollector{c})
	if err != nil {
		return nil, err
	}
	pass := c.Begin(m.Revision, &collect.Tree{Entries: entries})
	if err := readBlobs(ctx, blobs, entries, []collect.Pass{pass}, known); err != nil {
		return nil, err
	}
	above, err := pass.Finish()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(), err)
	}
	return heir.Inherit(above, strings.Repeat("../", 1+strings.Count(m.tree.Place.Folder, "/"))), nil
}
