package verify

import (
	"context"
	"fmt"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// This file judges claims that are data. The judge is the one of texts; what a text says
// beside a value, a claim that is data says itself. Nothing is likely here: a claim is
// refuted only where every figure that it may be of is outside of what it says.

// Claims are claims as data, to hold against facts.
type Claims struct{ doc *stated.Document }

// ReadClaims reads a document of claims. It fails for what is no document, or too
// much; a document with mistakes fails when it is checked, or by [Claims.Err].
func ReadClaims(source []byte) (*Claims, error) {
	doc, err := stated.Read(source)
	if err != nil {
		return nil, err
	}
	return &Claims{doc}, nil
}

// Err tells the mistakes that need no facts to be seen: a *stated.FaultsError within; nil for
// none.
func (cs *Claims) Err() error { return cs.doc.Err() }

// Day is the day that the claims are of, and where they say so; "" where they do not.
func (cs *Claims) Day() (day fact.Date, where string) {
	if cs.doc.AsOf == "" {
		return "", ""
	}
	return fact.Date(cs.doc.AsOf), "as_of says " + cs.doc.AsOf
}

// Language is that of the claims which name none; "" for none.
func (cs *Claims) Language() string { return cs.doc.Language }

// Limited is false: claims do not say of how many projects a survey was.
func (cs *Claims) Limited() bool { return false }

// Check holds the claims against findings and the facts they were made from. It fails
// with errkind.Input, and judges nothing, where one of them has a mistake: then all
// mistakes are told. It fails when ctx ends.
func (cs *Claims) Check(ctx context.Context, facts finding.Facts, f *usage.Findings, opts Options) (*Result, error) {
	j := newJudge(facts, f)
	j.others = &others{opts.Find, map[string]*judge{}}
	if opts.Unnamed {
		j.unname(opts.Find)
	}
	asked, err := bind(ctx, cs.doc, j, opts.Aliases)
	if err != nil {
		return nil, err
	}
	r := &Result{
		Name: opts.Name, AsOf: facts.Survey.AsOf, AsOfWhy: opts.AsOfWhy, Language: j.language, Landscape: facts.Survey.Landscape.Evidence,
		Claims: make([]Claim, 0, len(asked)), Findings: []Finding{},
	}
	for i := range asked {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if asked[i].claim.Form == claim.Numeric || asked[i].claim.Form == claim.Dated {
			r.Figures, r.FiguresRead = r.Figures+1, r.FiguresRead+1
		}
		r.Claims = append(r.Claims, j.answered(cs.doc, &asked[i]))
	}
	return r, nil
}

// An asked is a claim that is data, and what it is for the judge.
type asked struct {
	*stated.Claim

	property *property.Property
	claim    claim.Claim
	// outside says why the facts do not reach it, and source what would tell; "" where
	// they do.
	outside, source string
}

// answered is a claim with its verdict.
func (j *judge) answered(doc *stated.Document, a *asked) Claim {
	ruling := j.answer(a)
	c := &a.claim
	out := Claim{
		ID: a.ID, Kind: c.Kind, Subject: j.name(c.Subject), Quote: c.Quote(), Claimed: a.words(), Measured: ruling.measured,
		Verdict: ruling.verdict, Why: ruling.why, Hypothesis: ruling.hypothesis, Source: ruling.source, Evidence: dedupe(ruling.evidence),
	}
	out.Line, out.Column, out.Offset, out.End = doc.Place(a.Claim)
	if c.Level != "" && c.Subject.Sort == claim.OfAll {
		out.Subject = j.name(claim.Subject{Sort: claim.OfLevel, ID: c.Level})
	}
	if out.Subject != "" {
		out.Section = []string{out.Subject}
	}
	if out.Why == out.Measured {
		out.Why = "" // said already
	}
	return out
}

// answer is the ruling on a claim.
func (j *judge) answer(a *asked) ruling {
	if a.outside != "" {
		return unverifiable(a.source, "not checked: %s", a.outside)
	}
	k := j.speaker(a)
	if k == nil {
		return unverifiable(sourceLanguage, "not checked: nothing is known of %s", a.claim.Language)
	}
	c := &a.claim
	if k.language == "" && k.needsLanguage(c) {
		return unverifiable(sourceLanguage, "not checked: the claim names no language")
	}
	switch {
	case c.Form == claim.Numeric:
		return k.ofNumber(a)
	case c.Form == claim.Dated:
		return k.ofDay(a)
	}
	r := k.judge(c)
	if a.Negated {
		return denied(r)
	}
	return r
}

// speaker is the judge for the language of a claim; nil where there is none.
func (j *judge) speaker(a *asked) *judge {
	if language := a.claim.Language; language != "" && language != j.language {
		return j.in(language)
	}
	return j
}

// denied is the ruling on what denies another claim: what was once so is not so now.
func denied(r ruling) ruling {
	r.hypothesis = nil
	switch r.verdict {
	case Confirmed:
		r.verdict = Refuted
		if r.why == "" {
			r.why = "it is so"
		}
	case Refuted, Outdated:
		r.verdict = Confirmed
	}
	return r
}

// verdictOf is that on a claim that may be of several figures, of each of which it
// holds, may hold or does not. It is right where it holds of one. What denies it is right
// where it holds of none, and wrong where it holds of all, or of one that stands beside
// others.
func verdictOf(a *asked, truths []quantity.Truth) Verdict {
	one, all := quantity.Any(truths...), quantity.All(truths...)
	switch {
	case !a.Negated && one == quantity.Yes, a.Negated && one == quantity.No:
		return Confirmed
	case !a.Negated && one == quantity.No, a.Negated && (all == quantity.Yes || a.property.Many && one == quantity.Yes):
		return Refuted
	}
	return Unverifiable
}

// telling is which of several figures tells most: the first of which the claim holds, else
// may hold.
func telling(truths []quantity.Truth) int {
	for _, want := range []quantity.Truth{quantity.Yes, quantity.Perhaps} {
		for i, t := range truths {
			if t == want {
				return i
			}
		}
	}
	return 0
}

// ofNumber is the ruling on a number.
func (j *judge) ofNumber(a *asked) ruling {
	c := &a.claim
	all, source := j.measures(c)
	j.limit(c, all)
	if len(all) == 0 {
		return unverifiable(source, "")
	}
	reach := reachOf(a.Claim, a.property.Value == property.Percent)
	truths := make([]quantity.Truth, len(all))
	for i, m := range all {
		can := bounds{m.value, m.value}
		if m.can != nil && !a.Read {
			can = *m.can
		}
		truths[i] = reach.truth(can)
	}
	m := all[telling(truths)]
	r := ruling{verdict: verdictOf(a, truths), measured: m.words(), evidence: m.evidence}
	switch {
	case r.verdict == Unverifiable && m.can != nil:
		r.source, r.why = sourceRepository, m.unread
	case r.verdict == Unverifiable:
		r.source, r.why = "which of several figures is meant", "it holds of one of them"
	case r.verdict == Refuted && !a.Negated && a.Bound != stated.About && !c.Num.Bound.Bounds():
		j.explain(c, &r)
	}
	return r
}

// ofDay is the ruling on a date.
func (j *judge) ofDay(a *asked) ruling {
	c := &a.claim
	all, source := j.days(c)
	if len(all) == 0 {
		return unverifiable(source, "")
	}
	said := spanOf(a.Claim)
	truths := make([]quantity.Truth, len(all))
	for i, d := range all {
		can := daysIn(d.day)
		if possible := j.possibleDays(c, d); !a.Read && possible.from != possible.to {
			can = possible
		}
		truths[i] = said.truth(can)
	}
	d := all[telling(truths)]
	r := ruling{verdict: verdictOf(a, truths), measured: string(d.day), evidence: d.evidence}
	switch r.verdict {
	case Unverifiable:
		r.source, r.why = sourceRepository, fmt.Sprintf("%s is of %s in what was read", d.about, d.day)
		if p := j.project(c.Subject); p != nil && isOpen(p) {
			r.why += "; " + unreadWords(p)
		}
	case Refuted:
		if r.why = fmt.Sprintf("%s is %s", d.about, d.day); !a.Negated && c.Day.Bound == claim.Exactly {
			j.explainDay(c, &r)
		}
	}
	return r
}
