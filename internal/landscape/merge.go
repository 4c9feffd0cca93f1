package landscape

import (
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/limit"
)

// A merger collects the projects of a file. A landscape may show one project
// under several categories, by an item for each; those become one project with
// further paths. Two items of different names stay two projects, even when
// they share a repository (allow_duplicate_repo).
type merger struct {
	*reader
	byName map[string][]int  // lower-case name → indices of Projects
	bySlug map[string]string // identifier → first name that has it
}

// add appends p, or merges it into the project that it repeats.
func (m *merger) add(p fact.Project) {
	key := strings.ToLower(p.Name)
	for _, i := range m.byName[key] {
		if first := &m.out.Projects[i]; sameItem(first, &p) {
			m.merge(first, &p)
			return
		}
	}
	if twins := m.byName[key]; len(twins) > 0 {
		m.note(p.Lines["name"], "two projects are called %q (the other in line %d); their repositories differ, so they are kept apart",
			p.Name, m.out.Projects[twins[0]].Lines["name"])
	}
	slug := p.ID()
	if other, ok := m.bySlug[slug]; !ok {
		m.bySlug[slug] = p.Name
	} else if !strings.EqualFold(other, p.Name) {
		m.note(p.Lines["name"], "the projects %q and %q have the same identifier %q", other, p.Name, slug)
	}
	if len(m.byName[key]) < limit.LandscapeTwins {
		m.byName[key] = append(m.byName[key], len(m.out.Projects))
	}
	m.out.Projects = append(m.out.Projects, p)
}

// merge records in first where p lists it again. What p says otherwise is not
// taken over: the first item counts.
func (m *merger) merge(first, p *fact.Project) {
	also := p.Category + " / " + p.Subcategory
	addPath(first, also)
	for _, path := range p.SecondPaths {
		addPath(first, path)
	}
	contradiction := ""
	if p.Maturity != first.Maturity {
		contradiction = ", there with the maturity " + p.Maturity
	}
	m.note(p.Lines["name"], "%q is listed again in %q%s; the item in line %d counts",
		p.Name, also, contradiction, first.Lines["name"])
}

// elsewhere records an item without maturity that lists a project again.
func (m *merger) elsewhere(it *item) {
	for _, i := range m.byName[strings.ToLower(it.name)] {
		first := &m.out.Projects[i]
		other := fact.Project{RepoURL: m.address(it.fields["repo_url"]), Homepage: m.address(it.fields["homepage_url"])}
		if !sameItem(first, &other) {
			continue
		}
		addPath(first, it.path())
		m.note(it.line, "%q is listed again in %q, there without maturity; the item in line %d counts",
			it.name, it.path(), first.Lines["name"])
		return
	}
}

// sameItem reports whether two items of one name are one thing: they have the
// same repository or, where one names none, the same home page.
func sameItem(a, b *fact.Project) bool {
	if a.RepoURL != "" && b.RepoURL != "" {
		return repoKey(a.RepoURL) == repoKey(b.RepoURL)
	}
	if a.Maturity != "" && b.Maturity != "" {
		return true
	}
	return a.Homepage != "" && pageKey(a.Homepage) == pageKey(b.Homepage)
}

func repoKey(url string) string {
	id, err := fact.ParseRepoURL(url)
	if err != nil {
		return pageKey(url)
	}
	return id.Key()
}

func pageKey(url string) string {
	url = strings.ToLower(url)
	url = strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(url, "www."), "/")
}

func addPath(p *fact.Project, path string) {
	if len(p.SecondPaths) < limit.LandscapePaths && path != p.Category+" / "+p.Subcategory && !slices.Contains(p.SecondPaths, path) {
		p.SecondPaths = append(p.SecondPaths, path)
	}
}
