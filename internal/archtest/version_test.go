package archtest

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"assay/internal/collect"
	"assay/internal/survey"
)

var update = flag.Bool("update", false, "write testdata/versions.txt anew, where no version must be raised first")

// decisive are the packages, with those below them, of which the next version may
// make another fact of the same input: those with data, and those that read what
// others wrote.
var decisive = []string{
	"github.com/go-enry/go-enry/v2",  // linguist's languages, names and heuristics
	"github.com/google/licensecheck", // the patterns of licences
	"github.com/github/go-spdx/v2",   // the identifiers of licences
	"github.com/pelletier/go-toml/v2",
	"github.com/yuin/goldmark",
	"go.yaml.in/yaml/v4",
	"golang.org/x/mod",
	"golang.org/x/net/publicsuffix",
}

// versionsFile has, for each collector, its version and the modules it was made
// with, as of the last -update.
const versionsFile = "internal/archtest/testdata/versions.txt"

// A made is a version of a collector and what it was made with: module@version,
// sorted.
type made struct {
	version int
	with    []string
}

// madeNow gives the collectors as they are in the tree.
func madeNow(t *tree) (map[string]made, error) {
	mod, err := modfile.Parse("go.mod", []byte(t.read("go.mod")), nil)
	if err != nil {
		return nil, err
	}
	all := map[string]made{}
	for _, c := range survey.Collectors(nil) {
		from := []string{"collect/" + c.Name()}
		if _, ok := c.(collect.HistoryCollector); ok {
			from = append(from, "language") // package collect tells it the languages of paths
		}
		m := made{version: c.Version()}
		for _, r := range mod.Require {
			within := func(p string) bool { return p == r.Mod.Path || strings.HasPrefix(p, r.Mod.Path+"/") }
			if i := slices.IndexFunc(decisive, within); i >= 0 && t.uses(from, decisive[i]) {
				m.with = append(m.with, r.Mod.String())
			}
		}
		m.with = append(m.with, t.data("internal/collect/"+c.Name())...)
		slices.Sort(m.with)
		all[c.Name()] = m
	}
	return all, nil
}

// data gives the files of a folder that are no Go: what a collector carries decides
// what it finds, as a module does. Their versions are the beginnings of their hashes.
func (t *tree) data(dir string) []string {
	var all []string
	for _, file := range t.paths {
		if path.Dir(file) == dir && !strings.HasSuffix(file, ".go") {
			all = append(all, fmt.Sprintf("%s@%.6x", path.Base(file), sha256.Sum256([]byte(t.read(file)))))
		}
	}
	return all
}

// uses reports whether rooms import a package or one below it, directly or through others of ours. The
// contract of collectors is passed over: what it imports is no concern of all that
// keep it.
func (t *tree) uses(todo []string, pkg string) bool {
	seen := map[string]bool{"collect": true}
	for len(todo) > 0 {
		name := todo[0]
		if todo = todo[1:]; seen[name] {
			continue
		}
		seen[name] = true
		for _, r := range t.rooms {
			if r.name() != name {
				continue
			}
			for _, s := range r.code() {
				for _, p := range s.imports() {
					if p == pkg || strings.HasPrefix(p, pkg+"/") {
						return true
					}
					if next, ok := strings.CutPrefix(p, module+"/internal/"); ok {
						todo = append(todo, next)
					}
				}
			}
		}
	}
	return false
}

// madeBefore reads the file of versions.
func madeBefore(t *tree) map[string]made {
	all := map[string]made{}
	for line := range strings.Lines(t.read(versionsFile)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		version, err := strconv.Atoi(fields[1])
		if err != nil {
			continue
		}
		all[fields[0]] = made{version, fields[2:]}
	}
	return all
}

// raised: a collector has another version than the one that was made with other
// data.
func raised(t *tree) []string {
	now, err := madeNow(t)
	if err != nil {
		return []string{err.Error()}
	}
	before := madeBefore(t)
	var wrong []string
	for name, m := range now {
		if old, ok := before[name]; ok && m.version <= old.version && !slices.Equal(m.with, old.with) {
			wrong = append(wrong, fmt.Sprintf("collector %s: made with %q, its version %d with %q: raise the version, then run this test with -update",
				name, m.with, old.version, old.with))
		}
	}
	return wrong
}

// recorded: the file of versions says what is.
func recorded(t *tree) []string {
	now, err := madeNow(t)
	if err != nil {
		return []string{err.Error()}
	}
	if want := writeMade(now); t.read(versionsFile) != want {
		return []string{fmt.Sprintf("%s is not what is, run this test with -update:\n%s", versionsFile, want)}
	}
	return nil
}

// writeMade writes collectors a line, by name.
func writeMade(all map[string]made) string {
	var lines []string
	for name, m := range all {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %d %s", name, m.version, strings.Join(m.with, " ")))+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// An update of a module cannot leave facts that another version of it would not
// find: the versions of the collectors that it decides for are raised with it.
func TestVersionsRiseWithModules(t *testing.T) {
	t.Parallel()
	whole, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	if wrong := raised(whole); *update && len(wrong) == 0 {
		now, err := madeNow(whole)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/versions.txt", []byte(writeMade(now)), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	const mod = "-- go.mod --\nmodule assay\nrequire github.com/go-enry/go-enry/v2 v2.9.99\n"
	const census = "-- internal/collect/census/a.go --\npackage census\nimport _ \"assay/internal/language\"\n" +
		"-- internal/language/a.go --\npackage language\nimport _ \"github.com/go-enry/go-enry/v2/data\"\n"
	const line = "-- " + versionsFile + " --\n"
	rule(raised).holds(t, map[string]string{
		"collector census: made with":   mod + census + line + "census 99 github.com/go-enry/go-enry/v2@v2.9.6\n",
		"collector timeline: made with": mod + census + line + "timeline 99\n",
		"collector licence: made with":  mod + "-- internal/collect/licence/texts.zst --\nothers\n" + line + "licence 99 texts.zst@0123456789ab\n",
	})
	rule(recorded).holds(t, map[string]string{
		"versions.txt is not what is": mod + census + line + "census 1 github.com/go-enry/go-enry/v2@v2.9.99\n",
	})
}
