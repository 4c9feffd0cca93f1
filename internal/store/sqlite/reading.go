package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"assay/internal/fact"
	"assay/internal/store"
)

const (
	putReadings = `INSERT OR REPLACE INTO reading (repo, body, sum) VALUES (?, ?, ?)`
	getReadings = `SELECT body, sum FROM reading WHERE repo = ?`
)

// PutReadings implements [store.Store].
func (s *Store) PutReadings(ctx context.Context, repo fact.RepoID, body []byte) error {
	if err := store.CheckReadings(repo, body); err != nil {
		return err
	}
	return s.write(ctx, "remember readings in", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, putReadings, repo.Key(), body, checksum(repo.Key(), body))
		return err
	})
}

// Readings implements [store.Store].
func (s *Store) Readings(ctx context.Context, repo fact.RepoID) (body []byte, err error) {
	var sum any
	err = s.db.QueryRowContext(ctx, getReadings, repo.Key()).Scan(&body, &sum)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, s.fail(ctx, "recall readings from", err)
	case !intact(sum, repo.Key(), body):
		return nil, nil
	}
	return body, nil
}
