package gitrepo

import "slices"

// A text keeps what the slices of a commit point into, until it is cleared. It
// grows by pieces: what it holds stays where it is.
type text struct {
	piece []byte
	held  int // bytes in all pieces
}

// pieceSize is the room of a piece, in bytes.
const pieceSize = 1 << 20

// room gives n bytes to write into, at the end of what is held.
func (t *text) room(n int) []byte {
	if cap(t.piece)-len(t.piece) < n {
		size := pieceSize
		if t.held == 0 {
			size = pieceSize / 16 // most commits are small
		}
		t.piece = make([]byte, 0, max(size, n))
	}
	start := len(t.piece)
	t.piece = t.piece[:start+n]
	t.held += n
	return t.piece[start : start+n : start+n]
}

// keep copies b to where it stays.
func (t *text) keep(b []byte) []byte {
	kept := t.room(len(b))
	copy(kept, b)
	return kept
}

// clear forgets what is held. The last piece is used again.
func (t *text) clear() { t.piece, t.held = t.piece[:0], 0 }

// roomKept is how many changes room is kept for from one commit to the next.
const roomKept = 1 << 16

// none is changes made empty, for the next commit. What a large commit took is
// let go.
func none(changes []Change) []Change {
	if cap(changes) > roomKept {
		return nil
	}
	return changes[:0]
}

// add appends by doubling: for long slices append alone takes steps so small
// that what it leaves behind is several times what is there.
func add[T any](all []T, one T) []T {
	if len(all) == cap(all) {
		all = slices.Grow(all, max(len(all), 16))
	}
	return append(all, one)
}
