package release

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
)

// A reading is what the name of a tag says.
type reading struct {
	series string
	text   string   // the version: epoch, number and suffix as written
	epoch  string   // that of Debian and of Python, without leading zeros; "" for none
	number []string // parts of the number, without leading zeros
	bare   bool     // the number is written as one part
	suffix suffix
	pre    bool
}

// An outcome is what reading the name of a tag came to.
type outcome int

const (
	noVersion outcome = iota // the name does not look like a version
	unknown                  // it looks like one and is not understood
	snapshot                 // a day or an object name stands after a version
	mark                     // it is said of a version, and is none
	isVersion                // it is one
)

// separators stand between words of a series, and between series and number.
const separators = "-_/@"

var (
	// number matches a number of parts: with underscores between them, or dots.
	number = lazyregexp.New(`^(?:\d+(?:_\d+){1,5}|\d+(?:\.\d+){0,5})`)
	// hyphened matches a number that has hyphens between its parts, at least three
	// of them and none with a leading zero, and after it words alone: 1-2-3,
	// 1-2-3-rc1. Of a series it is none: app-1-2-3 could be app-1 in 2.3.
	hyphened = lazyregexp.New(`^(?:0|[1-9]\d{0,2})(?:-(?:0|[1-9]\d{0,2})){2,3}(?:-?[a-zA-Z]|$)`)
	// epoch matches that of a Debian version, which git's names write with % for
	// the colon, and of a Python version.
	epoch = lazyregexp.New(`^(\d{1,4})[%:!](\d)`)
	// versionLike matches names that look as if they named a version: a number of
	// parts or with a build, one after v, r and the like, a day, or any in a folder
	// of releases.
	versionLike = lazyregexp.New(`(?i)(?:^|[^0-9a-z])(?:[a-z]*\d+[._+]\d` +
		`|(?:v|r|b|rel|release|ver|version|build)[-_.]?\d|\d{1,3}-\d{1,3}(?:[^0-9a-z]|$)` +
		`|[a-z]?(?:19|20)\d\d-?(?:0[1-9]|1[0-2])(?:-?\d\d)?(?:[^0-9]|$))|^releases?/.*\d$`)
)

// maxBare is the most digits that a number of one part has. It lets a day in,
// and no object name.
const maxBare = 8

// read reads the name of a tag. The version starts at the first digit from
// which the rest of the name is one.
func read(name string) (reading, outcome) {
	if r, ok := train(name); ok {
		return r, isVersion
	}
	why := noVersion
	for i := max(0, len(name)-limit.TagVersion); i < len(name); i++ {
		if !digit(name[i]) || i > 0 && digit(name[i-1]) {
			continue
		}
		h, ok := headOf(name[:i])
		if !ok {
			continue
		}
		r, got := versionIn(name[i:], h)
		if got == isVersion {
			return r, got
		}
		if len(r.number) > 1 || got == mark {
			why = max(why, got)
		}
		if len(r.number) > 2 {
			break // what follows a whole number is no version of its own: 1.2.3-0.20240115
		}
	}
	if why == noVersion && versionLike.MatchString(name) {
		why = unknown
	}
	return reading{}, why
}

// versionIn reads text, which follows a head, as one version to its end. What is
// none has its number all the same, where there is one.
func versionIn(text string, h head) (r reading, got outcome) {
	rest := text
	if m := epoch.FindStringSubmatch(text); m != nil {
		r.epoch = strings.TrimLeft(m[1], "0")
		rest = text[len(m[1])+1:]
	}
	channel := has(channels, lastWord(h.series))
	d, dated := dayIn(rest)
	num := d.text
	switch {
	case !dated && h.series == "" && hyphened.MatchString(rest):
		num = strings.TrimRight(hyphened.FindString(rest), "-"+letters)
	case !dated:
		num = number.FindString(rest)
	case !d.bare && (h.series != "" && !channel || h.attached && !h.whole):
		return reading{}, noVersion // a day in the name of something else
	}
	r.series, r.text, r.number = h.series, text, parts(num)
	r.bare = len(r.number) == 1
	if dated {
		r.number, r.bare = d.parts, d.bare && !channel
	}
	var why outcome
	if r.suffix, why = suffixOf(rest[len(num):], dated && d.bare); why != isVersion {
		return r, why
	}
	r.pre = channel || r.suffix.pre()
	if h.attached && !h.leads(num) || r.bare && !h.leadsBare(num, r.suffix, dated) {
		return reading{}, noVersion
	}
	return r, isVersion
}

// A head is what stands before the number of a version.
type head struct {
	series string
	// attached: it ends in letters other than v. whole: those mean the whole.
	attached, whole bool
	// word is the letters before the number, in small letters: v, r, rel.
	word string
}

// leads reports whether letters without a separator may lead a number: any lead
// 1.22 and 4_8_0 (go1.22, S4_8_0), and what means the whole 9_6 (REL9_6), 12
// (r12) too. So rc1 and x86_64 are none.
func (h head) leads(num string) bool {
	return strings.Contains(num, ".") || strings.Count(num, "_") > 1 || h.whole
}

// shortBuild is the least digits of a build number that follows a mere b: b4 is
// the fourth beta.
const shortBuild = 3

// leadsBare reports whether a number of one part is a version after a head. In
// a series it is one only when a v leads it, or when what follows says so:
// issue-12 is none, cli/v1 and jdk-21-ga are.
func (h head) leadsBare(num string, s suffix, day bool) bool {
	switch {
	case len(num) > maxBare && !day, h.word == "b" && len(num) < shortBuild:
		return false
	case h.series != "":
		return h.word == "v" && s.sense == plain || !day && (s.sense == pre || s.sense == build) && s.worded
	}
	return day || s.sense == plain || s.sense == pre || s.sense == revision && isYear(num) && !digit(s.key[0]) || s.worded && s.sense == build
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// headOf reads head, the part of a name before its number.
func headOf(text string) (h head, ok bool) {
	rest := strings.TrimRight(text, letters)
	h.word = strings.ToLower(text[len(rest):])
	h.whole = has(whole, h.word) || h.word == "b" || h.word == "build"
	if rest != "" && !strings.Contains(separators, rest[len(rest)-1:]) {
		// A full stop parts series and version where a v leads that (pkg.v1.2), or a
		// word that means the whole or a channel comes before it (v.1.2).
		before, dotted := strings.CutSuffix(rest, ".")
		last := lastWord(before)
		if !dotted || !h.whole && (h.word != "" || !has(whole, last) && !has(channels, last)) {
			return h, false
		}
		rest = before + "-"
	}
	switch {
	case h.word == "" || h.word == "v":
		h.series = wholeOf(rest)
	case h.whole:
		h.series, h.attached = wholeOf(rest), true
	default:
		h.series, h.attached = wholeOf(rest+text[len(text)-len(h.word):]), true
	}
	return h, true
}

// wholeOf is a series without the words at its end that mean the whole, and
// without the folders at its beginning that do: releases/gcc is gcc.
func wholeOf(series string) string {
	for {
		series = strings.TrimRight(series, separators)
		last := lastWord(series)
		if !has(whole, last) {
			break
		}
		series = series[:len(series)-len(last)]
	}
	for {
		folder, rest, ok := strings.Cut(series, "/")
		if !ok || !has(whole, folder) {
			break
		}
		series = rest
	}
	if strings.EqualFold(series, "build") {
		return "" // build-1234; of a series it may be the name
	}
	return series
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
