package lines

import (
	"bytes"
	"sync"
)

// Lines is how many lines of each kind a file has.
type Lines struct {
	Code    int64
	Comment int64
	Blank   int64
}

// Total is the number of lines of all kinds.
func (n Lines) Total() int64 { return n.Code + n.Comment + n.Blank }

// Count counts the lines of data, the whole content of a file in language,
// which is a linguist name ("Rust", "C++", "Open Policy Agent"). Any bytes do:
// what is not text has lines as well, though they mean little.
//
// ok is false when the language has no entry in the syntax table (language ""
// has none). Comments cannot be told then: n.Comment is zero, and every line
// that is not blank is code. A language known to have no comments (JSON) is ok.
func Count(language string, data []byte) (n Lines, ok bool) {
	s, ok := syntaxes()[language]
	if !ok {
		s = plainText()
	}
	c := counter{syntax: s, data: data}
	c.count()
	return c.lines, ok
}

// syntaxes is the compiled syntax table by linguist name.
var syntaxes = sync.OnceValue(func() map[string]*syntax {
	all := make(map[string]*syntax)
	for _, f := range append(programming(), markup()...) {
		s := compile(f.rules)
		for _, name := range f.languages {
			all[name] = s
		}
	}
	return all
})

// plainText is the syntax of a language without comments.
var plainText = sync.OnceValue(func() *syntax { return compile(nil) })

// count counts all lines of c.data into c.lines.
func (c *counter) count() {
	c.data = bytes.TrimPrefix(c.data, []byte("\xEF\xBB\xBF")) // the byte order mark
	// "#![" is how Rust writes an attribute of the file, not a shebang.
	if startsWith(c.data, "#!") && !startsWith(c.data, "#![") {
		c.code = true
		c.pos = c.lineEnd(0)
	}
	c.run()
}
