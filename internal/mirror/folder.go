package mirror

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// A folder is a tree of mirrors on disk, <host>/<owner>/<name>.git. What was
// listed is remembered until forget.
type folder struct {
	root string
	log  *slog.Logger

	mu    sync.Mutex
	lists map[string]listing // by path
	hints map[string][]place // by key: mirrors that say they are of another name; nil until walked
}

// A listing gives the names in a folder by their lower case, each list sorted.
type listing map[string][]string

// pathOf is where the mirror of id belongs. The caller has validated id, so the
// path does not leave the root.
func (f *folder) pathOf(id fact.RepoID) string {
	return filepath.Join(f.root, filepath.FromSlash(string(id))+".git")
}

// find looks for the mirror of id by its path, first as it is written, then in
// any case, with ".git" and without. Kinds of error: Absent; Corrupt, when all
// that is there is broken; Limit; Canceled.
func (f *folder) find(ctx context.Context, id fact.RepoID) (place, error) {
	if err := ctx.Err(); err != nil {
		return place{}, err
	}
	p, broken := f.at(f.pathOf(id), true)
	if broken == nil {
		return p, nil
	}
	parts := strings.Split(string(id), "/")
	last := len(parts) - 1
	dirs, err := f.descend([]string{f.root}, parts[:last])
	if err != nil {
		return place{}, err
	}
	for _, suffix := range []string{".git", ""} {
		if suffix == "" && strings.HasSuffix(id.Key(), ".git") {
			continue // the mirror of another
		}
		paths, err := f.children(dirs, parts[last]+suffix)
		if err != nil {
			return place{}, err
		}
		for _, path := range paths {
			p, err := f.at(path, suffix != "")
			if err == nil {
				return p, nil
			}
			if errkind.Of(broken) != errkind.Corrupt {
				broken = err
			}
		}
	}
	return place{}, broken
}

// at is the mirror at path, a path below the root.
func (f *folder) at(path string, claims bool) (place, error) {
	dir, err := inspect(path, claims)
	if errkind.Exhausted(err) {
		err = errkind.Ends(err) // else a sound mirror would be cloned anew
	}
	if err != nil {
		return place{}, err
	}
	name := f.nameOf(path)
	p := place{in: f, path: path, dir: dir, name: name, goes: name}
	if to := f.leadsTo(path); to != "" {
		p.goes = to
	}
	if s := readState(dir); s.MovedTo != "" {
		p.goes = s.MovedTo
	}
	return p, nil
}

// nameOf is the repository that path, below the root, is named after, or "".
func (f *folder) nameOf(path string) fact.RepoID {
	rel, err := filepath.Rel(f.root, path)
	if err != nil {
		return ""
	}
	id := fact.RepoID(strings.TrimSuffix(filepath.ToSlash(rel), ".git"))
	if id.Validate() != nil {
		return ""
	}
	return id
}

// leadsTo is the name of the other mirror in this same folder that the link at
// path leads to: people who keep a tree by hand link a former name to the new
// one. It is "" when path is no link, or one that leads out of the host's
// folder: such links say where a mirror is kept, not what it is called.
func (f *folder) leadsTo(path string) fact.RepoID {
	real, err := filepath.EvalSymlinks(path)
	if err != nil || real == path {
		return ""
	}
	root, err := filepath.EvalSymlinks(f.root)
	if err != nil || !strings.HasPrefix(real, root+string(filepath.Separator)) {
		return ""
	}
	to, name := f.nameOf(filepath.Join(f.root, real[len(root):])), f.nameOf(path)
	if to.Host() != name.Host() || to.Key() == name.Key() {
		return ""
	}
	return to
}

// descend gives the folders that dirs and then parts lead to in any case.
func (f *folder) descend(dirs, parts []string) ([]string, error) {
	for _, part := range parts {
		var err error
		if dirs, err = f.children(dirs, part); err != nil {
			return nil, err
		}
	}
	return dirs, nil
}

// children gives the paths below dirs that are name in any case: as written
// first, then sorted. Folders that cannot be listed have none.
func (f *folder) children(dirs []string, name string) ([]string, error) {
	var paths []string
	for _, dir := range dirs {
		list, err := f.list(dir)
		if err != nil {
			return nil, err
		}
		names := list[strings.ToLower(name)]
		if slices.Contains(names, name) {
			paths = append(paths, filepath.Join(dir, name))
		}
		for _, other := range names {
			if other != name {
				paths = append(paths, filepath.Join(dir, other))
			}
		}
	}
	return paths[:min(len(paths), limit.MirrorSpellings)], nil
}

// list is the names in dir. A dir that is not there, or is no folder, has none.
func (f *folder) list(dir string) (listing, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if list, ok := f.lists[dir]; ok {
		return list, nil
	}
	names, err := readNames(dir)
	if err != nil {
		return nil, err
	}
	list := make(listing, len(names))
	for _, name := range names {
		key := strings.ToLower(name)
		list[key] = append(list[key], name)
	}
	if f.lists == nil {
		f.lists = make(map[string]listing)
	}
	f.lists[dir] = list
	return list, nil
}

// forget drops what was listed, because we or another process changed it.
func (f *folder) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lists = nil
}

// readNames is the sorted names in dir; none when dir is not there, is no
// folder or may not be read. More than limit.MirrorNames is an error of kind Limit.
func readNames(dir string) ([]string, error) {
	d, err := os.Open(dir)
	if err != nil {
		if errkind.Exhausted(err) {
			return nil, errkind.Errorf(errkind.Machine, "list %q: %w", dir, err)
		}
		return nil, nil
	}
	defer d.Close()
	if info, err := d.Stat(); err != nil || !info.IsDir() {
		return nil, nil
	}
	names, err := d.Readdirnames(limit.MirrorNames)
	if len(names) == limit.MirrorNames {
		return nil, errkind.Errorf(errkind.Limit, "folder %q holds %d names or more: that is no tree of mirrors", dir, limit.MirrorNames)
	}
	if err != nil && len(names) == 0 {
		return nil, nil
	}
	slices.Sort(names)
	return names, nil
}

// walk calls visit for each mirror, sound or broken, at or below path, in the
// order of their paths. For a broken one only the path and the name are known,
// and err says what is wrong. Links are followed; one that leads back to a
// folder it lies in is left out and logged.
func (f *folder) walk(ctx context.Context, path string, visit func(p place, err error)) error {
	w := walker{f: f, visit: visit}
	depth := 0
	if rel, err := filepath.Rel(f.root, path); err == nil && rel != "." {
		depth = strings.Count(rel, string(filepath.Separator)) + 1
	}
	return w.dir(ctx, path, depth, nil)
}

type walker struct {
	f     *folder
	visit func(place, error)
	seen  int
}

// dir walks the folder at path, which is depth parts below the root and lies in
// the folders above.
func (w *walker) dir(ctx context.Context, path string, depth int, above []fs.FileInfo) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return nil //nolint:nilerr // a dangling link or a file: no folder, no mirrors
	}
	for _, a := range above {
		if os.SameFile(a, info) {
			w.f.log.Warn("link leads back to a folder it lies in", "path", path)
			return nil
		}
	}
	names, err := readNames(path)
	if err != nil {
		return err
	}
	if w.seen += len(names); w.seen > limit.MirrorNames {
		return errkind.Errorf(errkind.Limit, "folder %q holds more than %d names: that is no tree of mirrors", w.f.root, limit.MirrorNames)
	}
	above = append(slices.Clip(above), info)
	for _, name := range names {
		if err := w.entry(ctx, filepath.Join(path, name), depth+1, above); err != nil {
			return err
		}
	}
	return nil
}

// entry walks one name in a folder: a mirror, or a folder to walk in turn.
func (w *walker) entry(ctx context.Context, path string, depth int, above []fs.FileInfo) error {
	base := filepath.Base(path)
	if fact.RepoID("h/o/"+base).Validate() != nil {
		return nil //nolint:nilerr // no repository has such a name
	}
	if depth < 3 {
		return w.dir(ctx, path, depth, above)
	}
	p, err := w.f.at(path, strings.HasSuffix(base, ".git"))
	switch {
	case err == nil:
		w.visit(p, nil)
	case !errors.Is(err, errNoRepository):
		w.visit(place{in: w.f, path: path, name: w.f.nameOf(path)}, err)
	case depth < limit.MirrorDepth:
		return w.dir(ctx, path, depth, above)
	}
	return nil
}
