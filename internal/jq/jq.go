// Package jq picks from JSON what an expression of jq asks for, so that whoever
// has this program needs no other for it. The expression is the user's; it sees
// the JSON and nothing else, no file, no environment, and has a bounded time.
package jq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/itchyny/gojq"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/sanitize"
)

// A Filter is an expression that was understood.
type Filter struct{ code *gojq.Code }

// Parse reads an expression. The error is errkind.Usage and says where it went
// wrong.
func Parse(expression string) (*Filter, error) {
	query, err := gojq.Parse(expression)
	if e, ok := errors.AsType[*gojq.ParseError](err); ok {
		return nil, errkind.Errorf(errkind.Usage, "%s", where(expression, e))
	}
	if err != nil {
		return nil, errkind.Errorf(errkind.Usage, "%w", err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, errkind.Errorf(errkind.Usage, "%w", err)
	}
	return &Filter{code}, nil
}

// where says at which character, from 1, an expression went wrong.
func where(expression string, e *gojq.ParseError) string {
	if e.Token == "" {
		return "the expression ends too early"
	}
	at := min(max(e.Offset-len(e.Token), 0), len(expression))
	return fmt.Sprintf("%q at character %d was not expected there", e.Token, 1+utf8.RuneCountInString(expression[:at]))
}

// Run writes what the expression picks from a JSON text, a line a result: a string
// as it is, everything else as JSON. The error is errkind.Usage where the
// expression does not fit the text, Limit where it takes too long.
func (f *Filter) Run(ctx context.Context, w io.Writer, text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return errkind.Errorf(errkind.Internal, "jq: read what was made: %w", err)
	}
	within, cancel := context.WithTimeout(ctx, limit.FilterTime)
	defer cancel()
	for results := f.code.RunWithContext(within, value); ; {
		result, more := results.Next()
		if !more {
			return nil
		}
		if err, ok := result.(error); ok {
			if halt, ok := errors.AsType[*gojq.HaltError](err); ok && halt.Value() == nil {
				return nil
			}
			return f.failed(ctx, within, err)
		}
		if err := write(w, result); err != nil {
			return err
		}
	}
}

// failed is the error of an expression that was at work.
func (f *Filter) failed(ctx, within context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case within.Err() != nil:
		return errkind.WithHint(errkind.Errorf(errkind.Limit, "jq: the expression takes more than %s", limit.FilterTime), "does it end? Save the JSON, and give it to jq itself")
	}
	return errkind.WithHint(errkind.Errorf(errkind.Usage, "jq: %w", err), "--json without --jq shows what there is to pick from")
}

// write writes a result as a line.
func write(w io.Writer, result any) error {
	text, ok := result.(string)
	if ok {
		text = fit(text)
	} else {
		data, err := gojq.Marshal(result)
		if err != nil {
			return errkind.Errorf(errkind.Internal, "jq: %w", err)
		}
		text = sanitize.JSON(string(data))
	}
	_, err := io.WriteString(w, text+"\n")
	return err
}

// fit makes a text of several lines, with tabs, fit for a terminal.
func fit(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		for k, cell := range cells {
			cells[k] = sanitize.Text(cell)
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Join(lines, "\n")
}
