package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/findingtest"
	"assay/internal/report"
)

// The appendix is the end of the report, or a text of its own that says the same.
// Either has a definition for each number that a link has in it.
func TestAppendix(t *testing.T) {
	t.Parallel()
	m := model(t, busy())
	for _, look := range looks() {
		var own bytes.Buffer
		folded := write(t, m, look)
		look.Appendix = &own
		apart := write(t, m, look)
		if strings.Contains(apart, "<details>") || strings.Contains(own.String(), "<details>") || strings.Contains(folded, "<details>") == (look.Detail == Brief) {
			t.Errorf("%s %s: the appendix is not where it belongs", look.Flavor, look.Detail)
		}
		for _, part := range []string{"\n## Evidence by project\n", "\n## Definitions\n", "\n## Sources\n"} {
			if strings.Contains(apart, part) || !strings.Contains(own.String(), part) {
				t.Errorf("%s %s: %q is not in the appendix alone", look.Flavor, look.Detail, part)
			}
		}
		for name, text := range map[string]string{"folded": folded, "apart": apart, "appendix": own.String()} {
			outline(t, text)
			if missing := undefined(text); len(missing) > 0 {
				t.Errorf("%s %s, %s: no definition of %q", look.Flavor, look.Detail, name, missing)
			}
		}
	}
}

// undefined lists the numbers of links without a definition, and those with one that
// no link has.
func undefined(text string) []string {
	used, defined := map[string]bool{}, map[string]bool{}
	for _, m := range regexp.MustCompile(`\]\[(\d+)\]`).FindAllStringSubmatch(text, -1) {
		used[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?m)^\[(\d+)\]: https?://\S+$`).FindAllStringSubmatch(text, -1) {
		defined[m[1]] = true
	}
	var odd []string
	for _, set := range [][2]map[string]bool{{used, defined}, {defined, used}} {
		for n := range set[0] {
			if !set[1][n] {
				odd = append(odd, n)
			}
		}
	}
	return odd
}

// A section of the standard report is short, and a brief report shorter than that.
func TestLengths(t *testing.T) {
	t.Parallel()
	const mostLines = 25
	facts := busy()
	for i := range facts.Survey.Landscape.Projects {
		p := &facts.Survey.Landscape.Projects[i]
		for range 12 {
			p.Audits = append(p.Audits, fact.Audit{Date: "2024-05-01", Type: "security", Vendor: "Moss", URL: "https://github.com/moss/audits"})
		}
	}
	m := model(t, facts)
	for _, flavor := range flavors() {
		var sizes []int
		for _, detail := range Details() {
			sizes = append(sizes, len(write(t, m, Options{Flavor: flavor, Detail: detail})))
		}
		if !slices.IsSorted(sizes) || 2*sizes[0] > sizes[1] || 3*sizes[1] > 2*sizes[2] {
			t.Errorf("%s: brief, standard and full have %d bytes", flavor, sizes)
		}
		sections := strings.Split(write(t, m, Options{Flavor: flavor}), "\n### ")[1:]
		for _, s := range sections {
			s, _, _ = strings.Cut(s, "\n## ")
			s = strings.TrimSpace(s)
			if lines := 1 + strings.Count(s, "\n"); lines > mostLines {
				t.Errorf("%s: a section of %d lines: %.40q", flavor, lines, s)
			}
			if strings.Contains(s, "\n\n- ") && strings.Count(s, "\n\n- ") > 1 || strings.Contains(s, "unknown\n") {
				t.Errorf("%s: a list in pieces, or a line that says nothing: %s", flavor, s)
			}
		}
		if len(sections) < 5 {
			t.Errorf("%s: %d sections", flavor, len(sections))
		}
	}
}

// A report on a language that nothing is written in is a page.
func TestNothingFound(t *testing.T) {
	t.Parallel()
	const mostLines = 70
	facts := busy()
	f := findingtest.Find(t, facts, "zig", finding.Options{})
	for _, flavor := range flavors() {
		got := write(t, report.New(facts.Survey, f, ""), Options{Flavor: flavor})
		if lines := strings.Count(got, "\n"); lines > mostLines {
			t.Errorf("%s: %d lines", flavor, lines)
		}
		for _, unwanted := range []string{"at least 0", "## Key findings", "absence factor", "| Project |"} {
			if strings.Contains(got, unwanted) {
				t.Errorf("%s: %q is on the page", flavor, unwanted)
			}
		}
	}
}

// A name that says itself that it is a landscape's is not said to be one again.
func TestWordsForAnyLandscape(t *testing.T) {
	t.Parallel()
	facts := busy()
	for name, want := range map[string]string{
		"CNCF": "in the projects of the CNCF landscape", "landscape": "in the projects of the landscape", "Lantern Landscape": "in the projects of the Lantern Landscape",
	} {
		f := findingtest.Find(t, facts, "rust", finding.Options{})
		for _, look := range looks() {
			got := write(t, report.New(facts.Survey, f, name), look)
			if !strings.Contains(got, want) || strings.Contains(strings.ToLower(got), "landscape landscape.yml") != (strings.Contains(got, "inventa/landscape landscape.yml")) ||
				strings.Contains(got, "the landscape landscape") || strings.Count(got, `- "landscape"`) != 1 {
				t.Errorf("%s of %q: %.400s", look.Detail, name, got)
			}
		}
	}
}
