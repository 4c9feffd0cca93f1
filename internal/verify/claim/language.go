package claim

import (
	"slices"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// Which language a number or sentence is of.

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

// labelLanguage is another language than the report's in a label; "" for none.
func (r *reader) labelLanguage(label string) string {
	fields := strings.Fields(label)
	for len(fields) > 0 {
		l, n := r.languageIn(fields)
		if l != "" && l != r.Language && !englishWord[fields[0]] {
			return l
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

// ofLanguage is the language, other than the report's, that is named with a size: "12,000
// lines of Go" are no lines of another.
func (r *reader) ofLanguage(a *around) string {
	if m := linesOf.FindStringSubmatch(a.right); m != nil {
		if l := r.languages[m[1]]; l != "" && l != r.Language && !englishWord[m[1]] {
			return l
		}
		return ""
	}
	return r.labelLanguage(a.label)
}

// languageFirst is the language that a label begins with.
func (r *reader) languageFirst(label string) string {
	l, _ := r.languageIn(strings.Fields(label))
	return l
}

var (
	leftGlue      = lazyregexp.New(`(?: \(|: | at | is | makes up | accounts for | share(?: of| is|:)? | )$`)
	languageRight = lazyregexp.New(`^(?: or so)? (?:of (?:it|the code|the codebase|the bytes|its code|its bytes|counted bytes|all code|all bytes) (?:is |are |being )?|is |are |being |in |pure |counted )?([\pL][\pL+#]*)`)
)

// englishWord are languages whose name is a word of English.
var englishWord = map[string]bool{"just": true, "self": true, "clean": true, "factor": true, "ring": true, "max": true, "text": true, "pan": true}

// languageBefore is the language that a text ends with, in up to three words.
func (r *reader) languageBefore(s string, listed bool) string {
	glue := leftGlue.FindStringIndex(s)
	if glue == nil {
		return ""
	}
	fields := strings.FieldsFunc(s[:glue[0]], func(c rune) bool { return strings.ContainsRune(" ,;:(|", c) })
	for k := min(longName, len(fields)); k > 0; k-- {
		if l := r.languages[strings.Join(fields[len(fields)-k:], " ")]; l != "" && (listed || !englishWord[strings.ToLower(l)]) {
			return l
		}
	}
	return ""
}

// languageShare fills in a claim on the share of a language that stands beside a
// number in per cent.
func (r *reader) languageShare(st *statement, a *around, c *Claim) bool {
	if !a.percent || strings.Contains(a.label, "organi") {
		return false
	}
	lang := r.languageBefore(a.left, st.label != "" || st.lead != "")
	if m := languageRight.FindStringSubmatch(a.right); lang == "" && m != nil {
		lang = r.languages[m[1]]
	}
	if lang == "" {
		return false
	}
	c.Property, c.Of = property.Must("share"), lang
	if c.Num.Value == 100 && strings.HasPrefix(a.right, " core") {
		c.Property, c.Word, c.Num, c.Part = property.Must("purity"), entirely, Quantity{}, true
	}
	return true
}

// languageWord finds what may be the name of a language.
var languageWord = lazyregexp.New(`[\pL][\pL\d]*(?:\+\+|#)?`)

// languageSpans are the languages that a span names.
func languageSpans(r *reader, t *page.Text, s page.Span) []page.Span {
	var found []page.Span
	for _, m := range languageWord.FindAllStringIndex(t.Of(s), -1) {
		w := page.Span{From: s.From + m[0], To: s.From + m[1]}
		word := t.Of(w)
		l := r.languages[strings.ToLower(word)]
		if l == "" || l == "WebAssembly" && r.Language != l || word[0] >= 'a' && word[0] <= 'z' && len(l) < 5 || joined(t.S, w) {
			continue // "go" is a verb
		}
		found = append(found, w)
	}
	return found
}

// joined reports whether a word is a part of one with a hyphen, or of a path.
func joined(s string, w page.Span) bool {
	return w.To < len(s) && (s[w.To] == '-' || s[w.To] == '.' && w.To+1 < len(s) && isAlnum(s[w.To+1])) || w.From > 0 && (s[w.From-1] == '-' || s[w.From-1] == '/')
}

func (r *reader) namesLanguage(s string) bool {
	return slices.ContainsFunc(languageWord.FindAllString(s, -1), func(w string) bool { return r.languages[strings.ToLower(w)] != "" })
}

// ownLanguage is the language that a statement names itself, or what introduces it, the
// nearest first. It is "" for none, or for several in one place.
func (r *reader) ownLanguage(st *statement) string {
	texts := []string{st.s(), st.labelRaw()}
	if st.row != nil {
		texts = append(texts, st.row.Cells[0].S)
	}
	for lead, depth := st.block.Lead, 0; lead != nil && depth < 8; lead, depth = lead.Lead, depth+1 {
		texts = append(texts, lead.Text.S)
	}
	for _, h := range slices.Backward(st.block.Section) {
		texts = append(texts, h.Text.S)
	}
	for _, text := range texts {
		if found := LanguagesIn(text); len(found) == 1 {
			return found[0]
		} else if len(found) > 1 {
			return ""
		}
	}
	return ""
}
