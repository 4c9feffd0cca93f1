package ask

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
)

// A Match is the project that a word means.
type Match struct {
	// Index is its place in the list.
	Index int
	// Repository is set where the word names a repository of the project and not
	// the project itself.
	Repository fact.RepoID
}

// A word is what a person wrote for a project, in the forms in which names are
// compared.
type word struct {
	text, fold, slug, letters string
	repo                      fact.RepoID // "" where it is no address of one
}

func wordOf(text string) word {
	w := word{text: strings.TrimSpace(text), fold: words.Fold(text), slug: fact.Slug(text), letters: letters(text)}
	if id, err := fact.ParseRepoURL(text); err == nil && strings.Contains(text, "/") {
		w.repo = id
	}
	return w
}

// spells reports whether name has the same letters as the word, and has any.
func (w *word) spells(name string) bool { return w.letters != "" && letters(name) == w.letters }

// A rung is one way in which a word may mean a project.
type rung func(p *Project, w *word) (Match, bool)

// ladder is the ways, the surest first.
var ladder = []rung{
	itself(func(p *Project, w *word) bool { return words.Fold(p.Name) == w.fold || p.ID != "" && p.ID == w.slug }),
	itself(func(p *Project, w *word) bool { return w.spells(p.Name) }),
	itself(func(p *Project, w *word) bool {
		return slices.ContainsFunc(Aliases(p.Name), w.spells) || slices.ContainsFunc(p.Aliases, w.spells)
	}),
	within(func(id fact.RepoID, w *word) bool {
		return w.repo != "" && id.Key() == w.repo.Key() || strings.EqualFold(id.Slug(), w.text)
	}),
	within(func(id fact.RepoID, w *word) bool { return w.spells(id.Name()) }),
	itself(func(p *Project, w *word) bool { return w.spells(initials(p.Name)) }),
}

// itself is a rung on which a project is meant itself.
func itself(means func(*Project, *word) bool) rung {
	return func(p *Project, w *word) (Match, bool) { return Match{}, means(p, w) }
}

// within is a rung on which one of a project's repositories is meant.
func within(means func(fact.RepoID, *word) bool) rung {
	return func(p *Project, w *word) (Match, bool) {
		i := slices.IndexFunc(p.Repositories, func(id fact.RepoID) bool { return means(id, w) })
		if i < 0 {
			return Match{}, false
		}
		return Match{Repository: p.Repositories[i]}, true
	}
}

// Find gives the project that a person means by name. A name that means none is
// errkind.NotFound, and the hint says what was perhaps meant; one that means
// several is errkind.Usage, and the hint says how to name each.
func Find(all []Project, name string) (Match, error) {
	w := wordOf(name)
	if w.text == "" {
		return Match{}, errkind.WithHint(errkind.Errorf(errkind.Usage, "no project is named"), "write the name of one, as 'assay list --all' lists them")
	}
	for _, means := range ladder {
		var found []Match
		for k := range all {
			if m, ok := means(&all[k], &w); ok {
				m.Index = k
				found = append(found, m)
			}
		}
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return Match{}, ambiguous(all, found, name)
		}
	}
	err := errkind.Errorf(errkind.NotFound, "there is no project %q in the landscape", name)
	if near := near(all, w.letters); len(near) > 0 {
		return Match{}, errkind.WithHint(err, "%s", words.Meant(near))
	}
	return Match{}, errkind.WithHint(err, "write the name as in landscape.yml; 'assay list --all' lists the projects of a survey")
}

// mostNamed is how many projects an error names.
const mostNamed = 5

// ambiguous is the error that a word means several projects.
func ambiguous(all []Project, found []Match, word string) error {
	var names, ids []string
	for _, m := range found {
		p := &all[m.Index]
		names, ids = append(names, p.Name), append(ids, p.ID)
	}
	if slices.ContainsFunc(ids[1:], func(id string) bool { return id == ids[0] }) {
		// Projects of one name are told apart by what else is known of them.
		for i, m := range found {
			if repos := all[m.Index].Repositories; len(repos) > 0 {
				ids[i] = repos[0].Slug()
			}
		}
	}
	err := errkind.Errorf(errkind.Usage, "%q may be %s", word, enumerate(names))
	return errkind.WithHint(err, "say which: %s", enumerate(ids))
}

// enumerate lists the first of names.
func enumerate(names []string) string {
	if more := len(names) - mostNamed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostNamed], ", "), more)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// near gives identifiers of projects whose names look like a word of these
// letters, or hold it.
func near(all []Project, key string) []string {
	owner, keys := map[string]string{}, []string{}
	for i := range all {
		p := &all[i]
		for _, name := range slices.Concat([]string{p.ID, p.Name}, Aliases(p.Name), p.Aliases) {
			if k := letters(name); k != "" && owner[k] == "" {
				owner[k] = p.ID
				keys = append(keys, k)
			}
		}
	}
	found := words.Near(key, keys)
	if len(key) >= 4 {
		for _, k := range keys {
			if strings.Contains(k, key) {
				found = append(found, k)
			}
		}
	}
	var ids []string
	for _, k := range found {
		if id := owner[k]; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids[:min(len(ids), mostNamed)]
}
