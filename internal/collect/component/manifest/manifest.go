// Package manifest is the contract between the component collector and its
// ecosystems, and the tools they share for reading manifests nobody vouches for.
//
// An [Ecosystem] names the files that declare its packages, turns the bytes of
// one into a [Found], and may, after all files were seen, resolve what one file
// alone does not tell: a version inherited from a workspace, a parent, a
// second manifest in the same folder.
//
// The collector bounds the size and number of the files, checks that they are
// UTF-8, drops what is vendored, sets the role, orders and shortens the
// result. An ecosystem only has to understand its format.
package manifest

import (
	"path"
	"strings"

	"assay/internal/fact"
)

// An Ecosystem is a package manager. Name, Manifest and Parse are required;
// the rest may be nil. All functions must be pure and safe for concurrent use.
type Ecosystem struct {
	// Name is the value of fact.Component.Ecosystem.
	Name string

	// Manifest reports whether a file with this base name declares a component
	// in its folder. It runs on every file of every repository: a switch.
	Manifest func(base string) bool

	// Extra reports whether the file at path is no manifest and yet needed by
	// Resolve. It is parsed as manifests are, and marks no folder as a
	// component's.
	Extra func(path string) bool

	// Notable reports whether it matters to Resolve that there is a file at
	// path; its content is not read. See [Tree].
	Notable func(path string) bool

	// Parse reads a manifest or an extra file. It returns nil, nil when the file
	// declares nothing (a package.json that only says "type"), and an error when
	// it cannot be understood: that becomes a note. f.Data must not be kept.
	Parse func(f File) (*Found, error)

	// Resolve completes what Parse found, ordered by path. It may fill in and
	// clear fields; a Found that has no name afterwards is dropped. Notes need
	// only a kind, a text and Evidence.Path.
	Resolve func(t *Tree, found []*Found) []fact.Note

	// Source reports whether a file with this base name is source code that
	// Unsafe must see. Each is counted for the component of this ecosystem in
	// the nearest folder above it. Set both or neither.
	Source func(base string) bool
	// Unsafe counts unsafe code in a source file.
	Unsafe func(source []byte) fact.Unsafe
}

// A File is a manifest to parse: UTF-8 without byte order mark, bounded in size.
type File struct {
	Path string // in the repository
	Data []byte
}

// Dir is the folder of f, "" for the root.
func (f *File) Dir() string { return Dir(f.Path) }

// Base is the name of f without its folder.
func (f *File) Base() string { return path.Base(f.Path) }

// Dir is the folder of the file at p, "" for the root.
func Dir(p string) string {
	return p[:max(strings.LastIndexByte(p, '/'), 0)]
}

// A Found is what Parse made of a file. The collector has set Ecosystem, Path
// and Manifest when Resolve sees it.
type Found struct {
	fact.Component
	// Raw is whatever Parse wants to hand to Resolve.
	Raw any
}

// Join is the path of rel seen from dir, "" for the root. The second result is
// false when rel leads out of the repository or is absolute.
func Join(dir, rel string) (string, bool) {
	if path.IsAbs(rel) {
		return "", false
	}
	p := path.Join(dir, rel)
	switch {
	case p == "." || p == "":
		return "", true
	case p == ".." || len(p) > 2 && p[:3] == "../":
		return "", false
	}
	return p, true
}

// Within reports whether the folder dir is outer or below it.
func Within(dir, outer string) bool {
	return outer == "" || dir == outer ||
		len(dir) > len(outer) && dir[len(outer)] == '/' && dir[:len(outer)] == outer
}

// Above calls visit with dir and each folder above it up to the root "", until
// visit returns false.
func Above(dir string, visit func(dir string) bool) {
	for visit(dir) && dir != "" {
		dir = Dir(dir)
	}
}
