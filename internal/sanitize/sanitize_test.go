package sanitize

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                            "",
		"Ferrite – 鉄 é 🦀":             "Ferrite – 鉄 é 🦀",
		"a\nb\tc\rd":                  `a\u000ab\u0009c\u000dd`,
		"\x7f\u009b31m":               `\u007f\u009b31m`,
		"left\u202eright\u2066\u200f": `left\u202eright\u2066\u200f`,
		"lone\x9b31m byte\xff":        "lone\uFFFD31m byte\uFFFD",
		"a\x1b[31mb\n":                `a\u001b[31mb\u000a`,
		"\u202eabc":                   `\u202eabc`,
		"\x9bm":                       "\uFFFDm",
		"\u2028\u200b":                `\u2028\u200b`,
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

// What JSON hides, a reader of JSON gets back.
func TestJSON(t *testing.T) {
	t.Parallel()
	const in = "a\u009b\u202e\u200b\U000e0041🦀"
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	const want = `"a\u009b\u202e\u200b\udb40\udc41🦀"` + "\n"
	got := JSON(string(text) + "\n")
	if got != want {
		t.Errorf("JSON(%q) = %q, want %q", text, got, want)
	}
	var back string
	if err := json.Unmarshal([]byte(got), &back); err != nil || back != in {
		t.Errorf("%q comes back as %q, %v", in, back, err)
	}
}

func TestWriter(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, line := range []string{"a\x1b[31m\tb\n", "\n", "no end \u202e", "é\r\n"} {
		if n, err := io.WriteString(Writer(&b), line); n != len(line) || err != nil {
			t.Errorf("%q: %d, %v", line, n, err)
		}
	}
	if want := `a\u001b[31m\u0009b` + "\n\n" + `no end \u202eé\u000d` + "\n"; b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
}
