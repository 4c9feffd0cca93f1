package claim

import (
	"strings"
	"unicode"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

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
	add((*reader).maturity, "status", "maturity", "maturity level", "level", "stage", "cncf status", "cncf level", "cncf maturity", "current maturity", "current level", "phase", "tier")
	add((*reader).class, "class")
	add(link("homepage", Link), "homepage", "website", "web site", "web", "home page", "home", "url", "site")
	add(link("repository", Link), "repository", "repo", "primary repository", "main repository", "source", "github", "code", "repository url", "git", "repositories", "repos")
	add(link("devstats", Link), "devstats", "dev stats", "devstats url")
	add((*reader).chat, "chat", "slack", "slack channel", "chat channel", "channel")
	add(link("review", Review), "annual review")
	add(verbal("description", Description), "description", "summary", "about", "what", "key features", "features", "tagline", "what it is", "purpose")
	add((*reader).personas, "personas", "target users", "target audience", "audience", "users")
	add((*reader).tags, "tags")
	add((*reader).focus, "focus area", "category", "focus", "area", "domain", "landscape category", "subcategory")
	add((*reader).languageList, "languages", "language", "main language", "primary language", "written in", "largest language", "language s", "tech")
	add((*reader).licence, "licence", "license", "licences", "licenses", "spdx")
	add((*reader).health, "health", "overall", "overall health", "health level", "activity", "people", "organisations", "releases", "responsiveness")
	add((*reader).releases, "releases")
	add((*reader).cadence, "release cadence", "cadence", "release rhythm", "releases made")
	add((*reader).activity, "activity", "last activity", "recent activity", "state")
	add((*reader).organisation, "organisations", "organizations", "contributors", "organisation", "organization", "company", "vendor", "main vendor", "lead")
	add((*reader).commitWord, "commits")
	add((*reader).adopters, "key adopters", "adopters", "notable adopters", "used by", "users and adopters", "adopters on file", "known adopters")
	add((*reader).audits, "audits", "security audits", "audit", "security audit")
	add((*reader).revision, "commit", "revision")
	add(verbal("ref", Revision), "ref")
	add(verbal("rule", Revision), "rule")
	add(verbal("membership", Repositories), "belongs to the project by")
	add(plainLabelled("clomonitor", Link), "clomonitor", "clomonitor name")
	add(plainLabelled("lfx", Link), "lfx", "lfx slug")
	add((*reader).security, "security policy")
	add((*reader).people, "maintainers")
	add((*reader).praise, "our impression", "impression", "maintainability", "remarks", "comment", "rating")
	add((*reader).leader, "led by", "lead organisation", "lead organization", "lead company")
	add((*reader).vendors, "audit vendors", "auditors", "audited by", "auditor")
	add((*reader).dataSource, "data source", "data sources", "source of data", "methodology", "method", "note on data")
	add((*reader).changelog, "change", "changes", "changelog")
	return m
}()

// packageLabels give the field of a property of a package.
var packageLabels = map[string]string{
	"version": "version", "kinds": "kinds", "kind": "kinds", "edition": "edition", "minimum version": "minversion",
	"msrv": "minversion", "rust version": "minversion", "manifest": "manifest", "unsafe blocks": "unsafe",
}

// byLabel reads what the label of a statement says its text is.
func (r *reader) byLabel(st *statement) {
	if st.From >= st.To {
		return
	}
	if st.subject.Sort == OfPackage {
		r.packageCell(st)
		return
	}
	read := labels[st.label]
	if st.label == "" {
		read = labels[st.lead]
	}
	if read == nil && strings.HasPrefix(st.label, "why ") || strings.HasPrefix(st.lead, "why ") && st.label == "" {
		read = (*reader).reason
	}
	if read == nil && strings.HasSuffix(st.label, "audits") || read == nil && st.label == "" && strings.HasSuffix(st.lead, "audits") {
		read = (*reader).audits
	}
	if read != nil {
		read(r, st)
	}
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

// verbal reads the whole text as one claim.
func verbal(field string, kind Kind) valueReader {
	return func(r *reader, st *statement) {
		if st.subject.Sort == OfAll || st.subject.Sort == OfLevel {
			return
		}
		s := st.trimmed()
		s.To = s.From + len(strings.TrimRight(strings.TrimSuffix(st.text.Of(s), "(source)"), " "))
		r.add(st, Claim{Kind: kind, Field: field, Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
	}
}

// plainLabelled is verbal where there is a project.
func plainLabelled(field string, kind Kind) valueReader {
	read := verbal(field, kind)
	return func(r *reader, st *statement) {
		if st.subject.Sort == OfProject {
			read(r, st)
		}
	}
}

// link reads an address: that of a link, or the text itself.
func link(field string, kind Kind) valueReader {
	return func(r *reader, st *statement) {
		field := field
		if field == "repository" && (st.row != nil && st.named || strings.HasSuffix(st.label, "s")) {
			field = "repository.any"
		}
		if st.subject.Sort == OfAll || st.subject.Sort == OfLevel {
			return
		}
		for _, l := range st.text.Links {
			if l.From < st.From || l.To > st.To || isSource(st.text.Of(l.Span)) {
				continue
			}
			r.address(st, Claim{Kind: kind, Field: field, Subject: st.subject, Form: Address}, l)
			return
		}
		for _, s := range st.parts() {
			text := st.text.Of(s)
			if strings.Contains(text, " ") || !strings.ContainsAny(text, "./") || !strings.ContainsFunc(text, unicode.IsLetter) || field == "review" {
				continue
			}
			r.add(st, Claim{Kind: kind, Field: field, Subject: st.subject, Form: Address, Word: text}, s)
		}
	}
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

// maturity reads the level that a value begins with.
func (r *reader) maturity(st *statement) {
	if st.subject.Sort != OfProject {
		return
	}
	m := levelWord.FindStringIndex(st.s())
	if m == nil || m[0] > 24 {
		return
	}
	s := page.Span{From: st.From + m[0], To: st.From + m[1]}
	r.add(st, Claim{Kind: Maturity, Field: "maturity", Subject: st.subject, Form: Verbal, Word: levelOf(st.text.Of(s))}, s)
}

func isMaturityLabel(label string) bool {
	switch label {
	case "status", "maturity", "maturity level", "level", "stage", "cncf status", "cncf level", "cncf maturity":
		return true
	}
	return false
}

// className are the classes, and classWord a class with its bounds: "core", "at least
// component", "core (component+)", "none?".
const className = `core|component|trace|none|unknown`

var classWord = lazyregexp.New(`^(at least )?(` + className + `)([+?]?)(?: \((at least )?(` + className + `)(\+?)\))?(?:$|[^\pL])`)

// class reads a class, and the lower bound of it in brackets.
func (r *reader) class(st *statement) {
	m := classWord.FindStringSubmatchIndex(st.s())
	if m == nil {
		return
	}
	group := func(g int) string { return st.s()[max(0, m[2*g]):max(0, m[2*g+1])] }
	c := Claim{Kind: Class, Field: "class", Subject: st.subject, Read: group(3) == "?" || m[10] >= 0}
	if m[2] >= 0 || group(3) == "+" {
		c.Num.Bound = AtLeast
	}
	r.word(st, c, m[4], m[5])
	if m[10] >= 0 {
		c.Read, c.Num.Bound = false, AtLeast
		r.word(st, c, m[10], m[11])
	}
}

func (r *reader) chat(st *statement) {
	for _, l := range st.text.Links {
		if st.subject.Sort == OfProject && l.At.To > 0 && l.From >= st.From && l.To <= st.To && !isSource(st.text.Of(l.Span)) {
			r.add(st, Claim{Kind: Chat, Field: "chat.url", Subject: st.subject, Form: Address, Word: l.URL, At: l.At}, l.Span)
		}
	}
	s := st.trimmed()
	if end := strings.IndexAny(st.text.Of(s), " ("); end > 0 {
		s.To = s.From + end
	}
	if st.subject.Sort == OfProject {
		r.add(st, Claim{Kind: Chat, Field: "chat", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
	}
}

// parts are the pieces of a list, without the remarks in brackets behind it.
func (st *statement) parts() []page.Span {
	s := st.s()
	if i := strings.Index(s, " (source)"); i >= 0 {
		s = s[:i]
	}
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
		p := st.part(from, i).trimmed()
		if p.From < p.To {
			all = append(all, p)
		}
		from = i + 1
	}
	return all
}

// each makes a claim of each piece of a list.
func (r *reader) each(st *statement, field string, kind Kind) {
	for _, p := range st.parts() {
		r.add(st, Claim{Kind: kind, Field: field, Subject: st.subject, Form: Verbal, Word: st.text.Of(p)}, p)
	}
}

func (r *reader) personas(st *statement) {
	if st.subject.Sort == OfProject {
		r.each(st, "persona", Persona)
	}
}

func (r *reader) tags(st *statement) {
	if st.subject.Sort == OfProject {
		r.each(st, "tag", Focus)
	}
}

func (r *reader) focus(st *statement) {
	if st.subject.Sort == OfProject {
		verbal("focus", Focus)(r, st)
	}
}

// languageList reads the languages of a list, and what is said of each in
// brackets.
func (r *reader) languageList(st *statement) {
	if st.subject.Sort != OfProject && st.subject.Sort != OfRepository {
		return
	}
	field := "language"
	if strings.HasPrefix(st.label, "largest") || strings.HasPrefix(st.label, "main") || strings.HasPrefix(st.label, "primary") {
		field = "language.largest"
	}
	for _, p := range st.parts() {
		if name := remark.ReplaceAllString(st.text.Of(p), ""); r.languages[strings.ToLower(name)] != "" {
			w := page.Span{From: p.From, To: p.From + len(name)}
			c := Claim{Kind: Language, Field: field, Subject: st.subject, Form: Verbal, Word: r.languages[strings.ToLower(name)]}
			if found := tokens(st.text.Of(p)); len(found) == 1 {
				c.Num = found[0].num
			}
			r.add(st, c, w)
			continue
		}
		for _, w := range languageSpans(r, st.text, p) {
			r.add(st, Claim{Kind: Language, Field: field, Subject: st.subject, Form: Verbal, Word: r.languages[strings.ToLower(st.text.Of(w))]}, w)
			break
		}
	}
}

// remark is what may follow the name of a language in a list.
var remark = lazyregexp.New(`\s*(?:[(:]|[<>~]?\s?\d).*$`)

// languageWord finds what may be the name of a language.
var languageWord = lazyregexp.New(`[\pL][\pL\d]*(?:\+\+|#)?`)

// languageSpans are the languages that a span names.
func languageSpans(r *reader, t *page.Text, s page.Span) []page.Span {
	var found []page.Span
	for _, m := range languageWord.FindAllStringIndex(t.Of(s), -1) {
		w := page.Span{From: s.From + m[0], To: s.From + m[1]}
		word := t.Of(w)
		l := r.languages[strings.ToLower(word)]
		if l == "" || l == "WebAssembly" && r.Language != l || word[0] >= 'a' && word[0] <= 'z' && len(l) < 5 || followsHyphen(t.S, w) {
			continue // "go" is a verb
		}
		found = append(found, w)
	}
	return found
}

func followsHyphen(s string, w page.Span) bool {
	return w.To < len(s) && (s[w.To] == '-' || s[w.To] == '.' && w.To+1 < len(s) && isAlnum(s[w.To+1])) || w.From > 0 && (s[w.From-1] == '-' || s[w.From-1] == '/')
}

const spdxName = `\b(?:Apache(?:[- ]License)?(?:,? Version)?[- ]?2(?:\.0)?|MIT(?:-0)?|BSD[- ]?\d?[- ]?(?:Clause)?(?:-(?:Clear|Patent|Attribution|LBNL|UC|Views))?|` +
	`MPL[- ]?2\.0|[AL]?GPL[- ]?v?\d(?:\.\d)?(?:-only|-or-later|\+)?|ISC|Unlicense|CC[- ]BY(?:-NC)?(?:-(?:SA|ND))?[- ]\d\.\d|CC0(?:-1\.0)?|0BSD|` +
	`(?:ECL|EPL|EUPL|BUSL|CDDL|OFL|SSPL|BSL|AFL|OSL|CPL|Artistic|Elastic)-\d\.\d|NOASSERTION)(?: WITH [A-Za-z0-9.-]+)?\b`

var spdx = lazyregexp.New(spdxName)

func (r *reader) licence(st *statement) {
	for _, m := range spdx.FindAllStringIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[0], To: st.From + m[1]}
		r.add(st, Claim{Kind: Licence, Field: "licence", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
	}
}

var healthWord = lazyregexp.New(`(?i)^[^\pL]*(excellent|good|moderate|needs attention)(?: to (excellent|good|moderate))?\b`)

// health reads a level, or two between which it lies.
func (r *reader) health(st *statement) {
	m := healthWord.FindStringSubmatchIndex(st.s())
	if m == nil || st.subject.Sort != OfProject {
		return
	}
	field := "health.overall"
	switch st.label {
	case "activity", "people", "organisations", "releases", "responsiveness":
		field = "health." + st.label
	}
	s := page.Span{From: st.From + m[2], To: st.From + m[1]}
	r.add(st, Claim{Kind: Health, Field: field, Subject: st.subject, Form: Verbal, Word: strings.ToLower(st.text.Of(s))}, s)
}

// releases reads a rhythm, or a level of health.
func (r *reader) releases(st *statement) {
	r.health(st)
	r.cadence(st)
}

var cadenceWord = lazyregexp.New(`(?i)^\W{0,3}(weekly|monthly|two-monthly|bi-?monthly|every two months|quarterly|half-yearly|yearly|annual(?:ly)?|rare|new|paused|stopped|pre-releases only|none|regular|infrequent|frequent|irregular)\b`)

func (r *reader) cadence(st *statement) {
	m := cadenceWord.FindStringSubmatchIndex(st.s())
	if m == nil || st.subject.Sort != OfProject {
		return
	}
	s := page.Span{From: st.From + m[2], To: st.From + m[3]}
	r.add(st, Claim{Kind: Cadence, Field: "cadence", Subject: st.subject, Form: Verbal, Word: strings.ToLower(st.text.Of(s))}, s)
}

var activityWord = lazyregexp.New(`(?i)\b(very active|active|inactive|maintenance(?: mode)?|dormant|stale|unmaintained)\b`)

func (r *reader) activity(st *statement) {
	r.health(st)
	m := activityWord.FindStringIndex(st.s())
	if m == nil || st.subject.Sort != OfProject || len(st.s()) > 60 {
		return
	}
	s := page.Span{From: st.From + m[0], To: st.From + m[1]}
	r.add(st, Claim{Kind: Activity, Field: "activity.state", Subject: st.subject, Form: Verbal, Word: strings.ToLower(st.text.Of(s))}, s)
}

var hexName = lazyregexp.New(`\b[0-9a-f]{7,40}\b`)

func (r *reader) revision(st *statement) {
	m := hexName.FindStringIndex(st.s())
	if m == nil || st.subject.Sort != OfRepository {
		return
	}
	s := page.Span{From: st.From + m[0], To: st.From + m[1]}
	r.add(st, Claim{Kind: Revision, Field: "revision.commit", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
}

func (r *reader) security(st *statement) {
	if l := st.text.Links; len(l) > 0 {
		r.add(st, Claim{Kind: Link, Field: "security", Subject: st.subject, Form: Verbal, Word: st.text.Of(l[0].Span)}, l[0].Span)
	}
}

// reason reads a paragraph that says why a language was chosen.
func (r *reader) reason(st *statement) {
	if st.subject.Sort != OfProject {
		r.praise(st)
		return
	}
	first := bounds(st.text.S, page.Span{From: st.From, To: min(st.From+1, st.To)})
	first.From, first.To = max(first.From, st.From), min(first.To, st.To)
	r.add(st, Claim{Kind: Reason, Field: "reason", Subject: st.subject, Form: Verbal, Word: st.text.Of(first)}, first)
}

// praise takes a whole statement for a judgement.
func (r *reader) praise(st *statement) {
	s := st.trimmed()
	r.add(st, Claim{Kind: Praise, Field: "praise", Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
}

func (r *reader) dataSource(st *statement) {
	s := st.trimmed()
	r.add(st, Claim{Kind: Source, Field: "source", Form: Verbal, Word: st.text.Of(s)}, s)
}

// packageCell reads a cell of a table of packages.
func (r *reader) packageCell(st *statement) {
	field, ok := packageLabels[st.label]
	s := st.trimmed()
	if !ok || s.From >= s.To {
		return
	}
	r.add(st, Claim{Kind: Package, Field: "package." + field, Subject: st.subject, Form: Verbal, Word: st.text.Of(s)}, s)
}
