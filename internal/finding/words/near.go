package words

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Fold is a text by which equal names are told: in lower case, with single
// blanks.
func Fold(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

// Near gives up to five of all that look like word, those that look like it most:
// one begins with the other, they share a beginning of half the longer, or one
// letter of three differs at most.
func Near(word string, all []string) []string {
	const most, longest = 5, 40
	if word == "" || len(word) > longest {
		return nil
	}
	var at [4][]string // by distance; 1 for a common beginning
	for _, w := range all {
		if len(w) > longest {
			continue
		}
		d := unlike(word, w)
		if d < len(at) && d*3 <= utf8.RuneCountInString(word) && !slices.Contains(at[d], w) {
			at[d] = append(at[d], w)
		}
	}
	for _, likest := range at {
		if len(likest) > 0 {
			return likest[:min(most, len(likest))]
		}
	}
	return nil
}

// unlike is how much less than the same two words are.
func unlike(word, w string) int {
	d, beginning := distance(word, w), 0
	for beginning < min(len(word), len(w)) && word[beginning] == w[beginning] {
		beginning++
	}
	switch {
	case beginning >= 3 && beginning == min(len(word), len(w)):
		return min(d, 1)
	case beginning*2 >= max(len(word), len(w)):
		return min(d, 2)
	}
	return d
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

// distance is the fewest letters to add, drop, change or exchange with the next.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	var last []int // the row before the one before
	before, row := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		last, before, row = before, row, make([]int, len(t)+1)
		row[0] = i + 1
		for j := range t {
			change := before[j]
			if s[i] != t[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, before[j+1]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], last[j-1]+1)
			}
		}
	}
	return row[len(t)]
}
