package spdx

import (
	"strings"
	"testing"
)

func TestExpression(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"MIT":                            "MIT",
		"mit":                            "MIT",
		"MIT OR Apache-2.0":              "MIT OR Apache-2.0",
		"mit or apache-2.0":              "MIT OR Apache-2.0",
		"MIT/Apache-2.0":                 "MIT OR Apache-2.0",
		"MIT / Apache-2.0":               "MIT OR Apache-2.0",
		"Apache-2.0 WITH LLVM-exception": "Apache-2.0 WITH LLVM-exception",
		"GPL-2.0-or-later":               "GPL-2.0-or-later",
		"Apache-2.0 AND LicenseRef-Commons-Clause": "Apache-2.0 AND LicenseRef-Commons-Clause",
		"Apache License 2.0":                       "",
		"SEE LICENSE IN LICENSE.md":                "",
		"MIT Apache-2.0":                           "",
		"":                                         "",
		"UNLICENSED":                               "",
		"https://example.org/licence":              "",
		strings.Repeat("(", 5000):                  "",
	} {
		if got := Expression(s); got != want {
			t.Errorf("Expression(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestLicences(t *testing.T) {
	t.Parallel()
	if got := strings.Join(Licences("MIT OR (Apache-2.0 WITH LLVM-exception AND MIT)"), ", "); got != "Apache-2.0 WITH LLVM-exception, MIT" {
		t.Errorf("got %s", got)
	}
	if got := Licences("nonsense and more"); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"either of Apache License, Version 2.0 or MIT license at your option": "Apache-2.0 MIT",
		"the three-clause BSD licence, or GPLv2":                              "BSD-3-Clause GPL-2.0",
		"a choice of either Apache-2.0 or CC-BY-4.0 (by 4.0)":                 "Apache-2.0 CC-BY-4.0",
		"MIT No Attribution": "MIT-0",
		"the LGPL v2.1":      "LGPL-2.1",
		"we submit a limit":  "",
		"the Apache License 1.1, by the Apache Software Foundation": "",
		"the GPL": "",
	} {
		if got := strings.Join(Named(s), " "); got != want {
			t.Errorf("Named(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"MIT": "MIT", "GPL-3.0-or-later": "GPL-3.0", "GPL-2.0-only": "GPL-2.0", "LGPL-2.1+": "LGPL-2.1",
		"GFDL-1.3-no-invariants-or-later": "GFDL-1.3", "BSD-2-Clause-NetBSD": "BSD-2-Clause",
		"GPL-2.0-only WITH Classpath-exception-2.0": "GPL-2.0 WITH Classpath-exception-2.0",
	} {
		if got := Plain(id); got != want {
			t.Errorf("Plain(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		expression, ids string
		has, covers     bool
	}{
		{"MIT", "MIT", true, true},
		{"GPL-3.0-or-later", "GPL-3.0", true, true},
		{"MIT OR Apache-2.0", "MIT,Apache-2.0", true, true},
		{"MIT OR Apache-2.0", "MIT", true, true},
		{"MIT", "MIT,Apache-2.0", true, false},
		{"MIT", "MIT,NOASSERTION", true, false},
		{"CC-BY-4.0", "Apache-2.0", false, false},
		{"Apache-2.0 WITH LLVM-exception", "Apache-2.0", false, true},
		{"Apache-2.0", "Apache-2.0 WITH LLVM-exception", false, false},
		{"GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0 WITH Classpath-exception-2.0", true, true},
		{"Apache-2.0", "Apache-2.0 AND LicenseRef-Commons-Clause", false, false},
		{"nonsense and more", "MIT", false, false},
	} {
		ids := strings.Split(c.ids, ",")
		if has, covers := HasText(c.expression, ids), Covers(c.expression, ids); has != c.has || covers != c.covers {
			t.Errorf("%q, texts %q: has %t, covers %t", c.expression, c.ids, has, covers)
		}
	}
}
