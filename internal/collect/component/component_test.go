package component

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/collect"
	"assay/internal/errkind"
	"assay/internal/fact"
	"assay/internal/gitrepo"
	"assay/internal/limit"
)

// Every folder beside this file is an ecosystem in the list, save those of the
// contract and the tests.
func TestEcosystemsComplete(t *testing.T) {
	t.Parallel()
	folders, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range folders {
		if f.IsDir() && !slices.Contains([]string{"manifest", "componenttest", "testdata"}, f.Name()) {
			want = append(want, f.Name())
		}
	}
	var got []string
	for _, e := range Ecosystems() {
		folder := e.Name
		if folder == "go" {
			folder = "gomod" // a package cannot be named go
		}
		got = append(got, folder)
		if e.Manifest == nil || e.Parse == nil || (e.Source == nil) != (e.Unsafe == nil) {
			t.Errorf("ecosystem %q is incomplete", e.Name)
		}
		archives, _ := os.ReadDir(folder + "/testdata")
		if len(archives) == 0 {
			t.Errorf("ecosystem %q has no test data", e.Name)
		}
	}
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("Ecosystems are %q, the folders %q: add the missing line to component.go", got, want)
	}
}

// IsManifest and the collector agree on what a manifest is.
func TestIsManifest(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"Cargo.toml":                         true,
		"a/b/go.mod":                         true,
		"package.json":                       true,
		"x/pyproject.toml":                   true,
		"x/setup.py":                         true,
		"pom.xml":                            true,
		"build.gradle":                       true,
		"build.gradle.kts":                   true,
		"settings.gradle":                    true,
		"settings.gradle.kts":                true,
		"setup.cfg":                          false,
		"Cargo.lock":                         false,
		"xCargo.toml":                        false,
		"Cargo.toml/x":                       false,
		".cargo/config.toml":                 false,
		"vendor/a/go.mod":                    false,
		"a/node_modules/b/x.js":              false,
		"a/testdata/package.json":            false,
		strings.Repeat("d/", 600) + "go.mod": false,
		"":                                   false,
		"/":                                  false,
	} {
		if got := IsManifest(path); got != want {
			t.Errorf("IsManifest(%q) = %v", path, got)
		}
		e := collect.Entry{Path: path, Mode: gitrepo.ModeFile, Size: 1}
		p := newPass(&fact.Revision{})
		p.Wants(&e)
		declared := 0
		for _, s := range p.eco {
			declared += len(s.sources)
		}
		if (declared == 1) != want {
			t.Errorf("%q marks %d folders for the collector", path, declared)
		}
	}
}

func TestIsManifestDoesNotAllocate(t *testing.T) { //nolint:paralleltest // allocations are counted for the whole program
	paths := []string{"a/b/c/main.rs", "a/b/Cargo.toml", "vendor/x/y/go.mod", "README.md"}
	if n := testing.AllocsPerRun(100, func() {
		for _, p := range paths {
			IsManifest(p)
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestManifestDirs(t *testing.T) {
	t.Parallel()
	d := ManifestDirs(slices.Values([]string{"a/Cargo.toml", "a/b/c/go.mod", "web/package.json", "web/node_modules/x/package.json", "README"}))
	if d.Len() != 3 {
		t.Errorf("%d folders", d.Len())
	}
	for path, want := range map[string]string{
		"README":                      "",
		"a/src/lib.rs":                "a",
		"a/b/x.go":                    "a",
		"a/b/c/d/x.go":                "a/b/c",
		"ab/x.go":                     "",
		"web/node_modules/x/index.js": "web",
	} {
		if got := d.Nearest(path); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]fact.Role{
		"Cargo.toml":                      fact.RoleProduct,
		"crates/contest/Cargo.toml":       fact.RoleProduct,
		"crates/latest/Cargo.toml":        fact.RoleProduct,
		"tests/Cargo.toml":                fact.RoleTest,
		"components/test_util/Cargo.toml": fact.RoleTest,
		"engine-tests/Cargo.toml":         fact.RoleTest,
		"docs/package.json":               fact.RoleDocs,
		"docs/examples/a/Cargo.toml":      fact.RoleExample,
	} {
		if got := roleOf(path); got != want {
			t.Errorf("roleOf(%q) = %q, want %q", path, got, want)
		}
	}
}

// A file is a tree entry with what the survey hands over for it.
type file struct {
	path    string
	size    int64
	mode    uint32
	content collect.Content
}

func text(path, data string) file {
	return file{path, int64(len(data)), gitrepo.ModeFile, collect.Content{Data: []byte(data)}}
}

func run(t *testing.T, files ...file) *fact.Components {
	t.Helper()
	p := New().Begin(&fact.Revision{Repo: "example.org/a/b", Commit: "c"}, &collect.Tree{})
	var wanted []file
	for _, f := range files {
		if p.Wants(&collect.Entry{Path: f.path, Size: f.size, Mode: f.mode}) > 0 {
			wanted = append(wanted, f)
		}
	}
	for _, f := range wanted {
		p.File(&collect.Entry{Path: f.path, Size: f.size, Mode: f.mode}, f.content)
	}
	found, err := p.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return found.(*fact.Components)
}

// Manifests that cannot be read cost themselves and leave a note.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	good := text("good/Cargo.toml", "\xef\xbb\xbf[package]\nname='good'\nversion='1'\nedition='2021'")
	missing := text("m/go.mod", "")
	missing.size, missing.content = -1, collect.Content{Missing: true}
	huge := text("h/package.json", "{}")
	huge.size = limit.ManifestBytes + 1
	cut := text("t/pom.xml", "<project>")
	cut.content.Truncated = true
	link := text("l/Cargo.toml", "../Cargo.toml")
	link.mode = gitrepo.ModeSymlink
	lost := text("good/src/lib.rs", "unsafe {}")
	lost.content = collect.Content{Missing: true}
	got := run(t, good, missing, huge, cut, link, lost,
		text("u/setup.py", "setup(name='\xff')"),
		text("v/vendor/x/go.mod", "module x"),
		text("stray.rs", "unsafe {}"))
	if len(got.Components) != 1 || got.Components[0].Name != "good" || got.Components[0].Unsafe != nil {
		t.Errorf("components: %+v", got.Components)
	}
	var notes []string
	for _, n := range got.Notes {
		notes = append(notes, n.Kind+" "+n.Evidence.Path+": "+n.Text)
	}
	want := []string{
		"odd : 1 manifest in vendored folders left out",
		"corrupt : 1 source file of cargo components not in the mirror or too large: unsafe code in them is not counted",
		"odd : 1 source file with unsafe code in no cargo component: not counted",
		"limit h/package.json: package.json is not read: it is larger than 4 MiB (4194305 bytes)",
		"corrupt m/go.mod: go.mod is not in the mirror: its component is unknown",
		"limit t/pom.xml: pom.xml is not read: it is too large",
		"input u/setup.py: setup.py is not read: it is not UTF-8",
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	files := make([]file, limit.ManifestFiles+3)
	for i := range files {
		files[i] = text(fmt.Sprintf("d%05d/go.mod", i), "no module\n")
	}
	got := run(t, files...)
	if len(got.Notes) != limit.ManifestNotes+1 {
		t.Fatalf("%d notes", len(got.Notes))
	}
	if first, last := got.Notes[0].Text, got.Notes[limit.ManifestNotes].Text; !strings.HasPrefix(first, "3 manifests not read") ||
		last != "19901 further notes not shown" {
		t.Errorf("first note %q, last %q", first, last)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	c := fact.Component{
		Name:        "a\x1b[31m\tb\u202e",
		Description: strings.Repeat("word ", 1000),
		Kinds:       []string{"lib", "", "bin", "lib"},
		Members:     []string{"b\x01", "a"},
	}
	clean(&c)
	if c.Name != "a[31m b" {
		t.Errorf("name %q", c.Name)
	}
	if n := len([]rune(c.Description)); n > limit.ManifestProse+1 || !strings.HasSuffix(c.Description, "…") {
		t.Errorf("description of %d characters: %q", n, c.Description)
	}
	if diff := cmp.Diff([]string{"bin", "lib"}, c.Kinds); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a", "b\x01"}, c.Members); diff != "" {
		t.Error(diff)
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	err := guard(func() error { panic("boom") })
	if kindOf(err) != errkind.Internal || !strings.Contains(err.Error(), "boom") {
		t.Errorf("%v of kind %q", err, kindOf(err))
	}
}

func BenchmarkWants(b *testing.B) {
	paths := []string{"src/a/b/c/main.rs", "pkg/x/y/z.go", "README.md", "web/src/index.ts", "Cargo.toml", "docs/a.md"}
	entries := make([]collect.Entry, len(paths))
	for i, p := range paths {
		entries[i] = collect.Entry{Path: p, Mode: gitrepo.ModeFile, Size: 100}
	}
	for b.Loop() {
		p := newPass(&fact.Revision{})
		for range 1000 {
			for i := range entries {
				p.Wants(&entries[i])
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*1000*len(entries)), "ns/file")
}
