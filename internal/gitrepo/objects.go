package gitrepo

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// checkObjects refuses a mirror in which an object is no ordinary file: git would wait
// for a pipe. Size is what the objects take, in bytes; those of another mirror, which it
// borrows, may have any size.
func checkObjects(dir string) (size int64, err error) {
	objects := filepath.Join(dir, "objects")
	if _, err := os.Lstat(filepath.Join(objects, "info", "alternates")); err == nil {
		size = limit.BlobsBytes / limit.BlobsRatio
	}
	folders, err := os.ReadDir(objects)
	if err != nil {
		return 0, errkind.Errorf(errkind.Corrupt, "open mirror %q: its objects cannot be listed: %w", dir, err)
	}
	files := 0
	for _, f := range folders {
		if f.Name() != "pack" && len(f.Name()) != len("ab") {
			continue
		}
		entries, err := os.ReadDir(filepath.Join(objects, f.Name()))
		if errkind.Exhausted(err) {
			return 0, errkind.Ends(err)
		}
		if err != nil {
			continue // it is no folder, or git says better why it cannot be read
		}
		if files += len(entries); files > limit.LooseFiles {
			return 0, overLimit("loose-files", limit.LooseFiles)
		}
		for _, e := range entries {
			n, err := checkObject(filepath.Join(objects, f.Name()), e)
			if err != nil {
				return 0, err
			}
			size += n
		}
	}
	return size, nil
}

// checkObject is the size of a file with objects. Folders and dangling links have none.
// A file that went meanwhile may have had any: somebody packs the mirror anew.
func checkObject(folder string, e fs.DirEntry) (int64, error) {
	path := filepath.Join(folder, e.Name())
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			return limit.BlobsBytes / limit.BlobsRatio, nil
		}
	}
	switch {
	case err != nil || info.IsDir():
		return 0, nil //nolint:nilerr // what is not there is not read
	case !info.Mode().IsRegular():
		return 0, errkind.WithHint(
			errkind.Errorf(errkind.Corrupt, "open mirror: %s is no ordinary file", filepath.Join("objects", filepath.Base(folder), e.Name())),
			"take it away, or fetch the mirror anew")
	case filepath.Base(folder) == "pack" && !strings.HasSuffix(e.Name(), ".pack"):
		return 0, nil
	}
	return info.Size(), nil
}

// checkPaths refuses a tree whose files are not in git's order, each once, or have names
// that no folder can have. Git gives such a tree as it is, and would have a file count
// as often as it is named.
func checkPaths(entries []Entry) error {
	for i := range entries {
		path := entries[i].Path
		if i > 0 && entries[i-1].Path >= path {
			return errkind.Errorf(errkind.Corrupt, "a tree names %q twice, or out of order", path)
		}
		for part := range strings.SplitSeq(path, "/") {
			if part == "" || part == "." || part == ".." {
				return errkind.Errorf(errkind.Corrupt, "a tree has the name %q in %q", part, path)
			}
		}
	}
	return nil
}
