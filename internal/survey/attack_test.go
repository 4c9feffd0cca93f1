package survey_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/gitrepo"
	"assay/internal/gittest"
	"assay/internal/survey"
)

// A repository whose older commits name more than anybody can read keeps the
// facts of its tree. What is said of it names the limit, the same each time.
func TestBombCostsTheHistoryAlone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "bomb.git")
	bomb := gittest.Bomb{Widths: []int{10, 10, 10, 10, 10, 10, 10, 10, 10, 10}} // ten thousand million files
	if err := bomb.Write(dir); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for range 2 {
		repo, err := gitrepo.Open(dir, "example.org/evil/bomb")
		if err != nil {
			t.Fatal(err)
		}
		rev, err := repo.At(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		records, err := survey.Measure(t.Context(), survey.Job{Repo: repo, Revision: rev, Collectors: survey.Collectors(nil)})
		if errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "(limit commit-text)") {
			t.Errorf("error %v of kind %q", err, errkind.Of(err))
		}
		var names []string
		for _, r := range records {
			names = append(names, r.Key.Collector)
		}
		said[fmt.Sprint(err, names)] = true
		if !slices.Contains(names, "census") {
			t.Errorf("facts of %q", names)
		}
	}
	if len(said) != 1 {
		t.Errorf("two runs differ: %v", said)
	}
}
