// Package file reads and writes the files that a user names, and those that lie
// where the program looks.
//
// A name may lead anywhere: to a pipe nobody writes to, a device that has no
// end, a file larger than the memory. So what is read is a regular file, up to a
// limit, and opening it waits for nobody; of what is no file only that is read which
// was opened for us ([ReadGiven]). What is written is written whole or
// not at all where the place allows that, and stays the kind of thing it is: a
// link stays a link, a device a device, and a file keeps its mode and owner.
package file

import (
	"context"
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

// ReadGiven is [Read], and reads also what comes through an open file of ours that
// path stands for, as /dev/stdin and the names do that shells have for <(command):
// who started us opened it for us to read. It reads that as [ReadAll] does.
func ReadGiven(ctx context.Context, path string, limit int64) ([]byte, error) {
	target, err := follow(path)
	n, ours := descriptor(target)
	info, errStat := os.Stat(path)
	if err != nil || errStat != nil || !ours || info.Mode().IsRegular() || info.IsDir() {
		return Read(path, limit)
	}
	f, err := duplicate(n, path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return ReadAll(ctx, path, f, limit)
}

// ReadAll reads what r gives until it ends, and closes it. The name is for errors,
// which are of kind Input, of kind Limit where more than limit bytes come, and of
// kind Canceled when ctx ends first: nobody waits for r any more then.
func ReadAll(ctx context.Context, name string, r io.ReadCloser, limit int64) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(r, limit+1))
		done <- result{data, errors.Join(err, r.Close())}
	}()
	select {
	case <-ctx.Done():
		return nil, errkind.Errorf(errkind.Canceled, "read %q: %w", name, ctx.Err())
	case got := <-done:
		switch {
		case int64(len(got.data)) > limit:
			return nil, tooLong(name, limit)
		case got.err != nil:
			return nil, unreadable(name, got.err)
		}
		return got.data, nil
	}
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
