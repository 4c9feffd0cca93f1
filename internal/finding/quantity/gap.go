package quantity

import "assay/internal/fact"

// A Gap is what was not read for a figure. The zero value is nothing.
type Gap struct {
	// Unread counts repositories that were not read.
	Unread int `json:"unread,omitempty"`
	// Partial counts repositories of which a part was not read.
	Partial int `json:"partial,omitempty"`
	// Stale counts repositories whose mirror ends before the day, Since is the
	// day on which the first of them ends.
	Stale int       `json:"stale,omitempty"`
	Since fact.Date `json:"since,omitempty"`
	// Open counts lists of repositories that may be longer: organisations that
	// their host did not list.
	Open int `json:"open,omitempty"`
	// Files counts files whose content is in no mirror.
	Files int `json:"files,omitempty"`
}

// IsZero reports whether nothing is missing.
func (g Gap) IsZero() bool { return g == Gap{} }

// Add is what is missing in both.
func (g Gap) Add(o Gap) Gap {
	g.Unread += o.Unread
	g.Partial += o.Partial
	g.Stale += o.Stale
	g.Open += o.Open
	g.Files += o.Files
	g.Since = Earlier(g.Since, o.Since)
	return g
}

// Earlier is the earlier of two days; "" is none.
func Earlier(a, b fact.Date) fact.Date {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}
