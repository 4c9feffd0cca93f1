package release

import (
	"strings"

	"assay/internal/lazyregexp"
)

// A day is a version that is one: a day, a month, a week or a quarter, or the
// time of a day.
type day struct {
	text  string   // as written
	parts []string // the year first, without leading zeros
	bare  bool     // written as one run of digits
}

var (
	// spaced matches a day, month, week or quarter with hyphens, the day with or
	// without the time: 2024-01-15T08-30-15Z.
	spaced = lazyregexp.New(`^(?:19|20)\d\d-(?:0[1-9]|1[0-2])` +
		`(?:-(?:0[1-9]|[12]\d|3[01])(?:[tT](?:[01]\d|2[0-3])[-.]?[0-5]\d(?:[-.]?[0-5]\d)?[zZ]?)?)?(?:[^0-9a-zA-Z]|$)`)
	// period matches a week or a quarter: 2024-W03, 2024w3, 2024.Q1.
	period = lazyregexp.New(`^(?:19|20)\d\d[-._]?(?:[wW](?:0?[1-9]|[1-4]\d|5[0-3])|[qQ][1-4])(?:[^0-9a-zA-Z]|$)`)
	// compact matches a day that is one run of digits, with or without the time:
	// 20240115, 20240115T083015Z, 202401150830.
	compact = lazyregexp.New(`^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])` +
		`(?:[tT]?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?[zZ]?)?(?:[^0-9a-zA-Z]|[a-zA-Z]$|$)`)
	// year matches one that is written out.
	year = lazyregexp.New(`^(?:19|20)\d\d$`)
)

// isYear reports whether a number of one part is a year.
func isYear(num string) bool { return year.MatchString(num) }

// dayIn reads the day that text starts with.
func dayIn(text string) (d day, ok bool) {
	for _, form := range []*lazyregexp.Regexp{spaced, period} {
		if found := form.FindString(text); found != "" {
			d.text = ended(found, text)
			d.parts = parts(d.text)
			return d, true
		}
	}
	m := compact.FindStringSubmatch(text)
	if m == nil {
		return day{}, false
	}
	d.text, d.bare = ended(m[0], text), true
	if m[4] == "" {
		d.text = m[1] + m[2] + m[3]
	}
	d.parts = parts(strings.TrimRight(strings.Join(m[1:], "-"), "-"))
	return d, true
}

// ended is a day without what was matched to see that it ends there.
func ended(found, text string) string {
	if len(found) == len(text) && (digit(found[len(found)-1]) || strings.HasSuffix(strings.ToLower(found), "z")) {
		return found
	}
	return found[:len(found)-1]
}
