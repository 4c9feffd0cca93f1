package gitrepo

import (
	"strings"
	"testing"

	"assay/internal/fact"
)

// Each case builds a repository and says which commit a date gives. The old
// line ends in 2023, the young one begins in 2024.
func TestLineages(t *testing.T) {
	t.Parallel()
	const at = fact.Date("2024-06-30")
	old := func(f *fixture, ref string) (tip int) {
		a := f.commit(ref, "2022-01-01T00:00:00Z", nil, "id", "old 1")
		b := f.commit(ref, "2023-01-01T00:00:00Z", []int{a}, "id", "old 2")
		return f.commit(ref, "2023-06-01T00:00:00Z", []int{b}, "id", "old 3")
	}
	young := func(f *fixture, ref string) (tip int) {
		a := f.commit(ref, "2024-01-01T00:00:00Z", nil, "id", "young 1")
		return f.commit(ref, "2024-05-01T00:00:00Z", []int{a}, "id", "young 2")
	}
	tests := map[string]struct {
		build   func(f *fixture)
		asOf    fact.Date // "" stands for at
		want    string
		ref     string
		release string // of the chosen lineage; "" when no lineage is to be told
	}{
		"old release branch": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release/1.x"))
			young(f, "refs/heads/main")
		}, "", "old 3", "refs/heads/release/1.x", "v1.0.0"},
		"the branch went on after the release": {func(f *fixture) {
			a := f.commit("refs/heads/old", "2022-01-01T00:00:00Z", nil, "id", "old 1")
			f.point("refs/tags/v1.0.0", a)
			f.commit("refs/heads/old", "2024-06-30T23:59:59Z", []int{a}, "id", "old later")
			young(f, "refs/heads/main")
		}, "", "old later", "refs/heads/old", "v1.0.0"},
		"the branch went on after the date": {func(f *fixture) {
			a := f.commit("refs/heads/old", "2022-01-01T00:00:00Z", nil, "id", "old 1")
			f.point("refs/tags/v1.0.0", a)
			f.commit("refs/heads/old", "2024-07-01T00:00:00Z", []int{a}, "id", "old later")
			young(f, "refs/heads/main")
		}, "", "old 1", "refs/heads/old", "v1.0.0"},
		"tags only": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/tags/x"))
			young(f, "refs/heads/main")
		}, "", "old 3", "refs/tags/v1.0.0", "v1.0.0"},
		"annotated tag": {func(f *fixture) {
			f.annotate("v1.0.0", old(f, "refs/tags/x"), "2023-06-02T00:00:00Z")
			young(f, "refs/heads/main")
		}, "", "old 3", "refs/tags/v1.0.0", "v1.0.0"},
		"the young line has no commit yet": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			young(f, "refs/heads/main")
		}, "2023-12-31", "old 3", "refs/heads/release-1", "v1.0.0"},
		"before either": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			young(f, "refs/heads/main")
		}, "2021-12-31", "empty", "", ""},
		"before the first release": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			young(f, "refs/heads/main")
		}, "2022-12-31", "empty", "", ""},
		"releases in both lines": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			f.point("refs/tags/v2.0.0", young(f, "refs/heads/main"))
		}, "", "young 2", "refs/heads/main", ""},
		"an older release in the young line": {func(f *fixture) {
			a := f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "young 1")
			f.point("refs/tags/v2.0.0", a)
			f.commit("refs/heads/main", "2024-05-01T00:00:00Z", []int{a}, "id", "young 2")
			f.point("refs/tags/v1.9.9", f.commit("refs/heads/release-1", "2024-04-01T00:00:00Z", nil, "id", "old"))
		}, "", "young 2", "refs/heads/main", ""},
		"a part released from the young line": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			f.point("refs/tags/sdk/v0.1.0", young(f, "refs/heads/main"))
		}, "", "young 2", "refs/heads/main", ""},
		"a release of the young line after the date": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			f.point("refs/tags/v2.0.0", f.commit("refs/heads/main", "2024-07-05T00:00:00Z", []int{young(f, "refs/heads/main")}, "id", "young 3"))
		}, "", "old 3", "refs/heads/release-1", "v1.0.0"},
		"pre-releases do not turn": {func(f *fixture) {
			tip := old(f, "refs/heads/release-1")
			for _, tag := range []string{"v1.0.0-rc.1", "v1.0.0-alpha", "v1.0.0b1", "v1", "nightly-2023", "v1.0.0+build"} {
				f.point("refs/tags/"+tag, tip)
			}
			young(f, "refs/heads/main")
		}, "", "young 2", "refs/heads/main", ""},
		"a pre-release in the young line is no release": {func(f *fixture) {
			f.point("refs/tags/v1.0.0", old(f, "refs/heads/release-1"))
			f.point("refs/tags/v2.0.0-rc.1", young(f, "refs/heads/main"))
		}, "", "old 3", "refs/heads/release-1", "v1.0.0"},
		"monorepo prefixes": {func(f *fixture) {
			tip := old(f, "refs/heads/legacy")
			f.point("refs/tags/crates/core/v0.3.0", tip)
			f.point("refs/tags/cli-v0.2.0", tip)
			young(f, "refs/heads/main")
		}, "", "old 3", "refs/heads/legacy", "cli-v0.2.0"},
		"release branch of the same history": {func(f *fixture) {
			a := f.commit("refs/heads/main", "2022-01-01T00:00:00Z", nil, "id", "main 1")
			f.point("refs/tags/v1.0.1", f.commit("refs/heads/release-1", "2024-06-01T00:00:00Z", []int{a}, "id", "patch"))
			f.commit("refs/heads/main", "2024-02-01T00:00:00Z", []int{a}, "id", "main 2")
		}, "", "main 2", "refs/heads/main", ""},
		"default branch behind the release": {func(f *fixture) {
			a := f.commit("refs/heads/main", "2022-01-01T00:00:00Z", nil, "id", "main 1")
			f.point("refs/tags/v1.0.0", f.commit("refs/heads/next", "2024-06-01T00:00:00Z", []int{a}, "id", "next"))
		}, "", "main 1", "refs/heads/main", ""},
		"two release branches": {func(f *fixture) {
			a := f.commit("refs/heads/release-1.0", "2022-01-01T00:00:00Z", nil, "id", "1.0")
			f.point("refs/tags/v1.0.0", a)
			f.commit("refs/heads/release-1.0", "2023-12-01T00:00:00Z", []int{a}, "id", "1.0 late")
			b := f.commit("refs/heads/release-1.1", "2023-01-01T00:00:00Z", []int{a}, "id", "1.1")
			f.point("refs/tags/v1.1.0", b)
			young(f, "refs/heads/main")
		}, "", "1.1", "refs/heads/release-1.1", "v1.1.0"},
		"the young line took the old one in later": {func(f *fixture) {
			tip := old(f, "refs/tags/x")
			f.point("refs/tags/v1.0.0", tip)
			y := young(f, "refs/heads/main")
			f.commit("refs/heads/main", "2024-08-01T00:00:00Z", []int{y, tip}, "id", "joined")
		}, "", "old 3", "refs/tags/v1.0.0", "v1.0.0"},
		"and after that it is the mainline": {func(f *fixture) {
			tip := old(f, "refs/tags/x")
			f.point("refs/tags/v1.0.0", tip)
			y := young(f, "refs/heads/main")
			f.commit("refs/heads/main", "2024-08-01T00:00:00Z", []int{y, tip}, "id", "joined")
		}, "2024-08-02", "joined", "refs/heads/main", ""},
		"releases kept under refs/pull only": {func(f *fixture) {
			old(f, "refs/pull/1/head")
			young(f, "refs/heads/main")
		}, "", "young 2", "refs/heads/main", ""},
		"a tag of a tree": {func(f *fixture) {
			young(f, "refs/heads/main")
		}, "", "young 2", "refs/heads/main", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			tt.build(f)
			r := f.done()
			if name == "a tag of a tree" {
				f.git(nil, "tag", "v9.0.0", "main^{tree}")
			}
			if tt.asOf == "" {
				tt.asOf = at
			}
			if got := subject(t, r, tt.asOf); got != tt.want {
				t.Errorf("as of %s: %q, want %q", tt.asOf, got, tt.want)
			}
			rev, err := r.At(t.Context(), tt.asOf)
			if err != nil {
				return
			}
			checkLineages(t, rev, tt.ref, tt.release)
		})
	}
}

func checkLineages(t *testing.T, rev *fact.Revision, ref, release string) {
	t.Helper()
	if rev.Ref != ref {
		t.Errorf("ref %q, want %q", rev.Ref, ref)
	}
	if release == "" {
		if rev.Rule != fact.RuleMainline || len(rev.Lineages) > 0 {
			t.Errorf("turned: %s, %+v", rev.Rule, rev.Lineages)
		}
		return
	}
	if rev.Rule != fact.RuleLineage || len(rev.Lineages) == 0 || len(rev.Notes) == 0 {
		t.Fatalf("not turned: %+v", rev)
	}
	chosen := rev.Lineages[0]
	if chosen.Commit != rev.Commit || chosen.LastRelease != release || chosen.Commits == 0 || chosen.FirstAt == "" || chosen.Why == "" {
		t.Errorf("chosen lineage %+v", chosen)
	}
	if !strings.Contains(rev.Notes[0].Text, release) {
		t.Errorf("note %q does not name %s", rev.Notes[0].Text, release)
	}
	if len(rev.Lineages) > 1 && rev.Lineages[1].Ref != "refs/heads/main" {
		t.Errorf("other lineage %+v", rev.Lineages[1])
	}
}

// The figures of a lineage, once in full.
func TestLineageFigures(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/release-1", "2022-01-01T00:00:00Z", nil, "id", "1")
	b := f.commit("refs/heads/release-1", "2022-02-01T00:00:00Z", []int{a}, "id", "2")
	f.point("refs/tags/v1.0.0", b)
	c := f.commit("refs/heads/release-1", "2022-03-01T00:00:00Z", []int{b}, "id", "3")
	f.point("refs/tags/v1.1.0-rc.1", c)
	f.commit("refs/heads/main", "2024-01-01T00:00:00Z", nil, "id", "young")
	r := f.done()
	rev, err := r.At(t.Context(), "2024-02-01")
	if err != nil {
		t.Fatal(err)
	}
	if len(rev.Lineages) != 2 {
		t.Fatalf("lineages %+v", rev.Lineages)
	}
	old, young := rev.Lineages[0], rev.Lineages[1]
	if old.FirstAt != "2022-01-01T00:00:00Z" || old.CommittedAt != "2022-03-01T00:00:00Z" || old.Commits != 3 ||
		old.LastRelease != "v1.0.0" || old.LastReleaseAt != "2022-02-01T00:00:00Z" {
		t.Errorf("old line %+v", old)
	}
	if young.FirstAt != "2024-01-01T00:00:00Z" || young.Commits != 1 || young.LastRelease != "" {
		t.Errorf("young line %+v", young)
	}
}

// Where a commit on the way to a common one is missing, no line of history is told to
// be another's, and the answer holds for as long as it is missing.
func TestLineageWithGap(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.commit("refs/heads/main", "2022-01-01T00:00:00Z", nil, "id", "1")
	b := f.commit("refs/heads/main", "2022-02-01T00:00:00Z", []int{a}, "id", "2")
	f.commit("refs/heads/main", "2022-03-01T00:00:00Z", []int{b}, "id", "3")
	f.point("refs/tags/v1.0.0", f.commit("refs/heads/release-1", "2022-02-01T00:00:00Z", []int{a}, "id", "4"))
	r := f.done()
	tip, gap := rev(f, "main"), rev(f, "main~1")
	f.loosen()
	f.remove("objects/" + gap[:2] + "/" + gap[2:])
	got, err := r.At(t.Context(), "")
	if err != nil || got.Commit != tip || len(got.Lineages) > 0 || !r.Lacked() {
		t.Errorf("%+v, %v, lacked %t, want %s", got, err, r.Lacked(), tip)
	}
}
