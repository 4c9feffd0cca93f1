package gitrepo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Fingerprint identifies the state of all refs of the mirror: while it stays
// the same, every date gives the same revision. It reads HEAD and the ref files,
// also behind links, and where a shallow history ends, and runs no git. Packing
// the refs changes it too.
func (r *Repo) Fingerprint() (string, error) {
	s := summer{dir: r.dir, sum: sha256.New()}
	for _, name := range []string{"HEAD", "packed-refs", "shallow"} {
		s.file(name)
	}
	for _, root := range []string{"refs", "reftable"} {
		s.folder(root, 0)
	}
	return s.end(r)
}

// Objects identifies the state of what holds the mirror's objects: its packs and
// loose objects, and those of the places that it borrows from, by name, size and
// time. It changes whenever what was damaged or missing may have come; a repack
// changes it too. It means nothing on another machine.
func (r *Repo) Objects() (string, error) {
	s := summer{dir: r.dir, sum: sha256.New()}
	s.file("shallow")
	s.objects(filepath.Join(r.dir, "objects"), 0)
	return s.end(r)
}

// A summer sums up files of a git directory.
type summer struct {
	dir   string
	sum   hash.Hash
	files int
	err   error
}

// end is the sum.
func (s *summer) end(r *Repo) (string, error) {
	if s.err != nil {
		return "", fmt.Errorf("fingerprint of %s: %w", r.id, s.err)
	}
	return hex.EncodeToString(s.sum.Sum(nil)), nil
}

// more reports whether another file is to be looked at.
func (s *summer) more() bool {
	if s.files++; s.files > limit.StateFiles && s.err == nil {
		s.err = overLimit("state-files", limit.StateFiles)
	}
	return s.err == nil
}

// file adds name, content and, of a link, where it leads. Of a missing file its
// name is added alone.
func (s *summer) file(name string) {
	if !s.more() {
		return
	}
	path := filepath.Join(s.dir, name)
	target, _ := os.Readlink(path) // none is no link
	fmt.Fprintf(s.sum, "%s\x00%s\x00", name, target)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		s.err = errkind.Errorf(errkind.Corrupt, "%w", err)
		return
	}
	defer f.Close()
	if _, err := io.Copy(s.sum, f); err != nil {
		s.err = errkind.Errorf(errkind.Corrupt, "%w", err)
	}
}

// folder adds all ordinary files in a folder, links followed.
func (s *summer) folder(name string, depth int) {
	names, err := readDir(filepath.Join(s.dir, name))
	if err != nil && errkind.Exhausted(err) {
		s.err = err
	}
	if depth == limit.RefDepth {
		return // links in a circle: git reads no further either
	}
	for _, base := range names { // an unreadable folder of refs is git's to report
		if !s.more() {
			return
		}
		at := filepath.Join(name, base)
		info, err := os.Stat(filepath.Join(s.dir, at))
		switch {
		case strings.HasSuffix(base, ".lock"):
		case err != nil:
			fmt.Fprintf(s.sum, "%s\x00?", at)
		case info.IsDir():
			s.folder(at, depth+1)
		case info.Mode().IsRegular():
			s.file(at)
		}
	}
}

// objects adds the names, sizes and times of the files in a folder of objects.
func (s *summer) objects(dir string, depth int) {
	folders, err := readDir(dir)
	if err != nil && errkind.Exhausted(err) {
		s.err = err
	}
	for _, folder := range folders {
		if folder != "pack" && len(folder) != 2 {
			continue
		}
		names, err := readDir(filepath.Join(dir, folder))
		if err != nil && errkind.Exhausted(err) {
			s.err = err
		}
		for _, name := range names {
			if !s.more() {
				return
			}
			info, err := os.Stat(filepath.Join(dir, folder, name))
			if err != nil {
				continue
			}
			fmt.Fprintf(s.sum, "%s/%s\x00%d\x00%d\n", folder, name, info.Size(), changed(info))
		}
	}
	s.borrowed(dir, depth)
}

// borrowed adds the places that dir borrows from.
func (s *summer) borrowed(dir string, depth int) {
	list, err := readHead(filepath.Join(dir, "info", "alternates"), limit.AlternatesFile)
	if err != nil || depth == limit.AlternatesDepth {
		return
	}
	for line := range bytes.Lines(list) {
		place := string(bytes.TrimSpace(line))
		if place == "" || place[0] == '#' {
			continue
		}
		fmt.Fprintf(s.sum, "%s\n", place)
		if !filepath.IsAbs(place) {
			place = filepath.Join(dir, place)
		}
		s.objects(place, depth+1)
	}
}

// readDir is the names in a folder, sorted. What is no folder has none.
func readDir(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

// Shallow reports whether the mirror's history is cut off, as a clone with a
// depth has it.
func (r *Repo) Shallow() bool {
	info, err := os.Stat(filepath.Join(r.dir, "shallow"))
	return err == nil && info.Size() > 0
}

// cuts are the commits whose parents were cut off.
func (r *Repo) cuts() map[string]bool {
	if !r.Shallow() {
		return nil
	}
	text, err := readHead(filepath.Join(r.dir, "shallow"), limit.ShallowFile)
	if err != nil {
		return nil
	}
	cuts := map[string]bool{}
	for line := range bytes.Lines(text) {
		cuts[string(bytes.TrimSpace(line))] = true
	}
	return cuts
}

// PartialClone reports whether the mirror was made without all objects, the
// others to be fetched when they are needed; nothing is.
func (r *Repo) PartialClone() bool {
	names, _ := readDir(filepath.Join(r.dir, "objects", "pack")) // none can be read: none
	for _, name := range names {
		if strings.HasSuffix(name, ".promisor") {
			return true
		}
	}
	return false
}

// Lacked reports whether a commit that [Repo.At] or [Repo.Latest] came to was
// not in the mirror, or damaged: what they say may change once it is.
func (r *Repo) Lacked() bool { return r.lacked.Load() }
