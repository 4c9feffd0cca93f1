package adopter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/collecttest"
	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/gitrepo"
)

func TestUsesOf(t *testing.T) {
	t.Parallel()
	collecttest.Uses(t, usesOf, map[string]document.Use{
		"docs/ADOPTERS.md":                             useList,
		"adopters.yaml":                                useList,
		"docs/src/community/adopters.md":               useList,
		".github/ADOPTERS":                             useList,
		"USERS.md":                                     useList,
		"docs/users.md":                                0,
		"src/checks/adopters.rs":                       0,
		"adopters.csv":                                 useList,
		"adopters.rst":                                 useOtherList,
		"website/data/adopters.yml":                    useList,
		"docs/USERS.md":                                useList,
		".github/ISSUE_TEMPLATE/adopters.yaml":         0,
		"website/versioned_docs/version-1/adopters.md": 0,
		"users.json":                                   0,
		"users.yaml":                                   0,
		"users.csv":                                    0,
		"users.html":                                   0,
		"USERS.txt":                                    useList,
		"adopters.schema.json":                         0,
		"adopters-template.md":                         0,
		"adopters_list.yml":                            useList,
		"README.md":                                    useReadme,
		".github/README.md":                            useReadme,
		"README.rst":                                   0,
		"crates/proxy/README.md":                       0,
		"vendor/x/README.md":                           0,
	})
}

func TestCollector(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Adopters](t, Collector{}, collecttest.Files(
		"ADOPTERS.md", "- [Quillworks](https://quill.example)\n- quillworks\n- Harbour\n",
		"README.md", "# Tool\n", "adopters.yml", "- name: Third\n",
	))
	want := &fact.Adopters{
		Adopters: []fact.Adopter{
			{Name: "Quillworks", URL: "https://quill.example", Path: "ADOPTERS.md", Line: 1}, {Name: "Harbour", Path: "ADOPTERS.md", Line: 3}, {Name: "Third", Path: "adopters.yml", Line: 1},
		},
		Files: []string{"ADOPTERS.md", "adopters.yml"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(&fact.Adopters{}, collecttest.Run[fact.Adopters](t, Collector{}, nil)); diff != "" {
		t.Errorf("of nothing (-want +got)\n%s", diff)
	}
}

func TestUnread(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Adopters](t, Collector{}, append(collecttest.Files(
		"ADOPTERS.md", "# Adopters\n\nThis page has moved to https://example.org/adopters.\n",
		".github/ADOPTERS.md", "# Adopters\n\nAdd your company here.\n", "adopters.rst", "Quillworks\n", "adopters.yaml", strings.Repeat("[", 1000),
	), collecttest.File{Path: "docs/ADOPTERS.md"}))
	want := []string{
		".github/ADOPTERS.md:0 : it is a template that nobody has filled in",
		"ADOPTERS.md:3 https://example.org/adopters: it says that the list is elsewhere",
		"adopters.rst:0 : its form is not read",
		"adopters.yaml:0 : no row of it is understood",
		"docs/ADOPTERS.md:0 : its content is not in the mirror",
	}
	if diff := cmp.Diff(want, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"limit adopters.yaml", "corrupt docs/ADOPTERS.md"}, collecttest.Notes(t, got.Notes)); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
}

// Links to files of the repository are answered by these, symbolic links by
// what was read.
func TestAnswered(t *testing.T) {
	t.Parallel()
	files := collecttest.Files(
		"README.md", "# Tool\n\nSee [adopters](./ADOPTERS.md#top).\n\n## Adopters\n\nThey are in [a file](/ADOPTERS.md).\n",
		"ADOPTERS.md", "- Quillworks\n", "docs/ADOPTERS.md", "../ADOPTERS.md",
	)
	files[2].Mode = gitrepo.ModeSymlink
	if got := collecttest.Run[fact.Adopters](t, Collector{}, files); got.Unread != nil {
		t.Errorf("all is understood, and %v is told not to be", collecttest.Unread(got.Unread))
	}
	want := []string{
		"README.md:3 ./ADOPTERS.md: a link, which is not followed",
		"README.md:5 /ADOPTERS.md: a section that leads elsewhere",
	}
	if diff := cmp.Diff(want, collecttest.Unread(collecttest.Run[fact.Adopters](t, Collector{}, files[:1]).Unread)); diff != "" {
		t.Errorf("without the files (-want +got)\n%s", diff)
	}
	*files[1].Text = "See the site.\n"
	if diff := cmp.Diff([]string{"ADOPTERS.md:0 : no row of it is understood"}, collecttest.Unread(collecttest.Run[fact.Adopters](t, Collector{}, files[:2]).Unread)); diff != "" {
		t.Errorf("a file without a row (-want +got)\n%s", diff)
	}
}

// The section of a README is a list, where it has rows.
func TestReadme(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Adopters](t, Collector{}, collecttest.Files(
		"README.md", "# Tool\n\n- [Not one](https://x.example)\n\n## Who uses Tool?\n\n- [Quillworks](https://quill.example) - for pens\n\nAll are in the [adopters file](https://y.example/ADOPTERS.md).\n\n## License\n\n- MIT\n",
	))
	want := []fact.Adopter{{Name: "Quillworks", URL: "https://quill.example", Path: "README.md", Line: 7}}
	if diff := cmp.Diff(want, got.Adopters); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"README.md:5 https://y.example/ADOPTERS.md: a section that is not read"}, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("what it leads to (-want +got)\n%s", diff)
	}
}

func TestPointers(t *testing.T) {
	t.Parallel()
	const list, link, section = "a section that is not read", "a link, which is not followed", "a section that leads elsewhere"
	collecttest.Pointers(t, &subject, map[string]string{
		"## Tool adopters\n\nYou can view the list of [Tool Adopters](https://tool.example/adopters/).\n": "1 https://tool.example/adopters/ " + section,
		"## Who is using Tool?\n\n- Quillworks\n- [Harbour](https://harbour.example)\n":                   "1  " + list,
		"### :handshake: [Adopters](https://tool.example/who)\n":                                          "1 https://tool.example/who " + section,
		"## Users\n\nSee the [site](https://tool.example/users).\n":                                       "1 https://tool.example/users " + section,
		"## Partners & Users\n\nMany.\n":                                                                  "1  " + list,
		"## Projects using the Tool crate\n\n- One\n":                                                     "1  " + list,
		"Used by [many](https://git.example/corp/tool/blob/main/ADOPTERS.md).\n":                          "1 https://git.example/corp/tool/blob/main/ADOPTERS.md " + link,
		"| a |\n|---|\n| [list of adopters](https://tool.example/x) |\n":                                  "3 https://tool.example/x " + link,
		"[Adopters](https://a.example/x)\n\n## Adopters\n\n[Adopters](https://a.example/x)\n":             "1 https://a.example/x " + link,
		// Words that only sound like it.
		"Tool is used by many users in production, and its adopters and maintainers love it.\n": "",
		"## For users\n\n## User guide\n\n## Using Tool\n":                                      "",
		"## Oh My Zsh users\n\n- a\n":                                                           "",
		"[users](https://lists.example/users) [user guide](users.md) [how we use it](x)\n":      "",
		"[contents](#adopters)\n":                                                               "",
		"```\n## Adopters\n```\n\n> ## Adopters\n":                                              "",
		"<!--\n<h2>Adopters</h2>\n-->\n":                                                        "",
	})
}

// That it ends, quickly, is the test, and that it finds next to nothing.
func TestHostileShapes(t *testing.T) {
	t.Parallel()
	for _, s := range collecttest.Hostile() {
		got := collecttest.Run[fact.Adopters](t, Collector{}, collecttest.Files("ADOPTERS.md", s, "README.md", s, "USERS.yml", s))
		if len(got.Adopters) > 1 {
			t.Errorf("%.20q gives %d adopters", s, len(got.Adopters))
		}
	}
}

func TestNoMail(t *testing.T) {
	t.Parallel()
	collecttest.NoMail[fact.Adopters](
		t, Collector{},
		"ADOPTERS.md", "# Adopters @@\n\n| Organization | Website | Type | Since |\n|---|---|---|---|\n| Quillworks @@ | https://q.example/@@ | vendor @@ | 2020 @@ |\n| @@ | @@ | @@ | @@ |\n| [Harbour](https://h.example/@@) | | ![@@](x.svg) | |\n",
		"ADOPTERS.md", "# Adopters\n\n## Production @@\n\n- [Quillworks @@](https://q.example/@@)\n- Harbour - @@\n- @@\n- **Third @@** is good\n\n## Vendors @@\n\n![Fourth @@](x.png)\n\n**Fifth @@** - good\n\nSixth @@ https://s.example/@@\n\n* N: Seventh @@\n  L: https://s.example/@@\n  Status: @@\n",
		"ADOPTERS.md", "# Adopters\n\nText.\n\n## One @@\n\n- *Application*: @@\n- *Launched*: @@\n\n## [Two @@](https://two.example/@@)\n\nIt is good.\n",
		"ADOPTERS.html", "<table><tr><td><a href=\"https://q.example/@@\">Quillworks @@</a></td><td><img alt=\"Two @@\" title=\"@@\"></td></tr></table><ul><li>@@</li></ul>\n",
		"adopters.yaml", "adopters:\n- {name: \"Quillworks @@\", url: \"https://q.example/@@\", type: \"vendor @@\", since: \"@@\"}\n- \"@@\"\n\"vendors @@\":\n- name: Two\n\"@@\": 1\n\"@@\": 1\n",
		"adopters.json", "{\"adopters\": [{\"name\": \"@@\", \"type\": \"@@\"}, \"@@\"]}\n",
		"adopters.csv", "Name,Website,Stage,Since\nQuillworks @@,https://q.example/@@,@@,@@\n@@,,,\n",
		"README.md", "## Adopters\n\n- Quillworks @@\n\nSee [adopters](https://corp.example/@@).\n",
	)
}
