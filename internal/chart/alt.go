package chart

import (
	"slices"
	"strings"

	notation "assay/internal/finding/words"
)

// A tally counts figures by what is known of them.
type tally struct {
	all    int
	states [Read + 1]int
}

func (t *tally) add(values ...Value) {
	for _, v := range values {
		t.all++
		t.states[v.State]++
	}
}

// sentence says how many figures are not exact, as in "Of 12 figures, 2 are lower bounds,
// 1 is unknown" of twelve of which nine are.
func (t *tally) sentence() string {
	var parts []string
	for _, s := range []struct {
		state     State
		one, many string
	}{
		{AtLeast, "is a lower bound", "are lower bounds"},
		{AtMost, "is an upper bound", "are upper bounds"},
		{Between, "is a range", "are ranges"},
		{Read, "is what was read, and may be lower or higher", "are what was read, and may be lower or higher"},
		{Unknown, "is unknown", "are unknown"},
	} {
		switch n := t.states[s.state]; n {
		case 0:
		case 1:
			parts = append(parts, "1 "+s.one)
		default:
			parts = append(parts, notation.Number(n)+" "+s.many)
		}
	}
	switch {
	case t.all == 0:
		return "There are no figures."
	case len(parts) == 0:
		return "All figures are exact."
	}
	return "Of " + amount(t.all, "figure") + ", " + strings.Join(parts, ", ") + "."
}

// largest gives the places of the largest of the known figures and of the smallest,
// the first of equal ones.
func largest(all []Value) (most, least int, ok bool) {
	for i, v := range all {
		if !v.known() {
			continue
		}
		if !ok || v.Mid > all[most].Mid {
			most = i
		}
		if !ok || v.Mid < all[least].Mid {
			least = i
		}
		ok = true
	}
	return most, least, ok
}

// extremes says from what to what: "the largest is etcd with 1.2 MB, the smallest x with
// 12 kB".
func extremes(all []Value, name func(int) string, u Unit) string {
	most, least, ok := largest(all)
	known := ""
	if slices.ContainsFunc(all, func(v Value) bool { return v.State != Exact }) {
		known = " known" // another may be larger
	}
	switch {
	case !ok:
		return "no figure is known"
	case most == least:
		return name(most) + " has " + u.phrase(all[most])
	}
	return "the largest" + known + " is " + name(most) + " with " + u.phrase(all[most]) +
		", the smallest " + name(least) + " with " + u.phrase(all[least])
}

// left says that n things are neither drawn nor in the table; it is "" when all are.
func left(n int, what string) string {
	if n <= 0 {
		return ""
	}
	return " Left out: " + notation.Number(n) + " " + what + "."
}

// inTime says what series over periods show.
func inTime(kind string, p *periods, all []Series, u Unit) string {
	n := len(p.names)
	if n == 0 || len(all) == 0 {
		return kind + ". There are no figures."
	}
	var t tally
	figures := make([]Value, 0, n*len(all))
	for _, s := range all {
		t.add(s.Values...)
		figures = append(figures, s.Values...)
	}
	name := func(i int) string {
		if len(all) == 1 {
			return told(p.names[i])
		}
		return told(all[i/n].Name) + " in " + told(p.names[i%n])
	}
	return kind + ", " + p.span() + ": " + extremes(figures, name, u) + ended(p, all, u) + ". " + t.sentence() + inexact(p, all)
}

// inexact says of which periods the figures are not exact, of three series at most.
func inexact(p *periods, all []Series) string {
	const few = 3
	var parts []string
	more := 0
	for _, s := range all {
		part := s.bounds(p)
		switch {
		case part == "":
			continue
		case len(parts) == few:
			more++
			continue
		}
		if len(all) > 1 {
			part = told(s.Name) + " " + part
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return ""
	}
	text := " Not exact: " + strings.Join(parts, ", ")
	if more > 0 {
		text += " and " + notation.Number(more) + " more"
	}
	return text + "."
}

// bounds says of which periods the figures of a series are known and not exact: "2024 to
// 2025", or "3 periods from 2019 to 2025" where others lie between.
func (s *Series) bounds(p *periods) string {
	from, to, n := -1, -1, 0
	for i, v := range s.Values {
		if v.bound() {
			if to, n = i, n+1; from < 0 {
				from = i
			}
		}
	}
	switch {
	case n == 0:
		return ""
	case n == 1:
		return told(p.names[from])
	}
	text := told(p.names[from]) + " to " + told(p.names[to])
	if n <= to-from {
		text = notation.Number(n) + " periods from " + text
	}
	return text
}

// ended says how series end, of three at most.
func ended(p *periods, all []Series, u Unit) string {
	const few = 3
	var parts []string
	end := len(p.names) - 1
	for _, s := range all[:min(len(all), few)] {
		part := u.phrase(s.Values[end])
		if len(all) > 1 {
			part = told(s.Name) + " " + part
		}
		parts = append(parts, part)
	}
	text := "; in " + told(p.names[end]) + ": " + strings.Join(parts, ", ")
	if more := len(all) - few; more > 0 {
		text += " and " + notation.Number(more) + " more"
	}
	return text
}

// amount writes a number with what it counts.
func amount(n int, unit string) string { return notation.Amount(n, unit) }
