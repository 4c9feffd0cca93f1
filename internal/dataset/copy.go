package dataset

import (
	"context"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/finding/words"
)

// Named gives the tables of the dictionary of these names, in their order there; all for
// no name. A name that is none is errkind.Usage.
func Named(names []string) ([]*Table, error) {
	all := Dictionary()
	if len(names) == 0 {
		return all, nil
	}
	known := make([]string, 0, len(all))
	for _, t := range all {
		known = append(known, t.Name)
	}
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		err := errkind.Errorf(errkind.Usage, "there is no table %q", name)
		if near := words.Near(name, known); len(near) > 0 {
			return nil, errkind.WithHint(err, "near: %s", strings.Join(near, ", "))
		}
		return nil, errkind.WithHint(err, "'assay dictionary' lists the tables")
	}
	return slices.DeleteFunc(slices.Clone(all), func(t *Table) bool { return !slices.Contains(names, t.Name) }), nil
}

// Copy puts the rows of tables into the sink: table by table, in the order of their keys.
// The values are the sink's only while Put runs.
func (s *Set) Copy(ctx context.Context, tables []*Table, sink Sink) error {
	for _, t := range tables {
		if err := s.keeper.Select(ctx, t, nil, putter(t, sink)); err != nil {
			return err
		}
	}
	return nil
}

// putter puts rows as they are read into a sink.
func putter(t *Table, sink Sink) func(values []any) error {
	return func(values []any) error {
		for i, v := range values {
			switch v := v.(type) {
			case int64:
				if t.Columns[i].Kind == Boolean {
					values[i] = v != 0
				}
			case string: // not every form can hold other bytes
				values[i] = strings.ToValidUTF8(v, "\uFFFD")
			}
		}
		return sink.Put(t, values)
	}
}

// A Page is some of the rows of a table, in the order of its key.
type Page struct {
	// Where has the values that columns have; nil is null.
	Where map[string][]any
	// Limit is how many rows there are at most, after the first Offset; below 1 there is
	// no limit.
	Limit, Offset int
}

// A Pager is a [Keeper] that gives some of the rows.
type Pager interface {
	// Page is Select for a page.
	Page(ctx context.Context, t *Table, p Page, f func(values []any) error) error
}

// Page puts rows of a table into the sink, as [Set.Copy] does.
func (s *Set) Page(ctx context.Context, t *Table, p Page, sink Sink) error {
	pager, ok := s.keeper.(Pager)
	if !ok {
		return errkind.Errorf(errkind.Internal, "the data set gives no pages")
	}
	return pager.Page(ctx, t, p, putter(t, sink))
}
