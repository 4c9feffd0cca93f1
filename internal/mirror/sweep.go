package mirror

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
)

// Sweep removes from Dir what killed clones have left, also of repositories that
// nobody asks for any more, and gives the number of folders removed. The clones
// of other processes that are at work are left alone. What cannot be removed is
// logged: it harms nobody but the disk.
func (t *Tree) Sweep(ctx context.Context) (removed int) {
	if t.own == nil || t.cfg.Offline {
		return 0
	}
	t.own.partials(ctx, t.own.root, 0, func(path string, id fact.RepoID) {
		unlock, ok := t.tryLock(id)
		if !ok {
			return
		}
		defer unlock()
		if err := os.RemoveAll(path); err != nil {
			t.cfg.Log.Warn("what a killed clone left cannot be removed", "path", path, "error", err)
			return
		}
		removed++
	})
	return removed
}

// partials calls visit with the clones under way, or left, in dir and below it.
// dir is depth parts below the root.
func (f *folder) partials(ctx context.Context, dir string, depth int, visit func(path string, id fact.RepoID)) {
	names, err := readNames(dir)
	if err != nil || ctx.Err() != nil {
		return
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		if whole, _, ok := strings.Cut(name, partialMark); ok {
			if id := f.nameOf(filepath.Join(dir, whole)); id != "" {
				visit(path, id)
			}
			continue
		}
		info, err := os.Lstat(path)
		if err == nil && info.IsDir() && depth+1 < limit.MirrorDepth && !strings.Contains(name, "@") && !strings.HasSuffix(name, ".git") {
			f.partials(ctx, path, depth+1, visit)
		}
	}
}
