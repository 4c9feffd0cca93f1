package pack

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1" //nolint:gosec // it is git's
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"assay/internal/limit"
)

// The kinds of objects, as packs number them.
const (
	kindCommit   = 1
	kindTree     = 2
	kindBlob     = 3
	kindOfsDelta = 6
	kindRefDelta = 7
)

// A link is an object of a pack that was found on the way to what it is a
// delta of.
type link struct {
	key   uint64
	pack  *packed
	start int64 // of what is deflated
	size  int   // inflated
}

// A place is an object's in a pack.
type place struct {
	number int // of the pack
	offset int64
}

// key is the place as one number.
func (p place) key() uint64 {
	return uint64(p.number)<<48 | uint64(p.offset) //nolint:gosec // not negative; see Store.place
}

// Blob is the content of a blob.
func (s *Store) Blob(oid *OID) ([]byte, error) { return s.get(oid, kindBlob) }

// Commit is the content of a commit, valid until the next call.
func (s *Store) Commit(oid *OID) ([]byte, error) { return s.get(oid, kindCommit) }

// get is the content of an object of the kind wanted. It is not to be changed,
// and a commit is valid until the next call. Content that the name is not of is
// refused: an index may point anywhere.
func (s *Store) get(oid *OID, kind byte) ([]byte, error) {
	at, err := s.place(oid)
	if err != nil {
		return nil, err
	}
	var o object
	if at != nil {
		o, err = s.packedObject(at.at)
	} else {
		o, err = s.loose(oid)
	}
	if err != nil {
		return nil, err
	}
	if o.kind != kind {
		return nil, odd("%x is of kind %d and not %d", oid[:], o.kind, kind)
	}
	if at != nil && s.packs[at.at.number].proves(at.row) {
		return o.data, nil
	}
	if s.name(&o) != *oid {
		return nil, fmt.Errorf("%w: %x", ErrForged, oid[:])
	}
	if at != nil {
		s.packs[at.at.number].prove(at.row)
	}
	return o.data, nil
}

// words are the kinds as the names of objects have them.
var words = map[byte]string{kindCommit: "commit", kindTree: "tree", kindBlob: "blob"}

// name is the name that an object has by its content.
func (s *Store) name(o *object) OID {
	if s.sum == nil {
		s.sum = sha1.New() //nolint:gosec // it is git's
	}
	s.sum.Reset()
	head := append(append(s.head[:0], words[o.kind]...), ' ')
	s.head = append(strconv.AppendInt(head, int64(len(o.data)), 10), 0)
	s.sum.Write(s.head)
	s.sum.Write(o.data)
	s.head = s.sum.Sum(s.head[:0])
	return OID(s.head)
}

// memos is how many places are remembered: a tree is asked for twice, as what
// was before a commit and as what was after one.
const memos = 1 << 12

type memo struct {
	oid OID
	at  place
	row int // in the index of the pack
}

// place finds an object in the packs; nil where it is in none.
func (s *Store) place(oid *OID) (*memo, error) {
	m := &s.memo[binary.BigEndian.Uint16(oid[:])%memos]
	if m.oid == *oid && m.at.offset > 0 {
		return m, nil
	}
	for i := range s.packs {
		k := (s.last + i) % len(s.packs)
		offset, row, err := s.packs[k].find(oid)
		if err != nil || offset >= 1<<48 {
			return nil, odd("%x: %v", oid[:], err)
		}
		if offset >= 0 {
			s.last = k
			*m = memo{oid: *oid, at: place{k, offset}, row: row}
			return m, nil
		}
	}
	return nil, nil
}

// packedObject reads an object of a pack: down the deltas to a whole one or one
// that is remembered, and up again.
func (s *Store) packedObject(at place) (object, error) {
	s.chain = s.chain[:0]
	var o object
	for {
		known, ok := s.cache.get(at.key())
		if ok {
			o = known
			break
		}
		h, err := s.header(at)
		if err != nil {
			return o, err
		}
		if h.kind != kindOfsDelta && h.kind != kindRefDelta {
			if o, err = s.whole(at, h); err != nil {
				return o, err
			}
			break
		}
		if len(s.chain) == limit.PackDeltas {
			return o, odd("more than %d deltas upon one another", limit.PackDeltas)
		}
		s.chain = append(s.chain, link{at.key(), s.packs[at.number], h.start, h.size})
		at = h.base
	}
	return s.unchain(o)
}

// whole reads an object that is no delta. Commits are read once each, so they
// are kept only as what others are deltas of.
func (s *Store) whole(at place, h header) (object, error) {
	o := object{kind: h.kind}
	once := h.kind == kindCommit && len(s.chain) == 0
	if once {
		if cap(s.scratch) < h.size {
			s.scratch = make([]byte, h.size+h.size/4)
		}
		o.data = s.scratch[:h.size]
	} else {
		o.data = make([]byte, h.size)
	}
	if err := s.fill(o.data, s.packs[at.number], h.start); err != nil {
		return o, err
	}
	if !once {
		s.cache.put(at.key(), o)
	}
	return o, nil
}

// unchain applies the deltas of the chain to o, the last first.
func (s *Store) unchain(o object) (object, error) {
	for i, l := range slices.Backward(s.chain) {
		if cap(s.delta) < l.size {
			s.delta = make([]byte, l.size+l.size/4)
		}
		delta := s.delta[:l.size]
		if err := s.fill(delta, l.pack, l.start); err != nil {
			return o, err
		}
		data, err := apply(o.data, delta)
		if err != nil {
			return o, err
		}
		o.data = data
		if err := s.spend(0, len(data)); err != nil {
			return o, err
		}
		if o.kind != kindCommit || i > 0 {
			s.cache.put(l.key, o)
		}
	}
	return o, nil
}

// fill inflates what is at start of the pack.
func (s *Store) fill(data []byte, p *packed, start int64) error {
	if err := s.spend(0, len(data)); err != nil {
		return err
	}
	const slack = 64 // what deflating adds at worst, with an eighth
	source, err := s.blocks.at(p, start, len(data)+len(data)/8+slack)
	if err != nil {
		return err
	}
	return s.inflate.all(data, source)
}

// A header is what stands before the content of an object in a pack.
type header struct {
	kind  byte
	size  int   // inflated
	start int64 // of the content
	base  place // what it is a delta of
}

// maxHeader is the longest header.
const maxHeader = 48

func (s *Store) header(at place) (h header, err error) {
	p := s.packs[at.number]
	data, err := s.blocks.at(p, at.offset, maxHeader)
	if err != nil {
		return h, err
	}
	h, rest, ok := parseHeader(data)
	if !ok {
		return h, odd("a broken header at %d", at.offset)
	}
	switch h.kind {
	case kindOfsDelta:
		var back int64
		if back, rest, ok = distance(rest); !ok || back <= 0 || back > at.offset-packStart {
			return h, odd("a delta of what is outside the pack")
		}
		h.base = place{at.number, at.offset - back}
	case kindRefDelta:
		if len(rest) < nameSize {
			return h, odd("a broken header at %d", at.offset)
		}
		base := OID(rest[:nameSize])
		rest = rest[nameSize:]
		offset, _, err := p.find(&base)
		if err != nil || offset < 0 {
			return h, odd("a delta of what is not in the pack: %v", err)
		}
		h.base = place{at.number, offset}
	}
	h.start = at.offset + int64(len(data)-len(rest))
	return h, nil
}

// parseHeader reads kind and size.
func parseHeader(data []byte) (h header, rest []byte, ok bool) {
	c := data[0]
	h.kind, h.size = c>>4&7, int(c&15)
	rest = data[1:]
	for shift := 4; c&0x80 != 0; shift += 7 {
		if len(rest) == 0 || shift > 25 {
			return h, nil, false // more than any size that we take
		}
		c, rest = rest[0], rest[1:]
		h.size |= int(c&0x7f) << shift
	}
	return h, rest, h.size <= limit.PackObject
}

// distance reads how far before a delta its base is.
func distance(data []byte) (back int64, rest []byte, ok bool) {
	for i, c := range data {
		if i == 7 {
			break // more than any pack
		}
		back = back<<7 | int64(c&0x7f)
		if c&0x80 == 0 {
			return back, data[i+1:], true
		}
		back++
	}
	return 0, nil, false
}

// kinds are the words that loose objects begin with.
var kinds = map[string]byte{"commit": kindCommit, "tree": kindTree, "blob": kindBlob}

// loose reads an object that is a file.
func (s *Store) loose(oid *OID) (o object, err error) {
	if o, ok := s.files.get(*oid); ok {
		return o, nil
	}
	name := hex.EncodeToString(oid[:])
	f, size, err := openFile(filepath.Join(s.objects, name[:2], name[2:]))
	if err != nil {
		return o, err
	}
	defer f.Close()
	if o, err = readLoose(f, size); err != nil {
		return o, err
	}
	s.files.put(*oid, o)
	return o, s.spend(0, len(o.data))
}

func readLoose(f *os.File, size int64) (o object, err error) {
	if size > limit.PackObject {
		return o, odd("a loose object of %d bytes", size)
	}
	source := make([]byte, size)
	if _, err := io.ReadFull(f, source); err != nil {
		return o, odd("loose object: %v", err)
	}
	reader, err := zlib.NewReader(bytes.NewReader(source))
	if err != nil {
		return o, odd("loose object: %v", err)
	}
	all, err := io.ReadAll(io.LimitReader(reader, limit.PackObject+1))
	if err != nil || len(all) > limit.PackObject {
		return o, odd("loose object: %d bytes: %v", len(all), err)
	}
	head, data, ok := bytes.Cut(all, []byte{0})
	kind, length, fine := bytes.Cut(head, []byte(" "))
	if n, err := strconv.Atoi(string(length)); !ok || !fine || err != nil || n != len(data) {
		return o, odd("loose object: a broken header")
	}
	return object{kinds[string(kind)], data}, nil
}
