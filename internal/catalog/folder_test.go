package catalog

import (
	"context"
	"strings"
	"testing"

	"assay/internal/fact"
)

func TestFolders(t *testing.T) {
	t.Parallel()
	const mono = "https://github.com/acme/mono"
	for name, tc := range map[string]struct {
		projects []fact.Project
		lister   lister
		want     []string
		note     string
	}{
		"two folders of one repository": {
			projects: []fact.Project{{Name: "Kiln", RepoURL: mono + "/tree/main/kiln"}, {Name: "Oven", RepoURL: mono + "/tree/main/oven"}},
			want:     []string{"Kiln: acme/mono//kiln primary", "Oven: acme/mono//oven primary"},
			note:     `project "Kiln" names the folder "kiln" of "github.com/acme/mono", which is measured alone where it is there at the date`,
		},
		"a folder, and the whole as another's": {
			projects: []fact.Project{{Name: "Kiln", RepoURL: mono + "/tree/main/kiln"}, {Name: "Mono", RepoURL: mono}},
			want:     []string{"Mono: acme/mono primary"},
			note:     `"github.com/acme/mono//kiln" (primary of project "Kiln") is not counted: "github.com/acme/mono" is, for project "Mono" (primary)`,
		},
		"a folder, and the whole in its organisation": {
			projects: []fact.Project{{Name: "Acme", RepoURL: mono + "/tree/main/kiln", ProjectOrg: "https://github.com/acme"}},
			lister:   lister{"github.com/acme": {"mono", "other"}},
			want:     []string{"Acme: acme/mono//kiln primary", "Acme: acme/other discovered"},
			note:     `"github.com/acme/mono" (discovered of project "Acme") is not counted`,
		},
		"a folder within a folder": {
			projects: []fact.Project{{Name: "Kiln", RepoURL: mono + "/tree/main/kiln", AdditionalRepos: []fact.AdditionalRepo{{URL: mono + "/tree/main/kiln/sub"}}}},
			want:     []string{"Kiln: acme/mono//kiln primary"},
			note:     "files are of both",
		},
		"no folder that can be": {
			projects: []fact.Project{{Name: "Kiln", RepoURL: mono + "/tree/main/../../x"}},
			want:     []string{"Kiln: acme/mono primary"},
			note:     `the whole of "github.com/acme/mono" is taken: "https://github.com/acme/mono/tree/main/../../x": folder "../../x" is not a plain path`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := Options{}
			if tc.lister != nil {
				o.Lister = tc.lister
			}
			c := build(t, scape(tc.projects...), o)
			same(t, c, tc.want...)
			if !strings.Contains(notes(c), tc.note) {
				t.Errorf("notes %q, want %q", notes(c), tc.note)
			}
		})
	}
}

func TestFolderOfRenamed(t *testing.T) {
	t.Parallel()
	c := build(t, scape(fact.Project{Name: "Kiln", RepoURL: "https://github.com/old/mono/tree/main/kiln"}), Options{
		Canonical: func(_ context.Context, id fact.RepoID) (fact.RepoID, error) {
			if id != "github.com/old/mono" {
				t.Errorf("asked for %q", id)
			}
			return "github.com/new/mono", nil
		},
	})
	if len(c.Repositories) != 1 || c.Repositories[0].FoundAs != "github.com/new/mono//kiln" {
		t.Errorf("%+v", c.Repositories)
	}
}
