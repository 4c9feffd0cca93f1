package cli

import (
	"context"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/change"
	"assay/internal/report/markdown"
	"assay/internal/sanitize"
	"assay/internal/store"
)

const diffLong = `Diff tells what changed from one stored survey to another: projects in, out and
renamed, their maturity, the class and share of the language, repositories,
dates, annual reviews and audits.

A change of what could be read is never shown as a change of code: a share over
other repositories than before is listed apart, with the reasons.

Projects and maturity are what the landscape said on each date, and where the
later file knows better of the earlier date, a table says so. With --valid-time
they are what the later file says of both dates.`

const diffExample = `  assay diff --from 2025-06-30 --to 2025-12-10
  assay diff --from 2025-06-30 --to 2025-12-10 --language go --format markdown >> CHANGELOG.md
  assay diff --from 2025-06-30 --to 2025-12-10 --jq '.in[].project'`

type diffOptions struct {
	from, to, landscape, scope, format string
	minChange                          *float64
	validTime, json                    bool
}

func newDiff(a *app) *cobra.Command {
	var opts diffOptions
	cmd := &cobra.Command{
		Use:     "diff --from DATE --to DATE",
		Short:   "Tell what changed between two surveys",
		Long:    diffLong,
		Example: diffExample,
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.diff(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	f.StringVar(&opts.from, "from", "", "`date` of the earlier survey, YYYY-MM-DD")
	f.StringVar(&opts.to, "to", "", "`date` of the later survey, YYYY-MM-DD")
	f.StringVarP(&a.flags.Language, "language", "l", "", "`language` to ask about, by name or alias (default rust)")
	f.StringVar(&opts.scope, "scope", "", "`repositories` that figures are over: primary, listed, organisation (default organisation)")
	f.StringVar(&opts.landscape, "landscape", "", "`landscape` of the surveys, where the store has those of several")
	f.Var(&shareFlag{&a.flags.Thresholds.ComponentShare}, "component-share", "`share` from which a language makes a project of class component (default 0.1)")
	f.Var(&shareFlag{&opts.minChange}, "min-change", "difference of `share` from which a change is told (default 1%)")
	f.BoolVar(&opts.validTime, "valid-time", false, "take projects and maturity of both dates from the later landscape")
	f.StringVar(&opts.format, "format", "text", "`format`: text, markdown or json")
	a.jsonFlags(cmd, &opts.json, "the same as --format json")
	complete(cmd, "scope", "primary", "listed", "organisation")
	complete(cmd, "format", "text", "markdown", "json")
	return cmd
}

// diff prints what changed between the two surveys that the options name.
func (a *app) diff(ctx context.Context, opts diffOptions) error {
	if err := opts.finish(); err != nil {
		return err
	}
	q, err := a.question()
	if err != nil {
		return err
	}
	q.Scope = fact.Scope(opts.scope)
	before, after, err := a.sides(ctx, q, opts)
	if err != nil {
		return err
	}
	d := change.Options{ValidTime: opts.validTime}
	if opts.minChange != nil {
		d.MinChange = *opts.minChange
	}
	changes, err := change.Between(before, after, d)
	if err != nil {
		return err
	}
	switch opts.format {
	case "json":
		return a.json(changes)
	case "markdown":
		return markdown.RenderChanges(a.Stdout, changes)
	}
	printChanges(a.Stdout, changes)
	return nil
}

// finish checks the options and fills in what follows from them.
func (o *diffOptions) finish() error {
	for _, d := range []struct{ flag, date string }{{"from", o.from}, {"to", o.to}} {
		if d.date == "" {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "diff needs --from and --to; --%s is missing", d.flag),
				"name the dates of two surveys: --from 2025-06-30 --to 2025-12-31")
		}
		if _, err := fact.ParseDate(d.date); err != nil || len(d.date) != len("2006-01-02") {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "%s: %q is not a date", d.flag, d.date), "write it as 2025-12-31")
		}
	}
	if o.from > o.to {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "--from %s is after --to %s", o.from, o.to), "turn the two round")
	}
	if o.minChange != nil && *o.minChange == 0 {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "min-change: 0 is not a share above 0 up to 1"), "write 1%% or 0.01")
	}
	var err error
	o.format, err = checkFormat(o.format, o.json, "text", "markdown", "json")
	return err
}

// sides answers the question from the two surveys. Where the store has several of a
// date, the earlier is of the landscape that the later is of.
func (a *app) sides(ctx context.Context, q question, opts diffOptions) (before, after change.Side, err error) {
	st, err := a.library(ctx)
	if err != nil {
		return before, after, err
	}
	defer func() { err = firstError(err, st.Close()) }()
	source, err := landscapeOf(ctx, st, opts.landscape)
	if err != nil {
		return before, after, err
	}
	to := store.Selector{AsOf: fact.Date(opts.to), Landscape: source}
	if after, err = a.side(ctx, st, q, to); err != nil {
		return before, after, noSurveyOf(ofSide("later", err), opts.to)
	}
	from := store.Selector{AsOf: fact.Date(opts.from), Landscape: store.Source(after.Facts.Survey.Landscape.Evidence)}
	before, err = a.side(ctx, st, q, from)
	if errkind.Of(err) == errkind.NotFound && source == "" {
		from.Landscape = ""
		before, err = a.side(ctx, st, q, from)
	}
	return before, after, noSurveyOf(ofSide("earlier", err), opts.from)
}

// ofSide says of which of two surveys an error is. One that is not there names its day.
func ofSide(which string, err error) error {
	if err == nil || errkind.Of(err) == errkind.NotFound {
		return err
	}
	return fmt.Errorf("the %s survey: %w", which, err)
}

// side answers the question from one survey.
func (a *app) side(ctx context.Context, from library, q question, sel store.Selector) (s change.Side, err error) {
	x, err := from.answerer(ctx, q, sel)
	if err != nil {
		return s, err
	}
	defer func() { err = firstError(err, x.Close()) }()
	found, head, err := x.findings(ctx, x.language)
	if err != nil {
		return s, err
	}
	facts, err := x.Facts(ctx, head)
	return change.Side{Findings: found, Facts: facts}, err
}

func noSurveyOf(err error, date string) error {
	if errkind.Of(err) != errkind.NotFound {
		return err
	}
	return errkind.WithHint(err, "run 'assay survey --as-of %s'", date)
}

// landscapeOf is the landscape of stored surveys that a person means by where:
// as the store names it, the address of its repository, a mirror of it, or the
// file's name. "" is any.
func landscapeOf(ctx context.Context, st surveyList, where string) (string, error) {
	if where == "" {
		return "", nil
	}
	headers, err := st.Surveys(ctx)
	if err != nil {
		return "", err
	}
	var found, all []string
	for _, h := range headers {
		if !slices.Contains(all, h.Source) {
			all = append(all, h.Source)
		}
		if means(where, h.Source, h.Landscape) && !slices.Contains(found, h.Source) {
			found = append(found, h.Source)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	if len(found) > 1 {
		return "", errkind.WithHint(errkind.Errorf(errkind.Usage, "landscape: %q may be several", where), "one of %s", strings.Join(found, ", "))
	}
	return "", errkind.WithHint(errkind.Errorf(errkind.NotFound, "no survey of landscape %q is stored", where),
		"there are surveys of %s", strings.Join(all, ", "))
}

// means reports whether where names the landscape file that e points at.
func means(where, source string, e fact.Evidence) bool {
	if where == source || e.Repo == "" && filepath.Clean(where) == filepath.Clean(e.Path) {
		return true
	}
	if id, err := fact.ParseRepoURL(where); err == nil && id.Key() == e.Repo.Key() {
		return true
	}
	folder := strings.ToLower(strings.TrimSuffix(filepath.ToSlash(filepath.Clean(where)), ".git"))
	return e.Repo != "" && strings.HasSuffix("/"+folder, "/"+e.Repo.Key())
}

// printChanges prints changes as tables under headings, and their number.
func printChanges(w io.Writer, c *change.Changes) {
	fmt.Fprintf(w, "%s\n%s\n\n", c.Title(), prose(c.About()))
	for _, e := range []struct {
		label string
		edge  *change.Edge
	}{{"before", &c.From}, {"now", &c.To}} {
		fmt.Fprintf(w, "  %-7s %s\n          %s\n", e.label, sanitize.Text(e.edge.Landscape.String()), sanitize.Text(e.edge.Words(c.Language)))
	}
	for _, s := range c.Sections() {
		fmt.Fprintf(w, "\n%s\n", strings.ToUpper(sanitize.Text(s.Title)))
		if s.About != "" {
			fmt.Fprintf(w, "%s\n", prose(s.About))
		}
		t := changeTable(&s)
		t.print(w)
	}
	for i, n := range c.Notes {
		if i == 0 {
			fmt.Fprint(w, "\nNOTES\n")
		}
		fmt.Fprintln(w, prose(n.Text))
	}
	fmt.Fprintf(w, "\n%s\n", c.Total())
}

func changeTable(s *change.Section) *table {
	t := &table{}
	for _, c := range append(slices.Clone(s.Columns), change.Column{Name: "read at"}) {
		t.head, t.right = append(t.head, strings.ToUpper(sanitize.Text(c.Name))), append(t.right, c.Right)
	}
	for _, r := range s.Rows {
		t.add(append(slices.Clone(r.Cells), placeWords(r.Places))...)
	}
	return t
}

// placeWords says in short where a change was read: a file that is there for
// what it does not say is left out beside the one that says it.
func placeWords(p change.Places) string {
	before, after := placeWord(p.Before), placeWord(p.After)
	whole := func(e fact.Evidence) bool { return e.Line == 0 && !e.Tree }
	switch {
	case before == "" || whole(p.Before) && !whole(p.After):
		return after
	case after == "" || whole(p.After) && !whole(p.Before) || before == after:
		return before
	case p.Before.Path == p.After.Path && p.Before.Line > 0 && p.After.Line > 0:
		return before + " → " + strconv.Itoa(p.After.Line)
	}
	return before + " → " + after
}

func placeWord(e fact.Evidence) string {
	switch {
	case e.Path != "" && e.Line > 0:
		return path.Base(e.Path) + ":" + strconv.Itoa(e.Line)
	case e.Path != "" && !e.Tree:
		return path.Base(e.Path)
	case e.Commit != "":
		return e.Repo.Name() + "@" + e.Commit[:min(12, len(e.Commit))]
	case e.Repo != "":
		return e.Repo.Slug()
	}
	return e.String()
}
