package gitrepo

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"assay/internal/errkind"
	"assay/internal/gittest"
	"assay/internal/limit"
)

// gitThat has git do something else where its arguments match pattern, as a shell has
// it.
func gitThat(t *testing.T, pattern, does string) {
	t.Helper()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\ncase \"$*\" in %s) %s;; esac\nexec '%s' \"$@\"\n", pattern, does, real)
	if err := gittest.WriteProgram(filepath.Join(dir, "git"), []byte(script)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// reads are ways in which git is asked, and what its arguments have then.
func reads(f *fixture) map[string]struct {
	pattern string
	read    func(ctx context.Context, r *Repo) error
} {
	tip, blob := rev(f, "main"), f.git(nil, "rev-parse", "main:a")
	return map[string]struct {
		pattern string
		read    func(ctx context.Context, r *Repo) error
	}{
		"refs":       {"*for-each-ref*", func(ctx context.Context, r *Repo) error { _, err := r.At(ctx, ""); return err }},
		"related":    {"*merge-base*", func(ctx context.Context, r *Repo) error { _, err := r.related(ctx, tip, tip); return err }},
		"one path":   {"*ls-tree*", func(ctx context.Context, r *Repo) error { return r.History(ctx, tip, "", newTeller().tell) }},
		"files":      {"*ls-tree*", func(ctx context.Context, r *Repo) error { _, err := r.listTree(ctx, tip); return err }},
		"history":    {"*--topo-order*", func(ctx context.Context, r *Repo) error { return r.log(ctx, logRequest{commit: tip}, newTeller().tell) }},
		"mainline":   {"*rev-list*", func(ctx context.Context, r *Repo) error { _, err := r.Mainline(ctx, tip, ""); return err }},
		"sizes":      {"*--batch-check*", func(ctx context.Context, r *Repo) error { _, err := r.Sizes(ctx, []string{blob}); return err }},
		"a tree":     {"*--batch-check*", func(ctx context.Context, r *Repo) error { _, err := r.Tree(ctx, tip); return err }},
		"blobs":      {"*cat-file*--batch*", func(ctx context.Context, r *Repo) error { return readBlob(ctx, r, blob, 5) }},
		"large blob": {"*cat-file*blob*", func(ctx context.Context, r *Repo) error { return readBlob(ctx, r, blob, limit.BlobBytes+1) }},
		"commits": {"*cat-file*--batch*", func(ctx context.Context, r *Repo) error {
			git, err := r.catFile(ctx)
			if err != nil {
				return err
			}
			defer git.close()
			_, err = git.commit(ctx, tip)
			return err
		}},
	}
}

func readBlob(ctx context.Context, r *Repo, oid string, size int64) error {
	return r.Blobs(ctx, []string{oid}, []int64{size}, func(int, Content) error { return nil })
}

// A git that is ended from outside, or that finds no place on this machine, is no fault
// of the mirror: neither is the mirror damaged, nor is anything missing in it. (Not
// parallel: it changes the environment.)
func TestFaultsOfTheMachine(t *testing.T) { //nolint:paralleltest // see above
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	f.done()
	for name, tt := range reads(f) {
		for _, does := range []string{
			"kill -KILL $$", "kill -TERM $$",
			"echo 'fatal: unable to create thread: Resource temporarily unavailable' >&2; exit 128",
			"echo 'error: packfile: Too many open files in system' >&2; exit 1",
		} {
			t.Run(name+"/"+does, func(t *testing.T) {
				gitThat(t, tt.pattern, does)
				r := f.open()
				if err := tt.read(t.Context(), r); errkind.Of(err) != errkind.Machine || errkind.Hint(err) == "" {
					t.Errorf("%v of kind %q, hint %q", err, errkind.Of(err), errkind.Hint(err))
				}
				if r.Lacked() {
					t.Error("something is missing")
				}
			})
		}
	}
}

// Where git fails of what it reads, the mirror is at fault, or what it was asked for is
// missing.
func TestFaultsOfTheMirror(t *testing.T) { //nolint:paralleltest // it changes the environment
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	f.done()
	missing := []string{"sizes", "a tree", "blobs", "large blob", "related"}
	for name, tt := range reads(f) {
		for _, does := range []string{"kill -SEGV $$", "echo 'fatal: bad object' >&2; exit 128"} {
			t.Run(name+"/"+does, func(t *testing.T) {
				gitThat(t, tt.pattern, does)
				want := errkind.Corrupt
				if strings.Contains(strings.Join(missing, " "), name) {
					want = ""
				}
				if err := tt.read(t.Context(), f.open()); errkind.Of(err) != want {
					t.Errorf("%v of kind %q, want %q", err, errkind.Of(err), want)
				}
			})
		}
	}
}

// The same of a git that speaks with a host: no fault of the host.
func TestTransportKilled(t *testing.T) { //nolint:paralleltest // it changes the environment
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	f.done()
	from := Remote{URL: "file://" + f.dir}
	copied := filepath.Join(t.TempDir(), "copy.git")
	if err := Clone(t.Context(), from, copied); err != nil {
		t.Fatal(err)
	}
	for pattern, ask := range map[string]func() error{
		"*clone*":     func() error { return Clone(t.Context(), from, copied+"2") },
		"*ls-remote*": func() error { return Fetch(t.Context(), copied, from) },
		"*show-ref*":  func() error { return Fetch(t.Context(), copied, from) },
	} {
		t.Run(pattern, func(t *testing.T) {
			gitThat(t, pattern, "kill -KILL $$")
			if err := ask(); errkind.Of(err) != errkind.Machine {
				t.Errorf("%v of kind %q", err, errkind.Of(err))
			}
		})
	}
}

// What git said may come late on a machine under load: it is waited for, and where it
// does not come that is told of the machine.
func TestLateWords(t *testing.T) {
	t.Parallel()
	cmd := command(t.Context(), t.TempDir(), "version")
	if cmd.WaitDelay != drainDelay {
		t.Errorf("git's words are waited for %s", cmd.WaitDelay)
	}
	if err := gitError(t.Context(), "version", exec.ErrWaitDelay, newStderr()); errkind.Of(err) != errkind.Machine {
		t.Errorf("%v of kind %q", err, errkind.Of(err))
	}
	for deaf, want := range map[int]int{0: 1, 1: 2, unheard: unheard} {
		asked := 0
		out, err := heard(func() ([]byte, error) {
			if asked++; asked <= deaf {
				return nil, gitError(t.Context(), "version", exec.ErrWaitDelay, newStderr())
			}
			return []byte("yes"), nil
		})
		if asked != want || (err == nil) != (string(out) == "yes") || (err == nil) != (deaf < unheard) {
			t.Errorf("after %d answers that were not heard: asked %d times, %q, %v", deaf, asked, out, err)
		}
	}
}

// withoutFiles calls fn while this process can open no file.
func withoutFiles(t *testing.T, fn func()) {
	t.Helper()
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Skip(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 0, Max: was.Max}); err != nil {
		t.Skip(err)
	}
	defer func() { _ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was) }()
	fn()
}

// Where no more files can be opened, all says so, and nothing that it is damaged,
// missing or over a limit. (Not parallel: it takes the files from all.)
func TestNoOpenFiles(t *testing.T) { //nolint:paralleltest // see above
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	r := f.done()
	asked := map[string]func() error{
		"open":        func() error { _, err := Open(f.dir, r.ID()); return err },
		"fingerprint": func() error { _, err := r.Fingerprint(); return err },
		"objects":     func() error { _, err := r.Objects(); return err },
		"head":        func() error { _, _, err := r.head(); return err },
	}
	for name, tt := range reads(f) {
		r := f.open()
		asked[name] = func() error { return tt.read(t.Context(), r) }
	}
	for name, ask := range asked {
		var err error
		withoutFiles(t, func() { err = ask() })
		if errkind.Of(err) != errkind.Machine && !errkind.Exhausted(err) {
			t.Errorf("%s: %v of kind %q", name, err, errkind.Of(err))
		}
	}
}
