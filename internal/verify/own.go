package verify

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding"
	"assay/internal/finding/health"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/page"
)

// This file recognises the sentences of our own reports by writing the report of the
// day anew: a text that stands there in the same place, word for word but for its
// figures, has the figures that stand there. No rule has to read such a text.

// twins are the texts of the reports that were written anew.
type twins struct {
	sources [][]byte // the reports
	reports []layout
	page    layout // what is held against them
	// byKey are the texts of all reports, by where they stand and their words without figures.
	byKey map[string][]*page.Text
	// count is how often a text stands in one place of a report, at most, and inPage how
	// often it stands there in the page.
	count, inPage map[string]int
}

// A layout is the texts of a page by where they stand, in order.
type layout map[string][]*page.Text

func layoutOf(p *page.Page) layout {
	l := layout{}
	for i := range p.Blocks {
		eachText(&p.Blocks[i], asWritten, func(place string, text *page.Text) { l[place] = append(l[place], text) })
	}
	return l
}

// counted is how often each text stands in one place.
func (l layout) counted() map[string]int {
	n := map[string]int{}
	for place, texts := range l {
		for _, text := range texts {
			n[place+text.S]++
		}
	}
	return n
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
	t := &twins{sources: sources, page: layoutOf(p), byKey: map[string][]*page.Text{}, count: map[string]int{}}
	t.inPage = t.page.counted()
	for _, source := range sources {
		fresh, err := page.Read(source)
		if err != nil {
			return nil, err
		}
		t.add(layoutOf(fresh))
	}
	if !t.writtenByUs() {
		return nil, nil
	}
	return t, nil
}

func (t *twins) add(report layout) {
	t.reports = append(t.reports, report)
	for place, texts := range report {
		for _, text := range texts {
			key := place + skeleton(text.S)
			t.byKey[key] = append(t.byKey[key], text)
		}
	}
	for text, n := range report.counted() {
		t.count[text] = max(t.count[text], n)
	}
}

// writtenByUs reports whether most texts of a page that have figures are in our report,
// but for the figures: other people's reports may have the same title, and mean by a
// plain number all there is, and not what was read.
func (t *twins) writtenByUs() bool {
	ours, all := 0, 0
	for place, texts := range t.page {
		for _, text := range texts {
			if bare := skeleton(text.S); bare != text.S {
				all++
				if len(t.byKey[place+bare]) > 0 {
					ours++
				}
			}
		}
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

// asWritten names a row by its first cell as it is.
func asWritten(_ string, first *page.Text) string { return first.S }

// eachText gives the texts of a block with where they stand: the cells of a row by the
// head above them, and by the name that the first of the row has.
func eachText(b *page.Block, named func(place string, first *page.Text) string, give func(place string, text *page.Text)) {
	place := placeKey(b)
	if b.Form != page.Row {
		give(place, &b.Text)
		return
	}
	first := ""
	for i := range b.Cells {
		head := ""
		if b.Head != nil && i < len(b.Head.Cells) {
			head = b.Head.Cells[i].S
		}
		at := strings.Join([]string{place, head, first, ""}, "\x00")
		if i == 0 {
			first = named(at, &b.Cells[i])
		}
		give(at, &b.Cells[i])
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

// find is the twin of a text, the i-th of its place: one that is the same; or what stands
// there in the report, or the only one in that place that the page does not have, where
// it is the same but for its figures, or for one word of the facts.
func (t *twins) find(place string, i int, text *page.Text, known func(string) bool) *page.Text {
	var there, all []*page.Text
	for _, report := range t.reports {
		if texts := report[place]; i < len(texts) && len(texts) == len(t.page[place]) {
			there = append(there, texts[i])
		}
		all = append(all, report[place][:min(nearTexts, len(report[place]))]...)
	}
	alike := t.byKey[place+skeleton(text.S)]
	if n := t.count[place+text.S]; n > 0 && (len(there) == 0 || n >= t.inPage[place+text.S]) {
		return only(alike, func(twin *page.Text) bool { return twin.S == text.S })
	}
	ofFigures := func(twin *page.Text) bool { return skeleton(twin.S) == skeleton(text.S) }
	ofWords := func(twin *page.Text) bool { return differInWord(text, twin, known) }
	missing := func(fits func(*page.Text) bool) func(*page.Text) bool {
		return func(twin *page.Text) bool { return t.inPage[place+twin.S] == 0 && fits(twin) }
	}
	return cmp.Or(only(there, ofFigures), only(there, ofWords), only(alike, missing(ofFigures)), only(all, missing(ofWords)))
}

// only is the text that fits, nil where texts that are not the same do.
func only(texts []*page.Text, fits func(*page.Text) bool) *page.Text {
	var found *page.Text
	for _, text := range texts {
		switch {
		case !fits(text):
		case found != nil && found.S != text.S:
			return nil // which one is meant is not certain
		default:
			found = text
		}
	}
	return found
}

// nearTexts is how many texts of a place are looked at for one that is like another.
const nearTexts = 64

// differInWord reports whether texts differ in one word of the facts: the name of a project
// or repository, a class, a level, a unit.
func differInWord(text, twin *page.Text, known func(string) bool) bool {
	a, b := difference(text.S, twin.S)
	if a.From >= a.To || b.From >= b.To {
		return false
	}
	return text.Of(a) != twin.Of(b) && known(text.Of(a)) && known(twin.Of(b))
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
	if low, high, ok := strings.Cut(words, " to "); ok { // what may be either
		return d.ofFacts(low) && d.ofFacts(high)
	}
	if _, ok := d.names.Exact(words); ok || strings.Contains(words, "/") && !strings.Contains(words, " ") || health.Level(words).Rank() >= 0 {
		return true
	}
	_, err := usage.ParseClass(strings.TrimRight(words, "+?"))
	return err == nil || units[words] || maturities[strings.ToLower(words)] || isOrganisation(d.judge.Findings, words)
}

// isOrganisation reports whether an organisation of that name is among the facts: one that
// somebody works for, or that made an audit.
func isOrganisation(f *usage.Findings, name string) bool {
	for i := range f.Projects {
		p := &f.Projects[i]
		if slices.ContainsFunc(p.Item.Audits, func(a fact.Audit) bool { return a.Vendor == name }) {
			return true
		}
		if p.Documents.Documents != nil && slices.ContainsFunc(p.Documents.Maintainers, func(m profile.Maintainer) bool { return m.Organisation == name }) {
			return true
		}
		if p.Activity != nil && slices.ContainsFunc(p.Activity.Year.Organisations.List, func(o profile.OrganisationCommits) bool { return o.Name == name }) {
			return true
		}
	}
	return false
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
	seen := map[string]int{}
	var added []Claim
	named := func(place string, first *page.Text) string {
		if twin := t.find(place, seen[place], first, d.ofFacts); twin != nil {
			return twin.S
		}
		return first.S
	}
	for i := range d.page.Blocks {
		b := &d.page.Blocks[i]
		eachText(b, named, func(place string, text *page.Text) {
			twin := t.find(place, seen[place], text, d.ofFacts)
			seen[place]++
			if twin == nil {
				return
			}
			known[text] = true
			more := d.compared(b, text, twin, judged[text])
			if b.Form != page.Heading { // which has no figures of its own
				added = append(added, more...)
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

// A comparison is a stretch of a text, and what its twin has there.
type comparison struct {
	at    page.Span
	right string
}

// comparisons are the figures of texts that differ in no more than figures, and else the
// words in which they differ.
func comparisons(text, twin *page.Text) []comparison {
	if skeleton(text.S) != skeleton(twin.S) {
		a, b := difference(text.S, twin.S)
		return []comparison{{a, twin.Of(b)}}
	}
	var all []comparison
	ours := figureRun.FindAllString(twin.S, -1)
	for n, at := range figureRun.FindAllStringIndex(text.S, -1) {
		all = append(all, comparison{page.Span{From: at[0], To: at[1]}, ours[n]})
	}
	return all
}

// compared settles the claims of a text by its twin, and gives claims on what no
// claim is about.
func (d *document) compared(b *page.Block, text, twin *page.Text, claims []int) []Claim {
	var added []Claim
	wrong := map[int]bool{}
	for _, x := range comparisons(text, twin) {
		said, at := text.Of(x.at), placeOf(d.page, text.Source(x.at))
		covered := false
		for _, i := range claims {
			c := &d.result.Claims[i]
			if c.Offset < at.End && at.Offset < c.End {
				covered = true
				if said != x.right {
					wrong[i] = true
					c.refute(at, x.right, isLabelled(b, text, x.at))
				}
			}
		}
		if covered || at.Offset >= at.End {
			continue
		}
		c := Claim{
			Place: at, Kind: claim.Figure, Section: b.Titles(), Quote: said, Claimed: said, Measured: x.right, Verdict: Confirmed, Why: asToday,
		}
		if said != x.right {
			c.refute(at, x.right, isLabelled(b, text, x.at))
		}
		added = append(added, c)
	}
	for _, i := range claims {
		if c := &d.result.Claims[i]; !wrong[i] && c.Verdict != Subjective {
			c.Verdict, c.Why, c.Hypothesis, c.Source, c.Edit, c.Suggestion = Confirmed, asToday, nil, "", nil, nil
		}
	}
	return added
}

const asToday = "as the report of the day says"

// ourLabel is what a property of our reports begins with, and clauseVerb a verb of them.
var (
	ourLabel   = lazyregexp.New(`^[^\d.:;]{1,40}: `)
	clauseVerb = lazyregexp.New(`\b(?:is|are|was|were|has|have|had|made|makes|holds?|reaches)\b`)
)

// isLabelled reports whether a place of our report is in a cell or behind a label, and in
// no clause with a verb: what stands there can be put for another without a look at
// the words around.
func isLabelled(b *page.Block, text *page.Text, at page.Span) bool {
	from, to := 0, len(text.S)
	if b.Form != page.Row {
		m := ourLabel.FindStringIndex(text.S[:at.From])
		if m == nil {
			return false
		}
		from = m[1]
	}
	if i := strings.LastIndexAny(text.S[from:at.From], ";·"); i >= 0 {
		from += i
	}
	if i := strings.IndexAny(text.S[at.To:], ";·"); i >= 0 {
		to = at.To + i
	}
	return !clauseVerb.MatchString(text.S[from:to])
}

// refute makes a claim wrong where the report of the day has something else.
func (c *Claim) refute(at Place, right string, labelled bool) {
	if !c.Verdict.Wrong() {
		c.Verdict, c.Why, c.Source = Refuted, "the report of the day says "+right, ""
	}
	edit := &Edit{Offset: at.Offset, End: at.End, Text: right}
	if c.Edit, c.Suggestion = nil, edit; labelled {
		c.Edit, c.Suggestion = edit, nil
	}
}
