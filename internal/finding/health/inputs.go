package health

import "math"

// Inputs are the figures of a project that rules are made of; nil is unknown,
// which is never the same as 0. The year and the quarter are the 365 and 90 days
// that end with the as-of date. A human commit is one without a second parent
// whose author is no bot. Meaning, unit and source of each are in rules.yaml.
type Inputs struct {
	// HumanCommitsYear and HumanCommitsQuarter count human commits.
	HumanCommitsYear    *float64 `json:"human_commits_year"`
	HumanCommitsQuarter *float64 `json:"human_commits_quarter"`
	// ActiveMonths counts, of the last twelve, the months with a human commit.
	ActiveMonths *float64 `json:"active_months"`
	// DaysSinceCommit is the days since the last human commit.
	DaysSinceCommit *float64 `json:"days_since_commit"`
	// BotShare is the commits of bots as a part (0 to 1) of those of bots and
	// humans in the year.
	BotShare *float64 `json:"bot_share"`
	// AuthorsYear counts the human authors of the year, NewAuthorsYear those of
	// them whose first commit is in it.
	AuthorsYear    *float64 `json:"authors_year"`
	NewAuthorsYear *float64 `json:"new_authors_year"`
	// AbsenceFactor is CHAOSS's contributor absence factor over the year.
	AbsenceFactor *float64 `json:"absence_factor"`
	// OrganisationsYear counts the organisations with a human commit in the year,
	// as far as they are known.
	OrganisationsYear *float64 `json:"organisations_year"`
	// ElephantFactor is CHAOSS's, over the human commits of the year whose
	// organisation is known; OrganisationKnownShare is which part (0 to 1) of all
	// they are, and LargestOrganisationShare the part (0 to 1) of them that the
	// organisation with most of them made.
	ElephantFactor           *float64 `json:"elephant_factor"`
	OrganisationKnownShare   *float64 `json:"organisation_known_share"`
	LargestOrganisationShare *float64 `json:"largest_organisation_share"`
	// ReleasesYear counts the days of the year with a full release.
	ReleasesYear *float64 `json:"releases_year"`
	// ReleaseGapDays is the median of the days between them.
	ReleaseGapDays *float64 `json:"release_gap_days"`
	// DaysSinceRelease is the days since the last full release.
	DaysSinceRelease *float64 `json:"days_since_release"`
	// ClosureRatio and DaysToFirstResponse are CHAOSS's, and known to the host
	// of a repository alone.
	ClosureRatio        *float64 `json:"closure_ratio"`
	DaysToFirstResponse *float64 `json:"days_to_first_response"`
	// Archived is 1 when the landscape says that the project has ended, else 0.
	Archived *float64 `json:"archived"`
}

// A field is the name that rules use for an input, and where it is.
type field struct {
	name string
	of   func(*Inputs) *float64
}

// fields is the one table from the names that rules use to the inputs, in the
// order of a page. A test holds it, the struct and rules.yaml together.
var fields = []field{
	{"human_commits_year", func(in *Inputs) *float64 { return in.HumanCommitsYear }},
	{"human_commits_quarter", func(in *Inputs) *float64 { return in.HumanCommitsQuarter }},
	{"active_months", func(in *Inputs) *float64 { return in.ActiveMonths }},
	{"days_since_commit", func(in *Inputs) *float64 { return in.DaysSinceCommit }},
	{"bot_share", func(in *Inputs) *float64 { return in.BotShare }},
	{"authors_year", func(in *Inputs) *float64 { return in.AuthorsYear }},
	{"new_authors_year", func(in *Inputs) *float64 { return in.NewAuthorsYear }},
	{"absence_factor", func(in *Inputs) *float64 { return in.AbsenceFactor }},
	{"organisations_year", func(in *Inputs) *float64 { return in.OrganisationsYear }},
	{"elephant_factor", func(in *Inputs) *float64 { return in.ElephantFactor }},
	{"organisation_known_share", func(in *Inputs) *float64 { return in.OrganisationKnownShare }},
	{"largest_organisation_share", func(in *Inputs) *float64 { return in.LargestOrganisationShare }},
	{"releases_year", func(in *Inputs) *float64 { return in.ReleasesYear }},
	{"release_gap_days", func(in *Inputs) *float64 { return in.ReleaseGapDays }},
	{"days_since_release", func(in *Inputs) *float64 { return in.DaysSinceRelease }},
	{"closure_ratio", func(in *Inputs) *float64 { return in.ClosureRatio }},
	{"days_to_first_response", func(in *Inputs) *float64 { return in.DaysToFirstResponse }},
	{"archived", func(in *Inputs) *float64 { return in.Archived }},
}

// An Input is what the rules file says of an input.
type Input struct {
	Name    string
	Title   string // a few words, for a table
	Meaning string // a sentence
	// Unit is a noun in the singular ("human commit"), or one of "percent" (of a
	// share from 0 to 1), "yes or no" (of 1 and 0), and "number" (of none).
	Unit   string
	Source string // who defines it, and where
	// Worst and Best are the ends of what it can be, in either order: what an
	// unknown figure is taken for. A known one is taken within them.
	Worst, Best float64
}

// within takes a known figure within the ends of the input: a figure beyond the
// worst must not be worse than an unknown one.
func (i *Input) within(value float64) float64 {
	return min(max(value, min(i.Worst, i.Best)), max(i.Worst, i.Best))
}

// value is the figure of the input at place i of fields; nil when it is unknown
// or no number.
func (in *Inputs) value(i int) *float64 {
	v := fields[i].of(in)
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return nil
	}
	return new(*v)
}

// named gives a test for the field of that name.
func named(name string) func(field) bool { return func(f field) bool { return f.name == name } }
