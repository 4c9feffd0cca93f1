package ask

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/errkind"
	"assay/internal/finding/words"
	"assay/internal/language/linguist"
)

// Language gives linguist's name of the language that a person means by name:
// the name itself or an alias ("golang", "c++", "rs"), in upper or lower case.
// A language that counts under another (linguist's group) gives that other
// one, because its bytes are found there. An unknown name is errkind.Usage and
// the hint names what is near.
func Language(name string) (string, error) {
	trimmed := strings.TrimSpace(name)
	if trimmed == "" {
		return "", errkind.Errorf(errkind.Usage, "no language given")
	}
	lang, ok := linguist.ByAlias(trimmed)
	ok = ok && !strings.Contains(trimmed, ",") // go-enry cuts names at commas
	if !ok {
		err := errkind.Errorf(errkind.Usage, "%q is no language that linguist knows", name)
		if near := nearLanguages(trimmed); len(near) > 0 {
			err = errkind.WithHint(err, "%s", words.Meant(near))
		}
		return "", err
	}
	if group := linguist.Group(lang); group != "" {
		lang = group
	}
	return lang, nil
}

// Languages lists the languages that programs are written in and that stand for
// themselves, by name.
func Languages() []string {
	var all []string
	for _, name := range data.LanguageByAliasMap {
		if linguist.Type(name) == "programming" && linguist.Group(name) == "" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func nearLanguages(word string) []string {
	aliases := slices.Sorted(maps.Keys(data.LanguageByAliasMap))
	var names []string
	for _, alias := range words.Near(strings.ToLower(word), aliases) {
		if lang := data.LanguageByAliasMap[alias]; !slices.Contains(names, lang) {
			names = append(names, lang)
		}
	}
	return names
}
