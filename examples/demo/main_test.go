package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mirrors")
	var out strings.Builder
	if err := run(t.Context(), &out, []string{dir}); err != nil {
		t.Fatal(err)
	}
	if want := "made 10 repositories in " + dir + "\n"; out.String() != want {
		t.Errorf("said %q, want %q", out.String(), want)
	}
	if _, err := os.Stat(filepath.Join(dir, "code.lantern.example", "lantern", "landscape.git", "HEAD")); err != nil {
		t.Error(err)
	}
	if err := run(t.Context(), &out, []string{dir}); err == nil {
		t.Error("repositories that exist are written over")
	}
	if err := run(t.Context(), &out, nil); err == nil {
		t.Error("no folder is no error")
	}
}

// TestFixturesAreInvented: the fixtures name no real host.
func TestFixturesAreInvented(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("repositories", "*", "*", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures (%v)", err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, host := range []string{"github.com", "gitlab.com", "cncf.io", "crates.io"} {
			if strings.Contains(string(text), host) {
				t.Errorf("%s names %s", f, host)
			}
		}
	}
}
