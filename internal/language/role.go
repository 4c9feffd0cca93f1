package language

import (
	"path"
	"strings"
	"sync"

	"github.com/cloudflare/ahocorasick"
	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/fact"
)

// role is the part a file plays. Linguist's verdicts come first, except that
// examples it takes for documentation (a folder examples/ at the root) are
// examples; then what the path says.
func role(name string, f *File, v verdicts) fact.Role {
	switch {
	case v.vendored:
		return fact.RoleVendored
	case v.generated:
		return fact.RoleGenerated
	}
	byPlace := RoleOf(name)
	switch {
	case v.docs && byPlace == fact.RoleExample:
		return fact.RoleExample
	case v.docs, f.Type == "prose":
		return fact.RoleDocs
	case f.Type == "data", f.Exact == "":
		return fact.RoleData
	}
	return byPlace
}

// RoleOf is the part that a file of this path plays, judged by its place
// alone: test, example or product. Whether it is vendored, generated or
// documentation is not looked at.
func RoleOf(name string) fact.Role {
	rest := name
	for {
		dir, after, ok := strings.Cut(rest, "/")
		if !ok {
			break
		}
		if r := roleOfDir(dir); r != fact.RoleProduct {
			return r
		}
		rest = after
	}
	if testName(rest) {
		return fact.RoleTest
	}
	return fact.RoleProduct
}

func roleOfDir(dir string) fact.Role {
	dir = strings.ToLower(dir)
	switch dir {
	case "test", "tests", "testing", "__tests__", "spec", "specs", "e2e", "testutil", "testutils",
		"integration", "integration_tests", "integration-tests", "integration_test",
		"bench", "benches", "benchmark", "benchmarks", "fuzz", "fuzzing", "testdata", "fixtures", "mocks":
		return fact.RoleTest
	case "example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials":
		return fact.RoleExample
	}
	if hasWord(dir, "test") || hasWord(dir, "tests") {
		return fact.RoleTest // test_util, raft-tests
	}
	return fact.RoleProduct
}

// hasWord reports whether s starts or ends with word, set off by '-' or '_'.
func hasWord(s, word string) bool {
	if rest, ok := strings.CutPrefix(s, word); ok && rest != "" && (rest[0] == '-' || rest[0] == '_') {
		return true
	}
	rest, ok := strings.CutSuffix(s, word)
	return ok && rest != "" && (strings.HasSuffix(rest, "-") || strings.HasSuffix(rest, "_"))
}

// testName reports whether a file is a test by the customs of its language.
func testName(base string) bool {
	stem, ext := base, path.Ext(base)
	stem = strings.TrimSuffix(stem, ext)
	switch ext {
	case ".go":
		return strings.HasSuffix(stem, "_test")
	case ".py":
		return strings.HasPrefix(stem, "test_") || strings.HasSuffix(stem, "_test") || stem == "conftest"
	case ".rs":
		return stem == "tests" || stem == "test" || strings.HasSuffix(stem, "_test") || strings.HasSuffix(stem, "_tests")
	case ".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs":
		return strings.HasSuffix(stem, ".test") || strings.HasSuffix(stem, ".spec")
	case ".java", ".kt", ".cs":
		return strings.HasSuffix(stem, "Test") || strings.HasSuffix(stem, "Tests")
	case ".c", ".cc", ".cpp", ".rb":
		return strings.HasSuffix(stem, "_test") || strings.HasSuffix(stem, "_spec")
	}
	return false
}

// vendored reports whether linguist takes the file for somebody else's code.
func vendored(name string, lower []byte) bool { return vendorMatcher().match(name, lower) }

// documentation reports whether linguist takes the file for documentation.
func documentation(name string, lower []byte) bool { return documentationMatcher().match(name, lower) }

// generatedHints are parts of lower-case paths without which none of go-enry's
// generated-by-name rules matches; a test holds them against go-enry's list.
var generatedHints = []string{
	".nib", ".xcworkspacedata", ".xcuserstate", ".idea/", "pods/", "carthage/build/", ".designer.",
	".feature.cs", "node_modules/", "vendor/", "lock", "npm-shrinkwrap.json", ".pnp.", "godeps/",
	".zep.", "cargo.toml.orig", "__generated__/", "_tlb.pas", "htmlcov/", ".sqlx/",
}

var generatedHintMatcher = sync.OnceValue(func() *ahocorasick.Matcher { return ahocorasick.NewStringMatcher(generatedHints) })

// generatedName reports whether the path alone marks a generated file.
func generatedName(name string, lower []byte) bool {
	if !generatedHintMatcher().Contains(lower) {
		return false
	}
	if _, ok := data.GeneratedCodeExtensions[strings.ToLower(path.Ext(name))]; ok {
		return true
	}
	for _, matches := range data.GeneratedCodeNameMatchers {
		if matches(name) {
			return true
		}
	}
	return false
}

// generatedContent reports whether the content marks a generated file.
func generatedContent(name string, content []byte) bool {
	lower := strings.ToLower(name)
	ext := path.Ext(lower)
	for _, matches := range data.GeneratedCodeMatchers {
		if matches(lower, ext, content) {
			return true
		}
	}
	return false
}
