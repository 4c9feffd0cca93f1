// Package file reads and writes the files that a user names, and those that lie
// where the program looks.
//
// A name may lead anywhere: to a pipe nobody writes to, a device that has no
// end, a file larger than the memory. So what is read is a regular file, up to a
// limit, and opening it waits for nobody. What is written is written whole or
// not at all where the place allows that, and stays the kind of thing it is: a
// link stays a link, a device a device, and a file keeps its mode and owner.
package file

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"assay/internal/errkind"
)

// Irregular says what a thing is that is no regular file, as "a folder" or "a
// named pipe"; "" for a regular file.
func Irregular(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return ""
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	case mode&fs.ModeSymlink != 0:
		return "a link"
	}
	return "no regular file"
}

// Open opens the regular file that path leads to, for reading. Errors are of
// kind NotFound, Auth (it may not be read) and Input (it is no regular file, or
// cannot be read), and name the path.
func Open(path string) (*os.File, error) {
	f, _, err := open(path)
	return f, err
}

// open is Open, and tells the size.
func open(path string) (_ *os.File, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	// To open a device may already do something.
	if what := Irregular(info.Mode()); what != "" {
		return nil, 0, irregular(path, what)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	// What is open decides: the name may lead elsewhere by now.
	info, err = f.Stat()
	if err == nil && Irregular(info.Mode()) == "" {
		return f, info.Size(), nil
	}
	_ = f.Close() // nothing was read of it
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	return nil, 0, irregular(path, Irregular(info.Mode()))
}

// Read reads the regular file that path leads to. Errors are those of [Open], and
// of kind Limit for a file that is longer than limit bytes: no more than that is
// read of it.
func Read(path string, limit int64) ([]byte, error) {
	f, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > limit {
		return nil, tooLong(path, limit)
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1)) // it may grow, and some files do not tell their size
	switch {
	case err != nil:
		return nil, unreadable(path, err)
	case int64(len(data)) > limit:
		return nil, tooLong(path, limit)
	}
	return data, nil
}

func irregular(path, what string) error {
	return errkind.WithHint(errkind.Errorf(errkind.Input, "read %q: it is %s, not a regular file", path, what),
		"only regular files are read: write what it gives into one, and name that")
}

func tooLong(path string, limit int64) error {
	return errkind.Errorf(errkind.Limit, "read %q: longer than %d bytes", path, limit)
}

// unreadable is an error of the file system in our form.
func unreadable(path string, err error) error {
	kind := errkind.Input
	switch {
	case errors.Is(err, fs.ErrNotExist):
		kind = errkind.NotFound
	case errors.Is(err, fs.ErrPermission):
		kind = errkind.Auth
	}
	return errkind.Errorf(kind, "read %q: %w", path, bare(err))
}

// bare is an error of the file system without the name it happened to, which may
// be that of a temporary file.
func bare(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
