package cli

import (
	"bufio"
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/survey"
)

const exportLong = `Export writes everything in the store to standard output as JSON lines: first the
surveys, then the facts, each ordered by its key. Two stores with the same facts
export the same bytes, however and in whatever order they were filled.

Who committed is left out: of commits there are sums by period, of people and of
bots, and the bots' names. With --authors the keyed hashes that stand for people are
written, with the domains of their addresses and their work by month. Whoever has the
repositories can find out who many of them are, by what they did in which month:
docs/people.md says how. No name and no commit stands beside them.`

func newExport(a *app) *cobra.Command {
	var format string
	var authors bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write all facts as JSON lines",
		Long:  exportLong,
		Args:  args(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "json" {
				return errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %q is not known", format), "write --format json")
			}
			return a.export(cmd.Context(), authors)
		},
	}
	cmd.Flags().StringVar(&format, "format", "json", "`format`: json")
	cmd.Flags().BoolVar(&authors, "authors", false, "write a row for each author too: hashes from which people can be told, see docs/people.md")
	return cmd
}

// export writes the store's surveys and facts.
func (a *app) export(ctx context.Context, authors bool) (err error) {
	st, err := a.openStore(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, st.Close()) }()
	w := bufio.NewWriter(a.Stdout)
	enc := json.NewEncoder(jsonWriter{w})
	enc.SetEscapeHTML(false)
	err = st.EachSurvey(ctx, func(s *fact.Survey) error {
		return enc.Encode(map[string]any{"survey": s})
	})
	if err != nil {
		return err
	}
	err = st.Each(ctx, func(rec fact.Record) error {
		body, err := published(rec, authors)
		if err != nil {
			return err
		}
		return enc.Encode(map[string]any{"fact": exported{rec.Key, body}})
	})
	return firstError(err, w.Flush())
}

// published is the body of a record as it may leave the store.
func published(rec fact.Record, authors bool) (json.RawMessage, error) {
	body, err := survey.Publish(rec, authors)
	if err != nil {
		err = errkind.Errorf(errkind.Storage, "%s at %s: %w", rec.Repo, rec.Revision, err)
		return nil, errkind.WithHint(err, "the store is damaged there: survey again into a new one with --store")
	}
	return body, nil
}

// exported is a record as it is written: the body in place, not as a string.
type exported struct {
	fact.Key
	Body json.RawMessage `json:"body"`
}
