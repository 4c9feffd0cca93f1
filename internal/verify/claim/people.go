package claim

import (
	"sort"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

var organisationWord = lazyregexp.New(`(?i)^\s*(multi-org(?:anisation|anization)?|multi-vendor|single-org(?:anisation|anization)?|single-vendor|[\pL\d .&]+?-led)\s*$`)

// organisation reads "Multi-org", "SUSE-led", and the organisation that a list of
// shares begins with.
func (r *reader) organisation(st *statement) {
	r.health(st)
	if st.subject.Sort != OfProject {
		return
	}
	if m := organisationWord.FindStringSubmatchIndex(st.s()); m != nil {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		r.add(st, Claim{Kind: Organisation, Field: "org.kind", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
	}
}

var amountWord = lazyregexp.New(`(?i)^\s*(high|moderate|medium|low|very high)\s*$`)

func (r *reader) commitWord(st *statement) { r.amount(st) }

func (r *reader) amount(st *statement) {
	if m := amountWord.FindStringSubmatchIndex(st.s()); m != nil {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		r.add(st, Claim{Kind: Commits, Field: "commits.word", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
	}
}

var bracket = lazyregexp.New(`\s*\([^)]*\)\s*$`)

var bracketed = lazyregexp.New(`\([^()]{2,40}\)$`)

// adopters reads an item of a list of adopters, or a list in a cell.
func (r *reader) adopters(st *statement) {
	if st.subject.Sort == OfAll || startsWithDigit(strings.TrimSpace(st.s())) {
		return
	}
	if st.block.Form == page.Item && st.label == "" {
		s := st.trimmed()
		name := bracket.ReplaceAllString(st.text.Of(s), "")
		if m := bracketed.FindStringIndex(st.text.Of(s)); m != nil {
			k := page.Span{From: s.From + m[0], To: s.From + m[1]}
			r.add(st, Claim{Kind: Adopter, Field: "adopter.kind", Subject: st.subject, Form: Verbal, Word: strings.Trim(st.text.Of(k), "()"), Label: name}, k)
		}
		s.To = s.From + len(name)
		r.add(st, Claim{Kind: Adopter, Field: "adopter", Subject: st.subject, Form: Verbal, Word: name}, s)
		return
	}
	r.each(st, "adopter", Adopter)
}

var auditBy = lazyregexp.New(`(?i)\b(?:by|vendor:?|from|with) ([\pL\d][\pL\d .&-]*[\pL\d])`)

// auditWhat is what was audited, between the day and the vendor.
var auditWhat = lazyregexp.New(`^\s*\d{4}-\d\d-\d\d\s*[:,–-]\s*([\pL][^.:;]*?) by `)

// audits reads the vendor of an audit; its date is told by the rules of dates.
func (r *reader) audits(st *statement) {
	if m := auditWhat.FindStringSubmatchIndex(st.s()); m != nil && st.subject.Sort == OfProject {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		r.add(st, Claim{Kind: Audit, Field: "audit.type", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
	}
	m := auditBy.FindStringSubmatchIndex(st.s())
	if m == nil && st.block.Form == page.Code {
		r.vendors(st)
	}
	if m == nil || st.subject.Sort != OfProject {
		return
	}
	s := page.Span{From: st.From + m[2], To: st.From + m[3]}
	r.add(st, Claim{Kind: Audit, Field: "audit.vendor", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
}

// leader reads the organisation that is said to lead.
func (r *reader) leader(st *statement) {
	if s := st.trimmed(); st.subject.Sort == OfProject && s.From < s.To {
		r.add(st, Claim{Kind: Organisation, Field: "org.kind", Subject: st.subject, Form: Verbal, Word: st.text.Of(s) + "-led"}, s)
	}
}

func (r *reader) vendors(st *statement) {
	if st.subject.Sort == OfProject {
		r.each(st, "audit.vendor", Audit)
	}
}

// people reads the names of maintainers behind a colon.
func (r *reader) people(st *statement) {
	i := strings.Index(st.s(), ": ")
	if i < 0 || st.subject.Sort != OfProject {
		return
	}
	if links := r.linksIn(st, st.From+i+2); len(links) > 0 {
		for _, l := range links {
			r.add(st, Claim{Kind: Maintainer, Field: "maintainer", Subject: st.subject, Form: Verbal, Word: st.text.Of(l)}, l)
		}
		return
	}
	for _, p := range st.part(i+2, st.To-st.From).parts() {
		name := bracket.ReplaceAllString(st.text.Of(p), "")
		if !strings.HasPrefix(name, "and ") {
			p.To = p.From + len(name)
			r.add(st, Claim{Kind: Maintainer, Field: "maintainer", Subject: st.subject, Form: Verbal, Word: name}, p)
		}
	}
}

// linksIn are the links of a statement from a byte on, but for those to sources.
func (r *reader) linksIn(st *statement, from int) []page.Span {
	var found []page.Span
	links := st.text.Links // in order
	first := sort.Search(len(links), func(k int) bool { return links[k].From >= from })
	for _, l := range links[first:] {
		if l.From >= st.To {
			break
		}
		if l.To <= st.To && !isSource(st.text.Of(l.Span)) && !l.Bare {
			found = append(found, l.Span)
		}
	}
	return found
}
