package chaoss

import (
	"math"

	"assay/internal/errkind"
)

// A Score is what is certain of a score of which some signals are missing, and
// what is possible.
type Score struct {
	// Worst is the score when every missing signal is at its worst. It is what
	// may be claimed.
	Worst float64 `json:"worst"`
	// Best is the score when every missing signal is at its best; Worst when none
	// is missing.
	Best float64 `json:"best"`
	// Available is what the published formula gives over the signals there are,
	// where it says to do so; nil otherwise. A missing signal can raise it.
	Available *float64 `json:"available,omitempty"`
	// Present and Missing name the signals, in the order of the formula.
	Present []string `json:"present"`
	Missing []string `json:"missing"`
}

// note files a signal under those present or missing.
func (s *Score) note(name string, present bool) {
	if present {
		s.Present = append(s.Present, name)
	} else {
		s.Missing = append(s.Missing, name)
	}
}

// Maintenance is what OpenSSF Scorecard's check Maintained looks at; nil is
// unknown. Scorecard counts from "now"; here the 90 days end with the as-of date.
type Maintenance struct {
	Commits90 *int  // commits in the last 90 days; Scorecard counts those of bots too
	Issues90  *int  // issues with activity of a member in the last 90 days
	Archived  *bool // the repository is read-only
	Young     *bool // the repository was created in the last 90 days
}

const (
	maintainedTop   = 10
	maintainedWants = 90 / 7 // one activity a week
)

// MaintainedScore is Scorecard's Maintained, from 0 to 10:
// min(10, ⌊10 · (commits + issues) / 12⌋), and 0 for a repository that is
// archived or younger than 90 days.
//
// Defined at https://github.com/ossf/scorecard/blob/main/docs/checks.md#maintained
// and in checks/evaluation/maintained.go there.
func MaintainedScore(m Maintenance) Score {
	s := Score{Present: []string{}, Missing: []string{}}
	s.note("commits_90_days", m.Commits90 != nil)
	s.note("issues_90_days", m.Issues90 != nil)
	s.note("archived", m.Archived != nil)
	s.note("created_in_90_days", m.Young != nil)
	s.Worst = maintained(
		or(m.Commits90, 0)+or(m.Issues90, 0),
		or(m.Archived, true) || or(m.Young, true))
	s.Best = maintained(
		or(m.Commits90, maintainedWants)+or(m.Issues90, maintainedWants),
		or(m.Archived, false) || or(m.Young, false))
	return s
}

// maintained is the formula for known figures.
func maintained(activity int, void bool) float64 {
	if void || activity <= 0 {
		return 0
	}
	return float64(maintainedTop * min(activity, maintainedWants) / maintainedWants)
}

// or is what p points at, or unknown.
func or[T any](p *T, unknown T) T {
	if p == nil {
		return unknown
	}
	return *p
}

// A Signal is one term of the criticality score.
type Signal struct {
	Name            string
	Weight          float64  // α, above 0
	Lower, Upper    float64  // L and U: the value is taken within them
	SmallerIsBetter bool     // the smaller the value, the higher the score
	Value           *float64 // S; nil is unknown
}

// Signals gives the signals of the criticality score with their published
// weights and bounds, and without values.
//
// Defined at https://github.com/ossf/criticality_score, config/scorer/original_pike.yml.
func Signals() []Signal {
	return []Signal{
		{Name: "created_since", Weight: 1, Upper: 120},                        // months
		{Name: "updated_since", Weight: 1, Upper: 120, SmallerIsBetter: true}, // months
		{Name: "contributor_count", Weight: 2, Upper: 5000},
		{Name: "org_count", Weight: 1, Upper: 10},
		{Name: "commit_frequency", Weight: 1, Upper: 1000},        // a week, over the last year
		{Name: "recent_release_count", Weight: 0.5, Upper: 26},    // in the last year
		{Name: "updated_issues_count", Weight: 0.5, Upper: 5000},  // in the last 90 days
		{Name: "closed_issues_count", Weight: 0.5, Upper: 5000},   // in the last 90 days
		{Name: "issue_comment_frequency", Weight: 1, Upper: 15},   // comments an issue, last 90 days
		{Name: "github_mention_count", Weight: 2, Upper: 500_000}, // in commit messages
	}
}

// Criticality is the OpenSSF criticality score, from 0 to 1: the mean of
// v = ln(1+S) / ln(1+U−L) weighted by α, where S is the signal less L, taken
// within 0 and U−L, and U−L less that where smaller is better. The published
// formula is over the available signals, so that a dropped one can raise it: that
// is Available; Worst and Best have the missing ones at 0 and 1. A signal without
// weight or range is an error.
//
// Defined at https://github.com/ossf/criticality_score and in
// Quantifying_criticality_algorithm.pdf there.
func Criticality(signals []Signal) (Score, error) {
	s := Score{Present: []string{}, Missing: []string{}}
	var sum, there, all float64
	for _, signal := range signals {
		if !signal.sound() {
			return Score{}, errkind.Errorf(errkind.Input,
				"criticality: signal %q: needs a finite weight above 0 and an upper bound above the lower", signal.Name)
		}
		all += signal.Weight
		present := signal.Value != nil && !math.IsNaN(*signal.Value)
		s.note(signal.Name, present)
		if present {
			there += signal.Weight
			sum += signal.Weight * zipf(signal.within(*signal.Value), signal.Upper-signal.Lower)
		}
	}
	if all == 0 {
		return s, nil
	}
	s.Worst, s.Best = sum/all, (sum+all-there)/all
	if there > 0 {
		s.Available = new(sum / there)
	}
	return s, nil
}

// sound reports whether the formula is defined for the signal.
func (s *Signal) sound() bool {
	return s.Weight > 0 && s.Upper > s.Lower && !math.IsInf(s.Weight, 1) && !math.IsInf(s.Upper-s.Lower, 1)
}

// within takes a value within the bounds of the signal and counts it from the
// worse end.
func (s *Signal) within(value float64) float64 {
	value = min(max(value, s.Lower), s.Upper)
	if s.SmallerIsBetter {
		return s.Upper - value
	}
	return value - s.Lower
}

// zipf maps a value from 0 to most onto 0 to 1, as Zipf's law has it.
func zipf(value, most float64) float64 { return math.Log(1+value) / math.Log(1+most) }
