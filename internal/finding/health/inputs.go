package health

import (
	"math"

	"assay/internal/finding/quantity"
)

// Inputs are the figures of a project that rules are made of, with their
// bounds. The zero value is unknown, which is never the same as 0. The year and the quarter are the 365 and 90 days
// that end with the as-of date. A human commit is one without a second parent
// whose author is no bot. Meaning, unit and source of each are in rules.yaml.
type Inputs struct {
	// HumanCommitsYear and HumanCommitsQuarter count human commits.
	HumanCommitsYear    quantity.Of[float64] `json:"human_commits_year"`
	HumanCommitsQuarter quantity.Of[float64] `json:"human_commits_quarter"`
	// ActiveMonths counts, of the last twelve, the months with a human commit.
	ActiveMonths quantity.Of[float64] `json:"active_months"`
	// DaysSinceCommit is the days since the last human commit.
	DaysSinceCommit quantity.Of[float64] `json:"days_since_commit"`
	// BotShare is the commits of bots as a part (0 to 1) of those of bots and
	// humans in the year.
	BotShare quantity.Of[float64] `json:"bot_share"`
	// AuthorsYear counts the human authors of the year, NewAuthorsYear those of
	// them whose first commit is in it.
	AuthorsYear    quantity.Of[float64] `json:"authors_year"`
	NewAuthorsYear quantity.Of[float64] `json:"new_authors_year"`
	// AbsenceFactor is CHAOSS's contributor absence factor over the year.
	AbsenceFactor quantity.Of[float64] `json:"absence_factor"`
	// OrganisationsYear counts the organisations with a human commit in the year,
	// as far as they are known.
	OrganisationsYear quantity.Of[float64] `json:"organisations_year"`
	// ElephantFactor is CHAOSS's, over the human commits of the year whose
	// organisation is known; OrganisationKnownShare is which part (0 to 1) of all
	// they are, and LargestOrganisationShare the part (0 to 1) of them that the
	// organisation with most of them made.
	ElephantFactor           quantity.Of[float64] `json:"elephant_factor"`
	OrganisationKnownShare   quantity.Of[float64] `json:"organisation_known_share"`
	LargestOrganisationShare quantity.Of[float64] `json:"largest_organisation_share"`
	// ReleasesYear counts the days of the year with a full release.
	ReleasesYear quantity.Of[float64] `json:"releases_year"`
	// ReleaseGapDays is the median of the days between them.
	ReleaseGapDays quantity.Of[float64] `json:"release_gap_days"`
	// DaysSinceRelease is the days since the last full release.
	DaysSinceRelease quantity.Of[float64] `json:"days_since_release"`
	// ClosureRatio and DaysToFirstResponse are CHAOSS's, and known to the host
	// of a repository alone.
	ClosureRatio        quantity.Of[float64] `json:"closure_ratio"`
	DaysToFirstResponse quantity.Of[float64] `json:"days_to_first_response"`
	// Archived is 1 when the landscape says that the project has ended, else 0.
	Archived quantity.Of[float64] `json:"archived"`
}

// A field is the name that rules use for an input, and where it is.
type field struct {
	name string
	of   func(*Inputs) quantity.Of[float64]
}

// fields is the one table from the names that rules use to the inputs, in the
// order of a page. A test holds it, the struct and rules.yaml together.
var fields = []field{
	{"human_commits_year", func(in *Inputs) quantity.Of[float64] { return in.HumanCommitsYear }},
	{"human_commits_quarter", func(in *Inputs) quantity.Of[float64] { return in.HumanCommitsQuarter }},
	{"active_months", func(in *Inputs) quantity.Of[float64] { return in.ActiveMonths }},
	{"days_since_commit", func(in *Inputs) quantity.Of[float64] { return in.DaysSinceCommit }},
	{"bot_share", func(in *Inputs) quantity.Of[float64] { return in.BotShare }},
	{"authors_year", func(in *Inputs) quantity.Of[float64] { return in.AuthorsYear }},
	{"new_authors_year", func(in *Inputs) quantity.Of[float64] { return in.NewAuthorsYear }},
	{"absence_factor", func(in *Inputs) quantity.Of[float64] { return in.AbsenceFactor }},
	{"organisations_year", func(in *Inputs) quantity.Of[float64] { return in.OrganisationsYear }},
	{"elephant_factor", func(in *Inputs) quantity.Of[float64] { return in.ElephantFactor }},
	{"organisation_known_share", func(in *Inputs) quantity.Of[float64] { return in.OrganisationKnownShare }},
	{"largest_organisation_share", func(in *Inputs) quantity.Of[float64] { return in.LargestOrganisationShare }},
	{"releases_year", func(in *Inputs) quantity.Of[float64] { return in.ReleasesYear }},
	{"release_gap_days", func(in *Inputs) quantity.Of[float64] { return in.ReleaseGapDays }},
	{"days_since_release", func(in *Inputs) quantity.Of[float64] { return in.DaysSinceRelease }},
	{"closure_ratio", func(in *Inputs) quantity.Of[float64] { return in.ClosureRatio }},
	{"days_to_first_response", func(in *Inputs) quantity.Of[float64] { return in.DaysToFirstResponse }},
	{"archived", func(in *Inputs) quantity.Of[float64] { return in.Archived }},
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

// value is a copy of the figure of the input at place i of fields; what is no
// number in it is unknown.
func (in *Inputs) value(i int) quantity.Of[float64] {
	q := fields[i].of(in)
	for _, end := range []**float64{&q.Value, &q.Lower, &q.Upper} {
		switch v := *end; {
		case v == nil:
		case math.IsNaN(*v) || math.IsInf(*v, 0):
			*end = nil
		default:
			*end = new(*v)
		}
	}
	return q
}

// ends are the worst and the best that a figure of the input may truly be.
func (i *Input) ends(q quantity.Of[float64]) (worst, best float64) {
	lower, upper := min(i.Worst, i.Best), max(i.Worst, i.Best)
	if q.Lower != nil {
		lower = i.within(*q.Lower)
	}
	if q.Upper != nil {
		upper = i.within(*q.Upper)
	}
	if i.Worst > i.Best {
		return upper, lower
	}
	return lower, upper
}

// told reports whether something is known of a figure of the input: its ends are
// not those that it always has.
func (i *Input) told(q quantity.Of[float64]) bool {
	worst, best := i.ends(q)
	return worst != i.Worst || best != i.Best
}

// named gives a test for the field of that name.
func named(name string) func(field) bool { return func(f field) bool { return f.name == name } }
