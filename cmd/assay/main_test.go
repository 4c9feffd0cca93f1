package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/internal/gittest"
)

var update = flag.Bool("u", false, "write what the commands print into the scripts' golden files")

// TestMain lets the test binary be the program: testscript starts it under the
// name "assay", and so do the tests that kill it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"assay": offTheNetwork})
}

// promptExit is what GORACE says to every program that the tests start: under the race
// detector a program waits for a second before it ends, and the tests start a thousand.
const promptExit = "atexit_sleep_ms=0"

// TestScript runs the scripts below testdata/script, each a user's session. See
// testdata/script/README for the commands a script may use.
func TestScript(t *testing.T) { //nolint:paralleltest // testscript runs the scripts in parallel itself
	tree := demoTree(t)
	program, err := exec.LookPath("assay") // TestMain put it there
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ASSAY", program)
			env.Setenv("DEMO", tree)
			env.Setenv("LANDSCAPE", demoLandscape(tree))
			return isolate(env)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"mkrepo": mkrepo, "exits": exits, "schema": schema, "plain": plain, "hosts": hosts,
			"serves": serves, "stops": stops, "fetch": fetch, "comes": comes,
		},
	})
}

// demoTree makes the mirrors of the bundled example landscape.
func demoTree(t *testing.T) string {
	t.Helper()
	tree := t.TempDir()
	fixtures := filepath.Join("..", "..", "examples", "demo", "repositories")
	if _, err := gittest.MakeTree(t.Context(), tree, os.DirFS(fixtures)); err != nil {
		t.Fatal(err)
	}
	// The mirrors speak for every day that the tests look at.
	if err := os.WriteFile(filepath.Join(tree, "assay-observed"), []byte("2025-12-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return tree
}

// demoLandscape is the repository of the example landscape in a tree.
func demoLandscape(tree string) string {
	return filepath.Join(tree, "code.lantern.example", "lantern", "landscape.git")
}

// isolate makes sure that a script does not hang on the machine: the home
// folder is the script's own, the time zone far off, and the user's git
// configuration such that git fails if anybody reads it.
func isolate(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	env.Setenv("HOME", home)
	env.Setenv("TZ", "Pacific/Kiritimati")
	env.Setenv("GORACE", promptExit)
	env.Setenv("GIT_DIR", filepath.Join(env.WorkDir, "nowhere"))
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(home, ".gitconfig"), []byte("[this is no configuration\n"), 0o644)
}

// mkrepo FIXTURE DIR makes a git repository; package gittest says how a fixture
// reads.
func mkrepo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mkrepo FIXTURE DIR")
	}
	ts.Check(gittest.Make(background(), ts.MkAbs(args[1]), []byte(ts.ReadFile(args[0]))))
}

// exits CODE COMMAND… runs a command that must end with that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// schema SCHEMA FILE checks a JSON file against a JSON Schema.
func schema(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: schema SCHEMA FILE")
	}
	read := func(name string) any {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(ts.ReadFile(name))))
		ts.Check(err)
		return doc
	}
	compiler := jsonschema.NewCompiler()
	ts.Check(compiler.AddResource("schema.json", read(args[0])))
	compiled, err := compiler.Compile("schema.json")
	ts.Check(err)
	ts.Check(compiled.Validate(read(args[1])))
}

// plain FILE… checks that a text has nothing a terminal would act on: no
// control character but the line break, none that turns the direction.
func plain(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: plain FILE…")
	}
	for _, name := range args {
		for i, r := range ts.ReadFile(name) {
			control := r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0
			if control || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == '\uFFFD' {
				ts.Fatalf("%s: character %U at byte %d", name, r, i)
			}
		}
	}
}

// TestScripts are there: a test over nothing must not pass, and every command
// must occur in a script.
func TestScriptsAreThere(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts (%v)", err)
	}
	var all []byte
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	for _, command := range []string{"survey", "report", "list", "show", "history", "diff", "explain", "export", "doctor", "version", "completion", "help"} {
		if !bytes.Contains(all, []byte("assay "+command)) {
			t.Errorf("no script runs %q", "assay "+command)
		}
	}
}

// jsonLines splits the lines of an export.
func jsonLines(t *testing.T, export []byte) []map[string]json.RawMessage {
	t.Helper()
	var lines []map[string]json.RawMessage
	for line := range bytes.Lines(export) {
		var v map[string]json.RawMessage
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		lines = append(lines, v)
	}
	return lines
}
