package people

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// A stint is for whom someone works, or who owns a domain, in some time. Days
// are YYYY-MM-DD, and compare as text.
type stint struct {
	from  string // first day; "" since ever
	until string // the day after the last; "" for ever
	org   string // "" when it is none, or not known
	said  bool   // it is told: the organisation, or that there is none
}

// never is after every day.
const never = "~"

func (s stint) holds(day string) bool { return s.from <= day && day < cmp.Or(s.until, never) }

// A history is the stints of one subject in any order.
type history []stint

// at is the stint that holds on a day; of several the one that says most of it.
func (h history) at(day string) (best stint, ok bool) {
	for _, s := range h {
		if s.holds(day) && (!ok || closer(s, best)) {
			best, ok = s, true
		}
	}
	return best, ok
}

// closer reports whether of two stints that hold, a says more: it began later,
// or else ends earlier. An undated line is what holds when no dated one does.
func closer(a, b stint) bool {
	if a.from != b.from {
		return a.from > b.from
	}
	return cmp.Or(a.until, never) < cmp.Or(b.until, never)
}

// lastDay is the last day of a period: a day itself; of a month the 31st, which
// compares well also when the month has none.
func lastDay(period string) string {
	if len(period) == len("2006-01") {
		return period + "-31"
	}
	return period
}

// Canonical is an organisation's name in our spelling: "Red Hat, Inc." and
// "RedHat" are "Red Hat". Names that organisations.yaml does not know lose
// their legal form and superfluous blanks, and stay as they are otherwise.
func Canonical(name string) string { return shipped().canonical(name) }

func (r *registry) canonical(name string) string {
	words := strings.Fields(strings.ToValidUTF8(name, ""))
	for {
		if known := r.names[fold(strings.Join(words, " "))]; known != "" {
			return known
		}
		last := len(words) - 1
		if last < 1 {
			break
		}
		if end := fold(words[last]); end != "" && !r.legal[end] {
			break
		}
		words = words[:last]
	}
	return strings.TrimRight(strings.Join(words, " "), ",;")
}

// fold is the letters and digits of a name, small: by what spellings agree.
func fold(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}

// employer reads an employer's name. The words for none ("Independent") say that
// there is no organisation; those for not known ("NotFound", "?") say nothing.
func (r *registry) employer(name string) stint {
	folded := fold(name)
	if s, ok := r.words[folded]; ok || folded == "" {
		return s
	}
	return stint{org: r.canonical(name), said: true}
}

// stint reads an employer with its dates, in either dialect: "Acme < 2013-02-01",
// or "Acme from 2011-05-01 until 2013-02-01" with one or both or neither.
func (r *registry) stint(text string) (stint, error) {
	if strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) && c != '\t' }) {
		return stint{}, errors.New("there is a control character in the employer's name")
	}
	name, from, until := dates(text)
	if name == "" {
		return stint{}, errors.New("there is no employer")
	}
	s := r.employer(name)
	var err error
	if s.from, err = parseDay(from); err != nil {
		return stint{}, err
	}
	if s.until, err = parseDay(until); err != nil {
		return stint{}, err
	}
	if s.from > cmp.Or(s.until, never) {
		return stint{}, fmt.Errorf("the stint ends on %s, before it begins on %s", s.until, s.from)
	}
	return s, nil
}

// dates parts an employer's name from the dates behind it, as written. A word
// like "from" belongs to the name when no digit follows: Fresh from the Farm.
func dates(text string) (name, from, until string) {
	if name, until, ok := strings.Cut(text, "<"); ok {
		return strings.TrimSpace(name), "", cmp.Or(strings.TrimSpace(until), "<")
	}
	words := strings.Fields(text)
	take := func(keyword string) string {
		n := len(words)
		if n < 2 || words[n-2] != keyword || !unicode.IsDigit(rune(words[n-1][0])) {
			return ""
		}
		day := words[n-1]
		words = words[:n-2]
		return day
	}
	until = take("until")
	from = take("from")
	return strings.Join(words, " "), from, until
}

// parseDay reads a date with or without leading zeros; "" is no date.
func parseDay(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	day, err := time.Parse("2006-1-2", text)
	if err != nil {
		return "", fmt.Errorf("%q is no date", text)
	}
	return day.Format(time.DateOnly), nil
}
