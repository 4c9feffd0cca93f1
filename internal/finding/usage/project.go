package usage

import (
	"fmt"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/words"
)

// A Project is everything that was found of a project for the language.
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

	Verdict
	// Figures over the scope asked for; null when nothing could be read.
	Figures *Figures `json:"figures"`
	// Scopes gives figures and class for every scope.
	Scopes []ScopeFigures `json:"scopes"`
	// Languages of the scope, most bytes first.
	Languages    []LanguageBytes `json:"languages"`
	Coverage     ProjectCoverage `json:"coverage"`
	Repositories []Repository    `json:"repositories"` // of every scope
	Components   []Component     `json:"components"`   // in the language, not vendored
	Packages     Packages        `json:"packages"`
	Documents    Documents       `json:"documents"`
	Vitality

	// Reached is the field of the landscape that gives MaturityDate.
	Reached string `json:"-"`

	landscape fact.Evidence
}

// ScopeFigures are the figures of a project over one scope.
type ScopeFigures struct {
	Scope    fact.Scope      `json:"scope"`
	Verdict                  // the class over this scope
	Figures  *Figures        `json:"figures"`
	Coverage ProjectCoverage `json:"coverage"`
}

// ProjectCoverage says how much of a project was read. Only repositories whose
// code makes up the project are in it, each once.
type ProjectCoverage struct {
	Repositories int `json:"repositories"` // in all, duplicates left out
	Read         int `json:"read"`
	Absent       int `json:"absent"`
	Failed       int `json:"failed"`
	Unmeasured   int `json:"unmeasured"`
	Empty        int `json:"empty"` // no commit at the date: nothing to read
	// Partial counts repositories that were read and of which a part was not.
	Partial int `json:"partial"`
	// Other counts repositories without code of the project (forks, web sites …).
	Other int `json:"other"`
	// MissingFiles counts files whose content is not in the mirrors.
	MissingFiles int `json:"missing_files"`
}

// Unread is the number of repositories that may hold code and are not known.
func (c ProjectCoverage) Unread() int { return c.Absent + c.Failed + c.Unmeasured }

// Complete reports whether everything was read.
func (c ProjectCoverage) Complete() bool {
	return c.Unread() == 0 && c.Partial == 0 && c.MissingFiles == 0
}

// Words says the coverage in a clause: "1 of 3 repositories read (2 not
// found)".
func (c ProjectCoverage) Words() string {
	if c.Repositories == 0 {
		return "no repository known"
	}
	s := fmt.Sprintf("%s of %s read", words.Number(c.Read), words.Amount(c.Repositories, "repository"))
	var gaps []string
	for _, g := range []struct {
		n    int
		what string
	}{
		{c.Absent, "not found"}, {c.Failed, "failed"}, {c.Unmeasured, "not measured"},
		{c.Empty, "without a commit at the date"}, {c.Partial, "read in part"},
	} {
		if g.n > 0 {
			gaps = append(gaps, words.Number(g.n)+" "+g.what)
		}
	}
	if c.MissingFiles > 0 {
		gaps = append(gaps, words.Amount(c.MissingFiles, "file")+" missing")
	}
	if len(gaps) > 0 {
		s += " (" + strings.Join(gaps, ", ") + ")"
	}
	return s
}

func (c *ProjectCoverage) add(r *Repository) {
	if r.State == Duplicate {
		return
	}
	if !r.IsCode() {
		c.Other++
		return
	}
	c.Repositories++
	c.MissingFiles += r.Missing
	switch r.State {
	case Read:
		c.Read++
		if r.Failure != "" {
			c.Partial++
		}
	case Absent:
		c.Absent++
	case Failed:
		c.Failed++
	case Unmeasured:
		c.Unmeasured++
	case Empty:
		c.Empty++
	}
}

// Where is the line of the landscape that gives a field of the item, by the
// field's name in the file.
func (p *Project) Where(field string) fact.Evidence {
	return fieldEvidence(&p.Item, p.landscape, field)
}

// WhereReached is the line that gives MaturityDate.
func (p *Project) WhereReached() fact.Evidence { return p.Where(p.Reached) }

// InScope lists the repositories that are in the figures, in order.
func (p *Project) InScope() []Repository {
	var found []Repository
	for i := range p.Repositories {
		if p.Repositories[i].Counted {
			found = append(found, p.Repositories[i])
		}
	}
	return found
}

// Replaced lists the repositories with more than one line of history.
func (p *Project) Replaced() []Repository {
	var found []Repository
	for i := range p.Repositories {
		if p.Repositories[i].Replaced() {
			found = append(found, p.Repositories[i])
		}
	}
	return found
}

// ScopeOf gives the figures over one scope.
func (p *Project) ScopeOf(s fact.Scope) ScopeFigures {
	for _, f := range p.Scopes {
		if f.Scope == s {
			return f
		}
	}
	return ScopeFigures{Scope: s}
}

func (ix *index) project(item *fact.Project, opts finding.Options) Project {
	p := Project{
		ID: item.ID(), Name: item.Name, Maturity: Level(item.Maturity), Accepted: item.Accepted(),
		Milestones: milestones(item, ix.landscape), FocusArea: focusArea(item),
		Item: *item, Evidence: fieldEvidence(item, ix.landscape, "name"), landscape: ix.landscape,
	}
	p.MaturityDate, p.Reached = item.Reached(item.Maturity)
	p.Repositories = ix.repositories(item, opts)
	for _, s := range fact.Scopes() {
		j := ix.judge(p.Repositories, s, opts)
		sf := ScopeFigures{Scope: s, Verdict: j.verdict(), Coverage: j.coverage}
		if len(j.repos) > 0 {
			sf.Figures = j.sum.figures()
		}
		p.Scopes = append(p.Scopes, sf)
		if s == opts.Scope {
			p.Verdict, p.Figures, p.Coverage, p.Languages = sf.Verdict, sf.Figures, sf.Coverage, j.sum.ordered()
			p.Components = ix.components(j.repos, opts.Language)
		}
	}
	p.Packages = packages(p.Components)
	p.Documents = ix.documents(p.Repositories, opts)
	p.Vitality = ix.vitality(&p, opts)
	return p
}

// judge gathers what a class over a scope is decided from.
func (ix *index) judge(repos []Repository, scope fact.Scope, opts finding.Options) *judge {
	j := &judge{
		language: opts.Language, scope: scope, thresholds: opts.Thresholds,
		components: map[string]*fact.Components{}, sum: newTally(),
	}
	for i := range repos {
		r := &repos[i]
		if !r.Scope.Within(scope) {
			continue
		}
		j.coverage.add(r)
		if r.State != Read || !r.IsCode() {
			continue
		}
		j.repos = append(j.repos, r)
		j.components[r.ID.Key()] = ix.componentsOf(r)
		j.sum.addComposition(r.composition, opts.Language)
	}
	return j
}

func focusArea(p *fact.Project) string {
	if p.Category == "" || p.Subcategory == "" {
		return p.Category + p.Subcategory
	}
	return p.Category + " / " + p.Subcategory
}

// FindProject gives the project that a person means by name: its identifier,
// or its name in upper or lower case. An unknown one is errkind.NotFound and
// the hint names what is near.
func FindProject(l *fact.Landscape, name string) (*fact.Project, error) {
	var ids []string
	want := fact.Slug(name)
	for i := range l.Projects {
		p := &l.Projects[i]
		if strings.EqualFold(p.Name, strings.TrimSpace(name)) || want != "" && p.ID() == want {
			return p, nil
		}
		ids = append(ids, p.ID())
	}
	err := errkind.Errorf(errkind.NotFound, "there is no project %q in the landscape", name)
	if alike := words.Near(want, ids); len(alike) > 0 {
		return nil, errkind.WithHint(err, "near: %s", strings.Join(alike, ", "))
	}
	return nil, errkind.WithHint(err, "'assay list --all' lists every project")
}
