package licence

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/licenseclassifier/v2/assets"

	"assay/internal/document"
	"assay/internal/fact"
)

func licenceText(t *testing.T, file string) []byte {
	t.Helper()
	text, err := assets.ReadLicenseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Every common text is in the library, and is recognised as what it is.
func TestCommonLicences(t *testing.T) {
	t.Parallel()
	r := newRecogniser()
	for _, file := range common {
		text := licenceText(t, file)
		want := spdxOf(strings.Split(file, "/")[1])
		if got := r.recognise(text, false); got[0].SPDX != want || got[0].Confidence < 0.9 {
			t.Errorf("%s is recognised as %v, want %s", file, got, want)
		}
	}
}

func TestRecognise(t *testing.T) {
	t.Parallel()
	r := newRecogniser()
	mit := string(licenceText(t, "License/MIT/pristine.txt"))
	apache := string(licenceText(t, "License/Apache-2.0/pristine.txt"))
	for _, c := range []struct{ name, text, want string }{
		{"with a copyright line", "Copyright (c) 2024 The Example Authors\n\n" + mit, "MIT"},
		{"two in one file", apache + "\n\n-----\n\n" + mit, "Apache-2.0 MIT"},
		{"nothing", "", noAssertion},
		{"prose", "This project is licensed in a way we made up ourselves. " + strings.Repeat("Warranty is for the weak. ", 20), noAssertion},
		{"rare", string(licenceText(t, "License/PostgreSQL/license.txt")), "PostgreSQL"},
		{"binary", "\x00\xff\xfe" + strings.Repeat("\x01", 500), noAssertion},
	} {
		var ids []string
		for _, l := range r.recognise([]byte(c.text), true) {
			ids = append(ids, l.SPDX)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: recognised %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLicencesOf(t *testing.T) {
	t.Parallel()
	apache, mit := fact.Licence{SPDX: "Apache-2.0", Confidence: 1}, fact.Licence{SPDX: "MIT", Confidence: 0.99}
	none := fact.Licence{SPDX: noAssertion}
	got := licencesOf([]document.File[[]fact.Licence]{
		{Path: "COPYING", Use: useLicence, Read: []fact.Licence{apache}},
		{Path: "LICENSE", Use: useLicence, Read: []fact.Licence{apache}},
		{Path: "LICENSE-MIT", Use: useLicence, Read: []fact.Licence{mit}},
		{Path: "LICENSES/MIT.txt", Use: useLicence, Read: []fact.Licence{{SPDX: "MIT", Confidence: 1}}},
		{Path: "LICENSE-OWN", Use: useLicence, Read: []fact.Licence{none}},
		{Path: "NOTICE", Use: useNotice, Read: []fact.Licence{{SPDX: "ISC", Confidence: 1}}},
	})
	want := []fact.Licence{{SPDX: "Apache-2.0", Confidence: 1, Path: "LICENSE"}, {SPDX: "MIT", Confidence: 0.99, Path: "LICENSE-MIT"}, {SPDX: noAssertion, Path: "LICENSE-OWN"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	notice := licencesOf([]document.File[[]fact.Licence]{{Path: "NOTICE", Use: useNotice, Read: []fact.Licence{none}}})
	if len(notice) != 0 {
		t.Errorf("a NOTICE without a licence gives %v", notice)
	}
}

func TestReuseName(t *testing.T) {
	t.Parallel()
	got := reuseName("GPL-3.0-or-later", []fact.Licence{{SPDX: "GPL-3.0", Confidence: 0.9}})
	if got[0].SPDX != "GPL-3.0-or-later" {
		t.Errorf("got %v", got)
	}
	if got := reuseName("Mine", []fact.Licence{{SPDX: noAssertion}}); got[0].SPDX != noAssertion {
		t.Errorf("got %v", got)
	}
}
