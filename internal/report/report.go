// Package report holds the one model that every form of a report is made from:
// Markdown (package markdown), JSON (this package) and pages all show the same
// [Model], so they cannot disagree.
//
// The JSON form is the model as it is. Its schema, which [Schema] gives, is
// part of what the program promises; [Version] is raised when a field is
// removed or changes its meaning, and not when one is added.
//
// A model holds facts' words as they were found, hostile or not. Whoever
// renders it escapes them for the form at hand.
package report

import (
	"bytes"
	_ "embed" // the schema
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/sanitize"
)

// Version is the version of the model, and of its JSON form.
const Version = 1

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (draft 2020-12) of the JSON form.
func Schema() []byte { return bytes.Clone(schema) }

// A Model is a report. Templates receive it; the fields and methods below are
// what they can use.
type Model struct {
	// Version of this model.
	Version int `json:"version"`
	// Name of the landscape in headings: "CNCF".
	Name string `json:"name"`
	// AsOf is the day the report looks at. There is no other date in a report:
	// the same facts give the same report on any day.
	AsOf fact.Date `json:"as_of"`
	// Landscape is the file that the projects were read from.
	Landscape Source `json:"landscape"`
	// Findings: language, scope, thresholds, coverage, summary, projects, growth.
	usage.Findings
	// Sources read besides the repositories, or not.
	Sources []fact.Source `json:"sources"`
	// Collectors and their versions, by name.
	Collectors map[string]int `json:"collectors"`
	// Definitions of the words in the report.
	Definitions []Definition `json:"definitions"`
	// Notes tell what was odd in the landscape and the catalogue.
	Notes []fact.Note `json:"notes"`
}

// A Source is the landscape file of a report.
type Source struct {
	Evidence    fact.Evidence `json:"evidence"`
	CommittedAt string        `json:"committed_at,omitempty"`
	Items       int           `json:"items"`    // in the file
	Projects    int           `json:"projects"` // items with a maturity
}

// New makes the report of a survey. Name is the landscape's name in headings;
// "" takes it from the owner of the repository the landscape was read from.
// The survey is the one the findings were made from.
func New(survey *fact.Survey, f *usage.Findings, name string) *Model {
	l, c := survey.Landscape, survey.Catalog
	if name == "" {
		name = landscapeName(l.Evidence)
	}
	m := &Model{
		Version: Version, Name: name, AsOf: survey.AsOf, Findings: *f,
		Landscape:   Source{l.Evidence, l.CommittedAt, l.Items, len(l.Projects)},
		Sources:     append([]fact.Source{}, c.Sources...),
		Collectors:  map[string]int{},
		Definitions: definitions(f),
		Notes:       append(append([]fact.Note{}, l.Notes...), c.Notes...),
	}
	maps.Copy(m.Collectors, survey.Collectors)
	return m
}

// landscapeName is the owner of the repository, in capitals when it is an
// abbreviation's length: cncf/landscape is "CNCF".
func landscapeName(e fact.Evidence) string {
	owner := e.Repo.Owner()
	switch {
	case owner == "":
		return "landscape"
	case len(owner) <= 5:
		return strings.ToUpper(owner)
	}
	return owner
}

// Title is the heading of the report.
func (m *Model) Title() string {
	if m.namesItself() {
		return fmt.Sprintf("%s in the projects of %s", m.Language, m.LandscapeWords())
	}
	return fmt.Sprintf("%s in %s projects", m.Language, m.Name)
}

// LandscapeWords names the landscape in a sentence: "the CNCF landscape".
func (m *Model) LandscapeWords() string {
	if m.namesItself() {
		return "the " + m.Name
	}
	return "the " + m.Name + " landscape"
}

// namesItself reports whether the name says already that it is one of a landscape.
func (m *Model) namesItself() bool { return strings.HasSuffix(strings.ToLower(m.Name), "landscape") }

// A Section is the projects of one maturity that use the language.
type Section struct {
	Maturity string
	Title    string // "Graduated projects"
	Projects []*usage.Project
}

// Sections gives the projects of class core and component by maturity.
func (m *Model) Sections() []Section {
	var all []Section
	for _, p := range m.Using() {
		if n := len(all); n == 0 || all[n-1].Maturity != p.Maturity {
			all = append(all, Section{Maturity: p.Maturity, Title: profile.MaturityTitle(p.Maturity) + " projects"})
		}
		s := &all[len(all)-1]
		s.Projects = append(s.Projects, p)
	}
	return all
}

// Using lists the projects of class core and component, by maturity and name.
func (m *Model) Using() []*usage.Project {
	return m.filter(func(p *usage.Project) bool { return p.Class.Uses() })
}

// OfClass lists the projects of a class, by its name, by maturity and name.
func (m *Model) OfClass(name string) []*usage.Project {
	return m.filter(func(p *usage.Project) bool { return p.Class.String() == name })
}

func (m *Model) filter(fits func(*usage.Project) bool) []*usage.Project {
	var found []*usage.Project
	for i := range m.Projects {
		if fits(&m.Projects[i]) {
			found = append(found, &m.Projects[i])
		}
	}
	return found
}

// A Member is a repository with the project it belongs to.
type Member struct {
	Project    *usage.Project
	Repository *usage.Repository
}

// Unread lists the repositories of the report's scope that may hold code and
// could not be read, whole or in part, or not for the day.
func (m *Model) Unread() []Member {
	return m.members(func(_ *usage.Project, r *usage.Repository) bool {
		return r.Wanting()
	})
}

// Revisions lists the revisions behind the figures: of every repository that
// holds counted code of the language.
func (m *Model) Revisions() []Member {
	return m.members(func(_ *usage.Project, r *usage.Repository) bool {
		return r.Counted && r.Figures.Bytes > 0
	})
}

func (m *Model) members(fits func(*usage.Project, *usage.Repository) bool) []Member {
	var found []Member
	for i := range m.Projects {
		p := &m.Projects[i]
		for k := range p.Repositories {
			if r := &p.Repositories[k]; r.Scope.Within(m.Scope) && fits(p, r) {
				found = append(found, Member{p, r})
			}
		}
	}
	return found
}

// WriteJSON writes the model as JSON that matches [Schema]. Characters that
// could steer a terminal or reorder text are written as escapes, which any
// JSON reader undoes.
func WriteJSON(w io.Writer, m *Model) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("writing the report as JSON: %w", err)
	}
	_, err := io.WriteString(w, sanitize.JSON(buf.String()))
	if err != nil {
		return fmt.Errorf("writing the report as JSON: %w", err)
	}
	return nil
}
