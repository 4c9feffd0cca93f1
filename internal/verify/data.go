package verify

import (
	"context"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
	"assay/internal/verify/property"
	"assay/internal/verify/stated"
)

// This file judges claims that are data. The judge is the one of texts, but nothing is
// likely here: a claim is refuted only where every figure that it may be of is outside of
// what it says.

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
	j := judge.New(facts, f, opts.Find, opts.Unnamed)
	asked, err := bind(ctx, cs.doc, j, opts.Aliases)
	if err != nil {
		return nil, err
	}
	r := &Result{
		Name: opts.Name, AsOf: facts.Survey.AsOf, AsOfWhy: opts.AsOfWhy, Language: j.Language, Landscape: facts.Survey.Landscape.Evidence,
		Claims: make([]Claim, 0, len(asked)), Findings: []Finding{},
	}
	for i := range asked {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if v := asked[i].claim.Property.Value; v.IsNumber() || v == property.Date {
			r.Figures, r.FiguresRead = r.Figures+1, r.FiguresRead+1
		}
		r.Claims = append(r.Claims, answerTo(j, cs.doc, &asked[i]))
	}
	return r, nil
}

// answerTo is a claim with its verdict.
func answerTo(j *judge.Judge, doc *stated.Document, a *asked) Claim {
	c := &a.claim
	r := judge.Ruling{Verdict: Unverifiable, Source: a.source, Why: "not checked: " + a.outside}
	if a.outside == "" {
		r = j.Judge(c)
	}
	out := Claim{ID: a.ID, Kind: c.Kind(), Quote: c.Quote(), Claimed: a.words()}
	out.Line, out.Column, out.Offset, out.End = doc.Place(a.Claim)
	out.tell(j, c, &r)
	if c.Level != "" && c.Subject.Sort == claim.OfAll {
		out.Subject = j.Name(claim.Subject{Sort: claim.OfLevel, ID: c.Level})
	}
	if out.Subject != "" {
		out.Section = []string{out.Subject}
	}
	return out
}
