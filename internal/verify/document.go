package verify

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/profile"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// The kinds of findings on a whole report.
const (
	Contradiction = "contradiction" // two values for one property
	Sum           = "count"         // a number is not that of what it counts
	Omission      = "omission"      // something is left out that meets the report's own criterion
	Criterion     = "criterion"     // something is in that does not meet it
)

// A document is a report as a whole, with its claims judged.
type document struct {
	page    *page.Page
	judge   *judge.Judge
	reading *claim.Reading
	result  *Result
	names   *claim.Names
	// titled: the title of the report names its language, so that those it lists are said
	// to use it.
	titled bool
}

// An outline is the claims of a report by which it is looked at as a whole.
type outline struct {
	counts  []*claim.Claim                 // of projects that use the language
	members map[*page.Block][]*claim.Claim // names in lists, by where they stand
	// listed are the projects that the report counts among those that use the language,
	// with the claim that says so first; headed those with a heading, and under the
	// headings by level.
	listed, headed map[string]*claim.Claim
	under          map[string][]*claim.Claim
	audited        map[string]bool // projects whose audits are told
}

func (d *document) outline() *outline {
	o := &outline{members: map[*page.Block][]*claim.Claim{}, listed: map[string]*claim.Claim{}, headed: map[string]*claim.Claim{}, under: map[string][]*claim.Claim{}, audited: map[string]bool{}}
	for i := range d.reading.Claims {
		switch c := &d.reading.Claims[i]; {
		case c.Is("count.using"):
			o.counts = append(o.counts, c)
		case c.Kind() == claim.Audit:
			o.audited[c.Subject.ID] = true
		case c.Is("member"):
			o.member(c)
		}
	}
	return o
}

func (o *outline) member(c *claim.Claim) {
	o.members[c.Block] = append(o.members[c.Block], c)
	if c.Block.Form == page.Heading {
		o.under[c.Level] = append(o.under[c.Level], c)
		if o.headed[c.Subject.ID] == nil {
			o.headed[c.Subject.ID] = c
		}
	}
	if c.Area == "" && c.Subject.Sort == claim.OfProject && o.listed[c.Subject.ID] == nil {
		o.listed[c.Subject.ID] = c
	}
}

func (d *document) check() {
	o := d.outline()
	d.contradictions()
	d.sums(o)
	d.missing(o)
	d.misplaced(o)
	d.audits(o)
	d.tables(o)
}

// A remark is a finding before it is placed.
type remark struct {
	kind     string
	verdict  Verdict
	subject  string // the name of a project
	at       page.Span
	others   []page.Span
	evidence []fact.Evidence
}

func (d *document) add(m remark, format string, args ...any) {
	f := Finding{Place: placeOf(d.page, m.at), Kind: m.kind, Verdict: m.verdict, Subject: m.subject, Text: fmt.Sprintf(format, args...), Evidence: m.evidence}
	for _, o := range m.others {
		f.Others = append(f.Others, placeOf(d.page, o))
	}
	d.result.Findings = append(d.result.Findings, f)
}

// single reports whether a property has one value for a subject, so that two are
// a contradiction.
func single(c *claim.Claim) bool { return c.Property.Conflicts && !c.Part && c.Area == "" }

// A point is what a claim tells the value of: two values for one contradict each
// other.
type point struct {
	sort                         claim.Sort
	id, property, of             string
	level, scope, year, language string
}

func pointOf(c *claim.Claim) point {
	return point{c.Subject.Sort, c.Subject.ID, c.Property.Name, c.Of, c.Level, c.Scope, c.Year, c.Language}
}

// contradictions compares the claims on one thing with the first of them.
func (d *document) contradictions() {
	first := map[point]*claim.Claim{}
	for i := range d.reading.Claims {
		c := &d.reading.Claims[i]
		if !single(c) || len(c.Subject.Others) > 0 {
			continue
		}
		key := pointOf(c)
		have := first[key]
		if have == nil {
			first[key] = c
			continue
		}
		if !d.agree(have, c) && d.sameThing(have, c) {
			d.add(remark{kind: Contradiction, verdict: Refuted, subject: d.judge.Name(c.Subject), at: c.Source(), others: []page.Span{have.Source()}}, "%s%s is %q here and %q in line %d",
				subjectWords(d.judge.Name(c.Subject), c.Level), c.Property.Called(c.Of), c.Quote(), have.Quote(), d.line(have))
		}
	}
	d.changes(first)
}

// changes holds the numbers of projects that a changelog gives on the day of the report
// against those of the report: they are of one day, and must be the same.
func (d *document) changes(first map[point]*claim.Claim) {
	for i := range d.reading.Doubts {
		c := &d.reading.Doubts[i].Claim
		if !c.Is("count.using") || c.Level != "" || c.Block.Form != page.Row || strings.TrimSpace(c.Block.Cells[0].S) != string(d.judge.AsOf) {
			continue
		}
		have := first[pointOf(c)]
		if have == nil || c.Num.Fits(have.Num.Value) || have.Num.Fits(c.Num.Value) {
			continue
		}
		d.add(remark{kind: Contradiction, verdict: Refuted, at: c.Source(), others: []page.Span{have.Source()}}, "%s is %q here and %q in line %d", c.Property.Called(c.Of), c.Quote(), have.Quote(), d.line(have))
	}
}

// sameThing reports whether two claims with different values speak of one thing for
// certain: not of one link, and by the facts one of them is wrong, or both are values
// with a label of their own.
func (d *document) sameThing(a, b *claim.Claim) bool {
	if a.Property.Value == property.Address && a.Block == b.Block {
		return false // the text of a link and its address
	}
	wrong := func(c *claim.Claim) bool { return d.judge.Verdict(c).Wrong() }
	return wrong(a) || wrong(b) || a.Cell && b.Cell && a.Label == b.Label
}

func (d *document) line(c *claim.Claim) int {
	line, _ := d.page.Position(c.Source().From)
	return line
}

func subjectWords(name, level string) string {
	switch {
	case name != "":
		return name + ": "
	case level != "":
		return profile.MaturityTitle(level) + " projects: "
	}
	return ""
}

// agree reports whether two claims can both be true.
func (d *document) agree(a, b *claim.Claim) bool {
	switch v := a.Property.Value; {
	case v.IsNumber() && (a.Num.Bound.Bounds() && b.Read || b.Num.Bound.Bounds() && a.Read):
		return d.bothMay(a, b)
	case v.IsNumber():
		return a.Num.Fits(b.Num.Value) || b.Num.Fits(a.Num.Value) || d.bothHold(a, b)
	case v == property.Date:
		return strings.HasPrefix(a.Day.Text, b.Day.Text) || strings.HasPrefix(b.Day.Text, a.Day.Text) || d.bothHold(a, b)
	case v == property.Address:
		x, y := judge.PlainURL(a.Word), judge.PlainURL(b.Word)
		return x == y || strings.HasPrefix(x, y+"?") || strings.HasPrefix(y, x+"?") || judge.HostOf(a.Word) == y || judge.HostOf(b.Word) == x
	}
	return strings.EqualFold(a.Word, b.Word) || d.bothHold(a, b)
}

// bothMay reports whether the facts refute neither of two claims.
func (d *document) bothMay(a, b *claim.Claim) bool {
	return d.judge.Verdict(a) != Refuted && d.judge.Verdict(b) != Refuted
}

// bothHold reports whether the facts confirm both: then they speak of two
// things that the reading did not tell apart.
func (d *document) bothHold(a, b *claim.Claim) bool {
	return d.judge.Verdict(a) == Confirmed && d.judge.Verdict(b) == Confirmed
}

// sums holds numbers against the names beside them, numbers of projects of a level
// against the projects that the report has under it, and a total of a table against its
// parts.
func (d *document) sums(o *outline) {
	var total *claim.Claim
	parts := map[*page.Block]int{} // of the total, by row
	for _, c := range o.counts {
		n := int(c.Num.Value)
		if names := o.beside(c); len(names) > 0 && !c.Num.Fits(float64(len(names))) {
			d.add(remark{kind: Sum, verdict: Refuted, at: c.Source(), others: []page.Span{names[0].Source()}}, "the number is %d, the list beside it has %s", n, words.Amount(len(names), "name"))
		}
		if have := o.under[c.Level]; c.Level != "" && len(have) > 0 && !c.Num.Fits(float64(len(have))) {
			d.add(remark{kind: Sum, verdict: Refuted, at: c.Source(), others: []page.Span{have[0].Source()}}, "the number of %s projects is %d here, and the report has %d under that heading", c.Level, n, len(have))
		}
		switch {
		case c.Block.Form != page.Row || c.Num.Bound.Bounds():
		case c.Level == "" && total == nil:
			total = c
		case c.Level != "" && total != nil && c.Block.Group == total.Block.Group && parts[c.Block] == 0:
			parts[c.Block] = n
		}
	}
	sum := 0
	for _, n := range parts {
		sum += n
	}
	if sum > 0 && !total.Num.Fits(float64(sum)) {
		d.add(remark{kind: Sum, verdict: Refuted, at: total.Source()}, "the total is %d, the numbers by level add up to %d", int(total.Num.Value), sum)
	}
}

// beside are the names that stand in a list with a number: in the same sentence
// and for the same level, or in the same row.
func (o *outline) beside(c *claim.Claim) []*claim.Claim {
	var names []*claim.Claim
	for _, m := range o.members[c.Block] {
		if m.Level == c.Level && m.Area == "" && (c.Block.Form == page.Row || m.Sentence == c.Sentence) {
			names = append(names, m)
		}
	}
	return names
}

// fewListed is how many projects a report must list before what it leaves out
// says something.
const fewListed = 3

// missing tells the projects that use the language and are not listed.
func (d *document) missing(o *outline) {
	if len(o.listed) < fewListed || !d.titled || !d.speaksOfAll(o) {
		return
	}
	at, levels := d.title(), d.levels(o)
	for i := range d.judge.Findings.Projects {
		p := &d.judge.Findings.Projects[i]
		if p.Class.Uses() && o.listed[p.ID] == nil && levels[p.Maturity] {
			d.add(remark{kind: Omission, verdict: d.missingVerdict(p), subject: p.Name, at: at, evidence: p.Because[0].Evidence}, "%s (%s) is missing: %s", p.Name, p.Maturity, p.Because[0].Text)
		}
	}
	if n := d.judge.Findings.Summary.Unknown; n > 0 {
		d.add(remark{kind: Omission, verdict: Unverifiable, at: at}, "whether more projects are missing cannot be told: of %s no repository was read", words.Amount(n, "project"))
	}
}

// allSaid and someSaid: a title speaks of all projects, or of some.
var (
	allSaid  = lazyregexp.New(`(?i)\b(?:all|every|complete|full|list|landscape|projects|analysis|survey|report|overview)\b`)
	someSaid = lazyregexp.New(`(?i)\b(?:top|some|few|favou?rites?|notable|best|watch|highlights?|selected|spotlight|\d+|two|three|four|five|six|seven|eight|nine|ten|dozen)\b`)
)

// speaksOfAll reports whether a report is about all the projects that use the language:
// it gives their number, or its title says so.
func (d *document) speaksOfAll(o *outline) bool {
	if len(o.counts) > 0 {
		return true
	}
	at := d.title()
	title := string(d.page.Source[at.From:at.To])
	return allSaid.MatchString(title) && !someSaid.MatchString(title)
}

// missingVerdict is Refuted where a project uses the language whatever was not read,
// or the report speaks of what was.
func (d *document) missingVerdict(p *usage.Project) Verdict {
	if judge.SurelyUses(p) || d.judge.TellsCoverage(claim.Subject{}) {
		return Refuted
	}
	return Unverifiable
}

// levels are the levels of the projects listed: a report on some levels says
// nothing of the others. One that tells how many projects there are in all speaks of
// every level.
func (d *document) levels(o *outline) map[string]bool {
	all := slices.ContainsFunc(o.counts, func(c *claim.Claim) bool { return c.Level == "" })
	levels := map[string]bool{}
	for i := range d.judge.Findings.Projects {
		p := &d.judge.Findings.Projects[i]
		levels[p.Maturity] = levels[p.Maturity] || all || o.listed[p.ID] != nil
	}
	return levels
}

// misplaced tells the listed projects that do not use the language.
func (d *document) misplaced(o *outline) {
	if !d.titled {
		return
	}
	for i := range d.judge.Findings.Projects {
		p := &d.judge.Findings.Projects[i]
		c := o.listed[p.ID]
		if c == nil || p.Class.Uses() || p.Class == usage.Unknown {
			continue
		}
		m := remark{kind: Criterion, verdict: Refuted, subject: p.Name, at: c.Source(), evidence: p.Because[0].Evidence}
		if judge.SurelyNot(p) || d.judge.TellsCoverage(claim.Subject{}) {
			d.add(m, "%s is listed and does not use %s: %s", p.Name, d.judge.Language, p.Because[0].Text)
			continue
		}
		m.verdict = Unverifiable
		d.add(m, "%s is listed and does not use %s in what was read: %s; %s", p.Name, d.judge.Language, p.Because[0].Text, judge.UnreadWords(p))
	}
}

// audits tells the audits that the landscape has of projects with a section, in a
// report that tells audits.
func (d *document) audits(o *outline) {
	if len(o.audited) == 0 {
		return
	}
	for i := range d.judge.Findings.Projects {
		p := &d.judge.Findings.Projects[i]
		c := o.headed[p.ID]
		if c == nil || o.audited[p.ID] {
			continue
		}
		for k := range p.Item.Audits {
			a := &p.Item.Audits[k]
			d.add(remark{kind: Omission, verdict: Refuted, subject: p.Name, at: c.Source(), evidence: []fact.Evidence{judge.AuditLine(p, a)}}, "%s: the audit of %s by %s is missing", p.Name, a.Date, a.Vendor)
		}
	}
}

// title is the first heading, or the first block.
func (d *document) title() page.Span {
	blocks := d.page.Blocks
	i := slices.IndexFunc(blocks, func(b page.Block) bool { return b.Form == page.Heading })
	if i < 0 {
		i = slices.IndexFunc(blocks, func(b page.Block) bool { return b.Text.S != "" })
	}
	if i < 0 {
		return page.Span{}
	}
	return blocks[i].Text.Source(page.Span{From: 0, To: len(blocks[i].Text.S)})
}

// tables looks at the tables that list projects: none stands there twice, and a
// table that has nearly all of those that the report lists has all.
func (d *document) tables(o *outline) {
	for _, t := range d.projectTables() {
		seen := map[string]*page.Block{}
		twice := doubled(t) == 1
		for _, row := range t {
			if first := seen[row.id]; first != nil && !twice {
				continue // a table with several rows a project
			} else if first != nil {
				d.add(remark{kind: Sum, verdict: Refuted, at: row.place(), others: []page.Span{cell(first)}}, "%s stands twice in the table", d.judge.Name(project(row.id)))
				continue
			}
			seen[row.id] = row.block
		}
		if doubled(t) <= 1 { // with several rows a project it is of something else
			d.lacking(t, seen, o.listed)
		}
	}
}

// doubled counts the rows about a project that has one before.
func doubled(t []tableRow) int {
	ids := map[string]bool{}
	for _, row := range t {
		ids[row.id] = true
	}
	return len(t) - len(ids)
}

// fewLacking is how many projects a table may lack and still be taken for one
// of all.
const fewLacking = 2

func (d *document) lacking(t []tableRow, seen map[string]*page.Block, listed map[string]*claim.Claim) {
	var lack []string
	for id := range listed {
		if seen[id] == nil {
			lack = append(lack, id)
		}
	}
	all := len(seen) + len(lack)
	if len(seen) < fewListed || len(lack) == 0 || len(lack) > fewLacking || len(seen) < all-len(lack) || 4*len(seen) < 3*all {
		return
	}
	slices.Sort(lack)
	for _, id := range lack {
		d.add(remark{kind: Omission, verdict: Refuted, subject: d.judge.Name(project(id)), at: t[0].place(), others: []page.Span{listed[id].Source()}},
			"%s is listed in line %d and is not in this table", d.judge.Name(project(id)), d.line(listed[id]))
	}
}

// project is a project as a subject.
func project(id string) claim.Subject { return claim.Subject{Sort: claim.OfProject, ID: id} }

// A tableRow is a row about a project.
type tableRow struct {
	id    string
	block *page.Block
}

func (r tableRow) place() page.Span { return cell(r.block) }

// cell is the first cell of a row.
func cell(b *page.Block) page.Span {
	return b.Cells[0].Source(page.Span{From: 0, To: len(b.Cells[0].S)})
}

// projectTables are the tables each of whose rows is about a project.
func (d *document) projectTables() [][]tableRow {
	var all [][]tableRow
	var open []tableRow
	group := 0
	for i := range d.page.Blocks {
		b := &d.page.Blocks[i]
		if b.Form != page.Row || b.Head == nil || len(b.Cells) == 0 {
			continue
		}
		s, ok := d.names.Exact(b.Cells[0].S)
		ok = ok && !repositoryRow(d.names, b)
		if b.Group != group {
			if len(open) >= fewListed {
				all = append(all, open)
			}
			open, group = nil, b.Group
			if !ok || s.Sort != claim.OfProject {
				group = -b.Group // not one of projects
			}
		}
		if ok && s.Sort == claim.OfProject && group == b.Group {
			open = append(open, tableRow{s.ID, b})
		}
	}
	if len(open) >= fewListed {
		all = append(all, open)
	}
	return all
}
