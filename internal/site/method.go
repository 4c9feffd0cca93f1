package site

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/internal/dataset"
	"assay/internal/dataset/describe"
	"assay/internal/fact"
	"assay/internal/finding/change"
	"assay/internal/finding/profile"
	"assay/internal/finding/words"
	"assay/internal/report"
)

// methodPages names the pages on how it was measured, and on the data.
func (s *Site) methodPages() {
	s.page(leaf{methodPath, methodPath, "method", "Method", "What every figure means, how it was measured, and what was not read."}, func() (any, error) { return s.method(), nil })
	s.page(leaf{dataPath, dataPath, "data", "Data", "The figures of this site as files, what is in them, and how to cite them."}, func() (any, error) { return s.data(), nil })
	s.page(leaf{comparePath, comparePath, "compare", "Compare", "Projects side by side."}, func() (any, error) { return s.compare(), nil })
}

// A methodView is the page on how it was measured.
type methodView struct {
	Notation    []words.Mark
	Definitions []report.Definition
	Facts       []Fact
	Sources     Table
	Tables      []*dataset.Table
	Stale       Table
	Notes       []Cell
}

// method is the page on how it was measured.
func (s *Site) method() *methodView {
	m := s.model
	v := &methodView{
		Notation: words.Notation(), Definitions: m.Definitions, Tables: dataset.Dictionary(),
		Facts: []Fact{
			{"Day", []Cell{text(string(m.AsOf))}}, {"Landscape", []Cell{text(m.Landscape.Evidence.String()).at(m.Landscape.Evidence)}},
			{"Coverage", []Cell{text(m.Coverage.Words())}}, {"Repositories that figures are over", []Cell{text(string(m.Scope))}},
			{"Collectors", []Cell{text(collectors(m.Collectors))}},
		},
		Sources: Table{ID: "sources", Caption: "Sources besides the repositories", Columns: []Column{head("source", "Source"), head("state", "State"), head("why", "What was read")}},
		Stale: Table{ID: "stale", Caption: "Mirrors that end before the day", Filter: true, Empty: "Every mirror speaks for the day.", Columns: []Column{
			head("repository", "Repository"), head("project", "Project"), head("until", "Speaks until"),
		}},
	}
	for _, x := range m.Sources {
		v.Sources.add("", text(x.Name).at(x.Evidence), text(x.State), text(x.Why))
	}
	for _, x := range s.places {
		if x.repository.State == profile.Read && x.repository.Stale {
			v.Stale.add("", to(x.repository.Slug(), repositoryPath(x.id)), to(x.projects[0].Name, projectPath(x.projects[0].ID)), date(x.repository.Horizon))
		}
	}
	for _, n := range m.Notes {
		v.Notes = append(v.Notes, text(n.Text).at(n.Evidence))
	}
	return v
}

func collectors(all map[string]int) string {
	var said []string
	for _, name := range sortedKeys(all) {
		said = append(said, fmt.Sprintf("%s %d", name, all[name]))
	}
	return strings.Join(said, ", ")
}

// A dataView is the page on the data.
type dataView struct {
	Cite      string
	Permanent Cell
	Export    *Table // of the data set; nil for none
	Projects  Table
	Languages int
}

// data is the page on the data.
func (s *Site) data() *dataView {
	e := s.model.Landscape.Evidence
	v := &dataView{
		Cite:      fmt.Sprintf("Assay: the languages of the %s landscape as of %s, from %s.", s.model.Name, s.model.AsOf, e.String()),
		Permanent: text(e.String()).at(e), Languages: len(s.languages),
		Projects: Table{ID: "files", Caption: "Files of projects", Filter: true, Columns: []Column{head("project", "Project"), head("json", "Figures")}},
	}
	v.Export = s.exportTable()
	for _, p := range s.model.Projects {
		v.Projects.add(p.ID, to(p.Name, projectPath(p.ID)), to("JSON", "data/projects/"+words.File(p.ID)+".json"))
	}
	return v
}

// exportTable is the table of the files that hold the data set; nil where there are none.
func (s *Site) exportTable() *Table {
	if s.export == nil {
		return nil
	}
	t := &Table{ID: "tables", Caption: "The data set as tables", Columns: []Column{
		head("file", "File"), numbers("rows", "Rows"), numbers("bytes", "Bytes"), head("meaning", "What a row is"), head("sha256", "SHA-256"),
	}}
	meanings := map[string]string{}
	for _, x := range dataset.Dictionary() {
		meanings[x.Name] = x.Meaning
	}
	for _, f := range s.export.Files {
		cells := []Cell{to(f.Name, tablesFolder+"/"+f.Name), {}, {}, text(cmp.Or(meanings[f.Table], descriptions[f.Name])), text(f.SHA256)}
		if f.Table != "" {
			cells[1], cells[2] = number(f.Rows), number(f.Bytes)
		}
		t.add("", cells...)
	}
	return t
}

// descriptions say what the files are that are no tables.
var descriptions = map[string]string{
	describe.PackageFile: "The schema of the tables, as a data package.", describe.CroissantFile: "The same as Croissant.",
	describe.LoadFile: "Loads the tables into a database.", describe.ReadmeFile: "What the tables and columns mean.",
}

// A compareView is the page that shows projects side by side.
type compareView struct {
	Names []Cell // of all projects, with their identifiers
	Table Table
	Level string
}

// compare is the page that shows projects side by side: those of the first level, until
// the script shows others.
func (s *Site) compare() *compareView {
	v := &compareView{}
	if levels := s.levels(); len(levels) > 0 {
		v.Level = levels[0]
	}
	t := Table{ID: "compare", Caption: "The " + v.Level + " projects side by side", Columns: projectColumns()}
	for i := range t.Columns {
		t.Columns[i].Hidden = false
	}
	for _, r := range s.lists.Of(s.opts.Language) {
		p := s.projects[r.ID]
		if p == nil {
			continue
		}
		v.Names = append(v.Names, Cell{Text: p.Name, Sort: words.File(p.ID)})
		if p.Maturity == v.Level {
			t.add(p.ID, projectCells(p, &r)...)
		}
	}
	slices.SortFunc(v.Names, func(a, b Cell) int { return cmp.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	v.Table = t
	return v
}

// A changesView is the page on what changed.
type changesView struct {
	From, To     fact.Date
	About, Total string
	Ends         []Fact
	Sections     []changesSection
	Notes        []Cell
}

// A changesSection is a kind of change.
type changesSection struct {
	Title, About string
	Table        Table
}

// changesPage names the page on what changed since an earlier survey.
func (s *Site) changesPage() {
	s.page(leaf{changesPath, changesPath, "changes", "Changes", "What changed in the landscape since an earlier survey."}, func() (any, error) { return s.changes(), nil })
	if s.opts.Changes != nil {
		s.add("data/changes.json", jsonType, func(w io.Writer) error { return writeJSON(w, s.opts.Changes) })
	}
}

// changes is the page on what changed; nil where there is no earlier survey.
func (s *Site) changes() *changesView {
	c := s.opts.Changes
	if c == nil {
		return nil
	}
	v := &changesView{From: c.From.AsOf, To: c.To.AsOf, About: c.About(), Total: c.Total(), Ends: []Fact{
		{string(c.From.AsOf), []Cell{text(c.From.Words(c.Language)).at(c.From.Landscape)}}, {string(c.To.AsOf), []Cell{text(c.To.Words(c.Language)).at(c.To.Landscape)}},
	}}
	for i, sec := range c.Sections() {
		v.Sections = append(v.Sections, s.changesSection(fmt.Sprintf("changes-%d", i+1), &sec))
	}
	for _, n := range c.Notes {
		v.Notes = append(v.Notes, text(n.Text).at(n.Evidence))
	}
	return v
}

// changesSection is a kind of change as a table, with where each was read.
func (s *Site) changesSection(id string, sec *change.Section) changesSection {
	t := Table{ID: id, Caption: sec.Title}
	for _, c := range sec.Columns {
		t.Columns = append(t.Columns, Column{Key: c.Name, Label: c.Name, Number: c.Right})
	}
	t.Columns = append(t.Columns, head("before", "Read before"), head("after", "Read now"))
	for _, row := range sec.Rows {
		var cells []Cell
		for i, said := range row.Cells {
			c := text(said)
			if sec.Columns[i].Web {
				c = out(said, said)
			}
			cells = append(cells, c)
		}
		t.add("", append(cells, evidence("before", row.Places.Before), evidence("now", row.Places.After))...)
	}
	return changesSection{sec.Title, sec.About, t}
}

// evidence is a short cell that leads to a place; empty where there is none.
func evidence(label string, e fact.Evidence) Cell {
	if e.Link() == "" {
		return Cell{}
	}
	return text(label).at(e)
}
