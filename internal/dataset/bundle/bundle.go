// Package bundle is the data sets that the program carries: ready surveys of the CNCF,
// which answer where there is no store.
//
// The program holds an index and one archive (tar, compressed with zstd) of all data
// sets; they have much in common, and take little more room together than alone. The
// archive is unpacked once into a folder for caches. A data set is used when its bytes are
// those that the index names.
package bundle

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // the bundle
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

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
	index []byte
	//go:embed bundle.tar.zst
	archive []byte
)

// Ours is the bundle that the program carries.
func Ours() (*Bundle, error) { return New(index, archive) }

// A Bundle is an index and the archive of its data sets.
type Bundle struct {
	Index
	archive []byte
}

// New gives the bundle of an index and an archive.
func New(index, archive []byte) (*Bundle, error) {
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
	z, err := zstd.NewReader(bytes.NewReader(b.archive), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return errkind.Errorf(errkind.Internal, "unpack the bundle: %w", err)
	}
	defer z.Close()
	files := tar.NewReader(z)
	for i := range b.Surveys {
		s := &b.Surveys[i]
		header, err := files.Next()
		if err == nil && header.Name != name(s) {
			err = errors.New("it has " + header.Name + " in place of " + name(s))
		}
		if err == nil {
			err = extract(ctx, files, filepath.Join(part, name(s)), s)
		}
		if err == nil {
			err = os.Rename(filepath.Join(part, name(s)), filepath.Join(folder, name(s)))
		}
		if err != nil {
			return errkind.Errorf(errkind.Storage, "unpack the bundle: %w", err)
		}
	}
	return nil
}

// extract writes one file of the archive, and holds it against the index.
func extract(ctx context.Context, from io.Reader, path string, s *Survey) (err error) {
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	h := sha256.New()
	n, err := io.CopyBuffer(io.MultiWriter(to, h), io.LimitReader(from, s.Bytes+1), make([]byte, 256<<10))
	switch {
	case err != nil:
		return err
	case n != s.Bytes || hex.EncodeToString(h.Sum(nil)) != s.SHA256:
		return errors.New(name(s) + " is not what the index says")
	}
	return ctx.Err()
}
