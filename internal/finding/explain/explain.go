// Package explain gives the chain behind a fact of a project: what the figure is,
// the rule that gave it, the places it was read, and the steps it came from,
// down to commits, paths and lines.
//
// [Chain] explains one fact. A fact that is unknown is explained too: its chain
// says what is missing.
package explain

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// A Step is one link in the chain behind a figure: what it is, its value, the
// rule that gave it, the places it was read, and the steps it came from.
type Step struct {
	What     string          `json:"what"`
	Value    string          `json:"value"`
	How      string          `json:"how,omitempty"`
	Evidence []fact.Evidence `json:"evidence,omitempty"`
	Children []*Step         `json:"children,omitempty"`
}

func (s *Step) add(children ...*Step) *Step {
	s.Children = append(s.Children, children...)
	return s
}

// An explainer makes the chain of one fact of a project.
type explainer func(*explanation) *Step

// explanation is what explainers draw on.
type explanation struct {
	survey  *fact.Survey
	found   *usage.Findings
	project *usage.Project
}

// measures are the facts that belong to a language: "rust.share", or "share"
// for the language asked for.
func measures() map[string]explainer {
	return map[string]explainer{
		"adoption":   (*explanation).adoption,
		"bytes":      (*explanation).bytes,
		"class":      (*explanation).class,
		"components": (*explanation).components,
		"lines":      (*explanation).lines,
		"reasons":    (*explanation).reasons,
		"share":      (*explanation).share,
		"work":       (*explanation).work,
	}
}

// statements are the facts that belong to a project alone. The project's
// milestones and landscape fields come beside them.
func statements() map[string]explainer {
	return map[string]explainer{
		"adopters":      (*explanation).adopters,
		"audits":        (*explanation).audits,
		"authors":       (*explanation).authors,
		"commits":       (*explanation).commits,
		"coverage":      (*explanation).coverage,
		"health":        (*explanation).health,
		"languages":     (*explanation).languages,
		"licence":       (*explanation).licence,
		"license":       (*explanation).licence,
		"maintainers":   (*explanation).maintainers,
		"maturity":      (*explanation).maturity,
		"organisations": (*explanation).organisations,
		"releases":      (*explanation).releases,
		"repositories":  (*explanation).repositories,
		"revision":      (*explanation).revision,
		"security":      (*explanation).security,
	}
}

// Chain gives the chain behind a fact of a project of the survey's landscape, down
// to commits and paths. The fact is a measure of a language ("rust.share", or "share" for
// the language given), a milestone ("accepted", "graduated" …), a field of the
// landscape ("description", "personas" …) or one of "revision", "licence",
// "audits", "adopters", "maintainers", "security", "repositories", "languages",
// "commits", "authors", "organisations", "releases", "health", "coverage" and
// "maturity". Names may be in upper or lower case.
//
// An unknown fact is errkind.NotFound; the hint lists what can be
// explained. A fact that is known to be unknown is explained too: the chain
// says what is missing.
func Chain(facts finding.Facts, opts finding.Options, language string, project *fact.Project, name string) (*Step, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	measure := name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		lang, err := ask.Language(name[:i])
		if err != nil {
			return nil, err
		}
		language, measure = lang, name[i+1:]
		if measures()[measure] == nil {
			return nil, notExplained(name, slices.Sorted(maps.Keys(measures())))
		}
	}
	alone, err := profile.One(facts, opts, project)
	if err != nil {
		return nil, err
	}
	found, err := usage.Of(alone, language)
	if err != nil {
		return nil, err
	}
	x := &explanation{survey: facts.Survey, found: found, project: &found.Projects[0]}
	if s := x.explain(measure); s != nil {
		return s, nil
	}
	return nil, notExplained(name, x.names())
}

func (x *explanation) explain(name string) *Step {
	if e := measures()[name]; e != nil {
		return e(x)
	}
	if e := statements()[name]; e != nil {
		return e(x)
	}
	if s := x.milestone(name); s != nil {
		return s
	}
	return x.field(name)
}

// names lists what can be explained of the project.
func (x *explanation) names() []string {
	set := map[string]bool{}
	lang := strings.ToLower(strings.ReplaceAll(x.found.Language, " ", "_"))
	for name := range measures() {
		set[lang+"."+name] = true
	}
	for name := range statements() {
		set[name] = true
	}
	for _, m := range x.project.Milestones {
		set[m.Name] = true
	}
	for name, value := range fields(&x.project.Item) {
		if value != "" {
			set[name] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func notExplained(name string, known []string) error {
	return errkind.WithHint(errkind.Errorf(errkind.NotFound, "there is no fact %q to explain", name),
		"one of %s", strings.Join(known, ", "))
}

func (x *explanation) milestone(name string) *Step {
	for _, m := range x.project.Milestones {
		if m.Name == name || profile.Level(m.Name) == profile.Level(name) {
			return &Step{
				What: x.project.Name + ": " + m.Name, Value: string(m.Date),
				How:      "the date the landscape gives",
				Evidence: []fact.Evidence{m.Evidence}, Children: x.landscapeStep(),
			}
		}
	}
	if name == "accepted" || fact.KnownMaturity(name) {
		return &Step{
			What: x.project.Name + ": " + name, Value: "unknown", How: "the landscape gives no such date for the project",
			Evidence: []fact.Evidence{x.project.Evidence}, Children: x.landscapeStep(),
		}
	}
	return nil
}

// landscapeStep says which file of which day was read.
func (x *explanation) landscapeStep() []*Step {
	l := x.survey.Landscape
	s := &Step{What: "landscape", Value: l.Evidence.String(), Evidence: []fact.Evidence{l.Evidence}}
	if l.CommittedAt != "" {
		s.How = fmt.Sprintf("committed %s; the state on %s", l.CommittedAt, x.survey.AsOf)
	}
	return []*Step{s}
}

// fields gives the landscape's fields that are plain statements, by their name
// in the file.
func fields(p *fact.Project) map[string]string {
	f := map[string]string{
		"name": p.Name, "category": p.Category, "subcategory": p.Subcategory, "description": p.Description,
		"homepage_url": p.Homepage, "repo_url": p.RepoURL, "project_org": p.ProjectOrg, "parent_project": p.ParentProject,
		"annual_review_date": string(p.AnnualReviewDate), "annual_review_url": p.AnnualReviewURL,
		"personas": strings.Join(p.Personas, ", "), "tags": strings.Join(p.Tags, ", "),
		"summary_languages": strings.Join(p.Languages, ", "), "use_case": p.UseCase,
		"business_use_case": p.BusinessUseCase, "release_rate": p.ReleaseRate, "integrations": p.Integrations,
		"dev_stats_url": p.DevStatsURL, "lfx_slug": p.LFXSlug, "clomonitor_name": p.CLOMonitorName,
		"chat_channel": p.ChatChannel,
	}
	for name, url := range p.Links {
		if f[name] == "" {
			f[name] = url
		}
	}
	return f
}

func (x *explanation) field(name string) *Step {
	all := fields(&x.project.Item)
	if name == "homepage" {
		name = "homepage_url"
	}
	if name == "focus_area" || name == "focus" {
		name = "subcategory"
	}
	value, ok := all[name]
	if !ok {
		return nil
	}
	s := &Step{
		What: x.project.Name + ": " + name, Value: value, How: "as the landscape says",
		Evidence: []fact.Evidence{x.project.Where(name)}, Children: x.landscapeStep(),
	}
	if value == "" {
		s.Value, s.How = "unknown", "the landscape does not say"
	}
	return s
}
