// Package jsonl writes a table as JSON lines: an object a row, with every column in the
// order of the dictionary. What is unknown is null; lists and JSON are what they are, not
// texts. Characters that could steer a terminal are written as JSON escapes.
package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strconv"

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
	line, err := Append(nil, t, values)
	if err != nil {
		return err
	}
	_, err = x.to.Write(append(line, '\n'))
	return err
}

// Append adds a row to b, as it stands in a line.
func Append(b []byte, t *dataset.Table, values []any) ([]byte, error) {
	for i, v := range values {
		c := &t.Columns[i]
		before := byte(',')
		if i == 0 {
			before = '{'
		}
		b = append(append(append(b, before, '"'), c.Name...), '"', ':')
		var err error
		if b, err = appendValue(b, c.Kind, v); err != nil {
			return nil, errkind.Errorf(errkind.Storage, "data set: %s.%s: %w", t.Name, c.Name, err)
		}
	}
	return append(b, '}'), nil
}

func appendValue(b []byte, kind dataset.Kind, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case string:
		switch {
		case kind == dataset.List || kind == dataset.JSON:
			return appendAny(b, json.RawMessage(v))
		case plain(v):
			return append(append(append(b, '"'), v...), '"'), nil
		}
	}
	return appendAny(b, v)
}

// plain reports whether a text stands in JSON as it is.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func appendAny(b []byte, v any) ([]byte, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return append(b, sanitize.JSON(string(bytes.TrimSuffix(text.Bytes(), []byte("\n"))))...), nil
}

// Close ends the table.
func (x *Writer) Close() error { return x.to.Flush() }
