package language

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"

	"github.com/go-enry/go-enry/v2"
	"github.com/go-enry/go-enry/v2/data"
)

// typicalPaths are the committed paths, one a line.
func typicalPaths(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/paths.txt")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && line[0] != '#' {
			paths = append(paths, line)
		}
	}
	if len(paths) < 100 {
		t.Fatalf("only %d paths", len(paths))
	}
	return paths
}

// pathVerdicts is what the three tests of a path say: ours and go-enry's.
func pathVerdicts(name string) (ours, enrys verdicts) {
	lower := bytes.ToLower([]byte(name))
	ours = verdicts{vendored(name, lower), generatedName(name, lower), documentation(name, lower)}
	enrys = verdicts{enry.IsVendor(name), false, enry.IsDocumentation(name)}
	if _, ok := data.GeneratedCodeExtensions[strings.ToLower(name[max(0, strings.LastIndexByte(name, '.')):])]; ok && strings.Contains(name, ".") {
		enrys.generated = true
	}
	for _, m := range data.GeneratedCodeNameMatchers {
		enrys.generated = enrys.generated || m(name)
	}
	return ours, enrys
}

// The prefilters change nothing: on typical paths, on paths made of pieces of
// go-enry's own expressions, and on those a little changed, the verdicts are
// go-enry's.
func TestPathVerdictsAreEnrys(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	paths := typicalPaths(t)
	pieces := append([]string{"/", "/", "a", "src", ".go", ".rs", "x", "_", "-", "é", "K", "1", ".", "\n"}, paths...)
	for _, re := range append(append([]*regexp.Regexp{}, data.VendorMatchers...), data.DocumentationMatchers...) {
		if re != nil {
			for range 5 {
				pieces = append(pieces, sample(rng, re.String()))
			}
		}
	}
	n := len(pieces)
	for range 8_000 {
		p := pieces[rng.IntN(n)]
		for range rng.IntN(3) {
			p += []string{"", "/", "x"}[rng.IntN(3)] + pieces[rng.IntN(n)]
		}
		if at := rng.IntN(len(p) + 1); rng.IntN(4) == 0 {
			p = p[:at] + string(rune(' '+rng.IntN(95))) + p[at:]
		}
		switch rng.IntN(6) {
		case 0:
			p = strings.ToUpper(p)
		case 1:
			p = strings.ToLower(p)
		}
		paths = append(paths, p)
	}
	var hits verdictCount
	for _, p := range paths {
		ours, enrys := pathVerdicts(p)
		if ours != enrys {
			t.Errorf("%q: vendored, generated, docs are %v, go-enry says %v", p, ours, enrys)
		}
		hits.add(enrys)
	}
	if min(hits.vendored, hits.generated, hits.docs) < 100 {
		t.Errorf("the paths say nothing: %+v", hits)
	}
	t.Logf("%d paths, %+v", len(paths), hits)
}

type verdictCount struct{ vendored, generated, docs int }

func (c *verdictCount) add(v verdicts) {
	for n, is := range map[*int]bool{&c.vendored: v.vendored, &c.generated: v.generated, &c.docs: v.docs} {
		if is {
			*n++
		}
	}
}

// Every expression of go-enry fires on samples of its own, through our
// prefilter: a literal that is not required shows here.
func TestEveryExpressionPasses(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	for name, set := range map[string]struct {
		exprs []*regexp.Regexp
		match func(string, []byte) bool
	}{
		"vendor":        {data.VendorMatchers, vendored},
		"documentation": {data.DocumentationMatchers, documentation},
	} {
		for _, re := range set.exprs {
			if re == nil {
				continue
			}
			made := 0
			for range 50 {
				text := sample(rng, re.String())
				if !re.MatchString(text) {
					continue // an assertion that the sample does not meet
				}
				made++
				if !set.match(text, bytes.ToLower([]byte(text))) {
					t.Errorf("%s: %s matches %q, ours does not", name, re, text)
				}
			}
			if made == 0 {
				t.Errorf("%s: no sample for %s", name, re)
			}
		}
	}
}

// sample is a text that expr matches, but for its assertions.
func sample(rng *rand.Rand, expr string) string {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return ""
	}
	var b strings.Builder
	writeSample(&b, rng, re)
	return b.String()
}

func writeSample(b *strings.Builder, rng *rand.Rand, re *syntax.Regexp) {
	repeat := func(least, most int) {
		for range least + rng.IntN(most-least+1) {
			writeSample(b, rng, re.Sub[0])
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 && rng.IntN(2) == 0 {
				r = []rune(strings.ToUpper(string(r)))[0]
			}
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		if i := rng.IntN(len(re.Rune)/2) * 2; true {
			width := min(int(re.Rune[i+1]-re.Rune[i]), 80)
			b.WriteRune(re.Rune[i] + rune(rng.IntN(width+1)))
		}
	case syntax.OpAnyCharNotNL, syntax.OpAnyChar:
		b.WriteByte("abz09_-./"[rng.IntN(9)])
	case syntax.OpStar:
		repeat(0, 3)
	case syntax.OpPlus:
		repeat(1, 3)
	case syntax.OpQuest:
		repeat(0, 1)
	case syntax.OpRepeat:
		repeat(re.Min, max(re.Min, re.Max, min(re.Min+2, 4)))
	case syntax.OpAlternate:
		writeSample(b, rng, re.Sub[rng.IntN(len(re.Sub))])
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			writeSample(b, rng, sub)
		}
	}
}

// The lists that our hints are written for. When go-enry grows or loses a rule
// this fails: look at the new rule, add a hint and a sample, then the number.
func TestRulesOfEnryAreKnown(t *testing.T) {
	t.Parallel()
	for what, n := range map[string][2]int{
		"vendor expressions":        {len(data.VendorMatchers), 168},
		"documentation expressions": {len(data.DocumentationMatchers), 18},
		"generated by name":         {len(data.GeneratedCodeNameMatchers), len(generatedSamples)},
		"generated extensions":      {len(data.GeneratedCodeExtensions), 3},
		"generated by content":      {len(data.GeneratedCodeMatchers), 31},
	} {
		if n[0] != n[1] {
			t.Errorf("go-enry has %d %s, this test knows %d", n[0], what, n[1])
		}
	}
	for ext := range data.GeneratedCodeExtensions {
		for _, name := range []string{"a" + ext, "d/A" + strings.ToUpper(ext)} {
			if !generatedName(name, bytes.ToLower([]byte(name))) {
				t.Errorf("%s is generated by its extension, ours says no", name)
			}
		}
	}
	for i, matches := range data.GeneratedCodeNameMatchers {
		name := generatedSamples[min(i, len(generatedSamples)-1)]
		if !matches(name) {
			t.Errorf("rule %d does not match its sample %q: the list has another order now", i, name)
		}
		if !generatedName(name, bytes.ToLower([]byte(name))) {
			t.Errorf("%q is generated by rule %d, ours says no", name, i)
		}
	}
}

// generatedSamples has a path for each of go-enry's generated-by-name rules, in
// its order.
var generatedSamples = []string{
	"a/.idea/workspace.xml", "Pods/A/b.m", "x/Carthage/Build/y", "Form1.Designer.cs", "A.feature.cs", "node_modules/a/b.js",
	"vendor/github.com/a/b.go", "Gopkg.lock", "glide.lock", "poetry.lock", "pdm.lock", "uv.lock", "a/esy.lock", "deno.lock",
	"npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", ".pnp.cjs", "Godeps/x", "composer.lock", "a.zep.c", "Cargo.lock",
	"Cargo.toml.orig", "flake.lock", "MODULE.bazel.lock", "Pipfile.lock", ".terraform.lock.hcl", "__generated__/x.js", "X_TLB.pas",
	"htmlcov/index.html", ".sqlx/query-1a.json",
}

// The check before the modeline expressions lets every modeline through.
func FuzzModeline(f *testing.F) {
	for _, seed := range []string{
		"// vim: set ft=ruby:\n", "# -*- mode: python -*-\n", "/* vim600: ft=c: */", "# vim<=700: ft=perl\n", "vi:ft=go", "\tex: ft=c", "# vim               : ft=sh",
		"# vim\n: ft=sh", "-*-C++-*-", "a\nb\nc\nd\ne\n# vim: ft=ruby\nf\ng\nh\ni\n", "vim12345678901234567890: syntax=rust",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if langs := enry.GetLanguagesByEmacsModeline("", text, nil); len(langs) > 0 && !mayHoldEmacs(text) {
			t.Errorf("%q: Emacs modeline %v is let go", text, langs)
		}
		if langs := enry.GetLanguagesByVimModeline("", text, nil); len(langs) > 0 && !mayHoldVim(text) {
			t.Errorf("%q: Vim modeline %v is let go", text, langs)
		}
	})
}

// The same with many random texts, in the ordinary run of the tests.
func TestModelineCheck(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 10))
	parts := []string{"vi", "vim", "ex", ":", " ", "\t", "\n", "ft=ruby", "FT =go", "FileType\n=c", "ſyntax=c", "set ", "<", "=", ">", "700", "-*-", "mode: c", "C++", ";", "syntax=go", "#", "             ", "\r\n", "e"}
	found := 0
	for range 40_000 {
		text := []byte(draw(rng, parts, 8))
		langs := enry.GetLanguagesByEmacsModeline("", text, nil)
		if len(langs) == 0 {
			langs = enry.GetLanguagesByVimModeline("", text, nil)
		}
		if len(langs) == 0 {
			continue
		}
		found++
		if got := modeline(text); got != langs[0] {
			t.Errorf("%q: modeline %q, want %q", text, got, langs[0])
		}
	}
	if found < 100 {
		t.Errorf("only %d modelines", found)
	}
}

func TestModelinePlace(t *testing.T) {
	t.Parallel()
	body := func(before, after int) string {
		return strings.Repeat("line\n", before) + "# vim: ft=ruby\n" + strings.Repeat("line\n", after)
	}
	for _, tt := range []struct {
		before, after int
		want          string
	}{{0, 0, "Ruby"}, {4, 20, "Ruby"}, {5, 20, ""}, {20, 4, "Ruby"}, {20, 5, ""}, {20, 0, "Ruby"}, {5, 4, "Ruby"}, {5, 5, ""}} {
		for _, text := range []string{body(tt.before, tt.after), strings.TrimSuffix(body(tt.before, tt.after), "\n")} {
			if got := modeline([]byte(text)); got != tt.want {
				t.Errorf("%d lines before and %d after: %q, want %q", tt.before, tt.after, got, tt.want)
			}
		}
	}
	if got := modeline([]byte("UseVimball\n# vim: ft=ruby\n")); got != "" {
		t.Errorf("a Vimball is %q", got)
	}
}

// A file too large to have lines, for linguist, is still decided in bounded
// time, as are texts made to slow expressions down.
func TestDetectionIsBounded(t *testing.T) {
	t.Parallel()
	c := NewClassifier(nil)
	for name, text := range map[string]string{
		"colons.c":    strings.Repeat(":", considerBytes),
		"spaces.c":    strings.Repeat(" ", considerBytes-1) + ":",
		"vim.c":       strings.Repeat("vim ", considerBytes/4),
		"digits.c":    "vim" + strings.Repeat("1", considerBytes-4) + ":",
		"stars.h":     strings.Repeat("-*-", considerBytes/3),
		"long.sql":    strings.Repeat("BEGIN ", considerBytes/6),
		"tags.html":   strings.Repeat("<", considerBytes),
		"braces.json": strings.Repeat("[", considerBytes),
		"none":        "#!" + strings.Repeat("/usr/bin/env ", 10_000),
		"s.sh":        "#!/bin/sh\n" + strings.Repeat("exec x \"$0\" ", 10_000),
		"x.m":         strings.Repeat("%{\n", considerBytes/3),
		"x.pl":        strings.Repeat("=pod\n", considerBytes/5),
	} {
		f := c.File(name, c.Path(name), []byte(text), int64(len(text)))
		if f.NeedsContent {
			t.Errorf("%s: not decided", name)
		}
	}
}

func ExampleFind() {
	for _, name := range []string{"golang", "TSX", "c++", " Rust "} {
		lang, err := Find(name)
		fmt.Println(lang, err)
	}
	_, err := Find("klingon")
	fmt.Println(err)
	// Output:
	// Go <nil>
	// TypeScript <nil>
	// C++ <nil>
	// Rust <nil>
	// unknown language "klingon"
}
