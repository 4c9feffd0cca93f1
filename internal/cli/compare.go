package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/listing"
)

const compareLong = `Compare puts projects side by side, for a language: a row for each figure, with its
bounds. With --languages it is for several, and without projects it puts what the
languages are to the whole landscape side by side.`

const compareExample = `  assay compare tikv linkerd
  assay compare tikv --languages rust,go
  assay compare --languages rust,go,python`

// compared are the columns of a list that a comparison has rows for, in its order.
var compared = []string{
	"maturity", "accepted", "class", "share", "bytes", "code_lines", "packages", "adopted", "human_commits_year", "authors_year",
	"language_commits_year", "language_authors_year", "absence_factor", "organisations_year", "last_activity", "release_cadence",
	"last_release", "maintainers", "adopters", "health", "repos",
}

// mostCompared is how many columns a comparison has: more are a list.
const mostCompared = 8

type compareOptions struct {
	languages []string
	json      bool
}

func newCompare(a *app) *cobra.Command {
	var opts compareOptions
	cmd := &cobra.Command{
		Use:     "compare PROJECT PROJECT...",
		Short:   "Put projects, or languages, side by side",
		Long:    compareLong,
		Example: compareExample,
		Args:    cobra.ArbitraryArgs,
		RunE:    func(cmd *cobra.Command, given []string) error { return a.compare(cmd.Context(), given, opts) },
	}
	a.questionFlags(cmd)
	cmd.Flags().StringSliceVar(&opts.languages, "languages", nil, "compare these `languages`, with commas")
	a.jsonFlags(cmd, &opts.json, "print JSON")
	return cmd
}

// A side is a column of a comparison.
type side struct {
	Project  string         `json:"project,omitempty"`
	Language string         `json:"language"`
	Figures  listing.Record `json:"figures"`

	cells []string
}

// compare prints projects or languages side by side.
func (a *app) compare(ctx context.Context, projects []string, opts compareOptions) (err error) {
	languages, err := a.comparedLanguages(opts.languages)
	if err != nil {
		return err
	}
	switch n := max(len(projects), 1) * len(languages); {
	case n < 2:
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "compare needs two things to compare"), "name two projects, or two languages with --languages")
	case n > mostCompared:
		return errkind.WithHint(errkind.Errorf(errkind.Usage, "compare has room for %d columns, and that is %d", mostCompared, n), "'assay list --project' has a line for each")
	}
	x, err := a.answerer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, x.Close()) }()
	var sides []side
	labels := comparedLabels()
	if len(projects) > 0 {
		sides, err = a.projectSides(ctx, x, projects, languages)
	} else {
		sides, labels, err = languageSides(ctx, x, languages)
	}
	if err != nil {
		return err
	}
	if opts.json {
		return a.json(sides)
	}
	a.printSides(labels, sides)
	return nil
}

// comparedLanguages are the languages that are meant; without any, that of the settings.
func (a *app) comparedLanguages(named []string) ([]string, error) {
	if len(named) == 0 {
		named = []string{a.settings.Language}
	}
	var languages []string
	for _, name := range named {
		language, err := ask.Language(name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(languages, language) {
			languages = append(languages, language)
		}
	}
	return languages, nil
}

// projectSides are projects, each in every language.
func (a *app) projectSides(ctx context.Context, x *answerer, projects, languages []string) ([]side, error) {
	rows := map[string][]usage.Row{}
	for _, language := range languages {
		all, err := x.List(ctx, language, false)
		if err != nil {
			return nil, err
		}
		rows[language] = all
	}
	var sides []side
	for _, name := range projects {
		id, err := a.meantIn(ctx, x, name)
		if err != nil {
			return nil, err
		}
		for _, language := range languages {
			i := slices.IndexFunc(rows[language], func(r usage.Row) bool { return r.ID == id })
			row := &rows[language][i]
			s := side{Project: row.Project, Language: language}
			for _, name := range compared {
				c := listing.Of(name)
				s.cells = append(s.cells, c.Cell(row))
			}
			for _, c := range listing.All() {
				s.Figures = append(s.Figures, listing.Field{Name: c.Name, Value: c.Value(row)})
			}
			sides = append(sides, s)
		}
	}
	return sides, nil
}

func comparedLabels() []string {
	labels := make([]string, 0, len(compared))
	for _, name := range compared {
		labels = append(labels, strings.ToLower(listing.Of(name).Head))
	}
	return labels
}

// languageSides are languages over the whole landscape.
func languageSides(ctx context.Context, x *answerer, languages []string) (sides []side, labels []string, err error) {
	for _, language := range languages {
		f, _, err := x.findings(ctx, language)
		if err != nil {
			return nil, nil, err
		}
		s, q := side{Language: language}, &f.Summary.Quantities
		labels = nil
		add := func(label, name, cell string, value any) {
			labels = append(labels, label)
			s.cells = append(s.cells, cell)
			s.Figures = append(s.Figures, listing.Field{Name: name, Value: value})
		}
		count := func(label, name string, q quantity.Of[int]) { add(label, name, words.Cell(q, words.Number), q) }
		count("projects that use it", "using", q.Using)
		count("core", "core", q.Core)
		count("component", "component", q.Component)
		add("bytes", "bytes", words.Cell(q.Bytes, words.Number), q.Bytes)
		add("code lines", "code_lines", words.Cell(q.Code, words.Number), q.Code)
		count("packages", "packages", q.Packages)
		for _, m := range f.Summary.Maturities {
			add(m.Maturity, m.Maturity, fmt.Sprintf("%s of %s", words.Cell(m.Count, words.Number), words.Number(m.Projects)), m.Count)
		}
		sides = append(sides, s)
	}
	return sides, labels, nil
}

// printSides prints a row for each figure. What is the same of all needs no mark.
func (a *app) printSides(labels []string, sides []side) {
	t := &table{head: []string{""}, right: make([]bool, len(sides)+1)}
	several := slices.ContainsFunc(sides, func(s side) bool { return s.Language != sides[0].Language })
	for i, s := range sides {
		head := s.Project
		if several || head == "" {
			head = strings.TrimSpace(head + " " + s.Language)
		}
		t.head, t.right[i+1] = append(t.head, head), true
	}
	for i, label := range labels {
		cells := []string{label}
		for _, s := range sides {
			cells = append(cells, s.cells[i])
		}
		t.add(cells...)
	}
	t.squeeze(a.width())
	t.print(a.Stdout)
	if !several {
		fmt.Fprintln(a.Stderr, a.fill("for "+sides[0].Language+"; "+notation))
	} else {
		fmt.Fprintln(a.Stderr, a.fill(notation))
	}
}
