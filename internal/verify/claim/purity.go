package claim

import (
	"slices"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

var (
	// written: "is written entirely in Rust", "built with both Go and Rust components".
	written = lazyregexp.New(`(?i)\b(?:(not) )?(?:(` + allWords + `|` + mostWords + `|partly|partially) )?(?:written|built|implemented|developed|coded|made|programmed)(?: (` + allWords + `|` + mostWords + `|partly|partially))? (?:in|with|using|on)(?: (` + allWords + `|both))? ([^.;:()]{2,60})`)
	// pure: "a pure Rust CLI", "a Rust-only project".
	// most: "mostly Go", "mainly Python"; more: "more Rust than Go".
	most = lazyregexp.New(`(?i)\b(?:` + mostWords + `)(?: in)? ([\pL][\pL+#]*)`)
	more = lazyregexp.New(`(?i)\bmore ((?:[\pL+#-]+ ){0,2}[\pL+#-]+) than (anything else|(?:[\pL+#-]+ ){0,2}[\pL+#-]+)`)
	pure = lazyregexp.New(`(?i)\b(pure|pure-|100 ?% |all-|entirely in |entirely )\s?([\pL][\pL+#]*)\b|\b([\pL][\pL+#]*)[- ](only)\b`)
	// parts: "Rust components", "uses Rust", "has Rust crates", "a Rust SDK".
	parts = lazyregexp.New(`(?i)\b([\pL+#]+) (components?|crates?|implementations?|parts?|sdks?|agent|data plane|client library|libraries|codebase|code)\b|\b(?:uses?|using|utili[sz](?:es?|ing)|adopts?|includes?|contains?|has) ([\pL+#]+)\b`)
)

// languageStatements reads how much of a project is said to be in a language.
func (r *reader) languageStatements(st *statement) {
	if st.block.Form == page.Row && st.label != "" && !proseLabel(st.label) {
		if st.label != "languages" && st.label != "notes" && st.label != "language" {
			return
		}
	}
	s := st.s()
	if !r.namesLanguage(s) {
		return
	}
	for _, m := range written.FindAllStringSubmatchIndex(s, -1) {
		how := writtenIn
		for _, g := range []int{2, 3, 4} {
			if m[2*g] >= 0 {
				how = howMuch(s[m[2*g]:m[2*g+1]])
			}
		}
		if how == entirely && hedged.MatchString(s[max(0, m[0]-hedgeLook):m[0]]) {
			continue
		}
		if m[2] >= 0 && (how == partly || how == writtenIn) {
			how = notAtAll
		} else if m[2] >= 0 {
			how = notAtAll + " " + how
		}
		r.purity(st, m[0], m[10], m[11], how)
	}
	r.pure(st)
	for _, m := range most.FindAllStringSubmatchIndex(s, -1) {
		if ofTheRest.MatchString(s[max(0, m[0]-40):m[0]]) {
			continue
		}
		r.purity(st, m[0], m[2], m[3], mainly)
	}
	r.comparisons(st)
	for _, m := range parts.FindAllStringSubmatchIndex(s, -1) {
		if projectsThat.MatchString(s[max(0, m[0]-24):m[0]]) {
			continue // that is of projects, not of one
		}
		g := 2
		if m[2] < 0 {
			g = 6
		}
		r.purity(st, m[0], m[g], m[g+1], partly)
	}
}

// hedged: the words before "entirely" or "pure" take back that it is all, and say
// no number instead.
var hedged = lazyregexp.New(`(?i)\b(?:almost|nearly|near|practically|virtually|close to|not quite|all but)(?: an?)?[ -]$`)

// hedgeLook is more than such words have, in bytes.
const hedgeLook = 48

// pure reads that all of a project is said to be in a language.
func (r *reader) pure(st *statement) {
	s := st.s()
	for _, m := range pure.FindAllStringSubmatchIndex(s, -1) {
		if hedged.MatchString(s[max(0, m[0]-hedgeLook):m[0]]) {
			continue
		}
		g := 4
		if m[4] < 0 {
			g = 6
		}
		r.purity(st, m[0], m[g], m[g+1], entirely)
	}
}

var projectsThat = lazyregexp.New(`(?i)\bprojects(?: that| which)? *$`)

// ofTheRest: it is said of a part of the project only.
var ofTheRest = lazyregexp.New(`(?i)\b(?:rest|remainder|remaining)\b|\bother (?:quarter|half|third|part)\b`)

// comparisons reads which of two languages there is more of.
func (r *reader) comparisons(st *statement) {
	s := st.s()
	for _, m := range more.FindAllStringSubmatchIndex(s, -1) {
		up, down := r.languages[strings.ToLower(s[m[2]:m[3]])], ""
		if s[m[4]:m[5]] != "anything else" {
			down, m[5] = r.languageAt(s, m[4], m[5])
		}
		at := page.Span{From: st.From + m[2], To: st.From + m[5]}
		subject := r.subject(st, at)
		if up == "" || subject.Sort == OfAll || m[5] == m[4] {
			continue
		}
		r.add(st, Claim{Kind: Language, Field: "more:" + up, Subject: subject, Form: Verbal, Word: down}, at)
	}
}

// languageAt is the language that the bytes from and to of a text begin with, and
// where its name ends: at from where there is none.
func (r *reader) languageAt(s string, from, to int) (language string, end int) {
	for end := to; end > from; end = from + max(0, strings.LastIndexByte(s[from:end], ' ')) {
		if l := r.languages[strings.ToLower(s[from:end])]; l != "" {
			return l, end
		}
	}
	return "", from
}

var (
	partEnds = lazyregexp.New(`(?i)\b(?:core|components?|runtime|tooling|planes?|cli|tools?|hosts?|agents?|controllers?|engine|shim|sandboxer|proxy|clients?|servers?|parts?|modules?|layer|sdks?|manager|\([\w-]+\))\)?(?: (?:is|are|was|were))? ?$`)
	isA      = lazyregexp.New(`(?i)\b(?:is|are|was) an? `)
)

// ofPart reports whether what is written in a language is a part of the subject:
// "the core runtime and tooling are written entirely in Rust".
func (r *reader) ofPart(st *statement, at page.Span) bool {
	b := bounds(st.text.S, at)
	from := max(b.From, st.From, at.From-200)
	left := st.text.S[from:at.From]
	if r.endsInName(st.text, from, beVerb.ReplaceAllString(left, "")) {
		return false // "Container Tools" is the name of all of it
	}
	return partEnds.MatchString(left[max(0, len(left)-80):]) && !isA.MatchString(left)
}

// beVerb is a verb that a text ends with, after its subject.
var beVerb = lazyregexp.New(` (?:is|are|was|were) ?$`)

// endsInName reports whether some text that begins at from ends with a name.
func (r *reader) endsInName(t *page.Text, from int, text string) bool {
	return slices.ContainsFunc(r.in(t), func(m Mention) bool { return m.To == from+len(text) && m.Sort == OfProject })
}

func proseLabel(label string) bool {
	return strings.HasPrefix(label, "pure ") || strings.HasSuffix(label, " usage") || strings.HasSuffix(label, " components") || label == "note"
}

func (r *reader) namesLanguage(s string) bool {
	for _, m := range languageWord.FindAllString(s, -1) {
		if r.languages[strings.ToLower(m)] != "" {
			return true
		}
	}
	return false
}

func howMuch(word string) string {
	w := strings.ToLower(word)
	switch {
	case regexpAll.MatchString(w):
		return entirely
	case regexpMost.MatchString(w):
		return mainly
	}
	return partly
}

var (
	regexpAll  = lazyregexp.New(`^(?:` + allWords + `)$`)
	regexpMost = lazyregexp.New(`^(?:` + mostWords + `)$`)
)

// purity makes a claim of each language named in bytes from and to of the
// statement, the claim beginning at start.
func (r *reader) purity(st *statement, start, from, to int, how string) {
	span := page.Span{From: st.From + from, To: st.From + to}
	langs := languageSpans(r, st.text, span)
	if len(langs) == 0 || langs[0].From > span.From+30 {
		return
	}
	for i, w := range langs {
		l := r.languages[strings.ToLower(st.text.Of(w))]
		s := w
		if i == 0 && how != partly && how != writtenIn {
			s.From = st.From + start
		}
		if i > 0 && w.From-langs[i-1].To > 6 || !strings.HasPrefix(how, notAtAll) && denied(st, page.Span{From: st.From + start, To: w.To}) {
			break
		}
		c := Claim{Kind: Purity, Field: "purity:" + l, Form: Verbal, Word: how, Subject: r.subject(st, s)}
		if how == partly || how == writtenIn {
			c.Kind, c.Field = Language, "language"
			c.Word = l
		}
		if how == writtenIn && len(langs) == 1 && !r.ofPart(st, page.Span{From: st.From + start, To: s.To}) {
			c.Field = "language.written"
		}
		c.Part = !st.strict && how == entirely && r.ofPart(st, s)
		if c.Subject.Sort == OfAll || c.Subject.Sort == OfLevel {
			continue
		}
		r.add(st, c, s)
	}
}

// denies: what follows is said not to be so, or not to be so any more.
var denies = lazyregexp.New(`(?i)(?:\b(?:not|no longer|never|cannot|without|nor|neither|hardly|rarely|none|used to|formerly|previously|once|lacks?|far from|anything but|instead of|rather than|avoids?|fail(?:s|ed)? to)\b|n't\b|n’t\b)[^.;:]{0,40}$|\bno (?:\pL+ )?$`)

var (
	// deniesNumber: a number is said not to hold; "not more than" is a bound.
	deniesNumber = lazyregexp.New(`(?i)(?:\b(?:not|never|no longer|cannot)\b|n't\b|n’t\b)( (?:more|less|fewer|greater|higher|only|just|quite|counting|counted|including)\b)?[^.;:,]{0,32}$`)
	// supposes: a condition, a guess or a plan says nothing of the day.
	supposes = lazyregexp.New(`(?i)(?:^|[^\pL])(?:if \S+ (?:were|was|had|has|is)|unless|whether|would|might|will|may (?:be|become|have|get|use)|predicted|plans? to|hopes? to|aims? to|expected to)\b[^.;:]*$`)
)

// unsaid reports whether what stands at a span is no statement on the day of the
// report: a condition, a guess, a plan or a question.
func unsaid(st *statement, at page.Span) bool {
	b := bounds(st.text.S, at)
	s := strings.TrimRight(st.text.S[at.To:b.To], " *_")
	return strings.HasSuffix(s, "?") || supposes.MatchString(st.text.S[max(b.From, st.From, at.From-80):at.From])
}

// deniesFigure reports whether the words before a number or date deny it.
func deniesFigure(st *statement, at page.Span) bool {
	b := bounds(st.text.S, at)
	m := deniesNumber.FindStringSubmatch(st.text.S[max(b.From, st.From, at.From-70):at.From])
	return m != nil && m[1] == ""
}

// denied reports whether the words before a span deny it, or speak of the past:
// then it says nothing that the facts of a day could hold against it.
func denied(st *statement, at page.Span) bool {
	b := bounds(st.text.S, at)
	return denies.MatchString(st.text.S[max(b.From, st.From, at.From-70):at.From]) || unsaid(st, at)
}
