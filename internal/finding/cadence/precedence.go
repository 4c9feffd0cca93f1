package cadence

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"assay/internal/fact"
)

// precedence orders versions as semantic versioning does: numbers as numbers, a
// pre-release before what it is of, and those in the order that the spellings of
// Maven and Python have too (dev, alpha, beta, milestone, rc). An epoch goes before
// the number, as Debian and Python have it. What follows a full version ("-1",
// "-hotfix") is a revision of it and comes after.
func precedence(a, b *fact.Release) int {
	epochX, x, restX := numberOf(a.Version)
	epochY, y, restY := numberOf(b.Version)
	if order := cmp.Or(compareParts(epochX, epochY), compareParts(x, y), cmp.Compare(b2i(b.Pre), b2i(a.Pre))); order != 0 {
		return order
	}
	if (restX == "") != (restY == "") {
		order := cmp.Compare(b2i(restX != ""), b2i(restY != ""))
		if a.Pre {
			return -order
		}
		return order
	}
	return compareParts(wordsOf(restX, a.Pre), wordsOf(restY, b.Pre))
}

var (
	versionNumber = regexp.MustCompile(`^\d+([._]\d+)*`)
	versionEpoch  = regexp.MustCompile(`^(\d+)[%:!]\d`)
	token         = regexp.MustCompile(`\d+|[a-z]+`)
)

// numberOf parts a version into its epoch, the parts of its number, and the rest
// in small letters.
func numberOf(version string) (epoch, number []string, rest string) {
	if m := versionEpoch.FindStringSubmatch(version); m != nil {
		epoch, version = m[1:], version[len(m[1])+1:]
	}
	head := versionNumber.FindString(version)
	digits := func(r rune) bool { return r < '0' || r > '9' }
	return epoch, strings.FieldsFunc(head, digits), strings.ToLower(version[len(head):])
}

// earlier gives the words of pre-releases one spelling, by which they are in
// order: that of Maven's ComparableVersion and of Python's PEP 440.
var earlier = map[string]string{
	"a": "alpha", "b": "beta", "c": "rc", "cr": "rc", "dev": "", "m": "milestone", "pre": "rc", "preview": "rc",
}

// plain are the words after a full version that say nothing but that.
var plain = []string{"final", "ga", "p", "patch", "post", "r", "release", "rev"}

// wordsOf are the words and numbers of what follows a number, as they are compared.
func wordsOf(rest string, pre bool) []string {
	all := token.FindAllString(rest, -1)
	if !pre {
		return slices.DeleteFunc(all, func(w string) bool { return slices.Contains(plain, w) })
	}
	for i, w := range all {
		if same, ok := earlier[w]; ok {
			all[i] = same
		}
	}
	return all
}

// compareParts compares one part after the other: numbers as numbers and before
// words; what has more parts is higher, but for zeros.
func compareParts(x, y []string) int {
	for i := range max(len(x), len(y)) {
		a, b := partAt(x, i), partAt(y, i)
		if order := comparePart(a, b); order != 0 {
			return order
		}
	}
	return 0
}

func partAt(parts []string, i int) string {
	if i < len(parts) {
		return parts[i]
	}
	return "0"
}

func comparePart(a, b string) int {
	numeric := func(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
	if numeric(a) && numeric(b) {
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	}
	return cmp.Or(-cmp.Compare(b2i(numeric(a)), b2i(numeric(b))), strings.Compare(a, b))
}
