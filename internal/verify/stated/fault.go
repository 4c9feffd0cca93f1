package stated

import (
	"fmt"
	"slices"
	"strings"

	"assay/internal/errkind"
	"assay/internal/finding/words"
	"assay/internal/limit"
)

// A Fault is a mistake in a document.
type Fault struct {
	// Path leads to it: "claims[3].value".
	Path         string
	Line, Column int
	// Text says what is wrong and what is expected.
	Text string
	// Meant is what was perhaps meant; "" for nothing.
	Meant string

	at int
}

// String is the mistake in a line.
func (f *Fault) String() string {
	s := fmt.Sprintf("%d:%d: %s: %s", f.Line, f.Column, f.Path, f.Text)
	if f.Meant != "" {
		s += "; " + f.Meant
	}
	return s
}

// FaultsError is the mistakes of a document, for which nothing of it is judged.
type FaultsError struct {
	List []Fault
	// More is how many there are besides.
	More int
}

// Error says how many there are, and the first.
func (f *FaultsError) Error() string {
	if len(f.List) == 1 {
		return f.List[0].String()
	}
	return fmt.Sprintf("%s in the claims, the first: %s", f.Amount(), f.List[0].String())
}

// Amount is how many mistakes there are. Where there are many, not all are looked for.
func (f *FaultsError) Amount() string {
	n := len(f.List) + f.More
	if n >= limit.ClaimsFaults {
		return words.Number(n) + " mistakes or more"
	}
	return words.Amount(n, "mistake")
}

// Err is the error that a document has mistakes, its own and those that are found by
// other means; nil for none.
func (d *Document) Err(others ...Fault) error {
	all := slices.Concat(d.faults, others)
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b Fault) int { return a.at - b.at })
	f := &FaultsError{List: all, More: max(0, len(all)-limit.ClaimsFaults)}
	f.List = all[:len(all)-f.More]
	for i := range f.List {
		f.List[i].Line, f.List[i].Column = d.grid.of(f.List[i].at)
	}
	return errkind.WithHint(errkind.Errorf(errkind.Input, "%w", f), "nothing was judged; 'assay verify --claims-schema' says what a claim may be")
}

// Fault is a mistake in a member of a claim.
func (d *Document) Fault(c *Claim, member, text, meant string) Fault {
	path := fmt.Sprintf("claims[%d]", c.index)
	at, ok := c.places[member]
	if member != "" {
		path += "." + member
	}
	if !ok {
		at = c.places[""]
	}
	return Fault{Path: path, Text: text, Meant: meant, at: at.from}
}

// add remembers a mistake.
func (d *Document) add(path string, at int, meant, format string, args ...any) {
	d.faults = append(d.faults, Fault{Path: path, Text: fmt.Sprintf(format, args...), Meant: meant, at: at})
}

// oneOf lists words of which one is expected, or the first of many.
func oneOf[W ~string](all []W) string {
	const few = 16
	var quoted []string
	for _, w := range all[:min(few, len(all))] {
		quoted = append(quoted, fmt.Sprintf("%q", w))
	}
	if len(all) > few {
		quoted = append(quoted, "…")
	}
	return strings.Join(quoted, ", ")
}

// meant asks whether one of some words was meant; "" where none is near.
func meant[W ~string](word string, all []W) string {
	var names []string
	for _, w := range all {
		names = append(names, string(w))
	}
	if near := words.Near(strings.ToLower(word), names); len(near) > 0 {
		return words.Meant(near)
	}
	return ""
}
