package usage

import (
	"assay/internal/fact"
	"assay/internal/finding/profile"
)

// A Repository is a repository of a project with its figures for the language.
type Repository struct {
	*profile.Repository
	Figures *Figures `json:"figures"`           // null when unknown
	Largest string   `json:"largest,omitempty"` // the language with most counted bytes
	// Mainly: the language asked for is the largest of its product files.
	Mainly bool `json:"mainly"`

	// Missing, MissingPaths and Notes are the profile's, at their place in the
	// JSON form.

	Missing      int             `json:"missing_files"`
	MissingPaths []string        `json:"missing_paths,omitempty"`
	LargestFiles []fact.FileSize `json:"largest_files,omitempty"` // of the language
	Notes        []fact.Note     `json:"notes,omitempty"`

	leads bool // no language has more counted bytes
}

// repositories measures the language in the repositories of a project.
func (q *question) repositories(p *profile.Project) []Repository {
	all := make([]Repository, 0, len(p.Repositories))
	for i := range p.Repositories {
		all = append(all, q.repository(&p.Repositories[i]))
	}
	return all
}

func (q *question) repository(p *profile.Repository) Repository {
	r := Repository{Repository: p, Missing: p.Missing, MissingPaths: p.MissingPaths, Notes: p.Notes}
	if p.Composition == nil {
		return r
	}
	t := newTally()
	t.addComposition(p.Composition, q.language)
	r.Figures = t.figures()
	r.Mainly = mainly(t.product, q.language)
	r.leads = mainly(t.languages, q.language)
	if all := t.ordered(); len(all) > 0 {
		r.Largest = all[0].Language
	}
	r.LargestFiles = p.Composition.Largest[q.language]
	return r
}
