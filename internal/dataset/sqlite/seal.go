package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"

	"assay/internal/errkind"
)

// The seal of a file is the checksum (CRC-32C) of all its bytes but the seal itself. It
// stands in the four bytes of SQLite's header that are the program's own to use
// ("user version"). SQLite would give back what the disk has changed without a word.
const (
	sealAt   = 60
	sealSize = 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errSeal: the bytes of a file are not those that were written.
var errSeal = errors.New("it is damaged: its checksum does not match")

// seal writes the seal of a file.
func seal(path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum, _, err := sums(f)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(binary.BigEndian.AppendUint32(nil, sum), sealAt)
	return err
}

// sealed reports whether the seal of a file is whole.
func sealed(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum, said, err := sums(f)
	if err == nil && sum != said {
		err = errSeal
	}
	if err != nil {
		return errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	}
	return nil
}

// sums gives the checksum of a file, and the one that its seal says.
func sums(f io.Reader) (sum, said uint32, err error) {
	head := make([]byte, sealAt+sealSize)
	if _, err := io.ReadFull(f, head); err != nil {
		return 0, 0, err
	}
	said = binary.BigEndian.Uint32(head[sealAt:])
	clear(head[sealAt:])
	h := crc32.New(castagnoli)
	_, _ = h.Write(head) // a hash takes everything
	_, err = io.CopyBuffer(h, onlyReader{f}, make([]byte, 64<<10))
	return h.Sum32(), said, err
}

// An onlyReader has io.CopyBuffer use the buffer.
type onlyReader struct{ io.Reader }

// Same reports whether two files have the same bytes.
func Same(a, b string) (same bool, err error) {
	var sums [2][sha256.Size]byte
	for i, path := range []string{a, b} {
		f, err := os.Open(path)
		if err != nil {
			return false, errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
		}
		h := sha256.New()
		_, err = io.CopyBuffer(h, onlyReader{f}, make([]byte, 64<<10))
		if err := errors.Join(err, f.Close()); err != nil {
			return false, errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
		}
		h.Sum(sums[i][:0])
	}
	return sums[0] == sums[1], nil
}
