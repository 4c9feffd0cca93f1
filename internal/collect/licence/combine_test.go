package licence

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/collecttest"
	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/spdx"
)

func readingOf(ids ...string) content {
	var c content
	for _, id := range ids {
		c.Licences = append(c.Licences, fact.Licence{SPDX: id, Confidence: 1})
	}
	return c
}

func TestLicencesOf(t *testing.T) {
	t.Parallel()
	less := readingOf("MIT")
	less.Licences[0].Confidence = 0.99
	got := licencesOf([]document.File[content]{
		{Path: "COPYING", Use: useLicence, Read: readingOf("Apache-2.0")},
		{Path: "LICENSE", Use: useLicence, Read: readingOf("Apache-2.0")},
		{Path: "LICENSE-MIT", Use: useLicence, Read: less},
		{Path: "LICENSES/MIT.txt", Use: useLicence, Read: readingOf("MIT")},
		{Path: "LICENSE-OWN", Use: useLicence, Read: content{reading: reading{Licences: unnamed()}}},
		{Path: "NOTICE", Use: useNotice, Read: readingOf("ISC")},
	})
	want := []fact.Licence{{SPDX: "Apache-2.0", Confidence: 1, Path: "LICENSE"}, {SPDX: "MIT", Confidence: 0.99, Path: "LICENSE-MIT"}, {SPDX: noAssertion, Path: "LICENSE-OWN"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	notice := licencesOf([]document.File[content]{{Path: "NOTICE", Use: useNotice, Read: content{reading: reading{Licences: unnamed()}}}})
	if len(notice) != 0 {
		t.Errorf("a NOTICE without a licence gives %v", notice)
	}
}

// How files combine, after real repositories and public reports.
func TestExpression(t *testing.T) {
	t.Parallel()
	apache, mit, bsd, ccby := licenceText(t, "Apache-2.0"), licenceText(t, "MIT"), licenceText(t, "BSD-3-Clause"), licenceText(t, "CC-BY-4.0")
	gpl, lgpl := licenceText(t, "GPL-3.0"), licenceText(t, "LGPL-2.1")
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"one":                          {[]string{"LICENSE", apache}, "Apache-2.0"},
		"one, twice":                   {[]string{"LICENSE", apache, "COPYING", apache}, "Apache-2.0"},
		"the custom of Rust":           {[]string{"LICENSE-APACHE", apache, "LICENSE-MIT", mit}, "MIT OR Apache-2.0"},
		"the same with a copy":         {[]string{"LICENSE", mit, "LICENSE-APACHE", apache, "LICENSE-MIT", mit}, "MIT OR Apache-2.0"},
		"other names, nobody says how": {[]string{"LICENSE-APACHE", apache, "LICENSE-BSD", bsd}, ""},
		"and said": {[]string{"LICENSE-APACHE", apache, "LICENSE-BSD", bsd, "README.md",
			"# x\n\n## License\n\nLicensed under either of the Apache License 2.0 or the 3-clause BSD licence, at your option.\n"}, "Apache-2.0 OR BSD-3-Clause"},
		// https://github.com/rust-lang/api-guidelines (its own text for READMEs), in other words
		"a list, with what follows": {[]string{"LICENSE-APACHE", apache, "LICENSE-MIT", mit, "README.md",
			"# x\n\n## License\n\nUse it under either\n\n * Apache License, Version 2.0 ([LICENSE-APACHE](LICENSE-APACHE))\n * MIT license ([LICENSE-MIT](LICENSE-MIT))\n\nas you like, at your option.\n\n### Contribution\n\nThe documentation is yours.\n"}, "MIT OR Apache-2.0"},
		// https://github.com/ijl/orjson/issues/448: both, which nobody knows how to take
		"both": {[]string{"LICENSE-A", apache, "LICENSE-B", mit, "README.md", "# x\n\n## License\n\nIt is licensed under both the Apache 2.0 and MIT licenses.\n"}, ""},
		// kmesh-net/kmesh: a choice for one part
		"a choice for parts": {[]string{"LICENSE", apache, "README.md",
			"# x\n\n## License\n\nThe user space components are under the Apache License 2.0. The BPF code is dual-licensed under GPL-2.0 and the 2-Clause BSD License, at your option.\n"}, "Apache-2.0"},
		"docs apart":    {[]string{"LICENSE", apache, "LICENSE-docs", ccby}, "Apache-2.0"},
		"a notice":      {[]string{"LICENSE", apache, "NOTICE", mit}, "Apache-2.0"},
		"of others":     {[]string{"LICENSE", apache, "LICENSES", "github.com/x/y,MIT,https://x.example\n"}, "Apache-2.0"},
		"not of kin":    {[]string{"LICENSE", apache, "LICENSE-MIT", mit}, ""},
		"not known":     {[]string{"LICENSE", "All of it is mine.\n"}, ""},
		"LGPL":          {[]string{"COPYING", gpl, "COPYING.LESSER", licenceText(t, "LGPL-3.0")}, "LGPL-3.0"},
		"LGPL-2.1":      {[]string{"COPYING", licenceText(t, "GPL-2.0"), "COPYING.LIB", lgpl}, ""},
		"marked":        {[]string{"LICENSE.md", "SPDX-License-Identifier: MIT OR Apache-2.0\n", "LICENSE-MIT", mit, "LICENSE-APACHE", apache}, "MIT OR Apache-2.0"},
		"or later":      {[]string{"COPYING", gpl, "README.md", "# x\n\n## Licence\n\nx is free software under the GNU General Public License version 3 or any later version.\n"}, "GPL-3.0-or-later"},
		"an identifier": {[]string{"LICENSE-X", apache, "LICENSE-Y", mit, "README.md", "# x\n\n## License\n\n`MIT OR Apache-2.0`, see the files.\n"}, "MIT OR Apache-2.0"},
		// https://github.com/licensee/licensee/issues/413: what REUSE keeps says nothing of the whole
		"REUSE":              {[]string{"LICENSES/Apache-2.0.txt", apache, "LICENSES/CC-BY-4.0.txt", ccby}, ""},
		"REUSE of one":       {[]string{"LICENSES/MIT.txt", mit}, "MIT"},
		"REUSE and README":   {[]string{"LICENSES/Apache-2.0.txt", apache, "LICENSES/CC-BY-4.0.txt", ccby, "README.md", "# x\n\n## License\n\nx is licensed under the Apache License 2.0.\n"}, "Apache-2.0"},
		"REUSE, root":        {[]string{"LICENSE", apache, "LICENSES/Apache-2.0.txt", apache, "LICENSES/MIT.txt", mit}, "Apache-2.0"},
		"a README of others": {[]string{"LICENSE", apache, "README.md", "# x\n\n## License\n\nLicensed under the MIT license.\n"}, "Apache-2.0"},
		"none":               {nil, ""},
	} {
		f := collecttest.Run[fact.Licences](t, New(), collecttest.Files(c.files...))
		got := ""
		if f.Expression != nil {
			got = f.Expression.SPDX
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %+v", name, got, c.want, f)
		}
	}
}

// Which file speaks for the repository, and which for a part, an edition or nobody.
func TestFilesOfParts(t *testing.T) {
	t.Parallel()
	apache, mit, ccby, sspl := licenceText(t, "Apache-2.0"), licenceText(t, "MIT"), licenceText(t, "CC-BY-4.0"), licenceText(t, "SSPL-1.0")
	gpl, lesser, own := licenceText(t, "GPL-3.0"), licenceText(t, "LGPL-3.0"), "All of it is ours.\n"
	mark, list := "SPDX-License-Identifier: ", "# Licences\n\n* github.com/x/y\n* github.com/x/z\n"
	for name, c := range map[string]struct {
		files []string
		want  string // expression and the file that shows it
	}{
		// a part says nothing of the whole
		"a mark for the docs":          {[]string{"LICENSE", apache, "LICENSE-docs", mark + "CC-BY-4.0\n"}, "Apache-2.0 LICENSE"},
		"a mark for assets":            {[]string{"COPYING", gpl, "LICENSE-assets.md", mark + "CC0-1.0\n"}, "GPL-3.0 COPYING"},
		"a mark for fonts":             {[]string{"LICENSE", mit, "LICENSE.fonts", mark + "OFL-1.1\n\n" + licenceText(t, "OFL-1.1")}, "MIT LICENSE"},
		"a mark, the docs alone":       {[]string{"LICENSE-docs", mark + "CC-BY-4.0\n"}, ""},
		"docs alone":                   {[]string{"LICENSE-docs", ccby}, ""},
		"code and docs":                {[]string{"LICENSE-code", mit, "LICENSE-docs", ccby}, "MIT LICENSE-code"},
		"docs in the file of the code": {[]string{"LICENSE", ccby, "LICENSE-CODE", mit}, ""},
		"a choice for pictures":        {[]string{"LICENSE", apache, "LICENSE-images", "The images may be taken under a choice of either Apache-2.0 or CC-BY-4.0.\n"}, "Apache-2.0 LICENSE"},
		"a choice for the logo":        {[]string{"LICENSE", "The logo may be taken under a choice of either Apache-2.0 or CC-BY-4.0.\n"}, ""},
		"a translation":                {[]string{"LICENSE", mit, "LICENSE.zh-CN.md", "麻省理工学院许可证\n"}, "MIT LICENSE"},
		// an edition leaves it open
		"EE":                       {[]string{"LICENSE", mit, "LICENSE-EE", own}, ""},
		"EE, and a README":         {[]string{"LICENSE", mit, "LICENSE-EE", own, "README.md", "# x\n\n## License\n\nLicensed under the MIT license.\n"}, ""},
		"SSPL":                     {[]string{"LICENSE", apache, "LICENSE-SSPL", sspl}, ""},
		"enterprise":               {[]string{"LICENSE", apache, "LICENSE.enterprise", own}, ""},
		"commercial, marked":       {[]string{"LICENSE", apache, "LICENSE-commercial.md", mark + "LicenseRef-Acme\n"}, ""},
		"a mark with an edition":   {[]string{"LICENSE", mark + "Apache-2.0\n\n" + apache, "LICENSE-EE", sspl}, ""},
		"server and client":        {[]string{"LICENSE", gpl, "LICENSE-sdk", mit}, ""},
		"an old one":               {[]string{"LICENSE", apache, "LICENSE.old", mit}, ""},
		"the same for an edition":  {[]string{"LICENSE", mit, "LICENSE.acme", mit}, "MIT LICENSE"},
		"a mark in one of several": {[]string{"LICENSE-APACHE", apache, "LICENSE-BSD", mark + "BSD-3-Clause\n\n" + licenceText(t, "BSD-3-Clause")}, ""},
		"a mark that others deny":  {[]string{"LICENSE", mark + "MIT\n\n" + mit, "COPYING", gpl}, ""},
		"two marks":                {[]string{"LICENSE", mark + "MIT\n", "COPYING", mark + "ISC\n"}, ""},
		"terms beside a mark":      {[]string{"LICENSE", mark + "MIT\n\n" + mit + "\nAdditional terms apply.\n"}, ""},
		// the LGPL, and lists
		"LGPL and a list":          {[]string{"COPYING", gpl, "COPYING.LESSER", lesser, "LICENSES.md", list}, "LGPL-3.0 COPYING.LESSER"},
		"LGPL of a part":           {[]string{"COPYING", gpl, "LICENSE-sdk", lesser}, ""},
		"LGPL, marked":             {[]string{"COPYING", gpl, "LICENSE", mark + "LGPL-3.0-or-later\n\n" + lesser}, "LGPL-3.0-or-later LICENSE"},
		"a list alone":             {[]string{"LICENSES.md", list}, ""},
		"a list first":             {[]string{"LICENCES", list, "LICENSE", apache}, "Apache-2.0 LICENSE"},
		"the best file is named":   {[]string{"COPYING", apache, "LICENSE", apache}, "Apache-2.0 LICENSE"},
		"empty":                    {[]string{"LICENSE", "", "COPYING", "\n"}, ""},
		"a README with an edition": {[]string{"LICENSE", mit, "LICENSE-EE", sspl, "README.md", "# x\n\n## License\n\nLicensed under the MIT license.\n"}, ""},
		"two that a README says":   {[]string{"LICENSE-X", mit, "LICENSE-Y", apache, "README.md", "# x\n\n## License\n\n`MIT OR Apache-2.0`\n\n## Licensing\n\n`MIT AND Apache-2.0`\n"}, ""},
		"a README of both":         {[]string{"LICENSE", mit, "LICENSE-SSPL", sspl, "README.md", "# x\n\n## License\n\n`MIT OR SSPL-1.0`\n"}, "MIT OR SSPL-1.0 README.md"},
	} {
		f := collecttest.Run[fact.Licences](t, New(), collecttest.Files(c.files...))
		got := ""
		if f.Expression != nil {
			got = f.Expression.SPDX + " " + f.Expression.Path
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %+v", name, got, c.want, f)
		}
	}
}

// No set of files, whatever was read of them, stops it, and what it gives is an
// expression in a file of the set.
func TestAnyFiles(t *testing.T) {
	t.Parallel()
	paths := []string{"COPYING", "COPYING.LESSER", "LICENSE", "LICENSE-EE", "LICENSE-docs", "LICENSES.md", "LICENSES/MIT.txt"}
	reads := []content{
		{}, {reading: reading{Licences: unnamed()}}, readingOf("MIT"), readingOf("GPL-3.0"), readingOf("LGPL-3.0"),
		{reading: reading{Licences: readingOf("MIT", "ISC").Licences, Either: true}}, {reading: reading{Licences: unnamed(), Declared: "MIT"}},
	}
	for set := range 1 << len(paths) {
		for turn := range len(reads) * len(reads) {
			var files []document.File[content]
			for i, path := range paths {
				if set>>i&1 == 1 {
					files = append(files, document.File[content]{Path: path, Use: useLicence, Read: reads[(i*(turn/len(reads)+1)+turn)%len(reads)]})
				}
			}
			licencesOf(files)
			e := expressionOf(files)
			if e != nil && (len(spdx.Licences(e.SPDX)) == 0 || !slices.ContainsFunc(files, func(f document.File[content]) bool { return f.Path == e.Path })) {
				t.Fatalf("%+v of %+v", e, files)
			}
		}
	}
}

func TestReuseName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ stem, text, want string }{
		{"GPL-3.0-or-later", "GPL-3.0", "GPL-3.0-or-later"},
		{"Mine", noAssertion, noAssertion},
		{"MIT", "Apache-2.0", "Apache-2.0"},
		{"LicenseRef-Own", noAssertion, "LicenseRef-Own"},
	} {
		if got := reuseName(c.stem, readingOf(c.text).reading); idsOfReading(got) != c.want {
			t.Errorf("%s, a text of %s: %s", c.stem, c.text, idsOfReading(got))
		}
	}
}
