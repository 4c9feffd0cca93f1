package sqlite

import (
	"context"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"assay/internal/errkind"
)

// fail turns an error met while doing op with the store into one of ours:
// here, and nowhere else, is known what SQLite's codes mean. nil stays nil.
func (s *Store) fail(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil {
		return errkind.Errorf(errkind.Canceled, "%s store %q: %w", op, s.path, cause)
	}
	wrapped := errkind.Errorf(errkind.Storage, "%s store %q: %w", op, s.path, err)
	if hint := s.hint(err); hint != "" {
		return errkind.WithHint(wrapped, "%s", hint)
	}
	return wrapped
}

// code is SQLite's primary result code of err, or 0.
func code(err error) int {
	var e *driver.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// locked reports whether err means that another connection was in the way, so
// that trying again can help.
func locked(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED
}

// hint says how to mend an error of the driver, or "".
func (s *Store) hint(err error) string {
	switch code(err) {
	case sqlite3.SQLITE_NOTADB:
		return "this file is no fact store: name another with --store"
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Sprintf("the store is damaged: move %q and its -wal and -shm away and run the survey again", s.path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return "the store's folder must exist, and you must be allowed to write to it and to the file; or name another file with --store"
	case sqlite3.SQLITE_FULL:
		return "the disk is full: make room and run the same command again; what was stored is kept"
	case sqlite3.SQLITE_IOERR:
		return "the disk failed or is full; what was stored is kept. A store does not belong on a network drive"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "another program holds the store: wait for it, or end it, and run the same command again"
	}
	return ""
}
