package finding

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-enry/go-enry/v2"
	"github.com/go-enry/go-enry/v2/data"

	"assay/internal/errkind"
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
	lang, ok := enry.GetLanguageByAlias(trimmed)
	ok = ok && !strings.Contains(trimmed, ",") // go-enry cuts names at commas
	if !ok {
		err := errkind.Errorf(errkind.Usage, "%q is no language that linguist knows", name)
		if near := nearLanguages(trimmed); len(near) > 0 {
			err = errkind.WithHint(err, "near: %s", strings.Join(near, ", "))
		}
		return "", err
	}
	if group := enry.GetLanguageGroup(lang); group != "" {
		lang = group
	}
	return lang, nil
}

func nearLanguages(word string) []string {
	aliases := slices.Sorted(maps.Keys(data.LanguageByAliasMap))
	var names []string
	for _, alias := range near(strings.ToLower(word), aliases) {
		if lang := data.LanguageByAliasMap[alias]; !slices.Contains(names, lang) {
			names = append(names, lang)
		}
	}
	return names
}

// near gives up to five of words that look like word, the likest first: one
// begins with the other, or few letters differ.
func near(word string, words []string) []string {
	const most, longest = 5, 40
	if word == "" || len(word) > longest {
		return nil
	}
	var at [4][]string // by distance; 0 for a common beginning
	for _, w := range words {
		if len(w) > longest {
			continue
		}
		d := distance(word, w)
		if utf8.RuneCountInString(word) >= 3 && (strings.HasPrefix(w, word) || len(w) >= 3 && strings.HasPrefix(word, w)) {
			d = min(d, 1)
		}
		if d < len(at) && d*2 <= utf8.RuneCountInString(word) {
			at[d] = append(at[d], w)
		}
	}
	found := slices.Concat(at[:]...)
	return found[:min(most, len(found))]
}

// distance is Levenshtein's: the fewest letters to add, drop or change.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		diagonal := row[0]
		row[0] = i + 1
		for j := range t {
			change := diagonal
			if s[i] != t[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(t)]
}
