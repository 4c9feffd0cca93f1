package file

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"assay/internal/errkind"
)

// A Folder is a folder of files that are made elsewhere first, and put in their place
// when all of them are whole. A folder that was not there is there whole or not at all;
// one that was, which may be a mount point, gets file after file. Use NewFolder, and
// Discard in the end.
//
// Errors are those of [Write].
type Folder struct {
	path  string // as the user names it
	to    string // behind links
	there bool   // it was there before
	part  string
	names []string
}

// unfinished is the end of the names of folders whose files are being made; they begin
// with a full stop.
const unfinished = ".part"

// NewFolder begins the files of the folder that path leads to. There is nothing, or a
// folder.
func NewFolder(path string) (*Folder, error) {
	f := &Folder{path: path}
	abs, err := filepath.Abs(path)
	if err == nil {
		f.to, err = follow(abs)
	}
	if err != nil {
		return nil, f.Fail(err)
	}
	info, err := os.Stat(f.to)
	switch {
	case err == nil && !info.IsDir():
		return nil, f.Fail(syscall.ENOTDIR)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, f.Fail(err)
	}
	f.there = err == nil
	beside, base := filepath.Split(f.to)
	if f.there {
		beside, base = f.to, "export"
	}
	f.part, err = fresh(filepath.Join(beside, "."+base))
	return f, f.Fail(err)
}

// fresh makes a folder with a name of its own, as the user's umask has it.
func fresh(path string) (string, error) {
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s.%d-%d%s", path, os.Getpid(), i, unfinished)
		if err := os.Mkdir(name, 0o777); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
}

// Entries lists what lies in the folder already, but for what runs that were killed left.
func (f *Folder) Entries() ([]fs.DirEntry, error) {
	if !f.there {
		return nil, nil
	}
	entries, err := os.ReadDir(f.to)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return e.IsDir() && strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), unfinished)
	}), f.Fail(err)
}

// Old is where a file that is in the folder already lies.
func (f *Folder) Old(name string) string { return filepath.Join(f.to, name) }

// New is where a file of the folder is made.
func (f *Folder) New(name string) string {
	if !slices.Contains(f.names, name) {
		f.names = append(f.names, name)
	}
	return filepath.Join(f.part, name)
}

// Create begins a file of the folder.
func (f *Folder) Create(name string) (*os.File, error) {
	to, err := os.OpenFile(f.New(name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	return to, f.Fail(err)
}

// Write makes a file of the folder.
func (f *Folder) Write(name string, body []byte) error {
	return f.Fail(os.WriteFile(f.New(name), body, 0o666))
}

// Place puts the files in their place, in the order in which they were begun. What is
// there already of the same names is replaced, and what has a name of old is taken away.
func (f *Folder) Place(ctx context.Context, old []string) error {
	if err := ctx.Err(); err != nil {
		return errkind.Errorf(errkind.Canceled, "write %q: %w", f.path, err)
	}
	if !f.there {
		return f.Fail(os.Rename(f.part, f.to))
	}
	for _, name := range f.names {
		if err := os.Rename(f.New(name), f.Old(name)); err != nil {
			return f.Fail(err)
		}
	}
	for _, name := range old {
		if slices.Contains(f.names, name) {
			continue
		}
		if err := os.Remove(f.Old(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.Fail(err)
		}
	}
	return f.Fail(os.Remove(f.part))
}

// Discard takes away what was not put in its place.
func (f *Folder) Discard() {
	if f.part != "" {
		_ = os.RemoveAll(f.part)
	}
}

// Fail is an error of writing the folder in our form.
func (f *Folder) Fail(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		err = errkind.WithHint(err, "name a folder, or one that is not there yet")
	case errors.Is(err, fs.ErrNotExist):
		err = errkind.WithHint(err, "make the folder around it first, or name another")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		err = errkind.WithHint(err, "you must be allowed to write there; or name another folder")
	}
	return unwritten(f.path, err)
}
