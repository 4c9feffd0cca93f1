package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"assay/internal/errkind"
	"assay/internal/sanitize"
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

// writeCSV writes records under their names. Numbers are plain, what is unknown is
// an empty cell, and no text is taken for a formula.
func writeCSV(w io.Writer, names []string, rows []record) error {
	out := csv.NewWriter(w)
	lines := [][]string{names}
	for _, r := range rows {
		var cells []string
		for _, f := range r {
			cells = append(cells, csvCell(f.value))
		}
		lines = append(lines, cells)
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func csvCell(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int, int64:
		return fmt.Sprint(v)
	}
	return plainText(fmt.Sprint(value))
}

// formulaic are the characters with which a formula begins for a program that opens
// CSV: also in the wide forms that some take for the same.
const formulaic = "=+-@\t\r\n＝＋－＠"

// plainText keeps a text from being taken for a formula, and from steering a
// terminal.
func plainText(s string) string {
	if strings.IndexAny(s, formulaic) == 0 {
		s = "'" + s
	}
	return sanitize.Text(s)
}
