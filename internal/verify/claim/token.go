package claim

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// A token is a number or date in a text.
type token struct {
	page.Span
	form tokenForm
	num  Quantity
	day  Day
	word bool // a number in words
	data bool // with a unit of data: bytes are meant
}

type tokenForm uint8

const (
	isNumber tokenForm = iota
	isDate
	isVersion
)

// months are their names in English, short and long.
const months = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// monthPrefixes are the first three letters of the months, in order.
const monthPrefixes = "janfebmaraprmayjunjulaugsepoctnovdec"

// dateForms are the ways to write a date, with the groups that are its year, month and
// day, 0 for none.
var dateForms = []struct {
	like             *lazyregexp.Regexp
	year, month, day int
}{
	{lazyregexp.New(`^(\d{4})-(\d\d)-(\d\d)`), 1, 2, 3},
	{lazyregexp.New(`^(?i)(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](` + months + `)\.?,?[ -](\d{4})\b`), 3, 2, 1},
	{lazyregexp.New(`^(?i)(` + months + `)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`), 3, 1, 2},
	{lazyregexp.New(`^(\d\d)\.(\d\d)\.(\d{4})\b`), 3, 2, 1},
	{lazyregexp.New(`^(\d{4})-(\d\d)`), 1, 2, 0},
	{lazyregexp.New(`^(?i)(` + months + `)\.?,? (\d{4})\b`), 2, 1, 0},
}

var (
	versionNum = lazyregexp.New(`^v?\d+(?:\.\d+){2,}(?:[-+.][0-9A-Za-z.-]*[0-9A-Za-z])?|^v\d+(?:\.\d+)*(?:[-+][0-9A-Za-z.-]*[0-9A-Za-z])?`)
	wordedTag  = lazyregexp.New(`^(?i)(?:version|release|rel)[-_/]v?\d+(?:[._]\d+)+(?:[-+.][0-9A-Za-z.-]*[0-9A-Za-z])?`)
	decimal    = lazyregexp.New(`^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`)
	scale      = lazyregexp.New(`^(?i)(?:\s?(million|thousand|billion)\b|(k|m|bn)\b)`)
	percent    = lazyregexp.New(`^(?i)\s?(?:%|per ?cent\b)`)
	dataUnit   = lazyregexp.New(`^(?i)\s?(kb|mb|gb|kib|mib|gib)\b`)
	// rangeEnds: the number is one end of a range, which is not read.
	rangeEnds = lazyregexp.New(`^(?: \pL+)? to ~?\d|^ ?[–-] ?\d`)
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
		t, ok := tokenAt(s, i)
		if !ok {
			i = wordEnd(s, i)
			continue
		}
		all = append(all, t)
		i = t.To
	}
	return all
}

func startsToken(s string, i int) bool {
	if !isAlnum(s[i]) || i > 0 && (isAlnum(s[i-1]) || s[i-1] >= 0x80) {
		return false
	}
	if i > 1 && (s[i-1] == '-' || s[i-1] == '/') && isDigit(s[i-2]) || i > 0 && s[i-1] == '-' && isDigit(s[i]) {
		return false // the end of a range, a part of 8/28/2018, less than nothing
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

// ends reports whether no word goes on at i.
func ends(s string, i int) bool {
	return i >= len(s) || !isAlnum(s[i]) && s[i] != '_' && (s[i] != '-' || i+1 >= len(s) || !isAlnum(s[i+1]))
}

// longToken is the length of the tags that are read, in bytes.
const longToken = 256

// tokenAt reads a token that begins at i.
func tokenAt(s string, i int) (token, bool) {
	rest := s[i:min(len(s), i+longToken)]
	if t, ok := dateAt(s, i, rest[:min(len(rest), 64)]); ok {
		return t, true
	}
	if isDigit(s[i]) || rest[0] == 'v' {
		if m := versionNum.FindString(rest); m != "" && !strings.Contains(m, ",") {
			return token{Span: page.Span{From: i, To: i + len(m)}, form: isVersion}, true
		}
	}
	switch {
	case isDigit(s[i]):
		return number(s, i, rest)
	case strings.IndexByte("vrVR", rest[0]) >= 0:
		if m := wordedTag.FindString(rest); m != "" {
			return token{Span: page.Span{From: i, To: i + len(m)}, form: isVersion}, true
		}
	}
	return inWords(s, i)
}

// dateAt reads a date. Most words are none, which their first letters show.
func dateAt(s string, i int, rest string) (token, bool) {
	if !isDigit(s[i]) && (len(rest) < 3 || !strings.Contains(monthPrefixes, strings.ToLower(rest[:3]))) {
		return token{}, false
	}
	for _, f := range dateForms {
		m := f.like.FindStringSubmatch(rest)
		if m == nil || !ends(s, i+len(m[0])) || strings.HasPrefix(s[i+len(m[0]):], "+") {
			continue
		}
		text, layout := m[f.year]+"-"+monthNumber(m[f.month]), "2006-01"
		if f.day > 0 {
			text, layout = text+"-"+twoDigits(m[f.day]), time.DateOnly
		}
		if _, err := time.Parse(layout, text); err == nil {
			return token{Span: page.Span{From: i, To: i + len(m[0])}, form: isDate, day: Day{Text: text}}, true
		}
	}
	return token{}, false
}

func monthNumber(s string) string {
	if isDigit(s[0]) {
		return s
	}
	return twoDigits(strconv.Itoa(1 + strings.Index(monthPrefixes, strings.ToLower(s[:3]))/3))
}

func twoDigits(s string) string {
	if len(s) < 2 {
		return "0" + s
	}
	return s
}

// numberWords are the numbers that are read as words.
const numberWords = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"

var smallNumbers = strings.Split(numberWords, "|")

// inWords reads a small number in words. Part of a larger one it is none.
func inWords(s string, i int) (token, bool) {
	end := wordEnd(s, i)
	n := slices.Index(smallNumbers, strings.ToLower(s[i:end]))
	if n < 0 || !ends(s, end) || largeNumber.MatchString(s[end:min(len(s), end+16)]) {
		return token{}, false
	}
	return token{Span: page.Span{From: i, To: end}, form: isNumber, num: Quantity{Value: float64(n), Bound: before(s[:i])}, word: true}, true
}

// largeNumber: a word is one of several that are a number, or a part of something.
var largeNumber = lazyregexp.New(`(?i)^[ -](?:dozen|hundred|thousand|million|billion|thirds?|quarters?|fifths?|tenths?|halves|to)\b`)

// number reads a number in digits with its scale and per cent sign, and what
// stands before it.
func number(s string, i int, rest string) (token, bool) {
	m, plain, ok := digitsOf(s, i, rest)
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || !ok {
		return token{}, false
	}
	t := token{Span: page.Span{From: i, To: i + len(m)}, form: isNumber}
	slack := 0.5
	if dot := strings.IndexByte(plain, '.'); dot >= 0 {
		slack = 0.5 * math.Pow10(-(len(plain) - dot - 1))
	}
	t.num = Quantity{Value: v, Slack: slack}
	t.scale(s)
	if m := percent.FindString(s[t.To:min(len(s), t.To+10)]); m != "" {
		t.num.Percent, t.num.Slack = true, slack
		t.To += len(m)
	} else if t.To < len(s) && (isAlnum(s[t.To]) || s[t.To] == '_') {
		return token{}, false // "2x", "64bit"
	}
	t.num.Bound = before(s[:i])
	if t.To < len(s) && s[t.To] == '+' && ends(s, t.To+1) && t.num.Bound == Exactly {
		t.num.Bound = AtLeast
		t.To++
	}
	end := s[t.To:min(len(s), t.To+24)]
	if strings.HasPrefix(end, "?") && ends(s, t.To+1) && t.To+1 < len(s) || len(end) > 1 && end[0] == '-' && isAlnum(end[1]) || rangeEnds.MatchString(end) || rangeBegins.MatchString(s[max(0, i-24):i]) {
		return token{}, false // "23? ", "3-shake", "40–50 %", "5 to 9"
	}
	return t, true
}

// rangeBegins: the number is the other end.
var rangeBegins = lazyregexp.New(`\d%?(?: %)?(?: \pL+)? (?:to|–) ~?$|–$|\bbetween ~?[\d.,]+ and ~?$`)

// scale gives a number the scale or the unit of data behind it.
func (t *token) scale(s string) {
	factor := 1.0
	if m := scale.FindStringSubmatch(s[t.To:min(len(s), t.To+12)]); m != nil {
		factor = factorOf(m[1] + m[2])
		t.To += len(m[0])
	} else if m := dataUnit.FindStringSubmatch(s[t.To:min(len(s), t.To+6)]); m != nil {
		factor, t.data = factorOf(m[1]), true
		t.To += len(m[0])
	}
	t.num.Value, t.num.Slack = t.num.Value*factor, t.num.Slack*factor
	if factor == 1 && t.num.Slack == 0.5 {
		t.num.Slack = 0
	}
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

// digitsOf are the digits of a number as they stand, and as they are counted; ok is
// false where it is not certain whose separators they have ("575 354", "575.354").
func digitsOf(s string, i int, rest string) (written, plain string, ok bool) {
	if m := grouped.FindStringSubmatch(rest); m != nil {
		return m[1], separators.ReplaceAllString(m[1], ""), true
	}
	if m := decimalComma.FindStringSubmatch(rest); m != nil && (m[2] != "" || s == m[0]) {
		return m[1], strings.Replace(m[1], ",", ".", 1), true
	}
	if loose.MatchString(rest) || looseLeft.MatchString(s[max(0, i-6):i]) && threeDigits.MatchString(rest) {
		return "", "", false
	}
	m := decimal.FindString(rest)
	return m, strings.ReplaceAll(m, ",", ""), true
}

// factors are those of scales and units of data.
var factors = map[string]float64{
	"k": 1e3, "thousand": 1e3, "thousands": 1e3, "m": 1e6, "million": 1e6, "millions": 1e6, "bn": 1e9, "billion": 1e9, "kb": 1e3, "mb": 1e6, "gb": 1e9,
	"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "kloc": 1e3, "ksloc": 1e3, "mloc": 1e6, "msloc": 1e6,
}

func factorOf(word string) float64 { return factors[strings.ToLower(word)] }

// boundBefore are the words and signs in front of a number that set a bound, the first
// that fits.
var boundBefore = []struct {
	words *lazyregexp.Regexp
	bound Bound
}{
	{lazyregexp.New(`(?i)(?:<=|≤|\b(?:at most|no more than|not more than|maximum))\s*$`), AtMost},
	{lazyregexp.New(`(?i)(?:(?:^|[^-=])(?:>=|≥)|\b(?:at least|no fewer than|no less than|not less than|minimum))\s*$`), AtLeast},
	{lazyregexp.New(`(?i)(?:~|≈|\b(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.?))\s*$`), About},
	{lazyregexp.New(`(?i)\b(?:almost|nearly|just shy of|just under|close to|not quite)(?: an?)?\s*$`), Nearly},
	{lazyregexp.New(`(?i)(?:(?:^|[^-=])>|\b(?:over|more than|above|upwards of|exceeding))\s*$`), Over},
	{lazyregexp.New(`(?i)(?:<|\b(?:under|fewer than|less than|below|up to))\s*$`), Under},
}

// before is the bound that the words before a number set.
func before(s string) Bound {
	s = s[max(0, len(s)-24):]
	for _, b := range boundBefore {
		if b.words.MatchString(s) {
			return b.bound
		}
	}
	return Exactly
}

// boundWords stand between a number and what it belongs to.
var boundWords = lazyregexp.New(`(?i)(?:~|≈|<=?|>=?|≤|≥|\b(?:about|around|approximately|roughly|over|more than|at least|at most|under|fewer than|less than|almost|nearly|just|exactly|some|only|a total of|just shy of|just under|close to)) ?$`)
