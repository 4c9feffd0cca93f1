package pack

import (
	"errors"
	"io"
)

// A pack is read in blocks: objects that are needed after one another mostly
// lie beside one another. Each block has some bytes of the next one at its end,
// so that few objects lie across.
const (
	blockSize = 8 << 10
	overlap   = 4 << 10
	slots     = 512
)

// blocks are the blocks that were read last.
type blocks struct {
	slot [slots]block
	wide []byte // what no block holds
}

type block struct {
	pack  *packed
	start int64
	data  []byte
}

// at is what p has at offset: n bytes, or what there is. It is valid until the
// next call.
func (b *blocks) at(p *packed, offset int64, n int) ([]byte, error) {
	n = int(min(int64(n), p.size-offset))
	if offset < packStart || n <= 0 {
		return nil, odd("an offset outside the pack")
	}
	start := offset - offset%blockSize
	skip := int(offset - start)
	if skip+n > blockSize+overlap {
		if cap(b.wide) < n {
			b.wide = make([]byte, n+n/4)
		}
		return read(p, offset, b.wide[:n])
	}
	k := &b.slot[start/blockSize%slots]
	if k.pack != p || k.start != start {
		if k.data == nil {
			k.data = make([]byte, blockSize+overlap)
		}
		k.pack = nil
		if _, err := read(p, start, k.data[:min(blockSize+overlap, p.size-start)]); err != nil {
			return nil, err
		}
		k.pack, k.start = p, start
	}
	return k.data[skip : skip+n], nil
}

// read fills data from the pack.
func read(p *packed, offset int64, data []byte) ([]byte, error) {
	n, err := p.file.ReadAt(data, offset)
	if n < len(data) {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, odd("pack: %v", err)
	}
	return data, nil
}
