package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/dataset"
	"assay/internal/dataset/describe"
	"assay/internal/dataset/export"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/survey"
)

const exportLong = `Export writes what was found, for other programs: with -o DIR the tables of a
survey, else everything in the store.

With -o DIR the findings are written as typed tables, a file each (for sqlite one
file), as csv, parquet, jsonl or sqlite. Beside them stand datapackage.json
(Frictionless) and croissant.json (Croissant, schema.org), load.sql for DuckDB,
README.md with what the columns mean, and SHA256SUMS. 'assay dictionary' prints
that too. A folder that is there already must be empty, or hold an export that
nobody has changed; that is replaced.

Without -o every survey and every fact of the store goes to standard output, as
JSON lines: first the surveys, then the facts, each ordered by its key.

Both ways the same facts give the same bytes, however and in whatever order a store
was filled.

Who committed is left out: of commits there are sums by period, of people and of
bots, and the bots' names. With --authors, which is for facts, the keyed hashes that
stand for people are written, with the domains of their addresses and their work by
month. Whoever has the repositories can find out who many of them are, by what they
did in which month: docs/people.md says how. No name and no commit stands beside
them.`

const exportExample = `  assay export -o findings
  assay export -o findings --format parquet --as-of 2025-12-10
  assay export -o findings --format csv --tables project,usage
  assay export >facts.jsonl`

type exportOptions struct {
	out, format string
	tables      []string
	authors     bool
}

func newExport(a *app) *cobra.Command {
	var opts exportOptions
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Write the findings as tables, or all facts as JSON lines",
		Long:    exportLong,
		Example: exportExample,
		Args:    args(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.out != "" {
				return a.exportTables(cmd.Context(), opts)
			}
			return a.exportFacts(cmd, opts)
		},
	}
	a.surveyFlags(cmd)
	f := cmd.Flags()
	f.StringVarP(&opts.out, "output", "o", "", "`folder` to write the tables of a survey into")
	f.StringVar(&opts.format, "format", "", "`format` of tables: csv, parquet, jsonl or sqlite (default csv); of facts: json")
	f.StringSliceVar(&opts.tables, "tables", nil, "only these `tables`, by name, parted by commas")
	f.BoolVar(&opts.authors, "authors", false, "of facts: write a row for each author too: hashes from which people can be told, see docs/people.md")
	complete(cmd, "format", append(formatNames(), "json")...)
	complete(cmd, "tables", tableNames()...)
	return cmd
}

func formatNames() []string {
	var names []string
	for _, f := range describe.Formats() {
		names = append(names, string(f))
	}
	return names
}

func tableNames() []string {
	var names []string
	for _, t := range dataset.Tables() {
		if !t.Inner {
			names = append(names, t.Name)
		}
	}
	return names
}

// exportTables writes the tables of a survey into a folder.
func (a *app) exportTables(ctx context.Context, opts exportOptions) (err error) {
	format := describe.Format(cmp.Or(opts.format, string(describe.CSV)))
	if !slices.Contains(describe.Formats(), format) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %q is not known", opts.format), "one of %s", strings.Join(formatNames(), ", "))
	}
	if opts.authors {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "--authors: tables have no rows of authors"), "leave out --output to write facts")
	}
	tables, err := dataset.Named(opts.tables)
	if err != nil {
		return err
	}
	x, err := a.answerer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, x.Close()) }()
	done, err := export.Write(ctx, x.Set, opts.out, format, tables)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Stderr, "%s: %s, %s, %s bytes of %s\n", opts.out, words.Amount(done.Tables, "table"), words.Amount(done.Rows, "row"),
		words.Number(done.Bytes), format)
	return nil
}

// exportFacts writes the store's surveys and facts.
func (a *app) exportFacts(cmd *cobra.Command, opts exportOptions) error {
	if slices.Contains(formatNames(), opts.format) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %s is a format of tables", opts.format), "name a folder for them with --output")
	}
	if opts.format != "" && opts.format != "json" {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %q is not known", opts.format),
			"--format json for facts; with --output one of %s", strings.Join(formatNames(), ", "))
	}
	for _, name := range []string{"tables", "as-of", "component-share", "affiliations", "health-rules"} {
		if cmd.Flags().Changed(name) {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "--%s is about tables, and facts are written", name), "name a folder for tables with --output")
		}
	}
	return a.export(cmd.Context(), opts.authors)
}

// export writes the store's surveys and facts.
func (a *app) export(ctx context.Context, authors bool) (err error) {
	st, err := a.openStore(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	w := bufio.NewWriter(a.Stdout)
	enc := json.NewEncoder(jsonWriter{w})
	enc.SetEscapeHTML(false)
	err = st.EachSurvey(ctx, func(s *fact.Survey) error {
		return enc.Encode(map[string]any{"survey": s})
	})
	if err != nil {
		return err
	}
	err = st.Each(ctx, func(rec fact.Record) error {
		body, err := published(rec, authors)
		if err != nil {
			return err
		}
		return enc.Encode(map[string]any{"fact": exported{rec.Key, body}})
	})
	return firstError(err, w.Flush())
}

// published is the body of a record as it may leave the store.
func published(rec fact.Record, authors bool) (json.RawMessage, error) {
	body, err := survey.Publish(rec, authors)
	if err != nil {
		err = errkind.Errorf(errkind.Storage, "%s at %s: %w", rec.Repo, rec.Revision, err)
		return nil, errkind.WithHint(err, "the store is damaged there: survey again into a new one with --store")
	}
	return body, nil
}

// exported is a record as it is written: the body in place, not as a string.
type exported struct {
	fact.Key
	Body json.RawMessage `json:"body"`
}
