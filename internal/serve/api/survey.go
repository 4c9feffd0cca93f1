package api

import (
	"context"

	"assay/internal/dataset"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/change"
	"assay/internal/serve/stack"
	"assay/internal/store"
)

// surveyParts are the tables of which an answer about a survey has the rows.
var surveyParts = []part{{table: "survey", one: true}, {table: "source"}}

func (a *API) survey(ctx context.Context, q *Asked) (*answer, error) {
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, b, surveyParts)
}

// surveys are those that can be asked about.
type surveys struct {
	Surveys []store.Header `doc:"By date." json:"surveys"`
}

func (a *API) surveys(ctx context.Context, _ *struct{}) (*answer, error) {
	all := surveys{Surveys: []store.Header{}}
	for _, item := range requestOf(ctx).Reader.Edition().Items {
		all.Surveys = append(all.Surveys, item.Header)
	}
	return answered(&all)
}

func (a *API) tables(context.Context, *struct{}) (*answer, error) {
	return answered(map[string]any{"tables": dataset.Dictionary()})
}

// changesQuestion is a question for what changed between two surveys.
type changesQuestion struct {
	Asked
	InLanguage

	Since     string  `doc:"Date of the earlier survey."                                        example:"2025-06-30" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" query:"since"      required:"true"`
	MinChange float64 `doc:"Difference of a share from which a change is told; 0 is 1 %."       maximum:"1"          minimum:"0"                            query:"min_change"`
	ValidTime bool    `doc:"Take projects and maturity of both dates from the later landscape." query:"valid_time"`
}

// changes answers as 'assay diff --json' does.
func (a *API) changes(ctx context.Context, q *changesQuestion) (*answer, error) {
	language, err := a.language(q.Language)
	if err != nil {
		return nil, err
	}
	after, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	before, err := requestOf(ctx).Reader.Book(ctx, fact.Date(q.Since))
	if err != nil {
		return nil, err
	}
	if before.AsOf > after.AsOf {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Usage, "since %s is after %s", before.AsOf, after.AsOf), "turn the two round")
	}
	earlier, err := sideOf(ctx, before, language)
	if err != nil {
		return nil, err
	}
	later, err := sideOf(ctx, after, language)
	if err != nil {
		return nil, err
	}
	all, err := change.Between(earlier, later, change.Options{ValidTime: q.ValidTime, MinChange: q.MinChange})
	if err != nil {
		return nil, err
	}
	return answered(all)
}

// sideOf is a survey as changes are told of it.
func sideOf(ctx context.Context, b *stack.Book, language string) (change.Side, error) {
	found, head, err := b.Findings(ctx, language, limited)
	if err != nil {
		return change.Side{}, err
	}
	facts, err := b.Facts(ctx, head)
	return change.Side{Findings: found, Facts: facts}, err
}
