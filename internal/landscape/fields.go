package landscape

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"assay/internal/fact"
	"assay/internal/limit"
)

// A field is a key of a mapping with its value. The zero field is absent.
type field struct {
	name  string
	line  int // of the key
	value *yaml.Node
}

// fields are the entries of a mapping by key.
type fields map[string]field

// over gives the fields of f, and those of base that f does not have.
func (f fields) over(base fields) fields {
	for name, other := range base {
		if _, ok := f[name]; !ok {
			f[name] = other
		}
	}
	return f
}

// follow resolves an alias. The library builds no alias of an alias.
func (r *reader) follow(n *yaml.Node) *yaml.Node {
	if n != nil && n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// spend counts n nodes that are looked at, and reports whether there is
// something left of what may be.
func (r *reader) spend(n int) bool {
	r.visits += n
	return r.visits <= limit.LandscapeVisits
}

// sequence gives the elements of a list.
func (r *reader) sequence(n *yaml.Node) []*yaml.Node {
	n = r.follow(n)
	if n == nil || n.Kind != yaml.SequenceNode || !r.spend(len(n.Content)+1) {
		return nil
	}
	out := make([]*yaml.Node, len(n.Content))
	for i, e := range n.Content {
		out[i] = r.follow(e)
	}
	return out
}

// fields reads a mapping; false when n is none. Of a key that is written twice
// the first counts, and a note says so.
func (r *reader) fields(n *yaml.Node) (fields, bool) { return r.mapping(n, limit.LandscapeMerges) }

func (r *reader) mapping(n *yaml.Node, depth int) (fields, bool) {
	n = r.follow(n)
	if n == nil || n.Kind != yaml.MappingNode || depth == 0 {
		return nil, false
	}
	if !r.spend(len(n.Content) + 1) {
		return nil, false
	}
	out := make(fields, len(n.Content)/2)
	var bases []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := r.follow(n.Content[i]), r.follow(n.Content[i+1])
		if key == nil || value == nil || key.Kind != yaml.ScalarNode || len(key.Value) > limit.LandscapeLine {
			continue
		}
		name := strings.TrimSpace(key.Value)
		if name == "<<" && key.ShortTag() == "!!merge" {
			bases = append(bases, value)
			continue
		}
		if first, ok := out[name]; ok {
			short, _ := cut(oneLine(name), 80)
			r.note(key.Line, "%q is written twice; that of line %d counts", short, first.line)
			continue
		}
		out[name] = field{name, key.Line, value}
	}
	for _, base := range bases {
		r.merge(out, base, depth-1)
	}
	return out, true
}

// merge adds the fields of what "<<:" names: a mapping, or a list of them.
func (r *reader) merge(out fields, base *yaml.Node, depth int) {
	if f, ok := r.mapping(base, depth); ok {
		out.over(f)
		return
	}
	for _, n := range r.sequence(base) {
		if f, ok := r.mapping(n, depth); ok {
			out.over(f)
		}
	}
}

// scalar is the text of a field as written, "" when it is absent or null. A
// field that is a list or a mapping is noted and counts as absent.
func (r *reader) scalar(f field) string {
	if f.value == nil || isNull(f.value) {
		return ""
	}
	if f.value.Kind != yaml.ScalarNode {
		r.note(f.line, "%s: is %s, not text; left out", f.name, kindOf(f.value))
		return ""
	}
	if r.read += len(f.value.Value); r.read > limit.LandscapeRead {
		return ""
	}
	clean := fact.WithoutSecrets(f.value.Value)
	if clean != f.value.Value {
		r.noteOf(fact.NoteSecret, f.line, "%s: an address in it holds a user name, a password or a token, which was taken out; change it where it is used", f.name)
	}
	return clean
}

// address is a field that holds an address. With a control character in it, or
// one that turns the direction, it is left out: without that character it would
// be another.
func (r *reader) address(f field) string {
	s := r.scalar(f)
	if trimmed := strings.TrimSpace(s); strings.ContainsFunc(trimmed, steering) {
		r.note(f.line, "%s: the address holds a character that cannot be seen; left out", f.name)
		return ""
	}
	return r.fit(f, oneLine(s))
}

// line is a field that fits one line. What is too long is left out, because a
// shortened address or name would be another one.
func (r *reader) line(f field) string { return r.fit(f, oneLine(r.scalar(f))) }

// fit is s, the content of f, where it is not too long.
func (r *reader) fit(f field, s string) string {
	if len(s) > limit.LandscapeLine {
		r.note(f.line, "%s: has %d bytes, more than %d; left out", f.name, len(s), limit.LandscapeLine)
		return ""
	}
	return s
}

// text is a field of prose, which may have several lines.
func (r *reader) text(f field) string {
	s := paragraphs(r.scalar(f))
	short, was := cut(s, limit.LandscapeText)
	if was {
		r.note(f.line, "%s: has %d bytes; cut to %d", f.name, len(s), limit.LandscapeText)
	}
	return short
}

// words is a field that lists words: a YAML list, or text with commas.
func (r *reader) words(f field) []string {
	if f.value == nil || f.value.Kind != yaml.SequenceNode {
		return splitList(r.text(f))
	}
	var parts []string
	for _, n := range r.sequence(f.value) {
		if part := r.line(field{f.name, n.Line, n}); part != "" {
			parts = append(parts, part)
		}
	}
	return distinct(parts)
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func isBool(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" }

// kindOf names what a node is, for messages.
func kindOf(n *yaml.Node) string {
	switch {
	case n == nil:
		return "nothing"
	case isNull(n):
		return "empty"
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	}
	return "text"
}
