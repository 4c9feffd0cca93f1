// Package csv writes tables, and whatever else the program prints, as CSV: RFC 4180 in
// UTF-8, with a header.
//
// Three things are told apart: null is an empty field, an empty list is [], and an empty
// text is "". Booleans are true and false; lists and JSON are JSON.
//
// A text may be anybody's words, and a spreadsheet runs a cell that begins with "=" or
// one of its kin as a formula. Such a cell has an apostrophe before it, and so has one
// that begins with an apostrophe: who reads the file takes one apostrophe away from the
// beginning of a text. Characters that steer a terminal, or are not seen, and a semicolon
// after which a spreadsheet with other habits could see a formula, are written as \uXXXX,
// as JSON has them; so is a backslash that would be read as the beginning of such an
// escape. [Read] undoes both.
package csv

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"assay/internal/dataset"
	"assay/internal/lazyregexp"
	"assay/internal/sanitize"
)

// A Writer writes the rows of one table.
type Writer struct{ lines }

// New begins a table: with its header. Its lines end with CRLF, as RFC 4180 has it.
func New(w io.Writer, t *dataset.Table) (*Writer, error) {
	x := &Writer{lines{bufio.NewWriterSize(w, 1<<16), "\r\n"}}
	header := make([]string, 0, len(t.Columns))
	for i := range t.Columns {
		header = append(header, t.Columns[i].Name)
	}
	return x, x.line(header)
}

// Put implements [dataset.Sink].
func (x *Writer) Put(t *dataset.Table, values []any) error {
	cells := make([]string, 0, len(values))
	for i, v := range values {
		cells = append(cells, cell(t.Columns[i].Kind, v))
	}
	return x.line(cells)
}

// Write writes rows under their names, for a terminal or a pipe: the lines end as those
// of other programs do there. A value is a number, a boolean, nil, or else a text.
func Write(w io.Writer, names []string, rows iter.Seq[[]any]) error {
	return write(&lines{bufio.NewWriter(w), "\n"}, names, rows)
}

// WriteFile is [Write] for a file: its lines end with CRLF, as RFC 4180 has it.
func WriteFile(w io.Writer, names []string, rows iter.Seq[[]any]) error {
	return write(&lines{bufio.NewWriter(w), "\r\n"}, names, rows)
}

func write(x *lines, names []string, rows iter.Seq[[]any]) error {
	header := make([]any, 0, len(names))
	for _, name := range names {
		header = append(header, name)
	}
	err := x.texts(header)
	for row := range rows {
		if err != nil {
			break
		}
		err = x.texts(row)
	}
	if err = errors.Join(err, x.Close()); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// lines are what is written.
type lines struct {
	to  *bufio.Writer
	end string
}

// line writes cells, which are quoted already.
func (x *lines) line(cells []string) error {
	_, err := x.to.WriteString(strings.Join(cells, ",") + x.end)
	return err
}

// texts writes values that are of no column.
func (x *lines) texts(values []any) error {
	cells := make([]string, 0, len(values))
	for _, v := range values {
		cells = append(cells, cell(dataset.Text, v))
	}
	return x.line(cells)
}

// Close writes what is left.
func (x *lines) Close() error { return x.to.Flush() }

// cell is a value as it stands in the file. Numbers are plain digits, which programs that
// know no exponents read too.
func cell(kind dataset.Kind, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return quoted(Cell(kind, fmt.Sprint(value)))
}

// quoted is a cell that is no figure, as RFC 4180 has it.
func quoted(s string) string {
	if s != "" && !strings.ContainsAny(s, "\",\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// Cell is a text of a column of some kind as a cell holds it, before it is quoted.
func Cell(kind dataset.Kind, s string) string {
	if kind == dataset.Text && strings.Contains(s, `\u`) {
		s = escape.ReplaceAllString(s, `\u005c$1`)
	}
	s = strings.ReplaceAll(sanitize.JSON(s), "\n", `\u000a`)
	if strings.Contains(s, ";") {
		s = second.ReplaceAllString(s, `\u003b$1`)
	}
	if kind == dataset.Text && formula.MatchString(s) {
		return "'" + s
	}
	return s
}

// Read is the text that [Cell] made a cell of.
func Read(kind dataset.Kind, cell string) string {
	if kind != dataset.Text {
		return cell
	}
	return written.ReplaceAllStringFunc(strings.TrimPrefix(cell, "'"), func(units string) string {
		var s string
		if err := json.Unmarshal([]byte(`"`+units+`"`), &s); err != nil {
			return units
		}
		return s
	})
}

// starters are what formulas begin with: in full width too, and for programs that are
// older than these.
const starters = `[=+\-@|%＝＋－＠]`

var (
	// formula matches a text that a spreadsheet may run, or that looks escaped.
	formula = lazyregexp.New(`^(?:'|[\s\p{Z}"]*` + starters + `)`)
	// second matches a semicolon where a spreadsheet that parts cells by it sees a formula.
	second = lazyregexp.New(`;([\s\p{Z}"']*` + starters + `)`)
	// escape matches a backslash that would be read as the beginning of an escape.
	escape = lazyregexp.New(`\\(u[0-9a-fA-F]{4})`)
	// written matches escapes that follow one another: a character may be two.
	written = lazyregexp.New(`(?:\\u[0-9a-f]{4})+`)
)
