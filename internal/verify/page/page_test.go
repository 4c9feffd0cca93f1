package page_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/limit"
	"assay/internal/verify/page"
)

const sample = `---
title: A report
last_updated: 2025-12-10
---

# Title with ` + "`code`" + `

Intro with **bold:** 12 &amp; [a link](https://example.org/a_b "x") and https://example.net/c.

Leads to:

- **One:** first
  - below \*it\*
- Two

| Project | N |
| --- | ---: |
| **Acme** | 1,000 |
| Weir \| more | 2 |

> quoted 7

` + "```yaml\nkey: 3\n\nother: 4\n```\n"

// blocks writes the blocks of a page, one a line, with the source of each text.
func blocks(p *page.Page) []string {
	var all []string
	for i := range p.Blocks {
		b := &p.Blocks[i]
		lead := ""
		if b.Lead != nil {
			lead = " <" + b.Lead.Text.S + ">"
		}
		texts := []*page.Text{&b.Text}
		for k := range b.Cells {
			texts = append(texts, &b.Cells[k])
		}
		var said []string
		for _, t := range texts {
			if t.S == "" {
				continue
			}
			at := t.Source(page.Span{From: 0, To: len(t.S)})
			said = append(said, fmt.Sprintf("%q=%q", t.S, p.Source[at.From:at.To]))
		}
		all = append(all, fmt.Sprintf("%d/%d%s %s", b.Form, b.Level, lead, strings.Join(said, " ")))
	}
	return all
}

func TestRead(t *testing.T) {
	t.Parallel()
	p, err := page.Read([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`5/0 "title: A report"="title: A report"`,
		`5/0 "last_updated: 2025-12-10"="last_updated: 2025-12-10"`,
		"1/1 \"Title with code\"=\"Title with `code\"",
		`0/0 "Intro with bold: 12 & a link and https://example.net/c."="Intro with **bold:** 12 &amp; [a link](https://example.org/a_b \"x\") and https://example.net/c."`,
		`0/0 "Leads to:"="Leads to:"`,
		`2/1 <Leads to:> "One: first"="One:** first"`,
		`2/2 <One: first> "below *it*"="below \\*it\\*"`,
		`2/1 <Leads to:> "Two"="Two"`,
		`3/0 "Project"="Project" "N"="N"`,
		`3/0 "Acme"="Acme" "1,000"="1,000"`,
		`3/0 "Weir | more"="Weir \\| more" "2"="2"`,
		`6/0 "quoted 7"="quoted 7"`,
		`4/0 "key: 3"="key: 3"`,
		`4/0 "other: 4"="other: 4"`,
	}
	if diff := cmp.Diff(want, blocks(p)); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	intro := &p.Blocks[3].Text
	if len(intro.Links) != 2 || intro.Links[0].URL != "https://example.org/a_b" || !intro.Links[1].Bare {
		t.Errorf("links %+v", intro.Links)
	}
	if at := intro.Links[0].At; string(p.Source[at.From:at.To]) != "https://example.org/a_b" {
		t.Errorf("the address stands at %q", p.Source[at.From:at.To])
	}
	if line, column := p.Position(strings.Index(sample, "1,000")); line != 18 || column != 14 {
		t.Errorf("position %d:%d", line, column)
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	if _, err := page.Read(make([]byte, limit.VerifyBytes+1)); errkind.Of(err) != errkind.Limit || errkind.Hint(err) == "" {
		t.Errorf("error %v", err)
	}
}

// hostile are texts that would keep a parser busy, with the bound that refuses each,
// "" for one that is read.
func hostile() map[string]struct{ text, refused string } {
	const paragraph = "a paragraph of"
	rep := strings.Repeat
	return map[string]struct{ text, refused string }{
		"use of a definition":  {"[x]: http://a.b\n\n" + rep("[x]", 100_000), paragraph},
		"lines of uses":        {"[x]: http://a.b\n\n" + rep("[x]\n", 50_000), paragraph},
		"definitions":          {rep("[a]: b\n", 100_000), "definitions of links"},
		"definitions in parts": {rep(rep("[a]: b\n", 20)+"\n", 2000), ""},
		"titles":               {rep("[a]: b \"\n", 50_000), "definitions of links"},
		"wide table":           {"|" + rep("a|", 999) + "\n|" + rep("-|", 999) + "\n" + rep("|1\n", 20), "999 columns"},
		"tables filled up":     {rep("|"+rep("a|", 199)+"\n|"+rep("-|", 199)+"\n"+rep("|1\n", 100)+"\n", 20), "cells"},
		"quotes":               {rep(">", 100_000) + "x", "40 deep"},
		"lists":                {rep("- ", 50_000) + "x", "40 deep"},
		"numbered lists":       {rep("1. ", 50_000) + "x", "40 deep"},
		"staircase":            {staircase(100) + rep("\n", 100_000), "40 deep"},
		"many lists":           {rep("- + * - + a\n", 80_000), "200000 lists"},
		"brackets":             {rep("[", 200_000), paragraph},
		"pairs of brackets":    {rep("[\n", 50_000) + rep("]\n", 50_000), "definitions of links"},
		"links":                {rep("[a](", 100_000), paragraph},
		"open titles":          {rep("[a](b \"\n", 100_000), paragraph},
		"emphasis":             {rep("**a ", 100_000), paragraph},
		"two emphases":         {rep("*_", 100_000), paragraph},
		"nested emphasis":      {rep("*", 1000) + "a" + rep("*", 1000), "100 deep"},
		"backticks":            {rep("`a", 100_000), paragraph},
		"longer backticks":     {growing(1000), paragraph},
		"marks in parts":       {rep(rep("*a* ", 100)+"\n\n", 6000), "in the report"},
		"escapes":              {"|a|\n|-|\n" + rep("|`a\\|b`", 50_000), "escaped columns"},
		"tags":                 {rep("a <b c=\"", 100_000), paragraph},
		"addresses":            {rep("http://a.b/(((( ", 60_000), "bytes"},
		"entities":             {rep("&#1234;&amp", 90_000), "bytes"},
		"one line":             {rep("a", 1<<20), "32768 are read"},
		"long line of code":    {"```\n" + rep("a", 1<<20), "32768 are read"},
		"long picture":         {"![a](data:" + rep("a", 1<<20) + ")", ""},
		"indented":             {rep("  ", 5_000) + rep("- a\n  ", 50_000), ""},
		"front matter":         {"---\n" + rep("a: b\n", 200_000), "200000 lines"},
		"closed front matter":  {"---\n" + rep("a: b\n", 200_000) + "---\n", "200000 lines"},
		"blank lines":          {rep("\n", limit.VerifyBlank+1), "1000000 blank lines"},
		"blank lines in lists": {staircase(18) + rep("\n", 120_000), "too many lines lie in lists"},
		"blank lines in code":  {"- > ```\n" + rep("\n", 900_000), ""},
		"staircase and more":   {staircase(100) + rep(staircase(100), 100), "40 deep"},
	}
}

// staircase is lists within one another.
func staircase(deep int) string {
	var b strings.Builder
	for i := range deep {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// growing is runs of backquotes, each longer than the one before.
func growing(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a" + strings.Repeat("`", i+1))
	}
	return b.String()
}

// What a parser would take long over is refused at a bound that is named, with its
// line; the rest is read.
func TestHostile(t *testing.T) {
	t.Parallel()
	for name, c := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := page.Read([]byte(c.text))
			switch {
			case c.refused == "" && err != nil:
				t.Error(err)
			case c.refused == "":
			case err == nil:
				t.Errorf("it is read; want it refused for %q", c.refused)
			case errkind.Of(err) != errkind.Limit || errkind.Hint(err) == "" || !strings.HasPrefix(err.Error(), "line ") || !strings.Contains(err.Error(), c.refused):
				t.Errorf("error %v (%s); want %q", err, errkind.Of(err), c.refused)
			}
		})
	}
}

// Whatever the text, every span of every block's text stands in the source.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	for _, c := range hostile() {
		f.Add([]byte(c.text[:200]))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		p, err := page.Read(source)
		if err != nil {
			t.Skip()
		}
		check := func(text *page.Text) {
			spans := []page.Span{{From: 0, To: len(text.S)}}
			for _, l := range text.Links {
				spans = append(spans, l.Span)
				if l.At.To > 0 && (l.At.From < 0 || l.At.To > len(source)) {
					t.Errorf("address at %v of %d bytes", l.At, len(source))
				}
			}
			spans = append(append(spans, text.Bold...), text.CodeSpans...)
			for _, s := range spans {
				if s.From < 0 || s.To > len(text.S) || s.From > s.To {
					t.Fatalf("span %v of %q", s, text.S)
				}
				at := text.Source(s)
				if at.From < 0 || at.To > len(source) || at.From > at.To {
					t.Errorf("span %v of %q stands at %v of %d bytes", s, text.S, at, len(source))
				}
			}
		}
		for i := range p.Blocks {
			check(&p.Blocks[i].Text)
			for k := range p.Blocks[i].Cells {
				check(&p.Blocks[i].Cells[k])
			}
		}
	})
}

// The lines that begin and end a box of Docusaurus are no text; what is in it is, with
// and without blank lines around it.
func TestBox(t *testing.T) {
	t.Parallel()
	for src, want := range map[string][]string{
		"## Acme\n\n:::warning[Read in part]\n\n2 of 7 were read.\n\n:::\n\n::::note\n\nMore.\n\n::::\n": {"Acme", "2 of 7 were read.", "More."},
		":::info Key Insight\nTwo are graduated.\nThree are not.\n:::\nAfter it.\n":                      {"Two are graduated. Three are not.", "After it."},
		"Before it.\n:::tip\n- one\n- two\n:::\n> :::note\n> three\n> :::\n":                             {"Before it.", "one", "two", "three"},
		"::: \n\na ::: b\n\n:: c\n\n```\n:::d\n```\n":                                                    {"a ::: b", ":: c", ":::d"},
	} {
		p, err := page.Read([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range p.Blocks {
			got = append(got, b.Text.S)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", src, diff)
		}
	}
}

// The address of a link stands beside it or in its definition.
func TestWhereAddressesStand(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"inline", "[a](https://a.example/x)\n", "https://a.example/x"},
		{"full", "[a][1]\n\n[1]: https://a.example/x\n", "https://a.example/x"},
		{"collapsed", "[a][]\n\n[A]: https://a.example/x\n", "https://a.example/x"},
		{"shortcut", "[a]\n\n[a]: <https://a.example/x> \"title\"\n", "https://a.example/x"},
		{"the first definition", "[a][1]\n\n[1]: https://a.example/x\n[1]: https://b.example/y\n", "https://a.example/x"},
		{"in a quotation", "> [a][1]\n>\n> [1]: https://a.example/x\n", "https://a.example/x"},
		{"no definition but a code block", "    [1]: https://b.example/y\n\n[a][1]\n\n[1]: https://a.example/x\n", "https://a.example/x"},
		{"on a line of its own", "[a][1]\n\n[1]:\nhttps://a.example/x\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := page.Read([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(p.Blocks, func(b page.Block) bool { return b.Form != page.Code && len(b.Text.Links) == 1 })
			if i < 0 {
				t.Fatalf("no link in %q", tt.text)
			}
			l := p.Blocks[i].Text.Links[0]
			if got := tt.text[l.At.From:l.At.To]; l.URL != "https://a.example/x" || got != tt.want {
				t.Errorf("a link to %q at %q, want %q", l.URL, got, tt.want)
			}
		})
	}
}
