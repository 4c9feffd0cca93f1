// Package jsonl writes a table as JSON lines: an object a row, with every column in the
// order of the dictionary. What is unknown is null; lists and JSON are what they are, not
// texts. Characters that could steer a terminal are written as JSON escapes.
package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/sanitize"
)

// A Writer writes the rows of one table.
type Writer struct {
	to *bufio.Writer
}

// New begins a table.
func New(w io.Writer, _ *dataset.Table) (*Writer, error) {
	return &Writer{bufio.NewWriterSize(w, 1<<16)}, nil
}

// Put implements [dataset.Sink].
func (x *Writer) Put(t *dataset.Table, values []any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, v := range values {
		c := &t.Columns[i]
		if text, ok := v.(string); ok && (c.Kind == dataset.List || c.Kind == dataset.JSON) {
			v = json.RawMessage(text)
		}
		before := ","
		if i == 0 {
			before = "{"
		}
		b.WriteString(before + `"` + c.Name + `":`)
		if err := enc.Encode(v); err != nil {
			return errkind.Errorf(errkind.Storage, "data set: %s.%s: %w", t.Name, c.Name, err)
		}
		b.Truncate(b.Len() - 1) // the line end
	}
	b.WriteString("}\n")
	_, err := x.to.WriteString(sanitize.JSON(b.String()))
	return err
}

// Close ends the table.
func (x *Writer) Close() error { return x.to.Flush() }
