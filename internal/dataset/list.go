package dataset

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"assay/internal/ask"
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// List gives a row for every project of the landscape, or of those alone that the survey
// was limited to, in the order of reports, for a language, by linguist's name or an alias.
// An unknown language is errkind.Usage.
func (s *Set) List(ctx context.Context, language string, limited bool) ([]usage.Row, error) {
	language, err := ask.Language(language)
	if err != nil {
		return nil, err
	}
	h, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	l := &lists{head: h, limited: limited}
	where := map[string][]any{"scope": {string(h.Scope)}, "language": {language, usage.Other}}
	if err := l.read(ctx, s, where); err != nil {
		return nil, err
	}
	delete(where, "scope")
	works, err := Rows[LanguageWork](ctx, s, where)
	if err != nil {
		return nil, err
	}
	by := map[string]*LanguageWork{}
	for i := range works {
		if w := &works[i]; by[w.Project] == nil || w.Language == language {
			by[w.Project] = w
		}
	}
	return l.of(language, by), nil
}

// Overviews are the languages that any project has something of, by name, each with what
// it is to all projects, or to those alone that the survey was limited to.
func (s *Set) Overviews(ctx context.Context, limited bool) ([]usage.Overview, error) {
	h, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	l := &lists{head: h, limited: limited}
	if err := l.read(ctx, s, map[string][]any{"scope": {string(h.Scope)}}); err != nil {
		return nil, err
	}
	languages := map[string]bool{}
	for _, of := range l.usages {
		for language := range of {
			languages[language] = language != usage.Other
		}
	}
	all := make([]usage.Overview, 0, len(languages))
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		if languages[language] {
			all = append(all, usage.OverviewOf(language, l.of(language, nil)))
		}
	}
	return all, nil
}

// lists are what lists of projects for languages are made from.
type lists struct {
	head     *Head
	limited  bool
	projects []Project
	// usages by project and language.
	usages map[string]map[string]*Usage
}

// read reads the projects, and what languages are to them.
func (l *lists) read(ctx context.Context, s *Set, where map[string][]any) (err error) {
	if l.projects, err = Rows[Project](ctx, s, nil); err != nil {
		return err
	}
	usages, err := Rows[Usage](ctx, s, where)
	if err != nil {
		return err
	}
	slices.SortFunc(l.projects, func(a, b Project) int { return cmp.Compare(a.Position, b.Position) })
	l.usages = map[string]map[string]*Usage{}
	for i := range usages {
		u := &usages[i]
		if l.usages[u.Project] == nil {
			l.usages[u.Project] = map[string]*Usage{}
		}
		l.usages[u.Project][u.Language] = u
	}
	return nil
}

// of are the rows for a language. The work on it may be nil.
func (l *lists) of(language string, work map[string]*LanguageWork) []usage.Row {
	rows := make([]usage.Row, 0, len(l.projects))
	for i := range l.projects {
		p := &l.projects[i]
		u := cmp.Or(l.usages[p.ID][language], l.usages[p.ID][usage.Other])
		if u != nil && !l.head.leaves(p.ID, l.limited) {
			rows = append(rows, listed(p, u, cmp.Or(work[p.ID], &LanguageWork{})))
		}
	}
	return rows
}

// listed is the row of a project.
func listed(p *Project, u *Usage, w *LanguageWork) usage.Row {
	verdict := usage.Verdict{Class: u.Class.Or(usage.Unknown), Bounds: u.Class, Incomplete: u.Incomplete}
	r := usage.Row{
		ID: p.ID, Project: p.Name, Maturity: p.Maturity, Class: verdict.Class, Incomplete: u.Incomplete, Accepted: p.Accepted,
		FocusArea: p.FocusArea, Read: p.Read, Repositories: p.Repositories, Cadence: p.Cadence, Health: p.Health,
		HealthBest: p.HealthBest, Evidence: p.Evidence.Link(), ClassCell: verdict.Cell(),
		CadenceCell: profile.CadenceCell(p.Cadence, p.ReleaseDays),
		Quantities: usage.Quantities{
			LanguageQuantities: usage.LanguageQuantities{
				ScopeQuantities: usage.ScopeQuantities{
					Class: u.Class, Files: u.Files, Bytes: u.Bytes, Code: u.Code, Total: u.Total, Share: u.Share, Packages: u.Packages,
					Adopted: u.Adopted,
				},
				PartCommitsYear: w.CommitsYear, PartAuthorsYear: w.AuthorsYear,
			},
			Quantities: p.Vital.quantities(),
		},
	}
	r.Coverage = p.Coverage.coverage()
	q := &r.Quantities
	r.Commits, r.Authors = q.CommitsYear.Value, q.AuthorsYear.Value
	r.Adopted = q.Adopted.Or(fact.Date(""))
	if u.LineFiles == nil { // nothing was read
		return r
	}
	r.Bytes, r.Share = u.Bytes.Value, u.Share.Value
	if *u.LineFiles > 0 || u.Files.Or(0) == 0 {
		r.Code = u.Code.Value
	}
	return r
}

// coverage is the coverage as the findings have it.
func (c *Coverage) coverage() profile.ProjectCoverage {
	return profile.ProjectCoverage{
		Repositories: c.Repositories, Read: c.Read, Absent: c.Absent, Failed: c.Failed, Unmeasured: c.Unmeasured, Empty: c.Empty,
		Partial: c.Partial, Other: c.Other, MissingFiles: c.MissingFiles, Stale: c.Stale, Since: c.Since, Open: c.Open,
	}
}

// quantities are the figures as the findings have them.
func (v *Vital) quantities() profile.Quantities {
	return profile.Quantities{
		CommitsYear: v.CommitsYear, CommitsQuarter: v.CommitsQuarter, CommitsAll: v.CommitsAll, BotsYear: v.BotsYear,
		MergesYear: v.MergesYear, ActiveMonths: v.ActiveMonths, AuthorsYear: v.AuthorsYear, NewAuthorsYear: v.NewAuthorsYear,
		AbsenceFactor: v.AbsenceFactor, OrganisationsYear: v.OrganisationsYear, ElephantFactor: v.ElephantFactor,
		FirstCommit: v.FirstCommit, LastCommit: v.LastCommit, LastActivity: v.LastActivity, ReleaseDays: v.ReleaseDays,
		LastRelease: v.LastRelease, Adopters: v.Adopters, Maintainers: v.Maintainers,
	}
}
