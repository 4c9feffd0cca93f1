package verify

import (
	"slices"
	"strings"

	"github.com/dustin/go-humanize/english"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/verify/claim"
	"assay/internal/verify/judge"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// This file makes edits: which value is written over a wrong one, which is only
// suggested, and what changes with it in the words around.

// mend gives a claim the edit or the suggestion that its ruling has.
func (c *Claim) mend(p *page.Page, read *claim.Claim, r *judge.Ruling) {
	text := ""
	switch v := r.Mended.(type) {
	case float64:
		text = likeNumber(read, v)
	case fact.Date:
		text = likeDay(read, v)
	case string:
		if text = v; wordsAlone.MatchString(v) {
			text = likeCase(read.Quote(), v)
		}
	}
	if !r.Verdict.Wrong() || text == "" || text == read.Quote() || inAddress(read) {
		return
	}
	at := read.Source()
	edit := inGrammar(p.Source, Edit{Offset: at.From, End: at.To, Text: text})
	if read.Cell && !r.Likely && !c.History && plain(text) {
		c.Edit = &edit
	} else {
		c.Suggestion = &edit
	}
}

// wordsAlone: a level, a class, a rhythm, which are written as what they stand for.
var wordsAlone = lazyregexp.New(`^[a-z]+(?:[ -][a-z]+)*$`)

// inAddress reports whether a claim that is not on an address stands in one. To change
// it would make a link that leads nowhere.
func inAddress(c *claim.Claim) bool {
	if c.Property.Value == property.Address || c.At.To > 0 {
		return false
	}
	l := c.Text.LinkAt(c.From)
	return l != nil && l.Bare
}

// pastHeading is a heading of what was, and is told as it was then.
var pastHeading = lazyregexp.New(`(?i)\b(?:change[ -]?logs?|release[ -]notes|releases? history|histor(?:y|ies|ic|ical)|timelines?|archives?|what['’]s new)\b`)

// archivedWhat is what a heading says to be archived. Projects are so to this day:
// "archived" is a level of theirs.
var archivedWhat = lazyregexp.New(`(?i)\barchived ([\pL-]+)`)

// pastFront is a line of the front matter that says so of the whole text.
var pastFront = lazyregexp.New(`(?i)^\s*(?:archived\s*:\s*["']?(?:true|yes)\b|(?:type|kind|layout|category|categories|tags?|status|state|title)\s*:.*\b(?:change[ -]?log|release[ -]notes|history|timeline|archived?)\b)`)

// ofPast reports whether a text as a whole is of the past, by its front matter.
func ofPast(p *page.Page) bool {
	return slices.ContainsFunc(p.Blocks, func(b page.Block) bool { return b.Form == page.Front && pastFront.MatchString(b.Text.S) })
}

// underPast reports whether the headings above a claim are of the past.
func underPast(section []string) bool {
	return slices.ContainsFunc(section, func(heading string) bool {
		m := archivedWhat.FindStringSubmatch(heading)
		return pastHeading.MatchString(heading) || m != nil && !ofProjects[strings.ToLower(m[1])]
	})
}

// ofProjects are the words behind the level of projects.
var ofProjects = map[string]bool{"project": true, "projects": true, "cncf": true, "and": true, "or": true, "in": true, "on": true, "since": true, "by": true, "level": true}

// inGrammar widens an edit to the words that have to agree with its text: an article
// before it, and the noun that a number counts with its verb.
func inGrammar(source []byte, e Edit) Edit {
	was, now := string(source[e.Offset:e.End]), e.Text
	before, after := around(source, e)
	if isOne(was) != isOne(now) && isCount(was) && isCount(now) {
		if noun, length := counted(after, isOne(now)); length > 0 {
			e.Text += noun
			e.End += length
		}
		if m := thereVerb.FindStringSubmatch(before); m != nil && verbAgrees(m[1], isOne(was)) {
			e.Text = verbs[m[1]] + m[2] + e.Text
			e.Offset -= len(m[1]) + len(m[2])
			return e
		}
	}
	if m := articleBefore.FindStringSubmatch(before); m != nil && isArticle(m) && vowels(was) != vowels(now) && vowels(was) == (len(m[2]) == 2) {
		article := "a"
		if vowels(now) {
			article = "an"
		}
		e.Text = likeCase(m[2][:1], article) + m[3] + e.Text
		e.Offset -= len(m[2]) + len(m[3])
	}
	return e
}

// around are the bytes next to an edit, as many as may have to agree with it.
func around(source []byte, e Edit) (before, after string) {
	const near = 80
	return string(source[max(0, e.Offset-near):e.Offset]), string(source[e.End:min(len(source), e.End+near)])
}

// articleBefore is what may be an article, at the end of a text, and the marks behind
// it.
var articleBefore = lazyregexp.New("^((?s:.*[^\\pL\\pN'’-])?)([Aa]n?)([ \\n][*_`\"“(\\[]{0,4})$")

// isArticle reports whether what was found is one: a capital A that begins no sentence,
// cell or item is a name.
func isArticle(m []string) bool {
	start := strings.TrimRight(m[1], " \t*_+>#-")
	return m[2][0] == 'a' || start == "" || strings.ContainsRune("\n.!?:|", rune(start[len(start)-1]))
}

// thereVerb is the verb before a number of what there is.
var thereVerb = lazyregexp.New(`(?i:\bthere) (is|are|was|were)([ \n][*_]{0,3})$`)

// verbs are those that agree with a number, both ways.
var verbs = map[string]string{"is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has", "uses": "use", "use": "uses"}

// nouns are the things that reports count, in the singular.
var nouns = strings.Fields("project commit release author contributor maintainer committer adopter organisation organization company repository " +
	"package crate module file line byte audit review star fork month year quarter week day tag manifest member developer person language")

// nounForms gives the other number of the nouns.
var nounForms = func() (m struct{ plural, singular map[string]string }) {
	m.plural, m.singular = map[string]string{}, map[string]string{}
	for _, n := range nouns {
		many := english.PluralWord(2, n, "")
		if n == "person" {
			many = "people"
		}
		m.plural[n], m.singular[many] = many, n
	}
	return m
}()

// countedNoun is what stands behind a number: marks, a few words, and one of them the
// noun.
var countedNoun = lazyregexp.New(`^([*_]{0,3}[ \n])((?:\pL[\pL\pN-]* ){0,2}\pL+)\b`)

// verbBehind is a verb that agrees with a noun before it.
var verbBehind = lazyregexp.New(`^([*_]{0,3}[ \n])(is|are|was|were|has|have|uses?)\b`)

// counted is what has to stand behind a number in place of so many bytes, so that the
// noun and its verb agree with it; 0 where no noun is known.
func counted(after string, one bool) (text string, length int) {
	m := countedNoun.FindStringSubmatchIndex(after)
	if m == nil {
		return "", 0
	}
	forms := nounForms.plural
	if one {
		forms = nounForms.singular
	}
	words := after[m[4]:m[5]]
	at := 0
	for word := range strings.SplitSeq(words, " ") {
		low := strings.ToLower(word)
		if stopsCount[low] {
			return "", 0
		}
		if other := forms[low]; other != "" {
			length = m[4] + at + len(word)
			text = after[:m[4]+at] + likeCase(word[:1], other)
			if v := verbBehind.FindStringSubmatch(after[length:]); v != nil && verbAgrees(v[2], !one) {
				text, length = text+v[1]+verbs[v[2]], length+len(v[0])
			}
			return text, length
		}
		at += len(word) + 1
	}
	return "", 0
}

// stopsCount are words behind which another thing is told.
var stopsCount = map[string]bool{"of": true, "in": true, "per": true, "and": true, "or": true, "to": true, "out": true, "the": true, "a": true, "an": true, "for": true, "with": true, "by": true}

// verbAgrees reports whether a verb is in the number of one thing, or of several.
func verbAgrees(verb string, one bool) bool {
	return one == strings.HasSuffix(verb, "s")
}

// isOne reports whether a number is of one thing.
func isOne(s string) bool { return s == "1" || strings.EqualFold(s, "one") }

// isCount reports whether a text is a whole number, in digits or as a small word.
func isCount(s string) bool {
	digits := strings.Trim(s, "0123456789,")
	return s != "" && digits == "" || slices.Contains(smallNumbers, strings.ToLower(s))
}

var (
	leadingLetters = lazyregexp.New(`^\pL+`)
	vowelNumber    = lazyregexp.New(`^(?:8|1[18](?:$|[^\d.]))`) // eight, eleven, eighteen
	soundsLikeU    = lazyregexp.New(`^(?:uni(?:[^mn]|[mn][aeiou])|us[aeu]|uti|eu|one\b|once|ubi)`)
	silentH        = lazyregexp.New(`^(?:hour|hono|honest|heir)`)
)

// vowels reports whether a text is spoken with a vowel first, so that "an" stands before
// it.
func vowels(s string) bool {
	if s == "" {
		return false
	}
	letters, low := leadingLetters.FindString(s), strings.ToLower(s)
	switch {
	case letters == "":
		return vowelNumber.MatchString(s)
	case len(letters) > 1 && letters == strings.ToUpper(letters):
		return strings.IndexByte("AEFHILMNORSX", letters[0]) >= 0 // the names of these letters
	case silentH.MatchString(low):
		return true
	}
	return strings.IndexByte("aeiou", low[0]) >= 0 && !soundsLikeU.MatchString(low)
}
