// Package listing is the table of projects: its columns, as people and programs read
// them, and what the words mean by which somebody asks for levels, shares and orders. The
// command line and the server have it from here, so that both give the same figures under
// the same names.
package listing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// A Column is a column of the table of projects. Its name is that of the field
// in JSON.
type Column struct {
	Name  string
	Head  string // of the table; in lower case it is a short name
	About string
	Right bool
	When  when
	Rank  int // where there is no room, the highest goes first; 0 stays
	// Cell is what a person reads; Value is a number, a text, or nil for what is
	// unknown.
	Cell  func(r *usage.Row) string
	Value func(r *usage.Row) any
}

// when says when a column is shown that nobody asked for.
type when int

const (
	always  when = iota
	onPaper      // in tables that people read
	inData       // in tables that programs read
	wide         // with --wide
	asked        // never
)

// columns are all columns, in their order.
var columns = slices.Concat(
	[]Column{
		text(Column{Name: "id", Head: "ID", About: "the identifier, for commands", When: inData}, func(r *usage.Row) string { return r.ID }),
		text(Column{Name: "project", Head: "PROJECT", About: "the name"}, func(r *usage.Row) string { return r.Project }),
		text(Column{Name: "maturity", Head: "MATURITY", About: "the level in the landscape", Rank: 2}, func(r *usage.Row) string { return r.Maturity }),
	},
	classColumns(),
	figure(Column{Name: "share", Head: "SHARE", About: "the language's part of the bytes, 0 to 1"}, words.Percent, func(q *usage.Quantities) quantity.Of[float64] { return q.Share }),
	figure(Column{Name: "bytes", Head: "BYTES", About: "bytes of the language", Rank: 1}, words.Number, func(q *usage.Quantities) quantity.Of[int64] { return q.Bytes }),
	figure(Column{Name: "code_lines", Head: "CODE LINES", About: "lines of code of the language", When: wide, Rank: 10}, words.Number, func(q *usage.Quantities) quantity.Of[int64] { return q.Code }),
	figure(Column{Name: "files", Head: "FILES", About: "files of the language", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Files }),
	figure(Column{Name: "total_bytes", Head: "TOTAL", About: "bytes of all languages", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int64] { return q.Total }),
	figure(Column{Name: "packages", Head: "PACKAGES", About: "packages in the language", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Packages }),
	[]Column{text(Column{Name: "accepted", Head: "ACCEPTED", About: "the day the project was accepted", Rank: 8}, func(r *usage.Row) string { return string(r.Accepted) })},
	adoptedColumns(),
	figure(Column{Name: "human_commits_year", Head: "COMMITS", About: "commits by people in the year", Rank: 4}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.CommitsYear }),
	figure(Column{Name: "authors_year", Head: "AUTHORS", About: "people who committed in the year", Rank: 7}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.AuthorsYear }),
	figure(Column{Name: "language_commits_year", Head: "LANGUAGE COMMITS", About: "commits of the year that touched the language", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.PartCommitsYear }),
	figure(Column{Name: "language_authors_year", Head: "LANGUAGE AUTHORS", About: "authors of the year who touched the language", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.PartAuthorsYear }),
	day("last_activity", "LAST ACTIVITY", "the newest commit by a person on any branch", func(q *usage.Quantities) quantity.Of[fact.Date] { return q.LastActivity }),
	figure(Column{Name: "absence_factor", Head: "ABSENCE FACTOR", About: "people who made half of the commits", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.AbsenceFactor }),
	figure(Column{Name: "organisations_year", Head: "ORGANISATIONS", About: "organisations that committed in the year", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.OrganisationsYear }),
	[]Column{text(Column{Name: "release_cadence", Head: "RELEASES", About: "the rhythm of releases", Rank: 9}, func(r *usage.Row) string { return r.CadenceCell })},
	day("last_release", "LAST RELEASE", "the newest full release", func(q *usage.Quantities) quantity.Of[fact.Date] { return q.LastRelease }),
	figure(Column{Name: "maintainers", Head: "MAINTAINERS", About: "maintainers that files name", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Maintainers }),
	figure(Column{Name: "adopters", Head: "ADOPTERS", About: "adopters that files name", When: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Adopters }),
	[]Column{
		text(Column{Name: "health", Head: "HEALTH", About: "the level of health over all", Rank: 3}, func(r *usage.Row) string { return r.Health.To(r.HealthBest) }),
		reposColumn(),
		count("repositories_read", "READ", "repositories read", func(r *usage.Row) int { return r.Read }),
		count("repositories", "REPOSITORIES", "repositories in all", func(r *usage.Row) int { return r.Repositories }),
		text(Column{Name: "focus_area", Head: "FOCUS AREA", About: "category and subcategory of the landscape", When: wide, Rank: 11}, func(r *usage.Row) string { return r.FocusArea }),
		text(Column{Name: "evidence", Head: "EVIDENCE", About: "the project's line in the landscape", When: asked}, func(r *usage.Row) string { return r.Evidence }),
	},
)

// text is a column of words; "" is unknown.
func text(c Column, get func(*usage.Row) string) Column {
	c.Cell = func(r *usage.Row) string { return known(get(r)) }
	c.Value = func(r *usage.Row) any {
		if s := get(r); s != "" && s != words.Unknown {
			return s
		}
		return nil
	}
	return c
}

// count is a column of a number that is known.
func count(name, head, about string, get func(*usage.Row) int) Column {
	return Column{
		Name: name, Head: head, About: about, Right: true, When: inData,
		Cell:  func(r *usage.Row) string { return words.Number(get(r)) },
		Value: func(r *usage.Row) any { return get(r) },
	}
}

// reposColumn is how many repositories were read, of all: 7/8, which a spreadsheet
// would take for a day.
func reposColumn() Column {
	return Column{
		Name: "repos", Head: "REPOS", About: "repositories read, of all", Right: true, When: onPaper, Rank: 5,
		Cell:  func(r *usage.Row) string { return fmt.Sprintf("%d/%d", r.Read, r.Repositories) },
		Value: func(r *usage.Row) any { return fmt.Sprintf("%d of %d", r.Read, r.Repositories) },
	}
}

// figure is the column of a figure, and those of its bounds.
func figure[T cmp.Ordered](c Column, write func(T) string, get func(*usage.Quantities) quantity.Of[T]) []Column {
	c.Right = true
	return bounded(c, write, func(r *usage.Row) quantity.Of[T] { return get(&r.Quantities) })
}

// day is the column of a date, and those of its bounds.
func day(name, head, about string, get func(*usage.Quantities) quantity.Of[fact.Date]) []Column {
	return bounded(Column{Name: name, Head: head, About: about, When: asked}, words.Date, func(r *usage.Row) quantity.Of[fact.Date] { return get(&r.Quantities) })
}

// lower and upper end the names of the columns of a figure's bounds.
const lower, upper = "_lower", "_upper"

// bounded is a column of a figure that may not be exact, and those of its bounds:
// programs get a number in each, people the figure with its marks.
func bounded[T cmp.Ordered](c Column, write func(T) string, get func(*usage.Row) quantity.Of[T]) []Column {
	c.Cell = func(r *usage.Row) string { return words.Cell(get(r), write) }
	c.Value = func(r *usage.Row) any {
		q := get(r)
		if words.Cell(q, write) == words.Unknown {
			return nil
		}
		return orNil(q.Value)
	}
	end := func(suffix string, pick func(quantity.Of[T]) *T) Column {
		e := Column{Name: c.Name + suffix, Head: c.Head + strings.ToUpper(strings.ReplaceAll(suffix, "_", " ")), Right: c.Right, When: c.When}
		if c.When == always {
			e.When = inData
		}
		e.Cell = func(r *usage.Row) string {
			if v := pick(get(r)); v != nil {
				return write(*v)
			}
			return "-"
		}
		e.Value = func(r *usage.Row) any { return orNil(pick(get(r))) }
		return e
	}
	return []Column{
		c,
		end(lower, func(q quantity.Of[T]) *T { return q.Lower }),
		end(upper, func(q quantity.Of[T]) *T { return q.Upper }),
	}
}

func orNil[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

// classColumns is the class with its bounds.
func classColumns() []Column {
	all := bounded(Column{Name: "class", Head: "CLASS", About: "what the language is to the project"}, usage.Class.String,
		func(r *usage.Row) quantity.Of[usage.Class] { return r.Quantities.Class })
	all[0].Cell = func(r *usage.Row) string { return r.ClassCell }
	all[0].Value = func(r *usage.Row) any { return r.Class }
	return all
}

// adoptedColumns is since when the language is there; "never" where it is known
// never to have come to stay.
func adoptedColumns() []Column {
	all := bounded(Column{Name: "adopted", Head: "ADOPTED", About: "since when the language is there", Rank: 6}, words.Date,
		func(r *usage.Row) quantity.Of[fact.Date] { return r.Quantities.Adopted })
	value := all[0].Value
	all[0].Cell = adoptedCell
	all[0].Value = func(r *usage.Row) any {
		if adoptedCell(r) == "-" {
			return "never"
		}
		return value(r)
	}
	return all
}

// Named finds a column by its name or its head, in any case.
func Named(name string) (*Column, error) {
	same := strings.NewReplacer("-", "_", " ", "_")
	key := same.Replace(words.Fold(name))
	for i := range columns {
		c := &columns[i]
		if key == c.Name || key == same.Replace(words.Fold(c.Head)) {
			return c, nil
		}
	}
	var all, main []string
	for _, c := range columns {
		all = append(all, c.Name, words.Fold(c.Head))
		if !IsBound(c.Name) {
			main = append(main, c.Name)
		}
	}
	err := errkind.Errorf(errkind.Usage, "columns: there is no column %q", name)
	if near := words.Near(key, all); len(near) > 0 {
		return nil, errkind.WithHint(err, "%s '--columns help' lists all", words.Meant(near))
	}
	return nil, errkind.WithHint(err, "one of %s; '--columns help' says what each is", strings.Join(main, ", "))
}

// All are the columns, in their order. Nobody changes them.
func All() []Column { return columns }

// Form says for whom columns are that nobody has named.
type Form struct {
	// Data: a program reads them, and not a person.
	Data bool
	// Wide: also those that take much room.
	Wide bool
}

// Pick gives the columns of these names; for none, those of the form.
func Pick(names []string, form Form) ([]Column, error) {
	if len(names) == 0 {
		return form.columns(), nil
	}
	var all []Column
	for _, name := range names {
		c, err := Named(name)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(has Column) bool { return has.Name == c.Name }) {
			return nil, errkind.Errorf(errkind.Usage, "columns: %s is named twice", c.Name)
		}
		named := *c
		named.Rank = 0 // whoever names a column wants it
		all = append(all, named)
	}
	return all, nil
}

// columns are those of the form.
func (f Form) columns() []Column {
	var all []Column
	for _, c := range columns {
		shown := c.When == always ||
			c.When == wide && f.Wide && (f.Data || !IsBound(c.Name)) ||
			c.When == inData && f.Data || c.When == onPaper && !f.Data
		if shown {
			all = append(all, c)
		}
	}
	return all
}

// IsBound reports whether a column is of a bound.
func IsBound(name string) bool {
	return strings.HasSuffix(name, lower) || strings.HasSuffix(name, upper)
}

// known is a text, and "unknown" for none.
func known(s string) string {
	if s == "" {
		return words.Unknown
	}
	return s
}

// Bounded is the name of the column that a column is a bound of; its own where it is none.
func Bounded(name string) string { return strings.TrimSuffix(strings.TrimSuffix(name, lower), upper) }

// HasBounds reports whether a column has its bounds beside it.
func HasBounds(name string) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Name == name+lower })
}

// Of is the column of a name, which is ours.
func Of(name string) *Column {
	return &columns[slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })]
}
