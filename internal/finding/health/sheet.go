package health

import (
	"slices"
	"strings"
)

// compile makes the rules of a dimension in a language.
func (s *sheet) compile(name string, l *language) (*set, error) {
	if s.title.value == "" || len(s.inputs) == 0 || len(s.levels) == 0 {
		return nil, s.at.fail("define a dimension whole, or leave it out and ours holds", "lacks title, inputs or levels")
	}
	all := &set{name: name, title: s.title.value}
	if err := s.list(s.inputs, &all.inputs); err != nil {
		return nil, err
	}
	for _, c := range s.bounded {
		if err := s.bound(c, l, all); err != nil {
			return nil, err
		}
	}
	for i, level := range Levels() {
		if i >= len(s.levels) || s.levels[i].level.value != string(level) {
			at := s.at
			if i < len(s.levels) {
				at = s.levels[i].at
			}
			return nil, at.fail("give all levels, best first: "+levelWords(), "level %q is missing here", level)
		}
		if err := s.rung(s.levels[i], l, all); err != nil {
			return nil, err
		}
	}
	if extra := len(Levels()); len(s.levels) > extra {
		return nil, s.levels[extra].at.fail("the levels are: "+levelWords(), "a level too many")
	}
	return all, nil
}

// levelWords lists the levels for a reader.
func levelWords() string {
	var all []string
	for _, level := range Levels() {
		all = append(all, string(level))
	}
	return strings.Join(all, ", ")
}

// list takes names of inputs.
func (s *sheet) list(names []text, into *[]string) error {
	for _, t := range names {
		switch known := slices.ContainsFunc(fields, named(t.value)); {
		case !known:
			return t.fail("docs/health.md lists them", "unknown input %.60q", t.value)
		case slices.Contains(*into, t.value):
			return t.fail("keep one of them", "input %q stands there twice", t.value)
		}
		*into = append(*into, t.value)
	}
	return nil
}

// rung adds the rule of a level.
func (s *sheet) rung(l step, language *language, all *set) error {
	lowest := len(all.rungs) == len(Levels())-1
	r := rung{level: Level(l.level.value), because: l.because.value}
	because := l.because
	if because.value == "" {
		because, r.because = s.because, s.because.value
	}
	switch {
	case because.value == "":
		return l.at.fail("write a text with the figures, such as: {authors_year} in the year", "lacks a text: because")
	case lowest && l.when.value != "":
		return l.when.fail("leave it out", "the lowest level has no rule: it holds when no other does")
	case !lowest && l.when.value == "":
		return l.at.fail("write an expression, such as: authors_year >= 12", "lacks a rule: when")
	case !lowest:
		when, names, err := language.compile(l.when, true)
		if err != nil {
			return err
		}
		if err := all.use(names, l.when); err != nil {
			return err
		}
		r.when = when
	}
	all.rungs = append(all.rungs, r)
	return all.fills(because)
}

// bound adds a clause of "bounded".
func (s *sheet) bound(c clause, language *language, all *set) error {
	if c.when.value == "" || c.because.value == "" || len(c.inputs) == 0 {
		return c.at.fail("say when, which inputs tell less then, and because of what", "lacks when, inputs or because")
	}
	b := bound{because: c.because.value}
	if err := s.list(c.inputs, &b.inputs); err != nil {
		return err
	}
	when, names, err := language.compile(c.when, false)
	if err != nil {
		return err
	}
	if err := all.use(append(names, b.inputs...), c.when); err != nil {
		return err
	}
	b.when = when
	all.bounds = append(all.bounds, b)
	return all.fills(c.because)
}

// use notes the names that an expression uses: inputs, which the dimension must
// list so that a page prints what decided, and dimensions.
func (s *set) use(names []string, at text) error {
	for _, name := range names {
		switch {
		case slices.ContainsFunc(fields, named(name)) && !slices.Contains(s.inputs, name):
			return at.fail("add it to the inputs of "+s.name, "uses %q, which is not among its inputs", name)
		case slices.Contains(Dimensions(), name) && !slices.Contains(s.asks, name):
			s.asks = append(s.asks, name)
		}
	}
	return nil
}

// fills checks that the holes of a text are inputs of the set, or dimensions
// that are judged before it.
func (s *set) fills(t text) error {
	names, sound := holes(t.value)
	if !sound {
		return t.fail("write {authors_year} for a figure with its unit, {authors_year:number} without", "a brace that is no place for a figure")
	}
	for _, name := range names {
		if !slices.Contains(s.inputs, name) && (s.name != Overall || !slices.Contains(Dimensions(), name)) {
			return t.fail("the inputs of "+s.name+" are: "+strings.Join(s.inputs, ", "), "{%s} is none of its inputs", name)
		}
	}
	return nil
}
