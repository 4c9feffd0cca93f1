package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
)

const historyLong = `History prints the languages of a project at the end of every year, as shares of
the counted bytes of the repositories that were read, from the first commit to
the date of the survey.

With --json it prints every month.`

func newHistory(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "history PROJECT",
		Short:   "Show the languages of a project by year",
		Long:    historyLong,
		Example: "  assay history linkerd\n  assay history tikv --jq '.points[-1]'",
		Args:    args("PROJECT"),
		RunE:    func(cmd *cobra.Command, given []string) error { return a.history(cmd.Context(), given[0], asJSON) },
	}
	a.questionFlags(cmd)
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// history prints the languages of a project by year.
func (a *app) history(ctx context.Context, name string, asJSON bool) error {
	p, language, err := a.project(ctx, name)
	if err != nil {
		return err
	}
	t := p.Trend
	if t == nil {
		return errkind.WithHint(errkind.Errorf(errkind.NotFound, "the history of %s is unknown: no repository of it was read", p.Name),
			"'assay show %s' says why", p.ID)
	}
	if asJSON {
		return a.json(t)
	}
	years := historyTable(t.Years, language, t.Missing)
	a.printFitted(years)
	fmt.Fprintln(a.Stdout)
	for _, l := range trendLines(p, a.sparkRoom(10)) {
		a.hang(fmt.Sprintf("%-9s ", sanitize.Text(l[0])), sanitize.Text(l[1]))
	}
	if t.Repositories < t.Of || !p.Coverage.Complete() {
		fmt.Fprintf(a.Stderr, "%s\n%s\n", a.fill(sanitize.Text(p.Name)+": "+p.Coverage.Words()), a.fill(notation))
	}
	return nil
}

// mostColumns is how many languages a table of years has.
const mostColumns = 7

// historyTable has a row a year and a column a language: the one asked for
// first, then those that were largest at the end of some year.
func historyTable(years []usage.YearComposition, language string, missing quantity.Gap) *table {
	peak := map[string]float64{}
	for _, y := range years {
		for _, l := range y.Languages {
			peak[l.Language] = max(peak[l.Language], l.Share)
		}
	}
	delete(peak, language)
	names := make([]string, 0, len(peak))
	for name := range peak {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(peak[b], peak[a]), cmp.Compare(a, b)) })
	names = append([]string{language}, names[:min(len(names), mostColumns-1)]...)
	t := &table{head: append([]string{"YEAR", "BYTES"}, names...), right: make([]bool, len(names)+2)}
	for i := range t.right {
		t.right[i] = i > 0
		t.rank = append(t.rank, max(0, i-2)) // the smallest languages go first
	}
	for _, y := range years {
		row := []string{strconv.Itoa(y.Year), words.Cell(quantity.More(y.Total, missing), words.Number)}
		for _, name := range names {
			cell := "-"
			if i := slices.IndexFunc(y.Languages, func(l usage.LanguageBytes) bool { return l.Language == name }); i >= 0 {
				cell = words.Cell(quantity.Seen(y.Languages[i].Share, missing), words.Percent)
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	return t
}
