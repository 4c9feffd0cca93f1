package lazyregexp

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// Every method is that of package regexp.
func TestMethods(t *testing.T) {
	t.Parallel()
	const expression, text = `(a+)(b*)`, "xaab-ab-b"
	ours, theirs := reflect.ValueOf(New(expression)), reflect.ValueOf(regexp.MustCompile(expression))
	arguments := map[reflect.Type]reflect.Value{
		reflect.TypeFor[string](): reflect.ValueOf(text), reflect.TypeFor[[]byte](): reflect.ValueOf([]byte(text)),
		reflect.TypeFor[int](): reflect.ValueOf(-1), reflect.TypeFor[func(string) string](): reflect.ValueOf(func(s string) string { return s + "!" }),
	}
	for i := range ours.NumMethod() {
		name := ours.Type().Method(i).Name
		var in []reflect.Value
		for kind := range ours.Method(i).Type().Ins() {
			in = append(in, arguments[kind])
		}
		got, want := ours.Method(i).Call(in), theirs.MethodByName(name).Call(in)
		if !slices.EqualFunc(got, want, func(a, b reflect.Value) bool { return reflect.DeepEqual(a.Interface(), b.Interface()) }) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// In a test a wrong expression is found at once.
func TestWrong(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression was taken")
		}
	}()
	New(`(`)
}
