package parquet

import (
	"github.com/parquet-go/parquet-go"

	"assay/internal/dataset"
)

// Schema is the schema of a table's file.
func Schema(t *dataset.Table) *parquet.Schema {
	root := ordered{Group: parquet.Group{}}
	for i := range t.Columns {
		c := &t.Columns[i]
		node := nodeOf(c.Kind)
		if c.Null {
			node = parquet.Optional(node)
		}
		root.Group[c.Name] = node
		root.names = append(root.names, c.Name)
	}
	return parquet.NewSchema(t.Name, root)
}

// nodeOf is what values of a kind are to Parquet.
func nodeOf(k dataset.Kind) parquet.Node {
	switch k {
	case dataset.Date:
		return parquet.Date()
	case dataset.Integer:
		return parquet.Int(64)
	case dataset.Real:
		return parquet.Leaf(parquet.DoubleType)
	case dataset.Boolean:
		return parquet.Leaf(parquet.BooleanType)
	case dataset.List:
		return parquet.List(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
	case dataset.JSON:
		return parquet.JSON()
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

// An ordered group has its fields in the order of the dictionary; the library sorts them
// by name.
type ordered struct {
	parquet.Group

	names []string
}

// Fields gives the fields in their order.
func (o ordered) Fields() []parquet.Field {
	by := map[string]parquet.Field{}
	for _, f := range o.Group.Fields() {
		by[f.Name()] = f
	}
	fields := make([]parquet.Field, 0, len(o.names))
	for _, name := range o.names {
		fields = append(fields, by[name])
	}
	return fields
}
