package markdown

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/report"
)

// The parts of a section in a few lines: what nothing is known of has no line.

// someNames is how many adopters a line names, and how many repositories a cell.
const someNames = 3

// AdopterWords is how many adopters files of the project name.
func (v View) AdopterWords() string {
	s := words.Phrase(v.Quantities.Adopters, words.In[int]("adopter"))
	if strings.HasSuffix(s, " read") {
		s += "," // where they are named follows
	}
	return s
}

// SomeAdopters is the names of the first adopters, of those that can be told apart in
// a list.
func (v View) SomeAdopters() []string {
	var names []string
	for _, a := range v.Documents.Adopters {
		if !strings.ContainsAny(a.Name, ",;:") {
			names = append(names, a.Name)
		}
	}
	return head(names, someNames)
}

// PeopleKnown reports whether anything is known of the authors of the year,
// OrganisationsKnown of whom they work for.
func (v View) PeopleKnown() bool { return v.AuthorWords() != words.Unknown }

// OrganisationsKnown reports whether an organisation of an author is known.
func (v View) OrganisationsKnown() bool {
	return v.Activity != nil && v.Activity.Year.Organisations.Known > 0
}

// PartKnown reports whether anything is known of the work on the language.
func (v View) PartKnown() bool { return v.PartShort() != words.Unknown }

// AuditLink says an audit in a line, linked to its report: "2023-03-02: security audit
// by Ada Logics".
func (v View) AuditLink(a fact.Audit) string {
	a.Type = strings.TrimSpace(a.Type + " audit")
	return v.Page.links.link(profile.AuditWords(a), a.URL)
}

// someAudits is how many audits a section names.
const someAudits = 4

// LatestAudits is the audits that a section names: the last of the landscape's, which
// lists them in the order of time.
func (v View) LatestAudits() []fact.Audit {
	all := v.Item.Audits
	return all[max(0, len(all)-someAudits):]
}

// EarlierAudits reports whether there are more.
func (v View) EarlierAudits() bool { return len(v.Item.Audits) > someAudits }

// FirstReason is the first reason given for the language, if any.
func (v View) FirstReason() []usage.Reason { return head(v.Documents.Reasons, 1) }

// ReplacedWords names in Markdown the repositories with more than one line of history,
// and says which was followed.
func (v View) ReplacedWords() string {
	var names []string
	all := v.Replaced()
	for i := range head(all, someNames) {
		names = append(names, v.Page.links.link(all[i].Slug(), all[i].ID.URL()))
	}
	if rest(all, someNames) > 0 {
		names = append(names, "and others")
	}
	return strings.Join(names, ", ") + ": " + escape(profile.RuleWords(all[0].Revision.Rule))
}

// HealthWords is the level of health, and those of the dimensions of which one is
// known: "good to excellent (activity: excellent; people: moderate+)".
func (v View) HealthWords() string {
	s := v.Health.Overall.Level.To(v.Health.Overall.Best)
	var parts []string
	for _, d := range v.Health.Dimensions {
		switch {
		case d.Level == health.Unknown:
		case d.Best == health.Excellent:
			parts = append(parts, fmt.Sprintf("%s: %s%s", strings.ToLower(d.Title), d.Level, words.Higher))
		default:
			parts = append(parts, fmt.Sprintf("%s: %s", strings.ToLower(d.Title), d.Level.To(d.Best)))
		}
	}
	if len(parts) > 0 {
		s += " (" + strings.Join(parts, "; ") + ")"
	}
	return s
}

// LicenceWords is the licences of the project, "" where nothing is known of them.
func (v View) LicenceWords() string {
	switch d := &v.Documents; {
	case d.Expression != nil:
		return d.Expression.SPDX
	case len(d.Licences) > 0:
		var names []string
		for _, l := range d.Licences {
			names = append(names, l.SPDX)
		}
		return strings.Join(names, ", ")
	case v.Known("licence") && len(v.Unread("licence")) == 0:
		return "none found"
	}
	return ""
}

// PolicyPlace names the file of the security policy, and its repository where that is
// not the primary one.
func (v View) PolicyPlace() string {
	e := v.Documents.Security[0]
	for i := range v.Repositories {
		if r := &v.Repositories[i]; r.ID == e.Repo && r.Reason == fact.Primary {
			return e.Path
		}
	}
	return e.Path + " of " + e.Repo.Slug()
}

// RepositoryLinks links in Markdown the repositories with the language at the
// commits that were measured, those with most of it first.
func (v View) RepositoryLinks() string {
	var links []string
	all := v.speaking()
	for i := range head(all, v.Page.Limits.Repositories) {
		if r := &all[i]; r.Figures.Bytes > 0 {
			links = append(links, v.Page.links.link(r.Slug(), r.Evidence().Link()))
		}
	}
	s := strings.Join(links, ", ")
	if rest(all, v.Page.Limits.Repositories) > 0 {
		s += ", and others"
	}
	return s
}

// NotFound names in Markdown the repositories of the project that were not read,
// ReadInPart those of which a part was not read, or not for the day.
func (v View) NotFound() string {
	return v.wanting(func(r *usage.Repository) bool { return r.State != profile.Read })
}

// ReadInPart names repositories; see NotFound.
func (v View) ReadInPart() string {
	return v.wanting(func(r *usage.Repository) bool { return r.State == profile.Read })
}

func (v View) wanting(fits func(*usage.Repository) bool) string {
	var names []string
	for i := range v.Repositories {
		if r := &v.Repositories[i]; r.Scope.Within(v.Page.Scope) && r.Wanting() && fits(r) {
			names = append(names, r.Slug())
		}
	}
	s := list(head(names, someNames))
	if rest(names, someNames) > 0 {
		s += ", and others"
	}
	return s
}

// Largest is the projects with most of the language, in what was read: all that the
// summary has on a full page, else the first three.
func (p *Page) Largest() []usage.Named {
	if p.Full() {
		return p.Summary.Largest
	}
	return head(p.Summary.Largest, 3)
}

// Changes lists in Markdown what happened to projects in a year. A full page gives
// the day of each and where it was read; a shorter one has both where it speaks of
// the project, but for the days of levels that are not the last.
func (p *Page) Changes(all []usage.Change) string {
	var parts []string
	for _, c := range all {
		s := escape(c.Name)
		if c.Milestone != "accepted" && c.Milestone != usage.Adopted {
			s += " " + escape(c.Milestone) + p.day(c)
		} else if p.Full() {
			s += p.day(c)
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

// day is that of a change, linked on a full page.
func (p *Page) day(c usage.Change) string {
	if p.Full() {
		return " (" + p.links.ref(c.Date, c.Evidence) + ")"
	}
	return " (" + escape(string(c.Date)) + ")"
}

// AnyPackages reports whether a project has packages; the others, whether
// something is known of any of them, so that a table has a column for it.
func (p *Page) AnyPackages() bool {
	return p.anyUsing(func(u *usage.Project) bool { return u.Packages.Product > 0 })
}

// AnyEditions reports whether a package has an edition.
func (p *Page) AnyEditions() bool {
	return p.anyUsing(func(u *usage.Project) bool { return len(u.Packages.Editions) > 0 })
}

// AnyRuntimes reports whether a package has a runtime for asynchronous code.
func (p *Page) AnyRuntimes() bool {
	return p.anyUsing(func(u *usage.Project) bool { return len(u.Packages.Runtimes) > 0 })
}

// AnyUnsafe reports whether unsafe code was looked for.
func (p *Page) AnyUnsafe() bool {
	return p.anyUsing(func(u *usage.Project) bool { return u.Packages.Unsafe != nil })
}

func (p *Page) anyUsing(has func(*usage.Project) bool) bool {
	return slices.ContainsFunc(p.Using(), has)
}

// Terms is the definitions that the page needs: where no project has a section,
// not those of what a section tells.
func (p *Page) Terms() []report.Definition {
	if len(p.Using()) > 0 {
		return p.Definitions
	}
	told := []string{
		"lines", "human commit", "author", "maintainer", "absence factor", "elephant factor", "release", "adopted", "health",
	}
	return slices.DeleteFunc(slices.Clone(p.Definitions), func(d report.Definition) bool { return slices.Contains(told, d.Term) })
}

// Tags are what the report is about, in small letters, each once.
func (p *Page) Tags() []string {
	var tags []string
	for _, t := range []string{p.Name, p.Language, "landscape"} {
		if t = strings.ToLower(t); t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	return tags
}
