package lines

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"testing"

	"assay/internal/gitrepo"
)

// BenchmarkMirror has the speed over real files: every blob of some languages
// in the newest revision of the mirrors below ASSAY_MIRROR, which are
// host/owner/name.git. They are read into memory first.
//
//	ASSAY_MIRROR=/srv/mirrors go test -run xxx -bench Mirror ./internal/language/lines
func BenchmarkMirror(b *testing.B) {
	root := os.Getenv("ASSAY_MIRROR")
	if root == "" {
		b.Skip("ASSAY_MIRROR is not set to a tree of mirrors")
	}
	dirs, err := filepath.Glob(filepath.Join(root, "*", "*", "*.git"))
	if err != nil || len(dirs) == 0 {
		b.Fatalf("no mirrors in %q (%v)", root, err)
	}
	extensions := map[string]string{
		".rs": "Rust", ".go": "Go", ".py": "Python", ".ts": "TypeScript", ".tsx": "TSX", ".c": "C", ".h": "C++", ".json": "JSON",
	}
	files := map[string][][]byte{}
	for _, dir := range dirs {
		readMirror(b, dir, func(name string, data []byte) {
			if language, ok := extensions[path.Ext(name)]; ok {
				files[language] = append(files[language], bytes.Clone(data))
			}
		})
	}
	for language, contents := range files {
		b.Run(language, func(b *testing.B) {
			size := 0
			for _, data := range contents {
				size += len(data)
			}
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, data := range contents {
					Count(language, data)
				}
			}
		})
	}
}

// readMirror calls fn for every file of the newest revision of the mirror at dir.
func readMirror(b *testing.B, dir string, fn func(name string, data []byte)) {
	b.Helper()
	repo, err := gitrepo.Open(dir, gitrepo.IDOf(dir))
	if err != nil {
		b.Fatal(err)
	}
	defer repo.Close()
	revision, err := repo.At(b.Context(), "")
	if err != nil {
		b.Fatal(err)
	}
	entries, err := repo.Tree(b.Context(), revision.Commit)
	if err != nil {
		b.Fatal(err)
	}
	var names, oids []string
	var sizes []int64
	for _, e := range entries {
		if e.Regular() && e.Size >= 0 {
			names, oids, sizes = append(names, e.Path), append(oids, e.OID), append(sizes, e.Size)
		}
	}
	err = repo.Blobs(b.Context(), oids, sizes, func(i int, c gitrepo.Content) error {
		if !c.Missing && !c.Truncated {
			fn(names[i], c.Data)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
