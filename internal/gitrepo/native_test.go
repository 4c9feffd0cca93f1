package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"hash/fnv"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
)

// A teller writes commits down, all that is in them, to be compared.
type teller struct {
	sum   hash.Hash64
	lines []string // the first ones, to show
	each  []uint64
}

func (w *teller) tell(c *Commit) error {
	w.sum.Reset()
	text := fmt.Sprintf("%s %d %s %t %d %q %q %q", c.OID, c.Parents, c.Parent, c.Mainline, c.Time, c.Name, c.Address, c.Written)
	for _, ch := range c.Changes {
		old, now := ch.OldOID, ch.NewOID
		if ch.OldMode == 0 {
			old = nil
		}
		if ch.NewMode == 0 {
			now = nil
		}
		text += fmt.Sprintf("\n\t%o %o %s %s %q", ch.OldMode, ch.NewMode, old, now, ch.Path)
		if len(text) > 4096 {
			w.sum.Write([]byte(text))
			text = ""
		}
	}
	w.sum.Write([]byte(text))
	w.each = append(w.each, w.sum.Sum64())
	w.lines = append(w.lines, text[:min(len(text), 300)])
	return nil
}

func newTeller() *teller { return &teller{sum: fnv.New64a()} }

// sameHistory compares the two ways of reading the history of tip.
func sameHistory(t *testing.T, r *Repo, tip string) {
	t.Helper()
	ours, gits := newTeller(), newTeller()
	if err := (&native{bounds: &r.bounds}).run(t.Context(), r, asking(t, r, tip), ours.tell); err != nil {
		t.Errorf("%s: %v", r.dir, err)
		return
	}
	if err := r.log(t.Context(), asking(t, r, tip), gits.tell); err != nil {
		t.Fatal(err)
	}
	for i := range min(len(ours.each), len(gits.each)) {
		if ours.each[i] != gits.each[i] {
			t.Errorf("%s: commit %d:\n%s\ngit log has\n%s", r.dir, i, ours.lines[i], gits.lines[i])
			return
		}
	}
	if len(ours.each) != len(gits.each) {
		t.Errorf("%s: %d commits, git log has %d", r.dir, len(ours.each), len(gits.each))
	}
}

// mirrors are those of the tree that ASSAY_MIRROR names.
func mirrors(tb testing.TB) map[*Repo]string {
	tb.Helper()
	dir := os.Getenv("ASSAY_MIRROR")
	if dir == "" {
		tb.Skip("ASSAY_MIRROR names a tree of mirrors to read")
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*", "*.git"))
	if err != nil {
		tb.Fatal(err)
	}
	tips := map[*Repo]string{}
	for _, path := range paths {
		r, err := Open(path, "example.org/owner/repo")
		if err != nil {
			tb.Fatal(err)
		}
		rev, err := r.At(context.Background(), "")
		if errkind.Of(err) == errkind.Empty {
			continue
		}
		if err != nil {
			tb.Fatal(err)
		}
		tips[r] = rev.Commit
	}
	return tips
}

func TestNativeMirrors(t *testing.T) {
	t.Parallel()
	for r, tip := range mirrors(t) {
		sameHistory(t, r, tip)
	}
}

// processor is the time that this process and its children spent.
func processor(tb testing.TB) time.Duration {
	tb.Helper()
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			tb.Fatal(err)
		}
		sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return sum
}

// BenchmarkHistory reads the histories of all mirrors, ours and git's way.
func BenchmarkHistory(b *testing.B) {
	tips := mirrors(b)
	nothing := func(*Commit) error { return nil }
	for name, read := range map[string]func(*Repo, string) error{
		"native": func(r *Repo, tip string) error {
			return (&native{bounds: &r.bounds}).run(b.Context(), r, asking(b, r, tip), nothing)
		},
		"git": func(r *Repo, tip string) error { return r.log(b.Context(), asking(b, r, tip), nothing) },
	} {
		b.Run(name, func(b *testing.B) {
			start := processor(b)
			for b.Loop() {
				for r, tip := range tips {
					if err := read(r, tip); err != nil && !errors.Is(err, pack.ErrOdd) {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric((processor(b)-start).Seconds()/float64(b.N), "cpu-s/op")
		})
	}
}

// asking asks for the whole history of a commit, with its .mailmap.
func asking(tb testing.TB, r *Repo, tip string) logRequest {
	tb.Helper()
	mailmap, err := r.mailmap(tb.Context(), tip)
	if err != nil {
		tb.Fatal(err)
	}
	return logRequest{commit: tip, mailmap: mailmap}
}
