package claim

import (
	"slices"
	"strings"

	"assay/internal/lazyregexp"
)

// This file finds the languages that titles, headings and sentences name.

// titleWord finds the words of a title with the signs that names of languages
// have.
var titleWord = lazyregexp.New(`[\pL\d&][\pL\d&+#'’]*(?:-[\pL\d&+#]+)*`)

// LanguagesIn are the well-known languages that the words of a title are, each once.
func LanguagesIn(title string) []string {
	var found []string
	words := titleWord.FindAllStringIndex(title, -1)
	for i, at := range words {
		before := ""
		if i > 0 {
			before = title[words[i-1][0]:words[i-1][1]]
		}
		if l := languageOf(title[at[0]:at[1]]); l != "" && isLanguage(title, at, before) && !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	return found
}

// languageOf is the language that a word of a title is, by itself or before a
// hyphen: "Rust-based".
func languageOf(word string) string {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	if word == "" || word[0] < 'A' || word[0] > 'Z' {
		return ""
	}
	if l := wellKnown[strings.ToLower(word)]; l != "" {
		return l
	}
	first, rest, _ := strings.Cut(word, "-")
	if len(first) == 1 && !slices.Contains([]string{"based", "only", "language"}, strings.ToLower(rest)) {
		return "" // "C-level"
	}
	return wellKnown[strings.ToLower(first)]
}

// notNames are words behind which a letter, or "Go", is no language.
var notNames = strings.Fields("to we let's appendix part section chapter plan vitamin volume group class type option phase series team figure table grade")

// isLanguage reports whether a word of a title that could be a language is
// one. before is the word in front of it.
func isLanguage(title string, at []int, before string) bool {
	word, rest := title[at[0]:at[1]], title[at[1]:]
	switch {
	case word != "Go" && len(word) > 1:
		return true
	case slices.Contains(notNames, strings.ToLower(before)):
		return false
	}
	initial := strings.HasPrefix(rest, ".") && len(rest) > 1
	return word == "Go" || !initial
}

// LanguageNamed is the well-known language of a name, whatever its case; "" for none.
func LanguageNamed(name string) string { return wellKnown[strings.ToLower(name)] }

// wellKnown are languages that titles and tags name, by their name in small
// letters.
var wellKnown = func() map[string]string {
	m := map[string]string{"golang": "Go", "cpp": "C++", "csharp": "C#", "fsharp": "F#"}
	for l := range strings.FieldsSeq(`Rust Go Python Java JavaScript TypeScript Kotlin Scala Ruby Zig Swift Haskell Erlang Elixir C C++ C# D F# R V
		Objective-C PHP Lua Dart Julia Nim Perl OCaml Clojure Groovy Crystal Starlark PowerShell Fortran COBOL Gleam`) {
		m[strings.ToLower(l)] = l
	}
	return m
}()
