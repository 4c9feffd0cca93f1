package verify

import (
	"strings"

	"assay/internal/ask"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

// namesOf are the names of the projects and repositories of a landscape. What
// they share is ambiguous; nothing is guessed.
func namesOf(f *usage.Findings, more map[string][]string) *claim.Names {
	n := names.New()
	for i := range f.Projects {
		p := &f.Projects[i]
		s := claim.Subject{Sort: claim.OfProject, ID: p.ID}
		n.Add(p.Name, s)
		for _, a := range append(ask.Aliases(p.Name), more[p.ID]...) {
			n.Add(a, s)
		}
	}
	for i := range f.Projects {
		addRepositories(n, &f.Projects[i])
	}
	return n
}

// addRepositories adds a project's repositories, and those of its names in the
// landscape's other fields that are no other project's.
func addRepositories(n *claim.Names, p *usage.Project) {
	s := claim.Subject{Sort: claim.OfProject, ID: p.ID}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		repo := claim.Subject{Sort: claim.OfRepository, ID: r.ID.Key(), Within: p.ID}
		n.Add(r.ID.Slug(), repo)
		n.Add(string(r.ID), repo)
		if name := r.ID.Name(); len(name) > 3 && (r.State == profile.Read || strings.Contains(name, "-")) {
			n.Add(name, repo)
		}
	}
	for _, name := range []string{p.Item.CLOMonitorName, p.Item.LFXSlug} {
		if _, taken := n.Exact(name); !taken {
			n.Add(name, s)
		}
	}
}

// repositoryRow reports whether a row is about a repository of the project that it
// begins with.
func repositoryRow(n *claim.Names, row *page.Block) bool {
	if len(row.Cells) < 2 {
		return false
	}
	s, ok := n.Exact(row.Cells[1].S)
	return ok && s.Sort == claim.OfRepository
}

// languagesOf are the languages that the projects are in, for telling them in a
// text.
func languagesOf(f *usage.Findings) []string {
	seen := map[string]bool{f.Language: true}
	all := []string{f.Language}
	for i := range f.Projects {
		for _, l := range f.Projects[i].Languages {
			if !seen[l.Language] && isPlainWord(l.Language) {
				seen[l.Language] = true
				all = append(all, l.Language)
			}
		}
	}
	return all
}

func isPlainWord(s string) bool { return !strings.Contains(s, ".") }
