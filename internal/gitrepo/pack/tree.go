package pack

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"

	"assay/internal/limit"
)

// The modes of entries that matter here.
const (
	modeMask = 0o170000
	modeTree = 0o040000
	modeFile = 0o100000
	modeLink = 0o120000
	modeRepo = 0o160000
)

// An Entry is an entry of a tree.
type Entry struct {
	Mode uint32
	Name []byte
	OID  []byte
}

// folder reports whether the entry is a tree.
func (e *Entry) folder() bool { return e.Mode == modeTree }

// parseEntry reads the first entry of a tree, which must have one, and says how
// long it is. Modes are made the few that git knows.
func parseEntry(tree []byte) (e Entry, size int, err error) {
	mode, i := uint32(0), 0
	for ; i < len(tree) && tree[i] >= '0' && tree[i] <= '7' && i < 7; i++ {
		mode = mode<<3 | uint32(tree[i]-'0')
	}
	if i == 0 || i >= len(tree) || tree[i] != ' ' {
		return e, 0, odd("a tree with a broken mode")
	}
	n := bytes.IndexByte(tree[i+1:], 0)
	if n <= 0 || i+1+n+1+nameSize > len(tree) {
		return e, 0, odd("a tree that breaks off")
	}
	end := i + 1 + n
	size = end + 1 + nameSize
	return Entry{canonical(mode), tree[i+1 : end], tree[end+1 : size]}, size, nil
}

func canonical(mode uint32) uint32 {
	switch mode & modeMask {
	case modeFile:
		if mode&0o100 != 0 {
			return modeFile | 0o755
		}
		return modeFile | 0o644
	case modeLink, modeTree:
		return mode & modeMask
	}
	return modeRepo
}

// Files calls fn with every entry of the tree of a commit that is no folder, in
// the order of git ls-tree -r. The entry is valid during the call only.
// With a folder, it is that of the folder, and paths are those within it; a
// folder that is not there has none.
func (s *Store) Files(ctx context.Context, commit OID, folder string, fn func(path string, e *Entry) error) error {
	data, err := s.get(&commit, kindCommit)
	if err != nil {
		return err
	}
	h, err := parseCommit(data, nil)
	if err != nil {
		return err
	}
	tree, err := s.folder(h.tree, folder)
	if err != nil || tree == nil {
		return err
	}
	w := walker{ctx: ctx, store: s, fn: fn}
	return w.folder(tree, 0)
}

// folder is the tree at a path below another, "" for that itself; nil where
// there is no folder.
func (s *Store) folder(tree OID, path string) (*OID, error) {
	for path != "" {
		var name string
		name, path, _ = strings.Cut(path, "/")
		data, err := s.get(&tree, kindTree)
		if err != nil {
			return nil, err
		}
		if err := s.spend(1, len(data)); err != nil {
			return nil, err
		}
		found, err := named(data, name)
		if err != nil || found == nil || !found.folder() {
			return nil, err
		}
		tree = *found.oid()
	}
	return &tree, nil
}

// named is the entry of a tree with a name; nil for none.
func named(tree []byte, name string) (*Entry, error) {
	for len(tree) > 0 {
		e, size, err := parseEntry(tree)
		if err != nil {
			return nil, err
		}
		if string(e.Name) == name {
			return &e, nil
		}
		tree = tree[size:]
	}
	return nil, nil
}

// A walker lists a tree.
type walker struct {
	ctx   context.Context //nolint:containedctx // it lives for one call
	store *Store
	fn    func(path string, e *Entry) error
	path  []byte // of the folder at work on, with a slash at its end
}

func (w *walker) folder(oid *OID, depth int) error {
	if depth == limit.PackFolders {
		return odd("folders within one another")
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	tree, err := w.store.get(oid, kindTree)
	if err != nil {
		return err
	}
	if err := w.store.spend(1, len(tree)); err != nil {
		return err
	}
	for len(tree) > 0 {
		e, size, err := parseEntry(tree)
		if err != nil {
			return err
		}
		if err := w.entry(&e, depth); err != nil {
			return err
		}
		tree = tree[size:]
	}
	return nil
}

func (w *walker) entry(e *Entry, depth int) error {
	length := len(w.path)
	if length+len(e.Name) >= limit.TreePath {
		return odd("a path of more than %d bytes", limit.TreePath)
	}
	w.path = append(w.path, e.Name...)
	var err error
	if e.folder() {
		w.path = append(w.path, '/')
		err = w.folder(e.oid(), depth+1)
	} else {
		err = w.fn(string(w.path), e)
	}
	w.path = w.path[:length]
	return err
}

// compareNames orders entries as trees do: a folder's name ends in a slash.
func compareNames(a, b *Entry) int {
	n := min(len(a.Name), len(b.Name))
	if c := bytes.Compare(a.Name[:n], b.Name[:n]); c != 0 {
		return c
	}
	return next(a, n) - next(b, n)
}

// next is the character of the name at n, or what stands for its end.
func next(e *Entry, n int) int {
	switch {
	case n < len(e.Name):
		return int(e.Name[n])
	case e.folder():
		return '/'
	}
	return 0
}

// A Change is a path that differs between two trees. Its slices are valid
// during the call it is given to only.
type Change struct {
	Path             []byte
	OldMode, NewMode uint32 // 0: not there
	OldOID, NewOID   []byte // nil: not there
}

// Diff calls fn with each file that differs between two trees, in the order of
// git diff-tree -r. A nil tree is empty.
func (s *Store) Diff(ctx context.Context, before, after *OID, fn func(*Change) error) error {
	d := differ{ctx: ctx, store: s, fn: fn, path: s.path[:0]}
	err := d.folders(before, after)
	s.path = d.path
	return err
}

// A differ compares two trees.
type differ struct {
	ctx    context.Context //nolint:containedctx // it lives for one call
	store  *Store
	fn     func(*Change) error
	path   []byte // of the folder at work on, with a slash at its end
	depth  int
	held   int
	change Change
}

// folders compares two folders of the same path.
func (d *differ) folders(before, after *OID) error {
	if d.depth++; d.depth > limit.PackFolders {
		return odd("folders within one another")
	}
	if err := d.ctx.Err(); err != nil {
		return err
	}
	a, err := d.tree(before)
	if err != nil {
		return err
	}
	b, err := d.tree(after)
	if err != nil {
		return err
	}
	size := len(a) + len(b)
	if err := d.store.spend(1, size); err != nil {
		return err
	}
	if d.held += size; d.held > limit.PackHeld {
		return odd("large folders within one another")
	}
	err = d.entries(a, b)
	d.held -= size
	d.depth--
	return err
}

// tree is the content of a tree.
func (d *differ) tree(oid *OID) ([]byte, error) {
	if oid == nil {
		return nil, nil
	}
	return d.store.get(oid, kindTree)
}

// entries compares the entries of two folders.
func (d *differ) entries(a, b []byte) error {
	for {
		if bytes.Equal(a, b) {
			return nil
		}
		same := sameEntries(a, b)
		a, b = a[same:], b[same:]
		x, m, err := first(a)
		if err != nil {
			return err
		}
		y, n, err := first(b)
		if err != nil {
			return err
		}
		var order int
		switch {
		case m == 0:
			order = 1
		case n == 0:
			order = -1
		default:
			order = compareNames(&x, &y)
		}
		if order > 0 {
			x, m = Entry{}, 0
		}
		if order < 0 {
			y, n = Entry{}, 0
		}
		if err := d.pair(&x, &y); err != nil {
			return err
		}
		a, b = a[m:], b[n:]
	}
}

// first is parseEntry, and nothing of an empty tree.
func first(tree []byte) (Entry, int, error) {
	if len(tree) == 0 {
		return Entry{}, 0, nil
	}
	return parseEntry(tree)
}

// sameEntries is how many bytes at the start of two trees are whole entries
// that are the same.
func sameEntries(a, b []byte) int {
	n, most := 0, min(len(a), len(b))
	for n+8 <= most && binary.LittleEndian.Uint64(a[n:]) == binary.LittleEndian.Uint64(b[n:]) {
		n += 8
	}
	for n < most && a[n] == b[n] {
		n++
	}
	whole := 0
	for {
		name := bytes.IndexByte(a[whole:n], 0)
		end := whole + name + 1 + nameSize
		if name < 0 || end > n {
			return whole
		}
		whole = end
	}
}

// pair tells how two entries of the same name differ; one may be none.
func (d *differ) pair(x, y *Entry) error {
	if x.Mode == y.Mode && bytes.Equal(x.OID, y.OID) {
		return nil
	}
	length := len(d.path)
	name := x.Name
	if x.Mode == 0 {
		name = y.Name
	}
	if length+len(name) >= limit.TreePath {
		return odd("a path of more than %d bytes", limit.TreePath)
	}
	d.path = append(d.path, name...)
	var err error
	if x.folder() || y.folder() { // names as compared: then both are, or one is none
		d.path = append(d.path, '/')
		err = d.folders(x.oid(), y.oid())
	} else {
		d.change = Change{d.path, x.Mode, y.Mode, x.OID, y.OID}
		err = d.fn(&d.change)
	}
	d.path = d.path[:length]
	return err
}

// oid is the name of what the entry is, nil where it is none.
func (e *Entry) oid() *OID {
	if e.Mode == 0 {
		return nil
	}
	return (*OID)(e.OID)
}
