package policy

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"assay/internal/collect/collecttest"
	"assay/internal/document"
	"assay/internal/markup"
)

// Quotations are held against 268 pairs of a sentence and a language that it names, of
// each of which a person says whether it gives a reason for the language. The texts
// are read from the tree of mirrors that ASSAY_MIRROR names.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	tree := os.Getenv("ASSAY_MIRROR")
	if tree == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	key, err := os.ReadFile("testdata/reasons.tsv")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]map[string]bool{} // by file: "line language"
	var got collecttest.Agreement
	for line := range strings.Lines(string(key)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		file := strings.Join(f[:3], " ")
		if found[file] == nil {
			found[file] = quotedIn(t, tree, f[0], f[1], f[2])
		}
		is, quoted := f[5] == "yes", found[file][f[3]+" "+f[4]]
		count := func(n *int, yes bool) {
			if yes {
				*n++
			}
		}
		count(&got.Wanted, is)
		count(&got.Found, quoted)
		count(&got.Right, is && quoted)
		if is != quoted {
			t.Logf("%s:%s: %s is quoted: %t, is a reason: %t", file, f[3], f[4], quoted, is)
		}
	}
	t.Logf("%+v: precision %.3f, recall %.3f", got, got.Precision(), got.Recall())
	if got.Precision() < 0.95 || got.Recall() < 0.25 {
		t.Errorf("precision %.3f, recall %.3f; want 0.95 and 0.25", got.Precision(), got.Recall())
	}
}

// quotedIn is what is quoted of a text.
func quotedIn(t *testing.T, tree, repo, commit, path string) map[string]bool {
	t.Helper()
	data, err := collecttest.At(t, tree, repo, commit, path)
	if err != nil {
		t.Fatal(err)
	}
	quoted := map[string]bool{}
	if n := document.NameOf(path); !n.Markdown() || !saysWhy(&n) {
		return quoted
	}
	for _, r := range reasonsIn(path, markup.Blocks(data)) {
		quoted[fmt.Sprintf("%d %s", r.Line, r.Language)] = true
	}
	return quoted
}
