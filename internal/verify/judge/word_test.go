package judge

import "testing"

func TestSameLicence(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Apache-2.0", "Apache License, Version 2.0", true},
		{"GPL-2.0-only", "GPL-2.0-or-later", false},
		{"GPL-2.0-only", "GPL v2", true},
		{"GPL-2.0+", "GPL-2.0-or-later", true},
		{"MIT", "ISC", false},
		{"MIT-0", "MIT", false},
		{"BSD-3-Clause-Clear", "BSD-3-Clause", false},
		{"Apache-2.0 WITH LLVM-exception", "Apache-2.0", true},
		{"Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH Swift-exception", false},
		{"Apache-2.0 AND LicenseRef-Commons-Clause", "Apache-2.0", false},
	} {
		if got := sameLicence(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q: %v", tt.a, tt.b, got)
		}
	}
}
