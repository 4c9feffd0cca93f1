package site

import (
	"assay/internal/dataset"
)

// A Table is rows under heads, which the script can filter and sort.
type Table struct {
	ID      string
	Caption string
	Columns []Column
	Rows    []Row
	// Filter: there are fields above it to search and choose by.
	Filter bool
	// Empty is what is said in place of no rows.
	Empty string
}

// A Column is the head of a column.
type Column struct {
	Key, Label string
	// Meaning is the definition of what stands below, Defined where it stands.
	Meaning, Defined string
	Number           bool // figures, set to the right
	Day              bool // which is not broken in two
	Hidden           bool // until it is asked for
	Choice           bool // rows may be chosen by its values
}

// A Row is a row of a table.
type Row struct {
	// Key names it: the identifier of a project.
	Key   string
	Cells []Cell
}

// add adds a row.
func (t *Table) add(key string, cells ...Cell) { t.Rows = append(t.Rows, Row{key, cells}) }

// Shown are the columns with their cells of a row.
func (t Table) Shown(r Row) []struct {
	Column
	Cell
} {
	var all []struct {
		Column
		Cell
	}
	for i, c := range t.Columns {
		all = append(all, struct {
			Column
			Cell
		}{c, r.Cells[i]})
	}
	return all
}

// column is the head of a column that is one of the data set's: its label and meaning are
// those of the dictionary.
func column(table, name, label string) Column {
	for _, t := range dataset.Dictionary() {
		if t.Name != table {
			continue
		}
		for i := range t.Columns {
			if c := &t.Columns[i]; c.Name == name {
				return Column{Key: name, Label: label, Meaning: c.Meaning, Defined: "method.html#" + table + "." + name, Number: c.Kind == dataset.Integer || c.Kind == dataset.Real, Day: c.Kind == dataset.Date}
			}
		}
	}
	panic("site: the dictionary has no column " + table + "." + name)
}

// hidden is a column that is shown when it is asked for.
func (c Column) hidden() Column {
	c.Hidden = true
	return c
}

// choice is a column by whose values rows may be chosen.
func (c Column) choice() Column {
	c.Choice = true
	return c
}

// words is the head of a column that is defined nowhere else.
func head(key, label string) Column { return Column{Key: key, Label: label} }

// numbers is the head of a column of figures.
func numbers(key, label string) Column { return Column{Key: key, Label: label, Number: true} }
