package words

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Fold is a text by which equal names are told: in lower case, with single
// blanks.
func Fold(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

// Near gives up to five of all that look like word, the likest first: one
// begins with the other, or few letters differ.
func Near(word string, all []string) []string {
	const most, longest = 5, 40
	if word == "" || len(word) > longest {
		return nil
	}
	var at [4][]string // by distance; 0 for a common beginning
	for _, w := range all {
		if len(w) > longest {
			continue
		}
		d := distance(word, w)
		if utf8.RuneCountInString(word) >= 3 && (strings.HasPrefix(w, word) || len(w) >= 3 && strings.HasPrefix(word, w)) {
			d = min(d, 1)
		}
		if d < len(at) && d*2 <= utf8.RuneCountInString(word) && !slices.Contains(at[d], w) {
			at[d] = append(at[d], w)
		}
	}
	found := slices.Concat(at[:]...)
	return found[:min(most, len(found))]
}

// Meant asks whether a person meant one of names, of which there is one at least:
// "did you mean linkerd, linkerd2 or link?".
func Meant(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return "did you mean " + names[0] + "?"
	}
	return "did you mean " + strings.Join(names[:last], ", ") + " or " + names[last] + "?"
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
