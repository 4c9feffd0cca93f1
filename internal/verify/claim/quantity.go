package claim

import (
	"math"
	"strings"
)

// A Quantity is a number as it was written.
type Quantity struct {
	Value float64
	// Slack is half of the last digit's worth: what rounding may have taken.
	Slack float64
	// Percent: Value is in per cent.
	Percent bool
	// Bound says which side the true value may lie on.
	Bound Bound
	// To is the upper end of a range, and ToSlack what rounding may have taken of it.
	To, ToSlack float64
	// Strict: the bound is meant to the letter, as claims that are data mean it. In a
	// text "over 143" is no 300.
	Strict bool
}

// A Bound is what words and signs beside a number say of its exactness.
type Bound uint8

// The bounds.
const (
	Exactly Bound = iota
	About         // "~", "about", "approximately"
	Over          // "over", "more than": a little more is meant
	Under         // "< 0.1 %", "under", "fewer than": a little less is meant
	Nearly        // "almost", "just shy of": a little less is meant
	AtLeast       // "143+", "at least": a lower bound, whatever the value is
	AtMost        // "at most": an upper bound
	Range         // both bounds
)

// Bounds reports whether a bound says between which values the true one lies, and
// not which value it is.
func (b Bound) Bounds() bool { return b >= AtLeast }

// A Reach is the values of which a number holds: all between two ends.
type Reach struct {
	From, To float64
	// Without: the ends themselves are not among them.
	Without bool
}

// noise is what counting in floating point may be off, as a part of a number.
const noise = 1e-9

// Reach is that of a number with its bound.
func (q Quantity) Reach() Reach {
	v, eps := q.Value, noise*q.Value
	edge := eps + q.edge(q.Slack)
	switch q.Bound {
	case About:
		return Reach{From: min(v/1.1, v-q.Slack) - eps, To: max(v/0.9, v+q.Slack) + eps}
	case AtLeast:
		return Reach{From: v - edge, To: math.Inf(1)}
	case AtMost:
		return Reach{From: math.Inf(-1), To: v + edge}
	case Range:
		return Reach{From: v - edge, To: q.To + q.edge(q.ToSlack) + noise*q.To}
	case Nearly:
		return Reach{From: 0.9*v - q.Slack - eps, To: v + q.Slack + eps}
	case Over:
		if q.Strict {
			return Reach{From: v + eps, To: math.Inf(1), Without: true}
		}
		return Reach{From: v, To: 2*v + 1}
	case Under:
		if q.Strict {
			return Reach{From: math.Inf(-1), To: v - eps, Without: true}
		}
		return Reach{From: q.least(), To: v}
	}
	return Reach{From: v - q.Slack - eps, To: v + q.Slack + eps}
}

// edge is what rounding may have taken of a bound: of a share its last digit, of a
// number nothing.
func (q Quantity) edge(slack float64) float64 {
	if q.Percent || q.Strict {
		return slack
	}
	return 0
}

// least is the least that "under so many" says: "< 0.1 %" is less than can be written so,
// and more than nothing.
func (q Quantity) least() float64 {
	if q.Percent && q.Value <= 2*q.Slack {
		return noise
	}
	return q.Value / 4
}

// Holds reports whether it holds of a value.
func (r Reach) Holds(v float64) bool {
	switch {
	case math.IsInf(v, 1):
		return math.IsInf(r.To, 1)
	case r.Without:
		return v > r.From && v < r.To
	}
	return r.From <= v && v <= r.To
}

// Fits reports whether a measured value is what q says.
func (q Quantity) Fits(measured float64) bool { return q.Reach().Holds(measured) }

// A Day is a date as it was written: a day, a month or a year.
type Day struct {
	Text string // "2021-07-28", "2021-07" or "2021"
	// Bound is AtLeast for that day or later, AtMost for that day or earlier; Over and
	// Under are after and before it, and a Range ends with To.
	Bound Bound
	To    string
}

// Matches reports whether date, YYYY-MM-DD, lies in the day, month or year.
func (d Day) Matches(date string) bool { return date != "" && strings.HasPrefix(date, d.Text) }
