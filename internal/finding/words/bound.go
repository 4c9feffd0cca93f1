package words

import (
	"cmp"
	"fmt"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
)

// The notation of figures that are not exact. It is defined here once: Cell
// writes it, Notation explains it, docs/certainty.md repeats it.
const (
	// Higher marks a figure that may be higher, or a date that may be later.
	Higher = "+"
	// Either marks a figure in what was read: the true one may be lower or higher.
	Either = "?"
	// Earliest stands before a date that may be earlier.
	Earliest = "by "
	// Unknown stands where nothing was read.
	Unknown = "unknown"
)

// A Mark is a sign of the notation and what it means.
type Mark struct{ Sign, Meaning string }

// Notation explains the signs that Cell writes.
func Notation() []Mark {
	return []Mark{
		{"1,234", "exact: everything in the scope was read, and the mirrors speak for the day"},
		{"1,234" + Higher, "at least: what was not read can only add to it; a date may be later"},
		{"12.3 %" + Either, "in what was read: the true figure may be lower or higher"},
		{"5 to 9", "the true figure lies between the two, ends included"},
		{Earliest + "2016-01-07", "that day or earlier"},
		{Unknown, "nothing that was read tells it; never zero"},
	}
}

// Cell writes a figure for a cell of a table: "1,234+". A lower bound of
// nothing says nothing, and is unknown.
func Cell[T cmp.Ordered](q quantity.Of[T], write func(T) string) string {
	switch q.State() {
	case quantity.StateExact:
		return write(*q.Value)
	case quantity.StateAtLeast:
		if nothing(*q.Value) {
			return Unknown
		}
		return write(*q.Value) + Higher
	case quantity.StateAtMost:
		if _, day := any(*q.Value).(fact.Date); !day {
			return write(*q.Value) + Either
		}
		return Earliest + write(*q.Value)
	case quantity.StateRange:
		return write(*q.Lower) + " to " + write(*q.Upper)
	case quantity.StateRead:
		if nothing(*q.Value) {
			return Unknown
		}
		return write(*q.Value) + Either
	}
	return Unknown
}

// Phrase writes a figure for a sentence: "at least 1,234 bytes".
func Phrase[T cmp.Ordered](q quantity.Of[T], write func(T) string) string {
	switch q.State() {
	case quantity.StateExact:
		return write(*q.Value)
	case quantity.StateAtLeast:
		if nothing(*q.Value) {
			return Unknown
		}
		return "at least " + write(*q.Value)
	case quantity.StateAtMost:
		return "at most " + write(*q.Value)
	case quantity.StateRange:
		return write(*q.Lower) + " to " + write(*q.Upper)
	case quantity.StateRead:
		if nothing(*q.Value) {
			return Unknown
		}
		return write(*q.Value) + " in what was read"
	}
	return Unknown
}

// Count writes a number of things of which some were not read, in a sentence: "at
// least 25 (28 in what was read, at most 213)". At least none says nothing: "5 in what
// was read (at most 26)".
func Count(q quantity.Of[int]) string {
	if q.State() != quantity.StateRange && q.State() != quantity.StateAtLeast {
		return Phrase(q, Number)
	}
	certain := "at least " + Number(*q.Lower)
	var parts []string
	switch {
	case *q.Lower == 0:
		certain = Number(*q.Value) + " in what was read"
	case *q.Value != *q.Lower:
		parts = append(parts, Number(*q.Value)+" in what was read")
	}
	if q.Upper != nil {
		parts = append(parts, "at most "+Number(*q.Upper))
	}
	if len(parts) == 0 {
		return certain
	}
	return certain + " (" + strings.Join(parts, ", ") + ")"
}

// LastDate writes, in a sentence, a date that may be later; FirstDate one that
// may be earlier.
func LastDate(q quantity.Of[fact.Date]) string {
	if q.State() == quantity.StateAtLeast {
		return string(*q.Value) + " or later"
	}
	return Phrase(q, Date)
}

// FirstDate writes, in a sentence, a date that may be earlier.
func FirstDate(q quantity.Of[fact.Date]) string {
	if q.State() == quantity.StateAtMost {
		return string(*q.Value) + " or earlier"
	}
	return Phrase(q, Date)
}

// Date writes a date.
func Date(d fact.Date) string { return string(d) }

// In gives a writer of amounts of a unit, for Cell and Phrase.
func In[T int | int64](unit string) func(T) string {
	return func(n T) string { return Amount(n, unit) }
}

func nothing[T cmp.Ordered](v T) bool {
	var zero T
	return v == zero
}

// Gap says what is missing, in a clause: "7 repositories not read". It is ""
// when nothing is.
func Gap(g quantity.Gap) string {
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, what)
		}
	}
	add(g.Unread, Amount(g.Unread, "repository")+" not read")
	add(g.Partial, Amount(g.Partial, "repository")+" read in part")
	if g.Stale > 0 {
		ends := "mirrors end"
		if g.Stale == 1 {
			ends = "mirror ends"
		}
		parts = append(parts, fmt.Sprintf("%s %s before the day, the first on %s", Number(g.Stale), ends, g.Since))
	}
	if g.Open == 1 {
		parts = append(parts, "1 organisation not listed by its host")
	}
	add(g.Open-1, Amount(g.Open, "organisation")+" not listed by their hosts")
	add(g.Files, Amount(g.Files, "file")+" missing")
	return strings.Join(parts, ", ")
}
