package survey

import (
	"fmt"
	"slices"

	"assay/internal/catalog"
	"assay/internal/errkind"
	"assay/internal/fact"
)

// A repository that an earlier run of the same landscape and date was told of, by
// a source that this run could not read, still belongs to its project: else what
// was read of it would be gone. Nobody has said otherwise.

// keepNamed puts back the repositories that only sources name which were read
// then and were not read whole now.
func (r *run) keepNamed() {
	if r.before.catalog == nil {
		return
	}
	lost, known, listed := r.lostSources(), r.barred(), map[string]bool{}
	for i := range r.survey.Catalog.Repositories {
		known.add(r.survey.Catalog.Repositories[i].ID)
	}
	for i := range r.survey.Landscape.Projects {
		listed[r.survey.Landscape.Projects[i].Name] = true
	}
	n := 0
	for _, repo := range r.before.catalog.Repositories {
		repo.Memberships = slices.DeleteFunc(slices.Clone(repo.Memberships), func(m fact.Membership) bool { return !lost[m.Source] })
		if !listed[repo.Project] || known.overlap(repo.ID) || len(repo.Memberships) == 0 {
			continue
		}
		repo.FoundAs = ""
		r.survey.Catalog.Repositories = append(r.survey.Catalog.Repositories, repo)
		n++
	}
	if n == 0 {
		return
	}
	catalog.Sort(r.survey.Catalog.Repositories, r.survey.Landscape)
	r.survey.Catalog.Notes = append(r.survey.Catalog.Notes, fact.Note{
		Kind: string(errkind.Partial), Text: fmt.Sprintf("repositories that sources name which an earlier run of the day read, and the last did not: %d", n),
	})
}

// lostSources are the sources that may name more than they did now: they were
// looked for and not read whole, or know a part only. One that was switched off
// is not missed.
func (r *run) lostSources() map[string]bool {
	lost := map[string]bool{}
	for _, s := range r.survey.Catalog.Sources {
		lost[s.Name] = s.State != "read" && s.State != "off"
		if p, ok := r.Catalog.Lister.(catalog.PartialLister); ok && s.Name == "listing" && s.State == "read" {
			lost[s.Name] = p.Partial()
		}
	}
	return lost
}

// barred are the repositories that the user excludes.
func (r *run) barred() parts {
	barred := parts{}
	for _, p := range r.Catalog.Config.Projects {
		for _, raw := range p.Exclude {
			if id, err := fact.ParseRepoURL(raw); err == nil {
				barred.add(id)
			}
		}
	}
	return barred
}

// parts are repositories and folders of them, by the repository.
type parts map[string][]fact.RepoID

func (p parts) add(id fact.RepoID) {
	key := id.Repository().Key()
	p[key] = append(p[key], id)
}

// overlap reports whether files of id are in one of the parts.
func (p parts) overlap(id fact.RepoID) bool {
	return slices.ContainsFunc(p[id.Repository().Key()], id.Overlaps)
}
