package describe

import (
	"fmt"

	"assay/internal/dataset"
	"assay/internal/dataset/csv"
)

// Generator is how a data package says that an export of ours is what it describes.
const Generator = "assay export"

// A dataPackage is a Frictionless data package: https://datapackage.org.
type dataPackage struct {
	Schema      string     `json:"$schema"`
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Generator   string     `json:"generator"`
	Sources     []source   `json:"sources"`
	Rules       []string   `json:"rules"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Profile     string         `json:"profile"`
	Path        string         `json:"path"`
	Description string         `json:"description"`
	Format      Format         `json:"format"`
	MediaType   string         `json:"mediatype"`
	Encoding    string         `json:"encoding,omitempty"`
	Dialect     map[string]any `json:"dialect,omitempty"`
	Bytes       int64          `json:"bytes"`
	Hash        string         `json:"hash"`
	Rows        int64          `json:"rows"`
	Schema      tableSchema    `json:"schema"`
}

type tableSchema struct {
	Fields        []schemaField `json:"fields"`
	PrimaryKey    []string      `json:"primaryKey"`            //nolint:tagliatelle // the standard's name
	ForeignKeys   []foreignKey  `json:"foreignKeys,omitempty"` //nolint:tagliatelle // the standard's name
	MissingValues []string      `json:"missingValues"`         //nolint:tagliatelle // the standard's name
}

type schemaField struct {
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	Title       string         `json:"title,omitempty"`
	Description string         `json:"description"`
	Unit        string         `json:"unit,omitempty"`
	Source      string         `json:"source,omitempty"`
	Role        dataset.Role   `json:"role,omitempty"`
	Of          string         `json:"of,omitempty"`
	Constraints map[string]any `json:"constraints,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// fieldTypes are what the kinds are to Frictionless.
var fieldTypes = map[dataset.Kind]string{
	dataset.Text: "string", dataset.Date: "date", dataset.Integer: "integer", dataset.Real: "number",
	dataset.Boolean: "boolean", dataset.List: "array", dataset.JSON: "any",
}

// Package is the export as a Frictionless data package.
func Package(x *Export) ([]byte, error) {
	p := dataPackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Profile: "tabular-data-package",
		Name: fmt.Sprintf("assay-%s", x.Head.Survey.AsOf), Title: x.title(), Description: x.about(),
		Version: string(x.Head.Survey.AsOf), Generator: Generator, Sources: []source{x.source()}, Rules: rules(x.Format),
	}
	for i := range x.Tables {
		p.Resources = append(p.Resources, x.resource(&x.Tables[i]))
	}
	return encode(&p)
}

func (x *Export) resource(t *Table) resource {
	r := resource{
		Name: t.Name, Type: "table", Profile: "tabular-data-resource", Path: t.File, Description: t.Meaning, Format: x.Format,
		MediaType: x.Format.media(), Bytes: t.Bytes, Hash: "sha256:" + t.SHA256, Rows: t.Rows,
		Schema: tableSchema{PrimaryKey: t.Key(), MissingValues: []string{""}},
	}
	switch x.Format {
	case CSV:
		r.Encoding = "utf-8"
		r.Dialect = map[string]any{"delimiter": ",", "quoteChar": `"`, "doubleQuote": true, "lineTerminator": "\r\n", "header": true}
	case JSONL:
		r.Encoding = "utf-8"
	case SQLite:
		r.Dialect = map[string]any{"table": t.Name}
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		r.Schema.Fields = append(r.Schema.Fields, packageField(c))
		if table, column, ok := x.reference(c); ok {
			to := reference{Resource: table, Fields: []string{column}}
			r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKey{Fields: []string{c.Name}, Reference: to})
		}
	}
	return r
}

func packageField(c *dataset.Column) schemaField {
	f := schemaField{
		Name: c.Name, Type: fieldTypes[c.Kind], Title: c.Label, Description: c.Meaning, Unit: c.Unit, Source: c.Source,
		Role: c.Role, Of: c.Of,
	}
	if !c.Null {
		f.Constraints = map[string]any{"required": true}
	}
	return f
}

// rules says what a reader of a format has to know.
func rules(f Format) []string {
	switch f {
	case CSV:
		return csv.Rules()
	case JSONL:
		return []string{
			"A line is a row: an object with every column. The file TABLE.schema.json has its JSON Schema.",
			"What is unknown or not there is null. An empty list is []. 0 is 0.",
			"Lists are arrays, and columns of kind json are what they are, not texts.",
			"Characters that could steer a terminal are written as JSON escapes, which every reader of JSON undoes.",
		}
	case Parquet:
		return []string{
			"What is unknown or not there is null. An empty list is a list without an element. 0 is 0.",
			"Lists are of the type LIST, and columns of kind json of the type JSON.",
			"The metadata of a file has the meaning of its table (assay.table) and of each column (assay.column.NAME).",
			"Texts are as they were read: they may hold characters that steer a terminal.",
		}
	}
	return []string{
		"What is unknown or not there is NULL. An empty list is the text []. 0 is 0.",
		"Lists and columns of kind json are texts with JSON: json_each reads them. Booleans are 0 and 1.",
		"The statement that made a table (.schema) has the meaning of each column.",
		"Texts are as they were read: they may hold characters that steer a terminal.",
	}
}
