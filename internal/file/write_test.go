package file

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"assay/internal/errkind"
)

// read gives the content of a file.
func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return string(data)
}

// names lists a folder: what Write leaves behind is seen there.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func stat(t *testing.T, path string) (os.FileInfo, *syscall.Stat_t) {
	t.Helper()
	info, err := os.Lstat(path)
	must(t, err)
	return info, info.Sys().(*syscall.Stat_t)
}

// A regular file is replaced and keeps its mode; a new one is as the umask has it.
func TestWriteFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, mode := range []os.FileMode{0o600, 0o640, 0o666, 0o755, 0o200} {
		path := put(t, filepath.Join(dir, "old"), "a longer text than the new one")
		must(t, os.Chmod(path, mode))
		_, before := stat(t, path)
		must(t, Write(t.Context(), path, []byte("new")))
		info, after := stat(t, path)
		if info.Mode() != mode || info.Size() != 3 || after.Uid != before.Uid || after.Gid != before.Gid {
			t.Errorf("mode %v: now %v, %d bytes, of %d:%d; was of %d:%d", mode, info.Mode(), info.Size(), after.Uid, after.Gid, before.Uid, before.Gid)
		}
		if after.Ino == before.Ino {
			t.Error("the file was written in place: who reads it meanwhile sees half of it")
		}
		must(t, os.Remove(path))
	}
	must(t, Write(t.Context(), filepath.Join(dir, "new"), []byte("new")))
	made := put(t, filepath.Join(dir, "made"), "")
	must(t, os.Chmod(made, 0o666&^umaskOf(t)))
	want, _ := stat(t, made)
	if info, _ := stat(t, filepath.Join(dir, "new")); info.Mode() != want.Mode() {
		t.Errorf("a new file has mode %v, want %v", info.Mode(), want.Mode())
	}
	if got := names(t, dir); got != "made new" {
		t.Errorf("the folder holds %s", got)
	}
}

// umaskOf tells the umask by what it leaves of a mode.
func umaskOf(t *testing.T) os.FileMode {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(t.TempDir(), "f"), os.O_CREATE|os.O_WRONLY, 0o666)
	must(t, err)
	defer f.Close()
	info, err := f.Stat()
	must(t, err)
	return 0o666 &^ info.Mode().Perm()
}

// Links are followed and stay, also where they lead to nothing yet.
func TestWriteThroughLinks(t *testing.T) {
	t.Parallel()
	for name, to := range map[string]string{
		"beside": "real", "in another folder": "sub/real", "to a link": "link2", "up": "sub/../real", "absolute": "ABS",
		"up behind a linked folder": "folder/../real2",
	} {
		for _, there := range []bool{true, false} {
			dir := t.TempDir()
			must(t, os.MkdirAll(filepath.Join(dir, "sub", "deep"), 0o755))
			must(t, os.Symlink("sub/deep", filepath.Join(dir, "folder")))
			must(t, os.Symlink("sub/real", filepath.Join(dir, "link2")))
			if to == "ABS" {
				to = filepath.Join(dir, "sub", "absolute")
			}
			link := filepath.Join(dir, "link")
			must(t, os.Symlink(to, link))
			if there {
				must(t, os.WriteFile(link, []byte("old"), 0o600))
			}
			must(t, Write(t.Context(), link, []byte("new")))
			if info, _ := stat(t, link); info.Mode()&os.ModeSymlink == 0 {
				t.Errorf("%s: the link is a link no more", name)
			}
			if got := read(t, link); got != "new" {
				t.Errorf("%s, there before: %v: the file behind holds %q", name, there, got)
			}
			if info, err := os.Stat(link); err != nil || there && info.Mode() != 0o600 {
				t.Errorf("%s: the file behind has mode %v, %v", name, info.Mode(), err)
			}
		}
	}
}

// A file with two names is one file afterwards.
func TestWriteHardLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := put(t, filepath.Join(dir, "a"), "a longer text than the new one")
	must(t, os.Link(path, filepath.Join(dir, "b")))
	must(t, Write(t.Context(), path, []byte("new")))
	if a, b := read(t, path), read(t, filepath.Join(dir, "b")); a != "new" || b != "new" {
		t.Errorf("one name has %q, the other %q", a, b)
	}
	if got := names(t, dir); got != "a b" {
		t.Errorf("the folder holds %s", got)
	}
}

// What a file that is written in place has to hold stands elsewhere meanwhile, also
// where its folder takes no name as long as that.
func TestKeep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a", strings.Repeat("a", 255)} {
		spare, err := keep(filepath.Join(dir, name), []byte("new"))
		must(t, err)
		if got := read(t, spare); got != "new" || strings.Contains(name, "aa") == (filepath.Dir(spare) == dir) {
			t.Errorf("%q has %q", spare, got)
		}
		must(t, os.Remove(spare))
	}
}

// A pipe stays one, and its reader gets everything, however late it comes.
func TestWritePipe(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	must(t, syscall.Mkfifo(pipe, 0o644))
	text := strings.Repeat("more than a pipe holds ", 100_000)
	done := make(chan error, 1)
	go func() { done <- Write(t.Context(), pipe, []byte(text)) }()
	f, err := os.Open(pipe)
	must(t, err)
	defer f.Close()
	got, err := io.ReadAll(f)
	if err := errors.Join(err, <-done); err != nil || string(got) != text {
		t.Errorf("%d bytes, %v; want %d", len(got), err, len(text))
	}
	if info, _ := stat(t, pipe); info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe is now %v", info.Mode())
	}
}

// Who waits for the reader of a pipe, or for it to read on, ends with the context.
func TestWriteInterrupted(t *testing.T) {
	t.Parallel()
	for _, reader := range []bool{false, true} {
		dir := t.TempDir()
		pipe := filepath.Join(dir, "pipe")
		must(t, syscall.Mkfifo(pipe, 0o644))
		if reader {
			f, err := os.OpenFile(pipe, os.O_RDONLY|syscall.O_NONBLOCK, 0)
			must(t, err)
			defer f.Close()
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- Write(ctx, pipe, make([]byte, 1<<20)) }()
		cancel()
		wantError(t, <-done, errkind.Canceled, pipe, false)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	path := put(t, filepath.Join(dir, "f"), "old")
	wantError(t, Write(ctx, path, []byte("new")), errkind.Canceled, path, false)
	if got := read(t, path) + " " + names(t, dir); got != "old f" {
		t.Errorf("afterwards: %s", got)
	}
}

// A cancelled writer leaves no temporary file, whenever it is cancelled.
func TestRenewInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	path := put(t, filepath.Join(dir, "f"), "old")
	if err := replace(ctx, path, nil, []byte("new")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got := read(t, path) + " " + names(t, dir); got != "old f" {
		t.Errorf("afterwards: %s", got)
	}
}

// Each place that cannot be written gives a kind, the path, the cause and a hint,
// and is left as it was.
func TestWriteRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		kind errkind.Kind
		says string
	}{
		{"folder", func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }, errkind.Usage, "is a directory"},
		{"folder by a slash", nil, errkind.Usage, "is a directory"},
		{"no folder", nil, errkind.Usage, "no such file or directory"},
		{"below a file", nil, errkind.Usage, "not a directory"},
		{"protected", func(t *testing.T, path string) { put(t, path, "old"); must(t, os.Chmod(path, 0o444)) }, errkind.Usage, "it may not be written"},
		{"link to itself", func(t *testing.T, path string) { must(t, os.Symlink(path, path)) }, errkind.Usage, "too many levels"},
		{"full device", func(t *testing.T, path string) { must(t, os.Symlink("/dev/full", path)) }, errkind.Storage, "no space left"},
		{"socket", listen, errkind.Usage, "no such device or address"},
		{"read-only file system", func(t *testing.T, path string) { must(t, os.Symlink("/proc/self/new", path)) }, errkind.Usage, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "f")
			switch tt.name {
			case "folder by a slash":
				path += "/"
			case "no folder":
				path = filepath.Join(dir, "none", "f")
			case "below a file":
				path = filepath.Join(put(t, path, ""), "f")
			default:
				tt.make(t, path)
			}
			before := names(t, dir)
			err := Write(t.Context(), path, []byte("new"))
			wantError(t, err, tt.kind, tt.says, true)
			if !strings.Contains(err.Error(), path) {
				t.Errorf("error %v does not name %q", err, path)
			}
			if after := names(t, dir); after != before {
				t.Errorf("the folder holds %s, held %s", after, before)
			}
		})
	}
	if info, err := os.Stat("/dev/full"); err != nil || info.Mode()&os.ModeDevice == 0 {
		t.Fatalf("/dev/full is gone: %v, %v", info, err)
	}
}

// A name of one of our open files means that file where it stands.
func TestDescriptor(t *testing.T) {
	t.Parallel()
	f, err := os.OpenFile(put(t, filepath.Join(t.TempDir(), "f"), "before "), os.O_WRONLY|os.O_APPEND, 0)
	must(t, err)
	defer f.Close()
	target, err := follow("/dev/stdout")
	must(t, err)
	if n, ok := descriptor(target); !ok || n != 1 {
		t.Errorf("/dev/stdout leads to %q: %d, %v", target, n, ok)
	}
	must(t, pour(t.Context(), func() (*os.File, error) { return duplicate(int(f.Fd()), "f") }, []byte("after")))
	if got := read(t, f.Name()); got != "before after" {
		t.Errorf("the file holds %q", got)
	}
}

// What cannot take the place of a file is written in place.
func TestIrreplaceable(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		errors.Join(errForeign, syscall.EPERM):          true,
		&os.LinkError{Op: "rename", Err: syscall.EBUSY}: true,
		syscall.ENAMETOOLONG:                            true,
		syscall.ENOSPC:                                  false,
		syscall.EACCES:                                  false,
	} {
		if irreplaceable(err) != want {
			t.Errorf("%v: %v", err, !want)
		}
	}
	path := put(t, filepath.Join(t.TempDir(), strings.Repeat("n", 250)), "a longer text than the new one")
	must(t, Write(t.Context(), path, []byte("new")))
	if got := read(t, path); got != "new" {
		t.Errorf("a file with a long name holds %q", got)
	}
}
