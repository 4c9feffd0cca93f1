package api

import (
	"cmp"
	"context"

	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/listing"
	"assay/internal/serve/stack"
)

// An overviewFigure is a figure of a language over the landscape.
type overviewFigure struct {
	name, meaning, unit string
	kind                string // of the schema
	get                 func(*usage.SummaryQuantities) [3]any
}

// bounds are a figure and its bounds.
func bounds[T cmp.Ordered](pick func(*usage.SummaryQuantities) quantity.Of[T]) func(*usage.SummaryQuantities) [3]any {
	return func(s *usage.SummaryQuantities) [3]any {
		q := pick(s)
		var all [3]any
		for i, v := range []*T{q.Value, q.Lower, q.Upper} {
			if v != nil {
				all[i] = *v
			}
		}
		return all
	}
}

// overviewFigures are what is said of a language.
var overviewFigures = []overviewFigure{
	{"using", "Projects of class core or component.", "project", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int] { return s.Using })},
	{"core", "Projects of class core.", "project", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int] { return s.Core })},
	{"component", "Projects of class component.", "project", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int] { return s.Component })},
	{"trace", "Projects of class trace.", "project", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int] { return s.Trace })},
	{"none", "Projects of class none.", "project", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int] { return s.None })},
	{"bytes", "", "byte", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int64] { return s.Bytes })},
	{"code_lines", "", "line", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int64] { return s.Code })},
	{"packages", "", "package", "integer", bounds(func(s *usage.SummaryQuantities) quantity.Of[int] { return s.Packages })},
}

// ends are those of the names of a figure and its bounds.
var ends = [3]string{"", "_lower", "_upper"}

// overviewRecord is an overview as data.
func overviewRecord(o *usage.Overview) listing.Record {
	r := listing.Record{{Name: "language", Value: o.Language}}
	for i := range overviewFigures {
		f := &overviewFigures[i]
		for k, v := range f.get(&o.Quantities) {
			r = append(r, listing.Field{Name: f.name + ends[k], Value: v})
		}
	}
	return r
}

// overview is what a language is to the landscape.
func overview(ctx context.Context, b *stack.Book, language string) (*usage.Overview, error) {
	rows, err := b.Rows(ctx, language, limited)
	if err != nil {
		return nil, err
	}
	o := usage.OverviewOf(language, rows)
	return &o, nil
}

func (a *API) languages(ctx context.Context, q *struct {
	Asked
	Paged
},
) (*answer, error) {
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	all, err := b.Overviews(ctx, limited)
	if err != nil {
		return nil, err
	}
	from, to := q.span(len(all))
	records := make([]listing.Record, 0, to-from)
	for i := from; i < to; i++ {
		records = append(records, overviewRecord(&all[i]))
	}
	var names []string
	for _, f := range overviewRecord(&usage.Overview{}) {
		names = append(names, f.Name)
	}
	return q.records(requestOf(ctx), b, names, records, to < len(all))
}

// level is what a language is to the projects of a level.
type level struct {
	Maturity string   `doc:"The level."                                              json:"maturity"`
	Projects int      `doc:"Projects of the level."                                  json:"projects"`
	Unknown  int      `doc:"Of these, those of which nothing could be read."         json:"unknown"`
	Using    []string `doc:"Names of those that use the language, in what was read." json:"using"`
	Count    *int     `doc:"How many use it."                                        json:"count"`
	Lower    *int     `doc:"The least that may use it."                              json:"count_lower"`
	Upper    *int     `doc:"The most that may use it."                               json:"count_upper"`
}

func (a *API) oneLanguage(ctx context.Context, q *struct {
	Asked

	Name string `doc:"Language, by linguist's name or an alias." example:"rust" maxLength:"100" path:"language"`
},
) (*answer, error) {
	language, err := a.language(q.Name)
	if err != nil {
		return nil, err
	}
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	o, err := overview(ctx, b, language)
	if err != nil {
		return nil, err
	}
	levels := make([]level, 0, len(o.Maturities))
	for _, m := range o.Maturities {
		levels = append(levels, level{m.Maturity, m.Projects, m.Unknown, m.Using, m.Count.Value, m.Count.Lower, m.Count.Upper})
	}
	return answered(map[string]any{"as_of": b.AsOf, "figures": overviewRecord(o), "levels": levels})
}
