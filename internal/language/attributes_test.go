package language

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/internal/limit"
)

// checkAttr asks git for attributes of paths, with the files given in the work
// tree: what the asked attributes are ("-a": all that are set), by path.
func checkAttr(t *testing.T, files map[string]string, paths []string, ask ...string) map[string]map[string]string {
	t.Helper()
	dir := t.TempDir()
	git := func(stdin string, args ...string) string {
		cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "HOME=" + dir, "LC_ALL=C"}
		cmd.Stdin = strings.NewReader(stdin)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git %v: %v", args, err)
		}
		return string(out)
	}
	git("", "init", "--quiet", "--template=")
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := git(strings.Join(paths, "\x00")+"\x00", append([]string{"check-attr", "-z", "--stdin"}, ask...)...)
	found := map[string]map[string]string{}
	for f := strings.Split(out, "\x00"); len(f) >= 3; f = f[3:] {
		if found[f[0]] == nil {
			found[f[0]] = map[string]string{}
		}
		found[f[0]][f[1]] = f[2]
	}
	return found
}

// draw joins one to most parts drawn from the list.
func draw(rng *rand.Rand, parts []string, most int) string {
	var b strings.Builder
	for range 1 + rng.IntN(most) {
		b.WriteString(parts[rng.IntN(len(parts))])
	}
	return b.String()
}

// randomPaths are n different plain paths made of few letters, so that random
// patterns meet them.
func randomPaths(rng *rand.Rand, n int) []string {
	parts := []string{"a", "b", "ab", "a", "b", "/", "/", "/", "1", ".go", "é", "-", "]", "[", " ", "A", "*", "\\", "\xff", "!"}
	seen := map[string]bool{}
	for len(seen) < n {
		p := draw(rng, parts, 7)
		if p != "" && p == filepath.Clean(p) && p[0] != '/' && !strings.HasPrefix(p, "..") && p != "." {
			seen[p] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Patterns match as git matches them: thousands of random ones, each against
// hundreds of paths. Seed and sizes are fixed.
func TestPatternsAgainstGit(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	parts := []string{
		"a", "b", "ab", "/", "/", "*", "*", "**", "**/", "/**", "***", "?", "[ab]", "[!a]", "[^/]", "[a-z]", "[b-a]", "[]a]", "[!]a]", "[a",
		"[[:alpha:]]", "[[:digit:]b]", "[[:nope:]]", "[[:upper:]-b]", "[[:]", "[a-]", "[\\]]", "[+--]", "\\", "\\*", "\\a", "1", ".go", "é", "-", "A", "!", "#", "\"", "\xff", "[\x80-\xff]", "\\/",
	}
	fixed := []string{
		"a**/b", "**a", "a**", "/**", "/**/", "**", "/", "//a", "a//b", "a/", "/a/", "a/*/b", "a/**/b", "**/a/**", "*/", "?**/b", "a/?**/b", "***/a", "a/***",
		`"a b"`, `"a b`, `"\141"`, `"\303\251"`, `"a\x"`, `"*.go"`, `"[a b]"`, `"\"`, `""`, `"a"b`, "[attr]", "[attr]x", "!a", `\!a`, "#a", `\#a`, "[", "[]", "[!]", "[!", "a[", "]", "[a-", "[a-\\", "\\",
		"[[:alpha:]-z]", "[[:space:]]", "[[:punct:]]", "[[:cntrl:]]", "[[:xdigit:]]*", "[[:graph:]]", "[[:print:]]", "[[:lower:]]", "[[:blank:]]", "[[:alnum:]]", "[[::]]", "[a[:]", "[--a]", "[a-a]",
	}
	const rounds, perRound = 20, 200
	paths := append(randomPaths(rng, 400), "a b", "a", "b", "a/b", "a/x/b", "ab", "#a", "!a", "\xc3\xa9")
	slices.Sort(paths)
	paths = slices.Compact(paths)
	matches := 0
	for round := range rounds {
		var lines []string
		for i := range perRound {
			pattern := draw(rng, parts, 5)
			if round == 0 && i < len(fixed) {
				pattern = fixed[i]
			}
			lines = append(lines, fmt.Sprintf("%s linguist-t%d", pattern, i))
		}
		rules := map[string]*pattern{}
		for _, line := range lines {
			if pattern, set := parseRule(line + "\n"); len(set) > 0 && (!strings.HasPrefix(pattern, macroMark) || pattern == macroMark) {
				p := compile(pattern)
				rules[set[len(set)-1].name] = &p
			}
		}
		want := checkAttr(t, map[string]string{".gitattributes": strings.Join(lines, "\n") + "\n"}, paths, "-a")
		for i, line := range lines {
			name := fmt.Sprintf("linguist-t%d", i)
			for _, p := range paths {
				got, git := false, want[p][name] == "set"
				if rule, budget := rules[name], limit.AttributesSteps; rule != nil {
					got, _ = rule.match(p, &budget)
				}
				if git {
					matches++
				}
				if got != git {
					t.Errorf("%q on %q: %v, git says %v", line, p, got, git)
				}
			}
		}
		if t.Failed() && round > 2 {
			return
		}
	}
	if matches < 10_000 {
		t.Errorf("only %d matches: the patterns say nothing", matches)
	} else {
		t.Logf("%d matches", matches)
	}
}

// What a path ends with, of several rules in several files, is what git says.
func TestPrecedenceAgainstGit(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	names := []string{"linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-detectable", "linguist-language", "filter"}
	patterns := []string{"*", "a", "b", "*.go", "/a", "a/b", "a/**", "**/b", "a/*", "/b/", "ab*"}
	for range 30 {
		files := map[string]string{}
		for _, dir := range []string{"", "a/", "a/b/", "b/"} {
			var b strings.Builder
			for range rng.IntN(5) {
				b.WriteString(patterns[rng.IntN(len(patterns))])
				for range 1 + rng.IntN(3) {
					name := names[rng.IntN(len(names))]
					fmt.Fprintf(&b, "\t %s", []string{name, "-" + name, "!" + name, name + "=true", name + "=false", name + "=lfs", name + "=Go", name + "="}[rng.IntN(8)])
				}
				b.WriteString([]string{"\n", "\r\n", " \n", "\n# note\n"}[rng.IntN(4)])
			}
			files[dir+".gitattributes"] = b.String()
		}
		paths := []string{"a/x.go", "b/a", "a/b/a", "a/b/b", "a/b/c/b", "x", "ab", "a/ab", "b/x.go", "a/b/x.go"}
		contents := map[string][]byte{}
		for name, text := range files {
			contents[name] = []byte(text)
		}
		attrs := ParseAttributes(contents)
		want := checkAttr(t, files, paths, names...)
		for _, p := range paths {
			if got, wish := attrs.For(p), attrsOf(want[p]); got != wish {
				t.Fatalf("%s: %+v, git says %+v (%v)\n%q", p, got, wish, want[p], files)
			}
		}
	}
}

// attrsOf is what git's answers mean to linguist.
func attrsOf(answers map[string]string) Attrs {
	tri := func(name string) Tri {
		switch answers[name] {
		case "unspecified":
			return Unsaid
		case "unset", "false":
			return No
		}
		return Yes
	}
	lang := answers["linguist-language"]
	switch lang {
	case "unspecified", "unset":
		lang = ""
	case "set": // linguist looks for a language of that name
		lang = "true"
	case "":
		lang = " "
	}
	return Attrs{
		Vendored: tri("linguist-vendored"), Generated: tri("linguist-generated"), Documentation: tri("linguist-documentation"),
		Detectable: tri("linguist-detectable"), Language: lang, LFS: answers["filter"] == "lfs",
	}
}

// Macros are read as git reads them: of the outermost file, wherever in it they
// are, within each other, and where they are set. (Where a later rule unsets the
// macro itself, git takes back what it gave, and libgit2, by which linguist reads,
// does not; nor do we.)
func TestMacrosAgainstGit(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	names := []string{"linguist-vendored", "linguist-generated", "linguist-language=Go", "linguist-language=Rust", "-linguist-vendored", "!linguist-language", "filter=lfs", "text"}
	calls := []string{"m1", "m2", "m3"}
	for range 60 {
		files := map[string]string{}
		for _, dir := range []string{"", "a/"} {
			var b strings.Builder
			for range 6 {
				b.WriteString([]string{"[attr]m1", "[attr]m2", "[attr]m3", "*", "a", "x*"}[rng.IntN(6)])
				for range 1 + rng.IntN(3) {
					b.WriteString(" " + slices.Concat(names, calls)[rng.IntN(len(names)+len(calls))])
				}
				b.WriteString("\n")
			}
			files[dir+".gitattributes"] = b.String()
		}
		paths := []string{"a/x", "x", "a/a", "b"}
		contents := map[string][]byte{}
		for name, text := range files {
			contents[name] = []byte(text)
		}
		attrs := ParseAttributes(contents)
		want := checkAttr(t, files, paths, "linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-detectable", "linguist-language", "filter")
		for _, p := range paths {
			if got, wish := attrs.For(p), attrsOf(want[p]); got != wish {
				t.Fatalf("%s: %+v, git says %+v (%v)\n%q", p, got, wish, want[p], files)
			}
		}
	}
}

// Macros that name each other cost no more than their definitions are long.
func TestHostileMacros(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, "[attr]m%d m%d m%d linguist-vendored\n[attr]n%d n%d text\n", i, i+1, i+1, i, i+1)
	}
	b.WriteString(strings.Repeat("* n0\n", 10_000) + strings.Repeat("* m0\n", 1_000))
	a := ParseAttributes(map[string][]byte{".gitattributes": []byte(b.String())})
	const obeyed = limit.AttributesMacro / 30_000 // three settings in each macro
	if got := a.For("x"); got.Vendored != Yes || a.DroppedRules() != 1_000-obeyed {
		t.Errorf("got %+v, %d rules dropped", got, a.DroppedRules())
	}
}

// Macros that lead back to one another give what git says, in every run.
func TestMacrosInCircles(t *testing.T) {
	t.Parallel()
	files := map[string]string{".gitattributes": "[attr]a b linguist-vendored\n[attr]b c linguist-generated\n[attr]c a -linguist-vendored\n" +
		"x a\ny b\nz c\nv a -a\n"}
	paths := []string{"x", "y", "z", "v"}
	want := checkAttr(t, files, paths, "linguist-vendored", "linguist-generated", "linguist-documentation", "linguist-detectable", "linguist-language", "filter")
	for range 20 {
		attrs := ParseAttributes(map[string][]byte{".gitattributes": []byte(files[".gitattributes"])})
		for _, p := range paths {
			if got, wish := attrs.For(p), attrsOf(want[p]); got != wish {
				t.Fatalf("%s: %+v, git says %+v (%v)", p, got, wish, want[p])
			}
		}
	}
}

func TestAttributesText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Tri{
		"* linguist-vendored":                       Yes,
		"\xef\xbb\xbf* linguist-vendored\n":         Yes,
		"x\n* linguist-vendored\x00":                Yes,
		"x\x00\n* linguist-vendored":                Unsaid,
		"* linguist-vendored bad^name\n":            Unsaid,
		"* linguist-vendored --x\n":                 Unsaid,
		"*\u00a0linguist-vendored\n":                Unsaid, // only git's own white space parts words
		"* -linguist-vendored=x\n":                  No,
		"* linguist-vendored=no\n":                  Yes, // linguist knows only the word "false"
		"* " + strings.Repeat("x", 2048) + "\n":     Unsaid,
		strings.Repeat(" ", 2048) + "* a b\n* b\n":  Unsaid,
		"* linguist-vendored\n* !linguist-vendored": Unsaid,
	} {
		if got := ParseAttributes(map[string][]byte{".gitattributes": []byte(text)}).For("f").Vendored; got != want {
			t.Errorf("%.40q: %v, want %v", text, got, want)
		}
	}
	var none *Attributes
	if none.For("x") != (Attrs{}) || none.DroppedRules() != 0 {
		t.Error("nil attributes say something")
	}
}

// Hostile files cost bounded time, and what is not obeyed is counted.
func TestAttributesBounds(t *testing.T) {
	t.Parallel()
	start := time.Now()
	line := strings.Repeat("*[a-z]?", 50) + "/** linguist-vendored\n"
	big := bytes.Repeat([]byte(line), 10<<20/len(line))
	files := map[string][]byte{}
	for i := range 16 {
		files[fmt.Sprintf("d%d/.gitattributes", i)] = big
	}
	a := ParseAttributes(files)
	if a.DroppedRules() == 0 {
		t.Error("no rules were dropped")
	}
	if a.UnsurePaths() != 0 {
		t.Error("unsure before anything was asked")
	}
	a.budget /= 20 // a second here, and many under the race detector
	for i := range 10_000 {
		a.For(fmt.Sprintf("d0/%s%d", strings.Repeat("ab", 200), i))
	}
	if a.UnsurePaths() < 9_000 {
		t.Errorf("%d paths are unsure", a.UnsurePaths())
	}
	plain := ParseAttributes(map[string][]byte{".gitattributes": bytes.Repeat([]byte("*.c text\n"), 100_000)})
	if plain.DroppedRules() != 0 || len(plain.files) != 0 {
		t.Error("rules that do not concern linguist are kept")
	}
	if d := time.Since(start); d > time.Minute {
		t.Errorf("took %v", d)
	} else {
		t.Log(d)
	}
}

func FuzzAttributes(f *testing.F) {
	f.Add("*.go linguist-generated\n", "a/b.go")
	f.Add("\"a b\" -linguist-vendored\n[a-z]* filter=lfs\n", "a b")
	f.Add("[[:alpha:]-z]**/x !linguist-detectable\n", "q/x")
	f.Fuzz(func(t *testing.T, text, path string) {
		a := ParseAttributes(map[string][]byte{".gitattributes": []byte(text), "a/.gitattributes": []byte(text)})
		if first, second := a.For(path), a.For(path); first != second {
			t.Errorf("two answers: %+v and %+v", first, second)
		}
	})
}
