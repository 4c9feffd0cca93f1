package language

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-enry/go-enry/v2"
	"github.com/go-enry/go-enry/v2/data"
)

// gateParts are the pieces of texts that the heuristics of an extension look
// for, and a sample for each of their alternatives.
var gateParts = map[string]struct {
	rules   int
	samples map[string][]string // by language
	parts   []string
}{
	".sql": {5, map[string][]string{
		"PLpgSQL": {"\\i x", "AS $$", "as\n$$", "LANGUAGE 'plpgsql'", "language plpgsql", "BEGIN;", "begin work ;", "BEGIN\n;"},
		"SQLPL":   {"ALTER MODULE", "alter\n module", "MODE DB2SQL", "syscat.x", "SYSPROC.y", "ASSOCIATE RESULT SET", "END!"},
		"PLSQL":   {"$$PLSQL_UNIT", "XMLTYPE", "systimestamp", "a.nextval", "CONNECT BY", "AUTHID DEFINER", "authid\tcurrent_user", "constructor function"},
		"TSQL":    {"GO", "  go", "\fgo", "\r\rgo", "BEGIN TRY", "begin catch", "OUTPUT INSERTED", "DECLARE @x", "[dbo]"},
		"SQL":     {"SELECT 1;", "", "category"},
	}, []string{"begin", "work", ";", " ", "\n", "go", "declare", "@", "alter", "module", "mode", "db2sql", "as", "$$", "end!", "x", "\n\n", "language", "'plpgsql'", "output", "inserted", "connect", "by", "constructor", "function", "try", "\r\n", "\\i"}},
	".h": {3, map[string][]string{
		"Objective-C": {"@interface X", "  @end", "#import <a.h>", "#import\t\"a.h\""},
		"C++": {"#include <string>", " # include <iostream>", "template <", "template<", "try", "\tconstexpr", "catch (", "class A", "namespace a", "using namespace a",
			"private:", "public:", "  protected:", "__has_cpp_attribute", "__cplusplus > 1", "std::x"},
		"C": {"int x;", "", "#include <stdio.h>", "/* class */", "struct class_x"},
	}, []string{"@interface", "@end", "#", "import", " ", "\n", "<a.h>", "include", "<string>", "template", "<", "class", "a", "{", "namespace", "private:", "try", "catch", "(", "std::", "x", "\n\n", "\t", "\r\n", "using"}},
}

// What the gates leave out of a text changes no answer of the heuristics.
func TestGatesChangeNothing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 12))
	if len(gates) != len(gateParts) {
		t.Errorf("%d gates, this test knows %d", len(gates), len(gateParts))
	}
	for ext, g := range gateParts {
		if n := len(*data.ContentHeuristics[ext]); n != g.rules {
			t.Errorf("go-enry has %d heuristics for %s, this test knows %d", n, ext, g.rules)
		}
		name := "x" + ext
		candidates := data.LanguagesByExtension[ext]
		for lang, samples := range g.samples {
			for _, s := range samples {
				for _, text := range []string{s, "\n" + s + "\n", "a\nb\n" + s + "\nc\nd\n", "x\n\n\n" + strings.ToUpper(s)} {
					if ext == ".h" && text != s && s != strings.ToUpper(s) && strings.HasPrefix(text, "x\n\n\n") {
						continue // these expressions mind the case
					}
					if got := byContent(name, []byte(text), candidates); got != lang {
						t.Errorf("%s %q: %s, want %s", ext, text, got, lang)
					}
				}
			}
		}
		seen, differ := map[string]int{}, 0
		const n = 4_000
		for range n {
			text := []byte(draw(rng, g.parts, 12))
			want := enry.GetLanguagesByContent(name, text, candidates)
			got := byContent(name, text, candidates)
			seen[got]++
			if len(want) != 1 || got != want[0] {
				if differ++; differ <= 10 {
					t.Errorf("%s %q: %s, go-enry says %s", ext, text, got, want)
				}
			}
		}
		if len(seen) < len(g.samples)-1 {
			t.Errorf("%s: the texts give only %v", ext, seen)
		}
		if differ > 0 {
			t.Errorf("%s: %d of %d texts differ", ext, differ, n)
		}
	}
}

func TestExcerptKeepsOrder(t *testing.T) {
	t.Parallel()
	g := gate{hints: []string{"go"}}
	for text, want := range map[string]string{
		"": "", "a\nb\n": "", "go": "go", "1\n2\nGO\n4\n5\n6": "x\n2\nGO\n4\n5\n", "go\n\n\n2\n3\n4\n5\n\nx go": "go\n\n\n2\n3\nx\n5\n\nx go",
	} {
		got := g.excerpt([]byte(text))
		if string(bytes.TrimSpace(got)) != strings.TrimSpace(want) {
			t.Errorf("excerpt(%q) = %q, want %q", text, got, want)
		}
	}
}

// What begins like Rust is Rust to linguist's heuristics of .rs, and what does
// not is not by the first of them.
func TestBeginsLikeRust(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"use std;\n", "fn f() {}", "mod a;", "pub fn f() {}", "macro_rules! m {}", "impl A {}", "#[test]\n", "#![no_std]\n",
		"// words\n\nuse a;\n", "// words\r\nuse a;\r\n", "", "x", " use std;\n", "user\n", "fn\n", "# [test]", "#!x", "public", "modx",
		"#include <a>\n", "#pragma version(1)\n", "<?xml version=\"1.0\"?>\n", "  <?xml?>", "#include <a>\nuse x;\n", "\fuse x\n", "a\ruse x\n",
	} {
		langs := enry.GetLanguagesByContent("a.rs", []byte(text), []string{"RenderScript", "Rust", "XML"})
		want := len(langs) == 1 && langs[0] == "Rust"
		if got := beginsLikeRust([]byte(text)); got != want {
			t.Errorf("%q: %t, go-enry says %q", text, got, langs)
		}
	}
}
