package file

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/google/renameio/v2"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Write puts data into the file that path leads to.
//
// A regular file, or one that is new, is replaced whole or not at all, and keeps
// its mode and owner. One that cannot be replaced without loss is written in
// place: it has other names (hard links), its owner is not ours to give, or it is
// a mount point. Anything else, such as a device or a pipe, is written to; a pipe
// is waited for until somebody reads it, or ctx ends.
//
// Errors are of kind Usage (the place cannot be written), Storage (the disk is
// full or fails, the reader has gone) and Canceled, and have a hint.
func Write(ctx context.Context, path string, data []byte) error {
	err := ctx.Err()
	if err == nil {
		err = write(ctx, path, data)
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return errkind.Errorf(errkind.Canceled, "write %q: %w", path, ctx.Err())
	}
	return unwritten(path, err)
}

func write(ctx context.Context, path string, data []byte) error {
	target, err := follow(path)
	if err != nil {
		return err
	}
	if n, ok := descriptor(target); ok {
		return pour(ctx, func() (*os.File, error) { return duplicate(n, path) }, data)
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replace(ctx, target, nil, data)
	case err != nil:
		return err
	case info.IsDir():
		return syscall.EISDIR
	case !info.Mode().IsRegular() || strings.HasPrefix(target, "/proc/"):
		return pour(ctx, func() (*os.File, error) { return os.OpenFile(target, os.O_WRONLY|syscall.O_NOCTTY, 0) }, data)
	case info.Mode().Perm()&0o222 == 0 || syscall.Access(target, writeAccess) != nil:
		return errProtected
	case shared(info):
		return overwrite(target, data)
	}
	return replace(ctx, target, info, data)
}

// writeAccess is access(2)'s question whether a file may be written.
const writeAccess = 2

// errProtected: its mode says that the file stays as it is, also to those who
// may write everything.
var errProtected = errkind.WithHint(errors.New("it may not be written"), "give it write permission, or name another file")

// follow gives the name behind the links that path is, also when there is nothing
// yet. An entry of /proc is left as it is: its link is for show.
func follow(path string) (string, error) {
	for range limit.FileLinks {
		dir, base := filepath.Split(path)
		if base == "" {
			return "", syscall.EISDIR
		}
		if dir == "" {
			dir = "."
		}
		dir, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return "", err
		}
		path = filepath.Join(dir, base)
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 || strings.HasPrefix(path, "/proc/") {
			return path, nil //nolint:nilerr // what is not there can be made; the rest is told by who opens it
		}
		to, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			to = dir + string(filepath.Separator) + to // not cleaned: its .. may follow a link
		}
		path = to
	}
	return "", syscall.ELOOP
}

// descriptor is the number of an open file of ours that path stands for, as
// /dev/stdout does. To write there is to go on where that file is.
func descriptor(path string) (int, bool) {
	for _, process := range []string{"/proc/self", "/proc/" + strconv.Itoa(os.Getpid())} {
		if name, ok := strings.CutPrefix(path, process+"/fd/"); ok {
			n, err := strconv.Atoi(name)
			return n, err == nil
		}
	}
	return 0, false
}

func duplicate(n int, path string) (*os.File, error) {
	n, err := syscall.Dup(n)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(n), path), nil
}

// pour writes to what open gives. Both may wait for somebody at the other end;
// when ctx ends first, nobody waits for them any more.
func pour(ctx context.Context, open func() (*os.File, error), data []byte) error {
	done := make(chan error, 1)
	go func() {
		f, err := open()
		if err == nil {
			if err = ctx.Err(); err == nil {
				_, err = f.Write(data)
			}
			err = errors.Join(err, f.Close())
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// shared reports whether the file has other names, which another in its place
// would not have.
func shared(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink > 1
}

// overwrite writes the file in place. Until all of it is there, what it will hold
// stands in a file of its own, so that a crash in between loses nothing.
func overwrite(path string, data []byte) error {
	spare, err := keep(path, data)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return errors.Join(err, os.Remove(spare))
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%w; what it has to hold stands in %q", bare(err), spare)
	}
	return os.Remove(spare)
}

// keep puts data into a new file beside path, or where there is no room for one in the
// folder of temporary files, and gives its name.
func keep(path string, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		f, err = os.CreateTemp("", "assay-new-*")
	}
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// replace puts a new file with data in place of old, which is nil when there is
// none.
func replace(ctx context.Context, path string, old fs.FileInfo, data []byte) error {
	mode := renameio.WithPermissions(0o666)
	if old != nil {
		mode = renameio.WithStaticPermissions(old.Mode().Perm())
	}
	err := renew(ctx, path, old, data, mode)
	if old != nil && irreplaceable(err) {
		return overwrite(path, data)
	}
	return err
}

// errForeign: the file belongs to somebody whom we cannot give files to.
var errForeign = errors.New("its owner cannot be kept")

// irreplaceable reports whether err says that the file can be written, and cannot
// be replaced: for its owner, because it is a mount point, or because there is no
// room for the name of a temporary file.
func irreplaceable(err error) bool {
	return errors.Is(err, errForeign) || errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ENAMETOOLONG)
}

func renew(ctx context.Context, path string, old fs.FileInfo, data []byte, mode renameio.Option) (err error) {
	pending, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pending.Cleanup()) }()
	if old != nil {
		if err := give(pending.File, old); err != nil {
			return err
		}
	}
	if _, err := pending.Write(data); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return pending.CloseAtomicallyReplace()
}

// give gives f to the owner and the group of old.
func give(f *os.File, old fs.FileInfo) error {
	stat, ok := old.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	if err := f.Chown(int(stat.Uid), int(stat.Gid)); err != nil {
		return errors.Join(errForeign, err)
	}
	return nil
}

// unwritten is an error of writing in our form.
func unwritten(path string, err error) error {
	kind, hint := errkind.Usage, "name another file"
	switch {
	case errkind.Hint(err) != "":
		hint = errkind.Hint(err)
	case errors.Is(err, syscall.EISDIR):
		hint = "name a file in it"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		hint = "make its folder first, or name another file"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		hint = "you must be allowed to write to its folder; or name another file"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		kind, hint = errkind.Storage, "there is no room left: make some, or name a file elsewhere"
	case errors.Is(err, syscall.EPIPE):
		kind, hint = errkind.Storage, "its reader ended before everything was written"
	case errors.Is(err, syscall.EIO):
		kind, hint = errkind.Storage, "the disk failed: name a file on another"
	}
	return errkind.WithHint(errkind.Errorf(kind, "write %q: %w", path, bare(err)), "%s", hint)
}
