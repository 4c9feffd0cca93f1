package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"assay/internal/errkind"
	"assay/internal/store"
)

// A Part is a data set that is to be bundled: the file, and the survey that it is of.
type Part struct {
	store.Header
	Path string
}

// window is how far back the archive looks for what it had already: further than all data
// sets are long.
const window = 128 << 20

// chunk is how much of each data set follows in turn: what surveys of two days have in
// common is then near enough to be found.
const chunk = 1 << 20

// Pack makes the index and the archive of data sets, which are in the order of their
// dates. The same files give the same bytes.
func Pack(parts []Part) (index, archive []byte, err error) {
	var out bytes.Buffer
	z, err := zstd.NewWriter(&out, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(window), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, nil, errkind.Errorf(errkind.Internal, "make a bundle: %w", err)
	}
	var b Index
	files := make([]io.Reader, 0, len(parts))
	sums := make([]func() string, 0, len(parts))
	for i := range parts {
		f, err := os.Open(filepath.Clean(parts[i].Path))
		if err != nil {
			return nil, nil, errkind.Errorf(errkind.Storage, "make a bundle: %w", err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return nil, nil, errkind.Errorf(errkind.Storage, "make a bundle: %w", err)
		}
		h := sha256.New()
		files = append(files, io.TeeReader(f, h))
		sums = append(sums, func() string { return hex.EncodeToString(h.Sum(nil)) })
		b.Surveys = append(b.Surveys, Survey{Header: parts[i].Header, Bytes: info.Size()})
	}
	err = inTurn(b.Surveys, func(i int, n int64) error {
		_, err := io.CopyN(z, files[i], n)
		return err
	})
	if err := errors.Join(err, z.Close()); err != nil {
		return nil, nil, errkind.Errorf(errkind.Storage, "make a bundle: %w", err)
	}
	for i := range b.Surveys {
		b.Surveys[i].SHA256 = sums[i]()
	}
	sum := sha256.Sum256(out.Bytes())
	b.SHA256 = hex.EncodeToString(sum[:])
	index, err = json.MarshalIndent(b, "", "  ")
	return append(index, '\n'), out.Bytes(), err
}

// inTurn calls f with the number of a data set and the length of its next piece, for the
// pieces in the order of the archive.
func inTurn(surveys []Survey, f func(i int, n int64) error) error {
	for at, more := int64(0), true; more; at += chunk {
		more = false
		for i := range surveys {
			n := min(chunk, surveys[i].Bytes-at)
			if n <= 0 {
				continue
			}
			more = true
			if err := f(i, n); err != nil {
				return err
			}
		}
	}
	return nil
}
