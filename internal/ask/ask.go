// Package ask says what a question means: which project a person names, which
// language, which level of maturity. Every command that takes such a word takes
// it in the same ways, and says in the same way what it does not understand.
//
// A name is looked for from the surest meaning to the least: the name or the
// identifier, then the same letters written otherwise ("cert manager"), then
// further names and abbreviations (aliases.txt, the user's configuration, what
// the landscape says in brackets), then a repository ("argo cd" is one of
// Argo's), then initials. The first of these that knows the word decides. Where
// it means several projects, that is an error that names them: nothing is
// guessed.
package ask

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"assay/internal/fact"
)

// A Project is what tells a project from others.
type Project struct {
	ID, Name string
	// Aliases are further names: those of the user, and of the landscape's other
	// fields.
	Aliases []string
	// Repositories are those that belong to it.
	Repositories []fact.RepoID
}

// Projects are the projects of a landscape, in its order, with the repositories
// of a catalogue, where there is one, and the user's names by identifier.
func Projects(l *fact.Landscape, repos []fact.Repository, names map[string][]string) []Project {
	all := make([]Project, len(l.Projects))
	first := map[string]int{}
	type twin struct {
		name string
		line int
	}
	twins := map[twin]int{}
	for i, id := range l.IDs() {
		p := &l.Projects[i]
		all[i] = Project{ID: id, Name: p.Name, Aliases: append([]string{p.LFXSlug, p.CLOMonitorName}, names[id]...)}
		all[i].add(p.RepoURL)
		for _, r := range p.AdditionalRepos {
			all[i].add(r.URL)
		}
		if _, ok := first[p.Name]; !ok {
			first[p.Name] = i
		}
		twins[twin{p.Name, p.Lines["name"]}] = i
	}
	for i := range repos {
		r := &repos[i]
		at, ok := first[r.Project]
		if r.ProjectLine > 0 {
			at, ok = twins[twin{r.Project, r.ProjectLine}]
		}
		if ok {
			all[at].Repositories = append(all[at].Repositories, r.ID)
		}
	}
	return all
}

// add adds the repository at an address, where it is one.
func (p *Project) add(address string) {
	if id, err := fact.ParseRepoURL(address); err == nil {
		p.Repositories = append(p.Repositories, id)
	}
}

// letters are the letters and digits of a name in lower case, by which ways of
// writing one name are equal: "cert manager" and "cert-manager", "metal3" and
// "Metal³", "Mâché" and "mache". "The" before other words is left out.
func letters(name string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKD.String(name)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1 // the accent of the letter before
		}
		return r
	}, strings.Join(words, ""))
}

// initials are the first letters of the words of a name, and of the parts of a
// word that begin with a capital ("CloudNativePG": cnpg); "" where there are
// less than three, which say too little.
func initials(name string) string {
	var b strings.Builder
	before := ' '
	for _, r := range name {
		begins := !unicode.IsLetter(before) && !unicode.IsDigit(before)
		if unicode.IsLetter(r) && (begins || unicode.IsUpper(r)) {
			b.WriteRune(unicode.ToLower(r))
		}
		before = r
	}
	if b.Len() < 3 {
		return ""
	}
	return b.String()
}

// bracketed splits "Open Policy Agent (OPA)".
func bracketed(name string) (bare, brief string) {
	bare, rest, ok := strings.Cut(name, " (")
	if !ok {
		return "", ""
	}
	return bare, strings.TrimSuffix(rest, ")")
}
