package chart

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"

	"assay/internal/limit"
)

func TestLabel(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                 "",
		"Weir":             "Weir",
		"鉄 مرحبا é 🦀":      "鉄 مرحبا é 🦀",
		" two\n\tlines ":   "two lines",
		"a\u202eb\x00\x1b": `a\u202eb\u0000\u001b`,
		"byte\xff":         "byte\uFFFD",
	} {
		if got := Label(in); got != want {
			t.Errorf("Label(%q) = %q, want %q", in, got, want)
		}
	}
	for _, long := range []string{strings.Repeat("é", 10_000), strings.Repeat("\u202e", 10_000), strings.Repeat("a ", 1500)} {
		got := Label(long)
		if len(got) > limit.ChartText+len(ellipsis) || !strings.HasSuffix(got, ellipsis) || !utf8.ValidString(got) {
			t.Errorf("a text of %d bytes becomes one of %d: %.20q", len(long), len(got), got)
		}
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"":                              false,
		"https://example.com/a?b#c":     true,
		"HTTP://example.com":            true,
		"/projects/weir":                true,
		"../weir.html":                  true,
		"#weir":                         true,
		"?q=weir":                       true,
		"javascript:alert(1)":           false,
		"JavaScript:alert(1)":           false,
		" javascript:alert(1)":          false,
		"java\nscript:alert(1)":         false,
		"\x01javascript:alert(1)":       false,
		"data:text/html,x":              false,
		"vbscript:x":                    false,
		"file:///etc/passwd":            false,
		"mailto:a@example.com":          false,
		"//example.com/x":               false,
		`/\example.com/x`:               false,
		`\\example.com`:                 false,
		"https:javascript":              false,
		"https://":                      false,
		"https://user:p@example.com":    false,
		"/a\u202eb":                     false,
		"/a b":                          false,
		"/%zz":                          false,
		"/" + strings.Repeat("a", 3000): false,
	} {
		if got := link(in) != ""; got != want {
			t.Errorf("link(%.40q) leads somewhere: %t, want %t", in, got, want)
		}
		if got := link(in); got != "" && got != in {
			t.Errorf("link(%q) = %q", in, got)
		}
	}
}

// Letters of the fonts in which pictures are painted are no wider than is reckoned.
func TestLettersAreNoWider(t *testing.T) {
	t.Parallel()
	for bold, data := range map[bool][]byte{false: goregular.TTF, true: gobold.TTF} {
		parsed, err := opentype.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 100, DPI: 72})
		if err != nil {
			t.Fatal(err)
		}
		size := 100.0
		if bold {
			size *= boldWider
		}
		for _, s := range []string{"The quick brown fox jumps over the lazy dog", "1,234,567 ≤ 25.3 MB – 40 %+", "КУБЕРНЕТЕС ΩΨ", "WWWmmm", "iiilll…"} {
			if got, most := float64(font.MeasureString(face, s))/64, textWidth(s, size); got > most {
				t.Errorf("%q (bold: %t) is %.0f wide, reckoned are %.0f", s, bold, got, most)
			}
		}
	}
}

// A text that is cut fits, and one that fits is not cut.
func TestFit(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"Weir", "A project with a rather long name", strings.Repeat("鉄", 40), strings.Repeat("W", 200)} {
		for width := 0.0; width < 400; width += 7 {
			got := fit(s, 12, width)
			switch {
			case textWidth(got, 12) > width+0.5:
				t.Errorf("%q in %v: %q is %v wide", s, width, got, textWidth(got, 12))
			case got != s && got != "" && !strings.HasSuffix(got, ellipsis):
				t.Errorf("%q in %v: %q is cut without a sign", s, width, got)
			case got != s && textWidth(s, 12) <= width:
				t.Errorf("%q in %v: is cut to %q", s, width, got)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	s := strings.Repeat("many words ", 30)
	lines := wrap(s, 12, 200, 3)
	if len(lines) != 3 || !strings.HasSuffix(lines[2], ellipsis) {
		t.Errorf("%q: want three lines, the last one cut", lines)
	}
	if got := wrap("two words", 12, 200, 3); len(got) != 1 || got[0] != "two words" {
		t.Errorf("two words: %q", got)
	}
	if got := wrap("", 12, 200, 3); len(got) != 0 {
		t.Errorf("no words: %q", got)
	}
}
