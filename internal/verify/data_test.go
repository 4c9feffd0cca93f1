package verify

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/finding/usage"
	"assay/internal/report/markdown"
	"assay/internal/verify/property"
)

// judgeData holds a document of claims against facts, for Rust.
func judgeData(t *testing.T, facts finding.Facts, document string) (*Result, error) {
	t.Helper()
	cs, err := ReadClaims([]byte(document))
	if err != nil {
		return nil, err
	}
	find := func(language string) (*usage.Findings, error) { return found(t, facts, language), nil }
	return cs.Check(t.Context(), facts, found(t, facts, "rust"), Options{Name: "claims.json", Find: find})
}

// textless are the properties that only texts say, on the making of the report.
var textless = []string{"source", "report.made"}

// The properties that have no form as data are few.
func TestTextless(t *testing.T) {
	t.Parallel()
	var got []string
	for _, p := range property.All() {
		if p.Text != "" {
			got = append(got, p.Name)
		}
	}
	want := slices.Sorted(slices.Values(textless))
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("%q have no form as data, want %q", got, want)
	}
}

// roundTrip holds a text against facts, and its claims as data; the verdicts are the same.
func roundTrip(t *testing.T, text []byte, facts finding.Facts) (compared int) {
	t.Helper()
	rep, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	f := found(t, facts, "rust")
	opts := Options{Name: "report.md", Unnamed: rep.Language() == "", Find: func(language string) (*usage.Findings, error) { return found(t, facts, language), nil }}
	want, err := rep.Check(t.Context(), facts, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := rep.Extract(t.Context(), facts, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	cs, err := ReadClaims(data)
	if err != nil {
		t.Fatal(err)
	}
	got, err := cs.Check(t.Context(), facts, f, opts)
	if err != nil {
		t.Fatalf("what was extracted is not read: %v", err)
	}
	if len(doc.Claims)+len(doc.Left) != len(want.Claims) {
		t.Fatalf("%d claims and %d left out of %d", len(doc.Claims), len(doc.Left), len(want.Claims))
	}
	k, n := 0, 0
	for i := range want.Claims {
		w := &want.Claims[i]
		if k < len(doc.Left) && doc.Left[k].Source.Line == w.Line && doc.Left[k].Source.Column == w.Column && doc.Left[k].Quote == w.Quote &&
			(n >= len(doc.Claims) || *doc.Claims[n].Source != *doc.Left[k].Source || doc.Claims[n].Quote != w.Quote) {
			if w.Verdict == Refuted || w.Verdict == Outdated || w.Verdict == Confirmed {
				t.Errorf("left out, %s: line %d %s %q: %s", w.Verdict, w.Line, w.Kind, w.Quote, doc.Left[k].Why)
			}
			k++
			continue
		}
		g, s := &got.Claims[n], &doc.Claims[n]
		n++
		compared++
		if g.Verdict != w.Verdict && !(w.Verdict == Ambiguous && g.Verdict != Confirmed) { // data has one reading
			said, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			t.Errorf("line %d %s %q: text %s (%s; %s), data %s (%s; %s) %s", w.Line, w.Kind, w.Quote, w.Verdict, w.Measured, w.Why, g.Verdict, g.Measured, g.Why, said)
		}
	}
	return compared
}

// What a text says has the same verdicts as data.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, facts := range map[string]finding.Facts{"demo": demoFacts(t), "invented": findingtest.Facts()} {
		for _, detail := range markdown.Details() {
			t.Run(name+"/"+string(detail), func(t *testing.T) {
				t.Parallel()
				text := ownReport(t, facts, "rust", markdown.Options{Flavor: markdown.GitHub, Detail: detail})
				n := roundTrip(t, text, facts)
				t.Logf("%d claims compared", n)
				if n < 50 {
					t.Errorf("%d claims: the test looks at too little", n)
				}
			})
		}
	}
}

// wrongText says things of the invented landscape that are wrong, right for another
// reason than they seem, or of which nothing is known.
const wrongText = `---
date: 2025-06-30
---
# Rust in our projects

There are 12 graduated projects, 3 of 4 sandbox projects use Rust. Of 9 projects, 7 use Rust.

| Project | Status | Rust share | LOC (k) | Licence |
| --- | --- | --- | --- | --- |
| Ferrobase | Incubating | 91.2 % | 709 | MIT |
| Meshwork | graduated | ~6 % | 60 | Apache-2.0 |
| Attestor | sandbox (2020-09-23) | < 4 % | 3 | |

## Ferrobase

- **Commits**: 1,203
- **Contributors**: almost 4
- **Bus factor**: 2
- **Last release**: v8.0.0, 2025-01-04
- **Homepage**: https://ferro.example/
- **Repository**: ferrobase/ferro
- **Adopters**: Harbour & Sons (staging), Nobody Inc
- **Maintainers**: 12
- **Release cadence**: monthly
- **Overall health**: good
- **Stars**: 12,000

Ferrobase graduated in September 2021, was accepted on 2018-03-06, and made over 700 commits with just under 5 authors.
It is written entirely in Rust, has more than 20 million bytes of Rust, about 27 MB, at least 600,000 lines of code and at most 500 files.
Red Hat wrote most of it, and Ferrobase has more commits than Meshwork. Ferrobase is the first graduated Rust project and the largest Rust project.
In 2017, 85 % of it was Rust. There is more Go than Rust in Ferrobase. It has made 5 full releases, the latest release v8.1.0 on 2025-04-03.
Version v7.6.0 was released on 2024-10-03. The audit by Lockpick Labs was on 2020-02-11. Ferrobase is blazing fast, 3x faster than others.

The sandbox projects that use it are Attestor, Paragate and Halfread. Ferrobase has a 100 % Rust core.

## Wasmoor

- **Accepted**: 2021-07
- **Incubating since**: 2024-11-09
- **Last commit**: 2025-01-01
- **Languages**: Rust (81.6 %), TypeScript, Go
- **Class**: component

Wasmoor is mainly TypeScript. It has about 3 million bytes of Rust, 5 to 9 packages, and 2 repositories. First Rust code in May 2023.
`

// So have the claims of a text in which much is wrong, and of one that names no
// language.
func TestRoundTripOfWrong(t *testing.T) {
	t.Parallel()
	for name, facts := range map[string]finding.Facts{"open": findingtest.Facts(), "whole": readWhole()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{wrongText, strings.Replace(wrongText, "Rust in our projects", "Our projects", 1)} {
				if n := roundTrip(t, []byte(text), facts); n < 50 {
					t.Errorf("%d claims: the test looks at too little", n)
				}
			}
		})
	}
}
