package stated

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// Read reads a document. It fails with errkind.Input for what is no JSON, and with
// errkind.Limit for what is too much; all other mistakes are in the document, which
// tells them together ([Document.Err]).
func Read(source []byte) (*Document, error) {
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	switch {
	case len(source) > limit.ClaimsBytes:
		return nil, errkind.WithHint(errkind.Errorf(errkind.Limit, "the document has %s", limit.Over("claims-bytes", limit.ClaimsBytes)), "split it")
	case !utf8.Valid(source):
		return nil, errkind.WithHint(errkind.Errorf(errkind.Input, "the document is no UTF-8"), "save it as UTF-8")
	}
	root, err := parse(source)
	if err != nil {
		return nil, err
	}
	d := &Document{Version: Version, grid: newGrid(source), Claims: []Claim{}, places: map[string]int{}}
	r := &reader{d: d}
	r.document(root)
	if n := len(d.Claims); n > limit.VerifyClaims {
		return nil, errkind.WithHint(errkind.Errorf(errkind.Limit, "the document has %s", limit.Over("verify-claims", limit.VerifyClaims)), "split it")
	}
	d.check()
	return d, nil
}

// A reader fills a document from nodes, and remembers what does not fit.
type reader struct{ d *Document }

// A setter takes the value of a member.
type setter func(path string, n *node)

// object reads the members of an object. Those that it must have are needed.
func (r *reader) object(path string, n *node, members map[string]setter, needed ...string) {
	if n.kind != object {
		r.d.add(path, n.from, "", "it is a %s; expected an object", n.kind)
		return
	}
	seen := map[string]bool{}
	for _, m := range n.members {
		set, known := members[m.name]
		at := path + "." + m.name
		switch {
		case !known:
			r.d.add(at, m.at, meant(m.name, keys(members)), "there is no such member; expected one of %s", oneOf(keys(members)))
		case seen[m.name]:
			r.d.add(at, m.at, "", "it is there twice")
		default:
			set(at, m.node)
		}
		seen[m.name] = true
	}
	for _, name := range needed {
		if !seen[name] {
			r.d.add(path, n.from, "", "%q is missing", name)
		}
	}
}

// text takes a text that is not empty.
func (r *reader) text(to *string) setter {
	return func(path string, n *node) {
		switch {
		case n.kind != text:
			r.d.add(path, n.from, "", "it is a %s; expected a text", n.kind)
		case n.text == "":
			r.d.add(path, n.from, "", "it is empty; expected a text, or no such member")
		case len(n.text) > limit.ClaimsText:
			r.d.add(path, n.from, "", "it has %s", limit.Over("claims-text", limit.ClaimsText))
		default:
			*to = n.text
		}
	}
}

// whole takes a whole number from 1.
func (r *reader) whole(to *int) setter {
	return func(path string, n *node) {
		v, err := strconv.Atoi(n.text)
		if n.kind != number || err != nil || v < 1 || v > 1<<31-1 {
			r.d.add(path, n.from, "", "expected a whole number from 1")
			return
		}
		*to = v
	}
}

func (r *reader) truth(to *bool) setter {
	return func(path string, n *node) {
		if n.kind != boolean {
			r.d.add(path, n.from, "", "it is a %s; expected true or false", n.kind)
			return
		}
		*to = n.text == "true"
	}
}

// value takes a number, a text, or true.
func (r *reader) value(to **Value) setter {
	return func(path string, n *node) {
		switch {
		case n.kind == number:
			*to = &Value{Text: n.text, Number: true}
		case n.kind == boolean && n.text == "true": // it is so
			*to = nil
		case n.kind == text:
			v := &Value{}
			r.text(&v.Text)(path, n)
			*to = v
		default:
			r.d.add(path, n.from, "", "expected a number or a text")
		}
	}
}

// each reads the items of a list.
func (r *reader) each(path string, n *node, read setter) {
	if n.kind != list {
		r.d.add(path, n.from, "", "it is a %s; expected a list", n.kind)
		return
	}
	for i, item := range n.items {
		read(path+"["+strconv.Itoa(i)+"]", item)
	}
}

func (r *reader) document(n *node) {
	if n.kind != object {
		r.d.add("document", n.from, "", "it is a %s; expected an object with the member \"claims\"", n.kind)
		return
	}
	var schema string
	r.members(n, map[string]setter{
		"$schema": r.text(&schema), "as_of": r.placed(&r.d.AsOf), "language": r.placed(&r.d.Language),
		"version": func(path string, n *node) {
			if n.kind != number || n.text != strconv.Itoa(Version) {
				r.d.add(path, n.from, "", "expected %d, the version of the format that is read", Version)
			}
		},
		"claims": func(path string, n *node) { r.each(path, n, r.claim) },
		"left_out": func(path string, n *node) {
			r.each(path, n, func(path string, n *node) {
				var l Left
				r.object(path, n, map[string]setter{"quote": r.text(&l.Quote), "why": r.text(&l.Why), "source": r.source(&l.Source)}, "quote", "why")
			})
		},
	})
}

// placed takes a text of the document, and remembers where it stands.
func (r *reader) placed(to *string) setter {
	return func(path string, n *node) {
		r.d.places[path] = n.from
		r.text(to)(path, n)
	}
}

// members are those of the document, whose paths begin with their names.
func (r *reader) members(n *node, members map[string]setter) {
	plain := map[string]setter{}
	for name, set := range members {
		plain[name] = func(_ string, n *node) { set(name, n) }
	}
	r.object("document", n, plain, "claims")
}

func (r *reader) claim(path string, n *node) {
	before := len(r.d.faults)
	c := Claim{index: len(r.d.Claims), places: map[string]place{"": {n.from, n.to}}}
	for _, m := range n.members {
		c.places[m.name] = place{m.node.from, m.node.to}
	}
	r.object(path, n, map[string]setter{
		"id": r.text(&c.ID), "property": r.text(&c.Property), "of": r.text(&c.Of), "unit": r.text(&c.Unit), "scope": r.text(&c.Scope), "level": r.text(&c.Level),
		"than": r.text(&c.Than), "language": r.text(&c.Language), "quote": r.text(&c.Quote), "bound": r.text((*string)(&c.Bound)),
		"value": r.value(&c.Value), "to": r.value(&c.To), "tolerance": r.value(&c.Tolerance), "listed": r.whole(&c.Listed),
		"negated": r.truth(&c.Negated), "part": r.truth(&c.Part), "in_what_was_read": r.truth(&c.Read), "source": r.source(&c.Source),
		"among":   func(path string, n *node) { c.Among = r.names(path, n) },
		"subject": func(path string, n *node) { r.subject(path, n, &c.Subject) },
		"period": func(path string, n *node) {
			c.Period = &Period{}
			r.object(path, n, map[string]setter{"year": r.whole(&c.Period.Year), "as_of": r.text(&c.Period.AsOf)})
		},
	}, "subject", "property")
	c.faulty = len(r.d.faults) > before
	r.d.Claims = append(r.d.Claims, c)
}

func (r *reader) subject(path string, n *node, s *Subject) {
	r.object(path, n, map[string]setter{
		"project": r.text(&s.Project), "repository": r.text(&s.Repository), "package": r.text(&s.Package), "manifest": r.text(&s.Manifest), "level": r.text(&s.Level),
		"landscape": func(path string, n *node) {
			if r.truth(&s.Landscape)(path, n); n.kind == boolean && !s.Landscape {
				r.d.add(path, n.from, "", "expected true, or no such member")
			}
		},
	})
}

func (r *reader) names(path string, n *node) []string {
	var all []string
	if len(n.items) > limit.ClaimsNames {
		r.d.add(path, n.from, "", "it has %s", limit.Over("claims-names", limit.ClaimsNames))
		return nil
	}
	r.each(path, n, func(path string, n *node) {
		name := ""
		r.text(&name)(path, n)
		all = append(all, name)
	})
	return all
}

func (r *reader) source(to **Source) setter {
	return func(path string, n *node) {
		*to = &Source{}
		r.object(path, n, map[string]setter{"line": r.whole(&(*to).Line), "column": r.whole(&(*to).Column)}, "line")
	}
}
