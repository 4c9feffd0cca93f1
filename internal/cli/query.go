package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/dataset"
	"assay/internal/dataset/csv"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/limit"
	"assay/internal/listing"
)

const queryLong = `Query asks the data set of a survey a question in SQL (SQLite's): one SELECT over its
tables, which 'assay dictionary' describes. Nothing can be changed, and what a question
costs is bounded.

In place of a question, .tables lists the tables and .schema [TABLE] prints how they are
made. The question is read from standard input where it is "-".

A figure has four columns: bytes is what was read, bytes_lower and bytes_upper are what
it may be, bytes_gap names the row of "missing" that says what was not read. The
language "*" of a project is every one that it has no row for.`

const queryExample = `  assay query 'SELECT name, share FROM usage JOIN project ON id = project
    WHERE language = '"'Rust'"' AND scope = '"'organisation'"' ORDER BY share DESC LIMIT 10'
  assay query .schema usage
  assay query - --format csv < question.sql > answer.csv`

// queryFormats are the formats of query.
var queryFormats = []string{formatTable, formatCSV, formatJSON}

type queryOptions struct {
	format string
	json   bool
	limit  int
}

func newQuery(a *app) *cobra.Command {
	var opts queryOptions
	cmd := &cobra.Command{
		Use:     "query QUESTION",
		Short:   "Ask the data set a question in SQL",
		Long:    queryLong,
		Example: queryExample,
		Args: func(cmd *cobra.Command, given []string) error {
			return args("QUESTION")(cmd, given[:min(1, len(given))]) // more words go on with the question
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			return a.query(cmd.Context(), strings.Join(given, " "), opts, cmd.Flags().Changed("limit"))
		},
	}
	f := cmd.Flags()
	f.StringVar(&a.flags.AsOf, "as-of", "", "`date` of the survey (default the newest)")
	f.StringVar(&opts.format, "format", formatTable, "`format`: table, csv or json")
	f.IntVar(&opts.limit, "limit", limit.QueryRows, "print at most this `number` of rows")
	a.jsonFlags(cmd, &opts.json, "the same as --format json")
	complete(cmd, "format", queryFormats...)
	return cmd
}

// query asks the data set a question.
func (a *app) query(ctx context.Context, question string, opts queryOptions, limited bool) (err error) {
	if opts.format, err = checkFormat(opts.format, opts.json, queryFormats...); err != nil {
		return err
	}
	if opts.limit < 1 {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "limit: %d rows", opts.limit), "name a number above 0")
	}
	if strings.HasPrefix(question, ".") {
		return a.schema(strings.Fields(question))
	}
	if question == standard {
		text, err := file.ReadAll(ctx, "standard input", io.NopCloser(a.Stdin), limit.QueryBytes)
		if err != nil {
			return err
		}
		question = string(text)
	}
	x, err := a.answerer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, x.Close()) }()
	found, err := x.Query(ctx, question, opts.limit)
	if err != nil {
		return err
	}
	if err := a.printResult(found, opts.format); err != nil {
		return err
	}
	if found.Cut && !limited {
		return errkind.WithHint(errkind.Errorf(errkind.Partial, "there are %s", limit.Over("query-rows", int64(opts.limit))), "ask for fewer, or name another number with --limit")
	}
	return nil
}

// printResult prints the rows of an answer.
func (a *app) printResult(found *dataset.Result, format string) error {
	records := make([]listing.Record, 0, len(found.Rows))
	for _, row := range found.Rows {
		var r listing.Record
		for i, v := range row {
			r = append(r, listing.Field{Name: found.Columns[i], Value: v})
		}
		records = append(records, r)
	}
	switch format {
	case formatJSON:
		return a.json(records)
	case formatCSV:
		return csv.Write(a.Stdout, found.Columns, listing.Values(records))
	}
	t := &table{head: found.Columns, right: make([]bool, len(found.Columns))}
	for i := range found.Columns {
		t.right[i] = numeric(found.Rows, i)
	}
	for _, row := range found.Rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, cellOf(v))
		}
		t.add(cells...)
	}
	t.squeeze(a.width())
	t.print(a.Stdout)
	return nil
}

// numeric reports whether a column holds numbers, and what is null, alone.
func numeric(rows [][]any, column int) bool {
	found := false
	for _, row := range rows {
		switch row[column].(type) {
		case nil:
		case int64, float64:
			found = true
		default:
			return false
		}
	}
	return found
}

// cellOf is a value as a person reads it. Null is no empty text.
func cellOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case float64:
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	return fmt.Sprint(v)
}

// schema prints the tables, or how they are made.
func (a *app) schema(words []string) error {
	tables := dataset.Dictionary()
	switch {
	case words[0] == ".tables" && len(words) == 1:
		t := &table{head: []string{"TABLE", "WHAT A ROW IS"}, right: make([]bool, 2)}
		for _, x := range tables {
			t.add(x.Name, x.Meaning)
		}
		t.squeeze(a.width())
		t.print(a.Stdout)
		return nil
	case words[0] == ".schema" && len(words) <= 2:
		if len(words) == 2 {
			one := tableNamed(tables, words[1])
			if one == nil {
				return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: there is no table %q", words[1]), "'assay query .tables' lists them")
			}
			tables = []*dataset.Table{one}
		}
		_, err := io.WriteString(a.Stdout, sqlite.Schema(tables))
		return err
	}
	return errkind.WithHint(errkind.Errorf(errkind.Usage, "query: %q is not known", strings.Join(words, " ")), ".tables, or .schema TABLE")
}

func tableNamed(tables []*dataset.Table, name string) *dataset.Table {
	for _, t := range tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}
