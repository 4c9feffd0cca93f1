// Package finding turns facts into answers: how much of a language is in a
// project, which class that makes, since when, where, and how each figure came
// about.
//
// Everything here is a pure function of a survey and its measurements. Nothing
// reads a repository, the network or the clock, so the same facts always give
// the same answers, in the same order.
//
// [Find] answers for every project of a landscape at once and is what reports
// are made of; [Explain] gives the chain behind a single figure, down to
// commits and paths; [List] gives rows for a table.
//
// Unknown is never zero. A project none of whose repositories could be read has
// no figures (a nil [Figures]) and the class unknown; a project read in part
// keeps its figures, and its verdict says that they are incomplete.
package finding

import (
	"cmp"
	"slices"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/people"
)

// Facts is what a survey found: the survey itself and the measurements of its
// repositories, by [fact.RepoID.Key]. A measurement that is not there is
// unknown. Find and Explain never change what they are given.
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
	// Language is linguist's name of the language, as [Language] gives it.
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

// Findings is the answer for every project of a landscape.
type Findings struct {
	Language   string     `json:"language"`
	Scope      fact.Scope `json:"scope"`
	Thresholds Thresholds `json:"thresholds"`
	Coverage   Coverage   `json:"coverage"`
	Summary    Summary    `json:"summary"`
	// Projects, by maturity (see [CompareMaturity]), then name.
	Projects []Project `json:"projects"`
	// Growth by year of acceptance, over the projects of class core and component.
	Growth []Year `json:"growth"`
}

// Find answers opts for every project of the survey. It fails with
// errkind.Usage when opts is not valid and errkind.Input when the survey has
// no landscape or catalogue.
func Find(facts Facts, opts Options) (*Findings, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	ix, err := newIndex(facts)
	if err != nil {
		return nil, err
	}
	f := &Findings{Language: opts.Language, Scope: opts.Scope, Thresholds: opts.Thresholds, Projects: []Project{}}
	for i := range facts.Survey.Landscape.Projects {
		f.Projects = append(f.Projects, ix.project(&facts.Survey.Landscape.Projects[i], opts))
	}
	slices.SortStableFunc(f.Projects, func(a, b Project) int {
		return cmp.Or(
			CompareMaturity(a.Maturity, b.Maturity),
			cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Name, b.Name),
		)
	})
	f.Coverage = coverage(facts.Survey, f.Projects)
	f.Summary = summarise(f.Projects)
	f.Growth = growth(f.Projects)
	return f, nil
}

func (o Options) withDefaults() (Options, error) {
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
	lang, err := Language(o.Language)
	o.Language = lang
	if err == nil && o.People.Table == nil {
		o.People.Table, err = people.NewTable(nil)
	}
	return o, err
}

// index gives the facts of a survey by what they are asked for.
type index struct {
	facts     Facts
	landscape fact.Evidence
	outcomes  map[string]*fact.Outcome
	repos     map[projectKey][]*fact.Repository // the catalogue's order
}

// A projectKey is the name of a project and, in the catalogue's repositories of
// one that shares it with another, the line of the name in the landscape.
type projectKey struct {
	name string
	line int
}

// repositoriesOf are the catalogue's repositories of a project.
func (ix *index) repositoriesOf(p *fact.Project) []*fact.Repository {
	if own := ix.repos[projectKey{p.Name, p.Lines["name"]}]; len(own) > 0 {
		return own
	}
	return ix.repos[projectKey{name: p.Name}]
}

func newIndex(facts Facts) (*index, error) {
	s := facts.Survey
	if s == nil || s.Landscape == nil || s.Catalog == nil {
		return nil, errkind.Errorf(errkind.Input, "the survey holds no landscape or no catalogue of repositories")
	}
	ix := &index{
		facts:     facts,
		landscape: s.Landscape.Evidence,
		outcomes:  make(map[string]*fact.Outcome, len(s.Outcomes)),
		repos:     make(map[projectKey][]*fact.Repository, len(s.Landscape.Projects)),
	}
	for i := range s.Outcomes {
		ix.outcomes[s.Outcomes[i].Repo.Key()] = &s.Outcomes[i]
	}
	for i := range s.Catalog.Repositories {
		r := &s.Catalog.Repositories[i]
		key := projectKey{r.Project, r.ProjectLine}
		ix.repos[key] = append(ix.repos[key], r)
	}
	return ix, nil
}

// measured looks a measurement up under the names a repository goes by: its
// own, that of its mirror, and that of the revision.
func measured[T any](facts map[string]*T, r *fact.Repository, rev *fact.Revision) *T {
	names := []fact.RepoID{r.ID, r.FoundAs}
	if rev != nil {
		names = append(names, rev.Repo)
	}
	for _, id := range names {
		if f := facts[id.Key()]; id != "" && f != nil {
			return f
		}
	}
	return nil
}
