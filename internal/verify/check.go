package verify

import (
	"cmp"
	"context"
	"slices"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// Options say how a report is checked.
type Options struct {
	// Name of the report in the result: its path.
	Name string
	// AsOfWhy says why the facts are of their day.
	AsOfWhy string
	// Aliases are further names of projects, by identifier.
	Aliases map[string][]string
	// Unnamed: no language is named, neither by the report nor by who asks. What
	// depends on one is then told by Find, where a statement names its own, or not
	// at all; the findings given serve for the rest, whatever their language.
	Unnamed bool
	// Own writes the report of the day anew, in its details; nil where it cannot be. A
	// report of ours is held against it, text by text.
	Own func(context.Context) ([][]byte, error)
	// Find gives the findings on another language; nil where there are none.
	Find func(language string) (*usage.Findings, error)
}

// A Report is a text to hold against facts, parsed once.
type Report struct{ page *page.Page }

// Read parses a report. It fails with errkind.Limit when the text is too large to
// be one, or says too much.
func Read(source []byte) (*Report, error) {
	p, err := page.Read(source)
	if err != nil {
		return nil, err
	}
	if err := claim.Bounded(p); err != nil {
		return nil, err
	}
	return &Report{p}, nil
}

// Check holds the report against findings and the facts they were made from. It
// fails with errkind.Limit where the report says too much, and when ctx ends.
func (rep *Report) Check(ctx context.Context, facts finding.Facts, f *usage.Findings, opts Options) (*Result, error) {
	p := rep.page
	j, names, reading, err := rep.read(ctx, facts, f, opts)
	if err != nil {
		return nil, err
	}
	own, err := twinsOf(ctx, p, opts)
	if err != nil {
		return nil, err
	}
	r := &Result{
		Name: opts.Name, AsOf: facts.Survey.AsOf, AsOfWhy: opts.AsOfWhy, Language: j.Language, Landscape: facts.Survey.Landscape.Evidence,
		Claims: make([]Claim, 0, len(reading.Claims)), Findings: []Finding{}, Figures: reading.Figures,
	}
	if err := r.rule(ctx, j, p, reading); err != nil {
		return nil, err
	}
	d := document{page: p, judge: j, reading: reading, result: r, names: names, titled: rep.titled(j.Language)}
	doubtRows(reading, r)
	d.own(own)
	r.leave(p, reading)
	d.check()
	if err := r.excused(ctx, own, facts, f, opts); err != nil {
		return nil, err
	}
	byOffset := func(a, b Place) int { return cmp.Or(a.Offset-b.Offset, a.End-b.End) }
	slices.SortStableFunc(r.Claims, func(a, b Claim) int { return byOffset(a.Place, b.Place) })
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return a.Offset - b.Offset })
	return r, nil
}

// rule gives the claims of a reading their verdicts. Those that may be about something
// else, and do not hold, go to the doubts: the claims of the reading and of the result
// are then the same, in one order.
func (r *Result) rule(ctx context.Context, j *judge.Judge, p *page.Page, reading *claim.Reading) error {
	past := ofPast(p)
	var kept []claim.Claim
	for i := range reading.Claims {
		if err := ctx.Err(); err != nil {
			return err
		}
		c := &reading.Claims[i]
		ruling := j.Judge(c)
		if c.Loose != "" && ruling.Verdict != Confirmed {
			reading.Doubts = append(reading.Doubts, claim.Doubt{Claim: *c, Why: c.Loose})
			continue
		}
		r.Claims, kept = append(r.Claims, ruled(j, p, c, &ruling, past)), append(kept, *c)
	}
	reading.Claims = kept
	return nil
}

// leave tells what was not checked and not read.
func (r *Result) leave(p *page.Page, reading *claim.Reading) {
	slices.SortStableFunc(reading.Doubts, func(a, b claim.Doubt) int { return a.Source().From - b.Source().From })
	for i := range reading.Doubts {
		d := &reading.Doubts[i]
		at := d.Source()
		r.Unchecked = append(r.Unchecked, Unchecked{placeOf(p, at), string(p.Source[at.From:at.To]), d.Why})
	}
	r.FiguresRead = reading.Figures - len(reading.Unread)
	for _, u := range reading.Unread {
		r.Unread = append(r.Unread, placeOf(p, u.Text.Source(u.Span)))
	}
}

// read takes the claims out of the report, and gives the judge of them, who knows all
// that it says.
func (rep *Report) read(ctx context.Context, facts finding.Facts, f *usage.Findings, opts Options) (*judge.Judge, *claim.Names, *claim.Reading, error) {
	names, j := namesOf(f, opts.Aliases), judge.New(facts, f, opts.Find, opts.Unnamed)
	reading, err := claim.Read(ctx, rep.page, claim.Options{Names: names, Language: j.Language, Languages: languagesOf(f), AsOf: string(facts.Survey.AsOf)})
	if err != nil {
		return nil, nil, nil, err
	}
	j.Collect(reading.Claims)
	return j, names, reading, nil
}

func placeOf(p *page.Page, s page.Span) Place {
	line, column := p.Position(s.From)
	return Place{Line: line, Column: column, Offset: s.From, End: s.To}
}

// ruled is a claim with its verdict; past says that the report is of the past.
func ruled(j *judge.Judge, p *page.Page, c *claim.Claim, r *judge.Ruling, past bool) Claim {
	at := c.Source()
	out := Claim{
		Place: placeOf(p, at), Kind: c.Kind(), Section: c.Block.Titles(), Quote: string(p.Source[at.From:at.To]), Claimed: c.Quote(),
	}
	out.tell(j, c, r)
	if !c.Property.Value.IsNumber() && c.Property.Value != property.Date {
		out.Claimed = c.Word
	}
	out.History = past || underPast(out.Section)
	out.mend(p, c, r)
	return out
}

// tell gives a claim what its ruling says.
func (c *Claim) tell(j *judge.Judge, read *claim.Claim, r *judge.Ruling) {
	c.Subject, c.Verdict, c.Measured, c.Why = j.Name(read.Subject), r.Verdict, r.Measured, r.Why
	c.Hypothesis, c.Source, c.Evidence = r.Hypothesis, r.Source, dedupe(r.Evidence)
	if c.Why == c.Measured {
		c.Why = "" // said already
	}
}

func dedupe(all []fact.Evidence) []fact.Evidence {
	var out []fact.Evidence
	for _, e := range all {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}
