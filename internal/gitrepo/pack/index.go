package pack

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"os"
	"sync"
	"time"
	"weak"
)

// A packed is a pack with its index.
type packed struct {
	*index
	file *os.File
	size int64 // without the checksum at its end
	// proven has a bit for each object that was held against its name.
	proven []uint64
}

// An index says where the objects of a pack are.
type index struct {
	data  []byte
	count int
	// fan[b] is where the names that begin with byte b start, fan[b+1] where
	// they end.
	fan     [257]int
	written time.Time // the file, when it was read
}

// Indexes are the indexes that the stores of one git directory have read: those that
// are open together have one copy. Any number of goroutines may use it; the zero
// value is ready.
type Indexes struct {
	mu    sync.Mutex
	known map[string]weak.Pointer[index]
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
func (x *Indexes) openPack(base string, limit int64) (*packed, error) {
	known, err := x.read(base+".idx", limit)
	if err != nil {
		return nil, err
	}
	p := &packed{index: known}
	if p.file, p.size, err = openFile(base + ".pack"); err != nil {
		return nil, err
	}
	p.size -= int64(nameSize)
	return p, nil
}

// read is the index in the file of that name, which may have limit bytes.
func (x *Indexes) read(name string, limit int64) (*index, error) {
	f, info, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := info.Size()
	if size < int64(nameStart+trailer) || size > limit {
		return nil, odd("an index of %d bytes", size)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if known := x.known[name].Value(); known != nil && int64(len(known.data)) == size && known.written.Equal(info.ModTime()) {
		return known, nil
	}
	i := &index{data: make([]byte, size), written: info.ModTime()}
	if _, err := io.ReadFull(f, i.data); err != nil {
		return nil, odd("index: %v", err)
	}
	if err := i.check(); err != nil {
		return nil, err
	}
	if x.known == nil {
		x.known = map[string]weak.Pointer[index]{}
	}
	x.known[name] = weak.Make(i)
	return i, nil
}

// check makes sure that all parts of the index are where they should be.
func (x *index) check() error {
	if !bytes.HasPrefix(x.data, []byte("\xfftOc\x00\x00\x00\x02")) {
		return odd("an index that is not of version 2")
	}
	for b := range 256 {
		x.fan[b+1] = int(binary.BigEndian.Uint32(x.data[fanStart+4*b:]))
		if x.fan[b+1] < x.fan[b] {
			return odd("an index whose counts go down")
		}
	}
	x.count = x.fan[256]
	large := len(x.data) - nameStart - trailer - x.count*rowSize
	if large < 0 || large%8 != 0 {
		return odd("an index of the wrong size")
	}
	return nil
}

// name is the name of the i-th object.
func (x *index) name(i int) []byte {
	at := nameStart + i*nameSize
	return x.data[at : at+nameSize]
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
	at := uint64(binary.BigEndian.Uint32(p.data[offsets+4*i:]))
	if at&(1<<31) != 0 {
		row := offsets + 4*p.count + 8*int(at&^(1<<31)) //nolint:gosec // less than 1<<31
		if row+8 > len(p.data)-trailer {
			return 0, odd("an index with an offset outside of it")
		}
		at = binary.BigEndian.Uint64(p.data[row:])
	}
	if at < packStart || at >= uint64(max(p.size, 0)) {
		return 0, odd("an index that points outside the pack")
	}
	return int64(at), nil //nolint:gosec // less than the size of the pack
}
