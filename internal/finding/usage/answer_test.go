package usage_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// Answers that were kept as JSON, joined with the profile that was kept too, are those
// that were made, for every language of the survey and for one that is nowhere in it.
func TestAnswersAreKeptWhole(t *testing.T) {
	t.Parallel()
	l := landscape(t, findingtest.Facts())
	for _, language := range []string{"Rust", "Go", "Python", "C", "Haskell", "JSON"} {
		var projects []usage.Project
		for _, p := range l.Projects {
			common, answers := usage.Answers(l, p)
			a := answers[language]
			if a == nil {
				a = answers[usage.Other]
			}
			of, back, again := &profile.Project{}, &usage.Answer{}, &usage.Common{}
			copied(t, p, of)
			copied(t, a, back)
			copied(t, common, again)
			of.Restore(l.Facts.Survey.Landscape.Evidence)
			projects = append(projects, back.Project(of, again, language))
		}
		want := of(t, l, language)
		got := usage.Join(usage.Head{
			Language: language, Scope: l.Options.Scope, Thresholds: l.Options.Thresholds, Coverage: l.Coverage,
		}, projects)
		if diff := cmp.Diff(encode(t, want), encode(t, got)); diff != "" {
			t.Errorf("%s (-made +kept):\n%s", language, diff)
		}
		for i := range got.Projects {
			p, w := &got.Projects[i], &want.Projects[i]
			if p.Reached != w.Reached || p.WhereReached() != w.WhereReached() || p.Where("name") != w.Where("name") {
				t.Errorf("%s: %s knows its lines otherwise", language, p.Name)
			}
		}
	}
}

// copied makes to of from by way of JSON.
func copied(t *testing.T, from, to any) {
	t.Helper()
	b, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(b, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}
