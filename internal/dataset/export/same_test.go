package export_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/internal/dataset"
	"assay/internal/dataset/csv"
	"assay/internal/dataset/describe"
	"assay/internal/dataset/sqlite"
)

// rows are the rows of a table as a form gives them back: lists are []string, JSON is
// what it stands for, all else as it was put in.
type rows [][]any

// readers read a table of an export.
var readers = map[describe.Format]func(t *testing.T, dir string, table *dataset.Table) rows{
	describe.CSV: readCSV, describe.JSONL: readJSONL, describe.Parquet: readParquet, describe.SQLite: readSQLite,
}

// put is what the sink was given of a table.
func put(t *testing.T, set *dataset.Set, table *dataset.Table) rows {
	t.Helper()
	var all rows
	err := set.Copy(t.Context(), []*dataset.Table{table}, sinkFunc(func(values []any) {
		row := make([]any, 0, len(values))
		for i, v := range values {
			row = append(row, meant(t, &table.Columns[i], v))
		}
		all = append(all, row)
	}))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

type sinkFunc func(values []any)

func (f sinkFunc) Put(_ *dataset.Table, values []any) error {
	f(values)
	return nil
}

// meant is what a value means: lists and JSON are kept as texts.
func meant(t *testing.T, c *dataset.Column, v any) any {
	t.Helper()
	text, ok := v.(string)
	if !ok || c.Kind != dataset.List && c.Kind != dataset.JSON {
		return v
	}
	var x any
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return x
}

func readCSV(t *testing.T, dir string, table *dataset.Table) rows {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, table.Name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	r := stdcsv.NewReader(bytes.NewReader(data))
	header, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range table.Columns {
		if header[i] != c.Name {
			t.Errorf("%s: the header has %q, want %q", table.Name, header[i], c.Name)
		}
	}
	var all rows
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		row := make([]any, 0, len(cells))
		for i, cell := range cells {
			row = append(row, fromCSV(t, &table.Columns[i], cell))
		}
		all = append(all, row)
	}
}

func fromCSV(t *testing.T, c *dataset.Column, cell string) any {
	t.Helper()
	if cell == "" { // no text of a test is empty
		return nil
	}
	var v any
	var err error
	switch c.Kind {
	case dataset.Integer:
		v, err = strconv.ParseInt(cell, 10, 64)
	case dataset.Real:
		v, err = strconv.ParseFloat(cell, 64)
	case dataset.Boolean:
		v, err = strconv.ParseBool(cell)
	default:
		return meant(t, c, csv.Read(c.Kind, cell))
	}
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return v
}

func readJSONL(t *testing.T, dir string, table *dataset.Table) rows {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, table.Name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	schema := compiled(t, filepath.Join(dir, describe.SchemaFile(table.Name)))
	var all rows
	for line := range bytes.Lines(data) {
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance); err != nil {
			t.Errorf("%s: %v", table.Name, err)
		}
		object, row := instance.(map[string]any), make([]any, 0, len(table.Columns))
		for i := range table.Columns {
			row = append(row, fromJSON(t, &table.Columns[i], object[table.Columns[i].Name]))
		}
		all = append(all, row)
	}
	return all
}

// compiled is the schema in a file.
func compiled(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	schema, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func fromJSON(t *testing.T, c *dataset.Column, v any) any {
	t.Helper()
	if c.Kind == dataset.List || c.Kind == dataset.JSON {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return meant(t, c, string(text))
	}
	n, ok := v.(json.Number)
	if !ok {
		return v
	}
	if c.Kind == dataset.Integer {
		i, err := n.Int64()
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	f, err := n.Float64()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func readParquet(t *testing.T, dir string, table *dataset.Table) rows {
	t.Helper()
	from, err := os.Open(filepath.Join(dir, table.Name+".parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	r := parquetgo.NewReader(from)
	defer r.Close()
	for i, f := range r.Schema().Fields() {
		if c := &table.Columns[i]; f.Name() != c.Name || f.Optional() != c.Null {
			t.Errorf("%s.%s is %s, optional: %t", table.Name, c.Name, f.Name(), f.Optional())
		}
	}
	var all rows
	buffer := make([]parquetgo.Row, 1)
	for {
		n, err := r.ReadRows(buffer)
		if n == 1 {
			all = append(all, fromParquet(t, table, buffer[0]))
		}
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func fromParquet(t *testing.T, table *dataset.Table, row parquetgo.Row) []any {
	t.Helper()
	values := make([]any, len(table.Columns))
	for _, v := range row {
		c := &table.Columns[v.Column()]
		level := 0
		if c.Null {
			level = 1
		}
		at := &values[v.Column()]
		switch {
		case v.DefinitionLevel() < level:
		case c.Kind == dataset.List:
			list, _ := (*at).([]any)
			if !v.IsNull() {
				list = append(list, v.String())
			}
			*at = append([]any{}, list...)
		case c.Kind == dataset.Date:
			*at = time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
		case c.Kind == dataset.Integer:
			*at = v.Int64()
		case c.Kind == dataset.Real:
			*at = v.Double()
		case c.Kind == dataset.Boolean:
			*at = v.Boolean()
		default:
			*at = meant(t, c, string(v.ByteArray()))
		}
	}
	return values
}

func readSQLite(t *testing.T, dir string, table *dataset.Table) rows {
	t.Helper()
	file, err := sqlite.Open(t.Context(), filepath.Join(dir, "dataset.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	return put(t, dataset.Open(file), table)
}

// every is what a row is known by, in whatever order rows come.
func every(table *dataset.Table, all rows) map[string][]any {
	by := map[string][]any{}
	for _, row := range all {
		var key []string
		for i, c := range table.Columns {
			if c.Key {
				key = append(key, fmt.Sprint(row[i]))
			}
		}
		by[strings.Join(key, "\x00")] = row
	}
	return by
}

// Every form gives back what was put into it, all of it, with its types, nulls and
// empty lists; schemas say what is there.
func TestEveryFormGivesBackWhatWasPutIn(t *testing.T) {
	t.Parallel()
	for name, set := range sets(t) {
		for format, read := range readers {
			dir := write(t, set, format)
			for _, table := range dataset.Dictionary() {
				want, got := put(t, set, table), read(t, dir, table)
				if len(want) != len(got) {
					t.Errorf("%s, %s: %s has %d rows, want %d", name, format, table.Name, len(got), len(want))
				}
				if diff := cmp.Diff(every(table, want), every(table, got)); diff != "" {
					t.Errorf("%s, %s: %s (-put +read):\n%s", name, format, table.Name, diff)
				}
			}
		}
	}
}

// A figure is the same in every form: 500 of them, at random.
func TestFiguresAtRandom(t *testing.T) {
	t.Parallel()
	const figures = 500
	set := sets(t)["found"]
	type place struct {
		table       *dataset.Table
		row, column int
	}
	var places []place
	want := map[string]rows{}
	for _, table := range dataset.Dictionary() {
		want[table.Name] = put(t, set, table)
		for i := range want[table.Name] {
			for j := range table.Columns {
				places = append(places, place{table, i, j})
			}
		}
	}
	chance := rand.New(rand.NewPCG(1, 2)) // the same figures in every run
	chance.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	if len(places) < figures {
		t.Fatalf("there are %d figures", len(places))
	}
	for format, read := range readers {
		dir, got := write(t, set, format), map[string]rows{}
		for _, p := range places[:figures] {
			if got[p.table.Name] == nil {
				got[p.table.Name] = read(t, dir, p.table)
			}
			w, g := want[p.table.Name][p.row][p.column], got[p.table.Name][p.row][p.column]
			if !cmp.Equal(w, g) {
				t.Errorf("%s: %s.%s of row %d is %v, want %v", format, p.table.Name, p.table.Columns[p.column].Name, p.row, g, w)
			}
		}
	}
}
