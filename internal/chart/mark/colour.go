package mark

import "strconv"

// A Colour is the role that a colour has in a picture.
type Colour uint8

// The roles. None is no colour at all.
const (
	None  Colour = iota
	Paper        // behind everything
	Ink          // texts that are read first
	Muted        // texts that are read second, and the marks of the unknown
	Axis         // the line that figures stand on
	Grid         // lines that help to read a figure off
	Empty        // a cell of which the figure is nothing
	Void         // a cell or tile of which the figure is unknown
	Grey         // what belongs to no series of the first eight
	firstSeries
)

// The number of colours that tell series apart, and of steps on the scale.
const (
	Serieses = 8
	Steps    = 7
)

const (
	firstStep   = firstSeries + Serieses
	firstOnStep = firstStep + Steps
	end         = firstOnStep + Steps
)

// Series is the colour of the i-th series, from 0. What is beyond the eighth is
// grey: more hues than that cannot be told apart.
func Series(i int) Colour {
	if i < 0 || i >= Serieses {
		return Grey
	}
	return firstSeries + Colour(i)
}

// Step is the i-th colour of the scale, from little to much, and OnStep that of
// a text on it.
func Step(i int) Colour { return firstStep + Colour(min(max(i, 0), Steps-1)) }

// OnStep is the colour of a text on the i-th step.
func OnStep(i int) Colour { return firstOnStep + Colour(min(max(i, 0), Steps-1)) }

// A Scheme is light or dark paper.
type Scheme uint8

// The schemes.
const (
	Light Scheme = iota
	Dark
)

// Colours are all roles but None, in a fixed order.
func Colours() []Colour {
	all := make([]Colour, 0, end)
	for c := Paper; c < end; c++ {
		all = append(all, c)
	}
	return all
}

// Name is a word for the role, of small letters and digits.
func (c Colour) Name() string {
	switch {
	case c >= end:
		return ""
	case c >= firstOnStep:
		return "on" + strconv.Itoa(int(c-firstOnStep)+1)
	case c >= firstStep:
		return "step" + strconv.Itoa(int(c-firstStep)+1)
	case c >= firstSeries:
		return "series" + strconv.Itoa(int(c-firstSeries)+1)
	}
	return [...]string{"", "paper", "ink", "muted", "axis", "grid", "empty", "void", "grey"}[c]
}

// Hex is the colour that plays the role on that paper: "#1f2328".
func (c Colour) Hex(s Scheme) string {
	if c >= end {
		return ""
	}
	if s == Dark {
		return dark[c]
	}
	return light[c]
}

// The colours. The hues of the series were searched for: every two of them, and
// grey, differ for readers with any of the three kinds of colour blindness, and all
// have a contrast of 3 to 1 with the paper. The tests hold that.
var light = [end]string{
	Paper: "#ffffff", Ink: "#1f2328", Muted: "#59636e", Axis: "#818b98", Grid: "#e4e7eb",
	Empty: "#eef0f3", Void: "#d5dae0", Grey: "#858b93",

	firstSeries: "#418ad1", firstSeries + 1: "#d5683b", firstSeries + 2: "#004e42", firstSeries + 3: "#b54879",
	firstSeries + 4: "#7d5d1c", firstSeries + 5: "#7a4aba", firstSeries + 6: "#8d1d05", firstSeries + 7: "#1a7b91",

	firstStep: "#dcebf7", firstStep + 1: "#b9d8ef", firstStep + 2: "#8dbfe3", firstStep + 3: "#5b9fd2",
	firstStep + 4: "#2f77b3", firstStep + 5: "#17568f", firstStep + 6: "#0a3768",

	firstOnStep: "#1f2328", firstOnStep + 1: "#1f2328", firstOnStep + 2: "#1f2328", firstOnStep + 3: "#0b1117",
	firstOnStep + 4: "#ffffff", firstOnStep + 5: "#ffffff", firstOnStep + 6: "#ffffff",
}

var dark = [end]string{
	Paper: "#15181c", Ink: "#e6e9ed", Muted: "#9aa4af", Axis: "#6e7781", Grid: "#2b3138",
	Empty: "#20252b", Void: "#3b434c", Grey: "#8f969e",

	firstSeries: "#4ba3f7", firstSeries + 1: "#dc8818", firstSeries + 2: "#2cdcaf", firstSeries + 3: "#a4468b",
	firstSeries + 4: "#fcde3d", firstSeries + 5: "#6c60d3", firstSeries + 6: "#bd3c22", firstSeries + 7: "#93efff",

	firstStep: "#16304a", firstStep + 1: "#1a4870", firstStep + 2: "#22639a", firstStep + 3: "#3a84c2",
	firstStep + 4: "#66a6db", firstStep + 5: "#9cc8ee", firstStep + 6: "#d6eafb",

	firstOnStep: "#e6e9ed", firstOnStep + 1: "#ffffff", firstOnStep + 2: "#ffffff", firstOnStep + 3: "#0b1117",
	firstOnStep + 4: "#0b1117", firstOnStep + 5: "#0b1117", firstOnStep + 6: "#0b1117",
}
