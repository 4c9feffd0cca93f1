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
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo/pack"
	"assay/internal/limit"
)

// A Repo is a git directory opened for reading. Its methods may be used by
// several goroutines.
type Repo struct {
	dir    string
	id     fact.RepoID
	folder string // that is all of the repository that is shown; "" for everything
	bounds bounds

	// indexes are those of the packs.
	indexes pack.Indexes
	// seen are the refs as they were last read.
	seen atomic.Pointer[[]ref]
	// lacked: see Lacked.
	lacked atomic.Bool

	commits, sizes, blobs atomic.Int64 // read so far: see Counts
	changes, blobBytes    atomic.Int64
}

// Counts is how much of a mirror was read.
type Counts struct {
	Commits int64 `json:"commits"` // of histories
	Sizes   int64 `json:"sizes"`   // blobs whose size was asked for
	Blobs   int64 `json:"blobs"`   // blobs whose content was read
}

// Add adds more to c.
func (c *Counts) Add(more Counts) {
	c.Commits += more.Commits
	c.Sizes += more.Sizes
	c.Blobs += more.Blobs
}

// Counts is how much was read through r so far. Trees and refs are not counted.
func (r *Repo) Counts() Counts {
	return Counts{Commits: r.commits.Load(), Sizes: r.sizes.Load(), Blobs: r.blobs.Load()}
}

// Open prepares to read the git directory at dir, bare or the parent of a
// ".git". It starts no process. The error is of kind Corrupt when dir is no git
// directory.
//
// With an ID that means a folder ([fact.RepoID.Folder]), the Repo shows that
// folder as if it were a repository: see folder.go.
func Open(dir string, id fact.RepoID) (*Repo, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, errkind.Because(errkind.Errorf(errkind.Corrupt, "open mirror %q: %w", dir, err), errkind.CauseNoGit)
	}
	for _, candidate := range []string{filepath.Join(real, ".git"), real} {
		if IsGitDir(candidate) {
			if err := checkFiles(candidate); err != nil {
				return nil, errkind.Because(err, errkind.CauseElsewhere)
			}
			r := &Repo{dir: candidate, id: id, folder: id.Folder(), bounds: usual()}
			size, err := checkObjects(candidate)
			if err != nil {
				return nil, errkind.Because(err, errkind.CauseElsewhere)
			}
			r.bounds.blobs = min(r.bounds.blobs, limit.BlobsLeast+limit.BlobsRatio*size)
			return r, nil
		}
	}
	return nil, errkind.Because(errkind.WithHint(
		errkind.Errorf(errkind.Corrupt, "open mirror %q: not a git directory (HEAD, objects and refs expected)", dir),
		"remove it so that it is cloned anew, or put a bare clone there"), errkind.CauseNoGit)
}

// IsGitDir reports whether dir looks like a git directory: it has a HEAD and
// objects. (Refs may be packed, or lie in a reftable.)
func IsGitDir(dir string) bool {
	head, err := os.Stat(filepath.Join(dir, "HEAD"))
	if err != nil || !head.Mode().IsRegular() {
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
	out, err := repo.output(context.Background(), limit.GitAnswer, "config", "--local", "--get", "remote.origin.url")
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

// Size is the size of the mirror's packs in bytes, as far as it can be told: a
// measure of the work that reading it is.
func (r *Repo) Size() int64 {
	var size int64
	packs, err := filepath.Glob(filepath.Join(r.dir, "objects", "pack", "*.pack"))
	if err != nil {
		return 0
	}
	for _, pack := range packs {
		if info, err := os.Stat(pack); err == nil {
			size += info.Size()
		}
	}
	return size
}

// Close releases what the Repo holds. It is safe to call twice.
func (r *Repo) Close() error { return nil }

// ReadFile returns the file at name in commit, from the root of the repository
// also where a folder is shown. Kinds of error: NotFound when
// there is no such file (a folder, link or submodule is none), Limit when it is
// larger than limit bytes, Corrupt when its content is not in the mirror.
func (r *Repo) ReadFile(ctx context.Context, commit, name string, limit int64) ([]byte, error) {
	if !isOID(commit) {
		return nil, errkind.Errorf(errkind.Usage, "read %q: %q is no full commit name", name, commit)
	}
	e, err := r.entry(ctx, commit, name)
	switch {
	case err != nil:
		return nil, err
	case e == nil || !e.Regular():
		return nil, errkind.Errorf(errkind.NotFound, "%s: no file %q at %s", r.id, name, commit[:12])
	case e.Size < 0:
		return nil, errkind.Errorf(errkind.Corrupt, "%s: the content of %q at %s is not in the mirror", r.id, name, commit[:12])
	case e.Size > limit:
		return nil, errkind.Errorf(errkind.Limit, "%s: file %q is larger than %d bytes", r.id, name, limit)
	}
	return r.output(ctx, max(limit, 1), "cat-file", "blob", e.OID)
}

// entry looks up one path in commit; nil when there is nothing. Paths that git
// would take for something else than a name in a tree are not asked for.
func (r *Repo) entry(ctx context.Context, commit, name string) (*Entry, error) {
	if name == "." || name == ".." || name != path.Clean(name) || strings.HasPrefix(name, "../") || path.IsAbs(name) || strings.IndexByte(name, 0) >= 0 {
		return nil, nil
	}
	out, err := r.output(ctx, limit.GitAnswer, "--literal-pathspecs", "ls-tree", "-z", "-l", "--full-tree", commit, "--", name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.id, err)
	}
	entries, err := r.bounds.parseTree(bytes.NewReader(out))
	if err != nil || len(entries) != 1 || entries[0].Path != name {
		return nil, err
	}
	return &entries[0], nil
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
