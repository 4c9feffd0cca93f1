package gittest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// look runs git on a repository and returns what it prints.
func look(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", append([]string{"-c", "core.quotePath=true", "--git-dir=" + dir}, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "TZ=UTC"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func makeRepo(t *testing.T, text string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "sub", "repo.git")
	if err := Make(t.Context(), dir, []byte(text)); err != nil {
		t.Fatal(err)
	}
	look(t, dir, "fsck", "--strict")
	return dir
}

const all = `A fixture with everything in it.
-- commit main 2024-01-02T03:04:05Z Ann Author <ann@example.org> Begin --
-- README.md --
hello
-- a b/commit notes.txt --
spaces
-- exec run.sh --
#!/bin/sh
-- symlink current -> README.md --
-- submodule third/party 1234567890123456789012345678901234567890 --
-- base64 logo.png --
iVBORw0K
AAAA
-- repeat 3 ones --
1
-- file "odd\nname\t\"x\"" --
odd
-- file commit me --
yes
-- tag v0.1.0 --
-- branch side main --
-- commit side 2024-02-01T10:00:00+02:00 Ben <ben@example.org> Aside --
-- side.txt --
s
-- commit main 2024-03-01 Ann Author <ann@example.org> Move --
The reason
is this.
-- committer 2024-03-05 Carl Commit <carl@example.org> --
-- rename README.md -> docs/README.md --
-- delete current --
-- merge main side 2024-04-01 Ann Author <ann@example.org> Merge side --
-- annotated v0.2.0 2024-04-02 Ann Author <ann@example.org> The second --
-- orphan other --
-- commit other 2024-05-01 Dan <dan@example.org> Unrelated --
-- x --
x
`

func TestMake(t *testing.T) {
	t.Parallel()
	dir := makeRepo(t, all)
	tests := []struct {
		name string
		args string
		want string
	}{
		{"head", "symbolic-ref HEAD", "refs/heads/main"},
		{"branches and tags", "for-each-ref --format=%(refname):%(objecttype)",
			"refs/heads/main:commit\nrefs/heads/other:commit\nrefs/heads/side:commit\nrefs/tags/v0.1.0:commit\nrefs/tags/v0.2.0:tag"},
		{"mainline", "log --first-parent --date=iso --format=%s|%an|%ae|%ad|%cn|%cd main",
			"Merge side|Ann Author|ann@example.org|2024-04-01 12:00:00 +0000|Ann Author|2024-04-01 12:00:00 +0000\n" +
				"Move|Ann Author|ann@example.org|2024-03-01 12:00:00 +0000|Carl Commit|2024-03-05 12:00:00 +0000\n" +
				"Begin|Ann Author|ann@example.org|2024-01-02 03:04:05 +0000|Ann Author|2024-01-02 03:04:05 +0000"},
		{"time zone", "log -1 --date=iso --format=%ad side", "2024-02-01 10:00:00 +0200"},
		{"body", "log -1 --format=%B main^", "Move\n\nThe reason\nis this."},
		{"second parent", "rev-list --count main^2", "2"},
		{"tree", "ls-tree -r --name-only v0.1.0",
			"README.md\na b/commit notes.txt\ncommit me\ncurrent\nlogo.png\n\"odd\\nname\\t\\\"x\\\"\"\nones\nrun.sh\nthird/party"},
		{"executable", "ls-tree v0.1.0 run.sh", "100755 blob 1a2485251c33a70432394c93fb89330ef214bfc9\trun.sh"},
		{"symbolic link", "ls-tree v0.1.0 current", "120000 blob 42061c01a1c70097d1e4579f29a5adf40abdec95\tcurrent"},
		{"submodule", "ls-tree v0.1.0 third/party", "160000 commit 1234567890123456789012345678901234567890\tthird/party"},
		{"tree of the merge", "ls-tree -r --name-only main docs side.txt README.md current", "docs/README.md\nside.txt"},
		{"link", "show v0.1.0:current", "README.md"},
		{"repeated", "show v0.1.0:ones", "1\n1\n1"},
		{"binary", "cat-file -s v0.1.0:logo.png", "9"},
		{"tag message", "for-each-ref --format=%(contents:subject)|%(taggerdate:short) refs/tags/v0.2.0", "The second|2024-04-02"},
		{"unrelated", "log --format=%s|%P other", "Unrelated|"},
		{"unrelated tree", "ls-tree -r --name-only other", "x"},
		{"names never change", "rev-parse main", "d25a87317300d208f0fee8b0bfd1b602e066ec3c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, look(t, dir, strings.Fields(tt.args)...)); diff != "" {
				t.Errorf("git %s (-want +got):\n%s", tt.args, diff)
			}
		})
	}
}

func TestMakeReplacedHistory(t *testing.T) {
	t.Parallel()
	dir := makeRepo(t, `
-- commit main 2020-01-01 A <a@example.org> Old --
-- old --
-- tag v1.0.0 --
-- orphan main --
-- commit main 2024-01-01 A <a@example.org> New --
-- new --
`)
	if got := look(t, dir, "log", "--format=%s", "main"); got != "New" {
		t.Errorf("main holds %q", got)
	}
	if got := look(t, dir, "log", "--format=%s", "v1.0.0"); got != "Old" {
		t.Errorf("v1.0.0 holds %q", got)
	}
	if got := look(t, dir, "ls-tree", "--name-only", "main"); got != "new" {
		t.Errorf("main has files %q", got)
	}
}

func TestMakeInsideScript(t *testing.T) {
	t.Parallel()
	dir := makeRepo(t, ">-- commit trunk 2020-01-01 A <a@example.org> Old --\n>-- quote.md --\n> -- kept --\n>-- head gone --\n")
	if got := look(t, dir, "show", "trunk:quote.md"); got != "> -- kept --" {
		t.Errorf("content is %q", got)
	}
	if got := look(t, dir, "symbolic-ref", "HEAD"); got != "refs/heads/gone" {
		t.Errorf("HEAD is %q", got)
	}
}

func TestMakeEmpty(t *testing.T) {
	t.Parallel()
	dir := makeRepo(t, "A repository without a commit.\n")
	if got := look(t, dir, "for-each-ref"); got != "" {
		t.Errorf("refs: %q", got)
	}
}

func TestMakeRefuses(t *testing.T) {
	t.Parallel()
	const begin = "-- commit main 2024-01-01 A <a@example.org> Begin --\n"
	tests := []struct{ name, text, want string }{
		{"file before a commit", "-- README.md --\n", "no commit above"},
		{"unknown branch", begin + "-- commit side 2024-01-01 A <a@example.org> x --\n", `orphan side`},
		{"no signature", "-- commit main yesterday --\n", "DATE NAME <EMAIL>"},
		{"no such date", "-- commit main 2024-13-01 A <a@example.org> x --\n", "month out of range"},
		{"branch from nowhere", begin + "-- branch side gone --\n", `"gone" is neither`},
		{"branch without a name", begin + "-- orphan --\n", "needs a name"},
		{"merge of nothing", begin + "-- merge main gone 2024-01-01 A <a@example.org> x --\n", "not two branches"},
		{"delete of nothing", begin + "-- delete gone --\n", `no file "gone"`},
		{"rename of nothing", begin + "-- rename gone -> here --\n", `no file "gone"`},
		{"rename to nothing", begin + "-- x --\n-- rename x --\n", "path is missing"},
		{"not base64", begin + "-- base64 x --\n!\n", "illegal base64"},
		{"not a number", begin + "-- repeat x y --\n", "number of times"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := Make(t.Context(), filepath.Join(t.TempDir(), "r.git"), []byte(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
	t.Run("folder exists", func(t *testing.T) {
		t.Parallel()
		if err := Make(t.Context(), t.TempDir(), []byte(begin)); err == nil {
			t.Error("no error")
		}
	})
}

func TestMakeTree(t *testing.T) {
	t.Parallel()
	const text = "-- commit main 2024-01-01 A <a@example.org> Begin --\n"
	tree := t.TempDir()
	dirs, err := MakeTree(t.Context(), tree, fstest.MapFS{
		"host.example/b/y.txtar": {Data: []byte(text)},
		"host.example/a/x.txtar": {Data: []byte(text)},
		"host.example/README.md": {Data: []byte("not a fixture")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(tree, "host.example/a/x.git"), filepath.Join(tree, "host.example/b/y.git")}
	if diff := cmp.Diff(want, dirs); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
	if _, err := MakeTree(t.Context(), tree, fstest.MapFS{}); err == nil {
		t.Error("a tree of nothing is no error")
	}
}
