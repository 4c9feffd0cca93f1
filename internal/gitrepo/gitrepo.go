// Package gitrepo reads one mirror: the revision that a date picks, the tree
// of a revision, blobs, tags. It is the only package that runs git.
//
// A mirror is hostile input. No work tree is checked out, no hook, filter,
// attribute driver or submodule runs, and git itself sees neither the user's
// configuration nor a network (see environment). Everything read is bounded.
//
// Mirrors come in all states: bare or with a work tree, without a config file,
// with a detached or dangling HEAD, with refs/pull/*, with missing blobs,
// empty, damaged. Each gives a result with a note or an error of a kind
// (errkind.Empty, errkind.Corrupt) that costs this repository only.
package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// A Repo is a git directory opened for reading. Its methods may be used by
// several goroutines.
type Repo struct {
	dir string
	id  fact.RepoID
}

// Open prepares to read the git directory at dir, bare or the parent of a
// ".git". It starts no process. The error is of kind Corrupt when dir is no git
// directory.
func Open(dir string, id fact.RepoID) (*Repo, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, errkind.Errorf(errkind.Corrupt, "open mirror %q: %w", dir, err)
	}
	for _, candidate := range []string{filepath.Join(real, ".git"), real} {
		if IsGitDir(candidate) {
			return &Repo{dir: candidate, id: id}, nil
		}
	}
	return nil, errkind.WithHint(
		errkind.Errorf(errkind.Corrupt, "open mirror %q: not a git directory (HEAD, objects and refs expected)", dir),
		"remove it so that it is cloned anew, or put a bare clone there")
}

// IsGitDir reports whether dir looks like a git directory: it has a HEAD and
// objects. (Refs may be packed, or lie in a reftable.)
func IsGitDir(dir string) bool {
	head, err := os.Stat(filepath.Join(dir, "HEAD"))
	if err != nil || head.IsDir() {
		return false
	}
	objects, err := os.Stat(filepath.Join(dir, "objects"))
	return err == nil && objects.IsDir()
}

// IDOf guesses which repository dir is a mirror of: from its place
// (…/host/owner/name.git, the host with a dot in it), else from the URL of its
// origin. It returns "" when neither tells.
func IDOf(dir string) fact.RepoID {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	abs = strings.TrimSuffix(filepath.Clean(abs), "/.git")
	parts := strings.Split(filepath.ToSlash(abs), "/")
	if n := len(parts); n >= 3 && strings.Contains(parts[n-3], ".") {
		id := fact.RepoID(parts[n-3] + "/" + parts[n-2] + "/" + strings.TrimSuffix(parts[n-1], ".git"))
		if id.Validate() == nil {
			return id
		}
	}
	return originOf(dir)
}

// originOf reads the repository named by the origin of dir's configuration.
func originOf(dir string) fact.RepoID {
	repo, err := Open(dir, "")
	if err != nil {
		return ""
	}
	out, err := output(context.Background(), repo.dir, smallOutput, "config", "--local", "--get", "remote.origin.url")
	if err != nil {
		return ""
	}
	id, err := fact.ParseRepoURL(strings.TrimSpace(string(out)))
	if err != nil {
		return ""
	}
	return id
}

// ID is the repository that the mirror is of.
func (r *Repo) ID() fact.RepoID { return r.id }

// Dir is the git directory.
func (r *Repo) Dir() string { return r.dir }

// Close releases what the Repo holds. It is safe to call twice.
func (r *Repo) Close() error { return nil }

// ReadFile returns the file at path in commit. Kinds of error: NotFound when
// there is no such file, Limit when it is larger than limit bytes.
func (r *Repo) ReadFile(ctx context.Context, commit, path string, limit int64) ([]byte, error) {
	if !isOID(commit) {
		return nil, errkind.Errorf(errkind.Usage, "read %q: %q is no full commit name", path, commit)
	}
	data, err := output(ctx, r.dir, limit, "cat-file", "blob", commit+":"+path)
	switch {
	case err == nil:
		return data, nil
	case errkind.Of(err) == errkind.Limit:
		return nil, errkind.Errorf(errkind.Limit, "%s: file %q is larger than %d bytes", r.id, path, limit)
	case errkind.Of(err) == errkind.Corrupt && strings.Contains(err.Error(), "does not exist"):
		return nil, errkind.Errorf(errkind.NotFound, "%s: no file %q at %s", r.id, path, commit[:12])
	}
	return nil, err
}

// isOID reports whether s is a full object name (SHA-1 or SHA-256, hex).
func isOID(s string) bool {
	if len(s) != 40 && len(s) != 64 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
