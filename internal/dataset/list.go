package dataset

import (
	"cmp"
	"context"
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
	projects, err := Rows[Project](ctx, s, nil)
	if err != nil {
		return nil, err
	}
	where := map[string][]any{"scope": {string(h.Scope)}, "language": {language, usage.Other}}
	usages, err := Rows[Usage](ctx, s, where)
	if err != nil {
		return nil, err
	}
	delete(where, "scope")
	works, err := Rows[LanguageWork](ctx, s, where)
	if err != nil {
		return nil, err
	}
	of, by := map[string]*Usage{}, map[string]*LanguageWork{}
	for i := range usages {
		if u := &usages[i]; of[u.Project] == nil || u.Language == language {
			of[u.Project] = u
		}
	}
	for i := range works {
		if w := &works[i]; by[w.Project] == nil || w.Language == language {
			by[w.Project] = w
		}
	}
	slices.SortFunc(projects, func(a, b Project) int { return cmp.Compare(a.Position, b.Position) })
	rows := make([]usage.Row, 0, len(projects))
	for i := range projects {
		if p := &projects[i]; !h.leaves(p.ID, limited) {
			rows = append(rows, listed(p, of[p.ID], by[p.ID]))
		}
	}
	return rows, nil
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
