package chart

import (
	"math"
	"strings"

	notation "assay/internal/finding/words"
)

// A State is how much a figure says.
type State uint8

// The states.
const (
	Unknown State = iota // nothing is known
	Exact                // the true figure
	AtLeast              // the true figure is Low or more
	AtMost               // the true figure is High or less
	Between              // the true figure lies between Low and High
	Read                 // what was read; the true figure may be lower or higher
)

// A Value is a figure and what is known of it. The zero value is unknown.
type Value struct {
	State State
	// Mid is the figure that is drawn. Low and High are the bounds that State names.
	Mid, Low, High float64
}

// Of is an exact figure.
func Of(v float64) Value { return Value{State: Exact, Mid: v, Low: v, High: v} }

// Least is a lower bound.
func Least(v float64) Value { return Value{State: AtLeast, Mid: v, Low: v} }

// Most is an upper bound.
func Most(v float64) Value { return Value{State: AtMost, Mid: v, High: v} }

// Within is a figure between two bounds.
func Within(low, mid, high float64) Value {
	return Value{State: Between, Mid: mid, Low: low, High: high}
}

// Seen is a figure in what was read: the true one may be lower or higher.
func Seen(v float64) Value { return Value{State: Read, Mid: v} }

// beyond is more than any figure: above it floating point has gaps.
const beyond = 1e15

// number reports whether v can be drawn and counted.
func number(v float64) bool { return v >= -beyond && v <= beyond }

// clean is the value with bounds that hold: what is no number is unknown, bounds
// in the wrong order change places, and the figure lies between them.
func (v Value) clean() Value {
	if v.State == Between {
		v = v.between()
	}
	switch v.State {
	case Exact:
		v.Low, v.High = v.Mid, v.Mid
	case AtLeast:
		v.Mid = max(v.Mid, v.Low)
		v.High = v.Mid
	case AtMost:
		v.Mid = min(v.Mid, v.High)
		v.Low = v.Mid
	case Read:
		v.Low, v.High = v.Mid, v.Mid
	case Between:
	default:
		return Value{}
	}
	if !number(v.Mid) || !number(v.Low) || !number(v.High) {
		return Value{}
	}
	v.Mid, v.Low, v.High = v.Mid+0, v.Low+0, v.High+0 // no negative zero
	return v
}

// between is a range with finite bounds in their order, or what is left of it.
func (v Value) between() Value {
	if v.Low > v.High {
		v.Low, v.High = v.High, v.Low
	}
	low, high := number(v.Low), number(v.High)
	switch {
	case !low && !high:
		return Seen(v.Mid)
	case !high:
		return Value{State: AtLeast, Mid: v.Mid, Low: v.Low}
	case !low:
		return Value{State: AtMost, Mid: v.Mid, High: v.High}
	case v.Low == v.High:
		return Of(v.Low)
	}
	if !number(v.Mid) {
		v.Mid = v.Low/2 + v.High/2
	}
	v.Mid = min(max(v.Mid, v.Low), v.High)
	return v
}

// known reports whether there is a figure at all.
func (v Value) known() bool { return v.State != Unknown }

// bound reports whether there is a figure, and it is not the true one.
func (v Value) bound() bool { return v.State > Exact }

// positive is the value where nothing below zero can be drawn: a negative figure
// is unknown, and a negative bound nothing.
func (v Value) positive() Value {
	v = v.clean()
	if v.known() && v.Mid < 0 {
		return Value{}
	}
	v.Low = max(v.Low, 0)
	return v
}

// figure writes a value as the pages of the project do: "1,234+".
func (u Unit) figure(v Value) string { return v.write(u.Text) }

// brief writes a value in little room: "1.2 M+".
func (u Unit) brief(v Value) string {
	if v.State == Between {
		return joined(u.Short(v.Low), u.Short(v.High))
	}
	return v.write(u.Short)
}

// joined writes a range, with the unit once where both ends have the same: "1.1–2.4 MB".
func joined(low, high string) string {
	a, unit, _ := strings.Cut(low, " ")
	_, other, _ := strings.Cut(high, " ")
	if unit == other {
		return a + "–" + high
	}
	return low + " – " + high
}

func (v Value) write(text func(float64) string) string {
	switch v.State {
	case Exact:
		return text(v.Mid)
	case AtLeast:
		return text(v.Mid) + notation.Higher
	case AtMost:
		return "≤ " + text(v.Mid)
	case Between:
		return text(v.Low) + " to " + text(v.High)
	case Read:
		return text(v.Mid) + notation.Either
	}
	return notation.Unknown
}

// phrase writes a value for a sentence: "at least 1,234".
func (u Unit) phrase(v Value) string {
	switch v.State {
	case AtLeast:
		return "at least " + u.Text(v.Low)
	case AtMost:
		return "at most " + u.Text(v.High)
	case Read:
		return u.Text(v.Mid) + " in what was read"
	}
	return u.figure(v)
}

// word names the state in a table of plain cells.
func (v Value) word() string {
	return [...]string{notation.Unknown, "", "at least", "at most", "between", "in what was read"}[v.State]
}

// cleaned gives the first n values, clean, and unknown ones for those that are missing.
func cleaned(all []Value, n int, clean func(Value) Value) []Value {
	out := make([]Value, n)
	for i := range min(n, len(all)) {
		out[i] = clean(all[i])
	}
	return out
}

// extent gives the least and the most of all values, their bounds included; ok is
// false when none is known.
func extent(serieses ...[]Value) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, values := range serieses {
		for _, v := range values {
			if v.known() {
				low, high, ok = min(low, v.Low, v.Mid), max(high, v.High, v.Mid), true
			}
		}
	}
	return low, high, ok
}
