package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes of s one line of plain text: every run of white space and
// control characters is one space, and characters that reorder or hide text
// (bidirectional controls, zero width) and invalid UTF-8 are dropped.
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = b.Len() > 0
			continue
		case Hidden(r):
			continue
		case space:
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Hidden reports whether r has no picture of its own: it only changes how its
// neighbours look.
func Hidden(r rune) bool {
	return r == utf8.RuneError || r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164 ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE0FFF || unicode.Is(unicode.Cf, r)
}

// Shorten cuts s at a word so that it is at most limit bytes long, the
// ellipsis that says so included.
func Shorten(s string, limit int) string {
	const more = "…"
	if len(s) <= limit {
		return s
	}
	cut := limit - len(more)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	if i := strings.LastIndexByte(s[:cut+1], ' '); i > cut/2 {
		cut = i
	}
	return strings.TrimRight(s[:cut], " ,;:") + more
}

// Words counts the words of s.
func Words(s string) int { return len(strings.Fields(s)) }

// ContainsAny reports whether s contains one of the parts.
func ContainsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// Flat makes one line of a text with line breaks.
func Flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// HasWord reports whether s has one of the words, or phrases, in small or capital
// letters: whole, or with the "s" of a plural. One that ends in "*" stands for all that
// begin like it. "press" is no word of WordPress, and "former" none of Transformers.
func HasWord(s string, words ...string) bool {
	s = strings.ToLower(s)
	for _, w := range words {
		begin, open := strings.CutSuffix(w, "*")
		for at := 0; ; {
			i := strings.Index(s[at:], begin)
			if i < 0 {
				break
			}
			at += i + len(begin)
			if wordEnds(s[:at-len(begin)]) && (open || wordBegins(strings.TrimPrefix(s[at:], "s")) || wordBegins(s[at:])) {
				return true
			}
		}
	}
	return false
}

// wordEnds reports whether s ends where a word could begin.
func wordEnds(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// wordBegins reports whether s begins where a word could end.
func wordBegins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
