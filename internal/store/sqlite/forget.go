package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"assay/internal/fact"
	"assay/internal/store"
)

const (
	forgetSurvey = `DELETE FROM survey WHERE as_of = ? AND landscape = ? AND sum = ?`
	forgetFacts  = `DELETE FROM fact WHERE id IN (SELECT fact.id` + joinAsked + `)`
)

// Forget implements [store.Store]. The file becomes smaller, where nobody else has it
// open.
func (s *Store) Forget(ctx context.Context, survey store.Stamp, keys []fact.Key) (facts int, err error) {
	list, err := asked(store.Ask(keys))
	if err != nil {
		return 0, s.fail(ctx, "forget a survey of", err)
	}
	var gone int64
	err = s.write(ctx, "forget a survey of", func(tx *sql.Tx) error {
		if gone, err = deleted(tx.ExecContext(ctx, forgetSurvey, string(survey.AsOf), survey.Source, survey.Sum)); err != nil || gone == 0 {
			return err
		}
		n, err := deleted(tx.ExecContext(ctx, forgetFacts, list))
		facts = int(n)
		return err
	})
	switch {
	case err != nil:
		return 0, err
	case gone == 0:
		return 0, store.NoSurvey(store.Selector{AsOf: survey.AsOf, Landscape: survey.Source})
	}
	_, _ = s.db.ExecContext(ctx, "VACUUM") // it only gives room back
	return facts, nil
}

// deleted is how many rows a statement took away.
func deleted(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, fmt.Errorf("delete rows: %w", err)
	}
	return result.RowsAffected()
}
