package component_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"assay/internal/collect"
	"assay/internal/collect/component"
	"assay/internal/fact"
	"assay/internal/gitrepo"
)

// TestCorpus runs the collector over real mirrors: those under the folder
// ASSAY_MIRROR (host/owner/name.git), at the date ASSAY_AS_OF. It checks only
// that the facts are the same whatever the order of the files; run it with -v
// and ASSAY_COMPONENTS set to a folder to look at what was found.
func TestCorpus(t *testing.T) {
	t.Parallel()
	root := os.Getenv("ASSAY_MIRROR")
	if root == "" {
		t.Skip("ASSAY_MIRROR is not set to a tree of mirrors")
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*", "*", "*.git"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no mirrors under %q (%v)", root, err)
	}
	for _, dir := range dirs {
		id := gitrepo.IDOf(dir)
		t.Run(string(id), func(t *testing.T) {
			forward := survey(t, dir, id, false)
			if string(forward) != string(survey(t, dir, id, true)) {
				t.Error("the facts depend on the order of the files")
			}
			if out := os.Getenv("ASSAY_COMPONENTS"); out != "" {
				file := filepath.Join(out, filepath.Base(filepath.Dir(dir))+"+"+filepath.Base(dir)+".json")
				if err := os.WriteFile(file, forward, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// survey measures one mirror, with its files in git's order or in the reverse.
func survey(t *testing.T, dir string, id fact.RepoID, reverse bool) []byte {
	t.Helper()
	ctx := t.Context()
	repo, err := gitrepo.Open(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	rev, err := repo.At(ctx, fact.Date(os.Getenv("ASSAY_AS_OF")))
	if err != nil {
		t.Skip(err)
	}
	entries, err := repo.Tree(ctx, rev.Commit)
	if err != nil {
		t.Fatal(err)
	}
	pass := component.New().Begin(rev, &collect.Tree{Entries: entries})
	var wanted []*collect.Entry
	for i := range entries {
		if pass.Wants(&entries[i]) > 0 {
			wanted = append(wanted, &entries[i])
		}
	}
	oids, sizes := make([]string, len(wanted)), make([]int64, len(wanted))
	for i := range wanted {
		k := i
		if reverse {
			k = len(wanted) - 1 - i
		}
		oids[k], sizes[k] = wanted[i].OID, wanted[i].Size
	}
	err = repo.Blobs(ctx, oids, sizes, func(k int, c collect.Content) error {
		if reverse {
			k = len(wanted) - 1 - k
		}
		pass.File(wanted[k], c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found, err := pass.Finish()
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.MarshalIndent(found, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return body
}
