package cargo

import (
	"bytes"
	"unicode/utf8"

	"assay/internal/fact"
)

// CountUnsafe counts the unsafe code of a Rust source file:
//
//   - blocks: unsafe { … };
//   - functions: unsafe fn and unsafe extern "C" fn with a name, declared or
//     defined, in traits and extern blocks too. Types of function pointers,
//     unsafe fn(…), declare nothing and are not counted;
//   - unsafe impl and unsafe trait (also unsafe auto trait).
//
// unsafe extern { … } blocks, unsafe statics in them, and attributes such as
// #[unsafe(no_mangle)] are none of these. The word counts neither in comments,
// documentation, strings and characters, nor as part of a longer word, nor as
// the raw identifier r#unsafe. It does count inside macros, and whether or not
// a cfg compiles it.
//
// The source need not be valid Rust, or text at all: the counts are then those
// of a lexer that goes on.
func CountUnsafe(source []byte) fact.Unsafe {
	if !bytes.Contains(source, keyword) { // most files: this is many times faster than what follows
		return fact.Unsafe{}
	}
	last := bytes.LastIndex(source, keyword)
	l := lexer{src: source}
	if bytes.HasPrefix(source, []byte("#!")) && !bytes.HasPrefix(source, []byte("#![")) {
		l.pos = l.lineEnd(0)
	}
	var n fact.Unsafe
	for l.pos <= last && l.next() {
		switch l.afterUnsafe() {
		case isBlock:
			n.Blocks++
		case isFn:
			n.Fns++
		case isImpl:
			n.Impls++
		case isTrait:
			n.Traits++
		}
	}
	if n.Blocks+n.Fns+n.Impls+n.Traits > 0 {
		n.Files = 1
	}
	return n
}

var keyword = []byte("unsafe")

// A lexer walks over Rust source from one keyword unsafe to the next, stepping
// over what is no code.
type lexer struct {
	src []byte
	pos int
}

// The classes of bytes that the lexer tells apart.
const (
	plain byte = iota // space and operators
	word              // part of an identifier or number
	slash
	quote
	tick
)

// classes gives the class of each byte. Bytes of non-ASCII characters are parts
// of words: whether they may be is of no concern here.
var classes = func() (t [256]byte) {
	for b := range t {
		switch {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9', b == '_', b >= 0x80:
			t[b] = word
		}
	}
	t['/'], t['"'], t['\''] = slash, quote, tick
	return t
}()

// next moves behind the next keyword unsafe and reports whether there was one.
func (l *lexer) next() bool {
	src, i := l.src, l.pos
	for i < len(src) {
		switch classes[src[i]] {
		case plain:
			i++
		case word:
			start := i
			for i++; i < len(src) && classes[src[i]] == word; i++ {
			}
			switch n := i - start; {
			case n <= 2:
				i = l.prefix(src[start:i], i)
			case n == len(keyword) && string(src[start:i]) == "unsafe":
				l.pos = i
				return true
			}
		case slash:
			i = l.comment(i)
		case quote:
			i = l.text(i + 1)
		case tick:
			i = l.char(i)
		}
	}
	l.pos = i
	return false
}

// prefix is the position behind what the short identifier id, which ends at i,
// begins: a raw string or a raw identifier; i when it begins neither. (Strings
// and characters with other prefixes are met as such.)
func (l *lexer) prefix(id []byte, i int) int {
	if id[len(id)-1] != 'r' || len(id) == 2 && id[0] != 'b' && id[0] != 'c' {
		return i
	}
	hashes := 0
	for i+hashes < len(l.src) && l.src[i+hashes] == '#' {
		hashes++
	}
	after := i + hashes
	switch {
	case after == len(l.src):
	case l.src[after] == '"':
		return l.rawText(after+1, hashes)
	case hashes == 1 && len(id) == 1:
		for after < len(l.src) && classes[l.src[after]] == word {
			after++
		}
		return after
	}
	return i
}

// comment is the position behind the comment at i, or behind the slash at i
// when none starts there. Block comments nest.
func (l *lexer) comment(i int) int {
	src := l.src
	if i+1 >= len(src) {
		return i + 1
	}
	switch src[i+1] {
	case '/':
		return l.lineEnd(i)
	case '*':
		i += 2
		for depth := 1; i < len(src); i++ {
			switch {
			case src[i] == '*' && i+1 < len(src) && src[i+1] == '/':
				depth--
				i++
			case src[i] == '/' && i+1 < len(src) && src[i+1] == '*':
				depth++
				i++
			}
			if depth == 0 {
				return i + 1
			}
		}
		return len(src)
	}
	return i + 1
}

// lineEnd is the position of the end of the line that i is in.
func (l *lexer) lineEnd(i int) int {
	if n := bytes.IndexByte(l.src[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(l.src)
}

// text is the position behind the string whose content starts at i.
func (l *lexer) text(i int) int {
	for src := l.src; i < len(src); i++ {
		switch src[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return len(l.src)
}

// rawText is the position behind the raw string with that many hashes whose
// content starts at i.
func (l *lexer) rawText(i, hashes int) int {
	for {
		n := bytes.IndexByte(l.src[i:], '"')
		if n < 0 {
			return len(l.src)
		}
		i += n + 1
		seen := 0
		for seen < hashes && i < len(l.src) && l.src[i] == '#' {
			seen++
			i++
		}
		if seen == hashes {
			return i
		}
	}
}

// char is the position behind the character literal at i; behind the tick only
// when it is that of a lifetime or label.
func (l *lexer) char(i int) int {
	rest := l.src[i+1:]
	if len(rest) == 0 {
		return i + 1
	}
	if rest[0] == '\\' {
		// '\'', '\\', '\x7f', '\u{10FFFF}': the literal ends at the first tick
		// behind the escaped character, on the same line.
		for k := 2; k < len(rest) && k < maxEscape && rest[k] != '\n'; k++ {
			if rest[k] == '\'' {
				return i + 1 + k + 1
			}
		}
		return i + 1
	}
	if _, size := utf8.DecodeRune(rest); size < len(rest) && rest[size] == '\'' {
		return i + 1 + size + 1
	}
	return i + 1
}

// maxEscape is more than the longest escaped character takes: '\u{1_0_F_F_F_F}'.
const maxEscape = 24

// What the keyword unsafe begins.
const (
	isOther = iota
	isBlock
	isFn
	isImpl
	isTrait
)

// afterUnsafe looks at what follows the keyword, without moving.
func (l *lexer) afterUnsafe() int {
	p := lexer{src: l.src, pos: l.pos}
	if p.skip(); p.at('{') {
		return isBlock
	}
	switch p.word() {
	case "impl":
		return isImpl
	case "trait":
		return isTrait
	case "auto":
		if p.skip(); p.word() == "trait" {
			return isTrait
		}
	case "fn":
		return p.fnOrType()
	case "extern":
		p.skip()
		p.abi()
		if p.skip(); p.word() == "fn" {
			return p.fnOrType()
		}
	}
	return isOther
}

// fnOrType tells, behind "fn", a function from the type of a function pointer.
func (l *lexer) fnOrType() int {
	if l.skip(); l.at('(') {
		return isOther
	}
	return isFn
}

// abi steps over the string that may follow extern.
func (l *lexer) abi() {
	switch {
	case l.at('"'):
		l.pos = l.text(l.pos + 1)
	case l.at('r'):
		l.pos = l.prefix([]byte("r"), l.pos+1)
	}
}

// skip steps over white space and comments.
func (l *lexer) skip() {
	for l.pos < len(l.src) {
		switch l.src[l.pos] {
		case ' ', '\t', '\n', '\r', '\v', '\f':
			l.pos++
		case '/':
			end := l.comment(l.pos)
			if end == l.pos+1 {
				return
			}
			l.pos = end
		default:
			return
		}
	}
}

// at reports whether the next byte is b.
func (l *lexer) at(b byte) bool { return l.pos < len(l.src) && l.src[l.pos] == b }

// word reads the identifier at the position; "" when there is none.
func (l *lexer) word() string {
	start := l.pos
	for l.pos < len(l.src) && classes[l.src[l.pos]] == word {
		l.pos++
	}
	return string(l.src[start:l.pos])
}
