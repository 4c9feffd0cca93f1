// Package export writes a data set into a folder, in a form that other programs read:
// a file for each table, and files that say what they are.
//
// The same facts give the same bytes. Rows go from the data set to the files one after
// the other, so that memory does not grow with their number.
package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"

	"assay/internal/dataset"
	"assay/internal/dataset/csv"
	"assay/internal/dataset/describe"
	"assay/internal/dataset/jsonl"
	"assay/internal/dataset/parquet"
	"assay/internal/dataset/sqlite"
	"assay/internal/errkind"
	"assay/internal/file"
)

// A Result is what was written.
type Result struct {
	Tables int
	Rows   int64
	Bytes  int64 // of the files of tables
	// Files are all files, in the order in which they were written, with the sums of their
	// contents.
	Files []File
}

// A File is a file of an export.
type File struct {
	Name, SHA256 string
	// Table that it holds; "" for one that says what the export is. Rows and Bytes are of
	// a table alone.
	Table       string
	Rows, Bytes int64
}

// Write writes tables of the set into the folder that path leads to, in a format. A
// folder that is there already is empty, or holds an earlier export, which is replaced;
// what holds anything else is errkind.Usage.
func Write(ctx context.Context, set *dataset.Set, path string, format describe.Format, tables []*dataset.Table) (*Result, error) {
	folder, err := file.NewFolder(path)
	if err != nil {
		return nil, err
	}
	defer folder.Discard()
	old, err := earlier(folder, path)
	if err != nil {
		return nil, err
	}
	head, err := set.Head(ctx)
	if err != nil {
		return nil, err
	}
	x := &describe.Export{Head: head, Format: format}
	for _, t := range tables {
		x.Tables = append(x.Tables, describe.Table{Table: t, File: format.File(t.Name)})
	}
	w := &writer{Export: x, folder: folder, sums: map[string]string{}}
	if err := w.tables(ctx, set); err != nil {
		return nil, err
	}
	if err := w.described(); err != nil {
		return nil, err
	}
	return w.result(), folder.Place(ctx, old)
}

// A writer writes an export.
type writer struct {
	*describe.Export

	folder *file.Folder
	names  []string // of the files, in the order in which they were written
	sums   map[string]string
}

// tables writes the files of tables.
func (w *writer) tables(ctx context.Context, set *dataset.Set) error {
	if w.Format == describe.SQLite {
		return w.database(ctx, set)
	}
	for i := range w.Tables {
		if err := w.table(ctx, set, &w.Tables[i]); err != nil {
			return err
		}
	}
	return nil
}

// A sink takes the rows of a table. Close ends it.
type sink interface {
	dataset.Sink
	Close() error
}

// begin begins a table in a file.
func begin(f describe.Format, w io.Writer, t *dataset.Table) (sink, error) {
	switch f {
	case describe.CSV:
		return csv.New(w, t)
	case describe.Parquet:
		return parquet.New(w, t)
	}
	return jsonl.New(w, t)
}

// table writes a table into a file of its own.
func (w *writer) table(ctx context.Context, set *dataset.Set, t *describe.Table) (err error) {
	to, err := w.folder.Create(t.File)
	if err != nil {
		return err
	}
	h := &hashed{to: to, sum: sha256.New()}
	defer func() {
		if closed := to.Close(); err == nil {
			err = w.folder.Fail(closed)
		}
	}()
	s, err := begin(w.Format, h, t.Table)
	if err != nil {
		return w.failed(err)
	}
	rows := counts{}
	if err := set.Copy(ctx, []*dataset.Table{t.Table}, &tallied{s, rows}); err != nil {
		return w.failed(err)
	}
	if err := s.Close(); err != nil {
		return w.failed(err)
	}
	t.Rows, t.Bytes, t.SHA256 = rows[t.Name], h.bytes, hex.EncodeToString(h.sum.Sum(nil))
	w.note(t.File, t.SHA256)
	return nil
}

// failed is an error of writing, or of reading the data set, which says so itself.
func (w *writer) failed(err error) error {
	if errkind.Of(err) != errkind.Internal {
		return err
	}
	return w.folder.Fail(err)
}

// database writes all tables into one database.
func (w *writer) database(ctx context.Context, set *dataset.Set) error {
	name := w.Format.File("")
	tables := make([]*dataset.Table, 0, len(w.Tables))
	for i := range w.Tables {
		tables = append(tables, w.Tables[i].Table)
	}
	rows := counts{}
	err := sqlite.Write(ctx, w.folder.New(name), tables, func(s dataset.Sink) error {
		return set.Copy(ctx, tables, &tallied{s, rows})
	})
	if err != nil {
		return err
	}
	from, err := file.Open(w.folder.New(name))
	if err != nil {
		return err
	}
	defer from.Close()
	h := &hashed{to: io.Discard, sum: sha256.New()}
	if _, err := io.Copy(h, from); err != nil {
		return w.folder.Fail(err)
	}
	sum := hex.EncodeToString(h.sum.Sum(nil))
	for i := range w.Tables {
		t := &w.Tables[i]
		t.Rows, t.Bytes, t.SHA256 = rows[t.Name], h.bytes, sum
	}
	w.note(name, sum)
	return nil
}

func (w *writer) note(name, sum string) {
	w.names = append(w.names, name)
	w.sums[name] = sum
}

// described writes what says what the export is; the sums last.
func (w *writer) described() error {
	type part struct {
		name string
		make func() ([]byte, error)
	}
	whole := func(f func(*describe.Export) []byte) func() ([]byte, error) {
		return func() ([]byte, error) { return f(w.Export), nil }
	}
	var parts []part
	if w.Format == describe.JSONL {
		for i := range w.Tables {
			t := w.Tables[i].Table
			parts = append(parts, part{describe.SchemaFile(t.Name), func() ([]byte, error) { return describe.Schema(t) }})
		}
	}
	parts = append(parts,
		part{describe.PackageFile, func() ([]byte, error) { return describe.Package(w.Export) }},
		part{describe.CroissantFile, func() ([]byte, error) { return describe.Croissant(w.Export) }},
		part{describe.LoadFile, whole(describe.Load)},
		part{describe.ReadmeFile, whole(describe.Readme)},
	)
	for _, p := range parts {
		text, err := p.make()
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		w.note(p.name, hex.EncodeToString(sum[:]))
		if err := w.put(p.name, text); err != nil {
			return err
		}
	}
	return w.put(describe.SumsFile, describe.Sums(w.names, w.sums))
}

// put writes a file.
func (w *writer) put(name string, text []byte) error {
	to, err := w.folder.Create(name)
	if err != nil {
		return err
	}
	_, err = to.Write(text)
	if closed := to.Close(); err == nil {
		err = closed
	}
	return w.folder.Fail(err)
}

func (w *writer) result() *Result {
	r := &Result{Tables: len(w.Tables)}
	for i := range w.Tables {
		r.Rows += w.Tables[i].Rows
		if t := &w.Tables[i]; i == 0 || t.File != w.Tables[i-1].File {
			r.Bytes += t.Bytes
		}
	}
	for _, name := range w.names {
		f := File{Name: name, SHA256: w.sums[name]}
		if i := slices.IndexFunc(w.Tables, func(t describe.Table) bool { return t.File == name }); i >= 0 {
			f.Table, f.Rows, f.Bytes = w.Tables[i].Name, w.Tables[i].Rows, w.Tables[i].Bytes
		}
		r.Files = append(r.Files, f)
	}
	return r
}
