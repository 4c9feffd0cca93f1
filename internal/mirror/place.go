package mirror

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/limit"
)

// A place is where a mirror lies.
type place struct {
	in   *folder
	path string      // below in.root, as found: a link stays a link
	dir  string      // the git directory: path, or the ".git" in it
	name fact.RepoID // what path says, in its own case
	goes fact.RepoID // the name the repository goes by today, as far as the folder tells
}

// foundAs is the name p goes by when it is not id, else "".
func (p *place) foundAs(id fact.RepoID) fact.RepoID {
	if p.goes.Key() == id.Key() {
		return ""
	}
	return p.goes
}

// errNoRepository is inspect's answer for what never claimed to be a mirror.
var errNoRepository = errkind.Errorf(errkind.Absent, "not a repository")

// inspect finds the git directory at path: path itself, or the ".git" of a work
// tree. What path holds is hostile; nothing of it is run. Errors are of kind
// Corrupt and say what is wrong; when nothing at all is at path, or something
// that does not look like a repository and does not claim to be one by its
// name, the error is errNoRepository.
func inspect(path string, claims bool) (dir string, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", unreachable(path, err)
	case !info.IsDir() && claims:
		return "", errkind.Because(errkind.Errorf(errkind.Corrupt, "mirror %q is no folder", path), errkind.CauseNoGit)
	case !info.IsDir():
		return "", errNoRepository
	}
	// A work tree first: what is checked out in it may look like a git directory.
	if dir, err = inspectWorkTree(path); !errors.Is(err, errNoRepository) {
		return dir, err
	}
	missing, err := lacks(path)
	if !claims && slices.Contains(missing, "HEAD") {
		return "", errNoRepository
	}
	return path, incomplete(path, missing, err)
}

// incomplete is the error that dir lacks what is missing, or err; nil when
// neither is so.
func incomplete(dir string, missing []string, err error) error {
	switch {
	case err != nil:
		return errkind.Because(errkind.Errorf(errkind.Corrupt, "mirror %q: %w", dir, err), errkind.CauseNoGit)
	case len(missing) > 0:
		err = errkind.Errorf(errkind.Corrupt, "mirror %q is no git directory: it has no %s", dir, strings.Join(missing, ", no "))
		return errkind.Because(err, errkind.CauseNoGit)
	}
	return nil
}

// inspectWorkTree is inspect for the work tree at path.
func inspectWorkTree(path string) (string, error) {
	dir := filepath.Join(path, ".git")
	info, err := os.Stat(dir)
	if err != nil {
		return "", unreachable(dir, err)
	}
	if !info.IsDir() {
		return "", errkind.WithHint(
			errkind.Errorf(errkind.Corrupt, "mirror %q: its .git is a file that points elsewhere", path),
			"put the repository it points at here, or a link to it")
	}
	missing, err := lacks(dir)
	return dir, incomplete(dir, missing, err)
}

// unreachable says why path, of which os.Stat gave err, cannot be reached. A
// path at which there is nothing gives errNoRepository.
func unreachable(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		if to, linkErr := os.Readlink(path); linkErr == nil {
			return errkind.Errorf(errkind.Corrupt, "mirror %q is a broken link: there is no %q", path, to)
		}
		return errNoRepository
	case errors.Is(err, syscall.ELOOP):
		return errkind.Errorf(errkind.Corrupt, "mirror %q is a link that leads in a circle", path)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return errNoRepository
	}
	return errkind.Errorf(errkind.Corrupt, "mirror cannot be read: %w", err)
}

// essentials is what git takes a folder for a git directory by.
var essentials = [...]string{"HEAD", "objects", "refs"}

// lacks lists which of the essentials dir has not. An essential that is there
// and is not what it should be, or cannot be read, is an error, and ends the
// list.
func lacks(dir string) (missing []string, err error) {
	for _, name := range essentials {
		path := filepath.Join(dir, name)
		info, err := os.Lstat(path)
		isLink := err == nil && info.Mode()&fs.ModeSymlink != 0
		if isLink && name != "HEAD" {
			info, err = os.Stat(path)
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, name)
		case err != nil:
			return missing, err
		case name == "HEAD" && isLink: // as git made it long ago; it may dangle
		case name == "HEAD":
			if err := checkHead(path, info); err != nil {
				return missing, err
			}
		case !info.IsDir():
			return missing, errors.New(name + " is no folder")
		}
	}
	return missing, nil
}

// checkHead reads the file HEAD: a name below refs/, whether it exists or not,
// or a commit.
func checkHead(path string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return errors.New("HEAD is no file")
	}
	head, err := readSmall(path, limit.MirrorHead)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(string(head))
	if ref, ok := strings.CutPrefix(text, "ref:"); ok && strings.HasPrefix(strings.TrimSpace(ref), "refs/") {
		return nil
	}
	if n := len(text); (n == 40 || n == 64) && strings.Trim(text, "0123456789abcdef") == "" {
		return nil
	}
	return errors.New("HEAD names neither a branch nor a commit")
}

// readSmall reads up to limit bytes of the regular file at path. Anything else
// than a regular file (a pipe would wait for ever) is an error.
func readSmall(path string, limit int64) ([]byte, error) {
	f, err := file.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.New(filepath.Base(path) + " is no file")
	}
	return io.ReadAll(io.LimitReader(f, limit))
}
