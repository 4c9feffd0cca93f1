package verify

import (
	"bytes"
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
	for name, facts := range map[string]func(*testing.T) finding.Facts{"demo": demoFacts, "real": realFacts} {
		for _, language := range []string{"rust", "go"} {
			for _, flavor := range []markdown.Flavor{markdown.GitHub, markdown.Docusaurus} {
				t.Run(name+"/"+language+"/"+string(flavor), func(t *testing.T) {
					t.Parallel()
					facts := facts(t)
					text := ownReport(t, facts, language, flavor)
					holdTrue(t, text, checked(t, text, facts, language))
				})
			}
		}
	}
}

// holdTrue tells everything that a result has against a true report.
func holdTrue(t *testing.T, text []byte, r *Result) {
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
	unsure := unsureFigures(r)
	share := 1 - float64(len(unsure))/float64(max(r.Figures, 1))
	t.Logf("%d bytes, %d claims, %d confirmed; %d figures, %.1f %% of them confirmed", len(text), len(r.Claims), r.Count(Confirmed), r.Figures, 100*share)
	if share >= leastSure && r.Figures > 100 {
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
