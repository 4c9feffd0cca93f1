package claim

import (
	"strings"
	"unicode"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// This file reads values by their label alone: what is beside "Licence", below
// "Homepage", behind "Status:".

// A valueReader reads the value of a statement whose label it belongs to.
type valueReader func(r *reader, st *statement)

// labels give the reader of a value by its label.
var labels = func() map[string]valueReader {
	m := map[string]valueReader{}
	add := func(read valueReader, names ...string) {
		for _, n := range names {
			m[n] = read
		}
	}
	add(pattern("maturity", levelValue, levelOf), "status", "maturity", "maturity level", "level", "stage", "cncf status", "cncf level", "cncf maturity", "current maturity", "current level", "phase", "tier")
	add(pattern("class", classValue, nil), "class")
	add(link("homepage"), "homepage", "website", "web site", "web", "home page", "home", "url", "site")
	add(link("repository"), "repository", "repo", "primary repository", "main repository", "source", "github", "code", "repository url", "git")
	add(link("repository.any"), "repositories", "repos")
	add(link("devstats"), "devstats", "dev stats", "devstats url")
	add(link("review.url"), "annual review")
	add((*reader).chat, "chat", "slack", "slack channel", "chat channel", "channel")
	add(asWord("description"), "description", "summary", "about", "what", "key features", "features", "tagline", "what it is", "purpose")
	add(each("persona"), "personas", "target users", "target audience", "audience", "users")
	add(each("tag"), "tags")
	add(asWord("focus"), "focus area", "category", "focus", "area", "domain", "landscape category", "subcategory")
	add(languageList("language"), "languages", "language", "written in", "language s", "tech")
	add(languageList("language.largest"), "main language", "primary language", "largest language")
	add((*reader).licence, "licence", "license", "licences", "licenses", "spdx")
	add(pattern("health.overall", healthValue, strings.ToLower), "health", "overall", "overall health", "health level")
	for _, dimension := range []string{"people", "responsiveness"} {
		add(pattern("health."+dimension, healthValue, strings.ToLower), dimension)
	}
	add(pattern("cadence", cadenceValue, strings.ToLower), "release cadence", "cadence", "release rhythm", "releases made", "releases")
	add(pattern("activity.state", activityValue, strings.ToLower), "activity", "last activity", "recent activity", "state")
	add(pattern("org.kind", organisationValue, nil), "organisations", "organizations", "contributors", "organisation", "organization", "company", "vendor", "main vendor", "lead")
	add((*reader).leader, "led by", "lead organisation", "lead organization", "lead company")
	add((*reader).adopters, "key adopters", "adopters", "notable adopters", "used by", "users and adopters", "adopters on file", "known adopters")
	add((*reader).audits, "audits", "security audits", "audit", "security audit")
	add(each("audit.vendor"), "audit vendors", "auditors", "audited by", "auditor")
	add(pattern("revision.commit", hexName, nil), "commit", "revision")
	add(asWord("ref"), "ref")
	add((*reader).dataSource, "data source", "data sources", "source of data", "methodology", "method", "note on data")
	add((*reader).changelog, "change", "changes", "changelog")
	return m
}()

// What values look like.
var (
	levelValue        = lazyregexp.New(`(?i)^.{0,24}?\b(graduated|graduates|graduation|graduate|incubating|incubation|incubator|incubated|sandbox|archived|archive|emeritus)\b`)
	classValue        = lazyregexp.New(`^(core|component|trace|none|unknown)(?:$|[^\pL+?])`)
	healthValue       = lazyregexp.New(`(?i)^[^\pL]*(excellent|good|moderate|needs attention)\b`)
	cadenceValue      = lazyregexp.New(`(?i)^\W{0,3}(weekly|monthly|two-monthly|bi-?monthly|every two months|quarterly|half-yearly|yearly|annual(?:ly)?|rare|new|paused|stopped|pre-releases only|none|regular|infrequent|frequent|irregular)\b`)
	activityValue     = lazyregexp.New(`(?i)^.{0,50}?\b(very active|active|inactive|maintenance(?: mode)?|dormant|stale|unmaintained)\b`)
	organisationValue = lazyregexp.New(`(?i)^\s*(multi-org(?:anisation|anization)?|multi-vendor|single-org(?:anisation|anization)?|single-vendor|[\pL\d .&]+?-led)\s*$`)
	hexName           = lazyregexp.New(`\b([0-9a-f]{7,40})\b`)
)

// packageLabels give the property of a package.
var packageLabels = map[string]string{
	"version": "version", "kinds": "kinds", "kind": "kinds", "edition": "edition", "minimum version": "minversion",
	"msrv": "minversion", "rust version": "minversion", "manifest": "manifest", "unsafe blocks": "unsafe",
}

// byLabel reads what the label of a value says its text is.
func (r *reader) byLabel(st *statement) {
	switch {
	case st.From >= st.To, st.strict:
		return
	case st.subject.Sort == OfPackage:
		r.packageCell(st)
		return
	}
	name := st.label
	if name == "" {
		name = st.lead
	}
	read := labels[name]
	if strings.HasPrefix(name, "why ") {
		read = (*reader).reason
	} else if read == nil && strings.HasSuffix(name, "audits") {
		read = (*reader).audits
	}
	if read != nil && (st.said == nil || freeLabels[name] || st.label == "" && st.block.Form == page.Item || strings.HasPrefix(name, "why ")) {
		read(r, st)
	}
}

// freeLabels are labels behind which there is running text.
var freeLabels = func() map[string]bool {
	m := map[string]bool{}
	for _, l := range []string{
		"description", "summary", "about", "what", "key features", "features", "tagline", "what it is", "purpose", "note", "notes", "why", "reason",
		"our impression", "impression", "maintainability", "remarks", "remark", "comment", "comments", "rating", "change", "changes", "changelog",
		"data source", "data sources", "source of data", "methodology", "method", "note on data",
	} {
		m[l] = true
	}
	return m
}()

// saidVerb: a sentence is made of the words.
var saidVerb = lazyregexp.New(`\b(?:is|are|was|were|be|been|being|has|have|had|does|did|makes|made|became|becomes|remains|uses|used|will|would|can|could|should|says?|shows?|grew|fell|rose|reached|reaches|counts?|holds?|stands?)\b`)

// isValue reports whether a statement is in a cell under a known label, or the value
// behind one in the front matter, a list, a line of its own or one of code, and no
// sentence.
func (r *reader) isValue(st *statement) bool {
	if st.strict || st.year != "" && st.block.Form == page.Code {
		return true
	}
	switch st.block.Form {
	case page.Row:
		if st.row == nil || st.text == st.labelText {
			return false
		}
	case page.Front, page.Item, page.Paragraph, page.Code:
		if st.labelText == nil {
			return false
		}
	default:
		return false
	}
	return r.knownLabel(st.label) && !saidVerb.MatchString(st.s())
}

// proseLabel: behind the label stands a paragraph on how a language is used.
var proseLabel = lazyregexp.New(`^(?:why|pure) | (?:usage|components)$`)

// detailLabels are labels of properties that have no reader or rule of their own.
var detailLabels = map[string]bool{"changes of level": true, "edition": true}

// knownLabel reports whether a label says what the value below or behind it is.
func (r *reader) knownLabel(label string) bool {
	fields := strings.Fields(label)
	switch {
	case len(fields) == 0 || freeLabels[label] || proseLabel.MatchString(label):
		return false
	case r.known[label] != nil, packageLabels[label] != "", detailLabels[label]:
		return true
	case levelLabel(label) != "":
		return true
	}
	return strings.HasPrefix(label, "share") || r.languageWithin(fields) || labelled(&r.numbers, label) || labelled(&r.dates, label)
}

// languageWithin reports whether one of a few words is a language: "Rust code".
func (r *reader) languageWithin(fields []string) bool {
	const few = 4
	for i := range fields {
		if l, _ := r.languageIn(fields[i:]); l != "" && len(fields) <= few {
			return true
		}
	}
	return false
}

// labelled reports whether some rule is for a label.
func labelled(b *ruleBook, label string) bool {
	for _, rule := range b.under(label) {
		if rule.label != nil {
			return true
		}
	}
	return false
}

func isMaturityLabel(label string) bool {
	switch label {
	case "status", "maturity", "maturity level", "level", "stage", "cncf status", "cncf level", "cncf maturity":
		return true
	}
	return false
}

// trimmed is the span of the statement without space, quotation marks and
// commas around it.
func (st *statement) trimmed() page.Span {
	s := st.Span
	for s.From < s.To && strings.IndexByte(" \t\"'[", st.text.S[s.From]) >= 0 {
		s.From++
	}
	for s.To > s.From && strings.IndexByte(" \t\"',;]", st.text.S[s.To-1]) >= 0 {
		s.To--
	}
	return s
}

// sayable reports whether a property may be said of the subject of a statement.
func (st *statement) sayable(p *property.Property) bool {
	return st.subject.Sort == OfProject && p.MayBeOf(property.OfProject) || st.subject.Sort == OfRepository && (p.MayBeOf(property.OfRepository) || p.Value == property.Address)
}

// word makes a claim of words of a statement about its subject.
func (r *reader) word(st *statement, p *property.Property, word string, at page.Span) {
	if st.sayable(p) {
		r.add(st, Claim{Property: p, Subject: st.subject, Word: word}, at)
	}
}

// asWord reads the whole text as one claim.
func asWord(name string) valueReader {
	return func(r *reader, st *statement) {
		p := property.Must(name)
		s := st.trimmed()
		s.To = s.From + len(strings.TrimRight(strings.TrimSuffix(st.text.Of(s), "(source)"), " "))
		r.word(st, p, st.text.Of(s), s)
	}
}

// pattern reads the first group of an expression, as of makes it a word.
func pattern(name string, re *lazyregexp.Regexp, of func(string) string) valueReader {
	return func(r *reader, st *statement) {
		p := property.Must(name)
		if m := re.FindStringSubmatchIndex(st.s()); m != nil {
			s := page.Span{From: st.From + m[2], To: st.From + m[3]}
			word := st.text.Of(s)
			if of != nil {
				word = of(word)
			}
			r.word(st, p, word, s)
		}
	}
}

// each makes a claim of each piece of a list.
func each(name string) valueReader {
	return func(r *reader, st *statement) {
		p := property.Must(name)
		for _, part := range st.parts() {
			r.word(st, p, st.text.Of(part), part)
		}
	}
}

// parts are the pieces of a list, without the remarks in brackets behind it.
func (st *statement) parts() []page.Span {
	s := strings.TrimSuffix(st.s(), " (source)")
	var all []page.Span
	from, depth := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) {
			switch s[i] {
			case '(', '[':
				depth++
			case ')', ']':
				depth = max(0, depth-1)
			}
		}
		if i < len(s) && (depth > 0 || s[i] != ',' && s[i] != ';') {
			continue
		}
		if p := st.part(from, i).trimmed(); p.From < p.To {
			all = append(all, p)
		}
		from = i + 1
	}
	return all
}

// link reads addresses: those of links, or the text itself.
func link(name string) valueReader {
	return func(r *reader, st *statement) {
		p := property.Must(name)
		of := p
		if name == "repository" && st.row != nil && st.named {
			of = property.Must("repository.any") // one of a row is not said to be the primary
		}
		if !st.sayable(of) {
			return
		}
		for _, l := range st.text.Links {
			if l.From >= st.From && l.To <= st.To && !isSource(st.text.Of(l.Span)) {
				r.address(st, Claim{Property: of, Subject: st.subject}, l)
				if name != "repository.any" {
					return
				}
			}
		}
		for _, s := range st.parts() {
			if text := st.text.Of(s); isAddress(text) && name != "review.url" {
				r.add(st, Claim{Property: of, Subject: st.subject, Word: text}, s)
			}
		}
	}
}

func isAddress(s string) bool {
	return !strings.Contains(s, " ") && strings.ContainsAny(s, "./") && strings.ContainsFunc(s, unicode.IsLetter)
}

// address makes claims of a link: of its address, and of its text where that is
// an address too, which may be another.
func (r *reader) address(st *statement, c Claim, l page.Link) {
	text := st.text.Of(l.Span)
	url := c
	url.Word, url.At = l.URL, l.At
	if l.At.To > 0 && !l.Bare {
		r.add(st, url, l.Span)
	}
	if c.Word = text; !strings.Contains(text, " ") && strings.ContainsAny(text, "./") {
		r.add(st, c, l.Span)
	} else if l.At.To == 0 || l.Bare {
		c.Word = l.URL
		r.add(st, c, l.Span)
	}
}

func isSource(s string) bool { return s == "source" || len(s) <= 2 }

func (r *reader) chat(st *statement) {
	chatURL := property.Must("chat.url")
	for _, l := range st.text.Links {
		if st.sayable(chatURL) && l.At.To > 0 && l.From >= st.From && l.To <= st.To && !isSource(st.text.Of(l.Span)) {
			r.add(st, Claim{Property: chatURL, Subject: st.subject, Word: l.URL, At: l.At}, l.Span)
		}
	}
	s := st.trimmed()
	if at := strings.IndexByte(st.text.Of(s), '#'); at > 0 {
		s.From += at // "CNCF / #opencost": the channel is the one with the sign
	}
	if end := strings.IndexAny(st.text.Of(s), " ("); end > 0 {
		if rest := strings.TrimLeft(st.text.Of(s)[end:], " "); rest[0] != '(' && st.text.S[s.From] != '#' {
			return // several words are no channel
		}
		s.To = s.From + end
	}
	r.word(st, property.Must("chat"), st.text.Of(s), s)
}

// languageList reads the languages of a list.
func languageList(name string) valueReader {
	return func(r *reader, st *statement) {
		p := property.Must(name)
		for _, part := range st.parts() {
			first := remark.ReplaceAllString(st.text.Of(part), "")
			w := page.Span{From: part.From, To: part.From + len(first)}
			if r.languages[strings.ToLower(first)] == "" {
				found := languageSpans(r, st.text, part)
				if len(found) == 0 {
					continue
				}
				w = found[0]
			}
			r.word(st, p, r.languages[strings.ToLower(st.text.Of(w))], w)
		}
	}
}

// remark is what may follow the name of a language in a list.
var remark = lazyregexp.New(`\s*(?:[(:]|[<>~]?\s?\d).*$`)

const spdxName = `\b(?:Apache(?:[- ]License)?(?:,? Version)?[- ]?2(?:\.0)?|MIT(?:-0)?|BSD[- ]?\d?[- ]?(?:Clause)?(?:-(?:Clear|Patent|Attribution|LBNL|UC|Views))?|` +
	`MPL[- ]?2\.0|[AL]?GPL[- ]?v?\d(?:\.\d)?(?:-only|-or-later|\+)?|ISC|Unlicense|CC[- ]BY(?:-NC)?(?:-(?:SA|ND))?[- ]\d\.\d|CC0(?:-1\.0)?|0BSD|` +
	`(?:ECL|EPL|EUPL|BUSL|CDDL|OFL|SSPL|BSL|AFL|OSL|CPL|Artistic|Elastic)-\d\.\d|NOASSERTION)(?: WITH [A-Za-z0-9.-]+)?\b`

var spdx = lazyregexp.New(spdxName)

func (r *reader) licence(st *statement) {
	for _, m := range spdx.FindAllStringIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[0], To: st.From + m[1]}
		r.word(st, property.Must("licence"), st.text.Of(s), s)
	}
}

// leader reads the organisation that is said to lead.
func (r *reader) leader(st *statement) {
	s := st.trimmed()
	r.word(st, property.Must("org.kind"), st.text.Of(s)+"-led", s)
}

var bracket = lazyregexp.New(`\s*\([^)]*\)\s*$`)

// adopters reads an item of a list of adopters, or a list in a cell.
func (r *reader) adopters(st *statement) {
	if startsWithDigit(strings.TrimSpace(st.s())) {
		return
	}
	if st.block.Form != page.Item || st.label != "" {
		each("adopter")(r, st)
		return
	}
	s := st.trimmed()
	name := bracket.ReplaceAllString(st.text.Of(s), "")
	if use := strings.TrimSpace(st.text.Of(s)[len(name):]); len(use) > 2 && st.subject.Sort == OfProject {
		at := page.Span{From: s.To - len(use), To: s.To}
		r.add(st, Claim{Property: property.Must("adopter.kind"), Of: name, Subject: st.subject, Word: strings.Trim(use, "()")}, at)
	}
	s.To = s.From + len(name)
	r.word(st, property.Must("adopter"), name, s)
}

var (
	auditBy = lazyregexp.New(`(?i)\b(?:by|vendor:?|from|with) ([\pL\d][\pL\d .&-]*[\pL\d])`)
	// auditWhat is what was audited, between the day and the vendor.
	auditWhat = lazyregexp.New(`^\s*(?:\d{4}-\d\d-\d\d\s*[:,–-]\s*)?([\pL][^.:;]*?) by `)
)

// audits reads who made an audit and what of; its date is told by the rules of dates.
func (r *reader) audits(st *statement) {
	day := ""
	for _, t := range tokens(st.s()) {
		if t.form == isDate && len(t.day.Text) == len("2006-01-02") {
			day = t.day.Text
		}
	}
	if m := auditWhat.FindStringSubmatchIndex(st.s()); m != nil && day != "" && st.subject.Sort == OfProject {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		r.add(st, Claim{Property: property.Must("audit.type"), Of: day, Subject: st.subject, Word: st.text.Of(s)}, s)
	}
	if m := auditBy.FindStringSubmatchIndex(st.s()); m != nil && st.subject.Sort == OfProject {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		r.add(st, Claim{Property: property.Must("audit.vendor"), Of: day, Subject: st.subject, Word: st.text.Of(s)}, s)
	} else if m == nil && st.block.Form == page.Code {
		each("audit.vendor")(r, st)
	}
}

// reason reads a paragraph that says why a language was chosen.
func (r *reader) reason(st *statement) {
	if !st.rest {
		r.word(st, property.Must("reason"), st.s(), st.Span)
	}
}

func (r *reader) dataSource(st *statement) {
	s := st.trimmed()
	r.add(st, Claim{Property: property.Must("source"), Word: st.text.Of(s)}, s)
}

// changelog reads the number of projects that a line of the report's own changelog
// gives.
func (r *reader) changelog(st *statement) {
	if m := changeCount.FindStringSubmatchIndex(st.s()); m != nil {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		if t := tokens(st.text.Of(s)); len(t) == 1 {
			r.add(st, Claim{Property: property.Must("count.using"), Num: t[0].num}, s)
		}
	}
}

var changeCount = lazyregexp.New(`(?i)(?:count|total)(?: is| now| to| of|:)* (\d+)`)

// packageCell reads a cell of a table of packages.
func (r *reader) packageCell(st *statement) {
	name, ok := packageLabels[st.label]
	if s := st.trimmed(); ok && s.From < s.To {
		r.add(st, Claim{Property: property.Must("package." + name), Subject: st.subject, Word: st.text.Of(s), Manifest: st.manifest()}, s)
	}
}

// manifest is the manifest that the row of a package names.
func (st *statement) manifest() string {
	for i := range st.block.Cells {
		if headOf(st.block, i) == "manifest" {
			return st.block.Cells[i].S
		}
	}
	return ""
}
