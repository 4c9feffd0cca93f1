package manifest

import (
	"path"
	"slices"
	"strings"
)

// A Tree is the listing of a revision as far as ecosystems asked for it:
// the files that their Notable named, vendored ones left out.
type Tree struct {
	repo  string
	paths []string
}

// NewTree makes a Tree. repo is the name the root folder goes by, the
// repository's. It keeps paths and sorts them.
func NewTree(repo string, paths []string) *Tree {
	slices.Sort(paths)
	return &Tree{repo: repo, paths: paths}
}

// Has reports whether there is a notable file at path.
func (t *Tree) Has(path string) bool {
	_, ok := slices.BinarySearch(t.paths, path)
	return ok
}

// Under lists the notable files below the folder dir, sorted. The slice must
// not be changed.
func (t *Tree) Under(dir string) []string {
	if dir == "" {
		return t.paths
	}
	from, _ := slices.BinarySearch(t.paths, dir+"/")
	to, _ := slices.BinarySearch(t.paths, dir+"0") // '0' follows '/'
	return t.paths[from:to]
}

// FolderName is the name of the folder dir: the repository's for the root. It
// names components whose manifest gives no name.
func (t *Tree) FolderName(dir string) string {
	if dir != "" {
		return path.Base(dir)
	}
	return strings.TrimSuffix(path.Base(t.repo), ".git")
}
