package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"assay/internal/store"
)

const (
	putSecret = `INSERT INTO secret (name, value, sum) VALUES (?, ?, ?) ON CONFLICT DO NOTHING` //nolint:gosec // a statement, which holds no secret
	getSecret = `SELECT value, sum FROM secret WHERE name = ?`                                  //nolint:gosec // likewise
)

// Secret implements [store.Store].
func (s *Store) Secret(ctx context.Context, name string, proposed []byte) ([]byte, error) {
	value, err := s.secret(ctx, name)
	if len(proposed) == 0 || !errors.Is(err, sql.ErrNoRows) {
		return value, s.noSecret(ctx, name, err)
	}
	err = s.write(ctx, "keep a secret in", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, putSecret, name, proposed, checksum(name, proposed))
		return err
	})
	if err != nil {
		return nil, err
	}
	value, err = s.secret(ctx, name)
	return value, s.noSecret(ctx, name, err)
}

func (s *Store) secret(ctx context.Context, name string) (value []byte, err error) {
	var sum any
	err = s.db.QueryRowContext(ctx, getSecret, name).Scan(&value, &sum)
	if err == nil && !intact(sum, name, value) {
		return nil, store.DamagedSecret(name)
	}
	return value, err
}

func (s *Store) noSecret(ctx context.Context, name string, err error) error {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.NoSecret(name)
	case err != nil:
		return s.fail(ctx, "read a secret of", err)
	}
	return nil
}
