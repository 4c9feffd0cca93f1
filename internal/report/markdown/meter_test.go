package markdown

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"assay/internal/errkind"
	"assay/internal/finding/findingtest"
	"assay/internal/limit"
)

// endless are templates that a bound has to end, with the words of its error.
var endless = map[string]struct{ template, says string }{
	"a range over a number":       {"\n  {{range 9000000000000000000}}{{end}}", "user template:2:10: the template takes more than 2000000 steps"},
	"ranges within ranges":        {"{{range 99999}}{{range 99999}}x{{end}}{{end}}", "steps"},
	"a range that goes on":        {"{{range 9000000000}}{{continue}}{{end}}", "steps"},
	"a long body":                 {"{{range 9000000000}}" + strings.Repeat("{{if false}}x{{end}}", 1000) + "{{end}}", "steps"},
	"output without end":          {"{{range 9000000}}" + strings.Repeat("x", 10_000) + "{{end}}", "user template:1:8: the report has more than 67108864 bytes"},
	"a doubled string":            {`{{$x := "ab"}}{{range 99}}{{$x = printf "%s%s" $x $x}}{{end}}`, `user template:1:33: executing "user template" at <printf "%s%s" $x $x>: error calling printf: printf: the text may have more than 65536 bytes`},
	"a doubled string by print":   {`{{$x := "ab"}}{{range 99}}{{$x = print $x $x}}{{end}}`, "print: the text has more than 65536 bytes"},
	"a doubled string by println": {`{{$x := "ab"}}{{range 99}}{{$x = println $x $x}}{{end}}`, "println: the text has more than 65536 bytes"},
	"a string that html grows":    {`{{$x := "<"}}{{range 99}}{{$x = html $x}}{{end}}{{range 99}}{{$x = print $x $x}}{{end}}`, "print: the text"},
	"a string that js grows":      {`{{$x := "\x00"}}{{range 99}}{{$x = js $x $x}}{{end}}`, "js: the text has more"},
	"a string that urlquery grow": {`{{$x := "%"}}{{range 99999}}{{$x = urlquery $x $x}}{{end}}`, "urlquery: the text has more"},
	"one argument often":          {`{{$x := print "` + strings.Repeat("x", 60_000) + `"}}{{printf "` + strings.Repeat("%[1]s", 100) + `" $x}}`, "printf: the text may have more"},
	"long strings often":          {`{{$x := print "` + strings.Repeat("x", 60_000) + `"}}{{range 99999}}{{$y := text $x}}{{end}}`, "more than 67108864 bytes of text"},
	"long strings often printed":  {`{{$x := print "` + strings.Repeat("x", 60_000) + `"}}{{range 99999}}{{$y := print $x}}{{end}}`, "more than 67108864 bytes of text"},
	"a width":                     {`{{printf "%999999999d" 1}}`, "the width of %999999999d is more than 1000"},
	"a width of a string":         {`{{printf "a%-1001sb" "x"}}`, "the width of %-1001s is more than 1000"},
	"a precision":                 {`{{printf "%.999999f" 1.0}}`, "the width of %.999999f is more than 1000"},
	"a width of an argument":      {`{{printf "%*d" 999999999 1}}`, "a width that an argument gives"},
	"many widths":                 {`{{printf "` + strings.Repeat("%900d", 100) + `" 1}}`, "printf: the text may have more"},
	"all of the model":            {`{{printf "%v" .}}`, "printf: the text may have more"},
	"all of the model, printed":   {`{{print .Projects}}`, "print: the text has more"},
	"a template of itself":        {`{{define "a"}}{{template "a" .}}{{end}}{{template "a" .}}`, "user template:1:14: templates call one another more than 100 deep"},
	"templates in a ring":         {`{{define "a"}}{{template "b"}}{{end}}{{define "b"}}{{template "a"}}{{end}}{{template "a"}}`, "100 deep"},
	"the whole template":          {`{{template "user template" .}}`, "100 deep"},
	"a tree of templates":         {tower(40), "steps"},
	"nested actions":              {strings.Repeat("{{if true}}", 200) + strings.Repeat("{{end}}", 200), "actions lie more than 100 deep"},
	"a large template":            {strings.Repeat("x", 2<<20), "templates of up to 1048576 are read"},
}

// tower is templates each of which calls the next one twice.
func tower(n int) string {
	var b strings.Builder
	name := func(i int) string { return strings.Repeat("t", i+1) }
	for i := range n {
		b.WriteString(`{{define "` + name(i) + `"}}{{template "` + name(i+1) + `"}}{{template "` + name(i+1) + `"}}{{end}}`)
	}
	return b.String() + `{{define "` + name(n) + `"}}{{end}}{{template "t"}}`
}

// A template that would not end, or would take all memory, is ended at a bound that
// is named, with its place.
func TestEndlessTemplates(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	for name, c := range endless {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := Render(t.Context(), &out, m, Options{Template: c.template})
			if errkind.Of(err) != errkind.Limit || out.Len() > 0 || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %.300v (%s), %d bytes written; want %q", err, errkind.Of(err), out.Len(), c.says)
			}
		})
	}
}

// What bounds allow is as text/template makes it.
func TestBoundedTemplates(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	for template, want := range map[string]string{
		`{{range 3}}{{.}},{{end}}`: "0,1,2,",
		`{{range $i, $p := .Using}}{{if eq $i 1}}{{break}}{{end}}{{text $p.Name}}{{else}}none{{end}}`: "Ferrobase",
		`{{printf "%5d|%-5s|%05.2f|%%|%[1]d" 7 "a" 1.5}}`:                                             "    7|a    |01.50|%|7",
		`{{print 1 2 "a" nil}}|{{println "b"}}|{{html "<"}}{{js "'"}}{{urlquery "a b"}}`:              "1 2a<nil>|b\n|&lt;\\&#39;a+b",
		`{{define "a"}}[{{.}}]{{end}}{{template "a" 1}}{{template "a" 2}}`:                            "[1][2]",
		`{{with $x := 3}}{{$x}}{{else}}no{{end}}{{if and (eq 1 1) (not false)}}yes{{end}}`:            "3yes",
	} {
		want = strings.ReplaceAll(want, "&#39;", "'")
		if got := write(t, m, Options{Template: template}); got != want {
			t.Errorf("%s\ngives %q, want %q", template, got, want)
		}
	}
}

// A template ends with its context.
func TestTemplateEndsWithContext(t *testing.T) {
	t.Parallel()
	m := model(t, findingtest.Facts())
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Render(ended, &bytes.Buffer{}, m, Options{Template: "{{range 9}}{{end}}"}); errkind.Of(err) != errkind.Canceled {
		t.Errorf("error %v (%s), want one of a context that ended", err, errkind.Of(err))
	}
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	err := Render(late, &bytes.Buffer{}, m, Options{Template: "{{range 9}}{{end}}"})
	if errkind.Of(err) != errkind.Limit || !strings.Contains(err.Error(), "user template:1:") {
		t.Errorf("error %v (%s), want one of a limit with its place", err, errkind.Of(err))
	}
}

// The built-in report takes a small part of what is allowed.
func TestOwnReportIsFarFromTheBounds(t *testing.T) {
	t.Parallel()
	page := &Page{Model: model(t, findingtest.Facts()), Flavor: GitHub, Limits: Limits{}.withDefaults()}
	m := &meter{ended: t.Context().Err}
	parsed, err := parseTemplates(m, &Page{Flavor: GitHub}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.watch(parsed); err != nil {
		t.Fatal(err)
	}
	if err := parsed.Execute(&bounded{meter: m}, page); err != nil {
		t.Fatal(err)
	}
	if m.steps < 1000 || m.steps > limit.TemplateSteps/50 || m.made < 1000 || m.made > limit.TemplateMade/50 || m.depth != 0 {
		t.Errorf("%d steps, %d bytes made, depth %d at the end", m.steps, m.made, m.depth)
	}
}
