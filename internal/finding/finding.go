// Package finding holds what answers are made from and how they are asked for:
// [Facts], which a survey found, and [Options]. The rooms within it turn facts
// into answers.
//
// Everything in them is a pure function of a survey and its measurements.
// Nothing reads a repository, the network or the clock, so the same facts
// always give the same answers, in the same order.
package finding

import (
	"slices"

	"assay/internal/errkind"
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
	Licences     map[string]*fact.Licences
	Adopters     map[string]*fact.Adopters
	Maintainers  map[string]*fact.Maintainers
	Policies     map[string]*fact.Policy
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

// Options say how questions are answered, whatever the language asked about.
type Options struct {
	// Scope is the set of repositories that figures are over; "" is
	// [fact.ScopeOrganisation].
	Scope fact.Scope
	// Thresholds; the zero value is [DefaultThresholds].
	Thresholds Thresholds
	// Limited: projects that the survey was told to leave out are in no answer, and
	// counted. Without it they are projects of which nothing is known.
	Limited bool
	// People tells the organisations of authors; without a table it has ours.
	People people.Resolver
	// Bots are the hashed names and addresses of authors that are bots, besides
	// those our own rules know.
	Bots map[string]bool
	// Persons are those of authors that are none, though our own rules call them
	// bots. They go before Bots.
	Persons map[string]bool
	// Health is the rules of health; nil is ours.
	Health *health.Rules
}

// WithDefaults fills in what is not given. Options that are not valid are
// errkind.Usage.
func (o Options) WithDefaults() (Options, error) {
	if o.Scope == "" {
		o.Scope = fact.ScopeOrganisation
	}
	if !slices.Contains(fact.Scopes(), o.Scope) {
		return o, errkind.Errorf(errkind.Usage, "scope %q is none of primary, listed, organisation", o.Scope)
	}
	if o.Thresholds == (Thresholds{}) {
		o.Thresholds = DefaultThresholds()
	}
	if s := o.Thresholds.ComponentShare; !(s > 0 && s <= 1) {
		return o, errkind.Errorf(errkind.Usage, "component share %v is not above 0 and at most 1", s)
	}
	if o.Health == nil {
		o.Health = health.Default()
	}
	var err error
	if o.People.Table == nil {
		o.People.Table, err = people.NewTable(nil)
	}
	return o, err
}
