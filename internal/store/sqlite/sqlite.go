// Package sqlite keeps the facts in one SQLite file, without a server and
// without cgo.
//
// # Layout
//
// schema.sql is the whole schema as SQLite has it, kept in step by a test;
// migrations/ has the steps that lead to it, of which PRAGMA user_version
// counts those done. PRAGMA application_id marks the file as ours.
//
//	fact        a row for each fact; body is its JSON as text
//	survey      a row for each survey; body is its JSON as text
//	resolution  a cache, see [store.Store]
//	reading     another
//
// Each row has the checksum of its other columns in sum (checksum.go), which
// everything that reads a row looks at.
//
// The bodies are text so that SQL can look into them:
//
//	SELECT repo, c.value->>'language' AS language, sum(c.value->>'bytes') AS bytes
//	FROM fact, json_each(body, '$.cells') AS c
//	WHERE collector = 'census' AND c.value->>'counted'
//	GROUP BY repo, language;
//
// fact has a row id of its own, and the key in an index: bodies of megabytes
// then stay out of the tree that key look-ups walk.
//
// # Safety
//
// The journal is a write-ahead log with synchronous NORMAL. A process that
// dies at any instant, by kill -9 too, leaves each batch in whole or not at
// all, and all that was reported as stored. After a power failure the last
// batches may be missing, again whole; the next survey measures them anew.
// FULL would only buy those back, at the price of a sync for every batch.
//
// Writers take the lock when they begin (BEGIN IMMEDIATE), so none finds out
// half-way that another was faster, and wait for it up to two minutes and a
// half. Readers wait for nobody.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	driver "modernc.org/sqlite"

	"assay/internal/errkind"
	"assay/internal/store"
)

const (
	// busyTimeout is how long SQLite itself waits for another process's lock.
	busyTimeout = 30 * time.Second
	// retryFor bounds the tries begun after a lock was not had: some conflicts
	// (recovery after a crash, the switch to WAL) SQLite reports at once.
	retryFor = 2 * time.Minute
	// idleConns are kept open between calls; each costs its page cache (2 MB).
	idleConns = 4
)

// pragmas are set on every connection of the pool: SQLite keeps them for none
// but the connection they are set on.
var pragmas = []string{
	"busy_timeout(30000)", // busyTimeout in milliseconds; a test compares them
	"foreign_keys(1)",
	"synchronous(NORMAL)",
	"journal_size_limit(67108864)", // a large batch does not leave a large -wal for good
	"trusted_schema(0)",            // the file may come from anywhere
}

// A Store is a [store.Store] in an SQLite file. Use Open.
type Store struct {
	path     string
	readOnly bool
	db       *sql.DB
	closed   atomic.Bool
	// writing holds a token while a goroutine of ours writes. Waiting for it
	// is cheaper and fairer than for SQLite's lock, which is polled.
	writing chan struct{}
}

var _ store.Store = (*Store)(nil)

// Open opens the store in the file path, which is made when there is none;
// its folder must exist. A store of an older version of the program is brought
// up to date. A file of a newer version, a file that is no store or damaged,
// something else than a regular file (or a link to one), and a place that cannot
// be written are errors of kind Storage with a hint.
func Open(ctx context.Context, path string) (*Store, error) {
	if _, err := checkPlace(path); err != nil {
		return nil, err
	}
	if Protected(path) {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Storage, "open store %q: it, or its folder, may not be written", path),
			"you must be allowed to write to both; or name another file with --store")
	}
	return connect(ctx, path, "rwc")
}

// immutable is the mode of a file that nobody writes, for which SQLite needs no
// files beside it.
const immutable = "immutable"

// connect opens the file in one of SQLite's modes, or as immutable.
func connect(ctx context.Context, path, mode string) (*Store, error) {
	dsn, err := dataSource(path, mode)
	if err != nil {
		return nil, errkind.Errorf(errkind.Storage, "open store %q: %w", path, err)
	}
	connector, err := driver.NewConnector(dsn)
	if err != nil {
		return nil, errkind.Errorf(errkind.Internal, "open store %q: %w", path, err)
	}
	s := &Store{path: path, readOnly: mode != "rwc", db: sql.OpenDB(connector), writing: make(chan struct{}, 1)}
	s.db.SetMaxIdleConns(idleConns)
	if err := s.prepare(ctx); err != nil {
		return nil, s.fail(ctx, "open", errors.Join(err, s.db.Close()))
	}
	return s, nil
}

// dataSource is the driver's name for the file. Every character of path that
// means something in a URI is escaped.
func dataSource(path, mode string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	query := url.Values{
		"_pragma":    pragmas,
		"_txlock":    {"immediate"},
		"_defensive": {"1"},
		"_dqs":       {"0"},
		"_error_rc":  {"1"},
		"mode":       {mode},
	}
	if mode == immutable {
		query.Set("mode", "ro")
		query.Set("immutable", "1")
	}
	file := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query.Encode()}
	return file.String(), nil
}

// Close implements [store.Store].
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	if err := s.db.Close(); err != nil {
		return s.fail(context.Background(), "close", err)
	}
	return nil
}

// write runs f in a write transaction and commits it unless f fails. f runs
// again when the database was locked. op is for the message.
func (s *Store) write(ctx context.Context, op string, f func(*sql.Tx) error) error {
	return s.fail(ctx, op, s.transact(ctx, f))
}

func (s *Store) transact(ctx context.Context, f func(*sql.Tx) error) error {
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return retry(ctx, func() error {
		tx, err := s.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := f(tx); err != nil {
			// The rollback's own error would hide why it was needed, and the
			// connection is dropped when it fails.
			_ = tx.Rollback()
			return err
		}
		return tx.Commit()
	})
}

// retry runs f until it does not fail for a lock, within a bound.
func retry(ctx context.Context, f func() error) error {
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval = 10 * time.Millisecond
	wait.MaxInterval = time.Second
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		err := f()
		if err != nil && !locked(err) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(wait), backoff.WithMaxElapsedTime(retryFor))
	return err
}

// read runs a query and calls scan for each of its rows. An error of scan that
// a caller's callback returned is marked by called.
func (s *Store) read(ctx context.Context, op string, scan func(*sql.Rows) error, query string, args ...any) (err error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return s.fail(ctx, op, err)
	}
	defer func() {
		if closeErr := rows.Close(); err == nil && closeErr != nil {
			err = s.fail(ctx, op, closeErr)
		}
	}()
	// The driver notices the end of ctx in time of its own.
	for ctx.Err() == nil && rows.Next() {
		if err := scan(rows); err != nil {
			if callback, ok := errors.AsType[callbackError](err); ok {
				return callback.err
			}
			return s.fail(ctx, op, err)
		}
	}
	return s.fail(ctx, op, errors.Join(rows.Err(), ctx.Err()))
}

// A callbackError is what a caller's callback returned: it reaches the caller
// as it is.
type callbackError struct{ err error }

func (e callbackError) Error() string { return e.err.Error() }

// called marks the error of a callback.
func called(err error) error {
	if err == nil {
		return nil
	}
	return callbackError{err}
}
