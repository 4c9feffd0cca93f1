package attack

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A mirror is a bare repository that is written object by object, so that it may
// hold what git would not make.
type mirror struct {
	t   *testing.T
	dir string
}

// newMirror makes an empty repository at dir.
func newMirror(t *testing.T, dir string) *mirror {
	t.Helper()
	m := &mirror{t: t, dir: dir}
	for _, name := range []string{"objects/pack", "objects/info", "refs/heads", "refs/tags"} {
		m.must(os.MkdirAll(m.path(name), 0o755))
	}
	m.write("HEAD", "ref: refs/heads/main\n")
	m.write("config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
	return m
}

func (m *mirror) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *mirror) path(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

func (m *mirror) write(name, text string) {
	m.t.Helper()
	m.must(os.MkdirAll(filepath.Dir(m.path(name)), 0o755))
	m.must(os.WriteFile(m.path(name), []byte(text), 0o644))
}

// object stores an object and gives its name.
func (m *mirror) object(kind string, body []byte) string {
	m.t.Helper()
	whole := append(fmt.Appendf(nil, "%s %d\x00", kind, len(body)), body...)
	sum := sha1.Sum(whole)
	oid := hex.EncodeToString(sum[:])
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, err := w.Write(whole)
	m.must(err)
	m.must(w.Close())
	m.write("objects/"+oid[:2]+"/"+oid[2:], packed.String())
	return oid
}

func (m *mirror) blob(text string) string { m.t.Helper(); return m.object("blob", []byte(text)) }

// An entry is a line of a tree.
type entry struct{ mode, name, oid string }

// tree stores a tree. Entries must come in git's order.
func (m *mirror) tree(entries ...entry) string {
	m.t.Helper()
	var b bytes.Buffer
	for _, e := range entries {
		raw, err := hex.DecodeString(e.oid)
		m.must(err)
		fmt.Fprintf(&b, "%s %s\x00%s", e.mode, e.name, raw)
	}
	return m.object("tree", b.Bytes())
}

// person is who makes ordinary commits.
const person = "A Person <person@example.org>"

// commit stores an ordinary commit, made by a person at a time: seconds and
// offset, as git writes it.
func (m *mirror) commit(tree, at string, parents ...string) string {
	m.t.Helper()
	return m.raw(tree, "author "+person+" "+at+"\ncommitter "+person+" "+at+"\n", parents...)
}

// raw stores a commit with these lines behind its tree and parents.
func (m *mirror) raw(tree, lines string, parents ...string) string {
	m.t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "tree %s\n", tree)
	for _, p := range parents {
		fmt.Fprintf(&b, "parent %s\n", p)
	}
	b.WriteString(lines + "\nmessage\n")
	return m.object("commit", []byte(b.String()))
}

// main points the main branch at a commit.
func (m *mirror) main(oid string) { m.t.Helper(); m.write("refs/heads/main", oid+"\n") }

// Times of ordinary commits.
const (
	past   = "1500000000 +0000" // 2017-07-14
	recent = "1760000000 +0000" // 2025-10-09
)

// plain makes an ordinary repository: a Rust program, with two commits.
func plain(m *mirror) {
	m.t.Helper()
	first := m.commit(m.tree(entry{"100644", "main.rs", m.blob("fn main() {}\n")}), past)
	m.main(m.commit(m.tree(entry{"100644", "main.rs", m.blob("fn main() { println!(\"good\"); }\n")}), recent, first))
}

// zeroBlob writes the loose object of a blob of zero bytes to a file, and gives
// its name.
func zeroBlob(t *testing.T, size int64) (oid, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "blob")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	sum, packed := sha1.New(), zlib.NewWriter(f)
	both := io.MultiWriter(sum, packed)
	chunk := make([]byte, 1<<20)
	_, err = fmt.Fprintf(both, "blob %d\x00", size)
	for left := size; left > 0 && err == nil; left -= int64(len(chunk)) {
		_, err = both.Write(chunk[:min(left, int64(len(chunk)))])
	}
	if err == nil {
		err = packed.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil)), path
}
