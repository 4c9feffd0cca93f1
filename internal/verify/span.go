package verify

import (
	"cmp"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/usage"
	"assay/internal/verify/claim"
)

// This file judges days by the bounds that what was not read leaves them.

// A span is the days that a day of the facts may be, both ends included.
type span struct{ from, to fact.Date }

// never and always are before and after all days.
const (
	never  fact.Date = ""
	always fact.Date = "9999-12-31"
)

// said is the days of which a date of the text holds.
func said(d claim.Day) span {
	s := span{fact.Date(d.Text), fact.Date(d.Text + "~")} // all that begin so
	switch d.Bound {
	case claim.AtLeast:
		s.to = always
	case claim.AtMost:
		s.from = never
	}
	return s
}

func (s span) holds(d fact.Date) bool { return s.from <= d && d <= s.to }
func (s span) contains(o span) bool   { return s.holds(o.from) && s.holds(o.to) }
func (s span) overlaps(o span) bool   { return s.from <= o.to && o.from <= s.to }

// dayHolds reports whether what is said of a day holds, whatever was not read, or
// of what was read where it is said of that.
func (j *judge) dayHolds(c *claim.Claim, d dated) bool {
	all, can := said(c.Day), j.possibleDays(c, d)
	if c.Read || c.Day.Bound == claim.Exactly && j.isOfRead(c) {
		return all.holds(d.day)
	}
	return all.contains(can)
}

// isExactDay reports whether a day is the one that has to stand in place of a wrong
// one.
func (j *judge) isExactDay(c *claim.Claim, d dated) bool {
	if c.Day.Bound != claim.Exactly {
		return false
	}
	can := j.possibleDays(c, d)
	return can.from == can.to || c.Read || j.isOfRead(c)
}

// openDay is the ruling on a day of which what was not read decides whether it
// holds.
func (j *judge) openDay(c *claim.Claim, all []dated) (ruling, bool) {
	p := j.project(c.Subject)
	if p == nil || c.Read || c.Day.Bound == claim.Exactly && j.isOfRead(c) {
		return ruling{}, false
	}
	for _, d := range all {
		can := j.possibleDays(c, d)
		if can.from == can.to || !said(c.Day).overlaps(can) {
			continue
		}
		r := unverifiable(sourceRepository, "%s in what was read is of %s; %s", d.about, d.day, unreadWords(p))
		r.claimed, r.measured, r.evidence = c.Quote(), string(d.day), d.evidence
		return r, true
	}
	return ruling{}, false
}

// possibleDays are the days that a day of the facts may be, whatever was not read.
func (j *judge) possibleDays(c *claim.Claim, d dated) span {
	exact := span{d.day, d.day}
	p := j.project(c.Subject)
	if p == nil {
		return exact
	}
	if r := j.repos[c.Subject.ID]; c.Subject.Sort == claim.OfRepository && r != nil && !r.Stale {
		return exact
	}
	q := dayQuantity(c.Field, &p.Quantities, d.day)
	switch {
	case q == nil && ofShares[c.Field] && isOpen(p):
		return span{never, j.asOf}
	case q == nil || !q.Known() || q.Exact():
		return exact
	}
	s := span{never, j.asOf}
	if q.Lower != nil {
		s.from = *q.Lower
	}
	if q.Upper != nil {
		s.to = cmp.Or(*q.Upper, j.asOf)
	}
	return s
}

// ofShares are the fields of days that shares in the past tell.
var ofShares = map[string]bool{"adopted.tenth": true, "adopted.half": true, "adopted.peakmonth": true}

// dayQuantity is the first or last day with a value that a field is about; nil for
// others.
func dayQuantity(field string, q *usage.Quantities, day fact.Date) *quantity.Of[fact.Date] {
	for _, found := range map[string][]*quantity.Of[fact.Date]{
		"activity.last":     {&q.LastActivity, &q.LastCommit},
		"release.last":      {&q.LastRelease},
		"activity.first":    {&q.FirstCommit},
		"adopted":           {&q.Adopted},
		"milestone:adopted": {&q.Adopted},
		"growth:adopted":    {&q.Adopted},
	}[field] {
		if found.Known() && *found.Value == day {
			return found
		}
	}
	return nil
}
