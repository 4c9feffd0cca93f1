package licence

import (
	"strings"
	"testing"
)

// licenceText gives a text of the list, in one line. Its marks are gone: those who
// read licences read words.
func licenceText(t *testing.T, id string) string {
	t.Helper()
	for _, x := range texts() {
		if x.id == id {
			return strings.Join(x.words, " ") + "\n"
		}
	}
	t.Fatalf("no text of %s", id)
	return ""
}

func idsOfReading(r reading) string {
	var ids []string
	for _, l := range r.Licences {
		ids = append(ids, l.SPDX)
	}
	return strings.Join(ids, ", ")
}

// Every text of the list is read as what it is, also below the lines that projects
// put above it, but for those whose words are another's.
func TestEveryText(t *testing.T) {
	t.Parallel()
	same := map[string]string{"eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0"}
	for _, x := range texts() {
		want := x.id
		if other := same[x.id]; other != "" {
			want = other
		}
		text := "Copyright (c) 2019-2024 The Widget Authors. All rights reserved.\n\n" + licenceText(t, x.id)
		if r := readText([]byte(text)); idsOfReading(r) != want {
			t.Errorf("%s is read as %s %s", x.id, idsOfReading(r), r.Why)
		}
	}
}

// Kin of common licences, after public reports of what was taken for what.
func TestNearKin(t *testing.T) {
	t.Parallel()
	mit, apache, bsd := licenceText(t, "MIT"), licenceText(t, "Apache-2.0"), licenceText(t, "BSD-3-Clause")
	for _, c := range []struct{ name, text, want string }{
		{"with a copyright line", "Copyright (c) 2024 The Example Authors\n\n" + mit, "MIT"},
		{"a negation that the text has", strings.ReplaceAll(licenceText(t, "UnRAR"), " don t ", " don't "), "UnRAR"},
		{"a negation that the text has not", strings.ReplaceAll(licenceText(t, "UnRAR"), " don t ", " don't ") + "\nThis licence doesn't hold any more.\n", noAssertion},
		{"two in one file", apache + "\n\n-----\n\n" + mit, "Apache-2.0, MIT"},
		{"nothing", "", noAssertion},
		{"prose", "This project is licensed in a way we made up ourselves. " + strings.Repeat("Warranty is for the weak. ", 20), noAssertion},
		{"binary", "\x00\xff\xfe" + strings.Repeat("\x01", 500), noAssertion},
		// https://github.com/licensee/licensee/issues/192: a condition within the text
		{"Apache with a condition", strings.Replace(apache, "you may add your own copyright", "e if the derivative work is changed then you must remove the name of the work from all copies\nyou may add your own copyright", 1), noAssertion},
		// https://github.com/agentrust-io/agent-manifest/pull/406: operative terms altered
		{"Apache garbled", strings.ReplaceAll(apache, "derivative works", "covered things that we sell"), noAssertion},
		// https://github.com/google/licensecheck/issues/76: names of others in the clauses
		{"BSD of a university", strings.NewReplacer("copyright holder", "University", "copyright holders", "Regents").Replace(bsd), "BSD-3-Clause"},
		{"MIT for some", mit + "\nThe Software may not be used for any commercial purpose.\n", noAssertion},
		{"MIT of peace", "MIT License with the following restriction: no military.\n\n" + mit, noAssertion},
		{"a typo", strings.Replace(apache, "otherwise complies", "otherwise compiles", 1), "Apache-2.0"},
		// https://github.com/pzfreo/build123d-mcp/pull/177: without the appendix
		{"Apache without its appendix", apache[:strings.LastIndex(apache, "appendix how")], "Apache-2.0"},
		{"GPL and what it says of later ones", licenceText(t, "GPL-2.0") + "\n", "GPL-2.0"},
		{"a header alone", "Licensed under the Apache License, Version 2.0 (the \"License\"); you may not use this file except in compliance with the License. " +
			"You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0\n", "Apache-2.0"},
		{"a statement alone", "This project is dual-licensed under the Unlicense and MIT licenses.\n\nYou may use it under the terms of either license.\n", "MIT, Unlicense"},
		{"a choice in a sentence", "The pictures may be taken under a choice of either Apache-2.0 or CC-BY-4.0.\n", "Apache-2.0, CC-BY-4.0"},
		{"of parts", "The code is Apache License 2.0, the documentation is MIT licensed.\n", noAssertion},
		{"and others", apache + "\n\nThird-party components\n\n" + bsd, "Apache-2.0"},
		{"and an import", mit + "\n\nThe files in x are derived from the thing of Y, which\nhas the following license:\n\n" + apache, "MIT"},
	} {
		if r := readText([]byte(c.text)); idsOfReading(r) != c.want {
			t.Errorf("%s: read as %q, want %q (%s)", c.name, idsOfReading(r), c.want, r.Why)
		} else if r.Why == "" && !r.known() {
			t.Errorf("%s: no reason", c.name)
		}
	}
}

// What a text adds to a licence is told with it.
func TestExceptions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ licence, adds, want string }{
		// https://github.com/microsoft/vcpkg/issues/43085
		{"Apache-2.0", "---- LLVM Exceptions to the Apache 2.0 License ----\n\nAs an exception, if, as a result of your compiling your source code, portions\n" +
			"of this Software are embedded into an Object form of such source code, you\nmay redistribute such embedded portions in such Object form.\n", "Apache-2.0 WITH LLVM-exception"},
		// https://github.com/fossology/fossology/issues/243
		{"GPL-2.0", "\"CLASSPATH\" EXCEPTION TO THE GPL\n\nAs a special exception, the copyright holders of this library give you\npermission to link this library with independent modules to produce an\n" +
			"executable, regardless of the license terms of these independent modules.\n", "GPL-2.0 WITH Classpath-exception-2.0"},
		{"GPL-3.0", "GCC RUNTIME LIBRARY EXCEPTION\n\nVersion 3.1, 31 March 2009\n", "GPL-3.0 WITH GCC-exception-3.1"},
		// https://github.com/aboutcode-org/scancode-toolkit/issues/1734
		{"GPL-2.0", "NOTE! This copyright does *not* cover user programs that use kernel\n services by normal system calls.\n", "GPL-2.0 WITH Linux-syscall-note"},
		{"Apache-2.0", "Runtime Library Exception to the Apache 2.0 License\n", "Apache-2.0 WITH Swift-exception"},
		// https://github.com/vesoft-inc/nebula/issues/3247
		{"Apache-2.0", "\"Commons Clause\" License Condition v1.0\n\nThe Software is provided to you under the License, subject to the following condition.\n", "Apache-2.0 AND LicenseRef-Commons-Clause"},
		{"GPL-2.0", "As a special exception, you may link it with Quillworks.\n", noAssertion},
		{"MIT", "NOTE! This copyright does *not* cover user programs that use kernel services by normal system calls.\n", noAssertion},
	} {
		for name, text := range map[string]string{"before": c.adds + "\n" + licenceText(t, c.licence), "after": licenceText(t, c.licence) + "\n" + c.adds} {
			if r := readText([]byte(text)); idsOfReading(r) != c.want {
				t.Errorf("%s %s %q is read as %q, want %q (%s)", c.licence, name, c.adds[:20], idsOfReading(r), c.want, r.Why)
			}
		}
	}
}

// An exception of which the list has the text is known in whole, and terms after it leave
// it unknown.
func TestExceptionsInWhole(t *testing.T) {
	t.Parallel()
	whole := 0
	for _, e := range exceptions {
		with := textOf(e.text)
		if with == nil || !strings.HasPrefix(e.text, "GPL-") {
			continue
		}
		whole++
		base := e.text[:len("GPL-2.0")]
		for said, want := range map[string]string{"": base + " WITH " + e.id, "Additional terms apply.\n": noAssertion} {
			text := licenceText(t, base) + "\n\n" + strings.Join(with.words, " ") + ".\n" + said
			if r := readText([]byte(text)); idsOfReading(r) != want {
				t.Errorf("%s, %q is read as %s, want %s (%s)", e.id, said, idsOfReading(r), want, r.Why)
			}
		}
	}
	if whole < 6 {
		t.Errorf("%d exceptions", whole)
	}
}

// A text is read once.
func TestRemembers(t *testing.T) {
	t.Parallel()
	r := newRecogniser()
	mit := []byte(licenceText(t, "MIT"))
	for range 2 {
		if got := r.recognise(mit); idsOfReading(got) != "MIT" {
			t.Errorf("%+v", got)
		}
	}
	if len(r.seen) != 1 {
		t.Errorf("%d texts are remembered", len(r.seen))
	}
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"SPDX-License-Identifier: MIT OR Apache-2.0\n":                                            "MIT OR Apache-2.0",
		"<!-- SPDX-License-Identifier: MIT -->\n":                                                 "MIT",
		"SPDX-License-Identifier: GPL-2.0-or-later\n\nSPDX-License-Identifier: LGPL-2.1-or-later": "",
		"SPDX-License-Identifier: mine\n":                                                         "",
	} {
		if got, _ := declaredIn([]byte(text)); got != want {
			t.Errorf("%q declares %q, want %q", text, got, want)
		}
	}
}
