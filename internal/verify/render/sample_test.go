package render

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"assay/internal/fact"
	"assay/internal/verify"
	"assay/internal/verify/claim"
)

var update = flag.Bool("update", false, "write schema.json and the golden files anew")

const commit = "0123456789abcdef0123456789abcdef01234567"

var landscape = fact.Evidence{Repo: "github.com/example/landscape", Commit: commit, Path: "landscape.yml", Line: 12}

// report is the report of the tests, with hostile words in it.
func report(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// find is the place of words in the report.
func find(t testing.TB, src []byte, words string) verify.Place {
	t.Helper()
	at := bytes.Index(src, []byte(words))
	if at < 0 {
		t.Fatalf("%q is not in the report", words)
	}
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	return verify.Place{
		Line: bytes.Count(src[:at], []byte("\n")) + 1, Column: utf8.RuneCount(src[start:at]) + 1, Offset: at, End: at + len(words),
	}
}

// said is a claim on words of the report.
func (s *sample) said(words string, c verify.Claim) {
	c.Place, c.Quote = find(s.t, s.src, words), words
	if c.Claimed == "" {
		c.Claimed = words
	}
	s.Claims = append(s.Claims, c)
}

// A sample is a result with every verdict and every kind of finding.
type sample struct {
	verify.Result
	t   testing.TB
	src []byte
}

func newSample(t testing.TB) *sample {
	t.Helper()
	s := &sample{t: t, src: report(t)}
	s.Result = verify.Result{
		Name: "docs/ferrous report.md", AsOf: "2025-12-10", AsOfWhy: "the front matter says so", Language: "Rust", Landscape: landscape,
		Figures: 20, FiguresRead: 17, Unread: []verify.Place{find(t, s.src, "99")},
		Unchecked: []verify.Unchecked{{Place: find(t, s.src, "Watchers"), Quote: "Watchers \x1b[2J", Why: "nothing measures it"}},
	}
	s.general()
	s.ferrobase()
	s.hostile()
	s.findings()
	return s
}

func (s *sample) general() {
	top := []string{"Ferrous projects"}
	s.said("2025-12-10", verify.Claim{Kind: claim.Date, Verdict: verify.Confirmed, Why: "a survey of that day is there"})
	s.said("2 graduated projects", verify.Claim{
		Kind: claim.Count, Section: top, Verdict: verify.Refuted, Claimed: "2 graduated", Measured: "3 graduated",
		Why: "the landscape lists Ferrobase, Räder and Söhne", Evidence: []fact.Evidence{landscape, {Repo: "github.com/example/other"}},
		Edit: &verify.Edit{Offset: find(s.t, s.src, "2 graduated").Offset, End: find(s.t, s.src, "2 graduated").Offset + 1, Text: "3"},
	})
	s.said("3 sandbox projects", verify.Claim{
		Kind: claim.Count, Section: top, Verdict: verify.Outdated, Measured: "4 sandbox",
		Hypothesis: &verify.Hypothesis{Kind: "time", Text: "it was so until 2025-11-01"},
	})
	s.said("all\nin Rust", verify.Claim{Kind: claim.Purity, Section: top, Verdict: verify.Subjective})
}

func (s *sample) ferrobase() {
	in := []string{"Ferrous projects", "Graduated", "Ferrobase"}
	add := func(words string, c verify.Claim) {
		c.Section, c.Subject = in, "Ferrobase"
		s.said(words, c)
	}
	add("2018-08-29", verify.Claim{
		Kind: claim.Milestone, Verdict: verify.Refuted, Measured: "2018-08-28", Why: "accepted on that day",
		Hypothesis: &verify.Hypothesis{Text: "a day late"}, Evidence: []fact.Evidence{landscape},
		Edit: &verify.Edit{Offset: find(s.t, s.src, "2018-08-29").Offset, End: find(s.t, s.src, "2018-08-29").End, Text: "2018-08-28"},
	})
	add("26,933,759 bytes", verify.Claim{Kind: claim.Bytes, Verdict: verify.Confirmed, Evidence: []fact.Evidence{landscape, {Path: "local.yml", Line: 3}}})
	add("933,759 bytes](https", verify.Claim{Kind: claim.Share, Verdict: verify.Outdated, Why: "overlaps the one before"})
	add("fastest of all", verify.Claim{Kind: claim.Superlative, Verdict: verify.Subjective})
	for _, words := range []string{"15,300", "2,100", "300 |", "401"} {
		add(words, verify.Claim{Kind: claim.Stars, Verdict: verify.Unverifiable, Source: "the forge's count of that day"})
	}
	add("https://example.org/wrong", verify.Claim{Kind: claim.Link, Verdict: verify.Refuted, Measured: "https://example.org/right"})
	add("12,345", verify.Claim{Kind: claim.Commits, Verdict: verify.Confirmed})
	add("99 files", verify.Claim{Kind: claim.Files, Verdict: verify.Unverifiable, Source: "a measured revision"})
}

func (s *sample) hostile() {
	in := []string{"Ferrous projects", "Graduated", "Räder 🦀 & Söhne"}
	add := func(words string, c verify.Claim) {
		c.Section, c.Subject = in, "Räder & <i>Söhne</i>"
		s.said(words, c)
	}
	add("licence is MIT", verify.Claim{Kind: claim.Licence, Verdict: verify.Confirmed, Measured: "MIT"})
	add("1.2.3", verify.Claim{Kind: claim.Release, Verdict: verify.Outdated, Measured: "1.3.0"})
	add("https://example.org/räder", verify.Claim{Kind: claim.Link, Verdict: verify.Confirmed})
	add("7 bytes", verify.Claim{Kind: claim.Bytes, Verdict: verify.Refuted, Measured: "8 bytes", Why: "see [here](https://evil.example) <script>"})
	add("bad link", verify.Claim{
		Kind: claim.Link, Verdict: verify.Unverifiable, Source: "::error file=x::y",
		Evidence: []fact.Evidence{{URL: "javascript:alert(1)"}, {URL: "https://user:word@example.org/"}},
	})
	add("image of 5", verify.Claim{Kind: "weather", Verdict: verify.Unverifiable})
	add("\x1b[31mred\x1b[0m and \u202edesrever\u202c", verify.Claim{
		Kind: claim.Praise, Verdict: verify.Refuted, Measured: "\x1b]0;title\x07\u009b2J\nnext\r\n::warning::x", Why: strings.Repeat("long ", 300),
	})
}

func (s *sample) findings() {
	s.Findings = []verify.Finding{
		{Kind: "contradiction", Verdict: verify.Refuted, Text: "Two counts of the same projects", Place: find(s.t, s.src, "2 graduated"), Others: []verify.Place{find(s.t, s.src, "3 sandbox"), find(s.t, s.src, "12,345")}, Evidence: []fact.Evidence{landscape}},
		{Kind: "count", Verdict: verify.Refuted, Text: "The table has 5 rows, not 4.", Place: find(s.t, s.src, "| Stars |")},
		{Kind: "omission", Verdict: verify.Unverifiable, Text: "Eisen is missing: \x1b[2J\u202e, 100%"},
		{Kind: "criterion", Verdict: verify.Outdated, Text: "Räder does not meet it any more", Place: find(s.t, s.src, "Räder"), Others: []verify.Place{find(s.t, s.src, "MIT")}},
		{Kind: "omission", Verdict: verify.Unverifiable, Text: "A table has no head", Place: find(s.t, s.src, "| Forks")},
	}
}

// golden compares what was written with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is another (-golden +got); look at it and write it with -update:\n%s", path, diff)
	}
}
