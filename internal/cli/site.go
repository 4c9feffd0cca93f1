package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/dataset/describe"
	"assay/internal/errkind"
	"assay/internal/finding/change"
	"assay/internal/finding/words"
	"assay/internal/sanitize"
	"assay/internal/site"
)

const siteLong = `Site writes pages into a folder: what was found, a map of the landscape, a page for every
project, repository and language, who stands behind them, what each figure means, and
the figures as files. They are whole without a script, ask nothing of another host, and
can be put wherever files are served, or opened from the disk.

The same data set gives the same bytes. A folder that holds an earlier site is replaced.
With --since, a page tells what changed from an earlier survey.`

const siteExample = `  assay site -o public
  assay site --language go --since 2025-06-30 -o public`

type siteOptions struct{ out, title, since, data string }

func newSite(a *app) *cobra.Command {
	var opts siteOptions
	cmd := &cobra.Command{
		Use:     "site -o FOLDER",
		Short:   "Write pages that show a survey",
		Long:    siteLong,
		Example: siteExample,
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.site(cmd.Context(), opts) },
	}
	a.questionFlags(cmd)
	f := cmd.Flags()
	f.StringVarP(&opts.out, "output", "o", "", "`folder` to write the pages into")
	f.StringVar(&opts.title, "name", "", "`name` of the landscape in headings (default from its repository)")
	f.StringVar(&opts.since, "since", "", "`date` of an earlier survey, to tell what changed from it")
	f.StringVar(&opts.data, "data", "csv", "`format` of the tables beside the pages: csv, parquet, jsonl, sqlite or none")
	complete(cmd, "data", append(formatNames(), "none")...)
	return cmd
}

// site writes the pages of a survey.
func (a *app) site(ctx context.Context, opts siteOptions) (err error) {
	if opts.out == "" {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "site needs a folder to write into"), "name it: assay site -o public")
	}
	format := describe.Format(opts.data)
	if opts.data == "none" {
		format = ""
	} else if !slices.Contains(describe.Formats(), format) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "data: %q is not known", opts.data), "one of %s or none", strings.Join(formatNames(), ", "))
	}
	x, err := a.answerer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, x.Close()) }()
	roomForSpeed()
	o := site.Options{Language: x.language, Name: opts.title, Limited: x.Limited}
	if opts.since != "" {
		if o.Changes, err = a.changesSince(ctx, x, opts.since); err != nil {
			return err
		}
	}
	s, err := site.Open(ctx, x.Set, o)
	if err != nil {
		return err
	}
	done, err := site.Write(ctx, s, opts.out, format)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Stderr, "%s: %s as of %s, in %s, %s bytes\n", sanitize.Text(opts.out), words.Amount(done.Pages, "page"), s.AsOf(),
		words.Amount(done.Files, "file"), words.Number(done.Bytes))
	return nil
}

// changesSince tells what changed from the survey of a day to the one that is shown.
func (a *app) changesSince(ctx context.Context, x *answerer, day string) (*change.Changes, error) {
	head, err := x.Head(ctx)
	if err != nil {
		return nil, err
	}
	before, after, err := a.sides(ctx, x.question, diffOptions{from: day, to: string(head.Survey.AsOf)})
	if err != nil {
		return nil, err
	}
	return change.Between(before, after, change.Options{})
}
