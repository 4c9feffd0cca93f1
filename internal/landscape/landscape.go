// Package landscape reads a landscape.yml: the items of a foundation's
// landscape, which of them are projects, their maturity and its dates, and the
// line of the file that says so.
//
// [Load] fetches the file from where a user points it and hands it to [Parse],
// which is a pure function of the bytes. A landscape is a list of categories of
// subcategories of items; an item with a non-empty `project:` is a project.
// Levels of maturity, categories and the names of links are data: nothing here
// knows which foundation it reads.
//
// The file is written by many hands. What is odd in one item (a date that does
// not exist, a list where a word belongs) costs that field and leaves a note
// with its line; only a file that is no YAML, or no landscape, is an error.
package landscape

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/source"
)

// The landscape read when the user names none, the CNCF's: its address, and the
// repository that holds it.
const (
	DefaultURL  = "https://raw.githubusercontent.com/cncf/landscape/master/landscape.yml"
	DefaultRepo = fact.RepoID("github.com/cncf/landscape")
)

// FileName is the path of the file in a git repository or folder when the user
// names none.
const FileName = "landscape.yml"

// A Source says where the landscape is, and the outside world needed to read it.
type Source struct {
	// Where is a file, an http(s) address, or the folder of a git repository
	// (bare or with a work tree), whose landscape.yml is read; DIR:PATH names
	// another path in it. Empty is [DefaultURL].
	Where string
	// AsOf is the date at which a git repository is read; "" is the newest. A
	// file or an address has no history: they are read as they are now, and a
	// note says so when AsOf is in the past.
	AsOf fact.Date
	// Offline: no address is read.
	Offline bool
	// HTTP makes the requests; nil is a client with bounded time.
	HTTP *http.Client
	// Now is the clock that dates what is read from an address and tells a past
	// AsOf; with nil the time stays unknown and every AsOf counts as past.
	Now func() time.Time

	pause time.Duration // before the second attempt; tests make it negative: none
}

// Load reads and parses the landscape that src names. Errors are of kind Usage
// (Where makes no sense, or is an address while Offline), NotFound, Input (no YAML, no landscape), Limit, Empty
// (no commit at the date), Corrupt, Auth and Network, nearly all with a hint.
func Load(ctx context.Context, src Source) (*fact.Landscape, error) {
	file, err := Read(ctx, src)
	if err != nil {
		return nil, err
	}
	out, err := Parse(file.Data, file.Evidence)
	if err != nil {
		return nil, fmt.Errorf("landscape: %w", err)
	}
	if len(out.Projects) == 0 {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Input, "landscape: %s lists no project", src.where()),
			"a project is an item with its maturity in the field 'project': name the file of a landscape that has some with --landscape")
	}
	out.CommittedAt = file.CommittedAt
	if file.CommittedAt != "" || src.past() {
		out.Notes = append(file.Notes, out.Notes...)
	}
	return out, nil
}

// Read gives the file that src names, unread. Its errors are those of [Load] but
// for Input.
func Read(ctx context.Context, src Source) (*source.File, error) {
	where := src.where()
	dir, path := splitPath(where)
	file, err := source.Read(ctx, source.Spec{
		Where: dir, Path: path, AsOf: src.AsOf, Limit: limit.LandscapeBytes, Offline: src.Offline,
		Client: src.HTTP, Now: src.Now, Pause: src.pause,
	})
	if err != nil {
		return nil, explain(err, where, path)
	}
	return file, nil
}

// where is the place to read at.
func (s *Source) where() string { return cmp.Or(strings.TrimSpace(s.Where), DefaultURL) }

// past reports whether AsOf lies before today.
func (s *Source) past() bool {
	return s.AsOf != "" && (s.Now == nil || s.AsOf < fact.DateOf(s.Now()))
}

// splitPath takes DIR:PATH apart. Whatever exists under its whole name, and any
// address, is left whole.
func splitPath(where string) (dir, path string) {
	if isAddress(where) {
		return where, FileName
	}
	if _, err := os.Stat(where); err == nil {
		return where, FileName
	}
	for i := strings.LastIndexByte(where, ':'); i > 0; i = strings.LastIndexByte(where[:i], ':') {
		if info, err := os.Stat(where[:i]); err == nil && info.IsDir() && where[i+1:] != "" {
			return where[:i], where[i+1:]
		}
	}
	return where, FileName
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func isAddress(where string) bool { return strings.Contains(where, "://") }

// explain gives an error of reading the mend that fits a landscape, and a host
// that does not have the file the kind of any other failing host.
func explain(err error, where, path string) error {
	kind := errkind.Of(err)
	if isAddress(where) && kind == errkind.NotFound {
		kind = errkind.Network
	}
	err = errkind.Errorf(kind, "landscape: %w", err)
	switch {
	case errkind.Hint(err) != "":
		return err
	case isAddress(where) && (kind == errkind.Network || kind == errkind.Auth):
		return errkind.WithHint(err, "check the address and the network, or name a file or a clone of the landscape's repository")
	case kind == errkind.NotFound && !isAddress(where) && !exists(where) && path == FileName:
		return errkind.WithHint(err, "name a landscape.yml, its address, or the folder of a git repository that holds one")
	case kind == errkind.NotFound && path != FileName:
		return errkind.WithHint(err, "check the path %q and the date: the file may not have been there yet", path)
	case kind == errkind.NotFound:
		return errkind.WithHint(err, "name the file as it was called at the date: DIR:PATH")
	case kind == errkind.Empty:
		return errkind.WithHint(err, "choose a later date: the repository had no commit by then")
	case kind == errkind.Limit:
		return errkind.WithHint(err, "a landscape has at most %d MB; is this one?", limit.LandscapeBytes>>20)
	}
	return err
}
