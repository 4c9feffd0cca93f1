package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
)

func put(t testing.TB, s *Store, repo, body string) fact.Key {
	t.Helper()
	k := fact.Key{Repo: fact.RepoID(repo), Revision: "0123456789abcdef", Collector: "census", Version: 1}
	if err := s.Put(t.Context(), []fact.Record{{Key: k, Body: []byte(body)}}); err != nil {
		t.Fatalf("Put: %v", err)
	}
	return k
}

// statement runs SQL on a file without going through our code.
func statement(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// TestReopen: facts outlive the handle, and a closed store is one file.
func TestReopen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "facts.db")
	s := open(t, path)
	k := put(t, s, "example.org/a/b", `{"a":1}`)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Errorf("%d files after Close, %v; want the one", len(files), err)
	}
	r, err := open(t, path).Get(t.Context(), k)
	if err != nil || string(r.Body) != `{"a":1}` {
		t.Errorf("Get: %s, %v", r.Body, err)
	}
}

// TestOddPaths: what means something in a URI is a plain character in a path.
func TestOddPaths(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a?mode=memory", "a%20b", "a#b", "file:a", "ü &;=.db", "100%", ":memory:x"} {
		folder := t.TempDir()
		s := open(t, filepath.Join(folder, name))
		put(t, s, "example.org/a/b", "1")
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestOpenRefuses: each file or place that cannot be a store gives a kind, a
// cause and a hint, and is left as it was.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		make func(t *testing.T, path string)
		kind errkind.Kind
		says string
	}{
		{"text file", func(t *testing.T, path string) { write(t, path, strings.Repeat("no database\n", 500)) }, errkind.Storage, "not a database"},
		{"short text file", func(t *testing.T, path string) { write(t, path, "hello\n") }, errkind.Storage, "not a database"},
		{"folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}, errkind.Storage, "it is a folder"},
		{"device", func(t *testing.T, path string) { link(t, os.DevNull, path) }, errkind.Storage, "it is a device"},
		{"pipe", func(t *testing.T, path string) { fifo(t, path) }, errkind.Storage, "it is a named pipe"},
		{"link to a pipe", func(t *testing.T, path string) { fifo(t, path+".pipe"); link(t, path+".pipe", path) }, errkind.Storage, "it is a named pipe"},
		{"link to itself", func(t *testing.T, path string) { link(t, path, path) }, errkind.Storage, "too many levels"},
		{"pipe for a log", func(t *testing.T, path string) { write(t, path, ""); fifo(t, path+"-wal") }, errkind.Storage, "facts.db-wal is a named pipe"},
		{"linked log", func(t *testing.T, path string) { write(t, path, ""); link(t, "/dev/zero", path+"-journal") }, errkind.Storage, "facts.db-journal is a link"},
		{"linked store with a pipe for a log", func(t *testing.T, path string) {
			write(t, path+".real", "")
			fifo(t, path+".real-shm")
			link(t, path+".real", path)
		}, errkind.Storage, "facts.db.real-shm is a named pipe"},
		{"other program", func(t *testing.T, path string) { statement(t, path, "CREATE TABLE bookmarks (url TEXT)") }, errkind.Storage, "another program"},
		{"other application id", func(t *testing.T, path string) { statement(t, path, "PRAGMA application_id = 7") }, errkind.Storage, "another program"},
		{"trigger", func(t *testing.T, path string) {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			statement(t, path, "CREATE TRIGGER gone AFTER INSERT ON survey BEGIN DELETE FROM survey; END; PRAGMA journal_mode = DELETE")
		}, errkind.Storage, `a trigger, "gone"`},
		{"view", func(t *testing.T, path string) {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			statement(t, path, "ALTER TABLE fact RENAME TO f; CREATE VIEW fact AS SELECT repo FROM f UNION ALL SELECT repo FROM f; PRAGMA journal_mode = DELETE")
		}, errkind.Storage, `a view, "fact"`},
		{"newer version", func(t *testing.T, path string) {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
			statement(t, path, "PRAGMA user_version = 999; PRAGMA journal_mode = DELETE")
		}, errkind.Storage, "version 999"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "facts.db")
			tt.make(t, path)
			before := content(path)
			beside, _ := os.ReadDir(filepath.Dir(path))
			for _, open := range []func(context.Context, string) (*Store, error){Open, OpenReading} {
				s, err := open(t.Context(), path)
				if err == nil {
					s.Close()
					t.Fatal("Open: no error")
				}
				wantRefusal(t, err, tt.kind, tt.says, path)
			}
			if !bytes.Equal(before, content(path)) {
				t.Error("the file was changed")
			}
			if now, _ := os.ReadDir(filepath.Dir(path)); len(now) != len(beside) {
				t.Errorf("%d files in the folder, were %d", len(now), len(beside))
			}
		})
	}
}

// content is that of a regular file, else nothing.
func content(path string) []byte {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, _ := os.ReadFile(path) // a file that cannot be read is as good as empty
	return data
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
}

func fifo(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func wantRefusal(t *testing.T, err error, kind errkind.Kind, says ...string) {
	t.Helper()
	if got := errkind.Of(err); got != kind {
		t.Errorf("error %v has kind %q, want %q", err, got, kind)
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
	if errkind.Hint(err) == "" {
		t.Errorf("error %q has no hint", err)
	}
}

// TestOpenNames: names that SQLite gives a meaning of its own are no stores.
func TestOpenNames(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", ":memory:", "a\x00b"} {
		_, err := Open(t.Context(), path)
		wantRefusal(t, err, errkind.Usage)
	}
	_, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "such", "folder", "facts.db"))
	wantRefusal(t, err, errkind.Storage, "facts.db")
}

// TestLinkedStore: a link to a store is one, also to one that is yet to be made.
func TestLinkedStore(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "link")
	link(t, "real.db", path)
	for range 2 {
		s := open(t, path)
		put(t, s, "example.org/a/b", "1")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Lstat(filepath.Join(folder, "real.db")); err != nil || !info.Mode().IsRegular() {
		t.Errorf("behind the link: %v, %v", info, err)
	}
}

// TestImmutable: what a store holds that nobody may write can be read, and cannot
// be written; nothing is left beside it.
func TestImmutable(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "facts.db")
	s := open(t, path)
	k := put(t, s, "example.org/a/b", "1")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := connect(t.Context(), path, immutable)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := s.Get(t.Context(), k); err != nil || string(r.Body) != "1" {
		t.Errorf("Get: %s, %v", r.Body, err)
	}
	k.Version++
	wantRefusal(t, s.Put(t.Context(), []fact.Record{{Key: k, Body: []byte("2")}}), errkind.Storage, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("%d files, %v; want the one", len(files), err)
	}
	statement(t, path, "PRAGMA user_version = 1")
	_, err = connect(t.Context(), path, immutable)
	wantRefusal(t, err, errkind.Storage, "its schema has version 1 and must be brought to")
}

// TestReadOnly: a store that cannot be written says what to do.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	for _, exists := range []bool{false, true} {
		folder := t.TempDir()
		path := filepath.Join(folder, "facts.db")
		if exists {
			if err := open(t, path).Close(); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(folder, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
		_, err := Open(t.Context(), path)
		wantRefusal(t, err, errkind.Storage, "facts.db")
	}
}

// TestDamaged: damage that Open does not meet is reported when it is read.
func TestDamaged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	s := open(t, path)
	for _, repo := range []string{"example.org/a/a", "example.org/a/b", "example.org/a/c"} {
		put(t, s, repo, `"`+strings.Repeat("x", 100_000)+`"`)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// All pages but the first, which holds the schema.
	for i := 4096; i < len(content); i++ {
		content[i] = 0xa5
	}
	write(t, path, string(content))
	err = open(t, path).Each(t.Context(), func(fact.Record) error { return nil })
	wantRefusal(t, err, errkind.Storage, "malformed")
}

// TestOpenAtOnce: whoever comes first makes the schema, all get the store.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	for range 10 {
		path := filepath.Join(t.TempDir(), "facts.db")
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				s, err := Open(context.Background(), path)
				if err == nil {
					err = s.Close()
				}
				errs[i] = err
			})
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPragmas: every connection of the pool has the settings, not the first only.
func TestPragmas(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "facts.db"))
	want := map[string]any{
		"busy_timeout": busyTimeout.Milliseconds(), "foreign_keys": int64(1), "synchronous": int64(1),
		"trusted_schema": int64(0), "journal_mode": "wal", "journal_size_limit": int64(64 << 20),
	}
	for i := range 3 {
		conn, err := s.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close() // not before the next is taken: each is another
		for pragma, value := range want {
			var got any
			if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
				t.Errorf("connection %d: %s is %v (%v), want %v", i, pragma, got, err, value)
			}
		}
	}
}

// TestLockedOut: a writer that is kept waiting gives up when its context ends.
func TestLockedOut(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "facts.db")
	s, other := open(t, path), open(t, path)
	tx, err := other.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	k := fact.Key{Repo: "example.org/a/b", Revision: "r", Collector: "c", Version: 1}
	err = s.Put(ctx, []fact.Record{{Key: k, Body: []byte("1")}})
	if errkind.Of(err) != errkind.Canceled || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Put: %v", err)
	}
	if _, err := s.Get(t.Context(), k); errkind.Of(err) != errkind.NotFound {
		t.Errorf("a reader is kept waiting, or found what was not stored: %v", err)
	}
}
