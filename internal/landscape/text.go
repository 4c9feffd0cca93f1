package landscape

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/internal/fact"
)

// oneLine makes s fit for one line of a terminal or a table: no control or
// direction-changing characters, runs of white space one space.
func oneLine(s string) string {
	if plain(s) {
		return s
	}
	return strings.Join(strings.Fields(printable(s)), " ")
}

// plain reports whether s is ASCII that needs no cleaning, as nearly all is.
func plain(s string) bool {
	space := true // at the start, or after a space
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return s == "" || !space
}

// breaks turns every line break of YAML into "\n".
var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")

// paragraphs is [oneLine] for each line of s; line breaks stay.
func paragraphs(s string) string {
	if plain(s) {
		return s
	}
	lines := strings.Split(breaks.Replace(s), "\n")
	for i, line := range lines {
		lines[i] = oneLine(line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// printable drops the characters that would act on a terminal instead of
// showing on it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case steering(r):
			return -1
		}
		return r
	}, s)
}

// steering reports whether r would act on a terminal instead of showing on it.
func steering(r rune) bool {
	return unicode.IsControl(r) || r == '\ufeff' || r == utf8.RuneError ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' // they turn the direction
}

// cut shortens s to at most limit bytes, between characters.
func cut(s string, limit int) (string, bool) {
	if len(s) <= limit {
		return s, false
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit], true
}

// splitList takes a list written as one string apart: at commas that stand
// outside brackets, at semicolons and line breaks. Empty and repeated parts are left out.
func splitList(s string) []string {
	if s == "" {
		return nil
	}
	var parts []string
	depth, start := 0, 0
	for i, r := range s {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(depth-1, 0)
		case ',', ';':
			if depth == 0 {
				parts = append(parts, s[start:i])
				start = i + 1
			}
		case '\n':
			depth = 0
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return distinct(append(parts, s[start:]))
}

// distinct cleans parts and leaves out those that are empty or were there before.
func distinct(parts []string) []string {
	var out []string
	seen := make(map[string]bool, len(parts))
	for _, part := range parts {
		part = strings.TrimPrefix(oneLine(part), "- ")
		if part != "" && !seen[part] {
			seen[part] = true
			out = append(out, part)
		}
	}
	return out
}

// parseDate reads a day as landscapes write it: YYYY-MM-DD, also without the
// leading zeros that YAML lets one omit, alone or at the start of a timestamp.
func parseDate(s string) (fact.Date, error) {
	day := s
	if i := strings.IndexAny(s, "Tt "); i > 0 {
		day = s[:i]
	}
	if parts := strings.Split(day, "-"); len(parts) == 3 && len(parts[0]) == 4 {
		for i := 1; i < 3; i++ {
			if len(parts[i]) == 1 {
				parts[i] = "0" + parts[i]
			}
		}
		day = strings.Join(parts, "-")
	}
	return fact.ParseDate(day)
}
