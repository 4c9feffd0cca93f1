package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"assay/internal/cli"
	"assay/internal/errkind"
	"assay/internal/survey"
)

// rows gives the cells of the rows of all tables in a Markdown text, without
// heads and rules.
func rows(text string) [][]string {
	var all [][]string
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		head := i+1 < len(lines) && strings.HasPrefix(lines[i+1], "| ---")
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") || head {
			continue
		}
		cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		all = append(all, cells)
	}
	return all
}

// code matches words set as code in Markdown.
var code = regexp.MustCompile("`([^`]+)`")

// words gives the words set as code in a cell.
func words(cell string) []string {
	var all []string
	for _, m := range code.FindAllStringSubmatch(cell, -1) {
		all = append(all, m[1])
	}
	return all
}

// exits: docs/exit-codes.md gives every kind of error the exit code it has.
func exits(t *tree) []string {
	const doc = "docs/exit-codes.md"
	said := map[string]int{}
	var wrong []string
	for _, row := range rows(t.read(doc)) {
		exit, err := strconv.Atoi(row[0])
		if err != nil || len(row) != 3 {
			wrong = append(wrong, fmt.Sprintf("%s: row %q is not a code, its meaning and its kinds", doc, row))
			continue
		}
		for _, kind := range words(row[2]) {
			said[kind] = exit
		}
	}
	for _, kind := range errkind.Kinds() {
		if exit, ok := said[string(kind)]; !ok || exit != kind.ExitCode() {
			wrong = append(wrong, fmt.Sprintf("%s: says %d of %q (known: %t), the code is %d", doc, exit, kind, ok, kind.ExitCode()))
		}
		delete(said, string(kind))
	}
	for kind := range said {
		wrong = append(wrong, fmt.Sprintf("%s: there is no kind %q", doc, kind))
	}
	return wrong
}

func TestExitCodesAreDocumented(t *testing.T) {
	t.Parallel()
	const table = "-- docs/exit-codes.md --\n| code | meaning | kinds |\n| --- | --- | --- |\n"
	rule(exits).holds(t, map[string]string{
		`says 0 of "usage" (known: false), the code is 2`: table,
		`says 4 of "usage" (known: true), the code is 2`:  table + "| 4 | x | `usage` |\n",
		`there is no kind "weather"`:                      table + "| 4 | x | `weather` |\n",
		"is not a code":                                   table + "| four | x | y |\n",
	})
}

// collectors: docs/collectors.md has a row for every collector and no other.
func collectors(t *tree) []string {
	const doc = "docs/collectors.md"
	said := map[string]bool{}
	for _, row := range rows(t.read(doc)) {
		for _, name := range words(row[0]) {
			said[name] = true
		}
	}
	var wrong []string
	for _, c := range survey.Collectors(nil) {
		if !said[c.Name()] {
			wrong = append(wrong, fmt.Sprintf("%s: has no row for the collector %q", doc, c.Name()))
		}
		delete(said, c.Name())
	}
	for name := range said {
		wrong = append(wrong, fmt.Sprintf("%s: has a row for %q, which is no collector", doc, name))
	}
	return wrong
}

func TestCollectorsAreDocumented(t *testing.T) {
	t.Parallel()
	const table = "-- docs/collectors.md --\n| collector | fact |\n| --- | --- |\n"
	rule(collectors).holds(t, map[string]string{
		`no row for the collector "census"`: table,
		`row for "weather"`:                 table + "| `weather` | x |\n",
	})
}

// settings: docs/configuration.md has a row for every setting, and names every
// environment variable that cli reads.
func settings(t *tree) []string {
	const doc = "docs/configuration.md"
	text := t.read(doc)
	said := map[string]bool{}
	for _, row := range rows(text) {
		for _, name := range words(row[0]) {
			said[name] = true
		}
	}
	var wrong []string
	for _, key := range keys(reflect.TypeFor[cli.Settings](), "") {
		if !said[key] {
			wrong = append(wrong, fmt.Sprintf("%s: has no row for the setting %q", doc, key))
		}
	}
	for _, key := range keys(reflect.TypeFor[cli.ProjectSettings](), "") {
		if !strings.Contains(text, "`"+key+"`") {
			wrong = append(wrong, fmt.Sprintf("%s: does not name %q of a project", doc, key))
		}
	}
	for _, r := range t.rooms {
		for _, name := range variables(r) {
			if !strings.Contains(text, "`"+name+"`") {
				wrong = append(wrong, fmt.Sprintf("%s: does not name the variable %s, which %s reads", doc, name, r.dir))
			}
		}
	}
	return wrong
}

// keys gives the names of a struct's fields in YAML, those of structs in it
// after a full stop.
func keys(t reflect.Type, prefix string) []string {
	var all []string
	for f := range t.Fields() {
		name := f.Tag.Get("yaml")
		switch {
		case name == "":
		case f.Type.Kind() == reflect.Struct:
			all = append(all, keys(f.Type, prefix+name+".")...)
		default:
			all = append(all, prefix+name)
		}
	}
	return all
}

// variable matches a name of ours in the environment.
var variable = regexp.MustCompile(`^ASSAY_[A-Z_]+$`)

// variables gives the environment variables that the code of r names.
func variables(r *room) []string {
	var all []string
	for _, s := range r.code() {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if name, err := strconv.Unquote(lit.Value); err == nil && variable.MatchString(name) {
					all = append(all, name)
				}
			}
			return true
		})
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestSettingsAreDocumented(t *testing.T) {
	t.Parallel()
	const table = "-- docs/configuration.md --\n| key | flag |\n| --- | --- |\n| `as_of` | x |\n"
	rule(settings).holds(t, map[string]string{
		`no row for the setting "thresholds.component_share"`: table,
		`does not name "owners" of a project`:                 table,
		"does not name the variable ASSAY_NEW, which internal/cli reads": table +
			"-- internal/cli/a.go --\npackage cli\nconst a = \"ASSAY_NEW\"\n",
	})
}

// toured: the tour of the rooms in docs/architecture.md names them in the order
// that holds.
func toured(t *tree) []string {
	const doc = "docs/architecture.md"
	var said []string
	for _, row := range rows(t.read(doc)) {
		if names := words(row[0]); len(names) > 0 {
			said = append(said, strings.TrimPrefix(names[0], "internal/"))
		}
	}
	if !slices.Equal(said, order) {
		return []string{fmt.Sprintf("%s: tours the rooms\n  %q, which stand in the order\n  %q", doc, said, order)}
	}
	return nil
}

func TestTour(t *testing.T) {
	t.Parallel()
	rule(toured).holds(t, map[string]string{
		"tours the rooms": "-- docs/architecture.md --\n| room | for |\n| --- | --- |\n| `internal/fact` | x |\n| `internal/cli` | x |\n",
	})
}

// link matches a link in Markdown to something in the tree.
var link = regexp.MustCompile(`\]\(([^)#:\s]+)(#[^)\s]*)?\)`)

// linked: links between our documents lead somewhere.
func linked(t *tree) []string {
	var wrong []string
	for _, file := range t.paths {
		if path.Ext(file) != ".md" || strings.Contains(file, "testdata/") {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(t.read(file), -1) {
			to := path.Join(path.Dir(file), m[1])
			there := slices.ContainsFunc(t.paths, func(p string) bool { return p == to || strings.HasPrefix(p, to+"/") })
			if !there {
				wrong = append(wrong, fmt.Sprintf("%s: links to %s, which is not there", file, to))
			}
		}
	}
	return wrong
}

func TestLinks(t *testing.T) {
	t.Parallel()
	rule(linked).holds(t, map[string]string{
		"docs/a.md: links to docs/gone.md": "-- docs/a.md --\n[a](a.md) [b](gone.md#part) [c](https://host.example/x)\n",
	})
}
