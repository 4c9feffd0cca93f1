package licence

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/collecttest"
	"assay/internal/document"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

func TestUsesOf(t *testing.T) {
	t.Parallel()
	collecttest.Uses(t, usesOf, map[string]document.Use{
		"LICENSE":                         useLicence,
		"LICENCE.md":                      useLicence,
		"license-mit":                     useLicence,
		"COPYING.LESSER":                  useLicence,
		"UNLICENSE":                       useLicence,
		"MIT-LICENSE.txt":                 useLicence,
		"LICENSES/MIT.txt":                useLicence,
		"LICENSES/example.org/x/LICENSE":  0,
		"docs/LICENSES/MIT.txt":           0,
		"vendor/LICENSE":                  0,
		"pkg/LICENSE":                     0,
		"license-header.tpl":              0,
		"LICENSE-3rdparty.csv":            0,
		"licensed.go":                     0,
		"NOTICE.txt":                      useNotice,
		"README.md":                       useReadme,
		"docs/README.md":                  0,
		"LICENSES/Font-exception-2.0.txt": 0,
		"LICENSE.spdx":                    0,
	})
}

// The same revision gives the same bytes, with a fresh collector and with one
// that remembers texts.
func TestCollector(t *testing.T) {
	t.Parallel()
	files := collecttest.Files(
		"LICENSE", licenceText(t, "Apache-2.0"),
		"LICENSE-MIT", "Copyright Corp\n\n"+licenceText(t, "MIT"),
		"vendor/x/LICENSE", "theirs",
	)
	want := &fact.Licences{Licences: []fact.Licence{
		{SPDX: "Apache-2.0", Confidence: 1, Path: "LICENSE"}, {SPDX: "MIT", Confidence: 1, Path: "LICENSE-MIT"},
	}, Files: []string{"LICENSE", "LICENSE-MIT"}}
	old := New()
	var first []byte
	for i, c := range []*Collector{old, old, New()} {
		got := collecttest.Run[fact.Licences](t, c, files)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		body, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = body
		}
		if string(body) != string(first) {
			t.Errorf("run %d differs:\n%s\n%s", i, first, body)
		}
	}
	if diff := cmp.Diff(&fact.Licences{}, collecttest.Run[fact.Licences](t, old, nil)); diff != "" {
		t.Errorf("of nothing (-want +got)\n%s", diff)
	}
}

func TestUnread(t *testing.T) {
	t.Parallel()
	files := append(collecttest.Files("LICENSE", "Do as you like on Sundays.\n", "LICENSE-2", "COPYING", "NOTICE", "Corp\n"), collecttest.File{Path: "COPYING"})
	files[1].Mode = gitrepo.ModeSymlink
	got := collecttest.Run[fact.Licences](t, New(), files)
	want := []string{
		"COPYING:0 : its content is not in the mirror",
		"LICENSE:0 : its text is of no licence that is known",
	}
	if diff := cmp.Diff(want, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"corrupt COPYING", "odd LICENSE-2"}, collecttest.Notes(t, got.Notes)); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
	got = collecttest.Run[fact.Licences](t, New(), files[1:2])
	if diff := cmp.Diff([]string{"LICENSE-2:0 : it is a symbolic link, which is not followed"}, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("a link alone (-want +got)\n%s", diff)
	}
}

// A file that was not read in whole is of no licence, whatever it begins with, and a
// README says nothing.
func TestCut(t *testing.T) {
	t.Parallel()
	long := licenceText(t, "MIT") + strings.Repeat("\n", limit.LicenceBytes) + "You must not use it.\n"
	got := collecttest.Run[fact.Licences](t, New(), collecttest.Files("LICENSE", long))
	if len(got.Licences) != 1 || got.Licences[0].SPDX != noAssertion || got.Expression != nil {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff([]string{"LICENSE:0 : it is too long and was not read in whole"}, collecttest.Unread(got.Unread)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"limit LICENSE"}, collecttest.Notes(t, got.Notes)); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
	readme := "# x\n\n## License\n\nReleased under the GPL version 3 or later.\n" + strings.Repeat("\n", limit.ReasonBytes) + "No more.\n"
	got = collecttest.Run[fact.Licences](t, New(), collecttest.Files("COPYING", licenceText(t, "GPL-3.0"), "README.md", readme))
	if got.Expression == nil || got.Expression.SPDX != "GPL-3.0" {
		t.Errorf("a README that was cut: %+v", got.Expression)
	}
}

// A licence file that is not there may hold for the repository, and so may one that is
// too much to read.
func TestNotAll(t *testing.T) {
	t.Parallel()
	files := append(collecttest.Files("LICENSE", licenceText(t, "MIT")), collecttest.File{Path: "COPYING"})
	if got := collecttest.Run[fact.Licences](t, New(), files); got.Expression != nil {
		t.Errorf("without COPYING: %+v", got.Expression)
	}
	files[1].Path = "LICENSE-docs"
	if got := collecttest.Run[fact.Licences](t, New(), files); got.Expression == nil {
		t.Error("without LICENSE-docs there is no expression")
	}
	files = files[:1]
	for i := range limit.UseFiles {
		files = append(files, collecttest.File{Path: fmt.Sprintf("LICENSE-%d", i), Text: files[0].Text})
	}
	got := collecttest.Run[fact.Licences](t, New(), files)
	if diff := cmp.Diff([]string{"limit "}, collecttest.Notes(t, got.Notes)); diff != "" || got.Expression != nil {
		t.Errorf("too many: %+v, notes %s", got.Expression, diff)
	}
}
