// Package words writes numbers, shares, amounts and names as a reader expects
// them, and tells which words look alike. Every page and every sentence uses
// it, so that a figure reads the same wherever it stands.
//
// It knows no project and no language: what is said of those stands beside
// them, in the files words.go of packages profile and usage.
package words

import (
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"

	"assay/internal/fact"
)

// Percent writes a share (0 to 1) as a reader expects it: "12.3 %". What is
// there never reads as nothing, and what is not all never reads as all: a tiny
// share is "< 0.1 %", one just below the whole "> 99.9 %".
func Percent(share float64) string {
	switch {
	case share <= 0:
		return "0 %"
	case share >= 1:
		return "100 %"
	case share < 0.001:
		return "< 0.1 %"
	case share > 0.999:
		return "> 99.9 %"
	}
	return fmt.Sprintf("%.1f %%", share*100)
}

// Number writes n with thousands separators: "24,814,809".
func Number[T int | int64](n T) string { return humanize.Comma(int64(n)) }

// Amount writes a number with its unit, which gets an s unless n is one (and
// -ies for -y after a consonant): "1 repository", "12 repositories", "2 days".
func Amount[T int | int64](n T, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return Number(n) + " " + plural(unit)
}

func plural(unit string) string {
	if last := len(unit) - 1; last > 0 && unit[last] == 'y' && !strings.ContainsRune("aeiou", rune(unit[last-1])) {
		return unit[:last] + "ies"
	}
	return unit + "s"
}

// Slug is how a repository is named in a sentence: owner/name on the host most
// have in common, with the host elsewhere.
func Slug(id fact.RepoID) string {
	if id.Host() == "github.com" {
		return id.Slug()
	}
	return string(id)
}
