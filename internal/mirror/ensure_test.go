package mirror

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/reach"
)

// childVariable, in the environment of this test's program, makes it a process
// that ensures one mirror in the folder it names, in place of running tests.
const childVariable = "ASSAY_TEST_MIRROR_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		if err := child(dir); err != nil {
			fmt.Println("error:", err)
		}
		return
	}
	os.Exit(m.Run())
}

const id = fact.RepoID("host.example/o/n")

// child ensures the mirror of id in dir. In the middle of the clone it says
// "cloning" and waits for a line.
func child(dir string) error {
	t, err := New(Config{Dir: dir})
	if err != nil {
		return err
	}
	t.clone = func(_ context.Context, _ gitrepo.Remote, to string) error {
		if err := os.MkdirAll(filepath.Join(to, "objects/pack"), 0o755); err != nil {
			return err
		}
		fmt.Println("cloning")
		if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
			return err
		}
		for _, name := range []string{"refs", "objects"} {
			if err := os.MkdirAll(filepath.Join(to, name), 0o755); err != nil {
				return err
			}
		}
		return os.WriteFile(filepath.Join(to, "HEAD"), []byte("ref: refs/heads/child\n"), 0o644)
	}
	_, _, err = t.Ensure(context.Background(), id)
	return err
}

// startChild starts a child on dir and returns when it is in mid-clone.
func startChild(t *testing.T, dir string) (cmd *exec.Cmd, stdin io.WriteCloser) {
	t.Helper()
	program, err := os.Executable()
	check(t, err)
	cmd = exec.Command(program)
	cmd.Env = append(os.Environ(), childVariable+"="+dir)
	stdin, err = cmd.StdinPipe()
	check(t, err)
	stdout, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "cloning\n" {
		t.Fatalf("child said %q, %v", line, err)
	}
	return cmd, stdin
}

// online is a Tree that clones into dir from the bare repository origin, and
// does not wait between attempts.
func online(t *testing.T, dir, origin string) *Tree {
	t.Helper()
	tree := newTree(t, Config{Dir: dir, URL: func(fact.RepoID) string { return "file://" + origin }})
	tree.pause = func() backoff.BackOff { return &backoff.ZeroBackOff{} }
	return tree
}

// newOrigin makes a repository with one commit to clone from.
func newOrigin(t *testing.T) (dir, tip string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "origin.git")
	bare(t, dir)
	return dir, commit(t, dir, "first")
}

// newest is the commit that the mirror dir has on its main branch.
func newest(t *testing.T, dir string) string {
	t.Helper()
	repo, err := gitrepo.Open(dir, id)
	check(t, err)
	defer repo.Close()
	rev, err := repo.At(t.Context(), "")
	check(t, err)
	return rev.Commit
}

// leftovers lists what lies beside the mirrors of dir and is no lock.
func leftovers(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && strings.Contains(entry.Name(), "@") && entry.Name() != "@locks" {
			paths = append(paths, path)
		}
		return err
	})
	check(t, err)
	return paths
}

func TestEnsure(t *testing.T) {
	t.Parallel()
	origin, first := newOrigin(t)
	dir := filepath.Join(t.TempDir(), "made", "when needed")
	tree := online(t, dir, origin)
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	tree.now = func() time.Time { return start }

	ensure := func(want string) {
		t.Helper()
		got, foundAs, err := tree.Ensure(t.Context(), id)
		if err != nil || foundAs != "" || got != filepath.Join(dir, string(id)+".git") {
			t.Fatalf("Ensure = %q, %q, %v", got, foundAs, err)
		}
		if tip := newest(t, got); tip != want {
			t.Fatalf("the mirror is at %s, want %s", tip, want)
		}
	}
	ensure(first)
	second := commit(t, origin, "second")
	ensure(first) // any age will do
	tree.cfg.NotBefore = start
	ensure(first) // as old as allowed
	tree.cfg.NotBefore = start.Add(time.Second)
	ensure(second)
	tree.cfg.Offline = true
	commit(t, origin, "third")
	ensure(second)
	if rest := leftovers(t, dir); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}

// What lies in From is taken as it is.
func TestEnsureFrom(t *testing.T) {
	t.Parallel()
	origin, _ := newOrigin(t)
	from := plant(t, string(id)+".git")
	tree := online(t, t.TempDir(), origin)
	tree.folders = append([]*folder{{root: from, log: tree.cfg.Log}}, tree.folders...)
	tree.cfg.NotBefore = time.Now()
	if dir, _, err := tree.Ensure(t.Context(), id); err != nil || !strings.HasPrefix(dir, from) {
		t.Errorf("Ensure = %q, %v", dir, err)
	}
}

// Each failure of the network is followed by another attempt, up to the bound;
// other failures are final.
func TestEnsureRetries(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		failures int
		kind     errkind.Kind
		retries  int
		attempts int
		want     errkind.Kind
	}{
		"network, twice":        {2, errkind.Network, 3, 3, ""},
		"network, for ever":     {99, errkind.Network, 3, 4, errkind.Network},
		"network, no retries":   {1, errkind.Network, -1, 1, errkind.Network},
		"refused":               {1, errkind.Auth, 3, 1, errkind.Auth},
		"refused, last attempt": {1, errkind.Auth, -1, 1, errkind.Auth},
		"disk full":             {1, errkind.Limit, 3, 1, errkind.Limit},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			origin, _ := newOrigin(t)
			tree := online(t, t.TempDir(), origin)
			tree.cfg.Retries = test.retries
			attempts := 0
			tree.clone = func(ctx context.Context, from gitrepo.Remote, dir string) error {
				if attempts++; attempts <= test.failures {
					write(t, filepath.Join(dir, "HEAD"), "half")
					return errkind.Errorf(test.kind, "failure %d", attempts)
				}
				return gitrepo.Clone(ctx, from, dir)
			}
			dir, _, err := tree.Ensure(t.Context(), id)
			if errkind.Of(err) != test.want || attempts != test.attempts || (dir == "") != (err != nil) {
				t.Errorf("Ensure = %q, %v after %d attempts; want kind %q after %d", dir, err, attempts, test.want, test.attempts)
			}
			if err != nil && errkind.Hint(err) == "" {
				t.Error("no hint")
			}
			if _, ok := errors.AsType[*backoff.PermanentError](err); ok {
				t.Error("the library's own error is returned")
			}
			if rest := leftovers(t, tree.cfg.Dir); len(rest) > 0 {
				t.Errorf("left behind: %q", rest)
			}
		})
	}
}

// A mirror that cannot be refreshed is still returned.
func TestEnsureStale(t *testing.T) {
	t.Parallel()
	origin, first := newOrigin(t)
	tree := online(t, t.TempDir(), origin)
	if _, _, err := tree.Ensure(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	check(t, os.Rename(origin, origin+".gone"))
	tree.cfg.NotBefore = time.Now().Add(time.Hour)
	dir, _, err := tree.Ensure(t.Context(), id)
	if errkind.Of(err) != errkind.Absent || dir == "" || newest(t, dir) != first {
		t.Errorf("Ensure = %q, %v", dir, err)
	}
}

func TestEnsureTimeoutAndCancel(t *testing.T) {
	t.Parallel()
	tree := online(t, t.TempDir(), "/none")
	tree.clone = func(ctx context.Context, _ gitrepo.Remote, _ string) error {
		<-ctx.Done()
		return ctx.Err()
	}
	tree.cfg.Timeout = time.Millisecond
	if _, _, err := tree.Ensure(t.Context(), id); errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "1ms") {
		t.Errorf("Ensure = %v, want kind limit", err)
	}
	tree.cfg.Timeout = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	clone := tree.clone
	tree.clone = func(inner context.Context, from gitrepo.Remote, dir string) error {
		cancel()
		return clone(inner, from, dir)
	}
	if _, _, err := tree.Ensure(ctx, id); errkind.Of(err) != errkind.Canceled {
		t.Errorf("Ensure = %v, want kind canceled", err)
	}
	if rest := leftovers(t, tree.cfg.Dir); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}

// Goroutines that want one mirror, in whatever case, make one clone; and no
// more than Jobs clones run at a time.
func TestEnsureTogether(t *testing.T) {
	t.Parallel()
	origin, _ := newOrigin(t)
	tree := online(t, t.TempDir(), origin)
	var clones, running, most atomic.Int64
	tree.clone = func(ctx context.Context, from gitrepo.Remote, dir string) error {
		clones.Add(1)
		if n := running.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer running.Add(-1)
		return gitrepo.Clone(ctx, from, dir)
	}
	var all sync.WaitGroup
	for i := range 24 {
		name := fact.RepoID(fmt.Sprintf("host.example/o/n%d", i%6))
		if i%2 == 0 {
			name = fact.RepoID(strings.ToUpper(string(name)))
		}
		all.Go(func() {
			if _, foundAs, err := tree.Ensure(t.Context(), name); err != nil || foundAs != "" {
				t.Errorf("Ensure(%s) = %q, %v", name, foundAs, err)
			}
		})
	}
	all.Wait()
	if clones.Load() != 6 {
		t.Errorf("%d clones of 6 repositories", clones.Load())
	}
	if most.Load() > 4 {
		t.Errorf("%d clones at a time", most.Load())
	}
}

// Another process at work on the same mirror is waited for.
func TestEnsureTwoProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	other, stdin := startChild(t, dir)
	tree := online(t, dir, "/none")
	tree.clone = func(context.Context, gitrepo.Remote, string) error {
		return errors.New("cloned twice")
	}
	done := make(chan error)
	go func() {
		_, _, err := tree.Ensure(t.Context(), id)
		done <- err
	}()
	_, err := io.WriteString(stdin, "go on\n")
	check(t, err)
	if err := <-done; err != nil {
		t.Error(err)
	}
	check(t, other.Wait())
}

// Waiting for another process ends with the context.
func TestEnsureWaitCanceled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	startChild(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	tree := online(t, dir, "/none")
	done := make(chan error)
	go func() {
		_, _, err := tree.Ensure(ctx, id)
		done <- err
	}()
	cancel()
	if err := <-done; errkind.Of(err) != errkind.Canceled {
		t.Errorf("Ensure = %v, want kind canceled", err)
	}
}

// A process killed in mid-clone leaves no half mirror, and nothing that stays.
func TestEnsureAfterKill(t *testing.T) {
	t.Parallel()
	origin, tip := newOrigin(t)
	dir := t.TempDir()
	other, _ := startChild(t, dir)
	check(t, other.Process.Kill())
	_ = other.Wait()
	if len(leftovers(t, dir)) != 1 {
		t.Fatalf("the killed process left %q, want one partial clone", leftovers(t, dir))
	}
	tree := online(t, dir, origin)
	if found, _, err := tree.Find(t.Context(), id); errkind.Of(err) != errkind.Absent {
		t.Fatalf("Find = %q, %v; want kind absent", found, err)
	}
	got, _, err := tree.Ensure(t.Context(), id)
	if err != nil || newest(t, got) != tip {
		t.Fatalf("Ensure = %q, %v", got, err)
	}
	if rest := leftovers(t, dir); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}

// A fetch that was killed leaves lock files and half a pack; the next succeeds.
func TestEnsureAfterKilledFetch(t *testing.T) {
	t.Parallel()
	origin, _ := newOrigin(t)
	tree := online(t, t.TempDir(), origin)
	dir, _, err := tree.Ensure(t.Context(), id)
	check(t, err)
	tip := commit(t, origin, "second")
	litter := []string{"packed-refs.lock", "HEAD.lock", "refs/heads/main.lock", "objects/pack/tmp_pack_abc"}
	for _, name := range litter {
		write(t, filepath.Join(dir, name), "")
	}
	tree.cfg.NotBefore = time.Now().Add(time.Hour)
	if _, _, err := tree.Ensure(t.Context(), id); err != nil || newest(t, dir) != tip {
		t.Errorf("Ensure: %v", err)
	}
	for _, name := range litter {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
}

// What is broken in Dir is cloned anew, and stays until that has succeeded.
func TestEnsureBroken(t *testing.T) {
	t.Parallel()
	origin, tip := newOrigin(t)
	path := string(id) + ".git"
	for name, lines := range map[string]string{
		"file": path + " = text", "hollow": path + "/", "broken link": path + " -> nowhere", "odd head": path + "\n" + path + "/HEAD = x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := online(t, plant(t, lines), "/none")
			if _, _, err := tree.Ensure(t.Context(), id); errkind.Of(err) != errkind.Absent {
				t.Fatalf("Ensure from nowhere = %v", err)
			}
			if _, err := os.Lstat(filepath.Join(tree.cfg.Dir, path)); err != nil {
				t.Fatalf("what was broken is gone: %v", err)
			}
			tree.cfg.URL = func(fact.RepoID) string { return "file://" + origin }
			dir, _, err := tree.Ensure(t.Context(), id)
			if err != nil || newest(t, dir) != tip {
				t.Errorf("Ensure = %q, %v", dir, err)
			}
			if rest := leftovers(t, tree.cfg.Dir); len(rest) > 0 {
				t.Errorf("left behind: %q", rest)
			}
		})
	}
}

// A redirect of the host is remembered: the mirror goes by its new name, is
// fetched by it, and is found by both.
func TestEnsureMoved(t *testing.T) {
	t.Parallel()
	origin, _ := newOrigin(t)
	tree := online(t, t.TempDir(), origin)
	var asked []fact.RepoID
	tree.cfg.URL = func(id fact.RepoID) string {
		asked = append(asked, id)
		return id.URL() + ".git"
	}
	tree.visit = func(context.Context, string, string) (reach.Visit, error) {
		return reach.Visit{URL: "https://host.example/New/name.git"}, nil
	}
	here := gitrepo.Remote{URL: "file://" + origin}
	tree.clone = func(ctx context.Context, _ gitrepo.Remote, dir string) error { return gitrepo.Clone(ctx, here, dir) }
	tree.fetch = func(ctx context.Context, dir string, _ gitrepo.Remote) error { return gitrepo.Fetch(ctx, dir, here) }
	const moved = "host.example/New/name"
	for range 2 {
		if _, foundAs, err := tree.Ensure(t.Context(), id); err != nil || foundAs != moved {
			t.Fatalf("Ensure = %q, %v", foundAs, err)
		}
		tree.cfg.NotBefore = time.Now().Add(time.Hour)
	}
	again := newTree(t, Config{Dir: tree.cfg.Dir, Offline: true})
	for _, tree := range []*Tree{tree, again} {
		if _, foundAs, err := tree.Find(t.Context(), moved); err != nil || foundAs != id {
			t.Errorf("Find by the new name = %q, %v", foundAs, err)
		}
	}
	if diff := cmp.Diff([]fact.RepoID{id, moved}, asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
}

// A rename that the user knows of is cloned by the name of today.
func TestEnsureRenamed(t *testing.T) {
	t.Parallel()
	origin, _ := newOrigin(t)
	tree := newTree(t, Config{
		Dir:     t.TempDir(),
		Renames: map[fact.RepoID]fact.RepoID{id: "host.example/o/today"},
		URL:     func(fact.RepoID) string { return "file://" + origin },
	})
	dir, foundAs, err := tree.Ensure(t.Context(), id)
	if err != nil || foundAs != "host.example/o/today" || filepath.Base(dir) != "today.git" {
		t.Errorf("Ensure = %q, %q, %v", dir, foundAs, err)
	}
}

func TestEnsureUnwritable(t *testing.T) {
	t.Parallel()
	root := plant(t, "file = text")
	tree := online(t, filepath.Join(root, "file"), "/none")
	if _, _, err := tree.Ensure(t.Context(), id); errkind.Of(err) != errkind.Storage || errkind.Hint(err) == "" {
		t.Errorf("Ensure = %v of kind %s, want storage with a hint", err, errkind.Of(err))
	}
}

func TestLanded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		want     fact.RepoID
	}{
		{"https://host.example/o/n.git", "", ""},
		{"https://host.example/o/n.git", "https://host.example/p/m.git/", "host.example/p/m"},
		{"https://host.example/o/n.git", "https://other.example/p/m/", "other.example/p/m"},
		{"http://127.0.0.1:8080/host.example/o/n.git", "http://127.0.0.1:8080/host.example/p/m.git/", "host.example/p/m"},
		{"http://127.0.0.1:8080/host.example/o/n.git", "http://127.0.0.1:8080/p/m.git/", "127.0.0.1:8080/p/m"},
		{"https://host.example/o/n.git", "https://host.example/-x/", ""},
	} {
		if got := landed("host.example/o/n", tt.from, tt.to); got != tt.want {
			t.Errorf("%s redirects to %q: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

// The token is for the host that is asked, not for the one a repository is named by.
func TestTokenIsOfTheAddress(t *testing.T) {
	t.Parallel()
	asked := map[string]string{}
	for name, address := range map[string]string{"itself": "https://host.example/o/n.git", "through another": "https://cache.example/o/n.git"} {
		tree := newTree(t, Config{
			Dir: t.TempDir(), URL: func(fact.RepoID) string { return address },
			Token: func(host string) string { return map[string]string{"host.example": "s3cret"}[host] },
		})
		tree.clone = func(_ context.Context, from gitrepo.Remote, _ string) error {
			asked[name] = from.Token
			return errkind.Errorf(errkind.Auth, "no")
		}
		_, _, _ = tree.Ensure(t.Context(), id)
	}
	if diff := cmp.Diff(map[string]string{"itself": "s3cret", "through another": ""}, asked); diff != "" {
		t.Errorf("tokens (-want +got):\n%s", diff)
	}
}
