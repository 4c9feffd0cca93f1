package profile_test

import (
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/health"
	"assay/internal/finding/quantity"
)

const mesh = "github.com/meshwork/meshwork"

// until sets the day until which a mirror speaks.
func until(facts finding.Facts, repo fact.RepoID, day string) {
	for i := range facts.Survey.Outcomes {
		if o := &facts.Survey.Outcomes[i]; o.Repo.Key() == repo.Key() {
			o.Observed = &fact.Observation{At: day + "T00:00:00Z", Source: fact.ObservedRefs}
		}
	}
}

// quiet takes the work of the last year and the releases away.
func quiet(facts finding.Facts) {
	for _, c := range facts.Commits {
		c.Work, c.Authors = nil, nil
	}
	for key := range facts.Releases {
		facts.Releases[key] = &fact.Releases{}
	}
}

// A mirror that ends before the year knows nothing of it: no commit is not none,
// and no release is no pause.
func TestAfterTheHorizonNothingIsKnown(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	quiet(facts)
	for _, o := range facts.Survey.Outcomes {
		until(facts, o.Repo, "2024-03-25")
	}
	p := project(t, facts, finding.Options{}, "Meshwork")
	q := &p.Quantities
	if q.CommitsYear.State() != quantity.StateAtLeast || q.CommitsYear.Upper != nil || q.ReleaseDays.Exact() {
		t.Errorf("commits %+v, release days %+v", q.CommitsYear, q.ReleaseDays)
	}
	if s := p.ActivityWords(); !strings.HasPrefix(s, "an unknown number of human commits in the year") {
		t.Errorf("activity: %s", s)
	}
	for what, got := range map[string]string{"rhythm": p.CadenceCell(), "authors": p.AuthorWords()} {
		if got != "unknown" {
			t.Errorf("%s: %q, want unknown", what, got)
		}
	}
	if got := p.ReleaseWords(); !strings.HasPrefix(got, "unknown: ") {
		t.Errorf("releases: %q", got)
	}
	for _, d := range p.Health.Dimensions {
		if d.Level != health.Unknown {
			t.Errorf("%s is %s, want unknown", d.Name, d.Level)
		}
	}
	if got := p.Coverage.Words(); !strings.HasSuffix(got, "2 mirrors end before the day, the first on 2024-03-25)") {
		t.Errorf("coverage: %s", got)
	}
}

// On the day itself and after it a mirror speaks.
func TestHorizon(t *testing.T) {
	t.Parallel()
	for day, stale := range map[string]bool{"2025-06-29": true, "2025-06-30": false, "2026-01-01": false} {
		facts := findingtest.Facts()
		until(facts, mesh, day)
		p := project(t, facts, finding.Options{}, "Meshwork")
		r := &p.Repositories[0]
		if r.Stale != stale || string(r.Horizon) != day || p.Coverage.Complete() == stale || p.Quantities.CommitsYear.Exact() == stale {
			t.Errorf("until %s: stale %t, horizon %s, complete %t", day, r.Stale, r.Horizon, p.Coverage.Complete())
		}
	}
}

// The last activity is of any branch, merges included, and says of which.
func TestLastActivity(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	for i := range facts.Survey.Outcomes {
		if o := &facts.Survey.Outcomes[i]; o.Repo == mesh {
			o.Revision.Latest = &fact.Latest{
				Person: &fact.LatestCommit{Ref: "refs/heads/next", Commit: "abc", At: "2025-06-29T10:00:00Z", Merge: true},
				Bot:    &fact.LatestCommit{Ref: "refs/heads/main", Commit: "def", At: "2025-06-30T10:00:00Z", Bot: "dependabot"},
			}
		}
	}
	p := project(t, facts, finding.Options{}, "Meshwork")
	if got, want := p.LatestWords(), "2025-06-29, a merge on next of meshwork/meshwork, outside of the history that was measured"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if p.Quantities.LastActivity.Is("2025-06-29") != quantity.Yes || p.Activity.LatestBot.Date != "2025-06-30" {
		t.Errorf("last activity %+v, of a bot %+v", p.Quantities.LastActivity, p.Activity.LatestBot)
	}
}

// An organisation that its host did not list may hold more, over the scope that it
// is of.
func TestOpenOrganisation(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	facts.Survey.Catalog.Open = []fact.Opening{{Project: "Meshwork", Scope: fact.ScopeOrganisation, Owner: "github.com/meshwork", Why: "not listed"}}
	for scope, open := range map[fact.Scope]int{fact.ScopeListed: 0, fact.ScopeOrganisation: 1} {
		p := project(t, facts, finding.Options{Scope: scope}, "Meshwork")
		if p.Coverage.Open != open || p.Coverage.Complete() == (open > 0) || p.Quantities.CommitsYear.Exact() == (open > 0) {
			t.Errorf("scope %s: %+v, commits %+v", scope, p.Coverage, p.Quantities.CommitsYear)
		}
	}
}

// Releases of the primary repository depend on no other; those of another stand
// only where the primary one is known to have none.
func TestReleasesOfTheProduct(t *testing.T) {
	t.Parallel()
	release := []fact.Release{{Tag: "v1.2.0", Version: "1.2.0", At: "2025-06-01T00:00:00Z", Commit: "c1", Kind: "minor"}}
	tests := map[string]struct {
		primary, other *fact.Releases
		absent         fact.RepoID
		want           quantity.State
	}{
		"of the primary, the other absent":   {&fact.Releases{Releases: release}, nil, "github.com/meshwork/proxy", quantity.StateExact},
		"of the other, the primary absent":   {nil, &fact.Releases{Releases: release}, mesh, quantity.StateRead},
		"of the other, the primary has none": {&fact.Releases{}, &fact.Releases{Releases: release}, "", quantity.StateExact},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			facts := findingtest.Facts()
			for key, r := range map[string]*fact.Releases{mesh: tt.primary, "github.com/meshwork/proxy": tt.other} {
				delete(facts.Releases, key)
				if r != nil {
					facts.Releases[key] = r
				}
			}
			lose(facts, tt.absent)
			p := project(t, facts, finding.Options{}, "Meshwork")
			if got := p.Quantities.LastRelease; got.State() != tt.want || got.Or("") != "2025-06-01" {
				t.Errorf("last release %s %+v, want %s", got.State(), got, tt.want)
			}
		})
	}
}

// lose makes a repository absent.
func lose(facts finding.Facts, repo fact.RepoID) {
	for i := range facts.Survey.Outcomes {
		if o := &facts.Survey.Outcomes[i]; o.Repo == repo {
			o.Revision, o.Failure = nil, "absent"
			delete(facts.Compositions, repo.Key())
			delete(facts.Commits, repo.Key())
		}
	}
}
