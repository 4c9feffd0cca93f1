package landscape

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/limit"
)

// Every input is small to write and must be small to read: the test as a whole
// ends in seconds, within the memory of any machine.
func TestHostile(t *testing.T) {
	t.Parallel()
	const n = 100_000
	tests := []struct {
		name string
		data string
		kind errkind.Kind // "" when the file can be read
	}{
		{"nested lists", strings.Repeat("[", n), errkind.Limit},
		{"closed nested lists", "landscape: " + strings.Repeat("[", n) + strings.Repeat("]", n), errkind.Limit},
		{"nested mappings", strings.Repeat("{a: ", n), errkind.Limit},
		{"nested blocks", strings.Repeat("- ", n) + "x", errkind.Limit},
		{"indentation", indented(2000), errkind.Limit},
		{"nested keys", strings.Repeat("? ", n) + "x", errkind.Limit},
		{"tags", strings.Repeat("!a ", n) + "x", errkind.Input},
		{"commas", "landscape: [" + strings.Repeat("a,", 1_000_000) + "]", errkind.Limit},
		{"other line breaks", "landscape:\n" + strings.Repeat("- a\u2028", 600_000), errkind.Limit},
		{"text for categories", "landscape: [" + strings.Repeat("a,", 200_000) + "]", ""},
		{"alias bomb", bomb(), ""},
		{"alias of items", manyAliases("name: P, project: sandbox", 1000, 400, 4), errkind.Limit},
		{"alias of text", manyAliases("name: P, project: sandbox, description: "+strings.Repeat("x", 1<<20), 1, 20_000, 1), errkind.Limit},
		{"alias of itself", "landscape: &a\n- subcategories: *a\n  items: *a\n", ""},
		{"merge of itself", "landscape:\n- &a\n  <<: *a\n  name: C\n", ""},
		{"huge key", "landscape: [{name: C, " + strings.Repeat("k", 8<<20) + ": x}]", ""},
		{"huge text", "landscape: [{name: " + strings.Repeat("n", 8<<20) + "}]", ""},
		{"a key again and again", "landscape:\n- name: a\n" + strings.Repeat("  name: a\n", n), ""},
		{"one project again and again", repeated(n/4, "name: P, project: sandbox"), ""},
		{"one name again and again", repeatedNumbered(n / 4), ""},
		{"documents", strings.Repeat("---\nlandscape: []\n", n), errkind.Input},
	}
	for _, tt := range tests { // one at a time: each may need much memory
		t.Run(tt.name, func(t *testing.T) {
			l, err := Parse([]byte(tt.data), fact.Evidence{Path: "l.yml"})
			if errkind.Of(err) != tt.kind {
				t.Fatalf("error %v of kind %q, want kind %q", err, errkind.Of(err), tt.kind)
			}
			if err != nil {
				if strings.ContainsFunc(err.Error(), unicode.IsControl) || len(err.Error()) > 400 {
					t.Errorf("error of %d bytes: %.400q", len(err.Error()), err)
				}
				return
			}
			if len(l.Notes) > limit.LandscapeNotes+1 {
				t.Errorf("%d notes", len(l.Notes))
			}
		})
	}
}

func indented(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// bomb is the "billion laughs": each list names the one before ten times.
func bomb() string {
	b := "a0: &a0 [x]\n"
	for i := 1; i < 12; i++ {
		b += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), i-1)
	}
	return b + "landscape: *a11\n"
}

// manyAliases is a landscape whose items, subcategories and categories are
// each written a few times and named again and again.
func manyAliases(item string, items, subs, categories int) string {
	aliases := func(name string, n int) string { return strings.Repeat("*"+name+" , ", n) }
	return "i: &i {" + item + "}\n" +
		"l: &l [" + aliases("i", items) + "]\n" +
		"s: &s {name: S, items: *l}\n" +
		"m: &m [" + aliases("s", subs) + "]\n" +
		"c: &c {name: C, subcategories: *m}\n" +
		"landscape: [" + aliases("c", categories) + "]\n"
}

func repeated(n int, item string) string {
	return "landscape: [{name: C, subcategories: [{name: S, items: [" + strings.Repeat("{"+item+"}, ", n) + "]}]}]"
}

func repeatedNumbered(n int) string {
	var b strings.Builder
	b.WriteString("landscape:\n- subcategories:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {name: S%d, items: [{name: P, project: sandbox, repo_url: \"h.example/o/r%d\"}]}\n", i, i)
	}
	return b.String()
}

func FuzzParse(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.yml")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds in testdata: %v", err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(bomb()))
	f.Add([]byte(oneItem("name: P\nproject: sandbox\naccepted: 2020-1-1\naudits: [{date: 1}]\n<<: *item")))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(data, fact.Evidence{Path: "l.yml"})
		if err != nil {
			if kind := errkind.Of(err); kind != errkind.Input && kind != errkind.Limit {
				t.Errorf("error of kind %q: %v", kind, err)
			}
			if strings.ContainsFunc(err.Error(), unicode.IsControl) {
				t.Errorf("control characters in %q", err)
			}
			return
		}
		for _, p := range l.Projects {
			if p.Name == "" || p.Maturity == "" || p.Lines["name"] == 0 || p.Lines["project"] == 0 {
				t.Errorf("half a project: %+v", p)
			}
			for _, s := range []string{p.Name, p.Category, p.Subcategory, p.Maturity, p.RepoURL, p.Homepage, p.ChatChannel} {
				if strings.ContainsFunc(s, unicode.IsControl) {
					t.Errorf("control characters in %q", s)
				}
			}
			for level, d := range p.Milestones {
				if _, err := fact.ParseDate(string(d)); err != nil || p.Lines[level] == 0 {
					t.Errorf("milestone %q: %v, line %d", level, err, p.Lines[level])
				}
			}
		}
		for _, n := range l.Notes {
			if strings.ContainsFunc(n.Text, unicode.IsControl) {
				t.Errorf("control characters in the note %q", n.Text)
			}
		}
	})
}

// BenchmarkParse reads a landscape of the CNCF's size: 2,400 items in 20,000
// lines, of which a tenth are projects.
func BenchmarkParse(b *testing.B) {
	var s strings.Builder
	s.WriteString("landscape:\n  - category:\n    name: C\n    subcategories:\n      - subcategory:\n        name: S\n        items:\n")
	for i := range 2400 {
		fmt.Fprintf(&s, "          - item:\n            name: Item %d\n            homepage_url: https://item%d.example/\n"+
			"            repo_url: https://git.example/item%d/item\n            logo: item.svg\n"+
			"            description: %s\n", i, i, i, strings.Repeat("Some words on it. ", 15))
		if i%10 == 0 {
			s.WriteString("            project: sandbox\n            extra:\n              accepted: '2020-01-02'\n              summary_tags: a, b, c\n")
		}
		s.WriteString("            twitter: https://social.example/item\n            crunchbase: https://org.example/item\n")
	}
	data := []byte(s.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		l, err := Parse(data, fact.Evidence{Path: "l.yml"})
		if err != nil || len(l.Projects) != 240 {
			b.Fatalf("%v, %d projects", err, len(l.Projects))
		}
	}
}

// BenchmarkParseReal reads the CNCF's file from the tree of mirrors.
func BenchmarkParseReal(b *testing.B) {
	where := mirror(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(b.Context(), Source{Where: where}); err != nil {
			b.Fatal(err)
		}
	}
}
