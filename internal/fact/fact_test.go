package fact

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestParseRepoURL(t *testing.T) {
	t.Parallel()
	// As people write addresses, and what they mean; "" is refused.
	for raw, want := range map[string]RepoID{
		"https://github.com/tikv/tikv":                         "github.com/tikv/tikv",
		"http://github.com/tikv/tikv":                          "github.com/tikv/tikv",
		"https://github.com/tikv/tikv/":                        "github.com/tikv/tikv",
		"https://github.com/tikv/tikv.git":                     "github.com/tikv/tikv",
		"https://github.com/tikv/tikv.git/":                    "github.com/tikv/tikv",
		"https://github.com//tikv//tikv":                       "github.com/tikv/tikv",
		"https://GitHub.com/TiKV/TiKV":                         "github.com/TiKV/TiKV",
		"https://github.com/tikv/tikv/tree/master/components":  "github.com/tikv/tikv",
		"https://github.com/tikv/tikv?tab=readme-ov-file":      "github.com/tikv/tikv",
		"https://github.com/tikv/tikv#readme":                  "github.com/tikv/tikv",
		"  https://github.com/tikv/tikv \n":                    "github.com/tikv/tikv",
		"github.com/tikv/tikv":                                 "github.com/tikv/tikv",
		"git@github.com:tikv/tikv.git":                         "github.com/tikv/tikv",
		"ssh://git@github.com/tikv/tikv.git":                   "github.com/tikv/tikv",
		"git://github.com/tikv/tikv":                           "github.com/tikv/tikv",
		"https://user@github.com/tikv/tikv":                    "github.com/tikv/tikv",
		"https://user:secret@github.com/tikv/tikv":             "github.com/tikv/tikv",
		"https://github.com:8443/a/b":                          "github.com:8443/a/b",
		"https://gitlab.com/group/sub/project":                 "gitlab.com/group/sub/project",
		"https://gitlab.com/group/sub/project/-/tree/main/src": "gitlab.com/group/sub/project",
		"https://gitlab.example.org/g/p.git":                   "gitlab.example.org/g/p",
		"https://codeberg.org/a/b/src/branch/main":             "codeberg.org/a/b",
		// The same repository by the other names that its forge has for it.
		"https://www.github.com/acme/www":                              "github.com/acme/www", // github.com/cncf/landscapeapp issue 401
		"WWW.GitHub.com/acme/www/":                                     "github.com/acme/www",
		"https://www.gitlab.com/a/b":                                   "gitlab.com/a/b",
		"https://www.git.example/a/b":                                  "www.git.example/a/b", // nobody says that the other is the same
		"https://github.com./acme/x":                                   "github.com/acme/x",
		"https://github.com/acme/x.":                                   "github.com/acme/x",
		"https://github.com/acme/x.git.":                               "github.com/acme/x",
		"https://github.com/acme/x%20":                                 "github.com/acme/x",
		"https://github.com/acme/x%2Egit":                              "github.com/acme/x",
		"//github.com/acme/x":                                          "github.com/acme/x",
		"ssh://git@ssh.github.com:443/acme/x.git":                      "github.com/acme/x", // docs.github.com: SSH over the HTTPS port
		"https://raw.githubusercontent.com/acme/x/main/README.md":      "github.com/acme/x",
		"https://codeload.github.com/acme/x/zip/main":                  "github.com/acme/x",
		"https://api.github.com/repos/acme/x/commits":                  "github.com/acme/x",
		"git+https://github.com/acme/x.git":                            "github.com/acme/x", // package.json: repository
		"git+ssh://git@github.com/acme/x.git#main":                     "github.com/acme/x",
		"scm:git:git@github.com:acme/x.git":                            "github.com/acme/x", // pom.xml: scm
		"github.com:acme/x.git":                                        "github.com/acme/x", // git-clone(1): [user@]host:path
		"org-1234@github.com:acme/x.git":                               "github.com/acme/x",
		"git@gitlab.com:group/sub/project.git":                         "gitlab.com/group/sub/project",
		"https://gitlab.com/group/sub/project/tree/main/src":           "gitlab.com/group/sub/project",
		"https://gitlab.com/group/sub/releases":                        "gitlab.com/group/sub/releases",
		"https://salsa.debian.org/group/sub/project/-/blob/main/x":     "salsa.debian.org/group/sub/project",
		"https://git.example.org/group/sub/project/-/tree/main":        "git.example.org/group/sub/project",
		"https://git.example.org/group/sub/project.git":                "git.example.org/group/sub/project",
		"git@git.example.org:group/sub/project.git":                    "git.example.org/group/sub/project",
		"https://git.example.org/a/b/commit/1234":                      "git.example.org/a/b",
		"https://bitbucket.org/acme/x/src/main/docs/":                  "bitbucket.org/acme/x",
		"git@bitbucket.org:acme/x.git":                                 "bitbucket.org/acme/x",
		"https://bitbucket.example/projects/AC/repos/x/browse":         "",
		"https://gitea.com/acme/x/src/commit/1234/a.go":                "gitea.com/acme/x",
		"https://git.sr.ht/~owner/name/tree/main/item/a.c":             "git.sr.ht/~owner/name",
		"git@git.sr.ht:~owner/name":                                    "git.sr.ht/~owner/name",
		"https://gist.github.com/acme/0123456789abcdef0123":            "gist.github.com/acme/0123456789abcdef0123",
		"https://gist.github.com/0123456789abcdef0123":                 "",
		"https://git.kernel.org/pub/scm/git/git.git/tree/Makefile?h=x": "git.kernel.org/pub/scm/git/git",
		"git://git.kernel.org/pub/scm/linux/kernel/git/a/linux.git":    "git.kernel.org/pub/scm/linux/kernel/git/a/linux",
		"https://android.googlesource.com/platform/art/+/main/x":       "android.googlesource.com/platform/art",
		"https://dev.azure.com/acme/proj/_git/x?path=/a":               "dev.azure.com/acme/proj/_git/x",
		"https://github.com/orgs/acme/repositories":                    "",
		"https://github.com/topics/rust":                               "",
		"https://github.com/solutions/industry":                        "",
		"https://gitlab.com/groups/acme":                               "", // docs.gitlab.com: reserved project and group names
		"https://gitlab.example.org/explore/projects":                  "",
		"https://gitlab.com/explorers/projects":                        "gitlab.com/explorers/projects",
		"https://codeberg.org/explore/repos":                           "",
		"https://codeberg.org/org/acme/teams":                          "", // gitea: reserved user names
		"https://git.example.org/groups/acme":                          "git.example.org/groups/acme",
		"https://github.com/sponsors/acme":                             "",
		"https://git.sr.ht/~owner/name":                                "git.sr.ht/~owner/name",
		"https://github.com/a/b_c-d.e":                                 "github.com/a/b_c-d.e",
		"https://github.com/a/.github":                                 "github.com/a/.github",
		"https://github.com/a/%62":                                     "github.com/a/b", // escaped, and harmless

		"":                                     "",
		" ":                                    "",
		"https://":                             "",
		"https://github.com":                   "",
		"https://github.com/":                  "",
		"https://github.com/tikv":              "",
		"https://github.com/tikv/.git":         "",
		"tikv/tikv":                            "",
		"/srv/git/a.git":                       "",
		"../a/b/c":                             "",
		"file:///etc/passwd":                   "",
		"file://github.com/a/b":                "",
		"ftp://github.com/a/b":                 "",
		"javascript:alert(1)":                  "",
		"javascript://github.com/a/b":          "",
		"data:text/html,x":                     "",
		"ext::sh -c id":                        "",
		"ext::https://github.com/a/b":          "",
		"ext://github.com/a/b":                 "",
		"--upload-pack=x":                      "",
		"--upload-pack=x/a/b":                  "",
		"-oProxyCommand=id/a/b":                "",
		"ssh://-oProxyCommand=id/a/b":          "",
		"https://github.com/-a/b":              "",
		"https://github.com/a/-b":              "",
		"https://github.com/a/--help.git":      "",
		"https://github.com/../b":              "",
		"https://github.com/a/..":              "",
		"https://github.com/a/.":               "",
		"https://github.com/%2e%2e/b":          "",
		"https://github.com/a/%2e%2e":          "",
		"https://github.com/a%2fb/c":           "github.com/a/b",
		"https://github.com/a/b%00c":           "",
		"https://github.com/a/b%0ac":           "",
		"https://user:secret@github.com/a/b c": "", "https://github.com/a/b c": "",
		"https://github.com/a/b;id":                        "",
		"https://github.com/a/$(id)":                       "",
		"https://github.com/a/b|c":                         "",
		"https://github.com/a/b\\c":                        "",
		"https://github.com/ä/b":                           "",
		"https://github.com/a/\u202eb":                     "",
		"https://gіthub.com/a/b":                           "", // a Cyrillic letter
		"https://github.com\x00/a/b":                       "",
		"https://github.com/a/b\x1b[31m":                   "",
		"https://[::1]/a/b":                                "",
		"https://github.com:/a/b":                          "",
		"https://github.com:x/a/b":                         "",
		"https://.github.com/a/b":                          "",
		"https://github..com/a/b":                          "",
		"https://../a/b":                                   "",
		"https://..:1/a/b":                                 "",
		"git@github.com":                                   "",
		"git@-x:a/b":                                       "",
		"git@github.com:":                                  "",
		"https://gitlab.com/a/../../b/c":                   "",
		"https://gitlab.com/-/a/b":                         "",
		"https://github.com/a/" + strings.Repeat("b", 500): "",
	} {
		got, err := ParseRepoURL(raw)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseRepoURL(%q) = %q, %v; want %q", raw, got, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("ParseRepoURL(%q): the password is in %q", raw, err)
		}
	}
	if _, err := ParseRepoURL("https://user:secret@host/-"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a refused address with a password: %v", err)
	}
}

// Whatever is accepted is harmless, keeps its meaning, and is read the same
// from its own page's address.
func FuzzParseRepoURL(f *testing.F) {
	for _, seed := range []string{"https://github.com/a/b", "git@h.org:a/b.git", "h.org:22/a/b", "https://gitlab.com/a/b/c/-/x", "https://h/%2e%2e/b", "//a/b/c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		id, err := ParseRepoURL(raw)
		if err != nil {
			if id != "" {
				t.Errorf("an ID beside an error: %q", id)
			}
			return
		}
		for part := range strings.SplitSeq(string(id), "/") {
			if part == "" || part == "." || part == ".." || part[0] == '-' || strings.Trim(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-~:+") != "" {
				t.Errorf("%q gives the part %q", raw, part)
			}
		}
		if again, err := ParseRepoURL(id.URL()); err != nil || again != id {
			t.Errorf("%q gives %q, whose own page gives %q, %v", raw, id, again, err)
		}
		if id.Host()+"/"+id.Owner()+"/"+id.Name() != string(id) {
			t.Errorf("%q does not fall into its parts", id)
		}
	})
}

func TestRepoIDParts(t *testing.T) {
	t.Parallel()
	for id, want := range map[RepoID][5]string{
		"github.com/TiKV/tikv":        {"github.com", "TiKV", "tikv", "TiKV/tikv", "github.com/tikv/tikv"},
		"gitlab.com/a/b/c":            {"gitlab.com", "a/b", "c", "a/b/c", "gitlab.com/a/b/c"},
		"gitlab.example.org:8443/a/b": {"gitlab.example.org:8443", "a", "b", "a/b", "gitlab.example.org:8443/a/b"},
		"":                            {"", "", "", "", ""},
		"x":                           {"x", "", "x", "", "x"},
		"x/y":                         {"x", "", "y", "y", "x/y"},
	} {
		if got := [5]string{id.Host(), id.Owner(), id.Name(), id.Slug(), id.Key()}; got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

func TestEvidenceLink(t *testing.T) {
	t.Parallel()
	const commit = "1234567890123456789012345678901234567890"
	gh, gl := RepoID("github.com/o/n"), RepoID("gitlab.com/g/s/n")
	for _, tt := range []struct {
		e          Evidence
		link, text string
	}{
		{Evidence{}, "", ""},
		{Evidence{Repo: gh}, "https://github.com/o/n", "github.com/o/n"},
		{Evidence{Repo: gh, Path: "a"}, "https://github.com/o/n", "github.com/o/n:a"},
		{Evidence{Repo: gh, Commit: commit}, "https://github.com/o/n/tree/" + commit, "github.com/o/n@123456789012"},
		{Evidence{Repo: gh, Commit: commit, Tree: true}, "https://github.com/o/n/tree/" + commit, "github.com/o/n@123456789012"},
		{Evidence{Repo: gh, Commit: commit, Path: "d", Tree: true}, "https://github.com/o/n/tree/" + commit + "/d", "github.com/o/n@123456789012:d"},
		{Evidence{Repo: gh, Commit: commit, Path: "a.go", Line: 7}, "https://github.com/o/n/blob/" + commit + "/a.go#L7", "github.com/o/n@123456789012:a.go:7"},
		{Evidence{Repo: gl, Commit: commit, Path: "a.go", Line: 7}, "https://gitlab.com/g/s/n/-/blob/" + commit + "/a.go#L7", "gitlab.com/g/s/n@123456789012:a.go:7"},
		{Evidence{Repo: gh, Commit: "1234", Path: "a b"}, "https://github.com/o/n/blob/1234/a%20b", "github.com/o/n@1234:a b"},
		{Evidence{Repo: gh, Commit: "1234", Path: "a#b?c%d"}, "https://github.com/o/n/blob/1234/a%23b%3Fc%25d", "github.com/o/n@1234:a#b?c%d"},
		{Evidence{Repo: gh, Commit: "1234", Path: "ü\n\x1b"}, "https://github.com/o/n/blob/1234/%C3%BC%0A%1B", "github.com/o/n@1234:ü\n\x1b"},
		{Evidence{Repo: gh, Commit: "1234", Path: `"><script>`}, "https://github.com/o/n/blob/1234/%22%3E%3Cscript%3E", `github.com/o/n@1234:"><script>`},
		{Evidence{Repo: gh, Commit: "1234", Path: "[x](y)|`z`"}, "https://github.com/o/n/blob/1234/%5Bx%5D%28y%29%7C%60z%60", "github.com/o/n@1234:[x](y)|`z`"},
		{Evidence{Repo: gh, Commit: "1234", Path: "../../../x"}, "https://github.com/o/n/tree/1234", "github.com/o/n@1234:../../../x"},
		{Evidence{Repo: gh, Commit: "1234", Path: "a/./b/...c"}, "https://github.com/o/n/tree/1234", "github.com/o/n@1234:a/./b/...c"},
		{Evidence{Repo: gh, Commit: "1234", Path: "//x"}, "https://github.com/o/n/tree/1234", "github.com/o/n@1234://x"},
		{Evidence{Repo: gh, Commit: "1234", Path: "x\xff"}, "https://github.com/o/n/blob/1234/x%FF", "github.com/o/n@1234:x\xff"},
		{Evidence{Repo: gh, Commit: "1234", Path: "a:b"}, "https://github.com/o/n/blob/1234/a:b", "github.com/o/n@1234:a:b"},
		// Each in the form of its host.
		{Evidence{Repo: "bitbucket.org/o/n", Commit: "12", Path: "d/a b", Line: 7}, "https://bitbucket.org/o/n/src/12/d/a%20b#lines-7", "bitbucket.org/o/n@12:d/a b:7"},
		{Evidence{Repo: "bitbucket.org/o/n", Commit: "12", View: ViewCommit}, "https://bitbucket.org/o/n/commits/12", "bitbucket.org/o/n@12"},
		{Evidence{Repo: "codeberg.org/o/n", Commit: "12", Path: "a.go", Line: 7}, "https://codeberg.org/o/n/src/commit/12/a.go#L7", "codeberg.org/o/n@12:a.go:7"},
		{Evidence{Repo: "codeberg.org/o/n", Commit: "12"}, "https://codeberg.org/o/n/src/commit/12", "codeberg.org/o/n@12"},
		{Evidence{Repo: "gitea.com/o/n", Commit: "12", View: ViewHistory}, "https://gitea.com/o/n/commits/commit/12", "gitea.com/o/n@12"},
		{Evidence{Repo: "git.sr.ht/~o/n", Commit: "12", Path: "d/a.c", Line: 7}, "https://git.sr.ht/~o/n/tree/12/item/d/a.c#L7", "git.sr.ht/~o/n@12:d/a.c:7"},
		{Evidence{Repo: "git.sr.ht/~o/n", Commit: "12", Tree: true}, "https://git.sr.ht/~o/n/tree/12", "git.sr.ht/~o/n@12"},
		{Evidence{Repo: "git.kernel.org/pub/scm/git/git", Commit: "12", Path: "a.c", Line: 7}, "https://git.kernel.org/pub/scm/git/git.git/tree/a.c?id=12#n7", "git.kernel.org/pub/scm/git/git@12:a.c:7"},
		{Evidence{Repo: "git.kernel.org/pub/scm/git/git", Commit: "12", View: ViewCommit}, "https://git.kernel.org/pub/scm/git/git.git/commit/?id=12", "git.kernel.org/pub/scm/git/git@12"},
		{Evidence{Repo: "salsa.debian.org/g/n", Commit: "12", Path: "d", Tree: true}, "https://salsa.debian.org/g/n/-/tree/12/d", "salsa.debian.org/g/n@12:d"},
		{Evidence{Repo: "gist.github.com/o/12ab", Commit: "12", Path: "Read Me.md", Line: 7}, "https://gist.github.com/o/12ab/12#file-read-me-md-L7", "gist.github.com/o/12ab@12:Read Me.md:7"},
		{Evidence{Repo: "x.googlesource.com/a/b", Commit: "12", Path: "a.c", Line: 7}, "https://x.googlesource.com/a/b/+/12/a.c#7", "x.googlesource.com/a/b@12:a.c:7"},
		{Evidence{URL: "https://x.org/y", At: "2024-01-01T00:00:00Z"}, "https://x.org/y", "https://x.org/y"},
		{Evidence{Path: "landscape.yml", Line: 3}, "", "landscape.yml:3"},
		{Evidence{URL: "https://x.org/l.yml", Path: "l.yml", Line: 3}, "https://x.org/l.yml", "https://x.org/l.yml:3"},
	} {
		if got := tt.e.Link(); got != tt.link {
			t.Errorf("%+v: link %q, want %q", tt.e, got, tt.link)
		}
		if got := tt.e.String(); got != tt.text {
			t.Errorf("%+v: text %q, want %q", tt.e, got, tt.text)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"TiKV": "tikv", "Open Policy Agent (OPA)": "open-policy-agent-opa", "  x  ": "x", "a--b": "a-b", "---": "", "": "", "C++": "c",
		"Krüstlet": "krüstlet", "K8s.io": "k8s-io", "a\x00b": "a-b", "Ünder_score": "ünder-score", "日本": "日本", "a/../b": "a-b",
	} {
		if got := Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
		if got := (&Project{Name: name}).ID(); got != want {
			t.Errorf("ID of %q = %q, want %q", name, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Date{
		"2025-12-10": "2025-12-10", " 2025-12-10 ": "2025-12-10", "2025-12-10T23:59:59Z": "2025-12-10", "2025-12-10 00:00:00": "2025-12-10",
		"2024-02-29": "2024-02-29", "0001-01-01": "0001-01-01",
		"2025-02-29": "", "2025-13-01": "", "2025-00-10": "", "2025-1-1": "", "25-01-01": "", "2025/12/10": "", "": "", "today": "",
		"2025-12-10x": "", "20251210": "", "99999-01-01": "", "-025-01-01": "",
	} {
		got, err := ParseDate(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	if got := Date("2024-02-29").End(); !got.Equal(time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)) {
		t.Errorf("End = %v", got)
	}
	for d, want := range map[Date]int{"2024-02-29": 2024, "": 0, "20": 0, "abcd-01-01": 0} {
		if got := d.Year(); got != want {
			t.Errorf("Year of %q = %d, want %d", d, got, want)
		}
	}
	tokyo := time.FixedZone("", 9*3600)
	if got := DateOf(time.Date(2024, 6, 1, 2, 0, 0, 0, tokyo)); got != "2024-05-31" {
		t.Errorf("DateOf = %s", got)
	}
	if !Date("").End().IsZero() || !Date("x").End().IsZero() {
		t.Error("an unknown date has an end")
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	for r, want := range map[Reason]Scope{
		Primary: ScopePrimary, Additional: ScopeListed, Configured: ScopeListed, Catalogued: ScopeListed, Discovered: ScopeOrganisation, "": ScopeListed,
	} {
		if got := r.Scope(); got != want {
			t.Errorf("%q: scope %q, want %q", r, got, want)
		}
	}
	all := Scopes()
	for i, inner := range all {
		for j, outer := range all {
			if got := inner.Within(outer); got != (i <= j) {
				t.Errorf("%s within %s: %v", inner, outer, got)
			}
		}
	}
	if Scope("odd").Within(ScopeOrganisation) {
		t.Error("an unknown scope lies within one")
	}
	none := Repository{}
	if none.Reason() != "" || none.Scope() != ScopeListed {
		t.Errorf("a repository of no source: %q, %q", none.Reason(), none.Scope())
	}
}

func TestCompositionBytes(t *testing.T) {
	t.Parallel()
	c := Composition{Cells: []Cell{
		{Language: "Go", Counted: true, Bytes: 5}, {Language: "Go", Bytes: 100}, {Language: "Rust", Counted: true, Bytes: 7}, {Language: "Go", Role: RoleTest, Counted: true, Bytes: 1},
	}}
	for lang, want := range map[string]int64{"Go": 6, "Rust": 7, "": 13, "C": 0} {
		if got := c.Bytes(lang); got != want {
			t.Errorf("Bytes(%q) = %d, want %d", lang, got, want)
		}
	}
}

func TestKeyCompare(t *testing.T) {
	t.Parallel()
	base := Key{Repo: "github.com/o/n", Revision: "b", Collector: "c", Version: 2}
	for name, tt := range map[string]struct {
		change func(k *Key)
		want   int
	}{
		"same":       {func(*Key) {}, 0},
		"spelling":   {func(k *Key) { k.Repo = "github.com/O/N" }, 0},
		"repository": {func(k *Key) { k.Repo = "github.com/o/m" }, 1},
		"revision":   {func(k *Key) { k.Revision = "c" }, -1},
		"collector":  {func(k *Key) { k.Collector = "b" }, 1},
		"version":    {func(k *Key) { k.Version = 10 }, -1},
	} {
		other := base
		tt.change(&other)
		if got := base.Compare(other); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
		if got := other.Compare(base); got != -tt.want {
			t.Errorf("%s, the other way: %d, want %d", name, got, -tt.want)
		}
	}
}

// Empty evidence takes no place in the JSON of a note.
func TestNoteJSON(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		note Note
		want string
	}{
		{Note{Kind: "odd", Text: "x"}, `{"kind":"odd","text":"x"}`},
		{Note{Kind: "odd", Text: "x", Evidence: Evidence{Path: "a"}}, `{"kind":"odd","text":"x","evidence":{"path":"a"}}`},
	} {
		if got, err := json.Marshal(tt.note); err != nil || string(got) != tt.want {
			t.Errorf("%s, %v; want %s", got, err, tt.want)
		}
	}
}
