package api

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"assay/internal/dataset"
	"assay/internal/listing"
)

// describe adds the schemas of rows to the document: from the dictionary, so that what a
// field means is said once.
func (a *API) describe() {
	all := a.huma.OpenAPI().Components.Schemas.Map()
	for _, t := range dataset.Dictionary() {
		all[typeName(t.Name)] = rowSchema(t)
	}
	all["ListRow"], all["ProjectFigures"] = listSchema(false), listSchema(true)
	all["LanguageFigures"] = languageSchema()
	all["Project"+answerEnd] = projectSchema()
	all["Survey"+answerEnd] = object(partSchemas(surveyParts)...)
	all["Repository"+answerEnd] = object(partSchemas(partsOf(""))...)
}

// answerEnd ends the names of answers that are put together.
const answerEnd = "Answer"

// typeName is the name of a table as that of a type: "composition_month" is
// "CompositionMonthRow".
func typeName(table string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(table, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String() + "Row"
}

// reference refers to a schema of the document.
func reference(name string) *huma.Schema { return &huma.Schema{Ref: "#/components/schemas/" + name} }

// listOf is a list of things.
func listOf(s *huma.Schema) *huma.Schema { return &huma.Schema{Type: huma.TypeArray, Items: s} }

func closed(s *huma.Schema) *huma.Schema {
	s.Type, s.AdditionalProperties = huma.TypeObject, false
	return s
}

// rowSchema describes the rows of a table.
func rowSchema(t *dataset.Table) *huma.Schema {
	s := closed(&huma.Schema{Description: t.Meaning, Properties: map[string]*huma.Schema{}})
	for i := range t.Columns {
		c := &t.Columns[i]
		s.Properties[c.Name], s.Required = columnSchema(c), append(s.Required, c.Name)
	}
	return s
}

// kinds are what values of columns are in JSON.
var kinds = map[dataset.Kind]huma.Schema{
	dataset.Text: {Type: huma.TypeString}, dataset.Date: {Type: huma.TypeString, Format: "date"},
	dataset.Integer: {Type: huma.TypeInteger, Format: "int64"}, dataset.Real: {Type: huma.TypeNumber, Format: "double"},
	dataset.Boolean: {Type: huma.TypeBoolean}, dataset.List: {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString}},
	dataset.JSON: {},
}

// columnSchema describes a column.
func columnSchema(c *dataset.Column) *huma.Schema {
	s := kinds[c.Kind]
	s.Description, s.Nullable = c.Meaning, c.Null && c.Kind != dataset.JSON
	if c.Unit != "" {
		s.Extensions = map[string]any{"x-unit": c.Unit}
	}
	return &s
}

// meant are the columns of the dictionary that columns of lists are, where they go by
// another name there.
var meant = map[string]string{
	"project": "project.name", "language_commits_year": "language_work.human_commits_year", "language_authors_year": "language_work.authors_year",
}

// meaning is the column of the dictionary that a column of the list, or of an overview, is;
// nil for none.
func meaning(name string) *dataset.Column {
	base := listing.Bounded(name)
	end := strings.TrimPrefix(name, base)
	if at, ok := meant[base]; ok {
		of, column, _ := strings.Cut(at, ".")
		return table(of).Column(column + end)
	}
	for _, of := range []string{"usage", "project"} {
		if c := table(of).Column(name); c != nil {
			return c
		}
	}
	return nil
}

// listSchema describes a row of the list of projects: any of its fields may be asked for.
func listSchema(all bool) *huma.Schema {
	s := closed(&huma.Schema{Description: "A project, as 'assay list' has it.", Properties: map[string]*huma.Schema{}})
	for _, c := range listing.All() {
		column := &huma.Schema{Type: huma.TypeString, Nullable: true, Description: c.About}
		if d := meaning(c.Name); d != nil && c.Name != "evidence" {
			column = columnSchema(d)
			column.Nullable = true
		}
		switch c.Name {
		case "adopted": // "never" is no date
			column.Format = ""
		case "repositories", "repositories_read":
			column.Nullable = false
		}
		s.Properties[c.Name] = column
		if all {
			s.Required = append(s.Required, c.Name)
		}
	}
	return s
}

// languageSchema describes what a language is to the landscape.
func languageSchema() *huma.Schema {
	s := closed(&huma.Schema{Description: "A language, over the projects of class core or component.", Properties: map[string]*huma.Schema{}})
	s.Properties["language"], s.Required = &huma.Schema{Type: huma.TypeString, Description: "Linguist's name."}, []string{"language"}
	for i := range overviewFigures {
		f := &overviewFigures[i]
		about := f.meaning
		if c := meaning(f.name); about == "" && c != nil {
			about = c.Meaning
		}
		for _, end := range ends {
			column := &huma.Schema{Type: f.kind, Format: "int64", Nullable: true, Description: about, Extensions: map[string]any{"x-unit": f.unit}}
			switch end {
			case "_lower":
				column.Description = "The least that " + f.name + " can be. Null is no bound."
			case "_upper":
				column.Description = "The most that " + f.name + " can be. Null is no bound."
			}
			s.Properties[f.name+end], s.Required = column, append(s.Required, f.name+end)
		}
	}
	return s
}

// A named schema is a field of an object.
type named struct {
	name   string
	schema *huma.Schema
}

func asOfSchema() *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Description: "The day of the survey that the answer is from."}
}

// object has the day of the survey, and fields that are always there.
func object(fields ...named) *huma.Schema {
	s := closed(&huma.Schema{Properties: map[string]*huma.Schema{"as_of": asOfSchema()}, Required: []string{"as_of"}})
	for _, f := range fields {
		s.Properties[f.name], s.Required = f.schema, append(s.Required, f.name)
	}
	return s
}

// partSchemas describe the parts of an answer, and what their rows refer to.
func partSchemas(parts []part) []named {
	var all []named
	for i := range parts {
		row := reference(typeName(parts[i].table))
		if !parts[i].one {
			row = listOf(row)
		}
		all = append(all, named{parts[i].table, row})
	}
	for _, name := range referred {
		all = append(all, named{name, listOf(reference(typeName(name)))})
	}
	return all
}

func projectSchema() *huma.Schema {
	parts := []part{{table: "project", one: true}}
	for _, p := range projectParts {
		parts = append(parts, part{table: p.table})
	}
	return object(partSchemas(parts)...)
}

// pageSchema describes a page of rows.
func pageSchema(row *huma.Schema) *huma.Schema {
	whole := func(about string) *huma.Schema { return &huma.Schema{Type: huma.TypeInteger, Description: about} }
	return object(
		named{"limit", whole("At most this number of rows is in a page.")},
		named{"offset", whole("This number of rows is before it.")},
		named{"next", &huma.Schema{Type: huma.TypeString, Nullable: true, Description: "Where the next page is; null where there is none. The header Link has it too."}},
		named{"rows", listOf(row)},
	)
}

// response describes the answer of an operation.
func (o *operation) response() *huma.Response {
	text := func(about string) *huma.Param {
		return &huma.Header{Description: about, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	r := &huma.Response{
		Description: o.summary, Content: map[string]*huma.MediaType{typeJSON: {Schema: o.body}},
		Headers: map[string]*huma.Param{"ETag": text("Names the answer: with If-None-Match, what has not changed is not sent again (304).")},
	}
	if o.rows != nil {
		r.Content[typeJSON].Schema = pageSchema(o.rows)
		r.Content["text/csv"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		r.Headers["Link"] = text(`Leads to the next page, with rel="next".`)
	}
	return r
}

// schemaOf is the schema of a type of ours.
func schemaOf[T any](a *API) *huma.Schema {
	return a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
}

// anyObject describes an object that another document describes.
func anyObject(about string) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true, Description: about}
}

// Document is the OpenAPI document as JSON, of version 3.1; or of 3.0, which some tools
// need still.
func (a *API) Document(old bool) ([]byte, error) {
	if old {
		return a.OpenAPI().Downgrade()
	}
	return json.Marshal(a.OpenAPI())
}

// sideSchema describes a column of a comparison.
func sideSchema() *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString}
	return closed(&huma.Schema{
		Properties: map[string]*huma.Schema{
			"project": text, "language": text,
			"figures": {OneOf: []*huma.Schema{reference("ProjectFigures"), reference("LanguageFigures")}},
		},
		Required: []string{"language", "figures"},
	})
}

func tablesSchema(a *API) *huma.Schema {
	return closed(&huma.Schema{Properties: map[string]*huma.Schema{"tables": listOf(schemaOf[dataset.Table](a))}, Required: []string{"tables"}})
}
