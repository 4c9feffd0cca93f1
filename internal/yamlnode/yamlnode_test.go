package yamlnode_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"assay/internal/yamlnode"
)

var limits = yamlnode.Limits{Depth: 16, Marks: 10_000}

func TestLoad(t *testing.T) {
	t.Parallel()
	root, err := yamlnode.Load([]byte("a: 1\nb:\n  - x\n  - y\n~: z\n"), limits)
	if err != nil {
		t.Fatal(err)
	}
	fields := yamlnode.Fields(root)
	if len(fields) != 3 || fields[1].Name != "b" || fields[1].Line != 2 || yamlnode.Text(fields[0].Value) != "1" {
		t.Errorf("fields %+v", fields)
	}
	if items := yamlnode.Items(fields[1].Value); len(items) != 2 || yamlnode.Text(items[1]) != "y" || items[1].Line != 4 {
		t.Errorf("items %+v", items)
	}
}

// A line is what git takes for one, whatever ends one in YAML.
func TestLines(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]int{
		"- a\n- b\n":                      {1, 2},
		"- a\r\n- b\r\n":                  {1, 2},
		"\r\r- a\n- b\n":                  {1, 2},
		"# x\r- a\r- b\r":                 {1, 1},
		"- \"a\u2028 b\"\n- c\u0085- d\n": {1, 2, 2},
	} {
		root, err := yamlnode.Load([]byte(text), limits)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, item := range yamlnode.Items(root) {
			got = append(got, item.Line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q has items in the lines %d, want %d", text, got, want)
		}
	}
	var at *yamlnode.Error
	if _, err := yamlnode.Load([]byte("\r\ra: [\n"), limits); !errors.As(err, &at) || at.Line != 2 {
		t.Errorf("error %v, want one in line 2", err)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text    string
		tooMuch bool
		line    int
	}{
		"broken":          {"a: 1\nb: [\n", false, 3},
		"deep":            {strings.Repeat("[", 100_000), true, 0},
		"deep within":     {strings.Repeat("[", 20) + strings.Repeat("]", 20), true, 1},
		"many":            {strings.Repeat("- a\n", 20_000), true, 0},
		"many keys":       {strings.Repeat("a: b\n", 20_000), true, 0},
		"many in brief":   {"[" + strings.Repeat(",", 20_000) + "]", true, 0},
		"unknown anchor":  {"a: *nowhere\n", false, 1},
		"tab indentation": {"a:\n\tb: 1\n", false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := yamlnode.Load([]byte(test.text), limits)
			var e *yamlnode.Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want an *Error", err)
			}
			if e.TooMuch != test.tooMuch || test.line != 0 && e.Line != test.line {
				t.Errorf("error %+v, want too much %v in line %d", e, test.tooMuch, test.line)
			}
			if strings.ContainsAny(e.Error(), "\n\x1b") {
				t.Errorf("message %q is not one plain line", e.Error())
			}
		})
	}
}

func TestLoadFollowsNoAlias(t *testing.T) {
	t.Parallel()
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n"
	root, err := yamlnode.Load([]byte(bomb), limits)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(yamlnode.Items(yamlnode.Items(yamlnode.Fields(root)[3].Value)[0])); n != 0 {
		t.Errorf("an alias was followed: %d items", n)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	var got struct {
		A map[string]int `yaml:"a"`
		B map[string]int `yaml:"b"`
	}
	root, err := yamlnode.Decode([]byte("a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n"), limits, &got)
	if err != nil || got.B["x"] != 1 || got.B["y"] != 2 || yamlnode.Fields(root)[1].Line != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
	for text, want := range map[string]string{
		"c: 1\n":                   "field c not found",
		"a: {x: 1}\na: {x: 2}\n":   `line 2: mapping key "a" already defined at line 1`,
		"a:\n  x: 1\n  \"x\": 2\n": `line 3: mapping key "x" already defined at line 2`,
		"a: {[x]: 1}\n":            "line 1: a key is no text",
	} {
		if _, err := yamlnode.Decode([]byte(text), limits, &got); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}

// What aliases would make of a text is found without making it.
func TestDecodeRefusesBombs(t *testing.T) {
	t.Parallel()
	tenfold := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 12; i++ {
		tenfold += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	wide := "a: &a {" + strings.Repeat("x,", 500) + "}\n"
	chain := "a0: &a0 [x]\n"
	for i := 1; i < 2000; i++ {
		chain += fmt.Sprintf("a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	for name, text := range map[string]string{
		"tenfold":      tenfold,
		"merged":       wide + "b:\n  <<: [" + strings.TrimSuffix(strings.Repeat("*a,", 500), ",") + "]\n",
		"merged again": wide + "b: [" + strings.TrimSuffix(strings.Repeat("{<<: *a},", 500), ",") + "]\n",
		"chain":        chain,
		"itself":       "a: &a [*a]\n",
		"itself, deep": "a: &a\n  b: {c: [*a]}\n",
		"of a key":     "? &a [x,x,x,x,x,x,x,x,x,x]\n: [" + strings.TrimSuffix(strings.Repeat("*a,", 2000), ",") + "]\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			into := map[string]any{}
			_, err := yamlnode.Decode([]byte(text), limits, &into)
			var e *yamlnode.Error
			if !errors.As(err, &e) || !e.TooMuch || len(into) > 0 {
				t.Errorf("error %v, %d keys read; want one of too much, and none", err, len(into))
			}
		})
	}
}
