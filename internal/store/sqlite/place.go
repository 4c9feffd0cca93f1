package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"assay/internal/errkind"
	"assay/internal/file"
)

// beside are the ends of the names of SQLite's own files, which lie beside the
// database.
var beside = []string{"-wal", "-shm", "-journal"}

// checkPlace refuses a path at which there is something else than a regular file,
// or a link to one: SQLite would open a device as an empty database, put its
// journals beside it, and wait for a pipe. It gives the path behind the links.
func checkPlace(path string) (string, error) {
	// SQLite gives these names a meaning of its own.
	if path == "" || path == ":memory:" || strings.IndexByte(path, 0) >= 0 {
		return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "%q is not the name of a store file", path),
			"name a file with --store")
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", errkind.WithHint(errkind.Errorf(errkind.Storage, "open store %q: %w", path, err),
			"you must be allowed to reach the file; or name another with --store")
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", errkind.Errorf(errkind.Storage, "open store %q: %w", path, err)
	}
	if what := file.Irregular(info.Mode()); what != "" {
		return "", noStore(path, "it is "+what)
	}
	for _, end := range beside {
		// SQLite does not follow links here.
		info, err := os.Lstat(real + end)
		if err == nil && !info.Mode().IsRegular() {
			return "", noStore(path, "beside it, "+filepath.Base(real+end)+" is "+file.Irregular(info.Mode()))
		}
	}
	return real, nil
}

func noStore(path, why string) error {
	return errkind.WithHint(errkind.Errorf(errkind.Storage, "open store %q: %s, and a store is a regular file", path, why),
		"name another file with --store")
}

// writeAccess is access(2)'s question whether something may be written.
const writeAccess = 2

// Protected reports whether the store in the file path can only be read: the
// file, or the folder that SQLite's own files lie in, may not be written.
func Protected(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	return err == nil && (syscall.Access(real, writeAccess) != nil || syscall.Access(filepath.Dir(real), writeAccess) != nil)
}

// OpenReading opens the store in the file path, which must exist, for who only
// reads. Where the file or its folder may not be written, SQLite's locks and its
// log cannot be made either: the file is then read as it is, and must not be
// written by anybody meanwhile. Everywhere else this is [Open].
func OpenReading(ctx context.Context, path string) (*Store, error) {
	real, err := checkPlace(path)
	if err != nil {
		return nil, err
	}
	if !Protected(path) {
		return Open(ctx, path)
	}
	mode := "ro"
	log, err := os.Stat(real + "-wal")
	logged := err == nil && log.Size() > 0
	if !logged {
		mode = immutable
	}
	s, err := connect(ctx, path, mode)
	if err != nil && logged {
		return nil, errkind.WithHint(err, "the newest facts are in %q, which can be read only where files may be written: copy %[2]q with its -wal and -shm to such a folder, and name the copy with --store",
			filepath.Base(real)+"-wal", path)
	}
	return s, err
}
