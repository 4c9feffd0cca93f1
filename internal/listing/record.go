package listing

import (
	"encoding/json"
	"fmt"
	"iter"
	"strconv"

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
func (r Record) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON adds the record as JSON to b.
func (r Record) AppendJSON(b []byte) ([]byte, error) {
	b = append(b, '{')
	for i, f := range r {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, f.Name), ':')
		switch v := f.Value.(type) {
		case nil:
			b = append(b, "null"...)
		case int:
			b = strconv.AppendInt(b, int64(v), 10)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		default:
			text, err := json.Marshal(v)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Name, err)
			}
			b = append(b, text...)
		}
	}
	return append(b, '}'), nil
}

// Records are rows as data.
func Records(rows []usage.Row, columns []Column) []Record {
	all := make([]Record, 0, len(rows))
	for i := range rows {
		row := &rows[i]
		r := make(Record, 0, len(columns))
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
