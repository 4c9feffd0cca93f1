package file

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"assay/internal/errkind"
)

// A Tree is a folder of many files, in folders of their own, that are written together:
// they are made beside it, and take its place at once by [Tree.Place]. What is there
// stays as it is until then. Call [Tree.Discard] in the end.
//
// Errors are those of [Write].
type Tree struct {
	folder *Folder
	marker string
	made   map[string]bool
}

// NewTree begins the files of the folder that path leads to. There is nothing there, an
// empty folder, or an earlier tree with the same marker, which is the name of a file of
// it; anything else is errkind.Usage.
func NewTree(path, marker string) (*Tree, error) {
	f, err := NewFolder(path)
	if err != nil {
		return nil, err
	}
	t := &Tree{folder: f, marker: marker, made: map[string]bool{}}
	if err := t.mayReplace(path); err != nil {
		f.Discard()
		return nil, err
	}
	if f.there { // made beside the folder, and not within: it is put in its place whole
		f.Discard()
		beside, base := filepath.Split(f.to)
		if f.part, err = fresh(filepath.Join(beside, "."+base)); err != nil {
			return nil, f.Fail(err)
		}
	}
	return t, nil
}

// mayReplace is an error where the folder holds what is no earlier tree.
func (t *Tree) mayReplace(path string) error {
	entries, err := t.folder.Entries()
	if err != nil || len(entries) == 0 {
		return err
	}
	info, err := os.Lstat(filepath.Join(t.folder.to, t.marker))
	if err == nil && info.Mode().IsRegular() {
		return nil
	}
	return errkind.WithHint(errkind.Errorf(errkind.Usage, "write %q: the folder holds something else", path), "name an empty folder, or one that is not there yet")
}

// Path is where a file is made: the parts of its name are parted by slashes. The
// folders it lies in are made too.
func (t *Tree) Path(name string) (string, error) {
	if !fs.ValidPath(name) || strings.Contains(name, `\`) {
		return "", errkind.Errorf(errkind.Internal, "%q is no name of a file in a tree", name)
	}
	at := filepath.Join(t.folder.part, filepath.FromSlash(name))
	if dir := filepath.Dir(at); !t.made[dir] {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return "", t.folder.Fail(err)
		}
		t.made[dir] = true
	}
	return at, nil
}

// Write writes a file of the tree.
func (t *Tree) Write(name string, body []byte) error {
	at, err := t.Path(name)
	if err != nil {
		return err
	}
	return t.folder.Fail(os.WriteFile(at, body, 0o666))
}

// Place puts the tree in its place.
func (t *Tree) Place(ctx context.Context) error {
	f := t.folder
	if err := ctx.Err(); err != nil {
		return errkind.Errorf(errkind.Canceled, "write %q: %w", f.path, err)
	}
	if !f.there {
		return f.Fail(os.Rename(f.part, f.to))
	}
	beside, base := filepath.Split(f.to)
	old, err := fresh(filepath.Join(beside, "."+base))
	if err != nil {
		return f.Fail(err)
	}
	was := filepath.Join(old, "old")
	if err := os.Rename(f.to, was); err != nil {
		_ = os.Remove(old)
		return f.Fail(err)
	}
	if err := os.Rename(f.part, f.to); err != nil {
		return f.Fail(errors.Join(err, os.Rename(was, f.to), ignore(os.Remove(old), syscall.ENOTEMPTY)))
	}
	return f.Fail(os.RemoveAll(old))
}

// ignore is err, unless it is of a kind that says nothing.
func ignore(err error, of error) error {
	if errors.Is(err, of) {
		return nil
	}
	return err
}

// Discard takes away what was not put in its place.
func (t *Tree) Discard() { t.folder.Discard() }
