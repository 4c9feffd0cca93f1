package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"assay/internal/gittest"
)

// comment is the rest of a line of shell that says something to a reader.
var comment = regexp.MustCompile(`\s+#.*$`)

// shown gives the commands in the code blocks of a page of Markdown: the lines
// of indented blocks that begin with "$ ", make, assay or bin/assay, taken
// apart at "&&".
func shown(page string) []string {
	var all []string
	answered := map[string]bool{}
	for _, a := range answers(page) {
		answered[a.command] = true
	}
	for line := range strings.Lines(page) {
		code, ok := strings.CutPrefix(line, "    ")
		if !ok || answered[strings.TrimPrefix(strings.TrimSpace(code), "$ ")] {
			continue
		}
		code = comment.ReplaceAllString(strings.TrimPrefix(strings.TrimSpace(code), "$ "), "")
		switch word, _, _ := strings.Cut(code, " "); word {
		case "make", "assay", "bin/assay":
			for part := range strings.SplitSeq(code, "&&") {
				all = append(all, strings.TrimSpace(part))
			}
		}
	}
	return all
}

// An answer is a command that a page shows with the beginning of what it prints.
type answer struct{ command, output string }

// answers gives the commands that stand in an indented block before what they print.
func answers(page string) []answer {
	var all []answer
	var now *answer
	for line := range strings.Lines(page) {
		code, ok := strings.CutPrefix(line, "    ")
		switch command, isCommand := strings.CutPrefix(strings.TrimRight(code, "\n"), "$ "); {
		case !ok:
			now = nil
		case isCommand:
			all = append(all, answer{command: command})
			now = &all[len(all)-1]
		case now != nil:
			now.output += code
		}
	}
	return slices.DeleteFunc(all, func(a answer) bool { return a.output == "" })
}

// What README.md shows is what the program prints, on a terminal of its width and with
// nothing but what the program carries.
func TestReadmeAnswers(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	r.env = append(slices.DeleteFunc(r.env, func(v string) bool { return strings.HasPrefix(v, "ASSAY_") }), "COLUMNS=110", "ASSAY_CONFIG="+os.DevNull)
	all := answers(string(page))
	if len(all) < 3 {
		t.Errorf("README.md shows %d answers: are they still found?", len(all))
	}
	for _, a := range all {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", a.command)
		cmd.Dir, cmd.Env = r.dir, r.env
		if got, err := cmd.Output(); err != nil || !strings.HasPrefix(string(got), a.output) {
			t.Errorf("%s: %v\n%s\nwant\n%s", a.command, err, got, a.output)
		}
	}
}

// readmeFixtures are a landscape with the names that the README uses, and the
// repositories of these projects; what is in them is invented.
var readmeFixtures = map[string]string{
	"github.com/cncf/landscape": `-- commit main 2024-01-01 Ann <ann@example.org> Begin --
-- landscape.yml --
landscape:
  - category:
    name: Tools
    subcategories:
      - subcategory:
        name: Tools
        items:
          - item:
            name: Linkerd
            repo_url: https://code.example/one/engine
            project: graduated
          - item:
            name: Keylime
            repo_url: https://code.example/two/agent
            project: sandbox
          - item:
            name: Elsewhere
            repo_url: https://code.example/three/three
            project: sandbox
`,
	"code.example/one/engine": `-- commit main 2024-01-02 Ann <ann@example.org> Begin --
-- Cargo.toml --
[package]
name = "engine"
version = "0.1.0"
-- src/lib.rs --
pub fn turn() {}
-- commit main 2025-09-01 Ben <ben@example.org> More --
-- src/more.rs --
pub fn turn_more() {}
`,
	"code.example/two/agent": `-- commit main 2024-01-02 Cas <cas@example.org> Begin --
-- agent.py --
print("the larger part of it is written in Python")
-- src/lib.rs --
pub fn report() {}
`,
}

// A reader is somebody in a folder of their own who types what the README
// shows.
type reader struct {
	t   *testing.T
	dir string
	env []string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{t: t, dir: t.TempDir()}
	for id, text := range readmeFixtures {
		if err := gittest.Make(t.Context(), filepath.Join(r.dir, "mirrors", id+".git"), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	program, err := exec.LookPath("assay") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(r.dir, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(bin, "assay")); err != nil {
		t.Fatal(err)
	}
	r.env = []string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + r.dir, "ASSAY_CONFIG=" + os.DevNull, "GORACE=" + promptExit,
		"ASSAY_MIRROR_FROM=mirrors", "ASSAY_OFFLINE=true",
		"ASSAY_LANDSCAPE=" + filepath.Join(r.dir, "mirrors", "github.com", "cncf", "landscape.git"),
	}
	return r
}

// types runs a line in a shell, which must succeed.
func (r *reader) types(line string) {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), "sh", "-c", line)
	cmd.Dir, cmd.Env = r.dir, r.env
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Errorf("%s: %v\n%s", line, err, out)
	}
}

// TestReadme types every command that README.md shows, in its order, offline
// over a small landscape one of whose repositories is missing. Targets of make
// are looked up in the Makefile.
func TestReadme(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	// The dates of which the README speaks were surveyed before.
	for _, date := range []string{"2025-06-30", "2025-12-10"} {
		r.types("assay survey --as-of " + date)
	}
	// Who writes a landscape has it at hand.
	r.types("git -C mirrors/github.com/cncf/landscape.git show HEAD:landscape.yml > landscape.yml")
	programs, targets := 0, 0
	for _, command := range shown(string(page)) {
		if target, ok := strings.CutPrefix(command, "make "); ok {
			targets++
			if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).Match(makefile) {
				t.Errorf("%s: the Makefile has no such target", command)
			}
			continue
		}
		programs++
		r.types(command)
	}
	if programs < 5 || targets < 3 {
		t.Errorf("README.md shows %d commands of assay and %d of make: are they still found?", programs, targets)
	}
}

func TestShown(t *testing.T) {
	t.Parallel()
	got := shown("Words: `assay nothing`.\n\n    $ assay show a\n    A project\n\n    $ assay list --all   # all of them\n\n    make build && bin/assay survey\n    assay\n")
	want := []string{"assay list --all", "make build", "bin/assay survey", "assay"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("commands %q, want %q", got, want)
	}
}
