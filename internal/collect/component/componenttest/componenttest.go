// Package componenttest tests ecosystems on trees written as text.
//
// A txtar archive is a tree: each file of it lies at its path in a made-up
// repository. The file "want.json" is not part of the tree: it is what the
// collector must find there.
package componenttest

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/collect/component"
	"assay/internal/fact"
	"assay/internal/gitrepo"
)

var update = flag.Bool("update", false, "write what the collector finds into the archives")

const wanted = "want.json"

// Golden runs the collector over each archive that pattern matches and compares
// what it finds with the archive's want.json. With the flag -update it writes
// that file instead. It fails when nothing matches.
func Golden(t *testing.T, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no archive matches %q (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			golden(t, file)
		})
	}
}

func golden(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := parseArchive(data)
	var tree []File
	var want []byte
	for _, f := range archive.files {
		if f.Name == wanted {
			want = f.Data
		} else {
			tree = append(tree, f)
		}
	}
	got := marshal(t, Collect(t, tree))
	if *update {
		archive.files = append(slices.Clone(tree), File{Name: wanted, Data: got})
		if err := os.WriteFile(file, archive.format(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, want) {
		t.Errorf("components (-want +got):\n%s", cmp.Diff(string(want), string(got)))
	}
}

func marshal(t *testing.T, found *fact.Components) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(found); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Collect runs the collector over a tree of files in the given order.
func Collect(t testing.TB, tree []File) *fact.Components {
	t.Helper()
	rev := &fact.Revision{Repo: "example.org/acme/widgets", Commit: "0123456789abcdef0123456789abcdef01234567"}
	entries := make([]collect.Entry, len(tree))
	for i, f := range tree {
		entries[i] = collect.Entry{Path: f.Name, Mode: gitrepo.ModeFile, Size: int64(len(f.Data))}
	}
	pass := component.New().Begin(rev, &collect.Tree{Entries: entries})
	want := make([]bool, len(entries))
	for i := range entries {
		want[i] = pass.Wants(&entries[i]) > 0
	}
	for i := range entries {
		if want[i] {
			pass.File(&entries[i], collect.Content{Data: tree[i].Data})
		}
	}
	found, err := pass.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return found.(*fact.Components)
}
