package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// What git reads whole of a git directory, and how long it may be.
var wholeFiles = []struct {
	name, limit string
	most        int64
}{
	{"HEAD", "mirror-head", limit.MirrorHead},
	{"config", "mirror-config", limit.MirrorConfig},
	{"config.worktree", "mirror-config", limit.MirrorConfig},
	{"packed-refs", "refs-file", limit.RefsFile},
	{"shallow", "shallow-file", limit.ShallowFile},
	{"objects/info/alternates", "alternates-file", limit.AlternatesFile},
}

// checkFiles refuses a git directory that would have git wait for a pipe, read
// without end, or read configuration from elsewhere on this machine.
func checkFiles(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, "commondir")); err == nil {
		return errkind.WithHint(
			errkind.Errorf(errkind.Corrupt, "open mirror %q: a linked work tree, whose repository lies elsewhere", dir),
			"name the repository itself")
	}
	for _, f := range wholeFiles {
		if err := checkFile(dir, f.name, f.limit, f.most); err != nil {
			return err
		}
		if !strings.HasPrefix(f.name, "config") {
			continue
		}
		if err := checkConfig(dir, f.name); err != nil {
			return err
		}
	}
	if err := checkSymbolic(dir, "HEAD"); err != nil {
		return err
	}
	for _, root := range []struct {
		name, limit string
		most        int64
	}{{"refs", "ref-file", limit.RefFile}, {"reftable", "refs-file", limit.RefsFile}} {
		w := refWalk{dir: dir, limit: root.limit, most: root.most, files: limit.RefFiles}
		if err := w.folder(root.name, 0); err != nil {
			return err
		}
	}
	return nil
}

// checkFile refuses a file of that name, where there is one, that is no
// ordinary file or longer than most. A link to an ordinary file is one.
func checkFile(dir, name, limitName string, most int64) error {
	info, err := os.Stat(filepath.Join(dir, name))
	switch {
	case err != nil:
		return nil //nolint:nilerr // what is not there is not read
	case !info.Mode().IsRegular():
		return errkind.WithHint(
			errkind.Errorf(errkind.Corrupt, "open mirror %q: %s is no ordinary file", dir, name),
			"take it away, or fetch the mirror anew")
	case info.Size() > most:
		return errkind.WithHint(
			fmt.Errorf("open mirror %q: %s has %w", dir, name, overLimit(limitName, most)),
			"take it away, or fetch the mirror anew")
	}
	return nil
}

// checkConfig refuses a configuration that includes another file.
func checkConfig(dir, name string) error {
	text, err := readHead(filepath.Join(dir, name), limit.MirrorConfig)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return errkind.Errorf(errkind.Corrupt, "open mirror %q: %s cannot be read: %w", dir, name, err)
	case bytes.Contains(bytes.ToLower(text), []byte("[include")):
		return errkind.WithHint(
			errkind.Errorf(errkind.Corrupt, "open mirror %q: its %s includes another file, which is not followed", dir, name),
			"take the [include] sections out of it: a mirror needs none")
	}
	return nil
}

// A refWalk looks at the files of refs as git would read them.
type refWalk struct {
	dir, limit string
	most       int64 // bytes of a file
	files      int   // that may follow
}

// folder looks at a folder, which lies in depth others.
func (w *refWalk) folder(name string, depth int) error {
	d, err := os.Open(filepath.Join(w.dir, name))
	if err != nil {
		return nil // git says what is wrong with it
	}
	defer d.Close()
	for {
		entries, err := d.ReadDir(1000)
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") || strings.HasSuffix(e.Name(), ".lock") {
				continue // git passes over these
			}
			if err := w.entry(filepath.Join(name, e.Name()), e, depth); err != nil {
				return err
			}
		}
		if err != nil {
			return nil // the end, or what git will find too
		}
	}
}

// entry looks at a file, or a folder in turn.
func (w *refWalk) entry(name string, e fs.DirEntry, depth int) error {
	if w.files--; w.files < 0 {
		return fmt.Errorf("open mirror %q: %w", w.dir, overLimit("ref-files", limit.RefFiles))
	}
	if !e.IsDir() && !linksToRefs(filepath.Join(w.dir, name)) {
		if err := checkFile(w.dir, name, w.limit, w.most); err != nil {
			return err
		}
		return checkSymbolic(w.dir, name)
	}
	if depth == limit.RefDepth {
		return errkind.Errorf(errkind.Corrupt, "open mirror %q: refs in more than %d folders", w.dir, limit.RefDepth)
	}
	return w.folder(name, depth+1)
}

// checkSymbolic refuses a ref that leads to another outside of refs: git would
// read any file of that name in the mirror, unchecked.
func checkSymbolic(dir, name string) error {
	text, err := readHead(filepath.Join(dir, name), limit.RefFile)
	if err != nil {
		return nil //nolint:nilerr // git says what is wrong with it
	}
	to, ok := bytes.CutPrefix(text, []byte("ref:"))
	if to = bytes.TrimSpace(to); ok && !bytes.HasPrefix(to, []byte("refs/")) {
		return errkind.WithHint(
			errkind.Errorf(errkind.Corrupt, "open mirror %q: %s leads to %q, which is no ref", dir, name, firstLines(string(to[:min(len(to), limit.RefQuoted)]), 1)),
			"take it away, or fetch the mirror anew")
	}
	return nil
}

// linksToRefs reports whether path is a link to a folder of refs, which some keep
// apart from the mirror. git would follow a link to any folder of this machine.
func linksToRefs(path string) bool {
	to, err := filepath.EvalSymlinks(path)
	if err != nil || !slices.Contains(strings.Split(filepath.ToSlash(to), "/"), "refs") {
		return false
	}
	info, err := os.Stat(to)
	return err == nil && info.IsDir()
}

// readHead reads the first limit bytes of an ordinary file. It does not wait
// for a pipe in its place.
func readHead(name string, most int64) ([]byte, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.New("no ordinary file")
	}
	return io.ReadAll(io.LimitReader(f, most))
}
