// Package silence tells which files of a survey are named like a list of adopters, of
// maintainers or owners, or like a licence, and gave nothing; why, where that is
// known; and how many of their kind they are. It is how a gap in the reading of
// documents is found.
package silence

import (
	"cmp"
	"maps"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding"
)

// A File is a file that gave nothing.
type File struct {
	Kind     fact.DocumentKind `json:"kind"`
	Cause    fact.Cause        `json:"cause"` // "" where it was read and is not understood
	Target   string            `json:"target,omitempty"`
	Why      string            `json:"why"`
	Evidence fact.Evidence     `json:"evidence"`
}

// A Count is how many files of a kind there are.
type Count struct {
	Kind   fact.DocumentKind `json:"kind"`
	Files  int               `json:"files"`
	Silent int               `json:"silent"` // of Files
	Share  float64           `json:"share"`  // Silent of Files; 0 where there are none
	// Causes counts the silent ones.
	Causes map[fact.Cause]int `json:"causes"`
}

// An Answer is what a survey tells: kinds in a fixed order, files by kind, repository
// and path.
type Answer struct {
	AsOf  fact.Date `json:"as_of"`
	Kinds []Count   `json:"kinds"`
	Files []File    `json:"files"`
}

// Collectors are those whose facts [Of] reads.
func Collectors() []string { return []string{"licence", "adopter", "maintainer"} }

// Of tells it of the facts of a survey.
func Of(facts finding.Facts) Answer {
	a := Answer{AsOf: facts.Survey.AsOf, Files: []File{}}
	licence, adopters, maintainers := a.kind(fact.DocumentLicence), a.kind(fact.DocumentAdopters), a.kind(fact.DocumentMaintainers)
	for i := range facts.Survey.Outcomes {
		o := &facts.Survey.Outcomes[i]
		if o.Revision == nil {
			continue
		}
		key := o.Repo.Key()
		if f := facts.Licences[key]; f != nil {
			a.add(licence, o.Revision, f.Files, f.Unread)
		}
		if f := facts.Adopters[key]; f != nil {
			a.add(adopters, o.Revision, f.Files, f.Unread)
		}
		if f := facts.Maintainers[key]; f != nil {
			a.add(maintainers, o.Revision, f.Files, f.Unread)
		}
	}
	for i := range a.Kinds {
		if c := &a.Kinds[i]; c.Files > 0 {
			c.Share = float64(c.Silent) / float64(c.Files)
		}
	}
	order := map[fact.DocumentKind]int{}
	for i := range a.Kinds {
		order[a.Kinds[i].Kind] = i
	}
	slices.SortFunc(a.Files, func(x, y File) int {
		return cmp.Or(cmp.Compare(order[x.Kind], order[y.Kind]), cmp.Compare(x.Evidence.Repo, y.Evidence.Repo), cmp.Compare(x.Evidence.Path, y.Evidence.Path))
	})
	return a
}

// kind begins to count a kind, and gives its place.
func (a *Answer) kind(kind fact.DocumentKind) int {
	a.Kinds = append(a.Kinds, Count{Kind: kind, Causes: map[fact.Cause]int{}})
	return len(a.Kinds) - 1
}

// add counts the files of one repository: those that were read, and those that gave
// nothing, which also were not opened. What a README says of such a file is none.
func (a *Answer) add(at int, rev *fact.Revision, read []string, unread []fact.UnreadDocument) {
	c := &a.Kinds[at]
	files := map[string]bool{}
	for _, path := range read {
		files[path] = true
	}
	for _, u := range unread {
		if u.Line != 0 {
			continue
		}
		files[u.Path] = true
		c.Silent++
		c.Causes[u.Cause]++
		a.Files = append(a.Files, File{c.Kind, u.Cause, u.Target, u.Why, fact.Evidence{Repo: rev.Repo, Commit: rev.Commit, Path: u.Path}})
	}
	c.Files += len(files)
}

// Named are the causes that were counted, in order, the one that is not known last.
func (c *Count) Named() []fact.Cause {
	return slices.SortedFunc(maps.Keys(c.Causes), func(x, y fact.Cause) int {
		if x == "" || y == "" {
			return cmp.Compare(len(y), len(x))
		}
		return cmp.Compare(x, y)
	})
}
