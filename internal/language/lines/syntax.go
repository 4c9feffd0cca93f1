package lines

import (
	"cmp"
	"slices"
	"strings"
)

// A rule is one lexical element of a language: how it opens, how it ends, and
// what it makes of the lines it covers.
type rule struct {
	kind   kind
	open   string // what it begins with
	end    string // what it ends with; empty for line comments, characters and text
	escape byte   // in a string: the byte after this one is never part of end; 0 for none
	prefix byte   // hashString, tagString: the letter that makes it one

	// multiline: a string that may hold newlines. Others end with their line.
	multiline bool
	// isComment: a string that counts as a comment.
	isComment bool
	// nested: a block comment in which the pair may occur again.
	nested bool
	// first: applies only where nothing but white space stands before it on its line.
	first bool
	// continued: a line comment that a backslash at the line's end carries on.
	continued bool
	// column: applies only when open begins in this column, from 1; 0 for any.
	column int
	// not: bytes that must not follow open.
	not string

	id uint8 // place in its syntax; see counter.hopeless
}

// The kinds of rules.
type kind uint8

const (
	lineComment  kind = iota // to the end of the line
	blockComment             // from open to end
	quoted                   // a string from open to end
	hashString               // r#"…"#: a string whose end has as many hashes as its beginning
	tagString                // R"tag(…)tag": the raw string of C++
	character                // 'x', '\n': one character, where a quote alone means something else
	text                     // plain code, so that no shorter rule applies
)

// The constructors below make the syntax table readable.

// line is a comment from marker to the end of the line.
func line(marker string) rule { return rule{kind: lineComment, open: marker} }

// lead is a comment line: marker counts only as the first thing on a line.
func lead(marker string) rule { return rule{kind: lineComment, open: marker, first: true} }

// inColumn is a comment line with marker in a fixed column, the first being 1.
func inColumn(column int, marker string) rule {
	return rule{kind: lineComment, open: marker, column: column}
}

// block is a comment from open to end.
func block(open, end string) rule { return rule{kind: blockComment, open: open, end: end} }

// nest is a block comment that may hold others.
func nest(open, end string) rule {
	return rule{kind: blockComment, open: open, end: end, nested: true}
}

// section is a block comment whose opener must stand in the first column, and
// whose end is the rest of the line that begins with end.
func section(open, end string) rule {
	return rule{kind: blockComment, open: open, end: "\n" + end, column: 1}
}

// quote is a string within one line, with backslash escapes.
func quote(mark string) rule { return rule{kind: quoted, open: mark, end: mark, escape: '\\'} }

// flat is a string within one line, without escapes.
func flat(mark string) rule { return rule{kind: quoted, open: mark, end: mark} }

// long is a string that may hold newlines, with backslash escapes.
func long(mark string) rule {
	return rule{kind: quoted, open: mark, end: mark, escape: '\\', multiline: true}
}

// raw is a string that may hold newlines, without escapes.
func raw(open, end string) rule {
	return rule{kind: quoted, open: open, end: end, multiline: true}
}

// doc is a long string that is a comment, letters (Python's r, u) included that
// stand before it at the beginning of a line.
func doc(mark string, letters ...string) []rule {
	r := long(mark).comment()
	all := []rule{r}
	for _, l := range letters {
		r.open, r.first = l+mark, true
		all = append(all, r)
	}
	return all
}

// hashed is a raw string such as Rust's r#"…"#.
func hashed(prefix byte) rule {
	return rule{kind: hashString, open: `"`, prefix: prefix, multiline: true}
}

// tagged is the raw string of C++.
func tagged() rule { return rule{kind: tagString, open: `"`, prefix: 'R', multiline: true} }

// char is a character literal in single quotes. A quote that no character
// literal begins with is passed over: a lifetime, a digit separator, a prime.
func char() rule { return rule{kind: character, open: "'"} }

// plain is text that means nothing, though a shorter rule would say otherwise.
func plain(s string) rule { return rule{kind: text, open: s} }

// but makes r not apply when open is followed by one of the bytes.
func (r rule) but(bytes string) rule { r.not = bytes; return r }

// comment makes r, a string, count as a comment.
func (r rule) comment() rule { r.isComment = true; return r }

// carried makes r, a line comment, go on after a backslash at the line's end.
func (r rule) carried() rule { r.continued = true; return r }

// join makes one list of single rules and lists of rules.
func join(lists ...[]rule) []rule { return slices.Concat(lists...) }

// is lists rules.
func is(rules ...rule) []rule { return rules }

// A family is the languages that share a lexical form.
type family struct {
	rules     []rule
	languages []string // linguist names
}

// A syntax is a compiled list of rules. It is not changed after compile.
type syntax struct {
	// lead and inline give for a byte the group of rules that open with it,
	// plus one; 0 for none. lead is for the first byte of a line that is not
	// white space, inline for the others.
	lead, inline [256]uint8
	groups       [][]rule
	// stop is 1 for the bytes of inline and the newline, 0 for others.
	stop [256]uint8
	// easy: a line in which none of spans occurs is what its beginning says,
	// and no element goes on from it in the next.
	easy  bool
	spans [][]byte
	// shallow: no rule matters within a line, and inline is empty.
	shallow bool
}

// maxRules bounds the rules of a language: counter.hopeless has a bit for each.
const maxRules = 64

// compile makes the tables of a language. Where several rules match, the
// longest opener wins, then the one listed first.
func compile(rules []rule) *syntax {
	rules = slices.Clone(rules)
	slices.SortStableFunc(rules, func(a, b rule) int { return cmp.Compare(len(b.open), len(a.open)) })
	s := &syntax{shallow: !slices.ContainsFunc(rules, spansLines)}
	var inline []rule
	for i := range rules {
		rules[i].id = uint8(i)
		if !rules[i].first && !s.shallow {
			inline = append(inline, rules[i])
		}
	}
	s.index(&s.lead, rules)
	s.index(&s.inline, inline)
	for b, group := range s.inline {
		s.stop[b] = min(group, 1)
	}
	s.stop['\n'] = 1
	s.spans = spans(rules, s.shallow)
	s.easy = len(s.spans) <= maxSpans
	return s
}

// maxSpans is how many texts it is worth to search a whole file for.
const maxSpans = 6

// spans is the texts of which one is in every line where an element begins that
// may go on in the next line.
func spans(rules []rule, shallow bool) [][]byte {
	var all []string
	for _, r := range rules {
		switch {
		case r.kind == tagString:
			all = append(all, string(r.prefix)+r.open)
		case r.kind == blockComment, r.multiline:
			all = append(all, r.open)
		case r.continued, r.escape != 0 && !shallow: // an escaped newline
			all = append(all, "\\\n", "\\\r")
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	var least [][]byte // without those that another is part of
	for _, s := range all {
		if !slices.ContainsFunc(least, func(l []byte) bool { return strings.Contains(s, string(l)) }) {
			least = append(least, []byte(s))
		}
	}
	return least
}

// spansLines reports whether r can begin within a line and end in another.
func spansLines(r rule) bool {
	return !r.first && r.column == 0 && (r.multiline || r.kind == blockComment || r.continued)
}

// index fills table with the rules by the first byte of their openers.
func (s *syntax) index(table *[256]uint8, rules []rule) {
	for _, r := range rules {
		b := r.open[0]
		if table[b] == 0 {
			s.groups = append(s.groups, nil)
			table[b] = uint8(len(s.groups)) //nolint:gosec // one group a byte value: at most 256 rules, and no table has thirty
		}
		g := table[b] - 1
		s.groups[g] = append(s.groups[g], r)
	}
}
