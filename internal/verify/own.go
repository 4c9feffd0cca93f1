package verify

import (
	"context"
	"slices"
	"strings"

	"assay/internal/finding"
	"assay/internal/finding/health"
	"assay/internal/finding/usage"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// This file recognises the sentences of our own reports by writing the report of the
// day anew: a text that stands there in the same place, word for word but for its
// figures, has the figures that stand there. No rule has to read such a text.

// twins are the texts of the reports that were written anew: by where they stand and
// their words without figures, and by where they stand alone.
type twins struct {
	byKey, byPlace map[string][]*page.Text
	sources        [][]byte // the reports
}

// twinsOf are the twins that a page may have; nil for a text that is no report of ours.
func twinsOf(ctx context.Context, p *page.Page, opts Options) (*twins, error) {
	if opts.Own == nil || !titledAsOwn(p) {
		return nil, nil
	}
	sources, err := opts.Own(ctx)
	if err != nil {
		return nil, err
	}
	t := &twins{byKey: map[string][]*page.Text{}, byPlace: map[string][]*page.Text{}, sources: sources}
	for _, source := range sources {
		fresh, err := page.Read(source)
		if err != nil {
			return nil, err
		}
		for i := range fresh.Blocks {
			eachText(&fresh.Blocks[i], func(place string, text *page.Text) {
				key := place + skeleton(text.S)
				t.byKey[key] = append(t.byKey[key], text)
				t.byPlace[place] = append(t.byPlace[place], text)
			})
		}
	}
	if !t.writtenByUs(p) {
		return nil, nil
	}
	return t, nil
}

// writtenByUs reports whether most texts of a page that have figures are in our report,
// but for the figures: other people's reports may have the same title, and mean by a
// plain number all there is, and not what was read.
func (t *twins) writtenByUs(p *page.Page) bool {
	ours, all := 0, 0
	for i := range p.Blocks {
		eachText(&p.Blocks[i], func(place string, text *page.Text) {
			if bare := skeleton(text.S); bare != text.S {
				all++
				if len(t.byKey[place+bare]) > 0 {
					ours++
				}
			}
		})
	}
	return 2*ours > all
}

// titledAsOwn reports whether the title of a page is as those of our reports.
func titledAsOwn(p *page.Page) bool {
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Form == page.Heading {
			return titleIn.MatchString(b.Text.S)
		}
	}
	return false
}

// eachText gives the texts of a block with where they stand.
func eachText(b *page.Block, give func(place string, text *page.Text)) {
	place := placeKey(b)
	if b.Form != page.Row {
		give(place, &b.Text)
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
		give(strings.Join([]string{place, head, first, ""}, "\x00"), &b.Cells[i])
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

// noteMark is how a note begins in one flavour of Markdown, and not in others.
var noteMark = lazyregexp.New(`^\[![A-Z]+\] (?:[\pL ]+\. )?`)

// skeleton is a text without its figures.
func skeleton(s string) string {
	return figureRun.ReplaceAllString(noteMark.ReplaceAllString(s, ""), "#")
}

// find is the twin of a text: one that is the same, or the only one that is the same but
// for its figures.
func (t *twins) find(place string, text *page.Text) *page.Text {
	var different *page.Text
	for _, twin := range t.byKey[place+skeleton(text.S)] {
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

// nearTexts is how many texts of a place are looked at for one that is like another.
const nearTexts = 64

// near is the only twin of a text that differs from it by one word of the facts, and
// where: the name of a project or repository, a class, a level, a unit.
func (t *twins) near(place string, text *page.Text, row bool, known func(string) bool) (twin *page.Text, from, to int) {
	const likeness = 24 // bytes that texts share which are not cells in one place
	alike := likeness
	if row {
		alike = 0
	}
	for _, other := range t.byPlace[place][:min(nearTexts, len(t.byPlace[place]))] {
		a, b := difference(text.S, other.S)
		same := len(text.S) - (a.To - a.From)
		if a.From >= a.To || b.From >= b.To || same < alike || skeleton(text.S) == skeleton(other.S) {
			continue
		}
		if text.Of(a) == other.Of(b) || !known(text.Of(a)) || !known(other.Of(b)) {
			continue
		}
		if twin != nil && twin.S != other.S {
			return nil, 0, 0
		}
		twin, from, to = other, a.From, a.To
	}
	return twin, from, to
}

// difference is where two texts differ, in whole words.
func difference(a, b string) (inA, inB page.Span) {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	k := 0
	for k < len(a)-n && k < len(b)-n && a[len(a)-1-k] == b[len(b)-1-k] {
		k++
	}
	for n > 0 && isWord(a[n-1]) {
		n--
	}
	for k > 0 && isWord(a[len(a)-k]) {
		k--
	}
	return page.Span{From: n, To: len(a) - k}, page.Span{From: n, To: len(b) - k}
}

func isWord(c byte) bool { return c != ' ' && c != ',' && c != ';' && c != '(' && c != ')' && c != ':' }

// ofFacts reports whether words are such that the facts have: then another in their
// place is wrong, and not merely put otherwise.
func (d *document) ofFacts(words string) bool {
	if _, ok := d.names.Exact(words); ok || strings.Contains(words, "/") && !strings.Contains(words, " ") || health.Level(words).Rank() >= 0 {
		return true
	}
	_, err := usage.ParseClass(strings.TrimRight(words, "+?"))
	return err == nil || units[words] || maturities[strings.ToLower(words)]
}

// maturities are the levels of maturity as reports name them.
var maturities = map[string]bool{"graduated": true, "incubating": true, "sandbox": true, "archived": true}

// units are the words of our reports for what is counted.
var units = map[string]bool{"bytes": true, "byte": true, "lines": true, "lines of code": true, "line of code": true, "files": true, "lines of comment": true}

// own takes the texts that have a twin: their figures are right where they are those of
// the twin, and wrong where they are not.
func (d *document) own(t *twins) {
	if t == nil {
		return
	}
	r, reading := d.result, d.reading
	judged, known := map[*page.Text][]int{}, map[*page.Text]bool{}
	for i := range reading.Claims {
		judged[reading.Claims[i].Text] = append(judged[reading.Claims[i].Text], i)
	}
	var added []Claim
	for i := range d.page.Blocks {
		b := &d.page.Blocks[i]
		if b.Form == page.Heading {
			continue
		}
		eachText(b, func(place string, text *page.Text) {
			if twin := t.find(place, text); twin != nil {
				known[text] = true
				added = append(added, d.compared(b, text, twin, judged[text])...)
			} else if twin, from, to := t.near(place, text, b.Form == page.Row, d.ofFacts); twin != nil {
				known[text] = true
				added = append(added, d.another(b, text, twin, page.Span{From: from, To: to}))
			}
		})
	}
	r.Claims = append(r.Claims, added...)
	reading.Doubts = slices.DeleteFunc(reading.Doubts, func(d claim.Doubt) bool { return known[d.Text] })
	reading.Unread = slices.DeleteFunc(reading.Unread, func(u claim.Place) bool { return known[u.Text] })
}

// excused takes away the findings on the whole that the report of the day has as well:
// they say nothing against a report that is written as it is.
func (r *Result) excused(ctx context.Context, t *twins, facts finding.Facts, f *usage.Findings, opts Options) error {
	if t == nil || len(r.Findings) == 0 {
		return nil
	}
	opts.Own = nil
	told := map[string]bool{}
	for _, source := range t.sources {
		fresh, err := Read(source)
		if err != nil {
			return err
		}
		of, err := fresh.Check(ctx, facts, f, opts)
		if err != nil {
			return err
		}
		for i := range of.Findings {
			told[of.Findings[i].Kind+skeleton(of.Findings[i].Text)] = true // lines are numbered otherwise
		}
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(x Finding) bool { return told[x.Kind+skeleton(x.Text)] })
	return nil
}

// another is the claim on a word for which the report of the day has another.
func (d *document) another(b *page.Block, text, twin *page.Text, at page.Span) Claim {
	_, right := difference(text.S, twin.S)
	c := Claim{
		Place: placeOf(d.page, text.Source(at)), Kind: claim.Figure, Section: b.Titles(), Quote: text.Of(at), Claimed: text.Of(at),
		Measured: twin.Of(right), Verdict: Refuted, Why: "the report of the day says " + twin.Of(right),
	}
	c.Suggestion = &Edit{Offset: c.Offset, End: c.End, Text: twin.Of(right)}
	return c
}

// compared settles the claims of a text by its twin, and gives claims on the figures
// that have none.
func (d *document) compared(b *page.Block, text, twin *page.Text, claims []int) []Claim {
	r, p := d.result, d.page
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
					c.refute(at, right, d.reading.Claims[i].Cell)
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
			c.refute(at, right, d.isCell(text, span))
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

// isCell reports whether a figure that is in no claim stands in a cell or property with a
// known label: a statement there was in doubt.
func (d *document) isCell(text *page.Text, s page.Span) bool {
	return slices.ContainsFunc(d.reading.Doubts, func(x claim.Doubt) bool { return x.Text == text && x.Cell && x.From < s.To && s.From < x.To })
}

// refute makes a claim wrong where the report of the day has another figure.
func (c *Claim) refute(at Place, right string, cell bool) {
	if !c.Verdict.Wrong() {
		c.Verdict, c.Why, c.Source = Refuted, "the report of the day says "+right, ""
	}
	edit := &Edit{Offset: at.Offset, End: at.End, Text: right}
	if c.Edit, c.Suggestion = nil, edit; cell {
		c.Edit, c.Suggestion = edit, nil
	}
}
