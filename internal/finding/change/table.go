package change

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A Section is one kind of change as a table, to be written as text or Markdown.
type Section struct {
	Title   string
	About   string // what the reader should know of the table; may be ""
	Columns []Column
	Rows    []SectionRow
}

// A Column is the head of a column and how its cells read.
type Column struct {
	Name  string
	Right bool // figures
	Web   bool // addresses of pages, or words where there is none
}

func texts(names ...string) []Column {
	all := make([]Column, len(names))
	for i, name := range names {
		all[i].Name = name
	}
	return all
}

func figures(names ...string) []Column {
	all := texts(names...)
	for i := range all {
		all[i].Right = true
	}
	return all
}

// A SectionRow is one change: a cell for each column, and where it was read.
type SectionRow struct {
	Cells  []string
	Places Places
}

func (s *Section) add(at Places, cells ...string) {
	s.Rows = append(s.Rows, SectionRow{cells, at})
}

// Sections gives the changes as tables, those without a row left out. A new
// kind of change is a list of Changes and a line here.
func (c *Changes) Sections() []Section {
	var all []Section
	for _, build := range []func(*Changes) Section{
		(*Changes).inSection, (*Changes).outSection, (*Changes).renamedSection, (*Changes).maturitySection,
		(*Changes).classSection, (*Changes).shareSection, (*Changes).incomparableSection, (*Changes).repositorySection,
		(*Changes).coverageSection, (*Changes).dateSection, (*Changes).reviewSection, (*Changes).auditSection,
		(*Changes).releaseSection, (*Changes).lateSection,
	} {
		if s := build(c); len(s.Rows) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// Title says what is compared.
func (c *Changes) Title() string {
	return fmt.Sprintf("Changes from %s to %s", c.From.AsOf, c.To.AsOf)
}

// About says over what, and which of the two times of the landscape is meant.
func (c *Changes) About() string {
	which := "which projects there are, and their maturity, is what the landscape said on each date (record time)"
	if c.Time == ValidTime {
		which = fmt.Sprintf("which projects there are, and their maturity, is what the landscape of %s says of both dates (valid time)", c.To.AsOf)
	}
	return fmt.Sprintf("%s, scope %s; %s.", c.Language, c.Scope, which)
}

// Words says what the survey was of: "230 projects, 25 using Rust; 43 of 682
// repositories read (639 not found)".
func (e *Edge) Words(language string) string {
	return fmt.Sprintf("%s, %s using %s; %s", words.Amount(e.Coverage.Projects, "project"), words.Number(e.Using), language, e.Coverage.Words())
}

// Total says in a line how many changes of each kind there are.
func (c *Changes) Total() string {
	classes, shares, incomparable := 0, 0, 0
	for i := range c.Shares {
		switch s := &c.Shares[i]; {
		case !s.Comparable():
			incomparable++
		case s.ClassChanged():
			classes++
		default:
			shares++
		}
	}
	var parts []string
	for _, x := range []struct {
		n           int
		one, plural string
	}{
		{len(c.In), "project in", "projects in"},
		{len(c.Out), "project out", "projects out"},
		{len(c.Renamed), "project renamed", "projects renamed"},
		{len(c.Maturities), "change of maturity", "changes of maturity"},
		{classes, "change of class", "changes of class"},
		{shares, "change of share", "changes of share"},
		{incomparable, "share not comparable", "shares not comparable"},
		{len(c.Repositories), "change of repositories", "changes of repositories"},
		{len(c.Coverage), "change of coverage", "changes of coverage"},
		{len(c.Dates), "change of a date", "changes of dates"},
		{len(c.Reviews), "annual review", "annual reviews"},
		{len(c.Audits), "change of audits", "changes of audits"},
		{len(c.Releases), "repository with releases", "repositories with releases"},
		{len(c.Late), "statement recorded late", "statements recorded late"},
	} {
		switch {
		case x.n == 1:
			parts = append(parts, "1 "+x.one)
		case x.n > 1:
			parts = append(parts, words.Number(x.n)+" "+x.plural)
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "no change")
}

func (c *Changes) inSection() Section { return c.passageSection("Projects in", c.In) }

func (c *Changes) outSection() Section {
	s := c.passageSection("Projects out", c.Out)
	s.About = "No longer a project of the landscape; class and share are those of the earlier date."
	return s
}

func (c *Changes) passageSection(title string, all []Passage) Section {
	s := Section{
		Title: title, Columns: slices.Concat(texts("project", "maturity", "accepted", "class"), figures("share"), texts("repository")),
	}
	for i := range all {
		p := &all[i]
		s.add(p.Places, p.Name, p.Maturity, orUnknown(string(p.Accepted)), p.Use.Words(), shareWord(p.Use.Figures), repoWords(p))
	}
	return s
}

func repoWords(p *Passage) string {
	if p.Repo == "" {
		return orUnknown(p.RepoURL)
	}
	s := words.Slug(p.Repo)
	if p.Repos > 1 {
		s += fmt.Sprintf(" and %s more", words.Number(p.Repos-1))
	}
	return s
}

func (c *Changes) renamedSection() Section {
	s := Section{
		Title: "Projects renamed", Columns: texts("before", "now", "known by"),
	}
	for _, r := range c.Renamed {
		s.add(r.Places, r.Before, r.Name, r.By)
	}
	return s
}

func (c *Changes) maturitySection() Section {
	s := Section{
		Title: "Maturity", Columns: texts("project", "before", "now", "reached"),
	}
	for _, m := range c.Maturities {
		s.add(m.Places, m.Name, m.Before, m.After, orUnknown(string(m.Date)))
	}
	return s
}

func (c *Changes) classSection() Section {
	s := Section{
		Title:   "Class of " + c.Language,
		Columns: slices.Concat(texts("project", "before", "now"), figures("share before", "share now", "bytes before", "bytes now")),
	}
	for i := range c.Shares {
		if x := &c.Shares[i]; x.Comparable() && x.ClassChanged() {
			s.add(x.places(), x.Name, x.Before.Words(), x.After.Words(), shareWord(x.Before.Figures), shareWord(x.After.Figures),
				byteWord(x.Before.Figures), byteWord(x.After.Figures))
		}
	}
	return s
}

func (c *Changes) shareSection() Section {
	s := Section{
		Title:   "Share of " + c.Language,
		About:   fmt.Sprintf("From %s on, in projects of the same class whose repositories were read to the same extent.", points(c.MinChange)),
		Columns: slices.Concat(texts("project", "class"), figures("before", "now", "change", "bytes before", "bytes now")),
	}
	for i := range c.Shares {
		if x := &c.Shares[i]; x.Comparable() && !x.ClassChanged() {
			s.add(x.places(), x.Name, x.After.Words(), shareWord(x.Before.Figures), shareWord(x.After.Figures), deltaWord(x.Delta),
				byteWord(x.Before.Figures), byteWord(x.After.Figures))
		}
	}
	return s
}

func (c *Changes) incomparableSection() Section {
	s := Section{
		Title: "Not comparable",
		About: "What was read differs between the two dates, and so may the shares, whatever became of the code. " +
			"The share in the repositories that were read alike can be compared.",
		Columns: slices.Concat(texts("project", "class before", "class now"), figures("share before", "share now", "alike, before", "alike, now"), texts("why")),
	}
	for i := range c.Shares {
		x := &c.Shares[i]
		if x.Comparable() {
			continue
		}
		before, after := "unknown", "unknown"
		if x.Common != nil {
			before, after = shareWord(&x.Common.Before), shareWord(&x.Common.After)
		}
		s.add(x.places(), x.Name, x.Before.Words(), x.After.Words(), shareWord(x.Before.Figures), shareWord(x.After.Figures),
			before, after, x.why())
	}
	return s
}

// places are the trees with most of the language.
func (s *ShareChange) places() Places { return Places{s.Before.largest, s.After.largest} }

// mostDifferences bounds how many differences are said one by one.
const mostDifferences = 5

// why says the differences, the first of them one by one.
func (s *ShareChange) why() string {
	var parts []string
	for _, x := range s.Differences[:min(len(s.Differences), mostDifferences)] {
		if x.Repo == "" {
			parts = append(parts, x.Text)
			continue
		}
		parts = append(parts, words.Slug(x.Repo)+": "+x.Text)
	}
	if more := len(s.Differences) - mostDifferences; more > 0 {
		parts = append(parts, words.Amount(more, "more repository"))
	}
	return strings.Join(parts, "; ")
}

func (c *Changes) repositorySection() Section {
	s := Section{
		Title: "Repositories", Columns: texts("project", "change", "repository", "by", c.Language),
	}
	for i := range c.Repositories {
		r := &c.Repositories[i]
		s.add(r.Places, r.Name, r.words(), words.Slug(cmp.Or(r.After, r.Before)), r.by(), r.measured())
	}
	return s
}

// words says what became of a repository.
func (r *RepositoryChange) words() string {
	switch r.Kind {
	case PrimaryChanged:
		if r.Stays {
			return "primary, was " + words.Slug(r.Before) + " (which stays)"
		}
		return "primary, was " + words.Slug(r.Before)
	case RepositoryRenamed:
		return "renamed, was " + words.Slug(r.Before)
	case RepositoryMoved:
		return "moved here from " + r.From
	case RepositoryBegun:
		return "first commit"
	}
	return string(r.Kind)
}

// by says why the repository is one of the project: the reason, or which
// catalogue says so.
func (r *RepositoryChange) by() string {
	if r.Reason == fact.Catalogued {
		return r.Source
	}
	return string(r.Reason)
}

// measured says what is known of a repository.
func (r *RepositoryChange) measured() string {
	switch {
	case r.Standing != fact.StandingCode:
		return "left out (" + string(r.Standing) + ")"
	case r.Figures != nil:
		return usage.ShareWords(r.Figures)
	}
	return "unknown: " + (&profile.Repository{State: r.State}).StateWords()
}

func (c *Changes) coverageSection() Section {
	s := Section{
		Title: "Coverage", About: "Changes of what could be read, not of code.",
		Columns: texts("project", "repository", "before", "now", "because"),
	}
	for i := range c.Coverage {
		x := &c.Coverage[i]
		s.add(x.Places, x.Name, words.Slug(x.Repo), x.Before.Words(), x.After.Words(), cmp.Or(x.After.Why, x.Before.Why))
	}
	return s
}

func (c *Changes) dateSection() Section {
	s := Section{
		Title: "Dates", About: "Beside those of the changes of maturity.",
		Columns: texts("project", "date", "before", "now"),
	}
	for _, x := range c.Dates {
		s.add(x.Places, x.Name, x.Field, orNone(string(x.Before)), orNone(string(x.After)))
	}
	return s
}

func (c *Changes) reviewSection() Section {
	s := Section{
		Title: "Annual reviews", Columns: append(texts("project", "before", "now"), Column{Name: "review", Web: true}),
	}
	for _, x := range c.Reviews {
		s.add(x.Places, x.Name, orNone(string(x.Before.Date)), orNone(string(x.After.Date)), orNone(x.After.URL))
	}
	return s
}

func (c *Changes) auditSection() Section {
	s := Section{
		Title: "Audits", Columns: append(texts("project", "before", "now"), Column{Name: "report", Web: true}),
	}
	for _, x := range c.Audits {
		before, after, report := "none", "none", ""
		if x.Before != nil {
			before, report = profile.AuditWords(*x.Before), x.Before.URL
		}
		if x.After != nil {
			after, report = profile.AuditWords(*x.After), x.After.URL
		}
		s.add(x.Places, x.Name, before, after, orNone(report))
	}
	return s
}

func (c *Changes) lateSection() Section {
	s := Section{
		Title:   "Recorded late",
		About:   fmt.Sprintf("What the landscape of %s says was so on %s, and that of %s did not say.", c.To.AsOf, c.From.AsOf, c.From.AsOf),
		Columns: texts("project", "by the later file", "the earlier file"),
	}
	for i := range c.Late {
		l := &c.Late[i]
		said := "did not have it as a project"
		switch {
		case l.Listed && l.Milestone == "accepted":
			said = "had it already"
		case l.Listed && l.Early(c.From.AsOf):
			said = "said " + l.Said + " already"
		case l.Listed:
			said = "said " + l.Said
		}
		s.add(l.Places, l.Name, l.Milestone+" "+string(l.Date), said)
	}
	return s
}

func orUnknown(s string) string { return cmp.Or(s, "unknown") }

func orNone(s string) string { return cmp.Or(s, "none") }

func shareWord(f *usage.Figures) string {
	if f == nil {
		return "unknown"
	}
	if f.Share == nil {
		return "0 %"
	}
	return words.Percent(*f.Share)
}

func byteWord(f *usage.Figures) string {
	if f == nil {
		return "unknown"
	}
	return words.Number(f.Bytes)
}

// points writes a difference of shares: "1 pp", "-2.5 pp". One that is there
// never reads as none.
func points(delta float64) string {
	s := strings.TrimSuffix(fmt.Sprintf("%.1f", delta*100), ".0")
	if delta != 0 && (s == "0" || s == "-0") {
		s = fmt.Sprintf("%.1g", delta*100)
	}
	return s + " pp"
}

func deltaWord(delta *float64) string {
	switch {
	case delta == nil:
		return "unknown"
	case *delta > 0:
		return "+" + points(*delta)
	}
	return points(*delta)
}
