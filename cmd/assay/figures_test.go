package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"assay/internal/dataset"
	"assay/internal/dataset/sqlite"
)

// cells are the rows of a table: by the values of its key, what stands in a column, as
// a text; "null" for nothing.
type cells map[string]map[string]string

// written turns a value into a text: numbers alike, however they came.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case json.Number:
		if f, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") {
			return written(f)
		}
		return v.String()
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []byte:
		return string(v)
	}
	return fmt.Sprint(v)
}

// add adds a row.
func (c cells) add(t *dataset.Table, row map[string]any) {
	var key []string
	for _, name := range t.Key() {
		key = append(key, written(row[name]))
	}
	texts := map[string]string{}
	for name, v := range row {
		texts[name] = written(v)
	}
	c[strings.Join(key, " ")] = texts
}

// forms read a table of an export.
var forms = map[string]func(t *testing.T, dir string, table *dataset.Table) cells{
	"csv": csvCells, "jsonl": jsonCells, "parquet": parquetCells, "sqlite": sqliteCells,
}

func csvCells(t *testing.T, dir string, table *dataset.Table) cells {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, table.Name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	return csvRows(t, text, table)
}

func csvRows(t *testing.T, text []byte, table *dataset.Table) cells {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := cells{}
	for _, line := range all[1:] {
		row := map[string]any{}
		for i, cell := range line {
			if row[all[0][i]] = cell; cell == "" {
				row[all[0][i]] = nil
			} else if f, err := strconv.ParseFloat(cell, 64); err == nil && table.Columns[i].Kind == dataset.Real {
				row[all[0][i]] = f
			}
		}
		found.add(table, row)
	}
	return found
}

func jsonCells(t *testing.T, dir string, table *dataset.Table) cells {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, table.Name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	found, dec := cells{}, json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	for {
		var row map[string]any
		if err := dec.Decode(&row); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		found.add(table, row)
	}
}

// answerFormats read a table by a question in SQL, in a format of its answers.
var answerFormats = map[string]func(t *testing.T, answer []byte, table *dataset.Table) cells{
	"csv": csvRows,
	"json": func(t *testing.T, answer []byte, table *dataset.Table) cells {
		t.Helper()
		var rows []map[string]any
		dec := json.NewDecoder(bytes.NewReader(answer))
		dec.UseNumber()
		if err := dec.Decode(&rows); err != nil {
			t.Fatal(err)
		}
		found := cells{}
		for _, row := range rows {
			found.add(table, row)
		}
		return found
	},
}

// asked reads tables by questions in SQL.
func (s *session) asked(t *testing.T, format string) func(*dataset.Table) cells {
	t.Helper()
	return func(table *dataset.Table) cells {
		var columns []string
		for i := range table.Columns {
			columns = append(columns, `"`+table.Columns[i].Name+`"`)
		}
		question := "SELECT " + strings.Join(columns, ", ") + " FROM " + table.Name
		out, err := s.command(t, "query", question, "--format", format, "--limit", "1000000").Output()
		if err != nil {
			t.Fatalf("query %s: %v", table.Name, err)
		}
		return answerFormats[format](t, out, table)
	}
}

func parquetCells(t *testing.T, dir string, table *dataset.Table) cells {
	t.Helper()
	from, err := os.Open(filepath.Join(dir, table.Name+".parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	reader := parquet.NewReader(from)
	defer reader.Close()
	found := cells{}
	for {
		row := map[string]any{}
		if err := reader.Read(&row); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		for i := range table.Columns {
			c := &table.Columns[i]
			if days, ok := row[c.Name].(int32); ok && c.Kind == dataset.Date {
				row[c.Name] = time.Unix(int64(days)*24*60*60, 0).UTC().Format(time.DateOnly)
			}
		}
		found.add(table, row)
	}
}

// A taker takes the rows of a data set.
type taker struct{ to cells }

// Put implements [dataset.Sink].
func (s taker) Put(t *dataset.Table, values []any) error {
	row := map[string]any{}
	for i, v := range values {
		row[t.Columns[i].Name] = v
	}
	s.to.add(t, row)
	return nil
}

func sqliteCells(t *testing.T, dir string, table *dataset.Table) cells {
	t.Helper()
	file, err := sqlite.Open(t.Context(), filepath.Join(dir, "dataset.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	found := cells{}
	if err := dataset.Open(file).Copy(t.Context(), []*dataset.Table{table}, taker{found}); err != nil {
		t.Fatal(err)
	}
	return found
}

// A said figure is one that a command printed: of a project, with its bounds and what is
// missing.
type said struct {
	by, project, language, name string
	Value, Lower, Upper         any
	Missing                     map[string]any
}

// printed are the figures of projects that a command prints as JSON.
func (s *session) printed(t *testing.T, language string, args ...string) []said {
	t.Helper()
	out, err := s.command(t, append(args, "--language", language)...).Output()
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	if args[0] == "report" {
		var report struct{ Projects json.RawMessage }
		if err := json.Unmarshal(out, &report); err != nil {
			t.Fatal(err)
		}
		out = report.Projects
	}
	var projects []struct {
		ID         string                     `json:"id"`
		Quantities map[string]json.RawMessage `json:"quantities"`
	}
	if err := json.Unmarshal(out, &projects); err != nil || len(projects) == 0 {
		t.Fatalf("%q: %d projects, %v", args, len(projects), err)
	}
	var all []said
	for _, p := range projects {
		for _, name := range slices.Sorted(maps.Keys(p.Quantities)) {
			figure := said{by: args[0], project: p.ID, language: language, name: name}
			dec := json.NewDecoder(bytes.NewReader(p.Quantities[name]))
			dec.UseNumber()
			if err := dec.Decode(&figure); err != nil {
				t.Fatal(err)
			}
			all = append(all, figure)
		}
	}
	return all
}

// A lookup finds figures in the tables of a form.
type lookup struct {
	project, usage, work, missing, survey cells
}

// cell is the row and the column of a figure.
func (l *lookup) cell(f *said) (row map[string]string, column string) {
	var scope string
	for _, s := range l.survey {
		scope = s["scope"]
	}
	of := func(c cells, key string) map[string]string {
		if row := c[key+" "+f.language]; row != nil {
			return row
		}
		return c[key+" *"]
	}
	if column, ok := strings.CutPrefix(f.name, "language_"); ok {
		if column == "commits_year" {
			column = "human_commits_year"
		}
		return of(l.work, f.project), column
	}
	if row := l.project[f.project]; row[f.name] != "" {
		return row, f.name
	}
	return of(l.usage, f.project+" "+scope), f.name
}

// gap is what is missing by the number of its row, as JSON has it: without zeros.
func (l *lookup) gap(number string) map[string]string {
	gap := map[string]string{}
	for name, v := range l.missing[number] {
		if name != "id" && v != "0" && v != "null" && v != "false" {
			gap[name] = v
		}
	}
	return gap
}

// A figure is the same whoever prints it: 500 at random of what list and report say, in
// every form of the export, in answers to SQL, and in Markdown. So it is where all was
// read, and where mirrors are missing and others end before the day.
func TestFiguresAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	whole, gaps := demoTree(t), demoTree(t)
	sdk := filepath.Join(gaps, "code.lantern.example", "marl", "marl-sdk.git")
	if err := os.Rename(sdk, sdk+".gone"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(gaps, "assay-observed"), []byte("2025-05-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tree := range map[string]string{"whole": whole, "gaps": gaps} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newSession(t, tree).figuresAreTheSame(t)
		})
	}
}

func (s *session) figuresAreTheSame(t *testing.T) {
	t.Helper()
	const figures = 500
	if code, out := s.survey(t); code != 0 {
		t.Fatalf("survey: %d\n%s", code, out)
	}
	var all []said
	pages := map[string]page{}
	for _, language := range []string{"Rust", "Go", "Python"} {
		all = append(all, s.printed(t, language, "list", "--all", "--json")...)
		all = append(all, s.printed(t, language, "report", "--format", "json")...)
		pages[language] = s.page(t, language)
	}
	chance := rand.New(rand.NewPCG(1, 2)) // the same figures in every run
	chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if len(all) < figures {
		t.Fatalf("there are %d figures", len(all))
	}
	all = all[:figures]
	for form, read := range forms {
		dir := filepath.Join(t.TempDir(), form)
		if out, err := s.command(t, "export", "-o", dir, "--format", form).CombinedOutput(); err != nil {
			t.Fatalf("export: %v\n%s", err, out)
		}
		hold(t, form, all, func(table *dataset.Table) cells { return read(t, dir, table) })
	}
	for format := range answerFormats {
		hold(t, "query as "+format, all, s.asked(t, format))
	}
	printed := 0
	for i := range all {
		if pages[all[i].language].holds(t, &all[i]) {
			printed++
		}
	}
	if printed < figures/2 {
		t.Errorf("only %d of the figures are in Markdown", printed)
	}
}

// hold holds figures against the tables of a form.
func hold(t *testing.T, form string, figures []said, read func(*dataset.Table) cells) {
	t.Helper()
	l, found := &lookup{}, map[string]*cells{}
	found["project"], found["usage"], found["language_work"], found["missing"], found["survey"] = &l.project, &l.usage, &l.work, &l.missing, &l.survey
	for _, table := range dataset.Dictionary() {
		if to := found[table.Name]; to != nil {
			*to = read(table)
		}
	}
	for i := range figures {
		l.holds(t, form, &figures[i])
	}
}

// holds complains when a figure is not what a form says.
func (l *lookup) holds(t *testing.T, form string, f *said) {
	t.Helper()
	row, column := l.cell(f)
	for end, want := range map[string]any{"": f.Value, "_lower": f.Lower, "_upper": f.Upper} {
		if got := row[column+end]; got != written(want) {
			t.Errorf("%s: %s of %s (%s) is %q, by %s %q", form, column+end, f.project, f.language, got, f.by, written(want))
		}
	}
	missing := map[string]string{}
	for name, v := range f.Missing {
		missing[name] = written(v)
	}
	if got := l.gap(row[column+"_gap"]); !maps.Equal(got, missing) {
		t.Errorf("%s: what is missing for %s of %s is %v, by %s %v", form, column, f.project, got, f.by, missing)
	}
}
