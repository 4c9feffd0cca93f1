package chaoss

import (
	"cmp"
	"slices"
)

// ContributorAbsenceFactor is the smallest number of contributors who together
// made at least half of all contributions; 0 when there are none. CHAOSS called
// it bus factor before.
//
// Defined at https://chaoss.community/kb/metric-contributor-absence-factor/.
func ContributorAbsenceFactor(contributions []int) int { return half(contributions) }

// ElephantFactor is the smallest number of organisations whose people together
// made at least half of the commits; 0 when there are none. Commits without a
// known organisation are in no figure here: print beside it what share they are.
//
// Defined at https://chaoss.community/kb/metric-elephant-factor/.
func ElephantFactor(perOrganisation []int) int { return half(perOrganisation) }

// half is the smallest k for which the k largest counts make at least half of
// their sum. In whole numbers, since 0.5 × an odd total is none.
func half(counts []int) int {
	sorted := slices.Clone(counts)
	slices.SortFunc(sorted, func(a, b int) int { return cmp.Compare(b, a) })
	total := 0
	for _, n := range sorted {
		total += max(n, 0)
	}
	sum := 0
	for k, n := range sorted {
		if sum += max(n, 0); sum > 0 && 2*sum >= total {
			return k + 1
		}
	}
	return 0
}

// A Share is an organisation's part of the commits.
type Share struct {
	Organisation string  `json:"organisation"`
	Commits      int     `json:"commits"`
	Share        float64 `json:"share"` // of the commits with a known organisation
}

// Diversity is the share of commits of each organisation, the largest first, of
// equal ones by name. An organisation without commits is left out.
//
// Defined at https://chaoss.community/kb/metric-organizational-diversity/.
func Diversity(perOrg map[string]int) []Share {
	total := 0
	all := make([]Share, 0, len(perOrg))
	for name, commits := range perOrg {
		if commits > 0 {
			total += commits
			all = append(all, Share{Organisation: name, Commits: commits})
		}
	}
	for i := range all {
		all[i].Share = float64(all[i].Commits) / float64(total)
	}
	slices.SortFunc(all, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.Organisation, b.Organisation))
	})
	return all
}

// ClosureRatio is the change requests closed in a period as a part of those that
// were open at some time of it, which are those open at its beginning and those
// opened since. It is unknown (false) when there were none. A project that keeps
// up is near 1.
//
// Defined at https://chaoss.community/kb/metric-change-request-closure-ratio/.
func ClosureRatio(closed, open int) (ratio float64, known bool) {
	if open <= 0 {
		return 0, false
	}
	return float64(max(closed, 0)) / float64(open), true
}
