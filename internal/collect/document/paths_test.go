package document

import "testing"

func TestUsesOf(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]use{
		"LICENSE":                          useLicence,
		"LICENCE.md":                       useLicence,
		"license-mit":                      useLicence,
		"COPYING.LESSER":                   useLicence,
		"UNLICENSE":                        useLicence,
		"MIT-LICENSE.txt":                  useLicence,
		"LICENSES/MIT.txt":                 useLicence,
		"LICENSES/example.org/x/LICENSE":   0,
		"vendor/LICENSE":                   0,
		"pkg/LICENSE":                      0,
		"license-header.tpl":               0,
		"LICENSE-3rdparty.csv":             0,
		"licensed.go":                      0,
		"NOTICE.txt":                       useNotice,
		"ADOPTERS.md":                      useAdopters,
		"adopters.yaml":                    useAdopters,
		"docs/ADOPTERS.md":                 useAdopters | useReasons,
		"docs/src/community/adopters.md":   useAdopters | useReasons,
		".github/ADOPTERS":                 useAdopters,
		"USERS.md":                         useAdopters,
		"docs/users.md":                    useReasons,
		"src/checks/adopters.rs":           0,
		"MAINTAINERS":                      useMaintainers,
		"docs/maintainers.md":              useMaintainers | useReasons,
		"testdata/MAINTAINERS":             0,
		"GOVERNANCE.md":                    useGovernance,
		"OWNERS":                           useOwners,
		"OWNERS_ALIASES":                   useAliases,
		"server/OWNERS":                    0,
		".github/CODEOWNERS":               useCodeowners,
		"docs/CODEOWNERS":                  useCodeowners,
		"src/CODEOWNERS":                   0,
		"SECURITY.md":                      useSecurity,
		".github/SECURITY.md":              useSecurity,
		"docs/SECURITY.md":                 useSecurity | useReasons,
		"docs/security.md":                 useReasons,
		"SECURITY-INSIGHTS.yml":            useSecurity,
		"security/README.md":               useSecurity | useReasons,
		"src/security.rs":                  0,
		"README.md":                        useReasons | useReadme,
		".github/README.md":                useReadme,
		"README.rst":                       0,
		"adopters.csv":                     useOtherAdopters,
		"MAINTAINERS.toml":                 useOtherMaintainers,
		".github/maintainers.yaml":         useOtherMaintainers,
		"src/maintainers.json":             0,
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
	} {
		if got := usesOf(path); got != want {
			t.Errorf("usesOf(%q) = %b, want %b", path, got, want)
		}
	}
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
