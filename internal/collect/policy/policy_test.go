package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/collect/collecttest"
	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

func TestUsesOf(t *testing.T) {
	t.Parallel()
	collecttest.Uses(t, usesOf, map[string]document.Use{
		"SECURITY.md":                      useSecurity,
		".github/SECURITY.md":              useSecurity,
		"docs/SECURITY.md":                 useSecurity | useReasons,
		"docs/security.md":                 useReasons,
		"SECURITY-INSIGHTS.yml":            useSecurity,
		"security/README.md":               useSecurity | useReasons,
		"src/security.rs":                  0,
		"docs/ADOPTERS.md":                 useReasons,
		"docs/maintainers.md":              useReasons,
		"MAINTAINERS.md":                   0,
		"README.md":                        useReasons | useReadme,
		".github/README.md":                useReadme,
		"README.rst":                       0,
		"crates/proxy/README.md":           useReasons,
		"vendor/x/README.md":               0,
		"tests/README.md":                  0,
		"examples/hello/README.md":         0,
		"docs/a/b/c/why.md":                useReasons,
		"docs/changelog.md":                0,
		"CHANGELOG.md":                     0,
		"ARCHITECTURE.md":                  useReasons,
		"src/main.rs":                      0,
		"docs/a/b/c/d/e/f/g/h/i/deep.md":   0,
		".github/PULL_REQUEST_TEMPLATE.md": 0,
	})
}

func TestSecurityRank(t *testing.T) {
	t.Parallel()
	order := []string{".github/SECURITY.md", "SECURITY.md", "docs/SECURITY.md", "security/README.md", "SECURITY-INSIGHTS.yml"}
	for i := 1; i < len(order); i++ {
		if securityRank(order[i-1]) >= securityRank(order[i]) {
			t.Errorf("%q does not come before %q", order[i-1], order[i])
		}
	}
}

func BenchmarkUsesOf(b *testing.B) {
	paths := []string{"src/main.rs", "pkg/controller/very/deep/path/to/a/file_test.go", "docs/guide/intro.md", "LICENSE", "vendor/example.org/x/y/README.md"}
	for b.Loop() {
		for _, p := range paths {
			usesOf(p)
		}
	}
}

func TestCollector(t *testing.T) {
	t.Parallel()
	got := collecttest.Run[fact.Policy](t, Collector{}, collecttest.Files(
		"README.md", "# Tool\n\nThe tool is written in Rust for safety. Report to our [security policy](https://corp.example/security).\n",
		"SECURITY.md", "mail us",
		"docs/design.md", "# Design\n\nWe chose Rust because it has no garbage collector.\nThe tool is written in Rust for safety.\n",
	))
	want := &fact.Policy{
		Security: "SECURITY.md",
		Reasons: []fact.Quote{
			{Language: "Rust", Text: "We chose Rust because it has no garbage collector.", Path: "docs/design.md", Line: 3},
			{Language: "Rust", Text: "The tool is written in Rust for safety.", Path: "README.md", Line: 3},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(&fact.Policy{}, collecttest.Run[fact.Policy](t, Collector{}, nil)); diff != "" {
		t.Errorf("of nothing (-want +got)\n%s", diff)
	}
}

func TestUnread(t *testing.T) {
	t.Parallel()
	readme := collecttest.Files("README.md", "See our [security policy](https://corp.example/security).\n"+strings.Repeat("x\n", limit.ReasonBytes))
	got := collecttest.Run[fact.Policy](t, Collector{}, readme)
	want := []string{"README.md:1 https://corp.example/security: a link, which is not followed"}
	if diff := cmp.Diff(want, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"limit README.md"}, collecttest.Notes(t, got.Notes)); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
	link := collecttest.File{Path: "SECURITY.md", Text: new("y"), Mode: gitrepo.ModeSymlink}
	if got := collecttest.Run[fact.Policy](t, Collector{}, append(readme, link)); got.Unread != nil || got.Security != "SECURITY.md" {
		t.Errorf("with a policy: %+v", got)
	}
}

func TestPointers(t *testing.T) {
	t.Parallel()
	collecttest.Pointers(t, &subject, map[string]string{
		"## Reporting security vulnerabilities\n\nWrite to us.\n": "1  a section that is not read",
		"[x](https://github.com/corp/tool/security/policy)\n":     "1 https://github.com/corp/tool/security/policy a link, which is not followed",
		// Words that only sound like it.
		"## Security\n\nSecure by default. [security](docs/security/index.md)\n": "",
	})
}

// However many texts a repository has, a bounded number is read.
func TestBounds(t *testing.T) {
	t.Parallel()
	p := Collector{}.Begin(nil, nil)
	var total int64
	n := 0
	for i := range 5 * limit.ReasonFiles {
		e := collect.Entry{Path: "docs/" + strings.Repeat("x", i%70+1) + ".md", Mode: gitrepo.ModeFile, Size: limit.ReasonBytes}
		if limit := p.Wants(&e); limit > 0 {
			n++
			total += limit
		}
	}
	if n > limit.ReasonFiles || total > limit.ReasonTotal+limit.ReasonBytes {
		t.Errorf("%d texts of %d bytes are wanted", n, total)
	}
	got, _ := p.Finish()
	if notes := got.(*fact.Policy).Notes; len(notes) != 1 || notes[0].Kind != "limit" {
		t.Errorf("notes %+v", notes)
	}
}

// That it ends, quickly, is the test, and that it finds next to nothing.
func TestHostileShapes(t *testing.T) {
	t.Parallel()
	for _, s := range collecttest.Hostile() {
		if got := collecttest.Run[fact.Policy](t, Collector{}, collecttest.Files("README.md", s)); len(got.Reasons) > 1 {
			t.Errorf("%.20q gives %d reasons", s, len(got.Reasons))
		}
	}
}
