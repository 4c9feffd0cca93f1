package claim

import (
	"iter"
	"slices"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/property"
)

// Lengths of the text around a token that is looked at, in bytes.
const (
	lookLeft  = 72
	lookRight = 64
)

// tokens makes claims of the numbers, dates and versions of a statement.
func (r *reader) tokens(st *statement) {
	for tok := range r.freeTokens(st) {
		r.looked++
		switch tok.form {
		case isNumber:
			r.number(st, tok)
		case isDate:
			r.date(st, tok)
		case isVersion:
			r.version(st, tok)
		}
	}
}

// ownDays makes claims of the dates of a statement, years among them, and of nothing else.
func (r *reader) ownDays(st *statement) {
	if st.labelText != nil {
		r.use(st.labelText, st.labelSpan)
	}
	for tok := range r.freeTokens(st) {
		if text := st.text.Of(tok.Span); tok.form == isDate {
			r.date(st, tok)
		} else if yearOnly.MatchString(text) {
			r.date(st, token{Span: tok.Span, form: isDate, day: Day{Text: text}})
		}
	}
}

// freeTokens are the numbers, dates and versions of a statement that it says something
// with and that are part of no claim yet.
func (r *reader) freeTokens(st *statement) iter.Seq[token] {
	return func(yield func(token) bool) {
		for _, tok := range tokens(st.s()) {
			tok.From, tok.To = tok.From+st.From, tok.To+st.From
			if st.text.InCode(tok.From) || r.inName(st.text, tok) || r.isMark(st.text, tok) || r.taken(st.text, tok.Span) {
				continue
			}
			if !yield(tok) {
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
	a.left = boundWords.ReplaceAllString(a.left, "")
	if a.label == "" {
		a.label = st.lead
	}
	if r.standIn != nil {
		a.label, a.left, a.right = r.standIn.Replace(a.label), r.standIn.Replace(a.left), r.standIn.Replace(a.right)
	}
	return a
}

var (
	yearOnly = lazyregexp.New(`^(?:19|20)\d\d$`)
	yearSaid = lazyregexp.New(`\b(?:19|20)\d\d\b`)
	inYear   = lazyregexp.New(`(?i)\b(?:in|by|back in|at the end of|during|as of|until|late|early|mid-?) ((?:19|20)\d\d)\b`)
	// otherThing: the figure is of something that is not measured: of a part of the code,
	// of people who use a language.
	otherThing = lazyregexp.New(`^ (?:\pL+ ){0,2}of (?:test|tests|testing|generated|vendored|example|examples|third-party|unsafe)\b|^ (?:(?:of )?(?:` + languageNames + `) )?(?:developers|engineers|programmers|users)\b|` +
		`^ (?:\pL+ ){1,2}in (?:china|europe|asia|africa|america|germany|japan|india|the us)\b|^ of the\b`)
	// perPeriod and everSince: the periods that work may be told of, besides the year up
	// to the day.
	perPeriod = lazyregexp.New(`\b(?:per|a|each|every|last|past|this|previous) (?:day|week|month|quarter|decade|\d+ (?:days|weeks|months))\b|\b(?:daily|weekly|monthly|quarterly)\b`)
	// acrossSome: a size is said to be over so many repositories.
	acrossSome = lazyregexp.New(`(?:\(|\b(?:across|over|in|from) )$`)
	readWord   = lazyregexp.New(`\bread\b`)
	everSince  = lazyregexp.New(`\b(?:whole|entire|full) history\b|\ball[ -]time\b|\blifetime\b|\bsince (?:19|20)\d\d\b|\bsince (?:it|its) \pL+|\bin total\b`)
	// trailing: a text speaks of the year up to its day.
	trailing = lazyregexp.New(`(?i)\b(?:(?:in|of|over|during|for) the (?:last |past |trailing |previous )?(?:year|12 months|twelve months)|year (?:up )?to|(?:last|past|trailing) (?:year|12 months|twelve months|365 days)|absence factor|elephant factor|bus factor)\b`)
)

// number makes a claim of a number.
func (r *reader) number(st *statement, tok token) {
	if yearOnly.MatchString(st.text.Of(tok.Span)) && r.date(st, token{Span: tok.Span, form: isDate, day: Day{Text: st.text.Of(tok.Span)}}) {
		return
	}
	a := r.around(st, tok)
	if otherThing.MatchString(a.right) || tok.word && (strings.HasSuffix(a.left, "at ") || strings.HasSuffix(a.left, "no ")) {
		return
	}
	c := Claim{Num: tok.num, Subject: st.subject}
	if r.count(st, tok, a, &c) {
		r.add(st, c, tok.Span)
		return
	}
	c.Subject = st.subject
	switch {
	case !r.languageShare(st, a, &c) && !r.ruled(st, tok, a, &c):
		return
	case c.Property.Kind == string(Count):
		c.Subject, c.Level = Subject{}, st.level
	case !r.ofRow(st, &c), !r.ofPeriod(st, a, &c):
		return
	case c.Is("repos.all") && acrossSome.MatchString(a.left):
		c.Num.Bound = AtLeast // of those that hold what is told
	case c.Property.Under("repos") && readWord.MatchString(st.s()):
		c.Loose = "it is about what its authors read"
	default:
		r.sized(st, &c)
	}
	r.add(st, c, tok.Span)
}

// ruled finds what a number is by the rules, and by the head of its column.
func (r *reader) ruled(st *statement, tok token, a *around, c *Claim) bool {
	c.Property, c.Of = r.numbers.find(a)
	head := st.labelRaw()
	switch {
	case c.Property != nil:
	case tok.data || headData.MatchString(head):
		c.Property = property.Must("bytes")
	case !c.Num.Percent && headLines.MatchString(head):
		c.Property = property.Must("code")
	default:
		r.bare(st, a, c)
	}
	if c.Property == nil {
		return false
	}
	if c.Is("share") && !c.Num.Percent {
		c.Num = perCent(c.Num)
	}
	if c.Is("code", "bytes", "files") && c.Of == "" {
		c.Of = r.ofLanguage(a)
	}
	c.Num = scaled(c.Num, head)
	return true
}

var (
	headData  = lazyregexp.New(`(?i)[,(]\s?(?:kb|mb|gb)\b`)
	headScale = lazyregexp.New(`(?i)(?:[,(]\s?(?:in )?|^|\s)(ks?loc|ms?loc)\b|[,(]\s?(?:in )?(k|thousands?|m|millions?|kb|mb|gb)\b\)?`)
	headLines = lazyregexp.New(`(?i)\b[km]?s?loc\b`)
)

// scaled is a number under a head that tells its scale: "LOC (k)", "Rust, MB".
func scaled(q Quantity, head string) Quantity {
	m := headScale.FindStringSubmatch(head)
	if m == nil || q.Percent {
		return q
	}
	factor := factorOf(m[1] + m[2])
	q.Slack = max(q.Slack, 0.5)
	q.Value, q.Slack = q.Value*factor, q.Slack*factor
	return q
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

// bare is what a share is, or a number that is all there is to a cell or value, by the label.
func (r *reader) bare(st *statement, a *around, c *Claim) {
	share, bytes := property.Must("share"), property.Must("bytes")
	of := r.languageFirst(a.label)
	switch {
	case a.label == "":
	case a.percent && shareLabel.MatchString(a.label):
		c.Property, c.Of = share, r.labelLanguage(a.label)
	case a.percent && r.labelled[a.label] != "":
		c.Property, c.Of = share, r.labelled[a.label]
	case strings.TrimSpace(a.left) != "":
	case of != "" && (strings.Contains(st.labelRaw(), "%") || strings.HasSuffix(a.label, " share")):
		c.Property, c.Of = share, of
	case a.label == "share":
		c.Property = share
	case !a.percent && r.labelled[a.label] != "":
		c.Property, c.Of = bytes, r.labelled[a.label]
	}
}

// ofRow reports whether a number in a row of a table can be held against the facts:
// in one that is about a year, shares can, and in one about a language its size. In
// one about anything else that is not known, such as a month or an edition, nothing.
func (r *reader) ofRow(st *statement, c *Claim) bool {
	if st.row == nil || st.first == "" || st.subject.Sort == OfAll {
		return st.year == "" || c.Is("share")
	}
	of := r.languages[strings.ToLower(st.first)]
	switch {
	case of == "":
		return false
	case of == r.Language || c.Of != "":
		return true
	}
	c.Of = of
	return c.Is("share", "bytes")
}

// ofPeriod reports whether a figure can be held against the facts of the day: a size of
// another year than the report's cannot, and a share is of the end of that year; work of
// another period than the year up to the day, or of all time, cannot.
func (r *reader) ofPeriod(st *statement, a *around, c *Claim) bool {
	text := st.s()
	switch {
	case ofSize(c):
		m := inYear.FindStringSubmatch(text)
		if m != nil && c.Is("share") {
			c.Year = m[1]
		}
		return m == nil || c.Is("share")
	case !ofWork[c.Kind()] || c.Is("factor", "elephant", "org.count"):
		return true
	}
	said := a.right + " | " + strings.ToLower(st.labelRaw())
	if perPeriod.MatchString(said) && !c.Is("commits.quarter") {
		return false
	}
	if everSince.MatchString(said) {
		if c.Is("commits.year") {
			c.Property = property.Must("commits.all")
		}
		return c.Is("commits.all")
	}
	year := yearSaid.FindString(st.labelRaw())
	if year == "" && st.row == nil {
		year = yearSaid.FindString(text)
	}
	if year != "" && !trailing.MatchString(text) {
		c.Year = year
		if !strings.HasPrefix(r.AsOf, year) && r.AsOf != "" {
			return false
		}
	}
	if st.said != nil && !trailing.MatchString(text) {
		c.Loose = "of which time, and of which part it is, is not said"
	}
	return true
}

func ofSize(c *Claim) bool { return c.Is("bytes", "code", "files", "share", "total") }

// sized looks in a sentence for the language that a size or share is of.
func (r *reader) sized(st *statement, c *Claim) {
	if st.said == nil || !ofSize(c) || c.Is("total") {
		return
	}
	var named []string
	for _, w := range languageSpans(r, st.text, st.Span) {
		if l := r.languages[strings.ToLower(st.text.Of(w))]; !slices.Contains(named, l) {
			named = append(named, l)
		}
	}
	of := c.Of
	if of == "" {
		of = r.Language
	}
	switch {
	case len(named) == 1 && (of == "" || of == named[0]):
		if r.Language == "" {
			c.Of = named[0]
		}
	case len(named) > 1 && !besideLanguage(c, st, named), len(named) == 1 && of != named[0]:
		c.unsure = "of which language it is, is not certain"
	case len(named) == 0:
		c.Loose = "of which language it is, is not said"
	}
}

// besideLanguage reports whether a share says by what stands beside it which language it
// is of.
func besideLanguage(c *Claim, st *statement, named []string) bool {
	return c.Is("share") && c.Of != "" && slices.Contains(named, c.Of) && st.said != nil
}

// The words around a number of projects.
var (
	projectsBehind = lazyregexp.New(`^\**( (?:out )?of (?:the |all |its )?[\d,]+)?((?: [a-z+#-]+){0,5}?)\** projects?\b\**(.*)$`)
	levelBehind    = lazyregexp.New(`^( (?:out )?of (?:the |all )?[\d,]+)? (?:at |in |are |is |have |had )*(?:the )?(graduated|incubating|incubation|sandbox|archived)\b(.*)$`)
	useBehind      = lazyregexp.New(`^ (?:of (?:them|those) )?(?:use|uses|are using|are written in|rely on) (?:the language|` + languageNames + `)`)
	usesBehind     = lazyregexp.New(`^,? (?:that |which |are |have )*(?:use|uses|using|written in|adopted|with|w/) (?:it\b|the language|` + languageNames + `)`)
	ofThem         = lazyregexp.New(`(?:^|[\d.!?:] )\**(?:out )?of (?:the )?$`)
	endsThere      = lazyregexp.New(`^ *(?:$|[.;:)(,]|in (?:total|all|the)\b|(?:are|have been) (?:there|graduated|archived)\b)`)
	listBehind     = lazyregexp.New(`^[^.;:(]{0,60}(?:(?:\(|: )\**\[?\pL| are \**\[?\p{Lu})`)
	landscapeHas   = lazyregexp.New(`\b(?:cncf|foundation|landscape)(?:'s landscape)? (?:has|counts|lists|hosts|holds|contains) $`)
	ofLandscape    = lazyregexp.New(`\b(?:in|of|belong to) the (?:cncf|foundation|landscape)\b`)
	// narrowed: it is a number of some projects of which the text has spoken before.
	narrowed = lazyregexp.New(`(?i)\b(?:the|these|those|our|its|his|her|all|other|another|first|last|next|new|further|more|some) \**$`)
	// saidWhich: behind a number of projects it is said which.
	saidWhich   = lazyregexp.New(`^ ?(?:that|which|using|written|in the)\b`)
	projectWord = lazyregexp.New(`(?i)\bprojects\b`)
	areaSaid    = lazyregexp.New(`^(?: of [\d,]+)?(?: \pL+){0,4}? projects? focus(?:es)? on (\pL+)`)
	didOther    = lazyregexp.New(`^,? (?:have |has |had |were |was |are )?(?:left|archived|stopped|dropped|abandoned|moved|removed|rejected|given up|do not|don)\b`)
)

// count fills in a claim on a number of projects.
func (r *reader) count(st *statement, tok token, a *around, c *Claim) bool {
	if a.percent || st.subject.Sort == OfProject && st.said == nil {
		return false
	}
	c.Subject = Subject{}
	if level := levelLabel(a.label); level != "" && strings.TrimSpace(a.left) == "" && st.said == nil {
		c.Property, c.Level = property.Must("count.using"), level
		if st.subject.Sort == OfLevel {
			c.Level = st.subject.ID
		}
		return true
	}
	if m := areaSaid.FindStringSubmatch(a.right); m != nil {
		c.Property, c.Of = property.Must("count.area"), m[1]
		for _, n := range r.between(st.text, st.Span) {
			if n.Sort == OfProject {
				c.Among = append(c.Among, n.ID)
			}
		}
		return len(c.Among) > 0
	}
	return r.countSaid(st, tok, a, c)
}

// countSaid reads "2 graduated projects", "12 Rust projects", "5 projects use Rust".
func (r *reader) countSaid(st *statement, tok token, a *around, c *Claim) bool {
	const unknown = "?"
	part, words, behind, alone := "", "", "", false
	if m := projectsBehind.FindStringSubmatch(a.right); m != nil {
		part, words, behind = m[1], m[2], m[3]
	} else if m := levelBehind.FindStringSubmatch(a.right); m != nil {
		part, words, behind = m[1], m[2], m[3]
		alone = part == "" && !projectWord.MatchString(st.s()) // "two are in the sandbox", of those of before
	} else if !useBehind.MatchString(a.right) {
		return false
	}
	if didOther.MatchString(behind) || !r.ofPopulation(words) {
		return false
	}
	c.Level = levelOf(words)
	use := r.namesLanguage(words) || strings.Contains(words, "-based") || usesBehind.MatchString(behind) || useBehind.MatchString(a.right) || listBehind.MatchString(st.text.S[tok.To:min(st.To, tok.To+2*lookRight)])
	switch {
	case ofThem.MatchString(a.left):
		c.Property = property.Must("count.projects")
	case use, part != "":
		c.Property = property.Must("count.using")
	case ofLandscape.MatchString(behind), (c.Level != "" && !r.namesLanguage(st.s()) || landscapeHas.MatchString(a.left)) && endsThere.MatchString(behind):
		c.Property = property.Must("count.projects")
	case st.said == nil:
		return false
	default:
		c.Property, part = property.Must("count.projects"), unknown
	}
	if st.said != nil && (alone || part == unknown || narrowed.MatchString(st.text.S[st.From:tok.From]) && !saidWhich.MatchString(behind)) {
		c.unsure = "it does not say of which projects it is the number"
	}
	if l := r.otherLanguage(st); l != "" {
		c.Language = l
	}
	return true
}

// otherLanguage is the only language that a statement names where the report names none,
// or another; "" for that of the report.
func (r *reader) otherLanguage(st *statement) string {
	found := ""
	for _, w := range languageSpans(r, st.text, st.Span) {
		l := r.languages[strings.ToLower(st.text.Of(w))]
		if l == r.Language {
			return ""
		}
		found = l
	}
	return found
}

// ofPopulation reports whether the words before "projects" name one that is known.
func (r *reader) ofPopulation(words string) bool {
	for w := range strings.FieldsSeq(words) {
		w = strings.TrimSuffix(w, "-based")
		if !plainPopulation[w] && levelOf(w) == "" && r.languages[w] == "" && r.labelled[w] == "" && w != strings.ToLower(r.Language) {
			return false
		}
	}
	return true
}

var plainPopulation = map[string]bool{"cncf": true, "foundation": true, "landscape": true, "of": true, "the": true, "hosted": true, "official": true, "level": true, "stage": true, "in": true}

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
