package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"assay/internal/fact"
	"assay/internal/verify"
)

// TextOptions say how a result is shown to people.
type TextOptions struct {
	// All lists every claim, one by one and with all of its evidence, not only
	// those that somebody should look at.
	All bool
	// Color marks verdicts with the colours of a terminal.
	Color bool
}

// Text writes the result for people: the claims to look at by the sections of
// the report, the worst first, then the findings on the document and the total.
// src is the report that was checked. It fails when w does.
func Text(w io.Writer, src []byte, r *verify.Result, opts TextOptions) error {
	p := &printer{opts: opts, src: src}
	p.head(r)
	for _, s := range sections(r.Claims, opts.All) {
		p.section(s)
	}
	p.findings(r.Findings)
	fmt.Fprintf(&p.out, "\n%s\n", Total(r))
	return put(w, "text", p.out.String())
}

// A printer collects the lines of a text.
type printer struct {
	out  strings.Builder
	opts TextOptions
	src  []byte
}

// The sequences that a terminal takes for colours.
const (
	bold, dim          = "\x1b[1m", "\x1b[2m"
	red, yellow, green = "\x1b[31m", "\x1b[33m", "\x1b[32m"
	plain              = "\x1b[0m"
)

var colours = map[verify.Verdict]string{
	verify.Refuted: red, verify.Outdated: yellow, verify.Ambiguous: yellow, verify.Unverifiable: dim, verify.Subjective: dim, verify.Confirmed: green,
}

func (p *printer) paint(colour, s string) string {
	if !p.opts.Color || colour == "" {
		return s
	}
	return colour + s + plain
}

func (p *printer) head(r *verify.Result) {
	head := fmt.Sprintf("%s as of %s", line(r.Name, maxWords), line(string(r.AsOf), maxQuote))
	if why := line(r.AsOfWhy, maxWords); why != "" {
		head += " (" + why + ")"
	}
	if language := line(r.Language, maxQuote); language != "" {
		head += ", " + language
	} else {
		head += ", no language named"
	}
	fmt.Fprintln(&p.out, p.paint(bold, head))
	for _, s := range sources([]fact.Evidence{r.Landscape}) {
		p.detail("landscape", s.Text)
	}
}

// detail writes an indented line.
func (p *printer) detail(label, text string) { fmt.Fprintf(&p.out, "      %-9s %s\n", label, text) }

// A group is the claims of a section that are shown, those of a row together.
type group struct {
	title string
	rows  [][]*verify.Claim
}

// sections groups the claims to show. Sections stand in the order of the report.
func sections(claims []verify.Claim, all bool) []group {
	var groups []group
	at := map[string]int{}
	for i := range claims {
		c := &claims[i]
		if !all && (c.Verdict == verify.Confirmed || c.Verdict == verify.Subjective) {
			continue
		}
		key := strings.Join(c.Section, "\x00")
		if _, ok := at[key]; !ok {
			at[key] = len(groups)
			groups = append(groups, group{title: title(c.Section)})
		}
		g := &groups[at[key]]
		g.rows = append(g.rows, []*verify.Claim{c})
	}
	for i := range groups {
		slices.SortStableFunc(groups[i].rows, worse)
		if !all {
			groups[i].rows = folded(groups[i].rows)
		}
	}
	return groups
}

func worse(a, b []*verify.Claim) int {
	return cmp.Or(cmp.Compare(rank(a[0].Verdict), rank(b[0].Verdict)), cmp.Compare(a[0].Offset, b[0].Offset))
}

// folded puts claims into one row that nothing can tell for the same reason,
// when there are so many that they would hide the others.
func folded(rows [][]*verify.Claim) [][]*verify.Claim {
	const many = 4
	type reason struct{ kind, source string }
	same := map[reason][]*verify.Claim{}
	of := func(row []*verify.Claim) (reason, bool) {
		return reason{string(row[0].Kind), row[0].Source}, row[0].Verdict == verify.Unverifiable
	}
	for _, row := range rows {
		if k, ok := of(row); ok {
			same[k] = append(same[k], row...)
		}
	}
	var out [][]*verify.Claim
	for _, row := range rows {
		k, ok := of(row)
		switch {
		case !ok || len(same[k]) < many:
			out = append(out, row)
		case same[k][0] == row[0]:
			out = append(out, same[k])
		}
	}
	return out
}

func (p *printer) section(g group) {
	fmt.Fprintf(&p.out, "\n%s\n", p.paint(bold, g.title))
	width := 0
	for _, row := range g.rows {
		width = max(width, len(place(row[0].Place)))
	}
	for _, row := range g.rows {
		p.row(row, width)
	}
}

func (p *printer) row(row []*verify.Claim, width int) {
	c := row[0]
	if len(row) == 1 {
		p.first(place(c.Place), width, c.Verdict, headline(c))
		p.claim(c)
		return
	}
	lines := make([]int, len(row))
	for i, c := range row {
		lines[i] = c.Line
	}
	p.first(place(c.Place), width, c.Verdict,
		fmt.Sprintf("%d claims of %s: %s", len(row), line(string(c.Kind), maxQuote), onLines(lines)))
	if missing := line(c.Source, maxWords); missing != "" {
		p.detail("missing", missing)
	}
}

// first writes the line that something begins with.
func (p *printer) first(at string, width int, v verify.Verdict, text string) {
	const longest = 12 // the longest verdict
	verdict := fmt.Sprintf("%-*s", longest, line(string(v), maxQuote))
	fmt.Fprintf(&p.out, "  %-*s  %s  %s\n", width, at, p.paint(colours[v], verdict), text)
}

func place(at verify.Place) string {
	if at.Line == 0 {
		return "-"
	}
	return fmt.Sprintf("%d:%d", at.Line, at.Column)
}

// claim writes what there is to say of a claim below its first line.
func (p *printer) claim(c *verify.Claim) {
	for _, d := range details(c) {
		p.detail(d.Label, d.Text)
	}
	if was, ok := p.edited(c.Edit); ok {
		p.detail("mend", quote(was)+" → "+quote(c.Edit.Text))
	}
	if was, ok := p.edited(c.Suggestion); ok {
		p.detail("suggest", quote(was)+" → "+quote(c.Suggestion.Text))
	}
	p.evidence(c.Evidence)
}

// edited is the text of the report that an edit replaces.
func (p *printer) edited(e *verify.Edit) (string, bool) {
	if e == nil || e.Offset < 0 || e.Offset > e.End || e.End > len(p.src) {
		return "", false
	}
	return string(p.src[e.Offset:e.End]), true
}

func (p *printer) evidence(evidence []fact.Evidence) {
	for i, s := range sources(evidence) {
		if i > 0 && !p.opts.All {
			return
		}
		p.detail("see", s.either())
	}
}

func (p *printer) findings(findings []verify.Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprintf(&p.out, "\n%s\n", p.paint(bold, "The document as a whole"))
	order := make([]*verify.Finding, len(findings))
	width := 0
	for i := range findings {
		order[i], width = &findings[i], max(width, len(place(findings[i].Place)))
	}
	slices.SortStableFunc(order, func(a, b *verify.Finding) int {
		return cmp.Or(cmp.Compare(rank(a.Verdict), rank(b.Verdict)), cmp.Compare(a.Offset, b.Offset))
	})
	for _, f := range order {
		p.first(place(f.Place), width, f.Verdict, line(f.Kind, maxQuote)+": "+line(f.Text, maxWords))
		if also := others(f); also != "" {
			p.detail("also", also)
		}
		p.evidence(f.Evidence)
	}
}

// others names the lines of the further places of a finding.
func others(f *verify.Finding) string {
	var lines []int
	for _, o := range f.Others {
		if o.Line > 0 {
			lines = append(lines, o.Line)
		}
	}
	return onLines(lines)
}

// onLines names lines, "" for none.
func onLines(lines []int) string {
	switch n := numbers(lines); {
	case n == "":
		return ""
	case strings.ContainsAny(n, ",–"):
		return "lines " + n
	default:
		return "line " + n
	}
}
