package cli

import (
	"bufio"
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
)

const exportLong = `Export writes everything in the store to standard output as JSON lines: first the
surveys, then the facts, each ordered by its key. Two stores with the same facts
export the same bytes, however and in whatever order they were filled.`

func newExport(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write all facts as JSON lines",
		Long:  exportLong,
		Args:  args(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "json" {
				return errkind.WithHint(errkind.Errorf(errkind.Usage, "format: %q is not known", format), "write --format json")
			}
			return a.export(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&format, "format", "json", "`format`: json")
	return cmd
}

// export writes the store's surveys and facts.
func (a *app) export(ctx context.Context) (err error) {
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
		return enc.Encode(map[string]any{"fact": exported{rec.Key, rec.Body}})
	})
	return firstError(err, w.Flush())
}

// exported is a record as it is written: the body in place, not as a string.
type exported struct {
	fact.Key
	Body json.RawMessage `json:"body"`
}
