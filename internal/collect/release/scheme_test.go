package release

import (
	"os"
	"strings"
	"testing"
)

// schemes reads testdata/schemes.tsv: what each of the tags is.
func schemes(t *testing.T) (all []string, want map[string][3]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/schemes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want = map[string][3]string{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 {
			t.Fatalf("%q has %d columns", line, len(f))
		}
		if _, twice := want[f[0]]; twice {
			t.Errorf("%s is listed twice", f[0])
		}
		all = append(all, f[0])
		want[f[0]] = [3]string{f[1], f[2], f[3]}
	}
	if len(all) < 100 {
		t.Fatalf("%d tags", len(all))
	}
	return all, want
}

// Real files are read as they are meant: the tags of public schemes.
func TestSchemes(t *testing.T) {
	t.Parallel()
	all, want := schemes(t)
	called := map[outcome]string{noVersion: "none", unknown: "unknown", snapshot: "snapshot", mark: "mark"}
	for _, tag := range all {
		r, is := read(tag)
		got := [3]string{r.series, r.text, called[is]}
		switch {
		case is == isVersion && r.pre:
			got[2] = "pre"
		case is == isVersion:
			got[2] = "full"
		}
		if got != want[tag] {
			t.Errorf("%s reads as %q, want %q", tag, got, want[tag])
		}
	}
}

// Nothing that looks like a version is passed over in silence.
func TestSchemesAreNoted(t *testing.T) {
	t.Parallel()
	all, want := schemes(t)
	for _, tag := range all {
		fact := Of([]Tag{{Name: tag, Commit: "c1", At: "2025-05-22T08:30:15Z"}})
		kind := want[tag][2]
		switch counts := kind == "full" || kind == "pre"; {
		case counts != (len(fact.Releases) == 1):
			t.Errorf("%s: %d releases", tag, len(fact.Releases))
		case counts:
			if len(fact.Notes) > 0 {
				t.Errorf("%s: %v", tag, fact.Notes)
			}
		case kind == "none" && len(fact.Notes) > 0, kind != "none" && (len(fact.Notes) != 1 || !strings.HasSuffix(fact.Notes[0].Text, ": 1 ("+tag+")")):
			t.Errorf("%s, %s: notes %v", tag, kind, fact.Notes)
		}
	}
}
