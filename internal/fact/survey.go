package fact

import (
	"cmp"
	"slices"
)

// A Survey is one look at a landscape at a date: which projects and
// repositories there were, which revision of each was measured, and what could
// not be read. The measurements themselves are stored beside it under their
// [Key].
type Survey struct {
	AsOf      Date       `json:"as_of"`
	Landscape *Landscape `json:"landscape"`
	Catalog   *Catalog   `json:"catalog"`
	// Outcomes, one for each repository of the catalogue, ordered by Repo.
	Outcomes []Outcome `json:"outcomes"`
	// Projects are the names of those that the survey was told to look at, sorted;
	// none where it was to look at all. Of the others nothing is to be said.
	Projects []string `json:"projects,omitempty"`
	// Collectors and their versions, by name: with an outcome's revision they
	// give the keys of its facts.
	Collectors map[string]int `json:"collectors"`
}

// LeavesOut reports whether the survey was told to leave a project out.
func (s *Survey) LeavesOut(project string) bool {
	return len(s.Projects) > 0 && !slices.Contains(s.Projects, project)
}

// An Outcome is what became of one repository in a survey.
type Outcome struct {
	Repo RepoID `json:"repo"`
	// Revision is what was measured; nil when nothing was.
	Revision *Revision `json:"revision,omitempty"`
	// Observed says until when the mirror speaks; nil when nothing was read, or
	// nothing says so.
	Observed *Observation `json:"observed,omitempty"`
	// Failure is the error kind when the repository, or a part of it, could not
	// be measured; "" when all went well, Skipped when nobody tried. Why is the message, How the mend.
	Failure string `json:"failure,omitempty"`
	Why     string `json:"why,omitempty"`
	How     string `json:"how,omitempty"`
}

// Skipped stands in the place of a failure when a survey was told to leave a
// repository out.
const Skipped = "skipped"

// A Key names a measured fact. A fact never changes: the same collector version
// finds the same at the same revision.
type Key struct {
	Repo      RepoID `json:"repo"`
	Revision  string `json:"revision"`
	Collector string `json:"collector"`
	Version   int    `json:"version"`
}

// Compare orders keys by repository, revision, collector and version.
func (k Key) Compare(o Key) int {
	return cmp.Or(
		cmp.Compare(k.Repo.Key(), o.Repo.Key()),
		cmp.Compare(k.Revision, o.Revision),
		cmp.Compare(k.Collector, o.Collector),
		cmp.Compare(k.Version, o.Version),
	)
}

// A Record is a stored fact: its key and its body as canonical JSON.
type Record struct {
	Key
	Body []byte `json:"body"`
}
