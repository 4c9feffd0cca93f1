package profile

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/fact"
)

// Level folds the spellings of one level into one.
func Level(maturity string) string {
	m := strings.ToLower(strings.TrimSpace(maturity))
	switch m {
	case "incubation":
		return "incubating"
	case "graduation":
		return "graduated"
	case "archive":
		return "archived"
	}
	return m
}

// CompareMaturity orders levels from the most mature to the ended; levels it
// does not know come before the ended ones, by name.
func CompareMaturity(a, b string) int {
	return cmp.Or(cmp.Compare(fact.MaturityRank(a), fact.MaturityRank(b)), cmp.Compare(Level(a), Level(b)))
}

// MaturityTitle is a level as a heading: "Graduated".
func MaturityTitle(maturity string) string {
	return cmp.Or(fact.MaturityTitle(Level(maturity)), "Unknown maturity")
}

// A Milestone is a day on which a project reached a level, with the line that
// says so.
type Milestone struct {
	Name     string        `json:"name"` // "accepted", "incubating", "graduated", …
	Date     fact.Date     `json:"date"`
	Evidence fact.Evidence `json:"evidence"`
}

// milestones orders the dated levels of a project by day, then name.
func milestones(p *fact.Project, landscape fact.Evidence) []Milestone {
	all := make([]Milestone, 0, len(p.Milestones))
	for name, date := range p.Milestones {
		if date != "" {
			all = append(all, Milestone{name, date, fieldEvidence(p, landscape, name)})
		}
	}
	slices.SortFunc(all, func(a, b Milestone) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(path(a.Name), path(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// fieldEvidence is the line of a field of the item, or of the item when the
// field has no line.
func fieldEvidence(p *fact.Project, landscape fact.Evidence, field string) fact.Evidence {
	e := landscape
	e.Line = cmp.Or(p.Lines[field], p.Lines["summary_"+field], p.Lines["name"])
	return e
}

// path orders the levels of one day along a project's way: acceptance first,
// then from the youngest level to the most mature, then the ends.
func path(name string) int {
	switch rank := fact.MaturityRank(name); {
	case !fact.KnownMaturity(name):
		return 0
	case fact.MaturityEnded(name):
		return 1000 + rank
	default:
		return 1000 - rank
	}
}
