package claim

import (
	"math"
	"strconv"
	"strings"
	"time"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// A Quantity is a number as it was written.
type Quantity struct {
	Value float64
	// Slack is half of the last digit's worth: what rounding may have taken.
	Slack float64
	// Percent: Value is in per cent.
	Percent bool
	// Bound says which side the true value may lie on.
	Bound Bound
	// To is the upper end of a range, and ToSlack what rounding may have taken of it.
	To, ToSlack float64
}

// A Bound is what words and signs beside a number say of its exactness.
type Bound uint8

// The bounds.
const (
	Exactly Bound = iota
	About         // "~", "about", "approximately"
	Over          // "over", "more than": a little more is meant
	Under         // "< 0.1 %", "under", "fewer than": a little less is meant
	Nearly        // "almost", "just shy of": a little less is meant
	AtLeast       // "143+", "at least": a lower bound, whatever the value is
	AtMost        // "at most": an upper bound
	Range         // "5 to 9": both bounds
)

// Bounds reports whether a bound says between which values the true one lies, and
// not which value it is.
func (b Bound) Bounds() bool { return b >= AtLeast }

// A Day is a date as it was written: a day, a month or a year. One without its
// year is the last such before the report's day.
type Day struct {
	Text string // "2021-07-28", "2021-07" or "2021"; without its year "--07-28" or "--07"
	// Bound is AtLeast for that day or later, AtMost for that day or earlier.
	Bound Bound
}

// Matches reports whether date, YYYY-MM-DD, lies in the day, month or year.
func (d Day) Matches(date string) bool { return date != "" && strings.HasPrefix(date, d.Text) }

// A token is a number or date in a text.
type token struct {
	page.Span
	form tokenForm
	num  Quantity
	day  Day
	word bool // a number in words
	data bool // with a unit of data: bytes are meant
	read bool // of what was read, as its sign says
}

type tokenForm uint8

const (
	isNumber tokenForm = iota
	isDate
	isVersion
)

// monthPrefixes are the first three letters of the months, in order.
const monthPrefixes = "janfebmaraprmayjunjulaugsepoctnovdec"

// Months by their names in English, short and long.
const months = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// capitalMonths are the names of months in full, which no other word is with a capital
// behind "in" or "since".
const capitalMonths = `January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec`

var (
	isoDay     = lazyregexp.New(`^\d{4}-\d{2}-\d{2}`)
	isoMonth   = lazyregexp.New(`^\d{4}-\d{2}`)
	dayMonth   = lazyregexp.New(`^(?i)(\d{1,2})(?:st|nd|rd|th)?(?: of)? (` + months + `)\.?,? (\d{4})\b`)
	monthDay   = lazyregexp.New(`^(?i)(` + months + `)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	monthYear  = lazyregexp.New(`^(?i)(` + months + `)\.?,? (\d{4})\b`)
	dotted     = lazyregexp.New(`^(\d{2})\.(\d{2})\.(\d{4})\b`)
	dashed     = lazyregexp.New(`^(?i)(\d{1,2})-(` + months + `)-(\d{4})\b`)
	dayOfYear  = lazyregexp.New(`^(\d{1,2})(?:st|nd|rd|th)?(?: of)? (` + capitalMonths + `)\b`)
	yearsDay   = lazyregexp.New(`^(` + capitalMonths + `)\.? (\d{1,2})(?:st|nd|rd|th)?\b`)
	yearsMonth = lazyregexp.New(`^(` + capitalMonths + `)\b`)
	ofMonth    = lazyregexp.New(`(?i)\b(?:in|since|last|of|early|late|mid|until|from)[ -]$`)
	versionNum = lazyregexp.New(`^v?\d+(?:\.\d+){2,}(?:[-+.][0-9A-Za-z.-]*[0-9A-Za-z])?|^v\d+(?:\.\d+)*(?:[-+][0-9A-Za-z.-]*[0-9A-Za-z])?`)
	wordedTag  = lazyregexp.New(`^(?i)(?:version|release|rel)[-_/]v?\d+(?:[._]\d+)+(?:[-+.][0-9A-Za-z.-]*[0-9A-Za-z])?`)
	decimal    = lazyregexp.New(`^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`)
	scale      = lazyregexp.New(`^(?i)(?:\s?(million|thousand|billion)\b|(k|m|bn)\b)`)
	percent    = lazyregexp.New(`^(?i)\s?(?:%|per ?cent\b)`)
	dataUnit   = lazyregexp.New(`^(?i)\s?(kb|mb|gb|kib|mib|gib)\b`)
)

// tokens finds the numbers and dates of s from left to right. Digits within
// words ("k8s", "linkerd2") are none.
func tokens(s string) []token {
	var all []token
	for i := 0; i < len(s); {
		if !startsToken(s, i) {
			i++
			continue
		}
		if isDigit(s[i]) && i > 0 && s[i-1] == '-' && (i == 1 || s[i-2] == ' ') {
			i += len(decimal.FindString(s[i:min(len(s), i+64)])) // less than nothing
			continue
		}
		t, ok := tokenAt(s, i)
		if !ok {
			i = wordEnd(s, i)
			continue
		}
		all = appendToken(all, s, signed(s, t))
		i = all[len(all)-1].To
	}
	return all
}

func startsToken(s string, i int) bool {
	if !isAlnum(s[i]) || i > 0 && (isAlnum(s[i-1]) || s[i-1] >= 0x80) {
		return false
	}
	if i > 1 && (s[i-1] == '-' || s[i-1] == '/') && isDigit(s[i-2]) {
		return false // the end of a range, a part of 8/28/2018
	}
	return i == 0 || s[i-1] != '_' && (s[i-1] != '.' || i < 2 || !isAlnum(s[i-2]))
}

func isAlnum(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// wordEnd is the end of the word that begins at i.
func wordEnd(s string, i int) int {
	for i++; i < len(s) && (isAlnum(s[i]) || s[i] == '_' || s[i] >= 0x80); i++ {
	}
	return i
}

// tokenAt reads a token that begins at i.
func tokenAt(s string, i int) (token, bool) {
	rest := s[i:min(len(s), i+64)]
	if !isDigit(s[i]) {
		return wordToken(s, i, rest)
	}
	if m := isoDay.FindString(rest); m != "" {
		if _, err := time.Parse(time.DateOnly, m); err == nil && ends(s, i+len(m)) {
			return dateToken(i, len(m), m), true
		}
	}
	if m := dayMonth.FindStringSubmatch(rest); m != nil {
		return named(i, m[0], m[1], m[2], m[3])
	}
	if m := dayOfYear.FindStringSubmatch(rest); m != nil {
		return named(i, m[0], m[1], m[2], "-")
	}
	if m := dotted.FindStringSubmatch(rest); m != nil && ends(s, i+len(m[0])) {
		return dayToken(i, m[0], m[3]+"-"+m[2]+"-"+m[1])
	}
	if m := dashed.FindStringSubmatch(rest); m != nil {
		return named(i, m[0], m[1], m[2], m[3])
	}
	if m := isoMonth.FindString(rest); m != "" && ends(s, i+len(m)) {
		if _, err := time.Parse("2006-01", m); err == nil {
			return dateToken(i, len(m), m), true
		}
	}
	if m := versionAt(s, i); m != "" && !strings.Contains(m, ",") {
		return token{Span: page.Span{From: i, To: i + len(m)}, form: isVersion}, true
	}
	return number(s, i, rest)
}

// ends reports whether no word goes on at i.
func ends(s string, i int) bool {
	return i >= len(s) || !isAlnum(s[i]) && s[i] != '_' && (s[i] != '-' || i+1 >= len(s) || !isAlnum(s[i+1]))
}

// longTag is the length of the tags that are read, in bytes.
const longTag = 256

// versionAt is the version that begins at i, "" for none.
func versionAt(s string, i int) string { return versionNum.FindString(s[i:min(len(s), i+longTag)]) }

// dayToken is a day, if there is such a day.
func dayToken(i int, whole, day string) (token, bool) {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return token{}, false
	}
	return dateToken(i, len(whole), day), true
}

func dateToken(i, n int, text string) token {
	return token{Span: page.Span{From: i, To: i + n}, form: isDate, day: Day{Text: text}}
}

// named is a date with the name of a month; year "-" for none.
func named(i int, whole, day, month, year string) (token, bool) {
	m := 1 + strings.Index(monthPrefixes, strings.ToLower(month[:3]))/3
	text := year + "-" + two(m)
	if day != "" {
		n, _ := strconv.Atoi(day)
		text += "-" + two(n)
		if _, err := time.Parse(time.DateOnly, strings.Replace(text, "--", "2000-", 1)); err != nil {
			return token{}, false
		}
	}
	return dateToken(i, len(whole), text), true
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// wordToken reads a date that begins with a month, a version with its v, or a
// number in words. What it could be shows in the first letters, and most words
// are nothing of the kind.
func wordToken(s string, i int, rest string) (token, bool) {
	if len(rest) < 3 {
		return token{}, false
	}
	if strings.Contains(monthPrefixes, strings.ToLower(rest[:3])) {
		if m := monthDay.FindStringSubmatch(rest); m != nil {
			return named(i, m[0], m[2], m[1], m[3])
		}
		if m := monthYear.FindStringSubmatch(rest); m != nil {
			return named(i, m[0], "", m[1], m[2])
		}
		if m := yearsDay.FindStringSubmatch(rest); m != nil {
			return named(i, m[0], m[2], m[1], "-")
		}
		if m := yearsMonth.FindStringSubmatch(rest); m != nil && ofMonth.MatchString(s[max(0, i-8):i]) {
			t, ok := named(i, m[0], "", m[1], "-")
			t.word = true // no figure
			return t, ok
		}
	}
	if rest[0] == 'v' && isDigit(rest[1]) {
		m := versionAt(s, i)
		return token{Span: page.Span{From: i, To: i + len(m)}, form: isVersion}, m != ""
	}
	if strings.IndexByte("vrVR", rest[0]) >= 0 {
		if m := wordedTag.FindString(s[i:min(len(s), i+longTag)]); m != "" {
			return token{Span: page.Span{From: i, To: i + len(m)}, form: isVersion}, true
		}
	}
	if strings.IndexByte("toahTOAH", rest[0]) >= 0 {
		if t, ok := fraction(i, rest); ok {
			return t, true
		}
	}
	return inWords(s, i)
}

// fractions are shares that are written as words, in per cent.
var (
	fractionWord = lazyregexp.New(`^(?i)(three quarters|two thirds|one third|a third|one quarter|a quarter|a fifth|a tenth|half)\b`)
	fractions    = map[string]float64{
		"three quarters": 75, "two thirds": 66.7, "one third": 33.3, "a third": 33.3, "one quarter": 25, "a quarter": 25,
		"a fifth": 20, "a tenth": 10, "half": 50,
	}
)

var halfOf = lazyregexp.New(`^(?i)half an? (dozen|hundred|thousand|million|billion)\b`)

// fraction reads a share in words, which may be five points off, or half of a
// round number.
func fraction(i int, rest string) (token, bool) {
	if m := halfOf.FindStringSubmatch(rest); m != nil {
		q := Quantity{Value: multiples[strings.ToLower(m[1])] / 2, Bound: About}
		return token{Span: page.Span{From: i, To: i + len(m[0])}, form: isNumber, num: q, word: true}, true
	}
	m := fractionWord.FindString(rest)
	if m == "" {
		return token{}, false
	}
	q := Quantity{Value: fractions[strings.ToLower(m)], Slack: 5, Percent: true}
	return token{Span: page.Span{From: i, To: i + len(m)}, form: isNumber, num: q, word: true}, true
}

// number reads a number in digits with its scale and per cent sign, and what
// stands before it.
func number(s string, i int, rest string) (token, bool) {
	m := decimal.FindString(rest)
	plain := strings.ReplaceAll(m, ",", "")
	if foreign := grouped.FindStringSubmatch(rest); foreign != nil {
		m, plain = foreign[1], separators.ReplaceAllString(foreign[1], "")
	} else if comma := decimalComma.FindStringSubmatch(rest); comma != nil && (comma[2] != "" || s == comma[0]) {
		m, plain = comma[1], strings.Replace(comma[1], ",", ".", 1)
	} else if loose.MatchString(rest) || looseLeft.MatchString(s[max(0, i-6):i]) && threeDigits.MatchString(rest) {
		return token{}, false // "575 354" and "575.354": whose separators are they?
	}
	end := i + len(m)
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return token{}, false
	}
	slack := 0.5
	if dot := strings.IndexByte(plain, '.'); dot >= 0 {
		slack = 0.5 * math.Pow10(-(len(plain) - dot - 1))
	}
	q := Quantity{Value: v, Slack: slack}
	factor, data := 1.0, false
	if m := scale.FindStringSubmatch(s[end:min(len(s), end+12)]); m != nil {
		factor = factorOf(m[1] + m[2])
		end += len(m[0])
	} else if m := dataUnit.FindStringSubmatch(s[end:min(len(s), end+6)]); m != nil {
		factor, data = dataFactor(m[1]), true
		end += len(m[0])
	}
	q.Value *= factor
	q.Slack *= factor
	if factor == 1 && slack == 0.5 {
		q.Slack = 0
	}
	if m := percent.FindString(s[end:min(len(s), end+10)]); m != "" {
		q.Percent = true
		q.Slack = slack
		end += len(m)
	} else if end < len(s) && (isAlnum(s[end]) || s[end] == '_') && factor == 1 {
		return token{}, false // "2x", "64bit"
	}
	if end+1 < len(s) && s[end] == '-' && isAlnum(s[end+1]) || strings.HasPrefix(s[end:], "–") {
		return token{}, false // "3-shake", "40–50 %"
	}
	q.Bound = before(s[:i])
	return token{Span: page.Span{From: i, To: end}, form: isNumber, num: q, data: data}, true
}

// Numbers as other countries write them: in groups with spaces or apostrophes,
// with a decimal comma.
var (
	separators   = lazyregexp.New("[ '’\u00a0\u202f]")
	grouped      = lazyregexp.New("^(\\d{1,3}(?:(?: \\d{3}){2,}|(?:['’\u00a0\u202f]\\d{3})+))(?:[^\\d]|$)")
	decimalComma = lazyregexp.New("^(\\d+,\\d{1,2})(?:[ \u00a0\u202f]?(%)|$)")
	loose        = lazyregexp.New(`^[1-9]\d{0,2}[ .]\d{3}(?:[^\d%,.][^%]|$)`)
	looseLeft    = lazyregexp.New(`(?:^|\D)\d{1,3} $`)
	threeDigits  = lazyregexp.New(`^\d{3}(?:\D|$)`)
)

func factorOf(word string) float64 {
	switch strings.ToLower(word) {
	case "k", "thousand":
		return 1e3
	case "m", "million":
		return 1e6
	case "bn", "billion":
		return 1e9
	}
	return 1
}

func dataFactor(unit string) float64 {
	switch strings.ToLower(unit) {
	case "kb":
		return 1e3
	case "mb":
		return 1e6
	case "gb":
		return 1e9
	case "kib":
		return 1 << 10
	case "mib":
		return 1 << 20
	}
	return 1 << 30
}

var (
	aboutWord = lazyregexp.New(`(?i)(?:~|≈|\b(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.?|or so))\s*$`)
	overWord  = lazyregexp.New(`(?i)(?:(?:^|[^-=])>|\b(?:over|more than|above|upwards of|exceeding))\s*$`)
	leastWord = lazyregexp.New(`(?i)(?:(?:^|[^-=])(?:>=|≥)|\b(?:at least|no fewer than))\s*$`)
	underWord = lazyregexp.New(`(?i)(?:<|\b(?:under|fewer than|less than|below|up to))\s*$`)
	mostWord  = lazyregexp.New(`(?i)(?:<=|≤|\b(?:at most|no more than))\s*$`)
	notMore   = lazyregexp.New(`(?i)\b(?:no|not) more than\s*$`)
	notLess   = lazyregexp.New(`(?i)\b(?:no|not) (?:fewer|less) than\s*$`)
	nearWord  = lazyregexp.New(`(?i)\b(?:almost|nearly|just shy of|just under|close to|not quite)(?: an?)?\s*$`)
)

// boundEnds are the last words of those expressions and of [boundWords]. Most
// numbers stand behind other words, and a look is much faster than the
// expressions.
var boundEnds = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("about around approximately approx roughly some circa ca so over than least above of exceeding under most below to almost nearly quite a an just exactly only") {
		m[w] = true
	}
	return m
}()

// maySetBound reports whether s ends in a sign or word that may set a bound.
func maySetBound(s string) bool {
	s = strings.TrimRight(s, " \t\n\f\r")
	i := len(s)
	for i > 0 && isAlnum(s[i-1]) {
		i--
	}
	if word := s[i:]; word != "" {
		return boundEnds[strings.ToLower(word)]
	}
	return s != "" && (s[len(s)-1] >= 0x80 || strings.IndexByte("~<>=.", s[len(s)-1]) >= 0)
}

// before is the bound that the words before a number set.
func before(s string) Bound {
	s = s[max(0, len(s)-24):]
	if !maySetBound(s) {
		return Exactly
	}
	switch {
	case notMore.MatchString(s):
		return AtMost
	case notLess.MatchString(s):
		return AtLeast
	case aboutWord.MatchString(s):
		return About
	case nearWord.MatchString(s):
		return Nearly
	case leastWord.MatchString(s):
		return AtLeast
	case mostWord.MatchString(s):
		return AtMost
	case overWord.MatchString(s):
		return Over
	case underWord.MatchString(s):
		return Under
	}
	return Exactly
}

// Fits reports whether a measured value is what q says.
func (q Quantity) Fits(measured float64) bool {
	slack := q.Slack + 1e-9*math.Abs(q.Value)
	switch q.Bound {
	case About: // no end, which is a bound of what was not read, is about any number
		return !math.IsInf(measured, 0) && math.Abs(measured-q.Value) <= max(slack, 0.1*math.Abs(measured))
	case AtLeast:
		return measured >= q.Value-q.written(slack)
	case AtMost:
		return measured <= q.Value+q.written(slack)
	case Range:
		return measured >= q.Value-q.written(slack) && measured <= q.To+q.written(q.ToSlack)
	case Over:
		return measured >= q.Value && measured <= 2*q.Value+1
	case Under:
		least := q.Value / 4
		if q.Percent && q.Value <= 2*q.Slack {
			least = 0 // "< 0.1 %": less than can be written so
		}
		return measured <= q.Value && (measured > 0 || q.Value == 0) && measured >= least
	case Nearly:
		return measured <= q.Value+slack && measured >= 0.9*q.Value-slack
	}
	return math.Abs(measured-q.Value) <= slack
}

// written is what rounding may have taken of a bound: of a share its last digit, of
// a number nothing.
func (q Quantity) written(slack float64) float64 {
	if q.Percent {
		return slack
	}
	return 1e-9 * math.Abs(q.Value)
}
