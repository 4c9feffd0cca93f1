// Package parquet writes a table as a Parquet file: typed columns, compressed with zstd.
// The meaning of the table and of each column is in the file's metadata. The same rows
// give the same bytes.
package parquet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/parquet-go/parquet-go"

	"assay/internal/dataset"
	"assay/internal/errkind"
)

// The keys of the metadata of a file. That of a column has its name after it.
const (
	KeyTable  = "assay.table"
	KeyColumn = "assay.column."
)

// groupRows is how many rows are held in memory before they are written.
const groupRows = 1 << 16

// A Writer writes the rows of one table.
type Writer struct {
	to   *parquet.GenericWriter[any]
	rows int
}

// New begins a table.
func New(w io.Writer, t *dataset.Table) (*Writer, error) {
	options := []parquet.WriterOption{
		Schema(t), parquet.Compression(&parquet.Zstd), parquet.CreatedBy("assay", "", ""),
		parquet.KeyValueMetadata(KeyTable, t.Meaning),
	}
	for i := range t.Columns {
		meaning, err := json.Marshal(&t.Columns[i])
		if err != nil {
			return nil, errkind.Errorf(errkind.Internal, "dictionary: %w", err)
		}
		options = append(options, parquet.KeyValueMetadata(KeyColumn+t.Columns[i].Name, string(meaning)))
	}
	return &Writer{to: parquet.NewGenericWriter[any](w, options...)}, nil
}

// Put implements [dataset.Sink].
func (x *Writer) Put(t *dataset.Table, values []any) error {
	row := make(parquet.Row, 0, len(values))
	for i, v := range values {
		var err error
		if row, err = appended(row, &t.Columns[i], i, v); err != nil {
			return errkind.Errorf(errkind.Storage, "data set: %s.%s: %w", t.Name, t.Columns[i].Name, err)
		}
	}
	if _, err := x.to.WriteRows([]parquet.Row{row}); err != nil {
		return err
	}
	if x.rows++; x.rows%groupRows == 0 {
		return x.to.Flush()
	}
	return nil
}

// Close ends the table.
func (x *Writer) Close() error { return x.to.Close() }

// appended adds a value of a column to a row. A value stands at a level of definition: 0
// is null in a column that may be null, and one more for a list is one with an element.
func appended(row parquet.Row, c *dataset.Column, at int, value any) (parquet.Row, error) {
	level := 0
	if c.Null {
		level = 1
	}
	if value == nil {
		if !c.Null {
			return nil, errors.New("null")
		}
		return append(row, parquet.NullValue().Level(0, 0, at)), nil
	}
	if c.Kind == dataset.List {
		return listed(row, value, level, at)
	}
	v, err := plain(c, value)
	return append(row, v.Level(0, level, at)), err
}

// listed adds a list: an empty one is there, and has no element.
func listed(row parquet.Row, value any, level, at int) (parquet.Row, error) {
	var list []string
	text, _ := value.(string)
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return append(row, parquet.NullValue().Level(0, level, at)), nil
	}
	again := 0
	for _, s := range list {
		row = append(row, parquet.ByteArrayValue([]byte(s)).Level(again, level+1, at))
		again = 1
	}
	return row, nil
}

// plain is a value that is no list.
func plain(c *dataset.Column, value any) (parquet.Value, error) {
	switch v := value.(type) {
	case string:
		if c.Kind == dataset.Date {
			return date(v)
		}
		return parquet.ByteArrayValue([]byte(v)), nil
	case int64:
		return parquet.Int64Value(v), nil
	case float64:
		return parquet.DoubleValue(v), nil
	case bool:
		return parquet.BooleanValue(v), nil
	}
	return parquet.Value{}, fmt.Errorf("%T is no value of a column", value)
}

// date is a day, counted from the first of 1970.
func date(text string) (parquet.Value, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return parquet.Value{}, err
	}
	return parquet.Int32Value(int32(day.Unix() / (24 * 60 * 60))), nil //nolint:gosec // years have four digits
}
