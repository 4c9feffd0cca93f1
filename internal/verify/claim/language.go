package claim

import (
	"strings"

	"assay/internal/lazyregexp"
)

// Which language a number is of.

var listedLanguage = lazyregexp.New(`^(?:` + languageNames + `)$`)

// standInFor puts one of the languages that the rules know in place of a language
// that they do not, or that is more than a word, as it stands in texts and in labels;
// nil for one that they know.
func standInFor(language string) *strings.Replacer {
	name := strings.ToLower(language)
	if name == "" || listedLanguage.MatchString(name) && label(language) == name {
		return nil
	}
	return strings.NewReplacer(name, "rust", label(language), "rust")
}

var (
	shareLabel = lazyregexp.New(`^(?:share|share in percent|(?:` + languageNames + `) share.*|share (?:of |in )?(?:the )?(?:code|bytes|language|codebase|it|(?:` + languageNames + `).*))$`)
	linesOf    = lazyregexp.New(`^ (?:\pL+ )?(?:lines?|bytes?|loc|files?) (?:of )?(?:pure )?([\pL][\pL+#]*)`)
)

// labelLanguage is the language in a label as an argument of a field: ":Go", or ""
// for the language of the report.
func (r *reader) labelLanguage(label string) string {
	fields := strings.Fields(label)
	for len(fields) > 0 {
		l, n := r.languageIn(fields)
		if l != "" && l != r.Language && !englishWord[fields[0]] {
			return ":" + l
		}
		fields = fields[n:]
	}
	return ""
}

// longName is the most words that the name of a language has.
const longName = 3

// languageIn is the language that the words of a label begin with, of the most
// words, and how many those are, 1 for none.
func (r *reader) languageIn(fields []string) (string, int) {
	for k := min(longName, len(fields)); k > 0; k-- {
		if l := r.labelled[strings.Join(fields[:k], " ")]; l != "" {
			return l, k
		}
	}
	return "", 1
}

// ofLanguage is the field of a size of the language that is named with it:
// "12,000 lines of Go" are no lines of another.
func (r *reader) ofLanguage(field string, a *around) string {
	switch field {
	case "code", "bytes", "files":
	default:
		return field
	}
	if m := linesOf.FindStringSubmatch(a.right); m != nil {
		if l := r.languages[m[1]]; l != "" && l != r.Language && !englishWord[m[1]] {
			return field + ":" + l
		}
		return field
	}
	return field + r.labelLanguage(a.label)
}

// languageFirst is the language that a label begins with.
func (r *reader) languageFirst(label string) string {
	l, _ := r.languageIn(strings.Fields(label))
	return l
}

var (
	leftGlue      = lazyregexp.New(`(?: \(|: | at | is | makes up | accounts for | share(?: of| is|:)? | )$`)
	languageRight = lazyregexp.New(`^(?: or so)? (?:of (?:it|them|the code|the codebase|the bytes|its code|its bytes|counted bytes|all code|all bytes) (?:is |are |being )?|is |are |being |in |pure |counted )?([\pL][\pL+#]*)`)
)

var standsAt = lazyregexp.New(`(?:stands at|now it is) $`)

// englishWord are languages whose name is a word of English.
var englishWord = map[string]bool{"just": true, "self": true, "clean": true, "factor": true, "ring": true, "max": true, "text": true, "pan": true}

// languageBefore is the language that a text ends with, in up to three words.
func (r *reader) languageBefore(s string, listed bool) string {
	glue := leftGlue.FindStringIndex(s)
	if glue == nil {
		return ""
	}
	fields := strings.FieldsFunc(s[:glue[0]], func(c rune) bool { return strings.ContainsRune(" ,;:(|", c) })
	for k := min(3, len(fields)); k > 0; k-- {
		if l := r.languages[strings.Join(fields[len(fields)-k:], " ")]; l != "" && (listed || !englishWord[strings.ToLower(l)]) {
			return l
		}
	}
	return ""
}

// languageShare fills in a claim on the share of a language that stands beside a
// number in per cent.
func (r *reader) languageShare(st *statement, tok token, a *around, c *Claim) bool {
	if !a.percent || strings.Contains(a.label, "organi") {
		return false
	}
	lang := r.languageBefore(a.left, st.label != "" || st.lead != "")
	if m := languageRight.FindStringSubmatch(a.right); lang == "" && m != nil {
		lang = r.languages[m[1]]
	}
	if lang == "" && standsAt.MatchString(a.left) {
		if found := languageSpans(r, st.text, bounds(st.text.S, tok.Span)); len(found) > 0 {
			lang = r.languages[strings.ToLower(st.text.Of(found[0]))]
		}
	}
	if lang == "" {
		return false
	}
	c.Kind, c.Field = Share, "share:"+lang
	if tok.num.Value == 100 && strings.HasPrefix(a.right, " core") {
		c.Kind, c.Field = Purity, "purity:"+lang
	}
	c.Subject = r.subject(st, tok.Span)
	c.Scope = scopeOf(a.left)
	return true
}
