package sqlite

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write schema.sql anew")

// TestSchema keeps schema.sql equal to what the migrations lead to.
func TestSchema(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "facts.db"))
	var b strings.Builder
	b.WriteString("-- The schema that the migrations lead to. Written by: go test ./internal/store/sqlite -update\n")
	rows, err := s.db.QueryContext(t.Context(), `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var sql string
		if err := rows.Scan(&sql); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n" + sql + ";\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.sql", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("schema.sql is out of step, run with -update (-file +database):\n%s", diff)
	}
}

// TestMigrationNumbers: a gap or a clash is found, and ours have none.
func TestMigrationNumbers(t *testing.T) {
	t.Parallel()
	steps, err := loadMigrations(migrations)
	if err != nil || len(steps) == 0 {
		t.Errorf("%d migrations, %v", len(steps), err)
	}
	file := &fstest.MapFile{Data: []byte("SELECT 1;")}
	tests := []struct {
		name  string
		files fstest.MapFS
	}{
		{"gap", fstest.MapFS{"migrations/0001_a.sql": file, "migrations/0003_b.sql": file}},
		{"clash", fstest.MapFS{"migrations/0001_a.sql": file, "migrations/0001_b.sql": file}},
		{"late start", fstest.MapFS{"migrations/0002_a.sql": file}},
		{"no number", fstest.MapFS{"migrations/first.sql": file}},
		{"short number", fstest.MapFS{"migrations/1_a.sql": file}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if steps, err := loadMigrations(tt.files); err == nil {
				t.Errorf("accepted as %v", steps)
			}
		})
	}
}

// TestPlans: the look-ups of many keys use an index and sort nothing.
func TestPlans(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "facts.db"))
	for _, query := range []string{getFacts, getResolutions, eachFact} {
		rows, err := s.db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, "[]")
		if err != nil {
			// A query without a parameter.
			rows, err = s.db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query)
		}
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		var plan []string
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, detail)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "; ")
		if strings.Contains(text, "TEMP B-TREE") || !strings.Contains(text, "INDEX") && !strings.Contains(text, "PRIMARY KEY") {
			t.Errorf("%s\nis planned as: %s", query, text)
		}
	}
}

// TestBodiesAreQueryable: the query of the package comment works.
func TestBodiesAreQueryable(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "facts.db"))
	put(t, s, "example.org/a/b", `{"cells":[{"language":"Rust","bytes":5,"counted":true},{"language":"Rust","bytes":7,"counted":true},{"language":"Rust","bytes":11,"counted":false}]}`)
	source, err := os.ReadFile("sqlite.go")
	if err != nil {
		t.Fatal(err)
	}
	var query []string
	for line := range strings.Lines(string(source)) {
		if sql, ok := strings.CutPrefix(line, "//\t"); ok && (strings.HasPrefix(sql, "SELECT") || len(query) > 0) {
			query = append(query, sql)
		}
	}
	var repo, language string
	var bytes int
	if err := s.db.QueryRowContext(t.Context(), strings.Join(query, "")).Scan(&repo, &language, &bytes); err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(query, ""))
	}
	if repo != "example.org/a/b" || language != "Rust" || bytes != 12 {
		t.Errorf("got %s, %s, %d", repo, language, bytes)
	}
}
