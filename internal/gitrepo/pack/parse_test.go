package pack

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	t.Parallel()
	source := "0123456789"
	for _, c := range []struct{ what, delta, want string }{
		{"copy and insert", "\x0a\x07\x91\x02\x03\x04abcd", "234abcd"},
		{"nothing", "\x0a\x00", ""},
		{"another source", "\x09\x00", "!"},
		{"copy from outside", "\x0a\x03\x91\x08\x03", "!"},
		{"copy of 64 KiB", "\x0a\x03\x80", "!"},
		{"operands cut", "\x0a\x03\x91\x08", "!"},
		{"insert cut", "\x0a\x03\x04abc", "!"},
		{"reserved", "\x0a\x00\x00", "!"},
		{"too much", "\x0a\x03\x04abcd", "!"},
		{"too little", "\x0a\x05\x04abcd", "!"},
		{"too large", "\x0a\xff\xff\xff\xff\x0f", "!"},
		{"size without end", "\x0a\xff\xff\xff\xff\xff\xff\xff", "!"},
		{"empty", "", "!"},
	} {
		out, err := apply([]byte(source), []byte(c.delta))
		if err != nil {
			out = []byte("!")
		}
		if string(out) != c.want || err != nil && !errors.Is(err, ErrOdd) && !errors.Is(err, ErrForged) {
			t.Errorf("%s: %q, %v, want %q", c.what, out, err, c.want)
		}
	}
}

const header1 = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 1111111111111111111111111111111111111111\n"

func TestParseCommit(t *testing.T) {
	t.Parallel()
	who := "author A B <a@example.org> 1 +0000\ncommitter C <c@example.org> 1700000000 -0130\n"
	h, err := parseCommit([]byte(header1+who+"encoding UTF-8\ngpgsig x\n author y\n\nauthor z\n"), nil)
	if err != nil || string(h.name) != "A B" || string(h.mail) != "a@example.org" || h.time != 1700000000 || len(h.parents) != 1 || h.parents[0][0] != 0x11 {
		t.Errorf("%+v, %v", h, err)
	}
	for what, text := range map[string]string{
		"another encoding": header1 + who + "encoding ISO-8859-1\n\nm",
		"no tree":          who + "\nm",
		"broken parent":    header1 + "parent 1\n" + who + "\nm",
		"a late parent":    header1 + who + "parent 1111111111111111111111111111111111111111\n\nm",
		"NUL":              strings.Replace(header1+who, "A B", "A\x00B", 1),
		"nothing":          "",
	} {
		if _, err := parseCommit([]byte(text), nil); !errors.Is(err, ErrOdd) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestParseEntry(t *testing.T) {
	t.Parallel()
	oid := strings.Repeat("x", 20)
	for text, want := range map[string]uint32{
		"100644 a\x00" + oid: 0o100644, "100664 a\x00" + oid: 0o100644, "100775 a\x00" + oid: 0o100755,
		"40000 a\x00" + oid: 0o40000, "040000 a\x00" + oid: 0o40000, "120000 a\x00" + oid: 0o120000, "160000 a\x00" + oid: 0o160000,
		"10064x a\x00" + oid: 0, "a\x00" + oid: 0, "100644 a\x00" + oid[1:]: 0, "100644 \x00" + oid: 0, "100644 a": 0, "100644": 0, "": 0,
	} {
		e, size, err := parseEntry([]byte(text))
		if e.Mode != want || (err == nil) != (want != 0) || want != 0 && size != len(text) {
			t.Errorf("%q: mode %o, size %d, %v", text, e.Mode, size, err)
		}
	}
}

// Whatever the files are, they are refused and do no harm.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	empty := append([]byte("\xfftOc\x00\x00\x00\x02"), make([]byte, 256*4+40)...)
	one := bytes.Clone(empty)
	one[8+256*4-1] = 1
	down := bytes.Clone(empty)
	down[8+3] = 1
	for what, index := range map[string][]byte{
		"no index": {}, "another version": bytes.Repeat([]byte("x"), 2000), "short": empty[:1000], "long": append(empty, 0),
		"counts more than it has": one, "counts down": down,
	} {
		dir := t.TempDir()
		write(t, dir, "objects/pack/pack-1.idx", index)
		write(t, dir, "objects/pack/pack-1.pack", []byte("PACK"))
		if _, err := Open(dir, new(Indexes)); !errors.Is(err, ErrOdd) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, name := range []string{"shallow", "objects/info/alternates"} {
		dir := t.TempDir()
		write(t, dir, name, nil)
		if _, err := Open(dir, new(Indexes)); !errors.Is(err, ErrOdd) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// An index of one object that points anywhere gives an object or ErrOdd.
func FuzzObject(f *testing.F) {
	f.Add([]byte("\x31\x78\x9c\x4b\x04\x00\x00\x62\x00\x62"), uint32(12))
	f.Add([]byte("\x61\x00\x78\x9c\x4b\x04\x00\x00\x62\x00\x62"), uint32(12))
	f.Add([]byte("\x71aaaaaaaaaaaaaaaaaaaa\x78\x9c\x4b\x04\x00\x00\x62\x00\x62"), uint32(12))
	f.Add([]byte("\xff\xff\xff\xff\xff"), uint32(1<<31))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, offset uint32) {
		oid := OID(bytes.Repeat([]byte("a"), 20))
		index := []byte("\xfftOc\x00\x00\x00\x02")
		for b := range 256 {
			index = append(index, 0, 0, 0, byte(min(b/'a', 1)))
		}
		index = append(append(index, oid[:]...), 0, 0, 0, 0)
		index = append(index, byte(offset>>24), byte(offset>>16), byte(offset>>8), byte(offset))
		index = append(index, make([]byte, 40)...)
		write(t, dir, "objects/pack/pack-1.idx", index)
		write(t, dir, "objects/pack/pack-1.pack", append(append([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x01"), data...), make([]byte, 20)...))
		s, err := Open(dir, new(Indexes))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Blob(&oid); err != nil && !errors.Is(err, ErrOdd) && !errors.Is(err, ErrForged) {
			t.Error(err)
		}
	})
}

func FuzzApply(f *testing.F) {
	f.Add([]byte("0123456789"), []byte("\x0a\x07\x91\x02\x03\x04abcd"))
	f.Fuzz(func(t *testing.T, source, delta []byte) {
		if _, err := apply(source, delta); err != nil && !errors.Is(err, ErrOdd) && !errors.Is(err, ErrForged) {
			t.Error(err)
		}
	})
}

func FuzzCommit(f *testing.F) {
	f.Add([]byte(header1 + "author A <a> 1 +0000\ncommitter C <c> 1 +0000\n\nm"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := parseCommit(data, nil); err != nil && !errors.Is(err, ErrOdd) && !errors.Is(err, ErrForged) {
			t.Error(err)
		}
	})
}

// Two trees of anything are compared to an end.
func FuzzTrees(f *testing.F) {
	oid := strings.Repeat("x", 20)
	f.Add([]byte("100644 a\x00"+oid+"160000 b\x00"+oid), []byte("100755 a\x00"+oid+"120000 c\x00"+oid))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		d := differ{ctx: context.Background(), store: &Store{objects: "/nonexistent"}, fn: func(*Change) error { return nil }}
		if err := d.entries(a, b); err != nil && !errors.Is(err, ErrOdd) && !errors.Is(err, ErrForged) {
			t.Error(err)
		}
	})
}
