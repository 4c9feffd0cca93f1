package change_test

import (
	"slices"
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/change"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
)

const laterDay fact.Date = "2025-12-31"

const (
	laterCommit = "2b5cade0000000000000000000000000000000bb"
	lineShift   = 1000 // between the lines of the two landscapes
)

// two gives the invented survey and the same of a later day, in which nothing
// but dates, commits and lines differs.
func two() (from, to finding.Facts) {
	from, to = findingtest.Facts(), findingtest.Facts()
	s := to.Survey
	s.AsOf = laterDay
	s.Landscape.Evidence.Commit, s.Landscape.CommittedAt = laterCommit, "2025-12-30T10:00:00Z"
	for i := range s.Landscape.Projects {
		p := &s.Landscape.Projects[i]
		for field := range p.Lines {
			p.Lines[field] += lineShift
		}
		for k := range p.Audits {
			p.Audits[k].Line += lineShift
		}
	}
	for i := range s.Catalog.Repositories {
		if e := &s.Catalog.Repositories[i].Memberships[0].Evidence; e.Commit != "" {
			e.Commit, e.Line = laterCommit, e.Line+lineShift
		}
	}
	for i := range s.Outcomes {
		if r := s.Outcomes[i].Revision; r != nil {
			r.AsOf, r.Commit = laterDay, "beef"+r.Commit[4:]
		}
	}
	return from, to
}

// item is a project of a survey, to be changed.
func item(t *testing.T, f finding.Facts, name string) *fact.Project {
	t.Helper()
	all := f.Survey.Landscape.Projects
	i := slices.IndexFunc(all, func(p fact.Project) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no project %q", name)
	}
	return &all[i]
}

// without takes a project out of the landscape and the catalogue.
func without(f finding.Facts, name string) {
	l, c := f.Survey.Landscape, f.Survey.Catalog
	l.Projects = slices.DeleteFunc(l.Projects, func(p fact.Project) bool { return p.Name == name })
	c.Repositories = slices.DeleteFunc(c.Repositories, func(r fact.Repository) bool { return r.Project == name })
}

// rename gives a project another name.
func rename(t *testing.T, f finding.Facts, name, other string) *fact.Project {
	t.Helper()
	for i := range f.Survey.Catalog.Repositories {
		if r := &f.Survey.Catalog.Repositories[i]; r.Project == name {
			r.Project = other
		}
	}
	p := item(t, f, name)
	p.Name = other
	return p
}

// repo is a repository of the catalogue, to be changed.
func repo(t *testing.T, f finding.Facts, id fact.RepoID) *fact.Repository {
	t.Helper()
	all := f.Survey.Catalog.Repositories
	i := slices.IndexFunc(all, func(r fact.Repository) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no repository %q", id)
	}
	return &all[i]
}

// name gives a repository another name throughout.
func name(t *testing.T, f finding.Facts, id, other fact.RepoID) {
	t.Helper()
	repo(t, f, id).ID = other
	outcome(t, f, id).Repo = other
	f.Compositions[other.Key()] = f.Compositions[id.Key()]
}

func outcome(t *testing.T, f finding.Facts, id fact.RepoID) *fact.Outcome {
	t.Helper()
	all := f.Survey.Outcomes
	i := slices.IndexFunc(all, func(o fact.Outcome) bool { return o.Repo == id })
	if i < 0 {
		t.Fatalf("no outcome of %q", id)
	}
	return &all[i]
}

// unread makes a repository one that was not found.
func unread(t *testing.T, f finding.Facts, id fact.RepoID) {
	t.Helper()
	o := outcome(t, f, id)
	o.Revision, o.Failure, o.Why = nil, "absent", "no mirror of it"
}

// drop takes a repository out of the catalogue.
func drop(f finding.Facts, id fact.RepoID) {
	c := f.Survey.Catalog
	c.Repositories = slices.DeleteFunc(c.Repositories, func(r fact.Repository) bool { return r.ID == id })
}

// grow adds bytes of a language to a repository.
func grow(f finding.Facts, id fact.RepoID, language string, bytes int64) {
	c := f.Compositions[id.Key()]
	c.Cells = append(c.Cells, fact.Cell{Language: language, Role: fact.RoleProduct, Counted: true, Files: 1, Bytes: bytes})
}

// told is what changes say, a line for each row.
func told(c *change.Changes) []string {
	lines := []string{}
	for _, s := range c.Sections() {
		for _, r := range s.Rows {
			lines = append(lines, s.Title+": "+strings.Join(r.Cells, " | "))
		}
	}
	for _, n := range c.Notes {
		lines = append(lines, "note: "+n.Text)
	}
	return lines
}

func diff(t *testing.T, from, to finding.Facts, opts change.Options) *change.Changes {
	t.Helper()
	return diffOver(t, from, to, "", opts)
}

func diffOver(t *testing.T, from, to finding.Facts, scope fact.Scope, opts change.Options) *change.Changes {
	t.Helper()
	c, err := change.Between(side(t, from, scope), side(t, to, scope), opts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// side is the answers from a survey.
func side(t *testing.T, facts finding.Facts, scope fact.Scope) change.Side {
	t.Helper()
	return change.Side{Findings: answer(t, facts, scope), Facts: facts}
}

// answer is what Rust is to the projects of a survey.
func answer(t *testing.T, facts finding.Facts, scope fact.Scope) *usage.Findings {
	t.Helper()
	return findingtest.Find(t, facts, "rust", finding.Options{Scope: scope})
}

const (
	proxy = "github.com/meshwork/proxy"
	mesh  = "github.com/meshwork/meshwork"
)
