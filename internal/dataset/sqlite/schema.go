package sqlite

import (
	"fmt"
	"strings"

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

// choose is the question for rows of a table.
func choose(t *dataset.Table, p dataset.Page) (query string, args []any) {
	names := make([]string, 0, len(t.Columns))
	var conditions []string
	for i := range t.Columns {
		name := t.Columns[i].Name
		names = append(names, quoted(name))
		if values, ok := p.Where[name]; ok {
			condition, more := among(name, values)
			conditions, args = append(conditions, condition), append(args, more...)
		}
	}
	query = fmt.Sprintf("SELECT %s FROM %s", strings.Join(names, ", "), quoted(t.Name))
	if len(conditions) > 0 {
		query += " WHERE " + strings.Join(conditions, " AND ")
	}
	query += " ORDER BY " + strings.Join(quotedAll(t.Key()), ", ")
	if p.Limit > 0 {
		query, args = query+" LIMIT ? OFFSET ?", append(args, p.Limit, p.Offset)
	}
	return query, args
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
