// Package bundle is the data sets that the program carries: ready surveys of the CNCF,
// which answer where there is no store.
//
// The program holds an index and one archive of all data sets, compressed with zstd: a
// piece of each in turn, since surveys of two days have much in common. The archive is
// unpacked once into a folder for caches. A data set is used when its bytes are those that
// the index names.
package bundle

import (
	"context"
	"crypto/sha256"
	_ "embed" // the bundle
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

// An Index says what is in the bundle.
type Index struct {
	// Surveys, by date.
	Surveys []Survey `json:"surveys"`
	// SHA256 of the archive, in hexadecimal.
	SHA256 string `json:"sha256"`
}

// A Survey is a survey that the bundle has the data set of.
type Survey struct {
	store.Header
	// Bytes and SHA256 of the data set's file.
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// The bundle of this program.
var (
	//go:embed bundle.json
	index string
	//go:embed bundle.zst
	archive string
)

// Ours is the bundle that the program carries.
func Ours() (*Bundle, error) { return New([]byte(index), archive) }

// A Bundle is an index and the archive of its data sets.
type Bundle struct {
	Index
	archive string
}

// New gives the bundle of an index and an archive.
func New(index []byte, archive string) (*Bundle, error) {
	b := &Bundle{archive: archive}
	if err := json.Unmarshal(index, &b.Index); err != nil {
		return nil, errkind.Errorf(errkind.Internal, "the bundle's index: %w", err)
	}
	return b, nil
}

// Find is the survey of a day, the newest for ""; errkind.NotFound where there is none.
func (b *Bundle) Find(asOf fact.Date) (*Survey, error) {
	for i := range slices.Backward(b.Surveys) {
		if s := &b.Surveys[i]; asOf == "" || s.AsOf == asOf {
			return s, nil
		}
	}
	return nil, errkind.Errorf(errkind.NotFound, "the bundle has no survey as of %s", asOf)
}

// Path is the file of the data set of a survey, in a folder that is made. The bundle is
// unpacked where it is not yet.
func (b *Bundle) Path(ctx context.Context, folder string, s *Survey) (string, error) {
	folder = filepath.Join(folder, "bundle-"+b.SHA256[:min(16, len(b.SHA256))])
	path := filepath.Join(folder, name(s))
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Size() == s.Bytes {
		return path, nil // its seal is looked at when it is opened
	}
	if err := b.unpack(ctx, folder); err != nil {
		return "", errkind.WithHint(err, "let the user's folder for caches be written, or name another with XDG_CACHE_HOME")
	}
	return path, nil
}

// name is the file of a data set.
func name(s *Survey) string { return string(s.AsOf) + ".db" }

// unpack writes the data sets into a folder, each whole or not at all.
func (b *Bundle) unpack(ctx context.Context, folder string) (err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return errkind.Errorf(errkind.Storage, "unpack the bundle: %w", err)
	}
	part, err := os.MkdirTemp(folder, "*.part")
	if err != nil {
		return errkind.Errorf(errkind.Storage, "unpack the bundle: %w", err)
	}
	defer func() { _ = os.RemoveAll(part) }() // what stays is small, and nobody reads it
	z, err := zstd.NewReader(strings.NewReader(b.archive), zstd.WithDecoderMaxWindow(window))
	if err != nil {
		return errkind.Errorf(errkind.Internal, "unpack the bundle: %w", err)
	}
	defer z.Close()
	files, err := create(part, b.Surveys)
	if err == nil {
		err = inTurn(b.Surveys, func(i int, n int64) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			_, err := io.CopyN(files[i], z, n)
			return err
		})
	}
	for i, f := range files {
		err = errors.Join(err, f.finish(&b.Surveys[i]))
	}
	for i := range b.Surveys {
		if err == nil {
			err = os.Rename(filepath.Join(part, name(&b.Surveys[i])), filepath.Join(folder, name(&b.Surveys[i])))
		}
	}
	if err != nil {
		return errkind.Errorf(errkind.Storage, "unpack the bundle: %w", err)
	}
	return nil
}

// An output is a file that is written, and held against the index.
type output struct {
	io.Writer
	file *os.File
	sum  hash.Hash
}

// create makes the files of data sets in a folder.
func create(folder string, surveys []Survey) ([]*output, error) {
	var all []*output
	for i := range surveys {
		f, err := os.OpenFile(filepath.Join(folder, name(&surveys[i])), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return all, err
		}
		h := sha256.New()
		all = append(all, &output{io.MultiWriter(f, h), f, h})
	}
	return all, nil
}

// finish closes the file. One that is not what the index says is an error.
func (o *output) finish(s *Survey) error {
	if err := o.file.Close(); err != nil {
		return err
	}
	if hex.EncodeToString(o.sum.Sum(nil)) != s.SHA256 {
		return errors.New(name(s) + " is not what the index says")
	}
	return nil
}
