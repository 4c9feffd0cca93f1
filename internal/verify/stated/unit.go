package stated

import (
	"math"
	"strconv"
	"strings"

	"assay/internal/verify/property"
)

// scales are the units in which bytes are given.
var scales = map[string]float64{"kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}

// The units of shares.
const (
	percentUnit = "%"
	shareUnit   = "share" // of 1
)

// Units are those in which the values of a property may be given.
func Units(p *property.Property) []string {
	switch {
	case p.Value == property.Percent:
		return []string{percentUnit, shareUnit}
	case p.Value != property.Number || p.Unit == "":
		return nil
	}
	all := []string{p.Unit, plural(p.Unit)}
	if i := strings.LastIndexByte(p.Unit, ' '); i >= 0 {
		all = append(all, p.Unit[i+1:], plural(p.Unit[i+1:]))
	}
	if p.Unit == "byte" {
		all = append(all, "kB", "KB", "MB", "GB", "KiB", "MiB", "GiB")
	}
	return all
}

func plural(unit string) string {
	if s, ok := strings.CutSuffix(unit, "y"); ok && !strings.HasSuffix(unit, "ay") {
		return s + "ies"
	}
	return unit + "s"
}

func (d *Document) unit(c *Claim, p *property.Property) {
	all := Units(p)
	switch {
	case c.Unit == "":
	case len(all) == 0:
		d.wrong(c, "unit", "", "%s has no unit; expected no such member", p.Name)
	default:
		d.among(c, "unit", c.Unit, all)
	}
}

// A Figure is a number as it is meant: in the unit of its property, and how far off
// the true value may be.
type Figure struct{ Value, Tolerance float64 }

// Figure is the number of a claim, or the end of its range.
func (c *Claim) Figure(v *Value) Figure {
	n, _ := v.Float()
	factor := 1.0
	switch {
	case c.Unit == shareUnit:
		factor = 100
	case scales[c.Unit] != 0:
		factor = scales[c.Unit]
	}
	f := Figure{n * factor, c.digit(v) * factor}
	if c.Tolerance != nil {
		f.Tolerance, _ = c.Tolerance.Float()
	}
	return f
}

// digit is half of what the last digit of a number is worth, where it may be rounded: a
// share, a decimal fraction, one with an exponent or of a larger unit. What is counted
// is not rounded.
func (c *Claim) digit(v *Value) float64 {
	mantissa, exponent, exponential := strings.Cut(strings.ToLower(v.Text), "e")
	_, decimals, decimal := strings.Cut(mantissa, ".")
	if !exponential && !decimal && scales[c.Unit] == 0 && c.Claimed().Value != property.Percent {
		return 0
	}
	e := 0
	if exponential {
		e, _ = strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	}
	return 0.5 * math.Pow10(e-len(decimals))
}
