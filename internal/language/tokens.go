package language

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"assay/internal/language/linguist"
	"assay/internal/lazyregexp"
)

// classifierBytes is how much of a text go-enry takes tokens from.
const classifierBytes = 100_000

// likeliestByTokens is the candidate that go-enry's classifier gives the most
// to, or "" when it knows none of them.
//
// It is the same sum over the same data. go-enry itself goes through the
// candidates in the order of a map, so that where two are given the same, which
// of them comes first differs from call to call. Here it is the earlier candidate.
func likeliestByTokens(content []byte, candidates []string) string {
	tally := newTally(candidates)
	tokens(content[:min(len(content), classifierBytes)], tally.add)
	return tally.best()
}

// A tally is what the tokens of a text have given to each language so far.
type tally struct {
	languages []string
	scores    []float64
	known     []map[string]float64 // of each language, by token
}

func newTally(candidates []string) *tally {
	var t tally
	for _, lang := range candidates {
		if words, ok := linguist.WordsOf(lang); ok {
			t.languages = append(t.languages, lang)
			t.scores = append(t.scores, words.Prior)
			t.known = append(t.known, words.Of)
		}
	}
	return &t
}

func (t *tally) add(token []byte) {
	for i, known := range t.known {
		p, ok := known[string(token)]
		if !ok {
			p = linguist.UnknownWord
		}
		t.scores[i] += p
	}
}

func (t *tally) best() string {
	best := ""
	most := 0.0
	for i, lang := range t.languages {
		if best == "" || t.scores[i] > most {
			best, most = lang, t.scores[i]
		}
	}
	return best
}

// tokens hands the tokens of a text to use, as go-enry's tokenizer finds them:
// interpreters and tags first, then words, brackets and operators of what is left
// without strings, remarks and numbers. A test holds it against go-enry.
func tokens(text []byte, use func([]byte)) {
	interpreters(text, use)
	text = cut(text, tagAt(use))
	text = cut(text, stringAt())
	text = cut(text, remarkAt())
	text = cut(text, lineRemarkAt)
	text = cut(text, numberAt)
	words(text, use)
}

// cut puts a space in place of every stretch that match finds the length of.
func cut(text []byte, match func(text []byte, at int) int) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if n := match(text, i); n > 0 {
			out = append(out, ' ')
			i += n
			continue
		}
		out = append(out, text[i])
		i++
	}
	return out
}

// interpreterLine is a "#!" line, with the interpreter as go-enry reads it.
var interpreterLine = lazyregexp.New(`(?m)^#!(?:/\w+)*/(?:(\w+)|\w+(?:\s*\w+=\w+\s*)*\s*(\w+))(?:\s*-\w+\s*)*$`)

func interpreters(text []byte, use func([]byte)) {
	if !bytes.Contains(text, []byte("#!")) {
		return
	}
	for _, m := range interpreterLine.FindAllSubmatch(text, -1) {
		name := m[1]
		if len(name) == 0 {
			name = m[2]
		}
		use(append([]byte("SHEBANG#!"), name...))
	}
}

// A search finds the next place of something; it remembers that there is none,
// so that a text full of openings without an end is looked through once.
type search struct {
	what []byte
	none bool
}

// in is how far what is sought reaches beyond from, or 0 when it does not come.
func (s *search) in(text []byte, from int) int {
	if s.none || from > len(text) {
		return 0
	}
	i := bytes.Index(text[from:], s.what)
	if i < 0 {
		s.none = true
		return 0
	}
	return i + len(s.what)
}

// tagAt matches tags as of HTML, and gives their names and attributes to use.
func tagAt(use func([]byte)) func([]byte, int) int {
	end := search{what: []byte(">")}
	return func(text []byte, at int) int {
		if text[at] != '<' {
			return 0
		}
		name := at + 1
		for name < len(text) && !tagEnds[text[name]] {
			name++
		}
		if name == at+1 || name == len(text) || text[name] != '>' && !space(text[name]) {
			return 0
		}
		n := end.in(text, name)
		if n == 0 {
			return 0
		}
		whole := text[at : name+n]
		if !remarkTag(whole) {
			use(append(bytes.Clone(text[at:name]), '>'))
			attributes(whole, use)
		}
		return len(whole)
	}
}

// tagEnds are the bytes that no name of a tag has.
var tagEnds = byteSet(" \t\n\f\r<>=\"'0123456789")

// remarkTag reports whether a tag ends a remark that begins in it.
func remarkTag(tag []byte) bool {
	_, rest, ok := bytes.Cut(tag, []byte("<!--"))
	return ok && bytes.Contains(rest, []byte("-->"))
}

// attributes gives the names of a tag's attributes ("href="), and the words that
// stand alone or within values.
func attributes(tag []byte, use func([]byte)) {
	for i := 0; i < len(tag); i++ {
		if !space(tag[i]) {
			continue
		}
		for i < len(tag) && space(tag[i]) {
			i++
		}
		end := i + run(tag[i:], wordBytes)
		if end > i && end < len(tag) && tag[end] == '=' {
			use(tag[i : end+1])
			i = end
			continue
		}
		end = i
		for end < len(tag) && tag[end] != '>' && !space(tag[end]) {
			end++
		}
		loneWords(tag[i:end], use)
		i = end - 1
	}
}

func loneWords(text []byte, use func([]byte)) {
	for i := 0; i < len(text); i++ {
		if n := run(text[i:], wordBytes); n > 0 {
			use(text[i : i+n])
			i += n
		}
	}
}

// stringAt matches what stands between quotes, also over lines.
func stringAt() func([]byte, int) int {
	double, single := search{what: []byte(`"`)}, search{what: []byte(`'`)}
	return func(text []byte, at int) int {
		n := 0
		switch text[at] {
		case '"':
			n = double.in(text, at+1)
		case '\'':
			n = single.in(text, at+1)
		}
		if n == 0 {
			return 0
		}
		return n + 1
	}
}

// remarkAt matches remarks that may go over lines.
func remarkAt() func([]byte, int) int {
	kinds := []struct {
		begin string
		end   search
	}{
		{"/*", search{what: []byte("*/")}}, {"<!--", search{what: []byte("-->")}}, {"{-", search{what: []byte("-}")}},
		{"(*", search{what: []byte("*)")}}, {`"""`, search{what: []byte(`"""`)}}, {"'''", search{what: []byte("'''")}},
	}
	return func(text []byte, at int) int {
		if !remarkStarts[text[at]] {
			return 0
		}
		for i := range kinds {
			k := &kinds[i]
			if !bytes.HasPrefix(text[at:], []byte(k.begin)) {
				continue
			}
			if n := k.end.in(text, at+len(k.begin)); n > 0 {
				return len(k.begin) + n
			}
		}
		return 0
	}
}

var remarkStarts = byteSet(`/<{("'`)

// lineRemarkAt matches a remark up to the end of the line: its mark and a blank.
// The blank may be the end of the line, and then the next one goes too, as with go-enry.
func lineRemarkAt(text []byte, at int) int {
	mark := 0
	switch text[at] {
	case '#', '%', '"':
		mark = 1
	case '/', '-':
		if at+1 < len(text) && text[at+1] == text[at] {
			mark = 2
		}
	}
	if mark == 0 || at+mark >= len(text) || !space(text[at+mark]) {
		return 0
	}
	rest := text[at+mark+1:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return mark + 1 + len(rest)
}

// numberAt matches a number with what is written after it, also within a word.
func numberAt(text []byte, at int) int {
	text = text[at:]
	if !digits[text[0]] {
		return 0
	}
	n := run(text, decimals)
	if len(text) > 2 && text[0] == '0' && text[1] == 'x' && hexDigits[text[2]] && text[2] != '.' {
		n = 2 + run(text[2:], hexDigits)
	}
	return n + suffix(text[n:])
}

// suffix is the length of a number's type or exponent.
func suffix(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	if text[0] == 'u' || text[0] == 'U' {
		return 1 + min(2, run(text[1:], longMarks))
	}
	n := 0
	if len(text) > 1 && (text[0] == 'e' || text[0] == 'E') && (text[1] == '-' || text[1] == '+') {
		n = 2 + run(text[2:], digits)
	}
	return n + run(text[n:], floatMarks)
}

// words gives words, brackets, operators, and every other letter on its own.
func words(text []byte, use func([]byte)) {
	for i := 0; i < len(text); {
		n := run(text[i:], regular)
		if n == 0 {
			n = operator(text[i:])
		}
		if n == 0 {
			r, size := utf8.DecodeRune(text[i:])
			if unicode.IsSpace(r) {
				i += size
				continue
			}
			n = size
		}
		use(text[i : i+n])
		i += n
	}
}

// operator is 2 where a sign that may be doubled is, else 0.
func operator(text []byte) int {
	if len(text) > 1 && text[0] == text[1] && (text[0] == '<' || text[0] == '&' || text[0] == '|') {
		return 2
	}
	return 0
}

// space is what expressions take for a blank.
func space(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\f' || b == '\r' }

const (
	digitBytes  = "0123456789"
	letterBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

var (
	digits     = byteSet(digitBytes)
	decimals   = byteSet(digitBytes + ".")
	hexDigits  = byteSet(digitBytes + "ABCDEFabcdef.")
	longMarks  = byteSet("lL")
	floatMarks = byteSet("fFlL")
	wordBytes  = byteSet(digitBytes + letterBytes + "_")
	regular    = byteSet(digitBytes + letterBytes + "_.@#/*")
)

// byteSet is a table of the bytes of chars.
func byteSet(chars string) *[256]bool {
	var set [256]bool
	for i := range len(chars) {
		set[chars[i]] = true
	}
	return &set
}

// run is how many bytes at the beginning of text are in set.
func run(text []byte, set *[256]bool) int {
	n := 0
	for n < len(text) && set[text[n]] {
		n++
	}
	return n
}
