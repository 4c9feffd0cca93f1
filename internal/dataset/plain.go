package dataset

import (
	"strings"

	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// WritePlain is [Write] for a data set that goes out into the world: figures, names,
// dates, commits and paths. It holds no sentence that somebody else wrote: a description
// and a reason are the line where they stand. Nobody is named but who stands on a list of
// maintainers, with the line. The figures are the same.
func WritePlain(sink Sink, l *profile.Landscape) error {
	answers := answersOf(l)
	for _, a := range answers {
		for _, x := range a.of {
			plainAnswer(x)
		}
	}
	bare := *l
	bare.Projects = make([]*profile.Project, 0, len(l.Projects))
	for _, p := range l.Projects {
		bare.Projects = append(bare.Projects, plainProject(p))
	}
	return write(sink, &bare, answers)
}

// plainAnswer takes the words of others out of an answer.
func plainAnswer(a *usage.Answer) {
	for i := range a.Reasons {
		a.Reasons[i].Text = ""
	}
	for i := range a.Components {
		a.Components[i].Description = ""
	}
}

// plainProject is a project without the words of others.
func plainProject(p *profile.Project) *profile.Project {
	bare := *p
	item := &bare.Item
	item.Description, item.UseCase, item.BusinessUseCase, item.ReleaseRate, item.Integrations = "", "", "", "", ""
	item.Personas, item.Tags, item.Links = nil, nil, nil
	bare.Documents.Adopters = plained(p.Documents.Adopters, func(a *profile.Adopter) { a.Kind, a.Since = "", "" })
	bare.Documents.Unread = plained(p.Documents.Unread, func(u *profile.Unread) {
		if strings.Contains(u.Target, "@") {
			u.Target = ""
		}
	})
	bare.Repositories = plained(p.Repositories, func(r *profile.Repository) {
		if r.Revision != nil {
			bare := *r.Revision
			bare.Provisional = nil
			r.Revision = &bare
		}
	})
	return &bare
}

// plained is a list with each of its entries changed; null stays null.
func plained[T any](all []T, change func(*T)) []T {
	if all == nil {
		return nil
	}
	bare := make([]T, len(all))
	copy(bare, all)
	for i := range bare {
		change(&bare[i])
	}
	return bare
}
