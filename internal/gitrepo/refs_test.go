package gitrepo

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/fact"
)

func TestFingerprint(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "one")
	f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "id", "two")
	r := f.done()
	print := func() string {
		t.Helper()
		sum, err := r.Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	last := print()
	for _, step := range []struct {
		name    string
		change  func()
		changes bool
	}{
		{"nothing", func() {}, false},
		{"an object", func() { f.hash("blob", "new") }, false},
		{"configuration", func() { f.write("config", "[core]\n\tbare = true\n[x]\n\ty = z\n") }, false},
		{"a lock left behind", func() { f.write("refs/heads/main.lock", "") }, false},
		{"an empty folder", func() { f.write("refs/heads/d/x.lock", ""); f.remove("refs/heads/d/x.lock") }, false},
		{"objects packed", func() { f.remove("refs/heads/main.lock"); f.git(nil, "repack", "-adq") }, false},
		{"another reader", func() { f.git(nil, "log", "-1", "main") }, false},
		{"a tag", func() { f.git(nil, "tag", "v1", "main") }, true},
		{"a branch", func() { f.git(nil, "branch", "b", "main^") }, true},
		{"the branch moved", func() { f.git(nil, "branch", "-f", "b", "main") }, true},
		{"the branch renamed", func() { f.git(nil, "branch", "-m", "b", "c") }, true},
		{"the branch gone", func() { f.git(nil, "branch", "-D", "c") }, true},
		{"a pull request", func() { f.git(nil, "update-ref", "refs/pull/1/head", "main") }, true},
		{"HEAD", func() { f.git(nil, "symbolic-ref", "HEAD", "refs/heads/x") }, true},
		{"a shallow history", func() { f.write("shallow", f.git(nil, "rev-parse", "main")+"\n") }, true},
		{"refs behind a link", func() { behindLink(t, f.dir, "refs/heads") }, false},
		{"a branch behind a link", func() { f.git(nil, "branch", "linked", "main") }, true},
		{"links in a circle", func() { link(t, f.dir, filepath.Join(f.dir, "refs", "tags", "self")) }, true},
		{"still in a circle", func() {}, false},
		{"out of the circle", func() { f.remove("refs/tags/self") }, true},
		{"packed refs", func() { f.git(nil, "pack-refs", "--all") }, true},
		{"packed refs again", func() { f.git(nil, "pack-refs", "--all") }, false},
		{"a packed tag gone", func() { f.git(nil, "tag", "-d", "v1") }, true},
	} {
		step.change()
		sum := print()
		if changed := sum != last; changed != step.changes {
			t.Errorf("%s: changed is %v, want %v", step.name, changed, step.changes)
		}
		last = sum
	}
	f.remove("HEAD")
	f.remove("packed-refs")
	f.remove("refs")
	if print() == last {
		t.Error("without any refs: not changed")
	}
}

func TestIDOf(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	bare := func(path, origin string) string {
		dir := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Join(dir, "objects"), 0o755); err != nil {
			t.Fatal(err)
		}
		files := map[string]string{"HEAD": "ref: refs/heads/main\n"}
		if origin != "" {
			files["config"] = "[remote \"origin\"]\n\turl = \"" + strings.ReplaceAll(origin, "\n", `\n`) + "\"\n"
		}
		if err := os.MkdirAll(filepath.Join(dir, "refs"), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for i, tt := range []struct {
		path, origin string
		want         fact.RepoID
	}{
		{"github.com/tikv/tikv.git", "", "github.com/tikv/tikv"},
		{"github.com/Owner/Name", "https://example.org/a/b", "github.com/Owner/Name"},
		{"github.com/o/n/.git", "", "github.com/o/n"},
		{"x/o/n.git", "https://github.com/A/b.git", "github.com/A/b"},
		{"x/o/n.git", "git@gitlab.com:group/sub/name.git", "gitlab.com/group/sub/name"},
		{"x/o/n.git", "ssh://git@github.com:22/o/n", "github.com/o/n"},
		{"x/o/n.git", "", ""},
		{"x/o/n.git", "/srv/git/n.git", ""},
		{"x/o/n.git", "ext::sh -c id", ""},
		{"x/o/n.git", "file:///etc/passwd", ""},
		{"x/o/n.git", "--upload-pack=id", ""},
		{"x/o/n.git", "https://github.com/o/n\nx", ""},
		{"github.com/-o/n.git", "", ""},
		{"github.com/o b/n.git", "", ""},
	} {
		dir := bare(filepath.Join(fmt.Sprint("t", i), tt.path), tt.origin)
		if got := IDOf(dir); got != tt.want {
			t.Errorf("IDOf(%q) with origin %q = %q, want %q", tt.path, tt.origin, got, tt.want)
		}
	}
	if got := IDOf(filepath.Join(root, "none")); got != "" {
		t.Errorf("IDOf of nothing = %q", got)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Version{
		"2.39.5": {2, 39}, "2.31": {2, 31}, "2.45.1.windows.1": {2, 45}, "2.50rc1": {2, 50}, "3.0": {3, 0}, "2": {}, "": {}, "x.y": {}, "git": {},
	} {
		got, err := parseVersion(text)
		if got != want || (err != nil) != (want == Version{}) {
			t.Errorf("parseVersion(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for v, want := range map[Version]bool{{2, 31}: true, {2, 30}: false, {3, 0}: true, {1, 99}: false, {2, 100}: true} {
		if v.Suffices() != want {
			t.Errorf("%v suffices: %v, want %v", v, v.Suffices(), want)
		}
	}
	v, err := GitVersion(t.Context())
	if err != nil || !v.Suffices() {
		t.Errorf("the git here is %v, %v", v, err)
	}
}

// behindLink moves a folder of a git directory elsewhere and links to it.
func behindLink(t *testing.T, dir, name string) {
	t.Helper()
	from, to := filepath.Join(dir, name), filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	link(t, to, from)
}

func link(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Fatal(err)
	}
}

// Without git there is one clear error. (Not parallel: it sets the PATH.)
func TestNoGit(t *testing.T) {
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "one")
	r := f.done()
	tip := f.git(nil, "rev-parse", "main")
	t.Setenv("PATH", t.TempDir())
	if _, err := exec.LookPath("git"); err == nil {
		t.Skip("git is found without a PATH")
	}
	_, versionErr := GitVersion(t.Context())
	_, atErr := r.At(t.Context(), "")
	_, treeErr := r.Tree(t.Context(), tip)
	blobsErr := r.Blobs(t.Context(), []string{tip}, []int64{1}, func(int, Content) error { return nil })
	for name, err := range map[string]error{"GitVersion": versionErr, "At": atErr, "Tree": treeErr, "Blobs": blobsErr} {
		if errkind.Of(err) != errkind.Machine || !strings.Contains(errkind.Hint(err), "install git") {
			t.Errorf("%s = %v of kind %q, hint %q", name, err, errkind.Of(err), errkind.Hint(err))
		}
	}
}

func TestNewestRef(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "a")
	b := f.commit("refs/heads/side", "2024-02-01T00:00:00Z", []int{a}, "id", "b")
	f.annotate("v1", f.commit("refs/tmp/c", "2024-03-01T00:00:00Z", []int{b}, "id", "c"), "2031-01-01T00:00:00Z")
	f.commit("refs/pull/7/head", "2024-04-01T00:00:00Z", []int{b}, "id", "d")
	f.commit("refs/pull/8/merge", "2030-01-01T00:00:00Z", []int{b}, "id", "e")
	f.annotate("tree-of-nothing", a, "2024-01-02T00:00:00Z")
	r := f.done()
	for _, tt := range []struct{ name, asOf, now, want string }{
		{"a change under review", "2024-03-15", "2025-01-01", "2024-04-01"},
		{"a tag, by its commit, goes past the day", "2024-02-15", "2025-01-01", "2024-03-01"},
		{"the day is not past at its end", "2024-03-01", "2025-01-01", "2024-04-01"},
		{"no day", "", "2025-01-01", "2024-04-01"},
		{"what is to come does not count", "2024-03-15", "2024-03-15", "2024-03-01"},
		{"nor of branches and tags", "2023-01-01", "2024-02-10", "2024-02-01"},
		{"a clock far ahead", "2025-01-01", "2031-01-01", "2030-01-01"},
	} {
		now, err := fact.ParseDate(tt.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.NewestRef(t.Context(), fact.Date(tt.asOf), now.End())
		if err != nil || got == nil || got.At[:10] != tt.want {
			t.Errorf("%s: %+v, %v, want %s", tt.name, got, err, tt.want)
		}
	}
	if got, err := r.NewestRef(t.Context(), "", fact.Date("2020-01-01").End()); got != nil || err != nil {
		t.Errorf("before all: %+v, %v, want nothing", got, err)
	}
}

// A ref that leads nowhere costs the other refs, and not what is known without
// them.
func TestNewestRefDamaged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "a")
	r := f.done()
	f.write("refs/pull/1/head", strings.Repeat("1", 40)+"\n")
	got, err := r.NewestRef(t.Context(), "2024-06-01", fact.Date("2025-01-01").End())
	if got == nil || got.At != "2024-01-01T00:00:00Z" || errkind.Of(err) != errkind.Corrupt {
		t.Errorf("NewestRef = %+v, %v", got, err)
	}
}
