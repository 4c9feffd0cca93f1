package gittest

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // it is what git names objects by
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// A Bomb is a repository of a few small objects that names a multitude of
// files: folders whose entries all lead to the same folder, level by level.
type Bomb struct {
	// Widths are the entries of a folder, from the top level to the lowest: the
	// product of them is how many files there are.
	Widths []int
	// Empty: empty folders stand in place of the files.
	Empty bool
	// Times is how often the multitude comes and goes, a commit each; 0 is once.
	Times int
	// Stays: the newest commit has it. Else only older ones have.
	Stays bool
}

// Write makes the repository at dir, which must not exist. Its newest commit
// has a file main.go beside the rest.
func (b Bomb) Write(dir string) error {
	s, err := newStore(dir)
	if err != nil {
		return err
	}
	file := treeEntry{"100644", "main.go", s.write("blob", []byte("package main\n"))}
	plain := s.tree(file)
	full := s.tree(treeEntry{"40000", "a", b.folder(s)}, file)
	tip := s.commit(plain, "")
	for range max(b.Times, 1) {
		tip = s.commit(full, tip)
		if !b.Stays {
			tip = s.commit(plain, tip)
		}
	}
	return s.close(tip)
}

// folder is the name of the folder on top of the multitude.
func (b Bomb) folder(s *store) oid {
	mode, name := "100644", s.write("blob", []byte("package a\n"))
	if b.Empty {
		mode, name = "40000", s.tree()
	}
	for _, width := range slices.Backward(b.Widths) {
		entries := make([]treeEntry, width)
		for i := range entries {
			entries[i] = treeEntry{mode, fmt.Sprintf("n%07d.go", i), name}
		}
		mode, name = "40000", s.tree(entries...)
	}
	return name
}

// An oid is the name of an object.
type oid [sha1.Size]byte

func (o oid) String() string { return hex.EncodeToString(o[:]) }

type treeEntry struct {
	mode, name string
	oid        oid
}

// A store writes loose objects into a bare repository. Its first error stays.
type store struct {
	dir     string
	commits int
	err     error
}

func newStore(dir string) (*store, error) {
	if _, err := os.Lstat(dir); err == nil {
		return nil, fmt.Errorf("make repository %q: it exists", dir)
	}
	s := &store{dir: dir}
	for _, sub := range []string{"objects", "refs/heads"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// write writes an object.
func (s *store) write(kind string, data []byte) oid {
	text := append(fmt.Appendf(nil, "%s %d\x00", kind, len(data)), data...)
	name := oid(sha1.Sum(text)) //nolint:gosec // see above
	path := filepath.Join(s.dir, "objects", name.String()[:2], name.String()[2:])
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(text) // a buffer takes all
	_ = w.Close()
	s.keep(os.MkdirAll(filepath.Dir(path), 0o755))
	if _, err := os.Lstat(path); err != nil {
		s.keep(os.WriteFile(path, packed.Bytes(), 0o644))
	}
	return name
}

func (s *store) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

// tree writes a folder. The entries must be in git's order.
func (s *store) tree(entries ...treeEntry) oid {
	var data []byte
	for _, e := range entries {
		data = fmt.Appendf(data, "%s %s\x00", e.mode, e.name)
		data = append(data, e.oid[:]...)
	}
	return s.write("tree", data)
}

// commit writes a commit on top of parent, an hour after it; the zero parent is
// none.
func (s *store) commit(tree oid, parent string) string {
	const begin, hour = 1_700_000_000, 3600
	text := fmt.Sprintf("tree %s\n", tree)
	if parent != "" {
		text += "parent " + parent + "\n"
	}
	at := begin + hour*s.commits
	s.commits++
	text += fmt.Sprintf("author A <a@example.org> %d +0000\ncommitter A <a@example.org> %d +0000\n\nm\n", at, at)
	return s.write("commit", []byte(text)).String()
}

// close writes the branch main at tip, and HEAD.
func (s *store) close(tip string) error {
	s.keep(os.WriteFile(filepath.Join(s.dir, "refs/heads/main"), []byte(tip+"\n"), 0o644))
	s.keep(os.WriteFile(filepath.Join(s.dir, "HEAD"), []byte("ref: refs/heads/main\n"), 0o644))
	s.keep(os.WriteFile(filepath.Join(s.dir, "config"), []byte("[core]\n\trepositoryformatversion = 0\n\tbare = true\n"), 0o644))
	return s.err
}
