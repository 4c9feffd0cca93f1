package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/frame"
	"assay/internal/verify/page"
)

// This file decides which statements are told as not checked: those of which it is
// not certain what they are about, or of which time. A statement that is not checked
// is never called right or wrong.

// A Doubt is a statement that is not checked, and why.
type Doubt struct {
	Claim
	Why string
}

// doubted takes the claims out of the reading that are in doubt.
func (r *reader) doubted() {
	first := map[firstKey]page.Span{}
	kept := r.out.Claims[:0]
	for i := range r.out.Claims {
		c := &r.out.Claims[i]
		why := r.doubt(c)
		if why == "" && c.besideValue(first) {
			why = "it stands beside the value that the label is of"
		}
		if why != "" {
			r.out.Doubts = append(r.out.Doubts, Doubt{*c, why})
			continue
		}
		kept = append(kept, *c)
	}
	r.out.Claims = kept
}

// A firstKey is what a label is of.
type firstKey struct {
	text  *page.Text
	field string
}

// besideValue reports whether a number of a cell stands behind the one that its label
// is of: "29,713 (across 3 files)".
func (c *Claim) besideValue(first map[firstKey]page.Span) bool {
	if !c.Cell || c.Form != Numeric {
		return false
	}
	key := firstKey{c.Text, c.Field}
	have, known := first[key]
	if !known {
		first[key] = c.Span
		return false
	}
	return strings.Contains(c.Text.S[have.To:c.From], "(") && !bracketBounds.MatchString(c.Text.S[have.To:min(len(c.Text.S), have.To+64)])
}

// harmless are kinds that are never called wrong by what a sentence says besides.
var harmless = map[Kind]bool{Praise: true, Source: true, Change: true, Performance: true, Description: true, Link: true, Persona: true, Focus: true, Chat: true}

// ofTheirDay are kinds that say of themselves of which day they are.
var ofTheirDay = map[Kind]bool{Milestone: true, Audit: true, Review: true, Adoption: true}

// doubt says why a claim is not checked; "" for one that is.
func (r *reader) doubt(c *Claim) string {
	switch {
	case c.Field == "report" && c.Block.Form != page.Front && c.Label == "" && !strings.HasPrefix(r.AsOf, c.Day.Text):
		return "it is of another day"
	case harmless[c.Kind], strings.HasPrefix(c.Field, "report"):
		return ""
	}
	if why := r.placeDoubt(c); why != "" {
		return why
	}
	if why := r.valueDoubt(c); why != "" || c.settled() {
		return why
	}
	return r.sentenceDoubt(c)
}

// settled reports whether a claim stands where its label and its row or list say all
// that it is about.
func (c *Claim) settled() bool {
	return c.Cell || c.title || c.Kind == Member && c.Block.Form == page.Row || c.Block.Form == page.Code || c.Block.Form == page.Front ||
		c.Kind == Member && c.Block.Form == page.Heading || c.Label != "" && inLists[c.Kind]
}

// inLists are kinds that stand in lists behind a label.
var inLists = map[Kind]bool{Adopter: true, Maintainer: true, Audit: true}

// placeDoubt is the doubt that the place of a claim raises.
func (r *reader) placeDoubt(c *Claim) string {
	f := &c.Frame
	isDated := c.Form == Dated && (ofTheirDay[c.Kind] || c.Kind == Release && c.Word != "")
	switch {
	case f.Elsewhere != "":
		return "the section is about " + f.Elsewhere
	case (f.History || f.Rows == frame.Changes) && !isDated:
		return "it tells what was"
	case c.Block.Form != page.Row:
		return ""
	case f.Rows == frame.Releases && !isDated:
		return "the row is about a release"
	case f.Rows == frame.Others:
		return "what the rows of the table are is not known: " + head(f.Head)
	case f.Rows == frame.Projects && !f.Named && c.Subject.Sort != OfProject && c.Subject.Sort != OfRepository && c.Subject.Sort != OfPackage:
		return "what the row is about is not known"
	case c.Kind == Count && levelOf(c.Label) != "" && !r.countsProjects(c):
		return "what is counted by level is not known: " + head(c.Block.Cells[0].S)
	case f.Rows == frame.Kinds && c.Kind != Member && c.Subject.Sort != OfProject && !classes[label(c.Block.Cells[0].S)]:
		return "the rows of the table are groups of projects: " + head(f.Head)
	}
	return ""
}

// countsProjects reports whether a number under a level is one of projects: by the first
// cell of its row, where the level is the head of a column.
func (r *reader) countsProjects(c *Claim) bool {
	f := &c.Frame
	if f.Rows == frame.Properties || f.Rows == frame.Levels || f.Rows == frame.Years || f.Rows == frame.Languages {
		return f.Rows != frame.Properties || label(c.Block.Cells[0].S) == c.Label || counted.MatchString(c.Block.Cells[0].S)
	}
	return counted.MatchString(c.Block.Cells[0].S)
}

// counted: a row counts projects.
var counted = lazyregexp.New(`(?i)\b(?:projects?|total|number|count)\b`)

var classes = map[string]bool{"core": true, "component": true, "trace": true, "none": true, "unknown": true}

func head(s string) string {
	const long = 40
	if s = strings.TrimSpace(s); s == "" {
		return "no head"
	}
	if len(s) > long {
		s = strings.ToValidUTF8(s[:long], "") + "…"
	}
	return "“" + s + "”"
}

// sentenceDoubt is the doubt that the sentence of a claim raises.
func (r *reader) sentenceDoubt(c *Claim) string {
	b := bounds(c.Text.S, c.Span)
	s := c.Text.S[b.From:b.To]
	if quotedAt(s, c.From-b.From) {
		return "somebody's words are quoted"
	}
	if why := timeDoubt(c, s); why != "" {
		return why
	}
	if why := r.kindDoubt(c, b, s); why != "" {
		return why
	}
	if why := r.sizeDoubt(c, s); why != "" {
		return why
	}
	if c.Subject.Sort == OfAll || c.Subject.Sort == OfLevel {
		return r.allDoubt(c, s, c.From-b.From, c.To-b.From)
	}
	if c.Kind == Member {
		return ""
	}
	if ofWork[c.Kind] && c.Form == Numeric && !trailing.MatchString(s) || (c.Kind == Authors || c.Kind == Commits) && r.namesLanguage(s) {
		c.Loose = "of which time, and of which part it is, is not said"
	}
	return r.subjectDoubt(c, b)
}

// timeDoubt is the doubt whether a sentence says that something is so, on the day of the
// report.
func timeDoubt(c *Claim, s string) string {
	said := ofWhatWasRead.ReplaceAllString(s, "")
	switch {
	case hedges.MatchString(said):
		return "it does not say that it is so"
	case c.Form != Dated && (pastWords.MatchString(said) || !ofWork[c.Kind] && pastTense.MatchString(said)):
		return "it tells what was"
	case c.Kind == Maturity && (pastVerb.MatchString(s) || yearSaid.MatchString(s)):
		return "it tells what was"
	}
	return ""
}

// kindDoubt is the doubt that the words of a sentence raise about some kinds of claims.
func (r *reader) kindDoubt(c *Claim, b page.Span, s string) string {
	switch {
	case c.Kind == Release && r.ofVersion(c, b):
		return "of which release it is, is not certain"
	case c.Kind == Member && narrows.MatchString(s[:c.From-b.From]):
		return "the list is of some of them"
	case (c.Kind == Authors || c.Kind == Commits) && partSaid.MatchString(s):
		return "it is about a part of them"
	case c.Kind == Adoption && compared.MatchString(s):
		return "two languages are compared"
	case unlike.MatchString(s) && !ofTheProjects.MatchString(s) && c.Kind != Member && c.Kind != Count && !strings.HasPrefix(c.Field, "than:"):
		return "several could be meant"
	}
	return ""
}

// valueDoubt is the doubt that a value raises beside the words around it.
func (r *reader) valueDoubt(c *Claim) string {
	switch {
	case wholeNumbers[c.Kind] && c.Form == Numeric && !c.Num.Percent && c.Num.Slack > 0 && c.Num.Slack < 0.5:
		return "it is no whole number"
	case c.Subject.Sort == OfProject && c.Form == Numeric && c.Block.Form != page.Row && r.ownRepository(c):
		return "it may be of the repository that is named"
	}
	return ""
}

// wholeNumbers are kinds of whole numbers.
var wholeNumbers = map[Kind]bool{Count: true, Commits: true, Authors: true, Release: true, Factor: true, Packages: true, Files: true, Lines: true, Repositories: true, Adopter: true, Maintainer: true}

// ownRepository reports whether a repository of the project of a claim is named before
// it in its sentence.
func (r *reader) ownRepository(c *Claim) bool {
	b := bounds(c.Text.S, c.Span)
	for _, m := range r.between(c.Text, page.Span{From: b.From, To: c.From}) {
		if m.Sort == OfRepository && m.Within == c.Subject.ID {
			return true
		}
	}
	return false
}

// quotedAt reports whether byte i of a sentence is within quotation marks.
func quotedAt(s string, i int) bool {
	for _, marks := range []struct{ open, end string }{{"“", "”"}, {"„", "“"}, {"«", "»"}} {
		if from := strings.LastIndex(s[:i], marks.open); from >= 0 && !strings.Contains(s[from+len(marks.open):i], marks.end) && strings.Contains(s[i:], marks.end) {
			return true
		}
	}
	return strings.Count(s[:i], `"`)%2 == 1 && strings.Contains(s[i:], `"`) && strings.Contains(s[strings.LastIndex(s[:i], `"`):i], " ")
}

var (
	// hedges: what is said may be, was asked, or is what somebody wants or says.
	hedges = lazyregexp.New(`\bmay\b|(?i:\b(?:might|could|would|should|shall|will|want(?:s|ed)?|hopes?|expects?|expected|plans?|planned|aims?|goals?|targets?|intends?|if|unless|whether|` +
		`propos(?:e[ds]?|als?)|suppose[ds]?|imagine|assum(?:e[ds]?|ing)|forecast|projected|would-be|wish(?:es)?|apparently|allegedly|reportedly|rumou?r(?:ed|s)?|` +
		`claims?|claimed|says|said|according to|argued?|believes?|thinks?|applied|apply(?:ing)?|applies|nominat\w+|candidates?|soon|until|til?l|try|tries|trying|` +
		`estimate[ds]?|guess|perhaps|maybe|probably|roughly speaking)\b)`)
	// pastWords: another time is told than that of the report.
	pastWords = lazyregexp.New(`(?i)\b(?:used to|no longer|once|formerly|former|previous(?:ly)?|originally|initial(?:ly)?|earlier|ago|back (?:then|in)|at (?:the|that) time|by then|` +
		`used to be|in those days|skipp(?:ed|ing)|left|leav(?:es|ing)|join(?:ed|ing|s)|quit|departed|retired|dropped|became|becom(?:es|ing)|started|began|begun|grew|fell|rose|ended|` +
		`climbed|moved|moving|promoted|demoted|entered|accepted|donated|merged|replaced|renamed|rewritten|switched|migrat(?:ed|ing|ion)|since then|in its first|last summer|that year)\b`)
	// pastTense: what is said was so; of work that is how one speaks of the year up to now.
	pastTense = lazyregexp.New(`(?i)\b(?:was|were|had)\b`)
	// ofWhatWasRead: it is said of which part of all it is.
	ofWhatWasRead = lazyregexp.New(`(?i)\b(?:in|of|among|from) (?:what|those|all|the \pL+)[^.;,]{0,30} read\b|[\d,]+ of [\d,]+ repositor(?:y|ies) (?:was|were|could be) read|whose (?:code|repositories) [^.;,]{0,20}read\b`)
	// pastVerb: a level was reached, and may be another since.
	pastVerb = lazyregexp.New(`(?i)\b(?:as an? (?:cncf )?(?:sandbox|incubating|graduated)|from (?:the )?(?:sandbox|incubat\w+)|to (?:the )?(?:sandbox|incubat\w+|graduat\w+)|steps?|stages?|levels?|path|ladder|straight|direct(?:ly)?)\b`)
	// unlike: the words leave open who is meant.
	unlike = lazyregexp.New(`(?i)\b(?:the (?:former|latter|other|others|same|rest)|the (?:first|second|two|three) (?:of|one|ones|is|was|has|are|have)|both (?:are|have|were|use|of|in)|each|either|neither|respectively|their|theirs|they|them|these|those|together|combined|` +
		`in total|altogether|in all|all told|between them|sum|unlike|whereas|while|although|compared|in contrast|on the other hand|instead)\b`)
)

// narrows: a list is of projects that are more than users of the language.
var narrows = lazyregexp.New(`(?i)\b(?:largest|most|only|main(?:ly)?|first|core|entirely|pure|new(?:est)?|primar(?:y|ily)|more|best|oldest|biggest|smallest|some|among|such as|like|including|e\.g\.|for example|notabl[ey]|especially)\b`)

// trailing: a text speaks of the year up to its day.
var trailing = lazyregexp.New(`(?i)\b(?:(?:in|of|over|during|for) the (?:last |past |trailing |previous )?(?:year|12 months|twelve months)|year (?:up )?to|(?:last|past|trailing) (?:year|12 months|twelve months|365 days)|absence factor|elephant factor|bus factor)\b`)

// isLast: a text calls the version behind it the last one.
var isLast = lazyregexp.New(`(?i)\b(?:latest|last|newest|current|most recent)(?: full| stable| minor| patch)?(?: release| version| tag)?(?: of [^.;,]{1,40}?)?(?: is| was|:|,| \(| being|, now)? ?(?:version )?$`)

// ofVersion reports whether a statement on releases may be about one that its sentence
// names, or names one that it does not call the last.
func (r *reader) ofVersion(c *Claim, b page.Span) bool {
	s := c.Text.S
	if c.Form == Verbal && c.Kind == Release {
		return !isLast.MatchString(s[b.From:c.From])
	}
	versions := 0
	for _, t := range tokens(s[b.From:b.To]) {
		if t.form == isVersion || t.form == isNumber && !t.num.Percent && t.num.Slack > 0 && t.num.Slack < 0.5 {
			versions++
		}
	}
	return versions > 0 && !(c.Form == Dated && versions == 1 && isLast.MatchString(s[b.From:c.From]))
}

// partSaid: a part of the work or people is told of.
var partSaid = lazyregexp.New(`(?i)\b(?:half|thirds?|quarters?|most of|majority|top|average|median|each|every|per|share|of (?:them|these|those|the commits|all commits))\b`)

// compared: a text compares.
var compared = lazyregexp.New(`(?i)[<>]|\b(?:more|less|than|over(?:took|takes)|passed)\b`)

// ofTheProjects: it is said of the projects that use the language together.
var ofTheProjects = lazyregexp.New(`(?i)\bprojects (?:that|which) (?:use|are written in)\b|\b(?:` + languageNames + `) projects\b`)

// ofWork are kinds that tell what was done.
var ofWork = map[Kind]bool{Commits: true, Authors: true, Release: true, Cadence: true, Activity: true, Organisation: true, Factor: true}

// ofThose: a part of projects is counted of which the text has spoken before.
var ofThose = lazyregexp.New(`(?i)\bof (?:the|these|those|its|our) (?:\pL+|\d+)\b`)

// sizeDoubt is the doubt of which language a size or share is.
func (r *reader) sizeDoubt(c *Claim, s string) string {
	field, of, _ := strings.Cut(c.Field, ":")
	if !sizes[field] || of != "" && besideLanguage(c, of) {
		return ""
	}
	if of == "" {
		of = r.Language
	}
	own := false
	for _, w := range wordSpans(s) {
		word := s[w.From:w.To]
		l := r.languages[strings.ToLower(word)]
		if l == "" || word[0] >= 'a' && word[0] <= 'z' {
			continue
		}
		if of == "" {
			of = l // of a report that names none
		}
		if own = own || l == of; l != of {
			return "of which language it is, is not certain"
		}
	}
	switch {
	case own:
		return ""
	case of == "":
		return "of which language it is, is not said"
	}
	c.Loose = "of which language it is, is not said"
	return ""
}

// besideLanguage reports whether the name of a language stands right beside a claim.
func besideLanguage(c *Claim, language string) bool {
	const look = 8
	s, n := c.Text.S, len(language)+look
	return strings.Contains(s[max(0, c.From-n):c.From], language) || strings.Contains(s[c.To:min(len(s), c.To+n)], language)
}

var sizes = map[string]bool{"bytes": true, "code": true, "files": true, "share": true}

// allDoubt is the doubt about a number or list of projects: of which it is must be
// said, and nothing else of them.
func (r *reader) allDoubt(c *Claim, s string, from, to int) string {
	if c.Kind == Repositories && readOf.MatchString(s) {
		return ""
	}
	if c.Kind != Count {
		if c.Form == Numeric && c.Subject.Sort == OfAll && !ofTheProjects.MatchString(s) {
			return "it does not say of what it is"
		}
		return ""
	}
	if c.Block.Form == page.Row || strings.HasPrefix(c.Field, "count.area") {
		return ""
	}
	m := population.FindStringSubmatch(strings.ToLower(s[to:]))
	switch {
	case m == nil, !populationSaid.MatchString(s[to:]) && (knownBefore.MatchString(s[:from]) || ofThose.MatchString(s[:from])):
		return "it does not say of which projects it is the number"
	case !r.ofPopulation(m[1]):
		return "of which projects it is the number is not known"
	case c.Field == "count.some" && !ofLandscapeSaid.MatchString(strings.ToLower(s)):
		return "it does not say of which projects it is the number"
	}
	return ""
}

// readOf: a text tells how much of all was read.
var readOf = lazyregexp.New(`[\d,]+ of (?:the )?[\d,]+ (?:\pL+ )?repositor(?:y|ies)[^.;]{0,20}\bread\b`)

// populationSaid: behind a number of projects it is said in full which.
var populationSaid = lazyregexp.New(`(?i)^ (?:\pL+ )?projects (?:in the (?:cncf|landscape|foundation)|that (?:use|are written in)|using)\b`)

// knownBefore: a number of projects of which the text has spoken before.
var knownBefore = lazyregexp.New(`(?i)\b(?:the|these|those|our|its|his|her|all|other|another|first|last|next|new|further|more) \**$`)

// ofLandscapeSaid says that all projects of a landscape are meant.
var ofLandscapeSaid = lazyregexp.New(`\b(?:cncf|foundation|landscape|cloud native)\b`)

// population are the words between a number and "projects", or a level by itself.
var population = lazyregexp.New(`^\**(?:((?: [\pL+#-]+){0,5}?)\** projects?\b(?:$|\**[.;:)(,]|\** \(| (?:in|of|from|at|across|on) (?:the |its )?(?:cncf|cloud native|landscape|foundation|sandbox|incubat\w+|graduated)\b|` +
	` (?:that |which )?(?:use|uses|using|are using|are written in|written in|rely on|contain|adopted|have adopted|with (?:` + languageNames + `)|(?:are|have|have been) (?:graduated|incubating|archived|in the sandbox)|(?:is|are) there|exist)\b)|` +
	` (?:in|at|are|have) (?:the )?(?:sandbox|incubat\w+|graduated)| of (?:them|those|these)| (?:out )?of (?:the )?[\d,]+(?: |$)| (?:use|uses|are written in|rely on)\b|$)`)

// ofPopulation reports whether the words before "projects" name one that is known.
func (r *reader) ofPopulation(words string) bool {
	for w := range strings.FieldsSeq(words) {
		w = strings.TrimSuffix(w, "-based")
		if !plainPopulation[w] && levelOf(w) == "" && r.languages[w] == "" && r.labelled[w] == "" && w != strings.ToLower(r.Language) {
			return false
		}
	}
	return true
}

var plainPopulation = map[string]bool{"cncf": true, "foundation": true, "landscape": true, "of": true, "the": true, "core": true, "component": true, "hosted": true, "official": true, "level": true, "stage": true, "in": true}

// opens is how a sentence begins that goes on about what its section is about.
var opens = lazyregexp.New(`^(?:\W|\d)*(?:It(?:'s|’s)?|Its|The (?:project|repository|codebase|code|tool|team|community|main (?:repository|branch)|primary repository|last|latest|newest|license|licence)|This project|(?:Written|Built|Implemented|Licensed|Maintained|Led|Accepted|Graduated|Joined|Last|Latest|First) )`)

// otherNounFirst: a sentence begins with something else than what its section is about.
var otherNounFirst = lazyregexp.New(`^\W*(?:The|A|An|This|That|These|Those|Our|Your|My|His|Her|Some|Many|Several|One|Two|Other|Another|Each|Every|No|Users?|People|Companies|Contributors)\b`)

// headWords is how far from the beginning of its sentence the name of what it is about
// may stand, in words.
const headWords = 4

// subjectDoubt is the doubt about who a sentence is about.
func (r *reader) subjectDoubt(c *Claim, b page.Span) string {
	if strings.HasPrefix(c.Field, "than:") {
		return ""
	}
	own, others := r.namesFor(c, b)
	switch {
	case others && !(own != nil && behindName(c.Text.S, own, c.Span)):
		return "several projects are named"
	case own == nil:
		return unnamedDoubt(c, c.Text.Of(b))
	}
	return namedDoubt(c, own, b)
}

// namesFor is the first name of what a claim is about in its sentence, nil for none, and
// whether others are named there.
func (r *reader) namesFor(c *Claim, b page.Span) (own *Mention, others bool) {
	all := r.between(c.Text, b)
	for i := range all {
		m := &all[i]
		switch {
		case m.Sort == OfPackage:
		case !m.Is(c.Subject) && !(m.Within != "" && m.Within == c.Subject.ID) && !(c.Subject.Within != "" && m.ID == c.Subject.Within):
			others = true
		case own == nil:
			own = m
		}
	}
	return own, others
}

// unnamedDoubt is the doubt about a sentence that does not name what it is about: its
// section must, and nothing else may be meant.
func unnamedDoubt(c *Claim, s string) string {
	f := &c.Frame.Subject
	switch {
	case c.Label != "" && c.Block.Form != page.Paragraph:
		return "" // an item with a label
	case !f.Is(c.Subject) && (f.Sort == OfAll || c.Subject.Within != f.ID):
		return "whom it is about is said elsewhere"
	case c.Block.Form == page.Paragraph && !opens.MatchString(s) && (otherNounFirst.MatchString(s) || foreignName(s)):
		return "whom it is about is not said"
	}
	return ""
}

// namedDoubt is the doubt about a sentence that names what it is about: the name must
// begin it, or stand right beside the value.
func namedDoubt(c *Claim, own *Mention, b page.Span) string {
	const uncertain = "whom it is about is not certain"
	s := c.Text.S
	switch {
	case own.To > c.From && own.From <= c.From, behindName(s, own, c.Span):
		return "" // the name is part of it, or stands in front of it
	case own.From > c.From:
		if c.To <= own.From && isOf(s[c.To:own.From]) && !strings.ContainsAny(s[c.To:own.From], ",;:") {
			return ""
		}
		return uncertain
	case !fewWords(s[b.From:own.From], headWords), foreignName(s[b.From:own.From]):
		return uncertain
	case foreignName(s[own.To:c.From]) && possessive.MatchString(s[own.To:c.From]):
		return uncertain
	}
	return ""
}

// possessive: something else is what the words behind a name are about.
var possessive = lazyregexp.New(`\p{Lu}[\pL\d-]*['’]s\b|, (?:whose|which|where|and|but|who)\b`)

// behindName reports whether a claim stands in brackets right behind a name.
func behindName(s string, m *Mention, at page.Span) bool {
	if m.To > at.From {
		return false
	}
	gap := strings.TrimLeft(s[m.To:at.From], "*_ ")
	return strings.HasPrefix(gap, "(") && !strings.Contains(gap, ")")
}

// foreignName reports whether a text has a capital word that is no beginning of it.
func foreignName(s string) bool {
	for i, w := range wordSpans(s) {
		if first := s[w.From]; i > 0 && 'A' <= first && first <= 'Z' && !plainCapital[strings.ToLower(s[w.From:w.To])] {
			return true
		}
	}
	return false
}

var plainCapital = map[string]bool{"cncf": true, "i": true, "rust": true, "go": true, "kubernetes": true, "github": true, "the": true}
