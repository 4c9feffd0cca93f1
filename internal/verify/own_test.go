package verify

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"assay/internal/finding"
	"assay/internal/report/markdown"
)

// leastSure is the share of the figures of a true report that must be confirmed.
const leastSure = 0.95

// Our own report is true, whatever the language and flavour: nothing of it is
// refuted, and nearly all its figures are confirmed.
func TestOwnReport(t *testing.T) {
	t.Parallel()
	all := []string{"rust", "go", "python", "typescript", "javascript", "c", "c++", "java", "zig", "c#", "objective-c", "r", "shell", "jupyter notebook"}
	for _, of := range []struct {
		name      string
		facts     func(t *testing.T, language string) finding.Facts
		languages []string
	}{
		{"invented", inventedFacts, all},
		{"limited", limitedFacts, all},
		{"demo", func(t *testing.T, _ string) finding.Facts { return demoFacts(t) }, []string{"rust", "go", "python", "typescript", "java"}},
		{"real", func(t *testing.T, _ string) finding.Facts { return realFacts(t) }, all},
	} {
		for _, language := range of.languages {
			for _, opts := range looks() {
				t.Run(of.name+"/"+language+"/"+string(opts.Flavor)+"/"+string(opts.Detail), func(t *testing.T) {
					t.Parallel()
					facts := of.facts(t, language)
					text := ownReport(t, facts, language, opts)
					r := checkedByTitle(t, text, facts)
					nothingWrong(t, text, r)
					small := len(facts.Survey.Projects) > 0 // few figures, of which lines of history are many
					if found(t, facts, language).Summary.Using() > 0 && !small {
						nearlyAllSure(t, text, r)
					}
				})
			}
		}
	}
}

// A report that shows its charts as pictures says what the one without says, and no more: the
// texts of pictures are no claims.
func TestOwnReportWithPictures(t *testing.T) {
	t.Parallel()
	mermaid := regexp.MustCompile("(?s)```mermaid\n.*?\n```\n")
	for _, language := range []string{"rust"} {
		for _, opts := range looks() {
			t.Run(language+"/"+string(opts.Flavor)+"/"+string(opts.Detail), func(t *testing.T) {
				t.Parallel()
				facts := inventedFacts(t, language)
				without := checkedByTitle(t, mermaid.ReplaceAll(ownReport(t, facts, language, opts), nil), facts)
				opts.Pictures = &markdown.Pictures{Folder: "charts 2024"}
				text := ownReport(t, facts, language, opts)
				if found(t, facts, language).Summary.Using() > 0 && !bytes.Contains(text, []byte("charts%202024/assay-")) {
					t.Fatal("the report shows no picture")
				}
				r := checkedByTitle(t, text, facts)
				nothingWrong(t, text, r)
				if len(r.Claims) != len(without.Claims) || len(r.Findings) != len(without.Findings) {
					t.Errorf("%d claims and %d findings, %d and %d without pictures", len(r.Claims), len(r.Findings), len(without.Claims), len(without.Findings))
				}
			})
		}
	}
}

// limitedFacts are those of a survey that was told to look at some projects.
func limitedFacts(t *testing.T, language string) finding.Facts {
	t.Helper()
	facts := inventedFacts(t, language)
	facts.Survey.Projects = []string{"Ferrobase", "Meshwork", "Wasmoor"}
	return facts
}

// A report says of itself that it is about a part of the landscape, and only then.
func TestLimited(t *testing.T) {
	t.Parallel()
	for _, facts := range []finding.Facts{inventedFacts(t, "rust"), limitedFacts(t, "rust")} {
		report, err := Read(ownReport(t, facts, "rust", markdown.Options{Flavor: markdown.GitHub}))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := report.Limited(), len(facts.Survey.Projects) > 0; got != want {
			t.Errorf("limited %v, want %v", got, want)
		}
	}
}

// looks are all the ways in which a report may be written.
func looks() []markdown.Options {
	var all []markdown.Options
	for _, flavor := range []markdown.Flavor{markdown.GitHub, markdown.Docusaurus} {
		for _, detail := range markdown.Details() {
			all = append(all, markdown.Options{Flavor: flavor, Detail: detail})
		}
	}
	return all
}

// checkedByTitle is a report held against facts for the language that it names
// itself.
func checkedByTitle(t *testing.T, text []byte, facts finding.Facts) *Result {
	t.Helper()
	report, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return checked(t, text, facts, report.Language())
}

// holdTrue tells everything that a result has against a true report.
func holdTrue(t *testing.T, text []byte, r *Result) {
	t.Helper()
	nothingWrong(t, text, r)
	nearlyAllSure(t, text, r)
}

// nothingWrong tells what a result calls wrong in a true report.
func nothingWrong(t *testing.T, text []byte, r *Result) {
	t.Helper()
	lines := bytes.Split(text, []byte("\n"))
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Verdict == Refuted || c.Verdict == Outdated {
			t.Errorf("%d:%d: %s: %s [%s] %q, measured %q: %s\n\t%s", c.Line, c.Column, c.Verdict, c.Kind, c.Subject, c.Quote, c.Measured, c.Why, excerpt(lines, c.Line))
		}
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Verdict == Refuted || f.Kind != Omission {
			t.Errorf("%d:%d: %s, %s: %s\n\t%s", f.Line, f.Column, f.Kind, f.Verdict, f.Text, excerpt(lines, f.Line))
		}
	}
}

// nearlyAllSure tells what of the figures of a true report is not confirmed, when
// that is too much.
func nearlyAllSure(t *testing.T, text []byte, r *Result) {
	t.Helper()
	lines := bytes.Split(text, []byte("\n"))
	unsure := unsureFigures(r)
	share := 1 - float64(len(unsure))/float64(max(r.Figures, 1))
	t.Logf("%d bytes, %d claims, %d confirmed; %d figures, %.1f %% of them confirmed", len(text), len(r.Claims), r.Count(Confirmed), r.Figures, 100*share)
	if share >= leastSure && r.Figures > 40 {
		return
	}
	t.Errorf("%.1f %% of %d figures are confirmed, want %.0f %%", 100*share, r.Figures, 100*leastSure)
	for _, p := range unsure[:min(len(unsure), 60)] {
		t.Logf("%d:%d: not confirmed: %q in\n\t%s", p.Line, p.Column, text[p.Offset:p.End], excerpt(lines, p.Line))
	}
}

// unsureFigures are the places of the figures that no confirmed claim holds: of
// those that were not read, and of the claims with figures that are not confirmed.
func unsureFigures(r *Result) []Place {
	all := append([]Place{}, r.Unread...)
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.Verdict != Confirmed && strings.ContainsAny(c.Quote, "0123456789") {
			all = append(all, c.Place)
		}
	}
	return all
}

// excerpt is the beginning of a line.
func excerpt(lines [][]byte, line int) []byte {
	if line < 1 || line > len(lines) {
		return nil
	}
	return lines[line-1][:min(len(lines[line-1]), 300)]
}
