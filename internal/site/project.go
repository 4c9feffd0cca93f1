package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A projectView is the page of a project.
type projectView struct {
	Name, Level, Description string
	File                     string // of its figures
	Tiles                    []Tile
	Facts                    []Fact
	Language                 string
	Class                    string
	Because                  []Cell
	Languages                Table
	Charts                   []*Chart
	Health                   Table
	Repositories             Table
	Evidence                 []Group
	Notes                    []Cell
	Badge                    string
	Compare                  string
}

// A Tile is a figure in large type.
type Tile struct {
	Label string
	Cell
	Note string
}

// A Fact is a label with what belongs to it.
type Fact struct {
	Label string
	Cells []Cell
}

// project is the page of a project.
func (s *Site) project(p *usage.Project) *projectView {
	q := &p.Quantities
	v := &projectView{
		Name: p.Name, File: "data/projects/" + words.File(p.ID) + ".json", Level: p.Maturity, Description: p.Item.Description, Language: s.opts.Language, Class: p.Words(),
		Tiles: []Tile{
			{"Code", from(p, "trees", figure(q.Total, amount)), coverageShort(p)},
			{s.opts.Language, from(p, "trees", figure(q.Share, words.Percent)), p.Cell()},
			{"Commits in the year", from(p, "histories", count(q.CommitsYear)), "by people, no merges"},
			{"Authors in the year", from(p, "histories", count(q.AuthorsYear)), factorNote(q.AbsenceFactor)},
			{"Last release", from(p, "tags", day(q.LastRelease)), p.CadenceCell()},
			{"Health", leading(healthCell(&p.Health.Overall), projectPath(p.ID)+"#health"), ""},
		},
		Facts: s.projectFacts(p), Languages: s.projectLanguages(p), Charts: s.chartsOf(p), Health: healthTable(p), Repositories: s.projectRepositories(p),
		Evidence: evidenceOf(p), Notes: notesOf(p), Badge: "badges/" + words.File(p.ID), Compare: comparePath + "?project=" + words.File(p.ID),
	}
	for _, b := range p.Because {
		v.Because = append(v.Because, first(b.Text, b.Evidence))
	}
	return v
}

// amount writes a number of bytes for a reader: "28.8 MB".
func amount(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	v, i := float64(n), 0
	for v >= 999.5 && i < len(units)-1 {
		v, i = v/1000, i+1
	}
	if i == 0 || v >= 99.95 {
		return fmt.Sprintf("%.0f %s", v, units[i])
	}
	return fmt.Sprintf("%.1f %s", v, units[i])
}

// first is a sentence that leads to the first place it rests on.
func first(s string, places []fact.Evidence) Cell {
	c := text(s)
	if len(places) > 0 {
		c = c.at(places[0])
	}
	return c
}

func coverageShort(p *usage.Project) string {
	return fmt.Sprintf("%d of %s read", p.Coverage.Read, words.Amount(p.Coverage.Repositories, "repository"))
}

func factorNote(q quantity.Of[int]) string {
	if !q.Known() || words.Cell(q, words.Number[int]) == words.Unknown {
		return ""
	}
	return "absence factor " + words.Cell(q, words.Number[int])
}

// projectFacts are the facts on a project that need a line each.
func (s *Site) projectFacts(p *usage.Project) []Fact {
	item := &p.Item
	facts := []Fact{
		{"Level", []Cell{text(strings.TrimSpace(p.Maturity + " " + string(p.MaturityDate))).at(p.WhereReached())}},
		{"Accepted", []Cell{date(p.Accepted).at(p.Where("accepted"))}},
		{"Category", []Cell{text(p.FocusArea).at(p.Evidence)}},
		{"Web site", []Cell{out(strings.TrimPrefix(item.Homepage, "https://"), item.Homepage)}},
		{"Licence", licenceCells(p)},
		{"Since", []Cell{text(p.AdoptionWords())}},
		{"Work", []Cell{text(p.ActivityWords()), text(p.AuthorWords())}},
		{"On " + s.opts.Language, []Cell{text(p.PartWords())}},
		{"Organisations", []Cell{text(p.OrganisationWords())}},
		{"Releases", []Cell{releaseCell(p)}},
		{"Packages in " + s.opts.Language, packageCells(p)},
		{"Audits", auditCells(p)},
		{"Adopters", []Cell{from(p, "documents", count(p.Quantities.Adopters))}},
		{"Maintainers", []Cell{from(p, "documents", count(p.Quantities.Maintainers))}},
		{"Coverage", []Cell{text(p.Coverage.Words())}},
	}
	return slices.DeleteFunc(facts, func(f Fact) bool {
		return !slices.ContainsFunc(f.Cells, func(c Cell) bool { return c.Text != "" })
	})
}

func licenceCells(p *usage.Project) []Cell {
	d := &p.Documents
	if d.Expression != nil {
		return []Cell{text(d.Expression.SPDX).at(d.Expression.Evidence)}
	}
	var all []Cell
	for _, l := range d.Licences {
		all = append(all, text(l.SPDX).at(l.Evidence))
	}
	if all == nil {
		all = []Cell{text(words.Unknown)}
	}
	return all
}

func releaseCell(p *usage.Project) Cell {
	c := text(p.ReleaseWords())
	if p.Releases != nil && p.Releases.LastAt != nil {
		c = c.at(p.Releases.LastAt.Evidence)
	}
	return c
}

// packageCells are the packages of product role, with their ecosystems.
func packageCells(p *usage.Project) []Cell {
	var all []string
	for _, e := range p.Packages.Ecosystems {
		all = append(all, words.Number(e.Count)+" "+e.Name)
	}
	c := count(p.Quantities.Packages)
	if c.Text != words.Unknown && len(all) > 0 {
		c.Text += ": " + strings.Join(all, ", ")
	}
	return []Cell{from(p, "trees", c)}
}

func auditCells(p *usage.Project) []Cell {
	var all []Cell
	for _, a := range p.Item.Audits {
		e := p.Where("audits")
		e.Line = cmp.Or(a.Line, e.Line)
		all = append(all, text(strings.Join(slices.DeleteFunc([]string{string(a.Date), a.Type, a.Vendor}, func(s string) bool { return s == "" }), ", ")).at(e))
	}
	return all
}

// fewLanguages is how many languages of a project have a row by themselves.
const fewLanguages = 30

// projectLanguages is the table of the languages of a project.
func (s *Site) projectLanguages(p *usage.Project) Table {
	t := Table{
		ID: "languages", Caption: "Languages of " + p.Name, Empty: "No repository of it could be read.",
		Columns: []Column{
			head("language", "Language"), column("usage", "class", "Class"), column("usage", "share", "Share"), column("usage", "bytes", "Bytes"),
			column("usage", "code_lines", "Lines of code"), column("usage", "files", "Files"), column("usage", "adopted", "Since"),
		},
	}
	for _, l := range p.Languages[:min(len(p.Languages), fewLanguages)] {
		r := s.row(p.ID, l.Language)
		if r == nil {
			continue
		}
		q := &r.Quantities
		t.add("", s.toLanguage(l.Language), Cell{Text: r.ClassCell, Sort: classSort(r.Class), Open: r.Incomplete}, from(p, "trees", share(q.Share)), from(p, "trees", count(q.Bytes)),
			from(p, "trees", count(q.Code)), from(p, "trees", count(q.Files)), from(p, "histories", day(q.Adopted)))
	}
	return t
}

// healthTable is the levels of health with their figures.
func healthTable(p *usage.Project) Table {
	t := Table{ID: "health", Caption: "Health of " + p.Name, Columns: []Column{head("dimension", "Of"), column("health", "level", "Level"), column("health", "why", "Why")}}
	row := func(title string, c Cell, why string) {
		c.Title = ""
		t.add("", text(title), c, text(why))
	}
	row("All together", healthCell(&p.Health.Overall), p.Health.Overall.Why)
	for i := range p.Health.Dimensions {
		d := &p.Health.Dimensions[i]
		row(d.Title, healthCell(d), d.Why)
	}
	return t
}

// projectRepositories is the table of the repositories of a project.
func (s *Site) projectRepositories(p *usage.Project) Table {
	t := Table{
		ID: "repositories", Caption: "Repositories of " + p.Name, Empty: "The landscape names none.",
		Columns: []Column{
			column("repository", "repository", "Repository"), column("repository", "reason", "Why it is the project's"), column("repository", "state", "State"),
			column("repository", "bytes", "Bytes of code"), column("repository", "largest_language", "Largest language"), column("repository", "committed_at", "Commit of"),
		},
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		size := Cell{Text: words.Unknown}
		if r.Figures != nil {
			size = count(inRepository(r, r.Figures.Total))
		}
		commit := text("")
		if r.Revision != nil {
			commit = date(fact.Date(r.Revision.CommittedAt[:min(10, len(r.Revision.CommittedAt))])).at(r.Evidence())
		}
		t.add(string(r.ID), to(r.Slug(), repositoryPath(r.ID)), text(string(r.Reason)), stateCell(r), size, text(r.Largest), commit)
	}
	return t
}

// stateCell says what became of a repository.
func stateCell(r *usage.Repository) Cell {
	c := Cell{Text: string(r.State), Sort: string(r.State), Title: r.Why, Open: r.Wanting()}
	if r.Stale {
		c.Text += " to " + string(r.Horizon)
	}
	if r.Standing != fact.StandingCode {
		c.Text += ", " + string(r.Standing)
	}
	return c
}

// leading gives a cell a page of the site.
func leading(c Cell, href string) Cell {
	if c.Text != words.Unknown {
		c.Href = href
	}
	return c
}

// from gives a figure of a project the list of the places that it was read at.
func from(p *usage.Project, group string, c Cell) Cell {
	return leading(c, projectPath(p.ID)+"#from-"+group)
}

// A Group is the places that figures of one kind were read at.
type Group struct {
	ID string
	Fact
}

// evidenceOf lists where the figures of a project were read.
func evidenceOf(p *usage.Project) []Group {
	var trees, histories, tags, documents []Cell
	for _, r := range p.InScope() {
		trees = append(trees, source(r.Evidence()))
	}
	if p.Activity != nil {
		for _, e := range p.Activity.Evidence {
			histories = append(histories, source(e))
		}
	}
	if p.Releases != nil {
		for _, e := range p.Releases.Evidence {
			tags = append(tags, source(e))
		}
	}
	for _, e := range documentsOf(p) {
		documents = append(documents, source(e))
	}
	return []Group{
		{"landscape", Fact{"Level, dates, category", []Cell{source(p.Evidence)}}},
		{"trees", Fact{"Bytes, lines, files, shares", orNothing(trees)}},
		{"histories", Fact{"Commits, authors, first days", orNothing(histories)}},
		{"tags", Fact{"Releases", orNothing(tags)}},
		{"documents", Fact{"Licences, adopters, maintainers", orNothing(documents)}},
	}
}

// source is a cell that leads to where something was read.
func source(e fact.Evidence) Cell { return text(e.String()).at(e) }

// orNothing says that nothing was read.
func orNothing(all []Cell) []Cell {
	if len(all) == 0 {
		return []Cell{text("nothing was read")}
	}
	return all
}

// documentsOf are the files that say something of licences and people, each once.
func documentsOf(p *usage.Project) []fact.Evidence {
	var all []fact.Evidence
	add := func(e fact.Evidence) {
		e.Line = 0
		if !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	for _, x := range p.Documents.Licences {
		add(x.Evidence)
	}
	for _, x := range p.Documents.Adopters {
		add(x.Evidence)
	}
	for _, x := range p.Documents.Maintainers {
		add(x.Evidence)
	}
	return all
}

// notesOf are what a reader should know of the figures of a project.
func notesOf(p *usage.Project) []Cell {
	var all []Cell
	told := map[string]bool{}
	tell := func(s string, e fact.Evidence) {
		if !told[s] {
			told[s] = true
			all = append(all, text(s).at(e))
		}
	}
	for i := range p.Repositories {
		r := &p.Repositories[i]
		if r.Why != "" {
			tell(r.Slug()+": "+r.Why, r.Evidence())
		}
		if r.Revision != nil {
			for _, n := range r.Revision.Notes {
				tell(r.Slug()+": "+n.Text, n.Evidence)
			}
		}
		for _, n := range r.Notes {
			tell(r.Slug()+": "+n.Text, n.Evidence)
		}
	}
	for _, n := range p.Documents.Notes {
		tell(n.Text, n.Evidence)
	}
	return all
}

// A projectJSON is the figures of a project as a file beside its page.
type projectJSON struct {
	ID         string         `json:"id"`
	Page       string         `json:"page"` // the name of its page, without the ending
	Name       string         `json:"name"`
	AsOf       fact.Date      `json:"as_of"`
	Maturity   string         `json:"maturity"`
	Accepted   fact.Date      `json:"accepted,omitempty"`
	Category   string         `json:"focus_area"`
	Licence    string         `json:"licence"`
	Releases   string         `json:"release_cadence"`
	Health     string         `json:"health"`
	Evidence   string         `json:"evidence"`
	Quantities any            `json:"quantities"`
	Usage      []languageJSON `json:"languages"`
}

// A languageJSON is what a language is to a project.
type languageJSON struct {
	Language string               `json:"language"`
	Class    string               `json:"class"`
	Share    quantity.Of[float64] `json:"share"`
	Bytes    quantity.Of[int64]   `json:"bytes"`
	Code     quantity.Of[int64]   `json:"code_lines"`
	Files    quantity.Of[int]     `json:"files"`
}

// projectFile names the file with the figures of a project.
func (s *Site) projectFile(p *usage.Project) {
	s.add("data/projects/"+words.File(p.ID)+".json", jsonType, func(w io.Writer) error {
		d := projectJSON{
			ID: p.ID, Page: words.File(p.ID), Name: p.Name, AsOf: s.model.AsOf, Maturity: p.Maturity, Accepted: p.Accepted, Category: p.FocusArea, Licence: licence(p),
			Releases: p.CadenceCell(), Health: healthCell(&p.Health.Overall).Text, Evidence: p.Evidence.Link(), Quantities: p.Quantities.Quantities,
		}
		for _, l := range p.Languages[:min(len(p.Languages), fewLanguages)] {
			if r := s.row(p.ID, l.Language); r != nil {
				q := &r.Quantities
				d.Usage = append(d.Usage, languageJSON{l.Language, r.ClassCell, q.Share, q.Bytes, q.Code, q.Files})
			}
		}
		return writeJSON(w, d)
	})
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(true)
	return e.Encode(v)
}

// row is what a language is to a project; nil where nothing is known of it.
func (s *Site) row(project, language string) *usage.Row { return s.lists.One(project, language) }
