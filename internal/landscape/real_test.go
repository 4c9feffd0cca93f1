package landscape

import (
	"os"
	"path/filepath"
	"testing"

	"assay/internal/fact"
)

// mirror is the folder of a bare clone of the CNCF's landscape, which a
// developer keeps in the tree that ASSAY_MIRROR names.
func mirror(t testing.TB) string {
	t.Helper()
	tree := os.Getenv("ASSAY_MIRROR")
	if tree == "" {
		t.Skip("ASSAY_MIRROR names no tree of mirrors")
	}
	return filepath.Join(tree, "github.com", "cncf", "landscape.git")
}

func project(t *testing.T, l *fact.Landscape, name string) *fact.Project {
	t.Helper()
	for i := range l.Projects {
		if l.Projects[i].Name == name {
			return &l.Projects[i]
		}
	}
	t.Fatalf("no project %q", name)
	return nil
}

func TestRealLandscape(t *testing.T) {
	t.Parallel()
	l, err := Load(t.Context(), Source{Where: mirror(t), AsOf: "2025-12-10"})
	if err != nil {
		t.Fatal(err)
	}
	if l.Evidence.Repo != "github.com/cncf/landscape" || len(l.Evidence.Commit) != 40 || l.CommittedAt == "" {
		t.Errorf("evidence %+v, committed at %q", l.Evidence, l.CommittedAt)
	}
	more, org := 0, 0
	for _, p := range l.Projects {
		if len(p.AdditionalRepos) > 0 {
			more++
		}
		if p.ProjectOrg != "" {
			org++
		}
		if p.Accepted() == "" || p.Lines["project"] == 0 || p.Lines["accepted"] == 0 {
			t.Errorf("%s: accepted %q, lines %v", p.Name, p.Accepted(), p.Lines)
		}
	}
	if l.Items != 2398 || len(l.Projects) != 237 || more != 9 || org != 14 {
		t.Errorf("%d items, %d projects, %d with more repositories, %d with an organisation; want 2398, 237, 9, 14",
			l.Items, len(l.Projects), more, org)
	}
	for name, want := range map[string]fact.Date{"Kuasar": "2023-12-19", "youki": "2024-10-17"} {
		if got := project(t, l, name).Accepted(); got != want {
			t.Errorf("%s accepted %q, want %q", name, got, want)
		}
	}
	tikv := project(t, l, "TiKV").Audits
	if len(tikv) != 1 || tikv[0].Date != "2020-03-05" || tikv[0].Vendor != "Cure53" {
		t.Errorf("audits of TiKV: %+v", tikv)
	}
	if n := len(project(t, l, "Linkerd").Audits); n != 3 {
		t.Errorf("Linkerd has %d audits, want 3", n)
	}
}

// The file's shape changed over the years: levels under another key, no dates.
func TestRealLandscapePast(t *testing.T) {
	t.Parallel()
	tests := []struct {
		asOf     fact.Date
		items    int
		projects int
	}{
		{"2018-06-01", 524, 23},
		{"2019-06-01", 694, 37},
		{"2022-06-01", 1997, 122},
	}
	for _, tt := range tests {
		l, err := Load(t.Context(), Source{Where: mirror(t), AsOf: tt.asOf})
		if err != nil {
			t.Errorf("%s: %v", tt.asOf, err)
			continue
		}
		if l.Items != tt.items || len(l.Projects) != tt.projects {
			t.Errorf("%s: %d items, %d projects, want %d, %d", tt.asOf, l.Items, len(l.Projects), tt.items, tt.projects)
		}
	}
}
