package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// projectPath is the page of a project.
func projectPath(id string) string { return "projects/" + words.File(id) + ".html" }

// projectPages names the list of projects, and the page of each.
func (s *Site) projectPages() {
	s.page(leaf{projectsPath, projectsPath, "projects", "Projects",
		fmt.Sprintf("The %d projects of the %s landscape: level, code, languages, people, releases and health.", len(s.model.Projects), s.model.Name)},
		func() (any, error) { return s.projectList(), nil })
	for i := range s.model.Projects {
		p := &s.model.Projects[i]
		at := projectPath(p.ID)
		s.page(leaf{at, projectsPath, "project", p.Name, fmt.Sprintf("%s: languages, people, releases and health on %s, each figure with its source.", p.Name, s.model.AsOf)},
			func() (any, error) { return s.project(p), nil })
		s.projectCharts(p)
		s.projectFile(p)
		s.projectBadge(p)
	}
	s.languageFiles()
}

// A list is the page of all projects.
type list struct {
	Lead      string
	Table     Table
	Languages []language
	Language  string
}

// projectList is the page of all projects: what depends on no language, and what the
// language that the site is about is to each.
func (s *Site) projectList() *list {
	t := Table{ID: "projects", Caption: "Projects", Filter: true, Columns: append(projectColumns(), languageColumns(s.opts.Language)...)}
	for _, r := range s.lists.Of(s.opts.Language) {
		p := s.projects[r.ID]
		if p == nil {
			continue
		}
		t.add(r.ID, append(projectCells(p, &r), languageCells(&r)...)...)
	}
	l := &list{Table: t, Language: s.opts.Language, Lead: s.model.Coverage.Words()}
	for _, x := range s.languages {
		l.Languages = append(l.Languages, *x)
	}
	return l
}

// projectColumns are the columns that depend on no language.
func projectColumns() []Column {
	return []Column{
		column("project", "name", "Project"), column("project", "maturity", "Level").choice(), column("project", "accepted", "Accepted"),
		column("project", "category", "Category").choice().hidden(), column("project", "subcategory", "Subcategory").hidden(),
		column("repository", "largest_language", "Largest language").choice(), column("usage", "total_bytes", "Bytes of code"),
		column("project", "human_commits_year", "Commits in the year"), column("project", "authors_year", "Authors in the year"),
		column("project", "absence_factor", "Absence factor").hidden(), column("project", "organisations_year", "Organisations").hidden(),
		column("project", "elephant_factor", "Elephant factor").hidden(), column("project", "first_human_commit", "First commit").hidden(),
		column("project", "last_activity", "Last activity").hidden(), column("project", "release_cadence", "Releases"),
		column("project", "last_release", "Last release").hidden(), column("project", "adopters", "Adopters").hidden(),
		column("project", "maintainers", "Maintainers").hidden(), column("project", "licence", "Licence").hidden().choice(),
		column("project", "health", "Health").choice(), column("project", "repositories_read", "Repositories read").hidden(),
	}
}

// projectCells are the cells of a project below projectColumns.
func projectCells(p *usage.Project, r *usage.Row) []Cell {
	q := &p.Quantities
	category, sub, _ := strings.Cut(p.FocusArea, " / ")
	return []Cell{
		to(p.Name, projectPath(p.ID)), {Text: p.Maturity, Sort: levelSort(p.Maturity)}, date(p.Accepted).at(p.Where("accepted")),
		text(category), text(sub), text(largest(p)), count(q.Total), count(q.CommitsYear), count(q.AuthorsYear), count(q.AbsenceFactor),
		count(q.OrganisationsYear), count(q.ElephantFactor), day(q.FirstCommit), day(q.LastActivity), text(cmp.Or(r.CadenceCell, words.Unknown)),
		day(q.LastRelease), count(q.Adopters), count(q.Maintainers), text(licence(p)), healthCell(&p.Health.Overall),
		{Text: fmt.Sprintf("%d of %d", p.Coverage.Read, p.Coverage.Repositories), Sort: plainValue(p.Coverage.Read)},
	}
}

// languageColumns are the columns on one language.
func languageColumns(language string) []Column {
	named := func(name, label string, hidden bool) Column {
		c := column("usage", name, label)
		c.Key, c.Hidden = "l."+c.Key, hidden
		return c
	}
	return []Column{
		named("class", language+" is", false).choice(), named("share", "Share", false), named("bytes", "Bytes of it", false), named("code_lines", "Lines of code", true),
		named("files", "Files", true), named("packages", "Packages", true), named("adopted", "Since", true),
	}
}

// languageCells are the cells of a project below languageColumns.
func languageCells(r *usage.Row) []Cell {
	q := &r.Quantities
	return []Cell{
		{Text: r.ClassCell, Sort: classSort(r.Class), Open: r.Incomplete}, share(q.Share), count(q.Bytes), count(q.Code), count(q.Files), count(q.Packages), day(q.Adopted),
	}
}

// levelSort puts levels in the order of reports.
func levelSort(level string) string {
	for i, known := range []string{"graduated", "incubating", "sandbox", "archived"} {
		if level == known {
			return fmt.Sprintf("%d %s", i, level)
		}
	}
	return "5 " + level
}

// classSort puts classes in their order, the strongest first.
func classSort(c usage.Class) string { return fmt.Sprintf("%d", int(usage.Core)-int(c)) }

// largest is the language with most bytes of a project; "" where nothing was read.
func largest(p *usage.Project) string {
	if len(p.Languages) == 0 {
		return words.Unknown
	}
	return p.Languages[0].Language
}

// licence is the licence of a project as an SPDX expression.
func licence(p *usage.Project) string {
	d := &p.Documents
	switch {
	case d.Expression != nil:
		return d.Expression.SPDX
	case len(d.Licences) == 0:
		return words.Unknown
	}
	var all []string
	for _, l := range d.Licences {
		all = append(all, l.SPDX)
	}
	return strings.Join(all, ", ")
}

// healthCell is a level of health, with what it may be at best.
func healthCell(d *health.Dimension) Cell {
	c := Cell{Text: string(d.Level), Title: d.Why, Sort: fmt.Sprintf("%d", 9-d.Level.Rank())}
	if d.Best != "" {
		c.Text, c.Open = string(d.Level)+" to "+string(d.Best), true
		if d.Level == health.Unknown {
			c.Text = "unknown, at best " + string(d.Best)
		}
	}
	return c
}

// levels are the levels of the landscape's projects, in the order of reports.
func (s *Site) levels() []string {
	found := map[string]bool{}
	for _, p := range s.projects {
		found[p.Maturity] = true
	}
	return slices.SortedFunc(maps.Keys(found), profile.CompareMaturity)
}
