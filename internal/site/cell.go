package site

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"assay/internal/fact"
	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

// A Cell is a value in a page: what is read, and what stands behind it.
type Cell struct {
	// Text is what is read: "1,234+".
	Text string
	// Sort is the value that rows are ordered by, a number or a text; "" is unknown,
	// and comes last.
	Sort string
	// Title says in words what the text means, where that is not plain.
	Title string
	// Href leads to where it is from, or to what it names.
	Href string
	// Out: Href leads to another host.
	Out bool
	// Open: the figure is not exact.
	Open bool
	// Share is a part of a whole, 0 to 1, drawn beside the text; nil for none.
	Share *Meter
}

// A Meter is a share as a bar: from the surely so to the possible, in hundredths.
type Meter struct{ Value, From, To string }

// text is a cell of words.
func text(s string) Cell { return Cell{Text: s, Sort: strings.ToLower(s)} }

// to is a cell that leads to a page of the site.
func to(s, href string) Cell { return Cell{Text: s, Sort: strings.ToLower(s), Href: href} }

// at gives a cell its evidence.
func (c Cell) at(e fact.Evidence) Cell {
	if href := link(e.Link()); href != "" {
		c.Href, c.Out = href, true
	}
	return c
}

// link is an address that a reader may be led to, and "" for anything else.
func link(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

// out is a cell that leads to another host, where the address is one that may be
// followed.
func out(s, address string) Cell {
	c := text(s)
	if href := link(address); href != "" {
		c.Href, c.Out = href, true
	}
	return c
}

// figure is a cell of a figure with its bounds.
func figure[T cmp.Ordered](q quantity.Of[T], write func(T) string) Cell {
	c := Cell{Text: words.Cell(q, write), Open: !q.Exact()}
	if q.Known() && c.Text != words.Unknown {
		c.Sort = plainValue(*q.Value)
	}
	if c.Open {
		c.Title = strings.TrimSuffix(words.Phrase(q, write)+"; "+words.Gap(q.Missing), "; ")
	}
	return c
}

// plainValue is a value as the script sorts it.
func plainValue[T cmp.Ordered](v T) string {
	switch x := any(v).(type) {
	case int:
		return strconv.Itoa(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', 6, 64)
	}
	return fmt.Sprint(v)
}

// count is a cell of a number with bounds.
func count[T int | int64](q quantity.Of[T]) Cell { return figure(q, words.Number[T]) }

// number is a cell of a number that is exact.
func number[T int | int64](n T) Cell { return count(quantity.Exact(n)) }

// share is a cell of a share with bounds, and a bar.
func share(q quantity.Of[float64]) Cell {
	c := figure(q, words.Percent)
	if q.Known() && c.Text != words.Unknown {
		from, end := 0.0, 1.0
		if q.Lower != nil {
			from = *q.Lower
		}
		if q.Upper != nil {
			end = *q.Upper
		}
		c.Share = &Meter{hundredths(*q.Value), hundredths(from), hundredths(end - from)}
	}
	return c
}

// hundredths is a part of a whole as the width of a bar.
func hundredths(v float64) string { return strconv.FormatFloat(100*min(max(v, 0), 1), 'f', 1, 64) }

// day is a cell of a date with bounds.
func day(q quantity.Of[fact.Date]) Cell { return figure(q, words.Date) }

// date is a cell of a date as the landscape gives it.
func date(d fact.Date) Cell {
	if d == "" {
		return Cell{Text: words.Unknown}
	}
	return Cell{Text: string(d), Sort: string(d)}
}
