package catalog

import (
	"strings"
	"unicode"

	"assay/internal/fact"
)

// A match pairs the entries of a list with projects, one to one, in rounds
// from the surest sign to the least sure.
type match struct {
	project []int  // by entry; -1: none yet
	taken   []bool // by project
}

func newMatch(entries, projects int) *match {
	m := &match{project: make([]int, entries), taken: make([]bool, projects)}
	for i := range m.project {
		m.project[i] = -1
	}
	return m
}

// by is one round: an entry without a project gets the free one that is
// indexed under the first of its keys to have one.
func (m *match) by(index map[string]int, keys func(entry int) []string) {
	for e := range m.project {
		if m.project[e] >= 0 {
			continue
		}
		for _, key := range keys(e) {
			if p, ok := index[key]; ok && key != "" && !m.taken[p] {
				m.project[e], m.taken[p] = p, true
				break
			}
		}
	}
}

// projectsBy indexes the projects by a key of theirs; the first of equals wins
// and empty keys are left out.
func (b *builder) projectsBy(key func(*fact.Project) string) map[string]int {
	index := map[string]int{}
	for i := range b.ls.Projects {
		k := key(&b.ls.Projects[i])
		if _, ok := index[k]; !ok && k != "" {
			index[k] = i
		}
	}
	return index
}

// primaries indexes the projects by the key of their primary repository.
func (b *builder) primaries() map[string]int {
	return b.projectsBy(func(p *fact.Project) string {
		id, err := fact.ParseRepoURL(p.RepoURL)
		if err != nil {
			return ""
		}
		return id.Key()
	})
}

// squeeze is s in lower case with nothing but its letters and digits, so that
// "Kube-OVN", "kubeovn" and "Kube OVN" are one name.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// related reports whether owner's name is that of the project or of its
// primary repository, but for punctuation and additions. Short names must
// stand at an end, as "k8s" is part of too much, and short names of
// repositories ("spec", "api") say nothing.
func related(owner, project, repo string) bool {
	owner, repo = squeeze(owner), squeeze(repo)
	names := []string{squeeze(project)}
	if len(repo) >= 5 {
		names = append(names, repo)
	}
	for _, name := range names {
		switch {
		case name == "" || owner == "":
		case owner == name:
			return true
		case len(name) >= 4 && strings.Contains(owner, name):
			return true
		case len(name) >= 2 && (strings.HasPrefix(owner, name) || strings.HasSuffix(owner, name)):
			return true
		case len(owner) >= 4 && strings.HasPrefix(name, owner):
			return true
		}
	}
	return false
}
