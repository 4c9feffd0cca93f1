package api

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"assay/internal/dataset"
	"assay/internal/dataset/csv"
	"assay/internal/dataset/jsonl"
	"assay/internal/errkind"
	"assay/internal/finding/words"
	"assay/internal/limit"
	"assay/internal/listing"
	"assay/internal/sanitize"
	"assay/internal/serve/stack"
)

// Paged is a question for a part of a list.
type Paged struct {
	Limit  int `default:"100" doc:"At most this number of rows."                           maximum:"1000"     minimum:"1" query:"limit"`
	Offset int `default:"0"   doc:"Leave out this number of rows: those of earlier pages." maximum:"10000000" minimum:"0" query:"offset"`
}

// next is the address of the page after this one.
func (p *Paged) next(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	q := u.Query()
	q.Set("offset", strconv.Itoa(p.Offset+p.Limit))
	q.Set("limit", strconv.Itoa(p.Limit))
	return u.Path + "?" + q.Encode()
}

// A sheet is a page of rows that is being written.
type sheet struct {
	Paged

	body bytes.Buffer
	rows *csv.Writer // nil for JSON
	n    int
	more bool
}

// Put implements [dataset.Sink]. One row more than wanted says that there are more.
func (s *sheet) Put(t *dataset.Table, values []any) error {
	if s.n == s.Limit {
		s.more = true
		return nil
	}
	s.n++
	if s.rows != nil {
		return s.rows.Put(t, values)
	}
	if s.n > 1 {
		s.body.WriteByte(',')
	}
	line, err := jsonl.Append(s.body.AvailableBuffer(), t, values)
	if err == nil {
		s.body.Write(line)
	}
	return err
}

// pageOf answers with a page of the rows of a table.
func pageOf(ctx context.Context, b *stack.Book, t *dataset.Table, where map[string][]any, p Paged) (*answer, error) {
	s, req := &sheet{Paged: p}, requestOf(ctx)
	if req.CSV {
		var err error
		if s.rows, err = csv.New(&s.body, t); err != nil {
			return nil, err
		}
	}
	if err := b.Page(ctx, t, dataset.Page{Where: where, Limit: p.Limit + 1, Offset: p.Offset}, s); err != nil {
		return nil, err
	}
	if s.rows == nil {
		return s.Paged.answer(b, req.Target, s.body.Bytes(), s.more), nil
	}
	if err := s.rows.Close(); err != nil {
		return nil, err
	}
	return &answer{ContentType: typeCSV, Link: s.link(req.Target, s.more), Body: s.body.Bytes()}, nil
}

// span is the page of a list of so many.
func (p *Paged) span(n int) (from, to int) {
	from = min(p.Offset, n)
	return from, min(from+p.Limit, n)
}

// records answers with a page of records, whose fields have these names.
func (p *Paged) records(req *Request, b *stack.Book, names []string, records []listing.Record, more bool) (*answer, error) {
	var body bytes.Buffer
	if req.CSV {
		err := csv.WriteFile(&body, names, listing.Values(records))
		return &answer{ContentType: typeCSV, Link: p.link(req.Target, more), Body: body.Bytes()}, err
	}
	for i, r := range records {
		if i > 0 {
			body.WriteByte(',')
		}
		text, err := r.AppendJSON(body.AvailableBuffer())
		if err != nil {
			return nil, err
		}
		body.WriteString(sanitize.JSON(string(text)))
	}
	return p.answer(b, req.Target, body.Bytes(), more), nil
}

// link is what leads to the next page, where there is one.
func (p *Paged) link(target string, more bool) string {
	if !more {
		return ""
	}
	return "<" + p.next(target) + `>; rel="next"`
}

// answer puts rows, which stand one after the other, into a page.
func (p *Paged) answer(b *stack.Book, target string, rows []byte, more bool) *answer {
	var body bytes.Buffer
	fmt.Fprintf(&body, `{"as_of":%q,"limit":%d,"offset":%d,"next":`, b.AsOf, p.Limit, p.Offset)
	if more {
		fmt.Fprintf(&body, "%q", p.next(target))
	} else {
		body.WriteString("null")
	}
	body.WriteString(`,"rows":[`)
	body.Write(rows)
	body.WriteString("]}")
	return &answer{ContentType: typeJSON, Link: p.link(target, more), Body: body.Bytes()}
}

// tableQuestion is a question for rows of a table.
type tableQuestion struct {
	Asked
	Paged

	Table string `doc:"Name of a table of the dictionary." example:"usage" maxLength:"100" path:"table"`

	where map[string][]any
}

// ours are the parameters that are no columns.
var ours = []string{"as_of", "limit", "offset"}

// Resolve implements [huma.Resolver]: other parameters are columns.
func (q *tableQuestion) Resolve(ctx huma.Context) []error {
	t, err := tableNamed(q.Table)
	if err != nil {
		return nil // the answer says it
	}
	u := ctx.URL()
	q.where = map[string][]any{}
	n := 0
	for name, values := range u.Query() {
		if slices.Contains(ours, name) {
			continue
		}
		if n += len(values); n > limit.ServeValues {
			return []error{fmt.Errorf("there are %s", limit.Over("serve-values", limit.ServeValues))}
		}
		for _, text := range values {
			v, err := valueOf(t, name, text)
			if err != nil {
				return []error{err}
			}
			q.where[name] = append(q.where[name], v)
		}
	}
	return nil
}

// valueOf is the value of a column that a text stands for. An empty one is null.
func valueOf(t *dataset.Table, column, text string) (any, error) {
	c := t.Column(column)
	if c == nil {
		var all []string
		for i := range t.Columns {
			all = append(all, t.Columns[i].Name)
		}
		e := &huma.ErrorDetail{Location: "query", Value: short(column), Message: fmt.Sprintf("%s has no such column: /api/v1/dictionary/%s lists them", t.Name, t.Name)}
		if near := words.Near(short(column), all); len(near) > 0 {
			e.Message = fmt.Sprintf("%s has no such column: %s", t.Name, words.Meant(near))
		}
		return nil, e
	}
	if text == "" {
		return nil, nil
	}
	var v any = text
	var err error
	switch c.Kind {
	case dataset.Integer:
		v, err = strconv.ParseInt(text, 10, 64)
	case dataset.Real:
		v, err = strconv.ParseFloat(text, 64)
	case dataset.Boolean:
		v, err = strconv.ParseBool(text)
	}
	if err != nil {
		return nil, &huma.ErrorDetail{Location: "query." + column, Value: short(text), Message: "it is no value of the type " + string(c.Kind)}
	}
	return v, nil
}

// tableNamed is the table of the dictionary of a name.
func tableNamed(name string) (*dataset.Table, error) {
	i := slices.IndexFunc(dataset.Dictionary(), func(t *dataset.Table) bool { return t.Name == name })
	if i >= 0 {
		return dataset.Dictionary()[i], nil
	}
	var all []string
	for _, t := range dataset.Dictionary() {
		all = append(all, t.Name)
	}
	err := errkind.Errorf(errkind.NotFound, "there is no table %q", short(name))
	if near := words.Near(short(name), all); len(near) > 0 {
		return nil, errkind.WithHint(err, "%s", words.Meant(near))
	}
	return nil, errkind.WithHint(err, "/api/v1/dictionary lists the tables")
}

// table is a table of the dictionary by its name, which is ours.
func table(name string) *dataset.Table {
	t, err := tableNamed(name)
	if err != nil {
		panic("api: " + err.Error())
	}
	return t
}

func (a *API) table(ctx context.Context, q *tableQuestion) (*answer, error) {
	t, err := tableNamed(q.Table)
	if err != nil {
		return nil, err
	}
	b, err := q.book(ctx)
	if err != nil {
		return nil, err
	}
	return pageOf(ctx, b, t, q.where, q.Paged)
}

// dictionary answers with all tables, or one.
func dictionary(_ context.Context, q *struct {
	Table string `doc:"Name of a table." maxLength:"100" path:"table"`
},
) (*answer, error) {
	t, err := tableNamed(q.Table)
	if err != nil {
		return nil, err
	}
	return answered(t)
}
