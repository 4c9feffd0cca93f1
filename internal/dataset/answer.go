package dataset

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"sync"

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
	// Projects are the names of the projects in the order of reports.
	Projects []profile.Name `json:"projects"`
}

// head is what a landscape's data set is of.
func head(l *profile.Landscape) *Head {
	s, landscape, catalog := *l.Facts.Survey, *l.Facts.Survey.Landscape, *l.Facts.Survey.Catalog
	landscape.Projects, catalog.Repositories, catalog.Open, s.Outcomes = nil, nil, nil, nil
	s.Landscape, s.Catalog = &landscape, &catalog
	h := &Head{Survey: &s, Scope: l.Options.Scope, Thresholds: l.Options.Thresholds, Coverage: l.Coverage}
	for _, p := range l.Projects {
		h.Projects = append(h.Projects, profile.Name{ID: p.ID, Name: p.Name})
	}
	return h
}

// Head reads what the data set is of.
func (s *Set) Head(ctx context.Context) (*Head, error) {
	rows, err := Rows[answer](ctx, s, map[string][]any{"what": {ofSurvey}})
	if err != nil {
		return nil, err
	}
	if len(rows) != 1 {
		return nil, errkind.Errorf(errkind.Storage, "data set: there are %d surveys in it", len(rows))
	}
	h := &Head{}
	return h, unpack(&rows[0], h)
}

// Find is the identifier of the project that a person means by name. An unknown one is
// errkind.NotFound.
func (s *Set) Find(ctx context.Context, name string) (string, error) {
	h, err := s.Head(ctx)
	if err != nil {
		return "", err
	}
	i, err := profile.FindName(h.Projects, name)
	if err != nil {
		return "", err
	}
	return h.Projects[i].ID, nil
}

func unpack(a *answer, to any) error {
	if err := json.Unmarshal(a.Body, to); err != nil {
		return errkind.Errorf(errkind.Storage, "data set: the %s of %q (%s) is not readable: %w", a.What, a.Project, a.Language, err)
	}
	return nil
}

// Findings answers for a language, by linguist's name or an alias, and every project of
// the landscape. An unknown language is errkind.Usage.
func (s *Set) Findings(ctx context.Context, language string) (*usage.Findings, *Head, error) {
	return s.findings(ctx, language, nil)
}

// Project answers for a language and one project, by its identifier.
func (s *Set) Project(ctx context.Context, language, id string) (*usage.Findings, *Head, error) {
	return s.findings(ctx, language, []any{id})
}

func (s *Set) findings(ctx context.Context, language string, only []any) (*usage.Findings, *Head, error) {
	language, err := usage.Language(language)
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
		if k := kept[p.ID]; k != nil {
			order = append(order, k)
		}
	}
	projects, err := join(order, language, h.Survey.Landscape.Evidence)
	if err != nil {
		return nil, nil, err
	}
	for i := range projects {
		h.Survey.Landscape.Projects = append(h.Survey.Landscape.Projects, projects[i].Item)
	}
	return usage.Join(usage.Head{Language: language, Scope: h.Scope, Thresholds: h.Thresholds, Coverage: h.Coverage}, projects), h, nil
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
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				projects[i], errs[i] = all[i].project(language, landscape)
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wg.Wait()
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
