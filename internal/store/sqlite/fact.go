package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"assay/internal/fact"
	"assay/internal/store"
)

const (
	insertFact = `INSERT INTO fact (repo, revision, collector, version, body, sum) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`
	getFact  = `SELECT body, sum FROM fact WHERE repo = ? AND revision = ? AND collector = ? AND version = ?`
	mendFact = `UPDATE fact SET body = ?, sum = ? WHERE repo = ? AND revision = ? AND collector = ? AND version = ?`
	eachFact = `SELECT repo, revision, collector, version, body, sum FROM fact
		ORDER BY repo, revision, collector, version`

	revisions = `SELECT revision FROM fact WHERE repo = ? AND collector = ? AND version = ? ORDER BY revision`

	// joinAsked finds the facts of a JSON array of keys: one index look-up a
	// key, in the order of the array, whatever their number. CROSS JOIN keeps
	// SQLite from scanning the facts for the keys.
	joinAsked = ` FROM json_each(?) AS asked CROSS JOIN fact ON
		fact.repo = asked.value->>0 AND fact.revision = asked.value->>1 AND
		fact.collector = asked.value->>2 AND fact.version = asked.value->>3`
	getFacts = `SELECT asked.key, fact.body, fact.sum` + joinAsked + ` ORDER BY asked.rowid`
)

// keyArgs are the key's columns.
func keyArgs(k fact.Key) []any {
	return []any{k.Repo.Key(), k.Revision, k.Collector, k.Version}
}

// factSum is the checksum of a fact.
func factSum(k fact.Key, body any) int64 { return checksum(append(keyArgs(k), body)...) }

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
		result, err := insert.ExecContext(ctx, append(keyArgs(r.Key), body, factSum(r.Key, body))...)
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
		if err := putAgain(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// putAgain puts a record whose key is stored: it is the same fact, or the stored
// one is damaged and makes room for it.
func putAgain(ctx context.Context, tx *sql.Tx, r *fact.Record) error {
	var stored body
	if err := tx.QueryRowContext(ctx, getFact, keyArgs(r.Key)...).Scan(&stored.data, &stored.sum); err != nil {
		return err
	}
	switch {
	case !stored.isOf(r.Key):
		_, err := tx.ExecContext(ctx, mendFact, append([]any{string(r.Body), factSum(r.Key, r.Body)}, keyArgs(r.Key)...)...)
		return err
	case !bytes.Equal(stored.data, r.Body):
		return store.Conflict(r.Key)
	}
	return nil
}

// A body is the body of a fact as it is stored, with its checksum.
type body struct {
	data []byte
	sum  any
}

// isOf reports whether the body is that of the fact with this key.
func (b *body) isOf(k fact.Key) bool { return intact(b.sum, append(keyArgs(k), b.data)...) }

// Get implements [store.Store].
func (s *Store) Get(ctx context.Context, key fact.Key) (fact.Record, error) {
	var b body
	err := s.db.QueryRowContext(ctx, getFact, keyArgs(key)...).Scan(&b.data, &b.sum)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fact.Record{}, store.NoFact(key)
	case err != nil:
		return fact.Record{}, s.fail(ctx, "read a fact of", err)
	case !b.isOf(key):
		return fact.Record{}, s.fail(ctx, "read a fact of", store.DamagedFact(key))
	}
	return fact.Record{Key: key, Body: b.data}, nil
}

// Have implements [store.Store].
func (s *Store) Have(ctx context.Context, keys []fact.Key) (map[fact.Key]bool, error) {
	ask := store.Ask(keys)
	stored := make(map[fact.Key]bool, len(ask)) // by canonical key
	var b body
	err := s.asked(ctx, "look up facts in", getFacts, ask, func(rows *sql.Rows) error {
		var i int
		if err := rows.Scan(&i, (*sql.RawBytes)(&b.data), &b.sum); err != nil {
			return err
		}
		stored[store.Canonical(ask[i])] = b.isOf(ask[i])
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
		var b body
		if err := rows.Scan(&i, &b.data, &b.sum); err != nil {
			return err
		}
		if !b.isOf(ask[i]) {
			return store.DamagedFact(ask[i])
		}
		return called(f(fact.Record{Key: ask[i], Body: b.data}))
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
	list, err := asked(ask)
	if err != nil {
		return s.fail(ctx, op, err)
	}
	return s.read(ctx, op, scan, query, list)
}

// asked is keys as joinAsked takes them.
func asked(ask []fact.Key) (string, error) {
	rows := make([][]any, len(ask))
	for i, k := range ask {
		rows[i] = keyArgs(k)
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("write the keys as JSON: %w", err)
	}
	return string(list), nil
}

// Each implements [store.Store].
func (s *Store) Each(ctx context.Context, f func(fact.Record) error) error {
	return s.read(ctx, "read facts of", func(rows *sql.Rows) error {
		var r fact.Record
		var b body
		if err := rows.Scan(&r.Repo, &r.Revision, &r.Collector, &r.Version, &b.data, &b.sum); err != nil {
			return err
		}
		if !b.isOf(r.Key) {
			return store.DamagedFact(r.Key)
		}
		r.Body = b.data
		return called(f(r))
	}, eachFact)
}
