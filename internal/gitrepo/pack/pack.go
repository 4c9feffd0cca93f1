// Package pack reads the objects of a git directory without running git:
// commits, trees and small blobs, from packs and loose objects. It is made for
// walks over a whole history, which git itself spends much of its time on.
//
// Every object is held against its name when it is read, so that neither an index
// nor a pack can pass one off for another. Commit-graphs, indexes of several packs,
// bitmaps, replacements and grafts are not looked at.
//
// It knows the usual case only: SHA-1, index version 2, no alternates. All else,
// and all that is damaged, missing or beyond a bound, is ErrOdd: ask git then.
package pack

import (
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"assay/internal/limit"
)

// ErrOdd says that something is not as this package knows it. Git may be able
// to read it, or has the better words for what is wrong.
var ErrOdd = errors.New("not to be read without git")

// ErrForged says that an object is not what its name says. Git, which believes
// the index of a pack, would take it.
var ErrForged = errors.New("an object under the name of another")

func odd(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrOdd, fmt.Sprintf(format, args...))
}

// An OID is the name of an object.
type OID [20]byte

// ParseOID reads a name in hex.
func ParseOID(text string) (OID, error) {
	var oid OID
	if len(text) != 2*len(oid) {
		return oid, odd("%q is no SHA-1 name", text)
	}
	if _, err := hex.Decode(oid[:], []byte(text)); err != nil {
		return oid, odd("%q is no SHA-1 name", text)
	}
	return oid, nil
}

// AppendHex appends the name in hex.
func (o *OID) AppendHex(to []byte) []byte { return hex.AppendEncode(to, o[:]) }

// A Store is the objects of a git directory, for one goroutine.
type Store struct {
	objects string
	packs   []*packed
	last    int // the pack that had the last object
	memo    [memos]memo
	blocks  blocks
	cache   cache[uint64] // by place
	files   cache[OID]    // loose objects
	inflate inflater
	chain   []link
	delta   []byte
	scratch []byte // a commit
	path    []byte // of Diff
	sum     hash.Hash
	head    []byte // of what is summed up
	work    Work
	most    Work
}

// Work is what reading costs: folders that are compared, and bytes that are
// inflated, made by deltas, or compared.
type Work struct{ Folders, Bytes int64 }

// Bound has the store refuse to do more than that, with an [OverError]. A store
// that was not told is not bounded.
func (s *Store) Bound(most Work) { s.most = most }

// Work is what was done so far.
func (s *Store) Work() Work { return s.work }

// An OverError says that reading costs more than it may.
type OverError struct {
	Folders bool // they are too many; else the bytes
}

func (e *OverError) Error() string {
	if e.Folders {
		return "too many folders"
	}
	return "too many bytes"
}

// spend adds to the work that is done.
func (s *Store) spend(folders, bytes int) error {
	s.work.Folders += int64(folders)
	s.work.Bytes += int64(bytes)
	switch {
	case s.most.Folders > 0 && s.work.Folders > s.most.Folders:
		return &OverError{Folders: true}
	case s.most.Bytes > 0 && s.work.Bytes > s.most.Bytes:
		return &OverError{}
	}
	return nil
}

// Open opens the packs of the git directory dir, with what is known of their indexes.
func Open(dir string, known *Indexes) (*Store, error) {
	s := &Store{objects: filepath.Join(dir, "objects")}
	for _, name := range []string{"shallow", "objects/info/alternates"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return nil, odd("there is a file %s", name)
		}
	}
	names, err := filepath.Glob(filepath.Join(escape(s.objects), "pack", "*.idx"))
	if err != nil || len(names) > limit.PackFiles {
		return nil, odd("%d packs", len(names))
	}
	room := int64(limit.PackIndexes)
	for _, name := range names {
		p, err := known.openPack(strings.TrimSuffix(name, ".idx"), room)
		if err != nil {
			s.Close()
			return nil, err
		}
		room -= int64(len(p.data))
		s.packs = append(s.packs, p)
	}
	return s, nil
}

// escape has a path mean itself in a pattern.
func escape(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// Close closes the packs.
func (s *Store) Close() {
	for _, p := range s.packs {
		_ = p.file.Close()
	}
	s.packs = nil
}

// openFile opens an ordinary file.
func openFile(name string) (*os.File, int64, error) {
	f, info, err := openRegular(name)
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// openRegular opens an ordinary file; a pipe in its place would keep us waiting.
func openRegular(name string) (*os.File, os.FileInfo, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, odd("%v", err)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return nil, nil, odd("%s is no ordinary file", name)
	}
	return f, info, nil
}
