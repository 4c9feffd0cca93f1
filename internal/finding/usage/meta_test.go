package usage_test

import (
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
)

// A primary repository of documents with a few scripts decides no class, whether
// the others were read or not.
func TestMetaRepository(t *testing.T) {
	t.Parallel()
	const primary = "github.com/meshwork/meshwork"
	cells := func(code, prose int64) []fact.Cell {
		return []fact.Cell{
			{Language: "Python", Type: "programming", Role: fact.RoleProduct, Counted: true, Files: 2, Bytes: code, LineFiles: 2},
			{Language: "Markdown", Type: "prose", Role: fact.RoleDocs, Files: 9, Bytes: prose},
		}
	}
	for name, tt := range map[string]struct {
		cells []fact.Cell
		meta  bool
		words string
	}{
		"documents with scripts": {cells(12_000, 500_000), true, "trace"},
		"code with documents":    {cells(400_000, 9_000_000), false, "core"},
		"little, but code":       {cells(12_000, 2_000), false, "core"},
		"at the part":            {cells(20_000, 80_000), false, "core"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			facts := findingtest.Facts()
			facts.Compositions[primary] = &fact.Composition{Cells: tt.cells}
			facts.Components[primary] = &fact.Components{}
			p := project(t, findingtest.Find(t, facts, "Python", finding.Options{}), "Meshwork")
			if r := p.Repositories[0]; r.Meta != tt.meta || p.Words() != tt.words {
				t.Errorf("meta %t and class %q, want %t and %q; %+v", r.Meta, p.Words(), tt.meta, tt.words, p.Because)
			}
			lose(facts, "github.com/meshwork/proxy")
			p = project(t, findingtest.Find(t, facts, "Python", finding.Options{}), "Meshwork")
			if settled := p.Quantities.Class.AtLeast(usage.Core) == 1; settled == tt.meta {
				t.Errorf("with the other unread the class is %q", p.Words())
			}
		})
	}
}

// lose makes a repository absent.
func lose(facts finding.Facts, repo fact.RepoID) {
	for i := range facts.Survey.Outcomes {
		if o := &facts.Survey.Outcomes[i]; o.Repo == repo {
			o.Revision, o.Failure = nil, "absent"
			delete(facts.Compositions, repo.Key())
		}
	}
}
