package usage

import "assay/internal/finding/profile"

// An Overview is what a language is to a landscape, in figures: those of the [Summary].
type Overview struct {
	Language   string
	Quantities SummaryQuantities
	// Maturities, in order, each with the projects using the language.
	Maturities []MaturityCount
}

// OverviewOf is the overview of a language by the rows of a list of all projects, in the
// order of reports.
func OverviewOf(language string, rows []Row) Overview {
	var s Summary
	projects := make([]Project, len(rows))
	for i := range rows {
		r := &rows[i]
		projects[i] = Project{
			Project: &profile.Project{ID: r.ID, Name: r.Project, Maturity: r.Maturity, Accepted: r.Accepted},
			Verdict: Verdict{Class: r.Class}, Coverage: r.Coverage, Quantities: r.Quantities,
		}
		s.countLevel(&projects[i])
	}
	countLevels(s.Maturities, projects)
	return Overview{Language: language, Quantities: quantitiesOf(projects), Maturities: s.Maturities}
}
