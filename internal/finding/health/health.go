// Package health judges how a project is doing: activity, people, organisations,
// releases, responsiveness, and all of them together, each as a level with the
// figures and the rule that gave it.
//
// The rules are data: expressions in rules.yaml, which the user's own may
// replace ([Load]). They compare a project with fixed figures, never with other
// projects, and bots never count as life.
//
// A figure that is missing never raises a level. Every rule is tried twice, with
// the figures at the worst that they may be, which gives the level, and at the
// best, which gives what it may be. For that to hold, rules must go one way: a rule
// that a worse figure could satisfy is refused when it is loaded (monotone.go).
package health

import (
	"slices"

	"assay/internal/finding/quantity"
)

// A Level is how well a project does in a dimension.
type Level string

// The levels, best first, and the word for none.
const (
	Excellent      Level = "excellent"
	Good           Level = "good"
	Moderate       Level = "moderate"
	NeedsAttention Level = "needs attention"
	// Unknown: no figure of the dimension is known.
	Unknown Level = "unknown"
)

// Levels lists the levels that rules give, best first.
func Levels() []Level { return []Level{Excellent, Good, Moderate, NeedsAttention} }

// Rank orders levels: 3 for [Excellent] to 0 for [NeedsAttention], -1 for
// [Unknown] and all else.
func (l Level) Rank() int {
	i := slices.Index(Levels(), l)
	if i < 0 {
		return -1
	}
	return len(Levels()) - 1 - i
}

// To is a level and what it may be at best, as a reader sees it: "good to excellent".
func (l Level) To(best Level) string {
	if best == "" || l == Unknown {
		return string(l)
	}
	return string(l) + " to " + string(best)
}

// Overall is the name of the judgement over all dimensions.
const Overall = "overall"

// Dimensions lists the names of the dimensions, in the order of a page.
func Dimensions() []string {
	return []string{"activity", "people", "organisations", "releases", "responsiveness"}
}

// Health is a project's levels.
type Health struct {
	Overall    Dimension   `json:"overall"`
	Dimensions []Dimension `json:"dimensions"` // in the order of [Dimensions]
}

// A Dimension is a level with what it rests on.
type Dimension struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Level is what is certain: that with every figure at the worst it may be. It
	// is unknown when it could be any level.
	Level Level `json:"level"`
	// Best is what the level may be, were every figure at its best; "" when that
	// is the same level.
	Best Level `json:"best,omitempty"`
	// Why is the figures in a sentence, without a full stop.
	Why string `json:"why"`
	// Rule is the expression that holds and gave the level; for the lowest level
	// the one above it, negated. "" when the level is unknown.
	Rule string `json:"rule,omitempty"`
	// Bounded says which known figures tell less than they seem to, so that Best
	// is taken without them.
	Bounded []string `json:"bounded,omitempty"`
	Figures []Figure `json:"figures"`
	// Missing names the inputs that are unknown.
	Missing []string `json:"missing,omitempty"`
}

// A Figure is an input of a dimension as it was judged.
type Figure struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	quantity.Of[float64]
	Text string `json:"text"` // with its unit: "at least 512 human commits"
}

// Judge gives the levels of a project.
func (r *Rules) Judge(in Inputs) Health {
	p := r.open(in)
	h := Health{Dimensions: make([]Dimension, 0, len(r.dimensions))}
	for _, s := range r.dimensions {
		d := p.judge(s)
		h.Dimensions = append(h.Dimensions, d)
	}
	h.Overall = p.judge(r.overall)
	return h
}
