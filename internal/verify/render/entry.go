package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"assay/internal/verify"
)

// This file puts together what is wrong for one reason, so that it is told once
// with all of its places.

// An entry is one thing to tell of a report: claims or findings that are so for
// one reason.
type entry struct {
	verdict  verify.Verdict
	claims   []*verify.Claim   // in the order of the report
	findings []*verify.Finding // where it is about the report as a whole
	// shared is what claims on several subjects have in common; "" where all are on
	// one.
	shared string
}

// place is where the first of it stands.
func (e *entry) place() verify.Place {
	if len(e.findings) > 0 {
		return e.findings[0].Place
	}
	return e.claims[0].Place
}

// places is how many there are.
func (e *entry) places() int { return len(e.claims) + len(e.findings) }

// claimEntries are the claims by what is to tell of them, in the order of the report.
func claimEntries(claims []verify.Claim) []entry {
	common := recurring(claims)
	var all []entry
	at := map[string]int{}
	for i := range claims {
		c := &claims[i]
		key := "one\x00" + alike(c)
		if kind := errorKind(c); common[kind] {
			key = kind
		}
		if levels[c.Verdict] == "" {
			key = fmt.Sprint("alone\x00", i) // what is right is not an error that recurs
		}
		k, ok := at[key]
		if !ok {
			k = len(all)
			at[key], all = k, append(all, entry{verdict: c.Verdict})
		}
		all[k].claims = append(all[k].claims, c)
		if common[key] {
			all[k].shared = key
		}
	}
	for i := range all {
		if all[i].shared != "" {
			all[i].shared = sharedWords(all[i].claims)
		}
	}
	return all
}

// recurring are the kinds of errors that several subjects have, or several claims of
// which nothing can tell.
func recurring(claims []verify.Claim) map[string]bool {
	first, found := map[string]*verify.Claim{}, map[string]bool{}
	for i := range claims {
		c := &claims[i]
		key := errorKind(c)
		have := first[key]
		switch {
		case key == "":
		case have == nil:
			first[key] = c
		case have.Subject != c.Subject || c.Verdict == verify.Unverifiable:
			found[key] = true
		}
	}
	return found
}

// errorKind tells errors of one kind on any subject from others; "" for what is no
// error, and for a value that is wrong in itself. A hypothesis makes a kind, a word
// that is wrong of several subjects, and a source that is missing.
func errorKind(c *verify.Claim) string {
	head := string(c.Verdict) + "\x00" + string(c.Kind) + "\x00"
	switch {
	case levels[c.Verdict] == "":
		return ""
	case c.Verdict == verify.Unverifiable:
		return head + c.Source + "\x00" + pattern(c, c.Why)
	case c.Subject == "":
		return ""
	case c.Hypothesis != nil:
		return head + c.Hypothesis.Kind + "\x00" + pattern(c, c.Hypothesis.Text)
	case c.Measured != "" && strings.IndexFunc(c.Claimed, unicode.IsLetter) >= 0:
		return head + strings.ToLower(c.Claimed) + "\x00" + pattern(c, c.Measured)
	}
	return ""
}

// alike tells claims from others that say the same wrong thing of one subject, in
// whatever words: the text and the target of a link, a number and its word.
func alike(c *verify.Claim) string {
	parts := []string{string(c.Verdict), string(c.Kind), c.Subject, c.Measured, c.Why, c.Source}
	if c.Hypothesis != nil {
		parts = append(parts, c.Hypothesis.Kind, c.Hypothesis.Text)
	}
	if c.Measured == "" {
		parts = append(parts, strings.ToLower(c.Claimed))
	}
	return strings.Join(parts, "\x00")
}

// gap stands for the words that differ.
const gap = "…"

// pattern is a text without what is of one subject: names, figures and days.
func pattern(c *verify.Claim, text string) string {
	if c.Subject != "" {
		text = strings.ReplaceAll(text, c.Subject, gap)
	}
	var kept []string
	for w := range strings.FieldsSeq(text) {
		if strings.IndexFunc(strings.TrimRight(w, ".,:;"), func(r rune) bool { return !unicode.IsLower(r) }) >= 0 {
			w = gap
		}
		if w != gap || len(kept) == 0 || kept[len(kept)-1] != gap {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// sharedWords are the words that claims of one kind have in common.
func sharedWords(claims []*verify.Claim) string {
	c := claims[0]
	text := func(c *verify.Claim) string { return cmp.Or(c.Why, c.Source) }
	switch {
	case c.Verdict == verify.Unverifiable:
	case c.Hypothesis != nil:
		text = func(c *verify.Claim) string { return c.Hypothesis.Text }
	default:
		text = func(c *verify.Claim) string { return strings.ToLower(c.Claimed) + " → " + c.Measured }
	}
	words := strings.Fields(text(c))
	for _, other := range claims[1:] {
		theirs := strings.Fields(text(other))
		if len(theirs) != len(words) {
			return pattern(c, text(c))
		}
		for i := range words {
			if words[i] != theirs[i] {
				words[i] = gap
			}
		}
	}
	return strings.Join(slices.CompactFunc(words, func(a, b string) bool { return a == gap && b == gap }), " ")
}

// findingEntries are the findings by what is to tell of them, in their order: those
// of a kind in one place, and those that contradict one place.
func findingEntries(findings []verify.Finding) []entry {
	var all []entry
	at := map[string]int{}
	for i := range findings {
		f := &findings[i]
		key := fmt.Sprint(i)
		switch {
		case f.Subject == "":
		case f.Kind == verify.Contradiction && len(f.Others) > 0:
			key = fmt.Sprintf("%s\x00%s\x00%s\x00%d", f.Verdict, f.Kind, f.Subject, f.Others[0].Offset)
		case f.Kind == verify.Omission:
			key = fmt.Sprintf("%s\x00%s\x00%d", f.Verdict, f.Kind, f.Offset)
		case f.Kind == verify.Criterion:
			key = fmt.Sprintf("%s\x00%s", f.Verdict, f.Kind)
		}
		k, ok := at[key]
		if !ok {
			k = len(all)
			at[key], all = k, append(all, entry{verdict: f.Verdict})
		}
		all[k].findings = append(all[k].findings, f)
	}
	return all
}

// A holder is a subject with the lines on which an entry is about it.
type holder struct {
	subject string
	lines   []int
}

// holders are the subjects of an entry, in the order of the report.
func (e *entry) holders() []holder {
	var all []holder
	at := map[string]int{}
	add := func(subject string, line int) {
		k, ok := at[subject]
		if !ok {
			k = len(all)
			at[subject], all = k, append(all, holder{subject: subject})
		}
		if line > 0 {
			all[k].lines = append(all[k].lines, line)
		}
	}
	for _, c := range e.claims {
		add(c.Subject, c.Line)
	}
	for _, f := range e.findings {
		add(f.Subject, f.Line)
	}
	return all
}

// mostHolders is how many subjects of an entry are named.
const mostHolders = 20

// named lists the subjects of an entry, with their lines where these differ.
func (e *entry) named() string {
	all, spread := e.holders(), e.spread()
	var parts []string
	for i, h := range all {
		if i == mostHolders {
			parts = append(parts, fmt.Sprintf("%d more", len(all)-i))
			break
		}
		switch name, where := line(h.subject, maxQuote), onLines(h.lines); {
		case name == "":
			parts = append(parts, where)
		case where != "" && spread:
			parts = append(parts, name+" ("+where+")")
		default:
			parts = append(parts, name)
		}
	}
	return strings.Join(parts, ", ")
}

// spread reports whether an entry stands on several lines.
func (e *entry) spread() bool { return strings.ContainsAny(numbers(e.lines()), ",–") }

// lines are those that an entry stands on.
func (e *entry) lines() []int {
	var all []int
	for _, h := range e.holders() {
		all = append(all, h.lines...)
	}
	return all
}

// further names the lines of all but the first of an entry, "" for none.
func (e *entry) further() string {
	first := e.place().Line
	return onLines(slices.DeleteFunc(e.lines(), func(l int) bool { return l == first }))
}
