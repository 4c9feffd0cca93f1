package collecttest

import (
	"fmt"
	"strings"
	"testing"

	"assay/internal/document"
	"assay/internal/markup"
)

// Uses holds what a collector uses files for against what it should, by path.
func Uses(t *testing.T, usesOf func(path string) document.Use, want map[string]document.Use) {
	t.Helper()
	for path, use := range want {
		if got := usesOf(path); got != use {
			t.Errorf("usesOf(%q) = %b, want %b", path, got, use)
		}
	}
}

// Pointers holds what READMEs point at against what they should, by text. Each pointer
// is written as its line, its target and why it is not read.
func Pointers(t *testing.T, s *document.Subject, want map[string]string) {
	t.Helper()
	for text, all := range want {
		var got strings.Builder
		for _, p := range s.PointersIn(markup.Blocks([]byte(text))) {
			fmt.Fprintf(&got, "%d %s %s", p.Line, p.Target, p.Why)
		}
		if got.String() != all {
			t.Errorf("%q:\n got %q\nwant %q", text, &got, all)
		}
	}
}
