package gitrepo

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// A pipe in place of a file of the mirror keeps git waiting for ever; it costs
// this mirror and not the survey.
func TestPatience(t *testing.T) {
	t.Parallel()
	pipe := func(t *testing.T, f *fixture, name string) {
		t.Helper()
		f.remove(name)
		f.write(name+".d/x", "") // makes the folders
		if err := syscall.Mkfifo(filepath.Join(f.dir, name), 0o644); err != nil {
			t.Skip(err)
		}
	}
	t.Run("ref", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "text")
		repo := f.done()
		pipe(t, f, "refs/heads/other")
		repo.bounds.silence = 200 * time.Millisecond
		_, err := repo.At(t.Context(), fact.Date("2024-06-01"))
		wantSilence(t, err)
	})
	t.Run("blob", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "text")
		repo := f.done()
		oid := strings.Repeat("ab", 20)
		pipe(t, f, "objects/"+oid[:2]+"/"+oid[2:])
		repo.bounds.silence = 200 * time.Millisecond
		err := repo.Blobs(t.Context(), []string{oid}, []int64{4}, func(int, Content) error { return nil })
		wantSilence(t, err)
	})
}

// Git's silence is counted in beats: where this program is stopped itself, there are
// none, and git is not at fault.
func TestBeats(t *testing.T) {
	t.Parallel()
	r := &Repo{bounds: usual()}
	ctx, w := r.watch(t.Context())
	defer w.stop()
	for _, alive := range []bool{true, false} {
		for range beats - 1 {
			w.beat()
		}
		if ctx.Err() != nil {
			t.Fatal("git is ended too early")
		}
		if alive {
			w.alive()
		}
	}
	if w.beat(); ctx.Err() == nil || !w.fired.Load() {
		t.Error("git goes on after its last beat")
	}
}

func wantSilence(t *testing.T, err error) {
	t.Helper()
	if errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "did not answer") {
		t.Errorf("error %v of kind %s, want that git did not answer", err, errkind.Of(err))
	}
}

// A linked work tree is refused: its repository lies elsewhere.
func TestOpenRefusesLinked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "text")
	f.done()
	f.write("commondir", "../elsewhere\n")
	if _, err := Open(f.dir, "example.org/a/b"); errkind.Of(err) != errkind.Corrupt {
		t.Errorf("error %v, want one of kind corrupt", err)
	}
}
