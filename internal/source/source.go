// Package source reads one file that a survey starts from: landscape.yml, or a
// list of repositories that another programme keeps.
//
// Such a file is named by one word that a person types: the path of a file, an
// http or https address, or the folder of a git repository. Only a git
// repository has a past, so only there does an as-of date choose what is read;
// for the two others the file is read as it is now and [File.Notes] says so.
//
// Whatever is read is hostile: the number of bytes, the time and the number of
// attempts are bounded, and nothing but a regular file, a blob or an answer
// with status 200 is taken.
package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/limit"
)

// A Spec says what to read. Only Where is needed.
type Spec struct {
	// Where is a file, an http(s) address, or the folder of a git repository
	// (bare or not).
	Where string
	// Path is the file's slash-separated path inside a git repository, or
	// inside a plain folder. It is not used for a file or an address.
	Path string
	// AsOf picks the revision of a git repository; "" is the newest.
	AsOf fact.Date
	// Repo names the git repository at Where; "" takes the name from the
	// folder's place or its origin.
	Repo fact.RepoID
	// Limit is the most bytes to read; 0 is [limit.SourceBytes].
	Limit int64
	// Offline: no address is read.
	Offline bool

	// The world outside. Client makes the requests; nil is an ordinary one.
	// Now is the clock that dates what is read from an address; nil leaves it
	// undated. Open opens a git repository; nil is package gitrepo. Pause is
	// the wait before the second attempt; 0 is one second, negative none.
	Client *http.Client
	Now    func() time.Time
	Open   func(dir string, id fact.RepoID) (Repo, error)
	Pause  time.Duration
}

// A Repo is what this package needs of a git repository. It is implemented by
// gitrepo.Repo.
type Repo interface {
	// At picks the revision of the date; errkind.Empty when there was none.
	At(ctx context.Context, asOf fact.Date) (*fact.Revision, error)
	// ReadFile reads a file of a commit; errkind.NotFound, errkind.Limit.
	ReadFile(ctx context.Context, commit, path string, limit int64) ([]byte, error)
	Close() error
}

// A File is what was read, and where from.
type File struct {
	Data []byte
	// Evidence is the place, without a line: repository, commit and path; URL
	// and time; or the path of a local file as it was given.
	Evidence fact.Evidence
	// CommittedAt is when the commit was made, RFC 3339; "" outside git.
	CommittedAt string
	// Notes tell what a reader should know: that the as-of date could not be
	// obeyed, or what was odd with the revision.
	Notes []fact.Note
}

// Read reads the file that s names. Errors are of kind Usage (Where makes no
// sense, or is an address while Offline), NotFound, Input (not a file; a web page instead of one), Limit (too
// large), Empty (no commit at the date), Auth and Network.
func Read(ctx context.Context, s Spec) (*File, error) {
	if s.Limit <= 0 {
		s.Limit = limit.SourceBytes
	}
	where := strings.TrimSpace(s.Where)
	switch scheme, _, found := strings.Cut(where, "://"); {
	case where == "":
		return nil, errkind.Errorf(errkind.Usage, "no file, address or git repository to read")
	case found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")):
		return s.address(ctx, where)
	case found || strings.Contains(where, "::"):
		return nil, errkind.WithHint(
			errkind.Errorf(errkind.Usage, "cannot read %q: only files, folders, http and https are read", where),
			"clone the repository and name its folder")
	}
	return s.local(ctx, where)
}

// local reads a file, or a file of a folder.
func (s *Spec) local(ctx context.Context, where string) (*File, error) {
	info, err := os.Stat(where)
	if err != nil {
		return nil, errkind.Errorf(kindOfStat(err), "read %q: %w", where, err)
	}
	if !info.IsDir() {
		return s.plain(where)
	}
	if s.Path == "" {
		return nil, errkind.Errorf(errkind.Usage, "%q is a folder, and no file of it was named", where)
	}
	if !cleanPath(s.Path) {
		return nil, errkind.Errorf(errkind.Usage, "%q is not a path inside %q", s.Path, where)
	}
	if isGit(where) {
		return s.git(ctx, where)
	}
	return s.plain(filepath.Join(where, filepath.FromSlash(s.Path)))
}

func kindOfStat(err error) errkind.Kind {
	switch {
	case os.IsNotExist(err):
		return errkind.NotFound
	case os.IsPermission(err):
		return errkind.Auth
	}
	return errkind.Input
}

// cleanPath reports whether p stays inside the folder it is joined to.
func cleanPath(p string) bool {
	return path.Clean(p) == p && !path.IsAbs(p) && filepath.IsLocal(filepath.FromSlash(p))
}

// isGit reports whether dir looks like a git repository, bare or with a work
// tree (where .git may be a file).
func isGit(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
		return true
	}
	head, errHead := os.Stat(filepath.Join(dir, "HEAD"))
	objects, errObjects := os.Stat(filepath.Join(dir, "objects"))
	return errHead == nil && errObjects == nil && !head.IsDir() && objects.IsDir()
}

// plain reads a local file.
func (s *Spec) plain(name string) (*File, error) {
	data, err := file.Read(name, s.Limit)
	if err != nil {
		return nil, err
	}
	out := &File{Data: data, Evidence: fact.Evidence{Path: filepath.ToSlash(filepath.Clean(name))}}
	out.noteUndated(s.AsOf, "a plain file")
	return out, nil
}

// git reads a file of a git repository at the as-of date.
func (s *Spec) git(ctx context.Context, dir string) (out *File, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("read %q of git repository %q: %w", s.Path, dir, err)
		}
	}()
	id := s.Repo
	if id == "" {
		id = idOf(dir)
	}
	open := s.Open
	if open == nil {
		open = openRepo
	}
	repo, err := open(dir, id)
	if err != nil {
		return nil, err
	}
	defer repo.Close()
	rev, err := repo.At(ctx, s.AsOf)
	if err != nil {
		return nil, err
	}
	data, err := repo.ReadFile(ctx, rev.Commit, s.Path, s.Limit)
	if err != nil {
		return nil, err
	}
	return &File{
		Data:        data,
		Evidence:    fact.Evidence{Repo: id, Commit: rev.Commit, Path: s.Path},
		CommittedAt: rev.CommittedAt,
		Notes:       rev.Notes,
	}, nil
}

// bounded reads all of r, or fails when it is longer than limit bytes.
func bounded(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, errkind.Errorf(errkind.Limit, "longer than %d bytes", limit)
	}
	return data, nil
}

// noteUndated says that the date asked for did not decide what was read.
func (f *File) noteUndated(asOf fact.Date, what string) {
	if asOf == "" {
		return
	}
	f.Notes = append(f.Notes, fact.Note{
		Kind:     "odd",
		Text:     fmt.Sprintf("read as it is now, not as of %s: %s has no history", asOf, what),
		Evidence: f.Evidence,
	})
}
