package readers

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// bySQLite measures a database with sqlite3.
func bySQLite(t *testing.T, path string, tables []*table) map[string]*measured {
	t.Helper()
	found := map[string]*measured{}
	for _, table := range tables {
		var parts []string
		for i, c := range table.Columns {
			name := `"` + c.Name + `"`
			parts = append(parts, fmt.Sprintf("count(*)-count(%s) AS n%d, total(%s) AS s%d, group_concat(DISTINCT typeof(%s)) AS t%d",
				name, i, ofSQLite(c.Kind, name), i, name, i))
		}
		var rows []map[string]any
		query := "SELECT count(*) AS n, " + strings.Join(parts, ", ") + ` FROM "` + table.Name + `"`
		if err := json.Unmarshal(run(t, ".", "sqlite3", "-readonly", "-json", path, query), &rows); err != nil || len(rows) != 1 {
			t.Fatalf("%s: %v", table.Name, err)
		}
		m := &measured{Rows: int64(rows[0]["n"].(float64)), Columns: map[string]*column{}}
		for i, c := range table.Columns {
			got := &column{Nulls: int64(rows[0][fmt.Sprint("n", i)].(float64)), Sum: rows[0][fmt.Sprint("s", i)].(float64), Kind: c.Kind}
			types, _ := rows[0][fmt.Sprint("t", i)].(string)
			for kind := range strings.SplitSeq(types, ",") {
				if kind != "null" && kind != "" && kind != typesOfSQLite[c.Kind] {
					got.Kind = kind
				}
			}
			m.Columns[c.Name] = got
		}
		found[table.Name] = m
	}
	return found
}

// typesOfSQLite are what SQLite has for the kinds of columns.
var typesOfSQLite = map[string]string{
	"text": "text", "date": "text", "integer": "integer", "real": "real", "boolean": "integer", "list": "text", "json": "text",
}

// ofSQLite is what a column measures, in SQL.
func ofSQLite(kind, name string) string {
	switch kind {
	case "text":
		return "length(" + name + ")"
	case "date":
		return "julianday(" + name + ") - 2440587.5"
	case "list":
		return "(SELECT count(*) + total(length(value)) FROM json_each(" + name + ")) * (" + name + " IS NOT NULL)"
	case "json":
		return "json_valid(" + name + ")"
	}
	return name
}
