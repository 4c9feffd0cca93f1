package mirror

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
)

// clock is the time of these tests.
func clock() time.Time { return time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC) }

// observed is what is observed of github.com/o/n in a tree.
func observed(t *testing.T, tree *Tree) *fact.Observation {
	t.Helper()
	dir, _, err := tree.Find(t.Context(), "github.com/o/n")
	check(t, err)
	return tree.Observed(dir)
}

func TestObserved(t *testing.T) {
	t.Parallel()
	const (
		mirror  = "github.com/o/n.git"
		beside  = "github.com/o/n.git/assay-observed"
		above   = "assay-observed"
		fetched = `{"fetched_at":"2026-01-10T10:00:00Z"}`
	)
	for name, test := range map[string]struct {
		files map[string]string
		given fact.Date
		want  *fact.Observation
	}{
		"nothing": {nil, "", nil},
		"given":   {nil, "2025-12-31", &fact.Observation{At: "2025-12-31T23:59:59Z", Source: "given"}},
		"a time in the mirror": {
			map[string]string{beside: "2025-11-01T08:00:00+02:00\nfetched by cron\n", above: "2025-12-01\n"}, "2025-12-31",
			&fact.Observation{At: "2025-11-01T06:00:00Z", Source: "recorded"},
		},
		"a day in the mirror": {map[string]string{beside: "2025-11-01"}, "", &fact.Observation{At: "2025-11-01T23:59:59Z", Source: "recorded"}},
		"one file for the tree": {
			map[string]string{above: " 2025-12-01 \r\n"}, "2025-12-31", &fact.Observation{At: "2025-12-01T23:59:59Z", Source: "recorded"},
		},
		"another assay fetched it": {
			map[string]string{mirror + "/assay.json": fetched, above: "2025-12-01"}, "",
			&fact.Observation{At: "2026-01-10T10:00:00Z", Source: "recorded"},
		},
		"a word in the mirror goes before that": {
			map[string]string{mirror + "/assay.json": fetched, beside: "2025-12-01"}, "",
			&fact.Observation{At: "2025-12-01T23:59:59Z", Source: "recorded"},
		},
		"later today": {map[string]string{beside: "2026-01-15"}, "", &fact.Observation{At: "2026-01-15T23:59:59Z", Source: "recorded"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := plant(t, mirror)
			for path, text := range test.files {
				write(t, filepath.Join(root, path), text)
			}
			tree := newTree(t, Config{From: root, FromAsOf: test.given, Offline: true, Now: clock})
			if diff := cmp.Diff(test.want, observed(t, tree)); diff != "" {
				t.Errorf("Observed (-want +got):\n%s", diff)
			}
		})
	}
}

// What is recorded and makes no sense is a note, and the next word counts.
func TestObservedOdd(t *testing.T) {
	t.Parallel()
	const path = "github.com/o/n.git/assay-observed"
	for name, test := range map[string]struct {
		make func(path string) error
		want string
	}{
		"no date":      {text("last Tuesday\n2025-01-01"), "does not begin with"},
		"empty":        {text(""), "does not begin with"},
		"no such day":  {text("2025-02-30"), "does not begin with"},
		"binary":       {text("\x00\xff\x1b[2J"), "does not begin with"},
		"endless":      {text(strings.Repeat("2025", 1<<20)), "does not begin with"},
		"before git":   {text("0001-01-01T00:00:00Z"), "does not begin with"},
		"to come":      {text("2026-01-16"), "still to come"},
		"far to come":  {text("9999-12-31T23:59:59-12:00"), "still to come"},
		"a folder":     {func(path string) error { return os.Mkdir(path, 0o755) }, "cannot be read"},
		"a pipe":       {func(path string) error { return syscall.Mkfifo(path, 0o644) }, "cannot be read"},
		"a circle":     {func(path string) error { return os.Symlink("assay-observed", path) }, "cannot be read"},
		"broken link":  {func(path string) error { return os.Symlink("nowhere", path) }, ""},
		"another file": {func(path string) error { return os.Symlink("/etc/passwd", path) }, "does not begin with"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := plant(t, "github.com/o/n.git")
			check(t, test.make(filepath.Join(root, path)))
			got := observed(t, newTree(t, Config{From: root, FromAsOf: "2025-12-31", Offline: true, Now: clock}))
			want := &fact.Observation{At: "2025-12-31T23:59:59Z", Source: fact.ObservedGiven, Notes: got.Notes}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Observed (-want +got):\n%s", diff)
			}
			notes := ""
			for _, n := range got.Notes {
				notes += n.Kind + ": " + n.Text + "\n"
			}
			if test.want == "" && notes != "" || !strings.Contains(notes, test.want) || strings.Contains(notes, root) {
				t.Errorf("notes %q, want one with %q", notes, test.want)
			}
		})
	}
	// The note stays when nothing else tells a time.
	root := plant(t, "github.com/o/n.git")
	check(t, text("soon")(filepath.Join(root, path)))
	if got := observed(t, offline(t, root)); got == nil || got.Day() != "" || len(got.Notes) != 1 {
		t.Errorf("Observed = %+v, want a note alone", got)
	}
}

// text makes a file.
func text(content string) func(path string) error {
	return func(path string) error { return os.WriteFile(path, []byte(content), 0o644) }
}

// Of a mirror that we fetched, that time counts, whatever else is said.
func TestObservedOwn(t *testing.T) {
	t.Parallel()
	own := plant(t, `
		github.com/o/n.git
		github.com/o/n.git/assay-observed = 2020-01-01
		assay-observed = 2020-02-02
	`)
	cfg := Config{From: plant(t, ""), FromAsOf: "2025-12-31", Dir: own, Now: clock, NotBefore: clock().Add(-time.Hour)}
	tree := newTree(t, cfg)
	want := &fact.Observation{At: "2020-01-01T23:59:59Z", Source: fact.ObservedRecorded}
	if diff := cmp.Diff(want, observed(t, tree)); diff != "" {
		t.Errorf("before a fetch (-want +got):\n%s", diff)
	}
	tree.fetch = func(context.Context, string, gitrepo.Remote) error { return nil }
	dir, _, err := tree.Ensure(t.Context(), "github.com/o/n")
	check(t, err)
	want = &fact.Observation{At: "2026-01-15T12:00:00Z", Source: fact.ObservedFetched}
	if diff := cmp.Diff(want, tree.Observed(dir)); diff != "" {
		t.Errorf("after a fetch (-want +got):\n%s", diff)
	}
}

func TestFromAsOfToCome(t *testing.T) {
	t.Parallel()
	if _, err := New(Config{From: plant(t, ""), FromAsOf: "2026-01-16", Offline: true, Now: clock}); errkind.Of(err) != errkind.Usage {
		t.Errorf("New = %v, want kind usage", err)
	}
}
