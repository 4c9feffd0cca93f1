package claim

import (
	"iter"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// Lengths of the text around a token that is looked at, in bytes.
const (
	lookLeft  = 72
	lookRight = 64
)

// tokens makes claims of the numbers and dates of a statement.
func (r *reader) tokens(st *statement) {
	for tok := range r.freeTokens(st, anyToken) {
		r.looked++
		switch tok.form {
		case isNumber:
			r.number(st, tok)
			r.bracketed(st, tok)
		case isDate:
			r.date(st, tok)
		case isVersion:
			r.version(st, tok)
		}
	}
}

// ownDays makes claims of the dates of a statement, years among them, and of
// nothing else.
func (r *reader) ownDays(st *statement) {
	if st.labelText != nil {
		r.use(st.labelText, st.labelSpan)
	}
	isDay := func(tok token) bool {
		return tok.form == isDate || tok.form == isNumber && yearOnly.MatchString(st.text.Of(tok.Span))
	}
	for tok := range r.freeTokens(st, isDay) {
		if tok.form == isNumber {
			tok = yearToken(st, tok)
		}
		r.date(st, tok)
	}
}

func anyToken(token) bool { return true }

// freeTokens are the numbers, dates and versions of a statement, of those wanted,
// that it says something with and that are part of no claim yet.
func (r *reader) freeTokens(st *statement, wanted func(token) bool) iter.Seq[token] {
	return func(yield func(token) bool) {
		for _, tok := range tokens(st.s()) {
			tok.From, tok.To = tok.From+st.From, tok.To+st.From
			switch {
			case !wanted(tok), st.text.InCode(tok.From), r.inName(st.text, tok), r.isMark(st.text, tok), r.taken(st.text, tok.Span):
			case st.block.Form != page.Row && st.block.Form != page.Code && (asked(st, tok) || unsaid(st, tok.Span) || deniesFigure(st, tok.Span)):
			case !yield(tok):
				return
			}
		}
	}
}

// around is the text around a token within its statement.
func (r *reader) around(st *statement, tok token) *around {
	s := st.text.S
	a := &around{
		left:    strings.ToLower(s[max(st.From, tok.From-lookLeft):tok.From]),
		right:   strings.ToLower(s[tok.To:min(st.To, tok.To+lookRight)]),
		label:   st.label,
		percent: tok.num.Percent,
	}
	if end := bracketAt(st, tok); end > 0 {
		a.right = strings.ToLower(st.text.S[end:min(st.To, end+lookRight)])
	}
	a.right = readBehind.ReplaceAllString(a.right, "")
	switch {
	case !maySetBound(a.left):
	case st.label == "languages": // where "Just" is one
		a.left = boundSigns.ReplaceAllString(a.left, "")
	default:
		a.left = boundWords.ReplaceAllString(a.left, "")
	}
	if strings.Contains(a.right, "respectively") {
		a.right = listRest.ReplaceAllString(a.right, "")
	}
	if a.label == "" {
		a.label = st.lead
	}
	if r.standIn != nil {
		a.label, a.left, a.right = r.standIn.Replace(a.label), r.standIn.Replace(a.left), r.standIn.Replace(a.right)
	}
	return a
}

// listRest is the rest of a list of numbers, all of which are of what is behind it.
var listRest = lazyregexp.New(`^(?:,? and [\d.,]+|, [\d.,]*\d)+`)

// boundWords stand between a number and what it belongs to.
var boundWords = lazyregexp.New(`(?:~|≈|<|>|≤|≥|\b(?:about|around|approximately|roughly|over|more than|at least|at most|under|fewer than|less than|almost|nearly|just|exactly|some|only|a total of|just shy of|just under|close to)) ?$`)

// boundSigns are those of them that are no words.
var boundSigns = lazyregexp.New(`[~≈<>≤≥] ?$`)

// number makes a claim of a number.
func (r *reader) number(st *statement, tok token) {
	a := r.around(st, tok)
	if tok.word && !tok.num.Percent && !r.wordCounts(a) || r.year(st, tok) || otherNoun.MatchString(a.right) || otherVerb.MatchString(a.left) {
		return
	}
	c := Claim{Form: Numeric, Num: tok.num, Read: tok.read || ofRead.MatchString(st.labelRaw())}
	if r.count(st, a, &c) || r.languageShare(st, tok, a, &c) {
		if c.Field != "" && r.ofYear(st, tok, &c) && r.ofUse(st, tok, &c) {
			r.add(st, c, tok.Span)
		}
		return
	}
	c.Field = r.numbers.field(a)
	if c.Field == "" && (tok.data || headData.MatchString(st.labelRaw())) {
		c.Field = "bytes"
	}
	if c.Field == "" && !c.Num.Percent && headLines.MatchString(st.labelRaw()) {
		c.Field = "code"
	}
	if c.Field == "" {
		c.Field = r.bare(st, a)
	}
	if c.Field == "" || ofSomeLevel(st, tok, c.Field) {
		return
	}
	if strings.HasPrefix(c.Field, "share") && !c.Num.Percent {
		c.Num = perCent(c.Num)
	}
	c.Field = r.ofLanguage(either(c.Field, a), a)
	if !r.ofRow(st, &c) {
		return
	}
	if !r.ofPeriod(st, tok, a, &c) || !r.ofYear(st, tok, &c) {
		return
	}
	c.Num = scaled(c.Num, st.labelRaw())
	c.Kind = kindOf(c.Field)
	r.numberOf(st, tok, a, c)
}

// bracketed makes claims of the bounds that stand in brackets behind a number: they
// are of the same thing.
func (r *reader) bracketed(st *statement, tok token) {
	end, last := bracketAt(st, tok), len(r.out.Claims)-1
	if end == 0 || last < 0 || r.out.Claims[last].Text != st.text || r.out.Claims[last].Span != tok.Span {
		return
	}
	for _, t := range tokens(st.text.S[tok.To:end]) {
		c := r.out.Claims[last]
		c.Num, c.Read = t.num, t.read
		r.add(st, c, page.Span{From: tok.To + t.From, To: tok.To + t.To})
	}
}

var (
	// usesOther finds the language that projects are said to use.
	usesOther = lazyregexp.New(`^(?: [\pL+#-]+){0,6}? (?:use|uses|using|written in|with|adopted|rely on|in) ([\pL][\pL+#]*)`)
	// didOther: of projects something else is said than that they use a language.
	didOther = lazyregexp.New(`^(?: [\pL-]+){0,3}? projects? (?:have |has |had |were |was |are )?(?:left|archived|stopped|dropped|abandoned|moved|removed|rejected|given up)\b`)
)

// ofUse reports whether a number of projects is of those that use the report's
// language on its day.
func (r *reader) ofUse(st *statement, tok token, c *Claim) bool {
	if c.Kind != Count || c.Field != "count.using" && c.Field != "count.level" && c.Field != "count.some" {
		return true
	}
	right := strings.ToLower(st.text.S[tok.To:min(st.To, tok.To+lookRight)])
	if didOther.MatchString(right) {
		return false
	}
	if m := usesOther.FindStringSubmatch(right); m != nil {
		if l := r.languages[m[1]]; l != "" && l != r.Language {
			c.Language = l
			return r.Language == "" // which is then one of those asked about
		}
	}
	year := yearIn(st.text.Of(clauseOf(st, tok.Span)))
	return year == nil || st.block.Form == page.Row || strings.HasPrefix(r.AsOf, year[1])
}

// ofRow reports whether a number in a row of a table can be held against the facts:
// in one that is about a year, shares can, and in one about a language its size. In
// one about anything else that is not known, such as a month or an edition, nothing.
func (r *reader) ofRow(st *statement, c *Claim) bool {
	if st.row == nil || strings.HasPrefix(c.Field, "count") || strings.HasPrefix(c.Field, "growth") {
		return true
	}
	head, lang, _ := strings.Cut(c.Field, ":")
	if st.year != "" {
		if lang == "" {
			lang = r.Language
		}
		c.Field, c.Year = "share.year:"+lang, st.year
		return head == "share"
	}
	if st.first == "" || st.subject.Sort == OfAll {
		return true
	}
	of := r.languages[strings.ToLower(st.first)]
	switch {
	case of == "":
		return false
	case of == r.Language || lang != "":
		return true
	case head != "share" && head != "bytes":
		return false
	}
	c.Field = head + ":" + of
	return true
}

// ofSomeLevel reports whether a number of projects of a class is said of those of a
// level, which is not counted.
func ofSomeLevel(st *statement, tok token, field string) bool {
	if field != "count.core" && field != "count.component" || st.block.Form == page.Row {
		return false
	}
	return levelOf(sentence(st.text.S, tok.Span)) != ""
}

// numberOf adds a claim of a number whose field is known.
func (r *reader) numberOf(st *statement, tok token, a *around, c Claim) {
	if strings.HasPrefix(c.Field, "count") {
		c.Subject = Subject{}
		if c.Level = levelOf(a.label); c.Level == "" {
			c.Level = st.level
		}
		if st.subject.Sort == OfLevel {
			c.Level = st.subject.ID
		}
	} else {
		c.Level, c.Subject = "", r.subject(st, tok.Span)
	}
	c.Scope = scopeOf(a.left)
	if month := len("2006-01: "); strings.HasPrefix(c.Field, "commits.month:") {
		tok.From -= month // the month is part of the claim
	}
	if c.Field == "org.others" || c.Field == "named.more" {
		c.Listed = r.listedBefore(st, tok)
	}
	if strings.HasPrefix(c.Field, "org.share:") && a.label != "" {
		r.organisationName(st, tok, c.Subject)
	}
	if c.Field == "lacking" {
		c.Subject = st.subject
		c.Listed = r.listedBefore(st, tok)
	}
	r.add(st, c, tok.Span)
}

var orgName = lazyregexp.New(`(?:^|[,:] )([\pL\d][^,;:()]*?)(?: [<>~≈])? \(?$`)

// organisationName makes a claim of the name that stands before its share.
func (r *reader) organisationName(st *statement, tok token, subject Subject) {
	from := max(st.From, tok.From-lookLeft)
	m := orgName.FindStringSubmatchIndex(st.text.S[from:tok.From])
	if m == nil {
		return
	}
	s := page.Span{From: from + m[2], To: from + m[3]}
	r.add(st, Claim{Kind: Organisation, Field: "org.name", Subject: subject, Form: Verbal, Word: st.text.Of(s), Num: tok.num}, s)
}

// listedBefore is how many there stand before "and N more": in the text, behind the
// list before it, or in the rows and items above it.
func (r *reader) listedBefore(st *statement, tok token) int {
	before := *st
	before.To = tok.From
	if last := &r.listed; last.text == st.text && last.to > st.From && last.to <= tok.From {
		before.From = last.to
	}
	r.listed.text, r.listed.to = st.text, tok.To
	if len(words(before.s())) <= 1 {
		return st.listed
	}
	if n := len(r.linksIn(&before, before.From)); n > 1 {
		return n
	}
	parts := 0
	for _, p := range before.parts() {
		if words(st.text.Of(p))[0] != "and" {
			parts++
		}
	}
	return parts
}

var (
	headData  = lazyregexp.New(`(?i)[,(]\s?(?:kb|mb|gb)\b`)
	headScale = lazyregexp.New(`(?i)(?:[,(]\s?(?:in )?|^)(ks?loc|ms?loc)\b|[,(]\s?(?:in )?(k|thousands?|m|millions?|kb|mb|gb)\b\)?`)
	headLines = lazyregexp.New(`(?i)\b[km]?s?loc\b`)
	inYear    = lazyregexp.New(`(?i)\b(?:in|by|back in|at the end of|during|as of|until|late|early|mid-?) ((?:19|20)\d\d)\b`)
)

// yearIn finds a year that a clause names.
func yearIn(clause string) []string {
	if !strings.Contains(clause, " 20") && !strings.Contains(clause, " 19") {
		return nil
	}
	return inYear.FindStringSubmatch(clause)
}

// scaled is a number under a head that tells its scale: "LOC (k)", "Rust, MB".
func scaled(q Quantity, head string) Quantity {
	m := headScale.FindStringSubmatch(head)
	if m == nil || q.Percent {
		return q
	}
	word := strings.ToLower(m[1] + m[2])
	factor := factorOf(word)
	switch {
	case strings.HasSuffix(word, "b"):
		factor = dataFactor(word)
	case strings.HasPrefix(word, "k"), strings.HasPrefix(word, "thousand"):
		factor = 1e3
	case strings.HasPrefix(word, "m"):
		factor = 1e6
	}
	q.Slack = max(q.Slack, 0.5)
	q.Value, q.Slack = q.Value*factor, q.Slack*factor
	return q
}

// ofYear reports whether a size or share can be held against the day: one that a
// sentence says of a year is of its end, which is known of shares alone.
func (r *reader) ofYear(st *statement, tok token, c *Claim) bool {
	head, lang, _ := strings.Cut(c.Field, ":")
	switch head {
	case "share", "bytes", "code", "total", "files":
	default:
		return true
	}
	clause := clauseOf(st, tok.Span)
	m := yearIn(st.text.Of(clause))
	switch {
	case m == nil:
		return true
	case head != "share":
		return false
	case lang == "":
		lang = r.Language
	}
	c.Field, c.Year = "share.year:"+lang, m[1]
	return true
}

// otherNoun and otherVerb: the figure is of something that is not measured, of a
// part of the code or of a change to it.
var (
	otherNoun = lazyregexp.New(`^ (?:\pL+ ){0,2}of (?:test|tests|testing|generated|vendored|example|examples|third-party|unsafe)\b|^ (?:(?:of )?(?:` + languageNames + `) )?(?:developers|engineers|programmers|users)\b|^ (?:\pL+ ){1,2}in (?:china|europe|asia|africa|america|germany|japan|india|the us)\b`)
	otherVerb = lazyregexp.New(`\b(?:added|removed|deleted|rewrote|changed|touched)(?: about| over| more than)? $`)
)

// The periods that work may be told of, besides the year up to the day.
var (
	perPeriod = lazyregexp.New(`\b(?:per|a|each|every|last|past|this|previous) (?:day|week|month|quarter|decade|\d+ (?:days|weeks|months))\b|\b(?:daily|weekly|monthly|quarterly)\b`)
	everSince = lazyregexp.New(`\b(?:whole|entire|full) history\b|\ball[ -]time\b|\blifetime\b|\bsince (?:19|20)\d\d\b|\bsince (?:it|its) \pL+|\bin total\b`)
	// clauseEnds: behind it something else is said.
	clauseEnds = lazyregexp.New(`[.;,] `)
	yearSaid   = lazyregexp.New(`\b(?:19|20)\d\d\b`)
)

// ofPeriod reports whether work can be held against the facts of the year up to
// the day, or of all time: that of another month or year cannot.
func (r *reader) ofPeriod(st *statement, tok token, a *around, c *Claim) bool {
	switch c.Field {
	case "commits.year", "authors.year", "bots.year", "merges.year":
	default:
		return true
	}
	near, _, _ := strings.Cut(clauseEnds.ReplaceAllString(a.right, "\x00"), "\x00")
	said := near + " | " + strings.ToLower(st.labelRaw())
	switch {
	case perPeriod.MatchString(said):
		return false
	case !everSince.MatchString(said):
		clause := clauseOf(st, tok.Span)
		if m := yearIn(st.text.Of(clause)); m != nil && st.block.Form != page.Row {
			c.Year = m[1]
		} else if m := yearSaid.FindString(strings.ToLower(st.labelRaw())); m != "" {
			c.Year = m
		}
		return true
	case c.Field == "commits.year":
		c.Field = "commits.all"
		return true
	}
	return false
}

// perCent is a share that is written without its sign: as a part of one, or in
// per cent.
func perCent(q Quantity) Quantity {
	q.Percent = true
	if q.Value <= 1 && q.Slack > 0 {
		q.Value, q.Slack = 100*q.Value, 100*q.Slack
	}
	if q.Slack == 0 {
		q.Slack = 0.5
	}
	return q
}

// wordCounts reports whether a number in words is one of what is counted, and
// not "one of the largest".
func (r *reader) wordCounts(a *around) bool {
	if strings.HasPrefix(a.right, " year") || strings.HasPrefix(a.right, " organi") || strings.HasPrefix(a.right, " line") {
		return false
	}
	if strings.HasSuffix(a.left, "taken for ") || strings.HasPrefix(a.right, " repository that") {
		return false
	}
	return !ofTheRight.MatchString(a.right) && !strings.HasSuffix(a.left, "at ") && !strings.HasSuffix(a.left, "no ")
}

var ofTheRight = lazyregexp.New(`^ of the\b`)

// either picks of two fields "a|b" the one whose first word is nearer to hand.
func either(field string, a *around) string {
	first, second, ok := strings.Cut(field, "|")
	if !ok || strings.Contains(a.left, "release") || strings.Contains(a.label, "release") {
		return first
	}
	return second
}

var scopeLeft = lazyregexp.New(`(?:^|· )(primary|listed|organi[sz]ation): [^·]*$`)

// scopeOf is the scope that a clause names at its beginning.
func scopeOf(left string) string {
	if m := scopeLeft.FindStringSubmatch(left); m != nil {
		return strings.Replace(m[1], "organiz", "organis", 1)
	}
	return ""
}

// bare is the field of a number that is all there is to a cell or value, by its
// label.
func (r *reader) bare(st *statement, a *around) string {
	if st.label == "" && st.lead == "" {
		return ""
	}
	switch {
	case strings.Contains(st.labelRaw(), "%") && r.languageFirst(a.label) != "":
		return "share:" + r.languageFirst(a.label)
	case strings.HasSuffix(a.label, " share") && r.languageFirst(a.label) != "":
		return "share:" + r.languageFirst(a.label)
	case a.label == "share":
		return "share"
	case a.percent && shareLabel.MatchString(a.label):
		return "share" + r.labelLanguage(a.label)
	case a.percent && r.labelled[a.label] != "":
		return "share:" + r.labelled[a.label]
	case !a.percent && r.labelled[a.label] != "":
		return "bytes:" + r.labelled[a.label]
	}
	return ""
}

// labelRaw is the label as it stands, with its signs.
func (st *statement) labelRaw() string {
	if st.row != nil && st.row.Head != nil {
		for i := range st.row.Cells {
			if &st.row.Cells[i] == st.text && i < len(st.row.Head.Cells) {
				return st.row.Head.Cells[i].S
			}
		}
	}
	if st.labelText != nil {
		return st.labelText.Of(st.labelSpan)
	}
	return ""
}
