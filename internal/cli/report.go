package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/file"
	"assay/internal/limit"
	"assay/internal/report"
	"assay/internal/report/markdown"
)

const reportLong = `Report writes a report on a language in the projects of a surveyed landscape, as
Markdown for GitHub or Docusaurus, or as JSON. It is as long as a reader wants it:
--detail brief is the summary and one table, standard adds some lines on each project,
and full has all that a page can show. What stands behind it is in an appendix, folded
at its end or in the file that --appendix names.

With --charts, the charts are pictures in files of a folder, light and dark, that the
report shows; without, they are Mermaid's. --charts-format png is for places that show
no SVG.

A template of your own replaces the built-in one: docs/templates.md lists what it
can use. --format json writes the same report as data; its JSON Schema is printed
by --schema.`

const reportExample = `  assay report --language rust -o report.md
  assay report --detail full -o report.md --appendix appendix.md
  assay report -o report.md --charts charts
  assay report --language go --as-of 2025-12-10 --flavor docusaurus
  assay report --jq '.summary'`

type reportOptions struct {
	format, flavor, detail, template, out, appendix, title, charts, chartsFormat string
	schema, json                                                                 bool
}

func newReport(a *app) *cobra.Command {
	var opts reportOptions
	cmd := &cobra.Command{
		Use:     "report",
		Short:   "Write the report on a language",
		Long:    reportLong,
		Example: reportExample,
		Args:    args(),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.report(cmd.Context(), opts) },
	}
	a.questionFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&opts.format, "format", "markdown", "`format`: markdown or json")
	f.StringVar(&opts.flavor, "flavor", "github", "Markdown `flavour`: github or docusaurus")
	f.StringVar(&opts.detail, "detail", "standard", "`length`: brief, standard or full")
	f.StringVar(&opts.template, "template", "", "`file` with a template of your own")
	f.StringVarP(&opts.out, "output", "o", "", "`file` to write (default standard output)")
	f.StringVar(&opts.appendix, "appendix", "", "`file` for the appendix (default at the end of the report, folded)")
	f.StringVar(&opts.charts, "charts", "", "`folder` for charts as pictures that the report shows (default Mermaid charts in the report)")
	f.StringVar(&opts.chartsFormat, "charts-format", "svg", "`format` of --charts: svg or png")
	f.StringVar(&opts.title, "name", "", "`name` of the landscape in headings (default from its repository)")
	a.jsonFlags(cmd, &opts.json, "the same as --format json")
	f.BoolVar(&opts.schema, "schema", false, "print the JSON Schema of --format json")
	complete(cmd, "format", "markdown", "json")
	complete(cmd, "charts-format", "svg", "png")
	complete(cmd, "flavor", "github", "docusaurus")
	complete(cmd, "detail", "brief", "standard", "full")
	return cmd
}

// report writes the report that the options ask for.
func (a *app) report(ctx context.Context, opts reportOptions) error {
	if opts.schema {
		_, err := a.Stdout.Write(report.Schema())
		return err
	}
	var err error
	if opts.format, err = checkFormat(opts.format, opts.json, "markdown", "json"); err != nil {
		return err
	}
	if err := opts.fit(); err != nil {
		return err
	}
	var template []byte
	if opts.template != "" {
		if template, err = readBounded("template", opts.template, limit.TemplateBytes); err != nil {
			return err
		}
	}
	found, head, err := a.findings(ctx)
	if err != nil {
		return err
	}
	model := report.New(head.Survey, found, opts.title)
	if opts.format == "json" {
		return a.write(ctx, opts.out, []string{opts.template}, func(w io.Writer) error {
			return a.picked(w, func(w io.Writer) error { return report.WriteJSON(w, model) })
		})
	}
	return a.markdown(ctx, model, opts, string(template))
}

// markdown writes a report as Markdown, with what belongs to it in files of their own.
func (a *app) markdown(ctx context.Context, model *report.Model, opts reportOptions, template string) error {
	if err := a.spares(opts.appendix, []string{opts.template}); err != nil {
		return err
	}
	charts, err := newGallery(&opts)
	if err != nil {
		return err
	}
	defer charts.discard()
	settings := markdown.Options{Flavor: markdown.Flavor(opts.flavor), Detail: markdown.Detail(opts.detail), Template: template, Pictures: charts.options()}
	var appendix bytes.Buffer
	if opts.appendix != "" {
		settings.Appendix = &appendix
	}
	err = a.write(ctx, opts.out, []string{opts.template}, func(w io.Writer) error {
		if err := opts.render(ctx, w, model, settings); err != nil {
			return err
		}
		return charts.draw(ctx, a, &opts)
	})
	if err != nil {
		return err
	}
	if opts.appendix != "" {
		if err := file.Write(ctx, opts.appendix, appendix.Bytes()); err != nil {
			return err
		}
	}
	return charts.place(ctx)
}

// render renders a report, in bounded time.
func (o *reportOptions) render(ctx context.Context, w io.Writer, model *report.Model, settings markdown.Options) error {
	ctx, cancel := context.WithTimeout(ctx, limit.TemplateTime)
	defer cancel()
	err := markdown.Render(ctx, w, model, settings)
	if o.template != "" && errkind.Hint(err) == "" {
		err = errkind.WithHint(err, "docs/templates.md lists what a template can use")
	}
	return err
}

// fit is an error where options do not go together.
func (o *reportOptions) fit() error {
	switch {
	case o.charts == "" && o.chartsFormat != string(markdown.SVG):
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "charts-format: no charts are asked for"), "name a folder for them with --charts")
	case o.charts != "" && o.format != "markdown":
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "charts: the format %s has none", o.format), "leave out --charts, or take --format markdown")
	case o.appendix == "":
		return nil
	}
	if o.format != "markdown" {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "appendix: the format %s has none", o.format), "leave out --appendix, or take --format markdown")
	}
	out, _ := os.Stat(o.out)
	appendix, _ := os.Stat(o.appendix)
	if filepath.Clean(o.out) == filepath.Clean(o.appendix) || out != nil && appendix != nil && os.SameFile(out, appendix) {
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "appendix: %q is the file of the report", o.appendix), "name another file with --appendix")
	}
	return nil
}

// write writes what render gives to the file at path, or to standard output when
// there is no path. Nothing is written when render fails, nor over what the command
// reads: the store, and the files of inputs.
func (a *app) write(ctx context.Context, path string, inputs []string, render func(io.Writer) error) error {
	if err := a.spares(path, inputs); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := render(&b); err != nil {
		return err
	}
	if path == "" {
		_, err := a.Stdout.Write(b.Bytes())
		return err
	}
	return file.Write(ctx, path, b.Bytes())
}

// spares is an error where path leads to the store or to one of the inputs.
func (a *app) spares(path string, inputs []string) error {
	target, err := os.Stat(path)
	if err != nil || !target.Mode().IsRegular() {
		return nil //nolint:nilerr // there is nothing to lose, or writing says what is wrong
	}
	s := &a.settings
	inputs = append([]string{s.Store, s.Store + "-wal", s.Store + "-shm", s.Affiliations, s.HealthRules, s.file}, inputs...)
	for _, input := range inputs {
		if info, err := a.stat(input); err == nil && os.SameFile(info, target) {
			return errkind.WithHint(errkind.Errorf(errkind.Usage, "output: %q is a file that the command reads: %s", path, input), "name another file with --output")
		}
	}
	return nil
}

// stat is what stands at an input, which may be standard input.
func (a *app) stat(input string) (os.FileInfo, error) {
	if in, ok := a.Stdin.(*os.File); ok && input == standard {
		return in.Stat()
	}
	return os.Stat(input)
}
