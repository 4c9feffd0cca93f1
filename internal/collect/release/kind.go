package release

import (
	"cmp"
	"slices"
	"strings"
)

// byNumber compares the numbers of two versions, part by part, after their
// epochs.
func byNumber(a, b *version) int {
	if c := comparePart(a.epoch, b.epoch); c != 0 {
		return c
	}
	for i := range max(len(a.number), len(b.number)) {
		if c := comparePart(part(a.number, i), part(b.number, i)); c != 0 {
			return c
		}
	}
	return 0
}

// part is a part of a number; those that are not there are 0.
func part(number []string, i int) string {
	if i < len(number) {
		return number[i]
	}
	return ""
}

// comparePart compares numbers of any size that have no leading zeros. The name
// of a train comes before all numbers.
func comparePart(a, b string) int {
	switch nameA, nameB := isName(a), isName(b); {
	case nameA && nameB:
		return strings.Compare(a, b)
	case nameA:
		return -1
	case nameB:
		return 1
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// isName reports whether a part of a number is the name of a train.
func isName(part string) bool { return part != "" && !digit(part[0]) }

// setKinds sets the kinds of all versions.
func setKinds(all []*version) {
	type line struct {
		series string
		bare   bool
	}
	slices.SortFunc(all, func(a, b *version) int {
		return cmp.Or(a.at.Compare(b.at), byNumber(a, b), strings.Compare(a.name, b.name))
	})
	before := map[line][]*version{} // full releases so far, by number
	for _, v := range all {
		if v.pre {
			v.kind = "pre"
			continue
		}
		l := line{v.series, v.bare}
		i, _ := slices.BinarySearchFunc(before[l], v, func(old, v *version) int {
			return cmp.Or(byNumber(old, v), -1) // after those of the same number
		})
		v.kind = kind(v, before[l], i)
		before[l] = slices.Insert(before[l], i, v)
	}
}

// kind is the kind of a full release that comes at i of those before it.
func kind(v *version, before []*version, i int) string {
	switch {
	case len(before) == 0:
		return "first"
	case i > 0 && before[i-1].epoch != v.epoch:
		return "major"
	case i > 0:
		return step(v.number, before[i-1].number)
	}
	// Nothing lower came before it: 1.4.2 is taken for a patch of 1.4, 1.4 for one of 1.
	last := len(v.number) - 1
	for last > 0 && v.number[last] == "" {
		last--
	}
	return step(v.number, v.number[:last])
}

// step names the first part in which a number differs from a lower one.
func step(number, lower []string) string {
	switch {
	case part(number, 0) != part(lower, 0):
		return "major"
	case part(number, 1) != part(lower, 1):
		return "minor"
	}
	return "patch"
}
