package licence

import (
	"slices"
	"strings"
	"unicode"

	"assay/internal/lazyregexp"
	"assay/internal/markup"
	"assay/internal/spdx"
)

// plain makes of a text one line in which every white space is one space, every dash "-"
// and every quotation mark a straight one, without what cannot be seen.
func plain(text string) string {
	return markup.Clean(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Pd, r) || r == '−':
			return '-'
		case r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			return '\''
		case r == '“' || r == '”':
			return '"'
		}
		return r
	}, text))
}

// contribution matches a sentence about what people hand in, which is not about what there
// is.
var contribution = lazyregexp.New(`(?i)^\W*(?:by contributing\b|(?:unless [^.]{0,60}, )?(?:(?:all|any|your) )?contributions?\b)`)

// warranty matches what is said of what nobody answers for.
var warranty = lazyregexp.New(`(?i)\bwarrant(?:y|ies)\b|\bliab(?:le|ility)\b`)

// plainSentences are the sentences of paragraphs, plain, but for those that are about
// contributions, or about warranty and no licence.
func plainSentences(paragraphs ...string) []string {
	var out []string
	for _, p := range paragraphs {
		p = plain(p)
		for _, s := range markup.Sentences(p) {
			one := p[s.Start:s.End]
			if !contribution.MatchString(one) && (!warranty.MatchString(one) || len(spdx.Named(one)) > 0) {
				out = append(out, one)
			}
		}
	}
	return out
}

// ofLicence matches the words of a sentence that is about what may be done with a work.
var ofLicence = lazyregexp.New(`(?i)licen[sc]|\b(?:under|terms|rights|permission|permitted|releases?|released|distribut\w+|offer\w*|versions?|holds?|appl(?:y|ies)|copyright)\b`)

// goesOn matches the beginning of a sentence that goes on about what the one before is
// about.
var goesOn = lazyregexp.New(`(?i)^\W*(?:that|this|it|they|these|those|which)\b`)

// denial matches the words by which a sentence says that something does not hold, or that it
// once did.
var denial = lazyregexp.New(`(?i)` +
	// not
	`\b(?:not|never|cannot|cant|no longer|nor|neither|nobody|no one|refus\w+|revok\w+|withdr[ae]w\w*|ceased|abandoned)\b|n't\b|\bno (?:\w+ )?(?:licen[sc]es?|rights?|permissions?)\b|\banything but\b|\bfor reference\b|\bsample of\b` +
	// once
	`|\b(?:former(?:ly)?|previous(?:ly)?|historical(?:ly)?|until|till|used to be|re-?licen[sc]\w+|superseded)\b` +
	`|\b(?:was|were|had been|originally|initially|once) (?:\w+ )?(?:under|licen[sc]ed|released|distributed|available|covered|offered|published|provided|mit|apache|bsd|l?gpl)\b` +
	`|\bbefore (?:v\.?\s?\d|\d|versions?|releases?)|\b(?:prior to|up to|older than|earlier than) |\b(?:earlier|older|old|prior|past|future|newer|later) (?:versions|releases|editions|copies)\b` +
	`|\b(?:since|from|as of|starting|beginning|after)\s+(?:with\s+|in\s+|from\s+)?(?:the\s+)?(?:versions?|releases?|v\.?\s?\d|\d+\.\d|january|february|march|april|may|june|july|august|september|october|november|december)` +
	`|\bversions?\s+(?:below|under|through|older|lower|less|\d+(?:\.\w+)*\s+(?:to|through|up)\b|[<>≤≥])|\b(?:changed|switched|moved|migrated|transition(?:ed|ing)) (?:\w+ ){0,4}(?:from|to)\b`)

// ofElse matches words by which a sentence is about something else.
const ofElse = `\b(?:unlike|instead|rather than|whereas|while|upstream|compatible|compatib\w+|compared?|similar to|inspired|as opposed|opposed to|forks?|forked|based on|derived from|ported|whose|predecessor|modell?ed|derivatives?|variants?|resembl\w+|style|like)\b`

// elsewhere matches them.
var elsewhere = lazyregexp.New(`(?i)` + ofElse)

// unsure matches further words by which a sentence does not say plainly that something holds:
// those that licence files have for other things, too.
var unsure = lazyregexp.New(`(?i)` +
	// not quite, or once
	`\b(?:none|without|expired?|stopped|ends?|ended|drop(?:s|ped)?|removed?|lacks?|other than|all but|except(?:ing|ions?)?|exclud\w+|save (?:for|the|what)|apart from|aside from|only the|most(?:ly)?|partly|partially|some|the rest|original(?:ly)?|initial(?:ly)?|earlier|older|old|prior|past|ago|before|up to|used to|was|were|had been` +
	`|chang(?:e|es|ed|ing)|moved|switch(?:ed|es)?|migrated|transition\w*|deprecated|replace[sd]?|legacy|started|began|once)\b` +
	`|\b(?:in|by|from|after|on|since|as of|until) (?:\w+ ){0,2}(?:19|20)\d\d\b` +
	// some day, or perhaps
	`|\b(?:will|would|plan(?:s|ned|ning)?|intend(?:s|ed)?|inten(?:t|tion)|consider(?:s|ed|ing)?|might|could|should|soon|eventually|future|someday|tbd|todo|propos\w+|hop(?:e|es|ing)|want(?:s|ed)?|wish|if|unless|whether|contact|ask|pending|draft|becomes?|convert\w*)\b|\?|~~` +
	// something else
	`|` + ofElse + `|\b(?:which|that|who)\s+(?:is|are|has|have)\b`)

// commercial matches words of a licence that is for sale.
var commercial = lazyregexp.New(`(?i)\b(?:commercial(?:ly)?|proprietary|enterprise|paid|subscription|pro version|editions?)\b`)

// both matches words by which several licences hold at once.
var both = lazyregexp.New(`(?i)\bboth\b|\brespectively\b|\beach\b|\bas well as\b|\bplus\b`)

// isOfLicence reports whether a sentence is about what may be done with a work.
func isOfLicence(sentence string) bool {
	return ofLicence.MatchString(sentence) || len(spdx.Named(sentence)) > 0
}

// doubtful reports whether a sentence is about a licence and does not say plainly that it
// holds.
func doubtful(sentence string) bool {
	return (isOfLicence(sentence) || goesOn.MatchString(sentence)) && (denial.MatchString(sentence) || unsure.MatchString(sentence))
}

// deniesText gives the words by which a text denies that a licence holds, "" where it does
// not. known are the words of additions to it that are told.
func deniesText(text string, known []exception, like *compared) string {
	for _, s := range plainSentences(blank.Split(text, -1)...) {
		if !isOfLicence(s) || anyMatch(known, s) {
			continue
		}
		for _, at := range denial.FindAllStringIndex(s, -1) {
			if !like.has(s, at) {
				return s[at[0]:at[1]]
			}
		}
	}
	return ""
}

// anyMatch reports whether words are those of an addition that is known.
func anyMatch(known []exception, s string) bool {
	return slices.ContainsFunc(known, func(e exception) bool { return e.says.MatchString(s) })
}
