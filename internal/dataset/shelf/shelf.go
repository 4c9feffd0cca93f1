// Package shelf finds the data set that answers a question, and makes it where there
// is none yet.
//
// A data set is a cache: it is made from facts, by a version of the program and by what
// the user says of thresholds, affiliations, bots and rules. Its name is a fingerprint of
// all of them, so that one that is out of date is not found. It lies in a folder beside
// the fact store; where that may not be written, in the user's folder for caches; and
// where there is none, in a file that goes with the command.
package shelf

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"assay/internal/dataset"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/finding/profile"
)

// A Shelf is where data sets are kept.
type Shelf struct {
	// Folders are the places, the first that may be written is taken. None need exist.
	Folders []string
	// Now is the clock, by which what was left by a killed process is told.
	Now func() time.Time
}

// Beside is the folder of the data sets of a fact store.
func Beside(store string) string { return store + "-sets" }

// Key is the name of a data set, by everything that it depends on. The parts are encoded
// as JSON.
func Key(name string, parts ...any) (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, p := range parts {
		if err := enc.Encode(p); err != nil {
			return "", errkind.Errorf(errkind.Internal, "name of a data set: %w", err)
		}
	}
	return name + "-" + hex.EncodeToString(h.Sum(nil)[:8]) + end, nil
}

// end is the end of the names of data sets.
const end = ".db"

// Open opens the data set of a key. Where there is none, or it is not readable, it is
// made from the landscape that load gives.
func (s *Shelf) Open(ctx context.Context, key string, load func(context.Context) (*profile.Landscape, error)) (*dataset.Set, func() error, error) {
	for _, folder := range s.Folders {
		path := filepath.Join(folder, key)
		if set, done, err := open(ctx, path); err == nil {
			_ = os.Chtimes(path, time.Time{}, s.Now()) // it was used; who may only read cannot say so
			return set, done, nil
		}
	}
	landscape, err := load(ctx)
	if err != nil {
		return nil, nil, err
	}
	write := func(path string) error {
		return sqlite.Write(ctx, path, dataset.Tables(), func(sink dataset.Sink) error { return dataset.Write(sink, landscape) })
	}
	for _, folder := range s.Folders {
		if err := ctx.Err(); err != nil {
			return nil, nil, err // no other folder is tried, or made, for who was told to stop
		}
		path := filepath.Join(folder, key)
		if os.MkdirAll(folder, 0o700) != nil || write(path) != nil {
			continue
		}
		s.clear(folder, key)
		return open(ctx, path)
	}
	return passing(ctx, write)
}

// passing opens a data set that is gone when it is closed.
func passing(ctx context.Context, write func(string) error) (*dataset.Set, func() error, error) {
	dir, err := os.MkdirTemp("", "assay-set-")
	if err != nil {
		return nil, nil, errkind.WithHint(errkind.Errorf(errkind.Storage, "data set: there is no place for it: %w", err),
			"let a folder be written: that of the store, the user's cache, or TMPDIR")
	}
	path := filepath.Join(dir, "set"+end)
	err = write(path)
	if err == nil {
		set, done, openErr := open(ctx, path)
		if openErr == nil {
			return set, func() error { return errors.Join(done(), os.RemoveAll(dir)) }, nil
		}
		err = openErr
	}
	return nil, nil, errors.Join(err, os.RemoveAll(dir))
}

// open opens the data set in a file.
func open(ctx context.Context, path string) (*dataset.Set, func() error, error) {
	file, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	set := dataset.Open(file)
	if _, err := set.Head(ctx); err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return set, file.Close, nil
}

// keptBeside is how many data sets stay beside a new one.
const keptBeside = 11

// givenUp is how old a file is that nobody is writing any more.
const givenUp = time.Hour

// clear takes away the data sets that were used longest ago, and what killed processes
// left. Where that fails, a folder is larger than it need be.
func (s *Shelf) clear(folder, keep string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	type set struct {
		name string
		used time.Time
	}
	var sets []set
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue
		}
		switch name := e.Name(); {
		case strings.HasSuffix(name, end) && info.Mode().IsRegular() && name != keep:
			sets = append(sets, set{name, info.ModTime()})
		case strings.HasSuffix(name, ".part") && s.Now().Sub(info.ModTime()) > givenUp:
			_ = os.RemoveAll(filepath.Join(folder, name))
		}
	}
	slices.SortFunc(sets, func(a, b set) int { return cmp.Or(b.used.Compare(a.used), cmp.Compare(a.name, b.name)) })
	for _, x := range sets[min(len(sets), keptBeside):] {
		_ = os.Remove(filepath.Join(folder, x.name))
	}
}

// Find is the path of the data set of a key; errkind.NotFound where there is none. One
// that is not as it was written is errkind.Storage.
func (s *Shelf) Find(ctx context.Context, key string) (string, error) {
	for _, folder := range s.Folders {
		path := filepath.Join(folder, key)
		_, done, err := open(ctx, path)
		if errkind.Of(err) == errkind.NotFound {
			continue
		}
		if err != nil {
			return path, err
		}
		return path, done()
	}
	return "", errkind.Errorf(errkind.NotFound, "no data set is made yet")
}

// Same reports whether the data set in a file is the one that is made of a landscape, byte
// for byte.
func Same(ctx context.Context, path string, landscape *profile.Landscape) (same bool, err error) {
	dir, err := os.MkdirTemp("", "assay-set-")
	if err != nil {
		return false, errkind.Errorf(errkind.Storage, "data set: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	again := filepath.Join(dir, "set"+end)
	err = sqlite.Write(ctx, again, dataset.Tables(), func(sink dataset.Sink) error { return dataset.Write(sink, landscape) })
	if err != nil {
		return false, err
	}
	return sqlite.Same(path, again)
}

// Drop takes away the data sets whose names begin with name. Where that fails, a folder is
// larger than it need be.
func (s *Shelf) Drop(name string) {
	for _, folder := range s.Folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), name+"-") && strings.HasSuffix(e.Name(), end) && e.Type().IsRegular() {
				_ = os.Remove(filepath.Join(folder, e.Name()))
			}
		}
	}
}
