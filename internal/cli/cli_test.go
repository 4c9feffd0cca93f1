package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"assay/internal/errkind"
	"assay/internal/fact"
)

func TestProse(t *testing.T) {
	t.Parallel()
	if got := prose(" two\n\n lines \x1b "); got != `two lines \u001b` {
		t.Errorf("prose gives %q", got)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	table := table{head: []string{"NAME", "BYTES", "NOTE"}, right: []bool{false, true, false}}
	table.add("a", "1", "")
	table.add("鉄鉄", "1,234,567", "wide letters take two columns")
	table.add("\x1b[2Jx", "", "end")
	table.print(&w)
	want := "" +
		"NAME            BYTES  NOTE\n" +
		"a                   1\n" +
		"鉄鉄        1,234,567  wide letters take two columns\n" +
		"\\u001b[2Jx             end\n"
	if diff := cmp.Diff(want, w.String()); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestTableWithoutRows(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	table := table{head: []string{"NAME", "BYTES"}, right: []bool{false, true}}
	table.print(&w)
	if w.String() != "NAME  BYTES\n" {
		t.Errorf("table %q", w.String())
	}
}

func TestTell(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		want string
	}{
		{errors.New("it\x1b failed"), "assay: it\\u001b failed\n"},
		{errkind.WithHint(errkind.Errorf(errkind.Usage, "wrong"), "do it right\n"), "assay: wrong\n  hint: do it right\\u000a\n"},
		{fmt.Errorf("outer: %w", errkind.WithHint(errkind.Errorf(errkind.Usage, "wrong"), "mend")), "assay: outer: wrong\n  hint: mend\n"},
		{fmt.Errorf("survey: %w", context.Canceled), "assay: interrupted; what was measured is stored, the same command goes on from there\n"},
	}
	for _, tt := range tests {
		var w world
		announce((&Env{Stdout: &w.out, Stderr: &w.errors}).withDefaults(), []string{"survey"}, tt.err)
		if diff := cmp.Diff(tt.want, w.errors.String()); diff != "" {
			t.Errorf("announce(%v) (-want +got):\n%s", tt.err, diff)
		}
	}
}

func TestArgs(t *testing.T) {
	t.Parallel()
	cmd := &cobra.Command{Use: "show"}
	tests := []struct {
		names, given []string
		want         string
	}{
		{nil, nil, ""},
		{nil, []string{"x"}, `show: takes no argument, "x" was given`},
		{[]string{"PROJECT"}, []string{"x"}, ""},
		{[]string{"PROJECT", "FACT"}, []string{"x"}, "show needs PROJECT and FACT"},
		{[]string{"PROJECT"}, []string{"old", "kiln"}, `show: "kiln" is one word too many; put a name of several words in quotes`},
	}
	for _, tt := range tests {
		got := ""
		err := args(tt.names...)(cmd, tt.given)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want || err != nil && errkind.Of(err) != errkind.Usage {
			t.Errorf("args(%q) of %q: %q of kind %q, want %q", tt.names, tt.given, got, errkind.Of(err), tt.want)
		}
	}
}

// TestWhole: an error that ended a survey must not look like a partial result.
func TestWhole(t *testing.T) {
	t.Parallel()
	for _, kind := range errkind.Kinds() {
		err := whole(errkind.WithHint(errkind.Errorf(kind, "it failed"), "mend"))
		if errkind.ExitCode(err) == errkind.ExitPartial || errkind.Hint(err) != "mend" {
			t.Errorf("%s: exit code %d, hint %q", kind, errkind.ExitCode(err), errkind.Hint(err))
		}
	}
}

func TestWriteWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	var w world
	out := filepath.Join(t.TempDir(), "report.md")
	if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	code := w.run(t.Context(), "report", "--store", filepath.Join(t.TempDir(), "gone.db"), "-o", out)
	data, err := os.ReadFile(out)
	if code != errkind.ExitNo || err != nil || string(data) != "old" {
		t.Errorf("exit code %d, file %q, %v; want the old file", code, data, err)
	}
}

// TestSurveyOfToday: a survey without a date looks at the day of the clock.
func TestSurveyOfToday(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	landscape := filepath.Join(dir, "landscape.yml")
	if err := os.WriteFile(landscape, []byte("landscape: [{subcategories: [{items: [{name: Lantern, project: sandbox}]}]}]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := world{env: map[string]string{"HOME": dir}}
	if code := w.run(t.Context(), "survey", "--landscape", landscape, "--offline", "--mirror-from", dir); code != errkind.ExitDone {
		t.Fatalf("exit code %d: %s", code, w.errors.String())
	}
	if want := "surveyed 1 project as of 2025-12-10: "; !strings.HasPrefix(w.out.String(), want) {
		t.Errorf("said %q, want %q", w.out.String(), want)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	p := newProgress(&w, false)
	p.Plan(45)
	for range 45 {
		p.Done(&fact.Outcome{}, false)
	}
	p.Close()
	want := "45 repositories to look at\n20 of 45 repositories\n40 of 45 repositories\n"
	if diff := cmp.Diff(want, w.String()); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	w.Reset()
	bar := newProgress(&w, true)
	bar.Plan(2)
	bar.Done(&fact.Outcome{}, true)
	bar.Close()
	if !strings.Contains(w.String(), "1/2") || strings.Contains(w.String(), "\n") {
		t.Errorf("bar %q, want one line that is drawn over", w.String())
	}
}

// TestEveryFlagHasHelp: a flag without a word of help is of no use, and a
// default is said once, by us.
func TestEveryFlagHasHelp(t *testing.T) {
	t.Parallel()
	root := newRoot((&Env{}).withDefaults())
	if len(root.Commands()) < 8 {
		t.Fatalf("%d commands", len(root.Commands()))
	}
	for _, cmd := range root.Commands() {
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: short help %q", cmd.Name(), cmd.Short)
		}
		for line := range strings.Lines(cmd.Flags().FlagUsages()) {
			if f := strings.Fields(line); len(f) < 2 || strings.Contains(line, `(default "")`) {
				t.Errorf("%s: flag help %q", cmd.Name(), line)
			}
		}
	}
}

// Text of a repository that reaches a terminal as JSON must not steer it.
func TestJSONWriter(t *testing.T) {
	t.Parallel()
	want := map[string]string{"ref": "main\u202e\u009b2J\x7f"}
	var b strings.Builder
	enc := json.NewEncoder(jsonWriter{&b})
	enc.SetIndent("", "  ")
	if err := enc.Encode(want); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.ContainsFunc(strings.ReplaceAll(s, "\n", ""), func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }) {
		t.Errorf("%q has characters that steer a terminal", s)
	}
	var got map[string]string
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil || got["ref"] != want["ref"] {
		t.Errorf("read back as %q (%v), want %q", got, err, want)
	}
}

// A panic in a command is told as a bug, with its stack, and has an exit code.
func TestBug(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var stdout, stderr strings.Builder
	code := Run(t.Context(), &Env{
		Stdout: &stdout, Stderr: &stderr,
		Getenv: func(name string) string { return map[string]string{"HOME": dir}[name] },
		Now:    func() time.Time { panic("the clock is gone") },
	}, []string{"survey", "--offline", "--mirror-from", dir, "--landscape", dir})
	if said := stderr.String(); code != errkind.ExitFailed || !strings.HasPrefix(said, "assay: a bug in assay: the clock is gone\n  hint: please report it") ||
		!strings.Contains(said, "cli_test.go") {
		t.Errorf("exit code %d, said:\n%s", code, said)
	}
}
