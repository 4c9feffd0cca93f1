package judge

import (
	"cmp"
	"slices"

	"assay/internal/finding/quantity"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
)

// number judges a number. In a text it may be of any figure that its property has, and is
// looked at again where it holds of none: what holds in another reading is not wrong.
func (j *Judge) number(c *claim.Claim) Ruling {
	all, source := j.figures(c)
	if len(all) == 0 {
		r := unverifiable(source, "")
		if source == SourceRepository && c.Subject.Sort == claim.OfAll {
			r.Source, r.Why = sourceAuthor, "no project is named" // and nothing of it is summed
		}
		return r
	}
	truths := j.truths(c, all)
	f := all[telling(truths)]
	r := Ruling{Verdict: verdictOf(c, truths), Measured: f.words(), Evidence: f.evidence}
	switch {
	case c.Strict:
		return j.literally(c, f, r)
	case r.Verdict == Confirmed:
		return r
	case r.Verdict == Unverifiable && (c.Num.Fits(f.value) || c.Is("adopters", "maintainers")):
		return j.leftOpen(c, f, r)
	}
	if x, ok := j.otherReading(c, all); ok {
		if r.Verdict, r.Why = Ambiguous, x.text; x.evidence != nil {
			r.Evidence = x.evidence
		}
		return r
	}
	if r.Verdict == Unverifiable {
		if r = j.leftOpen(c, f, r); f.strict || c.Num.Bound.Bounds() {
			return r
		}
	}
	r.Mended, r.Likely = f.value, j.isLikely(c, all)
	j.explain(c, &r)
	if c.Is("share") && j.isShareOfOther(c) {
		r.Mended = nil // the language beside it may be what is wrong
	}
	return r
}

// literally finishes the ruling on a number that is data.
func (j *Judge) literally(c *claim.Claim, f figure, r Ruling) Ruling {
	switch {
	case r.Verdict == Unverifiable && !f.can.exact():
		return j.leftOpen(c, f, r)
	case r.Verdict == Unverifiable:
		r.Source, r.Why = "which of several figures is meant", "it holds of one of them"
	case r.Verdict == Refuted && !c.Negated && c.Num.Bound != claim.About && !c.Num.Bound.Bounds() && c.Num.Bound != claim.Over && c.Num.Bound != claim.Under:
		j.explain(c, &r)
	}
	return r
}

// leftOpen says what was not read for a figure.
func (j *Judge) leftOpen(c *claim.Claim, f figure, r Ruling) Ruling {
	r.Source, r.Why = SourceRepository, cmp.Or(f.open, j.unreadOf(c.Subject), "in what was read")
	return r
}

// truths are whether a number holds of each of the figures that it may be of.
func (j *Judge) truths(c *claim.Claim, all []figure) []quantity.Truth {
	reach, truths := c.Num.Reach(), make([]quantity.Truth, len(all))
	read := c.Read || !c.Strict && !c.Num.Bound.Bounds() && j.OfRead(c)
	for i, f := range all {
		if read {
			f.can = exactly(f.value)
		}
		truths[i] = truth(reach, f.can)
	}
	return truths
}

// verdictOf is that on a claim that may be of several figures, of each of which it
// holds, may hold or does not. It is right where it holds of one. What denies it is right
// where it holds of none, and wrong where it holds of all, or of one that stands beside
// others.
func verdictOf(c *claim.Claim, truths []quantity.Truth) Verdict {
	one, all := quantity.Any(truths...), quantity.All(truths...)
	switch {
	case !c.Negated && one == quantity.Yes, c.Negated && one == quantity.No:
		return Confirmed
	case !c.Negated && one == quantity.No, c.Negated && (all == quantity.Yes || c.Property.Many && one == quantity.Yes):
		return Refuted
	}
	return Unverifiable
}

// telling is which of several figures tells most: the first of which the claim holds, else
// may hold.
func telling(truths []quantity.Truth) int {
	for _, want := range []quantity.Truth{quantity.Yes, quantity.Perhaps} {
		if i := slices.Index(truths, want); i >= 0 {
			return i
		}
	}
	return 0
}

// isLikely reports whether the first of the figures that a number may be is not
// exactly what has to stand there: another may be meant, more may be in what was
// not read, or the number is about so many.
func (j *Judge) isLikely(c *claim.Claim, all []figure) bool {
	f := all[0]
	switch {
	case slices.ContainsFunc(all[1:], func(o figure) bool { return o.value != f.value }):
		return true
	case !f.can.exact() && !j.OfRead(c):
		return true
	}
	return c.Num.Bound != claim.Exactly && !(c.Num.Bound == claim.Under && f.unit == "%")
}

// isShareOfOther reports whether a share is that of another language of the project than
// the one it names.
func (j *Judge) isShareOfOther(c *claim.Claim) bool {
	p := j.Project(c.Subject)
	if p == nil || c.Of == "" || c.Subject.Sort != claim.OfProject {
		return false
	}
	for _, l := range p.Languages {
		if l.Language != c.Of && c.Num.Fits(100*l.Share) && !j.tells(point{c.Subject.Sort, c.Subject.ID, "share", l.Language}, 100*l.Share) {
			return true
		}
	}
	return false
}

// with is the claim as if it were of another property, subject or scope.
func with(c *claim.Claim, p *property.Property, of string, s claim.Subject, scope string) *claim.Claim {
	o := *c
	o.Property, o.Of, o.Subject, o.Scope = p, of, s, scope
	return &o
}
