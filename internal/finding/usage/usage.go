// Package usage says what a language is to the projects of a landscape: how much
// of it is in each, which class that makes, since when, where, and how each
// figure came about.
//
// [Of] answers for every project of a profile at once and is what reports are
// made of; [Findings.List] gives rows for a table. What does not depend on the
// language is the profile's, and the answers for all languages point into it.
//
// Unknown is never zero. A project none of whose repositories could be read has
// no figures (a nil [Figures]) and the class unknown; a project read in part
// keeps its figures, and its verdict says that they are incomplete.
package usage

import (
	"assay/internal/ask"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
)

// Findings is the answer for every project of a landscape.
type Findings struct {
	Language   string             `json:"language"`
	Scope      fact.Scope         `json:"scope"`
	Thresholds finding.Thresholds `json:"thresholds"`
	Coverage   profile.Coverage   `json:"coverage"`
	Summary    Summary            `json:"summary"`
	// Projects, by maturity (see [profile.CompareMaturity]), then name.
	Projects []Project `json:"projects"`
	// Growth by year of acceptance, over the projects of class core and component.
	Growth []Year `json:"growth"`
	// Profile is what the answer was made from; answers for other languages share
	// it.
	Profile *profile.Landscape `json:"-"`
}

// Of tells what a language, by linguist's name or an alias, is to the projects of
// a landscape. An unknown language is errkind.Usage.
func Of(l *profile.Landscape, language string) (*Findings, error) {
	language, err := ask.Language(language)
	if err != nil {
		return nil, err
	}
	q := &question{landscape: l, language: language, thresholds: l.Options.Thresholds}
	projects := make([]Project, 0, len(l.Projects))
	for _, p := range l.Projects {
		projects = append(projects, q.project(p))
	}
	f := Join(Head{language, l.Options.Scope, q.thresholds, l.Coverage}, projects)
	f.Profile = l
	return f, nil
}

// A question is what is asked of the projects of a landscape.
type question struct {
	landscape  *profile.Landscape
	language   string
	thresholds finding.Thresholds
	shared     *shared // nil where the question is about several projects
}
