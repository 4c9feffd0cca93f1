// Package usage says what a language is to the projects of a landscape: how much
// of it is in each, which class that makes, since when, where, and how each
// figure came about.
//
// [Find] answers for every project of a landscape at once and is what reports
// are made of; [Findings.List] gives rows for a table.
//
// Unknown is never zero. A project none of whose repositories could be read has
// no figures (a nil [Figures]) and the class unknown; a project read in part
// keeps its figures, and its verdict says that they are incomplete.
package usage

import (
	"cmp"
	"slices"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/health"
	"assay/internal/people"
)

// Findings is the answer for every project of a landscape.
type Findings struct {
	Language   string             `json:"language"`
	Scope      fact.Scope         `json:"scope"`
	Thresholds finding.Thresholds `json:"thresholds"`
	Coverage   Coverage           `json:"coverage"`
	Summary    Summary            `json:"summary"`
	// Projects, by maturity (see [CompareMaturity]), then name.
	Projects []Project `json:"projects"`
	// Growth by year of acceptance, over the projects of class core and component.
	Growth []Year `json:"growth"`
}

// Find answers opts for every project of the survey. It fails with
// errkind.Usage when opts is not valid and errkind.Input when the survey has
// no landscape or catalogue.
func Find(facts finding.Facts, opts finding.Options) (*Findings, error) {
	return find(facts, opts, func(l *fact.Landscape) ([]fact.Project, error) { return l.Projects, nil })
}

// FindOne answers opts for the project that a person means by name, as Find
// does for all; the sums are of that project alone. An unknown project is
// errkind.NotFound.
func FindOne(facts finding.Facts, opts finding.Options, name string) (*Findings, error) {
	return find(facts, opts, func(l *fact.Landscape) ([]fact.Project, error) {
		p, err := FindProject(l, name)
		if err != nil {
			return nil, err
		}
		return []fact.Project{*p}, nil
	})
}

func find(facts finding.Facts, opts finding.Options, choose func(*fact.Landscape) ([]fact.Project, error)) (*Findings, error) {
	opts, err := withDefaults(opts)
	if err != nil {
		return nil, err
	}
	ix, err := newIndex(facts)
	if err != nil {
		return nil, err
	}
	items, err := choose(facts.Survey.Landscape)
	if err != nil {
		return nil, err
	}
	f := &Findings{Language: opts.Language, Scope: opts.Scope, Thresholds: opts.Thresholds, Projects: []Project{}}
	for i := range items {
		f.Projects = append(f.Projects, ix.project(&items[i], opts))
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

func withDefaults(o finding.Options) (finding.Options, error) {
	if o.Scope == "" {
		o.Scope = fact.ScopeOrganisation
	}
	if !slices.Contains(fact.Scopes(), o.Scope) {
		return o, errkind.Errorf(errkind.Usage, "scope %q is none of primary, listed, organisation", o.Scope)
	}
	if o.Thresholds == (finding.Thresholds{}) {
		o.Thresholds = finding.DefaultThresholds()
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
	facts     finding.Facts
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

func newIndex(facts finding.Facts) (*index, error) {
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
