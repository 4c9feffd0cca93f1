package sqlite

import (
	"context"
	"database/sql/driver"
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
	conn, err := db.Conn(ctx)
	if err != nil {
		return f.fail("write", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(raw any) error {
		c, ok := raw.(connection)
		if !ok {
			return errkind.Errorf(errkind.Internal, "data set %q: the driver lacks what writing needs", path)
		}
		s := &sink{ctx: ctx, file: f, conn: c, inserts: map[string]*inserter{}}
		return errors.Join(s.write(tables, rows), s.close())
	})
}

// A connection is what rows are written through: the driver's own, because what
// database/sql and a context that may end add to each row costs as much as the row.
type connection interface {
	driver.ExecerContext
	driver.ConnPrepareContext
}

// A sink puts rows into a database.
type sink struct {
	ctx     context.Context //nolint:containedctx // it lives as long as the call
	file    *File
	conn    connection
	inserts map[string]*inserter
}

// An inserter puts rows into a table.
type inserter struct {
	stmt driver.Stmt
	exec driver.StmtExecContext // the same
	args []driver.NamedValue
}

// write makes the tables and puts the rows into them.
func (s *sink) write(tables []*dataset.Table, rows func(dataset.Sink) error) error {
	if err := s.do("BEGIN"); err != nil {
		return err
	}
	for _, t := range tables {
		if err := s.do(Create(t)); err != nil {
			return err
		}
	}
	if err := rows(s); err != nil {
		return err // nobody sees the file
	}
	return s.do("COMMIT")
}

// do runs a statement.
func (s *sink) do(statement string) error {
	_, err := s.conn.ExecContext(s.ctx, statement, nil)
	return s.file.fail("write", err)
}

// Put implements [dataset.Sink].
func (s *sink) Put(t *dataset.Table, values []any) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	in, err := s.inserter(t)
	if err != nil {
		return err
	}
	for i, v := range values {
		in.args[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	if _, err := in.exec.ExecContext(context.Background(), in.args); err != nil {
		return errkind.Errorf(errkind.Storage, "write data set %q: %s %v: %w", s.file.path, t.Name, values[:min(4, len(values))], err)
	}
	return nil
}

// inserter gives what puts rows into a table.
func (s *sink) inserter(t *dataset.Table) (*inserter, error) {
	if in := s.inserts[t.Name]; in != nil {
		return in, nil
	}
	stmt, err := s.conn.PrepareContext(s.ctx, insert(t))
	if err != nil {
		return nil, s.file.fail("write", err)
	}
	exec, ok := stmt.(driver.StmtExecContext)
	if !ok {
		return nil, errkind.Errorf(errkind.Internal, "data set %q: the driver lacks what writing needs", s.file.path)
	}
	in := &inserter{stmt: stmt, exec: exec, args: make([]driver.NamedValue, len(t.Columns))}
	s.inserts[t.Name] = in
	return in, nil
}

// close releases the statements.
func (s *sink) close() (err error) {
	for _, in := range s.inserts {
		err = errors.Join(err, in.stmt.Close())
	}
	return s.file.fail("write", err)
}
