// Package profile says what the projects of a landscape are, whatever language is
// asked about: maturity, repositories and how far they were read, documents,
// people, releases and health.
//
// [Of] makes the profile of every project, once. What a language is to them,
// package usage tells from it, for one language after another.
//
// Unknown is never zero. What no repository tells is null or an empty word, and
// what was read in part says so in its coverage.
package profile

import (
	"cmp"
	"slices"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
)

// A Landscape is the profile of the projects of a survey. Nobody changes it once
// it is made: the answers for every language point into it.
type Landscape struct {
	Facts    finding.Facts   // that it was made from
	Options  finding.Options // complete
	Coverage Coverage
	// Projects, by maturity (see [CompareMaturity]), then name.
	Projects []*Project
}

// Of makes the profile of every project of the survey. It fails with
// errkind.Usage when opts are not valid and errkind.Input when the survey has
// no landscape or catalogue.
func Of(facts finding.Facts, opts finding.Options) (*Landscape, error) {
	ix, err := newIndex(facts, opts)
	if err != nil {
		return nil, err
	}
	items, ids := facts.Survey.Landscape.Projects, facts.Survey.Landscape.IDs()
	found := make([]*Project, 0, len(items))
	for i := range items {
		if !ix.opts.Limited || !facts.Survey.LeavesOut(items[i].Name) {
			found = append(found, ix.project(&items[i], ids[i]))
		}
	}
	slices.SortStableFunc(found, func(a, b *Project) int {
		return cmp.Or(
			CompareMaturity(a.Maturity, b.Maturity),
			cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Name, b.Name),
		)
	})
	l := ix.of(found)
	l.Coverage.LeftOut = len(items) - len(found)
	return l, nil
}

// One makes the profile of a project of the survey's landscape, as Of does of all:
// the landscape that it gives holds no other.
func One(facts finding.Facts, opts finding.Options, item *fact.Project) (*Landscape, error) {
	ix, err := newIndex(facts, opts)
	if err != nil {
		return nil, err
	}
	return ix.of([]*Project{ix.project(item, facts.Survey.Landscape.IDOf(item))}), nil
}

// Keys are the names, as [fact.RepoID.Key], under which [One] looks for the measurements
// of a project of the survey's landscape: those of other repositories it does not need.
func Keys(s *fact.Survey, item *fact.Project) (map[string]bool, error) {
	ix, err := indexOf(finding.Facts{Survey: s})
	if err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for _, r := range ix.repositoriesOf(item) {
		found := Repository{ID: r.ID, FoundAs: r.FoundAs}
		if o := ix.outcomes[r.ID.Key()]; o != nil {
			found.Revision = o.Revision
		}
		for _, id := range found.names() {
			keys[id.Key()] = true
		}
	}
	return keys, nil
}

// of is the landscape of projects.
func (ix *index) of(projects []*Project) *Landscape {
	return &Landscape{Facts: ix.facts, Options: ix.opts, Coverage: CoverageOf(ix.facts.Survey, projects), Projects: projects}
}

// ComponentsOf are the components of a repository; nil when they are not known.
func (l *Landscape) ComponentsOf(r *Repository) *fact.Components {
	return measured(l.Facts.Components, r)
}

// PolicyOf is the policy of a repository; nil when it is not known, or not to be
// heard.
func (l *Landscape) PolicyOf(r *Repository) *fact.Policy {
	if !heard(r, l.Options) {
		return nil
	}
	return measured(l.Facts.Policies, r)
}

// heard reports whether what a repository says of itself is to be read: not that of
// a duplicate, nor of one beyond the scope asked for. Repositories without code are
// read too: many projects keep such files in a community repository.
func heard(r *Repository, opts finding.Options) bool {
	return r.State != Duplicate && r.Revision != nil && r.Scope.Within(opts.Scope)
}

// index gives the facts of a survey by what they are asked for.
type index struct {
	facts     finding.Facts
	opts      finding.Options
	landscape fact.Evidence
	outcomes  map[string]*fact.Outcome
	repos     map[projectKey][]*fact.Repository // the catalogue's order
	open      map[projectKey][]fact.Opening
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

// openingsOf says where a project may have repositories that nobody named.
func (ix *index) openingsOf(p *fact.Project) []fact.Opening {
	if own := ix.open[projectKey{p.Name, p.Lines["name"]}]; len(own) > 0 {
		return own
	}
	return ix.open[projectKey{name: p.Name}]
}

func newIndex(facts finding.Facts, opts finding.Options) (*index, error) {
	opts, err := opts.WithDefaults()
	if err != nil {
		return nil, err
	}
	ix, err := indexOf(facts)
	if err != nil {
		return nil, err
	}
	ix.opts = opts
	return ix, nil
}

// indexOf is the index for questions without options.
func indexOf(facts finding.Facts) (*index, error) {
	s := facts.Survey
	if s == nil || s.Landscape == nil || s.Catalog == nil {
		return nil, errkind.Errorf(errkind.Input, "the survey holds no landscape or no catalogue of repositories")
	}
	ix := &index{
		facts:     facts,
		landscape: s.Landscape.Evidence,
		outcomes:  make(map[string]*fact.Outcome, len(s.Outcomes)),
		repos:     make(map[projectKey][]*fact.Repository, len(s.Landscape.Projects)),
		open:      map[projectKey][]fact.Opening{},
	}
	for _, o := range s.Catalog.Open {
		key := projectKey{o.Project, o.ProjectLine}
		ix.open[key] = append(ix.open[key], o)
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

// names are the names a repository goes by: its own, that of its mirror, and that of
// the revision.
func (r *Repository) names() []fact.RepoID {
	names := []fact.RepoID{r.ID, r.FoundAs}
	if r.Revision != nil {
		names = append(names, r.Revision.Repo)
	}
	return slices.DeleteFunc(names, func(id fact.RepoID) bool { return id == "" })
}

// measured looks a measurement up under the names of a repository.
func measured[T any](facts map[string]*T, r *Repository) *T {
	for _, id := range r.names() {
		if f := facts[id.Key()]; f != nil {
			return f
		}
	}
	return nil
}
