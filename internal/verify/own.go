package verify

import (
	"context"
	"slices"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// This file recognises the sentences of our own reports by writing the report of the
// day anew: a text that stands there in the same place, word for word but for its
// figures, has the figures that stand there. No rule has to read such a text.

// twins are the texts of the reports that were written anew, by where they stand and
// their words without figures.
type twins struct{ byKey map[string][]*page.Text }

// ownTitle is the title of our own reports.
var ownTitle = titleIn

// twinsOf are the twins that a page may have; nil for a text that is no report of ours.
func (j *judge) twinsOf(ctx context.Context, p *page.Page, opts Options) (*twins, error) {
	if opts.Own == nil || !isOwn(p) {
		return nil, nil
	}
	sources, err := opts.Own(ctx)
	if err != nil {
		return nil, err
	}
	t := &twins{byKey: map[string][]*page.Text{}}
	for _, source := range sources {
		fresh, err := page.Read(source)
		if err != nil {
			return nil, err
		}
		for i := range fresh.Blocks {
			eachText(&fresh.Blocks[i], func(key string, text *page.Text) { t.byKey[key] = append(t.byKey[key], text) })
		}
	}
	return t, nil
}

// isOwn reports whether the title of a page is one of ours.
func isOwn(p *page.Page) bool {
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Form == page.Heading {
			return ownTitle.MatchString(b.Text.S)
		}
	}
	return false
}

// eachText gives the texts of a block with their keys.
func eachText(b *page.Block, give func(key string, text *page.Text)) {
	place := placeKey(b)
	if b.Form != page.Row {
		give(place+skeleton(b.Text.S), &b.Text)
		return
	}
	for i := range b.Cells {
		head, first := "", ""
		if b.Head != nil && i < len(b.Head.Cells) {
			head = b.Head.Cells[i].S
		}
		if i > 0 {
			first = b.Cells[0].S
		}
		give(strings.Join([]string{place, head, first, skeleton(b.Cells[i].S)}, "\x00"), &b.Cells[i])
	}
}

// placeKey is where a block stands: its form, and the headings above but for the title.
func placeKey(b *page.Block) string {
	key := []string{string(rune('a' + b.Form))}
	for _, h := range b.Section {
		if h.Level > 1 {
			key = append(key, skeleton(h.Text.S))
		}
	}
	return strings.Join(key, "\x00") + "\x00"
}

// figureRun is a figure of a text: digits and what joins them.
var figureRun = lazyregexp.New(`\d(?:[\d.,-]*\d)?`)

// skeleton is a text without its figures.
func skeleton(s string) string { return figureRun.ReplaceAllString(s, "#") }

// find is the twin of a text: one that is the same, or the only one that is the same but
// for its figures.
func (t *twins) find(key string, text *page.Text) *page.Text {
	all := t.byKey[key]
	var different *page.Text
	for _, twin := range all {
		if twin.S == text.S {
			return twin
		}
		if different != nil && different.S != twin.S {
			return nil // which one is meant is not certain
		}
		different = twin
	}
	return different
}

// own takes the texts that have a twin: their figures are right where they are those of
// the twin, and wrong where they are not.
func (r *Result) own(p *page.Page, t *twins, reading *claim.Reading) {
	if t == nil {
		return
	}
	judged, known := map[*page.Text][]int{}, map[*page.Text]bool{}
	for i := range reading.Claims {
		judged[reading.Claims[i].Text] = append(judged[reading.Claims[i].Text], i)
	}
	var added []Claim
	for i := range p.Blocks {
		b := &p.Blocks[i]
		eachText(b, func(key string, text *page.Text) {
			if twin := t.find(key, text); twin != nil && b.Form != page.Heading {
				known[text] = true
				added = append(added, r.compared(p, b, text, twin, judged[text])...)
			}
		})
	}
	r.Claims = append(r.Claims, added...)
	reading.Doubts = slices.DeleteFunc(reading.Doubts, func(d claim.Doubt) bool { return known[d.Text] })
	reading.Unread = slices.DeleteFunc(reading.Unread, func(u claim.Place) bool { return known[u.Text] })
}

// compared settles the claims of a text by its twin, and gives claims on the figures
// that have none.
func (r *Result) compared(p *page.Page, b *page.Block, text, twin *page.Text, claims []int) []Claim {
	var added []Claim
	wrong := map[int]bool{}
	theirs, ours := figureRun.FindAllStringIndex(text.S, -1), figureRun.FindAllStringIndex(twin.S, -1)
	for n := range theirs {
		span := page.Span{From: theirs[n][0], To: theirs[n][1]}
		said, right := text.Of(span), twin.S[ours[n][0]:ours[n][1]]
		at := placeOf(p, text.Source(span))
		covered := false
		for _, i := range claims {
			c := &r.Claims[i]
			if c.Offset < at.End && at.Offset < c.End {
				covered = true
				if said != right {
					wrong[i] = true
					c.refute(at, right)
				}
			}
		}
		if covered || at.Offset >= at.End {
			continue
		}
		c := Claim{
			Place: at, Kind: claim.Figure, Section: b.Titles(), Quote: said, Claimed: said, Measured: right, Verdict: Confirmed,
			Why: "as the report of the day says",
		}
		if said != right {
			c.refute(at, right)
		}
		added = append(added, c)
	}
	for _, i := range claims {
		if c := &r.Claims[i]; !wrong[i] && c.Verdict != Subjective {
			c.Verdict, c.Why, c.Hypothesis, c.Source, c.Edit, c.Suggestion = Confirmed, "as the report of the day says", nil, "", nil, nil
		}
	}
	return added
}

// refute makes a claim wrong where the report of the day has another figure.
func (c *Claim) refute(at Place, right string) {
	if c.Verdict == Refuted || c.Verdict == Outdated {
		return // what is known of it says more
	}
	c.Verdict, c.Why = Refuted, "the report of the day says "+right
	c.Source, c.Edit, c.Suggestion = "", &Edit{Offset: at.Offset, End: at.End, Text: right}, nil
}
