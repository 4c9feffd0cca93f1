package file

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"assay/internal/errkind"
)

// put makes a file with text and gives its path.
func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// must fails the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantError fails the test unless err is of the kind, says what, and has a hint
// where hint asks for one.
func wantError(t *testing.T, err error, kind errkind.Kind, says string, hint bool) {
	t.Helper()
	if errkind.Of(err) != kind || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v of kind %q, want %q of kind %q", err, errkind.Of(err), says, kind)
	}
	if hint && errkind.Hint(err) == "" {
		t.Errorf("error %v has no hint", err)
	}
}

// Whatever the name leads to, Read ends, and takes nothing but a regular file
// within the limit.
func TestRead(t *testing.T) {
	t.Parallel()
	const limit = 10
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		want string
		kind errkind.Kind
		says string
	}{
		{"file", func(t *testing.T, path string) { put(t, path, "0123456789") }, "0123456789", "", ""},
		{"empty", func(t *testing.T, path string) { put(t, path, "") }, "", "", ""},
		{"link to a file", func(t *testing.T, path string) { must(t, os.Symlink(put(t, path+".real", "real"), path)) }, "real", "", ""},
		{"too long", func(t *testing.T, path string) { put(t, path, "0123456789a") }, "", errkind.Limit, "longer than 10 bytes"},
		{"sparse", func(t *testing.T, path string) { put(t, path, ""); must(t, os.Truncate(path, 5<<30)) }, "", errkind.Limit, "longer than 10 bytes"},
		{"of unknown size", func(t *testing.T, path string) { must(t, os.Symlink("/proc/self/status", path)) }, "", errkind.Limit, "longer than 10 bytes"},
		{"nothing", func(*testing.T, string) {}, "", errkind.NotFound, "no such file"},
		{"broken link", func(t *testing.T, path string) { must(t, os.Symlink("nowhere", path)) }, "", errkind.NotFound, "no such file"},
		{"link to itself", func(t *testing.T, path string) { must(t, os.Symlink(path, path)) }, "", errkind.Input, "too many levels"},
		{"folder", func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }, "", errkind.Input, "it is a folder"},
		{"pipe", func(t *testing.T, path string) { must(t, syscall.Mkfifo(path, 0o644)) }, "", errkind.Input, "it is a named pipe"},
		{"link to a pipe", func(t *testing.T, path string) {
			must(t, syscall.Mkfifo(path+".pipe", 0o644))
			must(t, os.Symlink(path+".pipe", path))
		}, "", errkind.Input, "it is a named pipe"},
		{"device", func(t *testing.T, path string) { must(t, os.Symlink("/dev/zero", path)) }, "", errkind.Input, "it is a device"},
		{"socket", listen, "", errkind.Input, "it is a socket"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "f")
			tt.make(t, path)
			data, err := Read(path, limit)
			if tt.kind == "" {
				if err != nil || string(data) != tt.want {
					t.Errorf("%q, %v; want %q", data, err, tt.want)
				}
				return
			}
			wantError(t, err, tt.kind, tt.says, tt.kind == errkind.Input && strings.Contains(tt.says, "it is"))
			if data != nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%d bytes with error %v, which should name %q", len(data), err, path)
			}
		})
	}
}

// listen makes a socket at path. The name of a socket is short.
func listen(t *testing.T, path string) {
	dir, err := os.MkdirTemp("", "") //nolint:usetesting // t.TempDir's is too long for a socket
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(dir, "s"))
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	must(t, os.Symlink(filepath.Join(dir, "s"), path))
}

// A file that is open reads as any other.
func TestOpen(t *testing.T) {
	t.Parallel()
	f, err := Open(put(t, filepath.Join(t.TempDir(), "f"), "text"))
	must(t, err)
	data, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil || string(data) != "text" {
		t.Errorf("%q, %v", data, err)
	}
}

// pipe is a pipe whose reading end is named as shells do, and what is written to it.
func pipe(t *testing.T, text string) string {
	t.Helper()
	r, w, err := os.Pipe()
	must(t, err)
	t.Cleanup(func() { _ = errors.Join(r.Close(), w.Close()) })
	if text != "" {
		_, err = w.WriteString(text)
		must(t, errors.Join(err, w.Close()))
	}
	return "/dev/fd/" + strconv.Itoa(int(r.Fd()))
}

// What was opened for us is read, up to the limit, and waited for until ctx ends;
// all else is read as Read does.
func TestReadGiven(t *testing.T) {
	t.Parallel()
	const limit = 10
	if data, err := ReadGiven(t.Context(), pipe(t, "0123456789"), limit); err != nil || string(data) != "0123456789" {
		t.Errorf("%q, %v", data, err)
	}
	_, err := ReadGiven(t.Context(), pipe(t, "0123456789a"), limit)
	wantError(t, err, errkind.Limit, "longer than 10 bytes", false)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = ReadGiven(ended, pipe(t, ""), limit)
	wantError(t, err, errkind.Canceled, "read \"/dev/fd/", false)
	path := filepath.Join(t.TempDir(), "f")
	if data, err := ReadGiven(t.Context(), put(t, path, "text"), limit); err != nil || string(data) != "text" {
		t.Errorf("%q, %v", data, err)
	}
	must(t, syscall.Mkfifo(path+".pipe", 0o600))
	_, err = ReadGiven(t.Context(), path+".pipe", limit)
	wantError(t, err, errkind.Input, "it is a named pipe", true)
	_, err = ReadGiven(t.Context(), "/dev/zero", limit)
	wantError(t, err, errkind.Input, "it is a device", true)
	_, err = ReadGiven(t.Context(), "/dev/fd/9999", limit)
	wantError(t, err, errkind.NotFound, "no such file", false)
}
