package profile_test

import (
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/quantity"
)

// What is told of a history that is cut off, or has commits of unknown dates, are
// bounds.
func TestCutHistory(t *testing.T) {
	t.Parallel()
	const id = "github.com/wheelhouse/wheelhouse"
	for name, spoil := range map[string]func(f *finding.Facts){
		"cut": func(f *finding.Facts) {
			for i := range f.Survey.Outcomes {
				if o := &f.Survey.Outcomes[i]; o.Repo == id {
					rev := *o.Revision
					rev.Cut = true
					o.Revision = &rev
				}
			}
		},
		"undated": func(f *finding.Facts) {
			c := f.Commits[id]
			c.Work = append(c.Work, fact.Work{Commits: 1})
		},
	} {
		facts := findingtest.Facts()
		whole := project(t, facts, finding.Options{}, "Wheelhouse")
		facts = findingtest.Facts()
		spoil(&facts)
		got := project(t, facts, finding.Options{}, "Wheelhouse")
		q := got.Quantities
		if s := q.CommitsYear.State(); s != quantity.StateAtLeast {
			t.Errorf("%s: commits of the year %s", name, s)
		}
		if whole.Activity.First != nil && (q.FirstCommit.State() != quantity.StateAtMost || q.LastCommit.State() != quantity.StateAtLeast) {
			t.Errorf("%s: first commit %s, last %s", name, q.FirstCommit.State(), q.LastCommit.State())
		}
		if cut := name == "cut"; cut != (got.Coverage.Partial == 1) || cut != strings.Contains(got.Coverage.Words(), "read in part") {
			t.Errorf("%s: %s", name, got.Coverage.Words())
		}
		if name == "cut" && q.LastRelease.Known() && q.LastRelease.State() != quantity.StateAtLeast {
			t.Errorf("last release %s", q.LastRelease.State())
		}
	}
}
