package chart

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"assay/internal/limit"
	"assay/internal/sanitize"
)

// What is kept of texts in places where little has room, in bytes.
const (
	idBytes   = 100
	toldBytes = 300 // that a sentence repeats of a name
)

const ellipsis = "…"

// Label makes a text from outside fit to be shown: in one line, control and
// direction characters as escapes, cut with an ellipsis after 2,000 bytes.
func Label(s string) string {
	cut := first(s, limit.ChartText)
	text := sanitize.Text(strings.Join(strings.Fields(cut), " "))
	if len(cut) < len(s) || len(text) > limit.ChartText {
		return first(text, limit.ChartText) + ellipsis
	}
	return text
}

// first is the first bytes of a text, of whole characters.
func first(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// each is how many bytes one of n texts may have that a picture repeats.
func each(n int) int { return min(limit.ChartTitles/max(n, 1), limit.ChartText) }

// shortened cuts a text that is fit to be shown, to some bytes.
func shortened(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return first(s, most) + ellipsis
}

// told is a name for a sentence.
func told(s string) string { return shortened(Label(s), toldBytes) }

// link is an address that a chart may lead to: http, https, or within the site. It
// is "" for any other.
func link(href string) string {
	if href == "" || len(href) > limit.ChartLink || strings.ContainsFunc(href, unsafe) || strings.HasPrefix(href, "//") {
		return ""
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" || u.User != nil {
			return ""
		}
		return href
	case "":
		return href
	}
	return ""
}

// unsafe reports whether a rune in an address is read in different ways, or not seen.
func unsafe(r rune) bool {
	return r <= ' ' || r == '\\' || r == utf8.RuneError || r == 0x7f || unicode.In(r, unicode.C, unicode.Z)
}

// advances are the widths of the letters from the blank to the tilde, in
// thousandths of their size: those of Helvetica, which Arial and the Go fonts
// share and most system fonts come near.
var advances = [...]uint16{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 584, 584, 316, 584, 316, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 306, 306, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 399, 496, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 247, 253, 500, 268, 833, 556, 556,
	556, 556, 333, 500, 283, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// advance is the width of a letter in thousandths of its size.
func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(advances[r-' '])
	case r == '…':
		return 1000
	case r < 0x3000 && runewidth.RuneWidth(r) < 2:
		return 640
	}
	return 1000 * runewidth.RuneWidth(r)
}

// perEm is how many units of [advances] a letter as wide as it is high has: fewer than
// a thousand, because some systems have wider letters (DejaVu Sans).
const perEm = 880

// boldWider is how much wider bold letters are.
const boldWider = 1.09

// textWidth is how wide a text is at most in usual fonts.
func textWidth(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += advance(r)
	}
	return float64(float64(sum)*size) / perEm
}

// fit cuts a text to a width, with an ellipsis. It is "" where not even a few
// letters have room.
func fit(s string, size, width float64) string {
	if textWidth(s, size) <= width+0.5 { // places are rounded
		return s
	}
	rest := width - textWidth(ellipsis, size)
	sum, end := 0, 0
	for i, r := range s {
		sum += advance(r)
		if float64(float64(sum)*size)/perEm > rest {
			end = i
			break
		}
	}
	kept := strings.TrimRightFunc(s[:end], unicode.IsSpace)
	if end == 0 || utf8.RuneCountInString(kept) < 3 {
		return ""
	}
	return kept + ellipsis
}

// wrap breaks a text into lines of a width; what is beyond the last line is cut.
func wrap(s string, size, width float64, lines int) []string {
	var all []string
	line := ""
	words := strings.Fields(s)
	for i, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		if textWidth(longer, size) <= width || line == "" && len(all)+1 < lines {
			line = longer
			continue
		}
		if len(all)+1 == lines {
			return append(all, fit(strings.TrimSpace(line+" "+strings.Join(words[i:], " ")), size, width))
		}
		all, line = append(all, fit(line, size, width)), word
	}
	if line != "" {
		all = append(all, fit(line, size, width))
	}
	return all
}
