package catalog

import (
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/forge"
)

// An addressBook holds the repositories that the landscape itself names, by project
// and name.
type addressBook struct {
	byName map[projectName]fact.RepoID
	known  map[projectName]bool // by key of the repository, under all its names
}

type projectName struct {
	project int
	name    string
}

// addressed gathers the addresses of the landscape from the claims.
func (b *builder) addressed() addressBook {
	book := addressBook{map[projectName]fact.RepoID{}, map[projectName]bool{}}
	for _, c := range b.claims {
		if c.m.Reason != fact.Primary && c.m.Reason != fact.Additional {
			continue
		}
		n := projectName{c.project, strings.ToLower(c.id.Name())}
		if _, ok := book.byName[n]; !ok {
			book.byName[n] = c.id.Repository()
		}
		book.known[projectName{c.project, c.id.Repository().Key()}] = true
		book.known[projectName{c.project, c.present.Repository().Key()}] = true
	}
	return book
}

// twin is the repository of the landscape that goes by the name of id under
// another owner, or "". It is no twin when id is known to be the landscape's
// repository itself.
func (a addressBook) twin(project int, id fact.RepoID) fact.RepoID {
	if a.known[projectName{project, id.Key()}] {
		return ""
	}
	return a.byName[projectName{project, strings.ToLower(id.Name())}]
}

// dropTwins leaves out the second addresses of repositories that moved: see
// the package comment.
func (b *builder) dropTwins() {
	book := b.addressed()
	b.claims = slices.DeleteFunc(b.claims, func(c claim) bool {
		if c.m.Reason != fact.Catalogued || book.known[projectName{c.project, c.present.Repository().Key()}] {
			return false
		}
		twin := book.twin(c.project, c.id)
		if twin == "" {
			return false
		}
		b.noteFor(c.project, c.m.Evidence, "project %q: %s names %q, where the landscape names %q: taken for one repository that moved",
			b.ls.Projects[c.project].Name, c.m.Source, string(c.id), string(twin))
		return true
	})
}

// moved records that the repository the landscape names at one address is
// found in the project's own organisation at another.
func (b *builder) moved(project int, from, to fact.RepoID) {
	for i := range b.claims {
		if c := &b.claims[i]; c.project == project && c.id.Repository().Key() == from.Key() {
			c.present = to.Within(c.id.Folder())
			if c.m.Reason == fact.Primary || c.m.Reason == fact.Additional {
				b.noteFor(project, c.m.Evidence, "project %q: the landscape names %q, and its organisation has %q: taken for one repository that moved",
					b.ls.Projects[project].Name, string(from), string(to))
			}
		}
	}
}

// holds reports whether a listing has the repository.
func holds(lists map[string]listed, id fact.RepoID) bool {
	_, found := slices.BinarySearchFunc(lists[strings.ToLower(ownerOf(id))].repos, id.Key(),
		func(r forge.Repo, key string) int { return strings.Compare(r.ID.Key(), key) })
	return found
}
