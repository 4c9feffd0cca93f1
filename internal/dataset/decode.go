package dataset

import (
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"sync"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// A Keeper keeps a data set.
type Keeper interface {
	// Select calls f with the rows of a table, in the order of its key, whose columns have
	// the values that where has for them. The values are as [Sink] was given them, but
	// that a boolean may be an int64. They are f's only while it runs.
	Select(ctx context.Context, t *Table, where map[string][]any, f func(values []any) error) error
}

// A Set is a data set. It may be asked by several at a time.
type Set struct {
	keeper Keeper
	// What every answer needs is read once.
	missing memo[[]quantity.Gap] // by number, from 1
	head    memo[*Head]
}

// A memo is something that is read once. Where that fails it is tried again.
type memo[T any] struct {
	mu    sync.Mutex
	value T
	read  bool
}

// get gives what is kept, or what read reads.
func (k *memo[T]) get(read func() (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.read {
		return k.value, nil
	}
	value, err := read()
	if err == nil {
		k.value, k.read = value, true
	}
	return value, err
}

// Open gives the data set that is kept.
func Open(k Keeper) *Set { return &Set{keeper: k} }

// Rows reads the rows of a table whose columns have the values that where has for them.
func Rows[R any](ctx context.Context, s *Set, where map[string][]any) ([]R, error) {
	t := tableOf[R]()
	rows := []R{}
	places := []placed{}
	err := s.keeper.Select(ctx, t, where, func(values []any) error {
		rows = append(rows, *new(R))
		d := decoder{set: s, ctx: ctx, row: len(rows) - 1, places: &places}
		return d.row1(t, reflect.ValueOf(&rows[len(rows)-1]).Elem(), values)
	})
	if err != nil {
		return nil, err
	}
	if err := s.places(ctx, reflect.ValueOf(rows), places); err != nil {
		return nil, err
	}
	return rows, nil
}

// A placed field is to be given the evidence of a number.
type placed struct {
	row    int
	index  []int
	number int64
}

type decoder struct {
	set    *Set
	ctx    context.Context //nolint:containedctx // it lives as long as the call
	row    int
	places *[]placed
}

func (d *decoder) row1(t *Table, row reflect.Value, values []any) error {
	for i := range t.fields {
		f := &t.fields[i]
		n := 1
		if f.form == formFigure {
			n = 4
		}
		if err := d.field(f, row.FieldByIndex(f.index), values[:n]); err != nil {
			return errkind.Errorf(errkind.Storage, "data set: %s.%s: %w", t.Name, f.name, err)
		}
		values = values[n:]
	}
	return nil
}

func (d *decoder) field(f *field, v reflect.Value, values []any) error {
	switch f.form {
	case formEvidence:
		if n, ok := values[0].(int64); ok {
			*d.places = append(*d.places, placed{d.row, f.index, n})
		}
		return nil
	case formFigure:
		for i := range 3 {
			if values[i] == nil {
				continue
			}
			p := reflect.New(v.Field(i).Type().Elem())
			if err := plain1(p.Elem(), values[i]); err != nil {
				return err
			}
			v.Field(i).Set(p)
		}
		return d.gap(v.FieldByName("Missing"), values[3])
	}
	if values[0] == nil {
		return nil
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	return plain1(v, values[0])
}

// gap sets what is missing for a figure.
func (d *decoder) gap(v reflect.Value, number any) error {
	n, ok := number.(int64)
	if !ok {
		return nil
	}
	missing, err := d.set.missing.get(func() ([]quantity.Gap, error) { return d.set.gaps(d.ctx) })
	if err != nil {
		return err
	}
	if n < 1 || n > int64(len(missing)) {
		return fmt.Errorf("there is no row %d of what is missing", n)
	}
	v.Set(reflect.ValueOf(missing[n-1]))
	return nil
}

// gaps reads what is missing for figures, by number from 1.
func (s *Set) gaps(ctx context.Context) ([]quantity.Gap, error) {
	rows, err := Rows[Missing](ctx, s, nil)
	if err != nil {
		return nil, err
	}
	gaps := make([]quantity.Gap, 0, len(rows))
	for _, m := range rows {
		gaps = append(gaps, quantity.Gap{
			Unread: m.Unread, Partial: m.Partial, Stale: m.Stale, Since: m.Since, Open: m.Open, Files: m.Files,
		})
	}
	return gaps, nil
}

func plain1(v reflect.Value, value any) error {
	switch x := value.(type) {
	case string:
		if v.Kind() == reflect.String {
			v.SetString(x)
			return nil
		}
		switch to := v.Addr().Interface().(type) {
		case encoding.TextUnmarshaler:
			return to.UnmarshalText([]byte(x))
		case *json.RawMessage:
			*to = json.RawMessage(x)
			return nil
		}
		return json.Unmarshal([]byte(x), v.Addr().Interface())
	case int64:
		switch v.Kind() {
		case reflect.Bool:
			v.SetBool(x != 0)
			return nil
		case reflect.Int, reflect.Int64:
			v.SetInt(x)
			return nil
		case reflect.Float64:
			v.SetFloat(float64(x))
			return nil
		}
	case float64:
		if v.Kind() == reflect.Float64 {
			v.SetFloat(x)
			return nil
		}
	case bool:
		if v.Kind() == reflect.Bool {
			v.SetBool(x)
			return nil
		}
	}
	return fmt.Errorf("%T is no %s", value, v.Type())
}

// atOnce is how many numbers one question names.
const atOnce = 500

// places reads the evidence of rows.
func (s *Set) places(ctx context.Context, rows reflect.Value, places []placed) error {
	byNumber := map[int64][]placed{}
	var numbers []any
	for _, p := range places {
		if byNumber[p.number] == nil {
			numbers = append(numbers, p.number)
		}
		byNumber[p.number] = append(byNumber[p.number], p)
	}
	for len(numbers) > 0 {
		n := min(atOnce, len(numbers))
		found, err := Rows[Evidence](ctx, s, map[string][]any{"id": numbers[:n]})
		if err != nil {
			return err
		}
		for i := range found {
			for _, p := range byNumber[int64(found[i].ID)] {
				rows.Index(p.row).FieldByIndex(p.index).Set(reflect.ValueOf(found[i].fact()))
			}
		}
		numbers = numbers[n:]
	}
	return nil
}

// fact is the evidence as the rest of the program has it.
func (e *Evidence) fact() fact.Evidence {
	return fact.Evidence{Repo: e.Repository, Commit: e.Commit, Path: e.Path, Line: e.Line, Tree: e.Tree, View: e.View, URL: e.URL, At: e.At}
}
