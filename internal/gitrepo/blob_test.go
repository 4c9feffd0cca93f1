package gitrepo

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// read gives what Blobs says of each object, as text: the content or its
// length, "missing", "truncated".
func read(t *testing.T, r *Repo, oids []string, sizes []int64) []string {
	t.Helper()
	var got []string
	err := r.Blobs(t.Context(), oids, sizes, func(i int, c Content) error {
		if i != len(got) {
			t.Errorf("index %d comes as number %d", i, len(got))
		}
		got = append(got, describe(c))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func describe(c Content) string {
	switch {
	case c.Missing && (c.Truncated || c.Data != nil):
		return "contradiction"
	case c.Missing:
		return "missing"
	case c.Truncated:
		return fmt.Sprintf("truncated to %d", len(c.Data))
	case len(c.Data) > 20:
		return fmt.Sprintf("%d bytes", len(c.Data))
	}
	return string(c.Data)
}

func TestBlobs(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha", "empty", "", "d/f", "\x00binary\n\n")
	r := f.done()
	blob := func(path string) string { return f.git(nil, "rev-parse", "main:"+path) }
	gone, bad := strings.Repeat("12", 20), "--batch-all-objects"
	exact, over := f.hash("blob", strings.Repeat("x", limit.BlobBytes)), f.hash("blob", strings.Repeat("y", limit.BlobBytes+1))
	tests := []struct {
		oid  string
		size int64
		want string
	}{
		{blob("a"), 5, "alpha"},
		{gone, -1, "missing"},
		{over, limit.BlobBytes + 1, fmt.Sprintf("truncated to %d", limit.BlobPrefix)},
		{blob("empty"), 0, ""},
		{blob("d"), 30, "missing"}, // a tree
		{exact, limit.BlobBytes, fmt.Sprintf("%d bytes", limit.BlobBytes)},
		{f.git(nil, "rev-parse", "main"), 200, "missing"}, // a commit
		{gone, limit.BlobBytes + 5, "missing"},
		{blob("d"), limit.BlobBytes + 5, "missing"},
		{bad, 5, "missing"},
		{bad, limit.BlobBytes + 1, "missing"},
		{over, 5, "missing"}, // larger than it was said to be
		{blob("a"), 5, "alpha"},
		{blob("a"), limit.BlobBytes + 1, "missing"}, // smaller than it was said to be
		{blob("d/f"), 9, "\x00binary\n\n"},
	}
	var oids, want []string
	var sizes []int64
	for _, tt := range tests {
		oids, sizes, want = append(oids, tt.oid), append(sizes, tt.size), append(want, tt.want)
	}
	if got := read(t, r, oids, sizes); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if got := read(t, r, nil, nil); len(got) != 0 {
		t.Errorf("of nothing: %q", got)
	}
}

// A damaged loose object costs itself; those before and after it are read.
func TestBlobsDamaged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	r := f.done()
	damage := map[string]func(path string, data []byte) []byte{
		"no zlib":          func(string, []byte) []byte { return []byte("not an object") },
		"empty file":       func(string, []byte) []byte { return nil },
		"cut":              func(_ string, data []byte) []byte { return data[:len(data)/2] },
		"flipped":          func(_ string, data []byte) []byte { data[len(data)/2] ^= 0xff; return data },
		"claims too much":  func(string, []byte) []byte { return deflate("blob 9000\x00short") },
		"claims too few":   func(string, []byte) []byte { return deflate("blob 3\x00much longer than it says") },
		"claims a lot":     func(string, []byte) []byte { return deflate("blob 1099511627776\x00short") },
		"overflowing size": func(string, []byte) []byte { return deflate("blob 99999999999999999999999\x00short") },
		"no such type":     func(string, []byte) []byte { return deflate("blub 5\x00short") },
		"no header":        func(string, []byte) []byte { return deflate(strings.Repeat("z", 5000)) },
	}
	oids, sizes, want := []string{f.hash("blob", "before")}, []int64{6}, []string{"before"}
	for name, change := range damage {
		oid := f.hash("blob", name+strings.Repeat(" incompressible 0123456789", 40)+name)
		data, err := os.ReadFile(f.object(oid))
		if err != nil {
			t.Fatal(err)
		}
		f.write("objects/"+oid[:2]+"/"+oid[2:], string(change(name, data)))
		good := f.hash("blob", "after "+name)
		oids, sizes = append(oids, oid, good), append(sizes, 1040, int64(len("after "+name)))
		want = append(want, "missing", describe(Content{Data: []byte("after " + name)}))
	}
	if got := read(t, r, oids, sizes); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("got\n%q\nwant\n%q\nof\n%q", got, want, oids)
	}
}

// A pack that is damaged in its middle.
func TestBlobsDamagedPack(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var files []string
	for i := range 400 {
		files = append(files, fmt.Sprintf("f%03d", i), fmt.Sprintf("%d %s", i, strings.Repeat(fmt.Sprint(i*7919), 200)))
	}
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, files...)
	r := f.done()
	entries, err := r.Tree(t.Context(), f.git(nil, "rev-parse", "main"))
	if err != nil {
		t.Fatal(err)
	}
	packs, err := filepath.Glob(filepath.Join(f.dir, "objects/pack/*.pack"))
	if err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	data, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	copy(data[len(data)/3:], bytes.Repeat([]byte{0xa5}, 100))
	f.write("objects/pack/"+filepath.Base(packs[0]), string(data))
	oids, sizes := make([]string, len(entries)), make([]int64, len(entries))
	for i, e := range entries {
		oids[i], sizes[i] = e.OID, e.Size
	}
	missing := 0
	for i, got := range read(t, r, oids, sizes) {
		if got == "missing" {
			missing++
		} else if got != fmt.Sprintf("%d bytes", sizes[i]) {
			t.Errorf("%s: %q", entries[i].Path, got)
		}
	}
	if missing == 0 || missing > 20 {
		t.Errorf("%d of %d files are missing", missing, len(entries))
	}
}

// Beyond limit.BlobsBroken damaged blobs no more processes are started.
func TestBlobsDamagedEverywhere(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	r := f.done()
	var oids []string
	for i := range limit.BlobsBroken + 50 {
		oid := fmt.Sprintf("%040x", i+1)
		f.write("objects/"+oid[:2]+"/"+oid[2:], string(deflate("blob 9000\x00short")))
		oids = append(oids, oid)
	}
	for i, got := range read(t, r, oids, make([]int64, len(oids))) {
		if got != "missing" {
			t.Errorf("%d: %q", i, got)
		}
	}
}

// More requests and answers than any pipe holds, each way.
func TestBlobsMany(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var files []string
	for i := range 300 {
		files = append(files, fmt.Sprintf("f%03d", i), strings.Repeat(fmt.Sprintf("%d,", i), i*40))
	}
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, files...)
	r := f.done()
	entries, err := r.Tree(t.Context(), f.git(nil, "rev-parse", "main"))
	if err != nil {
		t.Fatal(err)
	}
	var oids []string
	var sizes []int64
	for range 100 {
		for _, e := range entries {
			oids, sizes = append(oids, e.OID), append(sizes, e.Size)
		}
	}
	n := 0
	err = r.Blobs(t.Context(), oids, sizes, func(i int, c Content) error {
		n++
		want := files[2*(i%len(entries))+1]
		if string(c.Data) != want {
			return fmt.Errorf("%d: %d bytes, want %d", i, len(c.Data), len(want))
		}
		return nil
	})
	if err != nil || n != len(oids) {
		t.Errorf("%d of %d: %v", n, len(oids), err)
	}
}

// An error of the callback, and the end of the context, end git as well. (Not
// parallel: it looks at the children of the whole process.)
func TestBlobsStop(t *testing.T) { //nolint:paralleltest // see above
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", strings.Repeat("x", 1<<20))
	r := f.done()
	oid := f.git(nil, "rev-parse", "main:a")
	r.bounds.blobs = limit.BlobsBytes // there is one blob, and it is asked for often
	oids, sizes := make([]string, 20_000), make([]int64, 20_000)
	for i := range oids {
		oids[i], sizes[i] = oid, 1<<20
	}
	_ = starts() // the goroutine that starts children stays
	before := runtime.NumGoroutine()
	stop := errors.New("stop")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for name, tt := range map[string]struct {
		fn   func(i int, c Content) error
		want error
	}{
		"error of the callback": {func(i int, _ Content) error {
			if i == 3 {
				return stop
			}
			return nil
		}, stop},
		"context": {func(i int, _ Content) error {
			if i == 3 {
				cancel()
			}
			return nil
		}, context.Canceled},
	} {
		calls := 0
		err := r.Blobs(ctx, oids, sizes, func(i int, c Content) error { calls++; return tt.fn(i, c) })
		if name == "error of the callback" && calls != 4 && ctx.Err() == nil {
			t.Errorf("%s: %d calls", name, calls)
		}
		if !errors.Is(err, tt.want) && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if calls == len(oids) {
			t.Errorf("%s: did not stop", name)
		}
	}
	if got := children(t); got != "" {
		t.Errorf("processes left: %s", got)
	}
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(deadline); {
		runtime.Gosched()
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

// children lists the processes that are children of this one.
func children(t *testing.T) string {
	t.Helper()
	tasks, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(tasks) == 0 {
		t.Skip("the system does not tell the children of a process")
	}
	var all []string
	for _, name := range tasks {
		if data, err := os.ReadFile(name); err == nil {
			all = append(all, strings.Fields(string(data))...)
		}
	}
	return strings.Join(all, " ")
}

// A blob of 1 GiB, packed into a megabyte, costs its first bytes, whoever asks.
// (Not parallel: it measures memory.)
func TestBlobsHuge(t *testing.T) { //nolint:paralleltest // see above
	f := newFixture(t)
	r := f.done()
	oid := f.hugeBlob(1 << 30)
	tip := f.commitTree(f.tree([2]string{"100644 zeros", oid}))
	start := time.Now()
	entries, err := r.Tree(t.Context(), tip)
	if err != nil || len(entries) != 1 || entries[0].Size != 1<<30 {
		t.Fatalf("Tree = %+v, %v", entries, err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if got := read(t, r, []string{oid}, []int64{1 << 30}); got[0] != fmt.Sprintf("truncated to %d", limit.BlobPrefix) {
		t.Errorf("Blobs: %q", got)
	}
	if _, err := r.ReadFile(t.Context(), tip, "zeros", 1<<20); errkind.Of(err) != errkind.Limit {
		t.Errorf("ReadFile = %v, want an error of kind limit", err)
	}
	// The size is not known: it is asked for with the small ones.
	if got := read(t, r, []string{oid}, []int64{-1}); got[0] != "missing" {
		t.Errorf("Blobs, size unknown: %q", got)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("%d bytes allocated", used)
	}
	// A process counts what its parent used when it was started, so the figure
	// says nothing once this program itself is large (under the race detector).
	var self, git syscall.Rusage
	if err := errors.Join(syscall.Getrusage(syscall.RUSAGE_SELF, &self), syscall.Getrusage(syscall.RUSAGE_CHILDREN, &git)); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" && self.Maxrss < 100<<10 && git.Maxrss > 100<<10 {
		t.Errorf("a git process used %d KiB", git.Maxrss)
	}
	t.Logf("%v; largest process %d KiB", time.Since(start), git.Maxrss)
}

// hugeBlob writes a loose blob of size zero bytes in moments: the compressed
// form of one piece over and over. Its name is made up; git does not check it.
func (f *fixture) hugeBlob(size int) string {
	f.t.Helper()
	const piece = 1 << 20
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	zeros := make([]byte, piece)
	write := func(data []byte) int {
		at := b.Len()
		if _, err := z.Write(data); err != nil {
			f.t.Fatal(err)
		}
		if err := z.Flush(); err != nil {
			f.t.Fatal(err)
		}
		return at
	}
	write(fmt.Appendf(nil, "blob %d\x00", size))
	write(zeros) // pieces after this one refer back to zeros, and are all alike
	at := write(zeros)
	more := bytes.Clone(b.Bytes()[at:])
	for range size/piece - 2 {
		b.Write(more)
	}
	oid := strings.Repeat("ab", 20)
	f.write("objects/"+oid[:2]+"/"+oid[2:], b.String())
	return oid
}

func deflate(text string) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return b.Bytes()
}

func BenchmarkBlobs(b *testing.B) {
	dir := os.Getenv("ASSAY_MIRROR")
	if dir == "" {
		b.Skip("ASSAY_MIRROR names a tree of mirrors to read: ASSAY_MIRROR=/srv/mirrors go test -bench Blobs ./internal/gitrepo")
	}
	mirrors, err := filepath.Glob(filepath.Join(dir, "*/*/*.git"))
	if err != nil || len(mirrors) == 0 {
		b.Fatalf("no mirrors in %q: %v", dir, err)
	}
	r, err := Open(mirrors[0], IDOf(mirrors[0]))
	if err != nil {
		b.Fatal(err)
	}
	rev, err := r.At(b.Context(), "")
	if err != nil {
		b.Fatal(err)
	}
	entries, err := r.Tree(b.Context(), rev.Commit)
	if err != nil {
		b.Fatal(err)
	}
	var oids []string
	var sizes []int64
	var total int64
	for _, e := range entries {
		if e.Regular() && e.Size >= 0 {
			oids, sizes, total = append(oids, e.OID), append(sizes, e.Size), total+e.Size
		}
	}
	b.SetBytes(total)
	for b.Loop() {
		if err := r.Blobs(b.Context(), oids, sizes, func(int, Content) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
