package lines

import (
	"bytes"
	"slices"
	"testing"
)

// FuzzCount holds what is true of any bytes in any language.
func FuzzCount(f *testing.F) {
	for _, language := range []string{"Rust", "Go", "Python", "C++", "TypeScript", "Ruby", "OCaml", "Lua", "JSON", "Fortran", "?"} {
		f.Add(language, []byte("/* a */ b(\"c\") // d\n\n'x' `e\n` '''f''' \"\"\"g\n\"\"\"\r\n# h\\\n"))
		f.Add(language, []byte("r##\"i\n\"## R\"j(\n)j\" (* k (* l *)\n*) --[[ m ]]\n=begin\n=end\n=pod\n"))
		f.Add(language, []byte("#!/bin/sh\n\xEF\xBB\xBF'\\u{10FFFF}' '\\"))
	}
	f.Fuzz(func(t *testing.T, language string, data []byte) {
		n, ok := Count(language, data)
		if n.Code < 0 || n.Comment < 0 || n.Blank < 0 || n.Total() != countLines(data) {
			t.Fatalf("Count = %+v, want %d lines", n, countLines(data))
		}
		if !ok && n.Comment != 0 {
			t.Errorf("Count = %+v in a language not known", n)
		}
		if again, _ := Count(language, data); again != n {
			t.Errorf("Count = %+v the first time, %+v the second", n, again)
		}
		checkEasy(t, language, data, n)
		checkAdditions(t, language, data, n)
		checkCRLF(t, language, data, n)
	})
}

// checkEasy holds that the way around lines that need no close look changes
// nothing.
func checkEasy(t *testing.T, language string, data []byte, n Lines) {
	t.Helper()
	s, ok := syntaxes()[language]
	if !ok {
		return
	}
	hard := *s
	hard.easy = false
	c := counter{syntax: &hard, data: data}
	if c.count(); c.lines != n {
		t.Errorf("Count = %+v, line by line %+v", n, c.lines)
	}
}

// checkAdditions adds lines that must change the counts of data, n, by
// themselves only: a blank line behind a whole last line, wherever it leaves
// off, and a line of code before the first.
func checkAdditions(t *testing.T, language string, data []byte, n Lines) {
	t.Helper()
	if bytes.HasSuffix(data, []byte("\n")) {
		n.Blank++
		if got, _ := Count(language, append(slices.Clip(data), '\n')); got != n {
			t.Errorf("with a blank line more: %+v, want %+v", got, n)
		}
		n.Blank--
	}
	if bytes.HasPrefix(data, []byte("#!")) || bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
		return // means something at the beginning only
	}
	n.Code++
	if got, _ := Count(language, append([]byte("a = 1\n"), data...)); got != n {
		t.Errorf("with a line of code before: %+v, want %+v", got, n)
	}
}

// checkCRLF holds that it does not matter how newlines are written.
func checkCRLF(t *testing.T, language string, data []byte, n Lines) {
	t.Helper()
	if bytes.IndexByte(data, '\r') >= 0 {
		return
	}
	if got, _ := Count(language, bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))); got != n {
		t.Errorf("with CRLF: %+v, want %+v", got, n)
	}
}

// FuzzReference compares with the plain counter in languages that it knows.
func FuzzReference(f *testing.F) {
	f.Add([]byte(rustText(1)))
	f.Add([]byte(goText(1)))
	f.Add([]byte("/* /* */ \"*/\" */ ' '\"' \\\" ` // \n'\\''"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for language, naive := range naives {
			want := naive(data)
			if got, _ := Count(language, data); got != want {
				t.Errorf("Count(%q, %q) = %+v, the plain counter has %+v", language, data, got, want)
			}
		}
	})
}
