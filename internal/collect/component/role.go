package component

import (
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
	"assay/internal/language"
)

// roleOf is the role of a component by the place of its manifest. What is a test
// or an example among files is one among components; beyond that, a folder
// that is a package of its own tells more by its name than a folder of files
// does: docs/ with a manifest is a site, test_util/ a package for tests.
func roleOf(path string) fact.Role {
	if r := language.RoleOf(path); r != fact.RoleProduct {
		return r
	}
	role := fact.RoleProduct
	for part := range strings.SplitSeq(strings.ToLower(manifest.Dir(path)), "/") {
		switch {
		case isWord(part, "test"), isWord(part, "tests"):
			return fact.RoleTest
		case part == "docs", part == "doc", part == "website":
			role = fact.RoleDocs
		}
	}
	return role
}

// isWord reports whether part starts or ends with word, set off by '-' or '_'.
func isWord(part, word string) bool {
	if rest, ok := strings.CutPrefix(part, word); ok && rest != "" && (rest[0] == '-' || rest[0] == '_') {
		return true
	}
	rest, ok := strings.CutSuffix(part, word)
	return ok && rest != "" && (strings.HasSuffix(rest, "-") || strings.HasSuffix(rest, "_"))
}

// maxPath bounds the length of paths that are looked at, in bytes: the cost of
// looking for the folders above grows with its square.
const maxPath = 1024

// ignored reports whether the file at path is none of our business: vendored,
// or at a path of a length that no checkout could hold. It does not allocate.
func ignored(path string) bool { return len(path) > maxPath || vendored(path) }

// vendored reports whether the file at path lies in a folder of other people's
// code (LICENSES: what tools copy there beside a licence), or of material that
// only tests read.
func vendored(path string) bool {
	for {
		part, rest, ok := strings.Cut(path, "/")
		if !ok {
			return false
		}
		switch part {
		case "vendor", "vendors", "_vendor", "node_modules", "bower_components", "testdata", "Godeps",
			"LICENSES", "third_party", "third-party", "thirdparty", "ThirdParty", "3rdparty", "3rd_party", "3rd-party":
			return true
		}
		path = rest
	}
}
