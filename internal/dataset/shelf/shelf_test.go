package shelf_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"assay/internal/dataset/shelf"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
)

var noon = time.Date(2025, 12, 10, 12, 0, 0, 0, time.UTC)

// A loader gives the invented landscape, and counts how often it was asked.
type loader struct{ asked int }

func (l *loader) load(context.Context) (*profile.Landscape, error) {
	l.asked++
	return profile.Of(findingtest.Facts(), finding.Options{})
}

// opened opens the data set of a key and closes it.
func opened(t *testing.T, s *shelf.Shelf, key string, load func(context.Context) (*profile.Landscape, error)) {
	t.Helper()
	set, done, err := s.Open(t.Context(), key, load)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := set.Findings(t.Context(), "Rust", false); err != nil {
		t.Error(err)
	}
	if err := done(); err != nil {
		t.Error(err)
	}
}

func onShelf(folders ...string) *shelf.Shelf {
	return &shelf.Shelf{Folders: folders, Now: func() time.Time { return noon }}
}

// A data set is made once for a key, and again for another.
func TestMadeOnce(t *testing.T) {
	t.Parallel()
	s, l := onShelf(filepath.Join(t.TempDir(), "new", "sets")), &loader{}
	for _, key := range []string{"a.db", "a.db", "b.db", "a.db", "b.db"} {
		opened(t, s, key, l.load)
	}
	if l.asked != 2 {
		t.Errorf("two keys were made %d times", l.asked)
	}
}

// What cannot be read is made anew.
func TestDamagedIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, l := onShelf(dir), &loader{}
	if err := os.WriteFile(filepath.Join(dir, "a.db"), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	opened(t, s, "a.db", l.load)
	opened(t, s, "a.db", l.load)
	if l.asked != 1 {
		t.Errorf("it was made %d times", l.asked)
	}
}

// Where no folder can be written, a question is answered all the same, and nothing
// stays.
func TestNoPlace(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := &loader{}
	opened(t, onShelf(filepath.Join(file, "sets")), "a.db", l.load)
	opened(t, onShelf(), "a.db", l.load)
	if l.asked != 2 {
		t.Errorf("it was made %d times", l.asked)
	}
}

// The second folder is taken where the first cannot be written.
func TestSecondFolder(t *testing.T) {
	t.Parallel()
	file, cache := filepath.Join(t.TempDir(), "file"), t.TempDir()
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := &loader{}
	opened(t, onShelf(filepath.Join(file, "sets"), cache), "a.db", l.load)
	opened(t, onShelf(filepath.Join(file, "sets"), cache), "a.db", l.load)
	if _, err := os.Stat(filepath.Join(cache, "a.db")); err != nil || l.asked != 1 {
		t.Errorf("made %d times, %v", l.asked, err)
	}
}

// Who is told to stop leaves no folder behind.
func TestToldToStop(t *testing.T) {
	t.Parallel()
	dir, l := t.TempDir(), &loader{}
	ctx, stop := context.WithCancel(t.Context())
	_, _, err := onShelf(filepath.Join(dir, "sets"), filepath.Join(dir, "cache")).Open(ctx, "a.db",
		func(ctx context.Context) (*profile.Landscape, error) {
			stop()
			return l.load(ctx)
		})
	left, readErr := os.ReadDir(dir)
	if !errors.Is(err, context.Canceled) || readErr != nil || len(left) > 0 {
		t.Errorf("%v, %v: %v", err, readErr, left)
	}
}

// What was used longest ago goes, and what a killed process left.
func TestOldGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 20 {
		path := filepath.Join(dir, fmt.Sprintf("old-%02d.db", i))
		used := noon.Add(-time.Duration(i) * time.Hour)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, used, used)); err != nil {
			t.Fatal(err)
		}
	}
	for name, age := range map[string]time.Duration{"left.part": 2 * time.Hour, "busy.part": time.Minute} {
		path := filepath.Join(dir, name)
		when := noon.Add(-age)
		if err := errors.Join(os.Mkdir(path, 0o700), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	opened(t, onShelf(dir), "new.db", (&loader{}).load)
	for name, there := range map[string]bool{
		"new.db": true, "old-00.db": true, "old-10.db": true, "old-11.db": false, "old-19.db": false, "left.part": false, "busy.part": true,
	} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An error of the facts is the answer's.
func TestFactsFail(t *testing.T) {
	t.Parallel()
	want := errors.New("no facts")
	_, _, err := onShelf(t.TempDir()).Open(t.Context(), "a.db", func(context.Context) (*profile.Landscape, error) { return nil, want })
	if !errors.Is(err, want) {
		t.Errorf("%v", err)
	}
}

// A key tells everything apart that it is made of.
func TestKey(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, parts := range [][]any{{}, {"a"}, {"a", "b"}, {"ab"}, {"b", "a"}, {map[string]int{"a": 1}}, {[]string{"a"}}} {
		key, err := shelf.Key("2025-12-10", parts...)
		if err != nil || seen[key] {
			t.Errorf("%v: %q, %v", parts, key, err)
		}
		seen[key] = true
	}
}
