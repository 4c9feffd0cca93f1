package component

import (
	"iter"

	"assay/internal/collect/component/manifest"
	"assay/internal/limit"
)

// IsManifest reports whether the file at path is one that declares a component
// in its folder, by its name and place alone: it is named as a manifest of one
// of the ecosystems and not vendored. It does not allocate.
func IsManifest(path string) bool {
	name := base(path)
	for i := range ecosystems {
		if ecosystems[i].Manifest(name) {
			return !ignored(path)
		}
	}
	return false
}

// Dirs is the set of folders that have a manifest.
type Dirs struct {
	dirs map[string]struct{}
}

// ManifestDirs collects the folders with a manifest from the paths of a tree.
func ManifestDirs(paths iter.Seq[string]) Dirs {
	d := Dirs{dirs: map[string]struct{}{}}
	for p := range paths {
		if IsManifest(p) {
			d.dirs[manifest.Dir(p)] = struct{}{}
		}
	}
	return d
}

// Len is the number of folders.
func (d Dirs) Len() int { return len(d.dirs) }

// Nearest is the folder with a manifest that the file at path belongs to: the
// nearest above it. It returns "" when that is the root, and also when there
// is none.
func (d Dirs) Nearest(path string) string {
	dir, _ := nearest(d.dirs, path)
	return dir
}

// nearest is the nearest folder above the file at path that is in dirs.
func nearest[V any](dirs map[string]V, path string) (dir string, ok bool) {
	if len(dirs) == 0 || len(path) > limit.ManifestPath {
		return "", false
	}
	manifest.Above(manifest.Dir(path), func(d string) bool {
		dir = d
		_, ok = dirs[d]
		return !ok
	})
	if !ok {
		return "", false
	}
	return dir, true
}
