package pack

import "assay/internal/limit"

// apply makes the object that delta makes of source.
func apply(source, delta []byte) ([]byte, error) {
	size, delta, ok := varint(delta)
	if !ok || size != len(source) {
		return nil, odd("a delta for another object")
	}
	size, delta, ok = varint(delta)
	if !ok || size > limit.PackObject {
		return nil, odd("a delta of %d bytes", size)
	}
	out := make([]byte, 0, size)
	for len(delta) > 0 {
		op := delta[0]
		part := delta[1:]
		if op&0x80 == 0 {
			n := int(op)
			if n == 0 || n > len(part) {
				return nil, odd("a delta that breaks off")
			}
			part, delta = part[:n], part[n:]
		} else {
			start, n, rest, ok := span(op, part)
			if !ok || start > len(source) || n > len(source)-start {
				return nil, odd("a delta that copies from outside")
			}
			part, delta = source[start:start+n], rest
		}
		if len(part) > size-len(out) {
			return nil, odd("a delta that makes too much")
		}
		out = append(out, part...)
	}
	if len(out) != size {
		return nil, odd("a delta that makes too little")
	}
	return out, nil
}

// span reads the operands of a copy.
func span(op byte, delta []byte) (start, size int, rest []byte, ok bool) {
	for k := range 7 {
		if op&(1<<k) == 0 {
			continue
		}
		if len(delta) == 0 {
			return 0, 0, nil, false
		}
		if k < 4 {
			start |= int(delta[0]) << (8 * k)
		} else {
			size |= int(delta[0]) << (8 * (k - 4))
		}
		delta = delta[1:]
	}
	if size == 0 {
		size = 1 << 16
	}
	return start, size, delta, true
}

// varint reads a size, seven bits a byte, the lowest first.
func varint(data []byte) (n int, rest []byte, ok bool) {
	for i, c := range data {
		if i == 5 {
			break // more than any size that we take
		}
		n |= int(c&0x7f) << (7 * i)
		if c&0x80 == 0 {
			return n, data[i+1:], true
		}
	}
	return 0, nil, false
}
