// Package claim takes the atomic statements out of a report: that a project is
// graduated, has 26,933,759 bytes of Rust, was accepted on a day. It knows names
// ([Names]) and the words in which such reports are written, and no facts: what
// is true is for others to say.
//
// Every text of the report becomes statements: a cell under its head, the value
// after a label, a sentence. Each has what it is about, by its row, its heading
// or the names in it (sentence.go). From a statement come claims in three ways: what its
// label says it is (label.go), its numbers and dates by what stands around them
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
	"assay/internal/verify/property"
)

// A Claim is one statement: that a property of a subject has a value.
type Claim struct {
	Property *property.Property
	// Of is the argument of the property: the language of a share.
	Of      string
	Subject Subject
	// Than is what the subject is compared with.
	Than Subject
	// Num, Day or Word is the value, by the type of the property's values.
	Num  Quantity
	Day  Day
	Word string
	// Bound of a word.
	Bound Bound

	// Level narrows a count, list or day to a level of maturity.
	Level string
	// Area that the projects of a list are said to be in, and Among the projects of which
	// some are counted, by identifier.
	Area  string
	Among []string
	// Scope of a figure, where one is named; of the rules that gave the class for
	// [OfRules].
	Scope string
	// Year in which it is said to be.
	Year string
	// Language that it is of, where that is another than the report's or none is.
	Language string
	// Listed is how many stand in the list before "and N more".
	Listed int
	// Manifest tells packages of one name apart.
	Manifest string
	// Part: it is said of a part of the subject, which is not named by itself.
	Part bool
	// Read: it says of itself that it is of what was read; Whole: of all there is.
	Read, Whole bool
	// Negated: it is said not to be so. Strict: it is meant to the letter, as data is.
	Negated, Strict bool
	// Loose says why the claim may be about something else, where its value shows that:
	// it can be right, and is not checked where it is not.
	Loose string

	// unsure says why it is not certain what the value is of.
	unsure string

	// Frame is what the place of the claim is about.
	Frame frame.Frame
	Block *page.Block
	Text  *page.Text
	page.Span
	// At is where the claim stands in the source, when that is not the text at
	// Span: the address of a link.
	At page.Span
	// Sentence is the text around, and Label what it is said to be.
	Sentence, Label string
	// Cell: it stands in a cell or property with a known label, and in no sentence.
	Cell bool
}

// OfRules is the scope of figures that the rules for the class were applied to.
const OfRules = "rule"

// Kind is what the claim is about; of a comparison what is compared.
func (c *Claim) Kind() Kind {
	if figure := property.Named(c.Of); c.Property.Kind == "figure" && figure != nil {
		return Kind(figure.Kind)
	}
	return Kind(c.Property.Kind)
}

// Is reports whether the claim is on one of the properties of these names.
func (c *Claim) Is(names ...string) bool { return c.Property.Is(names...) }

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
	return &r.out, nil
}

// tooMany is the error that a report says too much, what and where.
func tooMany(p *page.Page, at *page.Text, over string) error {
	line, _ := p.Position(at.Source(whole(at)).From)
	return errkind.WithHint(errkind.Errorf(errkind.Limit, "line %d: the report has %s", line, over), "split it: by level of maturity, say")
}

// Days reads what a page says of its own day, its data and its making: claims
// on the property report or one below it. It knows no names, and takes a
// small part of the time of [Read].
func Days(p *page.Page) []Claim {
	r := newReader(Options{Names: names.New()})
	r.frames = frame.Of(p, r.Names, nil)
	all := split(p, r.Names, r.frames)
	for i := range all {
		r.ownDays(&all[i])
	}
	r.sort()
	return slices.DeleteFunc(r.out.Claims, func(c Claim) bool { return !c.Property.Under("report") })
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
	first     map[firstKey]page.Span // see besideValue
	used      map[*page.Text][]page.Span
	mentions  map[*page.Text][]Mention
	numbers   ruleBook
	dates     ruleBook

	standIn *strings.Replacer // see standInFor

	looked     int    // how many numbers and dates, also those in words
	introduced string // the project whose first sentence was read last
}

func newReader(opts Options) *reader {
	r := &reader{
		Options: opts, languages: map[string]string{}, labelled: map[string]string{}, known: labels, first: map[firstKey]page.Span{}, used: map[*page.Text][]page.Span{}, mentions: map[*page.Text][]Mention{},
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

// add adds a claim on bytes from and to of the statement's text: to the claims, or to what
// is not checked.
func (r *reader) add(st *statement, c Claim, s page.Span) {
	if s.From >= s.To || c.At.To == 0 && r.taken(st.text, s) {
		return
	}
	c.Block, c.Text, c.Span = st.block, st.text, s
	if at := c.Source(); at.From >= at.To {
		return // nothing in the source stands for it
	}
	c.Label, c.Cell, c.Sentence = st.label, st.said == nil && !st.strict, st.s()
	c.Frame = r.frames.At(st.block)
	if c.Year == "" {
		c.Year = st.year
	}
	if p := c.Property; r.Language == "" && c.Language == "" && (p.Language && !(p.Own && c.Of != "") || p.Asks != "") {
		c.Language = r.ownLanguage(st)
	}
	said := c.Sentence + " | " + st.labelRaw()
	c.Read = readAlone.MatchString(said)
	c.Whole = ofAllThereIs.MatchString(said) || !c.Read && inAll.MatchString(said)
	if c.Scope == "" && mainRepository.MatchString(said) {
		c.Scope = "primary"
	}
	if c.At.To == 0 && !c.around() {
		r.use(st.text, s)
	}
	if why := r.doubt(st, &c); why != "" {
		r.out.Doubts = append(r.out.Doubts, Doubt{c, why})
		return
	}
	r.out.Claims = append(r.out.Claims, c)
}

var (
	// mainRepository: a text speaks of the main repository of a project.
	mainRepository = lazyregexp.New(`(?i)\b(?:main|primary|core) (?:repo|repository)\b`)
	// readAlone: a text speaks of what was read.
	readAlone = lazyregexp.New(`(?i)\b(?:in|of|among|from) (?:what|those|all|the \pL+)(?: that| which)?(?: was| were| could be| we| they| we could| they could)(?: actually)? read\b|` +
		`\bwhose (?:code|repositories) (?:was|were|we|they|could be|we could|they could)(?: actually)? read\b`)
	// ofAllThereIs: a sentence speaks of more than what was read, or of what others say.
	ofAllThereIs = lazyregexp.New(`(?i)\b(?:whole|entire|including|counting|all \d+|altogether|could not be read|overall|all (?:of )?(?:its|the|their)? ?(?:repositories|repos|code)|organi[sz]ation-wide)\b`)
	// inAll: a sentence gives a sum, which may be of more than what was read unless it
	// says otherwise.
	inAll = lazyregexp.New(`(?i)\bin all\b`)
)

// around reports whether a claim is on a whole sentence, in which there may be
// others.
func (c *Claim) around() bool {
	return c.Is("reason", "source") || c.Is("description") && c.Label == ""
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

// between are the names that stand within a span.
func (r *reader) between(t *page.Text, s page.Span) []Mention {
	all := r.in(t)
	from := sort.Search(len(all), func(k int) bool { return all[k].From >= s.From })
	to := sort.Search(len(all), func(k int) bool { return all[k].To > s.To })
	return all[from:max(from, to)]
}

// statement reads a statement: as the value of its label, or sentence by sentence.
func (r *reader) statement(st *statement) {
	if st.labelText != nil {
		r.use(st.labelText, st.labelSpan)
	}
	if st.member {
		if st.subject.Sort == OfProject {
			r.add(st, Claim{Property: property.Must("member"), Subject: st.subject, Word: st.s()}, st.Span)
		}
		return
	}
	if st.block.Form == page.Heading {
		r.listedUnder(st)
	}
	value, last := true, (*sentence)(nil)
	for _, s := range sentences(st) {
		part := *st
		part.Span, part.rest = s, s.From > st.From
		if last != nil && st.text.S[last.To-1] == ';' && last.subject.Sort != OfAll {
			part.subject, part.named = last.subject, true
		}
		if !value || !r.isValue(&part) {
			part.said = r.look(&part, s)
			part.subject, last = part.said.subject, part.said
		}
		value = value && st.text.S[s.To-1] == ';'
		r.read(&part)
	}
}

// read reads a value or a sentence.
func (r *reader) read(st *statement) {
	r.byLabel(st)
	r.tokens(st)
	if st.block.Form != page.Heading {
		r.phrases(st)
	}
}

// figures counts the numbers and dates, and which of them no claim holds.
func (r *reader) figures(p *page.Page) {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Form == page.Quote || b.Info == "mermaid" {
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
