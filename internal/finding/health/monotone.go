package health

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// monotone proves of an expression that it goes one way in every input. A rising
// condition stays true when a figure gets better, a rising number gets no
// smaller; a falling one is the other way round. What an unknown figure is taken
// for is its worst, so a rising rule that holds then holds for every figure that
// it could be.
//
// The proof follows the tree: what && and || join must go the same way; ! turns;
// a >= b rises when a rises and b falls; a product rises when both sides do and
// neither can be negative, which the ends of the inputs tell. What it does not
// know is refused, so that rules cost nothing to speak of either.
type monotone struct {
	spans map[string]span
	tree  *ast.AST
}

// A problem is why an expression is refused.
type problem struct{ what, hint string }

const turn = "a figure that is missing must never raise a level: turn the comparison round, or leave the input out"

// condition proves it of an expression that is true or false.
func (o *monotone) condition(e ast.Expr, rising bool) *problem {
	switch e.Kind() {
	case ast.LiteralKind:
		return nil
	case ast.CallKind:
	default:
		return strange("this")
	}
	name, args := e.AsCall().FunctionName(), e.AsCall().Args()
	switch name {
	case operators.LogicalAnd, operators.LogicalOr:
		for _, a := range args {
			if p := o.condition(a, rising); p != nil {
				return p
			}
		}
		return nil
	case operators.LogicalNot:
		return o.condition(args[0], !rising)
	case operators.Greater, operators.GreaterEquals:
		return o.comparison(args[0], args[1], rising)
	case operators.Less, operators.LessEquals:
		return o.comparison(args[1], args[0], rising)
	}
	return strange(name)
}

// comparison proves it of large >= small.
func (o *monotone) comparison(large, small ast.Expr, rising bool) *problem {
	for _, e := range []ast.Expr{large, small} {
		if t := o.tree.GetType(e.ID()); t.Kind() != cel.DoubleKind && t.Kind() != cel.IntKind {
			return strange("a comparison of what is no number")
		}
	}
	if _, p := o.number(large, rising); p != nil {
		return p
	}
	_, p := o.number(small, !rising)
	return p
}

// reach is the smallest and the largest number that an expression can give.
type reach struct{ low, high float64 }

// number proves it of an expression that is a number, and gives its reach.
func (o *monotone) number(e ast.Expr, rising bool) (reach, *problem) {
	switch e.Kind() {
	case ast.LiteralKind:
		return literal(e)
	case ast.IdentKind:
		return o.name(e.AsIdent(), rising)
	case ast.CallKind:
	default:
		return reach{}, strange("this")
	}
	name, args := e.AsCall().FunctionName(), e.AsCall().Args()
	sums := []string{operators.Add, operators.Subtract, operators.Multiply, operators.Divide, operators.Negate}
	switch {
	case !slices.Contains(sums, name):
		return reach{}, strange(name)
	case o.tree.GetType(e.ID()).Kind() != cel.DoubleKind:
		return reach{}, &problem{"calculates with whole numbers", "write 1.0, not 1: whole numbers can overflow"}
	case name == operators.Negate:
		r, p := o.number(args[0], !rising)
		return reach{-r.high, -r.low}, p
	}
	return o.arithmetic(name, args, rising)
}

// literal is the reach of a number that stands there.
func literal(e ast.Expr) (reach, *problem) {
	switch v := e.AsLiteral().(type) {
	case types.Double:
		return finite(reach{float64(v), float64(v)})
	case types.Int:
		return reach{float64(v), float64(v)}, nil
	}
	return reach{}, strange("what is no number")
}

// name is the reach of an input, a dimension or a level.
func (o *monotone) name(name string, rising bool) (reach, *problem) {
	s := o.spans[name]
	if s.best != s.worst && (s.best > s.worst) != rising {
		return reach{}, &problem{fmt.Sprintf("a worse %s could make it hold", name), turn}
	}
	return reach{min(s.worst, s.best), max(s.worst, s.best)}, nil
}

// arithmetic proves it of a sum, difference, product or quotient.
func (o *monotone) arithmetic(name string, args []ast.Expr, rising bool) (reach, *problem) {
	same := name == operators.Add || name == operators.Multiply
	a, p := o.number(args[0], rising)
	if p != nil {
		return a, p
	}
	b, p := o.number(args[1], rising == same)
	if p != nil {
		return b, p
	}
	switch name {
	case operators.Add:
		return finite(reach{a.low + b.low, a.high + b.high})
	case operators.Subtract:
		return finite(reach{a.low - b.high, a.high - b.low})
	}
	if a.low < 0 || b.low < 0 || !same && b.low == 0 {
		return reach{}, &problem{
			"multiplies or divides by what can be negative or nothing",
			"write it as a comparison of products that cannot be negative",
		}
	}
	if same {
		return finite(reach{a.low * b.low, a.high * b.high})
	}
	return finite(reach{a.low / b.high, a.high / b.low})
}

// largest is beyond any figure, and far from where numbers end.
const largest = 1e100

// finite refuses numbers with which nothing can be proved.
func finite(r reach) (reach, *problem) {
	if !(math.Abs(r.low) <= largest && math.Abs(r.high) <= largest) { // also when they are no numbers
		return r, &problem{"calculates with numbers that are too large", "write it simpler"}
	}
	return r, nil
}

// strange refuses what rules have no use for.
func strange(what string) *problem {
	return &problem{
		fmt.Sprintf("%s has no place in a rule", strings.Trim(what, "_@")),
		"use comparisons (< <= > >=) of inputs and numbers, joined by && || ! and + - * /",
	}
}

// identifiers lists the names in an expression, each once, as they come.
func identifiers(e ast.Expr) []string {
	var all []string
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() == ast.IdentKind && !slices.Contains(all, e.AsIdent()) {
			all = append(all, e.AsIdent())
		}
	}))
	return all
}
