package health

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/yamlnode"
)

// A file is what a file of rules says.
type file struct {
	inputs     map[string]definition
	dimensions map[string]*sheet
	overall    *sheet
}

// A definition is an input as a file has it, and its place.
type definition struct {
	Input

	at text
}

// A sheet is the rules of a dimension as a file has them.
type sheet struct {
	at             text
	title, because text
	inputs         []text
	bounded        []clause
	levels         []step
}

// A clause is an item of "bounded".
type clause struct {
	at, when, because text
	inputs            []text
}

// A step is an item of "levels".
type step struct{ at, level, when, because text }

// A text is a text of a file with its place there. Of a mapping or an item the
// place is kept alone.
type text struct {
	value string
	place string // overall.levels[2].when
	line  int
}

// fail is an error about the place of t.
func (t text) fail(hint, format string, args ...any) error {
	where := "health rules"
	if t.line > 0 {
		where = fmt.Sprintf("health rules, line %d", t.line)
	}
	if t.place != "" {
		where += ", " + t.place
	}
	return errkind.WithHint(errkind.Errorf(errkind.Input, "%s: %s", where, fmt.Sprintf(format, args...)), "%s", hint)
}

// parse reads a file of rules. An empty one says nothing.
func parse(data []byte) (*file, error) {
	f := &file{inputs: map[string]definition{}, dimensions: map[string]*sheet{}}
	if len(data) > limit.RulesBytes {
		return nil, text{}.fail("rules are short: leave out what stays as it is", "more than %d bytes", limit.RulesBytes)
	}
	if silent(data) {
		return f, nil
	}
	root, err := yamlnode.Load(data, yamlnode.Limits{Depth: limit.RulesDepth, Marks: limit.RulesMarks})
	var at *yamlnode.Error
	switch {
	case errors.As(err, &at):
		return nil, text{line: at.Line}.fail("write the rules as docs/health.md shows", "not readable as YAML: %s", at.Message)
	case err != nil:
		return nil, err
	}
	return f, each(root, text{line: root.Line}, handlers{
		"inputs":     func(n *yaml.Node, at text) error { return each(n, at, f.definitions()) },
		"dimensions": func(n *yaml.Node, at text) error { return each(n, at, f.sheets()) },
		Overall: func(n *yaml.Node, at text) error {
			f.overall = &sheet{at: at}
			return f.overall.read(n, at)
		},
	})
}

// silent reports whether there are only comments in data.
func silent(data []byte) bool {
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

// definitions reads the definitions of inputs.
func (f *file) definitions() handlers {
	all := handlers{}
	for _, field := range fields {
		all[field.name] = func(n *yaml.Node, at text) error {
			input, err := define(n, at)
			input.Name = field.name
			f.inputs[field.name] = definition{input, at}
			return err
		}
	}
	return all
}

// define reads the definition of an input.
func define(n *yaml.Node, at text) (Input, error) {
	var title, meaning, unit, source, worst, best text
	err := each(n, at, handlers{
		"title": scalar(&title), "meaning": scalar(&meaning), "unit": scalar(&unit),
		"source": scalar(&source), "worst": scalar(&worst), "best": scalar(&best),
	})
	if err != nil {
		return Input{}, err
	}
	for _, t := range []text{title, meaning, unit, source, worst, best} {
		if t.value == "" {
			return Input{}, at.fail("define an input whole, or leave it out and ours holds",
				"lacks title, meaning, unit, source, worst or best")
		}
	}
	input := Input{Title: title.value, Meaning: meaning.value, Unit: unit.value, Source: source.value}
	if input.Worst, err = worst.float(); err != nil {
		return Input{}, err
	}
	if input.Best, err = best.float(); err != nil {
		return Input{}, err
	}
	if input.Worst == input.Best {
		return Input{}, best.fail("the two are the ends of what the figure can be", "is what worst is")
	}
	return input, nil
}

// sheets reads the rules of dimensions.
func (f *file) sheets() handlers {
	all := handlers{}
	for _, name := range Dimensions() {
		all[name] = func(n *yaml.Node, at text) error {
			f.dimensions[name] = &sheet{at: at}
			return f.dimensions[name].read(n, at)
		}
	}
	return all
}

// read reads the rules of a dimension.
func (s *sheet) read(n *yaml.Node, at text) error {
	return each(n, at, handlers{
		"title": scalar(&s.title), "because": scalar(&s.because), "inputs": scalars(&s.inputs),
		"bounded": items(func(n *yaml.Node, at text) error {
			c := clause{at: at}
			err := each(n, at, handlers{"when": scalar(&c.when), "because": scalar(&c.because), "inputs": scalars(&c.inputs)})
			s.bounded = append(s.bounded, c)
			return err
		}),
		"levels": items(func(n *yaml.Node, at text) error {
			l := step{at: at}
			err := each(n, at, handlers{"level": scalar(&l.level), "when": scalar(&l.when), "because": scalar(&l.because)})
			s.levels = append(s.levels, l)
			return err
		}),
	})
}

// A handler reads what stands at a place, handlers what stands under the keys
// of a mapping.
type (
	handler  func(n *yaml.Node, at text) error
	handlers map[string]handler
)

// each reads a mapping: every key has a handler and stands there once.
func each(n *yaml.Node, at text, h handlers) error {
	known := "the keys here are: " + strings.Join(slices.Sorted(maps.Keys(h)), ", ")
	entries := yamlnode.Fields(n)
	if n.Kind != yaml.MappingNode || 2*len(entries) != len(n.Content) {
		return at.fail(known, "is no mapping of plain keys")
	}
	seen := map[string]bool{}
	for _, f := range entries {
		here := text{place: strings.TrimPrefix(at.place+"."+f.Name, "."), line: f.Line}
		switch handle := h[f.Name]; {
		case handle == nil:
			return text{place: at.place, line: f.Line}.fail(known, "unknown key %.60q", f.Name)
		case seen[f.Name]:
			return here.fail("keep one of them", "stands there twice")
		default:
			seen[f.Name] = true
			if err := handle(f.Value, here); err != nil {
				return err
			}
		}
	}
	return nil
}

// items reads a list, each item with the handler.
func items(h handler) handler {
	return func(n *yaml.Node, at text) error {
		all := yamlnode.Items(n)
		if n.Kind != yaml.SequenceNode || len(all) > limit.RulesItems {
			return at.fail("begin every item with a dash", "is no list of at most %d items", limit.RulesItems)
		}
		for i, item := range all {
			if err := h(item, text{place: fmt.Sprintf("%s[%d]", at.place, i), line: item.Line}); err != nil {
				return err
			}
		}
		return nil
	}
}

// scalars reads a list of texts.
func scalars(into *[]text) handler {
	return items(func(n *yaml.Node, at text) error {
		var t text
		err := scalar(&t)(n, at)
		*into = append(*into, t)
		return err
	})
}

// scalar reads a text.
func scalar(into *text) handler {
	return func(n *yaml.Node, at text) error {
		*into = text{strings.TrimSpace(yamlnode.Text(n)), at.place, n.Line}
		control := func(r rune) bool { return unicode.IsControl(r) && r != '\n' }
		switch {
		case into.value == "":
			return at.fail("write a text, or leave the key out", "is no text")
		case utf8.RuneCountInString(into.value) > limit.RulesText:
			return at.fail("write it shorter", "is longer than %d characters", limit.RulesText)
		case strings.ContainsFunc(into.value, control):
			return at.fail("leave them out", "holds control characters")
		}
		into.value = strings.Join(strings.Fields(into.value), " ")
		return nil
	}
}

// float reads t as a number from 0 up.
func (t text) float() (float64, error) {
	v, err := strconv.ParseFloat(t.value, 64)
	if err != nil || math.IsNaN(v) || v < 0 || v > mostValue {
		return 0, t.fail("write a number like 0, 12 or 1e9", "%.60q is no number from 0 to %g", t.value, mostValue)
	}
	return v, nil
}

// mostValue is the largest end that an input may have.
const mostValue = 1e12

// replace puts what the user's file says in the place of what f says.
func (f *file) replace(user *file) error {
	for _, field := range fields {
		was, now := f.inputs[field.name], user.inputs[field.name]
		switch {
		case now.Name == "":
		case (was.Best > was.Worst) != (now.Best > now.Worst):
			return now.at.fail("exchange worst and best: an unknown figure would count as a good one", "the worse end is the other one")
		default:
			f.inputs[field.name] = now
		}
	}
	maps.Copy(f.dimensions, user.dimensions)
	if user.overall != nil {
		f.overall = user.overall
	}
	return nil
}
