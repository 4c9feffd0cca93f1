package quantity

import (
	"cmp"
	"slices"
)

// A Number is what can be added up.
type Number interface{ ~int | ~int64 | ~float64 }

// Sum adds figures that are not negative. One that is unknown adds nothing to
// the lower bound and takes the upper one away.
func Sum[T Number](figures ...Of[T]) Of[T] {
	var value, lower, upper T
	known, bounded := len(figures) == 0, true
	var missing Gap
	for _, q := range figures {
		missing = missing.Add(q.Missing)
		if q.Value != nil {
			value += *q.Value
			known = true
		}
		if q.Lower != nil {
			lower += *q.Lower
		}
		if q.Upper == nil {
			bounded = false
			continue
		}
		upper += *q.Upper
	}
	out := Of[T]{Lower: &lower, Missing: missing}
	if known {
		out.Value = &value
	}
	if bounded {
		out.Upper = &upper
	}
	return out
}

// Share is the part of a whole that is made of the part and the rest, 0 to 1.
// It is unknown when both are nothing.
func Share[T Number](part, rest Of[T]) Of[float64] {
	out := Of[float64]{Missing: part.Missing.Add(rest.Missing)}
	if part.Value != nil && rest.Value != nil && *part.Value+*rest.Value > 0 {
		v := float64(*part.Value) / float64(*part.Value+*rest.Value)
		out.Value = &v
	}
	least, most := 0.0, 1.0
	if low := lowest(part); low > 0 && rest.Upper != nil {
		least = low / (low + float64(*rest.Upper))
	}
	if part.Upper != nil {
		if high := float64(*part.Upper); high == 0 {
			most = 0
		} else {
			most = high / (high + lowest(rest))
		}
	}
	if out.Value == nil && out.Missing.IsZero() {
		return out // nothing is counted: there is no share
	}
	out.Lower, out.Upper = &least, &most
	return out
}

func lowest[T Number](q Of[T]) float64 {
	if q.Lower == nil {
		return 0
	}
	return max(0, float64(*q.Lower))
}

// Count is how many of some questions are answered by yes. Read are the answers
// in what was read, of as many questions.
func Count(truths []Truth, read []bool, missing Gap) Of[int] {
	value, certain, possible := 0, 0, 0
	for i, t := range truths {
		if read[i] {
			value++
		}
		switch t {
		case Yes:
			certain++
		case Perhaps:
			possible++
		}
	}
	return Between(value, certain, certain+possible, missing)
}

// Max is the largest of figures; without any it is unknown.
func Max[T cmp.Ordered](figures ...Of[T]) Of[T] {
	if len(figures) == 0 {
		return Of[T]{}
	}
	var out Of[T]
	unbounded := false
	for _, q := range figures {
		out.Missing = out.Missing.Add(q.Missing)
		out.Value = pick(out.Value, q.Value, 1)
		out.Lower = pick(out.Lower, q.Lower, 1)
		out.Upper = pick(out.Upper, q.Upper, 1)
		unbounded = unbounded || q.Upper == nil
	}
	if unbounded {
		out.Upper = nil
	}
	return out
}

// Min is the smallest of figures; without any it is unknown.
func Min[T cmp.Ordered](figures ...Of[T]) Of[T] {
	if len(figures) == 0 {
		return Of[T]{}
	}
	var out Of[T]
	unbounded := false
	for _, q := range figures {
		out.Missing = out.Missing.Add(q.Missing)
		out.Value = pick(out.Value, q.Value, -1)
		out.Lower = pick(out.Lower, q.Lower, -1)
		out.Upper = pick(out.Upper, q.Upper, -1)
		unbounded = unbounded || q.Lower == nil
	}
	if unbounded {
		out.Lower = nil
	}
	return out
}

// pick is the one of two values that lies further in a direction; nil is none.
func pick[T cmp.Ordered](a, b *T, direction int) *T {
	switch {
	case a == nil:
		return b
	case b == nil || cmp.Compare(*b, *a) != direction:
		return a
	}
	return b
}

// First picks, of figures, the one that is certainly below all others, and
// reports whether there is one. Only then may anything be called the first, the
// oldest or the smallest.
func First[T cmp.Ordered](figures []Of[T]) (int, bool) {
	return extreme(figures, func(a, b Of[T]) Truth { return a.Below(b) })
}

// Last picks the one that is certainly above all others.
func Last[T cmp.Ordered](figures []Of[T]) (int, bool) {
	return extreme(figures, func(a, b Of[T]) Truth { return b.Below(a) })
}

func extreme[T cmp.Ordered](figures []Of[T], before func(a, b Of[T]) Truth) (int, bool) {
	for i := range figures {
		others := slices.Concat(figures[:i], figures[i+1:])
		if !slices.ContainsFunc(others, func(o Of[T]) bool { return before(figures[i], o) != Yes }) {
			return i, true
		}
	}
	return 0, false
}
