package render

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"assay/internal/fact"
	"assay/internal/verify"
)

// shown are the ways to show a result, by golden file.
func shown(s *sample) map[string]func(io.Writer) error {
	src, r := s.src, &s.Result
	return map[string]func(io.Writer) error{
		"result.txt":         func(w io.Writer) error { return Text(w, src, r, TextOptions{}) },
		"result-all.txt":     func(w io.Writer) error { return Text(w, src, r, TextOptions{All: true}) },
		"result-verbose.txt": func(w io.Writer) error { return Text(w, src, r, TextOptions{Verbose: true}) },
		"result-colour.txt":  func(w io.Writer) error { return Text(w, src, r, TextOptions{Color: true}) },
		"result.json":        func(w io.Writer) error { return JSON(w, r) },
		"result.sarif":       func(w io.Writer) error { return SARIF(w, src, r, "1.2.3") },
		"result.github":      func(w io.Writer) error { return GitHub(w, r) },
		"result.html":        func(w io.Writer) error { return HTML(w, src, r) },
		"result.diff":        func(w io.Writer) error { return Diff(w, r.Name, src, mended(src, r)) },
	}
}

// mended is the report with its edits.
func mended(src []byte, r *verify.Result) []byte {
	var out []byte
	at := 0
	for i := range r.Claims {
		if e := r.Claims[i].Edit; e != nil {
			out = append(append(out, src[at:e.Offset]...), e.Text...)
			at = e.End
		}
	}
	return append(out, src[at:]...)
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, show := range shown(newSample(t)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var first, second bytes.Buffer
			if err := errors.Join(show(&first), show(&second)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Error("the same result gives other bytes")
			}
			golden(t, name, first.Bytes())
		})
	}
}

// Nothing of the report may steer the terminal, whatever is shown there.
func TestNothingSteersTheTerminal(t *testing.T) {
	t.Parallel()
	for name, show := range shown(newSample(t)) {
		if name == "result-colour.txt" {
			continue // has the colours that were asked for, and they alone: see TestColour
		}
		var out bytes.Buffer
		if err := show(&out); err != nil {
			t.Fatal(err)
		}
		for i, r := range out.String() {
			if r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Bidi_Control) {
				t.Errorf("%s: has %U at %d", name, r, i)
			}
		}
	}
}

func TestColour(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	var with, without bytes.Buffer
	if err := errors.Join(Text(&with, s.src, &s.Result, TextOptions{Color: true}), Text(&without, s.src, &s.Result, TextOptions{})); err != nil {
		t.Fatal(err)
	}
	got := strings.NewReplacer(bold, "", dim, "", red, "", yellow, "", green, "", plain, "").Replace(with.String())
	if got != without.String() {
		t.Error("colours change more than colours")
	}
	if with.String() == without.String() {
		t.Error("there is no colour")
	}
}

type broken struct{}

var errBroken = errors.New("no room")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWritersMayFail(t *testing.T) {
	t.Parallel()
	for name, show := range shown(newSample(t)) {
		if err := show(broken{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: got %v, want the writer's error", name, err)
		}
	}
}

// A result of nothing, and one whose places are nowhere, can be shown.
func TestOddResults(t *testing.T) {
	t.Parallel()
	place := verify.Place{Line: 9, Column: 9, Offset: 900000, End: 900009}
	for name, r := range map[string]verify.Result{
		"nothing": {},
		"nowhere": {
			Claims: []verify.Claim{
				{Place: place, Verdict: verify.Refuted, Quote: "x", Edit: &verify.Edit{Offset: -1, End: 5}},
				{Place: verify.Place{Offset: 5, End: 2}, Verdict: "odd"},
			},
			Findings: []verify.Finding{{Place: place, Verdict: "odd", Others: []verify.Place{{Offset: -3}}}},
		},
	} {
		s := &sample{t: t, src: []byte("# a\n\nb c"), Result: r}
		for format, show := range shown(&sample{t: t, src: s.src, Result: s.Result}) {
			if format == "result.diff" {
				continue // needs edits that can be made
			}
			var out bytes.Buffer
			if err := show(&out); err != nil {
				t.Errorf("%s as %s: %v", name, format, err)
			}
			if out.Len() == 0 && format != "result.github" {
				t.Errorf("%s as %s is empty", name, format)
			}
		}
	}
}

func TestTotal(t *testing.T) {
	t.Parallel()
	r := &verify.Result{Claims: []verify.Claim{{Verdict: verify.Refuted}}, Findings: make([]verify.Finding, 2), Figures: 1}
	const want = "1 statement: 0 confirmed, 1 refuted, 0 outdated, 0 unverifiable, 0 not checked; 2 findings on the whole"
	if got := Total(r); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                       "",
		" a \n\tb\r\n":           "a b",
		"0123456789":             "0123456789",
		"0123456789a":            "0123456789…",
		"äöüäöüäöüäö":            "äöüäöüäöüä…",
		"\x1b[2J":                `\u001b[2J`,
		"\u202ex\u2066\u200by":   `\u202ex\u2066\u200by`,
		"\xff\x9b":               "\uFFFD",
		"a\u2028b":               "a b",
		strings.Repeat("x", 900): "xxxxxxxxxx…",
		"😀😀😀😀😀😀😀😀😀😀":               "😀😀😀😀😀😀😀😀😀😀",
		"a\u00adb\ufeff\U000e0041": `a\u00adb\ufeff\ue0041`,
	} {
		if got := line(in, 10); got != want {
			t.Errorf("%.30q: got %q, want %q", in, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	var odd []int
	for i := range 30 {
		odd = append(odd, 2*i+1)
	}
	for want, in := range map[string][]int{
		"":             nil,
		"7":            {7, 7},
		"1, 2, 4–6, 9": {9, 4, 5, 6, 2, 1},
		"1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39 and 10 more": odd,
	} {
		if got := numbers(in); got != want {
			t.Errorf("%v: got %q, want %q", in, got, want)
		}
	}
}

func TestSafe(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://example.org/a?b=c#d":                   "https://example.org/a?b=c#d",
		"http://example.org":                            "http://example.org",
		"javascript:alert(1)":                           "",
		"https://user:word@example.org":                 "",
		"https:///nowhere":                              "",
		"//example.org":                                 "",
		"https://example.org/\x1b]":                     "",
		"https://example.org/\u202e":                    "https://example.org/%E2%80%AE",
		"https://e.org/" + strings.Repeat("x", maxLink): "",
	} {
		if got := safe(in); got != want {
			t.Errorf("%.40q: got %q, want %q", in, got, want)
		}
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	got := sources([]fact.Evidence{landscape, {}, landscape, {Path: "a.yml", Line: 2}})
	want := []source{
		{"github.com/example/landscape@0123456789ab:landscape.yml:12", "https://github.com/example/landscape/blob/" + commit + "/landscape.yml#L12"},
		{"a.yml:2", ""},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDiffOfNothing(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Diff(&out, "a.md", []byte("x\n"), []byte("x\n")); err != nil || out.Len() > 0 {
		t.Errorf("got %q, %v", out.String(), err)
	}
}

func TestDiffKeepsHarmlessBytes(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Diff(&out, "/tmp/a\x1b.md", []byte("a\tb\r\nc\n"), []byte("a\tb\r\nd\x1b[0m\u202e\rx\n")); err != nil {
		t.Fatal(err)
	}
	const want = "--- a/tmp/a\\u001b.md\n+++ b/tmp/a\\u001b.md\n@@ -1,2 +1,2 @@\n a\tb\r\n-c\n+d\\u001b[0m\\u202e\\u000dx\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
