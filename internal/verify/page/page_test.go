package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
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
	if _, err := page.Read(make([]byte, page.MaxBytes+1)); errkind.Of(err) != errkind.Limit || errkind.Hint(err) == "" {
		t.Errorf("error %v", err)
	}
}

// hostile are texts that would keep a parser busy.
func hostile() map[string]string {
	return map[string]string{
		"wide table":   "|" + strings.Repeat("a|", 10_000) + "\n|" + strings.Repeat("-|", 10_000) + "\n" + strings.Repeat("|1\n", 20_000),
		"quotes":       strings.Repeat(">", 100_000) + "x",
		"lists":        strings.Repeat("- ", 50_000) + "x",
		"brackets":     strings.Repeat("[", 200_000),
		"links":        strings.Repeat("[a](", 100_000),
		"emphasis":     strings.Repeat("**a ", 100_000),
		"backticks":    strings.Repeat("`a", 100_000),
		"escapes":      "|a|\n|-|\n" + strings.Repeat("|`a\\|b`", 50_000),
		"addresses":    strings.Repeat("http://a.b/(((( ", 60_000),
		"entities":     strings.Repeat("&#1234;&amp", 90_000),
		"indented":     strings.Repeat("  ", 5_000) + strings.Repeat("- a\n  ", 50_000),
		"front matter": "---\n" + strings.Repeat("a: b\n", 200_000),
	}
}

// A text of a megabyte in hostile shape is read in bounded time. The bound is
// many times what it takes: it tells a square from a line.
func TestHostile(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := make(chan error, 1)
			go func() {
				_, err := page.Read([]byte(text))
				done <- err
			}()
			select {
			case err := <-done:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(time.Minute):
				t.Fatal("it takes for ever")
			}
		})
	}
}

// Whatever the text, every span of every block's text stands in the source.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sample))
	for _, text := range hostile() {
		f.Add([]byte(text[:200]))
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
