package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/verify/claim"
)

// figure is a figure of a project by field.
func (j *judge) figure(c *claim.Claim, field string, s claim.Subject) (measure, bool) {
	all, _ := j.measures(with(c, field, s, ""))
	if len(all) == 0 {
		return measure{}, false
	}
	return all[0], true
}

// comparison judges that one project has more or less of something than another.
func (j *judge) comparison(c *claim.Claim, field string) ruling {
	a, okA := j.figure(c, field, c.Subject)
	b, okB := j.figure(c, field, c.Than)
	if !okA || !okB {
		return unverifiable(sourceRepository, "the figures of both are not known")
	}
	measured := fmt.Sprintf("%s, %s of %s", a.words(), b.words(), j.name(c.Than))
	r := ruling{verdict: Refuted, measured: measured, why: measured, evidence: bothSides(a, b)}
	if compares(c.Word, a.value, b.value) {
		r.verdict, r.why = Confirmed, ""
	} else if (a.low || b.low) && !j.tellsCoverage(c.Subject) && !j.tellsCoverage(c.Than) {
		r.verdict, r.source = Unverifiable, sourceRepository
	}
	return r
}

// bothSides is the evidence of two figures, the first of each.
func bothSides(a, b measure) []fact.Evidence {
	const few = 3
	return slices.Concat(a.evidence[:min(few, len(a.evidence))], b.evidence[:min(few, len(b.evidence))])
}

var timesWord = regexp.MustCompile(`\b(twice|double|three times|triple|four times|half)\b`)

// factors are the numbers of the words for multiples.
var factors = map[string]float64{"twice": 2, "double": 2, "three times": 3, "triple": 3, "four times": 4, "half": 0.5}

// compares reports whether the words for it hold between two values; a multiple
// within a tenth.
func compares(words string, a, b float64) bool {
	if m := timesWord.FindString(words); m != "" {
		want := factors[m] * b
		return a >= 0.9*want && a <= 1.1*want
	}
	if strings.HasPrefix(words, "fewer") || strings.HasPrefix(words, "less") || strings.HasPrefix(words, "lower") || strings.HasPrefix(words, "smaller") {
		return a < b
	}
	return a > b
}

// rank judges that a project has the most or least of something, among those
// that use the language.
func (j *judge) rank(c *claim.Claim, field string) ruling {
	own, ok := j.figure(c, field, c.Subject)
	if !ok {
		return unverifiable(sourceRepository, "its figure is not known")
	}
	sign := 1.0
	if c.Word == "least" {
		sign = -1
	}
	best, name, of, low := own, "", 1, false
	for i := range j.f.Projects {
		p := &j.f.Projects[i]
		if !p.Class.Uses() || p.ID == c.Subject.ID {
			continue
		}
		m, ok := j.figure(c, field, claim.Subject{Sort: claim.OfProject, ID: p.ID})
		if !ok {
			continue
		}
		of, low = of+1, low || m.low
		if sign*m.value > sign*best.value {
			best, name = m, p.Name
		}
	}
	measured := fmt.Sprintf("%s; of %s that use %s", own.words(), words.Amount(of, "project"), j.language)
	if name == "" {
		return ruling{verdict: Confirmed, measured: measured, evidence: own.evidence}
	}
	r := ruling{verdict: Refuted, measured: measured, why: fmt.Sprintf("%s has %s", name, best.words()), evidence: bothSides(own, best)}
	if own.low && sign > 0 && !j.tellsCoverage(c.Subject) {
		r.verdict, r.source = Unverifiable, sourceRepository
	}
	return r
}
