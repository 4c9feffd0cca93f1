package component

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// odd is the kind of notes on input that is readable but suspicious.
const odd errkind.Kind = "odd"

// notes gathers the notes of a pass. Repository and commit are left out of
// their evidence: they are in the fact's key.
type notes struct{ all []fact.Note }

// add notes something about the file at path, or about the whole tree when path is "".
func (n *notes) add(kind errkind.Kind, path, format string, args ...any) {
	n.all = append(n.all, fact.Note{
		Kind: string(kind),
		Text: oneLine(fmt.Sprintf(format, args...), limit.ManifestProse),
		Evidence: fact.Evidence{
			Path: path,
			Tree: path == "",
		},
	})
}

// sorted gives the notes ordered by path, those on the whole tree first.
func (n *notes) sorted() []fact.Note {
	slices.SortStableFunc(n.all, func(a, b fact.Note) int {
		return cmp.Or(cmp.Compare(a.Evidence.Path, b.Evidence.Path), cmp.Compare(a.Text, b.Text))
	})
	if more := len(n.all) - limit.ManifestNotes; more > 0 {
		n.all = n.all[:limit.ManifestNotes]
		n.add(odd, "", "%s not shown", count(more, "further note"))
	}
	return n.all
}

// count is a number and its noun: "1 manifest", "2 manifests".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// oneLine is s with runs of white space made one space, control and other
// invisible characters removed, and cut after limit characters.
func oneLine(s string, limit int) string {
	s = s[:min(len(s), 16*limit)] // the rest could not be shown anyway
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = n > 0
			continue
		}
		if !unicode.IsPrint(r) {
			continue
		}
		if space {
			b.WriteByte(' ')
			space, n = false, n+1
		}
		if n >= limit {
			return strings.TrimRight(b.String(), " ") + "…"
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}
