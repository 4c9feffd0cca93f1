package health

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/finding/quantity"
)

// pin gives inputs with one of them known, by its name.
func pin(t *testing.T, in Inputs, name string, value quantity.Of[float64]) Inputs {
	t.Helper()
	v := reflect.ValueOf(&in).Elem()
	for field, at := range v.Fields() {
		if field.Tag.Get("json") == name {
			at.Set(reflect.ValueOf(value))
			return in
		}
	}
	t.Fatalf("there is no input %q", name)
	return in
}

// inputs makes inputs of figures by name.
func inputs(t *testing.T, figures map[string]float64) Inputs {
	t.Helper()
	var in Inputs
	for name, value := range figures {
		in = pin(t, in, name, quantity.Exact(value))
	}
	return in
}

// The table of fields, the struct and rules.yaml name the same inputs.
func TestInputsAgree(t *testing.T) {
	t.Parallel()
	var tags, names, rules []string
	for field := range reflect.TypeFor[Inputs]().Fields() {
		tags = append(tags, field.Tag.Get("json"))
	}
	for i, field := range fields {
		names = append(names, field.name)
		in := pin(t, Inputs{}, field.name, quantity.Exact(float64(i)))
		if got := field.of(&in); got.Is(float64(i)) != quantity.Yes {
			t.Errorf("the field %q is another input of the struct", field.name)
		}
	}
	for _, input := range Default().Inputs() {
		rules = append(rules, input.Name)
	}
	if diff := cmp.Diff(names, tags); diff != "" {
		t.Errorf("the struct differs from the table: -table +struct\n%s", diff)
	}
	if diff := cmp.Diff(names, rules); diff != "" {
		t.Errorf("rules.yaml differs from the table: -table +rules\n%s", diff)
	}
}

// Every input is printed by some dimension or the judgement over all.
func TestInputsAreUsed(t *testing.T) {
	t.Parallel()
	r := Default()
	used := slices.Clone(r.overall.inputs)
	for _, s := range r.dimensions {
		used = append(used, s.inputs...)
	}
	for _, field := range fields {
		if n := len(slices.DeleteFunc(slices.Clone(used), func(name string) bool { return name != field.name })); n != 1 {
			t.Errorf("the input %s is used by %d dimensions, want 1", field.name, n)
		}
	}
}

func TestFiguresAreTakenWithinTheirEnds(t *testing.T) {
	t.Parallel()
	falling := Input{Worst: 10, Best: 0}
	for value, want := range map[float64]float64{-1: 0, 0: 0, 5: 5, 10: 10, 11: 10} {
		if got := falling.within(value); got != want {
			t.Errorf("within(%v) = %v, want %v", value, got, want)
		}
	}
	for _, odd := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got := (&Inputs{HumanCommitsYear: quantity.Exact(odd)}).value(0); got.Known() {
			t.Errorf("%v is taken for the figure %v, want unknown", odd, *got.Value)
		}
	}
}
