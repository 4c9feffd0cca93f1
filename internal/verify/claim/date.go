package claim

import (
	"strconv"
	"strings"
	"time"

	"assay/internal/lazyregexp"
	"assay/internal/limit"
	"assay/internal/verify/frame"
)

var yearOnly = lazyregexp.New(`^(?:19|20)\d\d$`)

// year makes a claim of a number that is a year, where what stands around it
// asks for a date.
func (r *reader) year(st *statement, tok token) bool {
	if !yearOnly.MatchString(st.text.Of(tok.Span)) {
		return false
	}
	n := len(r.out.Claims)
	r.date(st, yearToken(st, tok))
	return len(r.out.Claims) > n
}

// yearToken is a number as the year it is.
func yearToken(st *statement, tok token) token {
	return token{Span: tok.Span, form: isDate, day: Day{Text: st.text.Of(tok.Span)}}
}

// inYear gives a day without its year that of the last such day; it stays as it
// is where the report's day is not known.
func (r *reader) inYear(d Day) Day {
	rest, ok := strings.CutPrefix(d.Text, "--")
	if !ok || len(r.AsOf) != len(time.DateOnly) {
		return d
	}
	year, err := strconv.Atoi(r.AsOf[:4])
	if err != nil {
		return d
	}
	if rest > r.AsOf[5:5+len(rest)] {
		year--
	}
	return Day{Text: strconv.Itoa(year) + "-" + rest, Bound: d.Bound}
}

// date makes a claim of a date. One without a year is read where work and
// releases are told alone: for anything else its year stands elsewhere.
func (r *reader) date(st *statement, tok token) {
	a := r.around(st, tok)
	c := Claim{Form: Dated, Day: r.inYear(tok.day), Read: tok.read || ofRead.MatchString(st.labelRaw())}
	if st.subject.Sort == OfRepository && (st.label == "date" || st.label == "revision") {
		c.Field = "revision.date"
	}
	if isMaturityLabel(st.label) {
		c.Field = levelDate(a)
	}
	if c.Field == "" {
		c.Field = r.dates.field(a)
	}
	if c.Field == "" {
		c.Field = r.bareDate(st, a)
	}
	if _, ok := r.releaseRow(st); c.Field == "" && !ok {
		return
	}
	if version, ok := r.releaseRow(st); ok {
		c.Field, c.Word = "release.last", version
	}
	c.Kind = kindOf(c.Field)
	if noYear := strings.HasPrefix(tok.day.Text, "--"); noYear && (c.Kind != Release && c.Kind != Activity || strings.HasPrefix(c.Day.Text, "--")) {
		return
	}
	if c.Field == "milestone:reached" {
		c.Level = lastLevel(a.left)
	}
	if !strings.HasPrefix(c.Field, "report") {
		c.Subject = r.subject(st, tok.Span)
	}
	r.add(st, c, tok.Span)
}

// releaseRow is the version that the row of a statement is about, in a table of releases
// whose column is of the days on which they were made.
func (r *reader) releaseRow(st *statement) (string, bool) {
	if st.row == nil || r.frames == nil || r.frames.At(st.block).Rows != frame.Releases || !releasedOn.MatchString(st.label) {
		return "", false
	}
	return strings.TrimSpace(st.row.Cells[0].S), true
}

// releasedOn is the head of a column of days of release.
var releasedOn = lazyregexp.New(`^(?:(?:release )?date|released(?: on)?|release|published(?: on)?|date of release|tagged(?: on)?|released at|start(?: date)?)$`)

// A day behind a level is that on which it was reached, unless words say of what
// it is.
var (
	levelOpens = lazyregexp.New(`\b(?:graduated|incubating|incubation|sandbox|archived)\b[ (,:–—-]*(?:since |on |in |from |as of |reached |at )*$`)
	levelAfter = lazyregexp.New(`^ (?:as )?(accepted|graduated|incubating|incubation)(?:[,;)]|$)`)
)

// levelDate is the field of a date beside a level; "" where it is of something else.
func levelDate(a *around) string {
	if m := levelAfter.FindStringSubmatch(a.right); m != nil {
		return "milestone:" + milestoneNamed(m[1])
	}
	if levelOpens.MatchString(a.left) {
		return "milestone:reached"
	}
	return ""
}

// bareDate is the field of a date that only its place explains: behind a level
// in brackets, in a column of a table by year.
func (r *reader) bareDate(st *statement, a *around) string {
	switch {
	case strings.HasPrefix(st.label, "status"):
		return levelDate(a)
	case st.label == "accepted" || st.label == "sandbox":
		return "milestone:accepted"
	case st.label == "changes of level":
		return "milestone:changed"
	case strings.HasPrefix(st.label, "adopted"):
		return "adopted"
	case strings.HasSuffix(strings.TrimSpace(a.left), "(") && st.year != "":
		return "milestone:accepted"
	}
	return ""
}

var releaseLeft = lazyregexp.New(`(?:last|latest|newest|most recent)?[^.;]{0,24}(?:release|version|tag)[^.;]{0,24}$`)

// version makes a claim of a version.
func (r *reader) version(st *statement, tok token) {
	a := r.around(st, tok)
	for end := tok.To; tok.From > st.From && end-tok.From < limit.TagName && isTagByte(st.text.S[tok.From-1]); {
		tok.From-- // "release/v2.333.0", "wasmcloud-control-interface-v3.0.0"
	}
	word := st.text.Of(tok.Span)
	c := Claim{Form: Verbal, Kind: Release, Field: "release.tag", Word: word}
	if st.subject.Sort == OfPackage {
		return // by label
	}
	switch {
	case strings.Contains(a.label, "release"), releaseLeft.MatchString(a.left), strings.Contains(a.label, "version"), strings.HasSuffix(a.left, "reached "):
	default:
		return
	}
	c.Subject = r.subject(st, tok.Span)
	if strings.HasPrefix(a.label, "line of history") {
		c.Field = "lineage.tag" // one that may not be followed
	} else if lastWord.MatchString(a.label) || lastWord.MatchString(a.left) {
		c.Field = "release.last.tag"
	}
	r.add(st, c, tok.Span)
}

// lastWord says that the newest is meant.
var lastWord = lazyregexp.New(`\b(?:last|latest|newest|most recent|current)\b`)

// isTagByte reports whether a byte may be part of the name of a tag.
func isTagByte(c byte) bool { return isAlnum(c) || c == '/' || c == '-' || c == '_' || c == '.' }
