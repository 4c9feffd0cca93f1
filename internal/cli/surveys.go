package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
	"assay/internal/store"
	"assay/internal/survey"
)

func newSurveys(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "surveys",
		Short:   "List the surveys that the store holds",
		Example: "  assay surveys\n  assay surveys --json | jq '.[].as_of'",
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listSurveys(cmd.Context(), asJSON) },
	}
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// listSurveys prints a line for each survey of the store.
func (a *app) listSurveys(ctx context.Context, asJSON bool) (err error) {
	st, err := a.library(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	headers, err := st.Surveys(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(append([]store.Header{}, headers...))
	}
	if len(headers) == 0 {
		fmt.Fprintln(a.Stderr, "the store holds no survey; 'assay survey' makes one")
		return nil
	}
	t := &table{
		head: []string{"AS OF", "LANDSCAPE", "COMMIT", "PROJECTS", "REPOSITORIES", "MEASURED", "NOT READ"}, right: []bool{3: true, 4: true, 5: true, 6: true},
		rank: []int{2: 3, 3: 2, 5: 1, 6: 1},
	}
	for i := range headers {
		h := &headers[i]
		commit := h.Landscape.Commit
		t.add(string(h.AsOf), h.Source, commit[:min(12, len(commit))], words.Number(h.Projects), words.Number(h.Repositories),
			words.Number(h.Measured), words.Number(h.Failed))
	}
	t.fit(a.width())
	t.print(a.Stdout)
	if a.bundled() {
		fmt.Fprintln(a.Stderr, "these are bundled with the program; 'assay survey' makes your own")
	}
	return nil
}

const forgetLong = `Forget takes a survey out of the store, with the facts that no other survey needs,
and gives their room on the disk back. What it was made from can be surveyed again
as long as the mirrors are there.

Nothing is taken away with --dry-run: it prints what would be.`

type forgetOptions struct {
	asOf, landscape string
	dryRun          bool
	json            bool
}

func newForget(a *app) *cobra.Command {
	var opts forgetOptions
	cmd := &cobra.Command{
		Use:     "forget --as-of DATE",
		Short:   "Take a survey out of the store",
		Long:    forgetLong,
		Example: "  assay forget --as-of 2025-06-30 --dry-run\n  assay forget --as-of 2025-06-30",
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.forget(cmd.Context(), opts) },
	}
	f := cmd.Flags()
	f.StringVar(&opts.asOf, "as-of", "", "`date` of the survey")
	f.StringVar(&opts.landscape, "landscape", "", "`landscape` of the survey, where the store has those of several")
	f.BoolVarP(&opts.dryRun, "dry-run", "n", false, "take nothing away, and say what would be")
	a.jsonFlags(cmd, &opts.json, "print JSON")
	return cmd
}

// forget takes a survey out of the store.
func (a *app) forget(ctx context.Context, opts forgetOptions) (err error) {
	if opts.asOf == "" {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "forget needs the date of the survey"), "name it with --as-of; 'assay surveys' lists them")
	}
	if err := checkDate("as-of", opts.asOf); err != nil {
		return err
	}
	st, err := a.openStore(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	source, err := landscapeOf(ctx, st, opts.landscape)
	if err != nil {
		return err
	}
	if err := unambiguous(ctx, st, opts.asOf, source); err != nil {
		return err
	}
	f, err := survey.Forgettable(ctx, st, store.Selector{AsOf: fact.Date(opts.asOf), Landscape: source})
	if err != nil {
		return a.noSurvey(ctx, st, err)
	}
	n := len(f.Facts)
	if !opts.dryRun {
		if n, err = st.Forget(ctx, f.Stamp, f.Facts); err != nil {
			return err
		}
		a.shelf().Drop(opts.asOf)
	}
	if opts.json {
		return a.json(map[string]any{"as_of": f.AsOf, "landscape": f.Source, "facts": n, "forgotten": !opts.dryRun})
	}
	does := "forgot"
	if opts.dryRun {
		does = "would forget"
	}
	fmt.Fprintf(a.Stdout, "%s the survey of %s of %s, with %s that no other survey needs\n", does, f.AsOf, sanitize.Text(f.Source), words.Amount(n, "fact"))
	return nil
}

// unambiguous refuses a date of which the store has surveys of several landscapes, none of them
// named: what is taken away is named.
func unambiguous(ctx context.Context, st store.Store, asOf, source string) error {
	headers, err := st.Surveys(ctx)
	if err != nil || source != "" {
		return err
	}
	n := 0
	for i := range headers {
		if string(headers[i].AsOf) == asOf {
			n++
		}
	}
	if n > 1 {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "there are surveys of %d landscapes of %s", n, asOf), "name one with --landscape; 'assay surveys' lists them")
	}
	return nil
}
