package health

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
)

// The units that are no nouns.
const (
	percent = "percent"
	flag    = "yes or no"
	number  = "number"
)

// figure is a figure of the input; nil is unknown.
func (i *Input) figure(value *float64) Figure {
	f := Figure{Name: i.Name, Title: i.Title, Value: value, Text: string(Unknown)}
	if value != nil {
		f.Text = i.text(value)
	}
	return f
}

// text is a figure of the input with its unit, in a sentence; nil is unknown.
func (i *Input) text(value *float64) string {
	noun := i.Unit != percent && i.Unit != flag && i.Unit != number
	switch {
	case value == nil && noun:
		return "an unknown number of " + i.Unit + "s"
	case value == nil && i.Unit == percent:
		return "an unknown share"
	case value == nil:
		return string(Unknown)
	case i.Unit == flag && *value >= 0.5:
		return "yes"
	case i.Unit == flag:
		return "no"
	case noun && *value == 1:
		return "1 " + i.Unit
	case noun:
		return i.number(value) + " " + i.Unit + "s"
	}
	return i.number(value)
}

// number is a figure of the input alone.
func (i *Input) number(value *float64) string {
	switch {
	case value == nil:
		return string(Unknown)
	case i.Unit == percent:
		return share(*value)
	case *value == math.Trunc(*value) && math.Abs(*value) < 1e15:
		return humanize.Comma(int64(*value))
	}
	return strconv.FormatFloat(*value, 'f', 1, 64)
}

// share writes a part of 1 in percent. What is there never reads as nothing, and
// what is not all never reads as all.
func share(part float64) string {
	switch {
	case part <= 0:
		return "0 %"
	case part >= 1:
		return "100 %"
	case part < 0.001:
		return "< 0.1 %"
	case part > 0.999:
		return "> 99.9 %"
	}
	return fmt.Sprintf("%.1f %%", part*100)
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
