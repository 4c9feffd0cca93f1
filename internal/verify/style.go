package verify

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/dustin/go-humanize"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
)

// numberForm takes a number apart: what is before it, digits, decimals, scale, what
// is behind.
var numberForm = lazyregexp.New(`^(\d[\d,]*)(\.\d+)?(\s?(?i:million|thousand|billion|k|m|bn|kb|mb|gb|kib|mib|gib)\b)?(\s?(?:%|per ?cent))?([+?])?$`)

// likeNumber writes a value as the number of the claim is written: with its
// separators, scale and decimals.
func likeNumber(c *claim.Claim, v float64) string {
	quote := c.Quote()
	m := numberForm.FindStringSubmatch(quote)
	if m == nil {
		return likeWord(quote, v)
	}
	scale := 1.0
	if m[3] != "" {
		digits, err := strconv.ParseFloat(strings.ReplaceAll(m[1]+m[2], ",", ""), 64)
		if err != nil || digits == 0 {
			return ""
		}
		scale = c.Num.Value / digits
	}
	v /= scale
	decimals := max(0, len(m[2])-1)
	switch step := math.Pow10(decimals); { // a bound must hold
	case c.Num.Bound == claim.AtLeast || c.Num.Bound == claim.Over:
		v = math.Floor(v*step) / step
	case c.Num.Bound == claim.AtMost || c.Num.Bound == claim.Under:
		v = math.Ceil(v*step) / step
	}
	if c.Num.Percent && (v == 0 || v == 100) {
		decimals = 0 // as a share is written that is nothing or all
	}
	return withDecimals(v, decimals, strings.Contains(m[1], ",") || !wideDigits(m[1])) + m[3] + m[4] + m[5]
}

// wideDigits reports whether four digits or more stand without a separator.
func wideDigits(digits string) bool { return len(digits) > 3 && !strings.Contains(digits, ",") }

func withDecimals(v float64, decimals int, commas bool) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	whole, rest, dot := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || !commas {
		return s
	}
	if dot {
		return humanize.Comma(n) + "." + rest
	}
	return humanize.Comma(n)
}

var smallNumbers = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve")

// likeWord writes a small number in words.
func likeWord(quote string, v float64) string {
	if v != math.Trunc(v) || v < 0 || int(v) >= len(smallNumbers) {
		return ""
	}
	return likeCase(quote, smallNumbers[int(v)])
}

// likeCase gives word the capital that the text has.
func likeCase(text, word string) string {
	if text == "" || word == "" {
		return word
	}
	first := []rune(text)[0]
	switch {
	case text == strings.ToUpper(text) && len(text) > 1 && text != strings.ToLower(text):
		return strings.ToUpper(word)
	case unicode.IsUpper(first):
		r := []rune(word)
		r[0] = unicode.ToUpper(r[0])
		return string(r)
	}
	return word
}

// dateForms are the ways to write a date, by what they look like.
var dateForms = []struct {
	like   *lazyregexp.Regexp
	layout string
}{
	{lazyregexp.New(`^\d{4}-\d\d-\d\d$`), "2006-01-02"},
	{lazyregexp.New(`^\d{4}-\d\d$`), "2006-01"},
	{lazyregexp.New(`^\d{4}$`), "2006"},
	{lazyregexp.New(`^\d{1,2} (?:\pL{4,}|May) \d{4}$`), "2 January 2006"},
	{lazyregexp.New(`^\d{1,2} \pL{3} \d{4}$`), "2 Jan 2006"},
	{lazyregexp.New(`^(?:\pL{4,}|May) \d{1,2}, \d{4}$`), "January 2, 2006"},
	{lazyregexp.New(`^\pL{3} \d{1,2}, \d{4}$`), "Jan 2, 2006"},
	{lazyregexp.New(`^(?:\pL{4,}|May) \d{4}$`), "January 2006"},
	{lazyregexp.New(`^\pL{3} \d{4}$`), "Jan 2006"},
}

// likeDay writes a day as the date of the claim is written; "" when that way is
// not known, or the claim is no date in itself.
func likeDay(c *claim.Claim, d fact.Date) string {
	t, err := time.Parse(time.DateOnly, (string(d) + "-01")[:len(time.DateOnly)])
	if err != nil {
		return ""
	}
	for _, f := range dateForms {
		if f.like.MatchString(c.Quote()) {
			return t.Format(f.layout)
		}
	}
	return ""
}
