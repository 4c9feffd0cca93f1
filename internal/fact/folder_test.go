package fact

import (
	"strings"
	"testing"
)

func TestParseRepoFolder(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		raw, branch string
		want        RepoID // "" for an error
	}{
		{"https://github.com/o/r", "", "github.com/o/r"},
		{"https://github.com/o/r/tree/main", "", "github.com/o/r"},
		{"https://github.com/o/r/tree/main/", "", "github.com/o/r"},
		{"https://github.com/o/r/tree/main/a/b/", "", "github.com/o/r//a/b"},
		{"https://github.com/O/R.git/tree/main/A", "", "github.com/O/R//A"},
		{"https://github.com/o/r/tree/release/1.0/a", "", "github.com/o/r//1.0/a"},
		{"https://github.com/o/r/tree/release/1.0/a", "release/1.0", "github.com/o/r//a"},
		{"https://github.com/o/r/tree/release/1.0", "release/1.0", "github.com/o/r"},
		{"https://github.com/o/r/tree/main/a", "other", "github.com/o/r//a"},
		{"https://github.com/o/r/tree/main/a%20b?x=1#y", "", "github.com/o/r//a b"},
		{"https://github.com/o/r/blob/main/a/b.md", "", "github.com/o/r"},
		{"https://github.com/o/r/issues/1", "", "github.com/o/r"},
		{"github.com/o/r//a/b", "", "github.com/o/r//a/b"},
		{"https://github.com/o/r.git//a", "", "github.com/o/r//a"},
		{"https://github.com//o/r", "", "github.com/o/r"},
		{"https://gitlab.com/g/s/r/-/tree/main/a", "", "gitlab.com/g/s/r//a"},
		{"https://gitlab.com/g/s/r/-/tree/main/a?ref_type=heads", "", "gitlab.com/g/s/r//a"},
		{"https://codeberg.org/o/r/src/branch/main/a/b", "", "codeberg.org/o/r//a/b"},
		{"https://codeberg.org/o/r/src/branch/main", "", "codeberg.org/o/r"},
		{"https://bitbucket.org/o/r/src/main/a", "", "bitbucket.org/o/r//a"},
		{"https://git.sr.ht/~o/r/tree/main/item/a/b", "", "git.sr.ht/~o/r//a/b"},
		{"https://git.sr.ht/~o/r/tree/main", "", "git.sr.ht/~o/r"},
		{"https://git.kernel.org/pub/scm/x/linux.git/tree/drivers/gpu?h=v6.1", "", "git.kernel.org/pub/scm/x/linux//drivers/gpu"},
		{"https://chromium.googlesource.com/a/b/+/refs/heads/main/c", "", "chromium.googlesource.com/a/b//c"},
		{"https://github.com/o/r/tree/main/../x", "", ""},
		{"https://github.com/o/r/tree/main/a/.git/x", "", ""},
		{"https://github.com/o/r/tree/main/a%00b", "", ""},
		{"https://github.com/o/r/tree/main/a%0ab", "", ""},
		{"https://github.com/o/r/tree/main/-x", "", ""},
		{"https://github.com/o/r/tree/main/:(glob)x", "", ""},
		{"https://github.com/o/r/tree/main/a%5cb", "", ""},
		{"https://github.com/o/r/tree/main/" + strings.Repeat("a", 2000), "", ""},
	} {
		got, err := ParseRepoFolder(tc.raw, tc.branch)
		if got != tc.want || (err != nil) != (tc.want == "") {
			t.Errorf("%.80q, branch %q: %q, %v, want %q", tc.raw, tc.branch, got, err, tc.want)
		}
	}
}

func TestFolderOfID(t *testing.T) {
	t.Parallel()
	const id RepoID = "GitHub.com/O/R//Dir/sub"
	if id.Owner() != "O" || id.Name() != "R" || id.Folder() != "Dir/sub" || id.Repository() != "GitHub.com/O/R" {
		t.Errorf("owner %q, name %q, folder %q of %q", id.Owner(), id.Name(), id.Folder(), id.Repository())
	}
	if got := id.Key(); got != "github.com/o/r//Dir/sub" {
		t.Errorf("key %q: git tells cases of folders apart", got)
	}
	if id.Validate() == nil {
		t.Error("an ID from outside may have a folder")
	}
	for path, want := range map[string]string{
		"src/a.go": "https://github.com/o/r/blob/c1/dir/src/a.go", "": "https://github.com/o/r/tree/c1/dir",
		"a/../../../b": "https://github.com/o/r/tree/c1/dir",
	} {
		if got := (Evidence{Repo: "github.com/o/r//dir", Commit: "c1", Path: path}).Link(); got != want {
			t.Errorf("link to %q: %q, want %q", path, got, want)
		}
	}
	if got, want := (Evidence{Repo: "github.com/o/r//dir", Commit: "c1", View: ViewCommit}).Link(), "https://github.com/o/r/commit/c1"; got != want {
		t.Errorf("link to a commit: %q, want %q", got, want)
	}
}

func TestOverlaps(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b RepoID
		want bool
	}{
		{"h.x/o/r", "h.x/O/R//a", true},
		{"h.x/o/r//a", "h.x/o/r//a/b", true},
		{"h.x/o/r//a", "h.x/o/r//ab", false},
		{"h.x/o/r//a", "h.x/o/r//b", false},
		{"h.x/o/r//a", "h.x/o/s//a", false},
	} {
		if tc.a.Overlaps(tc.b) != tc.want || tc.b.Overlaps(tc.a) != tc.want {
			t.Errorf("%q and %q: want %v", tc.a, tc.b, tc.want)
		}
	}
}
