package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"assay/internal/finding/findingtest"
)

func gfm() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
}

func render(t testing.TB, source string) string {
	t.Helper()
	var out bytes.Buffer
	if err := gfm().Convert([]byte(source), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// shown is what a reader sees of HTML without any tag in it.
func shown(t testing.TB, body string) string {
	t.Helper()
	if i := strings.IndexAny(body, "<>"); i >= 0 {
		t.Errorf("a tag in %.200q", body)
	}
	return strings.ReplaceAll(html.UnescapeString(body), joiner, "")
}

// between is what stands between two strings of s, which has them.
func between(t testing.TB, s, from, to string) string {
	t.Helper()
	_, s, ok := strings.Cut(s, from)
	i := strings.LastIndex(s, to)
	if !ok || i < 0 {
		t.Fatalf("no %q … %q in %.300q", from, to, s)
	}
	return s[:i]
}

// checkEscape holds escape to its promise for one text.
func checkEscape(t testing.TB, s string) {
	t.Helper()
	want, got := plain(s), escape(s)
	if want == "" {
		if got != "" {
			t.Errorf("escape(%q) = %q, want nothing", s, got)
		}
		return
	}
	places := map[string][3]string{ // source before and after are around the text; HTML likewise
		"paragraph": {"\x00", "<p>", "</p>"},
		"heading":   {"### \x00", "<h3>", "</h3>"},
		"quote":     {"> \x00", "<blockquote>\n<p>", "</p>\n</blockquote>"},
		"item":      {"- \x00", "<ul>\n<li>", "</li>\n</ul>"},
		"bold":      {"a **\x00** b", "<p>a <strong>", "</strong> b</p>"},
		"link":      {"a [\x00](https://good.test) b", `<p>a <a href="https://good.test">`, "</a> b</p>"},
		"cell":      {"| h | i |\n| --- | --- |\n| \x00 | z |", "<tbody>\n<tr>\n<td>", "</td>\n<td>z</td>\n</tr>\n</tbody>"},
	}
	for place, p := range places {
		if place == "bold" && !boldable(want) {
			continue // emphasis needs letters beside its stars: a rule of Markdown's, harmless
		}
		out := render(t, strings.ReplaceAll(p[0], "\x00", got))
		if text := shown(t, between(t, out, p[1], p[2])); text != want {
			t.Errorf("%s: escape(%q) = %q shows %q", place, s, got, text)
		}
	}
	if mdx.MatchString(got) {
		t.Errorf("escape(%q) = %q: MDX would read it as code", s, got)
	}
	if mention.MatchString(got) || strings.Contains(strings.ToLower(got), "://") {
		t.Errorf("escape(%q) = %q: a mention or address for who looks at finished text", s, got)
	}
}

var (
	mdx     = regexp.MustCompile(`[{}<>]|^(import|export)`)
	mention = regexp.MustCompile(`@\w|(?i:www)\.`)
	plainly = regexp.MustCompile(`^[A-Za-z0-9].*[A-Za-z0-9]$|^[A-Za-z0-9]$`)
)

func boldable(s string) bool { return plainly.MatchString(s) }

func TestEscape(t *testing.T) {
	t.Parallel()
	for _, s := range findingtest.Hostile() {
		checkEscape(t, s)
		checkEscape(t, "words "+s+" words")
		checkEscape(t, s+s)
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range findingtest.Hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkEscape(t, s) })
}

func TestTarget(t *testing.T) {
	t.Parallel()
	for _, good := range []struct{ in, want string }{
		{"https://example.org/a", "https://example.org/a"},
		{"http://example.org:8080/a?b=c&d=e#f", "http://example.org:8080/a?b=c&amp;d=e#f"},
		{"mailto:a@example.org", "mailto:a@example.org"},
		{"https://example.org/a(b)|c`d{e}<f>", "https://example.org/a%28b%29%7Cc%60d%7Be%7D%3Cf%3E"},
		{"https://example.org/a b", "https://example.org/a%20b"},
		{"https://example.org/%28a%29", "https://example.org/%28a%29"},
		{"https://example.org/é", "https://example.org/%C3%A9"},
	} {
		if got, ok := target(good.in); !ok || got != good.want {
			t.Errorf("target(%q) = %q, %v; want %q", good.in, got, ok, good.want)
		}
	}
	for _, bad := range []string{
		"", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "/relative", "#a",
		"//example.org", "https://", "https:///a", "https://user@example.org", "https://a:b@example.org/", " https://example.org",
		"https://example.org\n", "https://exämple.org", "https://exa mple.org", "https://example.org<x>/", "mailto:", "mailto:a b@example.org", "mailto:a@example.org?body=x", "mailto:a@b@c", "ssh://git@example.org/a",
		"https://" + strings.Repeat("a", 3000), "https://[::1", "%zz", "https://example.org/%zz\x00",
	} {
		if got, ok := target(bad); ok {
			t.Errorf("target(%q) = %q, want none", bad, got)
		}
	}
}

func FuzzLink(f *testing.F) {
	for _, s := range findingtest.Hostile() {
		f.Add(s, s)
		f.Add("text", "https://example.org/"+s)
		f.Add(s, "https://example.org/?"+s)
	}
	anchor := regexp.MustCompile(`^<a href="(https?://[^"<>]*|mailto:[^"<>]*)">[^<>]*</a>$`)
	f.Fuzz(func(t *testing.T, text, address string) {
		out := render(t, "| h | i |\n| --- | --- |\n| "+inline.link(text, address)+" | z |")
		cell := between(t, out, "<tbody>\n<tr>\n<td>", "</td>\n<td>z</td>\n</tr>\n</tbody>")
		if strings.Contains(cell, "<") && !anchor.MatchString(cell) {
			t.Errorf("link(%q, %q) gives %q", text, address, cell)
		}
		code := render(t, "| h | i |\n| --- | --- |\n| "+codeSpan(text)+" | z |")
		cell = between(t, code, "<tbody>\n<tr>\n<td>", "</td>\n<td>z</td>\n</tr>\n</tbody>")
		if got := strings.NewReplacer("<code>", "", "</code>", "").Replace(cell); shown(t, got) != plain(text) {
			t.Errorf("codeSpan(%q) shows %q", text, got)
		}
	})
}
