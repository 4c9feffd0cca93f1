package claim

import (
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/verify/page"
)

// freeLabels are labels behind which there is running text.
var freeLabels = func() map[string]bool {
	m := map[string]bool{}
	for _, l := range []string{
		"description", "summary", "about", "what", "key features", "features", "tagline", "what it is", "purpose", "note", "notes", "why", "reason",
		"our impression", "impression", "maintainability", "remarks", "remark", "comment", "comments", "rating", "change", "changes", "changelog",
		"data source", "data sources", "source of data", "methodology", "method", "note on data",
	} {
		m[l] = true
	}
	return m
}()

// detailLabels are labels of properties that have no reader or rule of their own.
var detailLabels = map[string]bool{"by scope": true, "changes of level": true, "edition": true}

// saidVerb: a sentence is made of the words.
var saidVerb = lazyregexp.New(`(?i)\b(?:is|are|was|were|be|been|being|has|have|had|does|did|makes|made|became|becomes|remains|uses|used|will|would|can|could|should|says?|shows?|grew|fell|rose|reached|reaches|counts?|holds?|stands?)\b`)

// inCell reports whether a span of a statement is in a cell under a known label,
// or in the value behind one in the front matter, a list, a line of its own or one
// of code, and in no sentence.
func (r *reader) inCell(st *statement, at page.Span) bool {
	switch st.block.Form {
	case page.Row:
		if st.row == nil || st.text == st.labelText {
			return false
		}
	case page.Front, page.Item, page.Paragraph, page.Code:
		if st.labelText == nil {
			return false
		}
	default:
		return false
	}
	return r.knownLabel(st.label) && !runs(st, at)
}

// runs reports whether a span stands in running text: behind the end of a sentence,
// or in a clause with a verb.
func runs(st *statement, at page.Span) bool {
	s := st.text.S
	for i := st.From; i < at.From; i++ {
		if endsSentence(s, i) {
			return true
		}
	}
	return saidVerb.MatchString(st.text.Of(clauseOf(st, at)))
}

// knownLabel reports whether a label says what the value below or behind it is.
func (r *reader) knownLabel(label string) bool {
	fields := strings.Fields(label)
	switch {
	case len(fields) == 0 || freeLabels[label] || strings.HasPrefix(label, "why "):
		return false
	case r.known[label] != nil, packageLabels[label] != "", detailLabels[label]:
		return true
	case levelOf(label) != "" && len(fields) <= 3:
		return true
	}
	return strings.HasPrefix(label, "share") || r.languageWithin(fields) || labelled(&r.numbers, label) || labelled(&r.dates, label)
}

// languageWithin reports whether one of a few words is a language: "Rust code".
func (r *reader) languageWithin(fields []string) bool {
	const few = 4
	for i := range fields {
		if l, _ := r.languageIn(fields[i:]); l != "" && len(fields) <= few {
			return true
		}
	}
	return false
}

// labelled reports whether some rule is for a label.
func labelled(b *ruleBook, label string) bool {
	for _, rule := range b.under(label) {
		if rule.label != nil {
			return true
		}
	}
	return false
}
