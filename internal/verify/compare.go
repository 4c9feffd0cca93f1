package verify

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
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
	can, cannot := j.mayCompare(c, field, a, b)
	switch {
	case can && !cannot:
		r.verdict, r.why = Confirmed, ""
	case can:
		r.verdict, r.source = Unverifiable, sourceRepository
		r.why = joined("; ", j.unreadOf(c.Subject), j.unreadOf(c.Than))
	}
	return r
}

// mayCompare reports whether what is said of two figures can be true, and whether it
// can be false, given what was not read.
func (j *judge) mayCompare(c *claim.Claim, field string, a, b measure) (can, cannot bool) {
	ofRead := j.isOfRead(c) && j.isOfRead(with(c, field, c.Than, ""))
	x, y := j.rangeOf(c, field, c.Subject, a, ofRead), j.rangeOf(c, field, c.Than, b, ofRead)
	if timesWord.MatchString(c.Word) && (x.from != x.to || y.from != y.to) {
		return true, true
	}
	for _, v := range []float64{x.from, x.to} {
		for _, w := range []float64{y.from, y.to} {
			if compares(c.Word, v, w) {
				can = true
			} else {
				cannot = true
			}
		}
	}
	return can, cannot
}

// joined joins the texts that are not empty.
func joined(by string, all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), by)
}

// bothSides is the evidence of two figures, the first of each.
func bothSides(a, b measure) []fact.Evidence {
	const few = 3
	return slices.Concat(a.evidence[:min(few, len(a.evidence))], b.evidence[:min(few, len(b.evidence))])
}

var timesWord = lazyregexp.New(`\b(twice|double|three times|triple|four times|half)\b`)

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
	ofRead := j.ofAllRead(c)
	place := ranking{least: c.Word == "least", own: j.rangeOf(c, field, c.Subject, own, ofRead)}
	var best measure
	name := ""
	for i := range j.f.Projects {
		p := &j.f.Projects[i]
		if p.ID == c.Subject.ID {
			continue
		}
		s := claim.Subject{Sort: claim.OfProject, ID: p.ID}
		m, known := j.figure(c, field, s)
		if uses := p.Class.Uses(); known && uses && place.beats(m.value, own.value) && (name == "" || place.beats(m.value, best.value)) {
			best, name = m, p.Name
		}
		place.add(p, j.rangeOf(c, field, s, m, ofRead), known, ofRead)
	}
	measured := fmt.Sprintf("%s; of %s that use %s", own.words(), words.Amount(place.others+1, "project"), j.language)
	switch {
	case place.beaten:
		return ruling{verdict: Refuted, measured: measured, why: fmt.Sprintf("%s has %s", name, best.words()), evidence: bothSides(own, best)}
	case len(place.open) > 0:
		r := unverifiable(sourceRepository, "%s", openWords(place.open))
		r.measured, r.evidence = measured, own.evidence
		return r
	case name != "": // what was not read of the project itself could be more
		return notRead(j.project(c.Subject), measured, own.evidence)
	}
	return ruling{verdict: Confirmed, measured: measured, evidence: own.evidence}
}
