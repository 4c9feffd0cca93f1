package site

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A language is a language of the survey, and what it is to the landscape.
type language struct {
	Name, Slug string
	// Using counts the projects in which it has a part, Traces those with less.
	Using quantity.Of[int]
	Core  quantity.Of[int]
	Bytes quantity.Of[int64]
	Code  quantity.Of[int64]
	// Share is its bytes over those of all languages, in what was read.
	Share float64
	// Change is that of its share in the year, in what was read; nil where it is not known.
	Change *float64
}

// sumLanguages makes the languages of the survey.
func (s *Site) sumLanguages() {
	used := map[string]bool{}
	var all int64
	for _, name := range s.lists.Languages() {
		l := &language{Name: name, Slug: slug(name, used)}
		rows := s.lists.Of(name) // of all languages together they would be large
		q := usage.OverviewOf(name, rows).Quantities
		l.Using, l.Core = q.Using, q.Core
		l.sum(rows)
		all += l.Bytes.Or(0)
		s.languages = append(s.languages, l)
	}
	for _, l := range s.languages {
		if all > 0 {
			l.Share = float64(l.Bytes.Or(0)) / float64(all)
		}
	}
	s.changeOfLanguages()
	slices.SortStableFunc(s.languages, func(a, b *language) int {
		return cmp.Or(cmp.Compare(b.Using.Or(0), a.Using.Or(0)), cmp.Compare(b.Bytes.Or(0), a.Bytes.Or(0)), strings.Compare(a.Name, b.Name))
	})
}

// sum adds up the bytes and lines of all projects, traces among them.
func (l *language) sum(rows []usage.Row) {
	var bytes, code []quantity.Of[int64]
	var gap quantity.Gap
	for i := range rows {
		q := &rows[i].Quantities
		if rows[i].Class.Uses() || rows[i].Class == usage.Trace {
			bytes, code = append(bytes, q.Bytes), append(code, q.Code)
		}
		gap = gap.Add(q.Class.Missing)
	}
	l.Bytes, l.Code = seen(quantity.Sum(bytes...), gap), seen(quantity.Sum(code...), gap)
}

// seen gives a sum over what was read the bounds that what was not read leaves it: there
// may be more in it.
func seen(q quantity.Of[int64], gap quantity.Gap) quantity.Of[int64] {
	if gap.IsZero() || !q.Known() {
		return q
	}
	return quantity.Seen(*q.Value, gap)
}

// slug is the name of a language in addresses.
func slug(name string, used map[string]bool) string {
	base := words.LanguageFile(name)
	word := base
	for n := 2; used[word]; n++ {
		word = fmt.Sprintf("%s-%d", base, n)
	}
	used[word] = true
	return word
}

// changeOfLanguages finds how the share of each language moved in a year, over the
// projects whose months are known at both ends.
func (s *Site) changeOfLanguages() {
	begin, end := s.yearToDay()
	now, then := map[string]int64{}, map[string]int64{}
	var nowAll, thenAll int64
	for _, months := range s.months {
		a, b := map[string]int64{}, map[string]int64{}
		for _, m := range months {
			switch m.Month {
			case end:
				a[m.Language] += m.Bytes
			case begin:
				b[m.Language] += m.Bytes
			}
		}
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		for l, n := range a {
			now[l], nowAll = now[l]+n, nowAll+n
		}
		for l, n := range b {
			then[l], thenAll = then[l]+n, thenAll+n
		}
	}
	for _, l := range s.languages {
		if nowAll > 0 && thenAll > 0 && now[l.Name]+then[l.Name] > 0 {
			d := float64(now[l.Name])/float64(nowAll) - float64(then[l.Name])/float64(thenAll)
			l.Change = &d
		}
	}
}

// yearToDay are the months of the day a year before the survey, and of the survey.
func (s *Site) yearToDay() (begin, end string) {
	end = string(s.model.AsOf[:len("2006-01")])
	return fmt.Sprintf("%04d%s", atoi(end[:4])-1, end[4:]), end
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

// languageNamed is the language of a name; nil for none.
func (s *Site) languageNamed(name string) *language {
	i := slices.IndexFunc(s.languages, func(l *language) bool { return l.Name == name })
	if i < 0 {
		return nil
	}
	return s.languages[i]
}

// toLanguage is a cell that leads to the page of a language.
func (s *Site) toLanguage(name string) Cell {
	if l := s.languageNamed(name); l != nil {
		return to(name, l.path())
	}
	return text(name)
}

func (l *language) path() string { return "languages/" + l.Slug + ".html" }

// languagePages names the list of languages, and the page of each.
func (s *Site) languagePages() {
	s.page(leaf{languagesPath, languagesPath, "languages", "Languages",
		fmt.Sprintf("The %d languages of the %s landscape: who uses them, how much, and whether they grow.", len(s.languages), s.model.Name)},
		func() (any, error) { return s.languageList(), nil })
	s.languagesCharts()
	for _, l := range s.languages {
		s.page(leaf{l.path(), languagesPath, "language", l.Name, fmt.Sprintf("%s in the %s landscape: which projects use it, how much, since when.", l.Name, s.model.Name)},
			func() (any, error) { return s.languagePage(l), nil })
		s.languageCharts(l)
	}
}

// A languagesView is the page of all languages.
type languagesView struct {
	Charts []*Chart
	Table  Table
}

func (s *Site) languageList() *languagesView {
	t := Table{
		ID: "languages", Caption: "Languages", Filter: true, Columns: []Column{
			head("language", "Language"), numbers("using", "Projects that use it"), numbers("core", "of them as core"), numbers("bytes", "Bytes"),
			numbers("code", "Lines of code"), numbers("share", "Share of all bytes"), numbers("change", "Points in a year"),
		},
	}
	for _, l := range s.languages {
		t.add(l.Slug, to(l.Name, l.path()), count(l.Using), count(l.Core), count(l.Bytes), count(l.Code), share(s.shareIn(l)), points(l.Change, s.model.Coverage.Gap()))
	}
	return &languagesView{s.chartsOfLanguages(), t}
}

// shareIn is the share of a language in the bytes of all projects.
func (s *Site) shareIn(l *language) quantity.Of[float64] {
	return quantity.Seen(l.Share, s.model.Coverage.Gap())
}

// points is a change of a share in percentage points, in what was read.
func points(d *float64, gap quantity.Gap) Cell {
	if d == nil {
		return Cell{Text: words.Unknown}
	}
	return figure(quantity.Seen(*d, gap), func(v float64) string { return fmt.Sprintf("%+.2f", 100*v) })
}

// A languageView is the page of a language.
type languageView struct {
	Name   string
	Tiles  []Tile
	Charts []*Chart
	Table  Table
	Rising Table
	Map    string
}

// languagePage is the page of a language.
func (s *Site) languagePage(l *language) *languageView {
	v := &languageView{
		Name: l.Name, Charts: s.chartsOfLanguage(l), Tiles: []Tile{
			{"Projects that use it", count(l.Using), words.Count(l.Using)}, {"of them as core", count(l.Core), ""},
			{"Bytes", figure(l.Bytes, amount), ""}, {"Lines of code", count(l.Code), ""},
			{"Share of all bytes", figure(s.shareIn(l), words.Percent), s.pointsNote(l.Change)},
		},
		Table: Table{ID: "projects", Caption: "Projects with " + l.Name, Filter: true, Empty: "No project of the landscape has counted code in it.", Columns: append([]Column{
			column("project", "name", "Project"), column("project", "maturity", "Level").choice()}, append(languageColumns(l.Name),
			column("language_work", "human_commits_year", "Commits to it in the year"), column("language_work", "authors_year", "Authors of these").hidden())...)},
	}
	if l.hasMap() {
		v.Map = l.mapPath()
	}
	rows := slices.DeleteFunc(s.lists.Of(l.Name), func(r usage.Row) bool { return r.Class == usage.Unknown || r.Class == usage.None })
	slices.SortStableFunc(rows, func(a, b usage.Row) int { return cmp.Compare(b.Quantities.Bytes.Or(0), a.Quantities.Bytes.Or(0)) })
	for i := range rows {
		r := &rows[i]
		cells := append([]Cell{to(r.Project, projectPath(r.ID)), {Text: r.Maturity, Sort: levelSort(r.Maturity)}}, languageCells(r)...)
		v.Table.add(r.ID, append(cells, count(r.Quantities.PartCommitsYear), count(r.Quantities.PartAuthorsYear))...)
	}
	v.Rising = s.risingIn(l)
	return v
}

func (s *Site) pointsNote(d *float64) string {
	if d == nil {
		return ""
	}
	return points(d, s.model.Coverage.Gap()).Text + " points in a year"
}

// fewRising is how many projects a table of movements shows.
const fewRising = 10

// risingIn is the table of the projects whose share of a language moved most in a year.
func (s *Site) risingIn(l *language) Table {
	t := Table{ID: "moving", Caption: "Where the share of " + l.Name + " moved most in a year", Empty: "No month of a year ago is known of a project that has it.", Columns: []Column{
		head("project", "Project"), numbers("then", "A year ago"), numbers("now", "On the day"), numbers("change", "Points"),
	}}
	type move struct {
		id, name  string
		then, now float64
		gap       quantity.Gap
	}
	var all []move
	begin, end := s.yearToDay()
	rows := s.lists.Of(l.Name)
	for i := range rows {
		r := &rows[i]
		now, ok := s.shareAt(r.ID, l.Name, end)
		then, was := s.shareAt(r.ID, l.Name, begin)
		if ok && was && now != then {
			all = append(all, move{r.ID, r.Project, then, now, r.Quantities.Total.Missing})
		}
	}
	size := func(m move) float64 { return max(m.now-m.then, m.then-m.now) }
	slices.SortStableFunc(all, func(a, b move) int { return cmp.Compare(size(b), size(a)) })
	for _, m := range all[:min(len(all), fewRising)] {
		d := m.now - m.then
		t.add(m.id, to(m.name, projectPath(m.id)), share(quantity.Seen(m.then, m.gap)), share(quantity.Seen(m.now, m.gap)), points(&d, m.gap))
	}
	return t
}

// shareAt is the share of a language in a project at the end of a month; ok is false
// where that is not known.
func (s *Site) shareAt(project, language, month string) (share float64, ok bool) {
	for _, m := range s.months[project] {
		if m.Month == month {
			ok = ok || m.Total > 0
			if m.Language == language && m.Total > 0 {
				return float64(m.Bytes) / float64(m.Total), true
			}
		}
	}
	return 0, ok
}

// languageFiles names, for each language, the file with what it is to every project: the
// script shows it in the list of projects.
func (s *Site) languageFiles() {
	for _, l := range s.languages {
		s.add("data/languages/"+l.Slug+".json", jsonType, func(w io.Writer) error {
			rows := map[string][][2]string{}
			all := s.lists.Of(l.Name)
			for i := range all {
				r := &all[i]
				if s.projects[r.ID] == nil {
					continue
				}
				var cells [][2]string
				for _, c := range languageCells(r) {
					cells = append(cells, [2]string{c.Text, c.Sort})
				}
				rows[r.ID] = cells
			}
			var heads []string
			for _, c := range languageColumns(l.Name) {
				heads = append(heads, c.Label)
			}
			return writeJSON(w, struct {
				Language string                 `json:"language"`
				AsOf     string                 `json:"as_of"`
				Columns  []string               `json:"columns"`
				Projects map[string][][2]string `json:"projects"`
			}{l.Name, string(s.model.AsOf), heads, rows})
		})
	}
}
