package attack

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// A hostileText is a report to verify, or a template to render, that asks for much
// by little.
type hostileText struct {
	name, text string
}

// large is the size of a report: just as much as is read.
const large = 4<<20 - 4<<10

// fill repeats a pattern up to a size.
func fill(pattern string) string { return strings.Repeat(pattern, large/len(pattern)) }

// numbered repeats a pattern with a number in it.
func numbered(pattern string) string {
	var b strings.Builder
	for i := 0; b.Len() < large; i++ {
		fmt.Fprintf(&b, pattern, i)
	}
	return b.String()
}

// reports is the catalogue of hostile reports.
var reports = []hostileText{
	{"brackets with a definition", "[x]: /y\n\n" + fill("[x]")},
	{"open brackets", fill("[")},
	{"images", fill("![")},
	{"definitions", fill("[a]: b\n")},
	{"definitions of many names", numbered("[a%d]: b\n")},
	{"links without an end", fill("[a](b")},
	{"links in links", fill("[a](<b")},
	{"references", fill("[a][b")},
	{"a table of 999 columns", strings.Repeat("| a ", 999) + "|\n" + strings.Repeat("| - ", 999) + "|\n" + fill(strings.Repeat("| 1 ", 999)+"|\n")},
	{"a row of very many cells", "| a |\n| - |\n" + fill("| 1 ")},
	{"superlatives", fill("Good is the largest Rust project. ")},
	{"superlatives in one sentence", fill("the largest and most active and ")},
	{"numbers", fill("1 ")},
	{"numbers with the name", fill("Good has 1 project, ")},
	{"names", fill("Good Evil ")},
	{"days", fill("2025-12-10 ")},
	{"percentages", fill("Good 12 %, ")},
	{"emphasis", fill("*a_ ")},
	{"emphasis without an end", fill("**a __b ")},
	{"backticks that grow", ticks()},
	{"quotes in quotes", fill(strings.Repeat(">", 200) + "a\n")},
	{"quotes that deepen", strings.Repeat("> ", 50_000) + "a\n"},
	{"lists that deepen", deepen("- ")},
	{"HTML", fill("<a href=\"")},
	{"comments", fill("<!-- ")},
	{"declarations", fill("<!A ")},
	{"entities", fill("&#x1F600;&amp;")},
	{"footnotes", fill("[^a]: b\n")},
	{"addresses", fill("https://x.example/a_b ")},
	{"one line", fill("a")},
	{"no line", fill("\n")},
	{"headings", fill("# Good\n")},
	{"fences", fill("```\n")},
	{"front matter", "---\n" + fill("a: b\n")},
	{"NUL", fill("\x00")},
	{"no UTF-8", fill("\xff")},
	{"twice as much as is read", fill("Good. ") + fill("Good. ")},
}

func ticks() string {
	var b strings.Builder
	for i := 1; b.Len() < large; i = i%4000 + 1 {
		b.WriteString(strings.Repeat("`", i) + "a ")
	}
	return b.String()
}

func deepen(mark string) string {
	var b strings.Builder
	for i := 0; b.Len() < large && i < 4000; i++ {
		b.WriteString(strings.Repeat("  ", i) + mark + "a\n")
	}
	return b.String()
}

// surveyed is a box with a store of the good repository.
func surveyed(t *testing.T) *box {
	t.Helper()
	b := newBox(t)
	b.write("landscape.yml", landscape)
	plain(newMirror(t, b.in("tree/github.com/good/good.git")))
	if r := b.run(offline...); r.exit != 0 {
		t.Fatalf("survey exits %d: %s", r.exit, r.stderr)
	}
	return b
}

// bound matches what names a bound, or a text that is none.
var bound = regexp.MustCompile(`(more|longer|deeper) than [0-9]|up to [0-9]|too many|not (valid )?UTF-8|is no text`)

// A report ends with its verdicts, or is refused with the limit it is over.
func TestReports(t *testing.T) {
	t.Parallel()
	for _, h := range reports {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			b := surveyed(t)
			b.write("report.md", "# Rust in the landscape\n\n"+h.text)
			for _, format := range []string{"text", "json"} {
				r := b.run("verify", "report.md", "--format", format, "-o", "$OUT/result")
				switch r.exit {
				case 0, 1: // judged
				case 2, 4: // refused, with the bound or what is wrong
					if !bound.MatchString(r.stderr) {
						t.Errorf("%s: refused without a bound: %.500s", format, r.stderr)
					}
				default:
					t.Errorf("%s: exits %d: %.500s", format, r.exit, r.stderr)
				}
			}
		})
	}
}

// templates is the catalogue of hostile templates.
var templates = []hostileText{
	{"a range over all numbers", "{{range 9223372036854775807}}{{end}}"},
	{"a range over all numbers that prints", "{{range 9223372036854775807}}x{{end}}"},
	{"a text that doubles", `{{$x := "aaaaaaaaaaaaaaaa"}}{{range 64}}{{$x = printf "%s%s" $x $x}}{{end}}`},
	{"a text that doubles by print", `{{$x := "aaaaaaaaaaaaaaaa"}}{{range 64}}{{$x = print $x $x}}{{end}}`},
	{"a width", `{{printf "%0999999999d" 1}}`},
	{"a width of an argument", `{{printf "%*d" 999999999 1}}`},
	{"a width a million times", `{{range 1000000}}{{printf "%0999999d" 1}}{{end}}`},
	{"recursion", `{{define "a"}}{{template "a"}}{{end}}{{template "a"}}`},
	{"recursion that branches", `{{define "a"}}{{template "a" .}}{{template "a" .}}{{end}}{{template "a" .}}`},
	{"branches without recursion", branches(40)},
	{"depth", strings.Repeat("{{if true}}", 100_000) + strings.Repeat("{{end}}", 100_000)},
	{"parentheses", "{{" + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000) + "}}"},
}

// branches is templates which each call the one before twice.
func branches(n int) string {
	var b strings.Builder
	b.WriteString(`{{define "t0"}}x{{end}}`)
	for i := range n {
		fmt.Fprintf(&b, `{{define "t%d"}}{{template "t%d"}}{{template "t%d"}}{{end}}`, i+1, i, i)
	}
	fmt.Fprintf(&b, `{{template "t%d"}}`, n)
	return b.String()
}

// A template is rendered, or refused; and where it is refused, nothing is written.
func TestTemplates(t *testing.T) {
	t.Parallel()
	for _, h := range templates {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			b := surveyed(t)
			b.write("mine.tmpl", h.text)
			r := b.run("report", "--template", "mine.tmpl", "-o", "$OUT/report.md")
			if r.exit != 2 && r.exit != 4 {
				t.Errorf("exits %d, want 2 or 4: %.500s", r.exit, r.stderr)
			}
			if _, err := os.Lstat(b.out("report.md")); err == nil {
				t.Error("a report was written")
			}
		})
	}
}

// The first signal ends a command that is at work.
func TestSignals(t *testing.T) {
	t.Parallel()
	b := surveyed(t)
	b.write("report.md", "# Rust in the landscape\n\n"+fill("Good is the largest Rust project with 12 % and 3 components of 2024-01-01. "))
	r := b.signal(syscall.SIGTERM, "verify", "report.md", "-o", "$OUT/result")
	if r.exit == 0 {
		t.Skip("verify was done before it was asked to end")
	}
	if _, err := os.Lstat(b.out("result")); err == nil {
		t.Error("half a result was written")
	}
}
