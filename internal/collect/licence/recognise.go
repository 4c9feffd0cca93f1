package licence

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"
	"sync"

	"github.com/google/licensecheck"

	"assay/internal/fact"
	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/spdx"
)

// noAssertion is SPDX's word for "there is a licence text and we cannot name
// it".
const noAssertion = "NOASSERTION"

const (
	// leastAlike is the least likeness with a text of the list by which a text that
	// is not word for word one that is known is named.
	leastAlike = 0.95
	// nearerBy is by how much another text of the list must be more alike than the
	// one that was matched word for word: that one allows variants.
	nearerBy = 0.004
	// clearlyBy is the same where the text differs from the one that was matched in no
	// word that changes what it allows.
	clearlyBy = 0.02
	// maxVaried is the most words of a licence that is told from its kin by the whole.
	maxVaried = 600
)

// A reading is what a text of licences says.
type reading struct {
	// Licences it holds, without a path: in their order, each once. Never empty: it
	// is NOASSERTION where nothing fits.
	Licences []fact.Licence `json:"l"`
	// Why nothing fits.
	Why string `json:"w,omitempty"`
	// Either: the text says that any one of them may be chosen.
	Either bool `json:"e,omitempty"`
	// Parts: the text says something of parts of the work.
	Parts bool `json:"p,omitempty"`
	// Others are the licences that works of others in the repository have by the text.
	Others []string `json:"o,omitempty"`
	// Declared is the SPDX expression that the text is marked with, and its line.
	Declared string `json:"d,omitempty"`
	Line     int    `json:"n,omitempty"`
}

// known reports whether the text has a licence that is known.
func (r *reading) known() bool {
	return slices.ContainsFunc(r.Licences, func(l fact.Licence) bool { return l.SPDX != noAssertion })
}

// A recogniser names licence texts. It remembers what it has seen, because
// most repositories carry the same few texts. It may be used by several
// goroutines.
type recogniser struct {
	mu   sync.Mutex
	seen map[[sha256.Size]byte]reading
}

func newRecogniser() *recogniser { return &recogniser{seen: make(map[[sha256.Size]byte]reading)} }

// recognise reads a text of licences.
func (r *recogniser) recognise(data []byte) reading {
	key := sha256.Sum256(data)
	r.mu.Lock()
	found, ok := r.seen[key]
	r.mu.Unlock()
	if ok {
		return found
	}
	found = readText(data)
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.seen) < limit.LicenceTexts {
		r.seen[key] = found
	}
	return found
}

// readText reads a text: first what is in it word for word, then which text of the
// list the whole is most like. What stands beside a licence may change it: an
// exception that is known is told with it, terms that are not known leave it unknown.
func readText(data []byte) reading {
	r := reading{}
	r.Declared, r.Line = declaredIn(data)
	matches, foreign, end := ownMatches(data)
	own := data[:end]
	ids := idsOf(matches)
	r.Others = idsOf(foreign)
	if len(ids) == 0 {
		if r.Licences, r.Why = alike(own); !r.known() {
			r.stated(data)
		}
		return r
	}
	b := besideOf(data, end, slices.Concat(matches, foreign))
	r.Either, r.Parts = len(ids) > 1 && isChoice(b.own), parts.MatchString(b.own)
	for _, id := range ids {
		r.Licences = append(r.Licences, fact.Licence{SPDX: id, Confidence: 1})
	}
	known, untold := r.amend(own, matches)
	if untold != "" {
		r.refuse("it adds terms to its licences that have no name in SPDX: " + untold)
		return r
	}
	var like *compared
	if len(known) == 0 {
		like = r.whole(own, matches)
	}
	if like == nil {
		like = compareAll(data, slices.Concat(matches, foreign), known)
	}
	r.doubt(b, known, like)
	return r
}

// stated takes the licences that a short text without one of its own says hold. What it
// says of parts is no expression for the whole.
func (r *reading) stated(data []byte) {
	e := ""
	if len(data) <= limit.NoticeBytes {
		e = cmp.Or(markedBy(r.Declared, data), expressionIn(string(data), false))
	}
	if r.Declared = e; e == "" {
		return
	}
	r.Licences, r.Why = nil, ""
	for _, id := range spdx.Licences(e) {
		r.Licences = append(r.Licences, fact.Licence{SPDX: id, Confidence: 1})
	}
	if parts.Match(data) {
		r.Either, r.Parts, r.Declared, r.Line = strings.Contains(e, " OR "), true, "", 0
	}
}

// markedBy is the mark of a text, "" where the text has terms beside it.
func markedBy(declared string, data []byte) string {
	b := prose(string(tag.ReplaceAll(data, nil)))
	if termsIn(b, nil, nil) != "" || deniesText(b, nil, nil) != "" {
		return ""
	}
	return declared
}

// unnamed is what is told of a text that cannot be named.
func unnamed() []fact.Licence { return []fact.Licence{{SPDX: noAssertion}} }

// alike names a text that has no licence word for word by the text of the list
// that it is most like, unless a word that is another weighs.
func alike(data []byte) (found []fact.Licence, why string) {
	have := wordsOf(data)
	best, _ := nearest(have, "")
	if best.text == nil {
		return unnamed(), "its text is of no licence that is known"
	}
	if w := weighty(have, best.text.words); w != "" {
		return unnamed(), "it is like " + best.text.id + ", but says otherwise: " + w
	}
	like, own := compare(have, best.text.words), prose(string(data))
	if said := cmp.Or(termsIn(own, nil, like), deniesText(own, nil, like)); said != "" {
		return unnamed(), "it is like " + best.text.id + ", but says otherwise: " + quote(said)
	}
	return []fact.Licence{{SPDX: best.text.id, Confidence: rounded(best.score)}}, ""
}

// whole gives the text of the list that a text, which has licences word for word, is from
// its first to its last word, nil for none. It may be a near kin of the one that
// matched, which the patterns do not know, and is named so.
func (r *reading) whole(data []byte, matches []licensecheck.Match) *compared {
	id := ""
	if len(r.Licences) == 1 {
		id = r.Licences[0].SPDX
	}
	have := wordsOf(data)
	best, same := nearest(have, id)
	if best.text == nil || strings.Contains(best.text.id, "-with-") { // an old identifier, for what is told in two parts now
		return nil
	}
	if id == "" { // a licence of several parts that are licences elsewhere
		if weighty(have, best.text.words) != "" {
			return nil
		}
		r.Licences, r.Either = []fact.Licence{{SPDX: best.text.id, Confidence: rounded(best.score)}}, false
		return compare(have, best.text.words)
	}
	variant := same.text != nil && weighty(have, same.text.words) == ""
	switch {
	case variant && (best.text.id == id || same.score+clearlyBy > best.score):
		return compare(have, same.text.words)
	case best.text.id == id, same.score+nearerBy > best.score:
		return nil
	case len(have) > maxVaried && covers(matches, len(data)):
		return nil // long texts are known without variants: what differs is what is left out
	}
	r.Licences[0] = fact.Licence{SPDX: best.text.id, Confidence: rounded(best.score)}
	if weighty(have, best.text.words) != "" {
		return nil
	}
	return compare(have, best.text.words)
}

// covers reports whether matches are nearly all of a text of n bytes.
func covers(matches []licensecheck.Match, n int) bool {
	for _, m := range matches {
		n -= (m.End - m.Start) * 10 / 9
	}
	return n <= 0
}

// weighs are the words by which texts that differ in them differ in what they allow.
var weighs = setOf(`exception exceptions not no nor never without except excepting excluding exclude excludes exclusion only solely unless must may shall should cannot
 prohibited forbidden restricted restriction restrictions limitation limited condition conditions provided commercial noncommercial military
 government ethical evil good harm nuclear weapons hosting hosted saas service competing competitive resell sell sale royalty fee payment
 patent patents trademark advertising acknowledgment acknowledgement endorse promote attribution notify notified prior written source
 anyone anybody employees research academic educational personal private internal evaluation revocable terminate terminates`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// weighty gives the first of the words by which two texts differ, in small letters,
// that changes what a text allows.
func weighty(a, b []string) string {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		count[w]--
	}
	for _, list := range [][]string{a, b} {
		for _, w := range list {
			if count[w] != 0 && weighs[w] {
				return w
			}
		}
	}
	return ""
}

// rounded keeps three digits: more would be noise.
func rounded(confidence float64) float64 { return float64(int(confidence*1000+0.5)) / 1000 }

// ownMatches gives what is word for word in the part of a text that is about the project
// itself, in order, and in what it says after that of the works of others; and where that
// part ends. An address counts only where there is no text.
func ownMatches(data []byte) (matches, foreign []licensecheck.Match, end int) {
	all := licensecheck.Scan(data).Match
	end = len(data)
	for _, at := range others.FindAllIndex(data, -1) {
		if slices.ContainsFunc(all, func(m licensecheck.Match) bool { return !m.IsURL && m.End <= at[0] }) && !within(all, at[0]) {
			end = at[0]
			break
		}
	}
	var urls []licensecheck.Match
	for _, m := range all {
		switch {
		case m.IsURL && m.End <= end:
			urls = append(urls, m)
		case m.IsURL:
		case m.End <= end:
			matches = append(matches, m)
		default:
			foreign = append(foreign, m)
		}
	}
	if len(matches) == 0 && len(data) <= limit.NoticeBytes {
		matches = urls
	}
	return matches, foreign, end
}

func within(matches []licensecheck.Match, at int) bool {
	return slices.ContainsFunc(matches, func(m licensecheck.Match) bool { return m.Start <= at && at < m.End })
}

// others matches the words with which a licence file goes over to the works of
// others.
var others = lazyregexp.New(`(?im)^[\W_]*(?:[\w -]{0,60}\b(?:third[- ]part(?:y|ies)|subcomponents?|(?:other )?dependencies)\b[^\n]{0,80}$` +
	`|(?:this|the) [\w -]{1,60}\b(?:bundles|includes|contains|incorporates|uses|is based on|is derived from)\b|(?:portions|parts) of\b` +
	`|the following (?:components|files|libraries|software|dependencies|licen[sc]es?|works)\b|open source (?:software|components?) licen[sc]ed under)` +
	`|\b(?:referred|derived|copied|backported|adapted|taken|borrowed|imported|ported)\s+from\s+the\b|\bunder\s+the\s+following\s+licen[sc]e|\bhas\s+the\s+following\s+licen[sc]e|other\s+dependencies\s+and\s+licen[sc]es`)

// idsOf are the licences of matches, in their order, each once, without those that
// are only the appendix or the ground of another.
func idsOf(matches []licensecheck.Match) []string {
	var ids []string
	for _, m := range matches {
		if id := spdxOf(m.ID); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	// A text of the GPL is followed by how to apply it; before it stands what the
	// project says of later versions.
	for _, family := range []string{"GPL-1.0", "GPL-2.0", "GPL-3.0", "LGPL-2.0", "LGPL-2.1", "LGPL-3.0", "AGPL-1.0", "AGPL-3.0"} {
		text := slices.Index(ids, family)
		if text < 0 {
			continue
		}
		said := slices.IndexFunc(ids, func(id string) bool { return id == family+"-only" || id == family+"-or-later" })
		switch {
		case said >= 0 && said < text:
			ids = slices.Delete(ids, text, text+1)
		case said >= 0:
			ids = slices.Delete(ids, said, said+1)
		}
	}
	if lesser := slices.IndexFunc(ids, func(id string) bool { return strings.HasPrefix(id, "LGPL-3.0") }); lesser >= 0 {
		ids = slices.DeleteFunc(ids, func(id string) bool { return strings.HasPrefix(id, "GPL-3.0") })
	}
	return ids
}

// spdxOf is the identifier for a name of the library; "" for what is no licence of
// its own, noAssertion for what SPDX has no name for.
func spdxOf(name string) string {
	switch name {
	case "CommonsClause", "Anti996", "GooglePatentClause", "GooglePatentsFile":
		return ""
	case "GPL-2.0-or-3.0":
		return "GPL-2.0-only OR GPL-3.0-only"
	case "Aladdin-9":
		return "Aladdin"
	case "BSD-1-Clause-Clear", "BSD-3-Clause-NoTrademark", "CC-BY-NC-SA-3.0-US", "MIT-NoAd", "Prosperity-3.0.0":
		return noAssertion
	}
	return name
}

// restOf is what of data between two places no match covers.
func restOf(data []byte, from, to int, matches []licensecheck.Match) string {
	var b strings.Builder
	slices.SortFunc(matches, func(a, b licensecheck.Match) int { return cmp.Compare(a.Start, b.Start) })
	for _, m := range matches {
		if m.Start > from && from < to {
			b.Write(data[from:min(to, m.Start)])
			b.WriteByte('\n')
		}
		from = max(from, m.End)
	}
	if from < to {
		b.Write(data[from:to])
	}
	return b.String()
}

// choice matches words by which one of several licences may be chosen.
var choice = lazyregexp.New(`(?i)\bat your (?:own )?(?:option|choice|discretion)\b|\b(?:of your|at the user'?s) choice\b|\beither (?:of|one of|the|license)\b|\b(?:choice|one) of (?:either|the following|these)\b|\beither\s[^.\n]{1,80}\sor\s|\bdual[- ]?licen[sc]ed?\b|\b(?:choose|select) (?:one|either|which)\b`)

// isChoice reports whether a text says that one of several licences may be chosen: a
// sentence about versions of one is no such.
func isChoice(text string) bool {
	return slices.ContainsFunc(plainSentences(blank.Split(text, -1)...), func(s string) bool {
		return choice.MatchString(s) && isOfLicence(s) && !later.MatchString(s) && !both.MatchString(s)
	})
}

// tag matches the mark of SPDX.
var tag = lazyregexp.New(`(?m)^[^\w\n]*SPDX-License-Identifier:[ \t]*([^\r\n]{1,200})`)

// declaredIn gives the expression that a text is marked with, when it is one alone,
// and its line.
func declaredIn(data []byte) (expression string, line int) {
	for _, m := range tag.FindAllSubmatchIndex(data, 3) {
		e := spdx.Expression(strings.TrimRight(string(data[m[2]:m[3]]), " \t*/#->"))
		if e == "" || expression != "" && e != expression {
			return "", 0
		}
		if expression == "" {
			expression, line = e, 1+bytes.Count(data[:m[2]], []byte("\n"))
		}
	}
	return expression, line
}
