package release

import (
	"regexp"
	"strings"

	"assay/internal/limit"
)

// A reading is what the name of a tag says.
type reading struct {
	series string
	text   string   // the version: number and suffix as written
	number []string // parts of the number, without leading zeros
	bare   bool     // the number has one part
	suffix suffix
	pre    bool
}

// separators stand between words of a series, and between series and number.
const separators = "-_/@"

var (
	// number matches a number of parts: with underscores between them, or dots.
	number = regexp.MustCompile(`^(?:\d+(?:_\d+){1,5}|\d+(?:\.\d+){0,5})`)
	// daily matches a day or a month at the start of a version.
	daily = regexp.MustCompile(`^(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?:[^0-9]|$)`)
)

const (
	// maxBare is the most digits that a number of one part has. It lets a day in,
	// and no object name.
	maxBare = 8
)

// read reads the name of a tag. The version starts at the first digit from
// which the rest of the name is one; ok is false when there is none.
func read(name string) (r reading, ok bool) {
	for i := max(0, len(name)-limit.TagVersion); i < len(name); i++ {
		if !digit(name[i]) || i > 0 && digit(name[i-1]) {
			continue
		}
		series, attached, ok := seriesOf(name[:i])
		if !ok {
			continue
		}
		if r, ok := versionIn(name[i:], series, attached); ok {
			return r, true
		}
	}
	return reading{}, false
}

// versionIn reads text, which follows series, as one version to its end.
func versionIn(text, series string, attached bool) (r reading, ok bool) {
	channel := has(channels, lastWord(series))
	var num string
	switch day := daily.FindString(text); {
	case day == "":
		num = number.FindString(text)
	case series != "" && !channel || attached:
		return reading{}, false
	default:
		num = strings.TrimRightFunc(day, func(r rune) bool { return r < '0' || r > '9' })
	}
	suffix, ok := suffixOf(text[len(num):])
	if !ok {
		return reading{}, false
	}
	r = reading{series: series, text: text, number: parts(num), suffix: suffix, pre: channel || suffix.pre()}
	r.bare = len(r.number) == 1
	switch {
	case attached && !strings.Contains(num, "."): // "rc1", "x86_64"
		return reading{}, false
	case r.bare && (series != "" || len(num) > maxBare || suffix.sense != plain && suffix.sense != pre):
		return reading{}, false
	}
	return r, true
}

// seriesOf gives the series that head, the part of a name before its number,
// stands for. It is attached when it ends in letters other than v.
func seriesOf(head string) (series string, attached, ok bool) {
	rest := strings.TrimRight(head, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	word := head[len(rest):]
	switch {
	case rest != "" && word != "" && !strings.Contains(separators, rest[len(rest)-1:]):
		return "", false, false // a letter in the midst of something
	case strings.EqualFold(word, "v"):
		return wholeOf(rest), false, true
	case word != "":
		return wholeOf(head), true, true
	case rest == "" || strings.Contains(separators, rest[len(rest)-1:]):
		return wholeOf(rest), false, true
	}
	// A full stop parts only a word that means the whole from the number: v.1.2.
	before, dotted := strings.CutSuffix(rest, ".")
	return wholeOf(before), false, dotted && has(whole, lastWord(before))
}

// wholeOf is a series without the words at its end that mean the whole.
func wholeOf(series string) string {
	for {
		series = strings.TrimRight(series, separators)
		last := lastWord(series)
		if !has(whole, last) {
			return series
		}
		series = series[:len(series)-len(last)]
	}
}

// lastWord is the last word of a series.
func lastWord(series string) string {
	return series[strings.LastIndexAny(series, separators)+1:]
}

// parts are the parts of a number, without leading zeros: 0 is "".
func parts(num string) []string {
	all := strings.FieldsFunc(num, func(r rune) bool { return r < '0' || r > '9' })
	for i := range all {
		all[i] = strings.TrimLeft(all[i], "0")
	}
	return all
}

// digit reports whether c is a decimal digit.
func digit(c byte) bool { return c >= '0' && c <= '9' }
