package licence

import "testing"

func TestRoleOf(t *testing.T) {
	t.Parallel()
	for want, paths := range map[role][]string{
		roleWhole: {"LICENSE", "LICENCE.md", "COPYING", "COPYING.txt", "License.rst", "UNLICENSE", "LICENSE-CODE", "LICENSE.code.md", "LICENSE_SOURCE.txt"},
		roleNamed: {
			"LICENSE-MIT", "LICENSE.Apache-2.0", "COPYING.LESSER", "COPYING.LIB", "MIT-LICENSE.txt", "apache-license", "LICENSE-GPL2", "LICENSE-2.0.txt",
			"COPYING.LGPL-2.1-or-later", "LICENSE-BSD-3-Clause", "LICENSE_APACHE2", "LICENSE-SSPL", "LICENSE.MPLv2", "COPYING3",
		},
		rolePart: {
			"LICENSE-docs", "LICENSE-assets", "LICENSE.fonts", "LICENSE_ARTWORK.md", "LICENSE-documentation", "LICENSE-bpf.txt", "LICENSE-docs-MIT",
			"LICENSE-CC-BY-content", "docs-license", "LICENSE.3rdparty", "LICENSE-test-data.txt",
		},
		roleCopy: {"LICENSE.zh-CN.md", "LICENSE_ja", "LICENSE-MIT.de.txt"},
		roleOpen: {
			"LICENSE-EE", "LICENSE.enterprise", "LICENSE-server", "LICENSE.google", "LICENSE-MIT-EE", "LICENSE-code-and-docs", "LICENSE.old", "LICENSES",
			"LICENSE-commercial.md", "COPYING.widget",
		},
	} {
		for _, path := range paths {
			if got := roleOf(path); got != want {
				t.Errorf("%s: %d, want %d", path, got, want)
			}
		}
	}
}
