package policy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect/collecttest"
	"assay/internal/fact"
	"assay/internal/limit"
	"assay/internal/markup"
)

// Each sentence with the language it gives a reason for, or none.
func TestReasonSentences(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{
		// chosen
		"We chose Rust because it has no garbage collector.":                   "Rust",
		"We decided to rewrite the agent in Rust for better performance.":      "Rust",
		"Rust was chosen for its memory safety.":                               "Rust",
		"The team picked Go over Python because of its simple deployment.":     "Go",
		"We moved from Ruby to Go because the old importer was too slow.":      "Go",
		"Our choice of Rust was intentional: it allows us to write safe code.": "Rust",
		// made for
		"The proxy is written in Rust for safety and speed.":                            "Rust",
		"The gateway is implemented in C++ to take advantage of its low overhead.":      "C++",
		"It is built in Go, making it easy to ship as a single binary.":                 "Go",
		"In order to be as small and safe as possible, the proxy is written in Rust.":   "Rust",
		"The tool is written entirely in Rust, which makes it fast.":                    "Rust",
		"One component is written in the Go language to benefit from stable libraries.": "Go",
		// because
		"Thanks to Rust's ownership model, whole classes of memory bugs are gone.": "Rust",
		"The runtime leverages Rust's memory safety throughout.":                   "Rust",
		"Rust's type system helps the runtime to prevent data races.":              "Rust",
		// gives
		"Rust gives us memory safety at no cost.":                            "Rust",
		"Rust is one of the best languages to write a container runtime in.": "Rust",
		// no reasons
		"The proxy is written in Rust.":                                               "",
		"The server is written in Go and uses Raft to manage a replicated log.":       "",
		"A template built with Rust that responds to requests using async functions.": "",
		"Policies can be written in Rust for better performance.":                     "",
		"You can write your plugin in Rust because the SDK makes it easy.":            "",
		"This tool was in Ruby, and there is no sense to rewrite it in Go because:":   "",
		"Unlike programs in C, this one is safe.":                                     "",
		"Is it written in Rust for performance?":                                      "",
		"Go to the settings because they are easy to find.":                           "",
		"Install Rust because the build needs the toolchain.":                         "",
		"We chose the name because Rust never sleeps.":                                "",
		"See rust-lang.org/Rust for memory safety.":                                   "",
		"Written in Rust since 2019.":                                                 "",
		"Because Python does not allow it, the module has no fast path.":              "",
		"The C API gives access to fast paths.":                                       "",
		"It is faster than the implementation in Rust because memory is shared.":      "",
		"We wrote the documentation in English to make it easy for Go developers.":    "",
	} {
		var got []string
		for _, r := range reasonsIn("README.md", markup.Blocks([]byte(sentence))) {
			got = append(got, r.Language)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q gives a reason for %q, want %q", sentence, got, want)
		}
	}
}

func TestReasonHeadings(t *testing.T) {
	t.Parallel()
	src := "# Tool\n\nA tool.\n\n## Why Rust?\n\nA proxy needs a small and\npredictable footprint. It has logs. Rust has no *garbage* collector, `unsafe` code is [rare](x).\n\n## Usage\n\nBe fast.\n\n" +
		"## Motivation\n\nHere is why we write another tool in Go.\n\n- Go is easy to read.\n- Pears are round.\n\n## Why is it written in C?\n\nIt gives control over memory.\n\n## Why not Go\n\nIt is slow.\n"
	var got []string
	for _, r := range reasonsIn("README.md", markup.Blocks([]byte(src))) {
		got = append(got, fmt.Sprintf("%s:%d %s", r.Language, r.Line, r.Text))
	}
	want := []string{
		"Rust:7 A proxy needs a small and predictable footprint.",
		"Rust:8 Rust has no garbage collector, unsafe code is rare.",
		"Go:18 Go is easy to read.",
		"C:23 It gives control over memory.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestReasonsElsewhere(t *testing.T) {
	t.Parallel()
	src := "```\nWe chose Rust because it is safe.\n```\n\n> We chose Rust because it is safe.\n\n<!-- We chose Rust because it is safe. -->\n\n| We chose Rust because it is safe. |\n|---|\n| We chose Rust because it is safe. |\n"
	if got := reasonsIn("README.md", markup.Blocks([]byte(src))); len(got) != 0 {
		t.Errorf("found %+v", got)
	}
}

func TestLongReason(t *testing.T) {
	t.Parallel()
	src := "We chose Rust because " + strings.Repeat("it is safe and ", 60) + "fast."
	got := reasonsIn("README.md", markup.Blocks([]byte(src)))
	if len(got) != 1 || len(got[0].Text) > limit.ReasonQuote || !strings.HasSuffix(got[0].Text, "…") {
		t.Errorf("got %+v", got)
	}
}

func TestBestReasons(t *testing.T) {
	t.Parallel()
	var all []reason
	add := func(rank int, language, path, text string) {
		all = append(all, reason{Quote: fact.Quote{Language: language, Text: text, Path: path, Line: 1}, Rank: rank})
	}
	add(rankGives, "Rust", "README.md", "gives")
	add(rankChosen, "Rust", "docs/a/b.md", "deep")
	add(rankChosen, "Rust", "docs/FAQ.md", "faq")
	add(rankChosen, "Rust", "README.md", "root")
	add(rankChosen, "Rust", "docs/copy.md", "Root")
	add(rankChosen, "C++", "docs/z.md", "other")
	for i := range 20 {
		add(rankBenefit, "Rust", "docs/many.md", fmt.Sprintf("many %02d", i))
	}
	var got []string
	for _, q := range bestReasons(all) {
		got = append(got, q.Text)
	}
	want := []string{"other", "root", "faq", "deep", "many 00", "many 01", "many 02", "many 03", "many 04"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNamings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Rust, Golang and C++ (C#, C/C++), Go's":      "Rust Go C++ C# C C++ Go",
		"TypeScript/JavaScript; “Rust”—Python.":       "TypeScript JavaScript Rust Python",
		"Rusty Gopher Rust-based Go.mod Cargo C-like": "",
		"https://x.example/Rust rust go @Rust #Rust":  "",
		"std::Rust Rust::new x.Go JavaScripts":        "",
		"written in C.":                               "C",
	} {
		var got []string
		for at := 0; ; {
			n, ok := nextNaming(text, at)
			if !ok {
				break
			}
			got, at = append(got, n.language), n.end
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

func FuzzReasons(f *testing.F) {
	f.Add("## Why Rust?\n\nWe chose Rust because it is safe. Written in Go for speed.\n")
	f.Add("Thanks to C++'s speed <a@b.example>, Rust gives us memory safety.\n\n- Python's ecosystem helps to be fast")
	f.Fuzz(func(t *testing.T, src string) {
		worthReading([]byte(src))
		lines := strings.Count(src, "\n") + 1
		for _, r := range reasonsIn("README.md", markup.Blocks([]byte(src))) {
			if r.Text == "" || len(r.Text) > limit.ReasonQuote || !collecttest.Plain(r.Text) {
				t.Errorf("quotation %q", r.Text)
			}
			if r.Line < 1 || r.Line > lines {
				t.Errorf("line %d of %d", r.Line, lines)
			}
		}
	})
}
