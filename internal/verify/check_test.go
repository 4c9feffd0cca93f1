package verify

import (
	"bytes"
	"slices"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
)

func TestDay(t *testing.T) {
	t.Parallel()
	tests := map[string]fact.Date{
		"---\nlast_updated: 2025-12-10\n---\n# R\n":       "2025-12-10",
		"# R as of 10 December 2025\n":                    "2025-12-10",
		"# R\n\nState of 2025-11-30, made on a Monday.\n": "2025-11-30",
		"# R\n\n**Report Generated:** 2025-12-10\n":       "2025-12-10",
		"# R as of February 2024\n":                       "2024-02-29",
		"# R\n\nNothing is said.\n":                       "",
	}
	for text, want := range tests {
		rep, err := Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := rep.Day(); got != want {
			t.Errorf("the day of %q is %q; want %q", text, got, want)
		}
	}
}

// checkText checks a text against the facts of readWhole.
func checkText(tb testing.TB, text string) *Result {
	tb.Helper()
	return checkIn(tb, readWhole(), text)
}

// checkIn checks a text against facts, for Rust.
func checkIn(tb testing.TB, facts finding.Facts, text string) *Result {
	tb.Helper()
	f := findingtest.Find(tb, facts, "rust", finding.Options{})
	r, err := check([]byte(text), facts, f, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// What is denied, or said of the past, is not held against the day; an automatic
// link stands where it is.
func TestSaid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text  string
		quote string // of the only claim; "" for none
		want  Verdict
	}{
		{"Ferrobase is a graduated project.", "graduated", Confirmed},
		{"Ferrobase is not a graduated project.", "", ""},
		{"Ferrobase is no longer in the sandbox.", "", ""},
		{"Ferrobase was in the sandbox until 2019.", "", ""},
		{"Ferrobase does not use Rust.", "", ""},
	}
	for _, tt := range tests {
		r := checkText(t, tt.text)
		switch {
		case tt.quote == "" && len(r.Claims) > 0:
			t.Errorf("%q: %s %q", tt.text, r.Claims[0].Verdict, r.Claims[0].Quote)
		case tt.quote != "" && (len(r.Claims) != 1 || r.Claims[0].Quote != tt.quote || r.Claims[0].Verdict != tt.want):
			t.Errorf("%q: %+v", tt.text, r.Claims)
		}
	}
}

// What is denied, supposed, asked or said of another time or thing says nothing
// of the day: the same words without it are confirmed.
func TestSaidOtherwise(t *testing.T) {
	t.Parallel()
	tests := []struct{ quote, plain, otherwise string }{
		{"99.8 %", "Ferrobase has 99.8 % Rust.", "Ferrobase does not have 99.8 % Rust."},
		{"99.8 %", "Ferrobase has 99.8 % Rust.", "If Ferrobase were 99.8 % Rust, it would be fast."},
		{"99.8 %", "Ferrobase has 99.8 % Rust.", "Is Ferrobase 99.8 % Rust?"},
		{"99.8 %", "Ferrobase has 99.8 % Rust.", "By 2030, Ferrobase will have 99.8 % Rust."},
		{"99.8 %", "Ferrobase has 99.8 % Rust.", "The Ferrobase community is 99.8 % Rust developers."},
		{"99.8 %", "| Project | Share |\n| - | - |\n| Ferrobase | 99.8 % |", "| Project | Test share |\n| - | - |\n| Ferrobase | 99.8 % |"},
		{"704", "Ferrobase had 704 commits.", "Ferrobase never had 704 commits."},
		{"704", "Ferrobase had 704 commits.", "Ferrobase had 704 commits per month."},
		{"704", "Ferrobase had 704 commits.", "Ferrobase had 704 commits in 2020."},
		{"704", "Ferrobase had 704 commits.", "Ferrobase had 704 commits in its whole history."},
		{"704", "| Project | Commits |\n| - | - |\n| Ferrobase | 704 |", "| Project | Commits (2019) |\n| - | - |\n| Ferrobase | 704 |"},
		{"567,194", "Ferrobase has 567,194 lines of code.", "Ferrobase has 567,194 lines of test code."},
		{"567,194", "Ferrobase has 567,194 lines of Rust.", "Ferrobase has 567,194 lines of Go."},
		{"567,194", "Ferrobase has 567,194 lines of Rust.", "Ferrobase has -567,194 lines of Rust."},
		{"567,194", "Ferrobase has 567,194 lines of code.", "Ferrobase removed 567,194 lines of code."},
		{"567,194", "Ferrobase has 567,194 lines of code.", "Meshwork, unlike Ferrobase, has 567,194 lines of code."},
		{"500,000", "Ferrobase has no less than 500,000 lines.", "Ferrobase has no more than 500,000 lines."},
		{"2020-09-02", "Ferrobase graduated on 2020-09-02.", "Ferrobase failed to graduate on 2020-09-02."},
		{"2020-09-02", "Ferrobase graduated on 2020-09-02.", "Meshwork, a rival of Ferrobase, graduated on 2020-09-02."},
		{"Ferrobase", "Graduated projects: Ferrobase, Meshwork", "Non-graduated projects: Ferrobase, Meshwork"},
		{"Ferrobase", "Projects that use Rust: Ferrobase, Meshwork.", "Projects that do not use Rust: Ferrobase, Meshwork."},
		{"graduated", "Ferrobase is graduated.", "Ferrobase is ~~graduated~~ here."},
		{"5", "In what was read, 5 projects use Rust.", "In what was read, 5 projects use Go."},
		{"5", "In what was read, 5 projects use Rust.", "In what was read, the CNCF has 5 projects."},
		{"5", "In what was read, 5 projects use Rust.", "In what was read, 5 projects moved from Go to Rust."},
		{"5", "In what was read, 5 projects use Rust.", "5 projects use Rust."},
		{"Rust", "Ferrobase contains Rust code.", "Ferrobase contains no Rust code."},
		{"99.8 %", "## Ferrobase\n\n- **Share of Rust:** 99.8 % · **Lines of Rust:** 567,194?", "## Ferrobase\n\n- Is its share 99.8 %, and are there 567,194?"},
		{"Harbour & Sons", "## Ferrobase\n\n- **Adopters:** Harbour & Sons, Tin \\[Can\\] Bank", "## Meshwork\n\n- **Adopters:** Harbour & Sons, Tin \\[Can\\] Bank"},
		{"meshwork/proxy", "| Project | Repositories |\n| - | - |\n| Meshwork | [meshwork/meshwork][1], [meshwork/proxy][2] |\n\n[1]: https://github.com/meshwork/meshwork\n[2]: https://github.com/meshwork/proxy",
			"| Project | Repositories |\n| - | - |\n| Ferrobase | [ferrobase/ferrobase][1], [meshwork/proxy][2] |\n\n[1]: https://github.com/ferrobase/ferrobase\n[2]: https://github.com/meshwork/proxy"},
	}
	confirmed := func(text, quote string) bool {
		return slices.ContainsFunc(checkText(t, text+"\n").Claims, func(c Claim) bool { return c.Quote == quote && c.Verdict == Confirmed })
	}
	for _, tt := range tests {
		if !confirmed(tt.plain, tt.quote) {
			t.Errorf("%q: %q is not confirmed", tt.plain, tt.quote)
		}
		if confirmed(tt.otherwise, tt.quote) {
			t.Errorf("%q: %q is confirmed", tt.otherwise, tt.quote)
		}
	}
}

// True texts in which a value stands beside one of another thing: none is wrong, so
// mending leaves them as they are.
func TestTrueBesides(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Ferrobase: 567,194 lines of Rust.",
		"**Ferrobase:** 567,194 lines of Rust.",
		"## Meshwork\n\n| Language | Share |\n| - | - |\n| Go | 91.7 % |\n| Rust | 6.0 % |",
		"## Meshwork\n\n| Language | Bytes | Share |\n| - | - | - |\n| JavaScript | 1,000,000 | 2.3 % |",
		"## Ferrobase\n\n| Month | Human commits |\n| - | - |\n| 2025-05 | 3 |",
		"## Ferrobase\n\n| Year | Lines of Rust |\n| - | - |\n| 2019 | 45,000 |",
		"## Ferrobase\n\n**Status:** Graduated (2018-03-06 accepted, 2020-09-02 graduated)",
		"## Ferrobase\n\n**Status:** Graduated (next review 2026-03-01)",
		"## Ferrobase\n\nSince 2020-01 there is more Rust than Shell.",
		"Wasmoor is almost entirely written in Rust.",
		"Wasmoor is written almost entirely in Rust.",
		"Wasmoor is an almost pure Rust project.",
		"Wasmoor, nearly pure Rust, is at its best.",
		"12 projects use Go.",
		"In 2020 there were 12 projects with Rust.",
		"12 projects have stopped using Rust.",
		"Wasmoor has 3,100,000 bytes of Rust in what was read. Including the rest, Wasmoor has 4,000,000 bytes of Rust.",
	} {
		source := "# Rust in CNCF\n\n" + text + "\n"
		r := checkText(t, source)
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Verdict == Refuted || c.Verdict == Outdated {
				t.Errorf("%q: %s %q of %q is %s: %s", text, c.Kind, c.Quote, c.Subject, c.Verdict, c.Measured)
			}
		}
		if mended, _ := Fix([]byte(source), r, FixOptions{}); string(mended) != source {
			t.Errorf("%q is mended to %q", text, mended)
		}
	}
}

// Numbers are read as other countries write them, or not at all.
func TestNumbersOfOtherCountries(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Verdict{
		"Ferrobase has 24 814 809 bytes of Rust.":                         Confirmed,
		"Ferrobase has 24'814'809 bytes of Rust.":                         Confirmed,
		"Ferrobase is 99,8 % Rust.":                                       Confirmed,
		"| Project | Share (%) |\n| - | - |\n| Ferrobase | 100 |":         Confirmed,
		"| Project | LOC (k) |\n| - | - |\n| Ferrobase | 567 |":           Confirmed,
		"| Project | Code (MLOC) |\n| - | - |\n| Ferrobase | 0.57 |":      Confirmed,
		"| Project | kLOC |\n| - | - |\n| Ferrobase | 567 |":              Confirmed,
		"| Project | Lines of code |\n| - | - |\n| Ferrobase | 567.194 |": "",
		"Ferrobase has 567 194 lines of code.":                            "",
		"Ferrobase graduated on 9/2/2020.":                                "",
	} {
		claims := slices.DeleteFunc(checkText(t, text+"\n").Claims, func(c Claim) bool { return c.Quote == "Rust" || c.Quote == "Ferrobase" })
		switch {
		case want == "" && len(claims) > 0, want != "" && (len(claims) != 1 || claims[0].Verdict != want):
			t.Errorf("%q: %+v", text, claims)
		}
	}
}

func TestAutomaticLink(t *testing.T) {
	t.Parallel()
	const text = "# Report\n\n## Ferrobase\n\n- **Homepage:** <https://wrong.example/>\n"
	r := checkText(t, text)
	mended, _ := Fix([]byte(text), r, FixOptions{})
	if !bytes.HasPrefix(mended, []byte("# Report\n")) || bytes.Contains(mended, []byte("wrong.example")) {
		t.Errorf("mended to %q", mended)
	}
}

// Whatever the text, checking it ends, the same twice, and mending it changes
// nothing outside of what is replaced.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{
		"a <https://b.c> **Description:** Write to <a@b.example>", "## Ferrobase\n\n| Property | V |\n| - | - |\n| Accepted | 2020-01-02 |\n",
		"# Rust\n\n3 graduated projects (Ferrobase, Meshwork and Wasmoor), 12,000 bytes of Rust.\n", "Ferrobase has 1 &amp; 2 commits; 5 % Rust, `x` [l](http://a/b).",
	} {
		f.Add([]byte(text))
	}
	facts := findingtest.Facts()
	found := findingtest.Find(f, facts, "rust", finding.Options{})
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := check(text, facts, found, Options{})
		if err != nil {
			t.Skip()
		}
		mended, left := Fix(text, r, FixOptions{})
		kept := 0
		for i := range r.Claims {
			c := &r.Claims[i]
			if c.Edit != nil && (c.Edit.Offset != c.Offset || c.Edit.End != c.End) {
				t.Errorf("%q at %d is mended at %d", c.Quote, c.Offset, c.Edit.Offset)
			}
			if c.Verdict == Refuted || c.Verdict == Outdated {
				kept++
			}
		}
		if kept == len(left) && !bytes.Equal(mended, text) {
			t.Errorf("nothing was mended, and %q became %q", text, mended)
		}
		if again, _ := check(text, facts, found, Options{}); len(again.Claims) != len(r.Claims) || len(again.Findings) != len(r.Findings) {
			t.Error("not the same twice")
		}
	})
}
