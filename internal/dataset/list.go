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
	l, err := s.Lists(ctx, limited, language)
	if err != nil {
		return nil, err
	}
	return l.Of(language), nil
}

// Lists are the rows of tables for one language after another, read once.
type Lists struct {
	projects []Project
	usages   map[key]*Usage
	works    map[key]*LanguageWork
}

// A key is a language in a project.
type key struct{ project, language string }

// Lists reads what [Lists.Of] needs: for all languages, or for those that are named.
func (s *Set) Lists(ctx context.Context, limited bool, languages ...string) (*Lists, error) {
	h, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	projects, err := Rows[Project](ctx, s, nil)
	if err != nil {
		return nil, err
	}
	where := map[string][]any{}
	for _, l := range languages {
		where["language"] = append(where["language"], l)
	}
	if len(languages) > 0 {
		where["language"] = append(where["language"], usage.Other)
	}
	works, err := Rows[LanguageWork](ctx, s, where)
	if err != nil {
		return nil, err
	}
	where["scope"] = []any{string(h.Scope)}
	usages, err := Rows[Usage](ctx, s, where)
	if err != nil {
		return nil, err
	}
	l := &Lists{usages: map[key]*Usage{}, works: map[key]*LanguageWork{}}
	for i := range usages {
		l.usages[key{usages[i].Project, usages[i].Language}] = &usages[i]
	}
	for i := range works {
		l.works[key{works[i].Project, works[i].Language}] = &works[i]
	}
	slices.SortFunc(projects, func(a, b Project) int { return cmp.Compare(a.Position, b.Position) })
	l.projects = slices.DeleteFunc(projects, func(p Project) bool { return h.leaves(p.ID, limited) })
	return l, nil
}

// Of gives a row for every project, in the order of reports, for a language by
// linguist's name.
func (l *Lists) Of(language string) []usage.Row {
	rows := make([]usage.Row, 0, len(l.projects))
	for i := range l.projects {
		rows = append(rows, l.row(&l.projects[i], language))
	}
	return rows
}

// One gives the row of a project, by its identifier; nil where there is no such project.
func (l *Lists) One(project, language string) *usage.Row {
	i := slices.IndexFunc(l.projects, func(p Project) bool { return p.ID == project })
	if i < 0 {
		return nil
	}
	r := l.row(&l.projects[i], language)
	return &r
}

func (l *Lists) row(p *Project, language string) usage.Row {
	of, other := key{p.ID, language}, key{p.ID, usage.Other}
	return listed(p, cmp.Or(l.usages[of], l.usages[other]), cmp.Or(l.works[of], l.works[other]))
}

// Languages are those that something of a project is in, by name.
func (l *Lists) Languages() []string {
	found := map[string]bool{}
	for k := range l.usages {
		found[k.language] = true
	}
	delete(found, usage.Other)
	return slices.Sorted(maps.Keys(found))
}

// Overviews are the languages that any project has something of, by name, each with what
// it is to all projects, or to those alone that the survey was limited to.
func (s *Set) Overviews(ctx context.Context, limited bool) ([]usage.Overview, error) {
	l, err := s.Lists(ctx, limited)
	if err != nil {
		return nil, err
	}
	languages := l.Languages()
	all := make([]usage.Overview, 0, len(languages))
	for _, language := range languages {
		all = append(all, usage.OverviewOf(language, l.Of(language)))
	}
	return all, nil
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
