package stated

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// A node is a value of JSON with the place at which it stands.
type node struct {
	kind    kind
	text    string // of a text; of a number as it is written
	members []member
	items   []*node
	from    int // offsets in the source
	to      int
}

type member struct {
	name string
	at   int
	node *node
}

type kind string

const (
	object  kind = "object"
	list    kind = "list"
	text    kind = "text"
	number  kind = "number"
	boolean kind = "boolean"
	null    kind = "null"
)

// A parser makes nodes of JSON. The library reads the tokens, which bounds nothing but
// tells where they end.
type parser struct {
	source []byte
	dec    *json.Decoder
}

// parse reads one value and nothing behind it.
func parse(source []byte) (*node, error) {
	p := &parser{source: source, dec: json.NewDecoder(bytes.NewReader(source))}
	p.dec.UseNumber()
	n, err := p.value(0)
	if err == nil {
		if _, more := p.dec.Token(); !errors.Is(more, io.EOF) {
			err = p.fail(p.next(), "there is more behind the document")
		}
	}
	return n, err
}

// fail is the error that the source is no JSON that is read, and where.
func (p *parser) fail(at int, format string, args ...any) error {
	line, column := newGrid(p.source).of(at)
	return errkind.WithHint(errkind.Errorf(errkind.Input, "line %d, column %d: %s", line, column, fmt.Sprintf(format, args...)),
		"'assay verify --claims-schema' says what a document of claims is")
}

// next is where the next token begins.
func (p *parser) next() int {
	at := int(p.dec.InputOffset())
	for at < len(p.source) && strings.IndexByte(" \t\r\n,:", p.source[at]) >= 0 {
		at++
	}
	return at
}

func (p *parser) token() (json.Token, int, error) {
	at := p.next()
	t, err := p.dec.Token()
	var broken *json.SyntaxError
	switch {
	case errors.As(err, &broken):
		return nil, at, p.fail(at, "it is no JSON: %v", broken)
	case err != nil:
		return nil, at, p.fail(len(p.source), "it ends within the document")
	}
	return t, at, nil
}

func (p *parser) value(depth int) (*node, error) {
	t, at, err := p.token()
	if err != nil {
		return nil, err
	}
	if depth > limit.ClaimsDepth {
		line, _ := newGrid(p.source).of(at)
		return nil, errkind.WithHint(errkind.Errorf(errkind.Limit, "line %d: the document has %s", line, limit.Over("claims-depth", limit.ClaimsDepth)), "a claim has three")
	}
	n := &node{from: at}
	switch t := t.(type) {
	case json.Delim:
		n.kind = object
		if t == '[' {
			n.kind = list
		}
		err = p.inside(n, depth)
	case string:
		n.kind, n.text = text, t
	case json.Number:
		n.kind, n.text = number, t.String()
	case bool:
		n.kind, n.text = boolean, strconv.FormatBool(t)
	default:
		n.kind = null
	}
	n.to = int(p.dec.InputOffset())
	return n, err
}

// inside reads what is in an object or a list, and its end.
func (p *parser) inside(n *node, depth int) error {
	for p.dec.More() {
		m := member{}
		if n.kind == object {
			t, at, err := p.token()
			if err != nil {
				return err
			}
			m.name, _ = t.(string)
			m.at = at
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		if m.node = v; n.kind == object {
			n.members = append(n.members, m)
		} else {
			n.items = append(n.items, v)
		}
	}
	_, _, err := p.token()
	return err
}

// A grid tells lines and columns of offsets.
type grid struct {
	source []byte
	lines  []int // where they begin
	// last is what was asked for last: a document may be one line, and is asked about
	// from its beginning to its end.
	last struct{ at, line, column int }
}

func newGrid(source []byte) *grid {
	g := &grid{source: source, lines: []int{0}}
	for i, c := range source {
		if c == '\n' {
			g.lines = append(g.lines, i+1)
		}
	}
	return g
}

// of is the line and column of an offset, both from 1, the column in characters.
func (g *grid) of(at int) (line, column int) {
	at = min(max(at, 0), len(g.source))
	line = sort.SearchInts(g.lines, at+1)
	from, column := g.lines[line-1], 1
	if line == g.last.line && at >= g.last.at {
		from, column = g.last.at, g.last.column
	}
	column += utf8.RuneCount(g.source[from:at])
	g.last.at, g.last.line, g.last.column = at, line, column
	return line, column
}
