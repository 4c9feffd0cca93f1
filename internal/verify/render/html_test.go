package render

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"assay/internal/errkind"
	"assay/internal/verify"
	"assay/internal/verify/page"
)

func pageOf(t testing.TB, src []byte, r *verify.Result) string {
	t.Helper()
	var out bytes.Buffer
	if err := HTML(&out, src, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var void = []string{"meta", "br", "hr", "input"}

// written gives the texts of a page, each with the elements around it as they
// are written, and complains about tags that do not match.
func written(t testing.TB, text string) []string {
	t.Helper()
	var texts, open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("left open: %v", open)
			}
			return texts
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		case html.TextToken:
			if s := strings.TrimSpace(string(z.Text())); s != "" {
				texts = append(texts, strings.Join(open, " ")+": "+s)
			}
		}
	}
}

// understood gives the same of the tree that a browser makes of the page.
func understood(t testing.TB, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for n := range root.Descendants() {
		if n.Type != html.TextNode || strings.TrimSpace(n.Data) == "" {
			continue
		}
		var open []string
		for p := n.Parent; p.Type == html.ElementNode; p = p.Parent {
			open = append(open, p.Data)
		}
		slices.Reverse(open)
		texts = append(texts, strings.Join(open, " ")+": "+strings.TrimSpace(n.Data))
	}
	return texts
}

// formed checks that a page is well-formed, that a browser nests it as it is
// written, and that every claim can be reached once.
func formed(t testing.TB, page string, claims int) {
	t.Helper()
	as, is := written(t, page), understood(t, page)
	for i := range min(len(as), len(is)) {
		if html.UnescapeString(as[i]) != is[i] && as[i] != is[i] {
			t.Fatalf("written as  %.300q\nunderstood  %.300q", as[i], is[i])
		}
	}
	if len(as) != len(is) {
		t.Fatalf("%d texts are written, %d understood", len(as), len(is))
	}
	for i := range claims {
		for _, id := range []string{`id="claim-%d"`, `id="card-%d"`} {
			if n := strings.Count(page, fmt.Sprintf(id, i)); n != 1 {
				t.Fatalf("%s is there %d times", fmt.Sprintf(id, i), n)
			}
		}
	}
}

func TestPageIsWellFormed(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	formed(t, pageOf(t, s.src, &s.Result), len(s.Claims))
}

func TestPageRunsNothingOfTheReport(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	root, err := html.Parse(strings.NewReader(pageOf(t, s.src, &s.Result)))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			scripts++
		case "img", "iframe", "object", "embed", "link", "form":
			t.Errorf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.Contains(strings.ToLower(a.Val), "javascript") || a.Key == "style" {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	if scripts != 1 {
		t.Errorf("there are %d scripts", scripts)
	}
}

// marks gives what is marked, by the claim whose card is with it.
func marks(t *testing.T, page string) map[string]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for n := range root.Descendants() {
		if n.Data != "mark" {
			continue
		}
		var text strings.Builder
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				text.WriteString(d.Data)
			}
		}
		for s := range n.Parent.ChildNodes() {
			for _, a := range s.Attr {
				if a.Key == "id" {
					found[a.Val] = text.String()
				}
			}
		}
	}
	return found
}

// Of a claim over two texts the first is found.
func TestMarksStandOnTheClaims(t *testing.T) {
	t.Parallel()
	const text = "---\nfront: 1\n---\n# two\n\n**thr&amp;ee** and *fo*ur, [fi**ve**](https://e.org/six) <https://e.org/seven> https://e.org/eight\n\n" +
		"| nine | `ten \\| x` |\n| - | - |\n| [eleven](x) | a\\*b |\n\n```go\n\ttwelve\n```\n\n    thirteen\n\n<div>fourteen</div>\n\n" +
		"x <b>fifteen</b> ![sixteen](y)\n\n1. - > seventeen\n\n[ref]: https://e.org/eighteen\n\n~~nineteen~~ `twen\nty` &copy;\n"
	for words, want := range map[string]string{
		"1": "1", "two": "two", "thr&amp;ee": "thr&ee", "fi": "fi", "ve": "ve", "six": "six", "seven": "seven", "https://e.org/eight": "https://e.org/eight",
		"nine": "nine", "ten": "ten", "eleven": "eleven", "twelve": "twelve", "thirteen": "thirteen", "fourteen": "fourteen", "fifteen": "fifteen",
		"sixteen": "sixteen", "seventeen": "seventeen", "eighteen": "eighteen", "nineteen": "nineteen", "twen\nty": "twen ", "<b>": "<b>", "&copy;": "©",
	} {
		r := &verify.Result{Claims: []verify.Claim{{Place: find(t, []byte(text), words), Quote: words, Verdict: verify.Refuted}}}
		page := pageOf(t, []byte(text), r)
		formed(t, page, 1)
		if got := marks(t, page)["claim-0"]; got != want {
			t.Errorf("%q: %q is marked, want %q", words, got, want)
		}
	}
}

func TestStretches(t *testing.T) {
	t.Parallel()
	at := func(from, to int) verify.Claim { return verify.Claim{Place: verify.Place{Offset: from, End: to}} }
	got := stretches([]verify.Claim{at(0, 9), at(2, 5), at(4, 12), at(14, 15), at(7, 7), at(-1, 3), at(14, 99)}, 20)
	want := []stretch{
		{0, 2, []int{0}}, {2, 4, []int{0, 1}}, {4, 5, []int{0, 1, 2}}, {5, 9, []int{0, 2}}, {9, 12, []int{2}}, {14, 15, []int{3}},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func hostile() map[string]string {
	return map[string]string{
		"wide table":  "|" + strings.Repeat("a|", 200) + "\n|" + strings.Repeat("-|", 200) + "\n|" + strings.Repeat("1|", 10000) + "\n",
		"high table":  "|" + strings.Repeat("a|", 20) + "\n|" + strings.Repeat("-|", 20) + "\n" + strings.Repeat("|1\n", 1000),
		"quotes":      strings.Repeat(">", 40) + " 1",
		"lists":       nested(20),
		"bold":        strings.Repeat("**a ", 900) + strings.Repeat("b** ", 900),
		"bold lines":  strings.Repeat("**a\n", 3000) + strings.Repeat("b**\n", 3000),
		"brackets":    strings.Repeat("[", 20000) + "1" + strings.Repeat("](x)", 2000),
		"script":      "a <script>alert(1)</script>\n\n<script>\n</script>\n\n<!-- --> --> <![CDATA[ x ]]> <?x?>\n\n</article></body>\n\n`</code>`",
		"links":       "[a](javascript:x) [b](JaVaScript&colon;x) [c](&#106;avascript:x) [d](data:text/html,x) <javascript:x> [e](\"onclick=x) [f](x \"t\\\" onclick=x\")",
		"nul":         "a\x00b\xff\xfe\u202e\x1b[2J&#x202e;&#0;&#27;\r\nx\rz",
		"entities":    strings.Repeat("&amp;\\*&#65;&copy ", 300),
		"front":       "---\n<script>\n",
		"front empty": "---\n---\n",
		"empty":       "",
	}
}

func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

// Claims anywhere in any text, over and within one another, give a page that is
// well-formed, and all can be reached.
func TestClaimsAnywhere(t *testing.T) {
	t.Parallel()
	texts := hostile()
	texts["report"] = string(report(t))
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(1, uint64(len(text))))
			for range 3 {
				r := &verify.Result{}
				for range 60 {
					from := random.IntN(len(text) + 1)
					to := min(len(text), from+random.IntN(40))
					r.Claims = append(r.Claims, verify.Claim{
						Place: verify.Place{Line: 1, Offset: from, End: to}, Quote: text[from:to], Verdict: verify.Verdicts()[random.IntN(5)],
					})
				}
				formed(t, pageOf(t, []byte(text), r), len(r.Claims))
			}
		})
	}
}

// What a parser would take long over is no page either.
func TestHTMLRefuses(t *testing.T) {
	t.Parallel()
	err := HTML(io.Discard, []byte(strings.Repeat("[", 100_000)), &verify.Result{})
	if errkind.Of(err) != errkind.Limit {
		t.Errorf("error %v (%s), want one of a limit", err, errkind.Of(err))
	}
}

func FuzzHTML(f *testing.F) {
	for _, text := range hostile() {
		f.Add([]byte(text[:min(len(text), 500)]), 1, 7)
	}
	f.Fuzz(func(t *testing.T, src []byte, from, to int) {
		if page.Check(src) != nil {
			t.Skip()
		}
		r := &verify.Result{Claims: []verify.Claim{
			{Place: verify.Place{Offset: from, End: to}}, {Place: verify.Place{Offset: from + 2, End: to + 2}, Verdict: verify.Refuted},
		}}
		formed(t, pageOf(t, src, r), len(r.Claims))
	})
}
