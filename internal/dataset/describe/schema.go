package describe

import (
	"bytes"
	"encoding/json"

	"assay/internal/dataset"
)

// A rowSchema is the JSON Schema of a row.
type rowSchema struct {
	Schema      string     `json:"$schema"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Type        string     `json:"type"`
	Properties  properties `json:"properties"`
	Required    []string   `json:"required"`
	Additional  bool       `json:"additionalProperties"` //nolint:tagliatelle // the standard's name
}

// properties are the columns, in their order.
type properties []dataset.Column

// A property is what may stand in a column.
type property struct {
	Type        any       `json:"type,omitempty"`
	Format      string    `json:"format,omitempty"`
	Items       *property `json:"items,omitempty"`
	Minimum     *int      `json:"minimum,omitempty"`
	Title       string    `json:"title,omitempty"`
	Description string    `json:"description,omitempty"`
	Unit        string    `json:"unit,omitempty"`
}

// Schema is the JSON Schema of a row of a table, as JSON lines have it.
func Schema(t *dataset.Table) ([]byte, error) {
	s := rowSchema{
		Schema: "https://json-schema.org/draft/2020-12/schema", Title: t.Name, Description: t.Meaning, Type: "object",
		Properties: t.Columns,
	}
	for i := range t.Columns {
		s.Required = append(s.Required, t.Columns[i].Name)
	}
	return encode(&s)
}

// MarshalJSON implements [json.Marshaler].
func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(p[i].Name)
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(propertyOf(&p[i]))
		if err != nil {
			return nil, err
		}
		b.Write(append(append(name, ':'), body...))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func propertyOf(c *dataset.Column) property {
	p := property{Title: c.Label, Description: c.Meaning, Unit: c.Unit}
	name := "string"
	switch c.Kind {
	case dataset.Date:
		p.Format = "date"
	case dataset.Integer:
		name = "integer"
	case dataset.Real:
		name = "number"
	case dataset.Boolean:
		name = "boolean"
	case dataset.List:
		name, p.Items = "array", &property{Type: "string"}
	case dataset.JSON:
		return p // anything
	}
	p.Type = name
	if c.Null {
		p.Type = []string{name, "null"}
	}
	return p
}
