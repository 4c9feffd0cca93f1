package dataset

import (
	"reflect"
	"strings"

	"assay/internal/fact"
)

// A Kind is what the values of a column are.
type Kind string

// The kinds. What a database or a file format has for each is its own affair.
const (
	Text    Kind = "text"    // string
	Date    Kind = "date"    // string, YYYY-MM-DD
	Integer Kind = "integer" // int64
	Real    Kind = "real"    // float64
	Boolean Kind = "boolean" // bool
	List    Kind = "list"    // string: a JSON array of texts
	JSON    Kind = "json"    // string: JSON
)

// A Role is what a column of a figure is to it. A figure has four columns.
type Role string

// The roles.
const (
	Plain Role = ""      // the column is no figure with bounds
	Value Role = "value" // the figure in what was read
	Lower Role = "lower" // the true figure is no less
	Upper Role = "upper" // the true figure is no more
	Gap   Role = "gap"   // row of the table "missing": what was not read for it
)

// A Column is a column of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
	// Unit of the values: "byte", "line", "commit", "share" (0 to 1) …; "" for none.
	Unit string `json:"unit,omitempty"`
	// Label is the name that reports give it; "" where they show it under none.
	Label string `json:"label,omitempty"`
	// Meaning is a sentence or more.
	Meaning string `json:"meaning"`
	// Source is the address of the definition, where it is somebody else's.
	Source string `json:"source,omitempty"`
	// Key: the column is part of the table's primary key, and never null.
	Key bool `json:"key,omitempty"`
	// Null: the value may be missing, and is then unknown or not there.
	Null bool `json:"null,omitempty"`
	// References is the column of another table that it names a row of, as
	// "project.id".
	References string `json:"references,omitempty"`
	// Of is the figure that a column with the role Lower, Upper or Gap is of.
	Of   string `json:"of,omitempty"`
	Role Role   `json:"role,omitempty"`
	// Words: the column holds sentences that somebody wrote, or names a person. In the
	// bundle it is null.
	Words bool `json:"words,omitempty"`
}

// A field is a field of a row, which has one column or, for a figure, four.
type field struct {
	name  string
	index []int
	form  form
	key   bool
}

// A form is how a field is written.
type form int

const (
	formText form = iota
	formInteger
	formReal
	formBoolean
	formList
	formJSON
	formFigure
	formEvidence
)

// quantityPackage has the type of figures that know their bounds.
const quantityPackage = "assay/internal/finding/quantity"

// fieldsOf lists the fields of a row type with their columns. Fields of embedded
// structs stand in their place.
func fieldsOf(t reflect.Type, docs map[string]string) (fields []field, columns []Column) {
	for _, f := range reflect.VisibleFields(t) {
		name, rest, _ := strings.Cut(f.Tag.Get("col"), ",")
		if name == "" {
			continue
		}
		c := Column{
			Name: name, Unit: f.Tag.Get("unit"), Label: f.Tag.Get("label"), Source: f.Tag.Get("source"),
			References: f.Tag.Get("ref"), Key: rest == "key", Words: rest == "words", Meaning: docs[docKey(t, f)],
		}
		x := field{name: name, index: f.Index, key: c.Key}
		x.form, c.Kind, c.Null = formOf(f.Type)
		c.Null = c.Null && !c.Key
		fields = append(fields, x)
		columns = append(columns, c.spread(x.form)...)
	}
	return fields, columns
}

// docKey names a field as the comments of the source are kept: that of the struct that
// declares it.
func docKey(t reflect.Type, f reflect.StructField) string {
	if len(f.Index) > 1 {
		t = t.FieldByIndex(f.Index[:len(f.Index)-1]).Type
	}
	return t.Name() + "." + f.Name
}

// spread gives the columns of a field: a figure has one for its bounds each, and one
// for what is missing.
func (c Column) spread(x form) []Column {
	switch x {
	case formEvidence:
		c.References = "evidence.id"
		return []Column{c}
	case formFigure:
		c.Role = Value
		lower, upper, gap := c, c, c
		lower.Name, lower.Role, lower.Meaning = c.Name+"_lower", Lower, "The least that "+c.Name+" can be, whatever is in what was not read. Null is no bound."
		upper.Name, upper.Role, upper.Meaning = c.Name+"_upper", Upper, "The most that "+c.Name+" can be, whatever is in what was not read. Null is no bound."
		gap.Name, gap.Role, gap.Meaning = c.Name+"_gap", Gap, "What was not read for "+c.Name+". Null is nothing: the figure is exact."
		gap.Kind, gap.Unit, gap.References = Integer, "", "missing.id"
		for _, b := range []*Column{&lower, &upper, &gap} {
			b.Of, b.Label, b.Source = c.Name, "", ""
		}
		return []Column{c, lower, upper, gap}
	}
	return []Column{c}
}

// formOf tells how a field of a type is written, the kind of its column, and whether
// that may be null.
func formOf(t reflect.Type) (f form, k Kind, null bool) {
	if t.Kind() == reflect.Pointer {
		f, k, _ = formOf(t.Elem())
		return f, k, true
	}
	switch {
	case t == reflect.TypeFor[fact.Evidence]():
		return formEvidence, Integer, true
	case t.PkgPath() == quantityPackage && strings.HasPrefix(t.Name(), "Of["):
		value, _ := t.FieldByName("Value")
		_, k, _ = formOf(value.Type.Elem())
		return formFigure, k, true
	case t == reflect.TypeFor[fact.Date]():
		return formText, Date, true
	}
	switch t.Kind() {
	case reflect.String:
		return formText, Text, true
	case reflect.Int, reflect.Int64:
		return formInteger, Integer, false
	case reflect.Float64:
		return formReal, Real, false
	case reflect.Bool:
		return formBoolean, Boolean, false
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return formList, List, true
		}
	case reflect.Int8: // a class, which is written as a word
		return formText, Text, true
	}
	return formJSON, JSON, true
}
