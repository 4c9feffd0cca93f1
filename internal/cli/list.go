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
	"assay/internal/finding/health"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/store"
)

const listExample = `  assay list
  assay list --language go --maturity graduated
  assay list --language c++ --min-share 10% --sort share
  assay list --class core --json | jq '.[].project'`

type listOptions struct {
	filter   usage.Filter
	classes  []string
	minShare string
	all      bool
	wide     bool
	json     bool
}

func newList(a *app) *cobra.Command {
	var opts listOptions
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List projects by their use of a language",
		Long:    "List prints a table of the projects that use the language: class core or\ncomponent, or whatever --class or --all says.",
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
	f.BoolVar(&opts.json, "json", false, "print JSON")
	complete(cmd, "sort", usage.SortKeys()...)
	complete(cmd, "class", "core", "component", "trace", "none", "unknown")
	return cmd
}

// complete lets a shell complete the values of a flag.
func complete(cmd *cobra.Command, flag string, values ...string) {
	// The error would be that there is no such flag.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// noSurvey adds to the error of a survey that is not there which there are.
func (a *app) noSurvey(ctx context.Context, st store.Store, err error) error {
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

// findings answers the question that the settings ask.
func (a *app) findings(ctx context.Context) (*usage.Findings, error) {
	facts, q, err := a.ask(ctx)
	if err != nil {
		return nil, err
	}
	return q.answer(facts)
}

// list1 prints the rows that the options ask for.
func (a *app) list1(ctx context.Context, opts listOptions) error {
	filter, err := opts.finish()
	if err != nil {
		return err
	}
	found, err := a.findings(ctx)
	if err != nil {
		return err
	}
	if filter.Maturities, err = meantLevels(found, filter.Maturities); err != nil {
		return err
	}
	rows, err := found.List(filter)
	if err != nil {
		return err
	}
	if opts.json {
		return a.json(rows)
	}
	if len(rows) == 0 {
		fmt.Fprintln(a.Stderr, "no project matches; 'assay list --all' lists every one")
		return nil
	}
	t := listTable(rows, opts.wide)
	dropped := t.fit(a.width())
	t.print(a.Stdout)
	if len(dropped) > 0 {
		slices.Reverse(dropped)
		fmt.Fprintln(a.Stdout, a.fill("not shown at this width: "+strings.Join(dropped, ", ")))
	}
	if c := found.Coverage; !c.Complete() {
		fmt.Fprintf(a.Stderr, "%s\n%s\n", a.fill(found.Language+": "+c.Words()), a.fill(notation))
	}
	return nil
}

// meantLevels are the levels of maturity that a person means by words.
func meantLevels(found *usage.Findings, words []string) ([]string, error) {
	var all, levels []string
	for i := range found.Projects {
		all = append(all, found.Projects[i].Maturity)
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

// A listColumn is a column of the table of projects.
type listColumn struct {
	head  string
	right bool
	wide  bool // only with --wide
	rank  int  // where there is no room, the highest goes first; 0 stays
	cell  func(r *usage.Row) string
}

var listColumns = []listColumn{
	{head: "PROJECT", cell: func(r *usage.Row) string { return r.Project }},
	{head: "MATURITY", rank: 2, cell: func(r *usage.Row) string { return r.Maturity }},
	{head: "CLASS", cell: func(r *usage.Row) string { return r.ClassCell }},
	{head: "SHARE", right: true, cell: func(r *usage.Row) string { return words.Cell(r.Quantities.Share, words.Percent) }},
	{head: "BYTES", right: true, rank: 1, cell: func(r *usage.Row) string { return words.Cell(r.Quantities.Bytes, words.Number) }},
	{head: "CODE LINES", right: true, wide: true, rank: 10, cell: func(r *usage.Row) string { return words.Cell(r.Quantities.Code, words.Number) }},
	{head: "ACCEPTED", rank: 8, cell: func(r *usage.Row) string { return orUnknown(string(r.Accepted)) }},
	{head: "ADOPTED", rank: 6, cell: adoptedCell},
	{head: "COMMITS", right: true, rank: 4, cell: func(r *usage.Row) string { return words.Cell(r.Quantities.CommitsYear, words.Number) }},
	{head: "AUTHORS", right: true, rank: 7, cell: func(r *usage.Row) string { return words.Cell(r.Quantities.AuthorsYear, words.Number) }},
	{head: "RELEASES", rank: 9, cell: func(r *usage.Row) string { return orUnknown(r.CadenceCell) }},
	{head: "HEALTH", rank: 3, cell: func(r *usage.Row) string { return levelWords(r.Health, r.HealthBest) }},
	{head: "REPOS", right: true, rank: 5, cell: func(r *usage.Row) string { return fmt.Sprintf("%d/%d", r.Read, r.Repositories) }},
	{head: "FOCUS AREA", wide: true, rank: 11, cell: func(r *usage.Row) string { return r.FocusArea }},
}

// listTable is the table of projects.
func listTable(rows []usage.Row, wide bool) *table {
	t := &table{}
	for _, c := range listColumns {
		if !c.wide || wide {
			t.head, t.right, t.rank = append(t.head, c.head), append(t.right, c.right), append(t.rank, c.rank)
		}
	}
	for i := range rows {
		var cells []string
		for _, c := range listColumns {
			if !c.wide || wide {
				cells = append(cells, c.cell(&rows[i]))
			}
		}
		t.add(cells...)
	}
	return t
}

// adoptedCell is the month from which on the language is there; "-" when it is
// known never to have come to stay.
func adoptedCell(r *usage.Row) string {
	q := r.Quantities.Adopted
	if !q.Known() && q.Missing.IsZero() {
		return "-"
	}
	return words.Cell(q, func(d fact.Date) string { return fact.Month(string(d)) })
}

// levelWords is a level of health, and what it may be.
func levelWords(level, best health.Level) string {
	if best == "" || level == health.Unknown {
		return string(level)
	}
	return string(level) + " to " + string(best)
}

// finish turns what the flags say into a filter.
func (o *listOptions) finish() (usage.Filter, error) {
	filter := o.filter
	for _, name := range o.classes {
		c, err := usage.ParseClass(strings.ToLower(name))
		if err != nil {
			return filter, err
		}
		filter.Classes = append(filter.Classes, c)
	}
	if len(filter.Classes) == 0 && !o.all {
		filter.Classes = []usage.Class{usage.Core, usage.Part}
	}
	share, err := parseShare(o.minShare)
	if err != nil {
		return filter, fmt.Errorf("min-share: %w", err)
	}
	filter.MinShare = share
	return filter, nil
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
