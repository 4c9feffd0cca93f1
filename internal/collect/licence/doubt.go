package licence

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/google/licensecheck"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/markup"
	"assay/internal/spdx"
)

// doubt leaves the licences of a text unknown where what stands beside them has terms, or
// says that a licence does not hold, or where what it says of the works of others has
// terms for the whole. known are the words of additions that are told; like is the
// text of the list that the whole is like, nil for none.
func (r *reading) doubt(b beside, known []exception, like *compared) {
	said := cmp.Or(termsIn(b.own, known, like), deniesText(b.own, known, like), termsOfWhole(b.beyond, like))
	if like.around > 0 { // it is none of the list as a whole
		for _, s := range b.before {
			said = cmp.Or(said, denial.FindString(s), elsewhere.FindString(s))
		}
	}
	if said == "" {
		return
	}
	r.refuse("the text of " + r.Licences[0].SPDX + " has terms beside it that are not known: " + quote(said))
}

// refuse leaves the licences of a text unknown.
func (r *reading) refuse(why string) {
	r.Licences, r.Why, r.Either, r.Declared, r.Line = unnamed(), why, false, "", 0
}

// quote makes words of a text fit for a page.
func quote(said string) string { return markup.Shorten(markup.Clean(said), limit.LicenceWords) }

// A beside is what stands in a text beside licences.
type beside struct {
	own    string   // what is the project's own
	beyond string   // where it speaks of the works of others
	before []string // in the sentences that go on with the statement of a licence
}

// besideOf is what of data no match covers, on both sides of end. What the patterns take
// for the holder of a copyright is beside the licence, too.
func besideOf(data []byte, end int, matches []licensecheck.Match) beside {
	var before []string
	matches, long := slices.Clone(matches), false
	for i := range matches {
		m := &matches[i]
		if long = long || m.End-m.Start > statementBytes; !long && m.Start < end {
			before = append(before, plain(sentenceBefore(data[:m.Start])))
		}
		if at := grant.FindIndex(data[m.Start:min(m.End, m.Start+holderBytes)]); at != nil {
			m.Start += at[0]
		}
	}
	return beside{prose(restOf(data, 0, end, matches)), prose(restOf(data, end, len(data), matches)), before}
}

// statementBytes is the most of a statement in place of a text, in bytes.
const statementBytes = 800

// sentenceBefore is the beginning of the sentence that text ends in.
func sentenceBefore(text []byte) string {
	text = text[max(0, len(text)-sentenceWithin):]
	if at := stop.FindAllIndex(text, -1); len(at) > 0 {
		text = text[at[len(at)-1][1]:]
	}
	return string(text)
}

// stop matches the end of a sentence.
var stop = lazyregexp.New(`[.!?:]\s|\n[ \t\r]*\n`)

// sentenceWithin is how far before a licence its sentence is looked at, in bytes.
const sentenceWithin = 300

// holderBytes is the most that patterns take for the holder of a copyright, in bytes.
const holderBytes = 1500

// grant matches the words with which short licences begin.
var grant = lazyregexp.New(`(?i)\bpermission\s+(?:is\s+hereby|to\s+use)\b|\bredistributions?\s+and\s+use\b`)

// leader matches what begins a line of a comment or of a quotation.
var leader = lazyregexp.New(`(?m)^[ \t]*(?:/{2,}|/?\*+/?|#+|>+|--+|;+|\|)(?:[ \t]|$)`)

// prose is a text without the marks of comments and the lines that say who has the
// copyright.
func prose(text string) string {
	var b strings.Builder
	for line := range bytes.Lines(harmless.ReplaceAll(leader.ReplaceAll([]byte(text), nil), nil)) {
		if !isNeutral(line) || rider.MatchString(plain(string(line))) || len(spdx.Named(string(line))) > 0 {
			b.Write(line)
		}
	}
	return b.String()
}

// harmless matches sentences that stand beside licences and change nothing.
var harmless = lazyregexp.New(`(?i)\byou\s+may\s+not\s+use\s+(?:this|these|the|it)\b[\w\s]{0,20}\sexcept\s+in\s+compliance\s+with\s+the\s+licen[sc]e\b` +
	`|\bshould\s+not\s+be\s+interpreted\s+as\s+representing\s+official\s+policies\b`)

// blank matches what stands between paragraphs.
var blank = lazyregexp.New(`\n[ \t\r]*\n\s*`)

// headingWords is the most words of a paragraph that is taken for the heading of the next.
const headingWords = 12

// paragraphsOf are the paragraphs of a text, plain, a heading with what it stands above.
func paragraphsOf(text string) []string {
	var out []string
	heading := ""
	for _, p := range blank.Split(text, -1) {
		p = strings.TrimSpace(heading + " " + plain(p))
		if heading = ""; markup.Words(p) <= headingWords && !strings.HasSuffix(p, ".") {
			heading = p
			continue
		}
		out = append(out, p)
	}
	return append(out, heading)
}

// termsIn gives the words by which a text adds terms, "" where it does not.
func termsIn(text string, known []exception, like *compared) string {
	for _, p := range paragraphsOf(text) {
		for _, at := range rider.FindAllStringIndex(p, -1) {
			if s := sentenceAt(p, at[0]); !like.has(p, at) && !contribution.MatchString(s) && !excused(p[at[0]:at[1]], s, known) && !ofParts(p[at[0]:at[1]], s) {
				return p[at[0]:at[1]]
			}
		}
	}
	return ""
}

// sentenceAt is the sentence at a place of a paragraph.
func sentenceAt(paragraph string, at int) string {
	for _, s := range markup.Sentences(paragraph) {
		if s.Start <= at && at < s.End {
			return paragraph[s.Start:s.End]
		}
	}
	return ""
}

// ofParts reports whether a sentence says with these words that parts have terms of their
// own.
func ofParts(said, sentence string) bool {
	return (theirs.MatchString(said) || strings.EqualFold(said, "subject to")) && parts.MatchString(sentence) && theirs.MatchString(sentence)
}

// adds matches the words by which an exception speaks of itself.
var adds = lazyregexp.New(`(?i)\b(?:exceptions?|permissions?|conditions?|subject to)\b`)

// excused reports whether a sentence says these words of an addition that is known.
func excused(said, sentence string, known []exception) bool {
	return adds.MatchString(said) && anyMatch(known, sentence)
}

// ofWhole matches words by which a text about the works of others speaks of the project's
// own again.
var ofWhole = lazyregexp.New(`(?i)\b(?:additional|added|supplemental|further|extra) (?:\w+ )?(?:terms|conditions|restrictions|limitations)\b|\b(?:this|our|the entire|the whole) (?:project|repository|product|program|distribution)\b|\babove (?:licen[sc]e|terms)\b|\bin addition to (?:the|these|its) (?:licen[sc]e|terms|above|conditions)\b|\bcommercial|\bmulti-?tenant\b|\bcompet(?:e|ing|itors?)\b|\bmilitary\b`)

// termsOfWhole gives the words by which a text about the works of others adds terms for the
// whole: where it goes over to them, or speaks of the whole again. What works of others
// have is theirs.
func termsOfWhole(text string, like *compared) string {
	for i, p := range paragraphsOf(text) {
		for _, s := range markup.Sentences(p) {
			one := p[s.Start:s.End]
			if i > 0 && !ofWhole.MatchString(one) || theirs.MatchString(one) {
				continue
			}
			for _, at := range rider.FindAllStringIndex(one, -1) {
				if !like.has(one, at) {
					return one[at[0]:at[1]]
				}
			}
		}
	}
	return ""
}

// theirs matches words by which a sentence leads to the terms that works of others have.
var theirs = lazyregexp.New(`(?i)\b(?:own|different|following|these|their|respective|separate|subject to (?:the|their|its)) (?:\w+ ){0,4}(?:terms|licen[sc]es?|licensing|conditions?|restrictions|requirements|exceptions?|permissions?)\b`)

// A compared is a text beside those of the list that it has or is like.
type compared struct {
	have   string
	list   []string
	around int // how many words on both sides have to be the same
}

// compare compares a text with one of the list that it is like in whole.
func compare(have, words []string) *compared {
	return &compared{have: joined(have), list: []string{joined(words)}}
}

// compareAll compares a text with those of the licences and the exceptions that it has:
// the patterns leave out what stands before and after the articles.
func compareAll(data []byte, matches []licensecheck.Match, known []exception) *compared {
	have := wordsOf(data)
	c := &compared{have: joined(have), around: wordsAround}
	for _, m := range matches {
		if t := textOf(spdx.Plain(spdxOf(m.ID))); t != nil && len(have)*10 >= len(t.words)*wholeTenths {
			c.list = append(c.list, joined(t.words))
		}
	}
	for i := range known {
		if t := textOf(known[i].text); t != nil {
			c.list = append(c.list, joined(t.words))
		} else {
			c.list = append(c.list, joined(strings.Fields(known[i].text)))
		}
	}
	return c
}

const (
	// wholeTenths is how much of a text of the list has to be there, in tenths.
	wholeTenths = 8
	// wordsAround is how many words beside words show where they are from.
	wordsAround = 4
	// aroundWithin is how far they are looked for, in bytes.
	aroundWithin = 200
)

// textOf gives a text of the list, nil for none.
func textOf(id string) *text {
	if at := slices.IndexFunc(texts(), func(t text) bool { return t.id == id }); at >= 0 {
		return &texts()[at]
	}
	return nil
}

func joined(words []string) string {
	return " " + strings.Join(lowWords(strings.Join(words, " ")), " ") + " "
}

// has reports whether the words at a place of a text stand in those of the list, and not
// more often in the text. There are none in nil.
func (c *compared) has(text string, at []int) bool {
	if c == nil {
		return false
	}
	from, to := at[0], at[1]
	for from > 0 && !notInWord(rune(text[from-1])) { // "n't" is a part of a word
		from--
	}
	said := lowWords(text[from:to])
	before, after := lowWords(text[max(0, from-aroundWithin):from]), lowWords(text[to:min(len(text), to+aroundWithin)])
	near := joined(slices.Concat(before[max(0, len(before)-c.around):], said, after[:min(len(after), c.around)]))
	there := 0
	for _, list := range c.list {
		there += strings.Count(list, near)
	}
	return there > 0 && strings.Count(c.have, near) <= there
}

// lowWords are the words of a text, in small letters, without numbers and letters of lists.
func lowWords(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(s), notInWord), func(w string) bool { return len(w) < 2 || isVersion(w) })
}
