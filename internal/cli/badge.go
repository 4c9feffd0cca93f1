package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/plot"
)

const badgeLong = `Badge writes a badge of a project for its README: what a language is to it, or how it
does, on the day of the survey. A figure that is a bound has the usual sign: docs/certainty.md.

--figure chooses what is said: usage (class and share), class, share, health or maturity.
--format json is for shields.io, which draws a badge of it:
https://shields.io/badges/endpoint-badge.`

const badgeExample = `  assay badge linkerd -o linkerd.svg
  assay badge linkerd --language go --figure share --label 'Go inside'
  assay badge linkerd --figure health --format json -o health.json`

type badgeOptions struct{ figure, format, label, out string }

func newBadge(a *app) *cobra.Command {
	var opts badgeOptions
	cmd := &cobra.Command{
		Use:     "badge PROJECT",
		Short:   "Write a badge of a project",
		Long:    badgeLong,
		Example: badgeExample,
		Args:    args("PROJECT"),
		RunE:    func(cmd *cobra.Command, given []string) error { return a.badge(cmd.Context(), given[0], opts) },
	}
	a.questionFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&opts.figure, "figure", string(plot.Usage), "`figure` that is said: "+strings.Join(sayings(), ", "))
	f.StringVar(&opts.format, "format", "svg", "`format`: svg or json")
	f.StringVar(&opts.label, "label", "", "`words` at the left (default the language, or what is said)")
	f.StringVarP(&opts.out, "output", "o", "", "`file` to write (default standard output)")
	complete(cmd, "figure", sayings()...)
	complete(cmd, "format", "svg", "json")
	return cmd
}

func sayings() []string {
	var all []string
	for _, s := range plot.Sayings() {
		all = append(all, string(s))
	}
	return all
}

// badge writes a badge of the project that a person means by name.
func (a *app) badge(ctx context.Context, name string, opts badgeOptions) error {
	if !slices.Contains(sayings(), opts.figure) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "figure: %q is not known", opts.figure), "one of %s", strings.Join(sayings(), ", "))
	}
	format, err := checkFormat(opts.format, false, "svg", "json")
	if err != nil {
		return err
	}
	found, head, err := a.projectFindings(ctx, name)
	if err != nil {
		return err
	}
	frame := plot.Frame{Language: found.Language, AsOf: head.Survey.AsOf, From: head.Survey.Landscape.Evidence}
	b := frame.Badge(&found.Projects[0], plot.Saying(opts.figure), opts.label)
	return a.write(ctx, opts.out, nil, func(w io.Writer) error {
		body := b.SVG()
		if format == "json" {
			body = b.Endpoint()
		}
		_, err := w.Write(body)
		return err
	})
}
