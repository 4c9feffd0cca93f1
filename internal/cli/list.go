package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/dataset/csv"
	"assay/internal/errkind"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/listing"
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
	listing.Choice

	columns  []string
	projects []string
	format   string
	limit    int
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
	f.StringSliceVar(&opts.Maturities, "maturity", nil, "only projects of this `level`, e.g. graduated; may be repeated")
	f.StringSliceVar(&opts.Classes, "class", nil, "only this `class`: core, component, trace, none, unknown; may be repeated")
	f.StringVar(&opts.MinShare, "min-share", "", "only projects with at least this `share`, e.g. 10%")
	f.StringVar(&opts.Sort, "sort", "", "sort by `key`: "+strings.Join(usage.SortKeys(), ", ")+" (default bytes)")
	f.BoolVar(&opts.Reverse, "reverse", false, "turn the order round")
	f.BoolVar(&opts.All, "all", false, "list every project, whatever its class")
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
	choice, err := opts.finish()
	if err != nil {
		return err
	}
	columns, err := listing.Pick(opts.columns, listing.Form{Data: opts.format == formatCSV, Wide: opts.wide})
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
	rows, err := choice.Of(found)
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
func (a *app) printRows(rows []usage.Row, columns []listing.Column, opts listOptions) error {
	switch {
	case opts.format == formatJSON && len(opts.columns) == 0:
		return a.json(rows)
	case opts.format == formatJSON:
		return a.json(listing.Records(rows, columns))
	case opts.format == formatCSV:
		var names []string
		for _, c := range columns {
			names = append(names, c.Name)
		}
		return csv.Write(a.Stdout, names, listing.Values(listing.Records(rows, columns)))
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

// listTable is the table of projects.
func listTable(rows []usage.Row, columns []listing.Column) *table {
	t := &table{}
	for _, c := range columns {
		t.head, t.right, t.rank = append(t.head, c.Head), append(t.right, c.Right), append(t.rank, c.Rank)
	}
	for i := range rows {
		var cells []string
		for _, c := range columns {
			cells = append(cells, c.Cell(&rows[i]))
		}
		t.add(cells...)
	}
	return t
}

// notation explains in a line the marks of figures that are not exact.
const notation = words.Higher + " marks what may be higher or later, " + words.Either + " what may be lower or higher, \"by\" what may be earlier"

// finish checks the options, and gives what they choose.
func (o *listOptions) finish() (listing.Choice, error) {
	var err error
	if o.format, err = checkFormat(o.format, o.json, listFormats...); err != nil {
		return o.Choice, err
	}
	if o.limit < 0 {
		return o.Choice, errkind.WithHint(errkind.Errorf(errkind.Usage, "limit: %d projects", o.limit), "name a number above 0, or leave --limit out for all")
	}
	o.All = o.All || len(o.projects) > 0
	_, err = o.Filter() // before the data set is opened
	return o.Choice, err
}

// A shareFlag is a flag whose value is a share.
type shareFlag struct{ value **float64 }

// Set implements pflag.Value.
func (f *shareFlag) Set(s string) error {
	v, err := listing.Share(s)
	*f.value = &v
	return err
}

// String implements pflag.Value; the help says the default.
func (f *shareFlag) String() string { return "" }

// Type implements pflag.Value.
func (f *shareFlag) Type() string { return "share" }

// columnHelp is what the columns are, a row each; ± marks those with bounds.
func columnHelp() *table {
	t := &table{head: []string{"COLUMN", "SHORT", "WHAT"}, right: make([]bool, 3)}
	for _, c := range listing.All() {
		if listing.IsBound(c.Name) {
			continue
		}
		short := strings.ReplaceAll(words.Fold(c.Head), " ", "_")
		if short == c.Name {
			short = ""
		}
		about := c.About
		if listing.HasBounds(c.Name) {
			about += " ±"
		}
		t.add(c.Name, short, about)
	}
	return t
}
