package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

// unread writes what was not understood one a line.
func unread(d *fact.Documents) []string {
	var out []string
	for _, u := range d.Unread {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s:%d %s: %s", u.Kind, u.Path, u.Line, u.Target, u.Why)))
	}
	return out
}

func TestUnreadFiles(t *testing.T) {
	t.Parallel()
	got := run(t, New(), []file{
		{path: ".github/maintainers.yaml", text: new("- ann\n")},
		{path: "ADOPTERS.md", text: new("# Adopters\n\nThis page has moved to https://example.org/adopters.\n")},
		{path: "COPYING"},
		{path: "LICENSE", text: new("Do as you like on Sundays.\n")},
		{path: "MAINTAINERS", text: new("See the site.\n")},
		{path: "NOTICE", text: new("Corp\n")},
		{path: "OWNERS", text: new("options: {}\n")},
		{path: "adopters.csv", text: new("name,stage\nQuillworks,production\n")},
		{path: "docs/MAINTAINERS.md", text: new("../MAINTAINERS"), mode: gitrepo.ModeSymlink},
	})
	want := []string{
		"adopters ADOPTERS.md:0 : no row of it is understood",
		"adopters adopters.csv:0 : its form is not read",
		"licence COPYING:0 : its content is not in the mirror",
		"licence LICENSE:0 : its text is of no licence that is known",
		"maintainers .github/maintainers.yaml:0 : its form is not read",
		"maintainers MAINTAINERS:0 : no person in it is recognised",
		"maintainers OWNERS:0 : no person in it is recognised",
		"maintainers docs/MAINTAINERS.md:0 : it is a symbolic link, which is not followed",
	}
	if diff := cmp.Diff(want, unread(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := run(t, New(), tree(t)); got.Unread != nil {
		t.Errorf("all is understood, and %v is told not to be", unread(got))
	}
}

// Links to files of the repository are answered by these, symbolic links by
// what was read.
func TestAnswered(t *testing.T) {
	t.Parallel()
	readme := new("# Tool\n\nSee [adopters](./ADOPTERS.md#top), [maintainers](MAINTAINERS) and our [security policy](https://corp.example/security).\n\n" +
		"## Adopters\n\nThey are in [a file](/ADOPTERS.md).\n")
	files := append(tree(t), file{path: "docs/ADOPTERS.md", text: new("../ADOPTERS.md"), mode: gitrepo.ModeSymlink},
		file{path: "MAINTAINERS", text: new("See the site.\n")})
	for i := range files {
		if files[i].path == "README.md" {
			files[i].text = readme
		}
	}
	want := []string{"maintainers MAINTAINERS:0 : no person in it is recognised"}
	if diff := cmp.Diff(want, unread(run(t, New(), files))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	want = []string{
		"adopters README.md:3 ./ADOPTERS.md: a link, which is not followed",
		"adopters README.md:5 /ADOPTERS.md: a section that leads elsewhere",
		"maintainers README.md:3 MAINTAINERS: a link, which is not followed",
		"security README.md:3 https://corp.example/security: a link, which is not followed",
	}
	if diff := cmp.Diff(want, unread(run(t, New(), []file{{path: "README.md", text: readme}}))); diff != "" {
		t.Errorf("without the files (-want +got)\n%s", diff)
	}
}

func TestPointers(t *testing.T) {
	t.Parallel()
	const list, link, section = "a section that is not read", "a link, which is not followed", "a section that leads elsewhere"
	for _, tc := range []struct{ text, want string }{
		{"## Tool adopters\n\nYou can view the list of [Tool Adopters](https://tool.example/adopters/).\n", "adopters 1 https://tool.example/adopters/ " + section},
		{"## Who is using Tool?\n\n- Quillworks\n- [Harbour](https://harbour.example)\n", "adopters 1  " + list},
		{"### :handshake: [Adopters](https://tool.example/who)\n", "adopters 1 https://tool.example/who " + section},
		{"## Users\n\nSee the [site](https://tool.example/users).\n", "adopters 1 https://tool.example/users " + section},
		{"## Partners & Users\n\nMany.\n", "adopters 1  " + list},
		{"## Projects using the Tool crate\n\n- One\n", "adopters 1  " + list},
		{"Used by [many](https://git.example/corp/tool/blob/main/ADOPTERS.md).\n", "adopters 1 https://git.example/corp/tool/blob/main/ADOPTERS.md " + link},
		{"| a |\n|---|\n| [list of adopters](https://tool.example/x) |\n", "adopters 3 https://tool.example/x " + link},
		{"[Adopters](https://a.example/x)\n\n## Adopters\n\n[Adopters](https://a.example/x)\n", "adopters 1 https://a.example/x " + link},
		{"## Maintainers\n\n- Ann\n", "maintainers 1  " + list},
		{"[MAINTAINERS](javascript:x)\n", "maintainers 1  " + link},
		{"## Reporting security vulnerabilities\n\nWrite to us.\n", "security 1  " + list},
		{"[x](https://github.com/corp/tool/security/policy)\n", "security 1 https://github.com/corp/tool/security/policy " + link},
		// Words that only sound like it.
		{"Tool is used by many users in production, and its adopters and maintainers love it.\n", ""},
		{"## For users\n\n## User guide\n\n## Using Tool\n\n## Emeritus maintainers\n\n## Security\n\nSecure by default.\n", ""},
		{"## Oh My Zsh users\n\n- a\n", ""},
		{"[users](https://lists.example/users) [user guide](users.md) [how we use it](x)\n", ""},
		{"[@corp/tool-maintainers](https://github.com/orgs/corp/teams/tool-maintainers)\n", ""},
		{"[security](docs/security/index.md) [contents](#adopters)\n", ""},
		{"```\n## Adopters\n```\n\n> ## Adopters\n", ""},
	} {
		got := ""
		for _, p := range pointersIn(newMarkdown().blocks([]byte(tc.text))) {
			got += fmt.Sprintf("%s %d %s %s", p.Kind, p.Line, p.Target, p.Why)
		}
		if got != tc.want {
			t.Errorf("%q:\n got %q\nwant %q", tc.text, got, tc.want)
		}
	}
}

// However many links there are, a bounded number is kept.
func TestPointersAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "[adopters](https://a.example/%d)\n\n", i)
	}
	if n := len(pointersIn(newMarkdown().blocks([]byte(b.String())))); n != limit.ReadmePointers {
		t.Errorf("%d pointers", n)
	}
}
