package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/finding"
	"assay/internal/finding/explain"
	"assay/internal/finding/profile"
	"assay/internal/finding/silence"
	"assay/internal/store"
	"assay/internal/store/memory"
	"assay/internal/survey"
)

// A project is explained from its own facts as from all, and a part of the facts is no
// more than what was asked for.
func TestFactsOf(t *testing.T) {
	t.Parallel()
	w, st := newWorld(t), memory.New()
	s := w.run(w.config(st)).Survey
	all, err := survey.Facts(t.Context(), st, store.Selector{})
	if err != nil {
		t.Fatal(err)
	}
	alone := 0
	for i := range s.Landscape.Projects {
		item := &s.Landscape.Projects[i]
		keys, err := profile.Keys(s, item)
		if err != nil {
			t.Fatal(err)
		}
		part, err := survey.FactsOf(t.Context(), st, s, survey.Part{Repos: keys})
		if err != nil {
			t.Fatal(err)
		}
		if len(part.Compositions) < len(all.Compositions) {
			alone++
		}
		of := func(facts finding.Facts) []explain.Topic {
			topics, err := explain.Topics(facts, finding.Options{}, "Rust", item)
			if err != nil {
				t.Fatal(err)
			}
			return topics
		}
		if diff := cmp.Diff(of(all), of(part)); diff != "" {
			t.Errorf("%s (-of all facts +of its own):\n%s", item.Name, diff)
		}
	}
	if alone == 0 {
		t.Error("every project was given all facts")
	}
	part, err := survey.FactsOf(t.Context(), st, s, survey.Part{Collectors: silence.Collectors()})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(silence.Of(all), silence.Of(part)); diff != "" || len(part.Licences) == 0 || len(part.Compositions) > 0 {
		t.Errorf("%d licences, %d compositions (-of all facts +of three collectors):\n%s", len(part.Licences), len(part.Compositions), diff)
	}
}
