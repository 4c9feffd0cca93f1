package bundle

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
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

// window is how far back the archive looks for what it had already: further than a data
// set is long.
const window = 128 << 20

// Pack makes the index and the archive of data sets, by date. The same files give the
// same bytes.
func Pack(parts []Part) (index, archive []byte, err error) {
	var out bytes.Buffer
	z, err := zstd.NewWriter(&out, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(window), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, nil, errkind.Errorf(errkind.Internal, "make a bundle: %w", err)
	}
	files := tar.NewWriter(z)
	var b Index
	for i := range parts {
		s, err := add(files, &parts[i])
		if err != nil {
			return nil, nil, errkind.Errorf(errkind.Storage, "make a bundle: %w", err)
		}
		b.Surveys = append(b.Surveys, *s)
	}
	if err := files.Close(); err != nil {
		return nil, nil, errkind.Errorf(errkind.Internal, "make a bundle: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, nil, errkind.Errorf(errkind.Internal, "make a bundle: %w", err)
	}
	sum := sha256.Sum256(out.Bytes())
	b.SHA256 = hex.EncodeToString(sum[:])
	index, err = json.MarshalIndent(b, "", "  ")
	return append(index, '\n'), out.Bytes(), err
}

// add puts a data set into the archive.
func add(files *tar.Writer, p *Part) (*Survey, error) {
	f, err := os.Open(filepath.Clean(p.Path))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	s := &Survey{Header: p.Header, Bytes: info.Size()}
	if err := files.WriteHeader(&tar.Header{Name: name(s), Mode: 0o600, Size: s.Bytes, Format: tar.FormatUSTAR}); err != nil {
		return nil, err
	}
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(files, h), f); err != nil {
		return nil, fmt.Errorf("%s: %w", p.Path, err)
	}
	s.SHA256 = hex.EncodeToString(h.Sum(nil))
	return s, nil
}
