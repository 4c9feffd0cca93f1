package readers

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A measured table is what a reader sees of it.
type measured struct {
	Rows    int64              `json:"rows"`
	Columns map[string]*column `json:"columns"`
}

// A column is measured by a sum over what is not null: of figures, of days since 1970,
// of true values, of characters, of elements of a list and their characters.
type column struct {
	Kind  string  `json:"kind"`
	Nulls int64   `json:"nulls"`
	Sum   float64 `json:"sum"`
}

// A table is a table of the dictionary.
type table struct {
	Name    string `json:"name"`
	Columns []struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
		Key  bool   `json:"key"`
	} `json:"columns"`
}

// root is the root of the repository.
const root = "../.."

// run runs a program and gives what it prints.
func run(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said.String())
	}
	return out
}

// program builds assay.
func program(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(t.TempDir(), "assay"))
	if err != nil {
		t.Fatal(err)
	}
	run(t, root, "go", "build", "-buildvcs=false", "-o", path, "./cmd/assay")
	return path
}

// example surveys the example landscape, and gives the store.
func example(t *testing.T, assay string) string {
	t.Helper()
	dir := t.TempDir()
	mirrors, store := filepath.Join(dir, "mirrors"), filepath.Join(dir, "facts.db")
	run(t, root, "go", "run", "./examples/demo", mirrors)
	run(t, dir, assay, "survey", "--landscape", filepath.Join(mirrors, "code.lantern.example/lantern/landscape.git"), "--as-of", "2025-06-30",
		"--mirror-from", mirrors, "--mirrors", filepath.Join(dir, "own"), "--offline", "--store", store)
	return store
}

// formats are those of exports.
var formats = []string{"csv", "jsonl", "parquet", "sqlite"}

// exported exports a store in every format, below dir.
func exported(t *testing.T, assay, store, dir string) {
	t.Helper()
	for _, f := range formats {
		run(t, ".", assay, "export", "--store", store, "-o", filepath.Join(dir, f), "--format", f)
		run(t, filepath.Join(dir, f), "sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS")
	}
}

// All readers see the same.
func TestReadersAgree(t *testing.T) {
	t.Setenv("ASSAY_CONFIG", os.DevNull)
	given := os.Getenv("ASSAY_STORE")
	t.Setenv("ASSAY_STORE", "")
	assay := program(t)
	var tables []*table
	if err := json.Unmarshal(run(t, ".", assay, "dictionary", "--json"), &tables); err != nil || len(tables) == 0 {
		t.Fatalf("dictionary: %d tables, %v", len(tables), err)
	}
	stores := map[string]string{"example": example(t, assay), "hostile": hostile(t, assay)}
	if given != "" {
		stores["given"] = given
	}
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			exported(t, assay, store, dir)
			if name != "given" { // a survey of hundreds of projects takes it minutes
				packaged(t, filepath.Join(dir, "csv"))
			}
			seen := map[string]map[string]*measured{
				"hyparquet":   byHyparquet(t, filepath.Join(dir, "parquet"), tables),
				"sqlite3":     bySQLite(t, filepath.Join(dir, "sqlite", "dataset.db"), tables),
				"duckdb/file": byDuckDBParquet(t, filepath.Join(dir, "parquet"), tables),
			}
			duck := loaded(t, dir)
			for _, f := range formats[:3] {
				seen["duckdb/"+f] = byDuckDB(t, duck, f, tables)
			}
			same(t, duck, tables)
			compare(t, tables, seen)
		})
	}
}

// packaged reads an export in CSV by its data package, with Frictionless.
func packaged(t *testing.T, dir string) {
	t.Helper()
	t.Logf("datapackage.json: %s", strings.TrimSpace(string(run(t, ".", "node", "package.mjs", dir))))
}

// compare holds what every reader saw against the others and the dictionary.
func compare(t *testing.T, tables []*table, seen map[string]map[string]*measured) {
	t.Helper()
	rows, figures := int64(0), 0
	for _, table := range tables {
		want := seen["duckdb/csv"][table.Name]
		rows += want.Rows
		for reader, found := range seen {
			got := found[table.Name]
			if got.Rows != want.Rows || len(got.Columns) != len(table.Columns) {
				t.Errorf("%s: %s sees %d rows of %d columns, want %d of %d", table.Name, reader, got.Rows, len(got.Columns), want.Rows, len(table.Columns))
				continue
			}
			for _, c := range table.Columns {
				g, w := got.Columns[c.Name], want.Columns[c.Name]
				if g == nil || g.Kind != c.Kind || g.Nulls != w.Nulls || !near(c.Kind, g.Sum, w.Sum) {
					t.Errorf("%s.%s is %s: %s sees %+v, want %+v", table.Name, c.Name, c.Kind, reader, g, w)
				}
				figures++
			}
		}
	}
	if rows == 0 || figures == 0 {
		t.Fatal("nothing was read")
	}
	t.Logf("%d rows, %d columns of %d readers", rows, figures, len(seen))
}

// near compares sums: those of real figures depend on their order.
func near(kind string, a, b float64) bool {
	if kind != "real" {
		return a == b
	}
	return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b), 1)
}

// names are the names of tables.
func names(tables []*table) []string {
	var all []string
	for _, t := range tables {
		all = append(all, t.Name)
	}
	return all
}

// byHyparquet measures files of Parquet with hyparquet.
func byHyparquet(t *testing.T, dir string, tables []*table) map[string]*measured {
	t.Helper()
	found := map[string]*measured{}
	out := run(t, ".", "node", append([]string{"parquet.mjs", dir}, names(tables)...)...)
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	return found
}
