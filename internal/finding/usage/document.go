package usage

import (
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/words"
)

// Documents is what the repositories of a project say of themselves. A nil list
// is unknown (no repository was read for it). An empty one means that nothing
// was found, unless Unread has something of its kind: then it is unknown too,
// and a list with entries may have more.
type Documents struct {
	*profile.Documents
	// Reasons are sentences that give a reason for the language.
	Reasons []Reason `json:"reasons"`

	// What follows is the profile's, at its place in the JSON form.

	Repositories int         `json:"repositories"`
	Notes        []fact.Note `json:"notes,omitempty"`
}

// A Reason is a sentence that gives a reason for the language, word for word.
type Reason struct {
	Text     string        `json:"text"`
	Evidence fact.Evidence `json:"evidence"`
}

func (q *question) documents(p *profile.Project) Documents {
	return Documents{
		Documents: &p.Documents, Reasons: q.reasons(p),
		Repositories: p.Documents.Repositories, Notes: p.Documents.Notes,
	}
}

// reasons lists the sentences, each once; nil when no repository was read for
// them.
func (q *question) reasons(p *profile.Project) []Reason {
	var all []Reason
	seen := map[string]bool{}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		f := q.landscape.PolicyOf(r)
		if f == nil {
			continue
		}
		if all == nil {
			all = []Reason{}
		}
		for _, s := range f.Reasons {
			if key := words.Fold(s.Text); s.Language == q.language && s.Text != "" && !seen[key] {
				seen[key] = true
				all = append(all, Reason{s.Text, r.Line(s.Path, s.Line)})
			}
		}
	}
	return all
}
