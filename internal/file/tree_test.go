package file_test

import (
	"os"
	"path/filepath"
	"testing"

	"assay/internal/errkind"
	"assay/internal/file"
)

// plant writes a tree with one file below folders.
func plant(t *testing.T, path, body string) error {
	t.Helper()
	tree, err := file.NewTree(path, "marker")
	if err != nil {
		return err
	}
	defer tree.Discard()
	for _, name := range []string{"marker", "a/b/c.html"} {
		if err := tree.Write(name, []byte(body)); err != nil {
			return err
		}
	}
	return tree.Place(t.Context())
}

// A tree takes the place of nothing, of an empty folder and of an earlier tree, and
// leaves nothing beside it.
func TestTreeTakesItsPlace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "pages")
	for _, body := range []string{"first", "second"} {
		if err := plant(t, path, body); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(path, "a", "b", "c.html"))
		if err != nil || string(got) != body {
			t.Errorf("%q, %v", got, err)
		}
	}
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := plant(t, empty, "x"); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}

// What somebody else has put there stays.
func TestTreeLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "mine"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := plant(t, path, "y"); errkind.Of(err) != errkind.Usage || errkind.Hint(err) == "" {
		t.Errorf("over a folder with other files: %v", err)
	}
	if left, err := os.ReadDir(path); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
	tree, err := file.NewTree(filepath.Join(t.TempDir(), "t"), "marker")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Discard()
	for _, name := range []string{"../x", "/x", "a/../../x", `a\x`, ""} {
		if err := tree.Write(name, nil); err == nil {
			t.Errorf("%q was written", name)
		}
	}
}
