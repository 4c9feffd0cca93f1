package lines

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, language, text string
		want                 Lines
	}{
		{"empty", "Go", "", Lines{}},
		{"one newline", "Go", "\n", Lines{Blank: 1}},
		{"no newline at the end", "Go", "a\nb", Lines{Code: 2}},
		{"comment without newline at the end", "Go", "a\n// b", Lines{Code: 1, Comment: 1}},
		{"white space", "Go", " \t\v\f\r\n\r\n", Lines{Blank: 2}},
		{"lone carriage return ends no line", "Go", "a\r// b\rc", Lines{Code: 1}},
		{"CRLF", "Go", "a\r\n// b\r\n\r\n/* c\r\n*/\r\n", Lines{Code: 1, Comment: 3, Blank: 1}},
		{"byte order mark", "Go", "\xEF\xBB\xBF// a\n", Lines{Comment: 1}},
		{"byte order mark alone", "Go", "\xEF\xBB\xBF", Lines{}},
		{"NUL and invalid UTF-8", "Go", "\x00\n\xff\xfe // a\n", Lines{Code: 2}},
		{"shebang", "Shell", "#!/bin/sh\n# a\n", Lines{Code: 1, Comment: 1}},
		{"shebang behind a byte order mark", "Python", "\xEF\xBB\xBF#!/usr/bin/python\n", Lines{Code: 1}},
		{"no shebang later", "Shell", "\n#!/bin/sh\n", Lines{Comment: 1, Blank: 1}},

		{"code before comment", "Go", "a() // b\n", Lines{Code: 1}},
		{"code after comment", "Go", "/* a */ b()\n", Lines{Code: 1}},
		{"code after the end of a comment", "Go", "/* a\n b */ c()\n", Lines{Code: 1, Comment: 1}},
		{"code before a long comment", "Go", "a() /* b\n c */\n", Lines{Code: 1, Comment: 1}},
		{"two comments", "Go", "/* a */ /* b */ // c\n", Lines{Comment: 1}},
		{"blank in a comment", "Go", "/*\n\n  \n*/\n", Lines{Comment: 2, Blank: 2}},
		{"opener within a line comment", "Go", "// /* a\nb\n", Lines{Comment: 1, Code: 1}},
		{"opener and end share no byte", "Go", "/*/ a\n*/\n", Lines{Comment: 2}},
		{"never closed", "Go", "a /* b\nc\n", Lines{Code: 2}},
		{"directive", "Go", "//go:build linux\n", Lines{Comment: 1}},
		{"slashes in a string", "Go", "a := \"/*\"\nb\nc := \"*/\"\n", Lines{Code: 3}},
		{"glob", "Go", "f(\"a/*\")\n// b\nf(\"*/b\")\n", Lines{Code: 2, Comment: 1}},
		{"escaped quote", "Go", `a := "\"/*"` + "\nb // */\n", Lines{Code: 2}},
		{"escaped backslash", "Go", `a := "\\" /* b` + "\n*/\n", Lines{Code: 1, Comment: 1}},
		{"backquotes", "Go", "a := `\n// b\n\n/*`\nc\n", Lines{Code: 4, Blank: 1}},
		{"backslash in backquotes", "Go", "a := `\\`\n// b\n", Lines{Code: 1, Comment: 1}},
		{"rune of a quote", "Go", "a := '\"' /* b\n*/\n", Lines{Code: 1, Comment: 1}},
		{"rune of a backquote", "Go", "a := '`'\n// b\n", Lines{Code: 1, Comment: 1}},
		{"rune of an apostrophe", "Go", `a := '\'' /* b` + "\n*/\n", Lines{Code: 1, Comment: 1}},

		{"documentation", "Rust", "//! a\n/// b\n/** c */\nfn d() {}\n", Lines{Code: 1, Comment: 3}},
		{"attribute of the file", "Rust", "#![cfg(a)] // b\n", Lines{Code: 1}},
		{"attribute of the file over lines", "Rust", "#![doc = \"a\n// b\n\"]\n", Lines{Code: 3}},
		{"nested", "Rust", "/* /* a */ b */\n/* /* \n */ \n */ c\n", Lines{Comment: 3, Code: 1}},
		{"nesting that does not end", "Rust", "/* /* a */\nb\n/* c */\n", Lines{Comment: 2, Code: 1}},
		{"string over lines", "Rust", "let a = \"\n// b\n\";\n", Lines{Code: 3}},
		{"raw string", "Rust", "let a = r#\"\" // \"\n/* \"#;\nb\n", Lines{Code: 3}},
		{"raw string without hashes", "Rust", "let a = r\"\\\";\n// b\n", Lines{Code: 1, Comment: 1}},
		{"raw bytes", "Rust", "let a = br##\"\n\"#\n// \"##;\n// b\n", Lines{Code: 3, Comment: 1}},
		{"no raw string", "Rust", "bar\"\\\" // \"\n// b\n", Lines{Code: 1, Comment: 1}},
		{"lifetimes", "Rust", "fn a<'b>(c: &'b str) {}\n// '\nlet d = '\"';\n// e\n", Lines{Code: 2, Comment: 2}},
		{"characters", "Rust", `let a = ['\'', '\u{10FFFF}', 'é', '"'];` + "\n// b\n", Lines{Code: 1, Comment: 1}},

		{"docstrings", "Python", "\"\"\"A.\n\n# b\n\"\"\"\nc = 1\n'''d'''\n", Lines{Code: 1, Comment: 4, Blank: 1}},
		{"raw docstring", "Python", "def a():\n    r\"\"\"B\n    \\\"\"\" \"\"\"\n", Lines{Code: 1, Comment: 2}},
		{"assigned string", "Python", "a = \"\"\"\n# b\n\n\"\"\"\n", Lines{Code: 1, Comment: 2, Blank: 1}},
		{"code after a docstring", "Python", "\"\"\"a\nb\"\"\"; c = 1\n", Lines{Code: 1, Comment: 1}},
		{"quotes within strings", "Python", "a = '\"\"\"'\n# b\nc = \"'''\"\n", Lines{Code: 2, Comment: 1}},

		{"template", "TypeScript", "const a = `http://b\n// c\n${d} \\` /*\n`;\n// e\n", Lines{Code: 4, Comment: 1}},
		{"single quotes", "TypeScript", "import a from '@b/*';\n/** c */\n", Lines{Code: 1, Comment: 1}},
		{"unclosed quote ends with its line", "TSX", "<p>don't</p>\n/* a */\n", Lines{Code: 1, Comment: 1}},

		{"continued comment", "C", "// a \\\nb\nc\n", Lines{Comment: 2, Code: 1}},
		{"continued comment, CRLF", "C", "// a \\\r\nb\r\nc\r\n", Lines{Comment: 2, Code: 1}},
		{"continued comment, blank", "C", "// a \\\n\nc\n", Lines{Comment: 1, Blank: 1, Code: 1}},
		{"continued string", "C", "a = \"b \\\n// c\";\n// d\n", Lines{Code: 2, Comment: 1}},
		{"continued string, CRLF", "C", "a = \"b \\\r\n// c\";\r\n// d\r\n", Lines{Code: 2, Comment: 1}},
		{"macro", "C", "#define A /* b */ \\\n  c\n#error don't /* d\n*/\n", Lines{Code: 3, Comment: 1}},
		{"digit separators", "C++", "a = 1'000'000 + '\"' + 1'0; /* b\n*/\n", Lines{Code: 1, Comment: 1}},
		{"tagged string", "C++", "a = u8R\"x(\n)\" // b\n)x\"; // c\n// d\n", Lines{Code: 3, Comment: 1}},
		{"no tagged string", "C++", "a = FOUR\"b(\";\n// c\n", Lines{Code: 1, Comment: 1}},

		{"section", "Ruby", "a\n=begin\nb\n=end\n # c\n =begin\n", Lines{Code: 2, Comment: 4}},
		{"pod", "Perl", "=head1 A\n\nb\n\n=cut\nc\n", Lines{Comment: 3, Blank: 2, Code: 1}},
		{"hash within a line", "Shell", "a # b\n  # c\necho \"\n# d\n", Lines{Code: 2, Comment: 2}},
		{"multi-line strings of TOML", "TOML", "a = '''\n# b\n'''\n# c\n", Lines{Code: 3, Comment: 1}},
		{"long brackets", "Lua", "--[[ a\nb ]] c()\n-- d\ns = [[\n-- e\n]]\n", Lines{Code: 4, Comment: 2}},
		{"markup", "HTML", "<p>\n<!-- a\n\n-->\n</p> <!-- b -->\n", Lines{Code: 2, Comment: 2, Blank: 1}},
		{"verbatim", "C#", "a = @\"\\\"; // b\n// c\n", Lines{Code: 1, Comment: 1}},
		{"words", "Batchfile", "REM a\nREMOVE b\nrem\n:: c\n@rem d\n", Lines{Code: 1, Comment: 4}},
		{"columns", "Fortran", "C a\n      CALL B\n* c\n  ! d\n", Lines{Code: 1, Comment: 3}},
		{"attribute", "PHP", "#[A]\n# b\n", Lines{Code: 1, Comment: 1}},
		{"operator", "OCaml", "let a = (*) \"(*\" (* b (* c *)\n*)\n", Lines{Code: 1, Comment: 1}},
		{"character of Lisp", "Emacs Lisp", "(a ?\\\")\n; b\n", Lines{Code: 1, Comment: 1}},
		{"preprocessor in assembly", "Unix Assembly", "#include <a.h>\n# b\n#ifdef C\n", Lines{Code: 2, Comment: 1}},
		{"SQL", "SQL", "-- a\nSELECT '--' /* b\n*/ FROM c;\n", Lines{Code: 2, Comment: 1}},
		{"no comments", "JSON", "{\n\n\"a\": 1 // b\n}\n", Lines{Code: 3, Blank: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Count(tt.language, []byte(tt.text))
			if !ok {
				t.Errorf("Count(%q): language not known", tt.language)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Count(%q, %q): (-want +got)\n%s", tt.language, tt.text, diff)
			}
		})
	}
}

func TestCountUnknownLanguage(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"", "Klingon"} {
		got, ok := Count(language, []byte("// a\n\n# b\n"))
		if want := (Lines{Code: 2, Blank: 1}); got != want || ok {
			t.Errorf("Count(%q) = %+v, %v; want %+v, false", language, got, ok, want)
		}
	}
}

// TestHostile counts inputs that make a careless counter quadratic, or read
// past the end. A megabyte takes milliseconds when linear and about a minute
// when not; the bound leaves room for a machine that is busy.
func TestHostile(t *testing.T) { //nolint:paralleltest // measures time
	pieces := []string{
		"/*", "/* ", "/*/", "*/", "\"", "\"\\", "'", "'\\", "`", "r#\"", "\"#", "r\"", "#\"", "R\"x(", ")x\"", "R\"(",
		"\"\"\"", "'''", "(*", "{-", "--[[", "[[", "//\\\n", "\\\n", "=pod\n", "=begin\n", "x", " ", "\n", "\r", "\x00", "\xff",
	}
	languages := []string{"Rust", "Go", "Python", "C++", "OCaml", "Lua", "Perl", "Elixir"}
	const size = 1 << 20
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			for _, piece := range pieces {
				data := bytes.Repeat([]byte(piece), size/len(piece))
				begin := time.Now()
				got, _ := Count(language, data)
				if took := time.Since(begin); took > 20*time.Second {
					t.Errorf("%d bytes of %q took %v", len(data), piece, took)
				}
				if want := countLines(data); got.Total() != want {
					t.Errorf("%d bytes of %q: %d lines, want %d", len(data), piece, got.Total(), want)
				}
			}
		})
	}
}

func TestLongLine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes 100 MB")
	}
	data := bytes.Repeat([]byte("a = \"b\"; "), 100<<20/9)
	if got, _ := Count("Rust", data); got != (Lines{Code: 1}) {
		t.Errorf("Count = %+v, want one line of code", got)
	}
}

func TestCountDoesNotAllocate(t *testing.T) { //nolint:paralleltest // allocations are counted for the whole program
	data := map[string][]byte{
		"Go":     []byte(strings.Repeat("/* a */ b(\"c\") // d\ne := `f`\n", 10)),
		"C++":    []byte(strings.Repeat("a = R\"b(\n)b\"; // c\n'x'\n", 10)),
		"Rust":   []byte(strings.Repeat("/* /* a */ */ r#\"b\"# // c\n", 10)),
		"Python": []byte(strings.Repeat("def a():\n  r'''b\n\n'''\n", 10)),
	}
	for language, text := range data {
		Count(language, text) // compiles the syntax table
		if n := testing.AllocsPerRun(10, func() { Count(language, text) }); n != 0 {
			t.Errorf("Count(%q) allocates %v times, want none", language, n)
		}
	}
}

// countLines is the number of lines of data by definition.
func countLines(data []byte) int64 {
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	n := int64(bytes.Count(data, []byte("\n")))
	if len(data) > 0 && data[len(data)-1] != '\n' {
		n++
	}
	return n
}
