package describe

import (
	"fmt"
	"strings"

	"assay/internal/dataset"
)

// duckTypes are what the kinds are to DuckDB.
var duckTypes = map[dataset.Kind]string{
	dataset.Text: "VARCHAR", dataset.Date: "DATE", dataset.Integer: "BIGINT", dataset.Real: "DOUBLE",
	dataset.Boolean: "BOOLEAN", dataset.List: "VARCHAR[]", dataset.JSON: "JSON",
}

// unwritten is a function of SQL that undoes what CSV does to texts; see package csv.
const unwritten = `CREATE OR REPLACE TEMP MACRO said(cell) AS CASE
  WHEN cell IS NULL OR NOT (starts_with(cell, '''') OR contains(cell, '\u')) THEN cell
  ELSE from_json('"' || regexp_replace(
    replace(replace(CASE WHEN starts_with(cell, '''') THEN cell[2:] ELSE cell END, '\', '\\'), '"', '\"'),
    '\\\\(u[0-9a-f]{4})', '\\\1', 'g') || '"', '"VARCHAR"')
END;
`

// Load is the statements with which DuckDB loads the export, with its types, keys and
// meanings.
func Load(x *Export) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "-- %s\n-- In this folder: duckdb assay.duckdb -c '.read %s'\n\n", x.title(), LoadFile)
	switch x.Format {
	case CSV:
		b.WriteString(unwritten + "\n")
	case SQLite:
		fmt.Fprintf(&b, "INSTALL sqlite;\nLOAD sqlite;\nATTACH %s AS assay_export (TYPE sqlite, READ_ONLY);\n\n", literal(database))
	}
	for i := range x.Tables {
		x.load(&b, &x.Tables[i])
	}
	if x.Format == SQLite {
		b.WriteString("DETACH assay_export;\n")
	}
	return []byte(b.String())
}

// load writes the statements of a table.
func (x *Export) load(b *strings.Builder, t *Table) {
	fmt.Fprintf(b, "CREATE OR REPLACE TABLE %s (\n", name(t.Name))
	for i := range t.Columns {
		c := &t.Columns[i]
		fmt.Fprintf(b, "  %s %s", name(c.Name), duckTypes[c.Kind])
		if !c.Null {
			b.WriteString(" NOT NULL")
		}
		b.WriteString(",\n")
	}
	keys := t.Key()
	for i := range keys {
		keys[i] = name(keys[i])
	}
	fmt.Fprintf(b, "  PRIMARY KEY (%s)\n);\n", strings.Join(keys, ", "))
	fmt.Fprintf(b, "INSERT INTO %s SELECT\n", name(t.Name))
	for i := range t.Columns {
		c := &t.Columns[i]
		fmt.Fprintf(b, "  %s%s\n", x.value(c), comma(i, t))
	}
	fmt.Fprintf(b, "FROM %s;\n", x.from(t))
	fmt.Fprintf(b, "COMMENT ON TABLE %s IS %s;\n", name(t.Name), literal(t.Meaning))
	for i := range t.Columns {
		c := &t.Columns[i]
		fmt.Fprintf(b, "COMMENT ON COLUMN %s.%s IS %s;\n", name(t.Name), name(c.Name), literal(meaning(c)))
	}
	b.WriteString("\n")
}

// comma parts the columns.
func comma(i int, t *Table) string {
	if i == len(t.Columns)-1 {
		return ""
	}
	return ","
}

// value is how a column is read.
func (x *Export) value(c *dataset.Column) string {
	n := name(c.Name)
	switch {
	case x.Format == CSV && c.Kind == dataset.Text:
		return "said(" + n + ")"
	case (x.Format == CSV || x.Format == SQLite) && c.Kind == dataset.List:
		return "from_json(" + n + ", '[\"VARCHAR\"]')"
	case x.Format == SQLite && c.Kind != dataset.Text:
		return "CAST(" + n + " AS " + duckTypes[c.Kind] + ")"
	}
	return n
}

// from is where the rows of a table are read.
func (x *Export) from(t *Table) string {
	var columns []string
	for i := range t.Columns {
		c := &t.Columns[i]
		kind := duckTypes[c.Kind]
		if x.Format == CSV && c.Kind == dataset.List {
			kind = duckTypes[dataset.Text]
		}
		columns = append(columns, literal(c.Name)+": "+literal(kind))
	}
	types := "{" + strings.Join(columns, ", ") + "}"
	switch x.Format {
	case CSV:
		return fmt.Sprintf("read_csv(%s, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', "+
			"nullstr = '', allow_quoted_nulls = false, columns = %s)", literal(t.File), types)
	case JSONL:
		return fmt.Sprintf("read_json(%s, format = 'newline_delimited', columns = %s)", literal(t.File), types)
	case SQLite:
		return "assay_export." + name(t.Name)
	}
	return fmt.Sprintf("read_parquet(%s)", literal(t.File))
}

// meaning is the meaning of a column with its unit.
func meaning(c *dataset.Column) string {
	if c.Unit == "" {
		return c.Meaning
	}
	return c.Meaning + " Unit: " + c.Unit + "."
}

// name is a name of ours as SQL has it.
func name(s string) string { return `"` + s + `"` }

// literal is a text as SQL has it.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
