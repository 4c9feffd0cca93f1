package health

import (
	"testing"

	"assay/internal/finding/quantity"
)

// Projects of the CNCF and their figures at 2025-12-10, measured roughly: bots
// told by their names, organisations by the domain of the address where it is no
// mail provider's. They hold that the levels are those a reader of the figures
// would give, not that the figures are right.
func TestRealProjects(t *testing.T) {
	t.Parallel()
	const never = 1e6 // days
	for name, test := range map[string]struct {
		commits, quarter, months, since float64
		authors, fresh, absence         float64
		releases, gap, released         float64
		known, largest, elephant, orgs  float64
		want                            [5]Level // overall, activity, people, organisations, releases
	}{
		"TiKV": {
			702, 158, 12, 0, 76, 23, 5, 18, 9, 20, 0.19, 0.81, 1, 8,
			[5]Level{Good, Excellent, Excellent, NeedsAttention, Excellent},
		},
		"Linkerd": {
			520, 92, 12, 2, 29, 13, 2, 86, 5, 0, 0.93, 0.99, 1, 7,
			[5]Level{Good, Excellent, Moderate, NeedsAttention, Excellent},
		},
		"Confidential Containers": {
			1175, 369, 12, 0, 85, 43, 4, 22, 7, 16, 0.94, 0.36, 2, 19,
			[5]Level{Excellent, Excellent, Excellent, Good, Excellent},
		},
		"containerd": {
			580, 184, 12, 0, 91, 46, 7, 16, 17, 34, 0.61, 0.38, 3, 32,
			[5]Level{Excellent, Excellent, Excellent, Excellent, Excellent},
		},
		"Prometheus": {
			977, 266, 12, 0, 201, 127, 14, 17, 16, 8, 0.34, 0.53, 1, 55,
			[5]Level{Excellent, Excellent, Excellent, Moderate, Excellent},
		},
		"kube-rs": {
			201, 84, 12, 1, 33, 21, 1, 6, 62, 89, 0.31, 0.34, 3, 17,
			[5]Level{Good, Good, Moderate, Moderate, Good},
		},
		"Youki": {
			147, 39, 12, 1, 44, 33, 7, 12, 20, 35, 0.31, 0.47, 2, 12,
			[5]Level{Good, Good, Excellent, Moderate, Excellent},
		},
		"Keylime": {
			322, 75, 12, 0, 19, 7, 2, 5, 31, 86, 0.94, 0.91, 1, 9,
			[5]Level{Good, Excellent, Moderate, NeedsAttention, Good},
		},
		"runwasi": {
			239, 0, 7, 105, 13, 5, 2, 6, 26, 204, 0.02, 0.75, 1, 2,
			[5]Level{Moderate, Moderate, Moderate, NeedsAttention, Moderate},
		},
		"Kuasar": {
			34, 7, 9, 9, 11, 7, 3, 1, never, 264, 0.29, 0.6, 1, 2,
			[5]Level{Moderate, Moderate, Moderate, NeedsAttention, Moderate},
		},
		"Akri": {
			20, 3, 9, 19, 11, 8, 3, 0, never, 394, 0.15, 0.67, 1, 2,
			[5]Level{Moderate, Moderate, Moderate, NeedsAttention, NeedsAttention},
		},
		"Paralus": { // ten commits in the year, seven of them by a bot
			3, 0, 2, 201, 2, 1, 1, 1, never, 201, 0, 1, 0, 0,
			[5]Level{NeedsAttention, NeedsAttention, NeedsAttention, NeedsAttention, Moderate},
		},
		"in-toto": {
			0, 0, 0, 652, 0, 0, 0, 0, never, 699, 0, 1, 0, 0,
			[5]Level{NeedsAttention, NeedsAttention, NeedsAttention, NeedsAttention, NeedsAttention},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := Inputs{
				HumanCommitsYear: quantity.Exact(test.commits), HumanCommitsQuarter: quantity.Exact(test.quarter), ActiveMonths: quantity.Exact(test.months), DaysSinceCommit: quantity.Exact(test.since),
				AuthorsYear: quantity.Exact(test.authors), NewAuthorsYear: quantity.Exact(test.fresh), AbsenceFactor: quantity.Exact(test.absence),
				OrganisationsYear: quantity.Exact(test.orgs), ElephantFactor: quantity.Exact(test.elephant), OrganisationKnownShare: quantity.Exact(test.known),
				LargestOrganisationShare: quantity.Exact(test.largest),
				ReleasesYear:             quantity.Exact(test.releases), ReleaseGapDays: quantity.Exact(test.gap), DaysSinceRelease: quantity.Exact(test.released), Archived: quantity.Exact(0.),
			}
			if test.gap == never {
				in.ReleaseGapDays = quantity.Of[float64]{}
			}
			h := Default().Judge(in)
			for i, name := range []string{Overall, "activity", "people", "organisations", "releases"} {
				if got := h.dimension(name); got.Level != test.want[i] {
					t.Errorf("%s is %s, want %s: %s", name, got.Level, test.want[i], got.Why)
				}
			}
			if got := h.dimension("releases"); got.Best != "" {
				t.Errorf("releases at best %s: fewer than two releases have no gap, and no rule asks it of them", got.Best)
			}
		})
	}
}
