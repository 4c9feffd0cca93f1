package cli

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/jq"
	"assay/internal/sanitize"
)

// jsonFlags are the flags of a command that prints JSON.
func (a *app) jsonFlags(cmd *cobra.Command, asJSON *bool, about string) {
	cmd.Flags().BoolVar(asJSON, "json", false, about)
	cmd.Flags().Var(&jqFlag{a, cmd, asJSON}, "jq", "print what an `expression` of jq picks from the JSON")
}

// A jqFlag is a flag whose value is an expression of jq; with it JSON is printed.
type jqFlag struct {
	app    *app
	cmd    *cobra.Command
	asJSON *bool
}

// Set implements pflag.Value.
func (f *jqFlag) Set(s string) error {
	filter, err := jq.Parse(s)
	if err != nil {
		return err
	}
	*f.asJSON = true
	f.app.filter = func(w io.Writer, text []byte) error { return filter.Run(f.cmd.Context(), w, text) }
	return nil
}

// String implements pflag.Value; there is no default.
func (f *jqFlag) String() string { return "" }

// Type implements pflag.Value.
func (f *jqFlag) Type() string { return "expression" }

// json prints v as indented JSON, or what --jq picks from it.
func (a *app) json(v any) error {
	return a.picked(a.Stdout, func(w io.Writer) error {
		enc := json.NewEncoder(jsonWriter{w})
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			return errkind.Errorf(errkind.Internal, "print JSON: %w", err)
		}
		return nil
	})
}

// picked writes to w the JSON that write writes, or what --jq picks from it.
func (a *app) picked(w io.Writer, write func(io.Writer) error) error {
	if a.filter == nil {
		return write(w)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return a.filter(w, b.Bytes())
}

// A jsonWriter passes JSON on, characters that could steer a terminal written as
// escapes, which any reader of JSON undoes. Each Write is of whole values.
type jsonWriter struct{ to io.Writer }

func (w jsonWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.to, sanitize.JSON(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
