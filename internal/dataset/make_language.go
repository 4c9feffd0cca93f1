package dataset

import (
	"cmp"
	"maps"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

func (w *writer) usages(p *profile.Project, a *answered) {
	for k, scope := range fact.Scopes() {
		for _, language := range a.languages {
			w.usage(p, scope, language, &a.of[language].Scopes[k])
		}
	}
}

func (w *writer) usage(p *profile.Project, scope fact.Scope, language string, s *usage.ScopeAnswer) {
	q, read := &s.Quantities, p.CoverageOver(scope)
	row := Usage{
		Project: p.ID, Scope: scope, Language: language, Class: q.Class, Incomplete: s.Incomplete, Files: q.Files, Bytes: q.Bytes,
		Code: q.Code, Total: q.Total, Share: q.Share, Packages: q.Packages, Adopted: q.Adopted,
		Repositories: read.Repositories, Read: read.Read, Evidence: first(s.Because[0].Evidence),
	}
	if f := s.Figures; f != nil {
		row.Product, row.Test, row.Example, row.LineFiles, row.Comment, row.Blank = &f.Product, &f.Test, &f.Example, &f.LineFiles, &f.Comment, &f.Blank
	}
	put(w, &row)
}

func first(all []fact.Evidence) fact.Evidence {
	if len(all) == 0 {
		return fact.Evidence{}
	}
	return all[0]
}

func (w *writer) rules(p *profile.Project, a *answered) {
	for k, scope := range fact.Scopes() {
		for _, language := range a.languages {
			for i, b := range a.of[language].Scopes[k].Because {
				put(w, &Rule{
					Project: p.ID, Scope: scope, Language: language, Position: i + 1, Rule: b.Rule, Text: b.Text, Bytes: b.Bytes,
					Total: b.Total, Evidence: first(b.Evidence),
				})
			}
		}
	}
}

func (w *writer) work(p *profile.Project, a *answered) {
	for _, language := range a.languages {
		x := a.of[language]
		row := LanguageWork{Project: p.ID, Language: language, CommitsYear: x.PartCommitsYear, AuthorsYear: x.PartAuthorsYear}
		if x.Work != nil {
			row.Commits, row.Authors = &x.Work.Commits, &x.Work.Authors
			if x.Work.YearCommits > 0 {
				row.AbsenceFactor = &x.Work.AbsenceFactor
			}
		}
		if t := x.Trend; t != nil {
			row.Tenth, row.Half = t.Tenth, t.Half
			if t.Peak != nil {
				row.PeakMonth, row.PeakShare = t.Peak.Month, t.Peak.Share
			}
		}
		put(w, &row)
	}
}

// monthly writes the languages of a project month by month.
func (w *writer) monthly(p *profile.Project, a *answered) {
	t := a.common.Trend
	if t == nil {
		return
	}
	exact := t.Missing.IsZero() && t.Repositories == t.Of
	for i, point := range t.Points {
		for _, language := range a.languages {
			of := a.of[language].Trend
			if n := i - of.From; n >= 0 && n < len(of.Bytes) && of.Bytes[n] > 0 {
				put(w, &CompositionMonth{
					Project: p.ID, Month: point.Month, Language: language, Bytes: of.Bytes[n],
					Share: float64(of.Bytes[n]) / float64(point.Total), Exact: exact && point.Missing == 0,
				})
			}
		}
	}
}

func (w *writer) reasons(p *profile.Project, a *answered) {
	for _, language := range a.languages {
		for i, r := range a.of[language].Reasons {
			put(w, &Reason{Project: p.ID, Language: language, Position: i + 1, Text: r.Text, Evidence: r.Evidence})
		}
	}
}

// once calls f with the repositories of the landscape that were measured, each once
// however many projects have it, in the order of their keys.
func once(l *profile.Landscape, f func(*profile.Repository)) {
	repos := map[string]*profile.Repository{}
	for _, p := range l.Projects {
		for i := range p.Repositories {
			r := &p.Repositories[i]
			if have := repos[r.ID.Key()]; have == nil || have.State == profile.Duplicate {
				repos[r.ID.Key()] = r
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(repos)) {
		if r := repos[key]; r.Revision != nil {
			f(r)
		}
	}
}

// A cellKey is what the files of a row of the composition have in common.
type cellKey struct {
	language string
	role     fact.Role
	counted  bool
}

// compositions writes what is in the repositories, whatever the component.
func (w *writer) compositions(r *profile.Repository) {
	if r.Composition == nil {
		return
	}
	rows := map[cellKey]*Composition{}
	var keys []cellKey
	for i := range r.Composition.Cells {
		c := &r.Composition.Cells[i]
		key := cellKey{c.Language, c.Role, c.Counted}
		row := rows[key]
		if row == nil {
			row = &Composition{
				Repository: r.ID, Language: c.Language, Role: c.Role, Counted: c.Counted, Type: c.Type, Commit: r.Revision.Commit,
				Incomplete: r.Composition.Missing > 0 || r.Stale,
			}
			rows[key] = row
			keys = append(keys, key)
		}
		row.Files += c.Files
		row.Bytes += c.Bytes
		row.LineFiles += c.LineFiles
		row.Code += c.Code
		row.Comment += c.Comment
		row.Blank += c.Blank
	}
	slices.SortFunc(keys, compareCells)
	for _, key := range keys {
		put(w, rows[key])
	}
}

func compareCells(a, b cellKey) int {
	return cmp.Or(cmp.Compare(a.language, b.language), cmp.Compare(a.role, b.role), cmp.Compare(rank(a.counted), rank(b.counted)))
}

// rank orders what does not count before what does.
func rank(counted bool) int {
	if counted {
		return 1
	}
	return 0
}

func (w *writer) components(l *profile.Landscape, r *profile.Repository) {
	c := l.ComponentsOf(r)
	if c == nil {
		return
	}
	for i := range c.Components {
		x := &c.Components[i]
		row := Component{
			Repository: r.ID, Position: i + 1, Ecosystem: x.Ecosystem, Name: x.Name, Version: x.Version, Path: x.Path,
			Language: x.Language, Role: x.Role, Kinds: x.Kinds, Licence: x.License, Published: x.Published, Edition: x.Edition,
			MinVersion: x.MinVersion, Runtimes: x.Runtime, Evidence: r.Line(x.Manifest, x.Line),
		}
		if u := x.Unsafe; u != nil {
			row.UnsafeBlocks, row.UnsafeFunctions = &u.Blocks, &u.Fns
		}
		put(w, &row)
	}
}

func (w *writer) adoptions(l *profile.Landscape, r *profile.Repository) {
	t := l.Facts.Timelines[r.ID.Key()]
	if t == nil {
		return
	}
	for _, a := range t.Adoptions {
		put(w, &Adoption{Repository: r.ID, Language: a.Language, At: a.Commit.At, Path: a.Path, Commit: a.Commit.Commit})
	}
}

func (w *writer) releases(l *profile.Landscape) {
	once(l, func(r *profile.Repository) {
		all := l.Facts.Releases[r.ID.Key()]
		if all == nil {
			return
		}
		for i := range all.Releases {
			x := &all.Releases[i]
			put(w, &Release{
				Repository: r.ID, Tag: x.Tag, Position: i + 1, Series: x.Series, Version: x.Version, Pre: x.Pre, Kind: x.Kind,
				At: x.At, Commit: x.Commit,
			})
		}
	})
}
