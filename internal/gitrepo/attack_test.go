package gitrepo

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/gitrepo/pack"
	"assay/internal/gittest"
	"assay/internal/limit"
)

// bomb makes the repository of b, opened.
func bomb(t *testing.T, b gittest.Bomb) *Repo {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bomb.git")
	if err := b.Write(dir); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir, "example.org/evil/bomb")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// overLimitOf fails the test where err is not of kind Limit, or does not name
// the limit.
func overLimitOf(t *testing.T, what, name string, err error) {
	t.Helper()
	if errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "(limit "+name+")") {
		t.Errorf("%s: error %v of kind %q, want the limit %s", what, err, errkind.Of(err), name)
	}
}

// What an older commit names is bounded, whoever reads the history.
func TestBombsInHistory(t *testing.T) {
	t.Parallel()
	million := gittest.Bomb{Widths: []int{10, 10, 10, 10, 10, 10}}
	for name, tt := range map[string]struct {
		bomb   gittest.Bomb
		set    func(b *bounds)
		limit  string
		native bool // git log goes over such a thing without a word
	}{
		"files":         {million, func(b *bounds) { b.commitChanges = 1000 }, "commit-changes", false},
		"their text":    {million, func(b *bounds) { b.commitText = 100_000 }, "commit-text", false},
		"again":         {gittest.Bomb{Widths: []int{10, 10}, Times: 20}, func(b *bounds) { b.changes = 1000 }, "history-changes", false},
		"commits":       {gittest.Bomb{Widths: []int{1}, Times: 20}, func(b *bounds) { b.commits = 10 }, "history-commits", false},
		"empty folders": {gittest.Bomb{Widths: million.Widths, Empty: true}, func(b *bounds) { b.compared.Folders = 1000 }, "history-folders", true},
		"bytes":         {million, func(b *bounds) { b.compared.Bytes = 10_000 }, "history-bytes", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := bomb(t, tt.bomb)
			tt.set(&r.bounds)
			rev, err := r.At(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			changes := 0
			count := func(c *Commit) error { changes += len(c.Changes); return nil }
			overLimitOf(t, "History", tt.limit, r.History(t.Context(), rev.Commit, "", count))
			if changes > 2000 {
				t.Errorf("%d changes were given", changes)
			}
			if tt.native {
				return
			}
			again, err := Open(r.dir, r.id) // the counts begin anew
			if err != nil {
				t.Fatal(err)
			}
			tt.set(&again.bounds)
			overLimitOf(t, "git log", tt.limit, again.log(t.Context(), logRequest{commit: rev.Commit}, func(c *Commit) error { return again.afford(c) }))
		})
	}
}

// The work that is refused is not done first.
func TestBoundedWork(t *testing.T) {
	t.Parallel()
	r := bomb(t, gittest.Bomb{Widths: []int{10, 10, 10, 10, 10, 10, 10, 10, 10}, Empty: true})
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	store, err := pack.Open(r.dir, &r.indexes)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	store.Bound(pack.Work{Folders: 1000})
	oid, err := pack.ParseOID(rev.Commit)
	if err != nil {
		t.Fatal(err)
	}
	n := &native{store: store, bounds: &r.bounds, next: -1}
	if n.graph, err = store.Graph(t.Context(), oid); err != nil {
		t.Fatal(err)
	}
	if err := n.name(""); err != nil {
		t.Fatal(err)
	}
	for i := range n.graph.Commits {
		if err = n.read(t.Context(), int32(i)); err != nil {
			break
		}
	}
	var over *pack.OverError
	if !errors.As(err, &over) || !over.Folders || store.Work().Folders != 1001 {
		t.Errorf("error %v after %+v", err, store.Work())
	}
}

// The revision itself is bounded the same.
func TestBombsAtTheTip(t *testing.T) {
	t.Parallel()
	million := []int{10, 10, 10, 10, 10, 10}
	for name, tt := range map[string]struct {
		bomb  gittest.Bomb
		set   func(b *bounds)
		limit string
	}{
		"files":         {gittest.Bomb{Widths: million, Stays: true}, func(b *bounds) { b.files = 1000 }, "tree-files"},
		"paths":         {gittest.Bomb{Widths: []int{10, 10, 10}, Stays: true}, func(b *bounds) { b.text = 1000 }, "tree-text"},
		"empty folders": {gittest.Bomb{Widths: million, Empty: true, Stays: true}, func(b *bounds) { b.tree.Folders = 1000 }, "tree-folders"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := bomb(t, tt.bomb)
			tt.set(&r.bounds)
			rev, err := r.At(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			_, err = r.Tree(t.Context(), rev.Commit)
			overLimitOf(t, "Tree", tt.limit, err)
		})
	}
}

// What is within the limits is read, a file under many names too.
func TestNamesWithinLimits(t *testing.T) {
	t.Parallel()
	r := bomb(t, gittest.Bomb{Widths: []int{10, 100}, Stays: true, Times: 3})
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := r.Tree(t.Context(), rev.Commit)
	if err != nil || len(entries) != 1001 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	commits := 0
	if err := r.History(t.Context(), rev.Commit, "", func(*Commit) error { commits++; return nil }); err != nil || commits != 4 {
		t.Errorf("%d commits, %v", commits, err)
	}
}

func TestRefsAreBounded(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	c := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	for i := range 20 {
		f.point("refs/tags/v"+strconv.Itoa(i), c)
	}
	r := f.done()
	for name, set := range map[string]func(b *bounds){
		"ref-count": func(b *bounds) { b.refs = 10 },
		"refs-text": func(b *bounds) { b.refsText = 1000 },
	} {
		r.bounds = usual()
		set(&r.bounds)
		_, err := r.At(t.Context(), "")
		overLimitOf(t, "At", name, err)
	}
}

func TestMainlineIsBounded(t *testing.T) {
	t.Parallel()
	r := bomb(t, gittest.Bomb{Widths: []int{1}, Times: 20})
	r.bounds.commits = 10
	rev, err := r.At(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Mainline(t.Context(), rev.Commit, "")
	overLimitOf(t, "Mainline", "history-commits", err)
}

func TestBlobsAreBoundedTogether(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", strings.Repeat("x", 600))
	r := f.done()
	r.bounds.blobs = 1000
	oid := f.git(nil, "rev-parse", "main:a")
	given := 0
	give := func(int, Content) error { given++; return nil }
	if err := r.Blobs(t.Context(), []string{oid}, []int64{600}, give); err != nil {
		t.Fatal(err)
	}
	overLimitOf(t, "Blobs", "blobs-bytes", r.Blobs(t.Context(), []string{oid}, []int64{600}, give))
	if given != 1 {
		t.Errorf("%d blobs were given", given)
	}
}

// git reads refs, and a few files beside them, whole and through links. What it
// could not bear is refused before it is started.
func TestOpenRefusesWhatGitWouldNotBear(t *testing.T) {
	t.Parallel()
	large := func(n int64) func(f *fixture, name string) {
		return func(f *fixture, name string) {
			big := filepath.Join(f.t.TempDir(), "big")
			if err := os.WriteFile(big, nil, 0o644); err != nil {
				f.t.Fatal(err)
			}
			if err := os.Truncate(big, n+1); err != nil { // a hole: it takes no room
				f.t.Fatal(err)
			}
			plant(f, big, name)
		}
	}
	device := func(f *fixture, name string) { plant(f, "/dev/zero", name) }
	text := func(content string) func(f *fixture, name string) {
		return func(f *fixture, name string) { f.remove(name); f.write(name, content) }
	}
	for _, tt := range []struct {
		name string
		make func(f *fixture, name string)
		kind errkind.Kind
		want string
	}{
		{"refs/heads/x", device, errkind.Corrupt, "no ordinary file"},
		{"refs/heads/x", large(limit.RefFile), errkind.Limit, "limit ref-file"},
		{"refs/heads/x", func(f *fixture, name string) { plant(f, "/", name) }, errkind.Corrupt, "no ordinary file"},
		{"refs/heads/x", text("ref: evil\n"), errkind.Corrupt, "which is no ref"},
		{"refs/heads/" + strings.Repeat("d/", limit.RefDepth+1) + "x", text("x"), errkind.Corrupt, "folders"},
		{"reftable/x", large(limit.RefsFile), errkind.Limit, "limit refs-file"},
		{"HEAD", device, errkind.Corrupt, "not a git directory"},
		{"HEAD", large(limit.MirrorHead), errkind.Limit, "limit mirror-head"},
		{"HEAD", text("ref: evil\n"), errkind.Corrupt, "which is no ref"},
		{"config", large(limit.MirrorConfig), errkind.Limit, "limit mirror-config"},
		{"packed-refs", device, errkind.Corrupt, "no ordinary file"},
		{"packed-refs", large(limit.RefsFile), errkind.Limit, "limit refs-file"},
		{"shallow", large(limit.ShallowFile), errkind.Limit, "limit shallow-file"},
		{"objects/info/alternates", device, errkind.Corrupt, "no ordinary file"},
		{"objects/info/alternates", large(limit.AlternatesFile), errkind.Limit, "limit alternates-file"},
	} {
		t.Run(tt.name+" "+tt.want, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
			f.done()
			tt.make(f, tt.name)
			_, err := Open(f.dir, "example.org/o/n")
			if errkind.Of(err) != tt.kind || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open = %v of kind %q, want %s: %s", err, errkind.Of(err), tt.kind, tt.want)
			}
		})
	}
}

// plant puts a link in place of a file of the mirror.
func plant(f *fixture, to, name string) {
	f.t.Helper()
	f.remove(name)
	f.write(name+".d/x", "") // makes the folders
	if err := os.RemoveAll(filepath.Join(f.dir, name+".d")); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Symlink(to, filepath.Join(f.dir, name)); err != nil {
		f.t.Fatal(err)
	}
}

// A link to an ordinary file is one, and what git passes over is not looked at.
func TestOpenBearsLinks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "x")
	f.done()
	tip := f.git(nil, "rev-parse", "main")
	f.write("elsewhere", tip+"\n")
	plant(f, "../../elsewhere", "refs/heads/linked")
	f.write("refs/remotes/origin/HEAD", "ref: refs/heads/main\n")
	f.write("refs/heads/.DS_Store", strings.Repeat("x", limit.RefFile+1))
	f.write("refs/heads/main.lock", strings.Repeat("x", limit.RefFile+1))
	if got := subject(t, f.open(), ""); got != "x" {
		t.Errorf("got %q", got)
	}
}

// Programs that git starts inherit the bound of its memory.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	if !MemoryBounded {
		t.Skip("not on " + runtime.GOOS)
	}
	cmd := command(t.Context(), "", "-c", "alias.told=!ulimit -d", "told")
	var out strings.Builder
	cmd.Stdout = &out
	if err := runGuarded(cmd); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(out.String()); got != strconv.Itoa(limit.FetchMemory>>10) {
		t.Errorf("a program that git started may use %s KiB", got)
	}
	reader := command(t.Context(), "", "hash-object", "--stdin")
	stdin, err := reader.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := launch(reader); err != nil {
		t.Fatal(err)
	}
	limits, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(reader.Process.Pid), "limits"))
	if err != nil {
		t.Error(err)
	}
	if !strings.Contains(string(limits), strconv.Itoa(limit.GitMemory)) {
		t.Errorf("git that reads has the limits\n%s", limits)
	}
	_ = stdin.Close()
	_ = reader.Wait()
}

// git that came to the bound of its memory is an outcome of kind Limit.
func TestOutOfMemory(t *testing.T) {
	t.Parallel()
	stderr := newStderr()
	_, _ = stderr.Write([]byte("fatal: Out of memory, malloc failed (tried to allocate 12 bytes)\n"))
	overLimitOf(t, "git", "git-memory", gitError(context.Background(), "log", &exec.ExitError{}, stderr))
}
