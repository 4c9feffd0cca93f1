package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

var (
	ledBy       = lazyregexp.New(`\bled by (?:the )?(\p{Lu}[\pL\d&-]*(?: \p{Lu}[\pL\d&-]*){0,2})`)
	firstOf     = lazyregexp.New(`\blargest (?:known )?(?:share|contributor)[^.;]{0,30} is (\p{Lu}[\pL\d&-]*(?: \p{Lu}[\pL\d&-]*){0,2})`)
	chose       = lazyregexp.New(`\b(?:chose|chosen|picked|selected|adopted) (?:[A-Z][\pL+#]*) ((?:because|for|due to) [^.;]+)`)
	mostOf      = lazyregexp.New(`\b(\p{Lu}[\pL\d&-]*(?: \p{Lu}[\pL\d&-]*){0,2}) wrote most\b`)
	cadenceSaid = lazyregexp.New(`(?i)\b(regular|infrequent|frequent|irregular|weekly|monthly|quarterly|yearly) releases?(?: cadence| rhythm)?\b`)
	botsMostly  = lazyregexp.New(`(?i)\b((?:primarily|mostly|mainly|largely) automated)\b`)
	lessWork    = lazyregexp.New(`(?i)\b((?:reduced|declining|less|lower) activity)\b`)
	atRepo      = lazyregexp.New(`(?i)\brepo(?:sitory)?(?: is| lives at| at|:)* ([\w.-]+/[\w.-]*\w)`)
	atHome      = lazyregexp.New(`(?i)\bhome ?page(?: is| at|:)* ([\w-]+(?:\.[\w-]+)+(?:/[\w./-]*\w)?)`)
	healthSaid  = lazyregexp.New(`(?i)\bhealth[^.;]{0,40}?["“]?\b(excellent|good|moderate|needs attention)\b`)
)

// named reads properties that a sentence names: who leads, where the repository
// and homepage are, the licence, the health.
func (r *reader) named(st *statement) {
	if st.block.Form == page.Row || st.block.Form == page.Front {
		return
	}
	r.said(st, cadenceSaid, "release", Claim{Kind: Cadence, Field: "cadence"}, "")
	r.said(st, botsMostly, "automated", Claim{Kind: Activity, Field: "activity.bots"}, "")
	r.said(st, lessWork, "activity", Claim{Kind: Activity, Field: "activity.less"}, "")
	r.said(st, ledBy, "led by ", Claim{Kind: Organisation, Field: "org.kind"}, "-led")
	r.said(st, firstOf, "largest ", Claim{Kind: Organisation, Field: "org.first"}, "")
	if !strings.HasPrefix(st.label, "why ") {
		r.said(st, chose, "", Claim{Kind: Reason, Field: "reason"}, "")
	}
	r.said(st, mostOf, "wrote most", Claim{Kind: Organisation, Field: "org.kind"}, "-led")
	r.said(st, atRepo, "repo", Claim{Kind: Link, Field: "repository", Form: Address}, "")
	r.said(st, atHome, "home", Claim{Kind: Link, Field: "homepage", Form: Address}, "")
	r.said(st, healthSaid, "health", Claim{Kind: Health, Field: "health.overall"}, "")
	r.said(st, spdxSaid, "", Claim{Kind: Licence, Field: "licence"}, "")
	if strings.Contains(strings.ToLower(st.s()), "audit") || strings.Contains(st.lead, "audit") {
		r.auditVendors(st)
	}
}

var spdxSaid = lazyregexp.New(`(` + spdxName + `)`)

// said makes a claim of what an expression's group finds, with a suffix to the
// word. needs is in small letters what the expression cannot do without.
func (r *reader) said(st *statement, re *lazyregexp.Regexp, needs string, c Claim, suffix string) {
	for _, m := range st.find(re, needs) {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		c.Subject = r.subject(st, s)
		if c.Subject.Sort == OfRepository && c.Field == "repository" {
			c.Subject = st.subject
			if before, ok := r.sentenceSubject(st, page.Span{From: s.From, To: s.From}); ok {
				c.Subject = before
			}
		}
		if c.Subject.Sort != OfProject || denied(st, s) {
			continue
		}
		c.Word = st.text.Of(s) + suffix
		if c.Kind == Health {
			c.Word = strings.ToLower(c.Word)
		}
		r.add(st, c, s)
	}
}

// auditVendors reads who made an audit, in a sentence that speaks of one.
func (r *reader) auditVendors(st *statement) {
	for _, m := range auditBy.FindAllStringSubmatchIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		word := st.text.Of(s)
		if word[0] < 'A' || word[0] > 'Z' || !strings.Contains(strings.ToLower(sentence(st.text.S, s)+st.lead), "audit") {
			continue
		}
		c := Claim{Kind: Audit, Field: "audit.vendor", Subject: r.subject(st, s), Form: Verbal, Word: word}
		if c.Subject.Sort != OfProject {
			continue
		}
		for _, t := range tokens(sentence(st.text.S, s)) {
			if t.form == isDate {
				c.Day = t.day
			}
		}
		r.add(st, c, s)
	}
}
