package verify

import (
	"slices"
	"strings"

	"assay/internal/ask"
	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// Language is the programming language that a report is about, as linguist
// spells it: the one that the front matter gives as its language, that the title
// of the front matter or the first heading names, or that is among its tags. It
// is "" where none is named, or several in one place.
func (rep *Report) Language() string {
	front := rep.front()
	for _, found := range [][]string{
		exactLanguages(front["language"]),
		titleLanguages(front["title"]),
		titleLanguages([]string{rep.heading()}),
		exactLanguages(slices.Concat(front["tags"], front["keywords"])),
	} {
		if len(found) == 1 {
			return found[0]
		}
	}
	return ""
}

// heading is the text of the first heading.
func (rep *Report) heading() string {
	for i := range rep.page.Blocks {
		if b := &rep.page.Blocks[i]; b.Form == page.Heading {
			return b.Text.S
		}
	}
	return ""
}

// titled reports whether the title names the language.
func (rep *Report) titled(language string) bool {
	found := titleLanguages(append(slices.Clone(rep.front()["title"]), rep.heading()))
	return language != "" && slices.ContainsFunc(found, func(l string) bool { return strings.EqualFold(l, language) })
}

var frontKey = lazyregexp.New(`^([\pL_-]+):\s*(.*)$`)

// front is the front matter: by key its value, or the entries of its list.
func (rep *Report) front() map[string][]string {
	values := map[string][]string{}
	key := ""
	for i := range rep.page.Blocks {
		b := &rep.page.Blocks[i]
		if b.Form != page.Front {
			continue
		}
		line := strings.TrimSpace(b.Text.S)
		if m := frontKey.FindStringSubmatch(line); m != nil {
			key, line = strings.ToLower(m[1]), m[2]
		}
		if key != "title" {
			values[key] = append(values[key], entries(line)...)
		} else if line != "" {
			values[key] = append(values[key], unquoted(line))
		}
	}
	return values
}

// entries are those of a line of a list: "- rust", "[rust, cncf]".
func entries(line string) []string {
	var all []string
	for e := range strings.SplitSeq(strings.TrimPrefix(strings.Trim(line, "[]"), "- "), ",") {
		if e = unquoted(e); e != "" {
			all = append(all, e)
		}
	}
	return all
}

func unquoted(s string) string { return strings.Trim(strings.TrimSpace(s), `"'`) }

// exactLanguages are the languages that some of the words are, each once.
func exactLanguages(words []string) []string {
	var found []string
	for _, w := range words {
		if l := wellKnown[strings.ToLower(w)]; l != "" && !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	return found
}

// titleIn: a title such as those of our own reports, which may name any language.
var titleIn = lazyregexp.New(`^(.+?) in (?:.* )?projects$`)

// titleLanguages are the languages that titles name, each once.
func titleLanguages(titles []string) []string {
	var found []string
	for _, title := range titles {
		if m := titleIn.FindStringSubmatch(title); m != nil {
			if l, err := ask.Language(m[1]); err == nil && l == m[1] {
				return []string{l}
			}
		}
		for _, l := range languagesIn(title) {
			if !slices.Contains(found, l) {
				found = append(found, l)
			}
		}
	}
	return found
}

// titleWord finds the words of a title with the signs that names of languages
// have.
var titleWord = lazyregexp.New(`[\pL\d&][\pL\d&+#'’]*(?:-[\pL\d&+#]+)*`)

// languagesIn are the well-known languages that the words of a title are.
func languagesIn(title string) []string {
	var found []string
	words := titleWord.FindAllStringIndex(title, -1)
	for i, at := range words {
		before := ""
		if i > 0 {
			before = title[words[i-1][0]:words[i-1][1]]
		}
		if l := languageOf(title[at[0]:at[1]]); l != "" && namesLanguage(title, at, before) {
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

// namesLanguage reports whether a word of a title that could be a language is
// one. before is the word in front of it.
func namesLanguage(title string, at []int, before string) bool {
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
