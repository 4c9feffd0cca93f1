package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/internal/errkind"
	"assay/internal/gittest"
)

func background() context.Context { return context.Background() }

// A session is a store that surveys of the example landscape fill.
type session struct {
	tree, store string
	path        string // folder of a git of ours, before the real one
	env         []string
}

// command is the program with args, in the session's world.
func (s *session) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := exec.LookPath("assay") // testscript.Main put it there
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, append(args, "--store", s.store)...)
	cmd.Dir = filepath.Dir(s.store)
	path := os.Getenv("PATH")
	if s.path != "" {
		path = s.path + string(os.PathListSeparator) + path
	}
	cmd.Env = append([]string{"PATH=" + path, "HOME=" + cmd.Dir, "ASSAY_CONFIG=" + os.DevNull, "GORACE=" + promptExit, "ASSAY_AUTHOR_KEY=a key of this test alone"}, s.env...)
	return cmd
}

// survey runs a survey and returns its exit code, -1 when it was killed, and
// what it said.
func (s *session) survey(t *testing.T) (int, string) {
	t.Helper()
	cmd := s.surveyCommand(t)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v\n%s", err, out)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func (s *session) surveyCommand(t *testing.T) *exec.Cmd {
	t.Helper()
	return s.command(t, "survey", "--landscape", demoLandscape(s.tree), "--as-of", "2025-06-30",
		"--mirror-from", s.tree, "--offline", "--jobs", "1")
}

func (s *session) export(t *testing.T) []byte {
	t.Helper()
	out, err := s.command(t, "export", "--authors").Output()
	if err != nil {
		t.Fatal(err)
	}
	if len(jsonLines(t, out)) < 2 {
		t.Fatal("the export is empty")
	}
	return out
}

func newSession(t *testing.T, tree string) *session {
	t.Helper()
	return &session{tree: tree, store: filepath.Join(t.TempDir(), "facts.db")}
}

// at puts a git in the session's path that, when it is started for the n-th
// time, does act (a shell command; $PPID is the program) before it works. Two
// may be started at once: then one of them does it.
func (s *session) at(t *testing.T, n int, act string) {
	t.Helper()
	real, err := exec.LookPath("git")
	if err != nil {
		t.Fatal(err)
	}
	s.path = t.TempDir()
	script := fmt.Sprintf(`#!/bin/sh
echo >>'%[1]s/calls'
n=$(wc -l <'%[1]s/calls')
if [ %[2]d -gt 0 ] && [ "$n" -ge %[2]d ] && mkdir '%[1]s/acted' 2>/dev/null; then %[3]s; fi
exec '%[4]s' "$@"
`, s.path, n, act, real)
	if err := os.WriteFile(filepath.Join(s.path, "calls"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := gittest.WriteProgram(filepath.Join(s.path, "git"), []byte(script)); err != nil {
		t.Fatal(err)
	}
}

// calls is how often git was started since at.
func (s *session) calls(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.path, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte("\n"))
}

// undisturbed runs a survey that nobody disturbs, and returns its export and
// how often it started git.
func undisturbed(t *testing.T, tree string) (export []byte, calls int) {
	t.Helper()
	s := newSession(t, tree)
	s.at(t, 0, ":")
	if code, said := s.survey(t); code != errkind.ExitDone {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	if calls = s.calls(t); calls < 10 {
		t.Fatalf("the survey ran git %d times: too few to disturb", calls)
	}
	return s.export(t), calls
}

// TestKilled kills surveys with SIGKILL at many points and runs them again: the
// facts are those of a survey that nobody disturbed.
func TestKilled(t *testing.T) {
	t.Parallel()
	tree := demoTree(t)
	want, calls := undisturbed(t, tree)
	for _, share := range []int{5, 30, 60, 90} {
		n := max(calls*share/100, 1)
		t.Run(fmt.Sprintf("at %d%% of the calls of git", share), func(t *testing.T) {
			t.Parallel()
			s := newSession(t, tree)
			s.at(t, n, "kill -9 $PPID")
			if code, said := s.survey(t); code != -1 {
				t.Fatalf("exit code %d, want a killed program\n%s", code, said)
			}
			s.path = ""
			code, said := s.survey(t)
			if code != errkind.ExitDone {
				t.Fatalf("second survey: exit code %d\n%s", code, said)
			}
			if share >= 60 && strings.Contains(said, " 0 known already") {
				t.Errorf("the second survey measured everything again:\n%s", said)
			}
			if diff := cmp.Diff(string(want), string(s.export(t))); diff != "" {
				t.Errorf("export (-undisturbed +killed):\n%s", diff)
			}
		})
	}
}

// TestInterrupted sends a survey the signals of a user and of a service
// manager. Git hangs from then on, so that only the signal can end the survey.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	tree := demoTree(t)
	_, calls := undisturbed(t, tree)
	for _, signal := range []string{"INT", "TERM"} {
		t.Run(signal, func(t *testing.T) {
			t.Parallel()
			s := newSession(t, tree)
			s.at(t, calls*2/3, "kill -"+signal+" $PPID; while :; do sleep 1; done")
			code, said := s.survey(t)
			if code != errkind.ExitCanceled || !strings.Contains(said, "assay: interrupted; what was measured is stored") {
				t.Fatalf("exit code %d, want %d\n%s", code, errkind.ExitCanceled, said)
			}
			s.path = ""
			if code, said := s.survey(t); code != errkind.ExitDone || strings.Contains(said, " 0 known already") {
				t.Errorf("second survey: exit code %d\n%s", code, said)
			}
		})
	}
}

// TestTwoSurveysAtOnce runs surveys side by side over one store and one tree.
func TestTwoSurveysAtOnce(t *testing.T) {
	t.Parallel()
	tree := demoTree(t)
	want, _ := undisturbed(t, tree)
	shared := newSession(t, tree)
	var running []*exec.Cmd
	for range 3 {
		cmd := shared.surveyCommand(t)
		cmd.Stderr = &bytes.Buffer{}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		_ = cmd.Wait() // the exit code says it
		if code := cmd.ProcessState.ExitCode(); code != errkind.ExitDone {
			t.Errorf("exit code %d\n%s", code, cmd.Stderr)
		}
	}
	if diff := cmp.Diff(string(want), string(shared.export(t))); diff != "" {
		t.Errorf("export (-alone +together):\n%s", diff)
	}
}
