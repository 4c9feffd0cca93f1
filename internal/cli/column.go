package cli

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

// A listColumn is a column of the table of projects. Its name is that of the field
// in JSON.
type listColumn struct {
	name  string
	head  string // of the table; in lower case it is a short name
	about string
	right bool
	when  when
	rank  int // where there is no room, the highest goes first; 0 stays
	// cell is what a person reads; value is a number, a text, or nil for what is
	// unknown.
	cell  func(r *usage.Row) string
	value func(r *usage.Row) any
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

// listColumns are all columns, in their order.
var listColumns = slices.Concat(
	[]listColumn{
		text(listColumn{name: "id", head: "ID", about: "the identifier, for commands", when: inData}, func(r *usage.Row) string { return r.ID }),
		text(listColumn{name: "project", head: "PROJECT", about: "the name"}, func(r *usage.Row) string { return r.Project }),
		text(listColumn{name: "maturity", head: "MATURITY", about: "the level in the landscape", rank: 2}, func(r *usage.Row) string { return r.Maturity }),
	},
	classColumns(),
	figure(listColumn{name: "share", head: "SHARE", about: "the language's part of the bytes, 0 to 1"}, words.Percent, func(q *usage.Quantities) quantity.Of[float64] { return q.Share }),
	figure(listColumn{name: "bytes", head: "BYTES", about: "bytes of the language", rank: 1}, words.Number, func(q *usage.Quantities) quantity.Of[int64] { return q.Bytes }),
	figure(listColumn{name: "code_lines", head: "CODE LINES", about: "lines of code of the language", when: wide, rank: 10}, words.Number, func(q *usage.Quantities) quantity.Of[int64] { return q.Code }),
	figure(listColumn{name: "files", head: "FILES", about: "files of the language", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Files }),
	figure(listColumn{name: "total_bytes", head: "TOTAL", about: "bytes of all languages", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int64] { return q.Total }),
	figure(listColumn{name: "packages", head: "PACKAGES", about: "packages in the language", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Packages }),
	[]listColumn{text(listColumn{name: "accepted", head: "ACCEPTED", about: "the day the project was accepted", rank: 8}, func(r *usage.Row) string { return string(r.Accepted) })},
	adoptedColumns(),
	figure(listColumn{name: "human_commits_year", head: "COMMITS", about: "commits by people in the year", rank: 4}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.CommitsYear }),
	figure(listColumn{name: "authors_year", head: "AUTHORS", about: "people who committed in the year", rank: 7}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.AuthorsYear }),
	figure(listColumn{name: "language_commits_year", head: "LANGUAGE COMMITS", about: "commits of the year that touched the language", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.PartCommitsYear }),
	figure(listColumn{name: "language_authors_year", head: "LANGUAGE AUTHORS", about: "authors of the year who touched the language", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.PartAuthorsYear }),
	day("last_activity", "LAST ACTIVITY", "the newest commit by a person on any branch", func(q *usage.Quantities) quantity.Of[fact.Date] { return q.LastActivity }),
	figure(listColumn{name: "absence_factor", head: "ABSENCE FACTOR", about: "people who made half of the commits", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.AbsenceFactor }),
	figure(listColumn{name: "organisations_year", head: "ORGANISATIONS", about: "organisations that committed in the year", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.OrganisationsYear }),
	[]listColumn{text(listColumn{name: "release_cadence", head: "RELEASES", about: "the rhythm of releases", rank: 9}, func(r *usage.Row) string { return r.CadenceCell })},
	day("last_release", "LAST RELEASE", "the newest full release", func(q *usage.Quantities) quantity.Of[fact.Date] { return q.LastRelease }),
	figure(listColumn{name: "maintainers", head: "MAINTAINERS", about: "maintainers that files name", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Maintainers }),
	figure(listColumn{name: "adopters", head: "ADOPTERS", about: "adopters that files name", when: asked}, words.Number, func(q *usage.Quantities) quantity.Of[int] { return q.Adopters }),
	[]listColumn{
		text(listColumn{name: "health", head: "HEALTH", about: "the level of health over all", rank: 3}, func(r *usage.Row) string { return r.Health.To(r.HealthBest) }),
		reposColumn(),
		count("repositories_read", "READ", "repositories read", func(r *usage.Row) int { return r.Read }),
		count("repositories", "REPOSITORIES", "repositories in all", func(r *usage.Row) int { return r.Repositories }),
		text(listColumn{name: "focus_area", head: "FOCUS AREA", about: "category and subcategory of the landscape", when: wide, rank: 11}, func(r *usage.Row) string { return r.FocusArea }),
		text(listColumn{name: "evidence", head: "EVIDENCE", about: "the project's line in the landscape", when: asked}, func(r *usage.Row) string { return r.Evidence }),
	},
)

// text is a column of words; "" is unknown.
func text(c listColumn, get func(*usage.Row) string) listColumn {
	c.cell = func(r *usage.Row) string { return orUnknown(get(r)) }
	c.value = func(r *usage.Row) any {
		if s := get(r); s != "" && s != words.Unknown {
			return s
		}
		return nil
	}
	return c
}

// count is a column of a number that is known.
func count(name, head, about string, get func(*usage.Row) int) listColumn {
	return listColumn{
		name: name, head: head, about: about, right: true, when: inData,
		cell:  func(r *usage.Row) string { return words.Number(get(r)) },
		value: func(r *usage.Row) any { return get(r) },
	}
}

// reposColumn is how many repositories were read, of all: 7/8, which a spreadsheet
// would take for a day.
func reposColumn() listColumn {
	return listColumn{
		name: "repos", head: "REPOS", about: "repositories read, of all", right: true, when: onPaper, rank: 5,
		cell:  func(r *usage.Row) string { return fmt.Sprintf("%d/%d", r.Read, r.Repositories) },
		value: func(r *usage.Row) any { return fmt.Sprintf("%d of %d", r.Read, r.Repositories) },
	}
}

// figure is the column of a figure, and those of its bounds.
func figure[T cmp.Ordered](c listColumn, write func(T) string, get func(*usage.Quantities) quantity.Of[T]) []listColumn {
	c.right = true
	return bounded(c, write, func(r *usage.Row) quantity.Of[T] { return get(&r.Quantities) })
}

// day is the column of a date, and those of its bounds.
func day(name, head, about string, get func(*usage.Quantities) quantity.Of[fact.Date]) []listColumn {
	return bounded(listColumn{name: name, head: head, about: about, when: asked}, words.Date, func(r *usage.Row) quantity.Of[fact.Date] { return get(&r.Quantities) })
}

// lower and upper end the names of the columns of a figure's bounds.
const lower, upper = "_lower", "_upper"

// bounded is a column of a figure that may not be exact, and those of its bounds:
// programs get a number in each, people the figure with its marks.
func bounded[T cmp.Ordered](c listColumn, write func(T) string, get func(*usage.Row) quantity.Of[T]) []listColumn {
	c.cell = func(r *usage.Row) string { return words.Cell(get(r), write) }
	c.value = func(r *usage.Row) any {
		q := get(r)
		if words.Cell(q, write) == words.Unknown {
			return nil
		}
		return orNil(q.Value)
	}
	end := func(suffix string, pick func(quantity.Of[T]) *T) listColumn {
		e := listColumn{name: c.name + suffix, head: c.head + strings.ToUpper(strings.ReplaceAll(suffix, "_", " ")), right: c.right, when: c.when}
		if c.when == always {
			e.when = inData
		}
		e.cell = func(r *usage.Row) string {
			if v := pick(get(r)); v != nil {
				return write(*v)
			}
			return "-"
		}
		e.value = func(r *usage.Row) any { return orNil(pick(get(r))) }
		return e
	}
	return []listColumn{
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
func classColumns() []listColumn {
	all := bounded(listColumn{name: "class", head: "CLASS", about: "what the language is to the project"}, usage.Class.String,
		func(r *usage.Row) quantity.Of[usage.Class] { return r.Quantities.Class })
	all[0].cell = func(r *usage.Row) string { return r.ClassCell }
	all[0].value = func(r *usage.Row) any { return r.Class }
	return all
}

// adoptedColumns is since when the language is there; "never" where it is known
// never to have come to stay.
func adoptedColumns() []listColumn {
	all := bounded(listColumn{name: "adopted", head: "ADOPTED", about: "since when the language is there", rank: 6}, words.Date,
		func(r *usage.Row) quantity.Of[fact.Date] { return r.Quantities.Adopted })
	value := all[0].value
	all[0].cell = adoptedCell
	all[0].value = func(r *usage.Row) any {
		if adoptedCell(r) == "-" {
			return "never"
		}
		return value(r)
	}
	return all
}

// columnNamed finds a column by its name or its head, in any case.
func columnNamed(name string) (*listColumn, error) {
	same := strings.NewReplacer("-", "_", " ", "_")
	key := same.Replace(words.Fold(name))
	for i := range listColumns {
		c := &listColumns[i]
		if key == c.name || key == same.Replace(words.Fold(c.head)) {
			return c, nil
		}
	}
	var all, main []string
	for _, c := range listColumns {
		all = append(all, c.name, words.Fold(c.head))
		if !isBound(c.name) {
			main = append(main, c.name)
		}
	}
	err := errkind.Errorf(errkind.Usage, "columns: there is no column %q", name)
	if near := words.Near(key, all); len(near) > 0 {
		return nil, errkind.WithHint(err, "%s '--columns help' lists all", words.Meant(near))
	}
	return nil, errkind.WithHint(err, "one of %s; '--columns help' says what each is", strings.Join(main, ", "))
}

// columnHelp is what the columns are, a row each; ± marks those with bounds.
func columnHelp() *table {
	t := &table{head: []string{"COLUMN", "SHORT", "WHAT"}, right: make([]bool, 3)}
	for _, c := range listColumns {
		if isBound(c.name) {
			continue
		}
		short := strings.ReplaceAll(words.Fold(c.head), " ", "_")
		if short == c.name {
			short = ""
		}
		about := c.about
		if _, err := columnNamed(c.name + lower); err == nil {
			about += " ±"
		}
		t.add(c.name, short, about)
	}
	return t
}

// pick gives the columns to show: those that are named, else those of the form.
func (o *listOptions) pick() ([]listColumn, error) {
	var all []listColumn
	if len(o.columns) == 0 {
		for _, c := range listColumns {
			data := o.format == formatCSV
			if c.when == always || c.when == wide && o.wide && (data || !isBound(c.name)) || c.when == inData && data || c.when == onPaper && !data {
				all = append(all, c)
			}
		}
		return all, nil
	}
	for _, name := range o.columns {
		c, err := columnNamed(name)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, func(has listColumn) bool { return has.name == c.name }) {
			return nil, errkind.Errorf(errkind.Usage, "columns: %s is named twice", c.name)
		}
		named := *c
		named.rank = 0 // whoever names a column wants it
		all = append(all, named)
	}
	return all, nil
}

// isBound reports whether a column is of a bound.
func isBound(name string) bool {
	return strings.HasSuffix(name, lower) || strings.HasSuffix(name, upper)
}
