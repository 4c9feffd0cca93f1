package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"assay/internal/errkind"
)

// Migrations are numbered from 0001 without a gap. One that was released is
// never edited: add the next, and run the tests with -update to bring
// schema.sql in step.
//
//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks an SQLite file as a fact store: "ASSY" in ASCII.
const applicationID = 0x41535359

// A migration is one step of the schema.
type migration struct {
	version int
	sql     string
}

// loadMigrations reads the migrations of a folder in order. A gap or clash in
// their numbers is an error.
func loadMigrations(folder fs.FS) ([]migration, error) {
	names, err := fs.Glob(folder, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	all := make([]migration, 0, len(names))
	for i, name := range names {
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		version, err := strconv.Atoi(number)
		if err != nil || len(number) != 4 || version != i+1 {
			return nil, fmt.Errorf("migration %q: its number should be %04d", name, i+1)
		}
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{version, string(text)})
	}
	return all, nil
}

// prepare checks that the file is ours and brings its schema up to date.
func (s *Store) prepare(ctx context.Context) error {
	steps, err := loadMigrations(migrations)
	if err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.db)
	if err != nil {
		return err
	}
	if err := s.plain(ctx); err != nil {
		return err
	}
	if version == len(steps) {
		return nil
	}
	if version > len(steps) {
		return tooNew(version, len(steps))
	}
	if s.readOnly {
		return tooOld(version, len(steps))
	}
	// The mode is kept in the file. Where the file system cannot do WAL the
	// answer is another mode: slower, no less safe.
	err = retry(ctx, func() error {
		_, err := s.db.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		return err
	})
	if err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error { return migrate(ctx, tx, steps) })
}

// plain refuses a store that does something by itself: a trigger could take away what is
// written, and a view say what nobody wrote. Ours has neither.
func (s *Store) plain(ctx context.Context) error {
	var kind, name string
	err := s.db.QueryRowContext(ctx, "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name LIMIT 1").Scan(&kind, &name)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return errkind.WithHint(errkind.Errorf(errkind.Storage, "it has a %s, %q, which is not ours", kind, name),
		"whoever made it can change what the store says: survey into a new one with --store")
}

// migrate does the steps that are missing. Another process may have done them
// since prepare looked.
func migrate(ctx context.Context, tx *sql.Tx, steps []migration) error {
	version, err := schemaVersion(ctx, tx)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return tooNew(version, len(steps))
	}
	for _, step := range steps[version:] {
		// Pragmas take no arguments; both values are ours.
		mark := fmt.Sprintf("\nPRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, step.version)
		if _, err := tx.ExecContext(ctx, step.sql+mark); err != nil {
			return fmt.Errorf("migration %04d: %w", step.version, err)
		}
	}
	return nil
}

// A queryer is a database or a transaction in it.
type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// schemaVersion is the number of migrations done, 0 for an empty database. A
// database of another program is an error.
func schemaVersion(ctx context.Context, q queryer) (int, error) {
	var app, version, tables int
	err := q.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id, pragma_user_version`).Scan(&app, &version, &tables)
	switch {
	case err != nil:
		return 0, err
	case app == applicationID:
		return version, nil
	case app == 0 && version == 0 && tables == 0:
		return 0, nil
	}
	return 0, errkind.WithHint(errkind.Errorf(errkind.Storage, "it is an SQLite database of another program"),
		"name another file with --store")
}

func tooOld(version, known int) error {
	err := errkind.Errorf(errkind.Storage, "its schema has version %d and must be brought to %d, and it may not be written", version, known)
	return errkind.WithHint(err, "copy it to where you may write, and name the copy with --store")
}

func tooNew(version, known int) error {
	err := errkind.Errorf(errkind.Storage, "its schema has version %d, this program knows up to %d", version, known)
	return errkind.WithHint(err, "use the newer version of the program that wrote it, or name another file with --store")
}
