package usage

import (
	"maps"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/chaoss"
	"assay/internal/finding/profile"
)

// Activity is who worked on the repositories of a project, and when. Human
// commits are commits that are no merge and whose author is no bot. Dates are
// committer dates. A commit that two repositories have counts in both.
type Activity struct {
	*profile.Activity
	// Part is the work on the language alone.
	Part PartActivity `json:"part"`

	// What follows is the profile's, at its place in the JSON form.

	Months   []profile.MonthActivity `json:"months"`
	Evidence []fact.Evidence         `json:"evidence"`
}

// PartActivity is the human commits that changed files which, by their names,
// are counted code of the language, and who made them.
type PartActivity struct {
	Commits int `json:"commits"`
	Authors int `json:"authors"`
	// Of the year that ends with the date.
	YearCommits   int `json:"year_commits"`
	YearAuthors   int `json:"year_authors"`
	AbsenceFactor int `json:"absence_factor"`
}

// activity is the profile's with the work on the language; nil when no history
// is known.
func (q *question) activity(p *profile.Project) *Activity {
	a := p.Activity
	if a == nil {
		return nil
	}
	return &Activity{Activity: a, Part: q.part(p), Months: a.Months, Evidence: a.Evidence}
}

// part sums the work on the language.
func (q *question) part(p *profile.Project) PartActivity {
	var sum PartActivity
	all, year := map[int]int{}, map[int]int{}
	for t := range p.Touches(q.language) {
		sum.Commits += t.Commits
		all[t.Person] += t.Commits
		if t.InYear {
			sum.YearCommits += t.Commits
			year[t.Person] += t.Commits
		}
	}
	sum.Authors, sum.YearAuthors = len(all), len(year)
	sum.AbsenceFactor = chaoss.ContributorAbsenceFactor(slices.Collect(maps.Values(year)))
	return sum
}
