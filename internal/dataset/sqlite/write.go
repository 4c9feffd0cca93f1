package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"assay/internal/dataset"
	"assay/internal/errkind"
)

// pragmas of a file that is being written: nobody else sees it before it is whole, so
// that it needs no journal.
var pragmas = []string{"journal_mode(OFF)", "synchronous(OFF)", "locking_mode(EXCLUSIVE)", "page_size(4096)", "trusted_schema(0)"}

// Write makes a data set in the file path, in place of what is there: rows puts the rows
// of tables into the sink. The file is there whole or not at all.
func Write(ctx context.Context, path string, tables []*dataset.Table, rows func(dataset.Sink) error) (err error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // who clears the shelf finds what stays
	name := filepath.Join(dir, "set")
	if err := fill(ctx, name, tables, rows); err != nil {
		return err
	}
	if err := seal(name); err != nil {
		return errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	}
	if err := os.Rename(name, path); err != nil {
		return errkind.Errorf(errkind.Storage, "data set %q: %w", path, err)
	}
	return nil
}

// fill writes the tables into an empty file.
func fill(ctx context.Context, path string, tables []*dataset.Table, rows func(dataset.Sink) error) (err error) {
	db, err := connect(path, url.Values{"mode": {"rwc"}, "_pragma": pragmas})
	if err != nil {
		return err
	}
	f := &File{path: path, db: db}
	defer func() { err = errors.Join(err, f.Close()) }()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return f.fail("write", err)
	}
	s := &sink{ctx: ctx, file: f, tx: tx, inserts: map[string]*sql.Stmt{}}
	for _, t := range tables {
		if _, err := tx.ExecContext(ctx, Create(t)); err != nil {
			return f.fail("write", errors.Join(err, tx.Rollback()))
		}
	}
	if err := rows(s); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return f.fail("write", tx.Commit())
}

// A sink puts rows into a database.
type sink struct {
	ctx     context.Context //nolint:containedctx // it lives as long as the call
	file    *File
	tx      *sql.Tx
	inserts map[string]*sql.Stmt
}

// Put implements [dataset.Sink].
func (s *sink) Put(t *dataset.Table, values []any) error {
	stmt := s.inserts[t.Name]
	if stmt == nil {
		var err error
		if stmt, err = s.tx.PrepareContext(s.ctx, insert(t)); err != nil {
			return s.file.fail("write", err)
		}
		s.inserts[t.Name] = stmt
	}
	if _, err := stmt.ExecContext(s.ctx, values...); err != nil {
		return errkind.Errorf(errkind.Storage, "write data set %q: %s %v: %w", s.file.path, t.Name, values[:min(4, len(values))], err)
	}
	return nil
}
