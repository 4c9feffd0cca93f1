package csv

import (
	"encoding/csv"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"assay/internal/dataset"
)

func TestCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                   "",
		"plain":              "plain",
		"a-b=c@d+e":          "a-b=c@d+e",
		"=1+1":               "'=1+1",
		"+1":                 "'+1",
		"-1":                 "'-1",
		"@SUM(A1)":           "'@SUM(A1)",
		"|calc":              "'|calc",
		"%0A":                "'%0A",
		"  =1":               "'  =1",
		"\u00a0=1":           "'\u00a0=1",
		"＝1":                 "'＝1",
		"\t=1":               `\u0009=1`,
		"\r=1":               `\u000d=1`,
		"'tis":               "''tis",
		"''":                 "'''",
		"a;=1":               `a\u003b=1`,
		`a;"=1"`:             `a\u003b"=1"`,
		"a; b":               "a; b",
		"a; - b":             `a\u003b - b`,
		"\x1b[31mred":        `\u001b[31mred`,
		"left\u202eright":    `left\u202eright`,
		"\U000e0041":         `\udb40\udc41`,
		"two\nlines":         `two\u000alines`,
		`C:\users`:           `C:\users`,
		`\u001b`:             `\u005cu001b`,
		`\\u001B`:            `\\u005cu001B`,
		"\\\x1b":             `\\u001b`,
		`DROP TABLE "a"; --`: `DROP TABLE "a"\u003b --`,
		"🦀 é 鉄":              "🦀 é 鉄",
	} {
		got := Cell(dataset.Text, in)
		if got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
		if back := Read(dataset.Text, got); back != in {
			t.Errorf("%q comes back as %q", in, back)
		}
	}
}

// started matches what a spreadsheet takes for the beginning of a formula.
var started = regexp.MustCompile(`^[\s"]*[=+\-@|%＝＋－＠\t\r]`)

// Whatever a text is, its cell is no formula, also for programs that part cells by
// semicolons or tabs, steers no terminal, stands on one line, and comes back.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"=1", "a;=1", `;";=1`, "'", `\u001b`, "\\\x1b", `\\u003b;=`, "\u2028=", "\xff", "a\x00b", ";\t=1", "';=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		cell := Cell(dataset.Text, s)
		if back := Read(dataset.Text, cell); back != s {
			t.Errorf("%q is %q and comes back as %q", s, cell, back)
		}
		for part := range strings.SplitSeq(cell, ";") {
			if started.MatchString(part) {
				t.Errorf("%q is %q, which has a formula", s, cell)
			}
		}
		if !utf8.ValidString(cell) || strings.ContainsFunc(cell, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }) {
			t.Errorf("%q is %q, which steers a terminal", s, cell)
		}
	})
}

// What is written is RFC 4180, and tells null, 0, an empty list and an empty text apart.
func TestLines(t *testing.T) {
	t.Parallel()
	table := &dataset.Table{Name: "t", Columns: []dataset.Column{
		{Name: "a", Kind: dataset.Text}, {Name: "b", Kind: dataset.Integer}, {Name: "c", Kind: dataset.Real}, {Name: "d", Kind: dataset.Boolean}, {Name: "e", Kind: dataset.List},
	}}
	var b strings.Builder
	w, err := New(&b, table)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{
		{nil, nil, nil, nil, nil},
		{"", int64(0), 0.0, false, "[]"},
		{`say "a", b`, int64(-1), 0.1, true, `["a,b","\"","=1;=2"]`},
		{" pad ", int64(1 << 60), 1e-9, true, `["\u001b"]`},
	} {
		if err := w.Put(table, row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const want = "a,b,c,d,e\r\n" +
		",,,,\r\n" +
		"\"\",0,0,false,[]\r\n" +
		`"say ""a"", b",-1,0.1,true,"[""a,b"",""\"""",""=1\u003b=2""]"` + "\r\n" +
		`" pad ",1152921504606846976,0.000000001,true,"[""\u001b""]"` + "\r\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// A date is a type of its own, as in the findings.
type date string

// What is written for a pipe has the same cells: no value and no name is a formula, and
// numbers are plain.
func TestWrite(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	rows := [][]any{
		{nil, "=1", -1, 0.000001}, {"", "'=1", int64(-12345678), 2.5}, {date("-x"), date("2025-01-02"), true, "a\x1b[2J"}, {"plain = text", "a,b", "\t=1", "x\ny"},
	}
	if err := Write(&b, []string{"a", "=b", "c", "-d"}, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	const want = `a,'=b,c,'-d
,'=1,-1,0.000001
"",''=1,-12345678,2.5
'-x,2025-01-02,true,a\u001b[2J
plain = text,"a,b",\u0009=1,x\u000ay
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if err := Write(full{}, []string{"a"}, slices.Values(rows)); !errors.Is(err, errFull) {
		t.Errorf("nothing could be written: %v", err)
	}
}

var errFull = errors.New("it is full")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
