package profile

import (
	"assay/internal/fact"
	"assay/internal/finding/health"
)

// A Project is what was found of a project, whatever the language.
type Project struct {
	ID       string `json:"id"` // for commands and anchors
	Name     string `json:"name"`
	Maturity string `json:"maturity"` // spellings of one level folded into one
	// MaturityDate is the day the project reached its maturity, "" when the
	// landscape gives none.
	MaturityDate fact.Date   `json:"maturity_date,omitempty"`
	Accepted     fact.Date   `json:"accepted,omitempty"`
	Milestones   []Milestone `json:"milestones"`
	FocusArea    string      `json:"focus_area"` // category / subcategory of the landscape
	// Item is the landscape's item as read; Evidence its line. Where gives the
	// line of a field.
	Item     fact.Project  `json:"item"`
	Evidence fact.Evidence `json:"evidence"`

	Coverage     ProjectCoverage `json:"coverage"`
	Repositories []Repository    `json:"repositories"` // of every scope
	// Open says where repositories of the project may be that nobody named.
	Open      []fact.Opening `json:"open,omitempty"`
	Documents Documents      `json:"documents"`
	// Activity is null when no history of the project could be read.
	Activity *Activity `json:"activity"`
	// Releases is null when no tags of the project could be read.
	Releases *Releases `json:"releases"`
	// Health rests on Quantities, which bound the figures above.
	Health     health.Health `json:"health"`
	Quantities Quantities    `json:"quantities"`

	// Reached is the field of the landscape that gives MaturityDate.
	Reached string `json:"-"`

	landscape fact.Evidence
	crew      *crew // nil where Activity is
}

// Where is the line of the landscape that gives a field of the item, by the
// field's name in the file.
func (p *Project) Where(field string) fact.Evidence {
	return fieldEvidence(&p.Item, p.landscape, field)
}

// WhereReached is the line that gives MaturityDate.
func (p *Project) WhereReached() fact.Evidence { return p.Where(p.Reached) }

// CoverageOver says how much of the repositories of a scope was read.
func (p *Project) CoverageOver(s fact.Scope) ProjectCoverage {
	var c ProjectCoverage
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Scope.Within(s) {
			c.add(r)
		}
	}
	for _, o := range p.Open {
		if o.Scope.Within(s) {
			c.Open++
		}
	}
	return c
}

// counted lists the repositories that are in the figures.
func (p *Project) counted() []*Repository {
	var repos []*Repository
	for i := range p.Repositories {
		if r := &p.Repositories[i]; r.Counted {
			repos = append(repos, r)
		}
	}
	return repos
}

func (ix *index) project(item *fact.Project, id string) *Project {
	p := &Project{
		ID: id, Name: item.Name, Maturity: Level(item.Maturity), Accepted: item.Accepted(),
		Milestones: milestones(item, ix.landscape), FocusArea: focusArea(item),
		Item: *item, Evidence: fieldEvidence(item, ix.landscape, "name"), landscape: ix.landscape,
	}
	p.MaturityDate, p.Reached = item.Reached(item.Maturity)
	p.Repositories, p.Open = ix.repositories(item), ix.openingsOf(item)
	p.Coverage = p.CoverageOver(ix.opts.Scope)
	p.Documents = ix.documents(p.Repositories)
	repos := p.counted()
	if p.crew = ix.crew(repos); p.crew != nil {
		p.Activity = p.crew.activity(len(repos), ix.opts.People)
	}
	p.Releases = ix.releases(p.Name, repos)
	p.Quantities = ix.quantities(p)
	p.Health = ix.opts.Health.Judge(p.inputs(ix.facts.Survey.AsOf))
	return p
}

// Restore completes a project that was kept as JSON: what it knows of the file that the
// landscape was read from. Who worked on it is not kept, so that it has no touches.
func (p *Project) Restore(landscape fact.Evidence) {
	p.landscape = landscape
	_, p.Reached = p.Item.Reached(p.Item.Maturity)
}

func focusArea(p *fact.Project) string {
	if p.Category == "" || p.Subcategory == "" {
		return p.Category + p.Subcategory
	}
	return p.Category + " / " + p.Subcategory
}
