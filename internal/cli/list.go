package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/report/markdown"
)

// listFormats are the formats of list.
var listFormats = []string{formatTable, formatCSV, formatJSON, formatMarkdown}

const listLong = `List prints a table of the projects that use the language: class core or
component, or whatever --class or --all says.

Where the table is wider than the terminal, columns are left out, and a line
says which. --columns names those to show; all that there are: --columns help.

In CSV, and in JSON with --columns, figures are plain numbers, what is unknown
is empty (null), and the bounds of a figure are columns of their own
(bytes_lower, bytes_upper). A text that a spreadsheet would take for a formula
gets a ' in front, as 'assay export' does it (docs/data.md).`

const listExample = `  assay list
  assay list --language go --maturity graduated
  assay list --language c++ --min-share 10% --sort share
  assay list --columns project,share,last_activity --limit 10
  assay list --all --format csv > projects.csv
  assay list --class core --jq '.[].project'`

type listOptions struct {
	filter   usage.Filter
	classes  []string
	columns  []string
	projects []string
	minShare string
	format   string
	limit    int
	all      bool
	wide     bool
	json     bool
}

func newList(a *app) *cobra.Command {
	var opts listOptions
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List projects by their use of a language",
		Long:    listLong,
		Example: listExample,
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.list1(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	a.questionFlags(cmd)
	f.StringSliceVar(&opts.filter.Maturities, "maturity", nil, "only projects of this `level`, e.g. graduated; may be repeated")
	f.StringSliceVar(&opts.classes, "class", nil, "only this `class`: core, component, trace, none, unknown; may be repeated")
	f.StringVar(&opts.minShare, "min-share", "", "only projects with at least this `share`, e.g. 10%")
	f.StringVar(&opts.filter.Sort, "sort", "", "sort by `key`: "+strings.Join(usage.SortKeys(), ", ")+" (default bytes)")
	f.BoolVar(&opts.filter.Reverse, "reverse", false, "turn the order round")
	f.BoolVar(&opts.all, "all", false, "list every project, whatever its class")
	f.BoolVar(&opts.wide, "wide", false, "show lines of code and focus area too")
	f.StringArrayVar(&opts.projects, "project", nil, "only this `project`, whatever its class; may be repeated")
	f.StringSliceVar(&opts.columns, "columns", nil, "show these `columns`, e.g. project,share,bytes; help lists them")
	f.IntVar(&opts.limit, "limit", 0, "list at most this `number` of projects (default all)")
	f.StringVar(&opts.format, "format", formatTable, "`format`: table, csv, json or md")
	a.jsonFlags(cmd, &opts.json, "the same as --format json")
	complete(cmd, "format", listFormats...)
	complete(cmd, "sort", usage.SortKeys()...)
	complete(cmd, "class", "core", "component", "trace", "none", "unknown")
	return cmd
}

// noSurvey adds to the error of a survey that is not there which there are.
func (a *app) noSurvey(ctx context.Context, st surveyList, err error) error {
	if errkind.Of(err) != errkind.NotFound {
		return err
	}
	headers, listErr := st.Surveys(ctx)
	if listErr != nil || len(headers) == 0 {
		return errkind.WithHint(err, "run 'assay survey' first")
	}
	var dates []string
	for _, h := range headers {
		dates = append(dates, string(h.AsOf))
	}
	return errkind.WithHint(err, "there are surveys of %s", strings.Join(dates, ", "))
}

// list1 prints the rows that the options ask for.
func (a *app) list1(ctx context.Context, opts listOptions) (err error) {
	if slices.Equal(opts.columns, []string{"help"}) {
		t := columnHelp()
		t.print(a.Stdout)
		fmt.Fprintln(a.Stdout, a.fill("± has its bounds in columns of their own: bytes_lower is the least that bytes may be, bytes_upper the most"))
		return nil
	}
	filter, err := opts.finish()
	if err != nil {
		return err
	}
	columns, err := opts.pick()
	if err != nil {
		return err
	}
	x, err := a.answerer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, x.Close()) }()
	head, err := x.Head(ctx)
	if err != nil {
		return err
	}
	found, err := x.List(ctx, x.language, x.Limited)
	if err != nil {
		return err
	}
	if filter.Maturities, err = meantLevels(found, filter.Maturities); err != nil {
		return err
	}
	rows, err := filter.Of(found)
	if err != nil {
		return err
	}
	if rows, err = a.ofProjects(ctx, x, rows, opts.projects); err != nil {
		return err
	}
	all := len(rows)
	if opts.limit > 0 {
		rows = rows[:min(opts.limit, all)]
	}
	if err := a.printRows(rows, columns, opts); err != nil {
		return err
	}
	if len(rows) < all {
		fmt.Fprintf(a.Stderr, "the first %d of %d projects\n", len(rows), all)
	}
	if opts.format != formatJSON {
		a.tellCoverage(x.language, head.CoverageOf(x.Limited), len(rows), opts.format)
	}
	return nil
}

// ofProjects are the rows of the projects that are named; all where none is.
func (a *app) ofProjects(ctx context.Context, x *answerer, rows []usage.Row, names []string) ([]usage.Row, error) {
	if len(names) == 0 {
		return rows, nil
	}
	var ids []string
	for _, name := range names {
		id, err := a.meantIn(ctx, x, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return slices.DeleteFunc(rows, func(r usage.Row) bool { return !slices.Contains(ids, r.ID) }), nil
}

// printRows prints rows in the format asked for.
func (a *app) printRows(rows []usage.Row, columns []listColumn, opts listOptions) error {
	switch {
	case opts.format == formatJSON && len(opts.columns) == 0:
		return a.json(rows)
	case opts.format == formatJSON:
		return a.json(records(rows, columns))
	case opts.format == formatCSV:
		var names []string
		for _, c := range columns {
			names = append(names, c.name)
		}
		return writeCSV(a.Stdout, names, records(rows, columns))
	}
	t := listTable(rows, columns)
	if opts.format == formatMarkdown {
		return markdown.RenderTable(a.Stdout, t.head, t.right, t.rows)
	}
	if len(rows) == 0 {
		fmt.Fprintln(a.Stderr, "no project matches; 'assay list --all' lists every one")
		return nil
	}
	a.printFitted(t)
	return nil
}

// tellCoverage says what was not read, and how the table shows it.
func (a *app) tellCoverage(language string, c *profile.Coverage, rows int, format string) {
	if c.LeftOut > 0 {
		fmt.Fprintln(a.Stderr, a.fill(fmt.Sprintf("%d of %d projects are left out: the survey was limited to the others", c.LeftOut, c.LeftOut+c.Projects)))
	}
	if c.Complete() || rows == 0 && format == formatTable {
		return
	}
	marks := notation
	if format == formatCSV {
		marks = "figures are what was read; what they may be is in the columns _lower and _upper"
	}
	fmt.Fprintf(a.Stderr, "%s\n%s\n", a.fill(language+": "+c.Words()), a.fill(marks))
}

// records are rows as data.
func records(rows []usage.Row, columns []listColumn) []record {
	all := make([]record, 0, len(rows))
	for i := range rows {
		row := &rows[i]
		var r record
		for _, c := range columns {
			r = append(r, field{c.name, c.value(row)})
		}
		all = append(all, r)
	}
	return all
}

// listTable is the table of projects.
func listTable(rows []usage.Row, columns []listColumn) *table {
	t := &table{}
	for _, c := range columns {
		t.head, t.right, t.rank = append(t.head, c.head), append(t.right, c.right), append(t.rank, c.rank)
	}
	for i := range rows {
		var cells []string
		for _, c := range columns {
			cells = append(cells, c.cell(&rows[i]))
		}
		t.add(cells...)
	}
	return t
}

// meantLevels are the levels of maturity that a person means by words.
func meantLevels(rows []usage.Row, words []string) ([]string, error) {
	var all, levels []string
	for i := range rows {
		all = append(all, rows[i].Maturity)
	}
	all = ask.Levels(all)
	for _, word := range words {
		level, err := ask.Level(all, word)
		if err != nil {
			return nil, err
		}
		levels = append(levels, level)
	}
	return levels, nil
}

// notation explains in a line the marks of figures that are not exact.
const notation = words.Higher + " marks what may be higher or later, " + words.Either + " what may be lower or higher, \"by\" what may be earlier"

// adoptedCell is the month from which on the language is there; "-" when it is
// known never to have come to stay.
func adoptedCell(r *usage.Row) string {
	q := r.Quantities.Adopted
	if !q.Known() && q.Missing.IsZero() {
		return "-"
	}
	return words.Cell(q, func(d fact.Date) string { return fact.Month(string(d)) })
}

// finish checks the options, and turns what the flags say into a filter.
func (o *listOptions) finish() (filter usage.Filter, err error) {
	if o.format, err = checkFormat(o.format, o.json, listFormats...); err != nil {
		return filter, err
	}
	if o.limit < 0 {
		return filter, errkind.WithHint(errkind.Errorf(errkind.Usage, "limit: %d projects", o.limit), "name a number above 0, or leave --limit out for all")
	}
	filter = o.filter
	filter.Sort = sortKey(filter.Sort)
	for _, name := range o.classes {
		c, err := usage.ParseClass(strings.ToLower(name))
		if err != nil {
			return filter, err
		}
		filter.Classes = append(filter.Classes, c)
	}
	if len(filter.Classes) == 0 && !o.all && len(o.projects) == 0 {
		filter.Classes = []usage.Class{usage.Core, usage.Part}
	}
	share, err := parseShare(o.minShare)
	if err != nil {
		return filter, fmt.Errorf("min-share: %w", err)
	}
	filter.MinShare = share
	return filter, nil
}

// sortKey is what rows are sorted by where the name of a column is given.
func sortKey(name string) string {
	c, err := columnNamed(name)
	if err != nil || slices.Contains(usage.SortKeys(), name) {
		return name
	}
	for _, key := range []string{c.name, strings.ToLower(c.head), map[string]string{"project": "name", "code_lines": "lines", "repos": "repositories"}[c.name]} {
		if slices.Contains(usage.SortKeys(), key) {
			return key
		}
	}
	return name
}

// parseShare reads "10%", "10 %" or "0.1".
func parseShare(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	number, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v >= 0 && v <= 1) {
		return 0, errkind.WithHint(errkind.Errorf(errkind.Usage, "%q is not a share", s), "write 10%% or 0.1")
	}
	return v, nil
}

// A shareFlag is a flag whose value is a share.
type shareFlag struct{ value **float64 }

// Set implements pflag.Value.
func (f *shareFlag) Set(s string) error {
	v, err := parseShare(s)
	*f.value = &v
	return err
}

// String implements pflag.Value; the help says the default.
func (f *shareFlag) String() string { return "" }

// Type implements pflag.Value.
func (f *shareFlag) Type() string { return "share" }
