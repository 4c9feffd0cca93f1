package maintainer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/collecttest"
	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/markup"
)

func TestUsesOf(t *testing.T) {
	t.Parallel()
	collecttest.Uses(t, usesOf, map[string]document.Use{
		"MAINTAINERS":              useList,
		"docs/maintainers.md":      useList,
		"testdata/MAINTAINERS":     0,
		"GOVERNANCE.md":            useGovernance,
		"docs/a/governance.md":     0,
		"OWNERS":                   useOwners,
		"OWNERS_ALIASES":           useAliases,
		"server/OWNERS":            0,
		".github/CODEOWNERS":       useCodeowners,
		"docs/CODEOWNERS":          useCodeowners,
		"src/CODEOWNERS":           0,
		"README.md":                useReadme,
		"MAINTAINERS.toml":         useList,
		".github/maintainers.yaml": useList,
		"CORE-MAINTAINERS":         useList,
		"MAINTAINERS.rst":          useOtherList,
		"OWNERS.md":                useOwners,
		"src/maintainers.json":     0,
	})
}

func TestCollector(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Maintainers](t, Collector{}, collecttest.Files(
		".github/CODEOWNERS", "* @corp/maintainers @ann\n", "CODEOWNERS", "* @ignored\n",
		"MAINTAINERS.md", "# Maintainers\n\n- Ann Example <ann@corp.example> @ann\n",
		"OWNERS", "reviewers:\n- bob\n- leads\n", "OWNERS_ALIASES", "aliases:\n  leads: [cy]\n", "README.md", "# Tool\n",
	))
	want := &fact.Maintainers{
		Maintainers: people{
			{Name: "Ann Example", Handle: "ann", Path: "MAINTAINERS.md", Line: 3}, {Handle: "corp/maintainers", Duty: fact.DutyCodeOwner, Role: "code owner", Path: ".github/CODEOWNERS", Line: 1},
		},
		Others: people{
			{Handle: "bob", Duty: fact.DutyReviewer, Role: "reviewer", Path: "OWNERS", Line: 2}, {Handle: "cy", Duty: fact.DutyReviewer, Role: "reviewer", Path: "OWNERS_ALIASES", Line: 2},
		},
		Files: []string{"MAINTAINERS.md", "OWNERS", ".github/CODEOWNERS"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(&fact.Maintainers{}, collecttest.Run[fact.Maintainers](t, Collector{}, nil)); diff != "" {
		t.Errorf("of nothing (-want +got)\n%s", diff)
	}
}

func TestUnread(t *testing.T) {
	t.Parallel()
	files := collecttest.Files(
		".github/maintainers.rst", "ann\n", "MAINTAINERS", "See the site.\n", "OWNERS", "a: [",
		"README.md", "See the [maintainers](MAINTAINERS).\n\n[Maintainers](https://corp.example/people)\n",
		"docs/MAINTAINERS.md", "../MAINTAINERS",
	)
	files[4].Mode = gitrepo.ModeSymlink
	got := collecttest.Run[fact.Maintainers](t, Collector{}, files)
	want := []string{
		".github/maintainers.rst:0 : its form is not read",
		"MAINTAINERS:0 : no person in it is recognised",
		"OWNERS:0 : no person in it is recognised",
		"README.md:3 https://corp.example/people: a link, which is not followed",
		"docs/MAINTAINERS.md:0 : it is a symbolic link, which is not followed",
	}
	if diff := cmp.Diff(want, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"input OWNERS"}, collecttest.Notes(t, got.Notes)); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
}

// A file that names nobody says where they are named, or that it is a template.
func TestSilence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"See <https://corp.example/community/MAINTAINERS.md>.\n":                           "MAINTAINERS:1 https://corp.example/community/MAINTAINERS.md: it says that the list is elsewhere",
		"The team is that of the project\nas listed in\n\n    https://corp.example/CORE\n": "MAINTAINERS:4 https://corp.example/CORE: it says that the list is elsewhere",
		"../MAINTAINERS.md\n": "MAINTAINERS:1 ../MAINTAINERS.md: it says that the list is elsewhere",
		"# Maintainers\n":     "MAINTAINERS:0 : it is a template that nobody has filled in",
		"\n":                  "MAINTAINERS:0 : it is empty",
		"They do good work. See [how](https://corp.example/issues/1).\n": "MAINTAINERS:0 : no person in it is recognised",
	} {
		got := collecttest.Run[fact.Maintainers](t, Collector{}, collecttest.Files("MAINTAINERS", text))
		if diff := cmp.Diff([]string{want}, collecttest.Unread(got.Unread)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}

// The section of a README is a list, where it names people.
func TestReadme(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Maintainers](t, Collector{}, collecttest.Files("README.md", "# Tool\n\n- @nobody\n\n## Maintainers\n\n- Ann Example (@ann)\n\n## Thanks\n\n- @none\n"))
	if diff := cmp.Diff(people{{Name: "Ann Example", Handle: "ann", Path: "README.md", Line: 7}}, got.Maintainers); diff != "" || got.Unread != nil {
		t.Errorf("(-want +got)\n%s%v", diff, got.Unread)
	}
}

// A section whose people were read leads nowhere else.
func TestReadmeOfLinks(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Maintainers](t, Collector{}, collecttest.Files("README.md", "# Tool\n\n## Maintainers\n\nAnn Example ([@ann](https://github.com/ann)), Bob Sample ([@bob](https://github.com/bob))\n"))
	if len(got.Maintainers) != 2 || got.Unread != nil {
		t.Errorf("%+v, and %v is told not to be understood", got.Maintainers, got.Unread)
	}
}

func TestPointers(t *testing.T) {
	t.Parallel()
	collecttest.Pointers(t, &subject, map[string]string{
		"## Maintainers\n\n- Ann\n":     "1  a section that is not read",
		"[MAINTAINERS](javascript:x)\n": "1  a link, which is not followed",
		// Words that only sound like it.
		"Its adopters and maintainers love it.\n\n## Emeritus maintainers\n":              "",
		"[@corp/tool-maintainers](https://github.com/orgs/corp/teams/tool-maintainers)\n": "",
	})
}

// That it ends, quickly, is the test.
func TestHostileShapes(t *testing.T) {
	t.Parallel()
	for _, s := range collecttest.Hostile() {
		got := collecttest.Run[fact.Maintainers](t, Collector{}, collecttest.Files("MAINTAINERS", s, "OWNERS", s))
		for _, p := range got.Maintainers {
			if !collecttest.Plain(p.Name + p.Organisation + p.Role) {
				t.Errorf("%.20q gives %+v", s, p)
			}
		}
	}
}

func FuzzMaintainers(f *testing.F) {
	f.Add("# Maintainers\n\n* Ann Example <ann@corp.example> @ann\n\n| Name | GitHub |\n|---|---|\n| a | b |\n")
	f.Add("Name: Ann Example\nGitHub: @ann\n\nreviewers:\n- bob\n* @corp/team ann@x.example\n")
	f.Fuzz(func(t *testing.T, src string) {
		lines := strings.Count(src, "\n") + 1
		blocks := markup.Blocks([]byte(src))
		owners, _ := ownersIn([]byte(src))
		for _, list := range []people{maintainersIn("A", blocks, false), maintainersIn("A", blocks, true), accountsOf("A", owners, nil, ""), codeownersIn("A", []byte(src))} {
			for _, p := range list {
				if p.Name == "" && p.Handle == "" || !collecttest.Plain(p.Name+" "+p.Organisation+" "+p.Role) || p.Handle != "" && !handleShape.MatchString(p.Handle) {
					t.Errorf("maintainer %+v is not plain", p)
				}
				if p.Line < 1 || p.Line > lines+1 {
					t.Errorf("line %d of %d", p.Line, lines)
				}
			}
		}
	})
}

func TestNoMail(t *testing.T) {
	t.Parallel()
	collecttest.NoMail[fact.Maintainers](
		t, Collector{},
		"MAINTAINERS.md", "# Maintainers of @@\n\n| Name | GitHub | Company | Role |\n|---|---|---|---|\n| Bob Sample @@ | @bob | Corp @@ | Lead @@ |\n| @@ | @cy | @@ | @@ |\n| Di Fourth | @@ | x | y |\n",
		"MAINTAINERS.md", "# Maintainers\n\n- Bob Sample, @@ @bob\n- Cy Third (@@)\n- @@\n- Di Fourth - @@ (GmbH)\n- [Ed Fifth](https://github.com/ed) @@\n\nThe lead is Flo Sixth @@ (@flo). @@ is the maintainer.\n\nFormer maintainers @@:\n\n@old @@\n",
		"MAINTAINERS.md", "<table><tr><th>Name</th><th>GitHub</th><th>Employer</th></tr><tr><td>Bob Sample @@</td><td><a href=\"https://github.com/bob\" title=\"@@\">@@</a></td><td>@@</td></tr></table>\n",
		"MAINTAINERS", "Name: Bob Sample @@\nGitHub: @bob\nOrganization: Corp @@\n\n# Github ID, Name, Affiliation\n\ncy, Cy Third, @@\n@@, @@, @@\n\n\"ann\",\"Ann Example\",\"@@\"\n",
		"MAINTAINERS.toml", "[maintainers]\npeople = [\"bob\", \"@@\"]\n\n[people.bob]\nName = \"Bob Sample @@\"\nEmail = \"@@\"\nGitHub = \"bob\"\nCompany = \"@@\"\n",
		"MAINTAINERS.toml", "[\"@@\"]\npeople = [\"bob\", \"@@\"]\n[\"@@\"]\n",
		"maintainers.yaml", "maintainers:\n- \"@@\"\n- {name: \"Bob Sample @@\", github: \"@@\", company: \"Corp @@\", role: \"Lead @@\"}\n\"leads of @@\": [cy]\n\"@@\": [di]\n\"@@\": [di]\n",
		"OWNERS", "# @@\napprovers:\n- bob # @@\n- \"@@\"\n- cy @@\nreviewers: [\"@@\"]\n\"@@\": []\n\"@@\": []\n",
		"OWNERS", "@@\nBob Sample @@\n",
		"OWNERS_ALIASES", "# @@\naliases:\n  leads: [\"@@\"]\n  \"@@\": [bob]\n",
		".github/CODEOWNERS", "# @@\n* @bob @@\n/@@ @cy @@ # @@\n",
		"GOVERNANCE.md", "## Maintainers @@\n\n| Maintainer | GitHub |\n|---|---|\n| @@ | @bob |\n",
		"README.md", "## Maintainers\n\n- Bob Sample @@ @bob\n\nSee [maintainers](https://corp.example/@@).\n",
	)
}
