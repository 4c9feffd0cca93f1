package listing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"assay/internal/ask"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/finding/usage"
	"assay/internal/finding/words"
)

// Levels are the levels of maturity that a person means by words.
func Levels(rows []usage.Row, words []string) ([]string, error) {
	var all, levels []string
	for i := range rows {
		all = append(all, rows[i].Maturity)
	}
	all = ask.Levels(all)
	for _, word := range words {
		level, err := ask.Level(all, word)
		if err != nil {
			return nil, err
		}
		levels = append(levels, level)
	}
	return levels, nil
}

// adoptedCell is the month from which on the language is there; "-" when it is
// known never to have come to stay.
func adoptedCell(r *usage.Row) string {
	q := r.Quantities.Adopted
	if !q.Known() && q.Missing.IsZero() {
		return "-"
	}
	return words.Cell(q, func(d fact.Date) string { return fact.Month(string(d)) })
}

// SortKey is what rows are sorted by where the name of a column is given.
func SortKey(name string) string {
	c, err := Named(name)
	if err != nil || slices.Contains(usage.SortKeys(), name) {
		return name
	}
	for _, key := range []string{c.Name, strings.ToLower(c.Head), map[string]string{"project": "name", "code_lines": "lines", "repos": "repositories"}[c.Name]} {
		if slices.Contains(usage.SortKeys(), key) {
			return key
		}
	}
	return name
}

// Share reads "10%", "10 %" or "0.1".
func Share(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	number, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v >= 0 && v <= 1) {
		return 0, errkind.WithHint(errkind.Errorf(errkind.Usage, "%q is not a share", s), "write 10%% or 0.1")
	}
	return v, nil
}

// A Choice says which rows of a list are wanted, in the words of whoever asks.
type Choice struct {
	Maturities, Classes []string
	// MinShare is a share: "10%" or "0.1".
	MinShare string
	// Sort is the name of a column or a key.
	Sort    string
	Reverse bool
	// All: whatever the class. Else, where no class is named, those that use the language.
	All bool
}

// Filter is the choice as a filter; its levels of maturity are still the words that were
// said, which [Levels] understands.
func (c *Choice) Filter() (usage.Filter, error) {
	f := usage.Filter{Maturities: c.Maturities, Sort: SortKey(c.Sort), Reverse: c.Reverse}
	for _, name := range c.Classes {
		class, err := usage.ParseClass(strings.ToLower(name))
		if err != nil {
			return f, err
		}
		f.Classes = append(f.Classes, class)
	}
	if len(f.Classes) == 0 && !c.All {
		f.Classes = []usage.Class{usage.Core, usage.Part}
	}
	share, err := Share(c.MinShare)
	if err != nil {
		return f, fmt.Errorf("min-share: %w", err)
	}
	f.MinShare = share
	return f, nil
}

// Of gives the rows of all that are wanted, in the order that is.
func (c *Choice) Of(all []usage.Row) ([]usage.Row, error) {
	f, err := c.Filter()
	if err != nil {
		return nil, err
	}
	if f.Maturities, err = Levels(all, f.Maturities); err != nil {
		return nil, err
	}
	return f.Of(all)
}
