package pack

import (
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/zlib"
)

// An inflater inflates, and uses its tables again.
type inflater struct {
	source bytes.Reader
	reader io.ReadCloser
}

// all fills out with what source inflates to, which must be that much. What
// follows in source is not looked at.
func (f *inflater) all(out, source []byte) error {
	if err := f.reset(source); err != nil {
		return err
	}
	if _, err := io.ReadFull(f.reader, out); err != nil {
		return odd("inflate: %v", err)
	}
	var more [1]byte // reading on is what checks the sum
	if n, err := f.reader.Read(more[:]); n != 0 || !errors.Is(err, io.EOF) {
		return odd("inflate: no end where the end should be: %v", err)
	}
	return nil
}

// reset begins with source.
func (f *inflater) reset(source []byte) (err error) {
	f.source.Reset(source)
	if again, ok := f.reader.(zlib.Resetter); ok {
		err = again.Reset(&f.source, nil)
	} else {
		f.reader, err = zlib.NewReader(&f.source)
	}
	if err != nil {
		return odd("inflate: %v", err)
	}
	return nil
}
