package claim

import (
	"slices"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/page"
)

// phrases reads what running text says without a number.
func (r *reader) phrases(st *statement) {
	if st.block.Form == page.Heading || st.block.Form == page.Item {
		r.listedUnder(st)
	}
	if st.block.Form == page.Heading {
		return
	}
	r.members(st)
	r.details(st)
	r.introduction(st)
	r.sources(st)
	r.quantified(st)
	r.superlatives(st)
	r.ranks(st)
	r.timeline(st)
	if st.year == "" {
		r.languageStatements(st)
	}
	r.levels(st)
	r.links(st)
	r.named(st)
	r.judgements(st)
}

// has reports whether a statement has one of words, which are in small letters: a
// look for them is many times as fast as an expression, and most texts have none.
func (st *statement) has(words ...string) bool {
	if st.lower == "" {
		st.lower = strings.ToLower(st.s())
	}
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(st.lower, w) })
}

// find is where an expression matches that needs one of words.
func (st *statement) find(re *lazyregexp.Regexp, words ...string) [][]int {
	if !st.has(words...) {
		return nil
	}
	return re.FindAllStringSubmatchIndex(st.s(), -1)
}

// listedUnder makes a claim of a project's heading below one that names a level.
func (r *reader) listedUnder(st *statement) {
	if st.level == "" || levelOf(st.s()) != "" || st.subject.Sort != OfProject {
		return
	}
	if st.block.Form == page.Item && st.levelBy == nil || st.block.Form == page.Item && len(words(st.block.Text.S)) > len(words(st.subject.Text))+3 {
		return
	}
	whole := *st
	whole.Span = page.Span{From: 0, To: len(st.text.S)}
	if found := r.mentionsOf(&whole); len(found) > 0 && found[0].Is(st.subject) {
		r.add(st, Claim{Kind: Member, Field: "member", Subject: st.subject, Level: st.level, Form: Verbal, Word: found[0].Text}, found[0].Span)
	}
}

// memberList finds a list of names: behind a count of projects in brackets or
// after a colon, or all of a cell beside one.
var listOpens = lazyregexp.New(`(?i)(?:projects?|use (?:` + languageNames + `)|\bones?)\**(?:[^.;(:]{0,40})(?:\(|: | are )|:\s*$|(?:^|[^\pL])(?:graduated|incubating|sandbox)\**:?\**[^:.;]{0,40}: `)

// members makes claims of the names of such lists.
func (r *reader) members(st *statement) {
	level := levelOf(st.label)
	if deniesLabel.MatchString(st.label) {
		return
	}
	if st.notes != nil && level != "" || level != "" && st.subject.Sort != OfProject && len(words(st.label)) <= 3 {
		r.list(st, st.Span, level, 0)
		return
	}
	if st.label == "accepted" && st.year != "" || st.subject.Sort == OfProject && st.label != "" {
		return
	}
	read := 0 // the end of the lists that were read
	for _, m := range listOpens.FindAllStringIndex(st.s(), -1) {
		at := page.Span{From: st.From + m[1]}
		at.To = listEnd(st.text.S, at.From, min(st.To, at.From+limit.VerifyList))
		first, several := r.projectsIn(st.text, at)
		if first == nil || !several && !fewWords(st.text.Of(at), 3) {
			continue
		}
		head := st.text.S[max(st.From, st.From+m[0]-48) : st.From+m[1]]
		if deniesList.MatchString(head) {
			continue
		}
		r.listUnder(st, at, head, read)
		read = max(read, at.To)
	}
}

// listUnder makes a claim of each name of a list, of which its head says more, and
// which was read up to a byte.
func (r *reader) listUnder(st *statement, at page.Span, head string, read int) {
	if m := areaSaid.FindStringSubmatch(head); m != nil {
		r.area = m[1]
	}
	r.list(st, at, lastLevel(head), read)
	r.area = ""
}

var deniesLabel = lazyregexp.New(`^(?:non|not|no|former|formerly|without|except)\b`)

// deniesList: the names that follow are of what is not so.
var deniesList = lazyregexp.New(`(?i)\b(?:not|never|without|avoid|lack|former|except)\b|\bnon-|n't\b|n’t\b`)

var areaSaid = lazyregexp.New(`(?i)\b(?:focus(?:es)? on|are about|target) (\pL+)`)

// lastLevel is the level that a text names last.
func lastLevel(s string) string {
	all := levelWord.FindAllString(s, -1)
	if len(all) == 0 {
		return ""
	}
	return levelNamed(all[len(all)-1])
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
		case s[i] == ';' || endsSentence(s, i):
			return i
		}
	}
	return most
}

// projectAt is the project whose name begins at a byte of a statement's text; nil for
// none.
func (r *reader) projectAt(st *statement, at int) *Mention {
	if found := r.between(st.text, page.Span{From: at, To: st.To}); len(found) > 0 && found[0].From == at && found[0].Sort == OfProject {
		return &found[0]
	}
	return nil
}

// projectsIn is the first project that a span names, nil for none, and whether there
// are several.
func (r *reader) projectsIn(t *page.Text, s page.Span) (first *Mention, several bool) {
	all := r.between(t, s)
	for i := range all {
		switch {
		case all[i].Sort != OfProject:
		case first != nil:
			return first, true
		default:
			first = &all[i]
		}
	}
	return first, false
}

// mentionsIn are the projects that a span names.
func (r *reader) mentionsIn(t *page.Text, s page.Span) []Mention {
	var found []Mention
	for _, m := range r.between(t, s) {
		if m.Sort == OfProject {
			found = append(found, m)
		}
	}
	return found
}

// list makes a claim of each name in a span: of the first, and of those from a byte on.
// The ones between are claims already.
func (r *reader) list(st *statement, s page.Span, level string, from int) {
	var before *Mention
	all := r.between(st.text, s)
	for i := range all {
		m := &all[i]
		if m.Sort != OfProject {
			continue
		}
		first := before == nil
		brief := !first && m.Is(before.Subject) && st.text.S[before.To:m.From] == " (" // "The Update Framework (TUF)"
		before = m
		if brief || !first && m.From < from {
			continue
		}
		r.add(st, Claim{Kind: Member, Field: "member", Subject: m.Subject, Level: level, Area: r.area, Form: Verbal, Word: m.Text}, m.Span)
	}
}

// The ways to say how much of something is in a language.
const (
	entirely  = "entirely"
	mainly    = "mainly"
	partly    = "partly"
	writtenIn = "written in"
	notAtAll  = "not"
	allWords  = `entirely|purely|wholly|completely|exclusively|solely|fully|100 ?%|all`
	mostWords = `primarily|mainly|mostly|predominantly|largely|chiefly|overwhelmingly|principally`
)

var isLevel = lazyregexp.New(`(?i)\b(?:is|are|was|became|remains?|as|now|an?|the|its|at|currently|still|to|into|joined the|entered the|in the)\s+(?:an? |the |now |currently |cncf |cncf's |newly accepted |second |first |third |accepted )*(graduated|incubating|incubation|sandbox|archived)\b`)

// levels reads the level that a sentence gives a project.
func (r *reader) levels(st *statement) {
	if st.block.Form == page.Row && !st.strict || isMaturityLabel(st.label) {
		return
	}
	if !st.has("graduated", "incubat", "sandbox", "archived") {
		return
	}
	for _, m := range isLevel.FindAllStringSubmatchIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		after := st.text.S[s.To:min(len(st.text.S), s.To+20)]
		subject := r.subject(st, s)
		if subject.Sort != OfProject || strings.HasPrefix(after, " projects") || followedByDate.MatchString(after) || denied(st, s) || denied(st, st.part(m[0], m[1]).Span) || deniedWithin.MatchString(st.s()[m[0]:m[1]]) {
			continue
		}
		r.add(st, Claim{Kind: Maturity, Field: "maturity", Subject: subject, Form: Verbal, Word: levelOf(st.text.Of(s))}, s)
	}
	for _, m := range bracketLevel.FindAllStringSubmatchIndex(st.s(), -1) {
		g := 2
		if m[2] < 0 {
			g = 4
		}
		s := page.Span{From: st.From + m[g], To: st.From + m[g+1]}
		if subject := r.subject(st, s); subject.Sort == OfProject {
			r.add(st, Claim{Kind: Maturity, Field: "maturity", Subject: subject, Form: Verbal, Word: levelOf(st.text.Of(s))}, s)
		}
	}
}

var deniedWithin = lazyregexp.New(`(?i)\b(?:not|never)\b`)

var (
	followedByDate = lazyregexp.New(`^ (?:project |level |status |stage )?(?:in|on|since|until|till|before|from) `)
	bracketLevel   = lazyregexp.New(`(?i)\((graduated|incubating|sandbox|archived)\b|[-–—] (graduated|incubating|sandbox|archived) (?:service|distributed|container|project)`)
)

// superlative finds firsts and onlies.
var superlative = lazyregexp.New(`(?i)(?:\b(?:the |in |as )|\()((?:second |third )?(?:first|only|largest|oldest|newest|youngest|biggest|most recent|sole|second|leading)) ([^.;:,()]{0,70})`)

func (r *reader) superlatives(st *statement) {
	if st.block.Form == page.Row && st.notes == nil && st.label != "notes" {
		return
	}
	if !st.has("first", "only", "largest", "oldest", "newest", "youngest", "biggest", "most recent", "sole", "second", "leading") {
		return
	}
	for _, m := range superlative.FindAllStringSubmatchIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[2], To: st.From + m[5]}
		text := st.text.Of(s)
		if !superlativeOf.MatchString(text) {
			continue
		}
		subject := r.subject(st, page.Span{From: s.From, To: s.From + 1})
		if subject.Sort != OfProject || denied(st, s) {
			continue
		}
		s.To = s.From + len(strings.TrimRight(text, " "))
		r.add(st, Claim{Kind: Superlative, Field: "superlative", Subject: subject, Form: Verbal, Word: strings.ToLower(text)}, s)
	}
}

// superlativeOf: it is about projects, or what they are.
var superlativeOf = lazyregexp.New(`(?i)\b(?:project|rust|go|cncf|graduated|incubating|sandbox|codebase|platform|runtime|service mesh|database|language|level)\b`)

var (
	rankIs     = lazyregexp.New(`(?i)\bthe (oldest|youngest|newest|largest|biggest)\b[^.;:]{0,60}? is (?:the )?`)
	mostlyLang = lazyregexp.New(`\b([\pL][\pL+#]*) is (?:today |now |by far )*(?:its|the|their) (?:largest|main|primary|dominant) language\b`)
)

// ranks reads "the oldest of them is Linkerd", and which language is the largest.
func (r *reader) ranks(st *statement) {
	if st.block.Form == page.Row || st.block.Form == page.Code || !st.has("oldest", "youngest", "newest", "largest", "biggest", "language") {
		return
	}
	for _, m := range rankIs.FindAllStringSubmatchIndex(st.s(), -1) {
		if n := r.projectAt(st, st.From+m[1]); n != nil {
			word := strings.ToLower(st.s()[m[2]:m[3]]) + " " + r.like() + " project"
			r.add(st, Claim{Kind: Superlative, Field: "superlative", Subject: n.Subject, Form: Verbal, Word: word}, n.Span)
		}
	}
	for _, m := range mostlyLang.FindAllStringSubmatchIndex(st.s(), -1) {
		s := page.Span{From: st.From + m[2], To: st.From + m[3]}
		lang := r.languages[strings.ToLower(st.text.Of(s))]
		if subject := r.subject(st, s); lang != "" && subject.Sort == OfProject {
			r.add(st, Claim{Kind: Language, Field: "language.largest", Subject: subject, Form: Verbal, Word: lang}, s)
		}
	}
}

// happened: "Linkerd accepted", "TiKV graduates", in a line of a timeline.
var happened = lazyregexp.New(`(?i)\b(accepted|joins?|joined|enters?|graduates?|graduated|incubat(?:es|ed|ing)|moves? to incubati\w+|archived)\b`)

// timeline reads a line of what happened in a year: names, then what they did.
func (r *reader) timeline(st *statement) {
	if st.year == "" || st.block.Form == page.Row && st.label != "accepted" && st.label != "changes of level" && !strings.HasPrefix(st.label, "adopted") {
		return
	}
	if st.block.Form == page.Row {
		r.growthCell(st)
		return
	}
	var waiting []Mention
	verbs := happened.FindAllStringIndex(st.s(), -1)
	for _, m := range r.mentionsOf(st) {
		if m.Sort != OfProject {
			continue
		}
		waiting = append(waiting, m)
	}
	for _, m := range waiting {
		for _, v := range verbs {
			if st.From+v[0] < m.To {
				continue
			}
			what := strings.ToLower(st.s()[v[0]:v[1]])
			r.add(st, Claim{Kind: Milestone, Field: "milestone:" + milestoneNamed(what), Subject: m.Subject, Form: Dated, Day: Day{Text: st.year}}, m.Span)
			break
		}
	}
}

func milestoneNamed(verb string) string {
	switch {
	case strings.HasPrefix(verb, "graduat"):
		return "graduated"
	case strings.Contains(verb, "incubat"):
		return "incubating"
	case strings.HasPrefix(verb, "archiv"):
		return "archived"
	}
	return "accepted"
}

// growthCell reads the names of a cell in a table by year.
func (r *reader) growthCell(st *statement) {
	for _, m := range r.mentionsOf(st) {
		field := "growth:" + st.label
		if strings.HasPrefix(st.label, "adopted") {
			field = "growth:adopted"
		}
		if m.Sort == OfProject {
			r.add(st, Claim{Kind: Milestone, Field: field, Subject: m.Subject, Form: Dated, Day: Day{Text: st.year}}, m.Span)
		}
	}
}

// links reads what links to known places say: a repository's or site's address
// in the text of a project.
func (r *reader) links(st *statement) {
	if st.block.Form != page.Item || len(st.text.Links) != 1 {
		return
	}
	l := st.text.Links[0]
	if l.From != 0 || l.At.To == 0 || !strings.HasPrefix(l.URL, "http") {
		return
	}
	c := Claim{Kind: Link, Field: "place", Subject: st.subject, Form: Address, Word: l.URL, At: l.At}
	if !st.named || st.subject.Sort != OfProject {
		c.Field, c.Subject = "link", Subject{}
	}
	r.add(st, c, l.Span)
}

// opinion finds words of judgement and of promise.
var opinion = lazyregexp.New(`(?i)\b(?:proven|proving|proves|demonstrat\w+|blazing|ultra-low|seamless\w*|robust|cutting-edge|world-class|viability|best-in-class|impressive|remarkabl\w+|outstanding|beautiful\w*|elegant\w*|powerful|exciting|renowned|leading|embraced|enables?|ideal|critical for|innovati\w+|leadership|pioneer|production-grade|first-class|may benefit|proud\w*|love[sd]?|delight\w*|joy|beautifully|nobody does|rock solid|underrated|the best|future belongs|stellar|thriving|vibrant|healthy)\b`)

// opinionWords: one of them is in each of the words of opinion.
var opinionWords = strings.Fields(`prove proving demonstrat blazing ultra- seamless robust cutting-edge world-class viability best impressive
	remarkabl outstanding beautiful elegant powerful exciting renowned lead embraced enable ideal critical innovati pioneer -grade
	first-class benefit proud love delight joy nobody rock underrated future stellar thriving vibrant healthy`)

// speed finds comparisons of speed and size.
var speed = lazyregexp.New(`(?i)\b\d+(?:\.\d+)?(?:x| times| %|%) (?:faster|slower|smaller|better|less memory|more efficient|performance)\b|\b(?:twice|three times|half) (?:as fast|the speed|the memory)\b|\b(?:faster|slower|quicker) than\b`)

// judgements makes a claim of each sentence that judges, and of each comparison
// that would need a measurement, where nothing else was read from it.
func (r *reader) judgements(st *statement) {
	if st.block.Form == page.Row || st.block.Form == page.Front || st.block.Form == page.Code {
		return
	}
	for _, m := range st.find(speed, "faster", "slower", "smaller", "better", "less memory", "more efficient", "performance", "twice", "times", "half", "quicker") {
		s := page.Span{From: st.From + m[0], To: st.From + m[1]}
		r.add(st, Claim{Kind: Performance, Field: "speed", Subject: r.subject(st, s), Form: Verbal, Word: st.text.Of(s)}, s)
	}
	for _, m := range st.find(opinion, opinionWords...) {
		at := page.Span{From: st.From + m[0], To: st.From + m[1]}
		b := bounds(st.text.S, at)
		b.From, b.To = max(b.From, st.From), min(b.To, st.To)
		if !r.taken(st.text, b) {
			r.add(st, Claim{Kind: Praise, Field: "praise", Subject: st.subject, Form: Verbal, Word: st.text.Of(b)}, b)
		}
	}
}

// changelog reads the parts of a line of the report's own changelog.
func (r *reader) changelog(st *statement) {
	for _, p := range st.parts() {
		if len(tokens(st.text.Of(p))) > 0 && changeCount.MatchString(st.text.Of(p)) {
			m := changeCount.FindStringSubmatchIndex(st.text.Of(p))
			s := page.Span{From: p.From + m[2], To: p.From + m[3]}
			t := tokens(st.text.Of(s))
			if len(t) == 1 {
				r.add(st, Claim{Kind: Count, Field: "count.using", Form: Numeric, Num: t[0].num}, s)
			}
			continue
		}
		r.levels(&statement{block: st.block, text: st.text, Span: p, lead: st.lead, strict: true})
		if !r.taken(st.text, p) {
			r.add(st, Claim{Kind: Change, Field: "change", Form: Verbal, Word: st.text.Of(p)}, p)
		}
	}
}

var changeCount = lazyregexp.New(`(?i)(?:count|total)(?: is| now| to| of|:)* (\d+)`)

var (
	introduces = lazyregexp.New(`^[^.]{2,60}? (?:is an?|is the|provides|offers|enables) `)
	predicate  = lazyregexp.New(`(?:, originally|, which| written| built| implemented|\. | enabling|, providing|, offering)`)
)

// introduction reads what the first sentence below a project's heading says that
// the project is.
func (r *reader) introduction(st *statement) {
	if st.block.Form != page.Paragraph || strings.HasPrefix(st.text.S, "[!") || st.label != "" || st.subject.Sort != OfProject || r.introduced == st.subject.ID || len(st.block.Section) == 0 {
		return
	}
	r.introduced = st.subject.ID
	b := bounds(st.text.S, page.Span{From: st.From, To: st.From + 1})
	if m := introduces.FindStringIndex(st.text.Of(b)); m != nil {
		b.From += m[1]
	} else if len(r.mentionsIn(st.text, b)) > 0 {
		return // it says something else of it
	}
	if m := predicate.FindStringIndex(st.text.Of(b)); m != nil && m[0] > 10 {
		b.To = b.From + m[0]
	}
	text := strings.TrimRight(st.text.Of(b), ". ")
	b.To = b.From + len(text)
	r.add(st, Claim{Kind: Description, Field: "description", Subject: st.subject, Form: Verbal, Word: text}, b)
}

var sourceSaid = lazyregexp.New(`(?i)\b(?:data (?:is |was |are )?(?:all )?(?:sourced|taken|collected|gathered|drawn)|sourced from|data collected from)\b`)

// sources reads the sentences that say what the report was made from.
func (r *reader) sources(st *statement) {
	if st.block.Form == page.Row || st.block.Form == page.Code {
		return
	}
	for _, m := range sourceSaid.FindAllStringIndex(st.s(), -1) {
		b := bounds(st.text.S, page.Span{From: st.From + m[0], To: st.From + m[1]})
		r.add(st, Claim{Kind: Source, Field: "source", Form: Verbal, Word: st.text.Of(b)}, b)
	}
}
