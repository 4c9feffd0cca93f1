package verify

import (
	"math"
	"time"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/verify/claim"
	"assay/internal/verify/stated"
)

// A reach is the numbers of which a claim holds that is data: all between two ends.
// What words beside a number in a text mean is looser: there "over 143" is no 300.
type reach struct {
	from, to float64
	// without: the ends themselves are not among them.
	without bool
}

// noise is what counting in floating point may be off, as a part of a number.
const noise = 1e-9

// reachOf is that of a number with its bound.
func reachOf(c *stated.Claim, percent bool) reach {
	f := c.Figure(c.Value)
	v, slack := f.Value, f.Tolerance
	eps := noise * v
	edge := 0.0 // what rounding may have taken of a bound: of a share its last digit, of a number nothing
	if percent || c.Tolerance != nil {
		edge = slack
	}
	switch c.Bound {
	case stated.About:
		return reach{from: min(v/1.1, v-slack) - eps, to: max(v/0.9, v+slack) + eps}
	case stated.AtLeast:
		return reach{from: v - edge - eps, to: math.Inf(1)}
	case stated.AtMost:
		return reach{from: math.Inf(-1), to: v + edge + eps}
	case stated.Over:
		return reach{from: v + eps, to: math.Inf(1), without: true}
	case stated.Under:
		return reach{from: math.Inf(-1), to: v - eps, without: true}
	case stated.Range:
		end := c.Figure(c.To)
		if !percent && c.Tolerance == nil {
			end.Tolerance = 0
		}
		return reach{from: v - edge - eps, to: end.Value + end.Tolerance + noise*end.Value}
	}
	return reach{from: v - slack - eps, to: v + slack + eps}
}

// holds reports whether it holds of a number.
func (r reach) holds(v float64) bool {
	if r.without {
		return (v > r.from || math.IsInf(r.from, -1)) && (v < r.to || math.IsInf(r.to, 1))
	}
	return r.from <= v && v <= r.to
}

// truth is whether it holds of a figure, whatever was not read.
func (r reach) truth(b bounds) quantity.Truth {
	switch {
	case r.holds(b.from) && r.holds(b.to):
		return quantity.Yes
	case r.holds(b.from), r.holds(b.to), b.from <= r.from && r.to <= b.to:
		return quantity.Perhaps
	}
	return quantity.No
}

// spanOf is the days of which a claim holds that is data.
func spanOf(c *stated.Claim) span {
	s := said(claim.Day{Text: c.Value.Text})
	switch c.Bound {
	case stated.AtLeast:
		s.to = always
	case stated.AtMost:
		s.from = never
	case stated.Over:
		return span{s.to, always}
	case stated.Under:
		return span{never, dayBefore(c.Value.Text)}
	case stated.Range:
		s.to = said(claim.Day{Text: c.To.Text}).to
	}
	return s
}

// truth is whether it holds of a day that lies within others.
func (s span) truth(can span) quantity.Truth {
	switch {
	case s.contains(can):
		return quantity.Yes
	case s.overlaps(can):
		return quantity.Perhaps
	}
	return quantity.No
}

// dayBefore is the last day before a day, month or year.
func dayBefore(date string) fact.Date {
	t, err := time.Parse(time.DateOnly, (date + "-01-01")[:len(time.DateOnly)])
	if err != nil {
		return never
	}
	return fact.DateOf(t.AddDate(0, 0, -1))
}

// daysIn are those that a day of the facts may be, which may be a month.
func daysIn(d fact.Date) span {
	if len(d) == len(time.DateOnly) {
		return span{d, d}
	}
	return span{d + "-01", lastDay(string(d))}
}
