package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/store"
)

const (
	// A repository and date have one row, so that mirrors which move on do not
	// leave a row for each state they were in.
	putResolution = `INSERT OR REPLACE INTO resolution (repo, as_of, refs, rule, revision, sum) VALUES (?, ?, ?, ?, ?, ?)`

	getResolutions = `SELECT asked.key, resolution.revision, resolution.sum FROM json_each(?) AS asked CROSS JOIN resolution ON
		resolution.repo = asked.value->>0 AND resolution.as_of = asked.value->>1 AND
		resolution.refs = asked.value->>2 AND resolution.rule = asked.value->>3`
)

// resolutionArgs are the key's columns.
func resolutionArgs(k store.ResolutionKey) []any {
	return []any{k.Repo.Key(), string(k.AsOf), k.Refs, k.Rule}
}

// PutResolutions implements [store.Store].
func (s *Store) PutResolutions(ctx context.Context, resolutions []store.Resolution) error {
	if err := store.CheckResolutions(resolutions); err != nil || len(resolutions) == 0 {
		return err
	}
	bodies := make([]string, len(resolutions))
	for i, r := range resolutions {
		body, err := json.Marshal(r.Revision)
		if err != nil {
			return errkind.Errorf(errkind.Internal, "remember the revision of %q: %w", string(r.Repo), err)
		}
		bodies[i] = string(body)
	}
	return s.write(ctx, "remember revisions in", func(tx *sql.Tx) error {
		put, err := tx.PrepareContext(ctx, putResolution)
		if err != nil {
			return err
		}
		defer put.Close()
		for i, r := range resolutions {
			row := append(resolutionArgs(r.ResolutionKey), bodies[i])
			if _, err := put.ExecContext(ctx, append(row, checksum(row...))...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Resolutions implements [store.Store].
func (s *Store) Resolutions(ctx context.Context, keys []store.ResolutionKey) (map[store.ResolutionKey]*fact.Revision, error) {
	var ask []store.ResolutionKey
	var args [][]any
	for _, k := range keys {
		if k.Storable() {
			ask = append(ask, k)
			args = append(args, resolutionArgs(k))
		}
	}
	found := map[store.ResolutionKey]*fact.Revision{}
	if len(ask) == 0 {
		return found, nil
	}
	list, err := json.Marshal(args)
	if err != nil {
		return nil, errkind.Errorf(errkind.Internal, "look up revisions: %w", err)
	}
	err = s.read(ctx, "look up revisions in", func(rows *sql.Rows) error {
		var i int
		var body []byte
		var sum any
		if err := rows.Scan(&i, &body, &sum); err != nil || !intact(sum, append(resolutionArgs(ask[i]), body)...) {
			return err // what is damaged is not remembered
		}
		rev, err := store.DecodeRevision(body, ask[i].Repo)
		found[ask[i]] = rev
		return err
	}, getResolutions, string(list))
	if err != nil {
		return nil, err
	}
	return found, nil
}
