package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/internal/dataset/csv"
	"assay/internal/errkind"
)

// The formats of a table.
const (
	formatTable    = "table"
	formatCSV      = "csv"
	formatJSON     = "json"
	formatMarkdown = "md"
)

// checkFormat is the format that flags ask for: --json is the same as --format json.
func checkFormat(format string, asJSON bool, known ...string) (string, error) {
	if !slices.Contains(known, format) {
		return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %q is not known", format), "one of %s", strings.Join(known, ", "))
	}
	if asJSON && format != known[0] && format != formatJSON {
		return "", errkind.Errorf(errkind.Usage, "JSON (--json, --jq) and --format %s cannot both be had", format)
	}
	if asJSON {
		return formatJSON, nil
	}
	return format, nil
}

// A record is a row as data: its fields in their order.
type record []field

// A field is a name and a value: a number, a text, or nil for what is unknown.
type field struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (r record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range r {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(f.value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		fmt.Fprintf(&b, "%q:%s", f.name, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writeCSV writes records under their names.
func writeCSV(w io.Writer, names []string, rows []record) error {
	return csv.Write(w, names, func(yield func([]any) bool) {
		for _, r := range rows {
			values := make([]any, 0, len(r))
			for _, f := range r {
				values = append(values, f.value)
			}
			if !yield(values) {
				return
			}
		}
	})
}
