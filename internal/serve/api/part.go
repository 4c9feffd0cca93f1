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
	// of: the rows of a project, from a small table that is kept.
	of string
}

// A block is the rows of a project in a small table, as they stand in an answer.
type block struct {
	rows     []byte
	n        int
	referred map[string][]any
}

// blocks is a sink that puts the rows of a table together by their project, the first
// column.
type blocks map[string]*block

// Put implements [dataset.Sink].
func (all blocks) Put(t *dataset.Table, values []any) error {
	id, _ := values[0].(string)
	b := all[id]
	if b == nil {
		b = &block{referred: map[string][]any{}}
		all[id] = b
	}
	if b.n > 0 {
		b.rows = append(b.rows, ',')
	}
	b.n++
	refer(b.referred, t, values)
	var err error
	b.rows, err = jsonl.Append(b.rows, t, values)
	return err
}

// kept are the rows of a small table by project. Reading them all takes as long as some
// answers would.
func kept(ctx context.Context, b *stack.Book, name string) (blocks, error) {
	all, err := b.Kept("rows of "+name, func() (any, error) {
		all := blocks{}
		return all, b.Page(ctx, table(name), dataset.Page{}, all)
	})
	if err != nil {
		return nil, err
	}
	return all.(blocks), nil
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
	refer(p.places, t, values)
	return nil
}

// refer notes what a row refers to.
func refer(places map[string][]any, t *dataset.Table, values []any) {
	for i, v := range values {
		to := t.Columns[i].References
		if to != "evidence.id" && to != "missing.id" || v == nil {
			continue
		}
		to = to[:len(to)-len(".id")]
		if !slices.Contains(places[to], v) {
			places[to] = append(places[to], v)
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
	if x.of != "" {
		return p.block(ctx, b, x)
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

// block adds the rows of a project in a small table.
func (p *pages) block(ctx context.Context, b *stack.Book, x *part) error {
	all, err := kept(ctx, b, x.table)
	if err != nil || all[x.of] == nil {
		return err
	}
	p.body.Write(all[x.of].rows)
	p.n = all[x.of].n
	for name, numbers := range all[x.of].referred {
		for _, v := range numbers {
			if !slices.Contains(p.places[name], v) {
				p.places[name] = append(p.places[name], v)
			}
		}
	}
	return nil
}
