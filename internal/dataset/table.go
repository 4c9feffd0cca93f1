package dataset

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A Table is a table of the data set.
type Table struct {
	Name string `json:"name"`
	// Meaning says what a row is.
	Meaning string `json:"meaning"`
	// Columns, in their order; the key's first.
	Columns []Column `json:"columns"`
	// Inner tables are the program's own: no export has them.
	Inner bool `json:"-"`

	fields []field
	row    reflect.Type
}

// Key names the columns of the primary key.
func (t *Table) Key() []string {
	var key []string
	for i := range t.Columns {
		if t.Columns[i].Key {
			key = append(key, t.Columns[i].Name)
		}
	}
	return key
}

// Column is the column of that name; nil for none.
func (t *Table) Column(name string) *Column {
	if i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name }); i >= 0 {
		return &t.Columns[i]
	}
	return nil
}

// rowTypes are the types of rows, by table, in the order in which tables are written
// and told of. What others refer to with numbers is written last.
var rowTypes = []struct {
	name string
	row  reflect.Type
}{
	{"survey", reflect.TypeFor[Survey]()},
	{"source", reflect.TypeFor[Source]()},
	{"project", reflect.TypeFor[Project]()},
	{"alias", reflect.TypeFor[Alias]()},
	{"milestone", reflect.TypeFor[Milestone]()},
	{"repository", reflect.TypeFor[Repository]()},
	{"membership", reflect.TypeFor[Membership]()},
	{"usage", reflect.TypeFor[Usage]()},
	{"rule", reflect.TypeFor[Rule]()},
	{"language_work", reflect.TypeFor[LanguageWork]()},
	{"composition", reflect.TypeFor[Composition]()},
	{"composition_month", reflect.TypeFor[CompositionMonth]()},
	{"component", reflect.TypeFor[Component]()},
	{"adoption", reflect.TypeFor[Adoption]()},
	{"people", reflect.TypeFor[People]()},
	{"activity_month", reflect.TypeFor[ActivityMonth]()},
	{"organisation_share", reflect.TypeFor[OrganisationShare]()},
	{"release", reflect.TypeFor[Release]()},
	{"health", reflect.TypeFor[Health]()},
	{"health_input", reflect.TypeFor[HealthInput]()},
	{"licence", reflect.TypeFor[Licence]()},
	{"maintainer", reflect.TypeFor[Maintainer]()},
	{"adopter", reflect.TypeFor[Adopter]()},
	{"reason", reflect.TypeFor[Reason]()},
	{"audit", reflect.TypeFor[Audit]()},
	{"review", reflect.TypeFor[Review]()},
	{"gap", reflect.TypeFor[Lack]()},
	{"note", reflect.TypeFor[Note]()},
	{"missing", reflect.TypeFor[Missing]()},
	{"evidence", reflect.TypeFor[Evidence]()},
	{"answer", reflect.TypeFor[answer]()},
}

// Tables are the tables of the data set, the program's own among them. Nobody changes
// them.
var Tables = sync.OnceValue(func() []*Table { return makeTables(nil) })

// Dictionary are the tables that everybody may read, with the meaning of each column.
var Dictionary = sync.OnceValue(func() []*Table {
	return slices.DeleteFunc(makeTables(comments()), func(t *Table) bool { return t.Inner })
})

func makeTables(docs map[string]string) []*Table {
	all := make([]*Table, 0, len(rowTypes))
	for _, r := range rowTypes {
		t := &Table{Name: r.name, row: r.row, Inner: r.row == reflect.TypeFor[answer](), Meaning: docs[r.row.Name()]}
		t.fields, t.Columns = fieldsOf(r.row, docs)
		all = append(all, t)
	}
	return all
}

// tableOf is the table whose rows are of a type.
func tableOf[R any]() *Table {
	for _, t := range Tables() {
		if t.row == reflect.TypeFor[R]() {
			return t
		}
	}
	panic("dataset: " + reflect.TypeFor[R]().Name() + " is no row of a table")
}

// The row types are the dictionary: their comments are what tables and columns mean.
//
//go:embed row_*.go
var source embed.FS

// comments reads the comments of the row types and of their fields.
func comments() map[string]string {
	docs := map[string]string{}
	files, err := source.ReadDir(".")
	if err != nil {
		panic("dataset: " + err.Error()) // embedded
	}
	for _, f := range files {
		text, err := source.ReadFile(f.Name())
		if err != nil {
			panic("dataset: " + err.Error())
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), text, parser.ParseComments)
		if err != nil {
			panic("dataset: " + err.Error()) // it was compiled
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if d, ok := n.(*ast.GenDecl); ok {
				note(docs, d)
			}
			return true
		})
	}
	return docs
}

func note(docs map[string]string, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		docs[t.Name.Name] = plain(d.Doc)
		if s, ok := t.Type.(*ast.StructType); ok {
			for _, f := range s.Fields.List {
				for _, name := range f.Names {
					docs[t.Name.Name+"."+name.Name] = plain(f.Doc)
				}
			}
		}
	}
}

// plain is a comment on one line.
func plain(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }
