package manifest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		dir, rel string
		want     string
		ok       bool
	}{
		{"a/b", "../c", "a/c", true},
		{"a/b", "../..", "", true},
		{"a/b", "../../..", "", false},
		{"a", "../../x", "", false},
		{"", "..x", "..x", true},
		{"", ".", "", true},
		{"", "", "", true},
		{"a", "./b//c/", "a/b/c", true},
		{"a", "/etc", "", false},
	} {
		got, ok := Join(test.dir, test.rel)
		if got != test.want || ok != test.ok {
			t.Errorf("Join(%q, %q) = %q, %v; want %q, %v", test.dir, test.rel, got, ok, test.want, test.ok)
		}
	}
}

func TestDirAndAbove(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"x": "", "a/x": "a", "a/b/x": "a/b"} {
		if got := Dir(path); got != want {
			t.Errorf("Dir(%q) = %q, want %q", path, got, want)
		}
	}
	var seen []string
	Above("a/b/c", func(dir string) bool { seen = append(seen, dir); return true })
	if diff := cmp.Diff([]string{"a/b/c", "a/b", "a", ""}, seen); diff != "" {
		t.Errorf("Above (-want +got):\n%s", diff)
	}
	for _, pair := range [][2]string{{"a/b", "a"}, {"a", "a"}, {"a", ""}, {"", ""}} {
		if !Within(pair[0], pair[1]) {
			t.Errorf("%q is not within %q", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"ab", "a"}, {"a", "a/b"}, {"", "a"}} {
		if Within(pair[0], pair[1]) {
			t.Errorf("%q is within %q", pair[0], pair[1])
		}
	}
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	p := NewPatterns("root", []string{"cli", "./crates/*", "deep/**/end", "v[0-9]", "../beside", "../out/*", "[bad", "same/../same"}, Syntax{})
	for dir, want := range map[string]bool{
		"root/cli":            true,
		"root/cli/sub":        false,
		"root/crates/a":       true,
		"root/crates/a/b":     false,
		"root/crates":         false,
		"root/deep/end":       true,
		"root/deep/x/y/end":   true,
		"root/deep/x/y/other": false,
		"root/v1":             true,
		"root/vx":             false,
		"beside":              true,
		"out/x":               false,
		"rooted/cli":          false,
		"root":                false,
		"":                    false,
		"root/same":           true,
	} {
		if got := p.Match(dir); got != want {
			t.Errorf("Match(%q) = %v", dir, got)
		}
	}
	for dir, want := range map[string]bool{"root/cli/a/b": true, "root/cli": true, "root/crates/a": false, "root": false} {
		if got := p.Covers(dir); got != want {
			t.Errorf("Covers(%q) = %v", dir, got)
		}
	}
}

// As npm, yarn, pnpm and lerna understand them. The right values are those of
// minimatch 10 and picomatch 4, which those tools ask, where the two agree.
func TestPatternSyntax(t *testing.T) {
	t.Parallel()
	syntax := Syntax{Braces: true, Groups: true, NoDots: true}
	for pattern, want := range map[string][2][]string{ // matches, and does not
		"{apps,packages}/*":     {{"apps/a", "packages/b"}, {"libs/a", "apps", "apps/a/b"}},
		"{a,b/{c,d}}/x":         {{"a/x", "b/c/x", "b/d/x"}, {"b/x", "c/x"}},
		"packages/!(old)":       {{"packages/new", "packages/older"}, {"packages/old"}},
		"packages/!(old|e2e-*)": {{"packages/a"}, {"packages/old", "packages/e2e-x"}},
		"packages/@(a|b)-*":     {{"packages/a-x", "packages/b-"}, {"packages/c-x"}},
		"p/+(ab)":               {{"p/ab", "p/abab"}, {"p/", "p/a"}},
		"p/?(a)b":               {{"p/b", "p/ab"}, {"p/aab"}},
		"p/[!_]*":               {{"p/a"}, {"p/_a", "p/.a"}},
		"p/*":                   {{"p/a"}, {"p/.a"}},
		"**":                    {{"a", "a/b"}, {".a/b", "a/.b"}},
		"p/**":                  {{"p", "p/a/b"}, {"q"}},
		"{a}":                   {{"{a}"}, {"a"}},
		"p/a(b)":                {{"p/a(b)"}, {"p/ab"}},
		"p/[a":                  {{"p/[a"}, {"p/a"}},
	} {
		p := NewPatterns("", []string{pattern}, syntax)
		for i, dirs := range want {
			for _, dir := range dirs {
				if got := p.Match(dir); got != (i == 0) {
					t.Errorf("%q on %q: %v", pattern, dir, got)
				}
			}
		}
	}
	if p := NewPatterns("", []string{strings.Repeat("{a,b}", 30) + "*"}, syntax); p.Match("a") {
		t.Error("a pattern of many braces matches")
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	tree := NewTree("widgets.git", []string{"b/x", "a/x", "a/b/y", "a.x", "a0"})
	if !tree.Has("a/x") || tree.Has("a") {
		t.Error("Has is wrong")
	}
	if diff := cmp.Diff([]string{"a/b/y", "a/x"}, tree.Under("a")); diff != "" {
		t.Errorf("Under (-want +got):\n%s", diff)
	}
	if n := len(tree.Under("")); n != 5 {
		t.Errorf("%d files under the root", n)
	}
	if got := tree.FolderName("") + " " + tree.FolderName("a/b"); got != "widgets b" {
		t.Errorf("folder names %q", got)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	doc, err := TOML([]byte("s = 'x'\nb = true\nn = 3\nl = ['a', 1, 'b']\n[t.u]\nk = 'v'\n[[many]]\nk = 1\n[[many]]\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(doc.String("s"), doc.String("n"), doc.Is("b"), doc.Bool("s") == nil, doc.Strings("l"), doc.Strings("s"),
		doc.Table("t", "u").String("k"), doc.Table("s", "u").String("k"), len(doc.Tables("many")), Table(nil).Strings("x"))
	if want := "xtrue true [a b] [x]v2 []"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Documents that would keep the decoder busy for hours, or end the program.
func TestHostileTables(t *testing.T) {
	t.Parallel()
	var keys strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&keys, "k%d=1\n", i)
	}
	for name, doc := range map[string]string{
		"keys":   keys.String(),
		"dotted": "a = \"\\\"\"\n" + strings.Repeat("b.", 1_000_000) + "c = 1",
		"tables": strings.Repeat("[[t]]\n", 100_000),
		"deep":   "a = " + strings.Repeat("[", 1_000_000),
	} {
		if _, err := TOML([]byte(doc)); !errors.Is(err, ErrTooManyKeys) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, err := TOML([]byte("a = " + strings.Repeat("[", 12_000))); err == nil {
		t.Error("deep arrays are accepted")
	}
	if _, err := JSON([]byte(`{"a":` + strings.Repeat("[", 1_000_000))); err == nil {
		t.Error("deep JSON is accepted")
	}
	if _, err := JSON([]byte("[1]")); err == nil {
		t.Error("a JSON array is accepted for an object")
	}
}

func TestLineOf(t *testing.T) {
	t.Parallel()
	data := []byte("name = 'top'\n[ package ] # x\nnamed = 1\nname='p'\n[[bin]]\nname = 'b'\n[w.package]\nversion.workspace = true\n")
	for _, test := range []struct {
		section, key string
		want         int
	}{
		{"package", "name", 4},
		{"package", "version", 2},
		{"bin", "name", 6},
		{"w.package", "version", 8},
		{"none", "name", 0},
	} {
		if got := LineOf(data, test.section, test.key); got != test.want {
			t.Errorf("LineOf(%q, %q) = %d, want %d", test.section, test.key, got, test.want)
		}
	}
	if got := []int{LineAt(data, 0), LineAt(data, 13), LineAt(data, 9999)}; !slices.Equal(got, []int{1, 2, 9}) {
		t.Errorf("LineAt: %v", got)
	}
}
