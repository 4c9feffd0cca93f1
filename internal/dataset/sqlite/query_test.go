package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/dataset"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
)

// set is a data set of invented facts.
func set(t *testing.T) (f *sqlite.File, path string) {
	t.Helper()
	l, err := profile.Of(findingtest.Facts(), finding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "set.db")
	err = sqlite.Write(t.Context(), path, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) })
	if err != nil {
		t.Fatal(err)
	}
	if f, err = sqlite.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, path
}

func TestQuery(t *testing.T) {
	t.Parallel()
	f, _ := set(t)
	for question, want := range map[string][][]any{
		"SELECT 1": {{int64(1)}},
		"SELECT name FROM project WHERE name = 'Ferrobase'; -- a comment; and more": {{"Ferrobase"}},
		"/* first */ WITH a AS (SELECT 'x;y' AS s) SELECT s, NULL, 0, '[]', 1.5 FROM a": {{
			"x;y", nil, int64(0), "[]", 1.5,
		}},
		"VALUES (x'c0ffee')": {{"c0ffee"}},
		"SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n)": {{int64(100)}},
		"SELECT value FROM json_each('[\"a\"]')": {{"a"}},
		"SELECT name FROM project WHERE 1 = 0":   {},
	} {
		got, err := f.Query(t.Context(), question, 10)
		if err != nil {
			t.Errorf("%s: %v", question, err)
			continue
		}
		if diff := cmp.Diff(want, got.Rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", question, diff)
		}
	}
}

// A question has as many rows as were asked for, and says when there are more.
func TestQueryIsCut(t *testing.T) {
	t.Parallel()
	f, _ := set(t)
	all, err := f.Query(t.Context(), "SELECT id FROM project", 1000)
	if err != nil || all.Cut {
		t.Fatalf("%+v, %v", all, err)
	}
	for rows, cut := range map[int]bool{0: true, 2: true, len(all.Rows): false} {
		got, err := f.Query(t.Context(), "SELECT id FROM project", rows)
		if err != nil || got.Cut != cut || len(got.Rows) != rows {
			t.Errorf("%d rows of %d: %d, cut %t, %v", rows, len(all.Rows), len(got.Rows), got.Cut, err)
		}
	}
}

// Nothing but reading the tables of the dictionary is possible, and a question cannot
// take the machine.
func TestQueryIsConfined(t *testing.T) {
	t.Parallel()
	f, path := set(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere.db")
	for question, kind := range map[string]errkind.Kind{
		"":                              errkind.Usage,
		";":                             errkind.Usage,
		"-- nothing":                    errkind.Usage,
		"DELETE FROM project":           errkind.Usage,
		"SELECT 1; DELETE FROM project": errkind.Usage,
		"SELECT 1;;SELECT 2":            errkind.Usage,
		"WITH a AS (SELECT 1) DELETE FROM project":                         errkind.Usage,
		"WITH a AS (SELECT 1) INSERT INTO project SELECT * FROM a":         errkind.Usage,
		"ATTACH '" + elsewhere + "' AS x":                                  errkind.Usage,
		"PRAGMA query_only = 0":                                            errkind.Usage,
		"EXPLAIN PRAGMA query_only = 0":                                    errkind.Usage,
		"SELECT * FROM pragma_database_list":                               errkind.Usage,
		"SELECT * FROM pragma_table_info('project')":                       errkind.Usage,
		"VACUUM INTO '" + elsewhere + "'":                                  errkind.Usage,
		"SELECT body FROM answer":                                          errkind.Usage,
		"SELECT (SELECT count(*) FROM answer)":                             errkind.Usage,
		"SELECT load_extension('x')":                                       errkind.Usage,
		"SELECT writefile('" + elsewhere + "', 'x')":                       errkind.Usage,
		"SELECT * FROM dbstat":                                             errkind.Usage,
		"SELECT nothing FROM project":                                      errkind.Usage,
		"SELECT 1 FROM":                                                    errkind.Usage,
		"SELECT 1\x00":                                                     errkind.Usage,
		"SELECT 1 " + strings.Repeat(" ", 70<<10):                          errkind.Limit,
		"SELECT zeroblob(1000000000)":                                      errkind.Limit,
		"SELECT replace(hex(zeroblob(1000000)), '0', hex(zeroblob(1000)))": errkind.Limit,
		"WITH RECURSIVE n(i, s) AS (SELECT 1, hex(zeroblob(100000)) UNION ALL SELECT i + 1, s || i FROM n WHERE i < 100000) SELECT s FROM n": errkind.Limit,
		"SELECT 1" + strings.Repeat("+1", 500): errkind.Usage,
	} {
		if _, err := f.Query(t.Context(), question, 100_000); errkind.Of(err) != kind {
			t.Errorf("%.80s: %v, want an error of kind %s", question, err, kind)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil || string(after) != string(before) {
		t.Errorf("the data set has changed, %v", err)
	}
	if _, err := os.Stat(elsewhere); err == nil {
		t.Error("a file was written")
	}
}

// A question ends with its caller's patience.
func TestQueryEnds(t *testing.T) {
	t.Parallel()
	f, _ := set(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Query(ctx, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", 1); err == nil {
		t.Error("a question that has no end was answered")
	}
}
