package finding

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

// ShareWords writes figures as a part of a whole with units: "636,090 bytes of
// 844,211 (75.3 %)".
func ShareWords(f *Figures) string {
	if f == nil {
		return "unknown"
	}
	s := fmt.Sprintf("%s of %s", Amount(f.Bytes, "byte"), Number(f.Total))
	if f.Share != nil {
		s += " (" + Percent(*f.Share) + ")"
	}
	return s
}

// slug is how a repository is named in a sentence: owner/name on the host most
// have in common, with the host elsewhere.
func slug(id fact.RepoID) string {
	if id.Host() == "github.com" {
		return id.Slug()
	}
	return string(id)
}
