package survey

import (
	"context"

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
