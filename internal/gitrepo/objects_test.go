package gitrepo

import (
	"os"
	"path/filepath"
	"testing"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Files are in git's order, each once, and below the tree.
func TestCheckPaths(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		paths []string
		fine  bool
	}{
		"none":            {nil, true},
		"git's order":     {[]string{"..b", ".a", "a-b", "a/b", "a/b.c", "a/b/c", "a0", "b\xff"}, true},
		"twice":           {[]string{"a", "a"}, false},
		"folders mixed":   {[]string{"a/x", "b", "a/y"}, false},
		"above":           {[]string{"../a"}, false},
		"above, deeper":   {[]string{"a/../b"}, false},
		"at the root":     {[]string{"/a"}, false},
		"the folder":      {[]string{"a/."}, false},
		"an empty folder": {[]string{"a//b"}, false},
	} {
		entries := make([]Entry, len(tt.paths))
		for i, p := range tt.paths {
			entries[i].Path = p
		}
		if err := checkPaths(entries); (err == nil) != tt.fine || err != nil && errkind.Of(err) != errkind.Corrupt {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the blobs of a mirror may have in all goes with its size, unless it borrows objects.
func TestBlobsRatio(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "a", "alpha")
	if r := f.done(); r.bounds.blobs <= limit.BlobsLeast || r.bounds.blobs > limit.BlobsLeast+limit.BlobsRatio*10_000 {
		t.Errorf("a small mirror may have %d bytes in blobs", r.bounds.blobs)
	}
	f.write("objects/info/alternates", t.TempDir()+"\n")
	if r := f.open(); r.bounds.blobs != limit.BlobsBytes {
		t.Errorf("a mirror that borrows objects may have %d bytes in blobs", r.bounds.blobs)
	}
}

// A pack that went while the mirror was looked at, because somebody packs it anew, may
// have had any size. A link that leads nowhere has none.
func TestVanishedPack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a.pack", "b.pack"} {
		if err := os.Symlink("nowhere", filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatal(entries, err)
	}
	if err := os.Remove(filepath.Join(dir, "a.pack")); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{limit.BlobsBytes / limit.BlobsRatio, 0} {
		if got, err := checkObject(dir, entries[i]); err != nil || got != want {
			t.Errorf("%s: %d bytes, %v, want %d", entries[i].Name(), got, err, want)
		}
	}
}
