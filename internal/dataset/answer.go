package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// The kinds of answers that are kept whole.
const (
	ofSurvey   = "survey"   // the head of the survey
	ofProfile  = "profile"  // a project, whatever the language
	ofCommon   = "common"   // what the answers for all languages have in common
	ofLanguage = "language" // what a language adds
)

// A Head is what the data set is of.
type Head struct {
	// Survey without what is said of its projects and repositories: the landscape has
	// its file and notes, the catalogue its sources and notes.
	Survey *fact.Survey `json:"survey"`
	// Scope, Thresholds and Coverage of the findings.
	Scope      fact.Scope         `json:"scope"`
	Thresholds finding.Thresholds `json:"thresholds"`
	Coverage   profile.Coverage   `json:"coverage"`
	// Limited is the coverage of the projects alone that the survey was limited to; null
	// when it was of all.
	Limited *profile.Coverage `json:"limited,omitempty"`
	// LeftOut are the identifiers of the others.
	LeftOut []string `json:"left_out,omitempty"`
	// Projects are the names of the projects in the order of reports.
	Projects []ask.Project `json:"projects"`
}

// CoverageOf is the coverage of all projects, or of those alone that the survey was
// limited to.
func (h *Head) CoverageOf(limited bool) *profile.Coverage {
	if limited && h.Limited != nil {
		return h.Limited
	}
	return &h.Coverage
}

// leaves reports whether an answer leaves a project out.
func (h *Head) leaves(id string, limited bool) bool { return limited && slices.Contains(h.LeftOut, id) }

// head is what a landscape's data set is of.
func head(l *profile.Landscape) *Head {
	s, landscape, catalog := *l.Facts.Survey, *l.Facts.Survey.Landscape, *l.Facts.Survey.Catalog
	landscape.Projects, catalog.Repositories, catalog.Open, s.Outcomes = nil, nil, nil, nil
	s.Landscape, s.Catalog = &landscape, &catalog
	h := &Head{Survey: &s, Scope: l.Options.Scope, Thresholds: l.Options.Thresholds, Coverage: l.Coverage}
	var within []*profile.Project
	for _, p := range l.Projects {
		h.Projects = append(h.Projects, names(p))
		if s.LeavesOut(p.Name) {
			h.LeftOut = append(h.LeftOut, p.ID)
		} else {
			within = append(within, p)
		}
	}
	if h.LeftOut != nil {
		h.Limited = new(profile.CoverageOf(l.Facts.Survey, within))
		h.Limited.LeftOut = len(h.LeftOut)
	}
	return h
}

// names are the names that a project goes by.
func names(p *profile.Project) ask.Project {
	n := ask.Project{ID: p.ID, Name: p.Name, Aliases: []string{p.Item.LFXSlug, p.Item.CLOMonitorName}}
	for i := range p.Repositories {
		n.Repositories = append(n.Repositories, p.Repositories[i].ID)
	}
	return n
}

// Head reads what the data set is of. It is the caller's, with its lists of projects.
func (s *Set) Head(ctx context.Context) (*Head, error) {
	h, err := s.head.get(func() (*Head, error) { return s.readHead(ctx) })
	if err != nil {
		return nil, err
	}
	own, survey, landscape := *h, *h.Survey, *h.Survey.Landscape
	own.Survey, survey.Landscape, own.Projects = &survey, &landscape, slices.Clone(h.Projects)
	return &own, nil
}

func (s *Set) readHead(ctx context.Context) (*Head, error) {
	rows, err := Rows[answer](ctx, s, map[string][]any{"what": {ofSurvey}})
	if err != nil {
		return nil, err
	}
	if len(rows) != 1 {
		return nil, errkind.Errorf(errkind.Storage, "data set: there are %d surveys in it", len(rows))
	}
	h := &Head{}
	if err := unpack(&rows[0], h); err != nil {
		return nil, err
	}
	h.Survey.Landscape.Projects = slices.Clip(h.Survey.Landscape.Projects)
	for i := range h.Projects {
		p := &h.Projects[i] // whoever adds to these gets lists of their own
		p.Aliases, p.Repositories = slices.Clip(p.Aliases), slices.Clip(p.Repositories)
	}
	return h, nil
}

func unpack(a *answer, to any) error {
	if err := json.Unmarshal(a.Body, to); err != nil {
		return errkind.Errorf(errkind.Storage, "data set: the %s of %q (%s) is not readable: %w", a.What, a.Project, a.Language, err)
	}
	return nil
}

// Findings answers for a language, by linguist's name or an alias, and every project of
// the landscape, or those alone that the survey was limited to. An unknown language is
// errkind.Usage.
func (s *Set) Findings(ctx context.Context, language string, limited bool) (*usage.Findings, *Head, error) {
	return s.findings(ctx, language, nil, limited)
}

// Project answers for a language and one project, by its identifier.
func (s *Set) Project(ctx context.Context, language, id string) (*usage.Findings, *Head, error) {
	return s.findings(ctx, language, []any{id}, false)
}

func (s *Set) findings(ctx context.Context, language string, only []any, limited bool) (*usage.Findings, *Head, error) {
	language, err := ask.Language(language)
	if err != nil {
		return nil, nil, err
	}
	h, err := s.Head(ctx)
	if err != nil {
		return nil, nil, err
	}
	kept, err := s.kept(ctx, language, only)
	if err != nil {
		return nil, nil, err
	}
	var order []*whole
	for _, p := range h.Projects {
		if k := kept[p.ID]; k != nil && !h.leaves(p.ID, limited) {
			order = append(order, k)
		}
	}
	projects, err := join(order, language, h.Survey.Landscape.Evidence)
	if err != nil {
		return nil, nil, err
	}
	h.items(projects)
	return usage.Join(usage.Head{Language: language, Scope: h.Scope, Thresholds: h.Thresholds, Coverage: *h.CoverageOf(limited)}, projects), h, nil
}

// items gives the landscape its items: of what was not asked for, and was left out, the
// name alone.
func (h *Head) items(projects []usage.Project) {
	read := map[string]*fact.Project{}
	for i := range projects {
		read[projects[i].ID] = &projects[i].Item
	}
	for _, p := range h.Projects {
		item := read[p.ID]
		if item == nil {
			item = &fact.Project{Name: p.Name}
		}
		h.Survey.Landscape.Projects = append(h.Survey.Landscape.Projects, *item)
	}
}

// A whole is all that is kept of a project for a language.
type whole struct{ profile, common, language *answer }

// kept reads what is kept of projects for a language.
func (s *Set) kept(ctx context.Context, language string, only []any) (map[string]*whole, error) {
	where := map[string][]any{"what": {ofProfile, ofCommon, ofLanguage}, "language": {"", language, usage.Other}}
	if only != nil {
		where["project"] = only
	}
	rows, err := Rows[answer](ctx, s, where)
	if err != nil {
		return nil, err
	}
	kept := map[string]*whole{}
	for i := range rows {
		r := &rows[i]
		k := kept[r.Project]
		if k == nil {
			k = &whole{}
			kept[r.Project] = k
		}
		switch {
		case r.What == ofProfile:
			k.profile = r
		case r.What == ofCommon:
			k.common = r
		case k.language == nil || r.Language == language:
			k.language = r
		}
	}
	return kept, nil
}

// join makes the answers for projects from what is kept, several at a time.
func join(all []*whole, language string, landscape fact.Evidence) ([]usage.Project, error) {
	projects, errs := make([]usage.Project, len(all)), make([]error, len(all))
	inParallel(len(all), func(i int) { projects[i], errs[i] = all[i].project(language, landscape) })
	return projects, errors.Join(errs...)
}

func (k *whole) project(language string, landscape fact.Evidence) (p usage.Project, err error) {
	if k.profile == nil || k.common == nil || k.language == nil {
		return p, errkind.Errorf(errkind.Storage, "data set: an answer for a project is not whole")
	}
	of, common, a := &profile.Project{}, &usage.Common{}, &usage.Answer{}
	if err := errors.Join(unpack(k.profile, of), unpack(k.common, common), unpack(k.language, a)); err != nil {
		return p, err
	}
	of.Restore(landscape)
	return a.Project(of, common, language), nil
}
