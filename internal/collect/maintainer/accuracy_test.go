package maintainer

import (
	"os"
	"strings"
	"testing"

	"assay/internal/collect/collecttest"
	"assay/internal/fact"
)

// People are held against those that two persons read in 30 files, which were drawn
// from all such files of the landscape's repositories, by line and duty. An account
// that a CODEOWNERS file names often counts where it does so first. The files are read
// from the tree of mirrors that ASSAY_MIRROR names.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	got := collecttest.Agree(t, os.Getenv("ASSAY_MIRROR"), "testdata/lines.jsonl", func(path string, data []byte) (lines []collecttest.Line) {
		for _, p := range peopleOf(path, data) {
			if p.Duty == fact.DutyCodeOwner {
				p.Duty = fact.DutyMaintainer // as the key has it
			}
			lines = append(lines, collecttest.Line{Line: p.Line, Word: string(p.Duty)})
		}
		return lines
	})
	t.Logf("%+v: precision %.3f, recall %.3f", got, got.Precision(), got.Recall())
	if got.Precision() < 0.97 || got.Recall() < 0.93 {
		t.Errorf("precision %.3f, recall %.3f; want 0.97 and 0.93", got.Precision(), got.Recall())
	}
}

// peopleOf reads a file by itself, wherever it lies.
func peopleOf(path string, data []byte) []fact.Maintainer {
	base := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	switch {
	case base == "codeowners":
		return codeownersIn(path, data)
	case strings.HasPrefix(base, "owners") && base != "owners_aliases":
		c, _ := ownersOf(path, data)
		return append(accountsOf(path, c.Owners, nil, ""), c.People...)
	}
	c, _ := read(path, data, useList)
	return c.People
}
