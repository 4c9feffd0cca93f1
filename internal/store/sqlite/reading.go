package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"assay/internal/fact"
	"assay/internal/store"
)

const (
	putReadings = `INSERT OR REPLACE INTO reading (repo, body) VALUES (?, ?)`
	getReadings = `SELECT body FROM reading WHERE repo = ?`
)

// PutReadings implements [store.Store].
func (s *Store) PutReadings(ctx context.Context, repo fact.RepoID, body []byte) error {
	if err := store.CheckReadings(repo, body); err != nil {
		return err
	}
	return s.write(ctx, "remember readings in", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, putReadings, repo.Key(), body)
		return err
	})
}

// Readings implements [store.Store].
func (s *Store) Readings(ctx context.Context, repo fact.RepoID) (body []byte, err error) {
	err = s.db.QueryRowContext(ctx, getReadings, repo.Key()).Scan(&body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, s.fail(ctx, "recall readings from", err)
	}
	return body, nil
}
