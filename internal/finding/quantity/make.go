package quantity

import (
	"cmp"

	"assay/internal/fact"
)

// More is a count that what is missing can only raise.
func More[T cmp.Ordered](n T, gap Gap) Of[T] {
	if gap.IsZero() {
		return Exact(n)
	}
	return AtLeast(n, gap)
}

// Seen is a figure in what was read that what is missing can change either way.
func Seen[T cmp.Ordered](n T, gap Gap) Of[T] {
	if gap.IsZero() {
		return Exact(n)
	}
	return Read(n, gap)
}

// Latest is a last date: what is missing can only make it later. "" is none.
func Latest(d fact.Date, gap Gap) Of[fact.Date] {
	switch {
	case d == "":
		return Unknown[fact.Date](gap)
	case gap.IsZero():
		return Exact(d)
	}
	return AtLeast(d, gap)
}

// Earliest is a first date: what is missing can only make it earlier. "" is none.
func Earliest(d fact.Date, gap Gap) Of[fact.Date] {
	switch {
	case d == "":
		return Unknown[fact.Date](gap)
	case gap.IsZero():
		return Exact(d)
	}
	return AtMost(d, gap)
}
