package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/store"
)

// A part is a table of which every row carries a checksum. Its query gives the
// columns that the checksum is over, then it; they are read from the table, not
// from an index.
type part struct {
	what, query string
	// name says which row it is, by its columns.
	name func(columns []any) store.Damage
}

var parts = []part{
	{"fact", `SELECT repo, revision, collector, version, body, sum FROM fact NOT INDEXED ORDER BY id`, func(c []any) store.Damage {
		version, _ := c[3].(int64)
		k := fact.Key{Repo: fact.RepoID(fmt.Sprint(c[0])), Revision: fmt.Sprint(c[1]), Collector: fmt.Sprint(c[2]), Version: int(version)}
		return store.Damage{Name: store.Name(k), Fact: k}
	}},
	{"survey", `SELECT as_of, landscape, evidence, projects, repositories, measured, failed, body, sum FROM survey NOT INDEXED ORDER BY id`, func(c []any) store.Damage {
		return store.Damage{Name: fmt.Sprintf("as of %v of landscape %v", c[0], c[1]), AsOf: fact.Date(fmt.Sprint(c[0]))}
	}},
	{"secret", `SELECT name, value, sum FROM secret`, func(c []any) store.Damage { return store.Damage{Name: fmt.Sprint(c[0])} }},
	{"resolution", `SELECT repo, as_of, refs, rule, revision, sum FROM resolution`, func(c []any) store.Damage {
		return store.Damage{Name: fmt.Sprintf("of %v as of %v", c[0], c[1])}
	}},
	{"reading", `SELECT repo, body, sum FROM reading NOT INDEXED`, func(c []any) store.Damage { return store.Damage{Name: fmt.Sprintf("of %v", c[0])} }},
}

// Damaged implements [store.Store]. SQLite's own check comes last: it finds what
// lies between the rows.
func (s *Store) Damaged(ctx context.Context, f func(store.Damage) error) error {
	for _, p := range parts {
		err := s.read(ctx, "check", func(rows *sql.Rows) error {
			columns, err := scanAny(rows)
			if err != nil {
				return err
			}
			last := len(columns) - 1
			if intact(columns[last], columns[:last]...) {
				return nil
			}
			d := p.name(columns)
			d.What = p.what
			return called(f(d))
		}, p.query)
		if err != nil {
			return err
		}
	}
	return s.read(ctx, "check", func(rows *sql.Rows) error {
		var says string
		if err := rows.Scan(&says); err != nil || says == "ok" {
			return err
		}
		return called(f(store.Damage{What: "file", Name: says}))
	}, fmt.Sprintf("PRAGMA integrity_check(%d)", limit.StoreComplaints))
}

// scanAny gives the columns of a row, whatever they hold.
func scanAny(rows *sql.Rows) ([]any, error) {
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	columns, into := make([]any, len(names)), make([]any, len(names))
	for i := range columns {
		into[i] = &columns[i]
	}
	return columns, rows.Scan(into...)
}
