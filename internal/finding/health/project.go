package health

import (
	"maps"
	"slices"
	"strings"

	"assay/internal/finding/quantity"
)

// A project is one being judged: what is known of it, and what the unknown is
// taken for.
type project struct {
	rules *Rules
	known map[string]quantity.Of[float64] // by input
	// worst and best hold a number for every input and, once it is judged, the
	// rank of every dimension.
	worst, best map[string]any
	judged      map[string]Dimension
}

// open takes the inputs of a project to be judged.
func (r *Rules) open(in Inputs) *project {
	p := &project{r, map[string]quantity.Of[float64]{}, map[string]any{}, map[string]any{}, map[string]Dimension{}}
	for i := range fields {
		input, value := &r.inputs[i], in.value(i)
		p.known[input.Name] = value
		p.worst[input.Name], p.best[input.Name] = input.ends(value)
	}
	return p
}

// judge decides a dimension, or the judgement over all of them.
func (p *project) judge(s *set) Dimension {
	bounded, best := p.bounded(s)
	low, high := s.decide(p.worst), s.decide(best)
	p.worst[s.name], p.best[s.name] = rank(low), rank(high)
	d := Dimension{
		Name: s.name, Title: s.title, Level: s.rungs[low].level, Rule: s.rule(low), Why: p.fill(s.rungs[low].because),
		Bounded: bounded, Figures: p.figures(s), Missing: p.missing(s),
	}
	if high != low {
		d.Best = s.rungs[high].level
		if p.blind(s) || len(bounded) == 0 && low == len(s.rungs)-1 && high == 0 {
			d.Level, d.Rule, d.Bounded = Unknown, "", nil
			if len(d.Missing) > 0 {
				d.Why = "not known: " + strings.Join(p.titles(d.Missing), ", ")
			}
		}
	}
	p.judged[s.name] = d
	return d
}

// rank is the rank of the level on a rung, as a number for expressions.
func rank(rung int) float64 { return float64(Levels()[rung].Rank()) }

// bounded gives what to say of known figures that tell less than they seem to,
// and the best case without them. Whether they do is judged at the worst: what
// is not known is no ground to trust them.
func (p *project) bounded(s *set) (because []string, best map[string]any) {
	best = p.best
	for _, b := range s.bounds {
		if !b.when.holds(p.worst) {
			continue
		}
		because = append(because, p.fill(b.because))
		best = maps.Clone(best)
		for i := range fields {
			if input := &p.rules.inputs[i]; slices.Contains(b.inputs, input.Name) {
				best[input.Name] = input.Best
			}
		}
	}
	return because, best
}

// blind reports whether nothing is known of what the set is about: its inputs,
// or, for the judgement over all dimensions, those that it asks.
func (p *project) blind(s *set) bool {
	if len(s.asks) > 0 {
		return !slices.ContainsFunc(s.asks, func(name string) bool { return p.judged[name].Level != Unknown })
	}
	for i := range fields {
		input := &p.rules.inputs[i]
		if slices.Contains(s.inputs, input.Name) && input.told(p.known[input.Name]) {
			return false
		}
	}
	return true
}

// figures gives the inputs of the set with their values.
func (p *project) figures(s *set) []Figure {
	all := make([]Figure, 0, len(s.inputs))
	for i := range fields {
		if input := &p.rules.inputs[i]; slices.Contains(s.inputs, input.Name) {
			value := p.known[input.Name]
			all = append(all, input.figure(value))
		}
	}
	return all
}

// missing names the unknown inputs of the set, and those of the dimensions that
// it asks.
func (p *project) missing(s *set) []string {
	var all []string
	for i := range fields {
		name := fields[i].name
		asked := func(dimension string) bool { return slices.Contains(p.judged[dimension].Missing, name) }
		if !p.known[name].Known() && slices.Contains(s.inputs, name) || slices.ContainsFunc(s.asks, asked) {
			all = append(all, name)
		}
	}
	return all
}

// titles gives the titles of inputs.
func (p *project) titles(names []string) []string {
	all := make([]string, 0, len(names))
	for i := range fields {
		if slices.Contains(names, fields[i].name) {
			all = append(all, p.rules.inputs[i].Title)
		}
	}
	return all
}
