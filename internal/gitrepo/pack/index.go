package pack

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"os"
)

// A packed is a pack with its index.
type packed struct {
	file  *os.File
	size  int64 // without the checksum at its end
	index []byte
	count int
	// fan[b] is where the names that begin with byte b start, fan[b+1] where
	// they end.
	fan [257]int
	// proven has a bit for each object that was held against its name.
	proven []uint64
}

// The parts of an index, version 2: magic, fan-out, names, checksums, offsets,
// large offsets, two checksums.
const (
	fanStart  = 8
	nameStart = fanStart + 256*4
	nameSize  = len(OID{})
	trailer   = 2 * nameSize
	rowSize   = nameSize + 4 + 4
	packStart = 12 // where the first object of a pack is
)

// openPack opens the pack at base, whose index may have limit bytes.
func openPack(base string, limit int64) (*packed, error) {
	f, size, err := openFile(base + ".idx")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size < int64(nameStart+trailer) || size > limit {
		return nil, odd("an index of %d bytes", size)
	}
	p := &packed{index: make([]byte, size)}
	if _, err := io.ReadFull(f, p.index); err != nil {
		return nil, odd("index: %v", err)
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	if p.file, p.size, err = openFile(base + ".pack"); err != nil {
		return nil, err
	}
	p.size -= int64(nameSize)
	return p, nil
}

// check makes sure that all parts of the index are where they should be.
func (p *packed) check() error {
	if !bytes.HasPrefix(p.index, []byte("\xfftOc\x00\x00\x00\x02")) {
		return odd("an index that is not of version 2")
	}
	for b := range 256 {
		p.fan[b+1] = int(binary.BigEndian.Uint32(p.index[fanStart+4*b:]))
		if p.fan[b+1] < p.fan[b] {
			return odd("an index whose counts go down")
		}
	}
	p.count = p.fan[256]
	large := len(p.index) - nameStart - trailer - p.count*rowSize
	if large < 0 || large%8 != 0 {
		return odd("an index of the wrong size")
	}
	return nil
}

// name is the name of the i-th object.
func (p *packed) name(i int) []byte {
	at := nameStart + i*nameSize
	return p.index[at : at+nameSize]
}

// proves reports whether the i-th object was held against its name.
func (p *packed) proves(i int) bool {
	return i/64 < len(p.proven) && p.proven[i/64]&(1<<(i%64)) != 0
}

// prove notes that the i-th object was held against its name.
func (p *packed) prove(i int) {
	if p.proven == nil {
		p.proven = make([]uint64, (p.count+63)/64)
	}
	p.proven[i/64] |= 1 << (i % 64)
}

// find is where the object is in the pack, and its number in the index; -1 where
// it is not.
func (p *packed) find(oid *OID) (offset int64, i int, err error) {
	low, high := p.fan[oid[0]], p.fan[int(oid[0])+1]
	// Names are spread evenly: the second to fifth byte tell about where it is.
	guess := low + int(uint64(binary.BigEndian.Uint32(oid[1:5]))*uint64(high-low)>>32) //nolint:gosec // no part is negative, and the guess lies between low and high
	want := binary.BigEndian.Uint64(oid[:])
	for step := 8; low < high; {
		if guess < low || guess >= high {
			guess = (low + high) / 2
		}
		name := p.name(guess)
		order := cmp.Compare(binary.BigEndian.Uint64(name), want)
		if order == 0 {
			order = bytes.Compare(name, oid[:])
		}
		switch {
		case order == 0:
			offset, err = p.offset(guess)
			return offset, guess, err
		case order < 0:
			low = guess + 1
			guess += step
		default:
			high = guess
			guess -= step
		}
		step *= 4
	}
	return -1, -1, nil
}

// offset is where the i-th object is in the pack.
func (p *packed) offset(i int) (int64, error) {
	offsets := nameStart + p.count*(nameSize+4)
	at := uint64(binary.BigEndian.Uint32(p.index[offsets+4*i:]))
	if at&(1<<31) != 0 {
		row := offsets + 4*p.count + 8*int(at&^(1<<31)) //nolint:gosec // less than 1<<31
		if row+8 > len(p.index)-trailer {
			return 0, odd("an index with an offset outside of it")
		}
		at = binary.BigEndian.Uint64(p.index[row:])
	}
	if at < packStart || at >= uint64(max(p.size, 0)) {
		return 0, odd("an index that points outside the pack")
	}
	return int64(at), nil //nolint:gosec // less than the size of the pack
}
