package usage

import (
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
)

// ScopeQuantities are the figures of a project for the language over a scope, each
// with the bounds that what was not read leaves it.
type ScopeQuantities struct {
	Class quantity.Of[Class] `json:"class"`
	// Files, Bytes and Code lines of the language; Total bytes of all languages.
	Files quantity.Of[int]     `json:"files"`
	Bytes quantity.Of[int64]   `json:"bytes"`
	Code  quantity.Of[int64]   `json:"code_lines"`
	Total quantity.Of[int64]   `json:"total_bytes"`
	Share quantity.Of[float64] `json:"share"`
	// Packages of product role in the language.
	Packages quantity.Of[int] `json:"packages"`
	// Adopted is when the language came to stay.
	Adopted quantity.Of[fact.Date] `json:"adopted"`
}

// LanguageQuantities are the figures of a project for the language over the scope
// asked for.
type LanguageQuantities struct {
	ScopeQuantities
	// Commits of people that touched the language, and their authors, in the year.
	PartCommitsYear quantity.Of[int] `json:"language_commits_year"`
	PartAuthorsYear quantity.Of[int] `json:"language_authors_year"`
}

// Quantities are the figures of a project: those for the language, and the profile's,
// which depend on none.
type Quantities struct {
	LanguageQuantities
	profile.Quantities
}

// bound gives the figures over the repositories of a judge their bounds: those of the
// language, and the class, which is given.
func (j *judge) bound(class quantity.Of[Class]) ScopeQuantities {
	var files []quantity.Of[int]
	var bytes, code, rest []quantity.Of[int64]
	for _, r := range j.repos {
		own, others := r.gaps(j.language)
		files = append(files, tree(r.Repository, r.Figures.Files, own))
		bytes = append(bytes, tree(r.Repository, r.Figures.Bytes, own))
		rest = append(rest, tree(r.Repository, r.Figures.Total-r.Figures.Bytes, others))
		if !r.Figures.LinesComplete() {
			own.Partial++
		}
		code = append(code, tree(r.Repository, r.Figures.Code, own))
	}
	for _, u := range j.unread() {
		files = append(files, u)
		bytes = append(bytes, quantity.Unknown[int64](u.Missing))
		code = append(code, quantity.Unknown[int64](u.Missing))
		rest = append(rest, quantity.Unknown[int64](u.Missing))
	}
	of, others := quantity.Sum(bytes...), quantity.Sum(rest...)
	return ScopeQuantities{
		Class: class, Files: quantity.Sum(files...), Bytes: of, Code: quantity.Sum(code...),
		Total: quantity.Sum(of, others), Share: quantity.Share(of, others),
	}
}

// unread is the unknown part of a count: repositories that were not read, or that
// nobody knows; none where there is no such part.
func (j *judge) unread() []quantity.Of[int] {
	gap := j.coverage.Gap()
	gap.Partial, gap.Stale, gap.Since, gap.Files = 0, 0, "", 0
	if gap.IsZero() && len(j.repos) > 0 {
		return nil
	}
	return []quantity.Of[int]{quantity.Unknown[int](gap)}
}

// tree is a figure of the tree of a repository. A tree of before the day says
// nothing certain of the day.
func tree[T int | int64](r *profile.Repository, n T, gap quantity.Gap) quantity.Of[T] {
	if r.Stale {
		return quantity.Read(n, gap)
	}
	return quantity.More(n, gap)
}

// gaps are what is missing of the tree of a repository for the language, and for
// the others. A missing file whose path tells its language is missing for that
// one alone.
func (r *Repository) gaps(language string) (own, others quantity.Gap) {
	if r.Stale {
		own.Stale, own.Since = 1, r.Horizon
	}
	others = own
	own.Files, others.Files = r.Missing, r.Missing
	if by := r.Composition.MissingLanguages; by != nil {
		own.Files, others.Files = by[language]+by[""], r.Missing-by[language]
	}
	return own, others
}

// scopeQuantities bounds the figures of a project over the scope that j is of.
func (q *question) scopeQuantities(j *judge, class quantity.Of[Class]) ScopeQuantities {
	out := j.bound(class)
	out.Packages = boundPackages(q.components(j.repos), j)
	out.Adopted = boundAdoption(q.adoption(j.repos), j.coverage.Gap())
	return out
}

// quantities bounds the figures of a project over the scope asked for, of which those
// that every scope has are given.
func quantities(p *Project, over ScopeQuantities) Quantities {
	out := Quantities{LanguageQuantities{ScopeQuantities: over}, p.Project.Quantities}
	gap := p.Coverage.Gap()
	out.PartCommitsYear, out.PartAuthorsYear = quantity.Unknown[int](gap), quantity.Unknown[int](gap)
	if a := p.Activity; a != nil {
		history := p.Project.Quantities.CommitsYear.Missing
		out.PartCommitsYear = quantity.More(a.Part.YearCommits, history)
		out.PartAuthorsYear = quantity.More(a.Part.YearAuthors, history)
	}
	return out
}

// boundPackages bounds the number of packages of product role. A stale tree may
// have lost some.
func boundPackages(components []Component, j *judge) quantity.Of[int] {
	n := map[fact.RepoID]int{}
	for i := range components {
		if c := &components[i]; c.IsPackage() && c.Role == fact.RoleProduct {
			n[c.Repo]++
		}
	}
	var all []quantity.Of[int]
	for _, r := range j.repos {
		own, _ := r.gaps(j.language)
		if j.components[r.ID.Key()] == nil {
			own.Partial++
			all = append(all, quantity.Unknown[int](own))
			continue
		}
		own.Files = 0 // manifests are small
		all = append(all, tree(r.Repository, n[r.ID], own))
	}
	return quantity.Sum(append(all, j.unread()...)...)
}

// boundAdoption bounds the day on which the language came to stay.
func boundAdoption(t *Trend, gap quantity.Gap) quantity.Of[fact.Date] {
	gap.Files = 0 // the history of names tells it
	if t == nil {
		return quantity.Unknown[fact.Date](gap)
	}
	if t.Repositories < t.Of {
		gap.Partial += t.Of - t.Repositories
	}
	out := quantity.Of[fact.Date]{Missing: gap}
	if t.Adoption != nil {
		out.Value = &t.Adoption.Date
	}
	if t.certain != "" {
		out.Upper = &t.certain
	}
	if gap.IsZero() {
		out.Lower, out.Upper = out.Value, out.Value
	}
	return out
}

// bounds bounds the class. With something missing only rules that look at a
// single repository settle anything, where it was read whole and for the day.
func (j *judge) bounds(class Class) quantity.Of[Class] {
	gap := j.coverage.Gap()
	switch {
	case class == Unknown:
		return quantity.Unknown[Class](gap)
	case gap.IsZero():
		return quantity.Exact(class)
	}
	floor := None
	for _, r := range j.repos {
		floor = max(floor, j.floor(r))
	}
	return quantity.Between(class, floor, Core, gap)
}

// floor is the class that a repository settles by itself.
func (j *judge) floor(r *Repository) Class {
	_, rivals := r.gaps(j.language)
	whole := rivals.IsZero()
	switch {
	case r.Stale || r.Figures.Bytes == 0:
		return None
	case whole && !r.Meta && r.Reason == fact.Primary && r.leads:
		return Core
	case whole && !r.Meta && (r.Mainly || len(mainParts(r, j.components[r.ID.Key()], j.language)) > 0):
		return Part
	}
	return Trace
}
