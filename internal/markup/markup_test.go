package markup

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"assay/internal/limit"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                             "plain",
		"  two \t words\r\n":                "two words",
		"bell\x07 and \x1b[31mred":          "bell and [31mred",
		"flip\u202Eped \u2066x\u2069":       "flipped x",
		"zero\u200bwidth\ufeff":             "zerowidth",
		"tag\U000E0041s and \xff\xfe bytes": "tags and bytes",
		"<script>alert(1)</script>":         "<script>alert(1)</script>",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	if got := Shorten("short enough", 12); got != "short enough" {
		t.Errorf("shorten changed %q", got)
	}
	if got := Shorten("one two three four", 14); got != "one two…" {
		t.Errorf("shorten cut to %q", got)
	}
	for _, s := range []string{strings.Repeat("ä", 40), strings.Repeat("word ", 40), strings.Repeat("x", 100)} {
		for limit := 4; limit < 60; limit++ {
			if got := Shorten(s, limit); len(got) > limit || !strings.HasSuffix(got, "…") || strings.ContainsRune(got, '\uFFFD') {
				t.Fatalf("Shorten(%q, %d) = %q", s, limit, got)
			}
		}
	}
}

func TestHasWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s, word string
		want    bool
	}{
		{"Former maintainers", "former", true}, {"Transformer maintainers", "former", false}, {"Formerly", "former", false}, {"formers", "former", true},
		{"WordPress", "press", false}, {"in the press", "press", true}, {"expressed in press.", "press", true}, {"Organisations", "organi*", true}, {"reorganised", "organi*", false},
		{"maintainer_labels", "maintainer", true}, {"Who we are: end users", "end user", true}, {"ids", "id", true}, {"video", "id", false}, {"", "id", false}, {"Überid", "id", false},
	} {
		if got := HasWord(c.s, c.word); got != c.want {
			t.Errorf("HasWord(%q, %q) = %t", c.s, c.word, got)
		}
	}
}

func TestWebURL(t *testing.T) {
	t.Parallel()
	for _, ok := range []string{"https://example.org", "http://example.org/a?b=c#d", "https://example.org/@ann/x.html", "https://example.org/tool@v1.2.3/x"} {
		if WebURL(ok) != ok {
			t.Errorf("WebURL(%q) = %q", ok, WebURL(ok))
		}
	}
	for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", "//example.org", "example.org", "https://", "https://a@b.example", "https://example.org/ann@corp.example", "https://example.org/?to=ann%40corp.example",
		"https://example.org/\"onload=", "https://example.org/\u202e", "https://example.org/a b", "https://" + strings.Repeat("a", 3000)} {
		if got := WebURL(bad); got != "" {
			t.Errorf("WebURL(%q) = %q", bad, got)
		}
	}
}

func TestTameKeepsLines(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"", "\n", "a\nb", "---\ntitle: x\n---\n# h\n", strings.Repeat("> ", 5000) + "\nx\n", "|" + strings.Repeat("a|", 5000) + "\n",
		strings.Repeat("[", 1<<20) + "\nlast"} {
		got := tame([]byte(src))
		if g, w := bytes.Count(got, []byte("\n")), strings.Count(src, "\n"); g != w {
			t.Errorf("tame of %.20q has %d line breaks, want %d", src, g, w)
		}
		if len(got) > len(src) {
			t.Errorf("tame of %.20q grew", src)
		}
	}
}

// The cost of a table is its header's width times its rows, whatever the rows
// hold: this one would have twenty million cells.
func TestTamedTable(t *testing.T) {
	t.Parallel()
	src := "|" + strings.Repeat("a|", 60) + "\n|" + strings.Repeat("-|", 60) + "\n" + strings.Repeat("|\n", 350_000)
	cells := 0
	for _, b := range Blocks([]byte(src)) {
		cells += len(b.Cells)
	}
	if cells > 2*limit.TextCells {
		t.Errorf("%d cells were made, want at most about %d", cells, limit.TextCells)
	}
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	src := "---\ntitle: no heading\n---\n# A *title*\n\nText with [a link](https://example.org) &amp; `code`,\nover two lines. <ann@example.org>\n\n" +
		"```\nno block\n```\n<!-- no\nblock -->\n\n- **Bold** item\n  - inner\n\n| Name | Type |\n|---|---|\n| ![Logo](x.png) | <b>b</b><br>c |\n"
	bs := Blocks([]byte(src))
	var got []string
	for _, b := range bs {
		text := b.Text
		for _, c := range b.Cells {
			for _, i := range c.Images {
				text += i.Alt
			}
			text += c.Text + ";"
		}
		got = append(got, strings.ReplaceAll(text, "\n", "⏎"))
	}
	want := []string{"A title", "Text with a link & code,⏎over two lines.", "Bold item", "inner", "Logo;b⏎c;"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Fatalf("blocks are %q, want %q", got, want)
	}
	if l := bs[0].Line(0); l != 4 {
		t.Errorf("heading at line %d, want 4", l)
	}
	if l := bs[1].Line(strings.Index(bs[1].Text, "over")); l != 7 {
		t.Errorf("second line of the paragraph at %d, want 7", l)
	}
	if bs[2].Strong != 4 || bs[3].Level != 2 {
		t.Errorf("item: strong %d, inner level %d", bs[2].Strong, bs[3].Level)
	}
	if l := bs[4].Line(0); l != 20 {
		t.Errorf("row at line %d, want 20", l)
	}
}

// HTML gives the blocks that a browser would show, in the lines where they stand.
func TestHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, src, want string }{
		{"logos between words", "<a href=\"https://a.example\"><img alt=\"A &amp; Co\" src=a.png></a>\n<img src=b.png title='B'/> &nbsp;\n",
			"1 paragraph \"\" [A & Co @1 https://a.example] [B @2]"},
		{"logos in a block", "<p align=\"center\">\n  <a href=\"https://a.example\">\n    <img alt=\"A\">\n  </a>\n</p>\n", "3 paragraph \"\" [A @3 https://a.example]"},
		{"linked image", "[![A](a.png \"T\")](https://a.example)\n", "1 paragraph \"\" [A T @1 https://a.example]"},
		{"table", "<table>\n<tr><th>Name</th><th>For</th></tr>\n<tr>\n<td><a href=\"https://a.example\">A</a></td>\n<td>x<br>y</td></tr>\n</table>\n",
			"3 row name,for: \"A\"<https://a.example> \"x⏎y\""},
		{"cells with blank lines", "<table>\n<tr>\n<td>\n\n[A](https://a.example)\n\n</td>\n<td>B</td>\n</tr>\n</table>\n\nAfter.\n",
			"2 row : \"A\"<https://a.example> \"B\"|12 paragraph \"After.\""},
		{"nobody closed it", "<table><tr><td>A\n\n# B\n", "1 row : \"A\"|3 heading \"B\""},
		{"no table is open", "<p>A</td> b</p>\n</table>\n<td>C</td>\n<tr>D</tr>\n", "1 paragraph \"A b\"|3 paragraph \"C D\""},
		{"a stray tag after a table", "<table><tr><td>A</td></tr></table>\n</td>\n\n- B\n\n</tr>\n\nC\n", "1 row : \"A\"|4 item 1 \"B\"|8 paragraph \"C\""},
		{"a table in a cell", "<table>\n<tr><td>A<table><tr><td>B</td></tr></table>a</td>\n<td>C</td></tr>\n<tr><td>D</td></tr>\n</table>\n\nE\n",
			"2 row : \"B\"|2 row : \"Aa\" \"C\"|4 row : \"D\"|7 paragraph \"E\""},
		{"tables that nobody closed", "<table><tr><td>A<table><table><tr><td>B\n\n# C\n", "1 row : \"B\"|1 row : \"A\"|3 heading \"C\""},
		{"headings, items, bold", "<h2>A</h2>\n<ul>\n<li><b>B</b> - b\n<ul><li>C</li></ul></li>\n</ul>\n", "1 heading \"A\"|3 item 1 \"B - b\" strong 1|4 item 2 \"C\""},
		{"no text of the page", "<!-- <p>A</p>\n\n<p>B</p> -->\n<script>\nC\n</script>\n<style>D</style>\n<p>E</p>\n", "8 paragraph \"E\""},
		{"indented", "A\n\n    B\n\tC\n", "1 paragraph \"A\"|3 indented \"B⏎C\""},
	} {
		var got []string
		for _, b := range Blocks([]byte(c.src)) {
			got = append(got, describe(&b))
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, g, c.want)
		}
	}
}

func describe(b *Block) string {
	s := fmt.Sprintf("%d %s", b.Line(0), [...]string{"paragraph", "heading", "item", "row", "indented"}[b.Kind])
	if b.Kind == Item {
		s += fmt.Sprintf(" %d", b.Level)
	}
	if b.Kind == Row {
		s += " " + strings.Join(b.Header, ",") + ":"
	}
	for _, in := range append(b.Inlines(), &b.Inline)[:max(1, len(b.Cells))] {
		s += fmt.Sprintf(" %q", strings.ReplaceAll(in.Text, "\n", "⏎"))
		for _, l := range in.Links {
			if l.Start < l.End {
				s += "<" + l.URL + ">"
			}
		}
		for _, i := range in.Images {
			s += " [" + Clean(fmt.Sprintf("%s %s @%d %s", i.Alt, i.Title, i.Line, i.Link)) + "]"
		}
		if in.Strong > 0 {
			s += fmt.Sprintf(" strong %d", in.Strong)
		}
	}
	return strings.ReplaceAll(s, " ]", "]")
}

func TestSentences(t *testing.T) {
	t.Parallel()
	src := "One, e.g. this. Two is v1.2 of it! \"Three?\" It ends (here.) And J. Doe said C. Then"
	var got []string
	for _, s := range Sentences(src) {
		got = append(got, src[s.Start:s.End])
	}
	want := `One, e.g. this.|Two is v1.2 of it!|"Three?"|It ends (here.)|And J. Doe said C.|Then`
	if strings.Join(got, "|") != want {
		t.Errorf("sentences are %q", got)
	}
}
