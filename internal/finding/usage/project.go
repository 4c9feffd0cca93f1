package usage

import (
	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
)

// A Project is everything that was found of a project for the language.
type Project struct {
	*profile.Project

	Verdict
	// Figures over the scope asked for; null when nothing could be read.
	Figures *Figures `json:"figures"`
	// Scopes gives figures and class for every scope.
	Scopes []ScopeFigures `json:"scopes"`
	// Languages of the scope, most bytes first.
	Languages []LanguageBytes `json:"languages"`

	// Coverage, Releases and Health are the profile's, at their place in the JSON
	// form. Repositories, Documents and Activity are the profile's with what the
	// language adds to them.

	Coverage     profile.ProjectCoverage `json:"coverage"`
	Repositories []Repository            `json:"repositories"` // of every scope
	Components   []Component             `json:"components"`   // in the language, not vendored
	Packages     Packages                `json:"packages"`
	Documents    Documents               `json:"documents"`
	Activity     *Activity               `json:"activity"`
	Releases     *profile.Releases       `json:"releases"`
	Trend        *Trend                  `json:"trend"`
	Health       health.Health           `json:"health"`
	Quantities   Quantities              `json:"quantities"`
}

// ScopeFigures are the figures of a project over one scope.
type ScopeFigures struct {
	Scope      fact.Scope              `json:"scope"`
	Verdict                            // the class over this scope
	Figures    *Figures                `json:"figures"`
	Coverage   profile.ProjectCoverage `json:"coverage"`
	Quantities ScopeQuantities         `json:"quantities"`
}

// InScope lists the repositories that are in the figures, in order.
func (p *Project) InScope() []Repository {
	var found []Repository
	for i := range p.Repositories {
		if p.Repositories[i].Counted {
			found = append(found, p.Repositories[i])
		}
	}
	return found
}

// Replaced lists the repositories with more than one line of history.
func (p *Project) Replaced() []Repository {
	var found []Repository
	for i := range p.Repositories {
		if p.Repositories[i].Replaced() {
			found = append(found, p.Repositories[i])
		}
	}
	return found
}

// ScopeOf gives the figures over one scope.
func (p *Project) ScopeOf(s fact.Scope) ScopeFigures {
	for _, f := range p.Scopes {
		if f.Scope == s {
			return f
		}
	}
	return ScopeFigures{Scope: s}
}

func (q *question) project(of *profile.Project) Project {
	p := Project{
		Project: of, Coverage: of.Coverage, Repositories: q.repositories(of), Documents: q.documents(of),
		Activity: q.activity(of), Releases: of.Releases, Health: of.Health,
	}
	var asked ScopeQuantities // over the scope that is asked about
	for _, s := range fact.Scopes() {
		j := q.judge(&p, s)
		sf := ScopeFigures{Scope: s, Verdict: j.verdict(), Coverage: j.coverage}
		if len(j.repos) > 0 {
			sf.Figures = j.sum.figures()
		}
		sf.Quantities = q.scopeQuantities(j, sf.Bounds)
		p.Scopes = append(p.Scopes, sf)
		if s == q.landscape.Options.Scope {
			p.Verdict, p.Figures, p.Languages = sf.Verdict, sf.Figures, j.sum.ordered()
			p.Components = q.components(j.repos)
			asked = sf.Quantities
		}
	}
	p.Packages = packages(p.Components)
	p.Trend = q.trend(p.counted())
	p.Quantities = quantities(&p, asked)
	if p.Trend != nil {
		p.Trend.Missing = p.Coverage.Gap()
	}
	return p
}

// counted lists the repositories that are in the figures.
func (p *Project) counted() []*Repository {
	var repos []*Repository
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Counted {
			repos = append(repos, r)
		}
	}
	return repos
}

// judge gathers what a class over a scope is decided from.
func (q *question) judge(p *Project, scope fact.Scope) *judge {
	j := &judge{
		language: q.language, scope: scope, thresholds: q.thresholds,
		components: map[string]*fact.Components{}, sum: newTally(), coverage: p.CoverageOver(scope),
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		if !r.Scope.Within(scope) || r.State != profile.Read || !r.IsCode() {
			continue
		}
		j.repos = append(j.repos, r)
		j.components[r.ID.Key()] = q.landscape.ComponentsOf(r.Repository)
		j.sum.addComposition(r.Composition, q.language)
	}
	return j
}
