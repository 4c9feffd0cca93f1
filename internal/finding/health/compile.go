package health

import (
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// A condition is an expression that holds or does not.
type condition struct {
	source  string
	program cel.Program
}

// holds evaluates the condition. One that fails does not hold, so that it gives
// no level; compile leaves none that can.
func (c condition) holds(figures map[string]any) bool {
	out, _, err := c.program.Eval(figures)
	return err == nil && out == types.True
}

// A language is what expressions may be made of: CEL with some names.
type language struct {
	env   *cel.Env
	spans map[string]span // by name
}

// A span is the ends of what a name can be.
type span struct{ worst, best float64 }

// newLanguage makes the language of these names and constants.
func newLanguage(spans map[string]span, constants map[string]float64) (*language, error) {
	options := []cel.EnvOption{
		cel.ClearMacros(), cel.CrossTypeNumericComparisons(true),
		cel.ParserExpressionSizeLimit(limit.RulesText), cel.ParserRecursionLimit(limit.RulesNesting), cel.ExpressionNodeLimit(limit.RulesNodes),
	}
	all := map[string]span{}
	for name, s := range spans {
		all[name] = s
		options = append(options, cel.Variable(name, cel.DoubleType))
	}
	for name, value := range constants {
		all[name] = span{value, value}
		options = append(options, cel.Constant(name, cel.DoubleType, types.Double(value)))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, errkind.Errorf(errkind.Internal, "health rules: CEL: %w", err)
	}
	return &language{env, all}, nil
}

// compile makes the condition of an expression that goes one way: better figures
// never make a rising one false, or another true. It gives the names it uses.
func (l *language) compile(t text, rising bool) (condition, []string, error) {
	fail := func(hint, format string, args ...any) (condition, []string, error) {
		return condition{}, nil, t.fail(hint, format, args...)
	}
	if strings.Contains(t.value, "//") { // would end with a line that YAML may have joined to the next
		return fail("write comments outside of the expression, after a #", "holds a comment")
	}
	parsed, issues := l.env.Parse(t.value)
	if issues.Err() != nil {
		return fail("write a comparison of inputs, such as: authors_year >= 12", "is no expression: %s", first(issues))
	}
	names := identifiers(parsed.NativeRep().Expr())
	for _, name := range names {
		if _, ok := l.spans[name]; !ok {
			return fail("the names here are: "+strings.Join(l.names(), ", "), "unknown input %.60q", name)
		}
	}
	checked, issues := l.env.Check(parsed)
	switch {
	case issues.Err() != nil:
		return fail("compare inputs with numbers; in sums and products write 1.0, not 1", "%s", first(issues))
	case checked.OutputType() != cel.BoolType:
		return fail("compare it with something, such as: authors_year >= 12", "gives a %s, not true or false", checked.OutputType())
	}
	way := monotone{l.spans, checked.NativeRep()}
	if problem := way.condition(checked.NativeRep().Expr(), rising); problem != nil {
		return fail(problem.hint, "%s", problem.what)
	}
	program, err := l.env.Program(checked, cel.CostLimit(limit.RulesCost))
	if err != nil {
		return fail("write it simpler", "cannot be planned: %v", err)
	}
	return condition{t.value, program}, names, nil
}

// names lists the names of the language.
func (l *language) names() []string {
	var all []string
	for _, field := range fields {
		all = append(all, field.name)
	}
	for name := range l.spans {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all[len(fields):])
	return all
}

// first is the first issue, on one line.
func first(issues *cel.Issues) string {
	message := "not understood"
	if all := issues.Errors(); len(all) > 0 {
		message = all[0].Message
	}
	message, _, _ = strings.Cut(strings.Join(strings.Fields(message), " "), " expecting ") // a list of tokens
	return message
}

// compile makes rules of a whole file.
func (f *file) compile() (*Rules, error) {
	r := &Rules{}
	inputs := map[string]span{}
	for _, field := range fields {
		input := f.inputs[field.name].Input
		r.inputs = append(r.inputs, input)
		inputs[field.name] = span{input.Worst, input.Best}
	}
	plain, err := newLanguage(inputs, nil)
	if err != nil {
		return nil, err
	}
	for _, name := range Dimensions() {
		s, err := f.dimensions[name].compile(name, plain)
		if err != nil {
			return nil, err
		}
		r.dimensions = append(r.dimensions, s)
		inputs[name] = span{0, float64(Excellent.Rank())}
	}
	constants := map[string]float64{}
	for _, level := range Levels() {
		constants[strings.ReplaceAll(string(level), " ", "_")] = float64(level.Rank())
	}
	levels, err := newLanguage(inputs, constants)
	if err != nil {
		return nil, err
	}
	r.overall, err = f.overall.compile(Overall, levels)
	return r, err
}
