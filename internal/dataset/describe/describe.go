// Package describe says what an export of a data set is: for programs as a Frictionless
// data package, Croissant (which is schema.org's Dataset) and JSON Schema, for DuckDB as
// statements that load it, and for people as Markdown. All of it comes from the
// dictionary, and from what was written.
package describe

import (
	"encoding/json"
	"fmt"
	"strings"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/sanitize"
)

// A Format is a form that tables are written in.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	JSONL   Format = "jsonl"
	SQLite  Format = "sqlite"
)

// Formats are all of them.
func Formats() []Format { return []Format{CSV, Parquet, JSONL, SQLite} }

// database is the file of all tables of [SQLite].
const database = "dataset.db"

// File is the name of the file that has a table.
func (f Format) File(table string) string {
	if f == SQLite {
		return database
	}
	return table + "." + string(f)
}

// media is the type of the files.
func (f Format) media() string {
	return map[Format]string{
		CSV: "text/csv", Parquet: "application/vnd.apache.parquet", JSONL: "application/jsonl", SQLite: "application/vnd.sqlite3",
	}[f]
}

// An Export is what was written.
type Export struct {
	Head   *dataset.Head
	Format Format
	// Tables, in the order of the dictionary.
	Tables []Table
}

// A Table is a table with its file.
type Table struct {
	*dataset.Table

	File   string
	Rows   int64
	Bytes  int64 // of the file
	SHA256 string
}

// The files that describe an export.
const (
	PackageFile   = "datapackage.json"
	CroissantFile = "croissant.json"
	LoadFile      = "load.sql"
	ReadmeFile    = "README.md"
	SumsFile      = "SHA256SUMS"
)

// SchemaFile is the name of the file with the JSON Schema of a table's rows.
func SchemaFile(table string) string { return table + ".schema.json" }

// files are the files with tables, each once.
func (x *Export) files() []*Table {
	var all []*Table
	for i := range x.Tables {
		if i == 0 || x.Tables[i].File != x.Tables[i-1].File {
			all = append(all, &x.Tables[i])
		}
	}
	return all
}

// has reports whether the export has a table.
func (x *Export) has(table string) bool {
	for i := range x.Tables {
		if x.Tables[i].Name == table {
			return true
		}
	}
	return false
}

// Reference is the table and the column that a column refers to, where it does and the
// export has them.
func (x *Export) reference(c *dataset.Column) (table, column string, ok bool) {
	table, column, ok = strings.Cut(c.References, ".")
	return table, column, ok && x.has(table)
}

// title of the export.
func (x *Export) title() string {
	return fmt.Sprintf("Findings of Assay on %s as of %s", x.landscape(), x.Head.Survey.AsOf)
}

// landscape names the landscape.
func (x *Export) landscape() string {
	e := &x.Head.Survey.Landscape.Evidence
	for _, name := range []string{string(e.Repo), e.URL, e.Path} {
		if name != "" {
			return sanitize.Text(name)
		}
	}
	return "a landscape"
}

// about says what the export is of.
func (x *Export) about() string {
	return "What the repositories of the projects of a software landscape say of languages, people, releases and health, " +
		"each figure with its bounds and evidence. " + x.Head.Coverage.Words()
}

// A source is where an export comes from.
type source struct {
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

func (x *Export) source() source {
	return source{Title: x.landscape(), Path: x.Head.Survey.Landscape.Evidence.Link()}
}

// encode is JSON for people too, with line ends as in a text.
func encode(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, errkind.Errorf(errkind.Internal, "describing the data set: %w", err)
	}
	return []byte(sanitize.JSON(b.String())), nil
}
