// Package lint says what is wrong with a landscape.yml, line by line, for those
// who write one.
//
// [File] gives what reading the file itself notes (dates that do not exist, keys
// written twice, items listed again) and what nobody notes who reads one field at
// a time: levels that nobody knows, days out of order, addresses that are none,
// projects without a repository, repositories of two projects. Nothing is asked
// of a host: whether an address leads somewhere is told by its form alone.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/landscape"
)

// A Kind is a sort of problem.
type Kind string

// The kinds.
const (
	Unreadable Kind = "unreadable" // the file is no landscape
	Odd        Kind = "odd"        // a field that is left out, an item that is listed again
	Secret     Kind = "secret"     // a password or a token in an address
	Level      Kind = "level"      // a maturity that nobody knows
	Date       Kind = "date"       // a day out of order, or not yet come
	Address    Kind = "address"    // what is no address, or no repository's
	Repository Kind = "repository" // none, or one that is named twice
	Parent     Kind = "parent"     // a parent that is no project
)

// A Problem is what is wrong in a line.
type Problem struct {
	Line   int  `json:"line"` // 0 where it is the whole file
	Column int  `json:"column,omitempty"`
	Kind   Kind `json:"kind"`
	// Project is the name of the project, where the problem is one's.
	Project string `json:"project,omitempty"`
	Text    string `json:"text"`
}

// A Result is what was found in a file.
type Result struct {
	Landscape fact.Evidence `json:"landscape"`
	Items     int           `json:"items"`
	Projects  int           `json:"projects"`
	// Problems in the order of their lines; never nil.
	Problems []Problem `json:"problems"`
}

// File checks the landscape in data, which was read at ev, on the day now. What
// cannot be read as a landscape is a problem too; only a file beyond our limits
// is an error, of kind Limit.
func File(data []byte, ev fact.Evidence, now fact.Date) (*Result, error) {
	r := &Result{Landscape: ev, Problems: []Problem{}}
	l, err := landscape.Parse(data, ev)
	if f, ok := errors.AsType[*landscape.FormatError](err); ok {
		r.Problems = append(r.Problems, Problem{Line: f.Evidence.Line, Column: f.Column, Kind: Unreadable, Text: f.Text})
		return r, nil
	}
	if err != nil {
		return nil, fmt.Errorf("landscape: %w", err)
	}
	r.Items, r.Projects = l.Items, len(l.Projects)
	c := &checker{now: now, landscape: l, result: r, levels: map[string]int{}, repos: map[string]place{}, names: map[string]bool{}}
	c.all()
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) })
	return r, nil
}

// A checker goes through the projects of one file.
type checker struct {
	now       fact.Date
	landscape *fact.Landscape
	result    *Result
	levels    map[string]int   // how many projects are of each
	repos     map[string]place // where a repository was named first, by its key
	names     map[string]bool  // of the projects, folded
}

// A place is where a repository is named.
type place struct {
	project *fact.Project
	line    int
}

func (c *checker) all() {
	for _, n := range c.landscape.Notes {
		kind := Odd
		if n.Kind == fact.NoteSecret {
			kind = Secret
		}
		c.result.Problems = append(c.result.Problems, Problem{Line: n.Evidence.Line, Kind: kind, Text: n.Text})
	}
	if len(c.landscape.Projects) == 0 {
		c.result.Problems = append(c.result.Problems, Problem{
			Kind: Unreadable, Text: "no item is a project: a project is an item with its maturity in the field \"project\"",
		})
	}
	for i := range c.landscape.Projects {
		p := &c.landscape.Projects[i]
		c.levels[p.Maturity]++
		c.names[words.Fold(p.Name)] = true
	}
	for i := range c.landscape.Projects {
		p := &c.landscape.Projects[i]
		c.level(p)
		c.dates(p)
		c.addresses(p)
		c.repositories(p)
		c.parent(p)
	}
}

// say adds a problem of a project.
func (c *checker) say(p *fact.Project, kind Kind, line int, format string, args ...any) {
	c.result.Problems = append(c.result.Problems, Problem{
		Line: cmp.Or(line, p.Lines["name"]), Kind: kind, Project: p.Name, Text: fmt.Sprintf(format, args...),
	})
}

// ownLevel is how many projects make a word that no other foundation uses a level
// of this one.
const ownLevel = 3

// level: the maturity is a word that foundations use, or that this file uses for
// several projects and that is no slip of the pen for another.
func (c *checker) level(p *fact.Project) {
	if fact.KnownMaturity(p.Maturity) {
		return
	}
	var better []string
	for _, l := range fact.KnownMaturities() {
		if c.levels[l] > 0 {
			better = append(better, l)
		}
	}
	near := words.Near(p.Maturity, better)
	if len(near) == 0 {
		near = words.Near(p.Maturity, fact.KnownMaturities())
	}
	switch {
	case len(near) > 0:
		c.say(p, Level, p.Lines["project"], "project: %q is no level of maturity that is known; %s", p.Maturity, words.Meant(near[:1]))
	case c.levels[p.Maturity] < ownLevel:
		c.say(p, Level, p.Lines["project"], "project: %q is no level of maturity that is known, and of few projects here", p.Maturity)
	}
}

// parent: a project within another names one that is there.
func (c *checker) parent(p *fact.Project) {
	if p.ParentProject != "" && !c.names[words.Fold(p.ParentProject)] {
		c.say(p, Parent, p.Lines["parent_project"], "parent_project: no project is called %q", p.ParentProject)
	}
}

// Total says the result in a line.
func (r *Result) Total() string {
	of := fmt.Sprintf("%s of %s", words.Amount(r.Projects, "project"), words.Amount(r.Items, "item"))
	switch {
	case r.Items == 0:
		return fmt.Sprintf("%s: no landscape that can be read", r.Landscape)
	case len(r.Problems) == 0:
		return fmt.Sprintf("%s: no problem in %s", r.Landscape, of)
	}
	return fmt.Sprintf("%s: %s in %s", r.Landscape, words.Amount(len(r.Problems), "problem"), of)
}

// Words is a problem as a line: the project and what is wrong.
func (p *Problem) Words() string {
	if p.Project == "" {
		return p.Text
	}
	return strings.TrimSpace(p.Project) + ": " + p.Text
}

// Err is the error that there are problems; nil when there are none.
func (r *Result) Err() error {
	if len(r.Problems) == 0 {
		return nil
	}
	return errkind.Errorf(errkind.Refuted, "%s", r.Total())
}
