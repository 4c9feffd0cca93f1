package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

var (
	scopeClass   = lazyregexp.New(`(?:^|· )(primary|listed|organi[sz]ation): [^·]*?, (core|component|trace|none|unknown)\b`)
	scopeFloor   = lazyregexp.New(`(?:^|· )(primary|listed|organi[sz]ation): [^·]*?(?:, | \()at least (core|component|trace|none)\b`)
	dimension    = lazyregexp.New(`\b(activity|people|organisations|releases|responsiveness): (excellent|good|moderate|needs attention)\b`)
	changedLevel = lazyregexp.New(`\b(graduated|incubating|sandbox|archived) \((\d{4}-\d\d-\d\d)`)
	adoptedIn    = lazyregexp.New(`^\d{4}-\d\d-\d\d(?: or earlier| in what was read)? in (\S+?);?(?:\s|$)`)
	latestIn     = lazyregexp.New(`, a (?:commit|merge) on \S+ of (\S+?),?(?:\s|$)`)
	policyOf     = lazyregexp.New(` of (\S+/\S+)$`)
	namedIn      = lazyregexp.New(`\bnamed in ([^:]+):`)
	yearValue    = lazyregexp.New(`^\s*((?:19|20)\d\d)\s*$`)
)

// details reads words that only a label explains.
func (r *reader) details(st *statement) {
	if st.subject.Sort != OfProject && st.label != "changes of level" {
		return
	}
	r.namedIn(st)
	switch st.label {
	case "by scope":
		r.grouped(st, scopeClass, func(arg string) Claim { return Claim{Kind: Class, Field: "class", Scope: arg} })
		r.grouped(st, scopeFloor, func(arg string) Claim {
			return Claim{Kind: Class, Field: "class", Scope: arg, Num: Quantity{Bound: AtLeast}}
		})
	case "overall":
		r.grouped(st, dimension, func(arg string) Claim { return Claim{Kind: Health, Field: "health." + arg, Exact: true} })
	case "security policy":
		if m := policyOf.FindStringSubmatchIndex(st.s()); m != nil {
			r.word(st, Claim{Kind: Link, Field: "security.repository"}, m[2], m[3])
		}
	case "adopted":
		if m := adoptedIn.FindStringSubmatchIndex(st.s()); m != nil {
			r.word(st, Claim{Kind: Adoption, Field: "adopted.repository"}, m[2], m[3])
		}
	case "last activity":
		if m := latestIn.FindStringSubmatchIndex(st.s()); m != nil {
			r.word(st, Claim{Kind: Activity, Field: "activity.repository"}, m[2], m[3])
		}
	case "edition":
		if m := yearValue.FindStringSubmatchIndex(st.s()); m != nil {
			r.word(st, Claim{Kind: Packages, Field: "edition"}, m[2], m[3])
		}
	case "maintainers":
		r.employers(st)
	case "changes of level":
		r.changes(st)
	}
}

// word makes a claim of bytes of a statement about its subject.
func (r *reader) word(st *statement, c Claim, from, to int) {
	s := page.Span{From: st.From + from, To: st.From + to}
	if c.Subject.Sort == OfAll {
		c.Subject = st.subject
	}
	c.Form, c.Word = Verbal, st.text.Of(s)
	r.add(st, c, s)
}

// grouped makes a claim of each second group of an expression; what it is of is
// told by the first.
func (r *reader) grouped(st *statement, re *lazyregexp.Regexp, of func(arg string) Claim) {
	for _, m := range re.FindAllStringSubmatchIndex(st.s(), -1) {
		r.word(st, of(strings.Replace(st.s()[m[2]:m[3]], "organiz", "organis", 1)), m[4], m[5])
	}
}

// employers reads the organisations in brackets behind the names of maintainers.
func (r *reader) employers(st *statement) {
	for _, l := range r.linksIn(st, st.From) {
		rest := st.text.S[l.To:st.To]
		if !strings.HasPrefix(rest, " (") {
			continue
		}
		if end := listEnd(rest, 2, len(rest)); end < len(rest) && rest[end] == ')' {
			r.word(st, Claim{Kind: Maintainer, Field: "maintainer.organisation", Label: st.text.Of(l)}, l.To+2-st.From, l.To+end-st.From)
		}
	}
}

// changes reads the levels of a cell of what changed in a year.
func (r *reader) changes(st *statement) {
	for _, m := range changedLevel.FindAllStringSubmatchIndex(st.s(), -1) {
		at := page.Span{From: st.From + m[2], To: st.From + m[3]}
		subject := r.subject(st, at)
		if subject.Sort == OfProject {
			r.word(st, Claim{Kind: Milestone, Field: "changed", Subject: subject, Day: Day{Text: st.s()[m[4]:m[5]]}}, m[2], m[3])
		}
	}
}

// namedIn reads the repositories whose files name adopters or maintainers.
func (r *reader) namedIn(st *statement) {
	m := namedIn.FindStringSubmatchIndex(st.s())
	if m == nil || st.subject.Sort != OfProject {
		return
	}
	for _, p := range st.part(m[2], m[3]).parts() {
		if text := st.text.Of(p); strings.Contains(text, "/") && !strings.Contains(text, " ") {
			r.word(st, Claim{Kind: Repositories, Field: "named.repository"}, p.From-st.From, p.To-st.From)
		}
	}
}
