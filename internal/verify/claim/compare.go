package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// quantities are what projects are compared by in words, with the field of each.
var quantities = []struct {
	words *lazyregexp.Regexp
	field string
}{
	{lazyregexp.New(`share(?: of \pL+)?$`), "share"},
	{lazyregexp.New(`commits?$`), "commits.year"},
	{lazyregexp.New(`(?:authors?|contributors?|committers?|people|developers)$`), "authors.year"},
	{lazyregexp.New(`newcomers$|new (?:authors|contributors|people)$`), "authors.new"},
	{lazyregexp.New(`absence factor$|bus factor$`), "factor"},
	{lazyregexp.New(`release days$`), "release.days"},
	{lazyregexp.New(`releases?$`), "release.full"},
	{lazyregexp.New(`bots?$`), "bots.year"},
	{lazyregexp.New(`(?:packages?|crates?)$`), "packages"},
	{lazyregexp.New(`lines(?: of (?:\pL+ )?code)?$|lines of \pL+$|\bloc$`), "code"},
	{lazyregexp.New(`adopters$`), "adopters"},
	{lazyregexp.New(`maintainers$`), "maintainers"},
	{lazyregexp.New(`(?:repositories|repos)$`), "repos.all"},
	{lazyregexp.New(`organi[sz]ations$`), "org.count"},
	{lazyregexp.New(`audits$`), "audits"},
	{lazyregexp.New(`(?:bytes(?: of \pL+)?|code|codebase|rust)$`), "bytes"},
}

// quantityWords is what may stand for a quantity: a noun with words before it.
const quantityWords = `(?:(?:human|full|different|security|listed|named|public|counted|rust|number of|contributor) )*` +
	`(?:commits?|authors?|contributors?|committers?|people|developers|newcomers|new authors|new contributors|(?:absence|bus) factor|release days|releases?|` +
	`packages?|crates?|lines(?: of (?:rust code|rust|code))?|loc|adopters|maintainers|repositories|repos|organi[sz]ations|audits|bytes(?: of rust)?|codebase|code|rust|share of rust)`

var (
	moreThan = lazyregexp.New(`(?i)\b(more|fewer|less|higher|lower|larger|bigger|smaller|(?:about |nearly |almost )?(?:twice|three times|four times|half) as (?:many|much|large)|(?:double|triple|twice|half) the(?: number of)?) (?:a )?(` + quantityWords + `) (?:than|as|of) (?:the |that of )?`)
	mostOfIt = lazyregexp.New(`(?i)\b(?:by far )?(most|fewest|least|highest|lowest|largest|biggest|smallest) (` + quantityWords + `)\b`)
	noMore   = lazyregexp.New(`(?i)\bno (?:other )?(?:project|one|other)\b[^.;:]{0,40}? (?:has|had|has had|counts|made|have) (more|fewer|less|higher|a higher|a larger|a bigger) (` + quantityWords + `)\b`)
)

// fieldOfQuantity is the field of the words for a quantity.
func fieldOfQuantity(words string) string {
	words = strings.ToLower(words)
	for _, q := range quantities {
		if q.words.MatchString(words) {
			return q.field
		}
	}
	return ""
}

// quantified reads comparisons of figures: "more commits than Linkerd", "twice as
// many authors as TiKV", "the most releases".
func (r *reader) quantified(st *statement) {
	for _, m := range st.find(moreThan, " than ", " as ", " of ") {
		r.morePhrase(st, m)
	}
	for _, m := range st.find(noMore, "no project", "no one", "no other") {
		r.rankPhrase(st, m[2:], page.Span{From: st.From + m[2], To: st.From + m[1]}, true)
	}
	for _, m := range st.find(mostOfIt, "most", "fewest", "least", "highest", "lowest", "largest", "biggest", "smallest") {
		r.rankPhrase(st, m[2:], page.Span{From: st.From + m[2], To: st.From + m[1]}, false)
	}
}

// morePhrase makes a claim of a comparison with the project that stands right
// behind it.
func (r *reader) morePhrase(st *statement, m []int) {
	field := fieldOfQuantity(st.s()[m[4]:m[5]])
	n := r.projectAt(st, st.From+m[1])
	if n == nil || field == "" {
		return
	}
	at := page.Span{From: st.From + m[2], To: n.To}
	subject := r.subject(st, page.Span{From: at.From, To: at.From + 1})
	if subject.Sort != OfProject || subject.Is(n.Subject) || denied(st, page.Span{From: at.From, To: at.From}) {
		return
	}
	r.add(st, Claim{
		Kind: kindOf(field), Field: "than:" + field, Subject: subject, Than: n.Subject, Form: Verbal, Word: strings.ToLower(st.s()[m[2]:m[3]]),
	}, at)
}

// rankPhrase makes a claim of a place in a ranking. Where it is denied of every
// other project, the claim is that the subject has the most.
func (r *reader) rankPhrase(st *statement, m []int, at page.Span, denies bool) {
	word, field := strings.ToLower(st.s()[m[0]:m[1]]), fieldOfQuantity(st.s()[m[2]:m[3]])
	if denies {
		word = strings.TrimPrefix(word, "a ")
	}
	subject, ok := r.ranked(st, at)
	if field == "" || !ok || oneOf.MatchString(st.text.S[max(st.From, at.From-16):at.From]) || !denies && denied(st, page.Span{From: at.From, To: at.From}) {
		return
	}
	r.add(st, Claim{Kind: Superlative, Field: "rank:" + field, Subject: subject, Form: Verbal, Word: rankOf(word)}, at)
}

// oneOf: a place among the first is none.
var oneOf = lazyregexp.New(`(?i)\b(?:one|some|two|three|among|most) of (?:the )?$|\bamong (?:the )?$`)

// rankOf is "most" or "least".
func rankOf(word string) string {
	switch word {
	case "fewest", "least", "lowest", "smallest", "fewer", "less":
		return "least"
	}
	return "most"
}

// behindRank: what stands between a ranking and the project that has its place.
var behindRank = lazyregexp.New(`^[^.;:]{0,60}?(?:: ?|\b(?:is|was|are|were|came from|come from|belongs? to|goes to|go to|went to|held by|by|in|at|has) )(?:the )?$`)

// ranked is the project that a ranking is said of: the one before it in the
// sentence, the one right behind it, or what the sentences before were about.
func (r *reader) ranked(st *statement, at page.Span) (Subject, bool) {
	b := bounds(st.text.S, at)
	after := r.mentionsIn(st.text, page.Span{From: at.To, To: min(b.To, st.To)})
	before := r.mentionsIn(st.text, page.Span{From: max(b.From, st.From), To: at.From})
	switch {
	case len(before) > 0:
		return before[len(before)-1].Subject, true
	case len(after) > 0 && behindRank.MatchString(st.text.S[at.To:after[0].From]):
		return after[0].Subject, true
	case len(after) > 0:
		return Subject{}, false
	}
	s := r.subject(st, at)
	return s, s.Sort == OfProject
}
