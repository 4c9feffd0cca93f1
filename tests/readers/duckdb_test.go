package readers

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // the driver
)

// open opens a DuckDB in memory.
func open(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// loaded loads the exports with their own statements, each into a schema with the name
// of its format. DuckDB reads SQLite by an extension, which it would have to fetch.
func loaded(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db := open(t)
	for _, f := range formats[:3] {
		text, err := os.ReadFile(filepath.Join(dir, f, "load.sql"))
		if err != nil {
			t.Fatal(err)
		}
		t.Chdir(filepath.Join(dir, f))
		if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+f+"; SET schema = '"+f+"';\n"+string(text)); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
	}
	return db
}

// kindsOfDuckDB are the kinds that its types stand for.
var kindsOfDuckDB = map[string]string{
	"VARCHAR": "text", "DATE": "date", "BIGINT": "integer", "DOUBLE": "real", "BOOLEAN": "boolean", "VARCHAR[]": "list", "JSON": "json",
}

// byDuckDB measures the tables of a schema.
func byDuckDB(t *testing.T, db *sql.DB, schema string, tables []*table) map[string]*measured {
	t.Helper()
	found := map[string]*measured{}
	for _, table := range tables {
		found[table.Name] = measure(t, db, schema+`."`+table.Name+`"`, table)
	}
	return found
}

// byDuckDBParquet measures the files themselves, with the types that they say.
func byDuckDBParquet(t *testing.T, dir string, tables []*table) map[string]*measured {
	t.Helper()
	found, db := map[string]*measured{}, open(t)
	for _, table := range tables {
		found[table.Name] = measure(t, db, "read_parquet('"+filepath.Join(dir, table.Name+".parquet")+"')", table)
	}
	return found
}

// measure measures what from gives.
func measure(t *testing.T, db *sql.DB, from string, table *table) *measured {
	t.Helper()
	m := &measured{Columns: map[string]*column{}}
	rows, err := db.QueryContext(t.Context(), "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM "+from+")")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			t.Fatal(err)
		}
		m.Columns[name] = &column{Kind: kind}
		if k := kindsOfDuckDB[kind]; k != "" {
			m.Columns[name].Kind = k
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	parts, to := []string{"count(*)"}, []any{&m.Rows}
	for _, c := range table.Columns {
		name := `"` + c.Name + `"`
		if m.Columns[c.Name] == nil {
			continue // compare complains
		}
		parts = append(parts, "count(*) - count("+name+")", fmt.Sprintf("coalesce(sum(%s)::DOUBLE, 0)", ofDuckDB(c.Kind, name)))
		to = append(to, &m.Columns[c.Name].Nulls, &m.Columns[c.Name].Sum)
	}
	if err := db.QueryRowContext(t.Context(), "SELECT "+strings.Join(parts, ", ")+" FROM "+from).Scan(to...); err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	return m
}

// ofDuckDB is what a column measures, in SQL.
func ofDuckDB(kind, name string) string {
	switch kind {
	case "text":
		return "length(" + name + ")"
	case "date":
		return "date_diff('day', DATE '1970-01-01', " + name + ")"
	case "list":
		return "len(" + name + ") + coalesce(list_sum(list_transform(" + name + ", lambda x: length(x))), 0)"
	case "json":
		return "json_valid(" + name + ")::INTEGER"
	case "boolean":
		return name + "::INTEGER"
	}
	return name
}

// same holds the rows of the formats against one another, one by one: what CSV escapes
// comes back.
func same(t *testing.T, db *sql.DB, tables []*table) {
	t.Helper()
	for _, table := range tables {
		for _, f := range formats[1:3] {
			for _, pair := range [][2]string{{"csv", f}, {f, "csv"}} {
				var rows int64
				query := fmt.Sprintf(`SELECT count(*) FROM (FROM %s."%s" EXCEPT ALL FROM %s."%s")`, pair[0], table.Name, pair[1], table.Name)
				if err := db.QueryRowContext(t.Context(), query).Scan(&rows); err != nil {
					t.Fatal(err)
				}
				if rows != 0 {
					t.Errorf("%s: %d rows of %s are not in %s", table.Name, rows, pair[0], pair[1])
				}
			}
		}
	}
}
