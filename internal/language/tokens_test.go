package language

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-enry/go-enry/v2"
	"github.com/go-enry/go-enry/v2/data"
)

// pieces are what the texts of the tests are put together from: all that the
// tokenizer treats on its own, whole and broken.
var pieces = []string{
	"word", "two_words", "a.b", "@at", "x9y", "42", "0x1F", "0x", "1.5e-3f", "7ul", "1e", "3.", " ", "  ", "\n", "\t", "\r\n", "\f", "\u00a0",
	"\"", "'", "\"\"\"", "'''", "/*", "*/", "/*/", "<!--", "-->", "{-", "-}", "(*", "*)", "//", "// ", "-- ", "# ", "#", "%", "% ", "#\n",
	"<", ">", "<a>", "</a>", "</>", "<a b=\"c d\" e=f g>", "<br/>", "<a\nb>", "<1>", "<!-- x -->", "<a <!-- b -->", "</", "=",
	"#!/bin/sh\n", "#!/usr/bin/env python -u\n", "\n#!/usr/bin/env A=b perl\n", "#!", ";", "{", "}", "(", ")", "[", "]",
	"+", "-", "%", "&", "&&", "|", "||", "<<", "é", "日本", "\xff", "\x00", "$", "def", "end", "class", "import", "fn", "var", "int",
}

func randomText(random *rand.Rand) []byte {
	var text []byte
	for range random.IntN(60) {
		text = append(text, pieces[random.IntN(len(pieces))]...)
	}
	return text
}

// near is how far two sums may be apart that only add up in another order.
const near = 1e-6

// The sum is go-enry's: the language it puts first is given as much as ours.
func TestTokensLikeEnry(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	languages := slices.Sorted(maps.Keys(data.LanguagesLogProbabilities))
	languages = slices.DeleteFunc(languages, func(l string) bool { return l == "Fstar" }) // go-enry knows it under another name and does not find it
	for range 5_000 {
		text := randomText(random)
		var candidates []string
		for range 2 + random.IntN(4) {
			candidates = append(candidates, languages[random.IntN(len(languages))])
		}
		heldAgainstEnry(t, text, candidates)
	}
}

func heldAgainstEnry(t *testing.T, text []byte, candidates []string) {
	t.Helper()
	tally := newTally(candidates)
	tokens(text, tally.add)
	theirs := enry.GetLanguagesByClassifier("", text, candidates)[0]
	ours, i := tally.best(), slices.Index(tally.languages, theirs)
	if most := slices.Max(tally.scores); most-tally.scores[i] > near {
		t.Errorf("%.200q\namong %q: %s (%f), go-enry says %s (%f)", text, candidates, ours, most, theirs, tally.scores[i])
	}
}

// Held against go-enry on the files of ASSAY_FILES, a folder.
func TestTokensOfFiles(t *testing.T) {
	t.Parallel()
	root := os.Getenv("ASSAY_FILES")
	if root == "" {
		t.Skip("ASSAY_FILES names no folder of files to compare on")
	}
	candidates := []string{"C", "C++", "Objective-C", "Go", "Rust", "Python", "HTML", "XML", "Shell", "Perl", "Prolog", "Raku"}
	err := filepath.Walk(root, func(name string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		text, err := os.ReadFile(name)
		if err == nil {
			heldAgainstEnry(t, text[:min(len(text), heuristicBytes)], candidates)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Where two languages are given the same, the answer is the same in every call:
// small files of strings, numbers and remarks, of which no token is left.
func TestClassifyTies(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"remark.k": "# print(\"x\")\n",
		"text.k":   "\"x\"",
		"number.k": "1\n2\n",
		"line.k":   "\\\n",
		"words.k":  "zqx = zqy\n",
		"text.ml":  "\"x\"\n",
		"zqx.cmd":  "zqx\n",
	} {
		c := NewClassifier(nil)
		first := c.Look(name, []byte(text), int64(len(text)))
		for range 200 {
			if again := NewClassifier(nil).Look(name, []byte(text), int64(len(text))); again != first {
				t.Fatalf("%s: %+v, then %+v", name, first, again)
			}
		}
	}
	for range 200 {
		if got := likeliestByTokens(nil, []string{"ABAP", "ALGOL"}); got != "ABAP" {
			t.Fatalf("two languages with as many samples, no text: %s", got)
		}
	}
}

func BenchmarkClassify(b *testing.B) {
	code := bytes.Repeat([]byte("#include <stdio.h>\n// a remark\nint main(void) { return f(\"text\", 42) + x; }\n"), 100)
	page := bytes.Repeat([]byte("<p class=\"x y\">some <b>words</b> of 12 &amp; more</p>\n"), 100)
	quotes := []byte(strings.Repeat("'\"<a ", 8_000))
	for name, text := range map[string][]byte{"code": code, "page": page, "openings": quotes} {
		candidates := []string{"C", "C++", "Objective-C"}
		b.Run(fmt.Sprintf("%s/ours", name), func(b *testing.B) {
			for b.Loop() {
				likeliestByTokens(text, candidates)
			}
		})
		b.Run(fmt.Sprintf("%s/enry", name), func(b *testing.B) {
			for b.Loop() {
				enry.GetLanguagesByClassifier("", text, candidates)
			}
		})
	}
}
