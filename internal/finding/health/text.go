package health

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"assay/internal/finding/quantity"
	"assay/internal/finding/words"
)

// The units that are no nouns.
const (
	percent = "percent"
	flag    = "yes or no"
	number  = "number"
)

// figure is a figure of the input as a page shows it.
func (i *Input) figure(q quantity.Of[float64]) Figure {
	f := Figure{Name: i.Name, Title: i.Title, Of: q, Text: words.Unknown}
	if i.told(q) || q.Exact() {
		f.Text = i.text(q)
	}
	return f
}

// text is a figure of the input with its unit, in a sentence.
func (i *Input) text(q quantity.Of[float64]) string {
	if phrase := words.Phrase(q, i.amount); phrase != words.Unknown {
		return phrase
	}
	switch {
	case i.noun():
		return "an unknown number of " + i.Unit + "s"
	case i.Unit == percent:
		return "an unknown share"
	}
	return words.Unknown
}

// number is a figure of the input alone, in a sentence.
func (i *Input) number(q quantity.Of[float64]) string { return words.Phrase(q, i.plain) }

// noun reports whether the unit is a noun.
func (i *Input) noun() bool { return i.Unit != percent && i.Unit != flag && i.Unit != number }

// amount is a value of the input with its unit.
func (i *Input) amount(value float64) string {
	switch {
	case i.Unit == flag && value >= 0.5:
		return "yes"
	case i.Unit == flag:
		return "no"
	case i.noun() && value == 1:
		return "1 " + i.Unit
	case i.noun():
		return i.plain(value) + " " + i.Unit + "s"
	}
	return i.plain(value)
}

// plain is a value of the input alone.
func (i *Input) plain(value float64) string {
	switch {
	case i.Unit == percent:
		return words.Percent(value)
	case value == math.Trunc(value) && math.Abs(value) < 1e15:
		return words.Number(int64(value))
	}
	return strconv.FormatFloat(value, 'f', 1, 64)
}

// hole matches a place in a text for a figure ("{authors_year}"), for its number
// without the unit ("{authors_year:number}"), or for a level ("{people}").
var hole = regexp.MustCompile(`\{([a-z_]*)(:number)?\}`)

// fill puts figures and levels into a text.
func (p *project) fill(template string) string {
	return hole.ReplaceAllStringFunc(template, func(found string) string {
		m := hole.FindStringSubmatch(found)
		if d, ok := p.judged[m[1]]; ok {
			return d.words()
		}
		i := slices.IndexFunc(p.rules.inputs, func(i Input) bool { return i.Name == m[1] })
		switch input := &p.rules.inputs[i]; m[2] {
		case "":
			return input.text(p.known[input.Name])
		default:
			return input.number(p.known[input.Name])
		}
	})
}

// words is the level of d in a sentence.
func (d *Dimension) words() string {
	if d.Best == "" {
		return string(d.Level)
	}
	return fmt.Sprintf("%s (at best %s)", d.Level, d.Best)
}

// holes gives the names in a template, and whether every brace belongs to one.
func holes(template string) (names []string, sound bool) {
	for _, m := range hole.FindAllStringSubmatch(template, -1) {
		names = append(names, m[1])
	}
	return names, !strings.ContainsAny(hole.ReplaceAllString(template, ""), "{}")
}
