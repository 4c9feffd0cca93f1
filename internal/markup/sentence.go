package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Span is a stretch of a text.
type Span struct{ Start, End int }

// Sentences divides a text into sentences: at ".", "!" and "?" followed by
// white space and something that can start a sentence, but not after the
// abbreviations people use, initials and list numbers. Line breaks do not
// divide.
func Sentences(s string) []Span {
	var out []Span
	start := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '.' && c != '!' && c != '?' {
			continue
		}
		end := i + 1
		for end < len(s) && strings.IndexByte(".!?\"')]*_", s[end]) >= 0 {
			end++
		}
		if end < len(s) && (s[end] != ' ' && s[end] != '\n' || !startsSentence(s[end:]) || s[i] == '.' && abbreviated(s[start:i])) {
			i = end - 1
			continue
		}
		out = appendSpan(out, s, start, end)
		start, i = end, end-1
	}
	return appendSpan(out, s, start, len(s))
}

// appendSpan appends a stretch without the white space around it.
func appendSpan(out []Span, s string, start, end int) []Span {
	for start < end && (s[start] == ' ' || s[start] == '\n') {
		start++
	}
	for end > start && (s[end-1] == ' ' || s[end-1] == '\n') {
		end--
	}
	if start == end {
		return out
	}
	return append(out, Span{start, end})
}

func startsSentence(s string) bool {
	s = strings.TrimLeft(s[:min(len(s), 64)], " \n\"'“‘([*_")
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsUpper(r) || unicode.IsDigit(r) || r >= utf8.RuneSelf || r == '`'
}

func abbreviated(s string) bool {
	word := s[strings.LastIndexAny(s, " \n(")+1:]
	switch strings.ToLower(word) {
	case "e.g", "i.e", "eg", "ie", "vs", "cf", "etc", "mr", "mrs", "dr", "no", "fig", "approx", "incl", "resp", "st":
		return true
	}
	return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' && word != "C" && word != "R" && word != "D"
}
