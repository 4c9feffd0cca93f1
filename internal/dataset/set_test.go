package dataset_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/ask"
	"assay/internal/dataset"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
)

// A kept is a data set and the landscape that it was made from.
type kept struct {
	*dataset.Set
	landscape *profile.Landscape
	path      string
}

// keep makes the data set of facts.
func keep(t *testing.T, facts finding.Facts) *kept {
	t.Helper()
	l, err := profile.Of(facts, finding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := &kept{landscape: l, path: filepath.Join(t.TempDir(), "set.db")}
	err = sqlite.Write(t.Context(), k.path, dataset.Tables(), func(s dataset.Sink) error { return dataset.Write(s, l) })
	if err != nil {
		t.Fatal(err)
	}
	file, err := sqlite.Open(t.Context(), k.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	k.Set = dataset.Open(file)
	return k
}

func encode(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What is read of a data set is what was found.
func TestFindingsAreThoseThatWereMade(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	for _, language := range []string{"rust", "golang", "Python", "Haskell"} {
		want, err := usage.Of(k.landscape, language)
		if err != nil {
			t.Fatal(err)
		}
		got, head, err := k.Findings(t.Context(), language, false)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(encode(t, want), encode(t, got)); diff != "" {
			t.Errorf("%s (-made +read):\n%s", language, diff)
		}
		if head.Survey.AsOf != findingtest.AsOf || len(head.Survey.Landscape.Projects) != len(want.Projects) {
			t.Errorf("%s: the head is of %s with %d projects", language, head.Survey.AsOf, len(head.Survey.Landscape.Projects))
		}
	}
}

// The rows of a list, which are read from the tables, are those of the findings.
func TestListIsThatOfTheFindings(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	for _, language := range []string{"Rust", "Go", "Haskell"} {
		f, err := usage.Of(k.landscape, language)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range usage.SortKeys() {
			filter := usage.Filter{Sort: key}
			want, err := f.List(filter)
			if err != nil {
				t.Fatal(err)
			}
			all, err := k.List(t.Context(), language, false)
			if err != nil {
				t.Fatal(err)
			}
			got, err := filter.Of(all)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s by %s (-made +read):\n%s", language, key, diff)
			}
		}
	}
}

// One project is read alone.
func TestProject(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	head, err := k.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := ask.Find(head.Projects, "FERROBASE")
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := k.Project(t.Context(), "Rust", head.Projects[m.Index].ID)
	if err != nil || len(got.Projects) != 1 || got.Projects[0].Name != "Ferrobase" {
		t.Errorf("%d projects, %v", len(got.Projects), err)
	}
	if _, _, err := k.Findings(t.Context(), "no such language", false); errkind.Of(err) != errkind.Usage {
		t.Errorf("a language that is not there: %v", err)
	}
}

// The same facts give the same bytes.
func TestSameFactsSameBytes(t *testing.T) {
	t.Parallel()
	var files [2][]byte
	for i := range files {
		data, err := os.ReadFile(keep(t, findingtest.Facts()).path)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = data
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two data sets of the same facts differ")
	}
}

// Every table and column says what it means, in words that end with a full stop; names
// are plain; what a column refers to is there.
func TestDictionary(t *testing.T) {
	t.Parallel()
	tables := map[string]*dataset.Table{}
	for _, table := range dataset.Dictionary() {
		tables[table.Name] = table
	}
	sentence := func(s string) bool { return len(s) > 3 && strings.HasSuffix(s, ".") }
	for name, table := range tables {
		if !sentence(table.Meaning) || len(table.Key()) == 0 || strings.ToLower(name) != name {
			t.Errorf("table %s: meaning %q, key %v", name, table.Meaning, table.Key())
		}
		for _, c := range table.Columns {
			if !sentence(c.Meaning) || strings.ToLower(c.Name) != c.Name || c.Kind == "" {
				t.Errorf("%s.%s: meaning %q, kind %q", name, c.Name, c.Meaning, c.Kind)
			}
			if to, column, ok := strings.Cut(c.References, "."); ok && (tables[to] == nil || tables[to].Column(column) == nil) {
				t.Errorf("%s.%s refers to %s, which is not there", name, c.Name, c.References)
			}
			if c.Of != "" && (table.Column(c.Of) == nil || table.Column(c.Of).Role != dataset.Value) {
				t.Errorf("%s.%s is of %s, which is no figure", name, c.Name, c.Of)
			}
		}
	}
}

// A sinkFunc is a sink.
type sinkFunc func(t *dataset.Table, values []any) error

func (f sinkFunc) Put(t *dataset.Table, values []any) error { return f(t, values) }

// Every value that is written is of its column's kind, no key comes twice, and every row
// that is referred to by a key is there.
func TestRowsAreAsTheDictionarySays(t *testing.T) {
	t.Parallel()
	l := keep(t, findingtest.Facts()).landscape
	seen := map[string]bool{}
	ids := map[string]map[string]bool{}
	var wanted [][2]string
	err := dataset.Write(sinkFunc(func(table *dataset.Table, values []any) error {
		if len(values) != len(table.Columns) {
			return fmt.Errorf("%s: %d values for %d columns", table.Name, len(values), len(table.Columns))
		}
		key := table.Name
		for i, c := range table.Columns {
			if err := fits(&c, values[i]); err != nil {
				return fmt.Errorf("%s.%s: %w", table.Name, c.Name, err)
			}
			if c.Key {
				key += fmt.Sprintf("\x00%v", values[i])
			}
			at := table.Name + "." + c.Name
			if ids[at] == nil {
				ids[at] = map[string]bool{}
			}
			ids[at][fmt.Sprint(values[i])] = true
			if c.References != "" && values[i] != nil {
				wanted = append(wanted, [2]string{c.References, fmt.Sprint(values[i])})
			}
		}
		if seen[key] {
			return fmt.Errorf("the key %q comes twice", key)
		}
		seen[key] = true
		return nil
	}), l)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wanted {
		if !ids[w[0]][w[1]] {
			t.Errorf("there is no %s %q", w[0], w[1])
		}
	}
}

// fits reports what is wrong with a value of a column.
func fits(c *dataset.Column, value any) error {
	kinds := map[dataset.Kind]reflect.Kind{
		dataset.Text: reflect.String, dataset.Date: reflect.String, dataset.List: reflect.String, dataset.JSON: reflect.String,
		dataset.Integer: reflect.Int64, dataset.Real: reflect.Float64, dataset.Boolean: reflect.Bool,
	}
	switch {
	case value == nil && c.Null:
		return nil
	case value == nil:
		return errors.New("null")
	case reflect.TypeOf(value).Kind() != kinds[c.Kind]:
		return fmt.Errorf("%v is no %s", value, c.Kind)
	}
	switch text := fmt.Sprint(value); {
	case c.Kind == dataset.Date && !dated(text):
		return fmt.Errorf("%q is no date", text)
	case c.Kind == dataset.List && json.Unmarshal([]byte(text), &[]string{}) != nil:
		return fmt.Errorf("%q is no list", text)
	case c.Kind == dataset.JSON && !json.Valid([]byte(text)):
		return fmt.Errorf("%q is no JSON", text)
	}
	return nil
}

func dated(text string) bool {
	_, err := fact.ParseDate(text)
	return err == nil
}

// Rows come back as they were: null, 0 and the empty list stay three things, and a figure
// keeps its bounds and what is missing.
func TestRowsComeBack(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	want, err := usage.Of(k.landscape, "Rust")
	if err != nil {
		t.Fatal(err)
	}
	usages, err := dataset.Rows[dataset.Usage](t.Context(), k.Set, map[string][]any{"scope": {"organisation"}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Projects {
		p := &want.Projects[i]
		at := slices.IndexFunc(usages, func(u dataset.Usage) bool { return u.Project == p.ID && u.Language == "Rust" })
		if at < 0 {
			at = slices.IndexFunc(usages, func(u dataset.Usage) bool { return u.Project == p.ID && u.Language == usage.Other })
		}
		if diff := cmp.Diff(p.Quantities.Bytes, usages[at].Bytes); diff != "" {
			t.Errorf("%s: bytes (-made +read):\n%s", p.Name, diff)
		}
		if diff := cmp.Diff(p.Quantities.Adopted, usages[at].Adopted); diff != "" {
			t.Errorf("%s: adopted (-made +read):\n%s", p.Name, diff)
		}
		if (p.Figures == nil) != (usages[at].Product == nil) {
			t.Errorf("%s: figures %v, product bytes %v", p.Name, p.Figures, usages[at].Product)
		}
	}
}

// A data set that is damaged is an error, and no answer.
func TestDamage(t *testing.T) {
	t.Parallel()
	k := keep(t, findingtest.Facts())
	data, err := os.ReadFile(k.path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string][]byte{
		"half": data[:len(data)/2], "empty": {}, "text": []byte(strings.Repeat("no data set\n", 1000)),
	} {
		path := filepath.Join(t.TempDir(), "set.db")
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := sqlite.Open(t.Context(), path)
		if err == nil {
			_, _, err = dataset.Open(file).Findings(t.Context(), "Rust", false)
			_ = file.Close()
		}
		if errkind.Of(err) != errkind.Storage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A plain data set has the figures of the other, and none of the words: no sentence that
// somebody wrote, no person, no address.
func TestPlain(t *testing.T) {
	t.Parallel()
	l := keep(t, findingtest.Facts()).landscape
	words := map[string]bool{}
	whole, plain := map[string][]string{}, map[string][]string{}
	collect := func(into map[string][]string, isPlain bool) dataset.Sink {
		return sinkFunc(func(table *dataset.Table, values []any) error {
			if table.Inner {
				for word := range words {
					if isPlain && strings.Contains(fmt.Sprint(values...), word) {
						t.Errorf("%v holds %q", values[:3], word)
					}
				}
				return nil
			}
			var cells []string
			for i, c := range table.Columns {
				switch {
				case !c.Words:
					cells = append(cells, fmt.Sprint(values[i]))
				case isPlain && values[i] != nil:
					t.Errorf("%s.%s: %v", table.Name, c.Name, values[i])
				case values[i] != nil:
					words[fmt.Sprint(values[i])] = true
				}
			}
			into[table.Name] = append(into[table.Name], strings.Join(cells, "\x00"))
			return nil
		})
	}
	if err := errors.Join(dataset.Write(collect(whole, false), l), dataset.WritePlain(collect(plain, true), l)); err != nil {
		t.Fatal(err)
	}
	if len(words) < 5 {
		t.Errorf("the facts have the words %v only", words)
	}
	if diff := cmp.Diff(whole, plain); diff != "" {
		t.Errorf("other figures (-whole +plain):\n%s", diff)
	}
}

// A survey that was limited to some projects has all in its tables, and answers for those
// alone where it is asked to.
func TestLimited(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	facts.Survey.Projects = []string{"Ferrobase", "Tracelet"}
	k := keep(t, facts)
	for _, limited := range []bool{true, false} {
		l, err := profile.Of(facts, finding.Options{Limited: limited})
		if err != nil {
			t.Fatal(err)
		}
		want, err := usage.Of(l, "Rust")
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := k.Findings(t.Context(), "Rust", limited)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(encode(t, want), encode(t, got)); diff != "" {
			t.Errorf("limited %t (-made +read):\n%s", limited, diff)
		}
		rows, err := k.List(t.Context(), "Rust", limited)
		if err != nil || len(rows) != len(want.Projects) {
			t.Errorf("limited %t: %d rows of %d, %v", limited, len(rows), len(want.Projects), err)
		}
	}
}

// Projects of one name are kept apart.
func TestTwins(t *testing.T) {
	t.Parallel()
	facts := findingtest.Facts()
	twin := facts.Survey.Landscape.Projects[0]
	twin.Lines = map[string]int{"name": 9999}
	facts.Survey.Landscape.Projects = append(facts.Survey.Landscape.Projects, twin)
	k := keep(t, facts)
	got, _, err := k.Findings(t.Context(), "Rust", false)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for i := range got.Projects {
		ids[got.Projects[i].ID] = true
	}
	if id := twin.ID(); !ids[id] || !ids[id+"-2"] || len(ids) != len(got.Projects) {
		t.Errorf("the projects are %v", ids)
	}
}
