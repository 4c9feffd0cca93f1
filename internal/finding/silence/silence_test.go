package silence_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/silence"
)

func TestOf(t *testing.T) {
	t.Parallel()
	rev := func(repo fact.RepoID) *fact.Revision { return &fact.Revision{Repo: repo, Commit: "c0ffee"} }
	a := silence.Of(finding.Facts{
		Survey: &fact.Survey{AsOf: "2025-12-10", Outcomes: []fact.Outcome{
			{Repo: "h.example/a/b", Revision: rev("h.example/a/b")}, {Repo: "h.example/a/a", Revision: rev("h.example/a/a")}, {Repo: "h.example/a/gone"},
		}},
		Licences: map[string]*fact.Licences{
			"h.example/a/a": {Files: []string{"LICENSE"}},
			"h.example/a/b": {Files: []string{"COPYING", "LICENSE"}, Unread: []fact.UnreadDocument{{Path: "COPYING", Why: "odd"}}},
		},
		Adopters: map[string]*fact.Adopters{
			"h.example/a/a": {Unread: []fact.UnreadDocument{{Path: "ADOPTERS.rst", Cause: fact.CauseForm}, {Path: "README.md", Line: 3, Why: "a link"}}},
			"h.example/a/b": {Files: []string{"ADOPTERS.md"}, Unread: []fact.UnreadDocument{{Path: "ADOPTERS.md", Cause: fact.CauseElsewhere, Target: "https://b.example"}}},
		},
	})
	want := []silence.Count{
		{Kind: "licence", Files: 3, Silent: 1, Share: 1. / 3, Causes: map[fact.Cause]int{"": 1}},
		{Kind: "adopters", Files: 2, Silent: 2, Share: 1, Causes: map[fact.Cause]int{"elsewhere": 1, "form": 1}},
		{Kind: "maintainers", Causes: map[fact.Cause]int{}},
	}
	if diff := cmp.Diff(want, a.Kinds); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var got []string
	for _, f := range a.Files {
		got = append(got, fmt.Sprintf("%s %s@%s %s %s%s", f.Kind, f.Evidence.Repo, f.Evidence.Commit, f.Evidence.Path, f.Cause, f.Target))
	}
	files := []string{
		"licence h.example/a/b@c0ffee COPYING ", "adopters h.example/a/a@c0ffee ADOPTERS.rst form",
		"adopters h.example/a/b@c0ffee ADOPTERS.md elsewherehttps://b.example",
	}
	if diff := cmp.Diff(files, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	c := silence.Count{Causes: map[fact.Cause]int{"": 1, "link": 1, "form": 2}}
	if got := fmt.Sprint(c.Named()); got != "[form link ]" {
		t.Errorf("named %s", got)
	}
}
