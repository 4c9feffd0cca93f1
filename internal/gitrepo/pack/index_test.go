package pack

import (
	"bytes"
	"encoding/binary"
	"testing"
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
	f.Fuzz(func(t *testing.T, index, name []byte) {
		const size = 1000
		p := &packed{index: index, size: size}
		if len(index) < nameStart+trailer || p.check() != nil {
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
