package ask

import (
	"cmp"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/words"
)

// Level gives the level of maturity that a person means by word: one of levels,
// those that the projects are of, in any spelling and form ("At large",
// "graduate"), or one that foundations are known to use, of which no project is.
// Any other word is errkind.Usage, and the hint says what was perhaps meant.
func Level(levels []string, word string) (string, error) {
	w := wordOf(word)
	for _, same := range []func(level string) bool{
		w.spells,
		func(level string) bool { return sameStep(level, word) },
	} {
		if i := slices.IndexFunc(levels, same); i >= 0 {
			return levels[i], nil
		}
	}
	if fact.KnownMaturity(word) {
		return words.Fold(word), nil
	}
	err := errkind.Errorf(errkind.Usage, "maturity: there is no level %q", word)
	for _, known := range [][]string{Levels(levels), fact.KnownMaturities()} {
		if near := words.Near(w.fold, known); len(near) > 0 {
			return "", errkind.WithHint(err, "%s", words.Meant(near))
		}
	}
	if len(levels) == 0 {
		return "", errkind.WithHint(err, "no project has a level")
	}
	return "", errkind.WithHint(err, "the projects are of %s", strings.Join(Levels(levels), ", "))
}

// Levels are the levels of projects, each once, from the most mature to the
// ended.
func Levels(all []string) []string {
	levels := slices.DeleteFunc(slices.Clone(all), func(l string) bool { return l == "" })
	slices.SortFunc(levels, func(a, b string) int {
		return cmp.Or(cmp.Compare(fact.MaturityRank(a), fact.MaturityRank(b)), cmp.Compare(a, b))
	})
	return slices.Compact(levels)
}

// sameStep reports whether two words are forms of one: graduated, graduation.
func sameStep(a, b string) bool {
	const stem = 3
	a, b = strings.ToLower(strings.TrimSpace(a)), strings.ToLower(strings.TrimSpace(b))
	return len(a) >= stem && len(b) >= stem && a[:stem] == b[:stem] &&
		fact.KnownMaturity(a) && fact.KnownMaturity(b) && fact.MaturityRank(a) == fact.MaturityRank(b)
}

// unique gives each of names once, in their order.
func unique(names []string) []string {
	var all []string
	for _, n := range names {
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}
