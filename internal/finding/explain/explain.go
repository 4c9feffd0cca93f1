// Package explain gives the chain behind a fact of a project: what the figure is,
// the rule that gave it, the places it was read, and the steps it came from,
// down to commits, paths and lines.
//
// [Chain] explains one fact. A fact that is unknown is explained too: its chain
// says what is missing.
package explain

import (
	"cmp"
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
	"assay/internal/finding/words"
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

// A topic is a fact that can be explained: in a few words, and how.
type topic struct {
	about   string
	explain explainer
}

// measures are the facts that belong to a language: "rust.share", or "share"
// for the language asked for.
func measures() map[string]topic {
	return map[string]topic{
		"adoption":   {"since when the language is there", (*explanation).adoption},
		"bytes":      {"bytes of the language", (*explanation).bytes},
		"class":      {"what the language is to the project", (*explanation).class},
		"components": {"packages in the language", (*explanation).components},
		"lines":      {"lines of the language", (*explanation).lines},
		"reasons":    {"sentences that say why", (*explanation).reasons},
		"share":      {"the language's part of the bytes", (*explanation).share},
		"work":       {"commits that touched it", (*explanation).work},
	}
}

// statements are the facts that belong to a project alone. The project's
// milestones and landscape fields come beside them.
func statements() map[string]topic {
	return map[string]topic{
		"adopters":      {"who uses it, as its files say", (*explanation).adopters},
		"audits":        {"security audits of the landscape", (*explanation).audits},
		"authors":       {"people who commit", (*explanation).authors},
		"commits":       {"work of people", (*explanation).commits},
		"coverage":      {"what was read of it", (*explanation).coverage},
		"health":        {"how it is doing, by the rules", (*explanation).health},
		"languages":     {"languages by bytes", (*explanation).languages},
		"licence":       {"licences of its files", (*explanation).licence},
		"maintainers":   {"who maintains it, as its files say", (*explanation).maintainers},
		"maturity":      {"its level, and the way there", (*explanation).maturity},
		"organisations": {"who the people work for", (*explanation).organisations},
		"releases":      {"releases and their rhythm", (*explanation).releases},
		"repositories":  {"its repositories, and who says so", (*explanation).repositories},
		"revision":      {"the commits that were read", (*explanation).revision},
		"security":      {"files on security", (*explanation).security},
	}
}

// spelling is how a fact is called here that is spelled otherwise elsewhere.
func spelling(name string) string {
	switch name {
	case "license":
		return "licence"
	case "homepage":
		return "homepage_url"
	case "focus", "focus_area":
		return "subcategory"
	}
	return name
}

// A Topic is a fact of a project that can be explained.
type Topic struct {
	Name  string `json:"fact"`
	About string `json:"about"`
	// Value is the fact itself, as its chain begins.
	Value string `json:"value"`
}

// Topics lists what can be explained of a project of the survey's landscape: the
// measures of the language, then what depends on none.
func Topics(facts finding.Facts, opts finding.Options, language string, project *fact.Project) ([]Topic, error) {
	x, err := explained(facts, opts, language, project)
	if err != nil {
		return nil, err
	}
	var all []Topic
	for _, t := range Names(x.found.Language, project) {
		if s := x.explain(t.Name[strings.LastIndexByte(t.Name, '.')+1:]); s != nil {
			t.Value = s.Value
			all = append(all, t)
		}
	}
	return all, nil
}

// Names lists what can be explained of a project, without values: the measures of
// the language, by linguist's name, then what depends on none.
func Names(language string, project *fact.Project) []Topic {
	prefix := strings.ToLower(strings.ReplaceAll(language, " ", "_")) + "."
	var all []Topic
	add := func(name, about string) {
		if !slices.ContainsFunc(all, func(t Topic) bool { return t.Name == name }) {
			all = append(all, Topic{Name: name, About: about})
		}
	}
	for _, known := range []struct {
		prefix string
		topics map[string]topic
	}{{prefix, measures()}, {"", statements()}} {
		for _, name := range slices.Sorted(maps.Keys(known.topics)) {
			add(known.prefix+name, known.topics[name].about)
		}
	}
	milestones := slices.SortedFunc(maps.Keys(project.Milestones), func(a, b string) int {
		return cmp.Or(cmp.Compare(project.Milestones[a], project.Milestones[b]), cmp.Compare(a, b))
	})
	for _, name := range milestones {
		add(name, "when, as the landscape says")
	}
	given := fields(project)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if given[name] != "" {
			add(name, "a field of the landscape")
		}
	}
	return all
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
	name = spelling(strings.ToLower(strings.TrimSpace(name)))
	measure := name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		lang, err := ask.Language(name[:i])
		if err != nil {
			return nil, err
		}
		language, measure = lang, name[i+1:]
		if _, ok := measures()[measure]; !ok {
			return nil, notExplained(name, measure, slices.Sorted(maps.Keys(measures())))
		}
	}
	x, err := explained(facts, opts, language, project)
	if err != nil {
		return nil, err
	}
	if s := x.explain(measure); s != nil {
		return s, nil
	}
	return nil, notExplained(name, name, x.names())
}

// explained gathers what the chains of a project are made from.
func explained(facts finding.Facts, opts finding.Options, language string, project *fact.Project) (*explanation, error) {
	alone, err := profile.One(facts, opts, project)
	if err != nil {
		return nil, err
	}
	found, err := usage.Of(alone, language)
	if err != nil {
		return nil, err
	}
	return &explanation{survey: facts.Survey, found: found, project: &found.Projects[0]}, nil
}

func (x *explanation) explain(name string) *Step {
	if t, ok := measures()[name]; ok {
		return t.explain(x)
	}
	if t, ok := statements()[name]; ok {
		return t.explain(x)
	}
	if s := x.milestone(name); s != nil {
		return s
	}
	return x.field(name)
}

// names lists what can be explained of the project.
func (x *explanation) names() []string {
	var all []string
	for _, t := range Names(x.found.Language, &x.project.Item) {
		all = append(all, t.Name)
	}
	return all
}

// notExplained is the error that there is no fact of a name, which is looked for
// among those known without the language before it.
func notExplained(name, bare string, known []string) error {
	err := errkind.Errorf(errkind.NotFound, "there is no fact %q to explain", name)
	if near := words.Near(bare, known); len(near) > 0 {
		return errkind.WithHint(err, "%s 'assay explain PROJECT' lists all that there are", words.Meant(near))
	}
	return errkind.WithHint(err, "one of %s", strings.Join(known, ", "))
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
