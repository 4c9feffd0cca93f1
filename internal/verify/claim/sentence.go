package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/page"
)

// This file decides what a sentence is about, and whether what it says is said of the
// day of the report, plainly. Prose says little without its context: what is not plain is
// not checked, and nothing is guessed.

// A sentence is what a sentence, or what stands for one, is about.
type sentence struct {
	page.Span
	subject Subject
	// names are the projects and repositories that it names.
	names []Mention
	// why says why nothing of it is checked, and now why nothing that is to be so on
	// the day of the report is; "" where it is.
	why, now string
	// who says why nothing is checked that is about one project.
	who string
}

var (
	// unsaid: what is said is denied, asked, wished, supposed or somebody's view.
	unsaid = lazyregexp.New(`\bmay\b|\?["”)*_]*\s*$|(?i:\b(?:might|could|would|should|shall|will|want(?:s|ed)?|hopes?|expects?|expected|plans?|planned|aims?|goals?|targets?|intends?|if|unless|whether|` +
		`propos(?:e[ds]?|als?)|suppose[ds]?|imagine|assum(?:e[ds]?|ing)|forecast|projected|predicted|would-be|wish(?:es)?|apparently|allegedly|reportedly|rumou?r(?:ed|s)?|` +
		`claims?|claimed|says|said|according to|argued?|believes?|thinks?|applied|apply(?:ing)?|applies|nominat\w+|candidates?|soon|try|tries|trying|estimate[ds]?|guess|perhaps|maybe|probably|` +
		`not|never|no longer|cannot|without|nor|neither|hardly|rarely|lacks?|far from|anything but|avoids?|fail(?:s|ed)? to|nobody|none|almost|nearly|close to|practically|virtually|all but)\b)|\bno \pL|n['’]t\b`)
	// past: another time is told than that of the report.
	past = lazyregexp.New(`(?i)\b(?:used to|no longer|once|formerly|former|previous(?:ly)?|originally|initial(?:ly)?|earlier|ago|back (?:then|in)|at (?:the|that) time|by then|` +
		`in those days|skipp(?:ed|ing)|left|leav(?:es|ing)|join(?:ed|ing|s)|quit|departed|retired|dropped|became|becom(?:es|ing)|started|began|begun|grew|fell|rose|ended|until|til?l|` +
		`climbed|mov(?:ed|ing)|promoted|demoted|entered|accepted|donated|merged|replaced|renamed|rewritten|switched|migrat(?:ed|ing|ion)|since then|in its first|last summer|that year|added|removed|deleted)\b`)
	// pastTense: it was so; of work that is how one speaks of the year up to now.
	pastTense = lazyregexp.New(`(?i)\b(?:was|were|had)\b`)
	// several: the words leave open who, or how much of it, is meant.
	several = lazyregexp.New(`(?i)\b(?:the (?:former|latter|other|others|same|rest)|both|each|either|neither|respectively|their|theirs|they|them|these|those|together|combined|` +
		`in total|altogether|in all|all told|between them|sum|unlike|whereas|while|although|compared|in contrast|instead|than|like|versus|vs|rest|remain\w+|half|thirds?|quarters?|majority|top|average|median|per|share of|outside|besides)\b`)
	// ofWhatWasRead: it is said of which part of all it is.
	ofWhatWasRead = lazyregexp.New(`(?i)\b(?:in|of|among|from) (?:what|those|all|the \pL+)[^.;,]{0,30} read\b|[\d,]+ of (?:the )?[\d,]+ repositor(?:y|ies) (?:was|were|could be) read|whose (?:code|repositories) [^.;,]{0,20}read\b`)
	// atLeast are bounds of numbers, whose words mean something else beside other words.
	atLeast = lazyregexp.New(`(?i)\b(?:(?:no |not )?(?:more|less|fewer) than|almost|nearly|close to|just (?:shy of|under)|not quite)(?: an?)? (?:\d|` + numberWords + `)`)
	// opens is how a sentence begins that goes on about what its section is about.
	opens = lazyregexp.New(`^(?:\W|\d)*(?:It(?:'s|’s)?|Its|The (?:project|repository|codebase|code|tool|team|community|main (?:repository|branch)|primary repository|last|latest|newest|license|licence)|This project|(?:Written|Built|Implemented|Licensed|Maintained|Led|Accepted|Graduated|Joined|Last|Latest|First|In) )`)
	// otherNoun: a sentence begins with something else than what its section is about.
	otherNoun = lazyregexp.New(`^\W*(?:The|A|An|This|That|These|Those|Our|Your|My|His|Her|Some|Many|Several|One|Two|Other|Another|Each|Every|No|Users?|People|Companies|Contributors)\b`)
	// turns: behind its name a sentence turns to something else.
	turns = lazyregexp.New(`\p{Lu}[\pL\d-]*['’]s\b|,? (?:whose|which|where|and|but|who)\b`)
)

// sentences are the parts of a statement that are sentences each.
func sentences(st *statement) []page.Span {
	var all []page.Span
	for at := st.From; at < st.To; {
		b := bounds(st.text.S, page.Span{From: at, To: at + 1})
		s := page.Span{From: at, To: max(at+1, min(b.To, st.To))}
		all = append(all, s)
		at = s.To
	}
	return all
}

// look finds out what a sentence of a statement is about.
func (r *reader) look(st *statement, s page.Span) *sentence {
	out := &sentence{Span: s, subject: st.subject}
	text := st.text.Of(s)
	for _, m := range r.between(st.text, s) {
		if m.Sort == OfProject || m.Sort == OfRepository {
			out.names = append(out.names, m)
		}
	}
	said := atLeast.ReplaceAllString(ofWhatWasRead.ReplaceAllString(text, ""), "0")
	switch {
	case quoted(text):
		out.why = "somebody's words are quoted"
	case unsaid.MatchString(said):
		out.why = "it does not say that it is so"
	case past.MatchString(said):
		out.now = "it tells what was"
	}
	out.who = r.aboutWhom(st, out, text)
	if out.who == "" && several.MatchString(said) {
		out.who = "several could be meant"
	}
	return out
}

// quoted reports whether a text has words between quotation marks.
func quoted(s string) bool { return quotation.MatchString(s) }

var quotation = lazyregexp.New(`[“„«][^”“»]* [^”“»]*[”“»]|"[^"]* [^"]*"`)

// headWords is how far from the beginning of its sentence the name of what it is about
// may stand, in words.
const headWords = 4

// aboutWhom finds what a sentence is about: the only project that it names, near its
// beginning, or else that of its place. It says why where that is not certain.
func (r *reader) aboutWhom(st *statement, s *sentence, text string) string {
	if len(s.names) == 0 {
		if st.block.Form == page.Paragraph && st.label == "" && !st.named && !opens.MatchString(text) && (otherNoun.MatchString(text) || foreignName(text)) {
			return "whom it is about is not said"
		}
		return ""
	}
	first := s.names[0].In(st.subject.ID)
	s.subject = first
	for i := range s.names[1:] {
		switch next := s.names[1+i].In(st.subject.ID); {
		case !next.Is(first) && projectOf(next) != projectOf(first):
			return "several projects are named"
		case next.Sort != first.Sort:
			return "it may be of the repository that is named"
		}
	}
	before, behind := text[:s.names[0].From-s.From], text[s.names[0].To-s.From:]
	mine := projectOf(first) == st.subject.ID || projectOf(first) == projectOf(st.subject) || st.subject.Sort == OfAll || st.named && first.Is(st.subject)
	switch {
	case !fewWords(before, headWords), foreignName(before):
		return "whom it is about is not certain"
	case !mine && !fewWords(before, 1):
		return "whom it is about is not certain"
	case turns.MatchString(behind):
		return "whom it is about is not certain"
	}
	return ""
}

// projectOf is the project of a subject.
func projectOf(s Subject) string {
	if s.Sort == OfProject {
		return s.ID
	}
	return s.Within
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

var plainCapital = map[string]bool{"cncf": true, "i": true, "rust": true, "go": true, "kubernetes": true, "github": true, "the": true, "oci": true}

// bounds are those of the sentence around a span.
func bounds(s string, at page.Span) page.Span {
	from, to := max(0, at.From-limit.VerifySentence), min(len(s), at.To+limit.VerifySentence)
	for i := at.From - 1; i > from; i-- {
		if endsSentence(s, i) {
			from = i + 1
			break
		}
	}
	for i := at.To; i < to; i++ {
		if endsSentence(s, i) {
			to = i + 1
			break
		}
	}
	for from < to && s[from] == ' ' {
		from++
	}
	return page.Span{From: from, To: to}
}

// endsSentence reports whether the byte at i ends a sentence, or a part of one that says
// something by itself.
func endsSentence(s string, i int) bool {
	if s[i] == ';' || s[i] == '|' {
		return i+1 < len(s) && s[i+1] == ' '
	}
	return (s[i] == '.' || s[i] == '!' || s[i] == '?') && i+1 < len(s) && s[i+1] == ' ' && !abbreviation(s[:i])
}

func abbreviation(s string) bool {
	for _, a := range []string{"e.g", "i.e", "approx", "ca", "vs", "etc", "incl", "resp", "No", "no"} {
		if strings.HasSuffix(s, " "+a) || strings.HasSuffix(s, "("+a) {
			return true
		}
	}
	return false
}
