package site

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/internal/dataset"
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A place is a repository with what was measured of it.
type place struct {
	id          fact.RepoID
	projects    []*usage.Project
	repository  *usage.Repository
	composition []dataset.Composition
	components  []dataset.Component
	adoptions   map[string]dataset.Adoption
	releases    []dataset.Release // the last ones, newest first
	released    int               // how many there are
}

// repositoryPath is the page of a repository.
func repositoryPath(id fact.RepoID) string {
	parts := strings.Split(strings.ReplaceAll(id.Key(), "//", "/-/"), "/")
	for i := range parts {
		parts[i] = words.File(strings.ReplaceAll(parts[i], ":", "-"))
	}
	return "repositories/" + strings.Join(parts, "/") + ".html"
}

// readPlaces reads what was measured of repositories.
func (s *Site) readPlaces(ctx context.Context) error {
	of := map[string]*place{}
	for i := range s.model.Projects {
		p := &s.model.Projects[i]
		for k := range p.Repositories {
			r := &p.Repositories[k]
			at := repositoryPath(r.ID)
			x := of[at]
			if x == nil {
				x = &place{id: r.ID, repository: r, adoptions: map[string]dataset.Adoption{}}
				of[at] = x
			}
			if x.repository.State != profile.Read && r.State == profile.Read {
				x.repository = r
			}
			x.projects = append(x.projects, p)
		}
	}
	byRepository := func(id fact.RepoID) *place { return of[repositoryPath(id)] }
	if err := s.readFiles(ctx, byRepository); err != nil {
		return err
	}
	releases, err := dataset.Rows[dataset.Release](ctx, s.set, nil)
	if err != nil {
		return err
	}
	for _, r := range releases {
		if x := byRepository(r.Repository); x != nil {
			x.add(r)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(of)) {
		s.places = append(s.places, of[path])
	}
	return nil
}

// add keeps a release, where it is one of the last.
func (x *place) add(r dataset.Release) {
	x.released++
	at, _ := slices.BinarySearchFunc(x.releases, r, func(a, b dataset.Release) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(a.Position, b.Position))
	})
	if at < fewReleases {
		x.releases = slices.Insert(x.releases, at, r)
		x.releases = x.releases[:min(len(x.releases), fewReleases)]
	}
}

// readFiles reads what files there are, and which packages they declare.
func (s *Site) readFiles(ctx context.Context, byRepository func(fact.RepoID) *place) error {
	compositions, err := dataset.Rows[dataset.Composition](ctx, s.set, nil)
	if err != nil {
		return err
	}
	for _, c := range compositions {
		if x := byRepository(c.Repository); x != nil {
			x.composition = append(x.composition, c)
		}
	}
	components, err := dataset.Rows[dataset.Component](ctx, s.set, nil)
	if err != nil {
		return err
	}
	for _, c := range components {
		if x := byRepository(c.Repository); x != nil {
			x.components = append(x.components, c)
		}
	}
	adoptions, err := dataset.Rows[dataset.Adoption](ctx, s.set, nil)
	if err != nil {
		return err
	}
	for _, a := range adoptions {
		if x := byRepository(a.Repository); x != nil {
			x.adoptions[a.Language] = a
		}
	}
	return nil
}

// repositoryPages names the page of each repository.
func (s *Site) repositoryPages() {
	for _, x := range s.places {
		s.page(leaf{repositoryPath(x.id), projectsPath, "repository", x.repository.Slug(),
			fmt.Sprintf("%s on %s: files and lines by language and role, packages and releases.", x.repository.Slug(), s.model.AsOf)},
			func() (any, error) { return s.repository(x), nil })
	}
}

// A repositoryView is the page of a repository.
type repositoryView struct {
	Name     string
	Tiles    []Tile
	Facts    []Fact
	Read     bool
	Why      string
	Files    Table
	Packages Table
	Releases Table
	Notes    []Cell
}

// repository is the page of a repository.
func (s *Site) repository(x *place) *repositoryView {
	r := x.repository
	v := &repositoryView{Name: r.Slug(), Read: r.State == profile.Read, Why: cmp.Or(r.Why, r.StateWords()), Facts: repositoryFacts(x)}
	if !v.Read {
		return v
	}
	var bytes, code int64
	for _, c := range x.composition {
		if c.Counted {
			bytes, code = bytes+c.Bytes, code+c.Code
		}
	}
	v.Tiles = []Tile{
		{"Counted code", figure(inRepository(r, bytes), amount), words.Cell(inRepository(r, bytes), words.In[int64]("byte"))},
		{"Lines of code", count(inRepository(r, code)), "in files of languages that count"},
		{"Largest language", text(r.Largest), ""},
		{"Releases", count(tagged(r, x.released)), "tags that name a version"},
	}
	v.Files, v.Packages, v.Releases = s.filesOf(x), packagesOf(x), releasesOf(x)
	notes := r.Notes
	if r.Revision != nil {
		notes = slices.Concat(r.Revision.Notes, notes)
	}
	for _, n := range notes {
		v.Notes = append(v.Notes, text(n.Text).at(n.Evidence))
	}
	return v
}

// inRepository is a figure of the tree of a repository that was read: one of an earlier
// day where its mirror ends before the day, and a lower bound where files are missing.
func inRepository[T int | int64](r *usage.Repository, n T) quantity.Of[T] {
	gap := quantity.Gap{Files: r.Missing}
	if r.Stale {
		gap.Stale, gap.Since = 1, r.Horizon
		return quantity.Seen(n, gap)
	}
	return quantity.More(n, gap)
}

// tagged is a number of tags, to which a mirror that is cut off or ends too early may lack
// some.
func tagged(r *usage.Repository, n int) quantity.Of[int] {
	gap := quantity.Gap{}
	if r.Stale {
		gap.Stale, gap.Since = 1, r.Horizon
	}
	if r.Cut() {
		gap.Partial = 1
	}
	return quantity.More(n, gap)
}

// repositoryFacts are the facts on a repository that need a line each.
func repositoryFacts(x *place) []Fact {
	r := x.repository
	var projects, reasons []Cell
	for _, p := range x.projects {
		projects = append(projects, to(p.Name, projectPath(p.ID)))
	}
	for _, m := range r.Memberships {
		reasons = append(reasons, text(string(m.Reason)+", says "+m.Source).at(m.Evidence))
	}
	facts := []Fact{
		{"Project", projects}, {"Why it belongs there", reasons}, {"State", []Cell{stateCell(r)}},
		{"At its host", []Cell{out(r.ID.URL(), r.ID.URL())}},
	}
	if r.Revision != nil {
		facts = append(facts,
			Fact{"Measured", []Cell{text(r.Revision.Commit[:min(12, len(r.Revision.Commit))] + " of " + r.Revision.CommittedAt[:min(10, len(r.Revision.CommittedAt))] + " on " + r.Revision.Ref).at(r.Evidence())}})
	}
	if r.Horizon != "" {
		facts = append(facts, Fact{"The mirror speaks until", []Cell{date(r.Horizon)}})
	}
	return facts
}

// filesOf is the table of the files of a repository.
func (s *Site) filesOf(x *place) Table {
	t := Table{
		ID: "files", Caption: "Files of " + x.repository.Slug(), Columns: []Column{
			column("composition", "language", "Language"), column("composition", "role", "Role"), column("composition", "counted", "Counted"),
			column("composition", "files", "Files"), column("composition", "bytes", "Bytes"), column("composition", "code_lines", "Lines of code"),
			column("composition", "comment_lines", "Comment"), column("composition", "blank_lines", "Blank"), column("adoption", "at", "Since"),
		},
	}
	r, all := x.repository, slices.Clone(x.composition)
	slices.SortStableFunc(all, func(a, b dataset.Composition) int { return cmp.Compare(b.Bytes, a.Bytes) })
	for _, c := range all {
		counted := "no"
		since := Cell{}
		if c.Counted {
			counted = "yes"
			if a, ok := x.adoptions[c.Language]; ok && c.Role == fact.RoleProduct {
				since = day(sinceDay(r, a.At)).at(fact.Evidence{Repo: a.Repository, Commit: a.Commit, View: fact.ViewCommit})
			}
		}
		t.add("", s.toLanguage(c.Language), text(string(c.Role)), text(counted), count(inRepository(r, c.Files)), count(inRepository(r, c.Bytes)), lines(r, &c, c.Code), lines(r, &c, c.Comment), lines(r, &c, c.Blank), since)
	}
	return t
}

// lines is a cell of lines, which are not known where no file was measured, and a lower
// bound where not all were.
func lines(r *usage.Repository, c *dataset.Composition, n int64) Cell {
	if c.LineFiles == 0 && c.Files > 0 {
		return Cell{Text: "not measured"}
	}
	cell := count(inRepository(r, n))
	if c.LineFiles < c.Files && !cell.Open {
		cell.Text, cell.Open = cell.Text+words.Higher, true
		cell.Title = fmt.Sprintf("of %s of %s", words.Number(c.LineFiles), words.Amount(c.Files, "file"))
	}
	return cell
}

// sinceDay is the day of an adoption: that or an earlier one, where the history is cut off.
func sinceDay(r *usage.Repository, at string) quantity.Of[fact.Date] {
	d := fact.Date(at[:min(len("2006-01-02"), len(at))])
	if r.Cut() {
		return quantity.AtMost(d, quantity.Gap{Partial: 1})
	}
	return quantity.Exact(d)
}

// packagesOf is the table of the packages of a repository.
func packagesOf(x *place) Table {
	t := Table{
		ID: "packages", Caption: "Packages of " + x.repository.Slug(), Columns: []Column{
			column("component", "name", "Package"), column("component", "ecosystem", "Ecosystem"), column("component", "version", "Version"),
			column("component", "language", "Language"), column("component", "role", "Role"), column("component", "kinds", "Builds"), column("component", "licence", "Licence"),
		},
	}
	for _, c := range x.components {
		t.add("", text(cmp.Or(c.Name, c.Path)).at(c.Evidence), text(c.Ecosystem), text(c.Version), text(c.Language), text(string(c.Role)), text(strings.Join(c.Kinds, ", ")), text(c.Licence))
	}
	return t
}

// fewReleases is how many releases a page shows.
const fewReleases = 20

// releasesOf is the table of the last releases of a repository.
func releasesOf(x *place) Table {
	n := len(x.releases)
	t := Table{
		ID: "releases", Caption: fmt.Sprintf("The last %d of %s of %s", n, words.Amount(x.released, "release"), x.repository.Slug()), Columns: []Column{
			column("release", "tag", "Tag"), column("release", "at", "Day"), column("release", "kind", "Step"), column("release", "series", "Series"),
		},
	}
	for _, r := range x.releases {
		e := fact.Evidence{Repo: r.Repository, Commit: r.Commit, View: fact.ViewCommit}
		t.add("", text(r.Tag).at(e), date(fact.Date(r.At[:min(10, len(r.At))])), text(r.Kind), text(r.Series))
	}
	return t
}
