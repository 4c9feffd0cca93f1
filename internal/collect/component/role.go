package component

import (
	"strings"

	"assay/internal/collect/component/manifest"
	"assay/internal/fact"
	"assay/internal/language"
	"assay/internal/limit"
)

// roleOf is the role of a component by the place of its manifest: as a file
// there, except that a package in docs/ is a site.
func roleOf(path string) fact.Role {
	if r := language.RoleOf(path); r != fact.RoleProduct {
		return r
	}
	for part := range strings.SplitSeq(strings.ToLower(manifest.Dir(path)), "/") {
		switch part {
		case "docs", "doc", "website":
			return fact.RoleDocs
		}
	}
	return fact.RoleProduct
}

// ignored reports whether the file at path is none of our business: vendored,
// or at a path of a length that no checkout could hold. It does not allocate.
func ignored(path string) bool { return len(path) > limit.ManifestPath || vendored(path) }

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
