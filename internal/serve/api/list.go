package api

import (
	"context"
	"slices"
	"strings"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/finding/usage"
	"assay/internal/limit"
	"assay/internal/listing"
	"assay/internal/serve/stack"
)

// limited: where a survey was limited to some projects, lists have these.
const limited = true

// listQuestion is a question for projects.
type listQuestion struct {
	Asked
	InLanguage
	Paged

	Maturity []string `doc:"Only projects of these levels."                                                                      example:"graduated"           maxItems:"20"           query:"maturity,explode"`
	Class    []string `doc:"Only these classes: core, component, trace, none, unknown. Where none is named, core and component." example:"core"                maxItems:"20"           query:"class,explode"`
	MinShare string   `doc:"Only projects with at least this share: 10% or 0.1."                                                 example:"0.1"                 maxLength:"20"          query:"min_share"`
	Project  []string `doc:"Only these projects, whatever their class."                                                          maxItems:"100"                query:"project,explode"`
	Columns  []string `doc:"The columns, by name; without them, those that 'assay list --format csv' has."                       example:"project,share,bytes" maxItems:"100"          query:"columns,explode"`
	Sort     string   `doc:"The column to sort by."                                                                              example:"bytes"               maxLength:"50"          query:"sort"`
	Reverse  bool     `doc:"Turn the order round."                                                                               query:"reverse"`
	All      bool     `doc:"Every project, whatever its class."                                                                  query:"all"`
}

// apart parts words at commas.
func apart(all []string) []string {
	var words []string
	for _, text := range all {
		words = append(words, strings.Split(text, ",")...)
	}
	return words
}

// choice is what the question asks for.
func (q *listQuestion) choice() (*listing.Choice, error) {
	c := &listing.Choice{
		Maturities: apart(q.Maturity), Classes: apart(q.Class), MinShare: q.MinShare, Sort: q.Sort, Reverse: q.Reverse,
		All: q.All || len(q.Project) > 0,
	}
	if n := max(len(c.Maturities), len(c.Classes), len(q.Columns)); n > limit.ServeValues {
		return nil, errkind.Errorf(errkind.Usage, "a parameter has %s", limit.Over("serve-values", limit.ServeValues))
	}
	return c, nil
}

func (a *API) projects(ctx context.Context, q *listQuestion) (*answer, error) {
	columns, err := listing.Pick(apart(q.Columns), listing.Form{Data: true})
	if err != nil {
		return nil, err
	}
	choice, err := q.choice()
	if err != nil {
		return nil, err
	}
	language, err := a.language(q.Language)
	if err != nil {
		return nil, err
	}
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	all, err := b.Rows(ctx, language, limited)
	if err != nil {
		return nil, err
	}
	rows, err := choice.Of(all)
	if err != nil {
		return nil, err
	}
	if rows, err = a.only(ctx, b, rows, q.Project); err != nil {
		return nil, err
	}
	return q.answer(requestOf(ctx), b, rows, columns)
}

// only are the rows of the projects that are named; all where none is.
func (a *API) only(ctx context.Context, b *stack.Book, rows []usage.Row, names []string) ([]usage.Row, error) {
	if len(names) == 0 {
		return rows, nil
	}
	var ids []string
	for _, name := range names {
		p, err := b.Find(ctx, name, a.Names)
		if err != nil {
			return nil, err
		}
		ids = append(ids, p.ID)
	}
	return slices.DeleteFunc(rows, func(r usage.Row) bool { return !slices.Contains(ids, r.ID) }), nil
}

// answer is a page of rows.
func (q *listQuestion) answer(req *Request, b *stack.Book, rows []usage.Row, columns []listing.Column) (*answer, error) {
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	from, to := q.span(len(rows))
	return q.records(req, b, names, listing.Records(rows[from:to], columns), to < len(rows))
}

// compareQuestion is a question for projects, or languages, side by side.
type compareQuestion struct {
	Asked

	Project  []string `doc:"The projects."                                                     example:"tikv" maxItems:"8" query:"project,explode"`
	Language []string `doc:"The languages; that of the server's settings where none is named." example:"rust" maxItems:"8" query:"language,explode"`
}

func (a *API) compare(ctx context.Context, q *compareQuestion) (*answer, error) {
	languages, err := a.languagesOf(apart(q.Language))
	if err != nil {
		return nil, err
	}
	switch n := max(len(q.Project), 1) * len(languages); {
	case n < 2:
		return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "there are two things to compare, and %d is named", n), "name two projects, or two languages")
	case n > mostCompared:
		return nil, errkind.Errorf(errkind.Usage, "a comparison has room for %d columns, and that is %d", mostCompared, n)
	}
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	sides, err := a.sides(ctx, b, q.Project, languages)
	if err != nil {
		return nil, err
	}
	return answered(map[string]any{"as_of": b.AsOf, "sides": sides})
}

// mostCompared is how many columns a comparison has: more are a list.
const mostCompared = 8

// languagesOf are the languages that are meant, each once.
func (a *API) languagesOf(names []string) ([]string, error) {
	if len(names) == 0 {
		names = []string{a.Language}
	}
	var all []string
	for _, name := range names {
		language, err := ask.Language(name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all, language) {
			all = append(all, language)
		}
	}
	return all, nil
}

// A side is a column of a comparison.
type side struct {
	Project  string         `json:"project,omitempty"`
	Language string         `json:"language"`
	Figures  listing.Record `json:"figures"`
}

// sides are projects in languages; without projects, what the languages are to all.
func (a *API) sides(ctx context.Context, b *stack.Book, projects, languages []string) ([]side, error) {
	var sides []side
	if len(projects) == 0 {
		for _, language := range languages {
			o, err := overview(ctx, b, language)
			if err != nil {
				return nil, err
			}
			sides = append(sides, side{Language: language, Figures: overviewRecord(o)})
		}
		return sides, nil
	}
	for _, name := range projects {
		p, err := b.Find(ctx, name, a.Names)
		if err != nil {
			return nil, err
		}
		for _, language := range languages {
			rows, err := b.Rows(ctx, language, false)
			if err != nil {
				return nil, err
			}
			i := slices.IndexFunc(rows, func(r usage.Row) bool { return r.ID == p.ID })
			if i < 0 {
				return nil, errkind.Errorf(errkind.Storage, "data set: nothing is said of %s", p.ID)
			}
			sides = append(sides, side{rows[i].Project, language, listing.Records(rows[i:i+1], listing.All())[0]})
		}
	}
	return sides, nil
}
