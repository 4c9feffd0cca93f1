package chart

import (
	"math"
	"strconv"
	"strings"

	notation "assay/internal/finding/words"
)

// A Unit is how figures are written.
type Unit uint8

// The units.
const (
	Count Unit = iota // 1,234
	Bytes             // 25 MB: powers of ten, as disks have them
	Share             // 0.4 is 40 %
	Days              // 12 days
	Years             // 1.5 years
)

// Text writes a figure in full, as far as that is readable: "1,234,567", "25.3 MB".
func (u Unit) Text(v float64) string {
	switch u {
	case Bytes:
		return scaled(v, sizes, 3)
	case Share:
		return minus(v) + notation.Percent(math.Abs(v))
	case Days:
		return counted(v, "day")
	case Years:
		return counted(v, "year")
	}
	return grouped(v)
}

// Short writes a figure in little room, for axes and marks: "1.5 M", "25 MB".
func (u Unit) Short(v float64) string {
	switch u {
	case Bytes:
		return scaled(v, sizes, 2)
	case Share:
		return short(v*100) + " %"
	case Days:
		return scaled(v, thousands, 2) + " d"
	case Years:
		return short(v) + " y"
	}
	return short(v)
}

var (
	sizes     = []string{" B", " kB", " MB", " GB", " TB", " PB"}
	thousands = []string{"", " k", " M", " bn", " tn", " qd"}
)

// scaled writes a figure in the largest of units, each a thousand of the one
// before, with that many digits and no needless ones; those before the point are
// all written.
func scaled(v float64, units []string, digits int) string {
	size, at := math.Abs(v), 0
	for at+1 < len(units) && size >= 999.5 {
		size /= 1000
		at++
	}
	decimals := digits
	for limit := 1.0; decimals > 0 && size >= limit; limit *= 10 {
		decimals--
	}
	return minus(v) + trimmed(size, min(decimals, 2)) + units[at]
}

// short writes a figure with two digits, or all before the point.
func short(v float64) string {
	size := math.Abs(v)
	switch {
	case size >= 9999.5:
		return scaled(v, thousands, 2)
	case size >= 1000:
		return grouped(math.Round(v))
	case size >= 10 || size == math.Trunc(size):
		return minus(v) + trimmed(size, 0)
	case size >= 1:
		return minus(v) + trimmed(size, 1)
	case size >= 0.01:
		return minus(v) + trimmed(size, 2)
	case size > 0 && size < 0.0001:
		return minus(v) + "< 0.0001"
	}
	return minus(v) + trimmed(size, 4)
}

// grouped writes a figure with commas, and two decimals where it has any.
func grouped(v float64) string {
	size := math.Abs(v)
	text := trimmed(size, 2)
	if size > 0 && text == "0" {
		return minus(v) + "< 0.01"
	}
	whole, rest, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil { // beyond any figure that is clean
		return text
	}
	out := minus(v) + notation.Number(n)
	if rest != "" {
		out += "." + rest
	}
	return out
}

// counted writes a figure with its unit: "1 day", "2 days".
func counted(v float64, unit string) string {
	if v == 1 {
		return "1 " + unit
	}
	return grouped(v) + " " + unit + "s"
}

// trimmed writes a figure without needless zeros at its end.
func trimmed(v float64, decimals int) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if decimals > 0 {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func minus(v float64) string {
	if v < 0 {
		return "−"
	}
	return ""
}

// plain writes a figure for programs.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// round rounds to the hundredth, which is what the picture keeps.
func round(v float64) float64 { return math.Round(float64(v*100)) / 100 }
