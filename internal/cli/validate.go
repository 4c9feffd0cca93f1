package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/landscape"
	"assay/internal/landscape/lint"
	"assay/internal/limit"
	"assay/internal/sanitize"
	"assay/internal/source"
)

const validateLong = `Validate reads a landscape file and lists what is wrong with it, a line for
each problem with its place: fields that cannot be read, days that do not exist
or are out of order, levels that nobody knows, addresses that are none, names,
items and repositories that are there twice, projects without a repository.

LANDSCAPE is a file, an address, a git repository (DIR:PATH for another path in
it) or - for standard input. Nothing else is read: whether an address leads
somewhere is told by its form alone.

Exit status 1 says that there are problems.`

const validateExample = `  assay validate landscape.yml
  assay validate /srv/mirrors/github.com/cncf/landscape.git --as-of 2025-12-10
  git show HEAD:landscape.yml | assay validate - --json`

func newValidate(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "validate LANDSCAPE",
		Short:   "Check a landscape file, with line numbers",
		Long:    validateLong,
		Example: validateExample,
		Args:    args("LANDSCAPE"),
		RunE:    func(cmd *cobra.Command, given []string) error { return a.validate(cmd.Context(), given[0], asJSON) },
	}
	f := cmd.Flags()
	f.StringVar(&a.flags.AsOf, "as-of", "", "`date` at which a git repository is read, YYYY-MM-DD (default the newest)")
	f.BoolVar(&a.flags.Offline, "offline", false, "fetch nothing")
	a.jsonFlags(cmd, &asJSON, "print JSON")
	return cmd
}

// validate lists the problems of a landscape file.
func (a *app) validate(ctx context.Context, where string, asJSON bool) error {
	read, err := a.readLandscape(ctx, where)
	if err != nil {
		return err
	}
	r, err := lint.File(read.Data, read.Evidence, fact.DateOf(a.Now()))
	if err != nil {
		return err
	}
	if asJSON {
		return firstError(a.json(r), r.Err())
	}
	a.printProblems(r)
	return r.Err()
}

// readLandscape reads the file that a user names, or standard input.
func (a *app) readLandscape(ctx context.Context, where string) (*source.File, error) {
	if where == standard {
		data, err := file.ReadAll(ctx, "standard input", io.NopCloser(a.Stdin), limit.LandscapeBytes)
		if errkind.Of(err) == errkind.Limit {
			err = errkind.WithHint(err, "a landscape has at most %d MB; is this one?", limit.LandscapeBytes>>20)
		}
		return &source.File{Data: data, Evidence: fact.Evidence{Path: "stdin"}}, err
	}
	return landscape.Read(ctx, landscape.Source{
		Where: where, AsOf: fact.Date(a.settings.AsOf), Offline: a.settings.Offline, HTTP: a.client(), Now: a.Now,
	})
}

// printProblems prints a line for each problem, as compilers do.
func (a *app) printProblems(r *lint.Result) {
	name := r.Landscape.Path
	if name == "" {
		name = r.Landscape.URL
	}
	for i := range r.Problems {
		p := &r.Problems[i]
		fmt.Fprintf(a.Stdout, "%s%s%s: %s\n", sanitize.Text(name), colon(p.Line), colon(p.Column), prose(p.Words()))
	}
	if len(r.Problems) == 0 {
		fmt.Fprintln(a.Stdout, sanitize.Text(r.Total()))
	}
}

// colon is the part of a place that a number is; "" where it is not known.
func colon(n int) string {
	if n == 0 {
		return ""
	}
	return ":" + strconv.Itoa(n)
}
