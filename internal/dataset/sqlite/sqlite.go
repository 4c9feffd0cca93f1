// Package sqlite keeps a data set in an SQLite file, which is written once and whole
// and never changed.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	driver "modernc.org/sqlite"

	"assay/internal/dataset"
	"assay/internal/errkind"
)

// A File is a data set in a file. Use Open.
type File struct {
	path string
	db   *sql.DB

	mu sync.Mutex
	// ready are questions that were asked before, which SQLite need not read again.
	ready map[string]*sql.Stmt
}

// Open opens the data set in the file path for reading. A file that is not there is
// errkind.NotFound, one that is not as it was written errkind.Storage.
func Open(ctx context.Context, path string) (*File, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errkind.Errorf(errkind.NotFound, "there is no data set at %q", path)
	case err != nil:
		return nil, errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	case !info.Mode().IsRegular():
		return nil, errkind.Errorf(errkind.Storage, "data set %q: it is no regular file", path)
	}
	if err := sealed(path); err != nil {
		return nil, err
	}
	db, err := connect(path, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {"trusted_schema(0)", "query_only(1)", "cache_size(-512)"}})
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(keptOpen)
	f := &File{path: path, db: db, ready: map[string]*sql.Stmt{}}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(f.fail("open", err), db.Close())
	}
	return f, nil
}

// connect gives the database in a file.
func connect(path string, query url.Values) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	}
	query.Set("_defensive", "1")
	query.Set("_dqs", "0")
	dsn := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query.Encode()}
	connector, err := driver.NewConnector(dsn.String())
	if err != nil {
		return nil, errkind.Errorf(errkind.Internal, "data set %q: %w", path, err)
	}
	return sql.OpenDB(connector), nil
}

func (f *File) fail(op string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return errkind.Errorf(errkind.Storage, "%s data set %q: %w", op, f.path, err)
}

// Close releases the file.
func (f *File) Close() error { return f.fail("close", f.db.Close()) }

// keptOpen is how many connections wait for the next question.
const keptOpen = 8

// keptReady is how many questions are kept ready. Half of them are those that the program
// itself asks: in a question for a page, others choose the columns.
const keptReady = 256

// plainly is how many values a question may have that is kept ready: of longer ones each
// length is one of its own.
const plainly = 8

// prepared is a question made ready; nil for one that is asked too seldom.
func (f *File) prepared(ctx context.Context, query string, values int, page bool) (*sql.Stmt, error) {
	room := keptReady
	if page {
		room /= 2
	}
	if values > plainly {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.ready[query]; s != nil || len(f.ready) >= room {
		return s, nil
	}
	s, err := f.db.PrepareContext(ctx, query) //nolint:sqlclosecheck // it is closed with the database
	if err == nil {
		f.ready[query] = s
	}
	return s, err
}

// Select implements [dataset.Keeper].
func (f *File) Select(ctx context.Context, t *dataset.Table, where map[string][]any, row func([]any) error) error {
	return f.Page(ctx, t, dataset.Page{Where: where}, row)
}

// rows asks for rows.
func (f *File) rows(ctx context.Context, query string, args []any, page bool) (*sql.Rows, error) {
	ready, err := f.prepared(ctx, query, len(args), page) //nolint:sqlclosecheck // it stays ready
	switch {
	case err != nil:
		return nil, err
	case ready != nil:
		return ready.QueryContext(ctx, args...)
	}
	return f.db.QueryContext(ctx, query, args...)
}

// Page implements [dataset.Pager].
func (f *File) Page(ctx context.Context, t *dataset.Table, p dataset.Page, row func([]any) error) (err error) {
	query, args := choose(t, p)
	rows, err := f.rows(ctx, query, args, p.Limit > 0)
	if err != nil {
		return f.fail("read", err)
	}
	defer func() { err = errors.Join(err, f.fail("read", rows.Close())) }()
	values, to := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		to[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return f.fail("read", err)
		}
		if err := row(values); err != nil {
			return err
		}
	}
	return f.fail("read", errors.Join(rows.Err(), ctx.Err()))
}
