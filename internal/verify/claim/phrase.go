package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// phrases reads what running text says without a number.
func (r *reader) phrases(st *statement) {
	switch {
	case st.block.Form == page.Item:
		r.listedUnder(st)
		r.place(st)
	case st.year != "" && st.block.Form != page.Row:
		r.timeline(st)
	}
	r.members(st)
	r.edition(st)
	if st.said == nil && !st.strict || st.block.Form == page.Row {
		return
	}
	r.introduction(st)
	r.levels(st)
	r.purities(st)
	r.auditors(st)
	r.saidLicence(st)
}

// listedUnder makes a claim of a project's heading or item below one that names a level.
func (r *reader) listedUnder(st *statement) {
	if st.level == "" || levelOf(st.s()) != "" || st.subject.Sort != OfProject {
		return
	}
	if st.block.Form == page.Item && (st.levelBy == nil || !fewWords(st.block.Text.S, len(words(st.subject.Text))+3)) {
		return
	}
	if found := r.in(st.text); len(found) > 0 && found[0].Is(st.subject) {
		r.add(st, Claim{Property: property.Must("member"), Subject: st.subject, Level: st.level, Word: found[0].Text}, found[0].Span)
	}
}

var (
	// listOpens: names of projects follow: behind a count of projects in brackets or
	// after a colon.
	listOpens = lazyregexp.New(`(?i)(?:projects?|use (?:` + languageNames + `)|\bones?)\**(?:[^.;(:]{0,40})(?:\(|: | are )|:\s*$|(?:^|[^\pL])(?:graduated|incubating|sandbox)\**:?\**[^:.;]{0,40}: `)
	// narrows: a list is of projects that are more than users of the language, or not that.
	narrows    = lazyregexp.New(`(?i)\b(?:not|never|without|avoid|lack|former|except|largest|most|only|main(?:ly)?|first|core|entirely|pure|new(?:est)?|primar(?:y|ily)|more|best|oldest|biggest|smallest|some|among|such as|like|including|e\.g\.|for example|notabl[ey]|especially)\b|\bnon-|n['’]t\b`)
	listedArea = lazyregexp.New(`(?i)\bfocus(?:es)? on (\pL+)`)
)

// members makes claims of the names of lists of projects: those of a cell beside or below
// a level, and those behind words that open a list.
func (r *reader) members(st *statement) {
	if level := levelLabel(st.label); level != "" && st.subject.Sort != OfProject {
		r.list(st, st.Span, level, "")
		return
	}
	if st.notes != nil && levelOf(st.label) == "" || st.block.Form == page.Row {
		return
	}
	for _, m := range listOpens.FindAllStringIndex(st.s(), -1) {
		at := page.Span{From: st.From + m[1], To: listEnd(st.text.S, st.From+m[1], min(st.To, st.From+m[1]+limit.VerifyList))}
		names := r.between(st.text, at)
		head := st.text.S[max(st.From, st.From+m[0]-48) : st.From+m[1]]
		if len(names) == 0 || narrows.MatchString(head) || !strings.HasPrefix(strings.TrimLeft(st.text.Of(at), "*[ "), names[0].Text) {
			continue
		}
		area := ""
		if m := listedArea.FindStringSubmatch(head); m != nil {
			area = m[1]
		}
		r.list(st, at, lastLevel(head), area)
	}
}

// lastLevel is the level that a text names last.
func lastLevel(s string) string {
	all := levelWord.FindAllString(s, -1)
	if len(all) == 0 {
		return ""
	}
	return levelOf(all[len(all)-1])
}

// listEnd is the end of a list that begins at from.
func listEnd(s string, from, most int) int {
	depth := 0
	for i := from; i < most; i++ {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')':
			if depth--; depth < 0 {
				return i
			}
		case endsSentence(s, i):
			return i
		}
	}
	return most
}

// list makes a claim of each project that a span names. A short name in brackets behind the
// long one is none more.
func (r *reader) list(st *statement, s page.Span, level, area string) {
	var before *Mention
	all := r.between(st.text, s)
	for i := range all {
		m := &all[i]
		if m.Sort != OfProject {
			continue
		}
		brief := before != nil && m.Is(before.Subject) && st.text.S[before.To:m.From] == " ("
		before = m
		if !brief {
			r.add(st, Claim{Property: property.Must("member"), Subject: m.Subject, Level: level, Area: area, Word: m.Text}, m.Span)
		}
	}
}

// The ways to say how much of something is in a language.
const (
	entirely  = "entirely"
	mainly    = "mainly"
	allWords  = `entirely|purely|wholly|completely|exclusively|solely|fully|100 ?%`
	mostWords = `primarily|mainly|mostly|predominantly|largely|chiefly|overwhelmingly|principally`
)

var (
	// written: "is written entirely in Rust"; pure: "a pure Rust CLI", "Rust-only"; most:
	// "mostly Go"; uses: "contains Rust code", "Rust components".
	written = lazyregexp.New(`(?i)\b(?:(` + allWords + `|` + mostWords + `|partly|partially) )?(?:written|built|implemented|developed|coded)(?: (` + allWords + `|` + mostWords + `|partly|partially))? (?:in|with|using)(?: (both))? ([^.;:()]{2,60})`)
	pure    = lazyregexp.New(`(?i)\b(?:pure[ -]|100 ?% |entirely (?:in )?)([\pL][\pL+#]*)\b|\b([\pL][\pL+#]*)[- ]only\b`)
	most    = lazyregexp.New(`(?i)\b(?:` + mostWords + `)(?: in)? ([\pL][\pL+#]*)`)
	uses    = lazyregexp.New(`(?i)\b([\pL+#]+) (?:components?|crates?|code)\b|\b(?:uses?|contains?) ([\pL+#]+)\b`)
	isAll   = lazyregexp.New(`^(?i:` + allWords + `)$`)
	isMost  = lazyregexp.New(`^(?i:` + mostWords + `)$`)
	// ofPart: what is written in a language is a part of the subject: "the core runtime and
	// tooling are written entirely in Rust".
	ofPart = lazyregexp.New(`(?i)\b(?:core|components?|runtime|tooling|planes?|cli|tools?|hosts?|agents?|controllers?|engine|shim|sandboxer|proxy|clients?|servers?|parts?|modules?|layer|sdks?|manager|\([\w-]+\))\)?(?: (?:is|are|was|were))? ?$`)
	isA    = lazyregexp.New(`(?i)\b(?:is|are|was) an? `)
)

// purities reads how much of a project is said to be in a language.
func (r *reader) purities(st *statement) {
	s := st.s()
	if !r.namesLanguage(s) {
		return
	}
	for _, m := range written.FindAllStringSubmatchIndex(s, -1) {
		how := ""
		for _, g := range []int{1, 2} {
			if m[2*g] >= 0 {
				how = s[m[2*g]:m[2*g+1]]
			}
		}
		r.purity(st, m[0], page.Span{From: m[8], To: m[9]}, how, m[6] < 0)
	}
	for _, m := range pure.FindAllStringSubmatchIndex(s, -1) {
		r.purity(st, m[0], page.Span{From: max(m[2], m[4]), To: max(m[3], m[5])}, entirely, false)
	}
	for _, m := range most.FindAllStringSubmatchIndex(s, -1) {
		r.purity(st, m[0], page.Span{From: m[2], To: m[3]}, mainly, false)
	}
	for _, m := range uses.FindAllStringSubmatchIndex(s, -1) {
		r.purity(st, m[0], page.Span{From: max(m[2], m[4]), To: max(m[3], m[5])}, "", false)
	}
}

// purity makes a claim of each language that is named in a span of a statement; the claim
// on how much begins at start. alone: it is said to be written in the language.
func (r *reader) purity(st *statement, start int, within page.Span, how string, alone bool) {
	span := page.Span{From: st.From + within.From, To: st.From + within.To}
	langs := languageSpans(r, st.text, span)
	if len(langs) == 0 || langs[0].From > span.From+30 || !st.sayable(property.Must("purity")) {
		return
	}
	part := !st.strict && r.ofPart(st, st.From+start)
	for i, w := range langs {
		if i > 0 && w.From-langs[i-1].To > 6 {
			break
		}
		l := r.languages[strings.ToLower(st.text.Of(w))]
		c := Claim{Property: property.Must("language"), Subject: st.subject, Word: l}
		switch {
		case isAll.MatchString(how), isMost.MatchString(how):
			c.Property, c.Of, c.Word = property.Must("purity"), l, entirely
			if c.Part = part; isMost.MatchString(how) {
				c.Word, c.Part = mainly, false
			}
			if i == 0 {
				w.From = st.From + start
			}
		case how == "" && alone && len(langs) == 1 && !part:
			c.Property = property.Must("language.written")
		}
		r.add(st, c, w)
	}
}

// ofPart reports whether the words before a byte are of a part of the subject, and not its
// name.
func (r *reader) ofPart(st *statement, at int) bool {
	left := strings.TrimRight(st.text.S[max(st.From, at-120):at], " ")
	for _, m := range r.between(st.text, page.Span{From: st.From, To: at}) {
		if m.Sort == OfProject && fewWords(st.text.S[m.To:at], 1) {
			return false // "Container Tools" is the name of all of it
		}
	}
	return ofPart.MatchString(left) && !isA.MatchString(left)
}

var (
	isLevel = lazyregexp.New(`(?i)\b(?:is|are|remains?|now|currently|still)\s+(?:an? |the |now |currently |cncf |cncf's |in |at |level |stage )*(graduated|incubating|incubation|sandbox|archived)\b`)
	// datedLevel: the level was reached on a day.
	datedLevel = lazyregexp.New(`^ (?:project |level |status |stage )?(?:in|on|since|from) \d| projects`)
)

// levels reads the level that a sentence gives a project.
func (r *reader) levels(st *statement) {
	for _, m := range isLevel.FindAllStringSubmatchIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		if !datedLevel.MatchString(st.text.S[s.To:min(len(st.text.S), s.To+24)]) {
			r.word(st, property.Must("maturity"), levelOf(st.text.Of(s)), s)
		}
	}
}

// happened: "Linkerd accepted", "TiKV graduates", in a line of a timeline.
var happened = lazyregexp.New(`(?i)\b(accepted|joins?|joined|enters?|graduates?|graduated|incubat(?:es|ed|ing)|moves? to incubati\w+|archived)\b`)

// timeline reads a line of what happened in a year: names, then what they did.
func (r *reader) timeline(st *statement) {
	verbs := happened.FindAllStringIndex(st.s(), -1)
	for _, m := range r.between(st.text, st.Span) {
		for _, v := range verbs {
			if m.Sort == OfProject && st.From+v[0] >= m.To {
				what := milestoneNamed(strings.ToLower(st.s()[v[0]:v[1]]))
				r.add(st, Claim{Property: property.Must("milestone"), Of: what, Subject: m.Subject, Day: Day{Text: st.year}}, m.Span)
				break
			}
		}
	}
}

// place reads the address of an item that is a link, of its project where it is about one.
func (r *reader) place(st *statement) {
	if len(st.text.Links) != 1 || st.rest {
		return
	}
	l := st.text.Links[0]
	if l.From != 0 || l.At.To == 0 || !strings.HasPrefix(l.URL, "http") {
		return
	}
	c := Claim{Property: property.Must("link"), Word: l.URL, At: l.At, Loose: "the page behind a link is not opened"}
	if st.named && st.subject.Sort == OfProject {
		c.Property, c.Subject, c.Loose = property.Must("place"), st.subject, ""
	}
	r.add(st, c, l.Span)
}

// edition reads the year of an edition.
func (r *reader) edition(st *statement) {
	if st.label != "edition" {
		return
	}
	if s := st.trimmed(); yearOnly.MatchString(st.text.Of(s)) {
		r.word(st, property.Must("edition"), st.text.Of(s), s)
	}
}

var (
	introduces = lazyregexp.New(`^[^.]{2,60}? (?:is an?|is the|provides|offers|enables) `)
	predicate  = lazyregexp.New(`(?:, originally|, which| written| built| implemented|\. | enabling|, providing|, offering)`)
)

// introduction reads what the first sentence below a project's heading says that
// the project is.
func (r *reader) introduction(st *statement) {
	if st.block.Form != page.Paragraph || st.rest || st.strict || strings.HasPrefix(st.text.S, "[!") || st.label != "" || st.subject.Sort != OfProject || r.introduced == st.subject.ID || !r.frames.At(st.block).Subject.Is(st.subject) {
		return
	}
	r.introduced = st.subject.ID
	b := st.Span
	if m := introduces.FindStringIndex(st.text.Of(b)); m != nil {
		b.From += m[1]
	} else if at := written.FindStringIndex(st.text.Of(b)); len(r.between(st.text, b)) > 0 || at != nil && at[0] == 0 {
		return // it says something else of it
	}
	if m := predicate.FindStringIndex(st.text.Of(b)); m != nil && m[0] > 10 {
		b.To = b.From + m[0]
	}
	text := strings.TrimRight(st.text.Of(b), ". ")
	b.To = b.From + len(text)
	r.add(st, Claim{Property: property.Must("description"), Subject: st.subject, Word: text}, b)
}

// auditors reads who made an audit, in a sentence that speaks of one.
func (r *reader) auditors(st *statement) {
	if strings.Contains(strings.ToLower(st.s()), "audit") && st.label == "" {
		r.audits(st)
	}
}

// saidLicence reads the licence that a sentence names.
func (r *reader) saidLicence(st *statement) {
	if licenceSaid.MatchString(st.s()) {
		r.licence(st)
	}
}

var licenceSaid = lazyregexp.New(`(?i)\blicen[cs]`)
