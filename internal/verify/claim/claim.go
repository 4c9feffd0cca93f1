// Package claim takes the atomic statements out of a report: that a project is
// graduated, has 26,933,759 bytes of Rust, was accepted on a day. It knows names
// ([Names]) and the words in which such reports are written, and no facts: what
// is true is for others to say.
//
// Every text of the report becomes statements: a cell under its head, the value
// after a label, a sentence. Each has what it is about, by its row, its heading
// or the names in it. From a statement come claims in three ways: what its label
// says it is (label.go), its numbers and dates by what stands around them
// (number.go and the rules of rules.go), and phrases that say something without
// a number (phrase.go).
//
// What is not understood is no claim. [Reading.Unread] tells which numbers and
// dates those are.
package claim

import (
	"context"
	"slices"
	"sort"
	"strings"

	"assay/internal/errkind"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/frame"
	"assay/internal/verify/names"
	"assay/internal/verify/page"
)

// A Claim is one statement.
type Claim struct {
	Kind Kind
	// Field is what of the subject is said: "bytes", "milestone:accepted",
	// "commits.year" …; the judge's words.
	Field   string
	Subject Subject
	// Than is what the subject is compared with.
	Than Subject
	// Level narrows a count or list to the projects of a level of maturity.
	Level string
	// Scope of a figure, where one is named.
	Scope string
	// Form says which of the following is the value.
	Form Form
	Num  Quantity
	Day  Day
	Word string
	// Year in which it is said to be, in growth tables and timelines.
	Year string

	// Frame is what the place of the claim is about.
	Frame frame.Frame
	Block *page.Block
	Text  *page.Text
	page.Span
	// At is where the claim stands in the source, when that is not the text at
	// Span: the address of a link.
	At page.Span
	// Sentence is the text around.
	Sentence string
	Label    string
	// Part: it is said of a part of the subject, which is not named by itself.
	Part bool
	// Listed is how many stand in the list before "and N more".
	Listed int
	// Exact: the word is a level itself, beside which its bounds are told.
	Exact bool
	// Read: it says of itself that it is of what was read.
	Read bool
	// Cell: it stands in a cell or property with a known label, and in no sentence.
	Cell bool
	// Language that a number of projects is said to use, in a report that names
	// none.
	Language string
	// Loose says why the claim may be about something else, where its value shows that:
	// it can be right, and is not checked where it is not.
	Loose string
	// title: it stands in a label that says something itself.
	title bool
	// Area that the projects of a count or list are said to be in.
	Area string
}

// A Form is a kind of value.
type Form uint8

// The forms.
const (
	Verbal Form = iota
	Numeric
	Dated
	Address // of a link, in Word
)

// Quote is the text of the claim.
func (c *Claim) Quote() string {
	if c.At.To > 0 {
		return c.Word
	}
	return c.Text.Of(c.Span)
}

// Source is where the claim stands in the source.
func (c *Claim) Source() page.Span {
	if c.At.To > 0 {
		return c.At
	}
	return c.Text.Source(c.Span)
}

// A Reading is the claims of a page.
type Reading struct {
	Claims []Claim
	// Figures counts the numbers and dates of the text; Unread are those that
	// are part of no claim.
	Figures int
	Unread  []Place
	// Doubts are the statements that are not checked.
	Doubts []Doubt
}

// A Place is a span of a text.
type Place struct {
	Text *page.Text
	page.Span
}

// Options say what a page is read for.
type Options struct {
	Names *Names
	// Language is linguist's name of the language that the report is about; ""
	// where none is named.
	Language string
	// Languages are the names of languages that are told apart.
	Languages []string
	// AsOf is the report's day, YYYY-MM-DD: days without a year are before it.
	AsOf string
}

// Read reads the claims of a page, in its order. It fails with errkind.Limit where
// they are too many, and when ctx ends.
func Read(ctx context.Context, p *page.Page, opts Options) (*Reading, error) {
	if err := Bounded(p); err != nil {
		return nil, err
	}
	r := newReader(opts)
	r.frames = frame.Of(p, opts.Names, func(s string) bool { return r.knownLabel(label(s)) })
	all := split(p, opts.Names, r.frames)
	for i := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.statement(&all[i])
		if r.looked > limit.VerifyFigures {
			return nil, tooMany(p, all[i].text, limit.Over("verify-figures", limit.VerifyFigures))
		}
		if len(r.out.Claims) > limit.VerifyClaims {
			return nil, tooMany(p, all[i].text, limit.Over("verify-claims", limit.VerifyClaims))
		}
	}
	r.figures(p)
	r.sort()
	r.doubted()
	return &r.out, nil
}

// tooMany is the error that a report says too much, what and where.
func tooMany(p *page.Page, at *page.Text, over string) error {
	line, _ := p.Position(at.Source(whole(at)).From)
	return errkind.WithHint(errkind.Errorf(errkind.Limit, "line %d: the report has %s", line, over), "split it: by level of maturity, say")
}

// Days reads what a page says of its own day, its data and its making: claims
// with a field "report" or one that begins so. It knows no names, and takes a
// small part of the time of [Read].
func Days(p *page.Page) []Claim {
	r := newReader(Options{Names: names.New()})
	all := split(p, r.Names, frame.Of(p, r.Names, nil))
	for i := range all {
		r.ownDays(&all[i])
	}
	r.sort()
	return slices.DeleteFunc(r.out.Claims, func(c Claim) bool { return !strings.HasPrefix(c.Field, "report") })
}

// split turns a page into statements.
func split(p *page.Page, names *Names, frames *frame.Frames) []statement {
	sp := &splitter{names: names, frames: frames}
	for i := range p.Blocks {
		sp.block(&p.Blocks[i])
	}
	return sp.out
}

// sort puts the claims in the order of the source.
func (r *reader) sort() {
	slices.SortStableFunc(r.out.Claims, func(a, b Claim) int {
		return a.Source().From - b.Source().From
	})
}

// A reader reads statements.
type reader struct {
	Options
	frames    *frame.Frames
	out       Reading
	languages map[string]string // by small letters
	labelled  map[string]string // by label
	known     map[string]valueReader
	used      map[*page.Text][]page.Span
	mentions  map[*page.Text][]Mention
	running   Subject // what the last sentence was about
	runningIn *page.Block
	numbers   ruleBook
	dates     ruleBook

	standIn *strings.Replacer // see standInFor

	looked int      // how many numbers and dates, also those in words
	area   string   // of the list being read
	listed struct { // the end of the last list that is said to go on
		text *page.Text
		to   int
	}
	introduced string // the project whose first sentence was read last
}

func newReader(opts Options) *reader {
	r := &reader{
		Options: opts, languages: map[string]string{}, labelled: map[string]string{}, known: labels, used: map[*page.Text][]page.Span{}, mentions: map[*page.Text][]Mention{},
		numbers: ruleBook{rules: numberRules}, dates: ruleBook{rules: dateRules}, standIn: standInFor(opts.Language),
	}
	for _, l := range opts.Languages {
		r.languages[strings.ToLower(l)], r.labelled[label(l)] = l, l
	}
	for alias, l := range map[string]string{"golang": "Go", "typescript": "TypeScript", "cpp": "C++"} {
		if slices.Contains(opts.Languages, l) {
			r.languages[alias], r.labelled[alias] = l, l
		}
	}
	return r
}

// add adds a claim on bytes from and to of the statement's text.
func (r *reader) add(st *statement, c Claim, s page.Span) {
	if s.From >= s.To || c.At.To == 0 && r.taken(st.text, s) {
		return
	}
	c.Block, c.Text, c.Span = st.block, st.text, s
	if at := c.Source(); at.From >= at.To {
		return // nothing in the source stands for it
	}
	if c.Label == "" {
		c.Label = st.label
	}
	c.Cell, c.title = r.inCell(st, s), st.strict || st.rank != ""
	if r.frames != nil {
		if c.Frame = r.frames.At(st.block); st.subject.Sort != OfAll {
			c.Frame.Subject = st.subject // of its row, its item or the item above
		}
	}
	if c.Scope == "" && r.ofMain(st, s) {
		c.Scope = "primary"
	}
	if c.Year == "" {
		c.Year = st.year
	}
	if c.Sentence == "" {
		c.Sentence = sentence(st.text.S, s)
	}
	r.out.Claims = append(r.out.Claims, c)
	if c.At.To == 0 && !c.around() {
		r.use(st.text, s)
	}
}

// mainRepository: a text speaks of the main repository of a project.
var mainRepository = lazyregexp.New(`(?i)\b(?:main|primary|core) (?:repo|repository)\b`)

// ofMain reports whether the label of a statement, or the clause around a span, says
// that it is of the main repository of a project.
func (r *reader) ofMain(st *statement, at page.Span) bool {
	if !st.has("repo") && !mainRepository.MatchString(st.labelRaw()) {
		return false
	}
	return mainRepository.MatchString(st.labelRaw()) || mainRepository.MatchString(st.text.Of(clauseOf(st, at)))
}

// around reports whether a claim is on a whole sentence, in which there may be
// others.
func (c *Claim) around() bool {
	return c.Kind == Reason || c.Kind == Source && c.Form == Verbal || c.Kind == Description && c.Label == ""
}

// taken reports whether some claim holds a byte of the span already.
func (r *reader) taken(t *page.Text, s page.Span) bool {
	used := r.used[t]
	k := sort.Search(len(used), func(k int) bool { return used[k].To > s.From })
	return k < len(used) && used[k].From < s.To
}

// use marks a span as taken. The spans of a text are kept in order, and apart.
func (r *reader) use(t *page.Text, s page.Span) {
	used := r.used[t]
	k := sort.Search(len(used), func(k int) bool { return used[k].To > s.From })
	if k == len(used) || used[k].From >= s.To {
		r.used[t] = slices.Insert(used, k, s)
		return
	}
	used[k] = page.Span{From: min(used[k].From, s.From), To: max(used[k].To, s.To)}
	for k+1 < len(used) && used[k+1].From < used[k].To {
		used[k].To = max(used[k].To, used[k+1].To)
		used = slices.Delete(used, k+1, k+2)
	}
	r.used[t] = used
}

// in are the names in a text, found once.
func (r *reader) in(t *page.Text) []Mention {
	found, ok := r.mentions[t]
	if !ok {
		found = r.Names.In(t.S)
		r.mentions[t] = found
	}
	return found
}

// mentionsOf are the names in a statement.
func (r *reader) mentionsOf(st *statement) []Mention {
	return r.between(st.text, st.Span)
}

// between are the names that stand within a span.
func (r *reader) between(t *page.Text, s page.Span) []Mention {
	all := r.in(t)
	from := sort.Search(len(all), func(k int) bool { return all[k].From >= s.From })
	to := sort.Search(len(all), func(k int) bool { return all[k].To > s.To })
	return all[from:max(from, to)]
}

func (r *reader) statement(st *statement) {
	if r.runningIn != st.block {
		r.running, r.runningIn = Subject{}, st.block
	}
	if st.labelText != nil {
		r.use(st.labelText, st.labelSpan)
	}
	if st.rank != "" {
		r.add(st, Claim{Kind: Superlative, Field: "superlative", Subject: st.subject, Form: Verbal, Word: st.rank + " " + r.like() + " project"}, st.Span)
		return
	}
	if st.member {
		if st.subject.Sort == OfProject {
			r.add(st, Claim{Kind: Member, Field: "member", Subject: st.subject, Form: Verbal, Word: st.s()}, st.Span)
		}
		return
	}
	if st.chart != nil {
		r.chart(st)
		return
	}
	r.byLabel(st)
	r.tokens(st)
	r.phrases(st)
}

// like are the words for the projects that a report is about.
func (r *reader) like() string {
	if r.Language == "" {
		return "listed"
	}
	return r.Language
}

// sentence is the sentence of s around a span.
func sentence(s string, at page.Span) string { b := bounds(s, at); return s[b.From:b.To] }

// bounds are those of the sentence around a span.
func bounds(s string, at page.Span) page.Span {
	from, to := max(0, at.From-limit.VerifySentence), min(len(s), at.To+limit.VerifySentence)
	for i := at.From - 1; i > from; i-- {
		if isStop(s[i]) && endsSentence(s, i) {
			from = i + 1
			break
		}
	}
	for i := at.To; i < to; i++ {
		if isStop(s[i]) && endsSentence(s, i) {
			to = i + 1
			break
		}
	}
	for from < to && s[from] == ' ' {
		from++
	}
	return page.Span{From: from, To: to}
}

// endsSentence reports whether the byte at i ends a sentence.
func endsSentence(s string, i int) bool {
	return isStop(s[i]) && i+1 < len(s) && s[i+1] == ' ' && !abbreviation(s[:i])
}

func isStop(c byte) bool { return c == '.' || c == '!' || c == '?' }

func abbreviation(s string) bool {
	for _, a := range []string{"e.g", "i.e", "approx", "ca", "vs", "etc", "incl", "resp", "No", "no"} {
		if strings.HasSuffix(s, " "+a) || strings.HasSuffix(s, "("+a) {
			return true
		}
	}
	return false
}

// figures counts the numbers and dates, and which of them no claim holds.
func (r *reader) figures(p *page.Page) {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Form == page.Quote || b.Info == "mermaid" && !isChart(b.Text.S) {
			continue
		}
		r.figuresOf(&b.Text)
		for k := range b.Cells {
			r.figuresOf(&b.Cells[k])
		}
	}
}

// Bounded refuses a page with too many figures, before they are looked at. [Read]
// does so too.
func Bounded(p *page.Page) error {
	n := 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		n += numbersIn(b.Text.S)
		for k := range b.Cells {
			n += numbersIn(b.Cells[k].S)
		}
		if n > limit.VerifyFigures {
			return tooMany(p, textOf(b), limit.Over("verify-figures", limit.VerifyFigures))
		}
	}
	return nil
}

// numbersIn counts the numbers that may be in a text, those of a date each.
func numbersIn(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) && (i == 0 || !isDigit(s[i-1])) {
			n++
		}
	}
	return n
}

// textOf is the text of a block, of a row the first.
func textOf(b *page.Block) *page.Text {
	if len(b.Cells) > 0 {
		return &b.Cells[0]
	}
	return &b.Text
}

func (r *reader) figuresOf(t *page.Text) {
	for _, tok := range r.countable(t, whole(t)) {
		r.out.Figures++
		if !r.taken(t, tok.Span) {
			r.out.Unread = append(r.out.Unread, Place{t, tok.Span})
		}
	}
}

// countable are the tokens of a span that say something: not in code, addresses,
// names, or marks such as "[1]" of a list of sources.
func (r *reader) countable(t *page.Text, s page.Span) []token {
	var found []token
	for _, tok := range tokens(t.Of(s)) {
		tok.From, tok.To = tok.From+s.From, tok.To+s.From
		if tok.form == isVersion || t.InCode(tok.From) || tok.word || r.isMark(t, tok) || r.inName(t, tok) {
			continue
		}
		found = append(found, tok)
	}
	return found
}

// isMark reports whether a number is the text of a link that is one of several
// sources, or part of an address.
func (r *reader) isMark(t *page.Text, tok token) bool {
	l := t.LinkAt(tok.From)
	if l == nil {
		return false
	}
	return l.Bare || tok.form == isNumber && l.To-l.From <= 2 || strings.Contains(t.Of(l.Span), "/") || strings.Contains(t.Of(l.Span), "://")
}

func (r *reader) inName(t *page.Text, tok token) bool {
	all := r.in(t)
	k := sort.Search(len(all), func(k int) bool { return all[k].To >= tok.To })
	return k < len(all) && all[k].From <= tok.From
}
