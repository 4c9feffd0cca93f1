// Package quantity is figures that know what they do not know.
//
// A figure over a project or a landscape is made from what was read. What was
// not read may change it. An [Of] therefore carries the value in what was read,
// a lower and an upper bound of the true value, and a [Gap] that says what is
// missing. Sums, shares, extremes, counts and orders of such figures are such
// figures again, so no other package decides what "at least" means.
//
// Two rules hold for every function here, and tests hold them:
//
//   - The true value lies within the bounds, whatever is in what was not read.
//   - Reading more never widens the bounds.
//
// A comparison of two figures is a [Truth]: yes, no, or perhaps.
package quantity

import "cmp"

// Of is a figure of type T. The zero value is unknown.
type Of[T cmp.Ordered] struct {
	// Value is the figure in what was read; nil when nothing was read for it.
	Value *T `json:"value"`
	// Lower and Upper bound the true figure, both ends included; nil is no bound.
	Lower *T `json:"lower"`
	Upper *T `json:"upper"`
	// Missing is what was not read for it; zero when the figure is exact.
	Missing Gap `json:"missing,omitzero"`
}

// Exact is a figure that everything was read for.
func Exact[T cmp.Ordered](v T) Of[T] { return Of[T]{Value: &v, Lower: &v, Upper: &v} }

// AtLeast is a figure that what is missing can only raise.
func AtLeast[T cmp.Ordered](v T, missing Gap) Of[T] {
	return Of[T]{Value: &v, Lower: &v, Missing: missing}
}

// AtMost is a figure that what is missing can only lower.
func AtMost[T cmp.Ordered](v T, missing Gap) Of[T] {
	return Of[T]{Value: &v, Upper: &v, Missing: missing}
}

// Between is a figure with both bounds, ends included.
func Between[T cmp.Ordered](v, lower, upper T, missing Gap) Of[T] {
	q := Of[T]{Value: &v, Lower: &lower, Upper: &upper, Missing: missing}
	if lower == upper {
		q.Missing = Gap{}
	}
	return q
}

// Unknown is a figure that nothing was read for.
func Unknown[T cmp.Ordered](missing Gap) Of[T] { return Of[T]{Missing: missing} }

// Read is a figure in what was read that says nothing of the true one.
func Read[T cmp.Ordered](v T, missing Gap) Of[T] { return Of[T]{Value: &v, Missing: missing} }

// A State is how much a figure says.
type State string

// The states.
const (
	StateExact   State = "exact"    // the true figure
	StateAtLeast State = "at least" // the true figure or less than it
	StateAtMost  State = "at most"  // the true figure or more than it
	StateRange   State = "range"    // the true figure lies between two bounds
	StateRead    State = "read"     // what was read; the true figure may be lower or higher
	StateUnknown State = "unknown"  // nothing is known
)

// State is how much q says. A lower bound says something only where it is the
// value: a sum of which a part has no lower bound is a figure in what was read.
func (q Of[T]) State() State {
	same := func(bound *T) bool { return bound != nil && *bound == *q.Value }
	switch {
	case q.Value == nil:
		return StateUnknown
	case same(q.Lower) && same(q.Upper):
		return StateExact
	case q.Lower != nil && q.Upper != nil && !trivial(q.Lower, q.Upper):
		return StateRange
	case same(q.Lower):
		return StateAtLeast
	case same(q.Upper):
		return StateAtMost
	}
	return StateRead
}

// trivial reports whether bounds say nothing: those of a share that may be
// nothing or all.
func trivial[T cmp.Ordered](lower, upper *T) bool {
	l, isShare := any(*lower).(float64)
	u, _ := any(*upper).(float64)
	return isShare && l == 0 && u == 1
}

// Exact reports whether the figure is the true one.
func (q Of[T]) Exact() bool { return q.State() == StateExact }

// Known reports whether anything was read for the figure.
func (q Of[T]) Known() bool { return q.Value != nil }

// Or is the value in what was read, and otherwise when nothing was read.
func (q Of[T]) Or(otherwise T) T {
	if q.Value == nil {
		return otherwise
	}
	return *q.Value
}

// Holds reports whether the true figure may be v.
func (q Of[T]) Holds(v T) bool {
	return (q.Lower == nil || *q.Lower <= v) && (q.Upper == nil || v <= *q.Upper)
}

// Contains reports whether the bounds of q hold those of the narrower figure n.
func (q Of[T]) Contains(n Of[T]) bool {
	low := q.Lower == nil || n.Lower != nil && *q.Lower <= *n.Lower
	high := q.Upper == nil || n.Upper != nil && *n.Upper <= *q.Upper
	return low && high
}

// Is reports whether the true figure is v.
func (q Of[T]) Is(v T) Truth {
	switch {
	case !q.Holds(v):
		return No
	case q.Lower != nil && q.Upper != nil && *q.Lower == *q.Upper:
		return Yes
	}
	return Perhaps
}

// AtLeast reports whether the true figure is v or more.
func (q Of[T]) AtLeast(v T) Truth {
	switch {
	case q.Lower != nil && *q.Lower >= v:
		return Yes
	case q.Upper != nil && *q.Upper < v:
		return No
	}
	return Perhaps
}

// AtMost reports whether the true figure is v or less.
func (q Of[T]) AtMost(v T) Truth {
	switch {
	case q.Upper != nil && *q.Upper <= v:
		return Yes
	case q.Lower != nil && *q.Lower > v:
		return No
	}
	return Perhaps
}

// Below reports whether the true figure q is less than the true figure o.
func (q Of[T]) Below(o Of[T]) Truth {
	switch {
	case q.Upper != nil && o.Lower != nil && *q.Upper < *o.Lower:
		return Yes
	case q.Lower != nil && o.Upper != nil && *q.Lower >= *o.Upper:
		return No
	}
	return Perhaps
}
