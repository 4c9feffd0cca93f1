package licence

import (
	"strings"
	"testing"
	"unicode"

	"assay/internal/limit"
)

// terms change what a licence allows, or say that it does not hold. Nobody can name what
// they make of it.
var terms = []string{
	"Additional terms apply.",
	"Additional terms apply to companies with more than 100 employees.",
	"This software contains additional restrictions, see TERMS.md.",
	"Portions of this software may not be used commercially.",
	"Parts of the code may only be used for research purposes.",
	"The following restrictions apply: no redistribution.",
	"This project includes further conditions that users have to accept.",
	"The above licence is modified by us as follows: you owe us a beer.",
	"This is the MIT License, modified by us.",
	"This is the BSD licence with modifications.",
	"Released under a modified version of the Apache License.",
	"You must not use this for surveillance.",
	"Not for commercial use.",
	"For non‑commercial use only.",                     // with a dash of its own
	"Additional\u00a0terms\u200b apply.",               // with a space of its own, and one that cannot be seen
	"Use in production requires a commercial licence.", // of what it takes
	"Companies must purchase a subscription.",
	"Commercial use is prohibited without written permission.",
	"Subject to the Acme Terms of Service.",
	"Provided that you do not compete with Acme.",
	"You can’t offer this as a managed service.",
	"Only for personal and educational use.",
	"Versions before 2.0 were released under this license.",
	"This software is no longer available under this license.",
	"Formerly released under the license above.",
	"This license was valid until 2020.",
	"We do not offer the software under this license.",
	"Use of this software for training AI models is not permitted.",
	"Everyone but Acme may use it.",
	"Exception: Acme and its partners get no rights.",
	"More than 5 users need a key, up to 5 users do not.",
	"By downloading you accept the Acme EULA.",
	"A link to widget.example has to be kept in the footer.",
	"Confidential, do not distribute.",
	"For reference, the license of a release that is gone.",
	"# Additional terms\n#\n# The software must\n# not be sold.",
}

func TestTerms(t *testing.T) {
	t.Parallel()
	llvm := "---- LLVM Exceptions to the Apache 2.0 License ----\n\nAs an exception, if, as a result of your compiling your source code, portions\nof this Software are embedded into an Object form of such source code, you\n" +
		"may redistribute such embedded portions in such Object form without complying\nwith the conditions of Sections 4(a), 4(b) and 4(d) of the License.\n\nIn addition, if you combine or link compiled forms of this Software with\n" +
		"software that is licensed under the GPLv2 (\"Combined Software\") and if a\ncourt of competent jurisdiction determines that the patent provision (Section\n3), the indemnity provision (Section 9) or other Section of the License\n" +
		"conflicts with the conditions of the GPLv2, you may retroactively and\nprospectively choose to deem waived or otherwise exclude such Section(s) of\nthe License, but only in their entirety and only with respect to the Combined\nSoftware.\n"
	commons := "\"Commons Clause\" License Condition v1.0\n\nThe Software is provided to you by the Licensor under the License, as defined below, subject to the following condition.\n\n" +
		"Without limiting other conditions in the License, the grant of rights under the License will not include, and the License does not grant to you, the right to Sell the Software.\n" +
		"For purposes of the foregoing, “Sell” means practicing any or all of the rights granted to you under the License to provide to third parties, for a fee or other\nconsideration (including " +
		"without limitation fees for hosting or consulting/ support services related to the Software), a product or service whose value derives, entirely or substantially, from\nthe functionality " +
		"of the Software. Any license notice or attribution required by the License must also include this Commons Cause License Condition notice.\n"
	others := "\n\nThird-party components\n\n" + licenceText(t, "BSD-3-Clause") + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"MIT":            {licenceText(t, "MIT"), "MIT"},
		"Apache":         {licenceText(t, "Apache-2.0"), "Apache-2.0"},
		"a header":       {"Licensed under the Apache License, Version 2.0 (the \"License\"); you may not use this file except in compliance with the License.\n", "Apache-2.0"},
		"LLVM":           {licenceText(t, "Apache-2.0") + "\n\n" + llvm, "Apache-2.0 WITH LLVM-exception"},
		"Commons Clause": {commons + "\n" + licenceText(t, "Apache-2.0"), "Apache-2.0 AND LicenseRef-Commons-Clause"},
		"others":         {licenceText(t, "MIT") + others, "MIT"},
		"a mark":         {"SPDX-License-Identifier: MIT\n", "MIT"},
	} {
		if r := readText([]byte(c.text)); idsOfReading(r) != c.want {
			t.Errorf("%s alone is read as %s (%s)", name, idsOfReading(r), r.Why)
		}
		for _, said := range terms {
			for where, text := range map[string]string{
				"before": said + "\n\n" + c.text, "after": c.text + "\n\n" + said + "\n", "at once after": strings.TrimSuffix(c.text, "\n") + ".\n" + said + "\n",
			} {
				if strings.Contains(c.want, " ") && where == "before" { // it is as with the licence alone
					continue
				}
				if name == "others" && where != "before" && !ofWhole.MatchString(said) {
					continue // it may be said of the works of others
				}
				r := readText([]byte(text))
				if idsOfReading(r) != noAssertion || r.Declared != "" {
					t.Errorf("%s, %s %q is read as %s, declared %q", name, where, said, idsOfReading(r), r.Declared)
				}
				if len(r.Why) > 3*limit.LicenceWords || strings.ContainsFunc(r.Why, unicode.IsControl) {
					t.Errorf("%s, %s %q: why is %q", name, where, said, r.Why)
				}
			}
		}
	}
	for _, said := range terms {
		text := "Copyright (c) 2020 Acme. " + said + "\n" + licenceText(t, "MIT")
		if r := readText([]byte(text)); idsOfReading(r) != noAssertion {
			t.Errorf("beside the holder, %q is read as %s", said, idsOfReading(r))
		}
	}
}

// What stands beside licences and changes nothing leaves them known.
func TestNoTerms(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"MIT", "Apache-2.0", "BSD-3-Clause", "GPL-2.0", "MPL-2.0"} {
		for _, said := range []string{
			"Copyright 2015 The Original Authors",
			"Copyright (c) 2019 Old Widgets Ltd. and its contributors. All rights reserved.",
			"widget - a small library for clean termination of things",
			"This project is licensed as follows.",
			"The full text of the license is below.",
			"See AUTHORS for the list of people who wrote it.",
			"You may not use this file except in compliance with the License.",
			"NOTE: Various optional components carry their own licensing requirements and restrictions.",
			"# widget\n#\n# https://widget.example\n",
			"Contributions will be licensed under the same terms, without additional conditions.",
		} {
			if r := readText([]byte(said + "\n\n" + licenceText(t, id))); idsOfReading(r) != id {
				t.Errorf("%s below %q is read as %s (%s)", id, said, idsOfReading(r), r.Why)
			}
		}
	}
}

// Words beside a licence are shown in one line, without what is not seen, and not all.
func TestQuote(t *testing.T) {
	t.Parallel()
	long := "You may not use this with " + strings.Repeat("very ", 500) + "\x1b[31mold\x07 things."
	for _, text := range []string{long + "\n" + licenceText(t, "MIT"), "with the\x00 following\u202e\nrestrictions " + licenceText(t, "MIT")} {
		r := readText([]byte(text))
		if idsOfReading(r) != noAssertion || len(r.Why) > 3*limit.LicenceWords || strings.ContainsFunc(r.Why, func(c rune) bool { return unicode.IsControl(c) || c == '\u202e' }) {
			t.Errorf("%s: %q", idsOfReading(r), r.Why)
		}
	}
	if got := quote("a\x1b\n" + strings.Repeat("b ", limit.LicenceWords)); len(got) > limit.LicenceWords || !strings.HasPrefix(got, "a b") {
		t.Errorf("%q", got)
	}
}

func TestSpaced(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{`a b`, "a\n * b", true},
		{`a b`, "ab", false},
		{`a[\w. -]{0,9}b`, "a mit-2.0\nb", true},
		{`a[\w. -]{0,9}b`, "a#b", false},
		{`a\[ b`, "a[ b", true},
	} {
		if got := spaced(c.pattern).MatchString(c.text); got != c.want {
			t.Errorf("%q matches %q: %t", c.pattern, c.text, got)
		}
	}
}

// An addition that is for a part, is not there, or is for one of several licences, is not
// told with a licence.
func TestAdditions(t *testing.T) {
	t.Parallel()
	apache, mit, gpl := licenceText(t, "Apache-2.0"), licenceText(t, "MIT"), licenceText(t, "GPL-2.0")
	for _, c := range []struct{ text, want string }{
		{gpl + "\n\nThis is the GPL without the Classpath exception to the GPL.\n", "GPL-2.0"},
		{gpl + "\n\nFiles in lib/ are subject to the Classpath exception.\n", noAssertion},
		{gpl + "\n\nSome of it is subject to the Classpath exception.\n", noAssertion},
		{gpl + "\n\nAll of it is subject to the Classpath exception.\n", "GPL-2.0 WITH Classpath-exception-2.0"},
		{"\"Commons Clause\" License Condition v1.0\n\n" + apache + "\n\n" + mit, noAssertion},
		{apache + "\n\n" + mit + "\n\nAt your option you may send us beer.\n", "Apache-2.0, MIT"},
	} {
		if r := readText([]byte(c.text)); idsOfReading(r) != c.want || r.Either {
			t.Errorf("%.60q … %q is read as %s (%s), either %t", c.text, c.text[max(0, len(c.text)-60):], idsOfReading(r), r.Why, r.Either)
		}
	}
}
