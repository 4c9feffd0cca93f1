package dataset

import (
	"encoding"
	"encoding/json"
	"reflect"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// A Sink takes the rows of a data set, table by table in the order of [Tables]. The
// values are in the order of the columns: nil, string, int64, float64 or bool. They are
// the caller's again after the call.
type Sink interface {
	Put(t *Table, values []any) error
}

// A writer turns rows into values. What rows refer to by number is gathered, and
// written last.
type writer struct {
	sink     Sink
	err      error
	values   []any // of the row that is being written
	missing  interner[quantity.Gap]
	evidence interner[fact.Evidence]
}

// An interner numbers values in the order in which they come, from 1.
type interner[T comparable] struct {
	numbers map[T]int64
	all     []T
}

// number is the number of v; nil for the zero value.
func (in *interner[T]) number(v T) any {
	var zero T
	if v == zero {
		return nil
	}
	n, ok := in.numbers[v]
	if !ok {
		if in.numbers == nil {
			in.numbers = map[T]int64{}
		}
		in.all = append(in.all, v)
		n = int64(len(in.all))
		in.numbers[v] = n
	}
	return n
}

// put writes a row. The first error stays, and nothing is written after it.
func put[R any](w *writer, row *R) {
	if w.err != nil {
		return
	}
	t := tableOf[R]()
	values := w.values[:0]
	v := reflect.ValueOf(row).Elem()
	for i := range t.fields {
		values = w.append(values, &t.fields[i], v.FieldByIndex(t.fields[i].index))
	}
	w.values = values
	w.err = w.sink.Put(t, values)
}

func (w *writer) append(values []any, f *field, v reflect.Value) []any {
	if v.Kind() == reflect.Pointer && f.form != formFigure {
		if v.IsNil() {
			return append(values, nil)
		}
		return append(values, w.plain(v.Elem(), true))
	}
	switch f.form {
	case formEvidence:
		e, _ := reflect.TypeAssert[fact.Evidence](v)
		return append(values, w.evidence.number(e))
	case formFigure:
		for i := range 3 { // value, lower, upper
			if b := v.Field(i); b.IsNil() {
				values = append(values, nil)
			} else {
				values = append(values, w.plain(b.Elem(), true))
			}
		}
		gap, _ := reflect.TypeAssert[quantity.Gap](v.FieldByName("Missing"))
		return append(values, w.missing.number(gap))
	}
	return append(values, w.plain(v, f.key))
}

// plain is the value of a field that is neither evidence nor a figure. An empty text is
// null unless it is said to be one.
func (w *writer) plain(v reflect.Value, said bool) any {
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 && !said {
			return nil
		}
		return v.String()
	case reflect.Int, reflect.Int64:
		return v.Int()
	case reflect.Float64:
		return v.Float()
	case reflect.Bool:
		return v.Bool()
	}
	if text, ok := reflect.TypeAssert[encoding.TextMarshaler](v); ok {
		b, err := text.MarshalText()
		w.fail(err)
		return string(b)
	}
	if v.Kind() == reflect.Slice && v.IsNil() {
		return nil
	}
	if body, ok := reflect.TypeAssert[json.RawMessage](v); ok {
		return string(body)
	}
	b, err := json.Marshal(v.Interface())
	w.fail(err)
	return string(b)
}

func (w *writer) fail(err error) {
	if err != nil && w.err == nil {
		w.err = errkind.Errorf(errkind.Internal, "writing the data set: %w", err)
	}
}

// numbered writes what rows refer to by number.
func (w *writer) numbered() {
	for i, g := range w.missing.all {
		put(w, &Missing{ID: i + 1, Unread: g.Unread, Partial: g.Partial, Stale: g.Stale, Since: g.Since, Open: g.Open, Files: g.Files})
	}
	for i, e := range w.evidence.all {
		put(w, &Evidence{
			ID: i + 1, Repository: e.Repo, Commit: e.Commit, Path: e.Path, Line: e.Line, Tree: e.Tree, View: e.View,
			URL: e.URL, At: e.At, Permalink: e.Link(),
		})
	}
}
