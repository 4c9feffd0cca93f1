package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// order is the rooms from the top to the bottom. A room imports rooms below it
// only; rooms within one another (collect/census in collect) are one here, but
// for those that have a line of their own.
var order = []string{
	"cmd/assay",
	"cli",
	"serve",
	"verify",
	"survey",
	"site",
	"dataset/bundle",
	"dataset/shelf",
	"listing",
	"dataset",
	"landscape/lint",
	"report",
	"plot",
	"finding/explain",
	"finding/change",
	"finding/usage",
	"finding/profile",
	"finding/silence",
	"finding",
	"ask",
	"finding/health",
	"finding/cadence",
	"finding/chaoss",
	"chart",
	"badge",
	"finding/words",
	"finding/quantity",
	"collect",
	"document",
	"catalog",
	"landscape",
	"source",
	"forge",
	"mirror",
	"language",
	"gitrepo",
	"reach",
	"people",
	"markup",
	"spdx",
	"yamlnode",
	"tomltree",
	"store",
	"jq",
	"file",
	"sanitize",
	"errkind",
	"fact",
	"limit",
	"lazyregexp",
}

// above are the rooms that stand outside the order because nothing imports them.
var above = []string{"archtest", "attack", "examples/demo"}

// place is the place of a room in order, by its own line or that of the room it
// is within; -1 when it has none.
func place(name string) int {
	for {
		if at := slices.Index(order, name); at >= 0 {
			return at
		}
		cut := strings.LastIndexByte(name, '/')
		if cut < 0 {
			return -1
		}
		name = name[:cut]
	}
}

// testroom reports whether the room of that name is for tests.
func testroom(name string) bool { return strings.HasSuffix(name, "test") }

// downwards: imports go down the list, and rooms for tests are imported by tests.
func downwards(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		from := place(r.name())
		if from < 0 && !r.support() && !slices.Contains(above, r.name()) {
			wrong = append(wrong, fmt.Sprintf("%s: has no place in the order of rooms", r.dir))
			continue
		}
		for _, s := range r.code() {
			for _, p := range s.imports() {
				if name, ok := strings.CutPrefix(p, module+"/internal/"); ok {
					wrong = append(wrong, upward(r, s.path, from, name)...)
				}
			}
		}
	}
	return wrong
}

// upward complains when the file, in room r at the place from, may not
// import the room called name.
func upward(r *room, file string, from int, name string) []string {
	to := place(name)
	outside := r.support() || slices.Contains(above, r.name())
	switch {
	case r.support() && strings.HasPrefix(name, path.Dir(r.name())+"/"):
		return nil // it sees all of the room that it is in
	case testroom(name) && !outside:
		return []string{fmt.Sprintf("%s: imports %s, which is for tests", file, name)}
	case from >= 0 && to >= 0 && to < from:
		return []string{fmt.Sprintf("%s: imports %s, which is above it", file, name)}
	}
	return nil
}

func TestImportsGoDown(t *testing.T) {
	t.Parallel()
	rule(downwards).holds(t, map[string]string{
		"imports finding, which is above it":    "-- internal/store/a.go --\npackage store\nimport _ \"assay/internal/finding\"\n",
		"imports cli, which is above it":        "-- internal/collect/census/a.go --\npackage census\nimport _ \"assay/internal/cli\"\n",
		"imports finding/usage, which is above": "-- internal/finding/profile/a.go --\npackage profile\nimport _ \"assay/internal/finding/usage\"\n",
		"words/a.go: imports finding, which is": "-- internal/finding/words/a.go --\npackage words\nimport _ \"assay/internal/finding\"\n",
		"imports errkind, which is above it":    "-- internal/fact/a.go --\npackage fact\nimport _ \"assay/internal/errkind\"\n",
		"imports gittest, which is for tests":   "-- internal/gitrepo/a.go --\npackage gitrepo\nimport _ \"assay/internal/gittest\"\n",
		"internal/newroom: has no place in th":  "-- internal/newroom/a.go --\npackage newroom\n",
	})
}

// An exclusive import may stand in the named rooms only.
type exclusive struct {
	path  string // and everything below it, but for a "$" at its end
	rooms []string
	why   string
}

var exclusives = []exclusive{
	{"os/exec", []string{"gitrepo", "gittest"}, "only gitrepo runs a program, and that is git, and what ends it"},
	{module + "/internal/gitrepo/pack", []string{"gitrepo"}, "gitrepo decides when git is asked instead"},
	{"database/sql", []string{"store/sqlite", "dataset/sqlite"}, "only the stores, of facts and of data sets, know a database"},
	{"modernc.org/sqlite", []string{"store/sqlite", "dataset/sqlite"}, "only the stores know a driver"},
	{"github.com/spf13/cobra", []string{"cli"}, "only cli knows how a command line is read"},
	{"github.com/spf13/pflag", []string{"cli"}, "only cli knows how a command line is read"},
	{
		"net/http",
		[]string{"errkind", "reach", "source", "landscape", "forge/github", "cli", "serve", "serve/api", "serve/telemetry"},
		"the network is reached through reach, by source and forge/github; landscape passes a client on, cli a transport, errkind names statuses; serve is reached, and its telemetry goes where the environment says",
	},
	{"github.com/go-enry/go-enry/v2$", nil, "it takes memory in every command: language/linguist has what is needed of it"},
	{"unsafe", nil, "nothing here is worth it"},
	{"plugin", nil, "nothing is loaded and run"},
	{"testing", []string{"storetest", "findingtest", "componenttest", "collecttest", "gittest"}, "test support lives in rooms for tests"},
}

// alone: imports that belong to some rooms stand in no other.
func alone(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		for _, s := range r.code() {
			for _, p := range s.imports() {
				for _, e := range exclusives {
					if e.means(p) && !e.allows(r.name()) {
						wrong = append(wrong, fmt.Sprintf("%s: imports %s: %s", s.path, p, e.why))
					}
				}
			}
		}
	}
	return wrong
}

// means reports whether an import is one of those.
func (e *exclusive) means(p string) bool {
	return p+"$" == e.path || p == e.path || strings.HasPrefix(p, e.path+"/")
}

// allows reports whether the room of that name may have the import.
func (e *exclusive) allows(name string) bool {
	return slices.ContainsFunc(e.rooms, func(r string) bool { return name == r || strings.HasSuffix(name, "/"+r) })
}

func TestExclusiveImports(t *testing.T) {
	t.Parallel()
	rule(alone).holds(t, map[string]string{
		"imports os/exec":                "-- internal/mirror/a.go --\npackage mirror\nimport _ \"os/exec\"\n",
		"imports modernc.org/sqlite/lib": "-- internal/store/memory/a.go --\npackage memory\nimport _ \"modernc.org/sqlite/lib\"\n",
		"imports github.com/spf13/cobra": "-- internal/survey/a.go --\npackage survey\nimport _ \"github.com/spf13/cobra\"\n",
		"imports net/http":               "-- internal/report/a.go --\npackage report\nimport _ \"net/http\"\n",
		"imports github.com/go-enry/go-": "-- internal/language/a.go --\npackage language\nimport _ \"github.com/go-enry/go-enry/v2\"\n",
		"imports testing":                "-- internal/report/a.go --\npackage report\nimport _ \"testing\"\n",
	})
}

// yamlReaders are the functions of the YAML library that read text.
var yamlReaders = []string{"Load", "LoadAll", "Unmarshal", "NewDecoder", "NewLoader"}

// bounded: YAML is read in yamlnode alone, which bounds it.
func bounded(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		for _, s := range r.code() {
			if r.name() == "yamlnode" || !slices.Contains(s.imports(), "go.yaml.in/yaml/v4") {
				continue
			}
			ast.Inspect(s.file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok || !slices.Contains(yamlReaders, sel.Sel.Name) {
					return true
				}
				if from, ok := sel.X.(*ast.Ident); ok && from.Name == "yaml" {
					wrong = append(wrong, fmt.Sprintf("%s: yaml.%s: yamlnode reads YAML, and bounds it", t.at(n), sel.Sel.Name))
				}
				return true
			})
		}
	}
	return wrong
}

func TestYAMLIsBounded(t *testing.T) {
	t.Parallel()
	rule(bounded).holds(t, map[string]string{
		"a.go:2: yaml.Load: yamlnode reads YAML": "-- internal/people/a.go --\npackage people\nimport \"go.yaml.in/yaml/v4\"; var x = yaml.Load\n",
	})
}

// openers are the functions that open or write a file by its name.
var openers = []string{"Open", "OpenFile", "ReadFile", "Create", "CreateTemp", "WriteFile"}

// mayOpen are the rooms that open files themselves: gitrepo opens what lies in a
// mirror, after it has looked at it, mirror lists its own folders, and dataset/sqlite
// and dataset/bundle read the files that they made themselves.
var mayOpen = []string{"file", "gitrepo", "gitrepo/pack", "mirror", "dataset/sqlite", "dataset/bundle"}

// careful: a file that a name leads to is opened and written in file alone.
func careful(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		if r.support() || slices.Contains(mayOpen, r.name()) || !strings.HasPrefix(r.dir, "internal/") {
			continue
		}
		for _, s := range r.code() {
			ast.Inspect(s.file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok || !slices.Contains(openers, sel.Sel.Name) {
					return true
				}
				if from, ok := sel.X.(*ast.Ident); ok && from.Name == "os" {
					wrong = append(wrong, fmt.Sprintf("%s: os.%s: package file opens and writes files", t.at(n), sel.Sel.Name))
				}
				return true
			})
		}
	}
	return wrong
}

func TestFilesAreOpenedInOneRoom(t *testing.T) {
	t.Parallel()
	rule(careful).holds(t, map[string]string{
		"a.go:2: os.ReadFile: package file": "-- internal/people/a.go --\npackage people\nimport \"os\"; var x = os.ReadFile\n",
	})
}

// The rooms that make answers and pages of facts, and what they must not reach,
// also not through other rooms of ours.
var (
	pure      = []string{"finding", "report", "plot", "chart", "badge", "fact"}
	outOfThis = []string{"gitrepo", "file", "source", "mirror", "forge", "store", "survey", "collect", "landscape", "catalog"}
)

// secluded: finding and all that renders reach no git, network or store.
func secluded(t *tree) []string {
	imports := map[string][]string{}
	for _, r := range t.rooms {
		for _, s := range r.code() {
			for _, p := range s.imports() {
				if name, ok := strings.CutPrefix(p, module+"/internal/"); ok {
					imports[r.name()] = append(imports[r.name()], name)
				}
			}
		}
	}
	var wrong []string
	for _, r := range t.rooms {
		if !under(r.name(), pure) || r.support() {
			continue
		}
		for _, reached := range reach(imports, r.name()) {
			if under(reached, outOfThis) {
				wrong = append(wrong, fmt.Sprintf("%s: reaches %s; it works on facts alone", r.dir, reached))
			}
		}
	}
	return wrong
}

// reach gives the rooms that from imports, directly or through others.
func reach(imports map[string][]string, from string) []string {
	var all []string
	todo := []string{from}
	for len(todo) > 0 {
		next := todo[0]
		todo = todo[1:]
		for _, name := range imports[next] {
			if !slices.Contains(all, name) {
				all = append(all, name)
				todo = append(todo, name)
			}
		}
	}
	slices.Sort(all)
	return all
}

// under reports whether name is one of the rooms or within one.
func under(name string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(r string) bool { return name == r || strings.HasPrefix(name, r+"/") })
}

func TestAnswersComeFromFactsAlone(t *testing.T) {
	t.Parallel()
	rule(secluded).holds(t, map[string]string{
		"internal/finding: reaches gitrepo": "-- internal/finding/a.go --\npackage finding\nimport _ \"assay/internal/gitrepo\"\n",
		"internal/report/markdown: reaches store/sqlite": "-- internal/report/markdown/a.go --\npackage markdown\nimport _ \"assay/internal/errkind\"\n" +
			"-- internal/errkind/a.go --\npackage errkind\nimport _ \"assay/internal/store/sqlite\"\n",
	})
}

// clocked are the rooms where the real clock comes in: cli gives the date of a
// survey that names none, mirror notes when it fetched, reach waits for hosts.
var clocked = []string{"cmd/assay", "cli", "mirror", "reach"}

// timeless: nothing that makes facts or pages of them looks at the clock or is
// subject to chance.
func timeless(t *tree) []string {
	var wrong []string
	for _, r := range t.rooms {
		if under(r.name(), clocked) || r.support() {
			continue
		}
		for _, s := range r.code() {
			for _, p := range s.imports() {
				if p == "math/rand" || p == "math/rand/v2" {
					wrong = append(wrong, fmt.Sprintf("%s: imports %s; the same input gives the same facts", s.path, p))
				}
			}
			ast.Inspect(s.file, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && clock(sel) {
					wrong = append(wrong, fmt.Sprintf("%s: time.%s; the time comes from the caller", t.at(sel), sel.Sel.Name))
				}
				return true
			})
		}
	}
	return wrong
}

// clock reports whether sel reads the clock.
func clock(sel *ast.SelectorExpr) bool {
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name)
}

func TestNoClock(t *testing.T) {
	t.Parallel()
	rule(timeless).holds(t, map[string]string{
		"internal/finding/a.go:3: time.Now": "-- internal/finding/a.go --\npackage finding\nimport \"time\"\nvar x = time.Now()\n",
		"imports math/rand/v2":              "-- internal/report/a.go --\npackage report\nimport _ \"math/rand/v2\"\n",
	})
}
