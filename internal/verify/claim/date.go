package claim

import (
	"strconv"
	"strings"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/frame"
	"assay/internal/verify/page"
	"assay/internal/verify/property"
)

// bounded: the words around a date make it the bound of another.
var (
	boundedLeft  = lazyregexp.New(`(?:^|[^\pL])(?:by|before|after|until|till) $`)
	boundedRight = lazyregexp.New(`^ or (?:later|earlier)\b`)
)

// date makes a claim of a date, and reports whether it did.
func (r *reader) date(st *statement, tok token) bool {
	a := r.around(st, tok)
	if boundedLeft.MatchString(a.left) || boundedRight.MatchString(a.right) {
		return false
	}
	if len(tok.day.Text) == len("2006") && amongNumbers(st) {
		return false
	}
	c := Claim{Day: tok.day, Subject: st.subject}
	if version, ok := r.releaseRow(st); ok {
		c.Property, c.Of = property.Must("release.last"), version
		r.add(st, c, tok.Span)
		return true
	}
	switch {
	case isMaturityLabel(st.label):
		r.levelDate(a, &c)
	case st.subject.Sort == OfRepository && st.label == "date":
		c.Property = property.Must("revision.date")
	}
	if c.Property == nil {
		c.Property, c.Of = r.dates.find(a)
	}
	if c.Property == nil && strings.HasSuffix(strings.TrimSpace(a.left), "(") && st.year != "" {
		c.Property, c.Of = property.Must("milestone"), "accepted"
	}
	switch {
	case c.Property == nil:
		return false
	case c.Property.Under("report"):
		c.Subject = Subject{}
	case st.said != nil && c.Property.Kind == string(Release):
		if c.Of = r.versionOf(st, tok); c.Of == "" && !lastRelease.MatchString(st.s()) {
			c.unsure = "of which release it is, is not certain"
		}
	case c.Subject.Sort == OfAll && st.notes != nil:
		if s, ok := only(r.in(st.notes)); ok {
			c.Subject = s
		}
	}
	r.add(st, c, tok.Span)
	return true
}

// amongNumbers reports whether the row of a statement has numbers that are no years: then
// "2000" beside "4505" is a number too.
func amongNumbers(st *statement) bool {
	if st.row == nil {
		return false
	}
	for i := range st.row.Cells {
		n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(st.row.Cells[i].S), ",", ""))
		if err == nil && (n < 1900 || n > 2199) {
			return true
		}
	}
	return false
}

// only is the subject that all of the names are of: "The Update Framework (TUF)" is one.
func only(found []Mention) (Subject, bool) {
	for i := range found {
		if !found[i].Is(found[0].Subject) {
			return Subject{}, false
		}
	}
	if len(found) == 0 {
		return Subject{}, false
	}
	return found[0].Subject, true
}

// lastRelease: a release is said to be the last one.
var lastRelease = lazyregexp.New(`(?i)\b(?:last|latest|newest|most recent)(?: full| stable)? release\b`)

// versionOf is the only version that a sentence names, where it is not said to be the
// last one.
func (r *reader) versionOf(st *statement, tok token) string {
	version := ""
	for _, t := range tokens(st.s()) {
		if t.form == isVersion {
			if version != "" {
				return ""
			}
			version = st.text.Of(r.wholeTag(st, page.Span{From: t.From + st.From, To: t.To + st.From}))
		}
	}
	if lastRelease.MatchString(st.text.S[st.From:tok.From]) {
		return ""
	}
	return version
}

// releaseRow is the version that the row of a statement is about, in a table of releases
// whose column is of the days on which they were made.
func (r *reader) releaseRow(st *statement) (string, bool) {
	if st.row == nil || r.frames.At(st.block).Rows != frame.Releases || !releasedOn.MatchString(st.label) {
		return "", false
	}
	return strings.TrimSpace(st.row.Cells[0].S), true
}

// releasedOn is the head of a column of days of release.
var releasedOn = lazyregexp.New(`^(?:(?:release )?date|released(?: on)?|release|published(?: on)?|date of release|tagged(?: on)?|released at|start(?: date)?)$`)

// A day behind a level is that on which it was reached, unless words say of what
// it is.
var (
	levelOpens = lazyregexp.New(`\b(graduated|incubating|incubation|sandbox|archived)\b[ (,:–—-]*(?:since |on |in |from |as of |reached |at )*$`)
	levelAfter = lazyregexp.New(`^ (?:as )?(accepted|graduated|incubating|incubation)(?:[,;)]|$)`)
)

// levelDate says what a date beside a level is.
func (r *reader) levelDate(a *around, c *Claim) {
	m := levelAfter.FindStringSubmatch(a.right)
	if m == nil {
		m = levelOpens.FindStringSubmatch(a.left)
	}
	if m != nil {
		c.Property, c.Of = property.Must("milestone"), milestoneNamed(m[1])
	}
}

// milestoneNamed is the milestone that words tell of.
func milestoneNamed(words string) string {
	switch {
	case strings.HasPrefix(words, "graduat"):
		return "graduated"
	case strings.Contains(words, "incubat"):
		return "incubating"
	case strings.HasPrefix(words, "archiv"):
		return "archived"
	}
	return "accepted"
}

// wholeTag is a version with what stands before it of its tag: "release/v2.333.0".
func (r *reader) wholeTag(st *statement, at page.Span) page.Span {
	for end := at.To; at.From > st.From && end-at.From < limit.TagName && isTagByte(st.text.S[at.From-1]); {
		at.From--
	}
	return at
}

// version makes a claim of a version in a labelled place.
func (r *reader) version(st *statement, tok token) {
	a := r.around(st, tok)
	if st.subject.Sort == OfPackage || !strings.Contains(a.label, "release") && !strings.Contains(a.label, "version") && !lastTag.MatchString(a.left) {
		return
	}
	at := r.wholeTag(st, tok.Span)
	c := Claim{Property: property.Must("release.tag"), Subject: st.subject, Word: st.text.Of(at)}
	if lastWord.MatchString(a.label) || lastTag.MatchString(a.left) {
		c.Property = property.Must("release.last.tag")
	}
	r.add(st, c, at)
}

var (
	// lastWord says that the newest is meant.
	lastWord = lazyregexp.New(`\b(?:last|latest|newest|most recent|current)\b`)
	// lastTag: the version is called the last one.
	lastTag = lazyregexp.New(`\b(?:latest|last|newest|current|most recent)(?: full| stable)? (?:release|version|tag)(?: is| was|:|,| \()? ?[\w/-]*$`)
)

// isTagByte reports whether a byte may be part of the name of a tag.
func isTagByte(c byte) bool { return isAlnum(c) || c == '/' || c == '-' || c == '_' || c == '.' }
