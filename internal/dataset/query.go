package dataset

import (
	"context"

	"assay/internal/errkind"
)

// A Result is what a question in SQL gave.
type Result struct {
	Columns []string
	// Rows have nil, int64, float64 or string for each column.
	Rows [][]any
	// Cut: there are more rows.
	Cut bool
}

// A Querier is a [Keeper] that answers questions in SQL.
type Querier interface {
	// Query asks a question: one SELECT over the tables that everybody may read. It gives at
	// most a number of rows. A question that is no such one is errkind.Usage, one that takes
	// too much errkind.Limit.
	Query(ctx context.Context, question string, rows int) (*Result, error)
}

// Query asks the keeper a question in SQL.
func (s *Set) Query(ctx context.Context, question string, rows int) (*Result, error) {
	q, ok := s.keeper.(Querier)
	if !ok {
		return nil, errkind.Errorf(errkind.Internal, "the data set does not answer questions in SQL")
	}
	return q.Query(ctx, question, rows)
}
