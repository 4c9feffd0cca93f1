package api

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"assay/internal/dataset"
	"assay/internal/dataset/jsonl"
	"assay/internal/finding/usage"
	"assay/internal/serve/stack"
)

// A part of an answer is rows of a table, under its name.
type part struct {
	table string
	where map[string][]any
	// language: the rows of a language; where there are none, those of all others ("*").
	language string
	// one: the row itself, not a list.
	one bool
}

// pages are answers that are put together from parts. What rows refer to by number, of
// evidence and of what is missing, comes with them.
type pages struct {
	body   bytes.Buffer
	part   *part
	n      int
	places map[string][]any // numbers, by the table that has them
}

// Put implements [dataset.Sink].
func (p *pages) Put(t *dataset.Table, values []any) error {
	if p.part.one && p.n > 0 {
		return nil
	}
	if p.n > 0 {
		p.body.WriteByte(',')
	}
	p.n++
	line, err := jsonl.Append(p.body.AvailableBuffer(), t, values)
	if err != nil {
		return err
	}
	p.body.Write(line)
	p.refer(t, values)
	return nil
}

// refer notes what a row refers to.
func (p *pages) refer(t *dataset.Table, values []any) {
	for i, v := range values {
		to := t.Columns[i].References
		if to != "evidence.id" && to != "missing.id" || v == nil {
			continue
		}
		to = to[:len(to)-len(".id")]
		if !slices.Contains(p.places[to], v) {
			p.places[to] = append(p.places[to], v)
		}
	}
}

// assemble answers with parts of a data set.
func assemble(ctx context.Context, b *stack.Book, parts []part) (*answer, error) {
	// Each part is some rows by their key: stopping one half way would cost more than
	// reading it, and to be able to costs much.
	ctx = context.WithoutCancel(ctx)
	p := &pages{places: map[string][]any{}}
	fmt.Fprintf(&p.body, `{"as_of":%q`, b.AsOf)
	for i := range parts {
		if err := p.add(ctx, b, &parts[i]); err != nil {
			return nil, err
		}
	}
	for _, name := range referred {
		where := map[string][]any{"id": p.places[name]}
		if err := p.add(ctx, b, &part{table: name, where: where}); err != nil {
			return nil, err
		}
	}
	p.body.WriteByte('}')
	return &answer{ContentType: typeJSON, Body: p.body.Bytes()}, nil
}

// referred are the tables that others refer to by number.
var referred = []string{"missing", "evidence"}

// atOnce is how many numbers one question of the database names.
const atOnce = 500

// add adds a part.
func (p *pages) add(ctx context.Context, b *stack.Book, x *part) error {
	fmt.Fprintf(&p.body, `,"%s":`, x.table)
	p.part, p.n = x, 0
	if !x.one {
		p.body.WriteByte('[')
	}
	if err := p.rows(ctx, b, x); err != nil {
		return err
	}
	switch {
	case !x.one:
		p.body.WriteByte(']')
	case p.n == 0:
		p.body.WriteString("null")
	}
	return nil
}

func (p *pages) rows(ctx context.Context, b *stack.Book, x *part) error {
	if numbers, ok := x.where["id"]; ok && slices.Contains(referred, x.table) {
		for some := range slices.Chunk(numbers, atOnce) {
			if err := b.Page(ctx, table(x.table), dataset.Page{Where: map[string][]any{"id": some}}, p); err != nil {
				return err
			}
		}
		return nil
	}
	if x.language == "" {
		return b.Page(ctx, table(x.table), dataset.Page{Where: x.where}, p)
	}
	for _, language := range []string{x.language, usage.Other} {
		x.where["language"] = []any{language}
		if err := b.Page(ctx, table(x.table), dataset.Page{Where: x.where}, p); err != nil || p.n > 0 {
			return err
		}
	}
	return nil
}
