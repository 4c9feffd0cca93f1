// Package fact holds the words every other room speaks: projects,
// repositories, revisions, what was measured at a revision, and the evidence
// for each of them.
//
// The types are plain data. They know no git, no database, no network and no
// clock, and import nothing of ours. Each is stored and exported as JSON, so a
// JSON name is never changed without raising the version of the collector that
// writes it.
//
// Unknown is not zero: a figure that may be unknown is a pointer, or stands
// beside a note that says what is missing.
package fact

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
)

// A Date is a calendar day in UTC, written YYYY-MM-DD. The empty Date is
// "unknown".
type Date string

// ParseDate reads a day written YYYY-MM-DD, or a longer timestamp that starts
// with one. It refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("%q is not a date of the form YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// End is the last second of the day, UTC: what "as of this date" means.
func (d Date) End() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t.Add(24*time.Hour - time.Second)
}

// Year is the year of d, or 0 when d is unknown.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	y, err := strconv.Atoi(string(d[:4]))
	if err != nil {
		return 0
	}
	return y
}

// DateOf is the day of t in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// A RepoID names a repository as host/owner/name, for example
// "github.com/tikv/tikv". GitLab's nested groups give longer owners. One that
// ends in "//" and a path means that folder of the repository alone
// ("github.com/o/r//dir"); see folder.go. Two IDs
// are the same repository when their [RepoID.Key] is equal.
type RepoID string

// Key is id in lower case: hosts treat names without regard to case. git does
// not, so a folder keeps its own.
func (id RepoID) Key() string {
	return string(RepoID(strings.ToLower(string(id.Repository()))).Within(id.Folder()))
}

// Host is the part before the first slash.
func (id RepoID) Host() string {
	host, _, _ := strings.Cut(string(id), "/")
	return host
}

// Owner is the part between host and name.
func (id RepoID) Owner() string {
	_, rest, _ := strings.Cut(string(id.Repository()), "/")
	if i := strings.LastIndexByte(rest, '/'); i >= 0 {
		return rest[:i]
	}
	return ""
}

// Name is the last part of the repository's name.
func (id RepoID) Name() string {
	whole := string(id.Repository())
	return whole[strings.LastIndexByte(whole, '/')+1:]
}

// Slug is owner/name, as people write it, with the folder where id has one.
func (id RepoID) Slug() string {
	_, rest, _ := strings.Cut(string(id), "/")
	return rest
}

// URL is the address of the repository's page.
func (id RepoID) URL() string {
	return "https://" + string(id.Repository()) + forgeOf(id.Host()).ending
}

// Validate reports whether id is host/owner/name made of harmless parts. One
// with a folder is refused: nobody names one but [ParseRepoFolder].
func (id RepoID) Validate() error {
	parts := strings.Split(string(id), "/")
	if len(parts) < 3 {
		return fmt.Errorf("repository %q is not of the form host/owner/name", string(id))
	}
	if len(id) > 400 {
		return fmt.Errorf("repository name of %d characters is too long", len(id))
	}
	for i, p := range parts {
		if i == 0 && !harmlessHost(p) || i > 0 && !harmless(p) {
			return fmt.Errorf("repository %q: part %q is not a plain name", string(id), p)
		}
	}
	return nil
}

// harmlessHost reports whether s is a host name, perhaps with a port.
func harmlessHost(s string) bool {
	name, port, ok := strings.Cut(s, ":")
	if ok && !isPort(port) {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if !harmless(label) || strings.ContainsAny(label, "~+") {
			return false
		}
	}
	return true
}

func harmless(part string) bool {
	if part == "" || part == "." || part == ".." || part[0] == '-' {
		return false
	}
	for _, r := range part {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
		case r == '~', r == '+':
		default:
			return false
		}
	}
	return true
}

// A View says what of a commit is meant.
type View string

// The views.
const (
	ViewFiles   View = ""        // the files of its tree
	ViewCommit  View = "commit"  // the commit itself: who, when, what changed
	ViewHistory View = "commits" // the commits up to it
)

// Evidence says where a fact was read: a place in a repository at a commit, or
// a URL and the time it was fetched.
type Evidence struct {
	Repo   RepoID `json:"repo,omitempty"`
	Commit string `json:"commit,omitempty"`
	Path   string `json:"path,omitempty"`
	Line   int    `json:"line,omitempty"` // 1-based; 0: the whole file
	Tree   bool   `json:"tree,omitempty"` // Path is a folder (or the root)
	View   View   `json:"view,omitempty"` // what of Commit is meant, when not its files
	URL    string `json:"url,omitempty"`  // when not read from a repository
	At     string `json:"at,omitempty"`   // RFC 3339 time of reading URL
}

// Link is a permalink to the evidence in the form that its host uses, or ""
// when there is no address for it (a local file). A path that no address can
// hold ("a/../b") gives the tree.
func (e Evidence) Link() string {
	switch {
	case e.Repo == "":
		return e.URL
	case e.Commit == "":
		return e.Repo.URL()
	}
	at := e
	if at.Path == "" || !linkable(at.Path) {
		at.Path, at.Tree, at.Line = "", true, 0
	}
	if at.View == ViewFiles {
		at.Path = path.Join(e.Repo.Folder(), at.Path)
	}
	return e.Repo.URL() + forgeOf(e.Repo.Host()).link(&at)
}

// linkable reports whether a browser keeps path as it is in an address. It
// resolves "." and "..", escaped or not, and so leaves the place meant.
func linkable(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

// String is the evidence as text: repository@commit:path:line, or the URL.
func (e Evidence) String() string {
	if e.Repo == "" {
		s := e.URL
		if s == "" {
			s = e.Path
		}
		if e.Line > 0 {
			s += ":" + strconv.Itoa(e.Line)
		}
		return s
	}
	s := string(e.Repo)
	if e.Commit != "" {
		s += "@" + e.Commit[:min(12, len(e.Commit))]
	}
	if e.Path != "" {
		s += ":" + e.Path
	}
	if e.Line > 0 {
		s += ":" + strconv.Itoa(e.Line)
	}
	return s
}

// A Note is something a reader should know of how a fact came about: a
// doubtful date, a file that could not be read. Kind is one of errkind's words,
// "odd" for input that is readable but suspicious, "scope" for what a figure is
// of, [NoteFolder], or [NoteSecret].
type Note struct {
	Kind     string   `json:"kind"`
	Text     string   `json:"text"`
	Evidence Evidence `json:"evidence,omitzero"`
}

// NoteSecret is the kind of a note that a source holds a password or a token,
// which was taken out of what is kept.
const NoteSecret = "secret"

// NoteFolder is the kind of a note that a folder which a source names is not in its
// repository at the date, and that the whole repository is measured.
const NoteFolder = "folder"
