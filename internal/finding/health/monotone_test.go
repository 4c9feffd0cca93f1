package health

import (
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"assay/internal/errkind"
	"assay/internal/limit"
)

// tongue is a language with an input that is better when larger, one that is
// better when smaller, two shares of the same kinds, and a constant.
func tongue(t *testing.T) *language {
	t.Helper()
	l, err := newLanguage(map[string]span{
		"up": {0, 1e9}, "down": {1e9, 0}, "part": {0, 1}, "lack": {1, 0}, "rank": {0, 3},
	}, map[string]float64{"good": 2})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What goes one way is taken as rising and refused as falling, or the reverse.
func TestOneWay(t *testing.T) {
	t.Parallel()
	l := tongue(t)
	for expression, rising := range monotoneRules() {
		at := text{value: expression, place: "x", line: 7}
		if _, _, err := l.compile(at, rising); err != nil {
			t.Errorf("%s: refused (rising: %v): %v", expression, rising, err)
		}
		if _, _, err := l.compile(at, !rising); err == nil || !strings.Contains(err.Error(), "could make it hold") {
			t.Errorf("%s: taken (rising: %v): error %v", expression, !rising, err)
		}
	}
}

// monotoneRules are expressions, and whether they rise.
func monotoneRules() map[string]bool {
	return map[string]bool{
		"up >= 3":                              true,
		"3 < up":                               true,
		"up > 3.5":                             true,
		"down <= 3":                            true,
		"up < 3":                               false,
		"down > 3":                             false,
		"!(up < 3)":                            true,
		"!(!(up < 3))":                         false,
		"up >= 3 && down <= 3":                 true,
		"up >= 3 || down <= 3 && rank >= good": true,
		"up < 3 || down > 3":                   false,
		"up >= down":                           true,
		"up - down >= 3":                       true,
		"up + part >= 3":                       true,
		"-down >= -3":                          true,
		"2.0 * up >= 3":                        true,
		"up * part >= 3":                       true,
		"part * (1.0 - lack) >= 0.1":           true,
		"up / (1.0 + down) >= 0.5":             true,
		"up / 2.0 >= 0.5":                      true,
		"(1.0 + down) / (1.0 + up) <= 2":       true,
		"1.0 - part >= 0.5":                    false,
		"part < 0.5 && !(up >= 3 || rank > good)": false,
	}
}

// What does not go one way, or cannot be told, is refused in both.
func TestOneWayRefuses(t *testing.T) {
	t.Parallel()
	l := tongue(t)
	for expression, want := range map[string]string{
		"":                       "is no expression",
		"up >":                   "is no expression: Syntax error",
		"up":                     "gives a double",
		"'a'":                    "gives a string",
		"1":                      "gives a int",
		"up >= 3 && down > 3":    "a worse down could make it hold", // of one of the two
		"up >= 3 // && down":     "holds a comment",
		"sideways >= 3":          `unknown input "sideways"`,
		"up == 3.0":              "== has no place in a rule",
		"up != 3.0":              "!= has no place",
		"up in [1.0]":            "in has no place",
		"up >= 3 ? true : false": "?_: has no place",
		"size('abc') > 2":        "size has no place",
		"'abc' < 'abd'":          "a comparison of what is no number",
		"'abc'.startsWith('a')":  "startsWith has no place",
		"'abc'.matches('a*')":    "matches has no place",
		"[1, 2].all(x, x > 1)":   `unknown input "x"`,
		"has({'a': 1}.a)":        "undeclared reference to 'has'",
		"double('1') > 1.0":      "double has no place",
		"1 + 1 > 1":              "calculates with whole numbers",
		"1 / 0 > 1":              "calculates with whole numbers",
		"1u > 2u":                "a comparison of what is no number",
		"up % 2.0 > 1":           "no matching overload",
		"up + 1 > 1":             "no matching overload",
		"up / down > 1":          "multiplies or divides by what can be negative or nothing",
		"-2.0 * up > 1":          "multiplies or divides",
		"up * 1e200 > 1":         "numbers that are too large",
		"up * up * up * up * up * up * up * up * up * up * up * up > 1": "numbers that are too large",
		"up >= 1e400":                            "",
		"timestamp('2025-12-10T00:00:00Z') < up": "",
		strings.Repeat("-(", 99) + "up" + strings.Repeat(")", 99) + " > 1": "",
		strings.Repeat("(", 300) + "true":                                  "",
		"true" + strings.Repeat(" && true", 200):                           "",
		"up >= 1" + strings.Repeat("0", 2*limit.RulesText):                 "",
	} {
		for _, rising := range []bool{true, false} {
			_, _, err := l.compile(text{value: expression, place: "x", line: 7}, rising)
			switch {
			case err == nil && want == "a worse down could make it hold" && !rising:
			case err == nil:
				t.Errorf("%.60q is taken (rising: %v)", expression, rising)
			case errkind.Of(err) != errkind.Input || errkind.Hint(err) == "" || !strings.HasPrefix(err.Error(), "health rules, line 7, x: "):
				t.Errorf("%.60q: error %q of kind %s with hint %q", expression, err, errkind.Of(err), errkind.Hint(err))
			case rising && !strings.Contains(err.Error(), want):
				t.Errorf("%.60q: error %q, want %q", expression, err, want)
			}
		}
	}
}

// Whatever is taken as rising stays true when figures get better, and never
// fails.
func FuzzOneWay(f *testing.F) {
	for expression := range monotoneRules() {
		f.Add(expression, uint64(1))
	}
	f.Fuzz(func(t *testing.T, expression string, seed uint64) {
		if strings.ContainsFunc(expression, unicode.IsControl) {
			return // refused where the file is read
		}
		l := tongue(t)
		for _, rising := range []bool{true, false} {
			c, _, err := l.compile(text{value: expression}, rising)
			if err != nil {
				plain(t, err)
				continue
			}
			random := rand.New(rand.NewPCG(seed, 0))
			for range 20 {
				worse := map[string]any{}
				for name, s := range l.spans {
					worse[name] = s.worst + (s.best-s.worst)*random.Float64()*random.Float64()*random.Float64()
				}
				better := maps.Clone(worse)
				for name, s := range l.spans {
					if random.IntN(2) == 0 {
						better[name] = s.best + (worse[name].(float64)-s.best)*random.Float64()
					}
				}
				for _, figures := range []map[string]any{worse, better} {
					if _, _, err := c.program.Eval(figures); err != nil {
						t.Fatalf("%q fails at %v: %v", expression, figures, err)
					}
				}
				if c.holds(worse) != c.holds(better) && c.holds(worse) == rising {
					t.Fatalf("%q (rising: %v) holds at %v: %v, at %v: %v",
						expression, rising, worse, c.holds(worse), better, c.holds(better))
				}
			}
		}
	})
}
