package mirror

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/fact"
)

// plant makes a tree in a new folder from lines of text, each the path of an
// entry and what it is:
//
//	github.com/o/n.git          a bare repository without commits
//	github.com/o/w/.git         a work tree's
//	a/file = text               a file
//	a/link -> target            a symbolic link
//	a/folder/                   a folder
func plant(t *testing.T, lines string) string {
	t.Helper()
	root := t.TempDir()
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if path, target, ok := strings.Cut(line, " -> "); ok {
			path = filepath.Join(root, path)
			check(t, os.MkdirAll(filepath.Dir(path), 0o755))
			check(t, os.Symlink(target, path))
		} else if path, text, ok := strings.Cut(line, " ="); ok {
			write(t, filepath.Join(root, path), strings.TrimPrefix(text, " ")+"\n")
		} else if strings.HasSuffix(line, "/") {
			check(t, os.MkdirAll(filepath.Join(root, line), 0o755))
		} else {
			bare(t, filepath.Join(root, line))
		}
	}
	return root
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, []byte(text), 0o644))
}

// bare makes a bare repository without commits at dir.
func bare(t *testing.T, dir string) {
	t.Helper()
	write(t, filepath.Join(dir, "HEAD"), "ref: refs/heads/main\n")
	check(t, os.MkdirAll(filepath.Join(dir, "objects"), 0o755))
	check(t, os.MkdirAll(filepath.Join(dir, "refs"), 0o755))
}

// commit puts a commit with an empty tree on the main branch of the bare
// repository dir and returns its name.
func commit(t *testing.T, dir, message string) string {
	t.Helper()
	tree := object(t, dir, "tree", "")
	who := "A <a@example.org> 1700000000 +0000"
	id := object(t, dir, "commit", fmt.Sprintf("tree %s\nauthor %s\ncommitter %s\n\n%s\n", tree, who, who, message))
	write(t, filepath.Join(dir, "refs/heads/main"), id+"\n")
	return id
}

func object(t *testing.T, dir, kind, text string) string {
	t.Helper()
	data := fmt.Appendf(nil, "%s %d\x00%s", kind, len(text), text)
	sum := sha1.Sum(data)
	name := hex.EncodeToString(sum[:])
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, err := w.Write(data)
	check(t, err)
	check(t, w.Close())
	write(t, filepath.Join(dir, "objects", name[:2], name[2:]), packed.String())
	return name
}

func newTree(t *testing.T, cfg Config) *Tree {
	t.Helper()
	tree, err := New(cfg)
	check(t, err)
	return tree
}

// offline is a Tree that reads root only.
func offline(t *testing.T, root string) *Tree {
	t.Helper()
	return newTree(t, Config{From: root, Offline: true})
}

func TestFind(t *testing.T) {
	t.Parallel()
	root := plant(t, `
		github.com/o/plain.git
		github.com/wasmThing/wasmThing.git
		github.com/two/Name.git
		github.com/two/name.git
		github.com/TWO/other.git
		github.com/o/nosuffix
		github.com/o/both
		github.com/o/both.git
		github.com/o/worktree/.git
		github.com/o/worktree/README = text
		github.com/o/decoy/.git
		github.com/o/decoy
		github.com/o/.github.git
		github.com/o/former.git -> plain.git
		github.com/linked -> wasmThing
		gitlab.com/group/sub/deep/n.git
		github.com/o/dangling.git
		github.com/o/dangling.git/HEAD = ref: refs/heads/gone
		github.com/o/detached.git
		github.com/o/detached.git/HEAD = 0123456789012345678901234567890123456789
	`)
	tree := offline(t, root)
	tests := []struct{ id, dir, foundAs string }{
		{"github.com/o/plain", "github.com/o/plain.git", ""},
		{"GitHub.com/O/PLAIN", "github.com/o/plain.git", ""},
		{"github.com/wasmthing/wasmthing", "github.com/wasmThing/wasmThing.git", ""},
		{"github.com/two/name", "github.com/two/name.git", ""},
		{"github.com/two/Name", "github.com/two/Name.git", ""},
		{"github.com/two/NAME", "github.com/two/Name.git", ""},
		{"github.com/two/other", "github.com/TWO/other.git", ""},
		{"github.com/o/nosuffix", "github.com/o/nosuffix", ""},
		{"github.com/o/both", "github.com/o/both.git", ""},
		{"github.com/o/worktree", "github.com/o/worktree/.git", ""},
		{"github.com/o/decoy", "github.com/o/decoy/.git", ""},
		{"github.com/o/.github", "github.com/o/.github.git", ""},
		{"github.com/o/former", "github.com/o/former.git", "github.com/o/plain"},
		{"github.com/linked/WASMthing", "github.com/linked/wasmThing.git", "github.com/wasmThing/wasmThing"},
		{"gitlab.com/group/sub/deep/n", "gitlab.com/group/sub/deep/n.git", ""},
		{"github.com/o/dangling", "github.com/o/dangling.git", ""},
		{"github.com/o/detached", "github.com/o/detached.git", ""},
	}
	for _, test := range tests {
		dir, foundAs, err := tree.Find(t.Context(), fact.RepoID(test.id))
		if err != nil || dir != filepath.Join(root, test.dir) || foundAs != fact.RepoID(test.foundAs) {
			t.Errorf("Find(%q) = %q, %q, %v; want %q, %q", test.id, dir, foundAs, err, test.dir, test.foundAs)
		}
	}
}

func TestFindFails(t *testing.T) {
	t.Parallel()
	root := plant(t, `
		github.com/o/file.git = text
		github.com/o/hollow.git/
		github.com/o/headless.git/objects/
		github.com/o/headless.git/refs/
		github.com/o/refless.git/objects/
		github.com/o/refless.git/HEAD = ref: refs/heads/main
		github.com/o/oddhead.git
		github.com/o/oddhead.git/HEAD = hello
		github.com/o/headfolder.git/HEAD/
		github.com/o/objectsfile.git/HEAD = ref: refs/heads/main
		github.com/o/objectsfile.git/objects = text
		github.com/o/broken.git -> nowhere
		github.com/o/brokenbare -> nowhere
		github.com/o/circle.git -> circle2.git
		github.com/o/circle2.git -> circle.git
		github.com/o/gitfile/.git = gitdir: /elsewhere
		github.com/o/group/objects/n.git
		github.com/o/README = text
		outside.git
	`)
	tree := offline(t, root)
	tests := []struct {
		id, says string
		want     errkind.Kind
	}{
		{"github.com/o/file", "is no folder", errkind.Corrupt},
		{"github.com/o/hollow", "it has no HEAD, no objects, no refs", errkind.Corrupt},
		{"github.com/o/headless", "it has no HEAD", errkind.Corrupt},
		{"github.com/o/refless", "it has no refs", errkind.Corrupt},
		{"github.com/o/oddhead", "HEAD names neither a branch nor a commit", errkind.Corrupt},
		{"github.com/o/headfolder", "HEAD is no file", errkind.Corrupt},
		{"github.com/o/objectsfile", "objects is no folder", errkind.Corrupt},
		{"github.com/o/broken", `broken link: there is no "nowhere"`, errkind.Corrupt},
		{"github.com/o/brokenbare", `broken link: there is no "nowhere"`, errkind.Corrupt},
		{"github.com/o/circle", "leads in a circle", errkind.Corrupt},
		{"github.com/o/gitfile", ".git is a file", errkind.Corrupt},
		{"github.com/o/group", "no mirror of github.com/o/group: looked for", errkind.Absent},
		{"github.com/o/README", "no mirror", errkind.Absent},
		{"github.com/o/none", "no mirror", errkind.Absent},
		{"github.com/none/n", "no mirror", errkind.Absent},
		{"github.com/o/README/x", "no mirror", errkind.Absent},
		{long(200), "no mirror", errkind.Absent},
		{"", "", errkind.Usage},
		{"github.com/o", "", errkind.Usage},
		{"github.com/../outside", "", errkind.Usage},
		{"github.com/o/..", "", errkind.Usage},
		{"../o/n", "", errkind.Usage},
		{"/github.com/o/n", "", errkind.Usage},
		{"github.com//n", "", errkind.Usage},
		{"github.com/o/--upload-pack=x", "", errkind.Usage},
		{"github.com/o/a\x00b", "", errkind.Usage},
		{`github.com/o/a\b`, "", errkind.Usage},
		{"github.com/o/n.git@partial-1", "", errkind.Usage},
		{"@locks/o/n", "", errkind.Usage},
		{long(5000), "", errkind.Usage},
	}
	for _, test := range tests {
		dir, _, err := tree.Find(t.Context(), fact.RepoID(test.id))
		if errkind.Of(err) != test.want || dir != "" || !strings.Contains(fmt.Sprint(err), test.says) {
			t.Errorf("Find(%.60q) = %q, %v of kind %s; want kind %s and %q", test.id, dir, err, errkind.Of(err), test.want, test.says)
		}
		if test.want == errkind.Absent && errkind.Hint(err) == "" {
			t.Errorf("Find(%q): no hint", test.id)
		}
		_, _, ensureErr := tree.Ensure(t.Context(), fact.RepoID(test.id))
		if fmt.Sprint(ensureErr) != fmt.Sprint(err) {
			t.Errorf("offline, Ensure(%q) = %v, and Find %v", test.id, ensureErr, err)
		}
	}
}

func long(n int) string { return "github.com/o/" + strings.Repeat("n", n) }

func TestFindUnreadable(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	root := plant(t, "github.com/o/n.git")
	check(t, os.Chmod(filepath.Join(root, "github.com/o/n.git"), 0))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "github.com/o/n.git"), 0o755) })
	_, _, err := offline(t, root).Find(t.Context(), "github.com/o/n")
	if errkind.Of(err) != errkind.Corrupt || !errors.Is(err, os.ErrPermission) {
		t.Errorf("Find = %v", err)
	}
}

// From comes before Dir, and a sound mirror before a broken one.
func TestFindOrder(t *testing.T) {
	t.Parallel()
	from := plant(t, "github.com/o/a.git\ngithub.com/o/b.git = text")
	dir := plant(t, "github.com/o/a.git\ngithub.com/o/b.git\ngithub.com/o/c.git")
	tree := newTree(t, Config{From: from, Dir: dir, Offline: true})
	for name, root := range map[string]string{"a": from, "b": dir, "c": dir} {
		got, _, err := tree.Find(t.Context(), fact.RepoID("github.com/o/"+name))
		if want := filepath.Join(root, "github.com/o", name+".git"); got != want {
			t.Errorf("Find(%s) = %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestFindRenamed(t *testing.T) {
	t.Parallel()
	root := plant(t, `
		github.com/old/first.git
		github.com/o/third.git
		github.com/o/cloned.git
		github.com/o/cloned.git/config = [core] bare = true
		github.com/o/moved.git
		github.com/o/moved.git/assay.json = {"moved_to": "github.com/newer/moved"}
		github.com/o/forged.git
		github.com/o/forged.git/assay.json = {"moved_to": "../../x"}
		github.com/o/pipe.git
	`)
	write(t, filepath.Join(root, "github.com/o/cloned.git/config"),
		"[core]\n\tbare = true\n\turl = x\n[remote \"other\"]\n\turl = https://github.com/a/b\n[remote \"origin\"]\n\tURL = git@github.com:Before/Cloned.git\n")
	tree := newTree(t, Config{From: root, Offline: true, Renames: map[fact.RepoID]fact.RepoID{
		"github.com/old/first":  "github.com/o/second",
		"github.com/o/second":   "github.com/o/third",
		"github.com/O/Cased":    "github.com/o/cased",
		"github.com/old/nobody": "github.com/newer/nobody",
	}})
	tests := []struct{ id, dir, foundAs string }{
		{"github.com/o/second", "o/third.git", "github.com/o/third"},
		{"github.com/old/first", "old/first.git", ""},
		{"github.com/o/third", "o/third.git", ""},
		{"github.com/before/cloned", "o/cloned.git", "github.com/o/cloned"},
		{"github.com/o/cloned", "o/cloned.git", ""},
		{"github.com/o/moved", "o/moved.git", "github.com/newer/moved"},
		{"github.com/Newer/Moved", "o/moved.git", "github.com/o/moved"},
		{"github.com/o/forged", "o/forged.git", ""},
	}
	for _, test := range tests {
		dir, foundAs, err := tree.Find(t.Context(), fact.RepoID(test.id))
		if err != nil || dir != filepath.Join(root, "github.com", test.dir) || foundAs != fact.RepoID(test.foundAs) {
			t.Errorf("Find(%q) = %q, %q, %v; want %q, %q", test.id, dir, foundAs, err, test.dir, test.foundAs)
		}
	}
	for _, id := range []fact.RepoID{"github.com/old/nobody", "github.com/a/b"} {
		if dir, _, err := tree.Find(t.Context(), id); errkind.Of(err) != errkind.Absent {
			t.Errorf("Find(%q) = %q, %v; want kind absent", id, dir, err)
		}
	}
}

// Links that lead in circles end the walk of no folder.
func TestWalkCircles(t *testing.T) {
	t.Parallel()
	root := plant(t, `
		github.com/o/n.git
		github.com/o/up -> ..
		github.com/o/self -> self
		github.com/o/group/back -> ../../o
		github.com/o/group/m.git
	`)
	var log bytes.Buffer
	tree := newTree(t, Config{From: root, Offline: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if _, _, err := tree.Find(t.Context(), "github.com/x/absent"); errkind.Of(err) != errkind.Absent {
		t.Errorf("Find = %v", err)
	}
	if !strings.Contains(log.String(), "leads back") {
		t.Errorf("the circle is not reported: %q", log.String())
	}
	got, err := tree.List(t.Context(), "github.com/o")
	check(t, err)
	// "up" and "back" lead to folders they lie in; "self" is listed as broken.
	want := []fact.RepoID{"github.com/o/group/m", "github.com/o/n", "github.com/o/self"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("List (-want +got):\n%s", diff)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	from := plant(t, `
		github.com/Owner/b.git
		github.com/owner/A.git
		github.com/owner/nosuffix
		github.com/owner/tree/.git
		github.com/owner/broken.git -> nowhere
		github.com/owner/file.git = text
		github.com/owner/notes.txt = text
		github.com/owner/former.git -> A.git
		github.com/owner/n.git@partial-1/x = text
		github.com/owner/we~ird name.git/HEAD = ref: refs/heads/main
		github.com/owners/other.git
		gitlab.com/group/top.git
		gitlab.com/group/sub/deeper/n.git
		gitlab.com/group/sub/m.git
	`)
	dir := plant(t, "github.com/owner/a.git\ngithub.com/owner/c.git")
	tree := newTree(t, Config{From: from, Dir: dir, Offline: true})
	tests := map[string][]fact.RepoID{
		"github.com/owner": {
			"github.com/owner/A", "github.com/Owner/b", "github.com/owner/broken", "github.com/owner/c",
			"github.com/owner/file", "github.com/owner/nosuffix", "github.com/owner/tree",
		},
		"gitlab.com/group":     {"gitlab.com/group/sub/deeper/n", "gitlab.com/group/sub/m", "gitlab.com/group/top"},
		"gitlab.com/group/sub": {"gitlab.com/group/sub/deeper/n", "gitlab.com/group/sub/m"},
		"github.com/nobody":    {},
	}
	for owner, want := range tests {
		got, err := tree.List(t.Context(), owner)
		check(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("List(%q) (-want +got):\n%s", owner, diff)
		}
	}
	for _, owner := range []string{"", "github.com", "github.com/", "github.com/..", "../x", "a//b", "-x/y", "a/b/"} {
		if got, err := tree.List(t.Context(), owner); errkind.Of(err) != errkind.Usage {
			t.Errorf("List(%q) = %v, %v; want kind usage", owner, got, err)
		}
	}
}

func TestConfigRefused(t *testing.T) {
	t.Parallel()
	root := plant(t, "file = text")
	circle := map[fact.RepoID]fact.RepoID{"h/o/a": "h/o/b", "h/o/b": "h/o/c", "h/o/c": "h/o/a"}
	tests := map[string]func(*Config){
		"no folder":             func(c *Config) { c.Dir = "" },
		"offline, no folder":    func(c *Config) { c.Dir, c.From, c.Offline = "", "", true },
		"from is missing":       func(c *Config) { c.From = filepath.Join(root, "none") },
		"from is a file":        func(c *Config) { c.From = filepath.Join(root, "file") },
		"from is dir":           func(c *Config) { c.Dir = root + "/." },
		"negative jobs":         func(c *Config) { c.Jobs = -1 },
		"negative timeout":      func(c *Config) { c.Timeout = -1 },
		"renames in a circle":   func(c *Config) { c.Renames = circle },
		"rename to no name":     func(c *Config) { c.Renames = map[fact.RepoID]fact.RepoID{"h/o/a": "h/.."} },
		"rename to two names":   func(c *Config) { c.Renames = map[fact.RepoID]fact.RepoID{"h/o/a": "h/o/b", "h/o/A": "h/o/c"} },
		"rename of what is not": func(c *Config) { c.Renames = map[fact.RepoID]fact.RepoID{"": "h/o/b"} },
	}
	for name, spoil := range tests {
		cfg := Config{From: root, Dir: filepath.Join(root, "own")}
		if _, err := New(cfg); err != nil {
			t.Fatalf("the configuration to spoil: %v", err)
		}
		spoil(&cfg)
		if _, err := New(cfg); errkind.Of(err) != errkind.Usage {
			t.Errorf("%s: New = %v, want kind usage", name, err)
		}
	}
}

// ASSAY_MIRROR names a tree of real mirrors: each that is listed must be found,
// in any case.
func TestRealTree(t *testing.T) {
	t.Parallel()
	root := os.Getenv("ASSAY_MIRROR")
	if root == "" {
		t.Skip("ASSAY_MIRROR names no tree")
	}
	tree := offline(t, root)
	owners, err := readNames(filepath.Join(root, "github.com"))
	check(t, err)
	found := 0
	for _, owner := range owners {
		ids, err := tree.List(t.Context(), "github.com/"+strings.ToLower(owner))
		check(t, err)
		for _, id := range ids {
			dir, foundAs, err := tree.Find(t.Context(), fact.RepoID(id.Key()))
			if err != nil || foundAs != "" {
				t.Errorf("Find(%s) = %q, %q, %v", id.Key(), dir, foundAs, err)
			}
			found++
			t.Log(id, newest(t, dir))
		}
	}
	if found == 0 {
		t.Error("nothing found")
	}
}

// Where no more files can be opened, a sound mirror is no damaged one, which would be
// cloned anew. (Not parallel: it takes the files from all.)
func TestFindWithoutFiles(t *testing.T) { //nolint:paralleltest // see above
	tree := newTree(t, Config{Dir: plant(t, "github.com/o/n.git"), Offline: true})
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Skip(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 0, Max: was.Max}); err != nil {
		t.Skip(err)
	}
	_, _, err := tree.Find(t.Context(), "github.com/o/n")
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Fatal(err)
	}
	if errkind.Of(err) != errkind.Machine || makeable(err) {
		t.Errorf("%v of kind %q", err, errkind.Of(err))
	}
	if _, _, err := tree.Find(t.Context(), "github.com/o/n"); err != nil {
		t.Error(err)
	}
}
