package markdown

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/report"
)

// head is at most n of list; rest is how many more there are.
func head[T any](list []T, n int) []T { return list[:min(n, len(list))] }

func rest[T any](list []T, n int) int { return max(0, len(list)-n) }

// ScopesDiffer reports whether the scopes hold different repositories, so that
// it is worth showing their figures beside each other.
func (v View) ScopesDiffer() bool {
	for _, s := range v.Scopes[1:] {
		if s.Coverage != v.Scopes[0].Coverage {
			return true
		}
	}
	return false
}

// MaturityTitle is the project's maturity as headings show it, not yet escaped.
func (v View) MaturityTitle() string { return profile.MaturityTitle(v.Maturity) }

// TopLanguages is the project's largest languages.
func (v View) TopLanguages() []usage.LanguageBytes { return head(v.Languages, 5) }

// TopMaintainers is the maintainers named on the page, MoreMaintainers how many
// more there are.
func (v View) TopMaintainers() []profile.Maintainer {
	return head(v.Documents.Maintainers, v.Page.Limits.Maintainers)
}

// MoreMaintainers is how many maintainers the page does not name.
func (v View) MoreMaintainers() int { return rest(v.Documents.Maintainers, v.Page.Limits.Maintainers) }

// TopAdopters is the adopters named on the page.
func (v View) TopAdopters() []profile.Adopter {
	return head(v.Documents.Adopters, v.Page.Limits.Adopters)
}

// MoreAdopters is how many adopters the page does not name.
func (v View) MoreAdopters() int { return rest(v.Documents.Adopters, v.Page.Limits.Adopters) }

// AdopterRepositories names the repositories whose files name the adopters.
func (v View) AdopterRepositories() []string {
	var places []fact.Evidence
	for _, a := range v.Documents.Adopters {
		places = append(places, a.Evidence)
	}
	return repositoriesOf(places)
}

// MaintainerRepositories names the repositories whose files name the
// maintainers: not always the primary one.
func (v View) MaintainerRepositories() []string {
	var places []fact.Evidence
	for _, m := range v.Documents.Maintainers {
		places = append(places, m.Evidence)
	}
	return repositoriesOf(places)
}

// repositoriesOf names the repositories of places, each once, in their order,
// the ones after the third by their number.
func repositoriesOf(places []fact.Evidence) []string {
	const most = 3
	var names []string
	seen := map[fact.RepoID]bool{}
	for _, e := range places {
		if !seen[e.Repo] {
			seen[e.Repo] = true
			names = append(names, e.Repo.Slug())
		}
	}
	if more := len(names) - most; more > 0 {
		names = append(names[:most], "and "+words.Amount(more, "more repository"))
	}
	return names
}

// TopReasons is the reasons quoted on the page.
func (v View) TopReasons() []usage.Reason { return head(v.Documents.Reasons, v.Page.Limits.Reasons) }

// Known reports whether a repository was read for a kind of document.
func (v View) Known(kind string) bool { return v.Documents.Known(fact.DocumentKind(kind)) }

// Unread lists what was found of a kind of document and not understood.
func (v View) Unread(kind string) []profile.Unread {
	return v.Documents.UnreadOf(fact.DocumentKind(kind))
}

// Notation explains the signs of figures that are not exact.
func (p *Page) Notation() []words.Mark { return words.Notation() }

// Line is a line of the landscape.
func (v View) Line(n int) fact.Evidence {
	e := v.Page.Landscape.Evidence
	e.Line = n
	return e
}

// speaking lists the repositories that have something to say of the language:
// those that hold it, most bytes first, and the primary one.
func (v View) speaking() []usage.Repository {
	var found []usage.Repository
	for _, r := range v.InScope() {
		if r.Figures.Bytes > 0 || r.Reason == fact.Primary {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b usage.Repository) int { return cmp.Compare(b.Figures.Bytes, a.Figures.Bytes) })
	return found
}

// RepositoryRows is the repositories shown in the project's table.
func (v View) RepositoryRows() []usage.Repository {
	return head(v.speaking(), v.Page.Limits.Repositories)
}

// FigureSources links in Markdown the trees that the project's figures were
// measured in, those with most of the language first.
func (v View) FigureSources() string {
	var trees []fact.Evidence
	for _, r := range v.speaking() {
		trees = append(trees, r.Evidence())
	}
	return v.Page.links.sources(head(trees, 3))
}

// RevisionNotes is what a reader should know of how revisions were picked.
func (v View) RevisionNotes() []fact.Note {
	var notes []fact.Note
	for _, r := range v.InScope() {
		if !r.Replaced() { // a box of its own says what the notes say
			notes = append(notes, r.Revision.Notes...)
		}
	}
	return head(notes, 5)
}

// FolderNotes are the notes that a whole repository was measured in place of a folder: who
// reads the figures must know.
func (v View) FolderNotes() []fact.Note {
	return slices.DeleteFunc(v.RevisionNotes(), func(n fact.Note) bool { return n.Kind != fact.NoteFolder })
}

// RepositoryRest says in Markdown what the table leaves out, or "".
func (v View) RepositoryRest() string {
	speaking := v.speaking()
	var parts []string
	add := func(n int, unit, what string) {
		if n > 0 {
			parts = append(parts, words.Amount(n, unit)+" "+what)
		}
	}
	add(rest(speaking, v.Page.Limits.Repositories), "more repository", "with "+escape(v.Page.Language))
	add(len(v.InScope())-len(speaking), "repository", "read without "+escape(v.Page.Language))
	add(v.Coverage.Unread(), "repository", "not read")
	add(v.Coverage.Empty, "repository", "without a commit at the date")
	add(v.Coverage.Other, "repository", "without code of the project")
	if len(parts) == 0 {
		return ""
	}
	return "Beside these: " + strings.Join(parts, ", ") + "."
}

func (v View) packages() []usage.Component {
	var found []usage.Component
	for i := range v.Components {
		if c := &v.Components[i]; c.IsPackage() && c.Role == fact.RoleProduct {
			found = append(found, *c)
		}
	}
	return found
}

// ComponentRows is the packages of product role shown on the page.
func (v View) ComponentRows() []usage.Component {
	return head(v.packages(), v.Page.Limits.Components)
}

// ComponentRest is how many packages of product role the page leaves out.
func (v View) ComponentRest() int { return rest(v.packages(), v.Page.Limits.Components) }

// Replacement says in Markdown which line of history of a repository was
// followed, and which was not.
func (v View) Replacement(r usage.Repository) string {
	all := []string{fmt.Sprintf("%s has more than one line of history on %s: %s.",
		v.Page.links.link(r.Slug(), r.ID.URL()), escape(string(v.Page.AsOf)), escape(profile.RuleWords(r.Revision.Rule)))}
	for i, l := range r.Revision.Lineages {
		all = append(all, "- "+v.Page.links.lineage(i, l, r.Evidence().Repo))
	}
	all[0] += "\n"
	return strings.Join(all, "\n")
}

// Gaps says in Markdown what is missing from the project's figures, or "".
func (v View) Gaps() string {
	if !v.Incomplete {
		return ""
	}
	return escape(v.Coverage.Words()) + "; what was not read is in no figure of this section."
}

// UnreadRows is the unread repositories shown on the page: those of projects
// using the language first, those of projects nothing is known of last.
func (p *Page) UnreadRows() []report.Member {
	all := p.Unread()
	rank := func(m report.Member) int {
		switch {
		case m.Project.Class.Uses():
			return 0
		case m.Project.Class != usage.Unknown:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b report.Member) int { return cmp.Compare(rank(a), rank(b)) })
	return head(all, p.Limits.Unread)
}

// UnreadRest is how many unread repositories the page leaves out.
func (p *Page) UnreadRest() int { return rest(p.Unread(), p.Limits.Unread) }

// UnknownNames is the projects named on the page of which nothing is known.
func (p *Page) UnknownNames() []string {
	var names []string
	for _, x := range head(p.OfClass(usage.Unknown.String()), p.Limits.Unread) {
		names = append(names, x.Name)
	}
	return names
}

// UnknownRest is how many projects of which nothing is known the page leaves out.
func (p *Page) UnknownRest() int { return rest(p.OfClass(usage.Unknown.String()), p.Limits.Unread) }

// RevisionRows is the revisions shown on the page.
func (p *Page) RevisionRows() []report.Member { return head(p.Revisions(), p.Limits.Rows) }

// RevisionRest is how many revisions the page leaves out.
func (p *Page) RevisionRest() int { return rest(p.Revisions(), p.Limits.Rows) }

// NoteRows is the notes shown on the page.
func (p *Page) NoteRows() []fact.Note { return head(p.Notes, p.Limits.Rows) }

// NoteRest is how many notes the page leaves out.
func (p *Page) NoteRest() int { return rest(p.Notes, p.Limits.Rows) }
