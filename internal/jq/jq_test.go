package jq_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"assay/internal/errkind"
	"assay/internal/jq"
)

const rows = `[{"project":"Weir","bytes":9007199254740993,"share":0.5},{"project":"Marl \u001b[2J","bytes":null,"share":1}]`

func TestRun(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		".":                              `[{"bytes":9007199254740993,"project":"Weir","share":0.5},{"bytes":null,"project":"Marl \u001b[2J","share":1}]` + "\n",
		".[].project":                    "Weir\nMarl \\u001b[2J\n",
		".[0].bytes":                     "9007199254740993\n",
		".[] | [.project, .share]":       `["Weir",0.5]` + "\n" + `["Marl \u001b[2J",1]` + "\n",
		".[] | [.project,.share] | @tsv": "Weir\t0.5\nMarl \\u001b[2J\t1\n",
		"map(.share) | add":              "1.5\n",
		`"a\nb"`:                         "a\nb\n",
		"empty":                          "",
		"length, halt, 1":                "2\n",
		"$ENV | length":                  "0\n",
		"env.HOME":                       "null\n",
	} {
		f, err := jq.Parse(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		var b strings.Builder
		if err := f.Run(t.Context(), &b, []byte(rows)); err != nil || b.String() != want {
			t.Errorf("%s: %v, %q, want %q", expression, err, b.String(), want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		".[] | | .x":         `"|" at character 7 was not expected there`,
		`"ä" | ] `:           `"]" at character 7 was not expected there`,
		".[":                 "the expression ends too early",
		"{a: 1":              "the expression ends too early",
		"frobnicate":         "function not defined: frobnicate/0",
		"$x":                 "variable not defined: $x",
		`import "a" as a; a`: "cannot load module",
		`"abc`:               "",
	} {
		f, err := jq.Parse(expression)
		if f != nil || errkind.Of(err) != errkind.Usage || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", expression, err, want)
		}
	}
}

func TestRunErrors(t *testing.T) {
	t.Parallel()
	f, err := jq.Parse(".[0].project.name")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	err = f.Run(t.Context(), &b, []byte(rows))
	if errkind.Of(err) != errkind.Usage || !strings.Contains(err.Error(), "expected an object but got: string") || errkind.Hint(err) == "" {
		t.Errorf("%v, hint %q", err, errkind.Hint(err))
	}
}

// An expression without an end ends with the context that it was given.
func TestRunEnds(t *testing.T) {
	t.Parallel()
	f, err := jq.Parse("[range(infinite)] | length")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Run(ctx, &strings.Builder{}, []byte(rows)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
