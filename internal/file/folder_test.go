package file

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"assay/internal/errkind"
)

// folder writes files of these names into the folder at path.
func folder(ctx context.Context, t *testing.T, path string, old []string, names ...string) error {
	t.Helper()
	f, err := NewFolder(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	for _, name := range names {
		to, err := f.Create(name)
		if err != nil {
			return err
		}
		_, err = to.WriteString("new")
		must(t, err)
		must(t, to.Close())
	}
	return f.Place(ctx, old)
}

// lies lists a folder, with what files say.
func lies(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	all := []string{}
	for _, e := range entries {
		name := e.Name()
		if e.Type().IsRegular() {
			text, err := os.ReadFile(filepath.Join(dir, name))
			must(t, err)
			name += "=" + string(text)
		}
		all = append(all, name)
	}
	return all
}

func TestFolder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before []string // files of the folder; nil for no folder
		old    []string
		want   []string
	}{
		"new":      {nil, nil, []string{"a=new", "b=new"}},
		"empty":    {[]string{}, nil, []string{"a=new", "b=new"}},
		"replaced": {[]string{"a", "c"}, []string{"a", "c"}, []string{"a=new", "b=new"}},
		"others":   {[]string{"a", "c", "d"}, []string{"a", "c", "gone"}, []string{"a=new", "b=new", "d=old"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "out")
			for _, file := range c.before {
				must(t, os.MkdirAll(path, 0o755))
				put(t, filepath.Join(path, file), "old")
			}
			if c.before != nil {
				must(t, os.MkdirAll(path, 0o755))
			}
			must(t, folder(t.Context(), t, path, c.old, "a", "b"))
			if got := lies(t, path); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := lies(t, dir); len(got) != 1 {
				t.Errorf("beside it are %q", got)
			}
		})
	}
}

// A link to a folder stays a link.
func TestFolderBehindALink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, there := range []bool{true, false} {
		to, link := filepath.Join(dir, "to"), filepath.Join(dir, "link")
		must(t, os.RemoveAll(to))
		_ = os.Remove(link)
		must(t, os.Symlink("to", link))
		if there {
			must(t, os.Mkdir(to, 0o755))
		}
		must(t, folder(t.Context(), t, link, nil, "a"))
		if got := lies(t, to); !slices.Equal(got, []string{"a=new"}) {
			t.Errorf("there before: %t: %q", there, got)
		}
		if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("there before: %t: the link is %v, %v", there, info, err)
		}
	}
}

// What cannot be written says why and how to mend it, and leaves nothing.
func TestFolderThatCannotBe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := put(t, filepath.Join(dir, "file"), "old")
	must(t, os.Symlink("loop", filepath.Join(dir, "loop")))
	ended, end := context.WithCancel(t.Context())
	end()
	wantError(t, folder(t.Context(), t, file, nil, "a"), errkind.Usage, "not a directory", true)
	wantError(t, folder(t.Context(), t, filepath.Join(file, "x"), nil, "a"), errkind.Usage, "not a directory", true)
	wantError(t, folder(t.Context(), t, filepath.Join(dir, "gone", "x"), nil, "a"), errkind.Usage, "no such file", true)
	wantError(t, folder(t.Context(), t, filepath.Join(dir, "loop"), nil, "a"), errkind.Usage, "too many", true)
	wantError(t, folder(ended, t, filepath.Join(dir, "x"), nil, "a"), errkind.Canceled, "canceled", false)
	if got := lies(t, dir); !slices.Equal(got, []string{"file=old", "loop"}) {
		t.Errorf("left: %q", got)
	}
}

// What a killed run left is no part of the folder.
func TestEntries(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, ".export.1-0.part"), 0o755))
	put(t, filepath.Join(dir, "a"), "old")
	f, err := NewFolder(dir)
	must(t, err)
	defer f.Discard()
	entries, err := f.Entries()
	if err != nil || len(entries) != 1 || entries[0].Name() != "a" {
		t.Errorf("%v, %v", entries, err)
	}
}
