package markup

import (
	"strings"
	"testing"
)

// Addresses in all the ways in which people write theirs, each with what is left of the
// text. An address that is left is a fault.
func TestWithoutMail(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Ann Example <ann@example.org>":         "Ann Example ",
		"Ann (ann.e+x@mail.example.org / @ann)": "Ann ( / @ann)",
		"Lead `ann@example.com`":                "Lead ",
		"ANN@EXAMPLE.COM, Corp":                 ", Corp",
		"mailto:ann@example.org":                "",
		"[ann@example.org](mailto:x@y.org) x":   " x",
		"jörg@exämple.de":                       "",
		"ann@xn--bcher-kva.xn--p1ai":            "",
		"\"ann b\"@example.com x":               " x",
		"ann@[192.168.0.1]":                     "",
		"ann＠example．com":                       "",
		"ann&#64;example.com":                   "",
		"ann&#x40;example&#46;com":              "",
		"ann%40example.com":                     "",
		"ann @ example.com":                     "",
		"ann@ example.com":                      "",
		"ann @example.com":                      "",
		"ann [at] example [dot] org":            "",
		"bob [at] example [dot] com, Corp":      ", Corp",
		"bob[AT]example[DOT]com":                "",
		"bob{at}example{dot}co{dot}uk":          "",
		"bob (At) example (Dot) com":            "",
		"bob ((at)) example ((dot)) com":        "",
		"bob(a)example.fi":                      "",
		"bob [@] example [.] com":               "",
		"bob@example[dot]com":                   "",
		"bob@example dot com":                   "",
		"bob <at> example.com":                  "",
		"ann at example dot org":                "",
		"Ann AT Example DOT Com":                "",
		"ann at mail.example dot com":           "",
		"ann at example (dot) com":              "",
		"ann-at-example-dot-com":                "",
		"ann_at_example_dot_museum":             "",
		"Lead, ann at example.com":              "Lead, ",
		"ANN AT EXAMPLE.COM":                    "",
		"team at uni.example":                   "",
		"ann@bob@corp.example.org example.com":  "",
		"ann@ bob@corp.org example.com":         "",

		"@ann works at the dot of noon":              "@ann works at the dot of noon",
		"runs on port 80@night and meets at example": "runs on port 80@night and meets at example",
		"Look at the dot product":                    "Look at the dot product",
		"hosted at crates.io":                        "hosted at crates.io",
		"the docs at docs.rs":                        "the docs at docs.rs",
		"the list at ADOPTERS.md":                    "the list at ADOPTERS.md",
		"Lead at Booking.com":                        "Lead at Booking.com",
		"ask @ann. She knows":                        "ask @ann. She knows",
		"npm i @corp/tool@1.2.3":                     "npm i @corp/tool@1.2.3",
		"Ann (Corp) at home":                         "Ann (Corp) at home",
		"@corp/team-a.b":                             "@corp/team-a.b",
	} {
		got := WithoutMail(in)
		if strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("WithoutMail(%q) = %q, want %q", in, got, want)
		}
		if HasMail(got) {
			t.Errorf("WithoutMail(%q) = %q has an address", in, got)
		}
		if blanked, _ := blank(in); HasMail(in) != (blanked != in) || len(blanked) != len(in) {
			t.Errorf("blank(%q) = %q, and it has one: %t", in, blanked, HasMail(in))
		}
	}
}

// Blocks have no address, and say that there was one where that is sure.
func TestMailInBlocks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"Ann ann@example.com": true, "Ann <ann@example.com>": true, "Ann (ann at example.com)": true, "Ann [at] example": true, "Ann <at> example <dot> com": true,
		"Read more notes at example.com": false, "Ann": false, "Ann ann at example.com": false, "<p>Ann <b>ann@</b>example.com</p>": true,
	} {
		for _, b := range Blocks([]byte(in)) {
			if b.Mail != want || HasMail(b.Text) || strings.Contains(b.Text, "example.c") {
				t.Errorf("%q gives %q and says %t", in, b.Text, b.Mail)
			}
		}
	}
}

// What is kept is looked at as readers see it: characters that hide do not part an address.
func TestKept(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Lead\n`ann\u200b@exam\u00adple.com`": "Lead",
		"Corp - ann at example.com":           "Corp",
		" - Corp ":                            "- Corp",
		"one two three four":                  "one two…",
	} {
		if got := Kept(in, 14); got != want {
			t.Errorf("Kept(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzWithoutMail(f *testing.F) {
	f.Add("ann@example.com")
	f.Add("ann [at] example dot com at example.com")
	f.Fuzz(func(t *testing.T, s string) {
		if got := Kept(s, 1<<20); HasMail(got) {
			t.Errorf("%q is kept as %q", s, got)
		}
	})
}
