package licence

import (
	"cmp"
	_ "embed"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
	"assay/internal/spdx"
)

// labels are files drawn at random out of real repositories, with the SPDX expression
// that somebody gave each by hand who had not seen the rules: repository, commit,
// path, expression.
//
//go:embed testdata/labels.tsv
var labels string

// The files are read as a person reads them. It runs where ASSAY_MIRROR names a tree
// of mirrors.
func TestLabelled(t *testing.T) {
	t.Parallel()
	tree := os.Getenv("ASSAY_MIRROR")
	if tree == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	right, told, there := 0, 0, 0
	for line := range strings.Lines(labels) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		r, err := gitrepo.Open(filepath.Join(tree, filepath.FromSlash(f[0])+".git"), fact.RepoID(f[0]))
		if err != nil {
			continue // another tree
		}
		data, err := r.ReadFile(t.Context(), f[1], f[2], limit.LicenceBytes)
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		got, want := noAssertion, cmp.Or(normal(f[3]), noAssertion)
		if usesOf(path.Base(f[2])) == useLicence { // at the root it would be opened
			got = said(readText(data))
		}
		told += btoi(got != noAssertion)
		there += btoi(want != noAssertion)
		right += btoi(got == want && want != noAssertion)
		if got != want {
			t.Logf("%s %s: %q, labelled %q", f[0], f[2], got, want)
		}
	}
	if told == 0 || there == 0 {
		t.Skipf("none of the labelled files is in %s", tree)
	}
	precision, recall := float64(right)/float64(told), float64(right)/float64(there)
	t.Logf("precision %.3f (%d of %d), recall %.3f (%d of %d)", precision, right, told, recall, right, there)
	if precision < 0.97 || recall < 0.93 {
		t.Errorf("precision %.3f, recall %.3f", precision, recall)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// said is what a reading says of a file, as one expression: with the licences of
// others, which a label has, too.
func said(r reading) string {
	if !r.known() {
		return noAssertion
	}
	ids := slices.Clone(r.Others)
	for _, l := range r.Licences {
		ids = append(ids, l.SPDX)
	}
	if r.Declared != "" {
		return normal(r.Declared)
	}
	if r.Either {
		return normal(either(ids))
	}
	return normal(strings.Join(ids, " AND "))
}

// normal writes an expression in one way: its licences in order, as their texts name
// them.
func normal(expression string) string {
	ids := spdx.Licences(expression)
	if len(ids) == 0 {
		return expression
	}
	for i, id := range ids {
		ids[i] = spdx.Plain(id)
	}
	slices.Sort(ids)
	operator := " AND "
	if strings.Contains(expression, " OR ") {
		operator = " OR "
	}
	return strings.Join(ids, operator)
}
