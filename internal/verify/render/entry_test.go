package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"assay/internal/verify"
	"assay/internal/verify/claim"
)

// on is a claim on line n of a report.
func on(n int, c verify.Claim) verify.Claim {
	c.Line, c.Column, c.Offset, c.End = n, 1, 100*n, 100*n+len(c.Quote)
	if c.Claimed == "" {
		c.Claimed = c.Quote
	}
	return c
}

// bytesAsLines is the error of a project whose bytes are given as lines.
func bytesAsLines(n int, project, quote string) verify.Claim {
	return on(n, verify.Claim{
		Kind: claim.Lines, Subject: project, Verdict: verify.Refuted, Quote: quote, Measured: fmt.Sprint(n, " lines"),
		Hypothesis: &verify.Hypothesis{Kind: "unit", Text: "that is the number of bytes"},
	})
}

// What is wrong for one reason is told once; all else by itself.
func TestWhatIsToldOnce(t *testing.T) {
	t.Parallel()
	link := func(n int, project, quote string) verify.Claim {
		return on(n, verify.Claim{Kind: claim.Link, Subject: project, Verdict: verify.Refuted, Quote: quote, Measured: "https://right.example/"})
	}
	day := func(n int, project, quote, measured string) verify.Claim {
		return on(n, verify.Claim{Kind: claim.Milestone, Subject: project, Verdict: verify.Refuted, Quote: quote, Measured: measured})
	}
	late := func(n int, project, month string) verify.Claim {
		c := day(n, project, "12 %", "13 %")
		c.Verdict, c.Hypothesis = verify.Outdated, &verify.Hypothesis{Kind: "time", Text: "it was so at the end of " + month}
		return c
	}
	pure := func(n int, project, share string) verify.Claim {
		return on(n, verify.Claim{Kind: claim.Purity, Subject: project, Verdict: verify.Refuted, Quote: "Pure Rust", Claimed: "entirely", Measured: share + " of the counted bytes are Rust"})
	}
	stars := func(n int, project, source string) verify.Claim {
		return on(n, verify.Claim{Kind: claim.Stars, Subject: project, Verdict: verify.Unverifiable, Quote: fmt.Sprint(n), Source: source})
	}
	tests := []struct {
		name   string
		claims []verify.Claim
		want   []string // what is shared, and the lines
	}{
		{"one error of several projects", []verify.Claim{bytesAsLines(3, "Ferrite", "3,342"), bytesAsLines(9, "Wick", "80"), bytesAsLines(12, "Ferrite", "7")},
			[]string{"that is the number of bytes 3,9,12"}},
		{"one month or another", []verify.Claim{late(3, "Ferrite", "2024-01"), late(4, "Wick", "2023-11")}, []string{"it was so at the end of … 3,4"}},
		{"one word of several", []verify.Claim{pure(1, "Ferrite", "98.1 %"), pure(2, "Wick", "94.0 %")}, []string{"entirely → … % of the counted bytes are Rust 1,2"}},
		{"one value thrice", []verify.Claim{day(1, "Ferrite", "2022-05-11", "2022-05-10"), day(5, "Ferrite", "May 11, 2022", "2022-05-10"), day(8, "Ferrite", "2022-05-11", "2022-05-10")},
			[]string{" 1,5,8"}},
		{"days of several projects", []verify.Claim{day(1, "Ferrite", "2022-05-11", "2022-05-10"), day(5, "Wick", "2022-05-11", "2021-02-01")}, []string{" 1", " 5"}},
		{"the text and the target of a link", []verify.Claim{link(4, "Ferrite", "wrong.example"), link(4, "Ferrite", "https://wrong.example/")}, []string{" 4,4"}},
		{"links of several projects", []verify.Claim{link(4, "Ferrite", "wrong.example"), {Kind: claim.Link, Subject: "Wick", Verdict: verify.Refuted, Quote: "https://b.example/", Measured: "https://c.example/"}}, []string{" 4", " 0"}},
		{"nothing can tell", []verify.Claim{stars(1, "Ferrite", "the host"), stars(2, "Wick", "the host"), stars(3, "Wick", "a site")}, []string{"the host 1,2", " 3"}},
		{"what is right", []verify.Claim{
			{Kind: claim.Stars, Verdict: verify.Confirmed, Quote: "7"}, {Kind: claim.Stars, Verdict: verify.Confirmed, Quote: "7"},
		}, []string{" 0", " 0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range claimEntries(tt.claims) {
				got = append(got, e.shared+" "+strings.ReplaceAll(strings.Trim(fmt.Sprint(linesOf(e.claims)), "[]"), " ", ","))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func linesOf(claims []*verify.Claim) []int {
	var all []int
	for _, c := range claims {
		all = append(all, c.Line)
	}
	return all
}

// Findings of a kind in one place are one, and those that contradict one place.
func TestFindingsToldOnce(t *testing.T) {
	t.Parallel()
	at := func(n int) verify.Place { return verify.Place{Line: n, Column: 1, Offset: n, End: n + 1} }
	all := findingEntries([]verify.Finding{
		{Kind: verify.Omission, Verdict: verify.Refuted, Subject: "Ferrite", Place: at(1)},
		{Kind: verify.Omission, Verdict: verify.Unverifiable, Subject: "Lumen", Place: at(1)},
		{Kind: verify.Omission, Verdict: verify.Refuted, Subject: "Wick", Place: at(1)},
		{Kind: verify.Criterion, Verdict: verify.Refuted, Subject: "Ash", Place: at(3)},
		{Kind: verify.Criterion, Verdict: verify.Refuted, Subject: "Soot", Place: at(4)},
		{Kind: verify.Contradiction, Verdict: verify.Refuted, Subject: "Ash", Place: at(5), Others: []verify.Place{at(2)}},
		{Kind: verify.Contradiction, Verdict: verify.Refuted, Subject: "Ash", Place: at(6), Others: []verify.Place{at(2)}},
		{Kind: verify.Contradiction, Verdict: verify.Refuted, Subject: "Ash", Place: at(7), Others: []verify.Place{at(3)}},
		{Kind: verify.Sum, Verdict: verify.Refuted, Place: at(8)},
		{Kind: verify.Sum, Verdict: verify.Refuted, Place: at(8)},
	})
	var got []string
	for i := range all {
		got = append(got, all[i].findings[0].Kind+": "+all[i].named())
	}
	want := []string{
		"omission: Ferrite, Wick", "omission: Lumen", "criterion: Ash (line 3), Soot (line 4)", "contradiction: Ash (lines 5, 6)", "contradiction: Ash",
		"count: line 8", "count: line 8",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// However much is wrong, the text is short, fits a terminal, begins with the worst,
// and says what it leaves out.
func TestTextIsShort(t *testing.T) {
	t.Parallel()
	r := &verify.Result{Name: strings.Repeat("long/", 30) + "report.md", AsOf: "2025-06-30"}
	for i := range 300 {
		v := []verify.Verdict{verify.Outdated, verify.Unverifiable, verify.Refuted}[i%3]
		c := on(i+1, verify.Claim{Kind: claim.Commits, Subject: fmt.Sprint("Projekt Köln ", i), Verdict: v, Quote: fmt.Sprint(i, " commits 世界 ", strings.Repeat("and more ", i)), Source: fmt.Sprint("source", i)})
		if c.Claimed, c.Measured = fmt.Sprint(i), fmt.Sprint(i+1, strings.Repeat(" measured", i%20)); i%2 == 0 {
			c.Why = "because of what was read"
		}
		r.Claims = append(r.Claims, c)
	}
	for i := range 12 {
		r.Claims = append(r.Claims, bytesAsLines(400+i, fmt.Sprint("Bytes", i), "7,777"))
	}
	text := shownAs(t, r, TextOptions{})
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) > mostLines {
		t.Errorf("there are %d lines", len(lines))
	}
	for _, l := range lines {
		if runewidth.StringWidth(l) > usualWidth {
			t.Errorf("%q has %d columns", l, runewidth.StringWidth(l))
		}
	}
	if !strings.HasPrefix(text, "312 statements: 0 confirmed, 112 refuted, 100 outdated, 100 unverifiable, 0 not\nchecked\n") {
		t.Errorf("the totals are not first: %s", lines[0])
	}
	for i := range 12 {
		if want := fmt.Sprintf("Bytes%d (line %d)", i, 400+i); !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("does not say %q", want)
		}
	}
	if n := strings.Count(text, "that is the number of bytes"); n != 1 {
		t.Errorf("the error that recurs is told %d times", n)
	}
	last := lines[len(lines)-1]
	var more int
	if _, err := fmt.Sscanf(last, "%d more findings, 100 unverifiable: -v tells all", &more); err != nil || more < 100 {
		t.Errorf("ends with %q", last)
	}
	told := strings.Count(text, "  refuted") + strings.Count(text, "  outdated")
	if told+more != 201 {
		t.Errorf("%d are told and %d are more, want 201", told, more)
	}
	if at := strings.Index(text, "  outdated"); at >= 0 && strings.Contains(text[at:], "  refuted") {
		t.Error("what is refuted stands behind what is outdated")
	}
	all := shownAs(t, r, TextOptions{Verbose: true})
	for _, c := range r.Claims {
		if !strings.Contains(all, "\n  "+place(c.Place)+" ") && !strings.Contains(all, "\n      "+place(c.Place)+" ") {
			t.Errorf("-v says nothing of line %d", c.Line)
		}
	}
	if strings.Contains(all, "-v tells") {
		t.Error("-v asks for -v")
	}
}

func shownAs(t *testing.T, r *verify.Result, opts TextOptions) string {
	t.Helper()
	var out bytes.Buffer
	if err := Text(&out, nil, r, opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A figure that no statement was made of is not checked, once.
func TestUnchecked(t *testing.T) {
	t.Parallel()
	at := func(from, to int) verify.Place { return verify.Place{Line: 1, Column: from + 1, Offset: from, End: to} }
	r := &verify.Result{
		Unread:    []verify.Place{at(12, 14), at(30, 32), at(2, 4)},
		Unchecked: []verify.Unchecked{{Place: at(10, 20), Why: "it is planned"}, {Place: at(25, 27), Why: "it is asked"}},
	}
	var got []int
	for _, u := range unchecked(r) {
		got = append(got, u.Offset)
	}
	if want := []int{2, 10, 25, 30}; !slices.Equal(got, want) {
		t.Errorf("got those at %v, want %v", got, want)
	}
	text := shownAs(t, r, TextOptions{Verbose: true})
	if !strings.Contains(text, "because it is planned") || !strings.Contains(text, "4 not checked") {
		t.Errorf("got %s", text)
	}
}

// One error is one result of SARIF and one annotation, with its places.
func TestOneErrorIsOneResult(t *testing.T) {
	t.Parallel()
	src := bytes.Repeat([]byte("0123456789\n"), 2000)
	r := &verify.Result{Name: "a.md"}
	for i := range 12 {
		c := bytesAsLines(2*i+1, fmt.Sprint("P", i), "0123")
		c.Offset, c.End = 22*i, 22*i+4
		c.Edit = &verify.Edit{Offset: c.Offset, End: c.End, Text: fmt.Sprint(i)}
		r.Claims = append(r.Claims, c)
	}
	results := read(t, sarifOf(t, src, r))
	if len(results) != 1 || len(results[0].RelatedLocations) != 11 || len(results[0].Fixes[0].ArtifactChanges[0].Replacements) != 12 {
		t.Errorf("got %+v", results)
	}
	print := results[0].PartialFingerprints["assayClaim/v1"]
	r.Claims = r.Claims[1:]
	if again := read(t, sarifOf(t, src, r))[0].PartialFingerprints["assayClaim/v1"]; again != print {
		t.Error("without one of its places it is another result")
	}
	var out bytes.Buffer
	if err := GitHub(&out, r); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "::error "); n != 1 || !strings.Contains(out.String(), "P11 (line 23)") {
		t.Errorf("got %s", out.String())
	}
}
