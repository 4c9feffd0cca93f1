package verify

import (
	"slices"
	"strings"

	"assay/internal/ask"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
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
		if l := claim.LanguageNamed(w); l != "" && !slices.Contains(found, l) {
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
		for _, l := range claim.LanguagesIn(title) {
			if !slices.Contains(found, l) {
				found = append(found, l)
			}
		}
	}
	return found
}
