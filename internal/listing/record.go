package listing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"

	"assay/internal/finding/usage"
)

// A Record is a row as data: its fields in their order.
type Record []Field

// A Field is a name and a value: a number, a text, or nil for what is unknown.
type Field struct {
	Name  string
	Value any
}

// MarshalJSON implements json.Marshaler.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range r {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(f.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		fmt.Fprintf(&b, "%q:%s", f.Name, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Records are rows as data.
func Records(rows []usage.Row, columns []Column) []Record {
	all := make([]Record, 0, len(rows))
	for i := range rows {
		row := &rows[i]
		var r Record
		for _, c := range columns {
			r = append(r, Field{c.Name, c.Value(row)})
		}
		all = append(all, r)
	}
	return all
}

// Values are the values of records, for who writes them as CSV.
func Values(all []Record) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, r := range all {
			values := make([]any, 0, len(r))
			for _, f := range r {
				values = append(values, f.Value)
			}
			if !yield(values) {
				return
			}
		}
	}
}
