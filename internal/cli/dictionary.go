package cli

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/muesli/reflow/wordwrap"
	"github.com/spf13/cobra"

	"assay/internal/dataset"
	"assay/internal/dataset/describe"
	"assay/internal/errkind"
)

const dictionaryLong = `Dictionary says what the tables of a data set are, and what their columns mean:
those that 'assay export -o DIR' writes. With the name of a table it lists the
columns of it, with type, unit, meaning, where the definition is somebody else's,
and the name that reports use.`

const dictionaryExample = `  assay dictionary
  assay dictionary usage
  assay dictionary --jq '.[].name'
  assay dictionary --schema project`

type dictionaryOptions struct {
	format       string
	json, schema bool
}

func newDictionary(a *app) *cobra.Command {
	var opts dictionaryOptions
	cmd := &cobra.Command{
		Use:               "dictionary [TABLE]",
		Short:             "Say what the tables and columns of an export mean",
		Long:              dictionaryLong,
		Example:           dictionaryExample,
		ValidArgs:         tableNames(),
		PersistentPreRunE: withoutSettings,
		Args: func(cmd *cobra.Command, given []string) error {
			if len(given) == 0 {
				return nil
			}
			return args("TABLE")(cmd, given)
		},
		RunE: func(_ *cobra.Command, given []string) error { return a.dictionary(given, opts) },
	}
	f := cmd.Flags()
	f.StringVar(&opts.format, "format", "text", "`format`: text, md or json")
	a.jsonFlags(cmd, &opts.json, "print JSON")
	f.BoolVar(&opts.schema, "schema", false, "print the JSON Schema of the rows of TABLE, as in JSON lines")
	complete(cmd, "format", "text", "md", "json")
	return cmd
}

// dictionary prints the tables of these names, or all.
func (a *app) dictionary(names []string, opts dictionaryOptions) error {
	format, err := checkFormat(opts.format, opts.json, "text", formatMarkdown, formatJSON)
	if err != nil {
		return err
	}
	tables, err := dataset.Named(names)
	if err != nil {
		return err
	}
	switch {
	case opts.schema && len(names) == 0:
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "schema: of which table?"), "name one: assay dictionary --schema project")
	case opts.schema:
		text, err := describe.Schema(tables[0])
		if err == nil {
			_, err = a.Stdout.Write(text)
		}
		return err
	case format == formatJSON:
		return a.json(tables)
	case format == formatMarkdown:
		fmt.Fprint(a.Stdout, describe.Dictionary(tables, 2))
	case len(names) == 0:
		a.printTables(tables)
	default:
		a.printColumns(tables[0])
	}
	return nil
}

// printTables prints a table a paragraph.
func (a *app) printTables(tables []*dataset.Table) {
	for _, t := range tables {
		fmt.Fprintf(a.Stdout, "%s\n%s\n", t.Name, a.indented(t.Meaning))
	}
	fmt.Fprintln(a.Stdout, a.fill("\n'assay dictionary TABLE' lists the columns of a table."))
}

// printColumns prints a column a paragraph; a figure with its bounds is one.
func (a *app) printColumns(t *dataset.Table) {
	fmt.Fprintf(a.Stdout, "%s\n%s\n", t.Name, a.indented(t.Meaning+" Key: "+strings.Join(t.Key(), ", ")+"."))
	for i := range t.Columns {
		c := &t.Columns[i]
		if c.Of != "" {
			continue
		}
		head := c.Name + "  " + describe.Type(t, c)
		if c.Unit != "" {
			head += ", unit: " + c.Unit
		}
		fmt.Fprintf(a.Stdout, "\n%s\n%s\n", head, a.indented(c.Meaning))
		for _, more := range [][2]string{{"refers to:", c.References}, {"in reports:", c.Label}, {"definition:", c.Source}} {
			a.printMore(more[0], more[1])
		}
		if describe.Bounded(t, c) {
			fmt.Fprintf(a.Stdout, "%s\n", a.indented(fmt.Sprintf("columns beside it: %s_lower, %s_upper, %s_gap", c.Name, c.Name, c.Name)))
		}
	}
}

// printMore prints a word about a column and an address or a name, which is not broken.
func (a *app) printMore(what, value string) {
	switch {
	case value == "":
	case len(what)+len(value)+3 > a.paragraph():
		fmt.Fprintf(a.Stdout, "  %s\n%s\n", what, value)
	default:
		fmt.Fprintf(a.Stdout, "  %s %s\n", what, value)
	}
}

// paragraph is how wide a text is: 80 columns where nobody says how wide the terminal is.
func (a *app) paragraph() int { return cmp.Or(max(a.width(), 0), 80) }

// indented breaks a text into lines that stand two columns in. A hyphen may stand one
// further out than it should.
func (a *app) indented(text string) string {
	return "  " + strings.ReplaceAll(wordwrap.String(text, max(a.paragraph()-3, 1)), "\n", "\n  ")
}
