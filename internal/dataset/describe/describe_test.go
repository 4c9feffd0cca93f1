package describe

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"assay/internal/dataset"
	"assay/internal/fact"
)

// exported is an export of tables; all for no name.
func exported(t *testing.T, f Format, names ...string) *Export {
	t.Helper()
	tables, err := dataset.Named(names)
	if err != nil {
		t.Fatal(err)
	}
	x := &Export{Format: f, Head: &dataset.Head{
		Scope: fact.ScopeOrganisation,
		Survey: &fact.Survey{AsOf: "2025-06-30", Landscape: &fact.Landscape{Evidence: fact.Evidence{
			URL: "https://host.example/`x`\x1b[31m|<b>", At: "2025-06-30T10:00:00Z",
		}}},
	}}
	for i, table := range tables {
		x.Tables = append(x.Tables, Table{Table: table, File: f.File(table.Name), Rows: int64(i), Bytes: 7, SHA256: strings.Repeat("0", 64)})
	}
	return x
}

// A data package names every column of every table, and refers only to what is there.
func TestPackage(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		for _, names := range [][]string{nil, {"usage"}, {"usage", "project"}} {
			x := exported(t, f, names...)
			text, err := Package(x)
			if err != nil {
				t.Fatal(err)
			}
			var p dataPackage
			if err := json.Unmarshal(text, &p); err != nil || len(p.Resources) != len(x.Tables) {
				t.Fatalf("%s: %d resources, %v", f, len(p.Resources), err)
			}
			refers := 0
			for i, r := range p.Resources {
				if len(r.Schema.Fields) != len(x.Tables[i].Columns) || len(r.Schema.PrimaryKey) == 0 || r.Hash == "" || r.Path != x.Tables[i].File {
					t.Errorf("%s: %s: %d fields, key %q, hash %q, path %q", f, r.Name, len(r.Schema.Fields), r.Schema.PrimaryKey, r.Hash, r.Path)
				}
				for _, key := range r.Schema.ForeignKeys {
					if !x.has(key.Reference.Resource) {
						t.Errorf("%s: %s refers to %s, which is not exported", f, r.Name, key.Reference.Resource)
					}
					refers++
				}
			}
			if alone := len(x.Tables) == 1; alone != (refers == 0) {
				t.Errorf("%s, %q: %d references", f, names, refers)
			}
		}
	}
}

// Croissant names every column, every file once, and nothing that is not there.
func TestCroissant(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		x := exported(t, f, "usage", "project", "rule")
		text, err := Croissant(x)
		if err != nil {
			t.Fatal(err)
		}
		var c croissant
		if err := json.Unmarshal(text, &c); err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		add := func(id string) {
			if ids[id] {
				t.Errorf("%s: %q comes twice", f, id)
			}
			ids[id] = true
		}
		for _, file := range c.Distribution {
			add(file.ID)
		}
		for _, r := range c.RecordSet {
			add(r.ID)
			for _, field := range r.Field {
				add(field.ID)
			}
		}
		for i, r := range c.RecordSet {
			if len(r.Field) != len(x.Tables[i].Columns) || len(r.Key) == 0 {
				t.Errorf("%s: %s has %d fields and %d of the key", f, r.Name, len(r.Field), len(r.Key))
			}
			for _, field := range r.Field {
				if field.References != nil && !ids[field.References.Field.ID] {
					t.Errorf("%s: %s refers to %q", f, field.ID, field.References.Field.ID)
				}
				if (field.Source == nil) != (f == SQLite) || field.Source != nil && !ids[field.Source.FileObject.ID] {
					t.Errorf("%s: %s comes from %v", f, field.ID, field.Source)
				}
			}
		}
	}
}

// Texts from outside are seen as they are, and do nothing.
func TestDescriptionsAreHarmless(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		x := exported(t, f, "usage")
		pack, err := Package(x)
		if err != nil {
			t.Fatal(err)
		}
		crumb, err := Croissant(x)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string][]byte{PackageFile: pack, CroissantFile: crumb, LoadFile: Load(x), ReadmeFile: Readme(x)} {
			if bytes.ContainsRune(text, '\x1b') || len(text) == 0 {
				t.Errorf("%s: %s steers the terminal, or is empty", f, name)
			}
		}
		if readme := string(Readme(x)); !strings.Contains(readme, "`https://host.example/'x'\\u001b[31m|<b>`") {
			t.Errorf("%s: the landscape is no code in\n%s", f, readme[:400])
		}
		for line := range strings.Lines(string(Load(x))) {
			if strings.Contains(line, "host.example") && !strings.HasPrefix(line, "-- ") {
				t.Errorf("%s: a text of others is in a statement: %s", f, line)
			}
		}
	}
}

// A figure that has bounds is one row of the dictionary, and every other column one.
func TestDictionary(t *testing.T) {
	t.Parallel()
	text := Dictionary(dataset.Dictionary(), 2)
	for _, table := range dataset.Dictionary() {
		if !strings.Contains(text, "\n## "+table.Name+"\n") && !strings.HasPrefix(text, "## "+table.Name+"\n") {
			t.Errorf("%s has no part", table.Name)
		}
		for i := range table.Columns {
			c := &table.Columns[i]
			if own := strings.Contains(text, "| `"+c.Name+"` | "+Type(table, c)+" |"); c.Of == "" && !own {
				t.Errorf("%s.%s has no row", table.Name, c.Name)
			}
		}
	}
}
