package health

import (
	_ "embed"
	"sync"
)

// ours is the rules of the house.
//
//go:embed rules.yaml
var ours []byte

// Rules say which figures give which level. They are never changed.
type Rules struct {
	inputs     []Input // in the order of fields
	dimensions []*set  // in the order of Dimensions
	overall    *set
}

// A set is the rules of a dimension, or of the judgement over all.
type set struct {
	name, title string
	inputs      []string // that it may use and prints
	asks        []string // dimensions that it uses, in their order
	bounds      []bound
	rungs       []rung // as Levels
}

// A rung is the rule of a level. The lowest has none: it holds when no other does.
type rung struct {
	level   Level
	when    condition
	because string // with holes
}

// A bound says when some known figures tell less than they seem to.
type bound struct {
	when    condition
	inputs  []string
	because string // with holes
}

// Default gives the rules of the house.
var Default = sync.OnceValue(func() *Rules {
	r, err := Load(nil)
	if err != nil {
		panic(err) // rules.yaml is a part of the program, and tested
	}
	return r
})

// Load gives the rules of the house with those of a user in their place: what
// the user's file defines (an input, a dimension, the overall judgement)
// replaces ours of that name whole, and ours holds for all else. The file is
// trusted in nothing: its size, that of its expressions and what they cost are
// bounded, and every rule is checked. The error is of kind input, names the
// place, and has a hint.
func Load(rules []byte) (*Rules, error) {
	all, err := parse(ours)
	if err != nil {
		return nil, err
	}
	user, err := parse(rules)
	if err != nil {
		return nil, err
	}
	if err := all.replace(user); err != nil {
		return nil, err
	}
	return all.compile()
}

// Inputs says what the inputs are, in the order of a page.
func (r *Rules) Inputs() []Input { return append([]Input(nil), r.inputs...) }

// decide gives the rung that holds.
func (s *set) decide(figures map[string]any) int {
	last := len(s.rungs) - 1
	for i, rung := range s.rungs[:last] {
		if rung.when.holds(figures) {
			return i
		}
	}
	return last
}

// rule is the expression that gives the level of a rung.
func (s *set) rule(i int) string {
	if i == len(s.rungs)-1 {
		return "!(" + s.rungs[i-1].when.source + ")"
	}
	return s.rungs[i].when.source
}
