package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"assay/internal/fact"
	"assay/internal/store"
)

const (
	insertFact = `INSERT INTO fact (repo, revision, collector, version, body) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`
	sameFact = `SELECT body = ? FROM fact WHERE repo = ? AND revision = ? AND collector = ? AND version = ?`
	getFact  = `SELECT body FROM fact WHERE repo = ? AND revision = ? AND collector = ? AND version = ?`
	eachFact = `SELECT repo, revision, collector, version, body FROM fact
		ORDER BY repo, revision, collector, version`

	revisions = `SELECT revision FROM fact WHERE repo = ? AND collector = ? AND version = ? ORDER BY revision`

	// joinAsked finds the facts of a JSON array of keys: one index look-up a
	// key, in the order of the array, whatever their number. CROSS JOIN keeps
	// SQLite from scanning the facts for the keys.
	joinAsked = ` FROM json_each(?) AS asked CROSS JOIN fact ON
		fact.repo = asked.value->>0 AND fact.revision = asked.value->>1 AND
		fact.collector = asked.value->>2 AND fact.version = asked.value->>3`
	haveFacts = `SELECT asked.key` + joinAsked
	getFacts  = `SELECT asked.key, fact.body` + joinAsked + ` ORDER BY asked.rowid`
)

// keyArgs are the key's columns.
func keyArgs(k fact.Key) []any {
	return []any{k.Repo.Key(), k.Revision, k.Collector, k.Version}
}

// Put implements [store.Store].
func (s *Store) Put(ctx context.Context, records []fact.Record) error {
	if err := store.CheckRecords(records); err != nil || len(records) == 0 {
		return err
	}
	return s.write(ctx, "put facts in", func(tx *sql.Tx) error { return putFacts(ctx, tx, records) })
}

func putFacts(ctx context.Context, tx *sql.Tx, records []fact.Record) error {
	insert, err := tx.PrepareContext(ctx, insertFact)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range records {
		r := &records[i]
		// As a string: a []byte would be stored as a blob.
		body := string(r.Body)
		result, err := insert.ExecContext(ctx, append(keyArgs(r.Key), body)...)
		if err != nil {
			return err
		}
		added, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if added > 0 {
			continue
		}
		var same bool
		if err := tx.QueryRowContext(ctx, sameFact, append([]any{body}, keyArgs(r.Key)...)...).Scan(&same); err != nil {
			return err
		}
		if !same {
			return store.Conflict(r.Key)
		}
	}
	return nil
}

// Get implements [store.Store].
func (s *Store) Get(ctx context.Context, key fact.Key) (fact.Record, error) {
	r := fact.Record{Key: key}
	err := s.db.QueryRowContext(ctx, getFact, keyArgs(key)...).Scan(&r.Body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fact.Record{}, store.NoFact(key)
	case err != nil:
		return fact.Record{}, s.fail(ctx, "read a fact of", err)
	}
	return r, nil
}

// Have implements [store.Store].
func (s *Store) Have(ctx context.Context, keys []fact.Key) (map[fact.Key]bool, error) {
	ask := store.Ask(keys)
	stored := make(map[fact.Key]bool, len(ask)) // by canonical key
	err := s.asked(ctx, "look up facts in", haveFacts, ask, func(rows *sql.Rows) error {
		var i int
		if err := rows.Scan(&i); err != nil {
			return err
		}
		stored[store.Canonical(ask[i])] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	have := make(map[fact.Key]bool, len(stored))
	for _, k := range keys {
		if stored[store.Canonical(k)] {
			have[k] = true
		}
	}
	return have, nil
}

// GetMany implements [store.Store].
func (s *Store) GetMany(ctx context.Context, keys []fact.Key, f func(fact.Record) error) error {
	ask := store.Ask(keys)
	return s.asked(ctx, "read facts of", getFacts, ask, func(rows *sql.Rows) error {
		var i int
		var r fact.Record
		if err := rows.Scan(&i, &r.Body); err != nil {
			return err
		}
		r.Key = ask[i]
		return called(f(r))
	})
}

// Revisions implements [store.Store].
func (s *Store) Revisions(ctx context.Context, like fact.Key) ([]string, error) {
	var found []string
	err := s.read(ctx, "look up revisions in", func(rows *sql.Rows) error {
		var revision string
		err := rows.Scan(&revision)
		found = append(found, revision)
		return err
	}, revisions, like.Repo.Key(), like.Collector, like.Version)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// asked runs one of the queries made of joinAsked.
func (s *Store) asked(ctx context.Context, op, query string, ask []fact.Key, scan func(*sql.Rows) error) error {
	if len(ask) == 0 {
		return nil
	}
	rows := make([][]any, len(ask))
	for i, k := range ask {
		rows[i] = keyArgs(k)
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return s.fail(ctx, op, fmt.Errorf("write the keys as JSON: %w", err))
	}
	return s.read(ctx, op, scan, query, string(list))
}

// Each implements [store.Store].
func (s *Store) Each(ctx context.Context, f func(fact.Record) error) error {
	return s.read(ctx, "read facts of", func(rows *sql.Rows) error {
		var r fact.Record
		if err := rows.Scan(&r.Repo, &r.Revision, &r.Collector, &r.Version, &r.Body); err != nil {
			return err
		}
		return called(f(r))
	}, eachFact)
}
