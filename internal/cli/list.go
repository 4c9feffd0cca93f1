package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

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
	t.print(a.Stdout)
	if c := found.Coverage; c.Unread() > 0 {
		fmt.Fprintf(a.Stderr, "%s: %s%s\n", found.Language, c.Words(), plusWords(rows))
	}
	return nil
}

// plusWords explains the mark of figures that may be higher, where there is one.
func plusWords(rows []usage.Row) string {
	for i := range rows {
		if rows[i].Incomplete && rows[i].Bytes != nil {
			return "; + marks figures that may be higher"
		}
	}
	return ""
}

// A listColumn is a column of the table of projects.
type listColumn struct {
	head  string
	right bool
	wide  bool // only with --wide
	cell  func(r *usage.Row) string
}

var listColumns = []listColumn{
	{head: "PROJECT", cell: func(r *usage.Row) string { return r.Project }},
	{head: "MATURITY", cell: func(r *usage.Row) string { return r.Maturity }},
	{head: "CLASS", cell: func(r *usage.Row) string { return string(r.Class) }},
	{head: "SHARE", right: true, cell: func(r *usage.Row) string {
		if r.Share == nil {
			return "unknown"
		}
		return words.Percent(*r.Share)
	}},
	{head: "BYTES", right: true, cell: func(r *usage.Row) string { return lowerBound(r, r.Bytes) }},
	{head: "CODE LINES", right: true, wide: true, cell: func(r *usage.Row) string { return lowerBound(r, r.Code) }},
	{head: "ACCEPTED", cell: func(r *usage.Row) string { return orUnknown(string(r.Accepted)) }},
	{head: "ADOPTED", cell: func(r *usage.Row) string { return orDash(fact.Month(string(r.Adopted))) }},
	{head: "COMMITS", right: true, cell: func(r *usage.Row) string { return countOrUnknown(r.Commits) }},
	{head: "AUTHORS", right: true, cell: func(r *usage.Row) string { return countOrUnknown(r.Authors) }},
	{head: "RELEASES", cell: func(r *usage.Row) string { return orUnknown(r.Cadence) }},
	{head: "HEALTH", cell: func(r *usage.Row) string { return levelWords(r.Health, r.HealthBest) }},
	{head: "REPOS", right: true, cell: func(r *usage.Row) string { return fmt.Sprintf("%d/%d", r.Read, r.Repositories) }},
	{head: "FOCUS AREA", wide: true, cell: func(r *usage.Row) string { return r.FocusArea }},
}

// listTable is the table of projects.
func listTable(rows []usage.Row, wide bool) *table {
	t := &table{}
	for _, c := range listColumns {
		if !c.wide || wide {
			t.head, t.right = append(t.head, c.head), append(t.right, c.right)
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

// lowerBound is a figure, marked when it may be higher.
func lowerBound(r *usage.Row, n *int64) string {
	switch {
	case n == nil:
		return "unknown"
	case r.Incomplete:
		return words.Number(*n) + "+"
	}
	return words.Number(*n)
}

func countOrUnknown(n *int) string {
	if n == nil {
		return "unknown"
	}
	return words.Number(*n)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
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
	for i, m := range filter.Maturities {
		filter.Maturities[i] = strings.ToLower(m)
	}
	for _, c := range o.classes {
		filter.Classes = append(filter.Classes, usage.Class(strings.ToLower(c)))
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
