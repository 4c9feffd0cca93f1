package dataset

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"assay/internal/ask"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// Write makes the data set of a landscape, and puts its rows into the sink. It is a
// function of the findings alone: the same findings give the same rows in the same
// order.
func Write(sink Sink, l *profile.Landscape) error { return write(sink, l, answersOf(l)) }

func write(sink Sink, l *profile.Landscape, answers []*answered) error {
	w := &writer{sink: sink}
	w.survey(l)
	for i, p := range l.Projects {
		w.project(i+1, p, l.Facts.Survey.LeavesOut(p.Name))
	}
	each(w, l, (*writer).aliases)
	each(w, l, (*writer).milestones)
	for _, p := range l.Projects {
		w.repositories(l, p)
	}
	each(w, l, (*writer).memberships)
	for i, p := range l.Projects {
		w.usages(p, answers[i])
	}
	for i, p := range l.Projects {
		w.rules(p, answers[i])
	}
	for i, p := range l.Projects {
		w.work(p, answers[i])
	}
	once(l, w.compositions)
	for i, p := range l.Projects {
		w.monthly(p, answers[i])
	}
	once(l, func(r *profile.Repository) { w.components(l, r) })
	once(l, func(r *profile.Repository) { w.adoptions(l, r) })
	each(w, l, (*writer).people)
	each(w, l, (*writer).months)
	each(w, l, (*writer).organisations)
	w.releases(l)
	each(w, l, (*writer).health)
	each(w, l, (*writer).inputs)
	each(w, l, (*writer).licences)
	each(w, l, (*writer).maintainers)
	each(w, l, (*writer).adopters)
	for i, p := range l.Projects {
		w.reasons(p, answers[i])
	}
	each(w, l, (*writer).audits)
	each(w, l, (*writer).reviews)
	w.gaps(l)
	w.notes(l)
	w.numbered()
	w.answers(l, answers)
	return w.err
}

// each writes what f writes of every project.
func each(w *writer, l *profile.Landscape, f func(*writer, *profile.Project)) {
	for _, p := range l.Projects {
		f(w, p)
	}
}

// An answered is the answers for all languages of a project.
type answered struct {
	common    *usage.Common
	of        map[string]*usage.Answer
	languages []string // sorted
}

// answersOf answers for every language of every project, several at a time.
func answersOf(l *profile.Landscape) []*answered {
	all := make([]*answered, len(l.Projects))
	inParallel(len(all), func(i int) {
		a := &answered{}
		a.common, a.of = usage.Answers(l, l.Projects[i])
		a.languages = slices.Sorted(maps.Keys(a.of))
		all[i] = a
	})
	return all
}

func coverage(c *profile.ProjectCoverage) Coverage {
	return Coverage{
		Repositories: c.Repositories, Read: c.Read, Absent: c.Absent, Failed: c.Failed, Unmeasured: c.Unmeasured, Empty: c.Empty,
		Partial: c.Partial, Other: c.Other, MissingFiles: c.MissingFiles, Stale: c.Stale, Since: c.Since, Open: c.Open,
	}
}

func (w *writer) survey(l *profile.Landscape) {
	s := l.Facts.Survey
	collectors, err := json.Marshal(s.Collectors)
	w.fail(err)
	put(w, &Survey{
		AsOf: s.AsOf, Scope: l.Options.Scope, Evidence: s.Landscape.Evidence, CommittedAt: s.Landscape.CommittedAt,
		Items: s.Landscape.Items, Projects: l.Coverage.Projects, ProjectsUnknown: l.Coverage.ProjectsUnknown,
		ProjectsPartial: l.Coverage.ProjectsPartial, Coverage: coverage(&l.Coverage.ProjectCoverage),
		ComponentShare: l.Options.Thresholds.ComponentShare, Collectors: collectors,
	})
	for i, source := range s.Catalog.Sources {
		put(w, &Source{Position: i + 1, Name: source.Name, State: source.State, Why: source.Why, How: source.How, Evidence: source.Evidence})
	}
}

func (w *writer) project(position int, p *profile.Project, leftOut bool) {
	row := Project{
		ID: p.ID, Position: position, Name: p.Name, Maturity: p.Maturity, MaturityDate: p.MaturityDate, Accepted: p.Accepted,
		Category: p.Item.Category, Subcategory: p.Item.Subcategory, FocusArea: p.FocusArea, Homepage: p.Item.Homepage,
		Description: p.Item.Description, Parent: p.Item.ParentProject, LeftOut: leftOut, Evidence: p.Evidence, Coverage: coverage(&p.Coverage),
		Vital: vital(&p.Quantities), Health: p.Health.Overall.Level, HealthBest: p.Health.Overall.Best,
	}
	if e := p.Documents.Expression; e != nil {
		row.Licence = e.SPDX
	}
	if r := p.Releases; r != nil {
		row.Cadence, row.ReleaseGap = r.Word, r.MedianGap
		if r.Last != nil {
			row.LastReleaseTag = r.Last.Tag
		}
	}
	put(w, &row)
}

func vital(q *profile.Quantities) Vital {
	return Vital{
		CommitsYear: q.CommitsYear, CommitsQuarter: q.CommitsQuarter, CommitsAll: q.CommitsAll, BotsYear: q.BotsYear,
		MergesYear: q.MergesYear, ActiveMonths: q.ActiveMonths, AuthorsYear: q.AuthorsYear, NewAuthorsYear: q.NewAuthorsYear,
		AbsenceFactor: q.AbsenceFactor, OrganisationsYear: q.OrganisationsYear, ElephantFactor: q.ElephantFactor,
		FirstCommit: q.FirstCommit, LastCommit: q.LastCommit, LastActivity: q.LastActivity, ReleaseDays: q.ReleaseDays,
		LastRelease: q.LastRelease, Adopters: q.Adopters, Maintainers: q.Maintainers,
	}
}

func (w *writer) aliases(p *profile.Project) {
	kinds := map[string]string{}
	add := func(name, kind string) {
		name = strings.TrimSpace(name)
		if name != "" && kinds[name] == "" {
			kinds[name] = kind
		}
	}
	add(p.Name, "name")
	add(p.ID, "id")
	add(p.Item.CLOMonitorName, "clomonitor")
	add(p.Item.LFXSlug, "lfx")
	for _, name := range ask.Aliases(p.Name) {
		add(name, "known")
	}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		put(w, &Alias{Project: p.ID, Name: name, Kind: kinds[name]})
	}
}

func (w *writer) milestones(p *profile.Project) {
	for _, m := range p.Milestones {
		put(w, &Milestone{Project: p.ID, Name: m.Name, Date: m.Date, Evidence: m.Evidence})
	}
}

func (w *writer) repositories(l *profile.Landscape, p *profile.Project) {
	for i := range p.Repositories {
		r := &p.Repositories[i]
		row := Repository{
			Project: p.ID, Repository: r.ID, Position: i + 1, Scope: r.Scope, Reason: r.Reason, Standing: r.Standing, State: r.State,
			Counted: r.Counted, SameAs: r.SameAs, FoundAs: r.FoundAs, Horizon: r.Horizon, Stale: r.Stale, Cut: r.Cut(), Meta: r.Meta,
			MissingFiles: r.Missing, Failure: r.Failure, Why: r.Why, Evidence: r.Evidence(),
		}
		if r.Revision != nil {
			row.Ref, row.Commit, row.CommittedAt = r.Revision.Ref, r.Revision.Commit, r.Revision.CommittedAt
		}
		if t := l.Facts.Timelines[r.ID.Key()]; t != nil {
			row.FirstCommit, row.FirstAt = t.First.Commit, t.First.At
		}
		if c := r.Composition; c != nil {
			row.Bytes = new(c.Bytes(""))
			row.Largest = c.Leading()
		}
		put(w, &row)
	}
}

func (w *writer) memberships(p *profile.Project) {
	for i := range p.Repositories {
		r := &p.Repositories[i]
		for k, m := range r.Memberships {
			put(w, &Membership{Project: p.ID, Repository: r.ID, Position: k + 1, Reason: m.Reason, Source: m.Source, Evidence: m.Evidence})
		}
	}
}

func (w *writer) audits(p *profile.Project) {
	for i, a := range p.Item.Audits {
		at := p.Where("audits")
		at.Line = a.Line
		put(w, &Audit{Project: p.ID, Position: i + 1, Date: a.Date, Type: a.Type, Vendor: a.Vendor, URL: a.URL, Evidence: at})
	}
}

func (w *writer) reviews(p *profile.Project) {
	if item := &p.Item; item.AnnualReviewDate != "" || item.AnnualReviewURL != "" {
		put(w, &Review{Project: p.ID, Date: item.AnnualReviewDate, URL: item.AnnualReviewURL, Evidence: p.Where("annual_review_date")})
	}
}

// answers keeps the findings themselves.
func (w *writer) answers(l *profile.Landscape, answers []*answered) {
	rows := make([]bodies, len(answers)+1)
	rows[0].add(ofSurvey, "", "", head(l))
	inParallel(len(answers), func(i int) {
		b, p, a := &rows[i+1], l.Projects[i], answers[i]
		b.add(ofProfile, p.ID, "", p)
		b.add(ofCommon, p.ID, "", a.common)
		for _, language := range a.languages {
			b.add(ofLanguage, p.ID, language, a.of[language])
		}
	})
	for i := range rows {
		w.fail(rows[i].err)
		for k := range rows[i].rows {
			put(w, &rows[i].rows[k])
		}
	}
}

// bodies are rows that keep answers, and the first error of making one.
type bodies struct {
	rows []answer
	err  error
}

func (b *bodies) add(what, project, language string, v any) {
	text, err := json.Marshal(v)
	b.err = cmp.Or(b.err, err)
	b.rows = append(b.rows, answer{What: what, Project: project, Language: language, Body: text})
}
