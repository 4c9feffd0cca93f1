package markdown

import (
	"bytes"
	"testing"

	"assay/internal/errkind"
	"assay/internal/limit"
)

func TestBounded(t *testing.T) {
	t.Parallel()
	b := bounded{meter: &meter{}}
	chunk := bytes.Repeat([]byte("x"), 1<<20)
	for range limit.TemplateReport / len(chunk) {
		if _, err := b.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Write([]byte("y")); errkind.Of(err) != errkind.Limit {
		t.Errorf("error %v beyond the bound, want one of kind limit", err)
	}
}
