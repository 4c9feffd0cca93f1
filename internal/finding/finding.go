// Package finding holds what answers are made from and how they are asked for:
// [Facts], which a survey found, and [Options]. The rooms within it turn facts
// into answers.
//
// Everything in them is a pure function of a survey and its measurements.
// Nothing reads a repository, the network or the clock, so the same facts
// always give the same answers, in the same order.
package finding

import (
	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/people"
)

// Facts is what a survey found: the survey itself and the measurements of its
// repositories, by [fact.RepoID.Key]. A measurement that is not there is
// unknown. No room changes what it is given.
type Facts struct {
	Survey       *fact.Survey
	Compositions map[string]*fact.Composition
	Components   map[string]*fact.Components
	Documents    map[string]*fact.Documents
	Commits      map[string]*fact.Commits
	Timelines    map[string]*fact.Timeline
	Releases     map[string]*fact.Releases
}

// Thresholds are the limits that the classes depend on.
type Thresholds struct {
	// ComponentShare is the share (0 to 1) from which a language that is not the
	// largest makes a project of class component.
	ComponentShare float64 `json:"component_share"`
}

// DefaultThresholds are those of the published definitions.
func DefaultThresholds() Thresholds { return Thresholds{ComponentShare: 0.10} }

// Options say what is asked.
type Options struct {
	// Language is linguist's name of the language, or an alias.
	Language string
	// Scope is the set of repositories that figures are over; "" is
	// [fact.ScopeOrganisation].
	Scope fact.Scope
	// Thresholds; the zero value is [DefaultThresholds].
	Thresholds Thresholds
	// People tells the organisations of authors; without a table it has ours.
	People people.Resolver
	// Bots are the hashed names and addresses of authors that are bots, besides
	// those our own rules know.
	Bots map[string]bool
	// Health is the rules of health; nil is ours.
	Health *health.Rules
}
