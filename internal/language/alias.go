package language

import (
	"bytes"
	"strings"
	"sync"

	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/lazyregexp"
)

// byAlias is the language that an attribute or a modeline means by alias, as
// linguist looks it up: by an alias, or by its name with hyphens for blanks, in
// any case, up to a comma. "" when there is none.
//
// go-enry has underscores for the blanks of names instead, which linguist does not take.
func byAlias(alias string) string {
	alias, _, _ = strings.Cut(strings.ToLower(alias), ",")
	if lang := hyphenated()[alias]; lang != "" {
		return lang
	}
	lang := data.LanguageByAliasMap[alias]
	if strings.Contains(lang, " ") && alias == strings.ReplaceAll(strings.ToLower(lang), " ", "_") {
		return ""
	}
	return lang
}

// hyphenated are the languages by their names, as linguist makes an alias of each.
var hyphenated = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for lang := range data.ExtensionsByLanguage {
		all[hyphens(lang)] = lang
	}
	for _, lang := range data.LanguageByAliasMap {
		all[hyphens(lang)] = lang
	}
	return all
})

func hyphens(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "-") }

var (
	emacsLine = lazyregexp.New(`-\*-[ \t]*(.+?)[ \t]*-\*-`)
	emacsMode = lazyregexp.New(`(?i)(?:^|.*[ \t;])mode[ \t]*:[ \t]*([^\s;]+)`)
)

// emacsModeline is the language of the last line of Emacs' variables in text.
// go-enry does not know all names that linguist takes there.
func emacsModeline(text []byte) string {
	if !bytes.Contains(text, []byte("-*-")) {
		return ""
	}
	all := emacsLine.FindAllSubmatch(text, -1)
	if len(all) == 0 {
		return ""
	}
	variables := all[len(all)-1][1]
	if m := emacsMode.FindSubmatch(variables); m != nil {
		return byAlias(string(m[1]))
	}
	return byAlias(string(variables))
}
