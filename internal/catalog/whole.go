package catalog

import (
	"cmp"
	"slices"

	"assay/internal/fact"
)

// Whole puts whole repositories in the place of folders that are not in them at
// the date, as if their sources had named those. Where several folders of one
// repository are missing, it is counted once, for the project with the strongest
// claim. Notes tell of each.
func Whole(cat *fact.Catalog, ls *fact.Landscape, asOf fact.Date, folders []fact.RepoID) {
	missing := map[string]bool{}
	for _, id := range folders {
		missing[id.Key()] = true
	}
	b, groups, at := newBuilder(ls, Options{}), map[string][]claim{}, placesOf(ls)
	cat.Repositories = slices.DeleteFunc(cat.Repositories, func(r fact.Repository) bool {
		if !missing[r.ID.Key()] {
			return false
		}
		key := r.ID.Repository().Key()
		groups[key] = append(groups[key], b.raised(at.of(&r), &r, asOf)...)
		return true
	})
	for _, key := range sortedKeys(groups) {
		claims := groups[key]
		slices.SortStableFunc(claims, b.stronger)
		b.noteLosers(claims)
		cat.Repositories = append(cat.Repositories, b.repository(claims))
	}
	cat.Notes = append(cat.Notes, b.notes...)
	Sort(cat.Repositories, ls)
}

// raised makes of the claims of project p on a folder claims on its repository.
func (b *builder) raised(p int, r *fact.Repository, asOf fact.Date) []claim {
	whole := r.ID.Repository()
	claims := make([]claim, len(r.Memberships))
	for i, m := range r.Memberships {
		claims[i] = claim{project: p, id: whole, present: cmp.Or(r.FoundAs, whole).Repository(), branch: r.Branch, m: m}
	}
	b.note(fact.NoteFolder, claims[0].m.Evidence, "project %q names the folder %q of %q, which is not in the repository at %s: the whole repository is measured",
		r.Project, r.ID.Folder(), string(whole), asOf)
	return claims
}

// Sort orders repositories as [fact.Catalog] says: by project as the landscape has
// them, then by scope, then by ID.
func Sort(repos []fact.Repository, ls *fact.Landscape) {
	at := placesOf(ls)
	slices.SortStableFunc(repos, func(x, y fact.Repository) int {
		return cmp.Or(
			cmp.Compare(at.of(&x), at.of(&y)),
			cmp.Compare(slices.Index(fact.Scopes(), x.Scope()), slices.Index(fact.Scopes(), y.Scope())),
			cmp.Compare(x.ID.Key(), y.ID.Key()),
		)
	})
}

// places are the indexes of projects in the landscape, by name, and by name and line.
type places map[place]int

type place struct {
	name string
	line int
}

func placesOf(ls *fact.Landscape) places {
	all := places{}
	for i := range ls.Projects {
		p := &ls.Projects[i]
		for _, at := range []place{{p.Name, 0}, {p.Name, p.Lines["name"]}} {
			if _, ok := all[at]; !ok {
				all[at] = i
			}
		}
	}
	return all
}

// of is the index of the project of a repository.
func (p places) of(r *fact.Repository) int { return p[place{r.Project, r.ProjectLine}] }
