package pack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// indexOf is an index of the objects named, which lie where the offsets say.
func indexOf(names []OID, offsets []uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\xfftOc\x00\x00\x00\x02")
	for first := range 256 {
		n := 0
		for _, name := range names {
			if int(name[0]) <= first {
				n++
			}
		}
		_ = binary.Write(&b, binary.BigEndian, uint32(n))
	}
	for _, name := range names {
		b.Write(name[:])
	}
	b.Write(make([]byte, 4*len(names)))
	for _, at := range offsets {
		_ = binary.Write(&b, binary.BigEndian, at)
	}
	b.Write(make([]byte, trailer))
	return b.Bytes()
}

// Whatever an index says, an object is found within the pack, or not at all.
func FuzzIndex(f *testing.F) {
	f.Add(indexOf([]OID{{1}, {2}, {2, 1}}, []uint32{12, 20, 99}), []byte{2})
	f.Add(indexOf([]OID{{0xff}}, []uint32{1<<31 | 5}), []byte{0xff})
	f.Add(indexOf(nil, nil), []byte{0})
	f.Fuzz(func(t *testing.T, data, name []byte) {
		const size = 1000
		p := &packed{index: &index{data: data}, size: size}
		if len(data) < nameStart+trailer || p.check() != nil {
			return
		}
		var oid OID
		copy(oid[:], name)
		at, row, err := p.find(&oid)
		if err == nil && at != -1 && (at < packStart || at >= size) {
			t.Errorf("found at %d of %d", at, size)
		}
		if err == nil && at != -1 && p.proves(row) {
			t.Error("proven before it was read")
		}
	})
}

// Stores that are open together have one copy of an index, unless the file changed.
func TestIndexesShare(t *testing.T) {
	t.Parallel()
	base := filepath.Join(t.TempDir(), "pack-1")
	write := func(data []byte, at time.Time) {
		t.Helper()
		if err := errors.Join(os.WriteFile(base+".idx", data, 0o600), os.Chtimes(base+".idx", at, at), os.WriteFile(base+".pack", make([]byte, 99), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	var known Indexes
	open := func() *packed {
		t.Helper()
		p, err := known.openPack(base, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = p.file.Close() })
		return p
	}
	noon := time.Date(2025, 12, 10, 12, 0, 0, 0, time.UTC)
	write(indexOf([]OID{{1}}, []uint32{12}), noon)
	first, second := open(), open()
	if first.index != second.index {
		t.Error("two copies of one index")
	}
	write(indexOf([]OID{{2}}, []uint32{12}), noon.Add(time.Second))
	third := open()
	if _, row, err := third.find(&OID{2}); row != 0 || err != nil {
		t.Errorf("a changed index: row %d, %v", row, err)
	}
	if _, row, err := first.find(&OID{1}); row != 0 || err != nil {
		t.Errorf("the index before: row %d, %v", row, err)
	}
}
