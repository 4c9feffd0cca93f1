package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// This file reads the notation of figures that are not exact: "1,234+", "12.3 %?",
// "5 to 9", "by 2016-01-07", and what stands for it in sentences.

var (
	// readBehind: a figure is said to be of what was read.
	readBehind = lazyregexp.New(`^ in what was read\b`)
	// datedBehind: a date bounds another.
	datedBehind = lazyregexp.New(`^ or (later|earlier)\b`)
	// unitSigned: a sign stands behind the unit: "1 byte+".
	unitSigned = lazyregexp.New(`^ \pL+([+?])(?:$|[^\pL\d])`)
	// betweenEnds: two numbers are the ends of a range, with their unit or without.
	betweenEnds = lazyregexp.New(`^(?: ([a-z]+?)s?)? to $`)
	// changesFrom: they are where something changed from and to.
	changesFrom = lazyregexp.New(`(?i)\b(?:from|between|grew|fell|rose|up|down|went|changed|cut|ratio) $`)
	// earlierDay: a day is said to be that or an earlier one.
	earlierDay = lazyregexp.New(`(?i)(?:^|[^\pL])by $`)
	// tokenEnds: behind a sign the figure ends.
	tokenEnds = lazyregexp.New(`^(?:$|[^\pL\d])`)
)

// signed gives a token what the signs and words behind it say of its bounds.
func signed(s string, t token) token {
	if t.form == isVersion || t.word {
		return t
	}
	t = withSign(s, t)
	switch rest := s[t.To:min(len(s), t.To+24)]; {
	case readBehind.MatchString(rest):
		t.read = true
	case t.form == isDate:
		return datedBound(s, rest, t)
	case t.num.Bound == Exactly && strings.TrimSpace(s[:t.From]) == "by":
		t.num.Bound = AtMost
	default:
		if m := unitSigned.FindStringSubmatch(rest); m != nil {
			t = withMark(t, m[1][0])
		}
	}
	return t
}

// withSign takes the sign right behind a token into it.
func withSign(s string, t token) token {
	if t.To >= len(s) || s[t.To] != '+' && s[t.To] != '?' || !tokenEnds.MatchString(s[t.To+1:]) {
		return t
	}
	t = withMark(t, s[t.To])
	t.To++
	return t
}

// withMark gives a token the meaning of a sign.
func withMark(t token, sign byte) token {
	switch {
	case sign == '?':
		t.read = true
	case t.form == isDate:
		t.day.Bound = AtLeast
	case t.num.Bound == Exactly:
		t.num.Bound = AtLeast
	}
	return t
}

// datedBound gives a date the bound that the words around it set.
func datedBound(s, rest string, t token) token {
	if m := datedBehind.FindStringSubmatch(rest); m != nil {
		t.day.Bound = map[string]Bound{"later": AtLeast, "earlier": AtMost}[m[1]]
		return t
	}
	if len(t.day.Text) == len("2006-01-02") && earlierDay.MatchString(s[max(0, t.From-4):t.From]) {
		t.day.Bound = AtMost
	}
	return t
}

// appendToken adds a token, or makes it the end of a range that the last one
// begins.
func appendToken(all []token, s string, t token) []token {
	if n := len(all); n > 0 {
		if joint, ok := rangeOf(s, all[n-1], t); ok {
			all[n-1] = joint
			return all
		}
	}
	return append(all, t)
}

// rangeOf is the range that two numbers are the ends of.
func rangeOf(s string, a, b token) (token, bool) {
	plain := func(t token) bool { return t.form == isNumber && !t.word && !t.read && t.num.Bound == Exactly }
	const longUnit = 16
	if !plain(a) || !plain(b) || b.From-a.To > longUnit || a.num.Percent && !b.num.Percent {
		return token{}, false
	}
	m := betweenEnds.FindStringSubmatch(s[a.To:b.From])
	if m == nil || m[1] != "" && !strings.HasPrefix(s[b.To:], " "+m[1]) {
		return token{}, false
	}
	if changesFrom.MatchString(s[max(0, a.From-12):a.From]) || yearOnly.MatchString(s[a.From:a.To]) && yearOnly.MatchString(s[b.From:b.To]) {
		return token{}, false
	}
	a.num.Bound, a.num.To, a.num.ToSlack = Range, b.num.Value, b.num.Slack
	a.num.Percent = b.num.Percent
	a.Span = page.Span{From: a.From, To: b.To}
	return a, true
}

// bracketBounds are what stands in brackets behind a number of things of which some
// were not read: "at least 25 (28 in what was read, at most 213)".
var bracketBounds = lazyregexp.New(`^(?: in what was read)? \((?:[\d,]+ in what was read(?:, at most [\d,]+)?|at most [\d,]+)\)`)

// bracketAt is where the bounds in brackets behind a token end; 0 for none.
func bracketAt(st *statement, tok token) int {
	const long = 64
	m := bracketBounds.FindString(st.text.S[tok.To:min(st.To, tok.To+long)])
	if m == "" {
		return 0
	}
	return tok.To + len(m)
}

// ofRead: a label says that what it is of is what was read.
var ofRead = lazyregexp.New(`(?i) (?:in what was|among those) read\b`)

// asked reports whether the mark behind a token of running text ends a question.
func asked(st *statement, tok token) bool {
	return tok.read && st.text.S[tok.To-1] == '?' && strings.TrimRight(sentenceRest(st.text.S, tok.To), " *_)") == ""
}

// sentenceRest is what follows in the sentence around a byte.
func sentenceRest(s string, at int) string {
	return s[at:bounds(s, page.Span{From: at, To: at}).To]
}
