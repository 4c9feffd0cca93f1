package claim

import (
	"slices"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/page"
)

// subject is what a span of a statement is about: the nearest name before it in
// its clause, else a name after it there, else what the sentences before were
// about, else what the statement is about by its place.
func (r *reader) subject(st *statement, at page.Span) Subject {
	clause := clauseOf(st, at)
	if s, ok := r.respective(st, clause, at); ok {
		return s
	}
	var before, after *Mention
	all := r.between(st.text, clause)
	for i := range slices.Backward(all) {
		m := &all[i]
		switch {
		case m.From >= at.To:
			after = m
		case before == nil && m.To <= at.From && !isAside(st, m, at):
			before = m
		}
	}
	switch {
	case before != nil && !st.mine(before) && st.subject.Sort == OfProject && !r.property(st) && !leads(st, before):
		return st.subject
	case before != nil && (!r.property(st) || announced.MatchString(st.text.S[max(st.From, before.From-announcedLook):before.From])):
		r.running = before.Subject
		return before.Subject.In(st.subject.ID)
	case st.named || st.label != "" && st.subject.Sort != OfAll:
		return st.subject
	case after != nil && isOf(st.text.S[at.To:after.From]):
		r.running = after.Subject
		return after.Subject
	}
	if s, ok := r.sentenceSubject(st, at); ok {
		return s
	}
	if st.notes != nil && st.subject.Sort == OfAll {
		if s, ok := only(r.in(st.notes)); ok {
			return s
		}
	}
	return st.subject
}

// only is the subject that all of the names are of: "The Update Framework (TUF)" is one.
func only(found []Mention) (Subject, bool) {
	if len(found) == 0 || slices.ContainsFunc(found[1:], func(m Mention) bool { return !m.Is(found[0].Subject) }) {
		return Subject{}, false
	}
	return found[0].Subject, true
}

// respective is the project of a number in a list that goes with a list of names:
// "A and B have 1 and 2 commits respectively". Without as many of both it is nobody's.
func (r *reader) respective(st *statement, clause, at page.Span) (Subject, bool) {
	if !strings.Contains(st.text.Of(clause), "respectively") {
		return Subject{}, false
	}
	names := r.mentionsIn(st.text, clause)
	figures := r.countable(st.text, clause)
	k := slices.IndexFunc(figures, func(t token) bool { return t.Holds(at.From) })
	if k < 0 || len(names) != len(figures) || len(names) < 2 {
		return Subject{}, len(names) > 1
	}
	return names[k].Subject, true
}

// isAside reports whether a name before a span is what the subject is compared
// with. Without a comma in between the span may well be of that name: "unlike
// TiKV with 12 lines".
func isAside(st *statement, m *Mention, at page.Span) bool {
	s := st.text.S
	left := s[max(st.From, m.From-24):m.From]
	return outdone.MatchString(left) || aside.MatchString(left) && strings.Contains(s[m.To:min(at.From, m.To+lookRight)], ",")
}

var outdone = lazyregexp.New(`(?i)\b(?:overt(?:ook|akes)|passed|beats?|behind|ahead of) (?:the )?$`)

var aside = lazyregexp.New(`(?i)(?:^|\b)(?:unlike|like|than|vs\.?|versus|compared (?:to|with)|besides?|next to|similar to|rival of|alternative to|competitor of|such as|, not) (?:the )?$`)

// mine reports whether a name is of the project that the statement stands under.
func (st *statement) mine(m *Mention) bool {
	return m.Is(st.subject) || m.Within == st.subject.ID || m.Subject.In(st.subject.ID).Within == st.subject.ID
}

// leads reports whether a name begins its sentence, as what it is about does.
func leads(st *statement, m *Mention) bool {
	return m.From-max(bounds(st.text.S, m.Span).From, st.From) <= 16
}

// property reports whether a statement is a labelled value of what its heading or
// row is about. Names in it are then what it says, unless announced.
func (r *reader) property(st *statement) bool {
	return st.label != "" && st.subject.Sort != OfAll && st.block.Form != page.Paragraph
}

// announced: a name is said to be what the next figures are of.
var announced = lazyregexp.New(`(?i)\bthe (?:primary )?(?:repository|component|crate|package) (?:\S+ of )?$`)

// announcedLook is more than an announcement has, in bytes.
const announcedLook = 300

var ofWords = lazyregexp.New(`^[^.;]{0,40}\b(?:of|in|for|from|at|by|to|on|behind|inside)\b[^.;]{0,12}$`)

// isOf reports whether the words between a number and a name join them.
func isOf(s string) bool { return ofWords.MatchString(s) }

// sentenceSubject is the nearest name before a span in its sentence, or what
// the sentence before was about.
func (r *reader) sentenceSubject(st *statement, at page.Span) (Subject, bool) {
	b := bounds(st.text.S, at)
	here := r.mentionsIn(st.text, page.Span{From: max(b.From, st.From), To: at.From})
	for i := range slices.Backward(here) {
		if !isAside(st, &here[i], at) {
			r.running = here[i].Subject
			return r.running, true
		}
	}
	if st.subject.Sort != OfAll {
		return Subject{}, false
	}
	// A name of an earlier sentence of this text.
	earlier := r.mentionsIn(st.text, page.Span{From: max(st.From, at.From-3*limit.VerifySentence), To: at.From})
	if n := len(earlier); n > 0 {
		return earlier[n-1].Subject, true
	}
	return Subject{}, false
}

// clauseOf is the clause of a statement around a span: what stands between
// semicolons, middle dots and ends of sentences.
func clauseOf(st *statement, at page.Span) page.Span {
	s := st.text.S
	b := bounds(s, at)
	c := page.Span{From: max(b.From, st.From), To: min(b.To, st.To)}
	for i := at.From - 1; i > c.From; i-- {
		if s[i] == ';' || strings.HasPrefix(s[i:], "·") {
			c.From = i
			break
		}
	}
	for i := at.To; i < c.To; i++ {
		if s[i] == ';' || strings.HasPrefix(s[i:], "·") {
			c.To = i
			break
		}
	}
	return c
}
