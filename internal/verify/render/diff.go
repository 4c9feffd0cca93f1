package render

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"assay/internal/sanitize"
)

// Diff writes what changed in the report of that name as a unified diff, as git
// and patch read it, fit for a terminal; nothing when nothing did. It fails when
// w does.
func Diff(w io.Writer, name string, before, after []byte) error {
	const around = 3 // lines
	name = strings.TrimLeft(filepath.ToSlash(name), "/")
	text, err := udiff.ToUnified("a/"+name, "b/"+name, string(before), udiff.Lines(string(before), string(after)), around)
	if err != nil {
		return fmt.Errorf("what changed in %q: %w", name, err)
	}
	return put(w, "a diff", cleanLines(text))
}

// cleanLines is clean for a text of several lines. Tabs stay, and the ends of
// lines as Windows writes them: they are harmless, and patch would miss them.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		end := ""
		if strings.HasSuffix(l, "\r") && i < len(lines)-1 {
			l, end = strings.TrimSuffix(l, "\r"), "\r"
		}
		parts := strings.Split(l, "\t")
		for k := range parts {
			parts[k] = sanitize.Text(parts[k])
		}
		lines[i] = strings.Join(parts, "\t") + end
	}
	return strings.Join(lines, "\n")
}
