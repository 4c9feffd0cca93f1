package adopter

import (
	"os"
	"testing"

	"assay/internal/collect/collecttest"
)

// Rows are held against those that two people read in 30 lists, which were drawn
// from all lists of the landscape's repositories. The lists are read from the tree of
// mirrors that ASSAY_MIRROR names.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	got := collecttest.Agree(t, os.Getenv("ASSAY_MIRROR"), "testdata/lines.jsonl", func(path string, data []byte) (lines []collecttest.Line) {
		c, _ := read(path, data, useList)
		for _, r := range c.Rows {
			lines = append(lines, collecttest.Line{Line: r.Line})
		}
		return lines
	})
	t.Logf("%+v: precision %.3f, recall %.3f", got, got.Precision(), got.Recall())
	if got.Precision() < 0.97 || got.Recall() < 0.93 {
		t.Errorf("precision %.3f, recall %.3f; want 0.97 and 0.93", got.Precision(), got.Recall())
	}
}
