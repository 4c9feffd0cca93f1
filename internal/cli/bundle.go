package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"assay/internal/dataset"
	"assay/internal/dataset/bundle"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/file"
	"assay/internal/finding/words"
	"assay/internal/store"
)

const bundleLong = `Bundle makes the data sets that the program carries, from surveys of the store: those
of the days that are named. It is for who makes the program; 'make bundle' surveys the
days and then calls it.

The data sets hold figures, names, dates, commits and paths, and no sentence that
somebody wrote. People stand in them who stand on a list of maintainers, with the line
of it, and nobody else. With --newest-day it prints the newest day on which more than half
of the mirrors of the survey named by --as-of still speak, and does nothing else.`

type bundleOptions struct {
	days   []string
	out    string
	newest bool
}

func newBundle(a *app) *cobra.Command {
	var opts bundleOptions
	cmd := &cobra.Command{
		Use:    "bundle",
		Short:  "Make the data sets that the program carries",
		Long:   bundleLong,
		Args:   args(),
		Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.newest {
				return a.newestDay(cmd.Context())
			}
			return a.bundle(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.StringVar(&a.flags.AsOf, "as-of", "", "`date` of the survey that --newest-day looks at")
	f.StringSliceVar(&opts.days, "day", nil, "`date` of a survey to bundle; may be repeated")
	f.StringVarP(&opts.out, "output", "o", "", "`folder` to write bundle.json and bundle.zst into")
	f.BoolVar(&opts.newest, "newest-day", false, "print the newest day on which most mirrors still speak")
	return cmd
}

// bundle makes the data sets of surveys, and packs them.
func (a *app) bundle(ctx context.Context, opts bundleOptions) (err error) {
	if len(opts.days) == 0 || opts.out == "" {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "bundle needs the days and a folder"), "--day 2025-12-10 --output FOLDER")
	}
	st, err := a.openStore(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	dir, err := os.MkdirTemp("", "assay-bundle-")
	if err != nil {
		return errkind.Errorf(errkind.Storage, "bundle: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	slices.Sort(opts.days)
	var parts []bundle.Part
	for _, day := range slices.Compact(opts.days) {
		p, err := plainPart(ctx, st, dir, fact.Date(day))
		if err != nil {
			return noSurveyOf(err, day)
		}
		parts = append(parts, *p)
	}
	index, archive, err := bundle.Pack(parts)
	if err != nil {
		return err
	}
	err = firstError(
		file.Write(ctx, filepath.Join(opts.out, "bundle.json"), index),
		file.Write(ctx, filepath.Join(opts.out, "bundle.zst"), archive),
	)
	if err == nil {
		fmt.Fprintf(a.Stdout, "bundled %s in %s\n", words.Amount(len(parts), "survey"), words.Amount(len(archive), "byte"))
	}
	return err
}

// plainPart makes the plain data set of a survey, by the default question.
func plainPart(ctx context.Context, st store.Store, dir string, day fact.Date) (*bundle.Part, error) {
	sel := store.Selector{AsOf: day}
	l, err := profileOf(ctx, st, &question{}, sel)
	if err != nil {
		return nil, err
	}
	headers, err := st.Surveys(ctx)
	if err != nil {
		return nil, err
	}
	source := store.Source(l.Facts.Survey.Landscape.Evidence)
	i := slices.IndexFunc(headers, func(h store.Header) bool { return h.AsOf == day && h.Source == source })
	path := filepath.Join(dir, string(day)+".db")
	err = sqlite.Write(ctx, path, dataset.Tables(), func(s dataset.Sink) error { return dataset.WritePlain(s, l) })
	return &bundle.Part{Header: headers[i], Path: path}, err
}

// newestDay prints the newest day on which more than half of the mirrors that a survey
// read still speak.
func (a *app) newestDay(ctx context.Context) (err error) {
	st, err := a.openStore(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	s, err := st.Survey(ctx, store.Selector{AsOf: fact.Date(a.settings.AsOf)})
	if err != nil {
		return a.noSurvey(ctx, st, err)
	}
	var days []fact.Date
	for i := range s.Outcomes {
		if o := &s.Outcomes[i]; o.Revision != nil {
			days = append(days, o.Observed.Day())
		}
	}
	if len(days) == 0 {
		return errkind.Errorf(errkind.NotFound, "the survey read no mirror")
	}
	slices.Sort(days)
	fmt.Fprintln(a.Stdout, days[(len(days)-1)/2])
	return nil
}
