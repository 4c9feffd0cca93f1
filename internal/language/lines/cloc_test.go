package lines

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestAgainstCloc compares with what cloc counted in real files, by language.
// It runs when ASSAY_CLOC names a report made in the directory of the files:
//
//	cloc --by-file --json --skip-uniqueness --timeout 60 --report-file=cloc.json .
//
// Code, comment and blank lines may each differ by one in a hundred. Where cloc
// runs into its time limit, or takes a marker in a string for a comment, it
// loses large parts of a file. Files of which a tenth is counted otherwise are
// therefore left out of the comparison, listed to be read by a person, and may
// be no more than one in a hundred.
func TestAgainstCloc(t *testing.T) { //nolint:paralleltest // reads a large tree
	report := os.Getenv("ASSAY_CLOC")
	if report == "" {
		t.Skip("ASSAY_CLOC is not set")
	}
	files := readClocReport(t, report)
	found := map[string]*agreement{}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		file := files[path]
		language, ok := clocLanguages[file.Language]
		if !ok {
			continue
		}
		data, err := os.ReadFile(filepath.Join(filepath.Dir(report), path))
		if err != nil {
			t.Fatal(err)
		}
		if found[file.Language] == nil {
			found[file.Language] = &agreement{}
		}
		got, _ := Count(language, data)
		found[file.Language].add(path, got, file.Lines)
	}
	if len(found) == 0 {
		t.Fatalf("%s has no file in a language known here", report)
	}
	for _, language := range slices.Sorted(maps.Keys(found)) {
		found[language].check(t, language)
	}
}

// An agreement is how far two counts of the files of a language agree.
type agreement struct {
	files, differ int
	all, roughly  struct{ got, want Lines } // of all files, and without outliers
	outliers      []string
}

func (a *agreement) add(path string, got, want Lines) {
	a.files++
	a.all.got, a.all.want = plus(a.all.got, got), plus(a.all.want, want)
	if got != want {
		a.differ++
	}
	if off := max(got.Comment-want.Comment, want.Comment-got.Comment); off*10 > got.Total() {
		a.outliers = append(a.outliers, fmt.Sprintf("%+v, cloc %+v: %s", got, want, path))
		return
	}
	a.roughly.got, a.roughly.want = plus(a.roughly.got, got), plus(a.roughly.want, want)
}

func (a *agreement) check(t *testing.T, language string) {
	t.Helper()
	t.Logf("%s: %d files, %d differ, %d much", language, a.files, a.differ, len(a.outliers))
	t.Logf("    all files: %s", compare(a.all.got, a.all.want))
	t.Logf("    without outliers: %s", compare(a.roughly.got, a.roughly.want))
	for _, o := range a.outliers {
		t.Logf("        %s", o)
	}
	got, want := a.roughly.got, a.roughly.want
	if apart(got.Code, want.Code) > 1 || apart(got.Comment, want.Comment) > 1 || apart(got.Blank, want.Blank) > 1 {
		t.Errorf("%s: more than 1 %% apart", language)
	}
	if len(a.outliers)*100 > max(a.files, 100) {
		t.Errorf("%s: %d of %d files are outliers", language, len(a.outliers), a.files)
	}
}

func compare(got, want Lines) string {
	return fmt.Sprintf("code %d (%+.2f %%), comment %d (%+.2f %%), blank %d (%+.2f %%)",
		got.Code, percent(got.Code, want.Code), got.Comment, percent(got.Comment, want.Comment),
		got.Blank, percent(got.Blank, want.Blank))
}

// percent is how much more got is than want.
func percent(got, want int64) float64 { return 100 * float64(got-want) / float64(max(want, 1)) }

// apart is percent without its sign.
func apart(got, want int64) float64 { return max(percent(got, want), percent(want, got)) }

// clocLanguages has the linguist name for cloc's. TOML is not here: cloc takes a
// line of a multi-line string that begins with # for a comment, and headings of
// Markdown in such strings are common.
var clocLanguages = map[string]string{
	"Rust": "Rust", "Go": "Go", "Python": "Python", "TypeScript": "TypeScript",
	"C": "C", "C++": "C++", "C/C++ Header": "C++", "Protocol Buffers": "Protocol Buffer", "Ruby": "Ruby",
	"Bourne Shell": "Shell", "Bourne Again Shell": "Shell", "JSX": "JavaScript", "Java": "Java", "SQL": "SQL", "CSS": "CSS",
	"Markdown": "Markdown", "CMake": "CMake", "HCL": "HCL",
}

type clocFile struct {
	Lines
	Language string
}

func readClocReport(t *testing.T, path string) map[string]clocFile {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	files := map[string]clocFile{}
	for name, raw := range all {
		var f clocFile
		if name == "header" || name == "SUM" {
			continue
		}
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		files[name] = f
	}
	return files
}

func plus(a, b Lines) Lines {
	return Lines{Code: a.Code + b.Code, Comment: a.Comment + b.Comment, Blank: a.Blank + b.Blank}
}
