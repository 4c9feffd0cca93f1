package policy

import (
	"strings"
	"unicode/utf8"
)

// A spelling is how people write the name of a language.
type spelling struct {
	text     string
	language string // linguist's name
	// plain: the word is also an ordinary one, or a single letter. It only
	// counts where the sentence says that something is made in it or that it
	// was chosen.
	plain bool
}

// spellings by first letter, longer ones first where one begins another.
var spellings = [128][]spelling{
	'A': {{"Ada", "Ada", true}},
	'B': {{"Bash", "Shell", false}},
	'C': {{"C++", "C++", false}, {"C#", "C#", false}, {"Clojure", "Clojure", false}, {"Crystal", "Crystal", true}, {"C", "C", true}},
	'D': {{"Dart", "Dart", true}, {"D", "D", true}},
	'E': {{"Elixir", "Elixir", false}, {"Elm", "Elm", true}, {"Erlang", "Erlang", false}},
	'F': {{"F#", "F#", false}, {"Fortran", "Fortran", false}},
	'G': {{"Golang", "Go", false}, {"GoLang", "Go", false}, {"Gleam", "Gleam", false}, {"Groovy", "Groovy", false}, {"Go", "Go", true}},
	'H': {{"Haskell", "Haskell", false}},
	'J': {{"JavaScript", "JavaScript", false}, {"Javascript", "JavaScript", false}, {"Java", "Java", false}, {"Jsonnet", "Jsonnet", false}, {"Julia", "Julia", true}},
	'K': {{"Kotlin", "Kotlin", false}},
	'L': {{"Lua", "Lua", false}},
	'N': {{"Nim", "Nim", true}},
	'O': {{"Objective-C", "Objective-C", false}, {"OCaml", "OCaml", false}},
	'P': {{"Python", "Python", false}, {"Perl", "Perl", false}, {"PHP", "PHP", false}, {"Prolog", "Prolog", false}},
	'R': {{"Rust", "Rust", false}, {"Ruby", "Ruby", false}, {"Rego", "Open Policy Agent", true}, {"R", "R", true}},
	'S': {{"Scala", "Scala", false}, {"Starlark", "Starlark", false}, {"Swift", "Swift", true}},
	'T': {{"TypeScript", "TypeScript", false}, {"Typescript", "TypeScript", false}},
	'Z': {{"Zig", "Zig", true}},
}

// A naming is a place where a text names a language.
type naming struct {
	start, end int
	language   string
	plain      bool
}

// nextNaming finds the first naming of a language at or after from. It looks
// at every byte once and at words only where a capital starts one.
func nextNaming(s string, from int) (naming, bool) {
	for i := from; i < len(s); i++ {
		c := s[i]
		if c < 'A' || c > 'Z' || spellings[c] == nil || i > 0 && !opens(s, i) {
			continue
		}
		for _, sp := range spellings[c] {
			if strings.HasPrefix(s[i:], sp.text) && closes(s[i+len(sp.text):]) {
				return naming{i, i + len(sp.text), sp.language, sp.plain}, true
			}
		}
	}
	return naming{}, false
}

// opens reports whether a word may begin at s[i]: not within another word, a
// path, an address or a name with dots.
func opens(s string, i int) bool {
	switch p := s[i-1]; {
	case wordByte(p), p == '-', p == '.', p == '@', p == '#', p == ':', p == '$', p == '=':
		return false
	case p == '/':
		return i > 1 && (wordByte(s[i-2]) || s[i-2] == '+' || s[i-2] == '#') && !strings.Contains(s[max(0, i-40):i], "://")
	case p >= utf8.RuneSelf:
		r, _ := utf8.DecodeLastRuneInString(s[:i])
		return !letterRune(r)
	}
	return true
}

// closes reports whether a language's name may end before rest.
func closes(rest string) bool {
	if rest == "" {
		return true
	}
	switch c := rest[0]; {
	case wordByte(c), c == '+', c == '#', c == '-', c == '=', c == '@', c == '$':
		return false
	case c == '.', c == ':', c == '/':
		return len(rest) == 1 || !wordByte(rest[1]) && rest[1] != ':' && rest[1] != '/' || c == '/' && rest[1] >= 'A' && rest[1] <= 'Z'
	case c >= utf8.RuneSelf:
		r, _ := utf8.DecodeRuneInString(rest)
		return !letterRune(r)
	}
	return true
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// letterRune reports whether a rune beyond ASCII continues a word. Quotation
// marks and dashes do not.
func letterRune(r rune) bool { return r >= 0xC0 && (r < 0x2000 || r > 0x206F) }

// slot stands in a sentence for the language it is weighed for.
const slot = "\x01"

// slotted replaces every naming of language in s by the slot.
func slotted(s, language string) string {
	var b strings.Builder
	from := 0
	for at := 0; ; {
		n, ok := nextNaming(s, at)
		if !ok {
			break
		}
		if at = n.end; n.language == language {
			b.WriteString(s[from:n.start])
			b.WriteString(slot)
			from = n.end
		}
	}
	b.WriteString(s[from:])
	return b.String()
}

// named gives the languages that s names, each once, in order, with whether
// each is only named by an ordinary word; at most four.
func named(s string) []naming {
	var out []naming
next:
	for at := 0; len(out) < 4; {
		n, ok := nextNaming(s, at)
		if !ok {
			break
		}
		at = n.end
		for i := range out {
			if out[i].language == n.language {
				out[i].plain = out[i].plain && n.plain
				continue next
			}
		}
		out = append(out, n)
	}
	return out
}
