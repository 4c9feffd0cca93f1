package sqlite

import (
	"fmt"
	"strings"
	"sync"

	"assay/internal/dataset"
)

// types are what columns are to SQLite.
var types = map[dataset.Kind]string{
	dataset.Text: "TEXT", dataset.Date: "TEXT", dataset.Integer: "INTEGER", dataset.Real: "REAL",
	dataset.Boolean: "INTEGER", dataset.List: "TEXT", dataset.JSON: "TEXT",
}

// Create is the statement that makes a table. A table of the dictionary has its meaning
// in it, which SQLite keeps.
func Create(t *dataset.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (\n", quoted(t.Name))
	if t.Meaning != "" {
		fmt.Fprintf(&b, "    -- %s\n", t.Meaning)
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		fmt.Fprintf(&b, "    %s %s", quoted(c.Name), types[c.Kind])
		if !c.Null {
			b.WriteString(" NOT NULL")
		}
		b.WriteString(",")
		if c.Meaning != "" {
			b.WriteString(" -- " + c.Meaning)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "    PRIMARY KEY (%s)\n) STRICT, WITHOUT ROWID", strings.Join(quotedAll(t.Key()), ", "))
	return b.String()
}

// Schema is the statements that make the tables, each with a full stop of SQL.
func Schema(tables []*dataset.Table) string {
	var b strings.Builder
	for _, t := range tables {
		b.WriteString(Create(t) + ";\n\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// insert is the statement that adds a row.
func insert(t *dataset.Table) string {
	names := make([]string, 0, len(t.Columns))
	for i := range t.Columns {
		names = append(names, quoted(t.Columns[i].Name))
	}
	return fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", quoted(t.Name), strings.Join(names, ", "),
		strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", "))
}

// A selection is what the questions for the rows of a table have in common.
type selection struct{ from, order string }

// selections are made once for each table.
var selections sync.Map // of *dataset.Table

func selectionOf(t *dataset.Table) *selection {
	if s, ok := selections.Load(t); ok {
		return s.(*selection)
	}
	names := make([]string, 0, len(t.Columns))
	for i := range t.Columns {
		names = append(names, quoted(t.Columns[i].Name))
	}
	s, _ := selections.LoadOrStore(t, &selection{
		from:  fmt.Sprintf("SELECT %s FROM %s", strings.Join(names, ", "), quoted(t.Name)),
		order: " ORDER BY " + strings.Join(quotedAll(t.Key()), ", "),
	})
	return s.(*selection)
}

// choose is the question for rows of a table.
func choose(t *dataset.Table, p dataset.Page) (query string, args []any) {
	s := selectionOf(t)
	var b strings.Builder
	b.WriteString(s.from)
	before := " WHERE "
	for i := range t.Columns {
		name := t.Columns[i].Name
		if values, ok := p.Where[name]; ok {
			condition, more := among(name, values)
			b.WriteString(before + condition)
			before, args = " AND ", append(args, more...)
		}
	}
	b.WriteString(s.order)
	if p.Limit > 0 {
		b.WriteString(" LIMIT ? OFFSET ?")
		args = append(args, p.Limit, p.Offset)
	}
	return b.String(), args
}

// among is the condition that a column has one of values.
func among(name string, values []any) (condition string, args []any) {
	for _, v := range values {
		if v != nil {
			args = append(args, v)
		}
	}
	condition = fmt.Sprintf("%s IN (%s)", quoted(name), strings.TrimSuffix(strings.Repeat("?, ", len(args)), ", "))
	if len(args) < len(values) {
		condition = fmt.Sprintf("(%s OR %s IS NULL)", condition, quoted(name))
	}
	return condition, args
}

// quoted is a name of ours as SQL has it.
func quoted(name string) string { return `"` + name + `"` }

func quotedAll(names []string) []string {
	all := make([]string, 0, len(names))
	for _, n := range names {
		all = append(all, quoted(n))
	}
	return all
}
