package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/muesli/reflow/wordwrap"

	"assay/internal/fact"
	"assay/internal/verify"
)

// TextOptions say how a result is shown to people.
type TextOptions struct {
	// Verbose tells all of each finding, with its evidence, and what nothing can
	// tell; it may be any number of lines.
	Verbose bool
	// All is Verbose, and lists every claim, one by one and with all of its evidence.
	All bool
	// Color marks verdicts with the colours of a terminal.
	Color bool
	// Width is how many columns there are; 0 for 80.
	Width int
}

const (
	usualWidth = 80
	leastWidth = 40 // below it nothing can be laid out
	// mostLines is how long the text may be where it is not verbose.
	mostLines = 60
)

// Text writes the result for people: the totals, and what is to be told, the worst
// first. src is the report that was checked. It fails when w does.
func Text(w io.Writer, src []byte, r *verify.Result, opts TextOptions) error {
	opts.Verbose = opts.Verbose || opts.All
	p := &printer{opts: opts, src: src, width: max(cmp.Or(opts.Width, usualWidth), leastWidth)}
	p.head(r)
	p.entries(r)
	p.unchecked(unchecked(r))
	return put(w, "text", p.out.String())
}

// A printer collects the lines of a text.
type printer struct {
	out   strings.Builder
	opts  TextOptions
	src   []byte
	width int
	// column is where the words of an entry begin; verdicts is how wide they are.
	column, verdicts int
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

// head writes the totals, and what the report was held against.
func (p *printer) head(r *verify.Result) {
	for l := range strings.Lines(p.wrapped(Total(r), 0)) {
		fmt.Fprintln(&p.out, p.paint(bold, strings.TrimSuffix(l, "\n")))
	}
	held := tail(line(r.Name, maxWords), p.width-len(" as of 2006-01-02 ")) + " as of " + line(string(r.AsOf), maxQuote)
	if why := line(r.AsOfWhy, maxWords); why != "" {
		held += " (" + why + ")"
	}
	held += ", " + cmp.Or(line(r.Language, maxQuote), "no language named")
	if landscape := line(short(r.Landscape), maxWords); landscape != "" {
		held += ", " + landscape
	}
	fmt.Fprintln(&p.out, p.wrapped(held, 0))
}

// tail is the end of a name in so many columns.
func tail(name string, columns int) string {
	if over := runewidth.StringWidth(name) - columns; over > 0 {
		return runewidth.TruncateLeft(name, over+1, "…")
	}
	return name
}

// wrapped breaks a text into lines, all but the first with so much before them.
func (p *printer) wrapped(text string, indent int) string {
	w := wordwrap.NewWriter(p.width - indent)
	w.Breakpoints = nil          // days and names stay whole
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
	return strings.ReplaceAll(w.String(), "\n", "\n"+strings.Repeat(" ", indent))
}

// shortened is a text in so many columns.
func shortened(text string, columns int) string { return runewidth.Truncate(text, columns, "…") }

// weight orders what is told: what is wrong, what was right, what is wrong with the
// report as a whole, and then what nobody has to mend.
func (e *entry) weight() int {
	switch {
	case e.verdict == verify.Unverifiable && len(e.findings) > 0:
		return len(verify.Verdicts()) + 1
	case len(e.findings) > 0:
		return 2
	case e.verdict == verify.Refuted:
		return 0
	case e.verdict == verify.Outdated:
		return 1
	}
	return 3 + rank(e.verdict)
}

// wrong is the weight of what has to be looked at: up to it, an entry is told to
// everybody.
const wrong = 2

// toTell are the entries to tell, the worst first: of what is equally bad, that
// which stands in more places.
func toTell(r *verify.Result, opts TextOptions) []entry {
	all := slices.Concat(claimEntries(r.Claims), findingEntries(r.Findings))
	all = slices.DeleteFunc(all, func(e entry) bool {
		return !opts.Verbose && e.weight() > wrong || !opts.All && len(e.claims) > 0 && levels[e.verdict] == ""
	})
	slices.SortStableFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.weight(), b.weight()), cmp.Compare(b.places(), a.places()), cmp.Compare(a.place().Offset, b.place().Offset))
	})
	return all
}

// entries writes what is to be told, as far as there is room, and then what is not.
func (p *printer) entries(r *verify.Result) {
	all := toTell(r, p.opts)
	p.columns(all)
	const tail = 2 // lines, for what is left out
	room := mostLines - strings.Count(p.out.String(), "\n") - 1 - tail
	told := 0
	for i := range all {
		text := p.entry(&all[i])
		room -= strings.Count(text, "\n")
		if room < 0 && !p.opts.Verbose {
			break
		}
		if i == 0 {
			p.out.WriteByte('\n')
		}
		p.out.WriteString(text)
		told++
	}
	p.rest(r, len(all)-told)
}

// columns measures the places and verdicts of entries.
func (p *printer) columns(all []entry) {
	at := 0
	for i := range all {
		at, p.verdicts = max(at, len(place(all[i].place()))), max(p.verdicts, len(line(string(all[i].verdict), maxQuote)))
	}
	p.column = 2 + at + 2 + p.verdicts + 2
}

// rest says how much was left out.
func (p *printer) rest(r *verify.Result, more int) {
	if p.opts.Verbose {
		return
	}
	var parts []string
	if more > 0 {
		parts = append(parts, plural(more, "more finding"))
	}
	untold := r.Count(verify.Unverifiable)
	for i := range r.Findings {
		if r.Findings[i].Verdict == verify.Unverifiable {
			untold++
		}
	}
	if untold > 0 {
		parts = append(parts, fmt.Sprintf("%d unverifiable", untold))
	}
	if n := len(unchecked(r)); n > 0 {
		parts = append(parts, fmt.Sprintf("%d not checked", n))
	}
	if len(parts) > 0 {
		fmt.Fprintf(&p.out, "\n%s: -v tells all\n", strings.Join(parts, ", "))
	}
}

// entry is an entry as lines.
func (p *printer) entry(e *entry) string {
	var b strings.Builder
	verdict := line(string(e.verdict), maxQuote)
	at := place(e.place())
	fmt.Fprintf(&b, "  %s%s%s%s", at, strings.Repeat(" ", p.column-4-p.verdicts-len(at)), p.paint(colours[e.verdict], verdict), strings.Repeat(" ", 2+p.verdicts-len(verdict)))
	b.WriteString(p.words(e))
	b.WriteByte('\n')
	if p.opts.Verbose {
		b.WriteString(p.details(e))
	}
	return b.String()
}

// words say what an entry is about: one line, and where several are concerned who
// and where.
func (p *printer) words(e *entry) string {
	room := p.width - p.column
	switch {
	case e.shared != "":
		kind := line(string(e.claims[0].Kind), maxQuote)
		return p.wrapped(fmt.Sprintf("%d × %s: %s: %s", e.places(), kind, line(e.shared, maxQuote), e.named()), p.column)
	case len(e.findings) > 1 && len(e.holders()) > 1:
		return p.wrapped(fmt.Sprintf("%d × %s: %s", e.places(), line(e.findings[0].Kind, maxQuote), e.named()), p.column)
	}
	text, why := e.claim(room)
	also := ""
	if further := e.further(); further != "" {
		also = " (also " + further + ")"
	}
	const few = 15 // columns, in which no reason can be told
	switch left := room - runewidth.StringWidth(text+also); {
	case left >= few && also == "" && why != "":
		return shortened(text+" ("+why, room-1) + ")"
	case left >= 0:
		return text + also
	case runewidth.StringWidth(also) > room/2:
		return shortened(text, room) + "\n" + strings.Repeat(" ", p.column) + p.wrapped(strings.TrimSpace(also), p.column)
	}
	return shortened(text, room-runewidth.StringWidth(also)) + also
}

// claim says what is claimed, what was measured, and why, of an entry on one subject.
// Of both sides something is seen in so many columns.
func (e *entry) claim(room int) (text, why string) {
	if len(e.findings) > 0 {
		f := e.findings[0]
		return line(f.Kind, maxQuote) + ": " + line(f.Text, maxWords), ""
	}
	c := e.claims[0]
	text = shortened(cmp.Or(line(c.Subject, maxQuote), line(string(c.Kind), maxQuote)), room/3) + ": " + shortened(e.quotes(), room/3)
	if measured := line(c.Measured, maxWords); measured != "" {
		text += " → " + measured
	}
	switch {
	case c.Hypothesis != nil:
		return text, line(c.Hypothesis.Text, maxWords)
	case c.Why == "" && c.Source != "":
		return text, "needs " + line(c.Source, maxWords)
	}
	return text, line(c.Why, maxWords)
}

// quotes are the words of an entry: the first, and others that are as short.
func (e *entry) quotes() string {
	const short, few = 12, 3 // characters of one, and how many
	all := []string{line(saidIn(e.claims[0]), maxQuote)}
	for _, c := range e.claims[1:] {
		if q := line(c.Quote, short); len(all) < few && !slices.Contains(all, q) && max(len(q), len(all[0])) <= short {
			all = append(all, q)
		}
	}
	return strings.Join(all, ", ")
}

// saidIn is what a claim says: the words of a text, or what data says beyond its value.
func saidIn(c *verify.Claim) string {
	if _, rest, ok := strings.Cut(c.Claimed, ": "); ok && !strings.Contains(c.Quote, ": ") {
		return rest
	}
	return c.Quote
}

func place(at verify.Place) string {
	if at.Line == 0 {
		return "-"
	}
	return fmt.Sprintf("%d:%d", at.Line, at.Column)
}

// details are all that there is to say of an entry.
func (p *printer) details(e *entry) string {
	var b strings.Builder
	d := detailer{printer: p, out: &b}
	for i, c := range e.claims {
		many := e.verdict == verify.Unverifiable && len(e.claims) >= 4 // and would hide the others
		if many && !p.opts.All {
			d.detail("missing", line(c.Source, maxWords))
			break
		}
		if i > 0 && alike(c) == alike(e.claims[i-1]) {
			d.detail("also", fmt.Sprintf("%s %s", place(c.Place), quote(c.Quote)))
			d.edits(c)
			continue
		}
		if len(e.claims) > 1 {
			d.detail(place(c.Place), headline(c))
		} else {
			d.detail(string(c.Kind), quote(c.Quote))
		}
		d.claim(c)
	}
	for _, f := range e.findings {
		if len(e.findings) > 1 {
			d.detail(place(f.Place), line(f.Text, maxWords))
		} else {
			d.detail("finding", line(f.Text, maxWords))
		}
		if also := others(f); also != "" {
			d.detail("also", also)
		}
		d.evidence(f.Evidence)
	}
	return b.String()
}

// A detailer writes the details of an entry below it.
type detailer struct {
	*printer
	out *strings.Builder
}

// detail writes an indented line, or several.
func (d *detailer) detail(label, text string) {
	const indent = 6 + 9 + 1
	label = fmt.Sprintf("%-9s", line(label, maxQuote))
	fmt.Fprintf(d.out, "      %s %s\n", label, d.wrapped(text, indent))
}

// claim writes what there is to say of a claim.
func (d *detailer) claim(c *verify.Claim) {
	for _, said := range details(c) {
		d.detail(said.Label, said.Text)
	}
	d.edits(c)
	d.evidence(c.Evidence)
}

// edits writes what would mend a claim.
func (d *detailer) edits(c *verify.Claim) {
	if was, ok := d.edited(c.Edit); ok {
		d.detail("mend", quote(was)+" → "+quote(c.Edit.Text))
	}
	if was, ok := d.edited(c.Suggestion); ok {
		d.detail("suggest", quote(was)+" → "+quote(c.Suggestion.Text))
	}
}

// edited is the text of the report that an edit replaces.
func (p *printer) edited(e *verify.Edit) (string, bool) {
	if e == nil || e.Offset < 0 || e.Offset > e.End || e.End > len(p.src) {
		return "", false
	}
	return string(p.src[e.Offset:e.End]), true
}

func (d *detailer) evidence(evidence []fact.Evidence) {
	for i, s := range sources(evidence) {
		if i > 0 && !d.opts.All {
			return
		}
		d.detail("see", s.either())
	}
}

// unchecked is what was not held against the facts, and the figures that no claim was
// made of.
func unchecked(r *verify.Result) []verify.Unchecked {
	byOffset := func(a, b verify.Unchecked) int { return cmp.Compare(a.Offset, b.Offset) }
	all := slices.SortedStableFunc(slices.Values(r.Unchecked), byOffset)
	reasoned, end := all, 0 // end of those before a figure
	for _, at := range slices.SortedFunc(slices.Values(r.Unread), func(a, b verify.Place) int { return cmp.Compare(a.Offset, b.Offset) }) {
		for len(reasoned) > 0 && reasoned[0].Offset <= at.Offset {
			reasoned, end = reasoned[1:], max(end, reasoned[0].End)
		}
		if at.End > end {
			all = append(all, verify.Unchecked{Place: at, Why: "no statement was made of this figure"})
		}
	}
	slices.SortStableFunc(all, byOffset)
	return all
}

// unchecked lists what was not held against the facts.
func (p *printer) unchecked(all []verify.Unchecked) {
	if !p.opts.Verbose || len(all) == 0 {
		return
	}
	fmt.Fprintf(&p.out, "\n%s\n", p.paint(bold, "Not checked"))
	for i := range all {
		u := &all[i]
		words := u.Quote
		if was, ok := p.edited(&verify.Edit{Offset: u.Offset, End: u.End}); words == "" && ok {
			words = was
		}
		at := "  " + place(u.Place) + "  "
		fmt.Fprintln(&p.out, at+p.wrapped(quote(words)+", because "+line(u.Why, maxWords), len(at)))
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
